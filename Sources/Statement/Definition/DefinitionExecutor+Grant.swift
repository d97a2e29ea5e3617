internal import Analyze
internal import Base
internal import Catalog
internal import Engine
internal import Parse
internal import Types

/// GRANT and REVOKE on tables, columns, sequences, schemas, databases, types and functions: what the
/// statement names. `DefinitionExecutor+GrantLists` changes the lists.
extension DefinitionExecutor {
    /// One GRANT or REVOKE with its names looked up.
    struct Grant {
        var isGrant: Bool
        /// Nil is ALL.
        var rights: [(name: String, right: Privilege.Rights)]?
        /// Rights on columns alone; a nil right is ALL.
        var columns: [(right: Privilege.Rights?, name: String, columns: [String])] = []
        /// Invalid is PUBLIC.
        var grantees: [OID]
        var hasGrantOption: Bool
        var cascades: Bool

        /// The rights as a set, ALL of `kind`'s.
        func rights(_ kind: PrivilegeKind) -> Privilege.Rights {
            guard let rights else { return kind.all }
            return rights.reduce(into: []) { $0.insert($1.right) }
        }
    }

    func grant(_ statement: GrantStatement) throws(SQLError) -> String {
        let tag = statement.isGrant ? "GRANT" : "REVOKE"
        if let grantor = statement.grantor, try roleOID(grantor) != host.user {
            throw SQLError(.featureNotSupported, "grantor must be current user")
        }
        let kind = try DefinitionExecutor.privilegeKind(of: statement, tag)
        let grantees = try self.grantees(statement)
        var grant = Grant(
            isGrant: statement.isGrant, rights: try rights(statement, kind, noun: kind.noun),
            grantees: grantees, hasGrantOption: statement.hasGrantOption,
            cascades: statement.behavior == .cascade)
        grant.columns = try columnRights(statement)
        switch kind {
        case .table, .sequence, .column:
            for relation in try relations(of: statement, kind) {
                try apply(grant, to: relation.oid, asTable: kind != .sequence)
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
            for routine in try routines(of: statement) { try apply(grant, toRoutine: routine) }
        }
        return tag
    }

    private static func privilegeKind(
        of statement: GrantStatement, _ tag: String
    ) throws(SQLError) -> PrivilegeKind {
        switch statement.objectType {
        case .table: return .table
        case .sequence: return .sequence
        case .schema: return .schema
        case .database: return .database
        case .type, .domain: return .type
        case .function, .procedure, .routine: return .function
        case .language:
            throw SQLError.notSupported("\(tag) on \(words(statement.objectType))s")
        default: throw SQLError.notSupported("\(tag) on this kind of object")
        }
    }

    func grantees(_ statement: GrantStatement) throws(SQLError) -> [OID] {
        var result: [OID] = []
        for role in statement.grantees {
            if case .public = role.kind {
                result.append(.invalid)
            } else {
                result.append(try roleOID(role))
            }
        }
        return result
    }

    // MARK: Rights

    private static let rightNames: [String: Privilege.Rights] = [
        "insert": .insert, "select": .select, "update": .update, "delete": .delete,
        "truncate": .truncate, "references": .references, "trigger": .trigger,
        "execute": .execute, "usage": .usage, "create": .create, "temporary": .temporary,
        "temp": .temporary, "connect": .connect,
    ]

    private static func right(named name: String) throws(SQLError) -> Privilege.Rights {
        if let right = rightNames[name] { return right }
        throw SQLError(.syntaxError, "unrecognized privilege type \"\(name)\"")
    }

    /// The rights that are for no columns; nil: ALL.
    func rights(
        _ statement: GrantStatement, _ kind: PrivilegeKind, noun: String
    ) throws(SQLError) -> [(name: String, right: Privilege.Rights)]? {
        if statement.privileges.isEmpty { return nil }
        var result: [(name: String, right: Privilege.Rights)] = []
        for privilege in statement.privileges where privilege.columns.isEmpty {
            let name = privilege.name ?? ""
            let right = try DefinitionExecutor.right(named: name)
            // For tables the check waits: the name may be a sequence's.
            let mayBeSequence = kind == .table && statement.target != .defaults
            let allowed = mayBeSequence ? kind.all.union(.usage) : kind.all
            if !allowed.contains(right) {
                throw SQLError(
                    .invalidGrantOperation,
                    "invalid privilege type \(name.uppercased()) for \(kind == .table ? "relation" : noun)"
                )
            }
            result.append((name, right))
        }
        return result
    }

    private func columnRights(
        _ statement: GrantStatement
    ) throws(SQLError) -> [(right: Privilege.Rights?, name: String, columns: [String])] {
        var result: [(right: Privilege.Rights?, name: String, columns: [String])] = []
        for privilege in statement.privileges where !privilege.columns.isEmpty {
            if statement.objectType != .table {
                throw SQLError(
                    .invalidGrantOperation, "column privileges are only valid for relations")
            }
            let name = privilege.name ?? ""
            let right = privilege.name == nil ? nil : try DefinitionExecutor.right(named: name)
            result.append((right, name, privilege.columns))
        }
        return result
    }

    // MARK: Objects

    private func relations(
        of statement: GrantStatement, _ kind: PrivilegeKind
    ) throws(SQLError) -> [Shared<Relation>] {
        var result: [Shared<Relation>] = []
        if statement.target == .allInSchema {
            for object in statement.objects {
                let namespace = try scope.resolveNamespace(object.lastName)
                for relation in snapshot.relations(in: namespace) {
                    let isWanted =
                        kind == .sequence
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
            if relation.kind == .index || relation.kind == .partitionedIndex {
                throw SQLError(.wrongObjectType, "\"\(relation.name)\" is an index")
            }
            if relation.kind == .compositeType {
                throw SQLError(.wrongObjectType, "\"\(relation.name)\" is a composite type")
            }
            if kind == .sequence, relation.kind != .sequence {
                throw SQLError(.wrongObjectType, "\"\(relation.name)\" is not a sequence")
            }
            result.append(relation)
        }
        return result
    }

    private func routines(of statement: GrantStatement) throws(SQLError) -> [SystemFunction] {
        var result: [SystemFunction] = []
        for object in statement.objects {
            if statement.target == .allInSchema {
                let namespace = try scope.resolveNamespace(object.lastName)
                if namespace == SystemOID.catalogNamespace {
                    throw SQLError.notSupported("GRANT on all functions of the system")
                }
            } else if case .routine(let reference) = object {
                result.append(try routine(reference, statement.objectType))
            }
        }
        return result
    }

    /// The function that a statement names.
    func routine(
        _ reference: RoutineReference, _ type: ObjectType
    ) throws(SQLError) -> SystemFunction {
        let name = reference.name.last ?? ""
        let words = DefinitionExecutor.words(type)
        var isBuiltIn = true
        if reference.name.count > 1 {
            let schema = try scope.resolveNamespace(reference.name[reference.name.count - 2])
            isBuiltIn = schema == SystemOID.catalogNamespace
        }
        var candidates = isBuiltIn ? SystemFunction.named(name) : []
        if type == .procedure {
            candidates = candidates.filter { SystemFunction($0)?.isProcedure == true }
        }
        let shown = reference.name.joined(separator: ".")
        if reference.isArgumentsUnspecified {
            if candidates.count > 1 {
                throw SQLError(.ambiguousFunction, "\(words) name \"\(shown)\" is not unique").hint(
                    "Specify the argument list to select the \(words) unambiguously.")
            }
            if let found = candidates.first.flatMap({ SystemFunction($0) }) { return found }
            let kind = type == .procedure ? "procedure" : "function"
            throw SQLError(.undefinedFunction, "could not find a \(kind) named \"\(shown)\"")
        }
        let analyzer = analyzer()
        var types: [OID] = []
        for argument in reference.argumentTypes {
            guard let argument else { continue }
            types.append(
                try withoutPosition { () throws(SQLError) in try analyzer.resolveType(argument).oid })
        }
        for candidate in candidates {
            if let found = SystemFunction(candidate), found.inputTypes == types { return found }
        }
        let list = types.map { scope.name(of: SQLType($0)) }.joined(separator: ", ")
        let kind = type == .procedure ? "procedure" : "function"
        throw SQLError(.undefinedFunction, "\(kind) \(shown)(\(list)) does not exist")
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
