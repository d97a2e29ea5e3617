internal import Base
internal import Catalog
internal import Engine
internal import Parse

/// ALTER INDEX … ATTACH PARTITION: an index of a partition becomes the part of an index that was made
/// for the partitioned table ONLY, as pg_dump writes it. The whole is valid once every partition has
/// a valid part.
extension DefinitionExecutor {
    func attach(index name: RangeVariable, to whole: Shared<Relation>) throws(SQLError) {
        let part = try lockedRelation(name, .accessExclusive)
        guard let own = part.index, let definition = whole.index else {
            throw SQLError(.invalidObjectDefinition, "\"\(part.name)\" is not an index")
        }
        try checkOwner(part.value)
        if part.partition?.parent == whole.oid { return }
        func refuse(
            _ detail: String, _ state: SQLState = .objectNotInPrerequisiteState
        ) -> SQLError {
            SQLError(
                state,
                "cannot attach index \"\(part.name)\" as a partition of index \"\(whole.name)\""
            ).detail(detail)
        }
        let attached = snapshot.relation(own.table)?.indexes.contains {
            snapshot.relation($0)?.partition?.parent == whole.oid
        }
        if attached == true {
            let table = snapshot.relation(own.table)?.name ?? ""
            throw refuse("Another index is already attached for partition \"\(table)\".")
        }
        if part.partition != nil {
            throw refuse("Index \"\(part.name)\" is already attached to another index.")
        }
        guard let parent = snapshot.relation(definition.table),
            let table = snapshot.relation(own.table), table.partition?.parent == parent.oid
        else {
            let name = snapshot.relation(definition.table)?.name ?? ""
            throw refuse(
                "Index \"\(part.name)\" is not an index on any partition of table \"\(name)\".")
        }
        let wanted = mapped(definition, of: parent.value, to: table.value)
        var shape = own
        shape.constraint = nil
        shape.isPrimary = wanted.isPrimary
        guard DefinitionExecutor.isSame(shape, wanted) else {
            throw refuse("The index definitions do not match.", .invalidObjectDefinition)
        }
        let constraint = definition.constraint.flatMap { oid in
            parent.constraints.first { $0.oid == oid }
        }
        if constraint != nil, own.constraint == nil {
            throw refuse(
                "The index \"\(whole.name)\" belongs to a constraint in table \"\(parent.name)\" but no constraint exists for index \"\(part.name)\".",
                .invalidObjectDefinition)
        }
        var relation = table.value
        try adopt(part, as: whole, constraint, of: &relation)
        try noteValidity(of: whole.oid)
    }

    /// An index of a partitioned table becomes valid with the last of its parts, and with it, maybe,
    /// the one that it is a part of.
    private func noteValidity(of oid: OID) throws(SQLError) {
        guard let whole = snapshot.relation(oid), let definition = whole.index,
            !definition.isValid, let table = snapshot.relation(definition.table)
        else { return }
        let isComplete = snapshot.partitions(of: table.value).allSatisfy { partition in
            partition.indexes.contains {
                guard let part = snapshot.relation($0) else { return false }
                return part.partition?.parent == oid && part.index?.isValid == true
            }
        }
        guard isComplete else { return }
        var changed = whole.value
        changed.index?.isValid = true
        catalog.put(changed)
        if let parent = whole.partition?.parent { try noteValidity(of: parent) }
    }
}
