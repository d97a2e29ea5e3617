internal import Base
internal import Catalog
internal import Parse

/// ALTER ROLE … SET and ALTER DATABASE … SET: what sessions begin with.
extension DefinitionExecutor {
    func alterRoleSettings(_ statement: AlterRoleSetStatement) throws(SQLError) -> String {
        var scope = SettingsScope(database: .invalid, role: .invalid)
        if let specification = statement.role {
            scope.role = try roleOID(specification)
            try host.lock(.role(scope.role))
            try checkMaySet(scope.role)
        }
        if let name = statement.database {
            guard let database = snapshot.database(named: name) else {
                throw SQLError(.undefinedDatabase, "database \"\(name)\" does not exist")
            }
            scope.database = database.oid
            try host.lock(.database(database.oid))
            if statement.role == nil { _ = try ownedDatabase(name) }
        } else if statement.role == nil, !snapshot.isSuperuser(host.user) {
            throw SQLError(
                .insufficientPrivilege, "must be superuser to alter settings globally")
        }
        try alterSettings(of: scope, statement.setting)
        return "ALTER ROLE"
    }

    private func checkMaySet(_ role: OID) throws(SQLError) {
        guard let user = snapshot.role(host.user), !user.isSuperuser else { return }
        if snapshot.role(role)?.isSuperuser == true {
            throw SQLError(.insufficientPrivilege, "must be superuser to alter superusers")
        }
        if role != user.oid, !user.attributes.contains(.createRole) {
            throw SQLError(.insufficientPrivilege, "permission denied")
        }
    }

    func alterDatabaseSettings(_ statement: AlterDatabaseSetStatement) throws(SQLError) -> String {
        let database = try ownedDatabase(statement.name)
        try host.lock(.database(database.oid))
        try alterSettings(
            of: SettingsScope(database: database.oid, role: .invalid), statement.setting)
        return "ALTER DATABASE"
    }

    private func alterSettings(
        of scope: SettingsScope, _ change: VariableSetStatement
    ) throws(SQLError) {
        var texts = snapshot.settings(for: scope)
        let name = change.name ?? ""
        switch change.kind {
        case .resetAll: texts.removeAll { isMine(Self.name(of: $0)) }
        case .multi: throw Settings.unrecognized(name)
        case .reset, .default:
            let known = try host.settings.checkForOthers(name, nil)
            texts.removeAll { Self.isSame(Self.name(of: $0), known) }
        case .value, .current:
            let value: String
            if change.kind == .current {
                value = try host.settings.show(name).text
            } else {
                value = try SessionSettings.joinArguments(try arguments(change), name: name)
            }
            let known = try host.settings.checkForOthers(name, value)
            let text = "\(known)=\(value)"
            if let index = texts.firstIndex(where: { Self.isSame(Self.name(of: $0), known) }) {
                texts[index] = text
            } else {
                texts.append(text)
            }
        }
        catalog.put(texts, for: scope)
    }

    private func arguments(_ change: VariableSetStatement) throws(SQLError) -> [String] {
        var texts: [String] = []
        for argument in change.arguments {
            switch argument {
            case .constant(let constant, _): texts.append(constant.settingText)
            case .interval, .element:
                throw SQLError.notSupported("SET TIME ZONE with an interval for others")
            }
        }
        return texts
    }

    /// RESET ALL leaves what its user could not have set.
    private func isMine(_ name: String) -> Bool {
        if snapshot.isSuperuser(host.user) { return true }
        guard let definition = Settings.definition(named: name) else { return true }
        return definition.context == .user
    }

    private static func name(of text: String) -> String {
        String(text.prefix { $0 != "=" })
    }

    private static func isSame(_ left: String, _ right: String) -> Bool {
        left.lowercased() == right.lowercased()
    }
}
