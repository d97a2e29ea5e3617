internal import Base
internal import Catalog
internal import System

/// The server's parameters: the configuration file's, then the command line's.
final class ServerConfiguration {
    let settings: ServerSettings
    private let directory: DataDirectory
    private let options: ServeOptions
    /// Parameters of Ordinal's own, by name.
    private var own: [String: Int] = [:]
    private static let ownNames: Set = ["loops", "busy_poll_us"]
    private static let fileSource = "configuration file"

    init(
        _ settings: ServerSettings, directory: DataDirectory, options: ServeOptions
    ) throws(SQLError) {
        self.settings = settings
        self.directory = directory
        self.options = options
        try settings.set("unix_socket_directories", "/tmp", source: "default")
        // A connection costs little here.
        try settings.set("max_connections", "1000", source: "default")
        try readFile()
        try applyOptions()
    }

    private func readFile() throws(SQLError) {
        let lines = try SettingsFile.parse(
            try directory.settingsText(), fileName: directory.settingsPath)
        for line in lines {
            do throws(SQLError) {
                try set(line.name, line.value, source: ServerConfiguration.fileSource)
            } catch {
                throw error.with {
                    $0.severity = .fatal
                    $0.context = "file \"\(directory.settingsPath)\" line \(line.number)"
                }
            }
        }
    }

    private func applyOptions() throws(SQLError) {
        let source = "command line"
        for (name, value) in options.settings { try set(name, value, source: source) }
        if let port = options.port { try set("port", String(port), source: source) }
        if let addresses = options.listenAddresses {
            try set("listen_addresses", addresses, source: source)
        }
        if let path = options.unixSocketDirectory {
            try set("unix_socket_directories", path, source: source)
        }
        if let count = options.loopCount { own["loops"] = count }
        if let microseconds = options.busyPollMicroseconds { own["busy_poll_us"] = microseconds }
    }

    private func set(_ name: String, _ value: String, source: String) throws(SQLError) {
        guard ServerConfiguration.ownNames.contains(name.lowercased()) else {
            try settings.set(name, value, source: source)
            return
        }
        guard let number = Int(value), (0...10_000).contains(number) else {
            throw SQLError(
                .invalidParameterValue, "invalid value for parameter \"\(name)\": \"\(value)\"")
        }
        own[name.lowercased()] = number
    }

    /// Reads the file again; what can change while the server runs, does.
    func reload() {
        settings.forget(source: ServerConfiguration.fileSource)
        do throws(SQLError) {
            try readFile()
            try applyOptions()
        } catch {
            ServerLog.log(error.with { $0.severity = .log })
        }
    }

    var port: UInt16 { UInt16(truncatingIfNeeded: settings.integer("port")) }
    var connectionsMax: Int { settings.integer("max_connections") }
    var authenticationTimeoutMilliseconds: Int {
        max(settings.integer("authentication_timeout"), 1) * 1000
    }
    var loopCount: Int {
        if let count = own["loops"], count > 0 { return min(count, 256) }
        return Thread.processorCount()
    }
    var busyPollMicroseconds: Int { own["busy_poll_us"] ?? 20 }

    /// Numeric loopback addresses to listen on.
    func listenAddresses() throws(SQLError) -> [String] {
        var addresses: [String] = []
        for name in ServerConfiguration.list(settings.string("listen_addresses")) {
            let address = name == "localhost" ? "127.0.0.1" : name
            let isLoopback = address == "::1" || address.utf8.starts(with: "127.".utf8)
            guard isLoopback else {
                throw SQLError(
                    .configurationLimitExceeded,
                    "cannot listen on \"\(name)\": it is not a loopback address",
                    severity: .fatal
                ).hint("Clients are not authenticated yet, so only local ones are served.")
            }
            if !addresses.contains(address) { addresses.append(address) }
        }
        return addresses
    }

    var unixSocketDirectories: [String] {
        ServerConfiguration.list(settings.string("unix_socket_directories"))
    }

    private static func list(_ text: String) -> [String] {
        text.split(separator: ",")
            .map { String($0.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed()) }
            .map { $0.filter { $0 != "\"" } }
            .filter { !$0.isEmpty }
    }
}
