internal import Catalog

extension PhysicalPlan {
    /// The columns that the statement, or one of its WITH, gives values of its own: of all tables
    /// that it changes, whose partitions have them by the same names.
    public var givenColumnNames: Set<String> {
        var names: Set<String> = []
        root.statement.addGivenColumns(to: &names)
        for table in commonTables { table.node.statement.addGivenColumns(to: &names) }
        return names
    }
}

extension PlanNode {
    fileprivate func addGivenColumns(to names: inout Set<String>) {
        switch self {
        case .insert(let insert): insert.addGivenColumns(to: &names)
        case .modify(let modify):
            for part in modify.partitions ?? [modify] {
                part.table.value.addNames(of: part.assignments ?? [], to: &names)
            }
        case .merge(let merge):
            for action in merge.actions {
                switch action.change {
                case .insert(let insert, _): insert.addGivenColumns(to: &names)
                case .update(let assignments):
                    merge.table.value.addNames(of: assignments, to: &names)
                case .delete, .nothing: break
                }
            }
        default: break
        }
    }
}

extension PlannedInsert {
    fileprivate func addGivenColumns(to names: inout Set<String>) {
        let table = insert.table.value
        names.formUnion(insert.columns.map { table.columns[$0].name })
        if case .update(let assignments, _)? = conflict?.action {
            table.addNames(of: assignments, to: &names)
        }
    }
}

extension Relation {
    fileprivate func addNames(of assignments: [Assignment], to names: inout Set<String>) {
        names.formUnion(assignments.map { columns[$0.column].name })
    }
}
