internal import Analyze
internal import Base
internal import Catalog
internal import Engine
internal import Parse
internal import Query

/// ALTER TABLE of partitioned tables and partitions: what goes on to the partitions, and what only
/// the parent may change.
extension DefinitionExecutor {
    /// Carries an action that was done on a table out on its partitions.
    func pass(_ command: AlterTableCommand, toPartitionsOf table: OID) throws(SQLError) {
        for oid in snapshot.relation(table)?.partitioning?.partitions ?? [] {
            let partition = try lockedRelation(oid, .accessExclusive)
            switch command {
            case .dropConstraint(let name, let behavior, _):
                try dropInheritedCheck(name, behavior, of: partition)
            case .validateConstraint(let name):
                if partition.constraints.contains(where: { $0.name == name }) {
                    try run(command, on: partition)
                }
            default: try run(command, on: partition)
            }
            try pass(command, toPartitionsOf: oid)
        }
    }

    /// The parent's check has gone; a partition's own stays.
    private func dropInheritedCheck(
        _ name: String, _ behavior: DropBehavior, of partition: Shared<Relation>
    ) throws(SQLError) {
        guard
            let index = partition.constraints.firstIndex(where: {
                $0.name == name && $0.isInherited && $0.kind.code == "c"
            })
        else { return }
        if !partition.constraints[index].isLocal {
            return try remove([.constraint(partition.constraints[index].oid)], behavior)
        }
        var changed = partition.value
        changed.constraints[index].isInherited = false
        catalog.put(changed)
    }

    /// Adds a new column of a table to its partitions.
    func pass(column: Column, toPartitionsOf table: OID) throws(SQLError) {
        for oid in snapshot.relation(table)?.partitioning?.partitions ?? [] {
            let partition = try lockedRelation(oid, .accessExclusive)
            if partition.value.columnIndex(named: column.name) != nil {
                throw SQLError(
                    .duplicateColumn,
                    "column \"\(column.name)\" of relation \"\(partition.name)\" already exists")
            }
            var own = column
            own.identity = nil
            own.missingValue = nil
            var changed = partition.value
            changed.columns.append(own)
            let index = changed.columns.count - 1
            let new = catalog.put(changed)
            try inheritDefault(index, of: new)
            try fill(
                index, of: &changed, from: partition, ColumnPlan(column: own), sequence: nil,
                isPrimary: false)
            catalog.put(changed)
            try pass(column: column, toPartitionsOf: oid)
        }
    }

    /// - Throws: where an action breaks what parent and partition have in common.
    func checkInheritance(
        _ command: AlterTableCommand, on relation: Shared<Relation>, isOnly: Bool
    ) throws(SQLError) {
        if relation.partitioning != nil { try checkParent(command, relation, isOnly: isOnly) }
        guard let membership = relation.partition,
            let parent = snapshot.relation(membership.parent), relation.index == nil
        else { return }
        func isInherited(_ column: String) -> Bool {
            parent.value.columnIndex(named: column) != nil
        }
        switch command {
        case .addColumn:
            throw SQLError(.wrongObjectType, "cannot add column to a partition")
        case .dropColumn(let name, _, _) where isInherited(name):
            throw SQLError(
                .invalidTableDefinition, "cannot drop inherited column \"\(name)\"")
        case .alterColumnType(let name, _) where isInherited(name):
            throw SQLError(
                .invalidTableDefinition, "cannot alter inherited column \"\(name)\"")
        case .dropNotNull(let name):
            guard let column = parent.value.columnIndex(named: name),
                parent.columns[column].isNotNull
            else { return }
            throw SQLError(
                .invalidTableDefinition, "column \"\(name)\" is marked NOT NULL in parent table")
        case .dropConstraint(let name, _, _):
            guard
                relation.constraints.contains(where: { $0.name == name && $0.isInherited })
            else { return }
            throw SQLError(
                .invalidTableDefinition,
                "cannot drop inherited constraint \"\(name)\" of relation \"\(relation.name)\"")
        default: return
        }
    }

    private func checkParent(
        _ command: AlterTableCommand, _ relation: Shared<Relation>, isOnly: Bool
    ) throws(SQLError) {
        let hasPartitions = relation.partitioning?.partitions.isEmpty == false
        func fail(_ message: String) -> SQLError { SQLError(.invalidTableDefinition, message) }
        switch command {
        case .addColumn where isOnly && hasPartitions:
            throw fail("column must be added to child tables too")
        case .dropColumn(let name, _, _):
            try checkNoKey(name, of: relation, "drop")
            if isOnly, hasPartitions {
                throw fail(
                    "cannot drop column from only the partitioned table when partitions exist"
                ).hint("Do not specify the ONLY keyword.")
            }
        case .alterColumnType(let name, _):
            try checkNoKey(name, of: relation, "alter")
            if isOnly, hasPartitions {
                throw fail(
                    "type of inherited column \"\(name)\" must be changed in child tables too")
            }
        case .addConstraint(let definition) where isOnly && hasPartitions:
            if definition.kind == .check {
                throw fail("constraint must be added to child tables too")
            }
        case .dropConstraint(let name, _, _) where isOnly && hasPartitions:
            guard relation.constraints.contains(where: { $0.name == name && $0.kind.code == "c" })
            else { return }
            throw fail(
                "cannot remove constraint from only the partitioned table when partitions exist"
            ).hint("Do not specify the ONLY keyword.")
        case .setNotNull(let name) where isOnly && hasPartitions:
            guard let column = relation.value.columnIndex(named: name) else { return }
            try checkNotNull([column], inPartitionsOf: relation.value)
        case .dropNotNull where isOnly && hasPartitions:
            throw fail(
                "cannot remove constraint from only the partitioned table when partitions exist"
            ).hint("Do not specify the ONLY keyword.")
        default: return
        }
    }

    /// - Throws: where ONLY a parent's columns are to become NOT NULL, and a partition's are not.
    func checkNotNull(_ columns: [Int], inPartitionsOf relation: Relation) throws(SQLError) {
        for column in columns where !relation.columns[column].isNotNull {
            let name = relation.columns[column].name
            for partition in snapshot.partitions(of: relation) {
                guard let own = partition.value.columnIndex(named: name),
                    !partition.columns[own].isNotNull
                else { continue }
                throw SQLError(
                    .invalidTableDefinition, "constraint must be added to child tables too"
                ).detail(
                    "Column \"\(name)\" of relation \"\(partition.name)\" is not already NOT NULL."
                ).hint("Do not specify the ONLY keyword.")
            }
        }
    }

    /// The columns of a partition key stay as they are.
    private func checkNoKey(
        _ name: String, of relation: Shared<Relation>, _ verb: String
    ) throws(SQLError) {
        guard let column = relation.value.columnIndex(named: name) else { return }
        for key in relation.partitioning?.keys ?? [] {
            let isUsed: Bool
            if let own = key.column {
                isUsed = own == column
            } else if let stored = key.expression {
                let expression = try analyzer().storedExpression(stored, of: relation)
                isUsed = DefinitionExecutor.references(expression, relation.value)
                    .contains(.column(column, of: relation.oid))
            } else {
                isUsed = false
            }
            if isUsed {
                throw SQLError(
                    .invalidTableDefinition,
                    "cannot \(verb) column \"\(name)\" because it is part of the partition key of relation \"\(relation.name)\""
                )
            }
        }
    }
}

extension AlterTableCommand {
    /// True if the action is carried out on partitions too. New columns and constraints find their
    /// own way, and so do keys that are dropped.
    var isInherited: Bool {
        switch self {
        case .columnDefault, .dropNotNull, .setNotNull, .dropColumn, .alterColumnType,
            .validateConstraint, .dropExpression, .dropConstraint, .enableTrigger,
            .disableTrigger, .setStatistics, .setStorage, .setColumnOptions, .resetColumnOptions:
            true
        default: false
        }
    }
}
