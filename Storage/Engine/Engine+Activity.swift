internal import Base

/// What transactions hold and wait for, for pg_locks and pg_blocking_pids.
extension Engine {
    /// A row's worth of pg_locks about transactions.
    public struct TransactionLock: Sendable {
        public var processID: Int32
        /// The transaction that is locked: the holder's own, or the one that is waited for.
        public var writer: WriterID
        public var isGranted: Bool
    }

    /// The sessions in the way of one that waits for a lock; none if it does not.
    public func blockers(of processID: Int32) -> [Int32] {
        var result: [Int32] = []
        for blockage in waits.blockages where blockage.transaction.processID == processID {
            for blocker in blockage.blockers where !result.contains(blocker.processID) {
                result.append(blocker.processID)
            }
        }
        return result
    }

    /// The sessions that a DEFERRABLE READ ONLY transaction of this one waits for.
    public func safeSnapshotBlockers(of processID: Int32) -> [Int32] {
        serializable.safetyBlockers(of: processID)
    }

    /// The transactions that have written or locked rows, and who waits for which of them.
    public var transactionLocks: [TransactionLock] {
        var locks = waits.registered.map {
            TransactionLock(processID: $0.processID, writer: $0.writer, isGranted: true)
        }
        for blockage in waits.blockages {
            guard case .transaction = blockage.awaited, let blocker = blockage.blockers.first
            else { continue }
            locks.append(
                TransactionLock(
                    processID: blockage.transaction.processID, writer: blocker.writer,
                    isGranted: false))
        }
        return locks
    }

    /// Transactions that have an id and go on.
    public var activeWriters: [WriterID] { waits.registered.map(\.writer) }

    /// What has become of a transaction or subtransaction that had an id.
    public enum WriterStatus: Sendable {
        case active
        case committed
        case aborted
    }

    /// Nil: it has ended so long ago that nobody knows any more how.
    public func status(of writer: WriterID) -> WriterStatus? {
        switch writers.outcome(of: writer) {
        case .active(let top): waits.transaction(of: top) == nil ? nil : .active
        case .committed: .committed
        case .aborted: .aborted
        }
    }
}
