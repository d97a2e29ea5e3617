internal import Analyze
public import Base
internal import Catalog
internal import Engine
public import Parse
internal import Query
internal import Types

/// Runs statements that define, change and drop objects. One serves one statement.
public final class DefinitionExecutor {
    let host: any DefinitionHost
    /// The text that the statement's locations point into.
    let text: [UInt8]

    public init(host: any DefinitionHost, text: [UInt8]) {
        self.host = host
        self.text = text
    }

    /// - Returns: the command tag; nil if the statement is none of a definition.
    public func run(_ statement: SyntaxStatement) throws(SQLError) -> String? {
        switch statement {
        case .createTable(let create): return try createTable(create)
        case .createView(let create): return try createView(create)
        case .createIndex(let create): return try createIndex(create)
        case .createSequence(let create): return try createSequence(create)
        case .alterSequence(let alter): return try alterSequence(alter)
        case .alterTable(let alter): return try alterTable(alter)
        case .createSchema(let create): return try createSchema(create)
        case .createEnum(let create): return try createEnum(create)
        case .createRange(let create): return try createRange(create)
        case .alterEnum(let alter): return try alterEnum(alter)
        case .createCompositeType(let create): return try createComposite(create)
        case .createDomain(let create): return try createDomain(create)
        case .alterDomain(let alter): return try alterDomain(alter)
        case .drop(let drop): return try self.drop(drop)
        case .rename(let rename): return try self.rename(rename)
        case .alterOwner(let alter): return try alterOwner(alter)
        case .alterObjectSchema(let alter): return try alterSchema(alter)
        case .comment(let comment): return try self.comment(comment)
        case .truncate(let truncate): return try self.truncate(truncate)
        case .cluster(let cluster): return try self.cluster(cluster)
        case .reindex(let reindex): return try self.reindex(reindex)
        case .createDatabase(let create): return try createDatabase(create)
        case .dropDatabase(let drop): return try dropDatabase(drop)
        case .createExtension(let create): return try createExtension(create)
        case .dropTablespace(let drop):
            return try dropUnbuilt(.tablespace, drop.name, ifExists: drop.ifExists)
        case .dropSubscription(let drop):
            return try dropUnbuilt(.subscription, drop.name, ifExists: drop.ifExists)
        case .createRole(let create): return try createRole(create)
        case .alterRole(let alter): return try alterRole(alter)
        case .alterRoleSet(let alter): return try alterRoleSettings(alter)
        case .alterDatabaseSet(let alter): return try alterDatabaseSettings(alter)
        case .alterDatabase(let alter): return try alterDatabase(alter)
        case .dropRole(let drop): return try dropRole(drop)
        case .dropOwned(let drop): return try dropOwned(drop)
        case .reassignOwned(let reassign): return try reassignOwned(reassign)
        case .grant(let grant): return try self.grant(grant)
        case .grantRole(let grant): return try grantRole(grant)
        case .alterDefaultPrivileges(let alter): return try alterDefaultPrivileges(alter)
        default: return nil
        }
    }

    var catalog: CatalogTransaction { host.catalog }
    var snapshot: CatalogSnapshot { host.catalog.snapshot }
    var scope: CatalogScope { host.scope }

    func position(_ location: Int) -> Int? {
        text.withUnsafeBytes { Parser.characterPosition(ofByteOffset: location, in: $0) }
    }
    func failure(_ state: SQLState, _ message: String, at location: Int) -> SQLError {
        SQLError(state, message).at(position: position(location))
    }

    /// The same error without its place in the text: where PostgreSQL, late in a statement, no
    /// longer has the text.
    func withoutPosition<Result>(
        _ body: () throws(SQLError) -> Result
    ) throws(SQLError) -> Result {
        do throws(SQLError) {
            return try body()
        } catch {
            throw error.with { $0.position = nil }
        }
    }

    func notice(_ state: SQLState, _ message: String) {
        host.notify(SQLError(state, message, severity: .notice))
    }

    /// - Parameter keepsForms: for texts that are made of what is analysed.
    func analyzer(keepsForms: Bool = false) -> Analyzer {
        let analyzer = Analyzer(
            scope: scope, text: text, types: host.typeContext, allowsParameters: false)
        analyzer.keepsForms = keepsForms
        return analyzer
    }

    // MARK: Names

    /// The relation of a range variable, locked. Looks again after a wait, in case the name has
    /// come to mean another relation.
    func lockedRelation(
        _ name: RangeVariable, _ mode: RelationLockMode
    ) throws(SQLError) -> Shared<Relation> {
        while true {
            let found = try scope.resolveRelation(
                catalog: name.catalog, schema: name.schema, name: name.name)
            if snapshot.isComputed(found.oid) { return found }
            try host.lock(found.oid, mode)
            if let again = try scope.findRelation(
                catalog: name.catalog, schema: name.schema, name: name.name), again.oid == found.oid
            {
                return again
            }
        }
    }

    /// As `lockedRelation`, by OID.
    func lockedRelation(_ oid: OID, _ mode: RelationLockMode) throws(SQLError) -> Shared<Relation> {
        try host.lock(oid, mode)
        guard let relation = snapshot.relation(oid) else {
            throw SQLError(.undefinedTable, "relation with OID \(oid) does not exist")
        }
        return relation
    }

    /// Where the new object of a range variable goes.
    func creationNamespace(
        _ name: RangeVariable
    ) throws(SQLError) -> (namespace: OID, persistence: Persistence) {
        if name.persistence == .temporary || name.schema == "pg_temp" {
            if let schema = name.schema, schema != "pg_temp" {
                let own = try host.temporaryNamespace()
                guard snapshot.namespace(named: schema)?.oid == own else {
                    throw SQLError(
                        .invalidTableDefinition,
                        "cannot create temporary relation in non-temporary schema")
                }
            }
            return (try host.temporaryNamespace(), .temporary)
        }
        let namespace = try scope.creationNamespace(
            catalog: name.catalog, schema: name.schema, name: name.name)
        try checkNotSystem(namespace, name.name)
        let persistence: Persistence =
            switch name.persistence {
            case .permanent, .temporary: .permanent
            case .unlogged: .unlogged
            }
        if snapshot.namespace(namespace)?.isTemporary == true { return (namespace, .temporary) }
        return (namespace, persistence)
    }

    private func checkNotSystem(_ namespace: OID, _ name: String) throws(SQLError) {
        guard let found = snapshot.namespace(namespace), found.value.isSystem else { return }
        throw SQLError(
            .insufficientPrivilege, "permission denied to create \"\(found.name).\(name)\""
        ).detail("System catalog modifications are currently disallowed.")
    }

    /// True if the name is free; with IF NOT EXISTS and a taken name false, after the notice.
    func claim(
        _ name: String, in namespace: OID, ifNotExists: Bool
    ) throws(SQLError) -> Bool {
        try host.lockName(name, in: namespace)
        guard snapshot.relation(named: name, namespace: namespace) != nil else { return true }
        if ifNotExists {
            notice(.duplicateTable, "relation \"\(name)\" already exists, skipping")
            return false
        }
        throw SQLError(.duplicateTable, "relation \"\(name)\" already exists")
    }

    /// Identifiers are cut as PostgreSQL's lexer cuts them; names made here must fit already.
    func checkOwner(_ relation: Relation) throws(SQLError) {
        if snapshot.isComputed(relation.oid) {
            throw SQLError(
                .insufficientPrivilege,
                "permission denied: \"\(relation.name)\" is a system catalog")
        }
        if snapshot.isOwner(relation.owner, user: host.user) { return }
        throw SQLError(
            .insufficientPrivilege, "must be owner of \(relation.kind.noun) \(relation.name)")
    }

    func undefinedColumn(_ name: String, of relation: Relation) -> SQLError {
        SQLError(
            .undefinedColumn, "column \"\(name)\" of relation \"\(relation.name)\" does not exist")
    }

    /// - Throws: 0A000 for a system column.
    func refuseSystemColumn(_ name: String, _ verb: String) throws(SQLError) {
        if DefinitionExecutor.systemColumns.contains(name) {
            throw SQLError(.featureNotSupported, "cannot \(verb) system column \"\(name)\"")
        }
    }

    func columnIndex(_ name: String, of relation: Relation) throws(SQLError) -> Int {
        guard let index = relation.columnIndex(named: name) else {
            try refuseSystemColumn(name, "alter")
            throw undefinedColumn(name, of: relation)
        }
        return index
    }

    func description(of object: ObjectAddress) -> String { scope.description(of: object) }
}
