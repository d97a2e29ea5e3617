internal import Base
internal import Catalog
internal import Engine
internal import Functions
internal import Query
internal import System
internal import Types

/// What the operators and expressions of one running plan share: the session, the statement's
/// snapshot, parameters and subplans. Kept with the operators and used again for the next execution
/// of the plan in the session.
final class RunState {
    /// The session keeps the executions that keep this; closing it ends that.
    let session: SessionState
    let context: FunctionContext
    private let waiter: Waiter
    /// What the statement sees.
    @exclusivity(unchecked) var snapshot = Snapshot(horizon: .zero, writer: .none, command: 0)
    /// What system columns are read by, from when the statement has gone on with newer versions of
    /// rows than it sees, and the execution that has.
    @exclusivity(unchecked) private var later: (snapshot: Snapshot, execution: UInt64)?
    var rowSnapshot: Snapshot {
        if let later, later.execution == execution { return later.snapshot }
        return snapshot
    }
    func goOn(by later: Snapshot) { self.later = (later, execution) }
    /// Rows that are newer must not be changed, though the statement sees them: those of a constraint's
    /// own statement in a transaction that keeps its snapshot. Nil: it changes what it sees.
    @exclusivity(unchecked) var changeHorizon: LogPosition?
    var changeSnapshot: Snapshot {
        guard let changeHorizon else { return snapshot }
        var older = snapshot
        older.horizon = changeHorizon
        return older
    }
    /// Of a serializable transaction: notes what the statement reads. Nil: nobody asks for that.
    @exclusivity(unchecked) var reader: SerializableTransaction?
    /// The transaction of the execution.
    @exclusivity(unchecked) private(set) var currentTransaction: Transaction?
    /// Grows with each execution: what was computed for an earlier one is stale.
    @exclusivity(unchecked) var execution: UInt64 = 1
    let executionCells: [ParameterCell]
    @exclusivity(unchecked) private var parameterCells: [ParameterCell] = []
    /// The same once executions begin; nil: there are more of them by now.
    @exclusivity(unchecked) private var fixedCells: FixedList<ParameterCell>?
    @exclusivity(unchecked) var subplans: [SubplanRunner] = []
    @exclusivity(unchecked) var commonTables: [CommonTableRunner] = []
    /// What is run, for errors that tell what the statement did.
    @exclusivity(unchecked) var plan: PhysicalPlan?
    /// Of EXPLAIN ANALYZE.
    @exclusivity(unchecked) var instrumentation: Instrumentation?
    /// Of the tables that the plan changes: they check again at the end of the statement.
    @exclusivity(unchecked) var foreignKeys: [ForeignKeyChecker] = []
    /// Of a thread that helps with a node: how it hears that it is not needed any more.
    @exclusivity(unchecked) private var crew: CrewSignal?
    /// The run is a helping thread's: joins take their right sides from the leader's operators.
    let isHelping: Bool
    /// Tables that hold rows in segments for the statement.
    private let pinned = PinnedTables()
    /// The engine's, when the operators were made.
    let viewCount: UInt64
    /// Memory that lives as long as the operators.
    let planArena = Arena()
    /// Parameters whose bytes are kept here while the plan runs.
    private let parameterArena = Arena()

    init(session: SessionState, executionParameterCount: Int) {
        self.session = session
        context = session.functions
        waiter = session.waiter
        engine = session.database.engine
        viewCount = engine.viewCount
        isHelping = false
        executionCells = (0..<executionParameterCount).map { _ in ParameterCell() }
    }

    /// For a thread that helps with a node of `leader`'s plan.
    init(helping leader: RunState) {
        session = leader.session
        context = leader.context.twin()
        waiter = leader.waiter
        engine = leader.engine
        viewCount = leader.viewCount
        isHelping = true
        executionCells = leader.executionCells.map { _ in ParameterCell() }
    }

    /// Another execution of the plan that it helps with: the same snapshot and parameters.
    func follow(_ leader: RunState, _ signal: CrewSignal) {
        execution += 1
        crew = signal
        snapshot = leader.snapshot
        context.follow(leader.context)
        for (number, cell) in leader.parameterCells.enumerated() {
            parameterCell(number).set(cell.value)
        }
    }

    /// A new execution with these parameter values, whose bytes are copied.
    func begin(parameters: [Datum]) throws(SQLError) {
        execution += 1
        if !parameters.isEmpty {
            parameterArena.reset()
            if parameterCells.count < parameters.count { _ = parameterCell(parameters.count - 1) }
            let cells = fixedCells ?? FixedList(parameterCells)
            if fixedCells == nil { fixedCells = cells }
            for index in parameters.indices {
                let value = parameters[index]
                cells.lend(index) { cell in
                    let isKept = cell.isBytes && !value.isNull
                    cell.set(isKept ? Datum(view: value.view.copied(into: parameterArena)) : value)
                }
            }
        }
        try startStatement()
    }

    /// Takes a snapshot for the statement.
    func startStatement() throws(SQLError) {
        snapshot = try session.statementSnapshot()
        changeHorizon = nil
        currentTransaction = session.transaction
        reader = nil
        if session.isolation == .serializable, !session.forcesNewestSnapshot {
            reader = session.transaction?.serializable
        }
    }

    /// Lets go of what holds this in turn.
    func dismantle() {
        subplans = []
        commonTables = []
        foreignKeys = []
    }

    /// Checks what the end of a statement checks, once all its parts are through.
    func finishStatement() throws(SQLError) {
        for checker in foreignKeys { try checker.finish() }
        if session.isolation == .serializable { try currentTransaction?.serializable?.check() }
    }

    func parameterCell(_ number: Int) -> ParameterCell {
        if parameterCells.count <= number { fixedCells = nil }
        while parameterCells.count <= number { parameterCells.append(ParameterCell()) }
        return parameterCells[number]
    }

    var transaction: Transaction {
        guard let currentTransaction else {
            invariant(false, "a statement runs in a transaction")
            fatalError()
        }
        return currentTransaction
    }

    /// Forgets the transaction when the plan is done.
    func end() {
        currentTransaction = nil
        reader = nil
        if !pinned.isEmpty { pinned.release() }
    }

    @inline(__always)
    func checkInterrupt() throws(SQLError) {
        if let crew { return try crew.check(waiter) }
        try waiter.checkInterrupt()
    }

    let engine: Engine

    /// - Throws: 55000 for a materialized view without rows.
    func requirePopulated(_ relation: Relation) throws(SQLError) {
        if relation.isPopulated { return }
        throw SQLError(
            .objectNotInPrerequisiteState,
            "materialized view \"\(relation.name)\" has not been populated"
        ).hint("Use the REFRESH MATERIALIZED VIEW command.")
    }

    // MARK: Memory

    /// What a sort may hold in memory before it goes on on disk (`work_mem`).
    var workMemoryBytes: Int { session.settings.typed.workMemoryKilobytes << 10 }

    func makeSpillFile(_ types: [PhysicalType]) throws(SQLError) -> SpillFile {
        try SpillFile(
            session.database.temporaryFiles, types: types,
            limitKilobytes: session.settings.typed.temporaryFileLimitKilobytes,
            use: session.record.use)
    }

    func table(_ placement: Placement) -> Table {
        engine.table(GenerationID(placement.generation), owner: pinned)
    }

    // MARK: Expressions

    /// Where results of the expressions that are being evaluated live.
    var expressionArena: Arena { context.arena }
    var typeContext: TypeContext { context.types }

    func beginExpressions(_ arena: Arena) -> Arena {
        let outer = context.arena
        arena.reset()
        context.arena = arena
        return outer
    }
    func endExpressions(_ outer: Arena) { context.arena = outer }

    /// Where states of aggregates and series grow meanwhile.
    func beginState(_ arena: Arena) -> Arena {
        let outer = context.stateArena
        context.stateArena = arena
        return outer
    }
    func endState(_ outer: Arena) { context.stateArena = outer }

    // MARK: Texts for errors

    /// A value as `Failing row contains` shows it.
    func valueText(_ value: Datum, _ type: OID) -> String {
        value.isNull
            ? "null"
            : ConstraintErrors.shortened(TypeIO.text(value, type: type, context: context.types))
    }
    /// A value as `Key (…)=(…)` shows it.
    func keyText(_ value: Datum, _ type: OID) -> String {
        value.isNull ? "null" : TypeIO.text(value, type: type, context: context.types)
    }
}
