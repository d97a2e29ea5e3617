internal import Analyze
internal import Base
internal import Catalog
internal import Engine
internal import Parse
internal import Query
internal import Types

/// ALTER TABLE and, where the grammar gives them the same form, ALTER INDEX, SEQUENCE and VIEW.
extension DefinitionExecutor {
    func alterTable(_ statement: AlterTableStatement) throws(SQLError) -> String {
        let name = statement.relation
        let words = DefinitionExecutor.words(statement.objectType)
        let tag = "ALTER \(words.uppercased())"
        if statement.ifExists,
            try scope.findRelation(catalog: name.catalog, schema: name.schema, name: name.name)
                == nil
        {
            notice(.successfulCompletion, "relation \"\(name.name)\" does not exist, skipping")
            return tag
        }
        let relation = try lockedRelation(name, .accessExclusive)
        try checkOwner(relation.value)
        if statement.objectType != .table, !matches(relation.kind, statement.objectType) {
            throw SQLError(
                .wrongObjectType, "\"\(relation.name)\" is not \(article(words))")
        }
        // PostgreSQL's passes: what drops comes first, then types, then what adds.
        let ordered = statement.commands.enumerated().sorted {
            ($0.element.pass, $0.offset) < ($1.element.pass, $1.offset)
        }
        for (_, command) in ordered {
            guard let current = snapshot.relation(relation.oid) else { break }
            try run(command, on: current)
        }
        return tag
    }

    private func run(
        _ command: AlterTableCommand, on relation: Shared<Relation>
    ) throws(SQLError) {
        switch command {
        case .changeOwner(let role):
            try changeOwner(of: relation.value, to: try roleOID(role))
            return
        case .setOptions(let options):
            var changed = relation.value
            let new = try tableOptions(options)
            changed.options.removeAll { old in
                new.contains { $0.prefix { $0 != "=" } == old.prefix { $0 != "=" } }
            }
            changed.options += new
            catalog.put(changed)
            return
        case .resetOptions(let options):
            var changed = relation.value
            changed.options.removeAll { old in
                options.contains { $0.name == String(old.prefix { $0 != "=" }) }
            }
            catalog.put(changed)
            return
        default: break
        }
        guard relation.kind == .table else {
            throw SQLError(
                .wrongObjectType,
                "ALTER action \(command.words) cannot be performed on relation \"\(relation.name)\""
            ).detail(unsupportedKindDetail(relation.kind))
        }
        switch command {
        case .addColumn(let definition, let ifNotExists):
            try addColumn(definition, ifNotExists: ifNotExists, to: relation)
        case .dropColumn(let name, let behavior, let ifExists):
            try dropColumn(name, behavior, ifExists: ifExists, of: relation)
        case .columnDefault(let name, let syntax):
            try changeDefault(of: name, to: syntax, in: relation)
        case .setNotNull(let name): try setNotNull(name, in: relation)
        case .dropNotNull(let name): try dropNotNull(name, in: relation)
        case .alterColumnType(let name, let definition):
            try changeType(of: name, to: definition, in: relation)
        case .addConstraint(let definition):
            var changed = relation.value
            try add([definition], to: &changed, isNew: false)
        case .dropConstraint(let name, let behavior, let ifExists):
            try dropConstraint(name, behavior, ifExists: ifExists, of: relation)
        case .validateConstraint(let name): try validateConstraint(name, of: relation)
        case .addIdentity(let name, let definition):
            try addIdentity(definition, to: name, in: relation)
        case .setIdentity(let name, let options): try setIdentity(options, of: name, in: relation)
        case .dropIdentity(let name, let ifExists):
            try dropIdentity(of: name, ifExists: ifExists, in: relation)
        case .dropExpression(let name, let ifExists):
            try dropExpression(of: name, ifExists: ifExists, in: relation)
        case .setStatistics(let name, _, _):
            if let name { _ = try columnIndex(name, of: relation.value) }
        case .setColumnOptions(let name, _), .resetColumnOptions(let name, _),
            .setStorage(let name, _), .setCompression(let name, _):
            _ = try columnIndex(name, of: relation.value)
        case .clusterOn, .dropCluster, .dropOIDs, .replicaIdentity: break
        case .setLogged, .setUnlogged: break
        case .setTablespace(let name):
            if name != "pg_default" {
                throw SQLError(.undefinedObject, "tablespace \"\(name)\" does not exist")
            }
        default:
            throw SQLError.notSupported("ALTER TABLE ... \(command.words)")
        }
    }

    // MARK: Columns

    private func addColumn(
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
        try fill(column, of: &changed, from: relation, plan, sequence: sequence, isPrimary: isPrimary)
        try add(plan.constraints, to: &changed, isNew: false)
    }

    /// Gives existing rows their value of a new column: a constant default without touching them,
    /// any other by writing them anew.
    private func fill(
        _ column: Int, of changed: inout Relation, from old: Shared<Relation>, _ plan: ColumnPlan,
        sequence: OID?, isPrimary: Bool
    ) throws(SQLError) {
        let definition = changed.columns[column]
        if definition.defaultValue == nil, definition.identity == nil {
            if definition.isNotNull || isPrimary {
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
        var values = [Expression?](repeating: nil, count: changed.columns.count)
        values[column] = expression
        try rewrite(old, as: &changed, values: values)
    }

    /// A constant in text form; nil where text does not lead back to the same value for sure.
    private func missingText(_ constant: Constant) -> String? {
        let arena = Arena()
        let datum: Datum
        switch constant.value {
        case .null: return nil
        case .word(let value): datum = Datum(word: value)
        case .bytes(let bytes): datum = Datum(view: ByteView(copying: bytes, into: arena))
        }
        var buffer = ByteBuffer()
        // Stored text must not depend on the session's settings.
        TypeIO.output(datum, type: constant.type.oid, context: TypeContext(), into: &buffer)
        return String(decoding: buffer.bytes, as: UTF8.self)
    }

    private func dropColumn(
        _ name: String, _ behavior: DropBehavior, ifExists: Bool, of relation: Shared<Relation>
    ) throws(SQLError) {
        guard let column = relation.value.columnIndex(named: name) else {
            if !ifExists { throw undefinedColumn(name, of: relation.value) }
            notice(
                .successfulCompletion,
                "column \"\(name)\" of relation \"\(relation.name)\" does not exist, skipping")
            return
        }
        // Indexes over several columns, and constraints, go with any of their columns.
        try remove([.column(column, of: relation.oid)], behavior)
    }

    private func changeDefault(
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

    private func setNotNull(_ name: String, in relation: Shared<Relation>) throws(SQLError) {
        let column = try columnIndex(name, of: relation.value)
        if relation.columns[column].isNotNull { return }
        try host.validate(relation, checks: [], notNull: [column])
        var changed = relation.value
        changed.columns[column].isNotNull = true
        catalog.put(changed)
    }

    private func dropNotNull(_ name: String, in relation: Shared<Relation>) throws(SQLError) {
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

    private func dropExpression(
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
        var changed = relation.value
        changed.columns[column].isGenerated = false
        changed.columns[column].defaultValue = nil
        catalog.put(changed)
    }

    // MARK: Types

    private func changeType(
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
        var changed = relation.value
        changed.columns[column].type = type
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
        var values = [Expression?](repeating: nil, count: changed.columns.count)
        values[column] = conversion
        try rewrite(relation, as: &changed, values: values)
    }

    /// What gives a column's values their new type; the column is given with it.
    private func conversion(
        of column: Column, using syntax: SyntaxExpression?, in relation: Shared<Relation>
    ) throws(SQLError) -> Expression {
        if let syntax {
            return try analyzer().definitionExpression(syntax, for: .conversion(column), of: relation)
        }
        do throws(SQLError) {
            return try analyzer().definitionExpression(
                .columnReference(names: [column.name], isStar: false, location: -1),
                for: .conversion(column), of: relation)
        } catch {
            guard error.state == .datatypeMismatch else { throw error }
            let plain = SQLType(oid: column.type.oid, modifier: -1).name
            let cast = Catalog.Identifier.quote(column.name) + "::" + column.type.name
            let message = "column \"\(column.name)\" cannot be cast automatically to type \(plain)"
            throw SQLError(.datatypeMismatch, message)
                .hint("You might need to specify \"USING \(cast)\".")
        }
    }

    /// Carries a column's new type into its default, indexes and checks.
    private func retype(
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
                    "default for column \"\(definition.name)\" cannot be cast automatically to type \(definition.type.name)"
                )
            }
        }
        for oid in relation.indexes {
            guard let index = snapshot.relation(oid), var keys = index.index?.keys else { continue }
            var isChanged = false
            for position in keys.indices where keys[position].column == column {
                try checkIndexable(definition.type)
                keys[position].type = definition.type
                isChanged = true
            }
            if !isChanged { continue }
            var copy = index.value
            copy.index?.keys = keys
            for position in keys.indices where keys[position].column == column {
                copy.columns[position].type = definition.type
            }
            catalog.put(copy)
        }
    }

    // MARK: Constraints

    private func dropConstraint(
        _ name: String, _ behavior: DropBehavior, ifExists: Bool, of relation: Shared<Relation>
    ) throws(SQLError) {
        guard let constraint = relation.constraints.first(where: { $0.name == name }) else {
            let message =
                "constraint \"\(name)\" of relation \"\(relation.name)\" does not exist"
            if !ifExists { throw SQLError(.undefinedObject, message) }
            notice(.successfulCompletion, message + ", skipping")
            return
        }
        try remove([.constraint(constraint.oid)], behavior)
    }

    private func validateConstraint(
        _ name: String, of relation: Shared<Relation>
    ) throws(SQLError) {
        guard let index = relation.constraints.firstIndex(where: { $0.name == name }) else {
            throw SQLError(
                .undefinedObject,
                "constraint \"\(name)\" of relation \"\(relation.name)\" does not exist")
        }
        let constraint = relation.constraints[index]
        if constraint.isValidated { return }
        switch constraint.kind {
        case .check(let stored):
            let predicate = try analyzer().storedExpression(stored, of: relation)
            try host.validate(
                relation, checks: [TableChecks.Check(name: name, predicate: predicate)],
                notNull: [])
        case .foreignKey: try validate(constraint, of: relation.value)
        case .primaryKey, .unique: return
        }
        var changed = relation.value
        changed.constraints[index].isValidated = true
        catalog.put(changed)
    }

    // MARK: Identity

    private func addIdentity(
        _ definition: ConstraintDefinition, to name: String, in relation: Shared<Relation>
    ) throws(SQLError) {
        let column = try columnIndex(name, of: relation.value)
        let old = relation.columns[column]
        let identity: Identity = definition.generatedWhen == .always ? .always : .byDefault
        var plan = ColumnPlan(column: old)
        plan.column.identity = identity
        var generator = ColumnPlan.Generator(identity: identity, options: [])
        for option in definition.options {
            if option.name == "sequence_name", case .names(let names) = option.value {
                generator.sequenceName = names
            } else {
                generator.options.append(option)
            }
        }
        plan.generator = generator
        try nameGenerator(of: &plan, table: relation.name, in: relation.namespace)
        let sequence = try makeGenerator(
            for: &plan, in: relation.namespace, relation.persistence, owner: relation.owner)
        let whose = "column \"\(name)\" of relation \"\(relation.name)\""
        if !old.isNotNull {
            throw SQLError(
                .objectNotInPrerequisiteState,
                "\(whose) must be declared NOT NULL before identity can be added")
        }
        if old.identity != nil {
            throw SQLError(
                .objectNotInPrerequisiteState, "\(whose) is already an identity column")
        }
        if old.defaultValue != nil {
            throw SQLError(
                .objectNotInPrerequisiteState, "\(whose) already has a default value")
        }
        var changed = relation.value
        changed.columns[column].identity = identity
        catalog.put(changed)
        if let sequence { own(sequence, column: column, of: relation.oid, isIdentity: true) }
    }

    private func setIdentity(
        _ options: [DefinitionElement], of name: String, in relation: Shared<Relation>
    ) throws(SQLError) {
        let column = try columnIndex(name, of: relation.value)
        guard relation.columns[column].identity != nil else {
            throw notIdentity(name, relation.value)
        }
        var changed = relation.value
        var sequenceOptions: [DefinitionElement] = []
        var hasGenerated = false
        for option in options {
            guard option.name == "generated" else {
                sequenceOptions.append(option)
                continue
            }
            if hasGenerated {
                throw failure(
                    .syntaxError, "conflicting or redundant options", at: option.location)
            }
            hasGenerated = true
            changed.columns[column].identity = option.value.isAlways ? .always : .byDefault
        }
        catalog.put(changed)
        guard !sequenceOptions.isEmpty,
            let oid = snapshot.ownedSequence(
                of: relation.oid, columnNumber: column + 1, internalOnly: true)
        else { return }
        let sequence = try lockedRelation(oid, .shareRowExclusive)
        try alter(sequence: sequence.value, options: sequenceOptions, isIdentity: true)
    }

    private func dropIdentity(
        of name: String, ifExists: Bool, in relation: Shared<Relation>
    ) throws(SQLError) {
        let column = try columnIndex(name, of: relation.value)
        guard relation.columns[column].identity != nil else {
            if !ifExists { throw notIdentity(name, relation.value) }
            notice(.successfulCompletion, notIdentity(name, relation.value).message + ", skipping")
            return
        }
        let sequence = snapshot.ownedSequence(
            of: relation.oid, columnNumber: column + 1, internalOnly: true)
        var changed = relation.value
        changed.columns[column].identity = nil
        catalog.put(changed)
        guard let sequence else { return }
        catalog.removeDependencies(of: .relation(sequence), kind: .internal)
        try remove([.relation(sequence)], .restrict)
    }

    private func notIdentity(_ name: String, _ relation: Relation) -> SQLError {
        SQLError(
            .objectNotInPrerequisiteState,
            "column \"\(name)\" of relation \"\(relation.name)\" is not an identity column")
    }
}

extension DefinitionElement.Value {
    /// The value of SET GENERATED: 'a' or 'd', by its code.
    fileprivate var isAlways: Bool {
        switch self {
        case .integer(let code): code == 97
        case .string(let text): text == "a"
        default: false
        }
    }
}

extension AlterTableCommand {
    /// The order in which PostgreSQL carries out the actions of one statement.
    fileprivate var pass: Int {
        switch self {
        case .dropColumn, .dropConstraint, .dropNotNull, .dropIdentity, .dropExpression: 0
        case .alterColumnType: 1
        case .addColumn: 2
        case .addIdentity, .setIdentity, .columnDefault: 3
        case .setNotNull: 4
        case .addConstraint(let definition):
            switch definition.kind {
            case .primary, .unique: 5
            case .foreign: 7
            default: 6
            }
        default: 8
        }
    }

    /// The action in the words of error messages.
    fileprivate var words: String {
        switch self {
        case .addColumn: "ADD COLUMN"
        case .columnDefault(_, let value): value == nil ? "ALTER COLUMN ... DROP DEFAULT" : "ALTER COLUMN ... SET DEFAULT"
        case .dropNotNull: "ALTER COLUMN ... DROP NOT NULL"
        case .setNotNull: "ALTER COLUMN ... SET NOT NULL"
        case .dropExpression: "ALTER COLUMN ... DROP EXPRESSION"
        case .setStatistics: "ALTER COLUMN ... SET STATISTICS"
        case .setColumnOptions: "ALTER COLUMN ... SET"
        case .resetColumnOptions: "ALTER COLUMN ... RESET"
        case .setStorage: "ALTER COLUMN ... SET STORAGE"
        case .setCompression: "ALTER COLUMN ... SET COMPRESSION"
        case .dropColumn: "DROP COLUMN"
        case .addConstraint: "ADD CONSTRAINT"
        case .alterConstraint: "ALTER CONSTRAINT"
        case .validateConstraint: "VALIDATE CONSTRAINT"
        case .dropConstraint: "DROP CONSTRAINT"
        case .alterColumnType: "ALTER COLUMN ... SET DATA TYPE"
        case .changeOwner: "OWNER TO"
        case .clusterOn: "CLUSTER ON"
        case .dropCluster: "SET WITHOUT CLUSTER"
        case .setLogged: "SET LOGGED"
        case .setUnlogged: "SET UNLOGGED"
        case .dropOIDs: "SET WITHOUT OIDS"
        case .setAccessMethod: "SET ACCESS METHOD"
        case .setTablespace: "SET TABLESPACE"
        case .setOptions: "SET"
        case .resetOptions: "RESET"
        case .enableTrigger: "ENABLE TRIGGER"
        case .disableTrigger: "DISABLE TRIGGER"
        case .enableRule: "ENABLE RULE"
        case .disableRule: "DISABLE RULE"
        case .addInherit: "INHERIT"
        case .dropInherit: "NO INHERIT"
        case .addOf: "OF"
        case .dropOf: "NOT OF"
        case .replicaIdentity: "REPLICA IDENTITY"
        case .rowSecurity: "ROW SECURITY"
        case .attachPartition: "ATTACH PARTITION"
        case .detachPartition: "DETACH PARTITION"
        case .finalizeDetachPartition: "DETACH PARTITION ... FINALIZE"
        case .addIdentity: "ALTER COLUMN ... ADD IDENTITY"
        case .setIdentity: "ALTER COLUMN ... SET"
        case .dropIdentity: "ALTER COLUMN ... DROP IDENTITY"
        case .unsupported(let words): words
        }
    }
}
