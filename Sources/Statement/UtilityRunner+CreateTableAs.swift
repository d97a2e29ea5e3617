internal import Analyze
internal import Base
internal import Catalog
internal import Engine
internal import Execute
internal import Parse
internal import Query
internal import Types

/// CREATE TABLE … AS query.
extension UtilityRunner {
    func runCreateTableAs(
        _ create: CreateTableAsStatement
    ) throws(SQLError) -> RunningStatement {
        if create.objectType == .materializedView {
            return try runCreateMaterializedView(create)
        }
        guard case .select = create.query else {
            throw SQLError.notSupported("CREATE TABLE AS EXECUTE")
        }
        try session.requireWritable("CREATE TABLE AS")
        let analyzer = queryAnalyzer()
        guard case .select(let query) = try analyzer.analyze(create.query)
        else { throw SQLError(.internalError, "a query gives a query") }
        var columns = query.columns.map { Column(name: $0.name, type: $0.type) }
        if create.into.columnNames.count > columns.count {
            throw SQLError(.syntaxError, "too many column names were specified")
        }
        for (index, name) in create.into.columnNames.enumerated() { columns[index].name = name }
        for index in columns.indices where columns[index].type.oid == .unknown {
            columns[index].type = SQLType(.text)
        }
        let executor = DefinitionExecutor(host: SessionDefinitionHost(session), text: text)
        guard
            let table = try executor.createTable(
                named: create.into.relation, columns: columns, options: create.into.options,
                ifNotExists: create.ifNotExists, onCommit: create.into.onCommit)
        else { return RunningStatement(done: "CREATE TABLE AS") }
        if create.into.skipsData { return RunningStatement(done: "CREATE TABLE AS") }
        var body = query.body
        let commonTables = body.commonTables
        if body.changesData { body.commonTables = [] }
        var insert = BoundInsert(
            table: table, columns: Array(columns.indices), source: BoundQuery(body),
            defaults: columns.map { _ in nil }, checks: TableChecks(), conflict: nil, returning: [])
        if query.body.changesData { insert.commonTables = commonTables }
        let plan = try runner.plan(
            .insert(insert), session.scope, views: analyzer.views, values: values)
        let execution = try Execution.start(plan, parameters: parameters, session: session)
        defer { execution.close() }
        while try execution.next() != nil {}
        return RunningStatement(done: "SELECT \(execution.rowCount)")
    }
}
