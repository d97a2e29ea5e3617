public import Base
public import Query
internal import System
internal import Catalog

extension Execution {
    /// EXPLAIN's rows; with ANALYZE the statement is run first.
    /// - Parameters:
    ///   - parameters: of EXECUTE, with their types.
    ///   - planningTime: milliseconds.
    public static func explain(
        _ plan: PhysicalPlan, parameters: [(value: Datum, type: OID)] = [],
        session: SessionState, options: ExplainOptions, planningTime: Double
    ) throws(SQLError) -> [String] {
        var summary = ExplainSummary()
        if options.showsSummary { summary.planningTime = planningTime }
        if options.settings { summary.settings = changedSettings(session) }
        var instrumentation: Instrumentation?
        summary.hasTriggers = options.analyze
        if options.analyze {
            let started = Instant.now()
            instrumentation = try run(
                plan, parameters.map(\.value), session, measuresTime: options.showsTimes)
            if options.showsSummary {
                summary.executionTime =
                    Double(Instant.now().nanoseconds - started.nanoseconds) / 1e6
            }
        }
        var builder = ExplainBuilder(
            plan: plan, session: session, options: options, instrumentation: instrumentation)
        builder.values = options.isGeneric ? [] : parameters
        return ExplainFormatter(options: options, summary: summary).lines(builder.describe())
    }

    /// Runs a plan to its end, and forgets its rows.
    private static func run(
        _ plan: PhysicalPlan, _ parameters: [Datum], _ session: SessionState, measuresTime: Bool
    ) throws(SQLError) -> Instrumentation {
        let instrumentation = Instrumentation(measuresTime: measuresTime)
        let execution = try start(
            plan, parameters: parameters, session: session, instrumentation: instrumentation)
        while try execution.next() != nil {}
        execution.close()
        return instrumentation
    }

    /// Settings that bear on plans, where they are not as they come.
    private static func changedSettings(
        _ session: SessionState
    ) -> [(name: String, value: String)] {
        [
            "effective_cache_size", "jit", "max_parallel_workers_per_gather", "random_page_cost",
            "search_path", "seq_page_cost", "temp_buffers", "work_mem",
        ].compactMap { name in
            guard let definition = Settings.definition(named: name),
                session.settings.source(definition) != "default"
            else { return nil }
            return (name, session.settings.text(definition))
        }
    }
}
