internal import Base
internal import Catalog
internal import Parse

/// CREATE EXTENSION: there is the one that is built in, and no others.
extension DefinitionExecutor {
    func createExtension(_ statement: CreateExtensionStatement) throws(SQLError) -> String {
        try checkExtensionName(statement.name)
        if statement.name == BuiltinExtension.name {
            let message = "extension \"\(statement.name)\" already exists"
            if !statement.ifNotExists { throw SQLError(.duplicateObject, message) }
            notice(.duplicateObject, message + ", skipping")
            return "CREATE EXTENSION"
        }
        var seen: Set<String> = []
        for option in statement.options where !seen.insert(option.name).inserted {
            throw failure(.syntaxError, "conflicting or redundant options", at: option.location)
        }
        throw SQLError(
            .featureNotSupported, "extension \"\(statement.name)\" is not available"
        ).detail("There are no extensions but \"\(BuiltinExtension.name)\", which is built in.")
    }

    private func checkExtensionName(_ name: String) throws(SQLError) {
        let fault: String
        if name.isEmpty {
            fault = "be empty"
        } else if name.contains("--") {
            fault = "contain \"--\""
        } else if name.hasPrefix("-") || name.hasSuffix("-") {
            fault = "begin or end with \"-\""
        } else if name.contains("/") {
            fault = "contain directory separator characters"
        } else {
            return
        }
        throw SQLError(.invalidParameterValue, "invalid extension name: \"\(name)\"")
            .detail("Extension names must not \(fault).")
    }
}
