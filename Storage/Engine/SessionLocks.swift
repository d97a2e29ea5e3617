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
    /// Every acquisition that was not undone: one lock may be there many times.
    private var held: [RelationLocks.Held] = []

    public init(_ engine: Engine, waiter: Waiter, processID: Int32) {
        self.engine = engine
        owner = engine.begin(waiter: waiter, processID: processID)
    }

    public var isEmpty: Bool { held.isEmpty }

    /// Takes a lock until it is given back; false if others hold it and `wait` is false.
    public func acquire(
        _ key: RelationLocks.Key, _ mode: RelationLockMode, _ transaction: Transaction, wait: Bool
    ) throws(SQLError) -> Bool {
        let isKnown = held.contains { $0.key == key && $0.mode == mode }
        if !isKnown {
            let isTaken = try engine.relationLocks.acquire(
                key, mode, transaction, wait: wait, isKept: true)
            if !isTaken { return false }
        }
        held.append(RelationLocks.Held(key: key, mode: mode))
        return true
    }

    /// Undoes one acquisition; false if there is none.
    public func release(
        _ key: RelationLocks.Key, _ mode: RelationLockMode, _ transaction: Transaction
    ) -> Bool {
        guard let place = held.lastIndex(where: { $0.key == key && $0.mode == mode }) else {
            return false
        }
        held.remove(at: place)
        if !held.contains(where: { $0.key == key && $0.mode == mode }) {
            engine.relationLocks.revoke(key, mode, transaction)
        }
        return true
    }

    /// Gives all of them back. Nil: no transaction runs.
    public func releaseAll(_ transaction: Transaction?) {
        for lock in unique { engine.relationLocks.revoke(lock.key, lock.mode, transaction ?? owner) }
        held.removeAll()
    }

    public func begin(_ transaction: Transaction) { move(from: owner, to: transaction) }

    /// To be called before the transaction ends.
    public func end(_ transaction: Transaction) { move(from: transaction, to: owner) }

    private func move(from source: Transaction, to target: Transaction) {
        if held.isEmpty { return }
        for lock in unique {
            engine.relationLocks.move(lock.key, lock.mode, from: source, to: target)
        }
        engine.waits.wakeWaiting(for: source)
    }

    private var unique: [RelationLocks.Held] {
        var result: [RelationLocks.Held] = []
        for lock in held where !result.contains(where: { $0.key == lock.key && $0.mode == lock.mode })
        {
            result.append(lock)
        }
        return result
    }
}
