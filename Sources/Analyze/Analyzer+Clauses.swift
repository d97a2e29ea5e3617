internal import Base
internal import Catalog
internal import Functions
public import Parse
internal import Query
internal import Types

/// Select lists, ORDER BY, GROUP BY, DISTINCT, LIMIT and FOR UPDATE.
extension Analyzer {
    // MARK: Select list

    func analyzeTargets(_ syntax: [ResultTarget]) throws(SQLError) -> [Target] {
        var targets: [Target] = []
        for item in syntax {
            guard let value = item.value else { continue }
            if case .columnReference(let names, true, let location) = value {
                targets += try star(names, at: location)
                continue
            }
            if case .indirection(let base, let steps) = value, steps.endsInStar {
                targets += try fields(of: base, steps)
                continue
            }
            let expression = try analyze(value)
            targets.append(
                Target(
                    expression: expression,
                    column: column(named: item.name ?? outputName(value) ?? "?column?", expression)))
        }
        return targets
    }

    /// The output column of an expression, with its origin if it is a plain column.
    func column(named name: String, _ expression: Expression) -> OutputColumn {
        var column = OutputColumn(name: name, type: expression.type)
        if case .variable(let variable) = expression, variable.levelsUp == 0,
            variable.relation < level.rangeTable.count
        {
            let entry = level.rangeTable[variable.relation]
            if variable.column < entry.columns.count {
                column.table = entry.columns[variable.column].table
                column.columnNumber = entry.columns[variable.column].columnNumber
            }
        }
        return column
    }

    /// `*` and `t.*`.
    func star(_ names: [String], at location: Int) throws(SQLError) -> [Target] {
        var columns: [NamespaceItem.Entry]
        if let relation = names.last {
            let schema = names.count > 1 ? names[names.count - 2] : nil
            guard let (item, depth) = try namedItem(relation, schema: schema, at: location) else {
                throw missingRelation(relation, schema: schema, at: location)
            }
            columns = item.columns
            for index in columns.indices {
                columns[index].expression = raised(columns[index].expression, by: depth)
            }
        } else {
            let items = level.namespace.filter(\.areColumnsVisible)
            if items.isEmpty {
                throw failure(
                    .syntaxError, "SELECT * with no tables specified is not valid", at: location)
            }
            columns = items.flatMap(\.columns)
        }
        for column in columns { noteColumn([column.name], at: location) }
        return columns.filter { !$0.isHidden }.map {
            Target(expression: $0.expression, column: column(named: $0.name, $0.expression))
        }
    }

    /// The name that PostgreSQL gives an unnamed select list element (FigureColname).
    public func outputName(_ syntax: SyntaxExpression) -> String? {
        switch syntax {
        case .columnReference(let names, false, _): names.last
        case .functionCall(let call): call.name.last
        case .typeCast(let inner, let type, _): strongName(inner) ?? type.names.last
        case .collate(let inner, _, _): outputName(inner)
        case .indirection(let inner, let steps):
            steps.reversed().lazy.compactMap { step -> String? in
                if case .field(let name) = step { name } else { nil }
            }.first ?? outputName(inner)
        case .caseExpression(let syntax): syntax.defaultResult.flatMap(strongName) ?? "case"
        case .coalesce: "coalesce"
        case .minMax(.greatest, _, _): "greatest"
        case .minMax(.least, _, _): "least"
        case .operation(.nullIf, _, _, _, _): "nullif"
        case .arrayConstructor: "array"
        case .row: "row"
        case .grouping: "grouping"
        case .sqlValueFunction(let kind, _, _): kind.name
        case .subLink(let link):
            switch link.kind {
            case .exists: "exists"
            case .array: "array"
            case .expression: link.subselect.leftmost.targets.first.flatMap { target in
                target.name ?? target.value.flatMap(outputName)
            } ?? (link.subselect.leftmost.valuesLists.isEmpty ? nil : "column1")
            case .any, .all: nil
            }
        default: nil
        }
    }

    /// CASE takes its ELSE's name only if that is a column or function name, not a type's.
    private func strongName(_ syntax: SyntaxExpression) -> String? {
        switch syntax {
        case .typeCast(let inner, _, _): strongName(inner)
        case .caseExpression(let syntax): syntax.defaultResult.flatMap(strongName)
        case .constant: nil
        default: outputName(syntax)
        }
    }

    // MARK: ORDER BY, GROUP BY, DISTINCT

    func analyzeOrder(
        _ items: [SortBy], targets: inout [Target]
    ) throws(SQLError) -> [TargetOrder] {
        var orders: [TargetOrder] = []
        for item in items {
            let index = try targetIndex(item.expression, in: &targets, construct: "ORDER BY")
            if targets[index].expression.type.oid == .unknown {
                targets[index].expression = try coerce(
                    targets[index].expression, to: .plain(.text), .implicit, at: -1)
                targets[index].column.type = .plain(.text)
            }
            let descending: Bool
            switch item.direction {
            case .unspecified, .ascending: descending = false
            case .descending: descending = true
            case .using: descending = item.usingOperator.last == ">"
            }
            try requireOrdering(
                targets[index].expression.type, at: location(of: item.expression))
            let nullsFirst: Bool =
                switch item.nulls {
                case .unspecified: descending
                case .first: true
                case .last: false
                }
            if orders.contains(where: { $0.target == index }) { continue }
            orders.append(
                TargetOrder(target: index, descending: descending, nullsFirst: nullsFirst))
        }
        return orders
    }

    func requireOrdering(_ type: SQLType, at location: Int) throws(SQLError) {
        guard TypeCatalog.isOrderable(type.oid) else {
            throw failure(
                .undefinedFunction, "could not identify an ordering operator for type \(typeText(type))",
                at: location
            ).hint("Use an explicit ordering operator or modify the query.")
        }
    }

    /// An ORDER BY or DISTINCT ON element: an output name, a position, or an expression, which is
    /// added as a hidden target unless the select list has it (SQL92 then SQL99 rules).
    private func targetIndex(
        _ syntax: SyntaxExpression, in targets: inout [Target], construct: String
    ) throws(SQLError) -> Int {
        if case .columnReference(let names, false, let location) = syntax, names.count == 1 {
            var found: Int?
            for (index, target) in targets.enumerated()
            where !target.isHidden && target.column.name == names[0] {
                if let earlier = found {
                    if targets[earlier].expression.isSame(as: target.expression) { continue }
                    throw failure(
                        .ambiguousColumn, "\(construct) \"\(names[0])\" is ambiguous", at: location)
                }
                found = index
            }
            if let found { return found }
        }
        if let position = try targetPosition(syntax, targets, construct: construct) {
            return position
        }
        let expression = try analyze(syntax)
        if let index = targets.firstIndex(where: { $0.expression.isSame(as: expression) }) {
            return index
        }
        targets.append(
            Target(
                expression: expression,
                column: OutputColumn(name: "?column?", type: expression.type), isHidden: true))
        return targets.count - 1
    }

    func targetPosition(
        _ syntax: SyntaxExpression, _ targets: [Target], construct: String
    ) throws(SQLError) -> Int? {
        guard case .constant(let constant, let location) = syntax else { return nil }
        guard case .integer(let number) = constant else {
            throw failure(
                .syntaxError, "non-integer constant in \(construct)", at: location)
        }
        let count = targets.count { !$0.isHidden }
        guard number >= 1, Int(number) <= count else {
            throw failure(
                .invalidColumnReference,
                "\(construct) position \(number) is not in select list", at: location)
        }
        return Int(number) - 1
    }

    /// json and the geometric types cannot be compared.
    func requireEquality(_ type: SQLType, at location: Int) throws(SQLError) {
        let element = FunctionRegistry.elementType(of: type.oid) ?? type.oid
        guard element == .json || element == .jsonpath || TypeCatalog.unordered.contains(element)
        else { return }
        throw failure(
            .undefinedFunction, "could not identify an equality operator for type \(typeText(type))",
            at: location)
    }

    func analyzeDistinct(
        _ select: SelectStatement, _ body: inout BoundQuery.Body
    ) throws(SQLError) {
        switch select.distinct {
        case nil: return
        case .all:
            if let hidden = body.orderBy.first(where: { body.targets[$0.target].isHidden }) {
                let index = body.orderBy.firstIndex { $0.target == hidden.target } ?? 0
                throw failure(
                    .invalidColumnReference,
                    "for SELECT DISTINCT, ORDER BY expressions must appear in select list",
                    at: location(of: select.orderBy[index].expression))
            }
            // What is compared has a type, even of an arm of a UNION.
            try resolveUnknown(&body.targets)
            for (index, target) in body.targets.enumerated() where !target.isHidden {
                let syntax = select.targets[min(index, select.targets.count - 1)]
                try requireEquality(
                    target.expression.type, at: syntax.value.map(location(of:)) ?? -1)
            }
            body.distinct = .all
        case .on(let items):
            var keys: [Int] = []
            for item in items {
                keys.append(
                    try targetIndex(item, in: &body.targets, construct: "DISTINCT ON"))
            }
            let leading = body.orderBy.prefix(Set(keys).count).map(\.target)
            if !Set(leading).isSubset(of: Set(keys)) {
                throw SQLError(
                    .invalidColumnReference,
                    "SELECT DISTINCT ON expressions must match initial ORDER BY expressions"
                ).at(position: position(items.first.map(location(of:)) ?? -1))
            }
            body.distinct = .on(keys)
        }
    }

    // MARK: LIMIT, locking

    func analyzeLimit(
        _ select: SelectStatement, _ body: inout BoundQuery.Body
    ) throws(SQLError) {
        if let count = select.limitCount {
            if case .constant(.null, _) = count {
            } else {
                body.limit = try limitExpression(count, .limit, "LIMIT")
            }
            body.withTies = select.isLimitWithTies
            if body.withTies, body.orderBy.isEmpty {
                throw SQLError(.syntaxError, "WITH TIES cannot be specified without ORDER BY clause")
            }
        }
        if let offset = select.limitOffset {
            body.offset = try limitExpression(offset, .offset, "OFFSET")
        }
    }

    private func limitExpression(
        _ syntax: SyntaxExpression, _ part: Clause, _ construct: String
    ) throws(SQLError) -> Expression {
        let expression = try inClause(part) { () throws(SQLError) in try analyze(syntax) }
        if expression.contains({ if case .variable(let v) = $0 { v.levelsUp == 0 } else { false } })
        {
            throw failure(
                .invalidColumnReference, "argument of \(construct) must not contain variables",
                at: location(of: syntax))
        }
        return try coerceArgument(expression, of: construct, to: .int8, at: location(of: syntax))
    }

    /// LIMIT's and OFFSET's bigint.
    func coerceArgument(
        _ expression: Expression, of construct: String, to type: OID, at location: Int
    ) throws(SQLError) -> Expression {
        guard canCoerce(expression.type.oid, to: type, .assignment) else {
            throw failure(
                .datatypeMismatch,
                "argument of \(construct) must be type \(typeText(.plain(type))), not type \(typeText(expression.type))",
                at: location)
        }
        return try coerce(expression, to: .plain(type), .assignment, at: location)
    }

    func lockingName(_ clause: LockingClause) -> String {
        switch clause.strength {
        case .keyShare: "FOR KEY SHARE"
        case .share: "FOR SHARE"
        case .noKeyUpdate: "FOR NO KEY UPDATE"
        case .update: "FOR UPDATE"
        }
    }

    func analyzeLocking(
        _ select: SelectStatement, _ body: BoundQuery.Body
    ) throws(SQLError) -> [RowLocking] {
        var result: [RowLocking] = []
        for locking in select.locking {
            let name = lockingName(locking)
            func refuse(_ what: String) -> SQLError {
                SQLError(.featureNotSupported, "\(name) is not allowed with \(what)")
            }
            if case .none = body.distinct {} else { throw refuse("DISTINCT clause") }
            if !body.groupBy.isEmpty || body.groupingSets != nil { throw refuse("GROUP BY clause") }
            if body.having != nil { throw refuse("HAVING clause") }
            if level.hasAggregates { throw refuse("aggregate functions") }
            if level.hasWindows { throw refuse("window functions") }
            for (index, entry) in level.rangeTable.enumerated() {
                if !locking.relations.isEmpty,
                    !locking.relations.contains(where: { $0.name == entry.alias })
                {
                    continue
                }
                if case .subquery(let query) = entry.kind {
                    level.rangeTable[index].kind = .subquery(try locked(query, locking))
                }
                guard case .table = entry.kind else { continue }
                result.append(rowLocking(locking, of: index))
            }
            for wanted in locking.relations
            where !level.rangeTable.contains(where: { $0.alias == wanted.name }) {
                throw failure(
                    .undefinedTable,
                    "relation \"\(wanted.name)\" in \(name) clause not found in FROM clause",
                    at: wanted.location)
            }
        }
        return result
    }
}

extension SelectStatement {
    /// The first leaf of a set operation.
    var leftmost: SelectStatement { left?.leftmost ?? self }
}

extension SQLValueFunctionKind {
    /// The word that it is, where no function stands for that word alone.
    var keyword: String? {
        switch self {
        case .currentRole, .user, .currentCatalog, .currentSchema: name.uppercased()
        case .currentDate, .currentTime, .currentTimePrecision, .currentTimestamp,
            .currentTimestampPrecision, .localTime, .localTimePrecision, .localTimestamp,
            .localTimestampPrecision, .currentUser, .sessionUser:
            nil
        }
    }

    /// The column name it gives.
    var name: String {
        switch self {
        case .currentDate: "current_date"
        case .currentTime, .currentTimePrecision: "current_time"
        case .currentTimestamp, .currentTimestampPrecision: "current_timestamp"
        case .localTime, .localTimePrecision: "localtime"
        case .localTimestamp, .localTimestampPrecision: "localtimestamp"
        case .currentRole: "current_role"
        case .currentUser: "current_user"
        case .user: "user"
        case .sessionUser: "session_user"
        case .currentCatalog: "current_catalog"
        case .currentSchema: "current_schema"
        }
    }
}
