internal import Base
internal import Glibc

/// The signals a server answers to.
public enum Signals {
    public enum Received: Sendable {
        /// SIGTERM, SIGINT, SIGQUIT: end.
        case stop
        /// SIGHUP: read the configuration file again.
        case reload
    }

    private static func handled() -> sigset_t {
        var set = sigset_t()
        sigemptyset(&set)
        for signal in [SIGTERM, SIGINT, SIGQUIT, SIGHUP] { sigaddset(&set, signal) }
        return set
    }

    /// To be called first, by the first thread: every thread inherits that the signals above wait
    /// for `wait` and that writing to a closed socket is an error, not an end.
    public static func prepare() {
        signal(SIGPIPE, SIG_IGN)
        var set = handled()
        let status = pthread_sigmask(SIG_BLOCK, &set, nil)
        invariant(status == 0, "a signal mask can be set")
    }

    /// Waits for the next of them.
    public static func wait() -> Received {
        var set = handled()
        var number: Int32 = 0
        while sigwait(&set, &number) != 0 {}
        return number == SIGHUP ? .reload : .stop
    }

    /// Sends this process SIGTERM, as an administrator would.
    public static func requestStop() { kill(getpid(), SIGTERM) }

    /// Sends this process SIGHUP: the configuration files are read again.
    public static func requestReload() { kill(getpid(), SIGHUP) }

    public static var processID: Int32 { getpid() }
}
