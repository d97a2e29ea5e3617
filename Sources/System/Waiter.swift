public import Base
internal import Synchronization

/// Why a statement must end before its time. The last case wins over the earlier ones.
public enum Interrupt: Int, Sendable {
    case lockTimeout = 1
    case statementTimeout
    case cancel
    case idleInTransactionTimeout
    case deadlock
    case terminate
    case shutdown

    /// PostgreSQL's message for it.
    public var error: SQLError {
        switch self {
        case .lockTimeout:
            SQLError(.lockNotAvailable, "canceling statement due to lock timeout")
        case .statementTimeout:
            SQLError(.queryCanceled, "canceling statement due to statement timeout")
        case .cancel:
            SQLError(.queryCanceled, "canceling statement due to user request")
        case .idleInTransactionTimeout:
            SQLError(
                .idleInTransactionSessionTimeout,
                "terminating connection due to idle-in-transaction timeout", severity: .fatal)
        case .deadlock:
            SQLError(.deadlockDetected, "deadlock detected")
        case .terminate, .shutdown:
            SQLError(
                .adminShutdown, "terminating connection due to administrator command",
                severity: .fatal)
        }
    }
}

/// What a session's statement waits with, and how the rest of the server stops it.
///
/// The thread that runs the session calls `wait` and `checkInterrupt`; any thread may call `wake`
/// and `interrupt`. Before the thread sleeps it calls `willBlock`, with which an event loop gives
/// itself to a spare thread.
public final class Waiter: @unchecked Sendable {
    // Safe to share: `pending` is atomic, everything else is used under `lock` or, `willBlock` and
    // the deadlines, by the session's thread alone.
    private let lock = Lock()
    private let condition = Condition()
    private let pending = Atomic<Int>(0)

    /// Called by the session's thread before it sleeps. Set once, by the loop that owns the session.
    public var willBlock: (() -> Void)?
    /// When the statement in progress must end; nil without statement_timeout.
    public var statementDeadline: Instant?

    public init() {}

    /// Asks the session's statement to end; it notices at its next check or wait.
    public func interrupt(_ reason: Interrupt) {
        lock.withLock {
            if pending.load(ordering: .relaxed) < reason.rawValue {
                pending.store(reason.rawValue, ordering: .releasing)
            }
            condition.broadcast()
        }
    }

    /// True when an interrupt waits to be noticed.
    public var isInterrupted: Bool { pending.load(ordering: .relaxed) != 0 }

    /// Throws the pending interrupt's error and forgets it. To be called in every long loop.
    @inline(__always)
    public func checkInterrupt() throws(SQLError) {
        if pending.load(ordering: .relaxed) != 0 { try throwInterrupt() }
    }

    /// Forgets a cancel that came too late for its statement; terminate and shutdown stay.
    public func clearStatementInterrupts() {
        lock.withLock {
            let reason = pending.load(ordering: .relaxed)
            if reason != 0, reason < Interrupt.idleInTransactionTimeout.rawValue
                || reason == Interrupt.deadlock.rawValue
            {
                pending.store(0, ordering: .relaxed)
            }
        }
    }

    /// Makes a `wait` look at its condition again.
    public func wake() {
        // Whoever looked before has gone to sleep by now; the woken finds the lock free.
        lock.withLock {}
        condition.broadcast()
    }

    /// Sleeps until `isDone` or `deadline` (then false), or throws the interrupt that came first.
    /// Whoever makes `isDone` true calls `wake` afterwards. `isDone` runs under this waiter's lock.
    public func wait(
        deadline: Instant? = nil, until isDone: () -> Bool
    ) throws(SQLError) -> Bool {
        if isDone() { return true }
        willBlock?()
        lock.lock()
        while !isDone() {
            if pending.load(ordering: .relaxed) != 0 {
                lock.unlock()
                try throwInterrupt()
            }
            let end = [deadline, statementDeadline].compactMap { $0 }.min()
            guard let end else {
                condition.wait(lock)
                continue
            }
            if !condition.wait(lock, until: end), !isDone() {
                lock.unlock()
                if let statementDeadline, end == statementDeadline {
                    throw Interrupt.statementTimeout.error
                }
                return false
            }
        }
        lock.unlock()
        return true
    }

    @inline(never)
    private func throwInterrupt() throws(SQLError) {
        let raw = lock.withLock { pending.exchange(0, ordering: .relaxed) }
        guard let reason = Interrupt(rawValue: raw) else { return }
        throw reason.error
    }
}
