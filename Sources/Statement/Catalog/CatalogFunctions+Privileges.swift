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
        case .hasTablePrivilege:
            guard let relation = try relation(object) else { return .null }
            let asked = try asked(words, CatalogFunctions.tableRights)
            return Datum(holds(asked, relation.value, user))
        case .hasAnyColumnPrivilege:
            guard let relation = try relation(object) else { return .null }
            let asked = try asked(words, CatalogFunctions.columnRights)
            return Datum(
                snapshot.hasRightsSomewhere(
                    asked.rights, grantable: asked.grantable, on: relation.value, user: user))
        case .hasColumnPrivilege:
            guard let relation = try relation(object) else { return .null }
            let place = try column(relation.value, object + 1)
            let asked = try asked(words, CatalogFunctions.columnRights)
            guard let place else { return .null }
            return Datum(
                holds(asked, relation.value, user)
                    || snapshot.hasColumnRights(
                        asked.rights, grantable: asked.grantable, column: place,
                        of: relation.value, user: user))
        case .hasFunctionPrivilege:
            let asked = try asked(words, ["EXECUTE": .execute])
            guard let oid = try routine(object) else { return .null }
            let privileges = snapshot.privileges(ofRoutine: oid)
            return Datum(
                snapshot.holdsAny(
                    asked.rights, grantable: asked.grantable, on: .function,
                    privileges: privileges, owner: SystemOID.superuser, user: user))
        case .hasSequencePrivilege:
            guard let relation = try relation(object) else { return .null }
            guard relation.kind == .sequence else {
                throw SQLError(.wrongObjectType, "\"\(relation.name)\" is not a sequence")
            }
            let asked = try asked(words, CatalogFunctions.sequenceRights)
            return Datum(holds(asked, relation.value, user))
        case .hasSchemaPrivilege:
            let asked = try asked(words, ["USAGE": .usage, "CREATE": .create])
            guard let oid = try namespace(object), let namespace = snapshot.namespace(oid) else {
                return .null
            }
            return Datum(
                snapshot.holdsAny(
                    asked.rights, grantable: asked.grantable, on: .schema,
                    privileges: namespace.privileges, owner: namespace.owner, user: user))
        case .hasTypePrivilege: return try typePrivilege(object, words, user)
        case .hasParameterPrivilege:
            _ = try asked(words, ["SET": .usage, "ALTER SYSTEM": .create])
            return Datum(snapshot.isSuperuser(user))
        case .hasDatabasePrivilege:
            return try databasePrivilege(object, words, user)
        default: return Datum(true)
        }
    }

    /// What has_…_privilege asks for: any of them is enough.
    private struct Asked {
        var rights: Privilege.Rights = []
        /// WITH GRANT OPTION.
        var grantable: Privilege.Rights = []
    }

    private func holds(_ asked: Asked, _ relation: Relation, _ user: OID) -> Bool {
        snapshot.hasRights(
            asked.rights, grantable: asked.grantable, on: relation, user: user)
    }

    /// The index of a column that is named or numbered; nil: there is none of that number.
    /// - Throws: 42703 if there is none of that name.
    private func column(_ relation: Relation, _ index: Int) throws(SQLError) -> Int? {
        if entry.arguments[index] == .text {
            let name = arguments[index].view.string
            if let found = relation.columnIndex(named: name) { return found }
            throw SQLError(
                .undefinedColumn,
                "column \"\(name)\" of relation \"\(relation.name)\" does not exist")
        }
        let number = Int(arguments[index].word)
        // Columns of the system are there as well; nothing is granted on them.
        if number < 0, number > -7 { return number }
        guard relation.columns.indices.contains(number - 1),
            !relation.columns[number - 1].isDropped
        else { return nil }
        return number - 1
    }

    private func routine(_ index: Int) throws(SQLError) -> OID? {
        if entry.arguments[index] == .oid {
            return SystemFunction(arguments[index].oid) == nil ? nil : arguments[index].oid
        }
        guard let lookUp = context.types.routineNamed else { return nil }
        return try lookUp(arguments[index].view.string, .regprocedure)
    }

    private func typePrivilege(
        _ object: Int, _ words: String, _ user: OID
    ) throws(SQLError) -> Datum {
        let asked = try asked(words, ["USAGE": .usage])
        let oid: OID
        if entry.arguments[object] == .oid {
            oid = arguments[object].oid
        } else if let named = context.types.typeNamed {
            oid = try named(arguments[object].view.string)
        } else {
            return .null
        }
        guard let entry = snapshot.type(oid) else {
            return TypeCatalog.info(oid) == nil ? .null : Datum(true)
        }
        let privileges: [Privilege]?
        switch entry {
        case .user(let type): privileges = type.value.privileges
        case .row(let relation):
            privileges = relation.kind == .compositeType ? relation.privileges : nil
        case .array: privileges = nil
        }
        return Datum(
            snapshot.holdsAny(
                asked.rights, grantable: asked.grantable, on: .type, privileges: privileges,
                owner: entry.owner, user: user))
    }

    private static let tableRights: [String: Privilege.Rights] = [
        "SELECT": .select, "INSERT": .insert, "UPDATE": .update, "DELETE": .delete,
        "TRUNCATE": .truncate, "REFERENCES": .references, "TRIGGER": .trigger, "RULE": [],
    ]
    private static let sequenceRights: [String: Privilege.Rights] = [
        "SELECT": .select, "UPDATE": .update, "USAGE": .usage,
    ]

    private static let columnRights: [String: Privilege.Rights] = [
        "SELECT": .select, "INSERT": .insert, "UPDATE": .update, "REFERENCES": .references,
    ]

    private func databasePrivilege(
        _ object: Int, _ words: String, _ user: OID
    ) throws(SQLError) -> Datum {
        let asked = try asked(
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
        return Datum(
            snapshot.holdsAny(
                asked.rights, grantable: asked.grantable, on: .database,
                privileges: database.privileges, owner: database.owner, user: user))
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

    /// `SELECT, INSERT WITH GRANT OPTION`.
    private func asked(
        _ words: String, _ known: [String: Privilege.Rights]
    ) throws(SQLError) -> Asked {
        var result = Asked()
        for part in words.split(separator: ",", omittingEmptySubsequences: false) {
            var word = part.uppercased()
            while word.first == " " { word.removeFirst() }
            while word.last == " " { word.removeLast() }
            let isGrantable = word.hasSuffix(" WITH GRANT OPTION")
            if isGrantable { word.removeLast(18) }
            guard let right = known[word] else {
                var shown = part
                while shown.first == " " { shown.removeFirst() }
                while shown.last == " " { shown.removeLast() }
                throw SQLError(
                    .invalidParameterValue, "unrecognized privilege type: \"\(shown)\"")
            }
            if isGrantable {
                result.grantable.formUnion(right)
            } else {
                result.rights.formUnion(right)
            }
        }
        return result
    }
}
