internal import Base
internal import Catalog
internal import Engine
internal import Parse
internal import Types

/// CREATE, DROP and RENAME DATABASE.
extension DefinitionExecutor {
    /// Runs outside of transaction blocks; the caller sees to that.
    func createDatabase(_ statement: DatabaseStatement) throws(SQLError) -> String {
        var owner = host.user
        var template = "template1"
        var database = Database(oid: .invalid, name: statement.name, owner: owner)
        var seen: Set<String> = []
        for option in statement.options {
            guard seen.insert(option.name).inserted else {
                throw failure(
                    .syntaxError, "conflicting or redundant options", at: option.location)
            }
            switch option.name {
            case "owner": owner = try roleNamed(option.value.optionText).oid
            case "template": if !option.value.isNone { template = option.value.optionText }
            case "encoding": try checkEncoding(option)
            case "is_template": database.isTemplate = option.value.isTrue
            case "allow_connections": database.allowsConnections = option.value.isTrue
            case "connection_limit":
                if case .integer(let value) = option.value { database.connectionLimit = Int(value) }
            case "locale", "lc_collate", "lc_ctype": try checkLocale(option)
            case "tablespace", "strategy", "locale_provider", "collation_version", "oid",
                "icu_locale":
                break
            default:
                throw failure(
                    .syntaxError, "option \"\(option.name)\" not recognized", at: option.location)
            }
        }
        guard let user = snapshot.role(host.user),
            user.isSuperuser || user.attributes.contains(.createDatabase)
        else { throw SQLError(.insufficientPrivilege, "permission denied to create database") }
        try host.lockName(statement.name, in: SystemOID.database)
        guard let source = snapshot.database(named: template) else {
            throw SQLError(
                .undefinedDatabase, "template database \"\(template)\" does not exist")
        }
        if snapshot.database(named: statement.name) != nil {
            throw SQLError(
                .duplicateDatabase, "database \"\(statement.name)\" already exists")
        }
        if catalog.store.snapshot(of: source.oid)?.relations.isEmpty == false {
            throw SQLError.notSupported("a template database with relations")
        }
        database.owner = owner
        database.oid = try catalog.newOID()
        catalog.put(database)
        return "CREATE DATABASE"
    }

    private func checkEncoding(_ option: DefinitionElement) throws(SQLError) {
        let name = option.value.optionText
        let word = name.lowercased().filter { $0.isLetter || $0.isNumber }
        if ["utf8", "unicode", "true"].contains(word) || word == "6" { return }
        if ["sqlascii", "latin1", "latin9"].contains(word) {
            throw SQLError.notSupported("encoding \(name)")
        }
        throw failure(
            .undefinedObject, "\(name) is not a valid encoding name", at: option.location)
    }

    private func checkLocale(_ option: DefinitionElement) throws(SQLError) {
        let name = option.value.optionText
        if ["C", "POSIX", "C.UTF-8", "C.utf8", "en_US.UTF-8", "en_US.utf8", "true"].contains(name) {
            return
        }
        throw SQLError(.wrongObjectType, "invalid locale name: \"\(name)\"")
    }

    func ownedDatabase(_ name: String) throws(SQLError) -> Database {
        guard let found = snapshot.database(named: name) else {
            throw SQLError(.undefinedDatabase, "database \"\(name)\" does not exist")
        }
        if !snapshot.isOwner(found.owner, user: host.user) {
            throw SQLError(.insufficientPrivilege, "must be owner of database \(name)")
        }
        return found.value
    }

    /// ALTER DATABASE … WITH.
    func alterDatabase(_ statement: DatabaseStatement) throws(SQLError) -> String {
        var seen: Set<String> = []
        for option in statement.options where !seen.insert(option.name).inserted {
            throw failure(.syntaxError, "conflicting or redundant options", at: option.location)
        }
        let known: Set<String> = ["is_template", "allow_connections", "connection_limit"]
        for option in statement.options where !known.contains(option.name) {
            if option.name == "tablespace" { throw .notSupported("ALTER DATABASE SET TABLESPACE") }
            throw failure(
                .syntaxError, "option \"\(option.name)\" not recognized", at: option.location)
        }
        var limit: Int32?
        for option in statement.options where option.name == "connection_limit" {
            if case .integer(let value) = option.value { limit = value }
            if let limit, limit < -1 {
                throw SQLError(.invalidParameterValue, "invalid connection limit: \(limit)")
            }
        }
        var database = try ownedDatabase(statement.name)
        try host.lock(.database(database.oid))
        for option in statement.options {
            switch option.name {
            case "is_template": database.isTemplate = option.value.isTrue
            case "allow_connections":
                if !option.value.isTrue, database.oid == snapshot.database {
                    throw SQLError(
                        .invalidParameterValue, "cannot disallow connections for current database")
                }
                database.allowsConnections = option.value.isTrue
            default: database.connectionLimit = Int(limit ?? -1)
            }
        }
        catalog.put(database)
        return "ALTER DATABASE"
    }

    func dropDatabase(_ statement: DropDatabaseStatement) throws(SQLError) -> String {
        guard snapshot.database(named: statement.name) != nil else {
            if statement.ifExists {
                notice(
                    .successfulCompletion,
                    "database \"\(statement.name)\" does not exist, skipping")
                return "DROP DATABASE"
            }
            throw SQLError(
                .undefinedDatabase, "database \"\(statement.name)\" does not exist")
        }
        let database = try ownedDatabase(statement.name)
        if database.isTemplate {
            throw SQLError(.wrongObjectType, "cannot drop a template database")
        }
        if database.oid == snapshot.database {
            throw SQLError(.objectInUse, "cannot drop the currently open database")
        }
        try host.lock(.database(database.oid))
        for relation in catalog.store.snapshot(of: database.oid)?.relations ?? [] {
            if let placement = relation.placement { catalog.dropPlacement(placement) }
        }
        catalog.dropDatabase(database.oid)
        return "DROP DATABASE"
    }

    func renameDatabase(_ statement: RenameStatement) throws(SQLError) -> String {
        let name = statement.subname ?? statement.object?.names.last ?? ""
        var database = try ownedDatabase(name)
        if snapshot.database(named: statement.newName) != nil {
            throw SQLError(
                .duplicateDatabase, "database \"\(statement.newName)\" already exists")
        }
        if database.oid == snapshot.database {
            throw SQLError(.featureNotSupported, "current database cannot be renamed")
        }
        database.name = statement.newName
        catalog.put(database)
        return "ALTER DATABASE"
    }
}
