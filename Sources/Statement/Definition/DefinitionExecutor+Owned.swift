internal import Base
internal import Catalog
internal import Engine
internal import Parse

/// DROP OWNED and REASSIGN OWNED: everything in this database that belongs to a role, and what was
/// granted to it here.
extension DefinitionExecutor {
    func dropOwned(_ statement: DropOwnedStatement) throws(SQLError) -> String {
        let roles = try ownedRoles(
            statement.roles, denied: "permission denied to drop objects",
            required: "cannot drop objects owned by")
        for role in roles {
            try revokeAll(from: role)
            try dropDefaultPrivileges(of: role)
        }
        let objects = roles.flatMap { ownedObjects(of: $0) }
        try remove(objects.sorted { $0.objectID > $1.objectID }, statement.behavior)
        return "DROP OWNED"
    }

    func reassignOwned(_ statement: ReassignOwnedStatement) throws(SQLError) -> String {
        let denied = "permission denied to reassign objects"
        var before: [OID] = []
        for role in statement.roles { before.append(try roleOID(role)) }
        for role in before { try checkActsAs(role, denied) }
        let owner = try roleOID(statement.newRole)
        try checkActsAs(owner, denied)
        for role in before {
            try checkNotRequired(role, "cannot reassign ownership of objects owned by")
            for object in ownedObjects(of: role) { try reassign(object, to: owner) }
            for database in snapshot.databases where database.owner == role {
                try host.lock(.database(database.oid))
                catalog.put(database.value.owned(by: owner))
            }
        }
        return "REASSIGN OWNED"
    }

    // MARK: Roles

    private func ownedRoles(
        _ specifications: [RoleSpecification], denied: String, required: String
    ) throws(SQLError) -> [OID] {
        var roles: [OID] = []
        for role in specifications { roles.append(try roleOID(role)) }
        for role in roles { try checkActsAs(role, denied) }
        for role in roles { try checkNotRequired(role, required) }
        return roles
    }

    private func checkActsAs(_ role: OID, _ denied: String) throws(SQLError) {
        if snapshot.hasPrivileges(of: role, member: host.user) { return }
        throw SQLError(.insufficientPrivilege, denied)
    }

    /// What the roles own that every database begins with must stay.
    private func checkNotRequired(_ role: OID, _ message: String) throws(SQLError) {
        if role >= .firstUser { return }
        let name = snapshot.role(role)?.name ?? ""
        throw SQLError(
            .dependentObjectsStillExist,
            "\(message) role \(name) because they are required by the database system")
    }

    // MARK: Objects

    /// The role's relations, types and schemas, but for those that are parts of others.
    private func ownedObjects(of role: OID) -> [ObjectAddress] {
        var objects: [ObjectAddress] = []
        for relation in snapshot.relations where relation.owner == role && relation.index == nil {
            let isType = relation.kind == .compositeType
            objects.append(isType ? .type(relation.rowType) : .relation(relation.oid))
        }
        for type in snapshot.userTypes where type.owner == role {
            objects.append(.type(type.oid))
        }
        for namespace in snapshot.namespaces where namespace.owner == role {
            objects.append(.namespace(namespace.oid))
        }
        return objects
    }

    private func reassign(_ object: ObjectAddress, to owner: OID) throws(SQLError) {
        switch object.classID {
        case SystemOID.relation:
            // What serves a column goes with the column's table.
            if snapshot.owner(ofSequence: object.objectID) != nil { return }
            let relation = try lockedRelation(object.objectID, .accessExclusive)
            try changeOwner(of: relation.value, to: owner)
        case SystemOID.type: try changeOwner(ofType: object.objectID, to: owner)
        default:
            guard let namespace = snapshot.namespace(object.objectID) else { return }
            try host.lock(.namespace(namespace.oid))
            catalog.put(namespace.value.owned(by: owner))
        }
    }

    // MARK: Privileges

    /// Takes from the role what was granted to it on objects of this database and on databases.
    private func revokeAll(from role: OID) throws(SQLError) {
        let grant = Grant(
            isGrant: false, rights: nil, grantees: [role], hasGrantOption: false, cascades: true)
        func names(_ list: [Privilege]?, _ owner: OID) -> Bool {
            owner != role && (list?.contains { $0.grantee == role || $0.grantor == role } ?? false)
        }
        for relation in snapshot.relations {
            let ofColumns = relation.columnPrivileges.values.contains { names($0, relation.owner) }
            guard ofColumns || names(relation.privileges, relation.owner) else { continue }
            if relation.kind == .compositeType {
                try apply(grant, toTypeOf: relation.rowType)
            } else {
                try host.lock(relation.oid, .shareUpdateExclusive)
                try apply(grant, to: relation.oid, asTable: relation.kind != .sequence)
            }
        }
        for type in snapshot.userTypes where names(type.value.privileges, type.owner) {
            try apply(grant, toTypeOf: type.oid)
        }
        for namespace in snapshot.namespaces
        where names(namespace.value.privileges, namespace.owner) {
            try apply(grant, toSchema: namespace.name)
        }
        for database in snapshot.databases where names(database.value.privileges, database.owner) {
            try apply(grant, toDatabase: database.name)
        }
        for (oid, list) in snapshot.database(snapshot.database)?.routinePrivileges ?? [:]
        where names(list, SystemOID.superuser) {
            if let routine = SystemFunction(oid) { try apply(grant, toRoutine: routine) }
        }
    }
}
