public import Base

/// A snapshot together with what name resolution needs of the session.
public struct CatalogScope: Sendable {
    public var snapshot: CatalogSnapshot
    /// Schemas in the order searched: pg_temp and pg_catalog are in front unless search_path names
    /// them itself. Schemas that do not exist, or that the user may not use, are left out.
    public var searchPath: [OID]
    public var user: OID
    /// The session's pg_temp_N, once it has one.
    public var temporaryNamespace: OID?
    /// The first schema that search_path itself names and that exists.
    public var defaultCreationNamespace: OID?

    /// - Parameter names: the elements of search_path; `$user` and `pg_temp` have their meaning.
    public init(
        snapshot: CatalogSnapshot, searchPathNames names: [String], user: OID,
        temporaryNamespace: OID?
    ) {
        self.snapshot = snapshot
        self.user = user
        self.temporaryNamespace = temporaryNamespace
        searchPath = []
        for name in names {
            guard let oid = CatalogScope.namespace(named: name, snapshot, user, temporaryNamespace),
                !searchPath.contains(oid),
                oid == temporaryNamespace
                    || snapshot.hasRights(.usage, onNamespace: oid, user: user)
            else { continue }
            searchPath.append(oid)
            if defaultCreationNamespace == nil { defaultCreationNamespace = oid }
        }
        if !searchPath.contains(SystemOID.catalogNamespace) {
            searchPath.insert(SystemOID.catalogNamespace, at: 0)
        }
        if let temporaryNamespace, !searchPath.contains(temporaryNamespace) {
            searchPath.insert(temporaryNamespace, at: 0)
        }
    }

    private static func namespace(
        named name: String, _ snapshot: CatalogSnapshot, _ user: OID, _ temporaryNamespace: OID?
    ) -> OID? {
        switch name {
        case "$user": snapshot.role(user).flatMap { snapshot.namespace(named: $0.name)?.oid }
        case "pg_temp": temporaryNamespace
        default: snapshot.namespace(named: name)?.oid
        }
    }

    // MARK: Relations

    /// The relation of a name in a statement.
    /// - Throws: 42P01 `relation "x" does not exist`, also where the schema does not; 0A000 for
    ///   another database; 42501 without USAGE of the schema.
    public func resolveRelation(
        catalog: String?, schema: String?, name: String
    ) throws(SQLError) -> Shared<Relation> {
        if let found = try findRelation(catalog: catalog, schema: schema, name: name) {
            return found
        }
        throw CatalogScope.undefinedRelation(schema: schema, name: name)
    }

    /// As `resolveRelation`, nil where there is none.
    public func findRelation(
        catalog: String? = nil, schema: String?, name: String
    ) throws(SQLError) -> Shared<Relation>? {
        try checkDatabase(catalog, [schema ?? "", name])
        guard let schema else { return findRelation(name) }
        guard let oid = try findNamespace(schema) else { return nil }
        return snapshot.relation(named: name, namespace: oid)
    }

    /// The first relation of that name along the search path.
    public func findRelation(_ name: String) -> Shared<Relation>? {
        for namespace in searchPath {
            if let found = snapshot.relation(named: name, namespace: namespace) { return found }
        }
        return nil
    }

    public static func undefinedRelation(schema: String?, name: String) -> SQLError {
        let full = schema.map { $0 + "." + name } ?? name
        return SQLError(.undefinedTable, "relation \"\(full)\" does not exist")
    }

    /// - Throws: 0A000 for another database.
    public func checkDatabase(_ catalog: String?, _ rest: [String]) throws(SQLError) {
        guard let catalog, catalog != snapshot.database(snapshot.database)?.name else { return }
        let full = ([catalog] + rest).joined(separator: ".")
        throw SQLError(
            .featureNotSupported, "cross-database references are not implemented: \"\(full)\"")
    }

    // MARK: Schemas

    /// The schema that a name with qualification names; nil where there is none.
    /// - Throws: 42501 without USAGE of it.
    public func findNamespace(_ name: String) throws(SQLError) -> OID? {
        if name == "pg_temp" { return temporaryNamespace }
        guard let found = snapshot.namespace(named: name) else { return nil }
        if found.oid != temporaryNamespace,
            !snapshot.hasRights(.usage, onNamespace: found.oid, user: user)
        {
            throw SQLError(
                .insufficientPrivilege, "permission denied for schema \(name)")
        }
        return found.oid
    }

    /// - Throws: 3F000 `schema "x" does not exist`.
    public func resolveNamespace(_ name: String) throws(SQLError) -> OID {
        if let found = try findNamespace(name) { return found }
        throw CatalogScope.undefinedSchema(name)
    }

    public static func undefinedSchema(_ name: String) -> SQLError {
        SQLError(.invalidSchemaName, "schema \"\(name)\" does not exist")
    }

    /// Where a new permanent object goes.
    /// - Throws: 3F000 without such a schema, 42501 without CREATE on it.
    public func creationNamespace(
        catalog: String? = nil, schema: String?, name: String = ""
    ) throws(SQLError) -> OID {
        try checkDatabase(catalog, [schema ?? "", name])
        let oid: OID
        if let schema {
            guard
                let found = snapshot.namespace(named: schema)?.oid
                    ?? (schema == "pg_temp" ? temporaryNamespace : nil)
            else { throw CatalogScope.undefinedSchema(schema) }
            oid = found
        } else {
            guard let found = defaultCreationNamespace else {
                throw SQLError(.undefinedSchema, "no schema has been selected to create in")
            }
            oid = found
        }
        if oid == temporaryNamespace { return oid }
        if !snapshot.hasRights(.create, onNamespace: oid, user: user) {
            let schemaName = snapshot.namespace(oid)?.name ?? ""
            throw SQLError(.insufficientPrivilege, "permission denied for schema \(schemaName)")
        }
        return oid
    }

    // MARK: Names for people

    /// As regclass writes a relation: with its schema if the bare name does not find it.
    public func displayName(of relation: Relation) -> String {
        snapshot.qualifiedName(of: relation, searchPath: searchPath)
    }
    public func isVisible(_ relation: Relation) -> Bool {
        snapshot.isVisible(relation, searchPath: searchPath)
    }
}
