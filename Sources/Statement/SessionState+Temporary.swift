public import Base
internal import Catalog
public import Execute
internal import Parse

extension SessionState {
    /// Drops the session's temporary objects: DISCARD TEMP, and the end of the session. Needs a
    /// transaction.
    public func discardTemporary() throws(SQLError) {
        guard let namespace = temporaryNamespace else { return }
        for relation in catalog.snapshot.relations(in: namespace) {
            guard catalog.snapshot.relation(relation.oid) != nil,
                let schema = catalog.snapshot.namespace(namespace)?.value.name
            else { continue }
            let name = Identifier.quote(qualified: [schema, relation.value.name])
            let kind: String
            switch relation.value.kind {
            case .table, .partitionedTable: kind = "TABLE"
            case .sequence: kind = "SEQUENCE"
            case .view: kind = "VIEW"
            case .index, .partitionedIndex, .compositeType, .materializedView: continue
            }
            // A CASCADE says what else it drops; nobody asked for these by name.
            let noticeCount = notices.count
            for parsed in try Parser.parse("DROP \(kind) \(name) CASCADE") {
                _ = try DefinitionExecutor(host: SessionDefinitionHost(self), text: [])
                    .run(parsed.statement)
            }
            notices.removeLast(notices.count - noticeCount)
        }
    }

    /// ON COMMIT of the session's temporary tables.
    func endTemporaryTablesNow() throws(SQLError) {
        guard let namespace = temporaryNamespace else { return }
        for table in catalog.snapshot.relations(in: namespace) {
            let executor = DefinitionExecutor(host: SessionDefinitionHost(self), text: [])
            switch table.value.onCommit {
            case .preserveRows: continue
            case .deleteRows: try executor.deleteRows(of: table)
            case .drop:
                guard let schema = catalog.snapshot.namespace(namespace)?.value.name else {
                    continue
                }
                let name = Identifier.quote(qualified: [schema, table.value.name])
                let noticeCount = notices.count
                for parsed in try Parser.parse("DROP TABLE IF EXISTS \(name) CASCADE") {
                    _ = try executor.run(parsed.statement)
                }
                notices.removeLast(notices.count - noticeCount)
            }
        }
    }
}
