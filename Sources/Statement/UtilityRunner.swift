internal import Analyze
internal import Base
internal import Catalog
internal import Engine
internal import Execute
internal import Functions
internal import Log
internal import Parse
internal import Query
internal import Types

/// Statements that are not planned: COPY, EXPLAIN, definitions, maintenance.
struct UtilityRunner {
    let runner: StatementRunner
    let text: [UInt8]
    /// Those of the query within EXPLAIN or CREATE TABLE AS.
    let parameters: [Datum]
    let parameterTypes: [OID]
    var session: SessionState { runner.session }

    init(_ runner: StatementRunner, text: [UInt8], parameters: [Datum], types: [OID]) {
        self.runner = runner
        self.text = text
        self.parameters = parameters
        parameterTypes = types
    }

    /// For a query within the statement, with its parameters.
    func queryAnalyzer() -> Analyzer {
        runner.analyzer(
            text, parameterTypes: parameterTypes, allowsParameters: !parameterTypes.isEmpty)
    }

    /// The query's parameters, to plan for them.
    var values: [Constant.Value] { StatementRunner.values(parameters, parameterTypes) }

    /// The rows that a utility statement gives; nil: none.
    static func columns(of statement: SyntaxStatement) -> [OutputColumn]? {
        guard case .explain(let explain) = statement else { return nil }
        let format = explain.options.last { $0.name == "format" }?.textValue
        return [
            OutputColumn(name: "QUERY PLAN", type: SQLType(format == "json" ? .json : .text))
        ]
    }

    func run(_ statement: SyntaxStatement) throws(SQLError) -> RunningStatement {
        switch statement {
        case .explain(let explain): return try runExplain(explain)
        case .copy(let copy): return try runCopy(copy)
        case .lock(let lock): return try runLock(lock)
        case .constraintsSet(let set):
            return try runSetConstraints(set)
        case .createTableAs(let create): return try runCreateTableAs(create)
        case .refreshMaterializedView(let refresh): return try runRefresh(refresh)
        case .vacuum(let vacuum): return try runVacuum(vacuum)
        case .alterSystem(let change): return try runAlterSystem(change)
        case .checkpoint:
            try session.database.engine.checkpoint()
            return RunningStatement(done: "CHECKPOINT")
        default: break
        }
        try session.requireWritable(statement.commandTag)
        let executor = DefinitionExecutor(host: SessionDefinitionHost(session), text: text)
        let dropCount = session.catalog.droppedPlacements.count
        guard let tag = try executor.run(statement) else {
            throw SQLError.notSupported(statement.commandTag)
        }
        try session.noteDrops(after: dropCount)
        return RunningStatement(done: tag)
    }

    // MARK: SET CONSTRAINTS, LOCK, VACUUM

    private func runSetConstraints(
        _ set: ConstraintsSetStatement
    ) throws(SQLError) -> RunningStatement {
        var constraints: [OID] = []
        for name in set.constraints {
            for constraint in try namedConstraints(name) {
                if !constraint.isDeferrable {
                    throw SQLError(
                        .wrongObjectType, "constraint \"\(constraint.name)\" is not deferrable")
                }
                constraints.append(constraint.oid)
            }
        }
        // Partitions have constraints of their own.
        var position = 0
        while position < constraints.count {
            let parent = constraints[position]
            position += 1
            constraints += session.catalog.snapshot.relations.flatMap { $0.constraints }
                .filter { $0.parent == parent }.map(\.oid)
        }
        try session.setConstraints(
            set.constraints.isEmpty ? nil : constraints, deferred: set.isDeferred)
        return RunningStatement(done: "SET CONSTRAINTS")
    }

    /// The constraints of a name in the first schema of the search path that has one, or in the
    /// schema given.
    private func namedConstraints(_ name: RangeVariable) throws(SQLError) -> [Constraint] {
        let scope = session.scope
        var namespaces = scope.searchPath
        if let schema = name.schema {
            guard let namespace = try scope.findNamespace(schema) else {
                throw SQLError(.invalidSchemaName, "schema \"\(schema)\" does not exist")
            }
            namespaces = [namespace]
        }
        let snapshot = session.catalog.snapshot
        for namespace in namespaces {
            let found = snapshot.relations.filter { $0.namespace == namespace }
                .flatMap { $0.constraints }.filter { $0.name == name.name }
            if !found.isEmpty { return found }
        }
        throw SQLError(.undefinedObject, "constraint \"\(name.name)\" does not exist")
    }

    private func runLock(_ lock: LockStatement) throws(SQLError) -> RunningStatement {
        for name in lock.relations {
            let relation = try session.scope.resolveRelation(
                catalog: name.catalog, schema: name.schema, name: name.name)
            guard [.table, .partitionedTable, .view].contains(relation.kind) else {
                let kind =
                    switch relation.kind {
                    case .sequence: "sequences"
                    case .index: "indexes"
                    case .partitionedIndex: "partitioned indexes"
                    case .compositeType: "composite types"
                    case .materializedView: "materialized views"
                    case .table, .view, .partitionedTable: "tables"
                    }
                throw SQLError(
                    .wrongObjectType, "cannot lock relation \"\(relation.name)\""
                ).detail("This operation is not supported for \(kind).")
            }
            guard let mode = RelationLockMode(rawValue: lock.mode.rawValue) else {
                throw SQLError(.internalError, "lock modes are 1 to 8")
            }
            try lockRelation(
                relation, mode, wait: !lock.isNoWait, withPartitions: name.inherits)
        }
        return RunningStatement(done: "LOCK TABLE")
    }

    /// A view is locked with the relations that its query names, a table with its partitions.
    private func lockRelation(
        _ relation: Shared<Relation>, _ mode: RelationLockMode, wait: Bool,
        withPartitions: Bool = true
    ) throws(SQLError) {
        try session.lockRelation(relation.oid, mode, wait: wait)
        if withPartitions {
            for partition in session.catalog.snapshot.partitions(of: relation.value) {
                try lockRelation(partition, mode, wait: wait)
            }
        }
        guard relation.kind == .view, relation.viewDefinition != nil else { return }
        let query = try runner.analyzer(text).viewQuery(relation)
        for object in QueryReferences(query).objects {
            guard let below = session.catalog.snapshot.relation(object.objectID),
                [.table, .partitionedTable, .view].contains(below.kind)
            else { continue }
            try lockRelation(below, mode, wait: wait)
        }
    }

}
