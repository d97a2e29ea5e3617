public import Base

/// Who may do what (PostgreSQL chapter 5.7). Superusers may do everything; others need a grant to
/// themselves, to a role they inherit from, or to PUBLIC. Owners have all rights until they revoke
/// them, and may always grant them.
extension CatalogSnapshot {
    /// True if `member` is `role` or inherits its rights.
    public func hasPrivileges(of role: OID, member: OID) -> Bool {
        if member == role { return true }
        guard let start = self.role(member) else { return false }
        if start.isSuperuser { return true }
        return inheritedRoles(of: member).contains(role)
    }

    /// The role itself and those whose rights it inherits, the nearer first.
    func inheritedRoles(of member: OID) -> [OID] {
        var found = [member]
        var next = 0
        while next < found.count {
            defer { next += 1 }
            guard let role = self.role(found[next]), role.attributes.contains(.inherit) else {
                continue
            }
            for oid in role.memberships.map(\.role) + implicitRoles(of: role.oid)
            where !found.contains(oid) {
                found.append(oid)
            }
        }
        return found
    }

    /// The owner of the database is a member of pg_database_owner.
    private func implicitRoles(of role: OID) -> [OID] {
        database(database)?.owner == role ? [SystemOID.databaseOwnerRole] : []
    }

    /// True if `role` has been granted `member`, directly or not, whether it inherits or not.
    public func hasMembership(of role: OID, in member: OID) -> Bool {
        guard let start = self.role(member) else { return false }
        var seen: Set<OID> = [member]
        var pending = [start]
        while let next = pending.popLast() {
            for oid in next.memberships.map(\.role) {
                if oid == role { return true }
                if seen.insert(oid).inserted, let found = self.role(oid) { pending.append(found) }
            }
        }
        return false
    }

    public func isSuperuser(_ user: OID) -> Bool { role(user)?.isSuperuser ?? false }

    /// True if one of `rights` is the user's to use, or one of `grantable` to grant to others.
    public func holdsAny(
        _ rights: Privilege.Rights, grantable: Privilege.Rights = [], on kind: PrivilegeKind,
        privileges: [Privilege]?, owner: OID, user: OID
    ) -> Bool {
        if rights.isEmpty, grantable.isEmpty { return false }
        guard let privileges else {
            if !kind.ofPublic.isDisjoint(with: rights) { return true }
            // On a column nobody has anything until it is granted.
            if kind == .column, grantable.isEmpty { return isSuperuser(user) }
            return hasPrivileges(of: owner, member: user)
        }
        if isSuperuser(user) { return true }
        if !grantable.isEmpty, hasPrivileges(of: owner, member: user) { return true }
        return privileges.contains { privilege in
            let isAsked =
                !privilege.rights.isDisjoint(with: rights)
                || !privilege.grantable.isDisjoint(with: grantable)
            return isAsked
                && (!privilege.grantee.isValid
                    || hasPrivileges(of: privilege.grantee, member: user))
        }
    }

    /// True if any of `rights` on the relation is the user's. Built-in relations can be read by all.
    public func hasRights(
        _ rights: Privilege.Rights, grantable: Privilege.Rights = [], on relation: Relation,
        user: OID
    ) -> Bool {
        if isComputed(relation.oid) {
            let isOpen = rights.contains(.select) && !Self.secretRelations.contains(relation.name)
            return isOpen || isSuperuser(user)
        }
        return holdsAny(
            rights, grantable: grantable, on: relation.privilegeKind,
            privileges: relation.privileges, owner: relation.owner, user: user)
    }

    /// True if any of `rights` on the column was granted for it alone.
    public func hasColumnRights(
        _ rights: Privilege.Rights, grantable: Privilege.Rights = [], column: Int,
        of relation: Relation, user: OID
    ) -> Bool {
        holdsAny(
            rights, grantable: grantable, on: .column,
            privileges: relation.columnPrivileges[column], owner: relation.owner, user: user)
    }

    /// True if the right is the user's for the relation or for each of `columns`.
    public func hasRights(
        _ right: Privilege.Rights, on relation: Relation, columns: [Int], user: OID
    ) -> Bool {
        if hasRights(right, on: relation, user: user) { return true }
        if relation.columnPrivileges.isEmpty { return false }
        return columns.allSatisfy {
            hasColumnRights(right, column: $0, of: relation, user: user)
        }
    }

    /// True if the right is the user's for the relation or for one column at least.
    public func hasRightsSomewhere(
        _ right: Privilege.Rights, grantable: Privilege.Rights = [], on relation: Relation,
        user: OID
    ) -> Bool {
        hasRights(right, grantable: grantable, on: relation, user: user)
            || relation.columnPrivileges.keys.contains {
                hasColumnRights(right, grantable: grantable, column: $0, of: relation, user: user)
            }
    }

    /// Catalogs that hold what not everybody may know.
    private static let secretRelations: Set<String> = [
        "pg_authid", "pg_shadow", "pg_statistic", "pg_user_mapping", "pg_largeobject",
    ]

    public func hasRights(
        _ rights: Privilege.Rights, onNamespace oid: OID, user: OID
    ) -> Bool {
        guard let namespace = namespace(oid) else { return false }
        return holdsAny(
            rights, on: .schema, privileges: namespace.privileges, owner: namespace.owner,
            user: user)
    }

    /// True if the user is, or inherits, the owner.
    public func isOwner(_ owner: OID, user: OID) -> Bool {
        hasPrivileges(of: owner, member: user)
    }
}

/// Functions, all of which are built in.
extension CatalogSnapshot {
    /// What was granted and revoked on functions.
    var routinePrivileges: [OID: [Privilege]] { database(database)?.routinePrivileges ?? [:] }

    /// What was granted on a function; nil: everybody may call it.
    public func privileges(ofRoutine oid: OID) -> [Privilege]? {
        database(database)?.routinePrivileges[oid] ?? SystemFunction.restricted[oid]
    }

    /// True if a list says who may call it.
    public func isGuarded(routine oid: OID) -> Bool { privileges(ofRoutine: oid) != nil }

    public func mayExecute(
        _ routine: OID, grantable: Privilege.Rights = [], user: OID
    ) -> Bool {
        holdsAny(
            .execute, grantable: grantable, on: .function,
            privileges: privileges(ofRoutine: routine), owner: SystemOID.superuser, user: user)
    }
}
