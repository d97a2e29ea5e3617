public import Base
internal import Catalog
public import Query
internal import Engine

/// The operators of a plan with their memory, kept for the next execution of the same plan.
final class CompiledPlan {
    let plan: PhysicalPlan
    let run: RunState
    let root: Operator
    /// It has been in the pool: the plan runs again and again.
    var wasPooled = false

    init(_ plan: PhysicalPlan, session: SessionState) throws(SQLError) {
        self.plan = plan
        let run = RunState(
            session: session, executionParameterCount: plan.executionParameterCount)
        self.run = run
        // Subplans are built when they are first needed: they may refer to each other.
        run.subplans = plan.subplans.map { node in
            SubplanRunner(run: run) { [unowned run] () throws(SQLError) in
                try OperatorBuilder(run: run).build(node)
            }
        }
        root = try OperatorBuilder(run: run).build(plan.root)
    }

    func close() {
        root.close()
        for subplan in run.subplans { subplan.close() }
        run.end()
    }
}

/// Compiled plans that are not running, by plan: those that have run at least twice, since most
/// plans of simple queries run once.
final class ExecutionPool {
    private static let capacity = 64
    private var idle: [ObjectIdentifier: CompiledPlan] = [:]
    /// Plans that have run once, the newest at `nextSeen - 1`. One that is gone may look like a new
    /// one in its place, which does no harm.
    private var seen: [ObjectIdentifier] = []
    private var nextSeen = 0
    private static let seenCount = 32

    func take(_ plan: PhysicalPlan) -> CompiledPlan? {
        idle.removeValue(forKey: ObjectIdentifier(plan))
    }

    func put(_ compiled: CompiledPlan) {
        let key = ObjectIdentifier(compiled.plan)
        guard compiled.wasPooled || isKnown(key) else { return }
        compiled.wasPooled = true
        idle[key] = compiled
        if idle.count <= ExecutionPool.capacity { return }
        // Full: forget one of the others.
        if let victim = idle.keys.first(where: { $0 != key }) { idle[victim] = nil }
    }

    /// True from the second call on.
    private func isKnown(_ key: ObjectIdentifier) -> Bool {
        if seen.contains(key) { return true }
        if seen.count < ExecutionPool.seenCount {
            seen.append(key)
        } else {
            seen[nextSeen % ExecutionPool.seenCount] = key
        }
        nextSeen += 1
        return false
    }

    func removeAll() { idle.removeAll() }
}

/// A started plan: its batches are pulled one by one.
public final class Execution {
    public let plan: PhysicalPlan
    private let session: SessionState
    private var compiled: CompiledPlan?
    /// Rows returned; of INSERT, UPDATE and DELETE: rows changed.
    public private(set) var rowCount = 0
    private var isFinished = false

    /// Locks what the plan reads and writes, takes a snapshot and gets ready.
    /// - Parameter locksRelations: false if the caller has locked them, to check for a stale plan.
    public convenience init(
        plan: PhysicalPlan, parameters: [Datum], session: SessionState,
        locksRelations: Bool = true
    ) throws(SQLError) {
        try self.init(
            plan: plan, parameters: parameters, session: session, locksRelations: locksRelations,
            seesNewest: false)
    }

    /// - Parameter seesNewest: reads what is committed by now, whatever the isolation level: for
    ///   constraints.
    init(
        plan: PhysicalPlan, parameters: [Datum], session: SessionState, locksRelations: Bool,
        seesNewest: Bool
    ) throws(SQLError) {
        self.plan = plan
        self.session = session
        try Execution.checkPrivileges(plan, session)
        if session.isReadOnly { try Execution.checkReadOnly(plan, session) }
        if locksRelations { try Execution.lockRelations(of: plan, session: session) }
        session.refreshTypeSettings()
        let compiled: CompiledPlan
        if let pooled = session.pool.take(plan) {
            compiled = pooled
        } else {
            compiled = try CompiledPlan(plan, session: session)
        }
        self.compiled = compiled
        do throws(SQLError) {
            try compiled.run.begin(parameters: parameters)
            if seesNewest { compiled.run.snapshot = session.newestSnapshot() }
            try compiled.root.open()
        } catch {
            noteWait(compiled)
            compiled.close()
            throw error
        }
    }

    deinit { close() }

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

    /// The next rows: the first `plan.columns.count` vectors are the result's columns. Valid until
    /// the next call.
    public func next() throws(SQLError) -> Batch? {
        guard let compiled, !isFinished else { return nil }
        do throws(SQLError) {
            while let batch = try compiled.root.next() {
                if batch.count == 0 { continue }
                if modifiedRows == nil { rowCount += batch.count }
                return batch
            }
        } catch {
            noteWait(compiled)
            isFinished = true
            compiled.close()
            self.compiled = nil
            throw error
        }
        if let modifiedRows { rowCount = modifiedRows }
        isFinished = true
        noteWait(compiled)
        return nil
    }

    /// How many rows an INSERT, UPDATE or DELETE has changed so far; nil for queries.
    private var modifiedRows: Int? {
        switch plan.root {
        case .insert: (compiled?.root as? InsertOperator)?.changedCount
        case .modify: (compiled?.root as? ModifyOperator)?.changedCount
        default: nil
        }
    }

    /// Gives the operators back for the next execution. Idempotent.
    public func close() {
        guard let compiled else { return }
        self.compiled = nil
        noteWait(compiled)
        compiled.close()
        session.pool.put(compiled)
    }

    private func noteWait(_ compiled: CompiledPlan) {
        if let transaction = compiled.run.currentTransaction {
            session.waitFor(transaction.waitPosition)
        }
    }

    private static func checkReadOnly(_ plan: PhysicalPlan, _ session: SessionState)
        throws(SQLError)
    {
        func isTemporary(_ relation: Shared<Relation>) -> Bool {
            relation.persistence == .temporary
        }
        switch plan.root {
        case .insert(let insert):
            if !isTemporary(insert.insert.table) { try session.requireWritable("INSERT") }
        case .modify(let modify):
            if !isTemporary(modify.table) {
                try session.requireWritable(modify.assignments == nil ? "DELETE" : "UPDATE")
            }
        default:
            for relation in plan.relations where relation.use == .lockRows {
                try session.requireWritable("SELECT FOR UPDATE")
            }
        }
    }
}
