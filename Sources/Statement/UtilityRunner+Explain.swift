internal import Analyze
internal import Base
internal import Catalog
internal import Execute
internal import Functions
internal import Parse
internal import Query
internal import System
internal import Types

/// EXPLAIN.
extension UtilityRunner {
    func runExplain(_ explain: ExplainStatement) throws(SQLError) -> RunningStatement {
        var options = try options(of: explain)
        let started = Instant.now()
        var parameters = zip(self.parameters, parameterTypes).map { (value: $0, type: $1) }
        let plan: PhysicalPlan
        var query = explain.query.withoutInto
        if case .createTableAs(let create) = query {
            if options.analyze { throw SQLError.notSupported("EXPLAIN ANALYZE of CREATE TABLE AS") }
            query = create.query
        }
        switch query {
        case .execute(let execute):
            guard let find = runner.findPrepared else {
                throw SQLError.notSupported("EXPLAIN EXECUTE here")
            }
            let found = try find(execute)
            guard let known = found.prepared.plan else {
                return RunningStatement(tag: "EXPLAIN", batch: Batch([.bytes]))
            }
            plan = known
            options.isGeneric = found.isGeneric
            parameters = zip(found.values, found.prepared.parameterTypes).map { ($0, $1) }
        case .refreshMaterializedView:
            guard options.format == .text else {
                throw SQLError.notSupported("EXPLAIN of REFRESH MATERIALIZED VIEW in this format")
            }
            return RunningStatement(
                tag: "EXPLAIN", batch: lines(["Utility statements have no plan structure"]))
        default: plan = try self.plan(query)
        }
        let time = Double(Instant.now().nanoseconds - started.nanoseconds) / 1e6
        let lines = try Execution.explain(
            plan, parameters: parameters, session: session, options: options, planningTime: time)
        return RunningStatement(tag: "EXPLAIN", batch: self.lines(lines))
    }

    private func lines(_ lines: [String]) -> Batch {
        let batch = Batch([.bytes])
        let arena = session.functions.stateArena
        for (row, line) in lines.prefix(batchRowsMax).enumerated() {
            batch.columns[0].set(row, Datum(view: ByteView(copying: line, into: arena)))
        }
        batch.count = min(lines.count, batchRowsMax)
        return batch
    }

    private func plan(_ statement: SyntaxStatement) throws(SQLError) -> PhysicalPlan {
        let analyzer = queryAnalyzer()
        let bound = try analyzer.analyze(statement)
        return try runner.plan(bound, session.scope, named: analyzer.named(in: bound), values: values)
    }

    private func options(of explain: ExplainStatement) throws(SQLError) -> ExplainOptions {
        var options = ExplainOptions()
        for option in explain.options {
            switch option.name {
            case "analyze": options.analyze = try option.booleanValue()
            case "verbose": options.verbose = try option.booleanValue()
            case "costs": options.costs = try option.booleanValue()
            case "buffers": options.buffers = try option.booleanValue()
            case "wal": options.wal = try option.booleanValue()
            case "settings": options.settings = try option.booleanValue()
            case "timing": options.timing = try option.booleanValue()
            case "summary": options.summary = try option.booleanValue()
            case "format":
                guard let name = option.textValue else {
                    throw SQLError(.syntaxError, "format requires a parameter")
                }
                guard let format = ExplainOptions.Format(rawValue: name) else {
                    throw SQLError(
                        .invalidParameterValue,
                        "unrecognized value for EXPLAIN option \"format\": \"\(name)\""
                    ).at(position: position(option.location))
                }
                options.format = format
            default:
                throw SQLError(.syntaxError, "unrecognized EXPLAIN option \"\(option.name)\"")
                    .at(position: position(option.location))
            }
        }
        try options.check()
        return options
    }
}
