internal import Base
internal import System

/// The strengths of row locks (PostgreSQL 13.3.2), weakest first.
public enum RowLockMode: Int, Comparable, CaseIterable, Sendable {
    case keyShare
    case share
    case noKeyUpdate
    case update

    public static func < (left: RowLockMode, right: RowLockMode) -> Bool {
        left.rawValue < right.rawValue
    }

    /// PostgreSQL's conflict table of row locks.
    func conflicts(with other: RowLockMode) -> Bool {
        switch (self, other) {
        case (.keyShare, .update), (.update, .keyShare): true
        case (.keyShare, _), (_, .keyShare): false
        case (.share, .share): false
        default: true
        }
    }

    /// True if nobody but the holder of this lock can hold one that conflicts with `other`.
    func excludesOthers(for other: RowLockMode) -> Bool {
        RowLockMode.allCases.allSatisfy { !$0.conflicts(with: other) || $0.conflicts(with: self) }
    }
}

/// Row locks that are not uncommitted versions: FOR UPDATE and its kin, foreign key checks. Also the
/// latches under which chains of versions change: who looks at a key's locks and newest version,
/// and then changes them, holds its stripe.
final class RowLockTable: @unchecked Sendable {
    // Safe to share: a stripe's locks are used under its latch.

    /// A row, with the hash that it is found by.
    struct Key {
        let generation: GenerationID
        let bytes: UnsafeRawBufferPointer
        let hash: UInt64

        /// The bytes must outlive it.
        init(_ generation: GenerationID, _ bytes: UnsafeRawBufferPointer) {
            self.generation = generation
            self.bytes = bytes
            // Keys of one table differ in their last bytes first.
            var hash = generation.rawValue &* 0x9E37_79B9_7F4A_7C15
            var end = bytes.count
            while end >= 8 {
                end -= 8
                hash ^= bytes.loadUnaligned(fromByteOffset: end, as: UInt64.self)
                hash = (hash ^ hash >> 29) &* 0xBF58_476D_1CE4_E5B9
            }
            for index in 0..<end { hash = hash &* 31 &+ UInt64(bytes[index]) }
            self.hash = (hash ^ hash >> 29) &* 0xBF58_476D_1CE4_E5B9
        }
    }
    struct Held {
        fileprivate let stripe: Stripe
        fileprivate let slot: Int
    }
    final class Stripe {
        let latch = Lock()
        @exclusivity(unchecked) fileprivate var locks = RowLockList()
    }

    private static let stripeCount = 256
    private let stripes = (0..<stripeCount).map { _ in Stripe() }

    func stripe(_ key: Key) -> Stripe { stripes[Int(truncatingIfNeeded: key.hash >> 56)] }

    /// Runs `body` while nobody changes a chain under a row latch.
    func withAllLatches(_ body: () -> Void) {
        for stripe in stripes { stripe.latch.lock() }
        body()
        for stripe in stripes { stripe.latch.unlock() }
    }

    /// True if others hold locks on the key that conflict with `mode`. The stripe's latch is held.
    @inline(__always)
    func hasConflict(
        _ stripe: Stripe, _ key: Key, _ mode: RowLockMode, _ transaction: Transaction
    ) -> Bool {
        if stripe.locks.isEmpty { return false }
        return stripe.locks.contains(key) {
            $0.transaction !== transaction && $0.mode.conflicts(with: mode)
        }
    }

    /// Those others.
    func conflicts(
        _ stripe: Stripe, _ key: Key, _ mode: RowLockMode, _ transaction: Transaction
    ) -> [Transaction] {
        var others: [Transaction] = []
        _ = stripe.locks.contains(key) {
            if $0.transaction !== transaction, $0.mode.conflicts(with: mode) {
                others.append($0.transaction)
            }
            return false
        }
        return others
    }

    /// Records a lock. The stripe's latch is held.
    func add(_ stripe: Stripe, _ key: Key, mode: RowLockMode, _ transaction: Transaction) {
        let isHeld = stripe.locks.contains(key) {
            $0.transaction === transaction && $0.mode >= mode
        }
        if isHeld { return }
        if transaction.rowLocks.isEmpty { transaction.rowLocks.reserveCapacity(16) }
        let slot = stripe.locks.insert(key, mode, transaction)
        transaction.rowLocks.append(Held(stripe: stripe, slot: slot))
    }

    /// Gives back all locks of `transaction` beyond the first `mark`.
    func release(_ transaction: Transaction, downTo mark: Int) {
        while transaction.rowLocks.count > mark {
            let held = transaction.rowLocks.removeLast()
            held.stripe.latch.withLock { held.stripe.locks.remove(held.slot) }
        }
    }
}
