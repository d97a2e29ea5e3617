internal import Base
internal import System

/// The threads that run event loops: one for each loop, spares for loops that are given away, and
/// those whose statement lost its loop.
final class LoopThreads: @unchecked Sendable {
    // Safe to share: everything is guarded by `lock`.
    private let lock = Lock()
    private let condition = Condition()
    private var waitingLoops: [EventLoop] = []
    private var idleCount = 0
    /// Spares that stay when there is nothing to do.
    private static let idleCountMax = 4

    /// Has `loop` run by a spare thread, or a new one.
    func run(_ loop: EventLoop) {
        lock.lock()
        waitingLoops.append(loop)
        let isSpareFree = idleCount >= waitingLoops.count
        lock.unlock()
        if isSpareFree {
            condition.signal()
        } else {
            Thread.start(name: "loop") { [self] in work() }
        }
    }

    private func work() {
        let thread = LoopThread()
        while let loop = nextLoop() { loop.run(on: thread) }
    }

    private func nextLoop() -> EventLoop? {
        lock.lock()
        defer { lock.unlock() }
        while waitingLoops.isEmpty {
            if idleCount >= LoopThreads.idleCountMax { return nil }
            idleCount += 1
            condition.wait(lock)
            idleCount -= 1
        }
        return waitingLoops.removeFirst()
    }
}

/// What belongs to one thread that runs loops.
final class LoopThread {
    /// Where sockets are read into. A thread that has lost its loop keeps it: the messages of the
    /// session that it still runs lie here.
    let scratch = UnsafeMutableRawBufferPointer.allocate(byteCount: 128 << 10, alignment: 64)

    deinit { scratch.deallocate() }
}
