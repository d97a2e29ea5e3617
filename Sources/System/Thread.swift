internal import Base
internal import CSystem
internal import Glibc

/// Threads with stacks of a chosen size: every thread of the server is made here.
public enum Thread {
    /// Deep enough for the deepest legal expression (`max_stack_depth`); only touched pages cost.
    public static let stackSizeBytes = 8 << 20

    private final class Start {
        let name: String
        let body: () -> Void
        init(name: String, body: @escaping () -> Void) {
            self.name = name
            self.body = body
        }
    }

    /// Starts a thread that runs `body` and ends with it. `name` shows up in ps and gdb (15 bytes).
    public static func start(
        name: String, stackSizeBytes: Int = Thread.stackSizeBytes,
        _ body: @escaping @Sendable () -> Void
    ) {
        var attributes = pthread_attr_t()
        pthread_attr_init(&attributes)
        defer { pthread_attr_destroy(&attributes) }
        pthread_attr_setstacksize(&attributes, stackSizeBytes)
        pthread_attr_setdetachstate(&attributes, Int32(PTHREAD_CREATE_DETACHED))
        let start = Unmanaged.passRetained(Start(name: name, body: body))
        var thread = pthread_t()
        let status = pthread_create(
            &thread, &attributes,
            { argument in
                guard let argument else { return nil }
                let start = Unmanaged<Start>.fromOpaque(argument).takeRetainedValue()
                ordinal_name_thread(start.name)
                // Whoever made it may keep to one processor.
                Thread.useAnyProcessor()
                start.body()
                return nil
            }, start.toOpaque())
        invariant(status == 0, "a thread can be made")
    }

    public static func sleep(milliseconds: Int) {
        var rest = timespec(
            tv_sec: milliseconds / 1000, tv_nsec: (milliseconds % 1000) * 1_000_000)
        var left = timespec()
        while nanosleep(&rest, &left) != 0, errno == EINTR { rest = left }
    }

    /// Tells the scheduler that the calling thread works in batches: it wakes without pushing
    /// others off their processor, and so finds more to do when its turn comes (`SCHED_BATCH`).
    public static func scheduleInBatches() { schedule(3 /* SCHED_BATCH */) }

    /// Takes that back (`SCHED_OTHER`).
    public static func scheduleNormally() { schedule(0) }

    private static func schedule(_ policy: Int32) {
        var parameter = sched_param()
        parameter.sched_priority = 0
        // Refused in some containers: then it is scheduled as all others are.
        _ = sched_setscheduler(0, policy, &parameter)
    }

    /// The processors that the process may use, as bits; taken before any thread keeps to one.
    private static let processors: [UInt64] = {
        var bits = [UInt64](repeating: 0, count: 16)
        let size = UInt(bits.count * MemoryLayout<UInt64>.size)
        return ordinal_get_processors(&bits, size) == 0 ? bits : []
    }()

    /// Keeps the calling thread on one of the processors that the process may use, counted round.
    public static func keepProcessor(_ number: Int) {
        let numbers = (0..<processors.count * 64).filter { processors[$0 / 64] >> ($0 % 64) & 1 != 0 }
        guard numbers.count > 1 else { return }
        let chosen = numbers[number % numbers.count]
        var bits = [UInt64](repeating: 0, count: processors.count)
        bits[chosen / 64] = 1 << (chosen % 64)
        setProcessors(bits)
    }

    /// Takes that back.
    public static func useAnyProcessor() { setProcessors(processors) }

    private static func setProcessors(_ bits: [UInt64]) {
        if bits.isEmpty { return }
        // Refused in some containers: then it runs where the scheduler likes.
        _ = ordinal_set_processors(bits, UInt(bits.count * MemoryLayout<UInt64>.size))
    }

    /// Processor time that the calling thread has used so far.
    public static func processorNanoseconds() -> UInt64 {
        var time = timespec()
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
        return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
    }

    /// How many processors this process may use.
    public static func processorCount() -> Int { max(Int(sysconf(Int32(_SC_NPROCESSORS_ONLN))), 1) }
}
