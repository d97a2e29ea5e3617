internal import Base
internal import Catalog
internal import Engine
internal import Execute
#if DEBUG
    internal import Glibc
#endif
internal import Log
internal import Protocol
internal import Sequences
internal import Session
internal import Statement
internal import Synchronization
internal import System
internal import Wire

/// The data of one server, opened: engine, catalog, sequences, and sessions on them.
final class Instance: @unchecked Sendable {
    // Safe to share: `databases` is used under `lock`, everything else is constant or guards itself.

    private static let shardCount: UInt32 = 4
    private static let asynchronousFlushMilliseconds = 200
    private static let checkpointPollMilliseconds = 50
    /// A start reads so much of small tables into memory.
    private static let wholeBytesMax = 64 << 20
    /// The unit of shared_buffers.
    private static let bufferSizeBytes = 8192

    private let engine: Engine
    private let catalog: CatalogStore
    private let sequences: SequenceManager
    private let settings: ServerSettings
    private let notifications = NotificationQueue()
    private let sessions = SessionDirectory()
    private let lock = Lock()
    private struct DatabaseEntry {
        let database: OpenDatabase
        let cache: StatementCache
    }
    private let temporaryFiles: TemporaryFiles
    private var databases: [OID: DatabaseEntry] = [:]
    private let isClosing = Atomic<Bool>(false)

    /// Opens the data in `directory`, recovering what its log holds; a new directory gets the
    /// databases and roles of the first start.
    /// - Parameters:
    ///   - memoryBytesMax: tables that are written to have so much before they leave memory.
    ///   - runsThreads: false for a look at the data, which nothing goes on from.
    init(
        directory: String, settings: ServerSettings,
        memoryBytesMax: Int = Machine.memoryBytes / 4,
        fileSystem: FileSystem = RealFileSystem(), runsThreads: Bool = true
    ) throws(SQLError) {
        self.settings = settings
        do throws(FileError) {
            temporaryFiles = try TemporaryFiles(
                fileSystem, directory: "\(directory)/temporary")
        } catch {
            throw error.error("could not prepare the directory of temporary files")
                .with { $0.severity = .fatal }
        }
        let sequences = SequenceManager()
        self.sequences = sequences
        var replay = CatalogStore.Replay()
        var corruption: SQLError?
        do throws(LogOpenError) {
            engine = try Engine(
                fileSystem: fileSystem, directory: "\(directory)/log",
                segmentDirectory: "\(directory)/segments",
                cacheSizeBytes: settings.integer("shared_buffers") * Instance.bufferSizeBytes,
                wholeBytesMax: min(memoryBytesMax / 4, Instance.wholeBytesMax)
            ) { kind, payload in
                if kind == SequenceManager.messageKind {
                    do throws(SQLError) { try sequences.replay(payload) } catch {
                        corruption = error
                    }
                } else if kind == CatalogStore.messageKind {
                    replay.apply(payload)
                } else {
                    corruption = SQLError(
                        .dataCorrupted, "the log has a message of unknown kind \(kind)")
                }
            }
        } catch {
            if case .storage(let error) = error { throw error.with { $0.severity = .fatal } }
            throw SQLError(
                .dataCorrupted, "could not read the log: \(error)", severity: .fatal)
        }
        if let corruption { throw corruption.with { $0.severity = .fatal } }
        let engine = self.engine
        sequences.open(engine)
        catalog = try CatalogStore.open(
            engine, replay: replay, shardCount: Instance.shardCount)
        let generations = catalog.sequenceGenerations
        sequences.keepRecovered { generations.contains($0.rawValue) }
        let kept = catalog.generations.union([GenerationID.catalog.rawValue])
        engine.keepGenerations { kept.contains($0.rawValue) }
        engine.memoryBytesMax = memoryBytesMax
        engine.appendCheckpointState = { [sequences, catalog] in
            sequences.appendCheckpointState()
            catalog.appendCheckpointState()
        }
        engine.log.onFailure = { error in
            ServerLog.log(SQLError(.ioError, "could not make data durable: \(error)", severity: .panic))
            fatalError("the data directory can not be written")
        }
        if runsThreads { startThreads() }
        #if DEBUG
            if let fault = getenv("ORDINAL_ISOLATION_FAULT"), fault.pointee != 0 {
                invariant(
                    IsolationFault.plant(String(cString: fault)), "a fault that exists is planted")
            }
        #endif
    }

    private func startThreads() {
        Thread.start(name: "log syncer") { [engine] in engine.log.runSyncer() }
        Thread.start(name: "checkpointer", stackSizeBytes: 1 << 20) { self.runCheckpoints() }
        Thread.start(name: "log writer", stackSizeBytes: 256 << 10) { [self] in
            // What asynchronous commits left in memory does not stay there long.
            while !isClosing.load(ordering: .relaxed) {
                Thread.sleep(milliseconds: Instance.asynchronousFlushMilliseconds)
                if engine.log.endPosition > engine.log.durablePosition {
                    engine.log.requestFlush()
                }
            }
        }
    }

    /// Writes to segments what is in memory, whenever there is much of it or of the log.
    private func runCheckpoints() {
        let watch = SessionDirectory.SnapshotWatch(sessions)
        while !isClosing.load(ordering: .relaxed) {
            Thread.sleep(milliseconds: Instance.checkpointPollMilliseconds)
            watch.look({ engine.visibleHorizon }, note: { engine.noteOldestHorizon($0) })
            if engine.wantsCheckpoint(logBytesMax: settings.integer("max_wal_size") << 20) {
                checkpoint()
            }
        }
    }

    private func checkpoint() {
        do throws(SQLError) { try engine.checkpoint() } catch {
            // The log still has everything; the next one may come through.
            ServerLog.log(error.with { $0.severity = .log })
        }
    }

    /// Tells `hub`, which lives as long as the process, of syncs that no loop made itself.
    func attach(_ hub: Hub) {
        engine.log.onDurable { _ in hub.durablePositionAdvanced() }
        sessions.interrupt = { hub.interrupt(processID: $0, $1) }
    }

    var durablePosition: LogPosition { engine.log.durablePosition }
    var endPosition: LogPosition { engine.log.endPosition }

    func flushLog(upTo position: LogPosition) {
        engine.log.flush(upTo: position)
    }

    /// A clean stop: sequences lose no value. All sessions have ended.
    func close() {
        isClosing.store(true, ordering: .relaxed)
        checkpoint()
        sequences.shutDown()
        engine.close()
        engine.log.stopSyncer()
    }

    // MARK: - Sessions

    func openSession(
        _ request: SessionRequest, hooks: SessionHooks
    ) throws(SQLError) -> Session {
        var userName: String?
        var databaseName: String?
        var options: [(name: String, value: String)] = []
        for parameter in request.parameters {
            switch parameter.name {
            case "user": userName = parameter.value
            case "database": databaseName = parameter.value
            case "options": options += try StartupOptions.parse(parameter.value)
            case "replication":
                if !["", "false", "off", "no", "0"].contains(parameter.value) {
                    throw Instance.fatal(.featureNotSupported, "replication is not supported")
                }
            default: options.append((parameter.name, parameter.value))
            }
        }
        guard let userName, !userName.isEmpty else {
            throw Instance.fatal(
                .invalidAuthorizationSpecification,
                "no PostgreSQL user name specified in startup packet")
        }
        let name = databaseName.flatMap { $0.isEmpty ? nil : $0 } ?? userName
        let (entry, role, initial) = try find(database: name, user: userName)
        let sessionSettings = SessionSettings(server: settings)
        sessionSettings.isSuperuser = role.attributes.contains(.superuser)
        var notices: [SQLError] = []
        for (name, value, source) in initial {
            do throws(SQLError) {
                try sessionSettings.setInitial(name, value, source: source)
            } catch {
                notices.append(error.with { $0.severity = .warning })
            }
        }
        for (name, value) in options {
            do throws(SQLError) {
                try sessionSettings.setInitial(name, value, source: "client")
            } catch {
                throw error.with { $0.severity = .fatal }
            }
        }
        guard
            let state = SessionState(
                database: entry.database, waiter: Waiter(), processID: request.processID,
                user: role.oid, settings: sessionSettings)
        else { throw Instance.noDatabase(name) }
        state.notices += notices
        if case .tcp(let host, let port) = request.peer {
            state.client = ClientAddress(host: host, port: Int(port))
        }
        return Session(state: state, cache: entry.cache, output: request.output, hooks: hooks)
    }

    private func find(
        database name: String, user: String
    ) throws(SQLError) -> (
        DatabaseEntry, Role, settings: [(name: String, value: String, source: String)]
    ) {
        // Roles and databases are the same in the snapshot of every database.
        guard let snapshot = catalog.snapshot(of: SystemOID.postgresDatabase) else {
            throw Instance.noDatabase("postgres")
        }
        guard let role = snapshot.role(named: user)?.value else {
            throw Instance.fatal(
                .invalidAuthorizationSpecification, "role \"\(user)\" does not exist")
        }
        guard role.attributes.contains(.login) else {
            throw Instance.fatal(
                .invalidAuthorizationSpecification,
                "role \"\(user)\" is not permitted to log in")
        }
        guard let database = snapshot.database(named: name)?.value else {
            throw Instance.noDatabase(name)
        }
        guard database.allowsConnections else {
            throw Instance.fatal(
                .objectNotInPrerequisiteState,
                "database \"\(name)\" is not currently accepting connections")
        }
        let initial = snapshot.initialSettings(database: database.oid, role: role.oid)
        return (open(database.oid), role, initial)
    }

    private func open(_ database: OID) -> DatabaseEntry {
        lock.withLock {
            if let open = databases[database] { return open }
            let open = DatabaseEntry(
                database: OpenDatabase(
                    engine: engine, catalog: catalog, sequences: sequences, settings: settings,
                    notifications: notifications, sessions: sessions,
                    temporaryFiles: temporaryFiles, oid: database), cache: StatementCache())
            databases[database] = open
            return open
        }
    }

    /// Compares the tables of every database with their indexes.
    func compareTables() throws(SQLError) -> [(name: String, DatabaseComparison)] {
        var result: [(name: String, DatabaseComparison)] = []
        guard let snapshot = catalog.snapshot(of: SystemOID.postgresDatabase) else {
            throw Instance.noDatabase("postgres")
        }
        for database in snapshot.databases.sorted(by: { $0.oid < $1.oid }) {
            let sessionSettings = SessionSettings(server: settings)
            sessionSettings.isSuperuser = true
            guard
                let state = SessionState(
                    database: open(database.oid).database, waiter: Waiter(), processID: 0,
                    user: SystemOID.superuser, settings: sessionSettings)
            else { throw Instance.noDatabase(database.name) }
            defer { state.close() }
            result.append((database.name, try DatabaseComparison(state)))
        }
        return result
    }

    private static func noDatabase(_ name: String) -> SQLError {
        fatal(.undefinedDatabase, "database \"\(name)\" does not exist")
    }
    private static func fatal(_ state: SQLState, _ message: String) -> SQLError {
        SQLError(state, message, severity: .fatal)
    }
}
