internal import Analyze
internal import Base
internal import Catalog
internal import Engine
internal import Parse
internal import Types

/// What definitions of all kinds of types share: names, arrays, finding, dropping, renaming.
extension DefinitionExecutor {
    // MARK: Names of new types

    /// Where a new type goes, and its name. The name is locked, and free.
    func placeOfNewType(_ names: [String]) throws(SQLError) -> (namespace: OID, name: String) {
        let place = try creationNamespace(DefinitionExecutor.range(names))
        let name = names[names.count - 1]
        try host.lockName(name, in: place.namespace)
        try claimTypeName(name, in: place.namespace)
        return (place.namespace, name)
    }

    /// - Throws: 42710 for a name that is taken; an array type gives way.
    func claimTypeName(
        _ name: String, in namespace: OID, forRelation: Bool = false
    ) throws(SQLError) {
        guard let existing = snapshot.type(named: name, namespace: namespace) else { return }
        if case .array(let element) = existing {
            // The array that is in the way gets another name.
            let free = freeArrayName(for: name, in: namespace)
            switch element {
            case .user(let type):
                var changed = type.value
                changed.arrayName = free
                catalog.put(changed)
            case .row(let relation):
                var changed = relation.value
                changed.rowArrayName = free
                catalog.put(changed)
            case .array: break
            }
            return
        }
        let error = SQLError(.duplicateObject, "type \"\(name)\" already exists")
        if !forRelation { throw error }
        throw error.hint(
            "A relation has an associated type of the same name, so you must use a name that doesn't conflict with any existing type."
        )
    }

    /// `_name`, with more underscores until it is free.
    func freeArrayName(for name: String, in namespace: OID) -> String {
        var candidate = name
        repeat {
            candidate = Identifier.clipped("_" + candidate)
        } while snapshot.type(named: candidate, namespace: namespace) != nil
            && candidate.utf8.contains { $0 != UInt8(ascii: "_") }
        return candidate
    }

    /// Gives a relation that is being made its row type.
    func makeRowType(of relation: inout Relation) throws(SQLError) {
        guard relation.hasRowType else { return }
        try claimTypeName(relation.name, in: relation.namespace, forRelation: true)
        relation.rowType = try catalog.newOID()
        relation.rowArrayType = try catalog.newOID()
        relation.rowArrayName = freeArrayName(for: relation.name, in: relation.namespace)
        let (own, row) = (ObjectAddress.relation(relation.oid), ObjectAddress.type(relation.rowType))
        // A composite type is the type, which has a relation; a table is a relation, which has a type.
        catalog.addDependency(
            relation.kind == .compositeType
                ? Dependency(own, on: row, .internal) : Dependency(row, on: own, .internal))
        catalog.addDependency(
            Dependency(.type(relation.rowArrayType), on: row, .internal))
    }

    /// A column cannot be without its type.
    func addTypeDependency(of column: Int, in relation: Relation) {
        addTypeDependency(
            of: .column(column, of: relation.oid), on: relation.columns[column].type.oid)
    }
    func addTypeDependency(of object: ObjectAddress, on type: OID) {
        guard type >= .firstUser else { return }
        catalog.addDependency(Dependency(object, on: .type(type), .normal))
    }

    /// Puts a new type into the catalog, with its arrays.
    func make(
        _ kind: UserType.Kind, named name: String, in namespace: OID, oid: OID
    ) throws(SQLError) {
        var type = UserType(
            oid: oid, name: name, namespace: namespace, owner: host.user,
            array: try catalog.newOID(), arrayName: freeArrayName(for: name, in: namespace),
            kind: kind)
        type.privileges = newPrivileges(.types, owner: type.owner, in: namespace)
        catalog.put(type)
        catalog.addDependency(Dependency(.type(oid), on: .namespace(namespace), .normal))
        catalog.addDependency(Dependency(.type(type.array), on: .type(oid), .internal))
    }

    // MARK: Finding

    static func range(_ names: [String]) -> RangeVariable {
        RangeVariable(
            catalog: names.count > 2 ? names[names.count - 3] : nil,
            schema: names.count > 1 ? names[names.count - 2] : nil, name: names[names.count - 1])
    }

    /// The type of a name; with arrays' names too.
    /// - Throws: 42704.
    func typeOID(_ names: [String], brackets: Int = 0) throws(SQLError) -> OID {
        try withoutPosition { () throws(SQLError) in
            try analyzer().resolveType(
                TypeNameSyntax(
                    names: names, arrayBounds: Array(repeating: -1, count: brackets))
            ).oid
        }
    }

    /// The type that a statement about one names, which is then changed: it is locked.
    func lockedType(_ names: [String]) throws(SQLError) -> OID {
        let oid = try typeOID(names)
        try host.lock(.type(oid))
        return try typeOID(names)
    }

    func checkOwner(ofType entry: CatalogSnapshot.TypeEntry) throws(SQLError) {
        if snapshot.isOwner(entry.owner, user: host.user) { return }
        throw SQLError(
            .insufficientPrivilege, "must be owner of type \(scope.name(of: SQLType(entry.oid)))")
    }

    /// The names of a reference that is a type's.
    static func typeNames(_ object: ObjectReference?) -> [String] {
        switch object {
        case .type(let type): type.names
        case .name(let names): names
        case .routine, .parts, nil: []
        }
    }

    // MARK: DROP

    /// Nil after the notice of IF EXISTS.
    func typeToDrop(
        _ object: ObjectReference, _ statement: DropStatement
    ) throws(SQLError) -> ObjectAddress? {
        let names = DefinitionExecutor.typeNames(object)
        var brackets = 0
        if case .type(let type) = object { brackets = type.arrayBounds.count }
        let schema = names.count > 1 ? names[names.count - 2] : nil
        if statement.ifExists {
            if let schema, try scope.findNamespace(schema) == nil {
                notice(.successfulCompletion, "schema \"\(schema)\" does not exist, skipping")
                return nil
            }
            if try scope.findType(schema: schema, name: names[names.count - 1]) == nil {
                let name = names.joined(separator: ".")
                notice(.successfulCompletion, "type \"\(name)\" does not exist, skipping")
                return nil
            }
        }
        let oid = try typeOID(names, brackets: brackets)
        if statement.objectType == .domain, snapshot.userType(oid)?.domain == nil {
            throw SQLError(
                .wrongObjectType, "\"\(names.joined(separator: "."))\" is not a domain")
        }
        guard let entry = snapshot.type(oid) else {
            throw SQLError(
                .dependentObjectsStillExist,
                "cannot drop type \(scope.name(of: SQLType(oid))) because it is required by the database system"
            )
        }
        let namespaceOwner = snapshot.namespace(entry.namespace)?.owner ?? .invalid
        if !snapshot.isOwner(namespaceOwner, user: host.user) { try checkOwner(ofType: entry) }
        try host.lock(.type(oid))
        return .type(oid)
    }

    // MARK: RENAME, OWNER and SET SCHEMA

    func renameType(_ statement: RenameStatement) throws(SQLError) -> String {
        let words = DefinitionExecutor.words(statement.objectType)
        let tag = "ALTER \(words.uppercased())"
        let names = DefinitionExecutor.typeNames(statement.object)
        let oid = try lockedType(names)
        let entry = try changeable(oid, statement.objectType)
        switch entry {
        case .user(let type):
            try host.lockName(statement.newName, in: type.namespace)
            try claimTypeName(statement.newName, in: type.namespace)
            var changed = type.value
            changed.name = statement.newName
            changed.arrayName = freeArrayName(for: statement.newName, in: type.namespace)
            catalog.put(changed)
        case .row(let relation):
            guard relation.kind == .compositeType else { throw isRowType(oid) }
            try renameRow(of: try lockedRelation(relation.oid, .accessExclusive), statement.newName)
        case .array: throw isArray(oid)
        }
        return tag
    }

    private func renameRow(of relation: Shared<Relation>, _ name: String) throws(SQLError) {
        try host.lockName(name, in: relation.namespace)
        if snapshot.relation(named: name, namespace: relation.namespace) != nil {
            throw SQLError(.duplicateTable, "relation \"\(name)\" already exists")
        }
        var changed = relation.value
        try renameRowType(of: &changed, to: name)
        changed.name = name
        catalog.put(changed)
    }

    /// The row type has the relation's name.
    func renameRowType(of relation: inout Relation, to name: String) throws(SQLError) {
        guard relation.rowType.isValid else { return }
        try claimTypeName(name, in: relation.namespace)
        relation.rowArrayName = freeArrayName(for: name, in: relation.namespace)
    }

    /// What ALTER TYPE and ALTER DOMAIN may change.
    private func changeable(
        _ oid: OID, _ words: ObjectType
    ) throws(SQLError) -> CatalogSnapshot.TypeEntry {
        if words == .domain, snapshot.userType(oid)?.domain == nil {
            throw SQLError(
                .wrongObjectType, "\(scope.name(of: SQLType(oid))) is not a domain")
        }
        guard let entry = snapshot.type(oid) else {
            throw SQLError(
                .insufficientPrivilege, "must be owner of type \(scope.name(of: SQLType(oid)))")
        }
        try checkOwner(ofType: entry)
        return entry
    }

    private func isRowType(_ oid: OID) -> SQLError {
        SQLError(
            .wrongObjectType, "\(scope.name(of: SQLType(oid))) is a table's row type"
        ).hint("Use ALTER TABLE instead.")
    }
    private func isArray(_ oid: OID) -> SQLError {
        guard case .array(let element)? = snapshot.type(oid) else {
            return SQLError(.wrongObjectType, "cannot alter array type")
        }
        return SQLError(
            .wrongObjectType, "cannot alter array type \(scope.name(of: SQLType(oid)))"
        ).hint(
            "You can alter type \(scope.name(of: SQLType(element.oid))), which will alter the array type as well."
        )
    }

    func alterTypeOwner(_ statement: AlterOwnerStatement) throws(SQLError) {
        let owner = try roleOID(statement.newOwner)
        let oid = try lockedType(DefinitionExecutor.typeNames(statement.object))
        _ = try changeable(oid, statement.objectType)
        try changeOwner(ofType: oid, to: owner)
    }

    func changeOwner(ofType oid: OID, to owner: OID) throws(SQLError) {
        guard let entry = snapshot.type(oid) else { return }
        if !snapshot.hasPrivileges(of: owner, member: host.user) {
            let name = snapshot.role(owner)?.name ?? ""
            throw SQLError(.insufficientPrivilege, "must be member of role \"\(name)\"")
        }
        switch entry {
        case .user(let type):
            catalog.put(type.value.owned(by: owner))
        case .row(let relation):
            guard relation.kind == .compositeType else { throw isRowType(oid) }
            try changeOwner(of: relation.value, to: owner)
        case .array: throw isArray(oid)
        }
    }

    func alterTypeSchema(_ statement: AlterObjectSchemaStatement) throws(SQLError) {
        let oid = try lockedType(DefinitionExecutor.typeNames(statement.object))
        let entry = try changeable(oid, statement.objectType)
        let target = try scope.resolveNamespace(statement.newSchema)
        if !snapshot.hasRights(.create, onNamespace: target, user: host.user) {
            throw SQLError(
                .insufficientPrivilege, "permission denied for schema \(statement.newSchema)")
        }
        if case .array = entry { throw isArray(oid) }
        if target == entry.namespace { return }
        if snapshot.type(named: entry.name, namespace: target) != nil {
            throw SQLError(
                .duplicateObject,
                "type \"\(entry.name)\" already exists in schema \"\(statement.newSchema)\"")
        }
        try host.lockName(entry.name, in: target)
        var address = ObjectAddress.type(oid)
        switch entry {
        case .user(let type):
            var changed = type.value
            changed.namespace = target
            changed.arrayName = freeArrayName(for: type.name, in: target)
            catalog.put(changed)
        case .row(let relation):
            guard relation.kind == .compositeType else { throw isRowType(oid) }
            var changed = relation.value
            changed.namespace = target
            changed.rowArrayName = freeArrayName(for: relation.name, in: target)
            catalog.put(changed)
            address = .type(relation.rowType)
        case .array: break
        }
        for dependency in snapshot.dependencies(of: address)
        where dependency.referenced.classID == SystemOID.namespace {
            catalog.removeDependency(dependency)
            catalog.addDependency(Dependency(address, on: .namespace(target), .normal))
        }
    }

    // MARK: COMMENT

    func commentOnType(_ statement: CommentStatement) throws(SQLError) {
        let names = DefinitionExecutor.typeNames(statement.object)
        let oid = try lockedType(names)
        if statement.objectType == .domain, snapshot.userType(oid)?.domain == nil {
            throw SQLError(
                .wrongObjectType, "\"\(names.joined(separator: "."))\" is not a domain")
        }
        guard let entry = snapshot.type(oid) else {
            throw SQLError(
                .insufficientPrivilege, "must be owner of type \(scope.name(of: SQLType(oid)))")
        }
        try checkOwner(ofType: entry)
        catalog.setComment(on: .type(oid), statement.comment)
    }
}
