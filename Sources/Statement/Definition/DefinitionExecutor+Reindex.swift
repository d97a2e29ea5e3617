internal import Base
internal import Catalog
internal import Engine
internal import Parse

/// REINDEX: index entries are rows like others, with checksums on disk, and old ones go as old rows do:
/// there is nothing to make smaller (`ordinal verify` compares them with their tables). Names, rights
/// and locks are PostgreSQL's.
extension DefinitionExecutor {
    func reindex(_ statement: ReindexStatement) throws(SQLError) -> String {
        let isConcurrent = try isConcurrent(statement)
        switch statement.kind {
        case .index:
            guard let name = statement.relation else { break }
            let index = try lockedRelation(name, isConcurrent ? .shareUpdateExclusive : .accessExclusive)
            guard index.kind == .index || index.kind == .partitionedIndex else {
                throw SQLError(.wrongObjectType, "\"\(index.name)\" is not an index")
            }
            try checkOwner(index.value)
        case .table:
            guard let name = statement.relation else { break }
            let table = try lockedRelation(name, isConcurrent ? .shareUpdateExclusive : .share)
            guard table.kind.keepsRows || table.kind == .partitionedTable else {
                throw SQLError(
                    .wrongObjectType, "\"\(table.name)\" is not a table or materialized view")
            }
            try checkOwner(table.value)
            if table.indexes.isEmpty, table.kind == .table {
                let how = isConcurrent ? " that can be reindexed concurrently" : " to reindex"
                notice(.successfulCompletion, "table \"\(table.name)\" has no indexes\(how)")
            }
        case .schema:
            let name = statement.name ?? ""
            guard let namespace = snapshot.namespace(named: name) else {
                throw SQLError(.undefinedSchema, "schema \"\(name)\" does not exist")
            }
            if !snapshot.isOwner(namespace.owner, user: host.user) {
                throw SQLError(.insufficientPrivilege, "must be owner of schema \(name)")
            }
        case .system, .database:
            if statement.name != snapshot.database(snapshot.database)?.name {
                throw SQLError(
                    .featureNotSupported, "can only reindex the currently open database")
            }
            if statement.kind == .system, isConcurrent {
                throw SQLError(
                    .featureNotSupported, "cannot reindex system catalogs concurrently")
            }
        }
        return "REINDEX"
    }

    private func isConcurrent(_ statement: ReindexStatement) throws(SQLError) -> Bool {
        var result = false
        for option in statement.options {
            switch option.name {
            case "concurrently": result = try option.booleanValue()
            case "verbose": _ = try option.booleanValue()
            case "tablespace": throw SQLError.notSupported("REINDEX with a tablespace")
            default:
                throw failure(
                    .syntaxError, "unrecognized REINDEX option \"\(option.name)\"",
                    at: option.location)
            }
        }
        return result
    }
}
