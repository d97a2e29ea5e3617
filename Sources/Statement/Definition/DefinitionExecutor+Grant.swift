internal import Base
internal import Catalog
internal import Engine
internal import Parse
internal import Types

/// GRANT and REVOKE on tables, sequences, schemas, databases and types.
extension DefinitionExecutor {
    /// What kind of object a list of privileges is for.
    enum GrantTarget {
        case table
        case sequence
        case schema
        case database
        case type
        case function

        var noun: String {
            switch self {
            case .table: "table"
            case .sequence: "sequence"
            case .schema: "schema"
            case .database: "database"
            case .type: "type"
            case .function: "function"
            }
        }
        var all: Privilege.Rights {
            switch self {
            case .table:
                [.insert, .select, .update, .delete, .truncate, .references, .trigger]
            case .sequence: [.usage, .select, .update]
            case .schema: [.usage, .create]
            case .database: [.create, .temporary, .connect]
            case .type: .usage
            case .function: .execute
            }
        }
        /// What everybody has without a list.
        var ofPublic: Privilege.Rights {
            switch self {
            case .table, .sequence, .schema: []
            case .database: [.temporary, .connect]
            case .type: .usage
            case .function: .execute
            }
        }
    }

    /// One GRANT or REVOKE with its names looked up.
    struct Grant {
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
        let target: GrantTarget
        switch statement.objectType {
        case .table: target = .table
        case .sequence: target = .sequence
        case .schema: target = .schema
        case .database: target = .database
        case .type, .domain: target = .type
        case .function, .procedure, .routine:
            // There are no functions but those of the system, which are in no other schema.
            guard statement.target == .allInSchema else {
                throw SQLError.notSupported(
                    "\(tag) on \(DefinitionExecutor.words(statement.objectType))s")
            }
            target = .function
        case .language:
            throw SQLError.notSupported(
                "\(tag) on \(DefinitionExecutor.words(statement.objectType))s")
        default: throw SQLError.notSupported("\(tag) on this kind of object")
        }
        let grant = Grant(
            isGrant: statement.isGrant,
            rights: try rights(statement, target, noun: target.noun),
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
        case .type:
            for object in statement.objects {
                guard case .name(let names) = object else { continue }
                try apply(grant, toType: names, isDomain: statement.objectType == .domain)
            }
        case .function:
            for object in statement.objects { _ = try scope.resolveNamespace(object.lastName) }
        }
        return tag
    }

    func grantees(_ statement: GrantStatement) throws(SQLError) -> [OID] {
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

    func rights(
        _ statement: GrantStatement, _ target: GrantTarget, noun: String
    ) throws(SQLError) -> [(name: String, right: Privilege.Rights)]? {
        if statement.privileges.isEmpty { return nil }
        var result: [(name: String, right: Privilege.Rights)] = []
        for privilege in statement.privileges {
            let name = privilege.name ?? ""
            guard let right = DefinitionExecutor.rightNames[name] else {
                throw SQLError(.syntaxError, "unrecognized privilege type \"\(name)\"")
            }
            // For tables the check waits: the name may be a sequence's.
            let mayBeSequence = target == .table && statement.target != .defaults
            let allowed = mayBeSequence ? GrantTarget.table.all.union(.usage) : target.all
            if !allowed.contains(right) {
                throw SQLError(
                    .invalidGrantOperation,
                    "invalid privilege type \(name.uppercased()) for \(noun)")
            }
            result.append((name, right))
        }
        return result
    }

    private func relations(
        of statement: GrantStatement, _ target: GrantTarget
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
        _ grant: Grant, to relation: Shared<Relation>, _ target: GrantTarget
    ) throws(SQLError) {
        if snapshot.isComputed(relation.oid) {
            throw SQLError.notSupported("GRANT on system catalogs")
        }
        let isSequence = relation.kind == .sequence
        var rights = isSequence ? GrantTarget.sequence.all : GrantTarget.table.all
        if let given = grant.rights {
            rights = []
            for (name, right) in given {
                if isSequence, !GrantTarget.sequence.all.contains(right) {
                    // GRANT … ON a sequence as if on a table, as old dumps do.
                    host.notify(
                        SQLError(
                            .invalidGrantOperation,
                            "sequence \"\(relation.name)\" only supports USAGE, SELECT, and UPDATE privileges",
                            severity: .warning))
                    continue
                }
                if !isSequence, !GrantTarget.table.all.contains(right) {
                    throw SQLError(
                        .invalidGrantOperation,
                        "invalid privilege type \(name.uppercased()) for table")
                }
                rights.insert(right)
            }
        }
        let all = isSequence ? GrantTarget.sequence.all : GrantTarget.table.all
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
            all: GrantTarget.schema.all, public: [], what: "schema \(name)")
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
            all: GrantTarget.database.all, public: GrantTarget.database.ofPublic, what: "database \(name)")
        catalog.put(changed)
    }

    private func all(_ grant: Grant, _ target: GrantTarget) -> Privilege.Rights {
        guard let rights = grant.rights else { return target.all }
        return rights.reduce(into: []) { $0.insert($1.right) }
    }

    private func apply(
        _ grant: Grant, toType names: [String], isDomain: Bool
    ) throws(SQLError) {
        let oid = try lockedType(names)
        if isDomain, snapshot.userType(oid)?.domain == nil {
            throw SQLError(
                .wrongObjectType, "\"\(names.joined(separator: "."))\" is not a domain")
        }
        guard let entry = snapshot.type(oid) else {
            throw SQLError.notSupported("GRANT on types of the system")
        }
        func changed(_ before: [Privilege]) throws(SQLError) -> [Privilege] {
            try changedPrivileges(
                grant, all(grant, .type), before, owner: entry.owner, all: GrantTarget.type.all,
                public: GrantTarget.type.ofPublic,
                what: "type \(scope.name(of: SQLType(oid)))")
        }
        switch entry {
        case .user(let type):
            var new = type.value
            new.privileges = try changed(new.privileges)
            catalog.put(new)
        case .row(let relation):
            guard relation.kind == .compositeType else {
                throw SQLError.notSupported("GRANT on row types of tables")
            }
            var new = relation.value
            new.privileges = try changed(new.privileges)
            catalog.put(new)
        case .array:
            throw SQLError(
                .invalidGrantOperation, "cannot set privileges of array types"
            ).hint("Set the privileges of the element type instead.")
        }
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
        let list =
            before.isEmpty
            ? DefinitionExecutor.initialPrivileges(owner: owner, all: all, public: `public`)
            : before
        return DefinitionExecutor.list(list, after: grant, rights, grantor: grantor)
    }

    /// What a missing list stands for.
    static func initialPrivileges(
        owner: OID, all: Privilege.Rights, public: Privilege.Rights
    ) -> [Privilege] {
        let ofOwner = Privilege(grantee: owner, grantor: owner, rights: all, grantable: [])
        if `public`.isEmpty { return [ofOwner] }
        return [
            Privilege(grantee: .invalid, grantor: owner, rights: `public`, grantable: []), ofOwner,
        ]
    }

    static func list(
        _ before: [Privilege], after grant: Grant, _ rights: Privilege.Rights, grantor: OID
    ) -> [Privilege] {
        var list = before
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
