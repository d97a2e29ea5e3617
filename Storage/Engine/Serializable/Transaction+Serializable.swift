public import Base
internal import Synchronization
internal import System

/// SERIALIZABLE from a transaction's point of view.
extension Transaction {
    /// Takes the snapshot of a serializable transaction, whose reads and writes are noted from here on,
    /// unless nothing can come of that.
    /// - Parameter isDeferrable: with `isReadOnly`, waits for a snapshot that is safe.
    public func beginSerializable(
        isReadOnly: Bool, isDeferrable: Bool, lastCommit: LogPosition
    ) throws(SQLError) -> Snapshot {
        let tracker = engine.serializable
        while true {
            let (snapshot, new) = tracker.begin(
                self, isReadOnly: isReadOnly, lastCommit: lastCommit)
            guard let new else { return snapshot }
            guard isReadOnly, isDeferrable else {
                storedSerializable = new
                return snapshot
            }
            do throws(SQLError) {
                if try tracker.waitForSafety(new) { return snapshot }
            } catch {
                tracker.end(new, isCommitted: false)
                throw error
            }
            tracker.end(new, isCommitted: false)
        }
    }

    /// To be called before `commit`, which then may not be given up any more.
    /// - Throws: 40001 if the transaction must not commit.
    public func prepareCommit() throws(SQLError) {
        guard let serializable, !serializable.isFree.load(ordering: .acquiring) else { return }
        try serializable.check()
        let tracker = serializable.tracker
        try tracker.lock.withLock { () throws(SQLError) in try tracker.prepare(serializable) }
    }
}
