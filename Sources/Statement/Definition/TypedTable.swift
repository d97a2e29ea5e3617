internal import Analyze
internal import Base
internal import Catalog
internal import Engine
internal import Parse
internal import Types

/// CREATE TABLE … OF: tables whose columns are a composite type's, and change with it.
extension DefinitionExecutor {
    /// The stand-alone composite type that OF names.
    private func compositeType(_ syntax: TypeNameSyntax) throws(SQLError) -> Shared<Relation> {
        let type = try withoutPosition { () throws(SQLError) in
            try analyzer().resolveType(syntax)
        }
        guard let relation = snapshot.relation(ofRowType: type.oid),
            relation.kind == .compositeType
        else {
            throw SQLError(
                .wrongObjectType, "type \(scope.name(of: SQLType(type.oid))) is not a composite type")
        }
        try host.lock(relation.oid, .accessShare)
        return relation
    }

    /// The columns of a table of a type, with what the definition says about some of them.
    func columns(
        ofType syntax: TypeNameSyntax, _ overrides: [ColumnDefinition], name: String
    ) throws(SQLError) -> (type: OID, plans: [ColumnPlan]) {
        let type = try compositeType(syntax)
        var plans = type.columns.filter { !$0.isDropped }.map { ColumnPlan(column: $0) }
        var given: Set<String> = []
        for definition in overrides {
            guard let index = plans.firstIndex(where: { $0.column.name == definition.name }) else {
                throw SQLError(
                    .undefinedColumn, "column \"\(definition.name)\" does not exist")
            }
            if !given.insert(definition.name).inserted {
                throw SQLError(
                    .duplicateColumn, "column \"\(definition.name)\" specified more than once")
            }
            if definition.constraints.contains(where: { $0.kind == .identity }) {
                throw SQLError(
                    .featureNotSupported, "identity columns are not supported on typed tables")
            }
            if definition.constraints.contains(where: { $0.kind == .generated }) {
                throw SQLError(
                    .featureNotSupported, "generated columns are not supported on typed tables")
            }
            try readConstraints(of: definition, into: &plans[index], isSerial: false, name)
        }
        return (type.rowType, plans)
    }

    // MARK: ALTER TABLE … OF and NOT OF

    func setType(_ syntax: TypeNameSyntax, of table: Shared<Relation>) throws(SQLError) {
        let type = try compositeType(syntax)
        var wanted = type.columns.filter { !$0.isDropped }[...]
        func fail(_ message: String) -> SQLError { SQLError(.datatypeMismatch, message) }
        for column in table.columns where !column.isDropped {
            guard let attribute = wanted.popFirst() else {
                throw fail("table has extra column \"\(column.name)\"")
            }
            if attribute.name != column.name {
                throw fail(
                    "table has column \"\(column.name)\" where type requires \"\(attribute.name)\"")
            }
            if attribute.type != column.type {
                throw fail(
                    "table \"\(table.name)\" has different type for column \"\(column.name)\"")
            }
        }
        if let missing = wanted.first {
            throw fail("table is missing column \"\(missing.name)\"")
        }
        var changed = table.value
        forgetType(of: changed)
        changed.ofType = type.rowType
        catalog.put(changed)
        catalog.addDependency(
            Dependency(.relation(table.oid), on: .type(type.rowType), .normal))
    }

    func dropType(of table: Shared<Relation>) throws(SQLError) {
        if !table.ofType.isValid {
            throw SQLError(.wrongObjectType, "\"\(table.name)\" is not a typed table")
        }
        var changed = table.value
        forgetType(of: changed)
        changed.ofType = .invalid
        catalog.put(changed)
    }

    private func forgetType(of table: Relation) {
        guard table.ofType.isValid else { return }
        catalog.removeDependency(
            Dependency(.relation(table.oid), on: .type(table.ofType), .normal))
    }

    // MARK: ALTER TYPE

    /// The tables of a type, locked, which an ALTER TYPE … CASCADE alters as well.
    /// - Throws: 2BP01 without CASCADE.
    func typedTables(
        of type: Relation, _ behavior: DropBehavior
    ) throws(SQLError) -> [Shared<Relation>] {
        let tables = snapshot.dependents(on: .type(type.rowType)).compactMap { dependency in
            dependency.dependent.classID == SystemOID.relation && dependency.dependent.subID == 0
                ? snapshot.relation(dependency.dependent.objectID) : nil
        }.filter { $0.ofType == type.rowType }
        if behavior == .restrict, !tables.isEmpty {
            throw SQLError(
                .dependentObjectsStillExist,
                "cannot alter type \"\(type.name)\" because it is the type of a typed table"
            ).hint("Use ALTER ... CASCADE to alter the typed tables too.")
        }
        var locked: [Shared<Relation>] = []
        for table in tables { locked.append(try lockedRelation(table.oid, .accessExclusive)) }
        return locked
    }

    /// Columns of typed tables are their type's.
    func checkNotTyped(_ command: AlterTableCommand, _ table: Relation) throws(SQLError) {
        if !table.ofType.isValid { return }
        switch command {
        case .addColumn:
            throw SQLError(.wrongObjectType, "cannot add column to typed table")
        case .dropColumn:
            throw SQLError(.wrongObjectType, "cannot drop column from typed table")
        case .alterColumnType:
            throw SQLError(.wrongObjectType, "cannot alter column type of typed table")
        default: return
        }
    }
}
