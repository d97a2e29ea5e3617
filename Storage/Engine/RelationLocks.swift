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
    // Safe to share: a stripe's entries are used under its latch.

    public struct Key: Hashable, Sendable {
        public enum Kind: UInt8, Sendable {
            case relation
            /// A bigint, or two integers: PostgreSQL's objsubid 1 and 2.
            case advisory
            case advisoryPair
        }
        public var kind: Kind
        public var space: UInt32
        public var value: UInt64

        public init(_ kind: Kind = .relation, space: UInt32 = 0, value: UInt64) {
            self.kind = kind
            self.space = space
            self.value = value
        }

        /// As reports of deadlocks name it.
        var description: String {
            switch kind {
            case .relation: "relation \(value) of database \(space)"
            case .advisory, .advisoryPair:
                "advisory lock [\(space),\(value >> 32),\(value & 0xFFFF_FFFF),\(kind.rawValue)]"
            }
        }
    }
    struct Held: Hashable {
        var key: Key
        var mode: RelationLockMode
    }
    /// A lock held or asked for.
    private struct Claim {
        var transaction: Transaction
        var mode: RelationLockMode
    }
    private struct Entry {
        let key: Key
        var grants: [Claim] = []
        /// Those who wait, first come first.
        var queue: [Claim] = []

        /// What keeps `transaction` from the lock: holders, and those who have waited longer.
        func blockers(_ mode: RelationLockMode, _ transaction: Transaction) -> [Transaction] {
            let mask = mode.conflictMask
            var result: [Transaction] = []
            var isHolder = false
            for grant in grants {
                if grant.transaction === transaction {
                    isHolder = true
                } else if mask >> grant.mode.rawValue & 1 == 1 {
                    result.append(grant.transaction)
                }
            }
            // Who holds a lock already passes those who wait: else it would wait for itself.
            if isHolder { return result }
            for request in queue {
                if request.transaction === transaction { break }
                if mask >> request.mode.rawValue & 1 == 1 { result.append(request.transaction) }
            }
            return result
        }

        /// Takes one such lock back.
        mutating func revoke(_ mode: RelationLockMode, _ transaction: Transaction) {
            for place in grants.indices.reversed()
            where grants[place].mode == mode && grants[place].transaction === transaction {
                grants.remove(at: place)
                return
            }
        }
    }
    /// The entries of some keys, few at a time: looked through one by one. Those that nobody uses
    /// stay for the next lock, up to a number.
    private final class Stripe {
        let latch = Lock()
        // Unchecked: under the latch.
        @exclusivity(unchecked) var entries: [Entry] = []
        static let keptCount = 8

        func index(of key: Key) -> Int? {
            for index in entries.indices where entries[index].key == key { return index }
            return nil
        }

        func indexOrNew(_ key: Key) -> Int {
            if let index = index(of: key) { return index }
            entries.append(Entry(key: key))
            return entries.count - 1
        }

        func removeIfUnused(_ index: Int) {
            guard entries.count > Stripe.keptCount, entries[index].grants.isEmpty,
                entries[index].queue.isEmpty
            else { return }
            entries.swapAt(index, entries.count - 1)
            entries.removeLast()
        }
    }

    private static let stripeCount = 64
    private let stripes = (0..<stripeCount).map { _ in Stripe() }
    private let waits: WaitGraph

    init(waits: WaitGraph) { self.waits = waits }

    private func stripe(_ key: Key) -> Stripe {
        let hash = (key.value ^ UInt64(key.space) << 32) &* 0x9E37_79B9_7F4A_7C15
        return stripes[Int(truncatingIfNeeded: hash >> 58)]
    }

    /// Takes a lock, waiting for others if need be. Later snapshots of the transaction see what those
    /// have done whom the lock excludes, durable or not.
    /// - Parameter wait: false throws 55P03 `could not obtain lock on relation "…"` instead.
    public func lock(
        _ key: Key, _ mode: RelationLockMode, _ transaction: Transaction, wait: Bool = true,
        name: @autoclosure () -> String = ""
    ) throws(SQLError) {
        if holds(key, mode, transaction) { return }
        if try !acquire(key, mode, transaction, wait: wait, isKept: false) {
            throw SQLError(.lockNotAvailable, "could not obtain lock on relation \"\(name())\"")
        }
    }

    /// Takes a lock; false if others are in the way and `wait` is false.
    /// - Parameter isKept: it outlives the transaction; see `SessionLocks`.
    func acquire(
        _ key: Key, _ mode: RelationLockMode, _ transaction: Transaction, wait: Bool, isKept: Bool
    ) throws(SQLError) -> Bool {
        let blockers = request(key, mode, transaction, enqueue: wait, isKept: isKept)
        if blockers.isEmpty {
            if mode.isStrong { transaction.raiseWait(transaction.engine.lastCommit) }
            return true
        }
        if !wait { return false }
        do throws(SQLError) {
            try waits.wait(transaction, for: .lock(mode, key)) {
                request(key, mode, transaction, enqueue: true, isKept: isKept)
            }
        } catch {
            cancelRequest(key, transaction)
            throw error
        }
        transaction.raiseWait(transaction.engine.lastCommit)
        return true
    }

    /// Takes a lock until the transaction's end; false if others hold it.
    public func tryLock(
        _ key: Key, _ mode: RelationLockMode, _ transaction: Transaction
    ) throws(SQLError) -> Bool {
        if holds(key, mode, transaction) { return true }
        return try acquire(key, mode, transaction, wait: false, isKept: false)
    }

    private func holds(
        _ key: Key, _ mode: RelationLockMode, _ transaction: Transaction
    ) -> Bool {
        for held in transaction.relationLocks
        where held.key == key && (held.mode == mode || held.mode == .accessExclusive) {
            return true
        }
        return false
    }

    /// Grants, or gives the transactions in the way.
    private func request(
        _ key: Key, _ mode: RelationLockMode, _ transaction: Transaction, enqueue: Bool,
        isKept: Bool
    ) -> [Transaction] {
        let stripe = stripe(key)
        stripe.latch.lock()
        defer { stripe.latch.unlock() }
        let index = stripe.indexOrNew(key)
        let blockers = stripe.entries[index].blockers(mode, transaction)
        if blockers.isEmpty {
            if !stripe.entries[index].queue.isEmpty {
                stripe.entries[index].queue.removeAll { $0.transaction === transaction }
            }
            stripe.entries[index].grants.append(Claim(transaction: transaction, mode: mode))
            if !isKept {
                if transaction.relationLocks.isEmpty { transaction.relationLocks.reserveCapacity(8) }
                transaction.relationLocks.append(Held(key: key, mode: mode))
                if mode.isStrong { transaction.holdsStrongLock = true }
            }
        } else if enqueue {
            if !stripe.entries[index].queue.contains(where: { $0.transaction === transaction }) {
                stripe.entries[index].queue.append(Claim(transaction: transaction, mode: mode))
            }
        }
        return blockers
    }

    private func cancelRequest(_ key: Key, _ transaction: Transaction) {
        let stripe = stripe(key)
        stripe.latch.withLock {
            guard let index = stripe.index(of: key) else { return }
            stripe.entries[index].queue.removeAll { $0.transaction === transaction }
            stripe.removeIfUnused(index)
        }
        waits.wakeWaiting(for: transaction)
    }

    // MARK: Release

    /// Gives back one lock that is kept beyond transactions, and wakes who waits for it.
    func revoke(_ key: Key, _ mode: RelationLockMode, _ transaction: Transaction) {
        let stripe = stripe(key)
        stripe.latch.withLock {
            guard let index = stripe.index(of: key) else { return }
            stripe.entries[index].revoke(mode, transaction)
            stripe.removeIfUnused(index)
        }
        waits.wakeWaiting(for: transaction)
    }

    /// Hands such a lock on. The caller wakes.
    func move(
        _ key: Key, _ mode: RelationLockMode, from source: Transaction, to target: Transaction
    ) {
        let stripe = stripe(key)
        stripe.latch.withLock {
            guard let index = stripe.index(of: key) else { return }
            stripe.entries[index].revoke(mode, source)
            stripe.entries[index].grants.append(Claim(transaction: target, mode: mode))
        }
    }

    /// Gives back what `transaction` took after its first `mark` locks. The caller wakes.
    func release(_ transaction: Transaction, downTo mark: Int) {
        while transaction.relationLocks.count > mark {
            let held = transaction.relationLocks.removeLast()
            let stripe = stripe(held.key)
            stripe.latch.lock()
            if let index = stripe.index(of: held.key) {
                stripe.entries[index].revoke(held.mode, transaction)
                stripe.removeIfUnused(index)
            }
            stripe.latch.unlock()
        }
    }

    /// Every lock held or waited for, for pg_locks.
    public var contents: [(key: Key, mode: RelationLockMode, processID: Int32, isGranted: Bool)] {
        stripes.flatMap { stripe in
            stripe.latch.withLock {
                stripe.entries.flatMap { entry in
                    entry.grants.map { (entry.key, $0.mode, $0.transaction.processID, true) }
                        + entry.queue.map { (entry.key, $0.mode, $0.transaction.processID, false) }
                }
            }
        }
    }
}
