internal import Analyze
internal import Base
internal import Catalog
internal import Parse
internal import Types

/// A column as CREATE TABLE and ADD COLUMN write it, its constraints sorted by what they are.
struct ColumnPlan {
    /// GENERATED … AS IDENTITY or serial: a sequence of the column's own.
    struct Generator {
        var identity: Identity?
        var options: [DefinitionElement]
        /// Nil: the column's.
        var type: OID?
        /// SEQUENCE NAME.
        var sequenceName: [String]?
    }

    var column: Column
    var defaultExpression: SyntaxExpression?
    var generatedExpression: SyntaxExpression?
    /// The default or generation expression of a column that LIKE names.
    var copiedExpression: StoredExpression?
    var generator: Generator?
    /// CHECK, PRIMARY KEY, UNIQUE and REFERENCES, with the column filled in as their key.
    var constraints: [ConstraintDefinition] = []
    /// The column's default is that of the parent's column.
    var isInherited = false
}

extension DefinitionExecutor {
    /// Reads a column definition.
    /// - Parameter table: the table's name, for messages.
    func plan(
        _ definition: ColumnDefinition, table: String
    ) throws(SQLError) -> ColumnPlan {
        guard let typeName = definition.type else {
            throw SQLError.notSupported("a column without a type")
        }
        if DefinitionExecutor.systemColumns.contains(definition.name) {
            throw SQLError(
                .duplicateColumn,
                "column name \"\(definition.name)\" conflicts with a system column name")
        }
        if typeName.isSetOf {
            throw SQLError(
                .invalidTableDefinition,
                "column \"\(definition.name)\" cannot be declared SETOF")
        }
        let serial = DefinitionExecutor.serialType(typeName)
        if serial != nil, !typeName.arrayBounds.isEmpty {
            throw failure(
                .featureNotSupported, "array of serial is not implemented", at: typeName.location)
        }
        let type: SQLType
        if let serial {
            type = SQLType(oid: serial, modifier: -1)
        } else {
            type = try analyzer().resolveType(typeName)
        }
        if TypeCatalog.info(type.oid)?.isPseudo == true {
            throw SQLError(
                .invalidTableDefinition,
                "column \"\(definition.name)\" has pseudo-type \(scope.name(of: type))")
        }
        if !definition.collation.isEmpty {
            try analyzer().checkCollation(
                definition.collation, of: type, at: definition.collationLocation)
        }
        var plan = ColumnPlan(column: Column(name: definition.name, type: type))
        plan.column.dimensions = typeName.arrayBounds.count
        if serial != nil { plan.generator = ColumnPlan.Generator(identity: nil, options: []) }
        try readConstraints(of: definition, into: &plan, isSerial: serial != nil, table)
        return plan
    }

    /// The integer type that serial and its kin stand for.
    private static func serialType(_ name: TypeNameSyntax) -> OID? {
        guard name.names.count == 1, !name.isSetOf, !name.isPercentType else { return nil }
        return switch name.names[0] {
        case "smallserial", "serial2": .int2
        case "serial", "serial4": .int4
        case "bigserial", "serial8": .int8
        default: nil
        }
    }

    func readConstraints(
        of definition: ColumnDefinition, into plan: inout ColumnPlan, isSerial: Bool,
        _ table: String
    ) throws(SQLError) {
        let name = definition.name
        var nullity: Bool?
        var hasDefault = false
        var marks = ConstraintMarks()
        func fail(_ message: String, _ constraint: ConstraintDefinition) -> SQLError {
            failure(.syntaxError, message, at: constraint.location)
        }
        let whose = "for column \"\(name)\" of table \"\(table)\""
        // What serial means comes after what is written, and has no place in the text.
        let implied =
            isSerial
            ? [ConstraintDefinition(kind: .default), ConstraintDefinition(kind: .notNull)] : []
        for constraint in definition.constraints + implied {
            if !constraint.kind.isAttribute { marks = ConstraintMarks() }
            switch constraint.kind {
            case .null, .notNull:
                let isNotNull = constraint.kind == .notNull
                if let nullity, nullity != isNotNull {
                    throw fail("conflicting NULL/NOT NULL declarations \(whose)", constraint)
                }
                nullity = isNotNull
                plan.column.isNotNull = isNotNull
            case .default:
                if hasDefault {
                    throw fail("multiple default values specified \(whose)", constraint)
                }
                plan.defaultExpression = constraint.rawExpression
                hasDefault = true
            case .identity:
                if plan.generator?.identity != nil {
                    throw fail("multiple identity specifications \(whose)", constraint)
                }
                if nullity == false {
                    throw fail("conflicting NULL/NOT NULL declarations \(whose)", constraint)
                }
                nullity = true
                readIdentity(constraint, into: &plan, isSerial: isSerial)
            case .generated:
                if plan.generatedExpression != nil {
                    throw fail("multiple generation clauses specified \(whose)", constraint)
                }
                plan.generatedExpression = constraint.rawExpression
                plan.column.isGenerated = true
            case .check:
                plan.constraints.append(constraint)
            case .exclusion: plan.constraints.append(constraint)
            case .primary, .unique:
                var keyed = constraint
                if keyed.keys.isEmpty { keyed.keys = [name] }
                marks.constraint = plan.constraints.count
                plan.constraints.append(keyed)
            case .foreign:
                var keyed = constraint
                keyed.foreignColumns = [name]
                marks.constraint = plan.constraints.count
                plan.constraints.append(keyed)
            case .attributeDeferrable, .attributeNotDeferrable, .attributeDeferred,
                .attributeImmediate:
                try mark(&plan.constraints, constraint, &marks)
            }
            try checkExclusive(plan, hasDefault: hasDefault, constraint, whose)
        }
    }

    private func checkExclusive(
        _ plan: ColumnPlan, hasDefault: Bool, _ constraint: ConstraintDefinition, _ whose: String
    ) throws(SQLError) {
        let isIdentity = plan.column.identity != nil
        if hasDefault, isIdentity {
            throw failure(
                .syntaxError, "both default and identity specified \(whose)",
                at: constraint.location)
        }
        if hasDefault, plan.column.isGenerated {
            throw failure(
                .syntaxError, "both default and generation expression specified \(whose)",
                at: constraint.location)
        }
        if isIdentity, plan.column.isGenerated {
            throw failure(
                .syntaxError, "both identity and generation expression specified \(whose)",
                at: constraint.location)
        }
    }

    private func readIdentity(
        _ constraint: ConstraintDefinition, into plan: inout ColumnPlan, isSerial: Bool
    ) {
        let identity: Identity = constraint.generatedWhen == .always ? .always : .byDefault
        var generator = ColumnPlan.Generator(identity: identity, options: [])
        for option in constraint.options {
            if option.name == "sequence_name", case .names(let names) = option.value {
                generator.sequenceName = names
            } else {
                generator.options.append(option)
            }
        }
        plan.column.identity = identity
        plan.column.isNotNull = true
        if !isSerial { plan.generator = generator }
    }

    /// DEFERRABLE and INITIALLY DEFERRED belong to the constraint before them.
    private func mark(
        _ constraints: inout [ConstraintDefinition], _ mark: ConstraintDefinition,
        _ marks: inout ConstraintMarks
    ) throws(SQLError) {
        guard let last = marks.constraint else {
            let clause =
                switch mark.kind {
                case .attributeDeferrable: "DEFERRABLE"
                case .attributeNotDeferrable: "NOT DEFERRABLE"
                case .attributeDeferred: "INITIALLY DEFERRED"
                default: "INITIALLY IMMEDIATE"
                }
            throw failure(.syntaxError, "misplaced \(clause) clause", at: mark.location)
        }
        func fail(_ message: String) -> SQLError {
            failure(.syntaxError, message, at: mark.location)
        }
        let isDeferral = mark.kind == .attributeDeferrable || mark.kind == .attributeNotDeferrable
        if isDeferral ? marks.saysDeferrable : marks.saysInitially {
            throw fail(
                "multiple \(isDeferral ? "DEFERRABLE/NOT DEFERRABLE" : "INITIALLY IMMEDIATE/DEFERRED") clauses not allowed"
            )
        }
        switch mark.kind {
        case .attributeDeferrable: constraints[last].isDeferrable = true
        case .attributeDeferred:
            constraints[last].isInitiallyDeferred = true
            if !marks.saysDeferrable { constraints[last].isDeferrable = true }
        default: break
        }
        if isDeferral { marks.saysDeferrable = true } else { marks.saysInitially = true }
        if constraints[last].isInitiallyDeferred,
            !constraints[last].isDeferrable || mark.kind == .attributeNotDeferrable
        {
            throw fail("constraint declared INITIALLY DEFERRED must be DEFERRABLE")
        }
    }

    /// Picks the name of a column's own sequence, if it needs one.
    func nameGenerator(
        of plan: inout ColumnPlan, table: String, in namespace: OID
    ) throws(SQLError) {
        guard plan.generator != nil, plan.generator?.sequenceName == nil else { return }
        plan.generator?.sequenceName = [
            freeRelationName(table, plan.column.name, "seq", in: namespace)
        ]
    }

    /// AS type, which comes before the other options of a column's own sequence.
    static func typeOption(_ type: OID) -> DefinitionElement {
        let name = TypeNameSyntax(names: ["pg_catalog", TypeCatalog.info(type)?.name ?? ""])
        return DefinitionElement(name: "as", value: .typeName(name))
    }

    /// Makes the sequence of a serial or identity column and its default. Called before the table
    /// exists; `own` follows when it does.
    func makeGenerator(
        for plan: inout ColumnPlan, in namespace: OID, _ persistence: Persistence, owner: OID
    ) throws(SQLError) -> OID? {
        guard let generator = plan.generator, let names = generator.sequenceName,
            let name = names.last
        else { return nil }
        var sequenceNamespace = namespace
        if names.count > 1 {
            sequenceNamespace = try scope.creationNamespace(schema: names[names.count - 2])
        }
        let options =
            [DefinitionExecutor.typeOption(generator.type ?? plan.column.type.oid)]
            + generator.options
        guard try claim(name, in: sequenceNamespace, ifNotExists: false) else { return nil }
        let sequence = try makeSequence(
            named: name, in: sequenceNamespace, persistence, options: options,
            isIdentity: generator.identity != nil, owner: owner)
        if generator.identity == nil {
            plan.column.defaultValue = StoredExpression(text: "nextval('\(sequence)'::regclass)")
        }
        return sequence
    }

    /// Ties a column's own sequence to it.
    func own(_ sequence: OID, column: Int, of table: OID, isIdentity: Bool) {
        if let relation = snapshot.relation(sequence) { removeOwner(of: relation.value) }
        catalog.addDependency(
            Dependency(
                .relation(sequence), on: .column(column, of: table),
                isIdentity ? .internal : .automatic))
        if !isIdentity { addDefaultDependencies(column, of: table, on: [.relation(sequence)]) }
    }

    /// A column's default goes with the column and keeps what it refers to.
    func addDefaultDependencies(_ column: Int, of table: OID, on objects: [ObjectAddress]) {
        let address = ObjectAddress.columnDefault(column, of: table)
        catalog.addDependency(Dependency(address, on: .column(column, of: table), .automatic))
        for object in objects { catalog.addDependency(Dependency(address, on: object, .normal)) }
    }
}

/// What was said of the deferral of a column's constraint that was read before.
struct ConstraintMarks {
    /// Nil: it is none that can be deferred.
    var constraint: Int?
    var saysDeferrable = false
    var saysInitially = false
}

extension ConstraintDefinition.Kind {
    /// It says something of the constraint before it.
    fileprivate var isAttribute: Bool {
        switch self {
        case .attributeDeferrable, .attributeNotDeferrable, .attributeDeferred,
            .attributeImmediate:
            true
        default: false
        }
    }
}
