internal import Analyze
internal import Base
internal import Catalog
internal import Engine
internal import Parse
internal import Query
internal import Types

/// CREATE TABLE.
extension DefinitionExecutor {
    private static let columnCountMax = 1600

    func createTable(_ statement: CreateTableStatement) throws(SQLError) -> String {
        try checkBuilt(statement)
        let place: (namespace: OID, persistence: Persistence)
        do throws(SQLError) {
            place = try creationNamespace(statement.relation)
        } catch {
            throw error.at(position: position(statement.relation.location))
        }
        let (namespace, persistence) = place
        let name = statement.relation.name
        let strategy = try statement.partitionBy.map { s throws(SQLError) in
            try DefinitionExecutor.partitionStrategy(s)
        }
        if statement.ifNotExists, try !claim(name, in: namespace, ifNotExists: true) {
            return "CREATE TABLE"
        }
        var plans: [ColumnPlan] = []
        var constraints: [ConstraintDefinition] = []
        var overrides: [ColumnDefinition] = []
        var likes: [(source: Shared<Relation>, options: TableLikeClause.Options)] = []
        let parent =
            statement.partitionBound == nil ? nil : try partitionParent(statement.inherits[0])
        for element in statement.elements {
            switch element {
            case .column(let definition):
                if parent != nil || statement.ofType != nil {
                    overrides.append(definition)
                } else {
                    plans.append(try plan(definition, table: name))
                }
            case .constraint(let definition): constraints.append(definition)
            case .like(let clause):
                let source = try likeSource(clause)
                plans += columns(like: source, clause.options)
                if clause.options.contains(.constraints) {
                    constraints += try checks(of: source.value)
                }
                likes.append((source, clause.options))
            }
        }
        if let parent { plans = try columns(ofPartitionOf: parent, overrides, name: name) }
        var type = OID.invalid
        if let syntax = statement.ofType {
            (type, plans) = try columns(ofType: syntax, overrides, name: name)
        }
        if strategy != nil,
            let exclusion = (plans.flatMap(\.constraints) + constraints).first(where: {
                $0.kind == .exclusion
            })
        {
            throw failure(
                .featureNotSupported,
                "exclusion constraints are not supported on partitioned tables",
                at: exclusion.location)
        }
        if plans.count > DefinitionExecutor.columnCountMax {
            throw SQLError(.tooManyColumns, "tables can have at most 1600 columns")
        }
        constraints = plans.flatMap(\.constraints) + constraints
        var relation = Relation(
            oid: .invalid, name: name, namespace: namespace, owner: host.user,
            kind: strategy == nil ? .table : .partitionedTable, persistence: persistence)
        relation.onCommit = try onCommit(statement.onCommit, persistence)
        if strategy != nil, statement.accessMethod != nil {
            throw SQLError(
                .featureNotSupported,
                "specifying a table access method is not supported on a partitioned table")
        }
        try checkStorage(
            tablespace: statement.tablespace, accessMethod: statement.accessMethod)
        relation.ofType = type
        if let parent {
            try checkPersistence(of: relation, asPartitionOf: parent.value)
        }
        if strategy != nil, let option = statement.options.first {
            throw SQLError(
                .invalidParameterValue, "unrecognized parameter \"\(option.name)\"")
        }
        relation.options = try tableOptions(statement.options)
        try build(
            &relation, plans: plans, constraints: constraints, key: statement.partitionBy,
            partition: parent.flatMap { parent in statement.partitionBound.map { (parent, $0) } })
        for like in likes { try copyParts(of: like.source, like.options, to: &relation) }
        return "CREATE TABLE"
    }

    /// There is one tablespace and one way to keep rows.
    func checkStorage(tablespace: String?, accessMethod: String?) throws(SQLError) {
        if let tablespace, tablespace != "pg_default" {
            if tablespace == "pg_global" {
                throw SQLError(
                    .invalidParameterValue,
                    "only shared relations can be placed in pg_global tablespace")
            }
            throw SQLError(.undefinedObject, "tablespace \"\(tablespace)\" does not exist")
        }
        guard let accessMethod, accessMethod != "heap" else { return }
        if AccessMethod(named: accessMethod) != nil {
            throw SQLError(
                .objectNotInPrerequisiteState,
                "access method \"\(accessMethod)\" is not of type TABLE")
        }
        throw SQLError(.undefinedObject, "access method \"\(accessMethod)\" does not exist")
    }

    private func checkPersistence(
        of relation: Relation, asPartitionOf parent: Relation
    ) throws(SQLError) {
        let (isTemporary, wants) = (
            relation.persistence == .temporary, parent.persistence == .temporary
        )
        if isTemporary == wants { return }
        throw SQLError(
            .wrongObjectType,
            isTemporary
                ? "cannot create a temporary relation as partition of permanent relation \"\(parent.name)\""
                : "cannot create a permanent relation as partition of temporary relation \"\(parent.name)\""
        )
    }

    /// A table with these columns and nothing else, for CREATE TABLE AS.
    /// - Returns: nil where there is one and IF NOT EXISTS was said.
    func createTable(
        named name: RangeVariable, columns: [Column], options: [DefinitionElement],
        ifNotExists: Bool, onCommit action: OnCommitAction = .none, tablespace: String? = nil,
        accessMethod: String? = nil
    ) throws(SQLError) -> Shared<Relation>? {
        let (namespace, persistence) = try creationNamespace(name)
        if ifNotExists, try !claim(name.name, in: namespace, ifNotExists: true) { return nil }
        for column in columns where TypeCatalog.info(column.type.oid)?.isPseudo == true {
            throw SQLError(
                .invalidTableDefinition,
                "column \"\(column.name)\" has pseudo-type \(column.type.name)")
        }
        var relation = Relation(
            oid: .invalid, name: name.name, namespace: namespace, owner: host.user, kind: .table,
            persistence: persistence)
        try checkStorage(tablespace: tablespace, accessMethod: accessMethod)
        relation.options = try tableOptions(options)
        relation.onCommit = try onCommit(action, persistence)
        try build(&relation, plans: columns.map { ColumnPlan(column: $0) }, constraints: [])
        return snapshot.relation(relation.oid)
    }

    private func checkBuilt(_ statement: CreateTableStatement) throws(SQLError) {
        if statement.partitionBound == nil, let name = statement.inherits.first {
            let parent = try lockedRelation(name, .accessShare)
            if parent.kind == .partitionedTable {
                throw SQLError(
                    .wrongObjectType, "cannot inherit from partitioned table \"\(parent.name)\"")
            }
            throw SQLError.notSupported("INHERITS")
        }
    }

    /// ON COMMIT, which is for temporary tables.
    private func onCommit(
        _ action: OnCommitAction, _ persistence: Persistence
    ) throws(SQLError) -> OnCommit {
        if action != .none, persistence != .temporary {
            throw SQLError(
                .invalidTableDefinition, "ON COMMIT can only be used on temporary tables")
        }
        switch action {
        case .none, .preserveRows: return .preserveRows
        case .deleteRows: return .deleteRows
        case .drop: return .drop
        }
    }

    /// Sequences first, then the table, then what refers to it: PostgreSQL's order.
    func build(
        _ relation: inout Relation, plans: [ColumnPlan], constraints: [ConstraintDefinition],
        key: PartitionSpecification? = nil,
        partition: (parent: Shared<Relation>, bound: PartitionBound)? = nil
    ) throws(SQLError) {
        var plans = plans
        var sequences: [(column: Int, sequence: OID)] = []
        for index in plans.indices {
            try nameGenerator(of: &plans[index], table: relation.name, in: relation.namespace)
        }
        for index in plans.indices {
            if let sequence = try makeGenerator(
                for: &plans[index], in: relation.namespace, relation.persistence,
                owner: relation.owner)
            {
                sequences.append((index, sequence))
            }
        }
        // Only now: what is wrong with the sequences is said first.
        _ = try claim(relation.name, in: relation.namespace, ifNotExists: false)
        var names: Set<String> = []
        for plan in plans where !names.insert(plan.column.name).inserted {
            throw SQLError(
                .duplicateColumn, "column \"\(plan.column.name)\" specified more than once")
        }
        relation.oid = try catalog.newOID()
        relation.columns = plans.map(\.column)
        try makeRowType(of: &relation)
        if relation.kind.keepsRows { relation.placement = catalog.newPlacement() }
        relation.privileges = newPrivileges(
            .relations, owner: relation.owner, in: relation.namespace)
        let table = catalog.put(relation)
        catalog.addDependency(
            Dependency(.relation(relation.oid), on: .namespace(relation.namespace), .normal))
        if relation.ofType.isValid {
            catalog.addDependency(
                Dependency(.relation(relation.oid), on: .type(relation.ofType), .normal))
        }
        for column in relation.columns.indices { addTypeDependency(of: column, in: relation) }
        for (column, sequence) in sequences {
            own(
                sequence, column: column, of: relation.oid,
                isIdentity: plans[column].column.identity != nil)
        }
        for (index, plan) in plans.enumerated() {
            try storeDefault(of: plan, column: index, into: &relation, table)
            if plan.isInherited { try inheritDefault(index, of: table) }
        }
        if let partition {
            try makePartition(&relation, of: partition.parent, partition.bound)
        }
        if let key {
            relation.partitioning = try partitioning(key, of: Shared(relation))
            catalog.put(relation)
        }
        if let partition {
            try inheritIndexes(by: &relation, from: partition.parent.oid, isNew: true)
        }
        try add(constraints, to: &relation, isNew: true)
        catalog.put(relation)
    }

    /// Analyses DEFAULT and GENERATED expressions and notes what they need.
    func storeDefault(
        of plan: ColumnPlan, column: Int, into relation: inout Relation, _ table: Shared<Relation>
    ) throws(SQLError) {
        if let syntax = plan.defaultExpression {
            try setDefault(syntax, column: column, of: &relation, table)
        } else if let syntax = plan.generatedExpression {
            let expression = try analyzer().definitionExpression(
                syntax, for: .generated(plan.column), of: table)
            setGenerated(expression, column: column, of: &relation)
        } else if let copied = plan.copiedExpression {
            let expression = try analyzer().storedExpression(copied, of: table)
            if plan.column.isGenerated {
                setGenerated(expression, column: column, of: &relation)
            } else {
                relation.columns[column].defaultValue = copied
                addDefaultDependencies(
                    column, of: relation.oid,
                    on: DefinitionExecutor.references(expression, relation))
            }
        }
    }

    private func setGenerated(
        _ expression: Expression, column: Int, of relation: inout Relation
    ) {
        relation.columns[column].defaultValue = stored(expression, of: relation)
        addDefaultDependencies(column, of: relation.oid, on: [])
        // The column itself cannot be without what its expression names.
        for object in DefinitionExecutor.references(expression, relation) {
            catalog.addDependency(
                Dependency(.column(column, of: relation.oid), on: object, .normal))
        }
    }

    /// DEFAULT expression; DEFAULT NULL is none.
    func setDefault(
        _ syntax: SyntaxExpression, column: Int, of relation: inout Relation,
        _ table: Shared<Relation>
    ) throws(SQLError) {
        let expression = try analyzer().definitionExpression(
            syntax, for: .columnDefault(relation.columns[column]), of: table)
        if case .constant(let constant) = expression, constant.isNull {
            relation.columns[column].defaultValue = nil
            return
        }
        relation.columns[column].defaultValue = stored(expression, of: relation)
        addDefaultDependencies(
            column, of: relation.oid, on: DefinitionExecutor.references(expression, relation))
    }

    func stored(_ expression: Expression, of table: Relation) -> StoredExpression {
        Deparser.stored(expression, of: table, types: host.typeContext)
    }

    /// The objects that an expression names: relations in regclass constants, the sequences it
    /// draws from, and columns of its table other than the one it belongs to.
    static func references(_ expression: Expression, _ table: Relation?) -> [ObjectAddress] {
        var found: [ObjectAddress] = []
        _ = expression.contains { part in
            switch part {
            case .constant(let constant):
                if constant.type.oid == .regclass, case .word(let value) = constant.value {
                    found.append(.relation(OID(UInt32(truncatingIfNeeded: value))))
                }
            case .nextValue(let sequence, _): found.append(.relation(sequence))
            case .variable(let variable):
                if let table, variable.column < table.columns.count {
                    found.append(.column(variable.column, of: table.oid))
                }
            default: break
            }
            found += part.typeReferences
            return false
        }
        var unique: [ObjectAddress] = []
        for object in found where !unique.contains(object) { unique.append(object) }
        return unique
    }

    /// WITH (…): `fillfactor=70`. Storage parameters of PostgreSQL's heap are kept and shown.
    func tableOptions(_ options: [DefinitionElement]) throws(SQLError) -> [String] {
        var result: [String] = []
        for option in options {
            let name = option.namespace.map { "\($0).\(option.name)" } ?? option.name
            guard
                DefinitionExecutor.knownOptions.contains(option.name)
                    || option.name.hasPrefix("autovacuum_")
            else {
                throw SQLError(
                    .invalidParameterValue, "unrecognized parameter \"\(name)\"")
            }
            let value = option.value.optionText
            if option.name == "fillfactor" {
                guard let number = Int(value) else {
                    throw SQLError(
                        .invalidParameterValue,
                        "invalid value for integer option \"fillfactor\": \(value)")
                }
                if number < 10 || number > 100 {
                    throw SQLError(
                        .invalidParameterValue,
                        "value \(value) out of bounds for option \"fillfactor\""
                    ).detail("Valid values are between \"10\" and \"100\".")
                }
            }
            result.append("\(name)=\(value)")
        }
        return result
    }

    private static let knownOptions: Set<String> = [
        "fillfactor", "toast_tuple_target", "parallel_workers", "vacuum_index_cleanup",
        "vacuum_truncate", "user_catalog_table", "deduplicate_items", "log_autovacuum_min_duration",
        "fastupdate", "gin_pending_list_limit", "pages_per_range", "autosummarize", "buffering",
    ]
}

extension DefinitionElement.Value {
    /// As a storage parameter's text.
    var optionText: String {
        switch self {
        case .none: "true"
        case .integer(let value): String(value)
        case .float(let digits): digits
        case .boolean(let value): value ? "true" : "false"
        case .string(let text): text
        case .names(let names): names.joined(separator: ".")
        case .typeName(let type): type.names.joined(separator: ".")
        case .list, .expression, .role, .element, .variableSet: ""
        case .star: "*"
        }
    }
}
