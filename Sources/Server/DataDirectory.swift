internal import Base
internal import System

/// The directory that holds everything of one server: its version file, its lock, its
/// configuration; the storage engine's files beside them.
final class DataDirectory: Sendable {
    /// Changes when the files of an older Ordinal can not be read any more.
    static let formatVersion = "1"

    let path: String
    private let lock: DataDirectoryLock
    /// A server that did not end in order had left its lock file.
    let wasLeftLocked: Bool
    /// Nothing is written.
    private let isReadOnly: Bool

    init(_ given: String, port: UInt16?) throws(SQLError) {
        _ = try Files.makeDirectory(given)
        path = Files.absolutePath(given)
        let versionPath = "\(path)/ORDINAL_VERSION"
        let version = Files.text(of: versionPath)
        isReadOnly = false
        if version == nil {
            let foreign = try Files.names(in: path).filter {
                $0 != "postmaster.pid" && $0 != "lost+found" && $0 != DataDirectory.settingsFile
            }
            if !foreign.isEmpty {
                throw SQLError(
                    .configFileError, "directory \"\(path)\" exists but is not empty",
                    severity: .fatal
                ).hint("Give --data a new or empty directory, or one that Ordinal made.")
            }
        }
        lock = try DataDirectoryLock(
            directory: path,
            contents: "\(Signals.processID)\n\(path)\n\(port.map { String($0) } ?? "")\n")
        wasLeftLocked = lock.wasLeft
        if let version {
            try DataDirectory.check(version)
        } else {
            // Before anything in it counts. Its own entries are synced with the log's directory.
            try Files.syncEntry(of: path)
            try Files.write("\(DataDirectory.formatVersion)\n", to: versionPath)
        }
    }

    /// For a look at what is there, while no server runs on it.
    init(toRead given: String) throws(SQLError) {
        path = Files.absolutePath(given)
        isReadOnly = true
        guard let version = Files.text(of: "\(path)/ORDINAL_VERSION") else {
            throw SQLError(
                .configFileError, "directory \"\(path)\" is no data directory of Ordinal",
                severity: .fatal
            ).hint("Give --data a directory that \"ordinal serve\" has made.")
        }
        lock = try DataDirectoryLock(reading: path)
        wasLeftLocked = lock.wasLeft
        try DataDirectory.check(version)
    }

    private static func check(_ version: String) throws(SQLError) {
        let found = version.prefix { $0 != "\n" }
        if found == formatVersion { return }
        throw SQLError(
            .objectNotInPrerequisiteState,
            "database files are incompatible with server", severity: .fatal
        ).detail(
            "The data directory has format \(found), which is not this server's format "
                + "\(formatVersion).")
    }

    // MARK: - Configuration file

    private static let settingsFile = "postgresql.conf"
    var settingsPath: String { "\(path)/\(DataDirectory.settingsFile)" }

    /// The text of postgresql.conf; the first start writes one.
    func settingsText() throws(SQLError) -> String {
        if let text = Files.text(of: settingsPath) { return text }
        if isReadOnly { return "" }
        try Files.write(DataDirectory.initialSettings, to: settingsPath)
        return DataDirectory.initialSettings
    }

    private static let automaticSettingsFile = "postgresql.auto.conf"
    var automaticSettingsPath: String { "\(path)/\(DataDirectory.automaticSettingsFile)" }

    /// What ALTER SYSTEM has written; empty before the first.
    func automaticSettingsText() -> String { Files.text(of: automaticSettingsPath) ?? "" }

    /// Replaces it: after a crash it is the old or the new file, whole.
    func writeAutomaticSettings(_ text: String) throws(SQLError) {
        let temporary = "\(automaticSettingsPath).tmp"
        try Files.write(text, to: temporary)
        let system = RealFileSystem()
        do throws(FileError) {
            try system.rename(temporary, to: automaticSettingsPath)
            try system.syncDirectory(path)
        } catch {
            throw error.error("could not rename file \"\(temporary)\"")
        }
    }

    private static let initialSettings = """
        # Ordinal reads this file when it starts, and again on SIGHUP. Syntax and names are those of
        # PostgreSQL's postgresql.conf; what the command line says wins.

        #port = 5432
        #listen_addresses = '127.0.0.1'
        #unix_socket_directories = '/tmp'
        #log_min_duration_statement = -1
        #statement_timeout = 0

        # Ordinal's own.
        #loops = 0                   # event loops; 0: one for each processor
        #busy_poll_us = 20           # polling of a loop with one active client; 0: none
        #memtable_memory_kb = 0      # memory of tables that are written to; 0: a quarter of the machine's

        """
}
