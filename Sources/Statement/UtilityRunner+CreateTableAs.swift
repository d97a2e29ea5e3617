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
        if case .execute(let execute) = create.query {
            return try runCreateTableAs(create, execute)
        }
        return try runCreateTableAs(
            create, create.query, queryAnalyzer(), parameters: parameters, values: values)
    }

    /// The query is that of a prepared statement.
    private func runCreateTableAs(
        _ create: CreateTableAsStatement, _ execute: ExecuteStatement
    ) throws(SQLError) -> RunningStatement {
        guard let find = runner.findPrepared else {
            throw SQLError.notSupported("CREATE TABLE AS EXECUTE here")
        }
        let found = try find(execute)
        let prepared = found.prepared
        guard case .select = prepared.statement else {
            throw SQLError(.wrongObjectType, "prepared statement is not a SELECT")
        }
        let types = prepared.parameterTypes
        return try runCreateTableAs(
            create, prepared.statement,
            runner.analyzer(
                prepared.text, parameterTypes: types, allowsParameters: !types.isEmpty),
            parameters: found.values, values: StatementRunner.values(found.values, types))
    }

    private func runCreateTableAs(
        _ create: CreateTableAsStatement, _ statement: SyntaxStatement, _ analyzer: Analyzer,
        parameters: [Datum], values: [Constant.Value]
    ) throws(SQLError) -> RunningStatement {
        try session.requireWritable("CREATE TABLE AS")
        guard case .select(let query) = try analyzer.analyze(statement)
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
                ifNotExists: create.ifNotExists, onCommit: create.into.onCommit,
                tablespace: create.into.tablespace, accessMethod: create.into.accessMethod)
        else { return RunningStatement(done: "CREATE TABLE AS") }
        if create.into.skipsData {
            if case .execute = create.query { return RunningStatement(done: "SELECT 0") }
            return RunningStatement(done: "CREATE TABLE AS")
        }
        var body = query.body
        let commonTables = body.commonTables
        if body.changesData { body.commonTables = [] }
        var insert = BoundInsert(
            table: table, columns: Array(columns.indices), source: BoundQuery(body),
            defaults: columns.map { _ in nil }, checks: TableChecks(), conflict: nil, returning: [])
        if query.body.changesData { insert.commonTables = commonTables }
        let plan = try runner.plan(
            .insert(insert), session.scope, named: analyzer.named(in: .insert(insert)), values: values)
        let execution = try Execution.start(plan, parameters: parameters, session: session)
        defer { execution.close() }
        while try execution.next() != nil {}
        return RunningStatement(done: "SELECT \(execution.rowCount)")
    }
}
