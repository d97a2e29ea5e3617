public import Base
internal import Catalog
internal import Functions
public import Query
internal import Types

/// COPY over planned statements; the caller has locked the plans' relations.
extension CopyFrom {
    /// - Parameter plan: its root is an INSERT whose source is not used.
    public convenience init(
        plan: PhysicalPlan, options: CopyOptions, session: SessionState
    ) throws(SQLError) {
        guard case .insert(let insert) = plan.root else {
            throw SQLError(.internalError, "COPY FROM inserts")
        }
        session.refreshTypeSettings()
        let run = RunState(
            session: session, executionParameterCount: plan.executionParameterCount)
        run.plan = plan
        let inserter = try RowInserter.make(insert, builder: OperatorBuilder(run: run))
        try self.init(inserter: inserter, insert: insert.insert, options: options, run: run)
        try run.begin(parameters: [])
        inserter.begin()
    }
}

extension CopyTo {
    /// - Parameter plan: a query; its visible columns are copied.
    public convenience init(
        plan: PhysicalPlan, options: CopyOptions, session: SessionState
    ) throws(SQLError) {
        let execution = try Execution.start(plan, parameters: [], session: session)
        try self.init(
            execution, outputs: plan.columns.map { ValueOutput($0.type.oid, run: execution.run) },
            names: plan.columns.map(\.name), options: options)
    }
}
