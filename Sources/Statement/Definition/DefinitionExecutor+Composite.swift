internal import Analyze
internal import Base
internal import Catalog
internal import Engine
internal import Parse
internal import Query
internal import Types

/// CREATE TYPE … AS (…) and ALTER TYPE … ATTRIBUTE: row types that are no table's.
extension DefinitionExecutor {
    func createComposite(_ statement: CreateCompositeTypeStatement) throws(SQLError) -> String {
        let (namespace, persistence) = try creationNamespace(statement.type)
        let name = statement.type.name
        try host.lockName(name, in: namespace)
        try claimTypeName(name, in: namespace)
        var type = Relation(
            oid: .invalid, name: name, namespace: namespace, owner: host.user,
            kind: .compositeType, persistence: persistence)
        for definition in statement.columns {
            let column = try withoutPosition { () throws(SQLError) in try attribute(definition) }
            if type.columns.contains(where: { $0.name == column.name }) {
                throw SQLError(
                    .duplicateColumn, "column \"\(column.name)\" specified more than once")
            }
            type.columns.append(column)
        }
        _ = try claim(name, in: namespace, ifNotExists: false)
        type.oid = try catalog.newOID()
        try makeRowType(of: &type)
        type.privileges = newPrivileges(.types, owner: type.owner, in: namespace)
        catalog.put(type)
        // Dropping the type drops the relation, which has no life of its own.
        catalog.addDependency(
            Dependency(.type(type.rowType), on: .namespace(namespace), .normal))
        for column in type.columns.indices { addTypeDependency(of: column, in: type) }
        return "CREATE TYPE"
    }

    private func attribute(_ definition: ColumnDefinition) throws(SQLError) -> Column {
        guard let syntax = definition.type else {
            throw SQLError.notSupported("an attribute without a type")
        }
        let type = try analyzer().resolveType(syntax)
        if TypeCatalog.info(type.oid)?.isPseudo == true {
            throw SQLError(
                .invalidTableDefinition,
                "column \"\(definition.name)\" has pseudo-type \(scope.name(of: type))")
        }
        if !definition.collation.isEmpty {
            try analyzer().checkCollation(
                definition.collation, of: type, at: definition.collationLocation)
        }
        var column = Column(name: definition.name, type: type)
        column.dimensions = syntax.arrayBounds.count
        return column
    }

    // MARK: ALTER TYPE … ATTRIBUTE

    func alterAttributes(
        _ command: AlterTableCommand, of relation: Shared<Relation>
    ) throws(SQLError) {
        switch command {
        case .addColumn(let definition, _):
            let tables = try typedTables(of: relation.value, definition.behavior)
            try addAttribute(definition, to: relation)
            for table in tables { try addColumn(definition, ifNotExists: false, to: table) }
        case .dropColumn(let name, let behavior, let ifExists):
            let tables = try typedTables(of: relation.value, behavior)
            if let index = relation.value.columnIndex(named: name) {
                try remove([.column(index, of: relation.oid)], behavior)
            } else {
                let missing = undefinedColumn(name, of: relation.value)
                if !ifExists { throw missing }
                notice(.successfulCompletion, missing.message + ", skipping")
            }
            for table in tables {
                try dropColumn(name, behavior, ifExists: ifExists, of: table)
            }
        case .alterColumnType(let name, let definition):
            let tables = try typedTables(of: relation.value, definition.behavior)
            try retypeAttribute(name, definition, of: relation)
            for table in tables { try changeType(of: name, to: definition, in: table) }
        default: throw SQLError.notSupported("ALTER TYPE ... \(command.words)")
        }
    }

    private func addAttribute(
        _ definition: ColumnDefinition, to relation: Shared<Relation>
    ) throws(SQLError) {
        if relation.value.columnIndex(named: definition.name) != nil {
            throw SQLError(
                .duplicateColumn,
                "column \"\(definition.name)\" of relation \"\(relation.name)\" already exists")
        }
        var changed = relation.value
        changed.columns.append(try withoutPosition { () throws(SQLError) in
            try attribute(definition)
        })
        if contains(relation.rowType, in: changed.columns[changed.columns.count - 1].type.oid) {
            throw SQLError(
                .invalidTableDefinition,
                "composite type \(scope.name(of: SQLType(relation.rowType))) cannot be made a member of itself"
            )
        }
        catalog.put(changed)
        addTypeDependency(of: changed.columns.count - 1, in: changed)
    }

    /// True if values of `type` have values of the row type in them.
    private func contains(_ row: OID, in type: OID) -> Bool {
        if type == row { return true }
        guard type >= .firstUser, let info = TypeCatalog.info(type) else { return false }
        if let base = info.domainBase { return contains(row, in: base.oid) }
        if info.isArray { return contains(row, in: info.elementOID) }
        return snapshot.relation(ofRowType: type)?.columns.contains {
            !$0.isDropped && contains(row, in: $0.type.oid)
        } ?? false
    }

    private func retypeAttribute(
        _ name: String, _ definition: ColumnDefinition, of relation: Shared<Relation>
    ) throws(SQLError) {
        let column = try columnIndex(name, of: relation.value)
        guard let syntax = definition.type else { return }
        let type = try withoutPosition { () throws(SQLError) in
            try analyzer().resolveType(syntax)
        }
        try refuseUse(of: relation.rowType, inRelation: relation.value)
        var changed = relation.value
        changed.columns[column].type = type
        changed.columns[column].dimensions = syntax.arrayBounds.count
        for dependency in snapshot.dependencies(of: .column(column, of: relation.oid))
        where dependency.referenced.classID == SystemOID.type {
            catalog.removeDependency(dependency)
        }
        catalog.put(changed)
        addTypeDependency(of: column, in: changed)
    }

    /// Stored rows keep the types that their fields had.
    /// - Throws: 0A000 where a column is of the relation's row type, or has it inside.
    func refuseUse(of container: OID, inRelation relation: Relation) throws(SQLError) {
        for dependency in snapshot.dependents(on: .type(container)) {
            let object = dependency.dependent
            if object.classID == SystemOID.type, object.objectID != container {
                try refuseUse(of: object.objectID, inRelation: relation)
            }
            guard object.classID == SystemOID.relation, object.subID > 0,
                let table = snapshot.relation(object.objectID)
            else { continue }
            if table.kind == .compositeType {
                try refuseUse(of: table.rowType, inRelation: relation)
                continue
            }
            if table.kind == .view { continue }
            let column = table.columns[Int(object.subID) - 1].name
            let message =
                relation.kind == .compositeType
                ? "cannot alter type \"\(relation.name)\" because column \"\(table.name).\(column)\" uses it"
                : "cannot alter table \"\(relation.name)\" because column \"\(table.name).\(column)\" uses its row type"
            throw SQLError(.featureNotSupported, message)
        }
    }
}
