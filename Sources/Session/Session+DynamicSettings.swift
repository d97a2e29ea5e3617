internal import Base
internal import Catalog
internal import Execute

/// Parameters whose value is the session's or the transaction's state: transaction_isolation, role
/// and the like. SHOW and SET reach them here.
extension Session {
    func connectSettings() {
        settings.dynamicText = { [unowned self] definition in text(of: definition.name) }
        settings.assignDynamic = { [unowned self] definition, text throws(SQLError) in
            try assign(definition.name, text)
        }
        settings.rolesChanged = { [unowned self] in applyRoles() }
        applyRoles()
    }

    private func text(of name: String) -> String? {
        let modes = state.transactionModes
        let typed = settings.typed
        switch name {
        case "transaction_isolation":
            guard state.isInTransaction else { return typed.defaultTransactionIsolation }
            return modes.isolation?.name
        case "transaction_read_only":
            let isOn = state.isInTransaction ? modes.isReadOnly : typed.defaultTransactionReadOnly
            return isOn == true ? "on" : "off"
        case "transaction_deferrable":
            let isOn =
                state.isInTransaction ? modes.isDeferrable : typed.defaultTransactionDeferrable
            return isOn == true ? "on" : "off"
        case "is_superuser":
            let role = state.catalog.snapshot.role(state.user)
            return role?.attributes.contains(.superuser) == true ? "on" : "off"
        case "session_authorization": return roleName(state.sessionUser)
        default: return nil
        }
    }

    private func roleName(_ oid: OID) -> String? { state.catalog.snapshot.role(oid)?.name }

    private func assign(_ name: String, _ text: String) throws(SQLError) -> Bool {
        var modes = TransactionModes()
        switch name {
        case "transaction_isolation":
            guard let isolation = IsolationLevel(name: text.lowercased()) else {
                throw SQLError(
                    .invalidParameterValue, "invalid value for parameter \"\(name)\": \"\(text)\""
                ).hint(
                    "Available values: serializable, repeatable read, read committed, "
                        + "read uncommitted.")
            }
            modes.isolation = isolation
            try state.setTransaction(modes)
        case "transaction_read_only":
            modes.isReadOnly = try bool(name, text)
            try state.setTransaction(modes)
        case "transaction_deferrable":
            modes.isDeferrable = try bool(name, text)
            try state.setTransaction(modes)
        case "role":
            try checkRole(text)
            return false
        case "session_authorization":
            try checkAuthorization(text)
            // The role that was set belongs to the user before.
            try settings.set("role", "none", isLocal: false)
            return false
        default: return false
        }
        return true
    }

    private func bool(_ name: String, _ text: String) throws(SQLError) -> Bool {
        switch text.lowercased() {
        case "on", "true", "yes", "1", "t", "y": return true
        case "off", "false", "no", "0", "f", "n": return false
        default:
            throw SQLError(
                .invalidParameterValue, "parameter \"\(name)\" requires a Boolean value")
        }
    }

    private func checkRole(_ name: String) throws(SQLError) {
        if name == "none" { return }
        let snapshot = state.catalog.snapshot
        guard let role = snapshot.role(named: name) else {
            throw SQLError(.invalidParameterValue, "role \"\(name)\" does not exist")
        }
        guard
            role.oid == state.sessionUser || snapshot.isSuperuser(state.sessionUser)
                || snapshot.hasMembership(of: role.oid, in: state.sessionUser)
        else {
            throw SQLError(
                .insufficientPrivilege, "permission denied to set role \"\(name)\"")
        }
    }

    private func checkAuthorization(_ name: String) throws(SQLError) {
        if name.isEmpty { return }
        let snapshot = state.catalog.snapshot
        guard let role = snapshot.role(named: name) else {
            throw SQLError(.invalidParameterValue, "role \"\(name)\" does not exist")
        }
        guard role.oid == state.authenticatedUser || snapshot.isSuperuser(state.authenticatedUser)
        else {
            throw SQLError(
                .insufficientPrivilege, "permission denied to set session authorization")
        }
    }

    /// Becomes who role and session_authorization say: after SET, and when a transaction's end has
    /// brought other values back.
    private func applyRoles() {
        let snapshot = state.catalog.snapshot
        func role(_ setting: String) -> OID? {
            guard case .string(let name)? = settings.value(named: setting), name != "none"
            else { return nil }
            return snapshot.role(named: name)?.oid
        }
        let before = state.user
        state.sessionUser = role("session_authorization") ?? state.authenticatedUser
        state.user = role("role") ?? state.sessionUser
        let isSuperuser = snapshot.isSuperuser(state.user)
        if isSuperuser != settings.isSuperuser || state.user != before {
            settings.isSuperuser = isSuperuser
            settings.noteChange(of: "is_superuser")
            settings.noteChange(of: "session_authorization")
        }
    }
}
