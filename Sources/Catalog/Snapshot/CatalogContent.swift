internal import Base

/// A schema and a name in it.
struct QualifiedKey: Hashable, Sendable {
    var namespace: OID
    var name: String
}

/// The objects of one database, indexed as look-ups need them.
struct LocalContent: Sendable {
    private(set) var relations = ChunkedMap<OID, Shared<Relation>>()
    private(set) var relationNames = ChunkedMap<QualifiedKey, OID>()
    /// How many constraints have a name, and which table a constraint belongs to.
    private(set) var constraintNames = ChunkedMap<QualifiedKey, Int>()
    private(set) var constraintTables = ChunkedMap<OID, OID>()
    private(set) var types = ChunkedMap<OID, Shared<UserType>>()
    /// Of users' types, relations' row types, and the arrays of both.
    private(set) var typeNames = ChunkedMap<QualifiedKey, OID>()
    /// By type: the relation whose row type it is, or the element that it is an array of.
    private(set) var typeOwners = ChunkedMap<OID, OID>()
    private(set) var namespaces: [OID: Shared<Namespace>] = [:]
    private(set) var namespaceNames: [String: OID] = [:]
    /// By whole dependent object, and by whole referenced object.
    private(set) var dependencies = ChunkedMap<ObjectAddress, [Dependency]>()
    private(set) var references = ChunkedMap<ObjectAddress, [Dependency]>()
    private(set) var comments = ChunkedMap<ObjectAddress, String>()
    private(set) var statistics = ChunkedMap<OID, Shared<TableStatistics>>()

    init() {
        for namespace in BuiltinObjects.namespaces {
            apply(.namespace(namespace.oid), .namespace(Shared(namespace)))
        }
    }

    mutating func apply(_ key: CatalogKey, _ value: CatalogValue?) {
        switch key {
        case .relation(let oid):
            if let old = relations[oid] {
                removeName(of: old)
                removeTypes(of: old.value)
                noteConstraints(of: old, by: -1)
            }
            guard case .relation(let relation) = value else {
                relations[oid] = nil
                return
            }
            relations[oid] = relation
            addTypes(of: relation.value)
            noteConstraints(of: relation, by: 1)
            relationNames[QualifiedKey(namespace: relation.namespace, name: relation.name)] = oid
        case .namespace(let oid):
            if let old = namespaces[oid], namespaceNames[old.name] == oid {
                namespaceNames[old.name] = nil
            }
            guard case .namespace(let namespace) = value else {
                namespaces[oid] = nil
                return
            }
            namespaces[oid] = namespace
            namespaceNames[namespace.name] = oid
        case .type(let oid): apply(type: oid, value)
        case .dependency(let dependency):
            apply(dependency, isPresent: value != nil)
        case .comment(let address):
            if case .comment(let text) = value {
                comments[address] = text
            } else {
                comments[address] = nil
            }
        case .statistics(let oid):
            if case .statistics(let known) = value {
                statistics[oid] = known
            } else {
                statistics[oid] = nil
            }
        case .role, .database, .settings:
            invariant(false, "roles and databases are shared content")
        }
    }

    private mutating func noteConstraints(of relation: Shared<Relation>, by step: Int) {
        for constraint in relation.constraints {
            let key = QualifiedKey(namespace: relation.namespace, name: constraint.name)
            let count = (constraintNames[key] ?? 0) + step
            constraintNames[key] = count == 0 ? nil : count
            constraintTables[constraint.oid] = step > 0 ? relation.oid : nil
        }
    }

    // MARK: Types

    private mutating func apply(type oid: OID, _ value: CatalogValue?) {
        if let old = types[oid]?.value {
            removeType(old.oid, old.name, old.namespace)
            removeType(old.array, old.arrayName, old.namespace)
            noteChecks(of: old, by: -1)
        }
        guard case .type(let type) = value else {
            types[oid] = nil
            return
        }
        types[oid] = type
        addType(oid, type.name, type.namespace, owner: nil)
        addType(type.array, type.arrayName, type.namespace, owner: oid)
        noteChecks(of: type.value, by: 1)
    }

    private mutating func noteChecks(of type: UserType, by step: Int) {
        for check in type.domain?.checks ?? [] {
            let key = QualifiedKey(namespace: type.namespace, name: check.name)
            let count = (constraintNames[key] ?? 0) + step
            constraintNames[key] = count == 0 ? nil : count
            constraintTables[check.oid] = step > 0 ? type.oid : nil
        }
    }

    private mutating func addTypes(of relation: Relation) {
        guard relation.rowType.isValid else { return }
        addType(relation.rowType, relation.name, relation.namespace, owner: relation.oid)
        addType(
            relation.rowArrayType, relation.rowArrayName, relation.namespace,
            owner: relation.rowType)
    }

    private mutating func removeTypes(of relation: Relation) {
        guard relation.rowType.isValid else { return }
        removeType(relation.rowType, relation.name, relation.namespace)
        removeType(relation.rowArrayType, relation.rowArrayName, relation.namespace)
    }

    private mutating func addType(_ oid: OID, _ name: String, _ namespace: OID, owner: OID?) {
        typeNames[QualifiedKey(namespace: namespace, name: name)] = oid
        if let owner { typeOwners[oid] = owner }
    }

    /// A rename may have given the old name to another type before.
    private mutating func removeType(_ oid: OID, _ name: String, _ namespace: OID) {
        let key = QualifiedKey(namespace: namespace, name: name)
        if typeNames[key] == oid { typeNames[key] = nil }
        typeOwners[oid] = nil
    }

    func type(_ oid: OID) -> CatalogSnapshot.TypeEntry? {
        if let type = types[oid] { return .user(type) }
        guard let owner = typeOwners[oid] else { return nil }
        if let relation = relations[owner], relation.rowType == oid { return .row(relation) }
        return type(owner).map { .array($0) }
    }

    /// A rename may have given the old name to another relation before.
    private mutating func removeName(of relation: Shared<Relation>) {
        let key = QualifiedKey(namespace: relation.namespace, name: relation.name)
        if relationNames[key] == relation.oid { relationNames[key] = nil }
    }

    private mutating func apply(_ dependency: Dependency, isPresent: Bool) {
        var outgoing = dependencies[dependency.dependent.whole] ?? []
        var incoming = references[dependency.referenced.whole] ?? []
        outgoing.removeAll { $0 == dependency }
        incoming.removeAll { $0 == dependency }
        if isPresent {
            outgoing.append(dependency)
            incoming.append(dependency)
        }
        dependencies[dependency.dependent.whole] = outgoing.isEmpty ? nil : outgoing
        references[dependency.referenced.whole] = incoming.isEmpty ? nil : incoming
    }
}

/// The objects that all databases share.
struct SharedContent: Sendable {
    private(set) var roles: [OID: Shared<Role>] = [:]
    private(set) var roleNames: [String: OID] = [:]
    private(set) var databases: [OID: Shared<Database>] = [:]
    private(set) var databaseNames: [String: OID] = [:]
    private(set) var comments: [ObjectAddress: String] = [:]
    private(set) var settings: [SettingsScope: [String]] = [:]

    init() {
        for role in BuiltinObjects.roles { apply(.role(role.oid), .role(Shared(role))) }
    }

    mutating func apply(_ key: CatalogKey, _ value: CatalogValue?) {
        switch key {
        case .role(let oid):
            if let old = roles[oid], roleNames[old.name] == oid { roleNames[old.name] = nil }
            guard case .role(let role) = value else {
                roles[oid] = nil
                return
            }
            roles[oid] = role
            roleNames[role.name] = oid
        case .database(let oid):
            if let old = databases[oid], databaseNames[old.name] == oid {
                databaseNames[old.name] = nil
            }
            guard case .database(let database) = value else {
                databases[oid] = nil
                return
            }
            databases[oid] = database
            databaseNames[database.name] = oid
        case .comment(let address):
            if case .comment(let text) = value {
                comments[address] = text
            } else {
                comments[address] = nil
            }
        case .settings(let scope):
            if case .settings(let texts) = value {
                settings[scope] = texts
            } else {
                settings[scope] = nil
            }
        case .relation, .namespace, .type, .dependency, .statistics:
            invariant(false, "relations, schemas and dependencies belong to one database")
        }
    }
}
