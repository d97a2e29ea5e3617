public import Base
public import Types

/// Types by OID and by name: those of users, the row types of relations, and the arrays of both.
extension CatalogSnapshot {
    /// What a name in a schema's types stands for.
    public enum TypeEntry: Sendable {
        case user(Shared<UserType>)
        /// The row type of a relation.
        case row(Shared<Relation>)
        /// The arrays of a user's type or row type.
        indirect case array(TypeEntry)

        public var oid: OID {
            switch self {
            case .user(let type): type.oid
            case .row(let relation): relation.rowType
            case .array(.user(let type)): type.array
            case .array(.row(let relation)): relation.rowArrayType
            case .array(.array): .invalid
            }
        }
        /// pg_type.typname.
        public var name: String {
            switch self {
            case .user(let type): type.name
            case .row(let relation): relation.name
            case .array(.user(let type)): type.arrayName
            case .array(.row(let relation)): relation.rowArrayName
            case .array(.array): ""
            }
        }
        public var namespace: OID {
            switch self {
            case .user(let type): type.namespace
            case .row(let relation): relation.namespace
            case .array(let element): element.namespace
            }
        }
        public var owner: OID {
            switch self {
            case .user(let type): type.owner
            case .row(let relation): relation.owner
            case .array(let element): element.owner
            }
        }
        public var isArray: Bool {
            if case .array = self { return true }
            return false
        }

        /// Makes the type known to Types, with those that it is built on.
        func register() {
            switch self {
            case .user(let type):
                guard let info = type.value.info() else { return }
                TypeCatalog.register(info)
                TypeCatalog.register(.array(type.array, name: type.arrayName, of: info))
            case .row(let relation):
                let info = relation.value.rowTypeInfo
                TypeCatalog.register(info)
                TypeCatalog.register(
                    .array(relation.rowArrayType, name: relation.rowArrayName, of: info))
            case .array(let element): element.register()
            }
        }
    }

    /// Nil: built in, or no type.
    public func type(_ oid: OID) -> TypeEntry? { local.type(oid) }

    /// Lets Types know a type that was found by OID.
    public func makeKnown(_ entry: TypeEntry) { entry.register() }

    public func userType(_ oid: OID) -> Shared<UserType>? { local.types[oid] }

    /// The relation whose rows a type's values are.
    public func relation(ofRowType oid: OID) -> Shared<Relation>? {
        if case .row(let relation)? = local.type(oid) { return relation }
        return nil
    }

    /// A type that is not built in.
    public func type(named name: String, namespace: OID) -> TypeEntry? {
        guard let oid = local.typeNames[QualifiedKey(namespace: namespace, name: name)],
            let entry = local.type(oid)
        else { return nil }
        entry.register()
        return entry
    }

    /// Users' types, by OID; row types of relations are not among them.
    public var userTypes: [Shared<UserType>] {
        var all: [Shared<UserType>] = []
        local.types.forEach { all.append($1) }
        return all.sorted { $0.oid < $1.oid }
    }

    /// Users' types of one schema, by OID.
    public func userTypes(in namespace: OID) -> [Shared<UserType>] {
        userTypes.filter { $0.namespace == namespace }
    }

    /// The domain and check of a constraint's OID.
    public func domainCheck(_ oid: OID) -> (type: Shared<UserType>, check: Domain.Check)? {
        guard let type = local.constraintTables[oid].flatMap({ local.types[$0] }),
            let check = type.value.domain?.checks.first(where: { $0.oid == oid })
        else { return nil }
        return (type, check)
    }

    /// The row type of a relation, known to Types from now on. Nil: it has none.
    public func rowType(of relation: Relation) -> OID? {
        guard relation.rowType.isValid, let entry = local.type(relation.rowType) else { return nil }
        entry.register()
        return relation.rowType
    }
}

extension CatalogScope {
    /// The type that a name means; nil: none. Users' names hide built-in ones where search_path
    /// says so.
    public func findType(schema: String?, name: String) throws(SQLError) -> OID? {
        if let schema {
            guard let namespace = try findNamespace(schema) else { return nil }
            return findType(name, in: namespace)
        }
        for namespace in searchPath {
            if let found = findType(name, in: namespace) { return found }
        }
        return nil
    }

    private func findType(_ name: String, in namespace: OID) -> OID? {
        if namespace == SystemOID.catalogNamespace { return TypeCatalog.named(name)?.oid }
        return snapshot.type(named: name, namespace: namespace)?.oid
    }

    /// As format_type writes a type: users' types with their schema where the bare name does not
    /// find them.
    public func name(of type: SQLType) -> String {
        guard type.oid >= .firstUser, let entry = snapshot.type(type.oid) else { return type.name }
        if case .array(let element) = entry { return displayName(of: element) + "[]" }
        return displayName(of: entry)
    }

    private func displayName(of entry: CatalogSnapshot.TypeEntry) -> String {
        let name = Identifier.quote(entry.name)
        if isVisible(entry) { return name }
        return Identifier.quote(snapshot.namespace(entry.namespace)?.name ?? "?") + "." + name
    }

    /// pg_type_is_visible.
    public func isVisible(_ entry: CatalogSnapshot.TypeEntry) -> Bool {
        for namespace in searchPath {
            if namespace == entry.namespace { return true }
            if findType(entry.name, in: namespace) != nil { return false }
        }
        return false
    }
}
