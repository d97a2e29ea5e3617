internal import Base
internal import System

/// The threads that run event loops: one for each loop, spares for loops that are given away, and
/// those whose statement lost its loop.
final class LoopThreads: @unchecked Sendable {
    // Safe to share: everything, the loops of spares included, is guarded by `lock`.
    private let lock = Lock()
    /// Spares that have nothing to do; the last one has slept least and is taken first.
    private var spares: [Spare] = []
    /// Spares that stay when there is nothing to do for long.
    private static let keptCountMax = 4
    /// How long the others stay. Making a thread costs more than waking one.
    private static let idleMilliseconds = 5000

    private final class Spare {
        let condition = Condition()
        var loop: EventLoop?
    }

    /// Has `loop` run by a spare thread, or a new one.
    func run(_ loop: EventLoop) {
        let spare = lock.withLock { () -> Spare? in
            let spare = spares.popLast()
            spare?.loop = loop
            return spare
        }
        if let spare {
            spare.condition.signal()
        } else {
            Thread.start(name: "loop") { [self] in work(loop) }
        }
    }

    private func work(_ first: EventLoop) {
        let thread = LoopThread()
        let spare = Spare()
        var loop: EventLoop? = first
        while let current = loop {
            current.run(on: thread)
            thread.lostLoop()
            loop = nextLoop(spare)
        }
    }

    /// Nil when the thread has been idle for long and others are.
    private func nextLoop(_ spare: Spare) -> EventLoop? {
        lock.lock()
        defer { lock.unlock() }
        spares.append(spare)
        while true {
            if let loop = spare.loop {
                spare.loop = nil
                return loop
            }
            if spares.count <= LoopThreads.keptCountMax {
                spare.condition.wait(lock)
                continue
            }
            let deadline = Instant.now().advanced(byMilliseconds: LoopThreads.idleMilliseconds)
            if spare.condition.wait(lock, until: deadline) || spare.loop != nil { continue }
            if spares.count > LoopThreads.keptCountMax {
                spares.removeAll { $0 === spare }
                return nil
            }
        }
    }
}

/// What belongs to one thread that runs loops.
final class LoopThread {
    /// Where sockets are read into. A thread that has lost its loop keeps it: the messages of the
    /// session that it still runs lie here.
    let scratch = UnsafeMutableRawBufferPointer.allocate(byteCount: 128 << 10, alignment: 64)

    private var clockNanoseconds: UInt64 = 0
    /// How long it has worked for its loop.
    private var loopNanoseconds: UInt64 = 0
    private var worksInBatches = false
    /// The processor that it keeps to.
    private var processor: Int?
    /// A thread that has a loop for longer than this works in batches. Where statements block, loops
    /// go from hand to hand, and whoever gets one must not wait for its turn: on a processor that
    /// others use as well, each hand-over would cost milliseconds.
    private static let batchNanoseconds: UInt64 = 5_000_000

    deinit { scratch.deallocate() }

    func restartClock() {
        clockNanoseconds = Thread.processorNanoseconds()
        loopNanoseconds = 0
    }

    /// Its loop is another thread's now.
    func lostLoop() {
        keep(processor: nil)
        if !worksInBatches { return }
        worksInBatches = false
        Thread.scheduleNormally()
    }

    /// The processor time of this thread, in nanoseconds, since the last call or restart.
    func clock() -> UInt64 {
        let now = Thread.processorNanoseconds()
        defer { clockNanoseconds = now }
        loopNanoseconds += now &- clockNanoseconds
        if !worksInBatches, loopNanoseconds > LoopThread.batchNanoseconds {
            worksInBatches = true
            Thread.scheduleInBatches()
        }
        return now &- clockNanoseconds
    }

    /// Keeps to one processor, counted round; nil: runs wherever the scheduler likes.
    func keep(processor number: Int?) {
        if number == processor { return }
        processor = number
        if let number { Thread.keepProcessor(number) } else { Thread.useAnyProcessor() }
    }
}
