internal import Base
internal import Catalog
internal import Query
internal import Types

/// Plans MERGE: the join of source and target, and what happens to each of its rows.
extension ModifyPlanner {
    func plan(_ merge: BoundMerge) throws(SQLError) -> PlanNode {
        let table = merge.table
        let isPartitioned = merge.partitions != nil
        context.use(table.value.oid, .write, merge.rights)
        let planner = try QueryPlanner(context, context.folder.fold(merge.query.body))
        // Only the rows of a plain table know without a column whose they are.
        func own(_ expression: Expression) -> Expression {
            isPartitioned ? expression : knowing(table.value, expression)
        }
        planner.body.from = planner.body.from.mapConditions { own($0) }
        planner.rewrite(pullsUp: false)
        planner.rowKeyRelations.insert(0)
        planner.checkedRelations.insert(0)
        let condition = own(context.folder.fold(merge.condition))
        planner.findNeededColumns(merge.expressions.map { own($0) } + [condition])
        let live = table.value.columns.indices.filter { !table.value.columns[$0].isDropped }
        let count = table.value.columns.count
        planner.need(relation: 0, columns: isPartitioned ? live + [count] : live)
        let part = arrange(try planner.planFrom(order: nil), planner, count)
        if !part.bindings.isEmpty {
            throw SQLError(.internalError, "a FROM item needs another one that is not before it")
        }
        var actions: [PlannedMerge.Action] = []
        for action in merge.actions {
            actions.append(
                PlannedMerge.Action(
                    isMatched: action.isMatched,
                    condition: try action.condition.map { e throws(SQLError) in
                        try planner.resolve(own(e), part.layout)
                    },
                    change: try plan(action.change, planner, part.layout, own)))
        }
        return .merge(
            PlannedMerge(
                table: table, alias: merge.query.body.rangeTable[0].alias, source: part.node,
                condition: try planner.resolve(condition, part.layout), actions: actions,
                targets: try targets(merge),
                tableSlot: isPartitioned ? part.layout.slot(relation: 0, column: count) : nil))
    }

    private func plan(
        _ change: BoundMerge.Action.Change, _ planner: QueryPlanner, _ layout: Layout,
        _ own: (Expression) -> Expression
    ) throws(SQLError) -> PlannedMerge.Action.Change {
        switch change {
        case .nothing: return .nothing
        case .delete: return .delete
        case .update(let assignments):
            var resolved: [Assignment] = []
            for assignment in assignments {
                resolved.append(
                    Assignment(
                        column: assignment.column,
                        value: try planner.resolve(own(assignment.value), layout)))
            }
            return .update(resolved)
        case .insert(let insert, let values):
            var planned = try planRow(insert, source: .oneRow)
            if let table = insert.partitions {
                planned.partitions = try partitions(insert, table)
            }
            return .insert(planned, values: try planner.resolve(values, layout))
        }
    }

    private func targets(_ merge: BoundMerge) throws(SQLError) -> [PlannedMerge.Target] {
        let rows = try rowPlanner()
        guard let partitions = merge.partitions else {
            let table = merge.table
            return [
                PlannedMerge.Target(
                    table: table, columns: Array(table.columns.indices),
                    checks: try resolve(
                        merge.checks, table.value, rows, rowLayout(table.value, relation: 0)), move: nil)
            ]
        }
        var result: [PlannedMerge.Target] = []
        let insert = try moveInsert(merge)
        for oid in partitions.tables { context.use(oid, .write, []) }
        for leaf in partitions.leaves {
            context.use(leaf.table.oid, .write, [])
            result.append(
                PlannedMerge.Target(
                    table: leaf.table, columns: leaf.columns,
                    checks: try resolve(
                        leaf.checks, leaf.table.value, rows,
                        rowLayout(leaf.table.value, relation: 0)),
                    move: insert.map { move($0, from: leaf) }))
        }
        return result
    }

    /// The INSERT for rows that leave their partition.
    private func moveInsert(_ merge: BoundMerge) throws(SQLError) -> PlannedInsert? {
        guard let partitions = merge.partitions else { return nil }
        var assigned: [Assignment] = []
        for action in merge.actions {
            if case .update(let assignments) = action.change { assigned += assignments }
        }
        let modify = BoundModify(
            table: merge.table, query: merge.query, assignments: assigned, checks: merge.checks,
            returning: [])
        return try moveInsert(modify, partitions)
    }
}

extension BoundMerge {
    /// What its actions compute of a joined row.
    fileprivate var expressions: [Expression] {
        actions.flatMap { action -> [Expression] in
            let condition = action.condition.map { [$0] } ?? []
            switch action.change {
            case .insert(_, let values): return condition + values
            case .update(let assignments): return condition + assignments.map(\.value)
            case .delete, .nothing: return condition
            }
        }
    }
}
