internal import Base
internal import Catalog
internal import Engine
internal import Parse
internal import Types

/// CREATE, ALTER and DROP ROLE, and membership in roles.
extension DefinitionExecutor {
    // MARK: Names

    func roleNamed(_ name: String) throws(SQLError) -> Shared<Role> {
        if let found = snapshot.role(named: name) { return found }
        throw SQLError(.undefinedObject, "role \"\(name)\" does not exist")
    }

    func roleOID(_ role: RoleSpecification) throws(SQLError) -> OID {
        switch role.kind {
        case .named(let name): return try roleNamed(name).oid
        case .currentRole, .currentUser, .sessionUser: return host.user
        case .public:
            throw SQLError(.undefinedObject, "role \"public\" does not exist")
        }
    }

    private func checkCanManageRoles() throws(SQLError) {
        guard let user = snapshot.role(host.user) else { return }
        if user.isSuperuser || user.attributes.contains(.createRole) { return }
        throw SQLError(.insufficientPrivilege, "permission denied to create role")
    }

    private func checkName(_ name: String) throws(SQLError) {
        guard name.hasPrefix("pg_") else { return }
        throw SQLError(.reservedName, "role name \"\(name)\" is reserved")
            .detail("Role names starting with \"pg_\" are reserved.")
    }

    // MARK: Roles

    func createRole(_ statement: CreateRoleStatement) throws(SQLError) -> String {
        try checkCanManageRoles()
        try checkName(statement.name)
        try host.lockName(statement.name, in: SystemOID.role)
        if snapshot.role(named: statement.name) != nil {
            throw SQLError(
                .duplicateObject, "role \"\(statement.name)\" already exists")
        }
        var role = Role(
            oid: try catalog.newOID(), name: statement.name,
            attributes: statement.kind == .user ? [.inherit, .login] : .inherit)
        var members: [(OID, Bool)] = []
        try apply(statement.options, to: &role, members: &members)
        catalog.put(role)
        for (member, withAdmin) in members { try addMember(member, to: role.oid, withAdmin) }
        return "CREATE ROLE"
    }

    func alterRole(_ statement: AlterRoleStatement) throws(SQLError) -> String {
        let oid = try roleOID(statement.role)
        guard let found = snapshot.role(oid) else { return "ALTER ROLE" }
        if oid != host.user { try checkCanManageRoles() }
        try host.lock(.role(oid))
        var role = found.value
        var members: [(OID, Bool)] = []
        try apply(statement.options, to: &role, members: &members)
        catalog.put(role)
        for (member, withAdmin) in members {
            if statement.isAdding {
                try addMember(member, to: oid, withAdmin)
            } else {
                try removeMember(member, from: oid)
            }
        }
        return "ALTER ROLE"
    }

    private func apply(
        _ options: [DefinitionElement], to role: inout Role, members: inout [(OID, Bool)]
    ) throws(SQLError) {
        let flags: [String: Role.Attributes] = [
            "superuser": .superuser, "inherit": .inherit, "createrole": .createRole,
            "createdb": .createDatabase, "canlogin": .login, "isreplication": .replication,
            "bypassrls": .bypassRowSecurity,
        ]
        var seen: Set<String> = []
        for option in options {
            guard seen.insert(option.name).inserted else {
                throw failure(
                    .syntaxError, "conflicting or redundant options", at: option.location)
            }
            if let flag = flags[option.name] {
                if option.value.isTrue {
                    role.attributes.insert(flag)
                } else {
                    role.attributes.remove(flag)
                }
                continue
            }
            switch option.name {
            case "password":
                if case .string(let text) = option.value {
                    role.password = try verifier(of: text, role: role.name)
                } else {
                    role.password = nil
                }
            case "connectionlimit":
                if case .integer(let value) = option.value { role.connectionLimit = Int(value) }
                if role.connectionLimit < -1 {
                    throw SQLError(
                        .invalidParameterValue,
                        "invalid connection limit: \(role.connectionLimit)")
                }
            case "validUntil":
                let arena = Arena()
                let value = try TypeIO.input(
                    option.value.optionText, type: .plain(.timestamptz), context: host.typeContext,
                    arena: arena)
                role.validUntil = value.word
            case "sysid": break
            case "addroleto":
                for parent in option.value.roles {
                    role.memberships.append(
                        Role.Membership(
                            role: try roleOID(parent), grantor: host.user, withAdmin: false))
                }
            case "rolemembers":
                for member in option.value.roles { members.append((try roleOID(member), false)) }
            case "adminmembers":
                for member in option.value.roles { members.append((try roleOID(member), true)) }
            default:
                throw SQLError(.syntaxError, "option \"\(option.name)\" not recognized")
            }
        }
    }

    func dropRole(_ statement: DropRoleStatement) throws(SQLError) -> String {
        for specification in statement.roles {
            guard case .named(let name) = specification.kind else {
                throw SQLError(
                    .invalidParameterValue, "cannot use special role specifier in DROP ROLE")
            }
            guard let role = snapshot.role(named: name) else {
                if !statement.ifExists {
                    throw SQLError(.undefinedObject, "role \"\(name)\" does not exist")
                }
                notice(.successfulCompletion, "role \"\(name)\" does not exist, skipping")
                continue
            }
            if role.oid == host.user {
                throw SQLError(.objectInUse, "current user cannot be dropped")
            }
            try checkCanManageRoles()
            let users = roleUses(role.oid)
            if !users.isEmpty {
                throw SQLError(
                    .dependentObjectsStillExist,
                    "role \"\(name)\" cannot be dropped because some objects depend on it"
                ).detail(users.joined(separator: "\n"))
            }
            try host.lock(.role(role.oid))
            for other in snapshot.roles
            where other.memberships.contains(where: { $0.role == role.oid }) {
                var changed = other.value
                changed.memberships.removeAll { $0.role == role.oid }
                catalog.put(changed)
            }
            catalog.dropRole(role.oid)
        }
        return "DROP ROLE"
    }

    /// What stands against dropping a role, as pg_shdepend tells it.
    private func roleUses(_ role: OID) -> [String] {
        var lines: [(oid: OID, text: String)] = []
        func look(_ oid: OID, _ name: String, owner: OID, _ privileges: [Privilege]?) {
            if owner == role {
                lines.append((oid, "owner of \(name)"))
            } else if let privileges,
                privileges.contains(where: { $0.grantee == role || $0.grantor == role })
            {
                lines.append((oid, "privileges for \(name)"))
            }
        }
        let snapshot = snapshot
        for relation in snapshot.relations where relation.kind != .index {
            // A composite type is known as the type that it is.
            let isType = relation.kind == .compositeType
            let object = isType ? ObjectAddress.type(relation.rowType) : .relation(relation.oid)
            look(
                object.objectID, description(of: object), owner: relation.owner,
                relation.privileges)
            for (index, list) in relation.columnPrivileges.sorted(by: { $0.key < $1.key })
            where relation.owner != role {
                look(
                    relation.oid, description(of: .column(index, of: relation.oid)),
                    owner: .invalid, list)
            }
        }
        for type in snapshot.userTypes {
            look(
                type.oid, description(of: .type(type.oid)), owner: type.owner, type.privileges)
        }
        for namespace in snapshot.namespaces {
            look(
                namespace.oid, "schema \(namespace.name)", owner: namespace.owner,
                namespace.privileges)
        }
        lines += defaultPrivilegeUses(of: role)
        lines.sort { $0.oid < $1.oid }
        for database in snapshot.databases {
            look(
                database.oid, "database \(database.name)", owner: database.owner,
                database.privileges)
        }
        return lines.map(\.text)
    }

    func renameRole(_ statement: RenameStatement) throws(SQLError) -> String {
        let name = statement.subname ?? statement.object?.names.last ?? ""
        let role = try roleNamed(name)
        try checkCanManageRoles()
        try checkName(statement.newName)
        if snapshot.role(named: statement.newName) != nil {
            throw SQLError(
                .duplicateObject, "role \"\(statement.newName)\" already exists")
        }
        if role.oid == host.user {
            throw SQLError(.featureNotSupported, "session user cannot be renamed")
        }
        var changed = role.value
        changed.name = statement.newName
        if changed.password?.hasPrefix("md5") == true {
            // It has the name in it.
            changed.password = nil
            notice(.successfulCompletion, "MD5 password cleared because of role rename")
        }
        catalog.put(changed)
        return "ALTER ROLE"
    }

    // MARK: Membership

    func grantRole(_ statement: GrantRoleStatement) throws(SQLError) -> String {
        for granted in statement.grantedRoles {
            let role = try roleNamed(granted.name ?? "")
            try checkMayGrant(role.value)
            for specification in statement.granteeRoles {
                let member = try roleOID(specification)
                if statement.isGrant {
                    try addMember(member, to: role.oid, statement.hasAdminOption)
                } else if statement.hasAdminOption {
                    try removeAdmin(member, of: role.oid)
                } else {
                    try removeMember(member, from: role.oid)
                }
            }
        }
        return statement.isGrant ? "GRANT ROLE" : "REVOKE ROLE"
    }

    private func checkMayGrant(_ role: Role) throws(SQLError) {
        guard let user = snapshot.role(host.user) else { return }
        if user.isSuperuser { return }
        if role.isSuperuser {
            throw SQLError(.insufficientPrivilege, "must be superuser to alter superusers")
        }
        if user.attributes.contains(.createRole) { return }
        if user.memberships.contains(where: { $0.role == role.oid && $0.withAdmin }) { return }
        throw SQLError(
            .insufficientPrivilege, "must have admin option on role \"\(role.name)\"")
    }

    private func addMember(_ member: OID, to role: OID, _ withAdmin: Bool) throws(SQLError) {
        guard let found = snapshot.role(member), let target = snapshot.role(role) else { return }
        if member == role || snapshot.hasMembership(of: member, in: role) {
            throw SQLError(
                .invalidGrantOperation,
                "role \"\(target.name)\" is a member of role \"\(found.name)\"")
        }
        try host.lock(.role(member))
        var changed = found.value
        if let index = changed.memberships.firstIndex(where: { $0.role == role }) {
            if changed.memberships[index].withAdmin || !withAdmin {
                notice(
                    .successfulCompletion,
                    "role \"\(found.name)\" is already a member of role \"\(target.name)\"")
                return
            }
            changed.memberships[index].withAdmin = true
        } else {
            changed.memberships.append(
                Role.Membership(role: role, grantor: host.user, withAdmin: withAdmin))
        }
        catalog.put(changed)
    }

    private func removeMember(_ member: OID, from role: OID) throws(SQLError) {
        guard let found = snapshot.role(member), let target = snapshot.role(role) else { return }
        guard found.memberships.contains(where: { $0.role == role }) else {
            host.notify(
                SQLError(
                    .warning,
                    "role \"\(found.name)\" is not a member of role \"\(target.name)\"",
                    severity: .warning))
            return
        }
        try host.lock(.role(member))
        var changed = found.value
        changed.memberships.removeAll { $0.role == role }
        catalog.put(changed)
    }

    private func removeAdmin(_ member: OID, of role: OID) throws(SQLError) {
        guard let found = snapshot.role(member) else { return }
        var changed = found.value
        for index in changed.memberships.indices where changed.memberships[index].role == role {
            changed.memberships[index].withAdmin = false
        }
        catalog.put(changed)
    }
}

extension DefinitionElement.Value {
    /// The roles of an option that lists some.
    var roles: [RoleSpecification] {
        switch self {
        case .role(let role): [role]
        case .list(let values): values.flatMap(\.roles)
        default: []
        }
    }
}
