public import Base

/// How a server is started: what `ordinal serve` takes from its command line.
public struct ServeOptions: Sendable {
    public var dataDirectory = ".data"
    /// Nil: as the configuration file has it, or 5432.
    public var port: UInt16?
    /// Nil: as the configuration file has it, or 127.0.0.1. Several are separated by commas.
    public var listenAddresses: String?
    /// Nil: as the configuration file has it, or /tmp. Empty: none.
    public var unixSocketDirectory: String?
    public var loopCount: Int?
    public var busyPollMicroseconds: Int?
    /// Parameters given as `-c name=value`, in order.
    public var settings: [(name: String, value: String)] = []

    public init() {}

    public static let usage = """
        Usage: ordinal serve [options]

        Starts a server. The first start in an empty directory creates the databases postgres and
        template1 and the superuser postgres.

          --data DIR             where the data is (default .data); created if it is not there
          --port N               TCP port, and number of the Unix socket (default 5432)
          --listen ADDRESSES     loopback addresses to listen on, separated by commas
                                 (default 127.0.0.1; '' for none). Clients are trusted, so other
                                 addresses are refused
          --unix-socket-dir DIR  where the Unix socket is made (default /tmp; '' for none)
          --loops N              event loops (default: one for each processor)
          --busy-poll-us N       how long a loop with one active client polls before it sleeps,
                                 in microseconds (default 20; 0 turns it off)
          -c NAME=VALUE          sets a parameter, as the configuration file does
          --help                 shows this

        Parameters are read from postgresql.conf in the data directory first; the command line
        wins. SIGTERM and SIGINT end the server, SIGHUP makes it read the file again.

        """

    /// From the arguments after `serve`; nil when only help is asked for.
    public init?(_ arguments: [String]) throws(SQLError) {
        var rest = arguments[...]
        func value(_ option: String, _ given: String?) throws(SQLError) -> String {
            if let given { return given }
            if let next = rest.popFirst() { return next }
            throw ServeOptions.wrong("option \(option) needs a value")
        }
        func number(_ option: String, _ given: String?) throws(SQLError) -> Int {
            let text = try value(option, given)
            guard let number = Int(text), number >= 0 else {
                throw ServeOptions.wrong("option \(option) needs a number, not \"\(text)\"")
            }
            return number
        }
        while let argument = rest.popFirst() {
            let parts = argument.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            let given = argument.utf8.starts(with: "--".utf8) && parts.count == 2
                ? String(parts[1]) : nil
            let option = given == nil ? argument : String(parts[0])
            switch option {
            case "--help", "-h": return nil
            case "--data", "-D": dataDirectory = try value(option, given)
            case "--port", "-p":
                guard let port = UInt16(exactly: try number(option, given)) else {
                    throw ServeOptions.wrong("a port is at most 65535")
                }
                self.port = port
            case "--listen": listenAddresses = try value(option, given)
            case "--unix-socket-dir", "-k": unixSocketDirectory = try value(option, given)
            case "--loops": loopCount = min(max(try number(option, given), 1), 256)
            case "--busy-poll-us": busyPollMicroseconds = min(try number(option, given), 10_000)
            case "-c":
                let setting = try value(option, given)
                let pair = setting.split(
                    separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
                guard pair.count == 2 else {
                    throw ServeOptions.wrong("-c \(setting) requires a value")
                }
                settings.append((String(pair[0]), String(pair[1])))
            default: throw ServeOptions.wrong("unknown option \(argument)")
            }
        }
    }

    private static func wrong(_ message: String) -> SQLError {
        SQLError(.syntaxError, message, severity: .fatal)
            .hint("Try \"ordinal serve --help\" for more information.")
    }
}
