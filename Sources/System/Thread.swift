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

    /// Processor time that the calling thread has used so far.
    public static func processorNanoseconds() -> UInt64 {
        var time = timespec()
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
        return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
    }

    /// How many processors this process may use.
    public static func processorCount() -> Int { max(Int(sysconf(Int32(_SC_NPROCESSORS_ONLN))), 1) }
}
