internal import Base
internal import Catalog
internal import Parse

/// ALTER DEFAULT PRIVILEGES, and what it does to new objects.
extension DefinitionExecutor {
    func alterDefaultPrivileges(
        _ statement: AlterDefaultPrivilegesStatement
    ) throws(SQLError) -> String {
        let action = statement.action
        let (kind, target, noun) = try DefinitionExecutor.defaultsKind(action.objectType)
        let grant = Grant(
            isGrant: action.isGrant, rights: nil, grantees: try grantees(action),
            hasGrantOption: action.hasGrantOption, cascades: action.behavior == .cascade)
        let given = try rights(action, target, noun: noun)
        let rights = given?.reduce(into: Privilege.Rights()) { $0.insert($1.right) } ?? target.all
        var roles = [host.user]
        var namespaces: [OID] = [.invalid]
        for option in statement.options {
            switch option.name {
            case "roles":
                roles = []
                for role in option.value.roles { roles.append(try roleOID(role)) }
            case "schemas":
                namespaces = []
                for name in option.nameList {
                    guard let found = snapshot.namespace(named: name) else {
                        throw CatalogScope.undefinedSchema(name)
                    }
                    namespaces.append(found.oid)
                }
            default: throw SQLError(.internalError, "option \(option.name) not recognized")
            }
        }
        if kind == .schemas, namespaces != [.invalid] {
            throw SQLError(
                .invalidGrantOperation,
                "cannot use IN SCHEMA clause when using GRANT/REVOKE ON SCHEMAS")
        }
        for role in roles {
            if !snapshot.isSuperuser(host.user), role != host.user,
                !snapshot.hasMembership(of: role, in: host.user)
            {
                throw SQLError(
                    .insufficientPrivilege,
                    "must be member of role \"\(snapshot.role(role)?.name ?? "")\"")
            }
            for namespace in namespaces {
                try change(grant, rights, role, namespace, kind, target)
            }
        }
        return "ALTER DEFAULT PRIVILEGES"
    }

    private static func defaultsKind(
        _ type: ObjectType
    ) throws(SQLError) -> (DefaultPrivileges.Kind, PrivilegeKind, noun: String) {
        switch type {
        case .table: (.relations, .table, "relation")
        case .sequence: (.sequences, .sequence, "sequence")
        case .function, .procedure, .routine: (.functions, .function, "function")
        case .type, .domain: (.types, .type, "type")
        case .schema: (.schemas, .schema, "schema")
        default: throw SQLError.notSupported("ALTER DEFAULT PRIVILEGES on this kind of object")
        }
    }

    private func change(
        _ grant: Grant, _ rights: Privilege.Rights, _ role: OID, _ namespace: OID,
        _ kind: DefaultPrivileges.Kind, _ target: PrivilegeKind
    ) throws(SQLError) {
        guard let database = snapshot.database(snapshot.database) else { return }
        try host.lock(.database(database.oid))
        var changed = snapshot.database(snapshot.database)?.value ?? database.value
        let place = changed.defaultPrivileges.firstIndex {
            $0.role == role && $0.namespace == namespace && $0.kind == kind
        }
        // In every schema the list is whole; in one schema it is what is added.
        let isWhole = !namespace.isValid
        let initial =
            isWhole
            ? target.initialList(owner: role) : []
        let list = try merging(
            place.map { changed.defaultPrivileges[$0].privileges } ?? initial, grant, rights,
            grantor: role, owner: role
        ).sorted(by: DefinitionExecutor.isBefore)
        if Set(list) == Set(initial) {
            guard let place else { return }
            changed.defaultPrivileges.remove(at: place)
        } else if let place {
            changed.defaultPrivileges[place].privileges = list
        } else {
            changed.defaultPrivileges.append(
                DefaultPrivileges(
                    oid: try catalog.newOID(), role: role, namespace: namespace, kind: kind,
                    privileges: list))
        }
        catalog.put(changed)
    }

    /// The list that a new object begins with; nil: the usual one.
    func newPrivileges(
        _ kind: DefaultPrivileges.Kind, owner: OID, in namespace: OID = .invalid
    ) -> [Privilege]? {
        guard let all = snapshot.database(snapshot.database)?.defaultPrivileges, !all.isEmpty
        else { return nil }
        let own = all.filter { $0.role == owner && $0.kind == kind }
        let whole = own.first { !$0.namespace.isValid }?.privileges
        let added = namespace.isValid ? own.first { $0.namespace == namespace }?.privileges : nil
        if whole == nil, added == nil { return nil }
        let target = DefinitionExecutor.target(of: kind)
        let initial = target.initialList(owner: owner)
        var list = whole ?? initial
        for privilege in added ?? [] { list.merge(privilege) }
        return Set(list) == Set(initial) ? nil : list.sorted(by: DefinitionExecutor.isBefore)
    }

    /// PUBLIC first.
    private static func isBefore(_ left: Privilege, _ right: Privilege) -> Bool {
        (left.grantee, left.grantor) < (right.grantee, right.grantor)
    }

    /// Those of a role's new objects, and what others grant to it.
    func dropDefaultPrivileges(of role: OID) throws(SQLError) {
        let grant = Grant(
            isGrant: false, rights: nil, grantees: [role], hasGrantOption: false, cascades: true)
        for entry in snapshot.database(snapshot.database)?.defaultPrivileges ?? []
        where entry.role != role && entry.privileges.contains(where: { $0.grantee == role }) {
            let target = DefinitionExecutor.target(of: entry.kind)
            try change(grant, target.all, entry.role, entry.namespace, entry.kind, target)
        }
        guard let database = snapshot.database(snapshot.database),
            database.defaultPrivileges.contains(where: { $0.role == role })
        else { return }
        try host.lock(.database(database.oid))
        var changed = database.value
        changed.defaultPrivileges.removeAll { $0.role == role }
        catalog.put(changed)
    }

    private static func target(of kind: DefaultPrivileges.Kind) -> PrivilegeKind {
        switch kind {
        case .relations: .table
        case .sequences: .sequence
        case .functions: .function
        case .types: .type
        case .schemas: .schema
        }
    }

    /// Those of a schema that goes.
    func dropDefaultPrivileges(in namespace: OID) {
        guard let database = snapshot.database(snapshot.database),
            database.defaultPrivileges.contains(where: { $0.namespace == namespace })
        else { return }
        var changed = database.value
        changed.defaultPrivileges.removeAll { $0.namespace == namespace }
        catalog.put(changed)
    }

    /// What stands against dropping a role, by OID.
    func defaultPrivilegeUses(of role: OID) -> [(OID, String)] {
        let entries = snapshot.database(snapshot.database)?.defaultPrivileges ?? []
        return entries.compactMap { entry in
            let isOwner = entry.role == role
            guard isOwner || entry.privileges.contains(where: { $0.grantee == role }) else {
                return nil
            }
            let noun =
                switch entry.kind {
                case .relations: "relations"
                case .sequences: "sequences"
                case .functions: "functions"
                case .types: "types"
                case .schemas: "schemas"
                }
            let name = snapshot.role(entry.role)?.name ?? ""
            let place =
                snapshot.namespace(entry.namespace).map { " in schema \($0.name)" } ?? ""
            let what = isOwner ? "owner of" : "privileges for"
            return (
                entry.oid,
                "\(what) default privileges on new \(noun) belonging to role \(name)\(place)"
            )
        }
    }
}

extension DefinitionElement {
    /// A list of names.
    fileprivate var nameList: [String] {
        switch value {
        case .names(let names): names
        case .list(let items):
            items.compactMap { item in
                switch item {
                case .string(let name): name
                case .names(let parts): parts.last
                default: nil
                }
            }
        default: textValue.map { [$0] } ?? []
        }
    }
}
