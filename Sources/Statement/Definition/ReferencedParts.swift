internal import Base
internal import Catalog
internal import Engine
internal import Types

/// Foreign keys to partitioned tables: the referencing table has a part of the constraint for each
/// partition of the referenced one, which says what happens to the partition's rows.
extension DefinitionExecutor {
    /// Makes the parts of a constraint for the partitions of the table that it refers to.
    func makeReferencedParts(of constraint: Constraint, on table: OID) throws(SQLError) {
        guard case .foreignKey(let key) = constraint.kind,
            let referenced = snapshot.relation(key.table)
        else { return }
        for partition in referenced.partitioning?.partitions ?? [] {
            _ = try lockedRelation(partition, .shareRowExclusive)
            try makeReferencedPart(of: constraint, on: table, for: partition)
        }
    }

    /// The parts of the foreign keys to `parent` for a new partition of it.
    func makeReferencedParts(for partition: OID, of parent: OID) throws(SQLError) {
        guard let source = snapshot.relation(parent) else { return }
        for reference in source.referencedBy {
            guard let table = snapshot.relation(reference.table),
                let constraint = table.constraints.first(where: { $0.oid == reference.constraint }),
                constraint.parent == nil || table.value.isReferencedPart(constraint)
            else { continue }
            _ = try lockedRelation(reference.table, .shareRowExclusive)
            try makeReferencedPart(of: constraint, on: reference.table, for: partition)
        }
    }

    private func makeReferencedPart(
        of constraint: Constraint, on table: OID, for partition: OID
    ) throws(SQLError) {
        guard case .foreignKey(var key) = constraint.kind,
            let source = snapshot.relation(table), let parent = snapshot.relation(key.table),
            let whole = snapshot.relation(key.index), let part = snapshot.relation(partition),
            let index = snapshot.parts(ofIndex: whole.value).first(where: {
                $0.index?.table == partition
            })
        else { throw SQLError(.internalError, "a partition has its part of each key") }
        let columns = part.value.columns(matching: parent.value)
        key.table = partition
        key.columns = key.columns.map { columns[$0] }
        key.index = index.oid
        var relation = source.value
        var own = constraint
        own.oid = try catalog.newOID()
        own.kind = .foreignKey(key)
        own.name = freeConstraintName(
            relation.name,
            GeneratedNames.columnsPart(own.columns.map { relation.columns[$0].name }), "fkey",
            in: relation.namespace, except: Set(relation.constraints.map(\.name)))
        own.parent = constraint.oid
        own.isInherited = true
        own.isLocal = false
        relation.constraints.append(own)
        catalog.put(relation)
        guard var referenced = snapshot.relation(partition)?.value else { return }
        referenced.referencedBy.append(
            ForeignKeyReference(table: table, constraint: own.oid))
        catalog.put(referenced)
        addDependencies(of: own, table, (key.columns, key.index), partition)
        // The part goes with the whole, and takes it along.
        catalog.addDependency(
            Dependency(.constraint(own.oid), on: .constraint(constraint.oid), .internal))
        try makeReferencedParts(of: own, on: table)
    }

    /// A partition leaves its parent: no row may refer to its rows, and the parts for it go.
    func dropReferencedParts(for partition: OID) throws(SQLError) {
        guard let source = snapshot.relation(partition) else { return }
        for reference in source.referencedBy {
            guard let table = snapshot.relation(reference.table),
                let constraint = table.constraints.first(where: { $0.oid == reference.constraint }),
                table.value.isReferencedPart(constraint)
            else { continue }
            _ = try lockedRelation(reference.table, .share)
            try host.checkUnreferenced(constraint, of: table, in: source)
            try dropReferencedPart(constraint.oid, of: reference.table)
        }
    }

    func dropReferencedPart(_ oid: OID, of table: OID) throws(SQLError) {
        guard var changed = snapshot.relation(table)?.value,
            let index = changed.constraints.firstIndex(where: { $0.oid == oid })
        else { return }
        let constraint = changed.constraints.remove(at: index)
        catalog.put(changed)
        if case .foreignKey(let key) = constraint.kind,
            var referenced = snapshot.relation(key.table)?.value
        {
            referenced.referencedBy.removeAll { $0.constraint == oid }
            catalog.put(referenced)
        }
        catalog.forget(.constraint(oid))
        for part in changed.constraints where part.parent == oid {
            try dropReferencedPart(part.oid, of: table)
        }
    }
}
