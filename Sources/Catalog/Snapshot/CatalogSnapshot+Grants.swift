public import Base

/// How GRANT and REVOKE change lists of privileges. A right that was passed on with a grant option
/// depends on it: who loses the option loses what he granted, or the REVOKE fails.
extension CatalogSnapshot {
    /// In whose name the user grants or revokes: the owner's if he may act as him, else that of a
    /// role of his with most of the grant options that it takes.
    /// - Returns: the grantor, and those of `rights` that he may pass on.
    public func grantor(
        of rights: Privilege.Rights, in list: [Privilege], owner: OID, user: OID
    ) -> (role: OID, grantable: Privilege.Rights) {
        if hasPrivileges(of: owner, member: user) { return (owner, rights) }
        var best = (role: user, grantable: Privilege.Rights())
        for role in inheritedRoles(of: user) {
            let options = grantOptions(of: role, in: list).intersection(rights)
            if options == rights { return (role, options) }
            if options.rawValue.nonzeroBitCount > best.grantable.rawValue.nonzeroBitCount {
                best = (role, options)
            }
        }
        return best
    }

    /// What was granted to the role itself with the option to pass it on.
    private func grantOptions(of role: OID, in list: [Privilege]) -> Privilege.Rights {
        list.filter { $0.grantee == role }.reduce(into: []) { $0.formUnion($1.grantable) }
    }

    /// What the role may pass on, in its own name or as a member of others.
    private func allGrantOptions(
        of role: OID, in list: [Privilege], owner: OID, among rights: Privilege.Rights
    ) -> Privilege.Rights {
        if hasPrivileges(of: owner, member: role) { return rights }
        return list.filter { !$0.grantee.isValid || hasPrivileges(of: $0.grantee, member: role) }
            .reduce(into: Privilege.Rights()) { $0.formUnion($1.grantable) }
            .intersection(rights)
    }

    /// The list with what `change` gives added to it.
    /// - Throws: 0LP01 for a grant option that would come back to its own grantor.
    public func granting(
        _ change: Privilege, in list: [Privilege], owner: OID
    ) throws(SQLError) -> [Privilege] {
        if !change.grantable.isEmpty { try checkCircularity(change, in: list, owner: owner) }
        var list = list
        if let place = list.firstIndex(where: { change.isSamePair($0) }) {
            list[place].rights.formUnion(change.rights)
            list[place].grantable.formUnion(change.grantable)
        } else if !change.isEmpty {
            list.append(change)
        }
        return list
    }

    /// The list without what `change` names, and without what depended on it.
    /// - Throws: 2BP01 if something depends on it and `cascades` is false.
    public func revoking(
        _ change: Privilege, from list: [Privilege], owner: OID, cascades: Bool
    ) throws(SQLError) -> [Privilege] {
        var list = list
        guard let place = list.firstIndex(where: { change.isSamePair($0) }) else { return list }
        let lost = list[place].grantable.intersection(change.grantable)
        list[place].rights.subtract(change.rights)
        list[place].grantable.subtract(change.grantable)
        if list[place].isEmpty { list.remove(at: place) }
        if lost.isEmpty { return list }
        return try revokingDependents(
            of: change.grantee, lost, from: list, owner: owner, cascades: cascades)
    }

    private func revokingDependents(
        of grantee: OID, _ lost: Privilege.Rights, from list: [Privilege], owner: OID,
        cascades: Bool
    ) throws(SQLError) -> [Privilege] {
        if grantee == owner { return list }
        // Others may have granted the same option.
        let kept = allGrantOptions(of: grantee, in: list, owner: owner, among: lost)
        let lost = lost.subtracting(kept)
        var list = list
        while let dependent = list.first(where: {
            $0.grantor == grantee
                && !$0.rights.union($0.grantable).isDisjoint(with: lost)
        }) {
            if !cascades {
                throw SQLError(.dependentObjectsStillExist, "dependent privileges exist")
                    .hint("Use CASCADE to revoke them too.")
            }
            list = try revoking(
                Privilege(
                    grantee: dependent.grantee, grantor: grantee, rights: lost, grantable: lost),
                from: list, owner: owner, cascades: true)
        }
        return list
    }

    private func checkCircularity(
        _ change: Privilege, in list: [Privilege], owner: OID
    ) throws(SQLError) {
        if change.grantor == owner { return }
        var list = list
        while let option = list.first(where: {
            $0.grantee == change.grantee && !$0.grantable.isEmpty
        }) {
            list = try revoking(option, from: list, owner: owner, cascades: true)
        }
        let own = allGrantOptions(
            of: change.grantor, in: list, owner: owner, among: change.grantable)
        if own != change.grantable {
            throw SQLError(
                .invalidGrantOperation,
                "grant options cannot be granted back to your own grantor")
        }
    }
}

extension Privilege {
    fileprivate func isSamePair(_ other: Privilege) -> Bool {
        grantee == other.grantee && grantor == other.grantor
    }
}
