public import Base
internal import Synchronization
public import System

/// A transaction of the engine. Used by its session's thread, except where noted (hence no
/// exclusivity checks); costs nothing but memory until it writes.
public final class Transaction: @unchecked Sendable {
    // Safe to share: other threads only compare it and look at `processID`, `waiter` and, under the
    // wait graph's lock, at what it waits for.

    public let engine: Engine
    public let waiter: Waiter
    /// The session's process number, for messages about deadlocks.
    public let processID: Int32
    /// The top-level writer; none until the first write.
    @exclusivity(unchecked) public internal(set) var writer = WriterID.none
    /// The number of the command in progress; changes carry it. Starts at 1.
    @exclusivity(unchecked) public private(set) var command: UInt32 = 1
    /// Whatever the transaction did or met must be durable up to here before it is told.
    @inlinable public var waitPosition: LogPosition {
        get { storedWaitPosition }
        set { storedWaitPosition = newValue }
    }
    // Through an inlinable accessor: in other modules the attribute alone does not count.
    @exclusivity(unchecked) @usableFromInline var storedWaitPosition = LogPosition.zero
    /// lock_timeout of the statement in progress, in milliseconds; 0 none.
    @exclusivity(unchecked) public var lockTimeoutMilliseconds = 0
    /// deadlock_timeout.
    @exclusivity(unchecked) public var deadlockTimeoutMilliseconds = 1000

    /// Of a serializable one, once it has its snapshot.
    @inlinable public var serializable: SerializableTransaction? { storedSerializable }
    // Through an inlinable accessor: in other modules the attribute alone does not count.
    @exclusivity(unchecked) @usableFromInline var storedSerializable: SerializableTransaction?

    /// Subtransactions that are open, innermost last.
    struct Savepoint {
        var writer: WriterID
        var rowLockMark: Int
        var relationLockMark: Int
        var dropMark: Int
    }
    @exclusivity(unchecked) var savepoints: [Savepoint] = []
    /// Row locks and relation locks held, in order of taking.
    @exclusivity(unchecked) var rowLocks: [RowLockTable.Held] = []
    @exclusivity(unchecked) var relationLocks: [RelationLocks.Held] = []
    /// Locks of relations, and advisory ones, that end with it.
    public var lockCount: Int { relationLocks.count }
    /// All subtransactions that have written, until the end.
    @exclusivity(unchecked) var subtransactions: [WriterID] = []
    /// Generations that go away at commit.
    @exclusivity(unchecked) var droppedGenerations: [GenerationID] = []
    /// Transactions that wait for this one; under the wait graph's lock.
    @exclusivity(unchecked) var waiting: [Transaction] = []
    /// How often those this one waited for have woken it.
    let wakeCount = Atomic<Int>(0)
    @exclusivity(unchecked) var isEnded = false
    /// It holds a table lock that keeps others from writing.
    @exclusivity(unchecked) var holdsStrongLock = false
    /// It has written a generation anew from another.
    var hasBuilt = false

    init(engine: Engine, waiter: Waiter, processID: Int32) {
        self.engine = engine
        self.waiter = waiter
        self.processID = processID
    }

    /// The writer that changes belong to now: the innermost subtransaction's.
    var currentWriter: WriterID { savepoints.last { $0.writer != .none }?.writer ?? writer }

    /// lock_timeout and deadlock_timeout of the statements from here on, in milliseconds.
    public func setTimeouts(lock: Int, deadlock: Int) {
        lockTimeoutMilliseconds = lock
        deadlockTimeoutMilliseconds = deadlock
    }

    /// Makes this command's changes visible to the next.
    public func advanceCommand() { command += 1 }

    /// A snapshot of everything durable, or visible to this session, by now: what it has met is, as
    /// are the newest definitions.
    /// - Parameter lastCommit: the session's own last commit, durable or not.
    public func snapshot(lastCommit: LogPosition) -> Snapshot {
        let known = max(lastCommit, waitPosition)
        let horizon = max(engine.visibleHorizon, engine.promptHorizon, known)
        raiseWait(engine.awaited(upTo: horizon))
        return Snapshot(horizon: horizon, writer: writer, command: command)
    }

    func raiseWait(_ position: LogPosition) {
        if position > waitPosition { waitPosition = position }
    }

    // MARK: Savepoints

    public var savepointDepth: Int { savepoints.count }

    public func pushSavepoint() {
        savepoints.append(
            Savepoint(
                writer: .none, rowLockMark: rowLocks.count,
                relationLockMark: relationLocks.count, dropMark: droppedGenerations.count))
    }

    /// The innermost savepoint's changes become those of the level around it.
    public func releaseSavepoint() {
        invariant(!savepoints.isEmpty, "a savepoint is open")
        savepoints.removeLast()
    }

    /// Undoes what was done since the innermost savepoint, which stays open.
    public func rollbackToSavepoint() {
        guard var savepoint = savepoints.popLast() else {
            invariant(false, "a savepoint is open")
            return
        }
        if savepoint.writer != .none { engine.abortSubtransaction(savepoint.writer) }
        engine.rowLocks.release(self, downTo: savepoint.rowLockMark)
        engine.relationLocks.release(self, downTo: savepoint.relationLockMark)
        droppedGenerations.removeLast(droppedGenerations.count - savepoint.dropMark)
        savepoint.writer = .none
        savepoints.append(savepoint)
        // What it would have done wrong is undone.
        serializable?.failure = nil
        engine.waits.wakeWaiting(for: self)
        advanceCommand()
    }

    /// The transaction's own id, given now where it has none yet.
    public func requireWriter() -> WriterID {
        if writer == .none { engine.assignWriter(to: self) }
        return writer
    }

    /// The generation goes away when the transaction commits.
    public func dropGeneration(_ generation: GenerationID) {
        droppedGenerations.append(generation)
    }

    // MARK: End

    /// Commits. Returns the position to wait for; zero if nothing was written.
    /// - Parameter asynchronous: visible at once to everyone, before it is durable.
    /// - Parameter publish: runs in the critical section of the commit record: catalog versions.
    @discardableResult
    public func commit(
        asynchronous: Bool = false, publish: ((LogPosition) -> Void)? = nil
    ) -> LogPosition {
        invariant(!isEnded, "a transaction ends once")
        var position = LogPosition.zero
        if writer != .none || !droppedGenerations.isEmpty {
            if writer == .none { engine.assignWriter(to: self) }
            position = engine.appendCommit(self, asynchronous: asynchronous, publish: publish)
            raiseWait(position)
        }
        finish(isCommitted: true)
        return position
    }

    public func abort() {
        if isEnded { return }
        if writer != .none { engine.appendAbort(writer) }
        finish(isCommitted: false)
    }

    private func finish(isCommitted: Bool) {
        isEnded = true
        if let serializable {
            serializable.tracker.end(serializable, isCommitted: isCommitted)
            storedSerializable = nil
        }
        savepoints.removeAll()
        if !subtransactions.isEmpty { engine.forgetSubtransactions(of: self) }
        engine.rowLocks.release(self, downTo: 0)
        engine.relationLocks.release(self, downTo: 0)
        engine.waits.end(self)
    }
}
