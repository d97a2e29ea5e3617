internal import Base
internal import Catalog
internal import Query
internal import Types

/// INSERT, UPDATE and DELETE on partitioned tables: the statement for each partition.
extension ModifyPlanner {
    /// What a partition's column numbers are for the table's, with `tableoid` after them, in
    /// expressions over the table (relation 0) and, of ON CONFLICT, over `excluded` (relation 1).
    private func mapped(
        _ expression: Expression, _ leaf: PartitionLeaf, root: Relation, relations: Int
    ) -> Expression {
        expression.mapVariables { change($0, $1, leaf, root, relations) }
    }

    private func change(
        _ variable: Variable, _ depth: Int, _ leaf: PartitionLeaf, _ root: Relation,
        _ relations: Int
    ) -> Expression {
        var variable = variable
        if variable.levelsUp == depth, variable.relation < relations, !variable.isOfVersion {
            variable.column =
                variable.column == root.columns.count
                ? leaf.table.columns.count : leaf.columns[variable.column]
        }
        return .variable(variable)
    }

    // MARK: INSERT

    /// The way of new rows into the partitions of `insert`'s table.
    func partitions(
        _ insert: BoundInsert, _ table: PartitionedTable
    ) throws(SQLError) -> PlannedInsert.Partitions {
        let root = insert.table.value
        for oid in table.tables { context.use(oid, .write, []) }
        var leaves: [PlannedInsert] = []
        var sources: [[Int]] = []
        // The partitions are locked when their first row comes.
        for leaf in table.leaves {
            var own = BoundInsert(
                table: leaf.table, columns: [], source: insert.source,
                defaults: leaf.table.columns.map { _ in nil }, checks: leaf.checks,
                conflict: insert.conflict, returning: insert.returning)
            var source: [Int] = []
            for (column, definition) in leaf.table.columns.enumerated()
            where !definition.isDropped && !definition.isGenerated {
                guard let from = leaf.columns.firstIndex(of: column) else { continue }
                own.columns.append(column)
                source.append(from)
            }
            for index in own.returning.indices {
                own.returning[index].expression = mapped(
                    own.returning[index].expression, leaf, root: root, relations: 1)
            }
            own.conflict = insert.conflict.map { conflict($0, leaf, root) }
            sources.append(source)
            leaves.append(try planRow(own, source: .oneRow, isRouted: true))
        }
        let rows = try rowPlanner()
        let layout = rowLayout(root, relation: 0)
        let routing = try table.routing.mapKeys { key throws(SQLError) in
            try rows.resolve(key, layout)
        }
        return PlannedInsert.Partitions(leaves: leaves, routing: routing, sources: sources)
    }

    private func conflict(
        _ conflict: BoundInsert.Conflict, _ leaf: PartitionLeaf, _ root: Relation
    ) -> BoundInsert.Conflict {
        var result = conflict
        result.indexes = conflict.indexes.compactMap { leaf.indexes[$0] }
        if case .update(let assignments, let predicate) = conflict.action {
            result.action = .update(
                assignments: assignments.map {
                    Assignment(
                        column: leaf.columns[$0.column],
                        value: mapped($0.value, leaf, root: root, relations: 2))
                },
                predicate: predicate.map { mapped($0, leaf, root: root, relations: 2) })
        }
        return result
    }

    // MARK: UPDATE and DELETE

    func planPartitions(
        _ modify: BoundModify, _ table: PartitionedTable
    ) throws(SQLError) -> PlanNode {
        let root = modify.table.value
        if modify.cursor != nil {
            throw SQLError.notSupported("WHERE CURRENT OF on a partitioned table")
        }
        context.use(root.oid, .write, modify.rights, as: modify.checkAs)
        for oid in table.tables { context.use(oid, .write, []) }
        let remaining = try remainingLeaves(modify)
        let move = try moveInsert(modify, table)
        var plans: [PlannedModify] = []
        for leaf in table.leaves where remaining.contains(leaf.table.oid) {
            context.use(leaf.table.oid, .write, [])
            var plan = try planTable(own(modify, leaf))
            if let move { plan.move = self.move(move, from: leaf) }
            plans.append(plan)
        }
        var node = PlannedModify(
            table: modify.table, source: .oneRow, assignments: modify.assignments.map { _ in [] },
            checks: TableChecks(), recheck: nil,
            returning: modify.returning.map { .constant(.null($0.expression.type)) })
        node.partitions = plans
        return .modify(node)
    }

    private func remainingLeaves(_ modify: BoundModify) throws(SQLError) -> Set<OID> {
        let body = context.folder.fold(modify.query.body)
        let planner = try QueryPlanner(context, BoundQuery.Body())
        let conjuncts = (body.predicate?.conjuncts ?? []).map { planner.conjunct($0) }
            .filter { $0.relations.isSubset(of: RelationSet(0)) }
        return try planner.remainingLeaves(of: modify.table, relation: 0, conjuncts)
    }

    /// The statement on one partition.
    private func own(_ modify: BoundModify, _ leaf: PartitionLeaf) -> BoundModify {
        let root = modify.table.value
        var body = modify.query.body.mapVariables(depth: 0) { change($0, $1, leaf, root, 1) }
        body.rangeTable[0].kind = .table(leaf.table)
        body.rangeTable[0].columns = leaf.table.columns.map {
            OutputColumn(name: $0.name, type: $0.type)
        }
        var returning = modify.returning
        for index in returning.indices {
            returning[index].expression = mapped(
                returning[index].expression, leaf, root: root, relations: 1)
        }
        return BoundModify(
            table: leaf.table, query: BoundQuery(body),
            assignments: modify.assignments?.map {
                Assignment(
                    column: leaf.columns[$0.column],
                    value: mapped($0.value, leaf, root: root, relations: 1))
            }, checks: leaf.checks, returning: returning)
    }

    /// The INSERT that takes rows which leave their partition; nil if no row can.
    func moveInsert(
        _ modify: BoundModify, _ table: PartitionedTable
    ) throws(SQLError) -> PlannedInsert? {
        let assigned = Set((modify.assignments ?? []).map(\.column))
        let leavesTable = modify.checks.partition.contains {
            $0.keys.contains { uses(assigned, $0) }
        }
        if !leavesTable, !uses(assigned, table.routing) { return nil }
        let root = modify.table.value
        let columns = root.columns.indices.filter {
            !root.columns[$0].isDropped && !root.columns[$0].isGenerated
        }
        var checks = TableChecks()
        checks.partition = modify.checks.partition
        checks.referencedBy = modify.checks.referencedBy
        var insert = BoundInsert(
            table: modify.table, columns: columns, source: BoundQuery(BoundQuery.Body()),
            defaults: root.columns.map { _ in nil }, checks: checks, conflict: nil,
            returning: [])
        insert.partitions = table
        // The row's new place is read off `tableoid`.
        insert.returning = [
            Target(
                expression: .variable(
                    Variable(relation: 0, column: root.columns.count, type: SQLType(.oid))),
                column: OutputColumn(name: "tableoid", type: SQLType(.oid)))
        ]
        if modify.returning.contains(where: { $0.expression.usesSystemColumns }) {
            insert.returning.append(
                Target(
                    expression: .variable(
                        Variable(
                            relation: 0, column: Variable.rowKeyNumber, type: SQLType(.bytea))),
                    column: OutputColumn(name: "", type: SQLType(.bytea))))
        }
        var planned = try planRow(insert, source: .oneRow)
        planned.partitions = try partitions(insert, table)
        return planned
    }

    /// The way out of one partition.
    func move(_ insert: PlannedInsert, from leaf: PartitionLeaf) -> PlannedModify.Move {
        PlannedModify.Move(
            insert: insert, columns: leaf.columns,
            referencedAncestor: referencedAncestor(
                of: leaf.table.value, below: insert.insert.table.oid))
    }

    private func referencedAncestor(of leaf: Relation, below root: OID) -> String? {
        var parent = leaf.partition?.parent
        while let oid = parent, oid != root, let table = context.source.relation(oid) {
            let isReferenced = table.referencedBy.contains { reference in
                context.source.relation(reference.table)?.constraints
                    .first { $0.oid == reference.constraint }?.parent == nil
            }
            if isReferenced { return table.name }
            parent = table.partition?.parent
        }
        return nil
    }

    private func uses(_ columns: Set<Int>, _ key: Expression) -> Bool {
        key.contains {
            if case .variable(let variable) = $0 { columns.contains(variable.column) } else { false }
        }
    }

    private func uses(_ columns: Set<Int>, _ routing: PartitionRouting) -> Bool {
        routing.keys.contains { uses(columns, $0) }
            || routing.targets.contains {
                if case .table(let below) = $0 { uses(columns, below) } else { false }
            }
    }
}
