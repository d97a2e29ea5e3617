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
    // Safe to share: a stripe's entries are used under its latch.

    struct Key: Hashable {
        var generation: GenerationID
        var bytes: [UInt8]
    }
    struct Held {
        var key: Key
        var mode: RowLockMode
    }
    fileprivate struct Entry {
        var transaction: Transaction
        var mode: RowLockMode
    }
    final class Stripe {
        let latch = Lock()
        @exclusivity(unchecked) fileprivate var locks: [Key: [Entry]] = [:]
    }

    private static let stripeCount = 256
    private let stripes = (0..<stripeCount).map { _ in Stripe() }

    func stripe(_ generation: GenerationID, _ key: UnsafeRawBufferPointer) -> Stripe {
        var hash = generation.rawValue &* 0x9E37_79B9_7F4A_7C15
        if key.count >= 8, let base = key.baseAddress {
            hash ^= (base + key.count - 8).loadUnaligned(as: UInt64.self)
        } else {
            for byte in key { hash = hash &* 31 &+ UInt64(byte) }
        }
        hash = (hash ^ hash >> 29) &* 0xBF58_476D_1CE4_E5B9
        return stripes[Int(truncatingIfNeeded: hash >> 56)]
    }

    /// True if others hold locks on the key that conflict with `mode`. The stripe's latch is held.
    @inline(__always)
    func hasConflict(
        _ stripe: Stripe, _ generation: GenerationID, _ key: UnsafeRawBufferPointer,
        _ mode: RowLockMode, _ transaction: Transaction
    ) -> Bool {
        if stripe.locks.isEmpty { return false }
        return !conflicts(stripe, generation, key, mode, transaction).isEmpty
    }

    /// Those others.
    func conflicts(
        _ stripe: Stripe, _ generation: GenerationID, _ key: UnsafeRawBufferPointer,
        _ mode: RowLockMode, _ transaction: Transaction
    ) -> [Transaction] {
        guard let entries = stripe.locks[Key(generation: generation, bytes: [UInt8](key))] else {
            return []
        }
        return entries.filter { $0.transaction !== transaction && $0.mode.conflicts(with: mode) }
            .map(\.transaction)
    }

    /// Records a lock. The stripe's latch is held.
    func add(
        _ stripe: Stripe, _ generation: GenerationID, _ key: UnsafeRawBufferPointer,
        mode: RowLockMode, _ transaction: Transaction
    ) {
        let key = Key(generation: generation, bytes: [UInt8](key))
        let held = stripe.locks[key] ?? []
        if held.contains(where: { $0.transaction === transaction && $0.mode >= mode }) { return }
        stripe.locks[key] = held + [Entry(transaction: transaction, mode: mode)]
        transaction.rowLocks.append(Held(key: key, mode: mode))
    }

    /// Gives back all locks of `transaction` beyond the first `mark`.
    func release(_ transaction: Transaction, downTo mark: Int) {
        while transaction.rowLocks.count > mark {
            let held = transaction.rowLocks.removeLast()
            let stripe = held.key.bytes.withUnsafeBytes { self.stripe(held.key.generation, $0) }
            stripe.latch.withLock {
                guard var entries = stripe.locks[held.key],
                    let index = entries.lastIndex(where: {
                        $0.transaction === transaction && $0.mode == held.mode
                    })
                else { return }
                entries.remove(at: index)
                stripe.locks[held.key] = entries.isEmpty ? nil : entries
            }
        }
    }
}
