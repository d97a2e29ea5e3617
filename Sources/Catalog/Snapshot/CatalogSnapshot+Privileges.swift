public import Base

/// Who may do what (PostgreSQL chapter 5.7). Owners and superusers may do everything; others need
/// a grant to themselves, to a role they inherit from, or to PUBLIC.
extension CatalogSnapshot {
    /// True if `member` is `role` or inherits its rights.
    public func hasPrivileges(of role: OID, member: OID) -> Bool {
        if member == role { return true }
        guard let start = self.role(member) else { return false }
        if start.isSuperuser { return true }
        var seen: Set<OID> = [member]
        var pending = [start]
        while let next = pending.popLast() {
            guard next.attributes.contains(.inherit) else { continue }
            for oid in next.memberships.map(\.role) + implicitRoles(of: next.oid) {
                if oid == role { return true }
                if seen.insert(oid).inserted, let found = self.role(oid) { pending.append(found) }
            }
        }
        return false
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

    /// True if one of `rights` is granted: owner, superuser, grantee, PUBLIC.
    public func hasAnyRight(
        _ rights: Privilege.Rights, privileges: [Privilege], owner: OID, user: OID
    ) -> Bool {
        if hasPrivileges(of: owner, member: user) { return true }
        return privileges.contains { privilege in
            !privilege.rights.isDisjoint(with: rights)
                && (!privilege.grantee.isValid
                    || hasPrivileges(of: privilege.grantee, member: user))
        }
    }

    /// True if one of `rights` is the user's to use, or one of `grantable` to grant to others.
    public func holdsAny(
        _ rights: Privilege.Rights, grantable: Privilege.Rights, privileges: [Privilege],
        owner: OID, user: OID
    ) -> Bool {
        if hasPrivileges(of: owner, member: user) { return true }
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
    public func hasRights(_ rights: Privilege.Rights, on relation: Relation, user: OID) -> Bool {
        if isComputed(relation.oid) {
            let isOpen = rights.contains(.select) && !Self.secretRelations.contains(relation.name)
            return isOpen || isSuperuser(user)
        }
        return hasAnyRight(
            rights, privileges: relation.privileges, owner: relation.owner, user: user)
    }

    /// Catalogs that hold what not everybody may know.
    private static let secretRelations: Set<String> = [
        "pg_authid", "pg_shadow", "pg_statistic", "pg_user_mapping", "pg_largeobject",
    ]

    public func hasRights(
        _ rights: Privilege.Rights, onNamespace oid: OID, user: OID
    ) -> Bool {
        guard let namespace = namespace(oid) else { return false }
        return hasAnyRight(
            rights, privileges: namespace.privileges, owner: namespace.owner, user: user)
    }

    /// True if the user is, or inherits, the owner.
    public func isOwner(_ owner: OID, user: OID) -> Bool {
        hasPrivileges(of: owner, member: user)
    }
}
