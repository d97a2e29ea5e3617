internal import Analyze
internal import Base
internal import Catalog
internal import Engine
internal import Parse
internal import Query
internal import Types

/// Adds foreign keys to a table.
extension DefinitionExecutor {
    func addForeignKey(
        _ definition: ConstraintDefinition, to relation: inout Relation, isNew: Bool
    ) throws(SQLError) {
        guard let target = definition.foreignTable else {
            throw SQLError(.syntaxError, "a foreign key names a table")
        }
        let columns = try foreignColumns(definition.foreignColumns, of: relation)
        let isSelf =
            try scope.findRelation(
                catalog: target.catalog, schema: target.schema, name: target.name)?.oid
            == relation.oid
        let found = isSelf ? Shared(relation) : try lockedRelation(target, .shareRowExclusive)
        let referenced = isSelf ? relation : found.value
        guard [.table, .partitionedTable].contains(referenced.kind), !snapshot.isComputed(referenced.oid) else {
            throw SQLError(
                .wrongObjectType, "referenced relation \"\(referenced.name)\" is not a table")
        }
        try checkReference(referenced, by: relation)
        let key = try referencedKey(definition, of: referenced)
        if key.columns.count != columns.count {
            throw SQLError(
                .invalidForeignKey,
                "number of referencing and referenced columns for foreign key disagree")
        }
        if !snapshot.hasRights(
            .references, on: referenced, columns: key.columns, user: host.user)
        {
            throw SQLError(
                .insufficientPrivilege, "permission denied for table \(referenced.name)")
        }
        let name = try foreignKeyName(definition, columns, relation)
        try checkTypes(columns, of: relation, key.columns, of: referenced, name)
        let setColumns = try foreignColumns(definition.deleteSetColumns, of: relation)
        for column in setColumns where !columns.contains(column) {
            throw SQLError(
                .invalidColumnReference,
                "column \"\(relation.columns[column].name)\" referenced in ON DELETE SET action must be part of foreign key"
            )
        }
        if definition.matchType == .partial {
            throw SQLError(.featureNotSupported, "MATCH PARTIAL not yet implemented")
        }
        let constraint = Constraint(
            oid: try catalog.newOID(), name: name,
            kind: .foreignKey(
                Constraint.ForeignKey(
                    table: referenced.oid, columns: key.columns, index: key.index,
                    onUpdate: action(definition.updateAction),
                    onDelete: action(definition.deleteAction),
                    matchFull: definition.matchType == .full, deleteSetColumns: setColumns)),
            columns: columns, isDeferrable: definition.isDeferrable,
            isDeferred: definition.isInitiallyDeferred,
            isValidated: isNew || !definition.skipsValidation)
        relation.constraints.append(constraint)
        let reference = ForeignKeyReference(table: relation.oid, constraint: constraint.oid)
        if isSelf {
            relation.referencedBy.append(reference)
        } else {
            var changed = referenced
            changed.referencedBy.append(reference)
            catalog.put(changed)
        }
        catalog.put(relation)
        addDependencies(of: constraint, relation.oid, key, referenced.oid)
        try makeReferencedParts(of: constraint, on: relation.oid)
        if relation.kind == .partitionedTable {
            if definition.skipsValidation {
                throw SQLError(
                    .wrongObjectType,
                    "cannot add NOT VALID foreign key on partitioned table \"\(relation.name)\" referencing relation \"\(referenced.name)\""
                ).detail("This feature is not yet supported on partitioned tables.")
            }
            try makeParts(of: constraint, on: relation.oid)
        } else if !isNew, !definition.skipsValidation {
            try validate(constraint, of: relation)
        }
        if let current = snapshot.relation(relation.oid) { relation = current.value }
    }

    func addDependencies(
        of constraint: Constraint, _ table: OID, _ key: (columns: [Int], index: OID),
        _ referenced: OID
    ) {
        let address = ObjectAddress.constraint(constraint.oid)
        for column in constraint.columns {
            catalog.addDependency(Dependency(address, on: .column(column, of: table), .automatic))
        }
        for column in key.columns {
            catalog.addDependency(Dependency(address, on: .column(column, of: referenced), .normal))
        }
        catalog.addDependency(Dependency(address, on: .relation(key.index), .normal))
    }

    func validate(_ constraint: Constraint, of relation: Relation) throws(SQLError) {
        guard let table = snapshot.relation(relation.oid) else { return }
        let checks = try analyzer().tableChecks(of: table)
        for check in checks.foreignKeys where check.constraint.oid == constraint.oid {
            try host.validate(check)
        }
    }

    private func foreignColumns(
        _ names: [String], of relation: Relation
    ) throws(SQLError) -> [Int] {
        try names.map { name throws(SQLError) in
            guard let column = relation.columnIndex(named: name) else {
                throw SQLError(
                    .undefinedColumn,
                    "column \"\(name)\" referenced in foreign key constraint does not exist")
            }
            return column
        }
    }

    private func checkReference(
        _ referenced: Relation, by relation: Relation
    ) throws(SQLError) {
        func fail(_ what: String, _ whom: String) -> SQLError {
            SQLError(
                .invalidTableDefinition,
                "constraints on \(what) tables may reference only \(whom) tables")
        }
        switch relation.persistence {
        case .permanent:
            if referenced.persistence != .permanent { throw fail("permanent", "permanent") }
        case .unlogged:
            if referenced.persistence == .temporary {
                throw fail("unlogged", "permanent or unlogged")
            }
        case .temporary:
            if referenced.persistence != .temporary { throw fail("temporary", "temporary") }
        }
    }

    /// The referenced columns and the unique index over them.
    private func referencedKey(
        _ definition: ConstraintDefinition, of table: Relation
    ) throws(SQLError) -> (columns: [Int], index: OID) {
        if definition.primaryColumns.isEmpty {
            guard let oid = table.primaryKey, let index = snapshot.relation(oid)?.index else {
                throw SQLError(
                    .undefinedObject,
                    "there is no primary key for referenced table \"\(table.name)\"")
            }
            if !index.isImmediate {
                throw SQLError(
                    .objectNotInPrerequisiteState,
                    "cannot use a deferrable primary key for referenced table \"\(table.name)\"")
            }
            return (index.keys.compactMap(\.column), oid)
        }
        let columns = try foreignColumns(definition.primaryColumns, of: table)
        if Set(columns).count != columns.count {
            throw SQLError(
                .invalidForeignKey,
                "foreign key referenced-columns list must not contain duplicates")
        }
        var hasDeferrable = false
        for oid in table.indexes.sorted() {
            guard let index = snapshot.relation(oid)?.index, index.isUnique, index.isValid,
                index.predicate == nil, index.keys.count == columns.count,
                Set(index.keys.compactMap(\.column)) == Set(columns)
            else { continue }
            if index.isImmediate { return (columns, oid) }
            hasDeferrable = true
        }
        if hasDeferrable {
            throw SQLError(
                .objectNotInPrerequisiteState,
                "cannot use a deferrable unique constraint for referenced table \"\(table.name)\"")
        }
        throw SQLError(
            .invalidForeignKey,
            "there is no unique constraint matching given keys for referenced table \"\(table.name)\""
        )
    }

    private func foreignKeyName(
        _ definition: ConstraintDefinition, _ columns: [Int], _ relation: Relation
    ) throws(SQLError) -> String {
        if let name = definition.name {
            if relation.constraints.contains(where: { $0.name == name }) {
                throw duplicateConstraint(name, relation)
            }
            return name
        }
        return freeConstraintName(
            relation.name,
            GeneratedNames.columnsPart(columns.map { relation.columns[$0].name }), "fkey",
            in: relation.namespace, except: Set(relation.constraints.map(\.name)))
    }

    private func checkTypes(
        _ columns: [Int], of relation: Relation, _ keyColumns: [Int], of referenced: Relation,
        _ name: String
    ) throws(SQLError) {
        for (column, keyColumn) in zip(columns, keyColumns) {
            let type = relation.columns[column].type.oid
            let keyType = referenced.columns[keyColumn].type.oid
            if DefinitionExecutor.isComparable(
                TypeCatalog.base(type), toKey: TypeCatalog.base(keyType))
            {
                continue
            }
            let names = [type, keyType].map { scope.name(of: SQLType($0)) }
            throw SQLError(
                .datatypeMismatch, "foreign key constraint \"\(name)\" cannot be implemented"
            ).detail(
                "Key columns \"\(relation.columns[column].name)\" and "
                    + "\"\(referenced.columns[keyColumn].name)\" are of incompatible types: "
                    + "\(names[0]) and \(names[1]).")
        }
    }

    /// Whether the index over the referenced column can look up values of `type`.
    private static func isComparable(_ type: OID, toKey keyType: OID) -> Bool {
        if type == keyType { return true }
        let integers: Set<OID> = [.int2, .int4, .int8]
        let texts: Set<OID> = [.text, .varchar]
        if integers.contains(keyType) { return integers.contains(type) }
        if texts.contains(keyType) {
            return texts.contains(type) || type == .bpchar || type == .name
        }
        if keyType == .bpchar { return texts.contains(type) }
        if keyType == .inet || keyType == .cidr { return type == .inet || type == .cidr }
        if keyType == .float4 { return integers.contains(type) || type == .numeric }
        if keyType == .numeric { return integers.contains(type) }
        if keyType == .float8 {
            return integers.contains(type) || type == .float4 || type == .numeric
        }
        if keyType == .timestamptz || keyType == .timestamp {
            return type == .date || type == .timestamp || type == .timestamptz
        }
        return false
    }

    private func action(_ action: ConstraintDefinition.Action) -> ReferentialAction {
        switch action {
        case .noAction: .noAction
        case .restrict: .restrict
        case .cascade: .cascade
        case .setNull: .setNull
        case .setDefault: .setDefault
        }
    }
}
