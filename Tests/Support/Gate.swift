public import System

/// Lets a thread wait until others have opened it, once for each `wait`.
public final class Gate: @unchecked Sendable {
    // Safe to share: `permits` is used under `lock`.
    private let lock = Lock()
    private let condition = Condition()
    private var permits = 0

    public init() {}

    public func open() {
        lock.withLock {
            permits += 1
            condition.broadcast()
        }
    }

    public func wait() {
        lock.lock()
        while permits == 0 { condition.wait(lock) }
        permits -= 1
        lock.unlock()
    }

    /// As `wait`; false when `deadline` has passed first, which in a test means that it hangs.
    public func wait(until deadline: Instant) -> Bool {
        lock.lock()
        defer { lock.unlock() }
        while permits == 0 {
            if !condition.wait(lock, until: deadline), permits == 0 { return false }
        }
        permits -= 1
        return true
    }
}
