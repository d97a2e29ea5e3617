internal import Base
internal import Synchronization
internal import System

/// Keeps SERIALIZABLE transactions free of anomalies, by the method of Cahill, and of Ports and
/// Grittner's paper on PostgreSQL (VLDB 2012): snapshots as at REPEATABLE READ, and of every two
/// transactions that run side by side, whether one has changed what the other one has read.
///
///     reader ──rw──▶ pivot ──rw──▶ out      every anomaly has such a path, and `out` commits first
///
/// One of the path fails; the one that can be retried with success, if there is a choice. All others
/// pay nothing: what is read and written by transactions of other levels is not looked at.
///
/// What a transaction reads is noted before it is read or before its rows are given on; what it
/// writes is compared with the notes after the new version is in place. So of a read and a write at
/// the same time at least one side sees the other.
final class SerializableTracker: @unchecked Sendable {
    // Safe to share: everything is used under `lock`, which is taken inside the log's latch by
    // commits and never held when that one is taken.

    let lock = Lock()
    /// Orders beginnings and ends.
    private var tick: UInt64 = 0
    private(set) var active: [SerializableTransaction] = []
    /// Committed ones that others still ran beside, in order of their commits.
    private var committed: [SerializableTransaction] = []
    private var byWriter: [WriterID: SerializableTransaction] = [:]
    private var byPosition: [LogPosition: SerializableTransaction] = [:]
    /// Who has read something of a generation.
    private(set) var readers: [GenerationID: [SerializableTransaction]] = [:]
    /// Who has read something of a generation that is gone: an index, whose table's rows can not be told
    /// from its keys any more. Every write counts as one of what they have read.
    private(set) var homeless: [SerializableTransaction] = []
    var old = OldTransactions()

    /// So many committed ones are known by themselves.
    private static let committedMax = 1024

    private func nextTick() -> UInt64 {
        tick += 1
        return tick
    }

    // MARK: Begin

    /// Takes the snapshot of a transaction.
    /// - Returns: nil if nothing has to be noted for it: it is READ ONLY and nobody is writing.
    func begin(
        _ transaction: Transaction, isReadOnly: Bool, lastCommit: LogPosition
    ) -> (snapshot: Snapshot, serializable: SerializableTransaction?) {
        lock.withLock {
            let snapshot = transaction.snapshot(lastCommit: lastCommit)
            cleanUp(visibleHorizon: min(snapshot.horizon, transaction.engine.visibleHorizon))
            let new = SerializableTransaction(
                tracker: self, transaction: transaction, horizon: snapshot.horizon,
                isReadOnly: isReadOnly, startTick: nextTick())
            if isReadOnly, isSafe(new) { return (snapshot, nil) }
            active.append(new)
            return (snapshot, new)
        }
    }

    /// True if no writer can make the snapshot part of an anomaly; else notes who may.
    private func isSafe(_ new: SerializableTransaction) -> Bool {
        // Committed, but not in the snapshot: not durable yet.
        for other in committed where other.position ?? .zero > new.horizon {
            if let change = other.earliestChange, change <= new.horizon { new.safety = .unsafe }
        }
        if new.safety == .unsafe {
            new.isDecided.store(true, ordering: .releasing)
            return false
        }
        for other in active where !other.isDeclaredReadOnly {
            new.awaited.append(other)
            other.watchers.append(new)
        }
        return new.awaited.isEmpty
    }

    /// Waits until it is known whether a READ ONLY transaction's snapshot is safe; true if it is.
    func waitForSafety(_ waiting: SerializableTransaction) throws(SQLError) -> Bool {
        lock.withLock { waiting.waitsForSafety = true }
        defer { lock.withLock { waiting.waitsForSafety = false } }
        _ = try waiting.transaction.waiter.wait {
            waiting.isDecided.load(ordering: .acquiring)
        }
        return lock.withLock { waiting.safety == .safe }
    }

    /// The sessions whose ends another one's DEFERRABLE transaction waits for.
    func safetyBlockers(of processID: Int32) -> [Int32] {
        lock.withLock {
            let waiting = active.first {
                $0.waitsForSafety && $0.transaction.processID == processID
            }
            return waiting?.awaited.map(\.transaction.processID) ?? []
        }
    }

    // MARK: End

    /// Notes the commit record. Called when it is appended, before anybody can see it committed.
    func committed(_ ended: SerializableTransaction, at position: LogPosition) {
        wake(
            lock.withLock {
                ended.position = position
                byPosition[position] = ended
                return markCommitted(ended)
            })
    }

    /// The end of a transaction that has not left a commit record.
    func end(_ ended: SerializableTransaction, isCommitted: Bool) {
        wake(
            lock.withLock {
                if ended.state == .committed || ended.state == .aborted { return [] }
                return isCommitted ? markCommitted(ended) : markAborted(ended)
            })
    }

    private func markCommitted(_ ended: SerializableTransaction) -> [SerializableTransaction] {
        ended.state = .committed
        ended.commitTick = nextTick()
        active.removeAll { $0 === ended }
        if ended.safety == .safe { return [] }
        forgetWatching(ended)
        if ended.hasWritten {
            for changer in ended.changers where changer.isCommitted {
                guard let position = changer.position else { continue }
                ended.earliestChange = min(ended.earliestChange ?? position, position)
            }
        }
        committed.append(ended)
        let decided = tellWatchers(of: ended)
        cleanUp(visibleHorizon: ended.transaction.engine.visibleHorizon)
        return decided
    }

    private func markAborted(_ ended: SerializableTransaction) -> [SerializableTransaction] {
        ended.state = .aborted
        active.removeAll { $0 === ended }
        forgetWatching(ended)
        forget(ended)
        let decided = tellWatchers(of: ended)
        cleanUp(visibleHorizon: ended.transaction.engine.visibleHorizon)
        return decided
    }

    private func forgetWatching(_ ended: SerializableTransaction) {
        for other in ended.awaited { other.watchers.removeAll { $0 === ended } }
        ended.awaited = []
    }

    /// Tells READ ONLY transactions whether the end of a writer leaves their snapshots safe; gives
    /// those for which that is decided now.
    private func tellWatchers(of ended: SerializableTransaction) -> [SerializableTransaction] {
        var decided: [SerializableTransaction] = []
        for watcher in ended.watchers {
            watcher.awaited.removeAll { $0 === ended }
            if let change = ended.earliestChange, change <= watcher.horizon {
                watcher.safety = .unsafe
                forgetWatching(watcher)
            } else if watcher.awaited.isEmpty, watcher.safety == .unknown {
                watcher.safety = .safe
                watcher.isFree.store(true, ordering: .releasing)
                active.removeAll { $0 === watcher }
                forget(watcher)
            } else {
                continue
            }
            watcher.isDecided.store(true, ordering: .releasing)
            decided.append(watcher)
        }
        ended.watchers = []
        return decided
    }

    /// Without the lock, which the woken take at once.
    private func wake(_ decided: [SerializableTransaction]) {
        for transaction in decided { transaction.transaction.waiter.wake() }
    }

    /// Nobody has to know any more what it has read and written.
    private func forget(_ ended: SerializableTransaction) {
        for generation in ended.reads.keys {
            readers[generation]?.removeAll { $0 === ended }
            if readers[generation]?.isEmpty == true { readers[generation] = nil }
        }
        ended.reads = [:]
        homeless.removeAll { $0 === ended }
        for other in ended.readers { other.changers.removeAll { $0 === ended } }
        for other in ended.changers { other.readers.removeAll { $0 === ended } }
        ended.readers = []
        ended.changers = []
        if ended.hasWritten { byWriter[ended.transaction.writer] = nil }
        if let position = ended.position { byPosition[position] = nil }
    }

    /// Forgets committed transactions beside which none runs that is active or is yet to begin, and
    /// sums up the oldest of the others when there are too many.
    /// - Parameter visibleHorizon: what snapshots see from now on, at the least.
    private func cleanUp(visibleHorizon: LogPosition) {
        var tickMin = UInt64.max
        var horizonMin = visibleHorizon
        for other in active {
            tickMin = min(tickMin, other.startTick)
            horizonMin = min(horizonMin, other.horizon)
        }
        var count = 0
        while count < committed.count, committed[count].commitTick < tickMin,
            committed[count].position ?? .zero <= horizonMin
        {
            forget(committed[count])
            count += 1
        }
        old.forget(commitTickMax: tickMin, horizonMin: horizonMin)
        while committed.count - count > SerializableTracker.committedMax {
            sumUp(committed[count])
            count += 1
        }
        if count > 0 { committed.removeFirst(count) }
    }

    private func sumUp(_ ended: SerializableTransaction) {
        for reader in ended.readers { reader.hasOldChanger = true }
        for changer in ended.changers { changer.hasOldReader = true }
        old.add(ended)
        forget(ended)
    }

    /// Generations are gone; called when that is committed.
    func dropped(_ generations: [GenerationID]) {
        lock.withLock {
            for generation in generations {
                for reader in readers[generation] ?? []
                where !homeless.contains(where: { $0 === reader }) {
                    homeless.append(reader)
                }
            }
        }
    }

    // MARK: Who is who

    /// The serializable transaction that a version is from; nil: it is from none that matters.
    func changer(_ outcome: WriterTable.Outcome) -> SerializableTransaction? {
        switch outcome {
        case .active(let writer): byWriter[writer]
        case .committed(let position): byPosition[position]
        case .aborted: nil
        }
    }

    /// Notes a read.
    func note(
        _ reader: SerializableTransaction, _ generation: GenerationID,
        _ add: (inout ReadSet) -> Void
    ) {
        if reader.reads[generation] == nil {
            readers[generation, default: []].append(reader)
        }
        add(&reader.reads[generation, default: ReadSet()])
    }

    /// Notes the first write.
    func noteWriter(_ changer: SerializableTransaction) {
        if changer.hasWritten { return }
        changer.hasWritten = true
        byWriter[changer.transaction.writer] = changer
    }

    func prepared(_ transaction: SerializableTransaction) {
        transaction.state = .prepared
        transaction.prepareTick = nextTick()
    }
}

/// What is left of committed transactions that were too many to be known by themselves.
struct OldTransactions {
    /// When the last of them committed, and its record.
    private(set) var commitTick: UInt64 = 0
    private var position = LogPosition.zero
    private(set) var reads: [GenerationID: ReadSet] = [:]
    /// By commit record: the first commit among the transaction's changers, if any.
    private var changes: [LogPosition: LogPosition?] = [:]

    mutating func add(_ ended: SerializableTransaction) {
        commitTick = max(commitTick, ended.commitTick)
        for (generation, set) in ended.reads {
            reads[generation, default: ReadSet()].merge(set)
        }
        if let ended = ended.position { position = max(position, ended) }
        if let position = ended.position {
            changes.updateValue(
                ended.hasOldChanger ? .zero : ended.earliestChange, forKey: position)
        }
    }

    /// Forgets everything when no transaction runs beside any of them.
    mutating func forget(commitTickMax: UInt64, horizonMin: LogPosition) {
        if commitTick > 0, commitTick < commitTickMax, position <= horizonMin {
            self = OldTransactions()
        }
    }

    /// The first commit among the changers of the transaction that has this commit record; nil: it is
    /// none of these.
    func change(of position: LogPosition) -> LogPosition?? { changes[position] }
}
