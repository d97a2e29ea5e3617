public import Base
internal import Catalog
public import Query
internal import Engine

/// A plan with its operators and their memory, being run: batches are pulled one by one. Closed, it
/// is kept by the session for the next run of the same plan.
public final class Execution {
    public let plan: PhysicalPlan
    let run: RunState
    private let root: Operator
    private let session: SessionState
    /// Rows returned; of INSERT, UPDATE and DELETE: rows changed.
    @inlinable public var rowCount: Int { storedRowCount }
    // Through an inlinable accessor: in other modules the attribute alone does not count.
    @exclusivity(unchecked) @usableFromInline private(set) var storedRowCount = 0
    /// All rows were given.
    @exclusivity(unchecked) private var isFinished = false
    /// What the operators were last told that the next batch is to have at most.
    @exclusivity(unchecked) private var rowsWanted = batchRowsMax
    /// Between start and close.
    @exclusivity(unchecked) private var isRunning = false

    private init(
        _ plan: PhysicalPlan, session: SessionState, instrumentation: Instrumentation? = nil
    ) throws(SQLError) {
        self.plan = plan
        self.session = session
        let run = RunState(
            session: session, executionParameterCount: plan.executionParameterCount)
        run.plan = plan
        run.instrumentation = instrumentation
        self.run = run
        // Subplans are built when they are first needed: they may refer to each other.
        run.subplans = plan.subplans.enumerated().map { number, node in
            SubplanRunner(run: run) { [unowned run] () throws(SQLError) in
                try OperatorBuilder(run: run).buildSubplan(node, number)
            }
        }
        run.commonTables = plan.commonTables.map { table in
            CommonTableRunner(table, run: run)
        }
        root = try OperatorBuilder(run: run).build(plan.root)
    }

    deinit {
        if isRunning { end() }
        run.dismantle()
    }

    /// Locks what the plan reads and writes, takes a snapshot and gets ready.
    /// - Parameter locksRelations: false if the caller has locked them, to check for a stale plan.
    public static func start(
        _ plan: PhysicalPlan, parameters: [Datum], session: SessionState,
        locksRelations: Bool = true
    ) throws(SQLError) -> Execution {
        try start(
            plan, parameters: parameters, session: session, locksRelations: locksRelations,
            seesNewest: false)
    }

    /// A statement of the server's own, which asks for no rights and sees the newest rows.
    public static func startOwn(
        _ plan: PhysicalPlan, session: SessionState
    ) throws(SQLError) -> Execution {
        try start(plan, parameters: [], session: session, locksRelations: true, seesNewest: true)
    }

    /// - Parameter seesNewest: reads what is committed by now, whatever the isolation level, and asks
    ///   for no rights: for constraints.
    static func start(
        _ plan: PhysicalPlan, parameters: [Datum], session: SessionState, locksRelations: Bool,
        seesNewest: Bool
    ) throws(SQLError) -> Execution {
        if !seesNewest {
            try checkPrivileges(plan, session)
            if session.isReadOnly { try checkReadOnly(plan, session) }
        }
        if locksRelations { try lockRelations(of: plan, session: session) }
        session.refreshTypeSettings()
        let execution: Execution
        if let pooled = session.pool.take(plan), pooled.isFresh {
            execution = pooled
        } else {
            execution = try Execution(plan, session: session)
        }
        try execution.begin(parameters, seesNewest: seesNewest)
        return execution
    }

    /// The same for EXPLAIN ANALYZE, with operators of its own.
    static func start(
        _ plan: PhysicalPlan, parameters: [Datum], session: SessionState,
        instrumentation: Instrumentation
    ) throws(SQLError) -> Execution {
        try checkPrivileges(plan, session)
        if session.isReadOnly { try checkReadOnly(plan, session) }
        try lockRelations(of: plan, session: session)
        session.refreshTypeSettings()
        let execution = try Execution(plan, session: session, instrumentation: instrumentation)
        try execution.begin(parameters, seesNewest: false)
        return execution
    }

    /// False: the operators hold memory that its tables have let go of, as may all that are idle.
    private var isFresh: Bool {
        if run.viewCount == run.engine.viewCount { return true }
        session.pool.removeAll()
        return false
    }

    private func begin(_ parameters: [Datum], seesNewest: Bool) throws(SQLError) {
        isRunning = true
        isFinished = false
        storedRowCount = 0
        want(batchRowsMax)
        do throws(SQLError) {
            try run.begin(parameters: parameters)
            if seesNewest {
                if session.isolation.keepsSnapshot { run.changeHorizon = run.snapshot.horizon }
                run.snapshot = session.committedSnapshot()
                run.reader = nil
            }
            try root.open()
        } catch {
            end()
            throw error
        }
    }

    /// Takes the locks of a plan's relations, in its order.
    public static func lockRelations(
        of plan: PhysicalPlan, session: SessionState
    ) throws(SQLError) {
        for relation in plan.relations {
            let mode: RelationLockMode =
                switch relation.use {
                case .read: .accessShare
                case .lockRows: .rowShare
                case .write: .rowExclusive
                }
            try session.lockRelation(relation.relation, mode)
        }
    }

    /// The next batch is to have at most so many rows, as far as that can be.
    public func want(_ count: Int) {
        if count == rowsWanted { return }
        rowsWanted = count
        root.want(count)
    }

    /// What the columns of its batches are made of: more than the plan's visible columns.
    public var types: [PhysicalType] { root.types }

    /// The next rows: the first `plan.columns.count` vectors are the result's columns. Valid until
    /// the next call.
    public func next() throws(SQLError) -> Batch? {
        if isFinished || !isRunning { return nil }
        do throws(SQLError) {
            while let batch = try root.next() {
                if batch.count == 0 { continue }
                if root.changedCount == nil { storedRowCount += batch.count }
                return batch
            }
        } catch {
            end()
            throw error
        }
        if let changedCount = root.changedCount { storedRowCount = changedCount }
        if plan.changesData { try finishChanges() }
        isFinished = true
        return nil
    }

    /// Runs the statements of WITH to their ends, the last one first as in PostgreSQL, so that none
    /// loses rows that another one reads; then checks what the statement's end checks.
    private func finishChanges() throws(SQLError) {
        do throws(SQLError) {
            for table in run.commonTables.reversed() where table.changesData { try table.finish() }
            try run.finishStatement()
        } catch {
            end()
            throw error
        }
    }

    /// Runs to the end at once and keeps the rows: nobody may ask for all of them.
    public func runToEnd() throws(SQLError) -> RowStore {
        let rows = RowStore(types: types)
        while let batch = try next() { rows.append(batch.columns, count: batch.count) }
        return rows
    }

    /// Gives the operators back for the next run. To be called once; not needed after an error.
    public func close() {
        if !isRunning { return }
        end()
        if run.instrumentation == nil { session.pool.put(self) }
    }

    /// Rows leave before the end: they too wait until what they tell is durable.
    public func showRows() {
        if let transaction = run.currentTransaction {
            session.waitFor(transaction.waitPosition)
        }
    }

    private func end() {
        isRunning = false
        // Rows and errors tell what was seen, and wait until that is durable. A mere count of
        // changed rows does not: it is worth what its transaction is, and waits with the commit.
        if let transaction = run.currentTransaction, !isFinished || !plan.columns.isEmpty {
            session.waitFor(transaction.waitPosition)
        }
        root.close()
        for subplan in run.subplans { subplan.close() }
        for table in run.commonTables { table.close() }
        run.end()
    }

    private static func checkReadOnly(_ plan: PhysicalPlan, _ session: SessionState)
        throws(SQLError)
    {
        let snapshot = session.catalog.snapshot
        for relation in plan.relations
        where !relation.rights.isSubset(of: .select)
            && snapshot.relation(relation.relation)?.persistence != .temporary
        {
            try session.requireWritable(plan.verb)
        }
    }
}
