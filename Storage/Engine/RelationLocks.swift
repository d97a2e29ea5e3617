public import Base
internal import System

/// The eight modes of table locks (PostgreSQL 13.3.1), by their numbers there.
public enum RelationLockMode: Int, Sendable, CaseIterable {
    case accessShare = 1
    case rowShare
    case rowExclusive
    case shareUpdateExclusive
    case share
    case shareRowExclusive
    case exclusive
    case accessExclusive

    /// PostgreSQL's name of the mode, as in pg_locks and deadlock messages.
    public var name: String {
        switch self {
        case .accessShare: "AccessShareLock"
        case .rowShare: "RowShareLock"
        case .rowExclusive: "RowExclusiveLock"
        case .shareUpdateExclusive: "ShareUpdateExclusiveLock"
        case .share: "ShareLock"
        case .shareRowExclusive: "ShareRowExclusiveLock"
        case .exclusive: "ExclusiveLock"
        case .accessExclusive: "AccessExclusiveLock"
        }
    }

    /// True if it keeps others from writing.
    var isStrong: Bool { rawValue >= RelationLockMode.share.rawValue }

    /// Modes that conflict, as bits 1 << mode.
    var conflictMask: Int {
        switch self {
        case .accessShare: 0b1_0000_0000
        case .rowShare: 0b1_1000_0000
        case .rowExclusive: 0b1_1110_0000
        case .shareUpdateExclusive: 0b1_1111_0000
        case .share: 0b1_1101_1000
        case .shareRowExclusive: 0b1_1111_1000
        case .exclusive: 0b1_1111_1100
        case .accessExclusive: 0b1_1111_1110
        }
    }
}

/// Table locks by OID, held to the end of the transaction or of the savepoint that took them. The
/// same table serves names under creation: any 64-bit key can be locked.
public final class RelationLocks: @unchecked Sendable {
    // Safe to share: everything is used under `latch`.

    public struct Key: Hashable, Sendable {
        public var space: UInt32
        public var value: UInt64

        public init(space: UInt32 = 0, value: UInt64) {
            self.space = space
            self.value = value
        }
    }
    struct Held {
        var key: Key
        var mode: RelationLockMode
    }
    private struct Grant {
        var transaction: Transaction
        var mode: RelationLockMode
    }
    private struct Request {
        var transaction: Transaction
        var mode: RelationLockMode
    }
    private struct Entry {
        var grants: [Grant] = []
        /// Those who wait, first come first.
        var queue: [Request] = []
    }

    private let latch = Lock()
    private var entries: [Key: Entry] = [:]
    private let waits: WaitGraph

    init(waits: WaitGraph) { self.waits = waits }

    /// Takes a lock, waiting for others if need be. Later snapshots of the transaction see what those
    /// have done whom the lock excludes, durable or not.
    /// - Parameter wait: false throws 55P03 `could not obtain lock on relation "…"` instead.
    public func lock(
        _ key: Key, _ mode: RelationLockMode, _ transaction: Transaction, wait: Bool = true,
        name: @autoclosure () -> String = ""
    ) throws(SQLError) {
        if holds(key, mode, transaction) { return }
        let blockers = request(key, mode, transaction, enqueue: wait)
        if blockers.isEmpty {
            if mode.isStrong { transaction.raiseWait(transaction.engine.lastCommit) }
            return
        }
        if !wait {
            throw SQLError(.lockNotAvailable, "could not obtain lock on relation \"\(name())\"")
        }
        do throws(SQLError) {
            try waits.wait(transaction, for: .relation(mode, key.value)) {
                request(key, mode, transaction, enqueue: true)
            }
        } catch {
            cancelRequest(key, transaction)
            throw error
        }
        transaction.raiseWait(transaction.engine.lastCommit)
    }

    private func holds(
        _ key: Key, _ mode: RelationLockMode, _ transaction: Transaction
    ) -> Bool {
        transaction.relationLocks.contains {
            $0.key == key && ($0.mode == mode || $0.mode == .accessExclusive)
        }
    }

    /// Grants, or gives the transactions in the way: holders, and those who have waited longer.
    private func request(
        _ key: Key, _ mode: RelationLockMode, _ transaction: Transaction, enqueue: Bool
    ) -> [Transaction] {
        latch.withLock {
            var entry = entries[key] ?? Entry()
            let blockers = self.blockers(entry, mode, transaction)
            if blockers.isEmpty {
                entry.queue.removeAll { $0.transaction === transaction }
                entry.grants.append(Grant(transaction: transaction, mode: mode))
                transaction.relationLocks.append(Held(key: key, mode: mode))
                if mode.isStrong { transaction.holdsStrongLock = true }
            } else if enqueue, !entry.queue.contains(where: { $0.transaction === transaction }) {
                entry.queue.append(Request(transaction: transaction, mode: mode))
            }
            entries[key] = entry
            return blockers
        }
    }

    private func blockers(
        _ entry: Entry, _ mode: RelationLockMode, _ transaction: Transaction
    ) -> [Transaction] {
        let mask = mode.conflictMask
        var result = entry.grants.filter {
            $0.transaction !== transaction && mask >> $0.mode.rawValue & 1 == 1
        }.map(\.transaction)
        // Who holds a lock already passes those who wait: else it would wait for itself.
        if entry.grants.contains(where: { $0.transaction === transaction }) { return result }
        for request in entry.queue {
            if request.transaction === transaction { break }
            if mask >> request.mode.rawValue & 1 == 1 { result.append(request.transaction) }
        }
        return result
    }

    private func cancelRequest(_ key: Key, _ transaction: Transaction) {
        latch.withLock {
            guard var entry = entries[key] else { return }
            entry.queue.removeAll { $0.transaction === transaction }
            entries[key] = entry.grants.isEmpty && entry.queue.isEmpty ? nil : entry
        }
        waits.wakeWaiting(for: transaction)
    }

    // MARK: Release

    /// Gives back what `transaction` took after its first `mark` locks. The caller wakes.
    func release(_ transaction: Transaction, downTo mark: Int) {
        if transaction.relationLocks.count == mark { return }
        latch.withLock {
            while transaction.relationLocks.count > mark {
                let held = transaction.relationLocks.removeLast()
                guard let index = entries[held.key]?.grants.lastIndex(where: {
                    $0.transaction === transaction && $0.mode == held.mode
                }) else { continue }
                entries[held.key]?.grants.remove(at: index)
                if let entry = entries[held.key], entry.grants.isEmpty, entry.queue.isEmpty {
                    entries[held.key] = nil
                }
            }
        }
    }

    /// Every lock held or waited for, for pg_locks.
    public var contents: [(key: Key, mode: RelationLockMode, processID: Int32, isGranted: Bool)] {
        latch.withLock {
            entries.flatMap { key, entry in
                entry.grants.map { (key, $0.mode, $0.transaction.processID, true) }
                    + entry.queue.map { (key, $0.mode, $0.transaction.processID, false) }
            }
        }
    }
}
