internal import Analyze
internal import Base
internal import Catalog
internal import Engine
internal import Execute
internal import Parse
internal import Query

/// CREATE and REFRESH MATERIALIZED VIEW.
extension UtilityRunner {
    func runCreateMaterializedView(
        _ create: CreateTableAsStatement
    ) throws(SQLError) -> RunningStatement {
        guard case .select(let select) = create.query else {
            throw SQLError(.syntaxError, "a materialized view has a query")
        }
        try session.requireWritable("CREATE MATERIALIZED VIEW")
        let executor = DefinitionExecutor(host: SessionDefinitionHost(session), text: text)
        let query = try executor.materializedQuery(select)
        let view = try executor.createMaterializedView(
            create.into, query: query, ifNotExists: create.ifNotExists)
        guard let view, view.isPopulated else {
            return RunningStatement(done: "CREATE MATERIALIZED VIEW")
        }
        return RunningStatement(done: "SELECT \(try fill(view))")
    }

    func runRefresh(
        _ refresh: RefreshMaterializedViewStatement
    ) throws(SQLError) -> RunningStatement {
        try session.requireWritable("REFRESH MATERIALIZED VIEW")
        let executor = DefinitionExecutor(host: SessionDefinitionHost(session), text: text)
        let view = try executor.viewToRefresh(refresh)
        if refresh.isConcurrent {
            let analyzer = runner.analyzer(text)
            let query = try analyzer.viewQuery(view)
            let plan = try runner.plan(.select(query), session.scope, named: analyzer.named(in: .select(query)))
            let execution = try Execution.start(plan, parameters: [], session: session)
            defer { execution.close() }
            try MaterializedRows.replace(in: view, by: try execution.runToEnd(), session: session)
        } else {
            let emptied = try executor.emptied(view, isPopulated: !refresh.skipsData)
            if emptied.isPopulated { _ = try fill(emptied) }
        }
        return RunningStatement(done: "REFRESH MATERIALIZED VIEW")
    }

    /// Runs the query of a view without rows into it; how many there are. Snapshots that are older do
    /// not read it: they would find nothing.
    private func fill(_ view: Shared<Relation>) throws(SQLError) -> Int {
        if let placement = view.placement, let transaction = session.transaction {
            session.database.engine.noteBuild(
                GenerationID(placement.generation), by: transaction)
        }
        let analyzer = runner.analyzer(text)
        let query = try analyzer.viewQuery(view)
        var checks = TableChecks(indexes: try analyzer.tableChecks(of: view).indexes)
        checks.isRebuild = true
        let insert = BoundInsert(
            table: view, columns: Array(view.columns.indices), source: query,
            defaults: view.columns.map { _ in nil }, checks: checks, conflict: nil, returning: [])
        let plan = try runner.plan(.insert(insert), session.scope, named: analyzer.named(in: .insert(insert)))
        let execution = try Execution.start(plan, parameters: [], session: session)
        defer { execution.close() }
        while try execution.next() != nil {}
        return execution.rowCount
    }
}
