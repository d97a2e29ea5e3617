internal import Base
internal import Catalog
internal import Engine
internal import Parse

/// GRANT and REVOKE on tables, sequences, schemas and databases.
extension DefinitionExecutor {
    /// What kind of object a list of privileges is for.
    private enum Target {
        case table
        case sequence
        case schema
        case database

        var noun: String {
            switch self {
            case .table: "table"
            case .sequence: "sequence"
            case .schema: "schema"
            case .database: "database"
            }
        }
        var all: Privilege.Rights {
            switch self {
            case .table:
                [.insert, .select, .update, .delete, .truncate, .references, .trigger]
            case .sequence: [.usage, .select, .update]
            case .schema: [.usage, .create]
            case .database: [.create, .temporary, .connect]
            }
        }
    }

    /// One GRANT or REVOKE with its names looked up.
    private struct Grant {
        var isGrant: Bool
        /// Nil is ALL.
        var rights: [(name: String, right: Privilege.Rights)]?
        /// Invalid is PUBLIC.
        var grantees: [OID]
        var hasGrantOption: Bool
        var cascades: Bool
    }

    func grant(_ statement: GrantStatement) throws(SQLError) -> String {
        let tag = statement.isGrant ? "GRANT" : "REVOKE"
        if statement.privileges.contains(where: { !$0.columns.isEmpty }) {
            throw SQLError.notSupported("\(tag) on columns")
        }
        let target: Target
        switch statement.objectType {
        case .table: target = .table
        case .sequence: target = .sequence
        case .schema: target = .schema
        case .database: target = .database
        case .function, .procedure, .routine, .language, .type, .domain:
            throw SQLError.notSupported(
                "\(tag) on \(DefinitionExecutor.words(statement.objectType))s")
        default: throw SQLError.notSupported("\(tag) on this kind of object")
        }
        let grant = Grant(
            isGrant: statement.isGrant, rights: try rights(statement, target),
            grantees: try grantees(statement), hasGrantOption: statement.hasGrantOption,
            cascades: statement.behavior == .cascade)
        switch target {
        case .table, .sequence:
            for relation in try relations(of: statement, target) {
                try apply(grant, to: relation, target)
            }
        case .schema:
            for object in statement.objects { try apply(grant, toSchema: object.lastName) }
        case .database:
            for object in statement.objects { try apply(grant, toDatabase: object.lastName) }
        }
        return tag
    }

    private func grantees(_ statement: GrantStatement) throws(SQLError) -> [OID] {
        var result: [OID] = []
        for role in statement.grantees {
            if case .public = role.kind {
                if statement.isGrant, statement.hasGrantOption {
                    throw SQLError(
                        .invalidGrantOperation, "grant options can only be granted to roles")
                }
                result.append(.invalid)
            } else {
                result.append(try roleOID(role))
            }
        }
        return result
    }

    private static let rightNames: [String: Privilege.Rights] = [
        "insert": .insert, "select": .select, "update": .update, "delete": .delete,
        "truncate": .truncate, "references": .references, "trigger": .trigger,
        "execute": .execute, "usage": .usage, "create": .create, "temporary": .temporary,
        "temp": .temporary, "connect": .connect,
    ]

    private func rights(
        _ statement: GrantStatement, _ target: Target
    ) throws(SQLError) -> [(name: String, right: Privilege.Rights)]? {
        if statement.privileges.isEmpty { return nil }
        var result: [(name: String, right: Privilege.Rights)] = []
        for privilege in statement.privileges {
            let name = privilege.name ?? ""
            guard let right = DefinitionExecutor.rightNames[name] else {
                throw SQLError(.syntaxError, "unrecognized privilege type \"\(name)\"")
            }
            // For tables the check waits: the name may be a sequence's.
            let allowed = target == .table ? Target.table.all.union(.usage) : target.all
            if !allowed.contains(right) {
                throw SQLError(
                    .invalidGrantOperation,
                    "invalid privilege type \(name.uppercased()) for \(target.noun)")
            }
            result.append((name, right))
        }
        return result
    }

    private func relations(
        of statement: GrantStatement, _ target: Target
    ) throws(SQLError) -> [Shared<Relation>] {
        var result: [Shared<Relation>] = []
        if statement.target == .allInSchema {
            for object in statement.objects {
                let namespace = try scope.resolveNamespace(object.lastName)
                for relation in snapshot.relations(in: namespace) {
                    let isWanted =
                        target == .sequence
                        ? relation.kind == .sequence
                        : relation.kind.keepsRows || relation.kind == .partitionedTable
                            || relation.kind == .view
                    if isWanted { result.append(relation) }
                }
            }
            return result
        }
        for object in statement.objects {
            guard case .relation(let name) = object else { continue }
            let relation = try lockedRelation(name, .shareUpdateExclusive)
            if relation.kind == .index {
                throw SQLError(.wrongObjectType, "\"\(relation.name)\" is an index")
            }
            if target == .sequence, relation.kind != .sequence {
                throw SQLError(.wrongObjectType, "\"\(relation.name)\" is not a sequence")
            }
            result.append(relation)
        }
        return result
    }

    // MARK: Application

    private func apply(
        _ grant: Grant, to relation: Shared<Relation>, _ target: Target
    ) throws(SQLError) {
        if snapshot.isComputed(relation.oid) {
            throw SQLError.notSupported("GRANT on system catalogs")
        }
        let isSequence = relation.kind == .sequence
        var rights = isSequence ? Target.sequence.all : Target.table.all
        if let given = grant.rights {
            rights = []
            for (name, right) in given {
                if isSequence, !Target.sequence.all.contains(right) {
                    // GRANT … ON a sequence as if on a table, as old dumps do.
                    host.notify(
                        SQLError(
                            .invalidGrantOperation,
                            "sequence \"\(relation.name)\" only supports USAGE, SELECT, and UPDATE privileges",
                            severity: .warning))
                    continue
                }
                if !isSequence, !Target.table.all.contains(right) {
                    throw SQLError(
                        .invalidGrantOperation,
                        "invalid privilege type \(name.uppercased()) for table")
                }
                rights.insert(right)
            }
        }
        let all = isSequence ? Target.sequence.all : Target.table.all
        var changed = relation.value
        changed.privileges = try changedPrivileges(
            grant, rights, changed.privileges, owner: relation.owner, all: all, public: [],
            what: "\(relation.kind.noun) \(relation.name)")
        catalog.put(changed)
    }

    private func apply(_ grant: Grant, toSchema name: String) throws(SQLError) {
        guard let found = snapshot.namespace(named: name) else {
            throw CatalogScope.undefinedSchema(name)
        }
        try host.lock(.namespace(found.oid))
        var changed = found.value
        changed.privileges = try changedPrivileges(
            grant, all(grant, .schema), changed.privileges, owner: found.owner,
            all: Target.schema.all, public: [], what: "schema \(name)")
        catalog.put(changed)
    }

    private func apply(_ grant: Grant, toDatabase name: String) throws(SQLError) {
        guard let found = snapshot.database(named: name) else {
            throw SQLError(.undefinedDatabase, "database \"\(name)\" does not exist")
        }
        try host.lock(.database(found.oid))
        var changed = found.value
        changed.privileges = try changedPrivileges(
            grant, all(grant, .database), changed.privileges, owner: found.owner,
            all: Target.database.all, public: [.temporary, .connect], what: "database \(name)")
        catalog.put(changed)
    }

    private func all(_ grant: Grant, _ target: Target) -> Privilege.Rights {
        guard let rights = grant.rights else { return target.all }
        return rights.reduce(into: []) { $0.insert($1.right) }
    }

    /// The list after GRANT or REVOKE. An empty list stands for the defaults: all rights of the
    /// owner, and `public` for PUBLIC; the first change writes them out.
    private func changedPrivileges(
        _ grant: Grant, _ rights: Privilege.Rights, _ before: [Privilege], owner: OID,
        all: Privilege.Rights, public: Privilege.Rights, what: String
    ) throws(SQLError) -> [Privilege] {
        let isOwner = snapshot.isOwner(owner, user: host.user)
        let grantor = isOwner ? owner : host.user
        if !isOwner {
            let grantable = before.filter {
                snapshot.hasPrivileges(of: $0.grantee, member: host.user)
            }
            .reduce(into: Privilege.Rights()) { $0.formUnion($1.grantable) }
            if grantable.isDisjoint(with: rights) {
                throw SQLError(.insufficientPrivilege, "permission denied for \(what)")
            }
        }
        var list = before
        if list.isEmpty {
            if !`public`.isEmpty {
                list.append(
                    Privilege(grantee: .invalid, grantor: owner, rights: `public`, grantable: []))
            }
            list.append(Privilege(grantee: owner, grantor: owner, rights: all, grantable: []))
        }
        for grantee in grant.grantees {
            let index = list.firstIndex { $0.grantee == grantee && $0.grantor == grantor }
            guard grant.isGrant else {
                guard let index else { continue }
                if !grant.hasGrantOption { list[index].rights.subtract(rights) }
                list[index].grantable.subtract(rights)
                if list[index].rights.isEmpty { list.remove(at: index) }
                continue
            }
            let granted = Privilege(
                grantee: grantee, grantor: grantor, rights: rights,
                grantable: grant.hasGrantOption ? rights : [])
            if let index {
                list[index].rights.formUnion(granted.rights)
                list[index].grantable.formUnion(granted.grantable)
            } else {
                list.append(granted)
            }
        }
        return list
    }
}

extension GrantStatement.Object {
    fileprivate var lastName: String {
        switch self {
        case .relation(let relation): relation.name
        case .routine(let routine): routine.name.last ?? ""
        case .name(let names): names.last ?? ""
        }
    }
}
