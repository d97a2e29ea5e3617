internal import Base
internal import Catalog
internal import Functions
internal import Parse
internal import Query
internal import Types

/// SELECT, VALUES and set operations → BoundQuery.
extension Analyzer {
    /// Analyses a query in a level of its own. `resolvesUnknown`: literals of unknown type in the
    /// select list become text, as everywhere but in INSERT … SELECT and under set operations.
    func analyzeQuery(
        _ select: SelectStatement, resolvesUnknown: Bool = true
    ) throws(SQLError) -> BoundQuery {
        if let into = select.into {
            throw failure(
                .syntaxError, "SELECT ... INTO is not allowed here", at: into.relation.location)
        }
        return try withLevel { level throws(SQLError) in
            level.recursion = nextRecursion
            nextRecursion = nil
            try analyzeWith(select.with)
            clause = .other
            if select.operation != .none {
                return withCommonTables(
                    try analyzeSetOperation(select, resolvesUnknown: resolvesUnknown))
            }
            if !select.valuesLists.isEmpty {
                return withCommonTables(
                    try analyzeValues(select))
            }
            return withCommonTables(
                try analyzeSimpleSelect(select, resolvesUnknown: resolvesUnknown))
        }
    }

    /// The query with what its WITH gave.
    private func withCommonTables(_ query: BoundQuery) -> BoundQuery {
        guard let with = level.with else { return query }
        var body = query.body
        body.commonTables = with.tables
        body.isWithRecursive = with.isRecursive
        return BoundQuery(body)
    }

    private func analyzeSimpleSelect(
        _ select: SelectStatement, resolvesUnknown: Bool
    ) throws(SQLError) -> BoundQuery {
        var body = BoundQuery.Body()
        body.from = try analyzeFrom(select.from)
        level.from = body.from
        body.joinForms = level.joinForms
        try analyzeWindows(select.windows)
        body.targets = try inClause(.selectList) { () throws(SQLError) in
            try analyzeTargets(select.targets)
        }
        if !select.groupBy.isEmpty {
            level.targetLocations = select.targets.map { target in
                (
                    target.name ?? target.value.flatMap { outputName($0) } ?? "",
                    target.value.map { location(of: $0) } ?? -1
                )
            }
        }
        if let filter = select.filter {
            body.predicate = try inClause(.filter) { () throws(SQLError) in
                try analyzeBoolean(filter, construct: "WHERE")
            }
        }
        if let having = select.having {
            body.having = try inClause(.having) { () throws(SQLError) in
                try analyzeBoolean(having, construct: "HAVING")
            }
        }
        body.orderBy = try inClause(.orderBy) { () throws(SQLError) in
            try analyzeOrder(select.orderBy, targets: &body.targets)
        }
        try inClause(.groupBy) { () throws(SQLError) in try analyzeGroupBy(select, &body) }
        try analyzeDistinct(select, &body)
        try analyzeLimit(select, &body)
        if resolvesUnknown { try resolveUnknown(&body.targets) }
        body.hasAggregates =
            level.hasAggregates || !body.groupBy.isEmpty || body.groupingSets != nil
            || body.having != nil
        body.hasWindows = level.hasWindows
        body.namedWindows = level.windows
        body.locking = try analyzeLocking(select, body)
        body.rangeTable = level.rangeTable
        if body.hasAggregates { body.groupingConstraints = try checkGrouping(body) }
        return BoundQuery(body)
    }

    /// Unknown literals of a select list are text.
    func resolveUnknown(_ targets: inout [Target]) throws(SQLError) {
        for index in targets.indices where targets[index].expression.type.oid == .unknown {
            let text = try coerce(
                targets[index].expression, to: .plain(.text), .implicit, at: -1)
            targets[index].expression = text
            targets[index].column.type = .plain(.text)
        }
    }

    // MARK: VALUES

    private func analyzeValues(_ select: SelectStatement) throws(SQLError) -> BoundQuery {
        let width = select.valuesLists[0].count
        var rows: [[Expression]] = []
        for list in select.valuesLists {
            if list.count != width {
                throw failure(
                    .syntaxError, "VALUES lists must all be the same length",
                    at: list.first.map(location(of:)) ?? -1)
            }
            rows.append(
                try inClause(.values) { () throws(SQLError) in
                    var row: [Expression] = []
                    for syntax in list {
                        if case .setToDefault(let location) = syntax {
                            throw failure(
                                .syntaxError, "DEFAULT is not allowed in this context", at: location)
                        }
                        row.append(try analyze(syntax))
                    }
                    return row
                })
        }
        var columns: [OutputColumn] = []
        for index in 0..<width {
            let cells = rows.map { $0[index] }
            let locations = select.valuesLists.map { location(of: $0[index]) }
            var type = try commonType(cells, construct: "VALUES", at: locations)
            if type.oid == .unknown { type = .plain(.text) }
            for row in rows.indices {
                rows[row][index] = try coerce(
                    rows[row][index], to: type, .implicit, at: locations[row])
            }
            columns.append(OutputColumn(name: "column\(index + 1)", type: type))
        }
        let entry = level.add(
            RangeEntry(kind: .values(rows), alias: "*VALUES*", columns: columns))
        level.namespace.append(namespaceItem(of: entry, schema: nil))
        var body = BoundQuery.Body()
        body.from = .entry(entry)
        body.targets = columns.enumerated().map { index, column in
            Target(
                expression: .variable(
                    Variable(relation: entry, column: index, type: column.type)),
                column: column)
        }
        body.orderBy = try analyzeOrder(select.orderBy, targets: &body.targets)
        try analyzeLimit(select, &body)
        body.rangeTable = level.rangeTable
        return BoundQuery(body)
    }

    // MARK: Set operations

    private func analyzeSetOperation(
        _ select: SelectStatement, resolvesUnknown: Bool
    ) throws(SQLError) -> BoundQuery {
        guard let leftSyntax = select.left, let rightSyntax = select.right else {
            throw SQLError(.internalError, "a set operation has two sides")
        }
        if !select.locking.isEmpty {
            throw SQLError(
                .featureNotSupported,
                "\(lockingName(select.locking[0])) is not allowed with UNION/INTERSECT/EXCEPT")
        }
        let (kind, name): (BoundQuery.SetOperator, String) =
            switch select.operation {
            case .union, .none: (.union, "UNION")
            case .intersect: (.intersect, "INTERSECT")
            case .except: (.except, "EXCEPT")
            }
        if let into = rightSyntax.leadingInto {
            throw failure(
                .syntaxError, "INTO is only allowed on first SELECT of UNION/INTERSECT/EXCEPT",
                at: into.relation.location)
        }
        armDepth += 1
        defer { armDepth -= 1 }
        let recursion = level.recursion
        var left = try analyzeQuery(leftSyntax, resolvesUnknown: recursion != nil)
        if let recursion { try beginRecursiveTerm(recursion, columns: left.columns) }
        var right = try analyzeQuery(rightSyntax, resolvesUnknown: false)
        let leftColumns = left.columns
        let rightColumns = right.columns
        if leftColumns.count != rightColumns.count {
            throw failure(
                .syntaxError, "each \(name) query must have the same number of columns",
                at: targetLocation(rightSyntax, 0, of: rightColumns.count))
        }
        var columns: [OutputColumn] = []
        var types: [SQLType] = []
        for (index, (l, r)) in zip(leftColumns, rightColumns).enumerated() {
            var type = try commonType(
                [visible(left, index), visible(right, index)], construct: name,
                at: [-1, targetLocation(rightSyntax, index, of: rightColumns.count)])
            if type.oid == .unknown { type = .plain(.text) }
            if l.type == r.type { type = l.type.oid == .unknown ? type : l.type }
            if let recursion, type != l.type {
                throw failure(
                    .datatypeMismatch,
                    "recursive query \"\(recursion.syntax.name)\" column \(index + 1) has type \(typeText(l.type)) in non-recursive term but type \(typeText(type)) overall",
                    at: targetLocation(leftSyntax, index, of: leftColumns.count)
                ).hint("Cast the output of the non-recursive term to the correct type.")
            }
            types.append(type)
            columns.append(OutputColumn(name: l.name, type: type))
        }
        left = try converted(left, to: types, leftSyntax)
        right = try converted(right, to: types, rightSyntax)

        // The result's columns are variables of entry 0, which stands for the operation.
        // The arms themselves are in `setOperation` alone, or a walk would come to them twice.
        let entry = level.add(
            RangeEntry(kind: .values([]), alias: "*SET*", columns: columns))
        level.namespace.append(namespaceItem(of: entry, schema: nil))
        var body = BoundQuery.Body()
        body.from = .entry(entry)
        body.targets = columns.enumerated().map { index, column in
            Target(
                expression: .variable(
                    Variable(relation: entry, column: index, type: column.type)),
                column: column)
        }
        let visibleCount = body.targets.count
        body.orderBy = try analyzeOrder(select.orderBy, targets: &body.targets)
        if body.targets.count > visibleCount {
            throw SQLError(
                .featureNotSupported, "invalid UNION/INTERSECT/EXCEPT ORDER BY clause"
            ).detail("Only result column names can be used, not expressions or functions.")
                .hint(
                    "Add the expression/function to every SELECT, or move the UNION into a FROM clause."
                ).at(position: position(select.orderBy.map { location(of: $0.expression) }.max() ?? -1))
        }
        try analyzeLimit(select, &body)
        body.setOperation = BoundQuery.SetOperation(
            kind: kind, isAll: select.isAll, left: left, right: right)
        body.rangeTable = level.rangeTable
        return BoundQuery(body)
    }

    private func visible(_ query: BoundQuery, _ index: Int) -> Expression {
        query.body.targets.filter { !$0.isHidden }[index].expression
    }

    /// `query`, which is written as `syntax`, with its visible columns coerced to `types`.
    func converted(
        _ query: BoundQuery, to types: [SQLType], _ syntax: SelectStatement
    ) throws(SQLError) -> BoundQuery {
        if zip(query.columns, types).allSatisfy({ $0.type == $1 }) { return query }
        var body = query.body
        let isPlain =
            body.setOperation == nil && body.orderBy.isEmpty
            && !body.targets.contains(where: \.isHidden)
        if case .none = body.distinct, isPlain {
            for (index, type) in types.enumerated() {
                body.targets[index].expression = try coerce(
                    body.targets[index].expression, to: type, .implicit,
                    at: targetLocation(syntax, index, of: types.count))
                body.targets[index].column.type = type
            }
            return BoundQuery(body)
        }
        // Ordering or distinctness is by the types before conversion: convert around it.
        var outer = BoundQuery.Body()
        outer.rangeTable = [
            RangeEntry(kind: .subquery(query), alias: "*CONVERT*", columns: query.columns)
        ]
        outer.from = .entry(0)
        for (index, type) in types.enumerated() {
            var column = query.columns[index]
            let variable = Expression.variable(
                Variable(relation: 0, column: index, type: column.type))
            column.type = type
            outer.targets.append(
                Target(
                    expression: try coerce(variable, to: type, .implicit, at: -1), column: column))
        }
        return BoundQuery(outer)
    }

    /// Where the `index`th of the query's columns is written.
    private func targetLocation(_ select: SelectStatement, _ index: Int, of width: Int) -> Int {
        if let left = select.left { return targetLocation(left, index, of: width) }
        if !select.valuesLists.isEmpty { return -1 }
        // A star stands for as many columns as the other targets leave.
        var target = index
        let star = select.targets.firstIndex {
            if case .columnReference(_, isStar: true, _) = $0.value { true } else { false }
        }
        if let star, star < index {
            target = max(star, index - (width - select.targets.count))
        }
        guard target < select.targets.count, let value = select.targets[target].value else {
            return -1
        }
        return location(of: value)
    }
}
