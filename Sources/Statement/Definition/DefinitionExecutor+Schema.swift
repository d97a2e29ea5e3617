internal import Analyze
internal import Base
internal import Catalog
internal import Engine
internal import Parse

/// CREATE SCHEMA and COMMENT.
extension DefinitionExecutor {
    func createSchema(_ statement: CreateSchemaStatement) throws(SQLError) -> String {
        let owner =
            try statement.role.map { role throws(SQLError) in try roleOID(role) } ?? host.user
        guard let name = statement.name ?? snapshot.role(owner)?.name else {
            return "CREATE SCHEMA"
        }
        if name.hasPrefix("pg_") { throw reservedSchema(name) }
        try host.lockName(name, in: .invalid)
        if snapshot.namespace(named: name) != nil {
            if statement.ifNotExists {
                notice(.duplicateSchema, "schema \"\(name)\" already exists, skipping")
                return "CREATE SCHEMA"
            }
            throw SQLError(.duplicateSchema, "schema \"\(name)\" already exists")
        }
        try checkDatabaseRight(.create)
        catalog.put(
            Namespace(
                oid: try catalog.newOID(), name: name, owner: owner,
                privileges: newPrivileges(.schemas, owner: owner)))
        for element in statement.elements {
            guard let placed = DefinitionExecutor.place(element, in: name) else {
                throw SQLError.notSupported("this statement inside CREATE SCHEMA")
            }
            _ = try run(placed)
        }
        return "CREATE SCHEMA"
    }

    /// A statement inside CREATE SCHEMA makes its object there.
    private static func place(
        _ statement: SyntaxStatement, in schema: String
    ) -> SyntaxStatement? {
        switch statement {
        case .createTable(var create):
            if create.relation.schema == nil { create.relation.schema = schema }
            return .createTable(create)
        case .createSequence(var create):
            if create.sequence.schema == nil { create.sequence.schema = schema }
            return .createSequence(create)
        case .createIndex(var create):
            if create.relation.schema == nil { create.relation.schema = schema }
            return .createIndex(create)
        case .grant: return statement
        default: return nil
        }
    }

    func reservedSchema(_ name: String) -> SQLError {
        SQLError(.reservedName, "unacceptable schema name \"\(name)\"")
            .detail("The prefix \"pg_\" is reserved for system schemas.")
    }

    func checkDatabaseRight(_ right: Privilege.Rights) throws(SQLError) {
        guard let database = snapshot.database(snapshot.database) else { return }
        if snapshot.holdsAny(
            right, on: .database, privileges: database.privileges, owner: database.owner,
            user: host.user)
        {
            return
        }
        throw SQLError(.insufficientPrivilege, "permission denied for database \(database.name)")
    }

    // MARK: COMMENT

    func comment(_ statement: CommentStatement) throws(SQLError) -> String {
        let names = statement.object.names
        let words = DefinitionExecutor.words(statement.objectType)
        switch statement.objectType {
        case .table, .index, .sequence, .view, .materializedView:
            let relation = try lockedRelation(range(names), .shareUpdateExclusive)
            guard matches(relation.kind, statement.objectType) else {
                throw SQLError(
                    .wrongObjectType, "\"\(relation.name)\" is not \(article(words))")
            }
            try checkOwner(relation.value)
            catalog.setComment(on: .relation(relation.oid), statement.comment)
        case .column:
            if names.count < 2 {
                throw SQLError(.syntaxError, "column name must be qualified")
            }
            let relation = try lockedRelation(range(names.dropLast()), .shareUpdateExclusive)
            let column = try columnIndex(names[names.count - 1], of: relation.value)
            try checkOwner(relation.value)
            catalog.setComment(on: .column(column, of: relation.oid), statement.comment)
        case .tableConstraint:
            let relation = try lockedRelation(range(names.dropLast()), .shareUpdateExclusive)
            let name = names[names.count - 1]
            guard let found = relation.constraints.first(where: { $0.name == name }) else {
                throw SQLError(
                    .undefinedObject,
                    "constraint \"\(name)\" for table \"\(relation.name)\" does not exist")
            }
            try checkOwner(relation.value)
            catalog.setComment(on: .constraint(found.oid), statement.comment)
        case .schema:
            let name = names.last ?? ""
            guard let found = snapshot.namespace(named: name) else {
                throw CatalogScope.undefinedSchema(name)
            }
            catalog.setComment(on: .namespace(found.oid), statement.comment)
        case .database:
            let name = names.last ?? ""
            guard let found = snapshot.database(named: name) else {
                host.notify(
                    SQLError(
                        .undefinedDatabase, "database \"\(name)\" does not exist",
                        severity: .warning))
                break
            }
            catalog.setComment(on: .database(found.oid), statement.comment)
        case .role:
            let role = try roleNamed(names.last ?? "")
            catalog.setComment(on: .role(role.oid), statement.comment)
        case .extension, .language, .accessMethod, .collation:
            try commentOnBuiltin(names.last ?? "", statement)
        case .function, .procedure, .routine, .aggregate: try commentOnRoutine(statement)
        case .type, .domain: try commentOnType(statement)
        case .domainConstraint: try commentOnDomainConstraint(statement)
        default:
            throw SQLError.notSupported("COMMENT ON \(words.uppercased())")
        }
        return "COMMENT"
    }

    private func range(_ names: some BidirectionalCollection<String>) -> RangeVariable {
        let names = Array(names)
        return RangeVariable(
            catalog: names.count > 2 ? names[names.count - 3] : nil,
            schema: names.count > 1 ? names[names.count - 2] : nil, name: names.last ?? "")
    }
}
