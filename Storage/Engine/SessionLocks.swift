public import Base
public import System

/// Advisory locks that a session holds beyond its transactions.
///
/// While a transaction runs they are claims of it, so that a session is never in its own way and
/// deadlocks are found; between transactions an owner that never writes stands in.
///
///     begin ──▶ owner's claims become the transaction's
///     end   ──▶ they go back to the owner: who waited for the transaction waits for the owner
public final class SessionLocks {
    private let engine: Engine
    private let owner: Transaction
    /// How often each lock was taken and not given back.
    private var held: [RelationLocks.Held: Int] = [:]

    /// Different advisory locks of a session or of a transaction: the lock table has room for others.
    public static let countMax = 8192

    public init(_ engine: Engine, waiter: Waiter, processID: Int32) {
        self.engine = engine
        owner = engine.begin(waiter: waiter, processID: processID)
    }

    public var isEmpty: Bool { held.isEmpty }

    /// Takes a lock until it is given back; false if others hold it and `wait` is false.
    public func acquire(
        _ key: RelationLocks.Key, _ mode: RelationLockMode, _ transaction: Transaction, wait: Bool
    ) throws(SQLError) -> Bool {
        let lock = RelationLocks.Held(key: key, mode: mode)
        if held[lock] == nil {
            try SessionLocks.check(held.count)
            let isTaken = try engine.relationLocks.acquire(
                key, mode, transaction, wait: wait, isKept: true)
            if !isTaken { return false }
        }
        held[lock, default: 0] += 1
        return true
    }

    /// - Throws: 53200 if a holder of `count` advisory locks can take no other.
    public static func check(_ count: Int) throws(SQLError) {
        if count < countMax { return }
        throw SQLError(.outOfMemory, "out of shared memory")
            .hint("You might need to increase max_locks_per_transaction.")
    }

    /// Undoes one acquisition; false if there is none.
    public func release(
        _ key: RelationLocks.Key, _ mode: RelationLockMode, _ transaction: Transaction
    ) -> Bool {
        let lock = RelationLocks.Held(key: key, mode: mode)
        guard let count = held[lock] else { return false }
        if count > 1 {
            held[lock] = count - 1
        } else {
            held[lock] = nil
            engine.relationLocks.revoke(key, mode, transaction)
        }
        return true
    }

    /// Gives all of them back. Nil: no transaction runs.
    public func releaseAll(_ transaction: Transaction?) {
        for lock in held.keys { engine.relationLocks.revoke(lock.key, lock.mode, transaction ?? owner) }
        held.removeAll()
    }

    public func begin(_ transaction: Transaction) { move(from: owner, to: transaction) }

    /// To be called before the transaction ends.
    public func end(_ transaction: Transaction) { move(from: transaction, to: owner) }

    private func move(from source: Transaction, to target: Transaction) {
        if held.isEmpty { return }
        for lock in held.keys {
            engine.relationLocks.move(lock.key, lock.mode, from: source, to: target)
        }
        engine.waits.wakeWaiting(for: source)
    }
}
