internal import Base
internal import Synchronization
internal import System

/// Threads that help statements with large nodes: one for each processor but the statement's own. A
/// statement gets those that have nothing to do, and never waits for one.
final class WorkerThreads: @unchecked Sendable {
    // Safe to share: everything that changes is guarded by `lock`.
    static let shared = WorkerThreads(countMax: max(Thread.processorCount() - 1, 1))

    private let lock = Lock()
    private let condition = Condition()
    private let countMax: Int
    private var threadCount = 0
    /// Threads that wait for a job, or are on their way to one of `jobs`.
    private var idleCount = 0
    private var jobs: [@Sendable () -> Void] = []

    init(countMax: Int) { self.countMax = countMax }

    /// Runs `job` on a thread that is free; false: there is none.
    func start(_ job: @escaping @Sendable () -> Void) -> Bool {
        lock.lock()
        if jobs.count < idleCount {
            jobs.append(job)
            lock.unlock()
            condition.signal()
            return true
        }
        let hasRoom = threadCount < countMax
        if hasRoom { threadCount += 1 }
        lock.unlock()
        if hasRoom { Thread.start(name: "worker") { [self] in work(job) } }
        return hasRoom
    }

    private func work(_ first: @escaping @Sendable () -> Void) {
        first()
        while true { nextJob()() }
    }

    private func nextJob() -> @Sendable () -> Void {
        lock.lock()
        defer { lock.unlock() }
        idleCount += 1
        while jobs.isEmpty { condition.wait(lock) }
        idleCount -= 1
        return jobs.removeFirst()
    }
}

/// Tells the threads that help with a node that the rest of their work is of no use.
final class CrewSignal: Sendable {
    private let isStopped = Atomic<Bool>(false)

    func stop() { isStopped.store(true, ordering: .relaxed) }

    /// - Parameter waiter: the statement's; its thread finds the interrupt itself, and says so.
    @inline(__always)
    func check(_ waiter: Waiter) throws(SQLError) {
        if isStopped.load(ordering: .relaxed) || waiter.isInterrupted {
            throw Interrupt.cancel.error
        }
    }
}

/// Where the statement's thread waits until those that help are through. Who has not begun by then
/// need not: it may be long until another statement's thread lets it have a processor.
final class CrewGate: @unchecked Sendable {
    // Safe to share: everything is guarded by `lock`.
    private let lock = Lock()
    private let condition = Condition()
    private var insideCount = 0
    private var isClosed = false
    private var firstError: SQLError?

    /// False: it is too late to begin.
    func enter() -> Bool {
        lock.withLock {
            if !isClosed { insideCount += 1 }
            return !isClosed
        }
    }

    func leave(_ error: SQLError?) {
        lock.withLock {
            insideCount -= 1
            if firstError == nil { firstError = error }
        }
        condition.signal()
    }

    /// Waits for those inside; returns what went wrong in one of them.
    func close() -> SQLError? {
        lock.lock()
        defer { lock.unlock() }
        isClosed = true
        while insideCount > 0 { condition.wait(lock) }
        return firstError
    }
}
