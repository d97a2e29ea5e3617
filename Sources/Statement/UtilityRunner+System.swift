internal import Base
internal import Catalog
internal import Execute
internal import Parse

/// ALTER SYSTEM: values that the server's own configuration file keeps. They count after the next
/// reload, or restart.
extension UtilityRunner {
    func runAlterSystem(_ change: VariableSetStatement) throws(SQLError) -> RunningStatement {
        let server = session.settings.server
        if change.kind == .resetAll {
            guard session.catalog.snapshot.isSuperuser(session.user) else {
                throw SQLError(
                    .insufficientPrivilege,
                    "permission denied to perform ALTER SYSTEM RESET ALL")
            }
            try server.resetSystem()
            return RunningStatement(done: "ALTER SYSTEM")
        }
        let name = change.name ?? ""
        guard session.catalog.snapshot.isSuperuser(session.user) else {
            throw SQLError(
                .insufficientPrivilege, "permission denied to set parameter \"\(name)\"")
        }
        guard let definition = Settings.definition(named: name) else {
            throw Settings.unrecognized(name)
        }
        if definition.context == .internal || definition.isRefusedInFiles {
            throw SQLError(
                .cantChangeRuntimeParam, "parameter \"\(name)\" cannot be changed")
        }
        guard change.kind == .value else {
            try server.alterSystem(definition, nil)
            return RunningStatement(done: "ALTER SYSTEM")
        }
        var texts: [String] = []
        for case .constant(let constant, _) in change.arguments { texts.append(constant.settingText) }
        let value = try SessionSettings.joinArguments(texts, name: name)
        _ = try server.check(
            ServerSettings.Assignment(name: name, text: value, source: "configuration file"))
        if value.utf8.contains(10) {
            throw SQLError(
                .invalidParameterValue,
                "parameter value for ALTER SYSTEM must not contain a newline")
        }
        try server.alterSystem(definition, value)
        return RunningStatement(done: "ALTER SYSTEM")
    }
}
