internal import Base
internal import Synchronization
internal import System

/// Who waits for whom: blocks, wakes, and finds deadlocks. One lock for all, taken only by those
/// who wait and by ends of transactions that wrote.
///
/// A waiter registers with every transaction in its way, then looks again whether they still are
/// (one may have ended in between), then sleeps until one of them ends, lets go of a lock or leaves
/// a queue. Whatever it finds then, it registers anew: so a wake-up is never lost.
final class WaitGraph: @unchecked Sendable {
    // Safe to share: everything is used under `lock`, the wake counters of transactions are atomic.

    private struct Edge {
        var transaction: Transaction
        var blockers: [Transaction]
        var description: String
    }

    private let lock = Lock()
    private var edges: [ObjectIdentifier: Edge] = [:]
    /// By the writer that readers of versions know.
    private var writers: [WriterID: Transaction] = [:]

    func register(_ transaction: Transaction) {
        lock.withLock { writers[transaction.writer] = transaction }
    }

    func isWaiting(_ transaction: Transaction) -> Bool {
        lock.withLock { edges[ObjectIdentifier(transaction)] != nil }
    }

    func transaction(of writer: WriterID) -> Transaction? { lock.withLock { writers[writer] } }

    /// Makes those who wait for `transaction` look again.
    func wakeWaiting(for transaction: Transaction) {
        for waiter in lock.withLock({ noteWake(transaction) }) { waiter.wake() }
    }

    /// The transaction has ended: nobody finds it any more, and those who waited go on.
    func end(_ transaction: Transaction) {
        let ready = lock.withLock { () -> [Waiter] in
            if transaction.writer != .none { writers[transaction.writer] = nil }
            return noteWake(transaction)
        }
        for waiter in ready { waiter.wake() }
    }

    private func noteWake(_ transaction: Transaction) -> [Waiter] {
        if transaction.waiting.isEmpty { return [] }
        return transaction.waiting.map { other in
            other.wakeCount.wrappingAdd(1, ordering: .releasing)
            return other.waiter
        }
    }

    /// Blocks until `blockers` finds nobody in the way. Called, as `blockers`, without any latch.
    /// - Parameter description: what is waited for, in the words of PostgreSQL's deadlock report.
    /// - Throws: 55P03 lock timeout, 40P01 deadlock, the session's interrupts.
    func wait(
        _ transaction: Transaction, description: (_ blocker: Transaction) -> String,
        blockers: () -> [Transaction]
    ) throws(SQLError) {
        var current = blockers()
        if current.isEmpty { return }
        let timeout = transaction.lockTimeoutMilliseconds
        let deadline: Instant? =
            timeout > 0 ? Instant.now().advanced(byMilliseconds: timeout) : nil
        while let first = current.first {
            let registered = current
            let ticket = add(transaction, registered, description(first))
            defer { remove(transaction, registered) }
            current = blockers()
            if current.elementsEqual(registered, by: { $0 === $1 }) {
                try sleep(transaction, ticket, deadline)
                current = blockers()
            }
        }
    }

    /// Until a blocker has woken the transaction since `ticket`.
    private func sleep(
        _ transaction: Transaction, _ ticket: Int, _ deadline: Instant?
    ) throws(SQLError) {
        let checkTime = Instant.now().advanced(
            byMilliseconds: transaction.deadlockTimeoutMilliseconds)
        var hasChecked = false
        while true {
            var next = deadline
            if !hasChecked { next = deadline.map { min($0, checkTime) } ?? checkTime }
            let isAwake = try transaction.waiter.wait(deadline: next) {
                transaction.wakeCount.load(ordering: .acquiring) != ticket
            }
            if isAwake { return }
            let now = Instant.now()
            if let deadline, now >= deadline { throw Interrupt.lockTimeout.error }
            if !hasChecked, now >= checkTime {
                hasChecked = true
                if let error = deadlock(of: transaction) { throw error }
            }
        }
    }

    private func add(
        _ transaction: Transaction, _ blockers: [Transaction], _ description: String
    ) -> Int {
        lock.withLock {
            edges[ObjectIdentifier(transaction)] = Edge(
                transaction: transaction, blockers: blockers, description: description)
            for blocker in blockers { blocker.waiting.append(transaction) }
            return transaction.wakeCount.load(ordering: .relaxed)
        }
    }

    private func remove(_ transaction: Transaction, _ blockers: [Transaction]) {
        lock.withLock {
            edges[ObjectIdentifier(transaction)] = nil
            for blocker in blockers { blocker.waiting.removeAll { $0 === transaction } }
        }
    }

    /// The error if `start` waits for itself through others (PostgreSQL's message and detail).
    private func deadlock(of start: Transaction) -> SQLError? {
        lock.withLock { () -> SQLError? in
            var path: [Edge] = []
            var seen: Set<ObjectIdentifier> = []
            func search(_ transaction: Transaction) -> Bool {
                guard seen.insert(ObjectIdentifier(transaction)).inserted,
                    let edge = edges[ObjectIdentifier(transaction)]
                else { return false }
                path.append(edge)
                for blocker in edge.blockers {
                    if blocker === start || search(blocker) { return true }
                }
                path.removeLast()
                return false
            }
            guard search(start) else { return nil }
            // The victim leaves the graph at once: another one of the circle is not to be one too.
            edges[ObjectIdentifier(start)] = nil
            var lines: [String] = []
            for (index, edge) in path.enumerated() {
                let blocker = index + 1 < path.count ? path[index + 1].transaction : start
                lines.append(
                    "Process \(edge.transaction.processID) waits for \(edge.description); "
                        + "blocked by process \(blocker.processID).")
            }
            return SQLError(.deadlockDetected, "deadlock detected")
                .detail(lines.joined(separator: "\n"))
                .hint("See server log for query details.")
        }
    }
}
