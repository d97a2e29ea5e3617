internal import Base
internal import Catalog
internal import Execute
internal import Functions
internal import Types

/// has_table_privilege and its kin: ([user,] object, privileges).
extension CatalogFunctions {
    func privilege(_ function: HostedFunction) throws(SQLError) -> Datum {
        let isColumn = function == .hasColumnPrivilege
        let objectCount = isColumn ? 2 : 1
        let hasUser = entry.arguments.count == objectCount + 2
        let user = hasUser ? try role(arguments[0], entry.arguments[0]) : session.user
        let object = hasUser ? 1 : 0
        let words = arguments[entry.arguments.count - 1].view.string
        switch function {
        case .hasRole:
            let target = try role(arguments[object], entry.arguments[object])
            return Datum(
                snapshot.hasPrivileges(of: target, member: user)
                    || (!words.uppercased().contains("USAGE")
                        && snapshot.hasMembership(of: target, in: user))
            )
        case .hasTablePrivilege, .hasColumnPrivilege, .hasAnyColumnPrivilege:
            guard let relation = try relation(object) else { return .null }
            let rights = try rights(words, CatalogFunctions.tableRights)
            return Datum(snapshot.hasRights(rights, on: relation.value, user: user))
        case .hasSequencePrivilege:
            guard let relation = try relation(object) else { return .null }
            guard relation.kind == .sequence else {
                throw SQLError(.wrongObjectType, "\"\(relation.name)\" is not a sequence")
            }
            let rights = try rights(words, CatalogFunctions.sequenceRights)
            return Datum(snapshot.hasRights(rights, on: relation.value, user: user))
        case .hasSchemaPrivilege:
            let rights = try rights(words, ["USAGE": .usage, "CREATE": .create])
            guard let oid = try namespace(object) else { return .null }
            return Datum(snapshot.hasRights(rights, onNamespace: oid, user: user))
        case .hasDatabasePrivilege:
            return try databasePrivilege(object, words, user)
        default: return Datum(true)
        }
    }

    private static let tableRights: [String: Privilege.Rights] = [
        "SELECT": .select, "INSERT": .insert, "UPDATE": .update, "DELETE": .delete,
        "TRUNCATE": .truncate, "REFERENCES": .references, "TRIGGER": .trigger, "RULE": [],
    ]
    private static let sequenceRights: [String: Privilege.Rights] = [
        "SELECT": .select, "UPDATE": .update, "USAGE": .usage,
    ]

    private func databasePrivilege(
        _ object: Int, _ words: String, _ user: OID
    ) throws(SQLError) -> Datum {
        let rights = try rights(
            words,
            ["CREATE": .create, "TEMPORARY": .temporary, "TEMP": .temporary, "CONNECT": .connect])
        let database: Shared<Database>?
        if entry.arguments[object] == .oid {
            database = snapshot.database(arguments[object].oid)
        } else {
            let name = arguments[object].view.string
            database = snapshot.database(named: name)
            if database == nil {
                throw SQLError(.undefinedDatabase, "database \"\(name)\" does not exist")
            }
        }
        guard let database else { return .null }
        // Without a list of privileges everybody may connect and make temporary tables.
        let isDefault =
            database.privileges.isEmpty
            && !rights.isDisjoint(with: [.connect, .temporary])
        return Datum(
            isDefault
                || snapshot.hasAnyRight(
                    rights, privileges: database.privileges, owner: database.owner, user: user)
        )
    }

    private func role(_ datum: Datum, _ type: OID) throws(SQLError) -> OID {
        if type == .oid { return datum.oid }
        let name = datum.view.string
        guard let found = snapshot.role(named: name) else {
            throw SQLError(.undefinedObject, "role \"\(name)\" does not exist")
        }
        return found.oid
    }

    private func relation(_ index: Int) throws(SQLError) -> Shared<Relation>? {
        if entry.arguments[index] == .oid { return snapshot.relation(arguments[index].oid) }
        guard let lookUp = context.types.relationNamed else { return nil }
        return snapshot.relation(try lookUp(arguments[index].view.string))
    }

    private func namespace(_ index: Int) throws(SQLError) -> OID? {
        if entry.arguments[index] == .oid {
            return snapshot.namespace(arguments[index].oid)?.oid
        }
        let name = arguments[index].view.string
        guard let found = snapshot.namespace(named: name) else {
            throw CatalogScope.undefinedSchema(name)
        }
        return found.oid
    }

    /// `SELECT, INSERT WITH GRANT OPTION`: any of them is enough.
    private func rights(
        _ words: String, _ known: [String: Privilege.Rights]
    ) throws(SQLError) -> Privilege.Rights {
        var result: Privilege.Rights = []
        for part in words.split(separator: ",", omittingEmptySubsequences: false) {
            var word = part.uppercased()
            while word.first == " " { word.removeFirst() }
            while word.last == " " { word.removeLast() }
            if word.hasSuffix(" WITH GRANT OPTION") { word.removeLast(18) }
            guard let right = known[word] else {
                throw SQLError(
                    .invalidParameterValue, "unrecognized privilege type: \"\(part)\"")
            }
            result.formUnion(right)
        }
        return result
    }
}
