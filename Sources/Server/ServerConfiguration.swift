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
    private static let ownNames: Set = ["loops", "busy_poll_us", "memtable_memory_kb"]
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
        for assignment in try assignments() where !isOwn(assignment.name) {
            do throws(SQLError) {
                try settings.set(
                    assignment.name, assignment.text, source: assignment.source,
                    place: assignment.place)
            } catch {
                throw ServerConfiguration.located(error, assignment.place)
            }
        }
        settings.files = files
    }

    private static func located(
        _ error: SQLError, _ place: ServerSettings.Place?
    ) -> SQLError {
        error.with {
            $0.severity = .fatal
            $0.context = place.map { "file \"\($0.file)\" line \($0.line)" }
        }
    }

    /// What the files say, then the command line, in order. Parameters of Ordinal's own are taken.
    private func assignments() throws(SQLError) -> [ServerSettings.Assignment] {
        var result = try fileAssignments()
        for assignment in result where isOwn(assignment.name) {
            do throws(SQLError) { try setOwn(assignment.name, assignment.text) } catch {
                throw ServerConfiguration.located(error, assignment.place)
            }
        }
        var given = options.settings
        if let port = options.port { given.append(("port", String(port))) }
        if let addresses = options.listenAddresses {
            given.append(("listen_addresses", addresses))
        }
        if let path = options.unixSocketDirectory {
            given.append(("unix_socket_directories", path))
        }
        for (name, value) in given {
            if isOwn(name) { try setOwn(name, value) }
            result.append(
                ServerSettings.Assignment(name: name, text: value, source: "command line"))
        }
        if let count = options.loopCount { own["loops"] = count }
        if let microseconds = options.busyPollMicroseconds { own["busy_poll_us"] = microseconds }
        return result
    }

    private func fileAssignments() throws(SQLError) -> [ServerSettings.Assignment] {
        try Self.fileAssignments(of: directory)
    }

    private static func fileAssignments(
        of directory: DataDirectory
    ) throws(SQLError) -> [ServerSettings.Assignment] {
        let files = [
            (directory.settingsPath, try directory.settingsText()),
            (directory.automaticSettingsPath, directory.automaticSettingsText()),
        ]
        var result: [ServerSettings.Assignment] = []
        for (path, text) in files {
            for line in try SettingsFile.parse(text, fileName: path) {
                result.append(
                    ServerSettings.Assignment(
                        name: line.name, text: line.value, source: fileSource,
                        place: ServerSettings.Place(file: path, line: line.number)))
            }
        }
        return result
    }

    private var files: ServerSettings.Files {
        let directory = self.directory
        return ServerSettings.Files(
            read: { () throws(SQLError) in
                try ServerConfiguration.fileAssignments(of: directory).filter {
                    !ServerConfiguration.ownNames.contains($0.name.lowercased())
                }
            },
            readAutomatic: { () throws(SQLError) in
                try SettingsFile.parse(
                    directory.automaticSettingsText(), fileName: directory.automaticSettingsPath)
            },
            writeAutomatic: { (text) throws(SQLError) in
                try directory.writeAutomaticSettings(text)
            },
            requestReload: { Signals.requestReload() })
    }

    private func isOwn(_ name: String) -> Bool {
        ServerConfiguration.ownNames.contains(name.lowercased())
    }

    private func setOwn(_ name: String, _ value: String) throws(SQLError) {
        let most = name.lowercased() == "memtable_memory_kb" ? Int(Int32.max) : 10_000
        guard let number = Int(value), (0...most).contains(number) else {
            throw SQLError(
                .invalidParameterValue, "invalid value for parameter \"\(name)\": \"\(value)\"")
        }
        own[name.lowercased()] = number
    }

    /// Reads the files again; what can change while the server runs, does.
    func reload() {
        do throws(SQLError) {
            let wanted = try assignments().filter { !isOwn($0.name) }
            for problem in settings.reload(wanted) { ServerLog.log(problem) }
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
    /// Tables that are written to have so much memory before the largest of them leave it.
    var memoryBytesMax: Int {
        if let size = own["memtable_memory_kb"], size > 0 { return size << 10 }
        return Machine.memoryBytes / 4
    }

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
