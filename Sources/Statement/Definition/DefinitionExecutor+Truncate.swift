internal import Base
internal import Catalog
internal import Engine
internal import Parse
internal import Sequences

/// TRUNCATE: new, empty places for the tables' rows, which become everybody's at commit.
extension DefinitionExecutor {
    func truncate(_ statement: TruncateStatement) throws(SQLError) -> String {
        var tables: [Shared<Relation>] = []
        for name in statement.relations {
            let table = try lockedRelation(name, .accessExclusive)
            try checkTruncatable(table)
            if table.kind == .partitionedTable, !name.inherits {
                throw SQLError(
                    .wrongObjectType, "cannot truncate only a partitioned table"
                ).hint(
                    "Do not specify the ONLY keyword, or use TRUNCATE ONLY on the partitions directly."
                )
            }
            try include(table, in: &tables)
        }
        try includeReferencing(&tables, cascades: statement.behavior == .cascade)
        let sequences = statement.restartsIdentity ? try ownSequences(of: tables) : []
        for table in tables {
            try host.requireNoPendingChecks(table.value, for: "TRUNCATE")
        }
        for table in tables { try empty(table.oid) }
        for oid in sequences {
            guard let sequence = snapshot.relation(oid), let definition = sequence.sequence else {
                continue
            }
            var changed = sequence.value
            try restate(
                &changed, at: SequencePosition(lastValue: definition.start, isCalled: false))
            catalog.put(changed)
        }
        return "TRUNCATE TABLE"
    }

    /// Adds a table with its partitions.
    private func include(
        _ table: Shared<Relation>, in tables: inout [Shared<Relation>]
    ) throws(SQLError) {
        if tables.contains(where: { $0.oid == table.oid }) { return }
        tables.append(table)
        for partition in table.partitioning?.partitions ?? [] {
            try include(try lockedRelation(partition, .accessExclusive), in: &tables)
        }
    }

    private func checkTruncatable(_ table: Shared<Relation>) throws(SQLError) {
        guard table.kind == .table || table.kind == .partitionedTable, !snapshot.isComputed(table.oid) else {
            if snapshot.isComputed(table.oid), table.kind == .table {
                throw SQLError(
                    .insufficientPrivilege,
                    "permission denied: \"\(table.name)\" is a system catalog")
            }
            throw SQLError(.wrongObjectType, "\"\(table.name)\" is not a table")
        }
        if !snapshot.hasRights(.truncate, on: table.value, user: host.user) {
            throw SQLError(.insufficientPrivilege, "permission denied for table \(table.name)")
        }
    }

    /// Adds the tables that refer to those of the list, or refuses.
    private func includeReferencing(
        _ tables: inout [Shared<Relation>], cascades: Bool
    ) throws(SQLError) {
        var index = 0
        while index < tables.count {
            let table = tables[index]
            index += 1
            let referencing = Set(table.referencedBy.map(\.table)).sorted()
            for oid in referencing where !tables.contains(where: { $0.oid == oid }) {
                guard let other = snapshot.relation(oid) else { continue }
                if !cascades {
                    throw SQLError(
                        .featureNotSupported,
                        "cannot truncate a table referenced in a foreign key constraint"
                    ).detail("Table \"\(other.name)\" references \"\(table.name)\".").hint(
                        "Truncate table \"\(other.name)\" at the same time, or use TRUNCATE ... CASCADE."
                    )
                }
                let locked = try lockedRelation(oid, .accessExclusive)
                notice(.successfulCompletion, "truncate cascades to table \"\(locked.name)\"")
                try checkTruncatable(locked)
                try include(locked, in: &tables)
            }
        }
    }

    private func ownSequences(of tables: [Shared<Relation>]) throws(SQLError) -> [OID] {
        var result: [OID] = []
        for table in tables {
            for (oid, _, _) in snapshot.ownedSequences(of: table.oid) {
                let sequence = try lockedRelation(oid, .accessExclusive)
                try checkOwner(sequence.value)
                result.append(oid)
            }
        }
        return result
    }

    /// ON COMMIT DELETE ROWS.
    func deleteRows(of table: Shared<Relation>) throws(SQLError) {
        if try !host.isEmpty(table.value) { try empty(table.oid) }
    }

    /// Gives a table and its indexes new places, without rows.
    func empty(_ table: OID) throws(SQLError) {
        guard let relation = snapshot.relation(table), relation.kind.keepsRows else { return }
        var changed = relation.value
        if let placement = changed.placement { catalog.dropPlacement(placement) }
        changed.placement = catalog.newPlacement(in: changed.placement?.shard)
        for oid in changed.indexes {
            guard let index = snapshot.relation(oid), let placement = index.placement else {
                continue
            }
            var moved = index.value
            catalog.dropPlacement(placement)
            moved.placement = newIndexPlacement(of: changed)
            catalog.put(moved)
        }
        catalog.put(changed)
    }
}
