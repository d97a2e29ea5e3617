public import Base
internal import Synchronization
public import System

/// Who waits for the log, and the thread that syncs it for those who do not sync it themselves.
extension WriteAheadLog {
    /// Blocks the session until everything below `position` is durable.
    public func waitDurable(_ position: LogPosition, waiter: Waiter) throws(SQLError) {
        if durablePosition >= position { return }
        addWaiting(position, waiter)
        requestFlush()
        _ = try waiter.wait { self.durablePosition >= position }
    }

    /// Calls `wake` after each flush, with the durable position, on the thread that flushed.
    public func onDurable(_ wake: @escaping @Sendable (LogPosition) -> Void) {
        addWakeup(wake)
    }

    /// The syncer: flushes whenever it is asked to, until `stopSyncer`. Runs on a thread of its own.
    public func runSyncer() {
        while waitForRequest() {
            flush()
            prepareNextFile()
        }
        flush()
    }
}
