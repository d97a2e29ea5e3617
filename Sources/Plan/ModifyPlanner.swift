internal import Base
internal import Catalog
internal import Query
internal import Types

/// Plans INSERT, UPDATE and DELETE.
struct ModifyPlanner {
    let context: PlanContext

    init(_ context: PlanContext) { self.context = context }

    // MARK: INSERT

    func plan(_ insert: BoundInsert) throws(SQLError) -> PlanNode {
        context.use(insert.table.value.oid, .write, insert.rights, as: insert.checkAs)
        let source = try QueryPlanner(context, insert.source.body).plan()
        if !source.bindings.isEmpty {
            throw SQLError(.internalError, "a FROM item needs another one that is not before it")
        }
        var planned = try planRow(insert, source: source.node)
        if let table = insert.partitions { planned.partitions = try partitions(insert, table) }
        return .insert(planned)
    }

    /// What happens to each row of `source`.
    /// - Parameter isRouted: rows are known to belong to the partition that the table is.
    func planRow(
        _ insert: BoundInsert, source: PlanNode, isRouted: Bool = false
    ) throws(SQLError) -> PlannedInsert {
        let table = insert.table
        let count = table.value.columns.count
        let rows = try rowPlanner()
        let row = rowLayout(table.value, relation: 0)
        let both = row + rowLayout(table.value, relation: 1)
        var planned = insert
        for index in planned.defaults.indices {
            if let value = planned.defaults[index] {
                planned.defaults[index] = try rows.resolve(value, Layout())
            }
        }
        planned.filter = try insert.filter.map { e throws(SQLError) in
            try rows.resolve(knowing(table.value, e), row)
        }
        var conflict = insert.conflict
        // The key of the row that is there follows both.
        var meeting = both
        meeting.slots.append(.rowKey(relation: 0))
        rows.scannedPartition = table
        if table.kind == .partitionedTable {
            // Rows go on to partitions, which know themselves.
            meeting.isWritten = true
            meeting.tableSlot = meeting.slots.count
        }
        var readsKeys = false
        if case .update(var assignments, let predicate) = insert.conflict?.action {
            for index in assignments.indices {
                if assignments[index].value.usesSystemColumns { readsKeys = true }
                assignments[index].value = try rows.resolve(
                    knowing(table.value, assignments[index].value), meeting)
            }
            if predicate?.usesSystemColumns == true { readsKeys = true }
            conflict?.action = .update(
                assignments: assignments,
                predicate: try predicate.map { e throws(SQLError) in
                    try rows.resolve(knowing(table.value, e), meeting)
                })
        }
        var returning: [Expression] = []
        var written = row
        written.slots.append(.rowKey(relation: 0))
        written.slots.append(.column(relation: 0, column: SystemColumn.xmax.number))
        written.isWritten = true
        if table.kind == .partitionedTable { written.tableSlot = written.slots.count }
        for target in insert.returning {
            returning.append(try rows.resolve(knowing(table.value, target.expression), written))
        }
        invariant(both.slots.count == 2 * count, "the excluded row follows the row")
        var checks = insert.checks
        if isRouted, conflict == nil { checks.partition = [] }
        var result = PlannedInsert(
            insert: planned, source: source,
            checks: try resolve(checks, table.value, rows, row), conflict: conflict,
            returning: returning)
        result.isRouted = isRouted
        result.conflictReadsKeys = readsKeys
        result.returnsKeys = insert.returning.contains { $0.expression.usesSystemColumns }
        return result
    }

    // MARK: UPDATE and DELETE

    func plan(_ modify: BoundModify) throws(SQLError) -> PlanNode {
        if let table = modify.partitions { return try planPartitions(modify, table) }
        context.use(modify.table.value.oid, .write, modify.rights, as: modify.checkAs)
        return .modify(try planTable(modify))
    }

    /// UPDATE or DELETE of one table with rows.
    func planTable(_ modify: BoundModify) throws(SQLError) -> PlannedModify {
        let table = modify.table
        let count = table.value.columns.count
        var body = context.folder.fold(modify.query.body)
        body.predicate = body.predicate.map { knowing(table.value, $0) }
        let assignments = modify.assignments?.map {
            Assignment(
                column: $0.column, value: knowing(table.value, context.folder.fold($0.value)))
        }
        let returning = modify.returning.map(\.expression)

        let planner = try QueryPlanner(context, body)
        planner.rewrite(pullsUp: false)
        planner.rowKeyRelations.insert(0)
        planner.cursor = modify.cursor
        planner.checkedRelations.insert(0)
        var read = (assignments ?? []).map(\.value) + returning
        if let predicate = body.predicate { read.append(predicate) }
        planner.findNeededColumns(read)
        let live = table.value.columns.indices.filter { !table.value.columns[$0].isDropped }
        planner.need(relation: 0, columns: live)
        let part = arrange(try planner.planFrom(order: nil), planner, count)
        context.noteCost(part.cost)
        if !part.bindings.isEmpty {
            throw SQLError(.internalError, "a FROM item needs another one that is not before it")
        }
        var resolved: [Assignment]?
        if let assignments {
            var list: [Assignment] = []
            for assignment in assignments {
                list.append(
                    Assignment(
                        column: assignment.column,
                        value: try planner.resolve(assignment.value, part.layout)))
            }
            resolved = list
        }
        var checks = modify.checks
        if !checks.partition.contains(where: { $0.uses(modify.assignments ?? []) }) {
            checks.partition = []
        }
        // The row may be in another partition then: its table is known when it is written.
        let own = part.layout.slots.count
        let results = returning.map { knowing(table.value, $0, as: .slot(own, type: SQLType(.oid))) }
        var written = part.layout
        let returnsKeys =
            modify.assignments != nil && returning.contains { $0.usesSystemColumns }
        if returnsKeys {
            written.slots[count] = .anonymous
            written.slots += [.anonymous, .rowKey(relation: 0)]
            written.isWritten = true
            written.tableSlot = own
        }
        var result = PlannedModify(
            table: table, source: part.node, assignments: resolved,
            checks: try resolve(
                checks, table.value, try rowPlanner(), rowLayout(table.value, relation: 0)),
            recheck: try body.predicate.map { e throws(SQLError) in
                try planner.resolve(e, part.layout)
            },
            returning: try planner.resolve(results, written))
        result.returnsKeys = returnsKeys
        return result
    }

    /// Brings the target's columns to the slots of their index, its row key after them.
    func arrange(
        _ part: PlannedPart, _ planner: QueryPlanner, _ count: Int
    ) -> PlannedPart {
        let isInPlace =
            part.layout.slots.count > count
            && (0..<count).allSatisfy { column in
                if case .column(0, column) = part.layout.slots[column] { true } else { false }
            } && part.layout.rowKeySlot(relation: 0) == count
        if isInPlace { return part }
        let slots = planner.slots(of: part)
        var outputs: [Expression] = []
        var layout = Layout()
        let columns = planner.body.rangeTable[0].columns
        for column in 0..<count {
            if let slot = part.layout.slot(relation: 0, column: column) {
                outputs.append(slots[slot])
            } else {
                outputs.append(.constant(.null(columns[column].type)))
            }
            layout.slots.append(.column(relation: 0, column: column))
        }
        for (index, slot) in part.layout.slots.enumerated() {
            if case .rowKey(0) = slot {
                outputs.insert(slots[index], at: count)
                layout.slots.insert(slot, at: count)
            } else if case .rowKey = slot {
                outputs.append(slots[index])
                layout.slots.append(slot)
            } else if case .column(let relation, let column) = slot, relation != 0 || column == count {
                outputs.append(slots[index])
                layout.slots.append(slot)
            }
        }
        var result = part
        result.node = .project(part.node, outputs)
        result.layout = layout
        return result
    }

    // MARK: Rows of the table

    /// Resolves expressions over rows of the table, outside of any FROM clause.
    func rowPlanner() throws(SQLError) -> QueryPlanner {
        try QueryPlanner(context, BoundQuery.Body())
    }

    func rowLayout(_ table: Relation, relation: Int) -> Layout {
        Layout(table.columns.indices.map { .column(relation: relation, column: $0) })
    }

    /// Replaces the target's tableoid, which is no column of its rows.
    func knowing(
        _ table: Relation, _ expression: Expression, as value: Expression? = nil
    ) -> Expression {
        if case .variable(let variable) = expression, variable.levelsUp == 0,
            variable.relation == 0, variable.column == table.columns.count
        {
            return value
                ?? .constant(
                    Constant(type: variable.type, value: .word(Int64(table.oid.rawValue))))
        }
        return expression.mapChildren { knowing(table, $0, as: value) }
    }

    func resolve(
        _ checks: TableChecks, _ table: Relation, _ planner: QueryPlanner, _ layout: Layout
    ) throws(SQLError) -> TableChecks {
        var result = checks
        for index in result.checks.indices {
            result.checks[index].predicate = try planner.resolve(
                knowing(table, checks.checks[index].predicate), layout)
        }
        for index in result.indexes.indices {
            result.indexes[index].keys = try planner.resolve(checks.indexes[index].keys, layout)
            result.indexes[index].predicate = try checks.indexes[index].predicate.map {
                e throws(SQLError) in
                try planner.resolve(e, layout)
            }
        }
        for index in result.partition.indices {
            result.partition[index].keys = try planner.resolve(
                checks.partition[index].keys, layout)
        }
        for index in result.generated.indices {
            result.generated[index].expression = try planner.resolve(
                checks.generated[index].expression, layout)
        }
        return result
    }
}

extension PartitionCheck {
    /// True if the assignments may change a key.
    fileprivate func uses(_ assignments: [Assignment]) -> Bool {
        keys.contains { key in
            key.contains {
                if case .variable(let variable) = $0 {
                    assignments.contains { $0.column == variable.column }
                } else {
                    false
                }
            }
        }
    }
}
