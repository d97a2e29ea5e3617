public import Base

/// One version of the catalog as one database sees it: immutable, shared by all who use it.
///
/// An object that did not change between two versions is the same `Shared` instance in both, which
/// is how caches notice by object what is stale.
public final class CatalogSnapshot: Sendable {
    /// Grows with every committed change of any database; a transaction's own uncommitted versions
    /// have numbers of their own above `privateVersionsStart`.
    public let version: UInt64
    public let database: OID
    let local: LocalContent
    let shared: SharedContent

    public static let privateVersionsStart: UInt64 = 1 << 63

    init(version: UInt64, database: OID, local: LocalContent, shared: SharedContent) {
        self.version = version
        self.database = database
        self.local = local
        self.shared = shared
    }

    // MARK: Relations

    /// A user relation, or a built-in one whose rows are computed.
    public func relation(_ oid: OID) -> Shared<Relation>? {
        local.relations[oid] ?? ComputedRelations.relation(oid)
    }

    /// What the last ANALYZE found out about a table.
    public func statistics(of table: OID) -> Shared<TableStatistics>? { local.statistics[table] }

    public func relation(named name: String, namespace: OID) -> Shared<Relation>? {
        if let oid = local.relationNames[QualifiedKey(namespace: namespace, name: name)] {
            return local.relations[oid]
        }
        return ComputedRelations.relation(named: name, namespace: namespace)
    }

    /// True for pg_class and its kin, whose rows come from `ComputedScan`.
    public func isComputed(_ oid: OID) -> Bool { ComputedRelations.relation(oid) != nil }

    /// User relations, by OID.
    public var relations: [Shared<Relation>] {
        var all: [Shared<Relation>] = []
        all.reserveCapacity(local.relations.count)
        local.relations.forEach { all.append($1) }
        return all.sorted { $0.oid < $1.oid }
    }

    /// User relations of one schema, by OID.
    public func relations(in namespace: OID) -> [Shared<Relation>] {
        var all: [Shared<Relation>] = []
        local.relations.forEach { if $1.namespace == namespace { all.append($1) } }
        return all.sorted { $0.oid < $1.oid }
    }

    /// The table and constraint of a constraint's OID.
    public func constraint(_ oid: OID) -> (table: Shared<Relation>, constraint: Constraint)? {
        guard let table = local.constraintTables[oid].flatMap({ local.relations[$0] }),
            let constraint = table.constraints.first(where: { $0.oid == oid })
        else { return nil }
        return (table, constraint)
    }

    /// True if some table of the schema has a constraint of that name.
    public func hasConstraint(named name: String, in namespace: OID) -> Bool {
        local.constraintNames[QualifiedKey(namespace: namespace, name: name)] != nil
    }

    // MARK: Schemas, roles, databases

    public func namespace(_ oid: OID) -> Shared<Namespace>? { local.namespaces[oid] }
    public func namespace(named name: String) -> Shared<Namespace>? {
        local.namespaceNames[name].flatMap { local.namespaces[$0] }
    }
    public var namespaces: [Shared<Namespace>] {
        local.namespaces.values.sorted { $0.oid < $1.oid }
    }

    public func role(_ oid: OID) -> Shared<Role>? { shared.roles[oid] }
    public func role(named name: String) -> Shared<Role>? {
        shared.roleNames[name].flatMap { shared.roles[$0] }
    }
    public var roles: [Shared<Role>] { shared.roles.values.sorted { $0.oid < $1.oid } }

    public func database(_ oid: OID) -> Shared<Database>? { shared.databases[oid] }
    public func database(named name: String) -> Shared<Database>? {
        shared.databaseNames[name].flatMap { shared.databases[$0] }
    }
    public var databases: [Shared<Database>] { shared.databases.values.sorted { $0.oid < $1.oid } }

    /// What ALTER ROLE … SET and ALTER DATABASE … SET have made, in the order of who it is for.
    public var settingsScopes: [SettingsScope] {
        shared.settings.keys.sorted {
            ($0.database, $0.role) < ($1.database, $1.role)
        }
    }
    /// `name=value`.
    public func settings(for scope: SettingsScope) -> [String] { shared.settings[scope] ?? [] }
    public func settings(of role: OID) -> [String] {
        settings(for: SettingsScope(database: .invalid, role: role))
    }

    /// The settings that a session begins with, with what pg_settings calls their source; later ones
    /// count more.
    public func initialSettings(
        database: OID, role: OID
    ) -> [(name: String, value: String, source: String)] {
        if shared.settings.isEmpty { return [] }
        let scopes: [(OID, OID, String)] = [
            (.invalid, .invalid, "global"), (database, .invalid, "database"),
            (.invalid, role, "user"), (database, role, "database user"),
        ]
        return scopes.flatMap { database, role, source in
            settings(for: SettingsScope(database: database, role: role)).compactMap { text in
                guard let end = text.firstIndex(of: "=") else { return nil }
                return (String(text[..<end]), String(text[text.index(after: end)...]), source)
            }
        }
    }

    // MARK: Dependencies and comments

    /// What `object`, or any column of it, depends on.
    public func dependencies(of object: ObjectAddress) -> [Dependency] {
        (local.dependencies[object.whole] ?? []).filter {
            object.subID == 0 || $0.dependent.subID == object.subID
        }
    }

    /// What depends on `object`; for a whole relation also what depends on its columns.
    public func dependents(on object: ObjectAddress) -> [Dependency] {
        (local.references[object.whole] ?? []).filter {
            object.subID == 0 || $0.referenced.subID == object.subID
        }
    }

    /// The sequence that belongs to a column: by OWNED BY or serial, or as identity.
    /// - Parameters:
    ///   - columnNumber: attnum, 1-based.
    ///   - internalOnly: that of an identity column only.
    public func ownedSequence(
        of table: OID, columnNumber: Int, internalOnly: Bool = false
    ) -> OID? {
        ownedSequences(of: table).first {
            $0.columnNumber == columnNumber && (!internalOnly || $0.isIdentity)
        }?.sequence
    }

    /// The sequences that belong to a table's columns, by OID.
    public func ownedSequences(
        of table: OID
    ) -> [(sequence: OID, columnNumber: Int, isIdentity: Bool)] {
        var result: [(sequence: OID, columnNumber: Int, isIdentity: Bool)] = []
        for dependency in dependents(on: .relation(table))
        where dependency.kind != .normal && dependency.referenced.subID > 0
            && dependency.dependent.classID == SystemOID.relation
            && local.relations[dependency.dependent.objectID]?.kind == .sequence
        {
            result.append(
                (
                    dependency.dependent.objectID, Int(dependency.referenced.subID),
                    dependency.kind == .internal
                ))
        }
        return result.sorted { $0.sequence < $1.sequence }
    }

    /// The column that a sequence belongs to.
    public func owner(
        ofSequence oid: OID
    ) -> (table: OID, columnNumber: Int, isIdentity: Bool)? {
        for dependency in dependencies(of: .relation(oid))
        where dependency.kind != .normal && dependency.referenced.subID > 0 {
            return (
                dependency.referenced.objectID, Int(dependency.referenced.subID),
                dependency.kind == .internal
            )
        }
        return nil
    }

    /// All of pg_depend.
    public var allDependencies: [Dependency] {
        var all: [Dependency] = []
        local.dependencies.forEach { all += $1 }
        return all.sorted {
            ($0.dependent.classID, $0.dependent.objectID, $0.dependent.subID)
                < ($1.dependent.classID, $1.dependent.objectID, $1.dependent.subID)
        }
    }

    public func comment(on object: ObjectAddress) -> String? {
        object.isShared
            ? shared.comments[object]
            : local.comments[object] ?? SystemRows.description(of: object)
                ?? BuiltinExtension.description(of: object)
    }

    /// Comments on objects of this database, by address.
    public var comments: [(object: ObjectAddress, text: String)] {
        var all: [(object: ObjectAddress, text: String)] = []
        local.comments.forEach { all.append(($0, $1)) }
        return all.sorted {
            ($0.object.classID, $0.object.objectID, $0.object.subID)
                < ($1.object.classID, $1.object.objectID, $1.object.subID)
        }
    }
    public var sharedComments: [(object: ObjectAddress, text: String)] {
        shared.comments.map { ($0.key, $0.value) }.sorted { $0.0.objectID < $1.0.objectID }
    }

    // MARK: Names for people

    /// The name with its schema if it is not found without: as regclass and messages write it.
    public func qualifiedName(of relation: Relation, searchPath: [OID]) -> String {
        if isVisible(relation, searchPath: searchPath) { return Identifier.quote(relation.name) }
        let schema = namespace(relation.namespace)?.name ?? "?"
        return Identifier.quote(schema) + "." + Identifier.quote(relation.name)
    }

    /// pg_table_is_visible: whether the bare name finds this relation.
    public func isVisible(_ target: Relation, searchPath: [OID]) -> Bool {
        for namespace in searchPath {
            if namespace == target.namespace { return true }
            if relation(named: target.name, namespace: namespace) != nil { return false }
        }
        return false
    }
}
