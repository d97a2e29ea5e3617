internal import Base
internal import Catalog
internal import Session
internal import System
internal import Types
internal import Wire

/// The composition root: opens the data, starts the loops, and ends everything in order.
public enum Server {
    /// What `server_version` says first, and version().
    public static let version = "15.18"

    private static let shutdownMillisecondsMax = 10_000

    /// Runs a server until a signal ends it; the process's exit status.
    public static func serve(_ options: ServeOptions) -> Int32 {
        Signals.prepare()
        do throws(SQLError) {
            try run(options)
            return 0
        } catch {
            ServerLog.log(error)
            return 1
        }
    }

    private static func run(_ options: ServeOptions) throws(SQLError) {
        let directory = try DataDirectory(options.dataDirectory, port: options.port)
        let configuration = try ServerConfiguration(
            ServerSettings { TimeZone.setting($0)?.name }, directory: directory, options: options)
        ServerLog.log("starting Ordinal, compatible with PostgreSQL \(version)")
        // Addresses first: they are the more likely mistake, and opening the data takes longer.
        let addresses = try configuration.listenAddresses()
        var listeners: [Hub.Listener] = []
        let port = configuration.port
        for address in addresses {
            listeners.append(
                Hub.Listener(try ListeningSocket.listen(address: address, port: port)))
            ServerLog.log(
                "listening on IPv\(address.utf8.contains(UInt8(ascii: ":")) ? 6 : 4) address "
                    + "\"\(address)\", port \(port)")
        }
        for path in configuration.unixSocketDirectories {
            listeners.append(
                Hub.Listener(try ListeningSocket.listen(directory: path, port: port)))
            ServerLog.log("listening on Unix socket \"\(path)/.s.PGSQL.\(port)\"")
        }
        if listeners.isEmpty {
            throw SQLError(
                .configFileError, "no address to listen on", severity: .fatal)
        }
        let instance = try Instance(
            directory: directory.path, settings: configuration.settings,
            memoryBytesMax: configuration.memoryBytesMax)
        let hub = makeHub(instance, configuration)
        hub.start(listeners)
        ServerLog.log("database system is ready to accept connections")
        while Signals.wait() == .reload {
            ServerLog.log("received SIGHUP, reloading configuration files")
            configuration.reload()
        }
        ServerLog.log("received fast shutdown request")
        hub.shutDown(withinMilliseconds: shutdownMillisecondsMax)
        instance.close()
        ServerLog.log("database system is shut down")
    }

    private static func makeHub(_ instance: Instance, _ configuration: ServerConfiguration) -> Hub {
        let settings = configuration.settings
        var wire = WireConfiguration(
            openSession: { request throws(SQLError) in
                try instance.openSession(
                    request, hooks: hooks(for: request, settings))
            },
            durablePosition: { instance.durablePosition },
            flushLog: { position in instance.flushLog(upTo: position) },
            logError: { error in ServerLog.log(error) })
        wire.loopCount = configuration.loopCount
        wire.busyPollMicroseconds = configuration.busyPollMicroseconds
        wire.connectionsMax = configuration.connectionsMax
        wire.authenticationTimeoutMilliseconds = configuration.authenticationTimeoutMilliseconds
        let hub = Hub(wire)
        instance.attach(hub)
        return hub
    }

    /// What one session reports to the log.
    private static func hooks(
        for request: SessionRequest, _ settings: ServerSettings
    ) -> SessionHooks {
        let processID = request.processID
        return SessionHooks(
            logError: { error, text in
                let statement = text.isEmpty ? nil : String(decoding: text, as: UTF8.self)
                ServerLog.log(
                    error, statement: statement, processID: processID,
                    isVerbose: settings.string("log_error_verbosity") == "verbose")
            },
            logDuration: { microseconds, text in
                let thousandths = String(microseconds % 1000 + 1000).dropFirst()
                ServerLog.log(
                    "duration: \(microseconds / 1000).\(thousandths) ms  statement: "
                        + String(decoding: text, as: UTF8.self), processID: processID)
            })
    }
}
