internal import Base
internal import Glibc

/// A mutual-exclusion lock for data that threads contend for (pthread_mutex; limits.md has why not
/// `Synchronization.Mutex`). The data it guards is named where it is declared.
public final class Lock: @unchecked Sendable {
    // Safe to share: the mutex is made for it, and its memory never moves.
    fileprivate let handle: UnsafeMutablePointer<pthread_mutex_t>

    public init() {
        handle = .allocate(capacity: 1)
        handle.initialize(to: pthread_mutex_t())
        let status = pthread_mutex_init(handle, nil)
        invariant(status == 0, "a mutex can be made")
    }

    deinit {
        pthread_mutex_destroy(handle)
        handle.deallocate()
    }

    public func lock() { pthread_mutex_lock(handle) }
    public func unlock() { pthread_mutex_unlock(handle) }
    public func tryLock() -> Bool { pthread_mutex_trylock(handle) == 0 }

    @inline(__always)
    public func withLock<Result, Failure: Error>(
        _ body: () throws(Failure) -> Result
    ) throws(Failure) -> Result {
        lock()
        defer { unlock() }
        return try body()
    }
}

/// Lets threads that hold a `Lock` wait for a change of what it guards.
public final class Condition: @unchecked Sendable {
    private let handle: UnsafeMutablePointer<pthread_cond_t>

    public init() {
        handle = .allocate(capacity: 1)
        handle.initialize(to: pthread_cond_t())
        var attributes = pthread_condattr_t()
        pthread_condattr_init(&attributes)
        pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC)
        let status = pthread_cond_init(handle, &attributes)
        pthread_condattr_destroy(&attributes)
        invariant(status == 0, "a condition can be made")
    }

    deinit {
        pthread_cond_destroy(handle)
        handle.deallocate()
    }

    /// Releases `lock`, waits, takes it again. Wakes without cause now and then.
    public func wait(_ lock: Lock) { pthread_cond_wait(handle, lock.handle) }

    /// As `wait`, until `deadline`; false when it has passed.
    public func wait(_ lock: Lock, until deadline: Instant) -> Bool {
        var time = timespec(
            tv_sec: Int(deadline.nanoseconds / 1_000_000_000),
            tv_nsec: Int(deadline.nanoseconds % 1_000_000_000))
        return pthread_cond_timedwait(handle, lock.handle, &time) != ETIMEDOUT
    }

    public func signal() { pthread_cond_signal(handle) }
    public func broadcast() { pthread_cond_broadcast(handle) }
}
