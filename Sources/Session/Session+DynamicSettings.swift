internal import Base
internal import Catalog
internal import Execute

/// Parameters whose value is the session's or the transaction's state: transaction_isolation, role
/// and the like. SHOW and SET reach them here.
extension Session {
    func connectSettings() {
        state.settings.dynamicText = { [unowned self] definition in text(of: definition.name) }
        state.settings.assignDynamic = { [unowned self] definition, text throws(SQLError) in
            try assign(definition.name, text)
        }
    }

    private func text(of name: String) -> String? {
        let modes = state.transactionModes
        let typed = state.settings.typed
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
        case "role": return state.user == state.sessionUser ? "none" : roleName(state.user)
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
        case "role": try setRole(text)
        case "session_authorization":
            guard text.isEmpty || text == roleName(state.sessionUser) else {
                throw SQLError.notSupported("SET SESSION AUTHORIZATION to another role")
            }
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

    private func setRole(_ name: String) throws(SQLError) {
        let before = state.user
        if name == "none" {
            state.user = state.sessionUser
        } else {
            guard let role = state.catalog.snapshot.role(named: name) else {
                throw SQLError(.invalidParameterValue, "role \"\(name)\" does not exist")
            }
            let own = state.catalog.snapshot.role(state.sessionUser)
            guard own?.attributes.contains(.superuser) == true || role.oid == state.sessionUser
            else {
                throw SQLError(
                    .insufficientPrivilege, "permission denied to set role \"\(name)\"")
            }
            state.user = role.oid
        }
        if state.user != before { state.settings.noteChange(of: "is_superuser") }
    }
}
