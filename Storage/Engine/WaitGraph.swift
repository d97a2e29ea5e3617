internal import Base
internal import System

/// Who waits for whose end: blocks, wakes, and finds deadlocks. One lock for all, taken only by
/// those who wait and by ends of transactions.
final class WaitGraph: @unchecked Sendable {
    // Safe to share: everything is used under `lock`.

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
    func forget(_ transaction: Transaction) {
        lock.withLock { writers[transaction.writer] = nil }
    }
    func transaction(of writer: WriterID) -> Transaction? { lock.withLock { writers[writer] } }

    func wakeWaiting(for transaction: Transaction) {
        let ready = lock.withLock {
            let ready = transaction.waitingSessions
            transaction.waitingSessions.removeAll()
            return ready
        }
        for waiter in ready { waiter.wake() }
    }

    /// Blocks until `isOver`, which is looked at again whenever a blocker ends or lets go.
    /// - Throws: 55P03 lock timeout, 40P01 deadlock, the session's interrupts.
    func wait(
        _ transaction: Transaction, for blockers: [Transaction], description: String,
        until isOver: () -> Bool
    ) throws(SQLError) {
        let start = Instant.now()
        let timeout = transaction.lockTimeoutMilliseconds
        let lockDeadline: Instant? = timeout > 0 ? start.advanced(byMilliseconds: timeout) : nil
        let deadlockDeadline = start.advanced(
            byMilliseconds: transaction.deadlockTimeoutMilliseconds)
        var hasChecked = false
        add(transaction, blockers, description)
        defer { remove(transaction, blockers) }
        while !isOver() {
            let next: Instant? =
                hasChecked ? lockDeadline : lockDeadline.map { min($0, deadlockDeadline) } ?? deadlockDeadline
            if try transaction.waiter.wait(deadline: next, until: isOver) { return }
            if let lockDeadline, Instant.now() >= lockDeadline { throw Interrupt.lockTimeout.error }
            if !hasChecked {
                hasChecked = true
                if let error = deadlock(of: transaction) { throw error }
            }
        }
    }

    private func add(
        _ transaction: Transaction, _ blockers: [Transaction], _ description: String
    ) {
        lock.withLock {
            edges[ObjectIdentifier(transaction)] = Edge(
                transaction: transaction, blockers: blockers, description: description)
            for blocker in blockers { blocker.waitingSessions.append(transaction.waiter) }
        }
    }

    private func remove(_ transaction: Transaction, _ blockers: [Transaction]) {
        lock.withLock {
            edges[ObjectIdentifier(transaction)] = nil
            for blocker in blockers {
                blocker.waitingSessions.removeAll { $0 === transaction.waiter }
            }
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
