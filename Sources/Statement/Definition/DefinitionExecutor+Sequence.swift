internal import Analyze
internal import Base
internal import Catalog
internal import Engine
internal import Parse
internal import Sequences
internal import Query
internal import Types

/// CREATE SEQUENCE and ALTER SEQUENCE.
extension DefinitionExecutor {
    func createSequence(_ statement: CreateSequenceStatement) throws(SQLError) -> String {
        let name = statement.sequence
        let (namespace, persistence) = try creationNamespace(name)
        guard
            try claim(name.name, in: namespace, ifNotExists: statement.ifNotExists)
        else { return "CREATE SEQUENCE" }
        _ = try makeSequence(
            named: name.name, in: namespace, persistence, options: statement.options,
            isIdentity: false)
        return "CREATE SEQUENCE"
    }

    /// Puts a new sequence into the catalog and makes its state. OWNED BY among the options is
    /// obeyed; `owner` nil is the user.
    func makeSequence(
        named name: String, in namespace: OID, _ persistence: Persistence,
        options: [DefinitionElement], isIdentity: Bool, owner: OID? = nil
    ) throws(SQLError) -> OID {
        let outcome = try SequenceOptions(options, position: position)
            .apply(to: nil, isIdentity: isIdentity, resolve: sequenceType)
        var sequence = Relation(
            oid: try catalog.newOID(), name: name, namespace: namespace,
            owner: owner ?? host.user, kind: .sequence, persistence: persistence)
        sequence.columns = DefinitionExecutor.sequenceColumns
        sequence.sequence = outcome.definition
        sequence.placement = catalog.newPlacement()
        sequence.privileges = newPrivileges(.sequences, owner: sequence.owner, in: namespace)
        catalog.put(sequence)
        catalog.addDependency(
            Dependency(.relation(sequence.oid), on: .namespace(namespace), .normal))
        try host.createState(of: sequence, at: outcome.position)
        if let names = outcome.ownedBy {
            try setOwner(of: sequence, names, isIdentity: isIdentity)
        }
        return sequence.oid
    }

    /// What SELECT … FROM sequence shows.
    static var sequenceColumns: [Column] {
        [
            Column(name: "last_value", type: SQLType(oid: .int8, modifier: -1), isNotNull: true),
            Column(name: "log_cnt", type: SQLType(oid: .int8, modifier: -1), isNotNull: true),
            Column(name: "is_called", type: SQLType(oid: .bool, modifier: -1), isNotNull: true),
        ]
    }

    func sequenceType(_ name: TypeNameSyntax) throws(SQLError) -> OID {
        try analyzer().resolveType(name).oid
    }

    func alterSequence(_ statement: AlterSequenceStatement) throws(SQLError) -> String {
        let name = statement.sequence
        if statement.ifExists,
            try scope.findRelation(catalog: name.catalog, schema: name.schema, name: name.name)
                == nil
        {
            notice(
                .successfulCompletion, "relation \"\(name.name)\" does not exist, skipping")
            return "ALTER SEQUENCE"
        }
        let sequence = try lockedRelation(name, .shareRowExclusive)
        guard sequence.kind == .sequence else {
            throw SQLError(.wrongObjectType, "\"\(sequence.name)\" is not a sequence")
        }
        try checkOwner(sequence.value)
        try alter(sequence: sequence.value, options: statement.options, isIdentity: false)
        return "ALTER SEQUENCE"
    }

    /// Applies options to a sequence that is locked.
    func alter(
        sequence: Relation, options: [DefinitionElement], isIdentity: Bool
    ) throws(SQLError) {
        guard let definition = sequence.sequence else {
            throw SQLError(.wrongObjectType, "\"\(sequence.name)\" is not a sequence")
        }
        let current = (definition, try host.position(of: sequence))
        let outcome = try SequenceOptions(options, position: position)
            .apply(to: current, isIdentity: isIdentity, resolve: sequenceType)
        var changed = sequence
        changed.sequence = outcome.definition
        if outcome.changesState {
            // A new generation even where the definition is as before: it discards the blocks
            // that sessions have cached.
            try restate(&changed, at: outcome.position)
        }
        catalog.put(changed)
        if let names = outcome.ownedBy {
            try setOwner(of: changed, names, isIdentity: isIdentity)
        }
    }

    /// A new generation of the state, the transaction's own until it commits.
    func restate(_ sequence: inout Relation, at position: SequencePosition) throws(SQLError) {
        if let placement = sequence.placement { catalog.dropPlacement(placement) }
        sequence.placement = catalog.newPlacement()
        try host.createState(of: sequence, at: position)
    }

    /// OWNED BY table.column and OWNED BY NONE.
    func setOwner(
        of sequence: Relation, _ names: [String], isIdentity: Bool
    ) throws(SQLError) {
        if names.count == 1 {
            guard names[0] == "none" else {
                throw SQLError(.syntaxError, "invalid OWNED BY option")
                    .hint("Specify OWNED BY table.column or OWNED BY NONE.")
            }
            try checkNotIdentity(sequence, isIdentity)
            removeOwner(of: sequence)
            return
        }
        let columnName = names[names.count - 1]
        let table = try lockedRelation(
            RangeVariable(
                catalog: names.count > 3 ? names[0] : nil,
                schema: names.count > 2 ? names[names.count - 3] : nil,
                name: names[names.count - 2]), .shareUpdateExclusive)
        guard table.kind == .table || table.kind == .view || table.kind == .partitionedTable else {
            throw SQLError(
                .wrongObjectType, "sequence cannot be owned by relation \"\(table.name)\""
            ).detail(unsupportedKindDetail(table.kind))
        }
        if table.owner != sequence.owner {
            throw SQLError(
                .objectNotInPrerequisiteState,
                "sequence must have same owner as table it is linked to")
        }
        if table.namespace != sequence.namespace {
            throw SQLError(
                .objectNotInPrerequisiteState,
                "sequence must be in same schema as table it is linked to")
        }
        let column = try columnIndex(columnName, of: table.value)
        try checkNotIdentity(sequence, isIdentity)
        removeOwner(of: sequence)
        catalog.addDependency(
            Dependency(
                .relation(sequence.oid), on: .column(column, of: table.oid),
                isIdentity ? .internal : .automatic))
    }

    private func checkNotIdentity(_ sequence: Relation, _ isIdentity: Bool) throws(SQLError) {
        guard !isIdentity, let owner = snapshot.owner(ofSequence: sequence.oid), owner.isIdentity
        else { return }
        let table = snapshot.relation(owner.table)?.name ?? ""
        throw SQLError(
            .featureNotSupported, "cannot change ownership of identity sequence"
        ).detail("Sequence \"\(sequence.name)\" is linked to table \"\(table)\".")
    }

    func removeOwner(of sequence: Relation) {
        for dependency in snapshot.dependencies(of: .relation(sequence.oid))
        where dependency.referenced.subID > 0 && dependency.kind != .normal {
            catalog.removeDependency(dependency)
        }
    }

    /// "This operation is not supported for …."
    func unsupportedKindDetail(_ kind: RelationKind) -> String {
        let noun =
            switch kind {
            case .table: "tables"
            case .index: "indexes"
            case .sequence: "sequences"
            case .view: "views"
            case .materializedView: "materialized views"
            case .compositeType: "composite types"
            case .partitionedTable: "partitioned tables"
            case .partitionedIndex: "partitioned indexes"
            }
        return "This operation is not supported for \(noun)."
    }
}
