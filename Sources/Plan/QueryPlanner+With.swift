internal import Base
internal import Query
internal import Types

/// WITH: which of its queries become part of those that read them, and plans for the others.
extension QueryPlanner {
    /// Plans the queries of WITH that are computed for themselves.
    /// - Returns: their numbers in the plan.
    func planCommonTables() throws(SQLError) -> [Int] {
        var numbers: [Int] = []
        for table in body.commonTables {
            let number = context.commonTables.count
            context.commonTables.append(
                PlannedCommonTable(name: table.name, node: .oneRow, types: [], isCorrelated: false))
            context.commonNumbers[table.id] = number
            let before = outer.list.count
            var planned = PlannedCommonTable(
                name: table.name, node: .oneRow, types: table.content.columns.map(\.type),
                isCorrelated: false)
            planned.columnNames = table.content.columns.map(\.name)
            switch table.content {
            case .query(let query):
                planned.node =
                    table.isRecursive
                    ? try planRecursion(query, number) : try planCommonQuery(query, levels: 1)
                planned.isCorrelated = outer.list.count > before || looksOutside(query)
            case .statement(let statement):
                planned.node = try context.plan(statement)
                planned.changesData = true
            }
            context.commonTables[number] = planned
            numbers.append(number)
        }
        return numbers
    }

    private func looksOutside(_ query: BoundQuery) -> Bool {
        var found = false
        query.body.forEachVariable { _, level in if level > 0 { found = true } }
        return found
    }

    /// A query `levels` below this one; what it takes from around becomes this query's.
    private func planCommonQuery(
        _ query: BoundQuery, levels: Int
    ) throws(SQLError) -> PlanNode {
        let planner = try QueryPlanner(context, query.body)
        let part = try planner.plan()
        for binding in planner.outer.list {
            var variable = binding.variable
            variable.levelsUp -= levels
            outer.add(variable, binding.parameter)
        }
        return part.node
    }

    private func planRecursion(
        _ query: BoundQuery, _ number: Int
    ) throws(SQLError) -> PlanNode {
        guard let operation = query.body.setOperation else {
            throw SQLError(.internalError, "a recursive query is a UNION")
        }
        let base = try planCommonQuery(operation.left, levels: 2)
        context.recursions.insert(number)
        defer { context.recursions.remove(number) }
        let step = try planCommonQuery(operation.right, levels: 2)
        return .recursiveUnion(
            table: number, base, step, isAll: operation.isAll,
            types: query.columns.map(\.type))
    }
}

extension BoundQuery.Body {
    /// The query with those of WITH put in the place of their only reader, as PostgreSQL does with
    /// queries that have no effects; those that nobody reads are left out.
    func inliningCommonTables(_ source: PlannerSource) -> BoundQuery.Body {
        if commonTables.isEmpty { return self }
        var body = self
        // A later one may read an earlier one, and become part of the query before it.
        for table in commonTables.reversed() {
            guard let original = table.query else { continue }
            var count = 0
            _ = body.mapEntries { entry, _ in
                if case .common(table.id) = entry.kind { count += 1 }
                return entry
            }
            if count == 0, table.materialization != .always {
                body.commonTables.removeAll { $0.id == table.id }
                continue
            }
            let query = body.commonTables.first { $0.id == table.id }?.query ?? original
            let isInlined: Bool =
                switch table.materialization {
                case .always: false
                case .never: true
                case .unspecified: count == 1
                }
            let isPlain =
                !table.isRecursive && query.body.locking.isEmpty
                && !query.body.containsDeep { source.isVolatileCall($0) }
            guard isInlined, isPlain else { continue }
            body.commonTables.removeAll { $0.id == table.id }
            body = body.mapEntries { entry, depth in
                guard case .common(table.id) = entry.kind else { return entry }
                var entry = entry
                let lowered = query.body.mapVariables(depth: 0) { variable, below in
                    var variable = variable
                    if variable.levelsUp > below { variable.levelsUp += depth }
                    return .variable(variable)
                }
                entry.kind = .subquery(BoundQuery(lowered))
                return entry
            }
        }
        return body
    }
}
