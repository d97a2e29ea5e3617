internal import Base
internal import Catalog
internal import Engine
internal import Parse

/// CLUSTER: rows are written anew in the order of an index. Those of a table with a primary key lie
/// in its order whatever happens; of them only the index is noted.
extension DefinitionExecutor {
    func cluster(_ statement: ClusterStatement) throws(SQLError) -> String {
        for option in statement.options where option.name != "verbose" {
            throw failure(
                .syntaxError, "unrecognized CLUSTER option \"\(option.name)\"",
                at: option.location)
        }
        guard let name = statement.relation else {
            try clusterAll()
            return "CLUSTER"
        }
        let table = try lockedRelation(name, .accessExclusive)
        switch table.kind {
        case .table, .partitionedTable, .materializedView: break
        case .view, .index, .partitionedIndex, .sequence, .compositeType:
            throw SQLError(
                .wrongObjectType, "\"\(table.name)\" is not a table or materialized view")
        }
        try checkOwner(table.value)
        if let indexName = statement.indexName {
            try cluster(table, by: try clusterable(indexName, of: table))
            return "CLUSTER"
        }
        guard let index = snapshot.relation(table.marks.clusteredIndex) else {
            throw SQLError(
                .undefinedObject,
                "there is no previously clustered index for table \"\(table.name)\"")
        }
        try cluster(table, by: index)
        return "CLUSTER"
    }

    /// Every table of the user's that was clustered before.
    private func clusterAll() throws(SQLError) {
        for known in snapshot.relations where known.marks.clusteredIndex.isValid {
            let isForeign =
                known.persistence == .temporary && known.namespace != scope.temporaryNamespace
            if isForeign || !snapshot.isOwner(known.owner, user: host.user) { continue }
            let table = try lockedRelation(known.oid, .accessExclusive)
            guard let index = snapshot.relation(table.marks.clusteredIndex) else { continue }
            try cluster(table, by: index)
        }
    }

    /// An index whose order the table's rows can have.
    func clusterable(
        _ name: String, of table: Shared<Relation>
    ) throws(SQLError) -> Shared<Relation> {
        let index = try ownIndex(name, of: table)
        if let method = index.index?.method, method != .btree, method != .gist {
            throw SQLError(
                .featureNotSupported,
                "cannot cluster on index \"\(name)\" because access method does not support clustering"
            )
        }
        if index.index?.predicate != nil {
            throw SQLError(
                .featureNotSupported, "cannot cluster on partial index \"\(name)\"")
        }
        return index
    }

    private func cluster(
        _ table: Shared<Relation>, by index: Shared<Relation>
    ) throws(SQLError) {
        if table.kind == .partitionedTable {
            for oid in table.partitioning?.partitions ?? [] {
                let partition = try lockedRelation(oid, .accessExclusive)
                let own = partition.indexes.compactMap { snapshot.relation($0) }.first { part in
                    snapshot.ancestors(of: part.value).contains { $0.oid == index.oid }
                }
                if let own { try cluster(partition, by: own) }
            }
            return
        }
        try host.requireNoPendingChecks(table.value, for: "CLUSTER")
        var changed = table.value
        changed.marks.clusteredIndex = index.oid
        let isOrdered = index.index?.method == .btree
        if changed.primaryKey == nil, changed.placement != nil, changed.isPopulated, isOrdered {
            try rewrite(table, as: &changed, values: nil, order: index)
        } else {
            catalog.put(changed)
        }
    }
}
