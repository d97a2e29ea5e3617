internal import Base
internal import Synchronization
internal import System

/// Who waits for whom: blocks, wakes, and finds deadlocks. One lock for all, taken only by those
/// who wait and by ends of transactions that wrote.
///
/// A waiter registers with every transaction in its way, then looks again whether they still are
/// (one may have ended in between), then sleeps until one of them ends, lets go of a lock or leaves
/// a queue. Whatever it finds then, it registers anew: so a wake-up is never lost.
///
/// Those who want one row queue for it, so that the end of its holder wakes one of them and not all:
///
///     holder ←─ first ←─ second ←─ third          who waits for whom
///                 └─ the only one that the holder's end wakes
///
/// Whoever comes first takes the row, becomes the holder, and has the next one wait for it without
/// waking it. A row that is free at the moment is taken without queueing, past those who are about
/// to wake, as in PostgreSQL.
final class WaitGraph: @unchecked Sendable {
    // Safe to share: everything is used under `lock`, the wake counters of transactions are atomic.

    /// What is waited for, for the report of a deadlock.
    enum Awaited {
        case transaction
        case lock(RelationLockMode, RelationLocks.Key)

        /// PostgreSQL's words.
        func description(_ blocker: Transaction) -> String {
            switch self {
            case .transaction: "ShareLock on transaction \(blocker.writer)"
            case .lock(let mode, let key): "\(mode.name) on \(key.description)"
            }
        }
    }

    /// A row that is waited for, known by the hash of its key, and in which strength. Rows with one
    /// hash would share a queue, which costs their waiters time and nothing else.
    struct Place {
        var row: UInt64
        var mode: RowLockMode
    }

    private struct Edge {
        var transaction: Transaction
        /// Those that wake the waiter. Who is before it in the queue is in its way as well.
        var holders: [Transaction]
        var place: Place?
        var awaited: Awaited
        /// The waiter's wake count when it began.
        var ticket: Int
    }
    private struct Request {
        var transaction: Transaction
        var mode: RowLockMode
    }

    private let lock = Lock()
    private var edges: [ObjectIdentifier: Edge] = [:]
    /// Those who want a row that somebody else holds, first come first.
    private var queues: [UInt64: [Request]] = [:]
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
        wake(lock.withLock { noteWake(transaction.waiting) })
    }

    /// The transaction has ended: nobody finds it any more, and those who waited go on.
    func end(_ transaction: Transaction) {
        wake(
            lock.withLock {
                if transaction.writer != .none { writers[transaction.writer] = nil }
                return noteWake(transaction.waiting)
            })
    }

    private func noteWake(_ transactions: [Transaction]) -> [Transaction] {
        for transaction in transactions {
            transaction.wakeCount.wrappingAdd(1, ordering: .releasing)
        }
        return transactions
    }

    /// Without the lock, which the woken take at once.
    private func wake(_ transactions: [Transaction]) {
        for transaction in transactions { transaction.waiter.wake() }
    }

    // MARK: Who waits, for others to see

    /// One that sleeps, what it sleeps for, and those in its way, holders first.
    struct Blockage {
        var transaction: Transaction
        var awaited: Awaited
        var blockers: [Transaction]
    }

    /// Everybody who sleeps and has not been woken.
    var blockages: [Blockage] {
        lock.withLock {
            edges.values.compactMap { edge in
                let waiter = edge.transaction
                if waiter.wakeCount.load(ordering: .relaxed) != edge.ticket { return nil }
                let queued = edge.place.map { ahead(of: waiter, $0) } ?? []
                return Blockage(
                    transaction: waiter, awaited: edge.awaited, blockers: edge.holders + queued)
            }
        }
    }

    /// Everybody who has written or locked a row.
    var registered: [Transaction] { lock.withLock { Array(writers.values) } }

    // MARK: Waiting

    /// Blocks until `holders` finds nobody in the way. Called, as `holders`, without any latch.
    /// - Parameter place: the transaction queues for this row, and is still in the queue afterwards:
    ///   it takes the row, or not, and calls `leave`.
    /// - Throws: 55P03 lock timeout, 40P01 deadlock, the session's interrupts.
    func wait(
        _ transaction: Transaction, for awaited: Awaited, place: Place? = nil,
        holders: () -> [Transaction]
    ) throws(SQLError) {
        let timeout = transaction.lockTimeoutMilliseconds
        let deadline: Instant? =
            timeout > 0 ? Instant.now().advanced(byMilliseconds: timeout) : nil
        if let place { enter(transaction, place) }
        do throws(SQLError) {
            while true {
                if let place, let ticket = waitInQueue(transaction, place, awaited) {
                    defer { remove(transaction) }
                    try sleep(transaction, ticket, deadline)
                    continue
                }
                let current = holders()
                if current.isEmpty { return }
                let ticket = add(transaction, current, place, awaited)
                defer { remove(transaction) }
                if current.elementsEqual(holders(), by: { $0 === $1 }) {
                    try sleep(transaction, ticket, deadline)
                }
            }
        } catch {
            if let place { leave(transaction, place, holdsRow: false) }
            throw error
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
        _ transaction: Transaction, _ holders: [Transaction], _ place: Place?, _ awaited: Awaited
    ) -> Int {
        lock.withLock { addLocked(transaction, holders, place, awaited) }
    }

    private func addLocked(
        _ transaction: Transaction, _ holders: [Transaction], _ place: Place?, _ awaited: Awaited
    ) -> Int {
        let ticket = transaction.wakeCount.load(ordering: .relaxed)
        edges[ObjectIdentifier(transaction)] = Edge(
            transaction: transaction, holders: holders, place: place, awaited: awaited,
            ticket: ticket)
        for holder in holders { holder.waiting.append(transaction) }
        return ticket
    }

    private func remove(_ transaction: Transaction) {
        lock.withLock { removeLocked(transaction) }
    }

    private func removeLocked(_ transaction: Transaction) {
        guard let edge = edges.removeValue(forKey: ObjectIdentifier(transaction)) else { return }
        for holder in edge.holders { holder.waiting.removeAll { $0 === transaction } }
    }

    // MARK: Queues

    private func enter(_ transaction: Transaction, _ place: Place) {
        lock.withLock {
            let queue = queues[place.row] ?? []
            if queue.contains(where: { $0.transaction === transaction }) { return }
            queues[place.row] = queue + [Request(transaction: transaction, mode: place.mode)]
        }
    }

    /// Registers a waiter that others in its queue are before; nil if nobody is.
    private func waitInQueue(
        _ transaction: Transaction, _ place: Place, _ awaited: Awaited
    ) -> Int? {
        lock.withLock {
            if ahead(of: transaction, place).isEmpty { return nil }
            return addLocked(transaction, [], place, awaited)
        }
    }

    /// Those who come before `transaction` and take the row in a way that it must wait for, the
    /// nearest first, as far as one who waits for all the others himself. One who does not wait is
    /// about to take the row or to give up: then those before him count as well.
    private func ahead(of transaction: Transaction, _ place: Place) -> [Transaction] {
        var result: [Transaction] = []
        let before = (queues[place.row] ?? []).prefix { $0.transaction !== transaction }
        for request in before.reversed() where request.mode.conflicts(with: place.mode) {
            result.append(request.transaction)
            if request.mode.excludesOthers(for: place.mode),
                edges[ObjectIdentifier(request.transaction)] != nil
            {
                break
            }
        }
        return result
    }

    /// `transaction` leaves a queue; those who waited only for it go on.
    /// - Parameter holdsRow: it has taken the row, and they wait for its end instead.
    func leave(_ transaction: Transaction, _ place: Place, holdsRow: Bool) {
        wake(
            lock.withLock {
                guard var queue = queues.removeValue(forKey: place.row) else { return [] }
                let position = queue.firstIndex { $0.transaction === transaction }
                if let position { queue.remove(at: position) }
                if !queue.isEmpty { queues[place.row] = queue }
                let isFree = { (next: Request, index: Int) in
                    next.mode.conflicts(with: place.mode)
                        && !queue[..<index].contains { $0.mode.conflicts(with: next.mode) }
                }
                return noteWake(
                    queue.indices[(position ?? queue.endIndex)...].compactMap { index in
                        let next = queue[index]
                        if !isFree(next, index) { return nil }
                        let inherits =
                            holdsRow && place.mode.excludesOthers(for: next.mode)
                            && inherit(next.transaction, from: transaction)
                        return inherits ? nil : next.transaction
                    })
            })
    }

    /// Has `next`, which waits in a queue, wait for the end of `holder`; false if it is awake.
    private func inherit(_ next: Transaction, from holder: Transaction) -> Bool {
        let identifier = ObjectIdentifier(next)
        guard edges[identifier] != nil else { return false }
        edges[identifier]?.holders.append(holder)
        holder.waiting.append(next)
        return true
    }

    // MARK: Deadlocks

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
                let queued = edge.place.map { ahead(of: transaction, $0) } ?? []
                for blocker in edge.holders + queued {
                    if blocker === start || search(blocker) { return true }
                }
                path.removeLast()
                return false
            }
            guard search(start) else { return nil }
            // The victim leaves the graph at once: another one of the circle is not to be one too.
            removeLocked(start)
            var lines: [String] = []
            for (index, edge) in path.enumerated() {
                let blocker = index + 1 < path.count ? path[index + 1].transaction : start
                lines.append(
                    "Process \(edge.transaction.processID) waits for "
                        + "\(edge.awaited.description(blocker)); "
                        + "blocked by process \(blocker.processID).")
            }
            return SQLError(.deadlockDetected, "deadlock detected")
                .detail(lines.joined(separator: "\n"))
                .hint("See server log for query details.")
        }
    }
}
