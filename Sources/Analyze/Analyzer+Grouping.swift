internal import Base
internal import Catalog
internal import Functions
internal import Parse
internal import Query
internal import Types

/// GROUP BY with its grouping sets (PostgreSQL's transformGroupClause), GROUPING(), and what may
/// stand outside of aggregates (parseCheckAggregates).
extension Analyzer {
    /// Fills in the query's group keys and grouping sets.
    func analyzeGroupBy(
        _ select: SelectStatement, _ body: inout BoundQuery.Body
    ) throws(SQLError) {
        var hasSets = false
        var flat: [SyntaxExpression] = []
        for item in select.groupBy { flatten(item, into: &flat, &hasSets) }
        var keys: [Expression] = []
        var items: [GroupingItem] = []
        var known: Set<Int> = []
        for item in flat {
            if case .groupingSet(let kind, let content, let location) = item {
                items.append(
                    try groupingItem(kind, content, at: location, &keys, body.targets))
                continue
            }
            let key = try groupKey(item, &keys, body.targets)
            if known.insert(key).inserted { items.append(.keys([key])) }
        }
        body.groupBy = keys
        guard hasSets else { return }
        if items.isEmpty { items = [.empty] }
        guard let sets = GroupingItem.expand(items, isDistinct: select.isGroupDistinct) else {
            throw SQLError(
                .statementTooComplex,
                "too many grouping sets present (maximum \(GroupingItem.setsMax))")
        }
        // A single set of keys is a plain GROUP BY.
        if sets.count == 1, !keys.isEmpty { return }
        body.groupingItems = items
        body.groupingSets = sets
        body.isGroupDistinct = select.isGroupDistinct
    }

    /// The top level of GROUP BY: lists in parentheses fall apart, `()` says no more than that there
    /// are grouping sets.
    private func flatten(
        _ item: SyntaxExpression, into flat: inout [SyntaxExpression], _ hasSets: inout Bool
    ) {
        switch item {
        case .row(let elements, isExplicit: false, _):
            for element in elements { flatten(element, into: &flat, &hasSets) }
        case .groupingSet(let kind, _, _):
            hasSets = true
            if kind != .empty { flat.append(item) }
        default: flat.append(item)
        }
    }

    private func groupingItem(
        _ kind: GroupingSetKind, _ content: [SyntaxExpression], at location: Int,
        _ keys: inout [Expression], _ targets: [Target]
    ) throws(SQLError) -> GroupingItem {
        if kind == .cube, content.count > GroupingItem.cubeItemsMax {
            throw failure(
                .tooManyColumns, "CUBE is limited to \(GroupingItem.cubeItemsMax) elements",
                at: location)
        }
        var items: [GroupingItem] = []
        for item in content {
            switch item {
            case .groupingSet(let inner, let content, let location):
                let built = try groupingItem(inner, content, at: location, &keys, targets)
                // GROUPING SETS within GROUPING SETS is one list.
                if case .sets(let list) = built { items += list } else { items.append(built) }
            case .row(let elements, isExplicit: false, _):
                var numbers: [Int] = []
                var flat: [SyntaxExpression] = []
                var hasSets = false
                for element in elements { flatten(element, into: &flat, &hasSets) }
                for element in flat { numbers.append(try groupKey(element, &keys, targets)) }
                items.append(.keys(numbers))
            default: items.append(.keys([try groupKey(item, &keys, targets)]))
            }
        }
        switch kind {
        case .empty: return .empty
        case .rollup: return .rollup(items)
        case .cube: return .cube(items)
        case .sets: return .sets(items)
        }
    }

    /// The number of a key, which is new or one of those before.
    private func groupKey(
        _ item: SyntaxExpression, _ keys: inout [Expression], _ targets: [Target]
    ) throws(SQLError) -> Int {
        var key: Expression?
        var place = location(of: item)
        if case .columnReference(let names, false, let location) = item, names.count == 1 {
            // An input column comes first here, then an output name.
            do throws(SQLError) {
                key = try columnReference(names, at: location)
            } catch {
                if error.state != .undefinedColumn { throw error }
                let matches = targets.filter { $0.column.name == names[0] && !$0.isHidden }
                guard let first = matches.first else { throw error }
                if matches.contains(where: { !$0.expression.isSame(as: first.expression) }) {
                    throw failure(
                        .ambiguousColumn, "GROUP BY \"\(names[0])\" is ambiguous", at: location)
                }
                key = first.expression
                place = level.targetLocations.first { $0.name == names[0] }?.location ?? place
            }
        } else if let position = try targetPosition(item, targets, construct: "GROUP BY") {
            key = targets[position].expression
            if position < level.targetLocations.count {
                place = level.targetLocations[position].location
            }
        }
        var expression: Expression
        if let key { expression = key } else { expression = try analyze(item) }
        if let message = forbiddenInKey(expression) {
            throw failure(
                expression.isWindowed ? .windowingError : .groupingError, message, at: place)
        }
        if expression.type.oid == .unknown {
            expression = try coerce(expression, to: .plain(.text), .implicit, at: -1)
        }
        try requireEquality(expression.type, at: location(of: item))
        if let number = keys.firstIndex(where: { $0.isSame(as: expression) }) { return number }
        keys.append(expression)
        return keys.count - 1
    }

    /// Output columns named by GROUP BY may hold what it must not.
    private func forbiddenInKey(_ expression: Expression) -> String? {
        if expression.contains({ if case .aggregate = $0 { true } else { false } }) {
            return "aggregate functions are not allowed in GROUP BY"
        }
        if expression.contains({ if case .grouping = $0 { true } else { false } }) {
            return "grouping operations are not allowed in GROUP BY"
        }
        return expression.isWindowed ? "window functions are not allowed in GROUP BY" : nil
    }

    // MARK: GROUPING

    func analyzeGrouping(
        _ syntax: [SyntaxExpression], at location: Int
    ) throws(SQLError) -> Expression {
        if syntax.count > 31 {
            throw failure(
                .tooManyArguments, "GROUPING must have fewer than 32 arguments", at: location)
        }
        var arguments: [Expression] = []
        for argument in syntax { arguments.append(try analyze(argument)) }
        let places = syntax.map { self.location(of: $0) }
        let call = Expression.grouping(arguments)
        return try placed(
            call, parts: arguments, direct: [], called: "grouping operations", at: location
        ) { level, call in
            if case .grouping(let arguments) = call {
                level.groupings.append((arguments, places))
            }
        }
    }

    // MARK: Levels of aggregates

    /// An aggregate or GROUPING belongs to the innermost query whose columns it names. One of a query
    /// around becomes a column of that query's entry for such.
    /// - Parameters:
    ///   - parts: what decides the level: arguments, order and FILTER.
    ///   - direct: direct arguments of an ordered-set aggregate, the first at `directLocation`.
    ///   - note: told the level that has it, and the call as seen from there.
    func placed(
        _ call: Expression, parts: [Expression], direct: [Expression], called name: String,
        at location: Int, directLocation: Int = -1, note: (QueryLevel, Expression) -> Void = { _, _ in }
    ) throws(SQLError) -> Expression {
        var depth: Int?
        var nested: [(depth: Int, location: Int)] = []
        func visit(_ variable: Variable, _ depths: Int, _ isDirect: Bool) {
            if depths < 0 || depths >= levels.count { return }
            let target = levels[levels.count - 1 - depths]
            if variable.relation == target.aggregates {
                nested.append((depths, target.aggregateLocations[variable.column]))
            }
            if !isDirect { depth = min(depth ?? depths, depths) }
        }
        for part in parts { part.forEachVariable { visit($0, $1, false) } }
        let found = depth ?? 0
        if found > 0 {
            var isLower = false
            for part in direct {
                part.forEachVariable { _, depths in
                    if depths >= 0, depths < found { isLower = true }
                }
            }
            if isLower {
                throw failure(
                    .groupingError,
                    "outer-level aggregate cannot contain a lower-level variable in its direct arguments",
                    at: directLocation)
            }
        }
        for part in direct { part.forEachVariable { visit($0, $1, true) } }
        if let inner = nested.first(where: { $0.depth <= found }) {
            throw failure(
                .groupingError, "aggregate function calls cannot be nested", at: inner.location)
        }
        let target = levels[levels.count - 1 - found]
        let place = found == 0 ? clause : target.clauseOfInner
        if let message = place.aggregateError {
            let isNested = if case .aggregateArgument = place { true } else { false }
            let rest = message.dropFirst("aggregate functions".utf8.count)
            throw failure(.groupingError, isNested ? message : name + rest, at: location)
        }
        if found == 0, name.hasPrefix("aggregate") {
            try checkRecursiveTerm("aggregate", at: location)
        }
        target.hasAggregates = true
        if found == 0 {
            note(target, call)
            return call
        }
        let own = call.mapVariables { variable, below in
            var variable = variable
            if variable.levelsUp >= below { variable.levelsUp -= found }
            return .variable(variable)
        }
        note(target, own)
        return .variable(target.aggregateColumn(own, at: location, levelsUp: found))
    }

    // MARK: Grouping check

    /// Outside aggregates only group keys and what depends on them may occur (42803).
    /// - Returns: the primary keys that the query is right by.
    func checkGrouping(_ body: BoundQuery.Body) throws(SQLError) -> [OID] {
        for (arguments, locations) in level.groupings {
            for (argument, location) in zip(arguments, locations)
            where !body.groupBy.contains(where: { $0.isSame(as: argument) }) {
                throw failure(
                    .groupingError,
                    "arguments to GROUPING must be grouping expressions of the associated query level",
                    at: location)
            }
        }
        let grouped = primaryKeyEntries(body)
        for target in body.targets { try checkGrouped(target.expression, body, grouped) }
        if let having = body.having { try checkGrouped(having, body, grouped) }
        for argument in level.directArguments {
            do throws(SQLError) {
                try checkGrouped(argument, body, grouped)
            } catch {
                throw error.detail(
                    "Direct arguments of an ordered-set aggregate must use only grouped columns.")
            }
        }
        return grouped.sorted().compactMap { entry in
            let outputs = body.targets.map(\.expression) + [body.having].compactMap { $0 }
            guard outputs.contains(where: { usesUngrouped($0, of: entry, body) }),
                case .table(let table) = body.rangeTable[entry].kind
            else { return nil }
            return table.primaryKey.flatMap { scope.snapshot.relation($0)?.index?.constraint }
        }
    }

    /// True if a column of the entry occurs outside aggregates that is no group key.
    private func usesUngrouped(
        _ expression: Expression, of entry: Int, _ body: BoundQuery.Body
    ) -> Bool {
        if body.groupBy.contains(where: { $0.isSame(as: expression) }) { return false }
        switch expression {
        case .aggregate, .grouping: return false
        case .variable(let variable): return variable.levelsUp == 0 && variable.relation == entry
        case .subquery(let subquery):
            var isUsed = expression.children.contains { usesUngrouped($0, of: entry, body) }
            subquery.query.body.forEachVariable(depth: 1) { variable, level in
                guard level == 0, variable.relation == entry else { return }
                var own = variable
                own.levelsUp = 0
                if usesUngrouped(.variable(own), of: entry, body) { isUsed = true }
            }
            return isUsed
        default: return expression.children.contains { usesUngrouped($0, of: entry, body) }
        }
    }

    /// Entries whose whole primary key is in every grouping set: all their columns are allowed.
    private func primaryKeyEntries(_ body: BoundQuery.Body) -> Set<Int> {
        var common = Set(body.groupBy.indices)
        for set in body.groupingSets ?? [] { common.formIntersection(set) }
        var result: Set<Int> = []
        for (index, entry) in body.rangeTable.enumerated() {
            guard case .table(let table) = entry.kind, let key = table.primaryKey,
                let definition = scope.snapshot.relation(key)?.index, definition.isImmediate
            else { continue }
            let columns = definition.keys.compactMap(\.column)
            let isCovered = columns.allSatisfy { column in
                common.contains {
                    if case .variable(let variable) = body.groupBy[$0] {
                        variable.levelsUp == 0 && variable.relation == index
                            && variable.column == column
                    } else { false }
                }
            }
            if isCovered, !columns.isEmpty { result.insert(index) }
        }
        return result
    }

    private func checkGrouped(
        _ expression: Expression, _ body: BoundQuery.Body, _ whole: Set<Int>
    ) throws(SQLError) {
        if body.groupBy.contains(where: { $0.isSame(as: expression) }) { return }
        switch expression {
        case .aggregate, .grouping: return
        case .variable(let variable):
            if variable.levelsUp > 0 || isGrouped(variable, body, whole) { return }
            let entry = body.rangeTable[variable.relation]
            let column = entry.columnName(variable.column)
            throw failure(
                .groupingError,
                "column \"\(entry.alias).\(column)\" must appear in the GROUP BY clause or be used in an aggregate function",
                at: locationOfColumn(entry.alias, column))
        case .subquery(let subquery):
            for child in expression.children { try checkGrouped(child, body, whole) }
            var stranger: Variable?
            subquery.query.body.forEachVariable(depth: 1) { variable, level in
                guard level == 0, stranger == nil else { return }
                var own = variable
                own.levelsUp = 0
                if !isGrouped(own, body, whole) { stranger = own }
            }
            guard let stranger else { return }
            let entry = body.rangeTable[stranger.relation]
            let column = entry.columnName(stranger.column)
            throw failure(
                .groupingError,
                "subquery uses ungrouped column \"\(entry.alias).\(column)\" from outer query",
                at: locationOfColumn(entry.alias, column, isBelow: true))
        default:
            for child in expression.children { try checkGrouped(child, body, whole) }
        }
    }

    private func isGrouped(
        _ variable: Variable, _ body: BoundQuery.Body, _ whole: Set<Int>
    ) -> Bool {
        if whole.contains(variable.relation) { return true }
        if case .aggregates = body.rangeTable[variable.relation].kind { return true }
        return body.groupBy.contains { $0.isSame(as: .variable(variable)) }
    }

    /// Where a column is first named in the text, in no aggregate: bound expressions keep no
    /// locations.
    /// - Parameter isBelow: in a query below this one.
    private func locationOfColumn(
        _ alias: String, _ column: String, isBelow: Bool = false
    ) -> Int {
        let places = columnLocations.filter {
            $0.names.last == column
                && ($0.names.count == 1 || $0.names[$0.names.count - 2] == alias)
        }
        let best = places.first {
            !$0.isInAggregate && ($0.depth > levels.count) == isBelow
        }
        return best?.location ?? places.first?.location ?? -1
    }
}

extension QueryLevel {
    /// The place of an aggregate of this level that a query `levelsUp` below uses.
    fileprivate func aggregateColumn(
        _ call: Expression, at location: Int, levelsUp: Int
    ) -> Variable {
        let relation =
            aggregates
            ?? add(RangeEntry(kind: .aggregates([]), alias: "*AGGREGATES*", columns: []))
        aggregates = relation
        var list: [Expression] = []
        if case .aggregates(let known) = rangeTable[relation].kind { list = known }
        var column = list.firstIndex { $0.isSame(as: call) }
        if column == nil {
            column = list.count
            list.append(call)
            rangeTable[relation].kind = .aggregates(list)
            rangeTable[relation].columns.append(OutputColumn(name: "", type: call.type))
            aggregateLocations.append(location)
        }
        return Variable(
            relation: relation, column: column ?? 0, levelsUp: levelsUp, type: call.type)
    }
}

extension RangeEntry {
    fileprivate func columnName(_ column: Int) -> String {
        column < columns.count
            ? columns[column].name : SystemColumn(number: column)?.name ?? "tableoid"
    }
}

extension Expression {
    fileprivate var isWindowed: Bool {
        contains { if case .windowCall = $0 { true } else { false } }
    }
}
