internal import Analyze
internal import Base
internal import Catalog
internal import Engine
internal import Parse
internal import Query
internal import Types

/// What ALTER TABLE does to columns: adding, dropping, defaults, nullity, types.
extension DefinitionExecutor {
    func addColumn(
        _ definition: ColumnDefinition, ifNotExists: Bool, to relation: Shared<Relation>
    ) throws(SQLError) {
        if relation.value.columnIndex(named: definition.name) != nil {
            let message =
                "column \"\(definition.name)\" of relation \"\(relation.name)\" already exists"
            if !ifNotExists { throw SQLError(.duplicateColumn, message) }
            notice(.duplicateColumn, message + ", skipping")
            return
        }
        var plan = try self.plan(definition, table: relation.name)
        try nameGenerator(of: &plan, table: relation.name, in: relation.namespace)
        let sequence = try makeGenerator(
            for: &plan, in: relation.namespace, relation.persistence, owner: relation.owner)
        var changed = relation.value
        changed.columns.append(plan.column)
        let column = changed.columns.count - 1
        addTypeDependency(of: column, in: changed)
        var table = catalog.put(changed)
        if let sequence {
            own(
                sequence, column: column, of: changed.oid,
                isIdentity: plan.column.identity != nil)
        }
        try withoutPosition { () throws(SQLError) in
            try storeDefault(of: plan, column: column, into: &changed, table)
        }
        let isPrimary = plan.constraints.contains { $0.kind == .primary }
        table = catalog.put(changed)
        try fill(
            column, of: &changed, from: relation, plan, sequence: sequence, isPrimary: isPrimary)
        if changed.kind == .partitionedTable {
            try pass(column: changed.columns[column], toPartitionsOf: changed.oid)
        }
        try add(plan.constraints, to: &changed, isNew: false)
    }

    /// Gives existing rows their value of a new column: a constant default without touching them,
    /// any other by writing them anew.
    func fill(
        _ column: Int, of changed: inout Relation, from old: Shared<Relation>, _ plan: ColumnPlan,
        sequence: OID?, isPrimary: Bool
    ) throws(SQLError) {
        let definition = changed.columns[column]
        if definition.defaultValue == nil, definition.identity == nil,
            !TypeCatalog.isDomain(definition.type.oid)
        {
            if definition.isNotNull || isPrimary, changed.kind == .table {
                try host.validate(Shared(changed), checks: [], notNull: [column])
            }
            return
        }
        let table = catalog.put(changed)
        let expression: Expression?
        if definition.isGenerated, let stored = definition.defaultValue {
            expression = try analyzer().storedExpression(stored, of: table)
        } else {
            expression = try analyzer().defaultExpression(of: column, in: table)
        }
        guard let expression else { return }
        if case .constant(let constant) = expression, let text = missingText(constant) {
            changed.columns[column].missingValue = text
            catalog.put(changed)
            return
        }
        if changed.kind == .partitionedTable { return }
        var values = [Expression?](repeating: nil, count: changed.columns.count)
        values[column] = expression
        try rewrite(old, as: &changed, values: values)
    }

    /// A constant in text form; nil where text does not lead back to the same value for sure.
    func missingText(_ constant: Constant) -> String? {
        let arena = Arena()
        let datum: Datum
        switch constant.value {
        case .null: return nil
        case .word(let value): datum = Datum(word: value)
        case .bytes(let bytes): datum = Datum(view: ByteView(copying: bytes, into: arena))
        }
        var buffer = ByteBuffer()
        // Stored text must not depend on the session's settings.
        let context = TypeContext()
        context.isForCatalog = true
        TypeIO.output(datum, type: constant.type.oid, context: context, into: &buffer)
        return String(decoding: buffer.bytes, as: UTF8.self)
    }

    func dropColumn(
        _ name: String, _ behavior: DropBehavior, ifExists: Bool, of relation: Shared<Relation>
    ) throws(SQLError) {
        guard let column = relation.value.columnIndex(named: name) else {
            try refuseSystemColumn(name, "drop")
            if !ifExists { throw undefinedColumn(name, of: relation.value) }
            notice(
                .successfulCompletion,
                "column \"\(name)\" of relation \"\(relation.name)\" does not exist, skipping")
            return
        }
        // Indexes over several columns, and constraints, go with any of their columns.
        try remove([.column(column, of: relation.oid)], behavior)
    }

    func changeDefault(
        of name: String, to syntax: SyntaxExpression?, in relation: Shared<Relation>
    ) throws(SQLError) {
        let column = try columnIndex(name, of: relation.value)
        let definition = relation.columns[column]
        if definition.identity != nil {
            let error = SQLError(
                .syntaxError,
                "column \"\(name)\" of relation \"\(relation.name)\" is an identity column")
            throw syntax == nil
                ? error.hint("Use ALTER TABLE ... ALTER COLUMN ... DROP IDENTITY instead.") : error
        }
        if definition.isGenerated {
            let error = SQLError(
                .syntaxError,
                "column \"\(name)\" of relation \"\(relation.name)\" is a generated column")
            throw syntax == nil
                ? error.hint("Use ALTER TABLE ... ALTER COLUMN ... DROP EXPRESSION instead.")
                : error
        }
        catalog.forget(.columnDefault(column, of: relation.oid))
        var changed = relation.value
        changed.columns[column].defaultValue = nil
        if let syntax {
            try withoutPosition { () throws(SQLError) in
                try setDefault(syntax, column: column, of: &changed, relation)
            }
        }
        catalog.put(changed)
    }

    func setNotNull(_ name: String, in relation: Shared<Relation>) throws(SQLError) {
        let column = try columnIndex(name, of: relation.value)
        if relation.columns[column].isNotNull { return }
        if relation.kind == .table {
            try host.validate(relation, checks: [], notNull: [column])
        }
        var changed = relation.value
        changed.columns[column].isNotNull = true
        catalog.put(changed)
    }

    func dropNotNull(_ name: String, in relation: Shared<Relation>) throws(SQLError) {
        let column = try columnIndex(name, of: relation.value)
        if relation.columns[column].identity != nil {
            throw SQLError(
                .syntaxError,
                "column \"\(name)\" of relation \"\(relation.name)\" is an identity column")
        }
        if let oid = relation.primaryKey, let index = snapshot.relation(oid)?.index,
            index.keys.contains(where: { $0.column == column })
        {
            throw SQLError(
                .invalidTableDefinition, "column \"\(name)\" is in a primary key")
        }
        var changed = relation.value
        changed.columns[column].isNotNull = false
        catalog.put(changed)
    }

    func dropExpression(
        of name: String, ifExists: Bool, in relation: Shared<Relation>
    ) throws(SQLError) {
        let column = try columnIndex(name, of: relation.value)
        guard relation.columns[column].isGenerated else {
            let message =
                "column \"\(name)\" of relation \"\(relation.name)\" is not a stored generated column"
            if !ifExists { throw SQLError(.objectNotInPrerequisiteState, message) }
            notice(.successfulCompletion, message + ", skipping")
            return
        }
        catalog.forget(.columnDefault(column, of: relation.oid))
        catalog.removeDependencies(of: .column(column, of: relation.oid), kind: .normal)
        var changed = relation.value
        changed.columns[column].isGenerated = false
        changed.columns[column].defaultValue = nil
        catalog.put(changed)
    }

    // MARK: Types

    func changeType(
        of name: String, to definition: ColumnDefinition, in relation: Shared<Relation>
    ) throws(SQLError) {
        let column = try columnIndex(name, of: relation.value)
        guard let typeName = definition.type else { return }
        let old = relation.columns[column]
        let type = try withoutPosition { () throws(SQLError) in
            try analyzer().resolveType(typeName)
        }
        if TypeCatalog.info(type.oid)?.isPseudo == true {
            throw SQLError(
                .invalidTableDefinition, "column \"\(name)\" has pseudo-type \(type.name)")
        }
        if old.identity != nil, SequenceOptions.bounds(of: type.oid) == nil {
            throw SQLError(
                .invalidParameterValue,
                "identity column type must be smallint, integer, or bigint")
        }
        try checkNoView(reads: column, of: relation.value)
        if relation.rowType.isValid {
            try refuseUse(of: relation.rowType, inRelation: relation.value)
        }
        var changed = relation.value
        changed.columns[column].type = type
        changed.columns[column].dimensions = typeName.arrayBounds.count
        let conversion = try self.conversion(
            of: changed.columns[column], using: definition.rawDefault, in: relation)
        try retype(&changed, column, from: relation)
        if old.identity != nil,
            let oid = snapshot.ownedSequence(
                of: relation.oid, columnNumber: column + 1, internalOnly: true)
        {
            let sequence = try lockedRelation(oid, .shareRowExclusive)
            try alter(
                sequence: sequence.value, options: [DefinitionExecutor.typeOption(type.oid)],
                isIdentity: true)
        }
        if definition.rawDefault == nil, old.type.oid == type.oid, type.modifier == -1 {
            // Only a limit is lifted: rows stay as they are.
            catalog.put(changed)
            return
        }
        catalog.put(changed)
        for dependency in snapshot.dependencies(of: .column(column, of: relation.oid))
        where dependency.referenced.classID == SystemOID.type {
            catalog.removeDependency(dependency)
        }
        addTypeDependency(of: column, in: changed)
        if changed.kind == .partitionedTable { return }
        var values = [Expression?](repeating: nil, count: changed.columns.count)
        values[column] = conversion
        try rewrite(relation, as: &changed, values: values)
    }

    /// What gives a column's values their new type; the column is given with it.
    func conversion(
        of column: Column, using syntax: SyntaxExpression?, in relation: Shared<Relation>
    ) throws(SQLError) -> Expression {
        if let syntax {
            return try analyzer().definitionExpression(
                syntax, for: .conversion(column), of: relation)
        }
        do throws(SQLError) {
            return try analyzer().definitionExpression(
                .columnReference(names: [column.name], isStar: false, location: -1),
                for: .conversion(column), of: relation)
        } catch {
            guard error.state == .datatypeMismatch else { throw error }
            let plain = scope.name(of: SQLType(column.type.oid))
            let cast = Identifier.quote(column.name) + "::" + scope.name(of: column.type)
            let message = "column \"\(column.name)\" cannot be cast automatically to type \(plain)"
            throw SQLError(.datatypeMismatch, message)
                .hint("You might need to specify \"USING \(cast)\".")
        }
    }

    /// Carries a column's new type into its default, indexes and checks.
    func retype(
        _ changed: inout Relation, _ column: Int, from relation: Shared<Relation>
    ) throws(SQLError) {
        let definition = changed.columns[column]
        if definition.defaultValue != nil, definition.identity == nil, !definition.isGenerated {
            let table = Shared(changed)
            do {
                _ = try analyzer().defaultExpression(of: column, in: table)
            } catch {
                throw SQLError(
                    .datatypeMismatch,
                    "default for column \"\(definition.name)\" cannot be cast automatically to type \(scope.name(of: definition.type))"
                )
            }
        }
        // A check goes on in the words that its conversions now have.
        let table = Shared(changed)
        for index in changed.constraints.indices
        where changed.constraints[index].columns.contains(column) {
            guard case .check(let check) = changed.constraints[index].kind else { continue }
            let expression = try withoutPosition { () throws(SQLError) in
                try analyzer().storedExpression(check, of: table)
            }
            changed.constraints[index].kind = .check(stored(expression, of: changed))
        }
        for oid in relation.indexes {
            guard let index = snapshot.relation(oid), var keys = index.index?.keys else { continue }
            var isChanged = false
            for position in keys.indices where keys[position].column == column {
                let named = keys[position].operatorClass.flatMap { OperatorClass.of($0) }
                if let named, !named.accepts(definition.type.oid) {
                    throw SQLError(
                        .datatypeMismatch,
                        "operator class \"\(named.name)\" does not accept data type \(scope.name(of: definition.type))"
                    )
                }
                if named == nil {
                    try checkIndexable(definition.type, index.index?.method ?? .btree)
                }
                keys[position].type = definition.type
                isChanged = true
            }
            if !isChanged { continue }
            var copy = index.value
            copy.index?.keys = keys
            for position in keys.indices where keys[position].column == column {
                copy.columns[position].type = DefinitionExecutor.kept(
                    keys[position], index.index?.method ?? .btree)
            }
            catalog.put(copy)
        }
    }
}
