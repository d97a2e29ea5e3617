public import Base
public import Catalog
public import System

/// All sessions of the server and what each is doing: for pg_stat_activity, and to interrupt one from
/// another.
public final class SessionDirectory: @unchecked Sendable {
    // Safe to share: `records` is used under `lock`; `interrupt` is set once, before any session.
    private let lock = Lock()
    private var records: [Int32: SessionRecord] = [:]
    /// What sessions of each database did that have ended, and when its tables were looked after.
    private var endedUse: [OID: DatabaseUse] = [:]
    /// Snapshots that were taken over.
    private var importCount = 0
    /// Interrupts a session wherever it runs; false: there is none of that number.
    public var interrupt: @Sendable (Int32, Interrupt) -> Bool = { _, _ in false }

    public init() {}

    func add(_ record: SessionRecord) {
        lock.withLock {
            records[record.processID] = record
            endedUse[record.database, default: DatabaseUse()].sessions += 1
        }
    }

    func remove(_ processID: Int32) {
        lock.withLock {
            guard let record = records.removeValue(forKey: processID) else { return }
            endedUse[record.database, default: DatabaseUse()].add(record.use.use)
        }
    }

    // MARK: Statistics

    /// What all sessions have done in a database.
    public func use(of database: OID) -> DatabaseUse {
        lock.withLock {
            var use = endedUse[database] ?? DatabaseUse()
            for record in records.values where record.database == database {
                use.add(record.use.use)
            }
            return use
        }
    }

    /// Counts from zero again; nil: for everything in the database.
    public func resetUse(of database: OID, relation: OID? = nil) {
        let now = wallClockMicroseconds()
        lock.withLock {
            // What live sessions go on counting begins below zero.
            var base = DatabaseUse()
            for record in records.values where record.database == database {
                base.add(record.use.use, times: -1)
            }
            if let relation {
                endedUse[database, default: DatabaseUse()].relations[relation] =
                    base.relations[relation] ?? RelationUse()
            } else {
                base.lastReset = now
                endedUse[database] = base
            }
        }
    }

    /// VACUUM, ANALYZE or both went over a relation.
    public func noteMaintenance(
        of relation: OID, in database: OID, isVacuum: Bool, isAnalysis: Bool
    ) {
        let now = wallClockMicroseconds()
        let use = use(of: database).relations[relation] ?? RelationUse()
        lock.withLock {
            var noted = endedUse[database]?.relations[relation] ?? RelationUse()
            if isVacuum {
                noted.vacuums += 1
                noted.lastVacuum = now
                noted.insertedVacuumed = use.inserted
            }
            if isAnalysis {
                noted.analyses += 1
                noted.lastAnalysis = now
                noted.changesAnalyzed = use.changes
            }
            endedUse[database, default: DatabaseUse()].relations[relation] = noted
        }
    }

    // MARK: Old snapshots

    /// A session takes over a snapshot of another one.
    /// - Parameter isKept: whether what it sees is still there.
    /// - Returns: false: it is not.
    func noteImport(isKept: () -> Bool) -> Bool {
        lock.withLock {
            importCount += 1
            return isKept()
        }
    }

    /// Sessions in transactions, with the number that each has ended.
    private func endsOfBusy() -> [(processID: Int32, ends: Int)] {
        lock.withLock {
            records.values.compactMap { record in
                record.isIdle ? nil : (record.processID, record.use.ends)
            }
        }
    }

    /// How far snapshots in use reach at the least, found by waiting for those that are older to end.
    public final class SnapshotWatch {
        private let directory: SessionDirectory
        private var horizon: LogPosition?
        private var awaited: [(processID: Int32, ends: Int)] = []
        private var importCount = 0

        public init(_ directory: SessionDirectory) { self.directory = directory }

        /// Notes horizons that no snapshot in use is older than, as they are found; to be called now and
        /// then by one thread.
        /// - Parameter visible: what new snapshots see by now.
        public func look(_ visible: () -> LogPosition, note: (LogPosition) -> Void) {
            guard let horizon else {
                // First the horizon: sessions that are idle then take later snapshots.
                importCount = directory.lock.withLock { directory.importCount }
                self.horizon = visible()
                awaited = directory.endsOfBusy()
                return
            }
            awaited.removeAll { directory.hasEnded($0.processID, since: $0.ends) }
            if !awaited.isEmpty { return }
            self.horizon = nil
            // One that was idle may have taken over an old snapshot from one that has ended since.
            directory.lock.withLock { if directory.importCount == importCount { note(horizon) } }
        }
    }

    private func hasEnded(_ processID: Int32, since ends: Int) -> Bool {
        guard let record = lock.withLock({ records[processID] }) else { return true }
        return record.isIdle || record.use.ends != ends
    }

    /// The role of a session.
    public func user(of processID: Int32) -> OID? { lock.withLock { records[processID]?.user } }

    /// What all sessions do, by their numbers.
    public var activities: [SessionActivity] {
        let all = lock.withLock { Array(records.values) }
        return all.map(\.activity).sorted { $0.processID < $1.processID }
    }
}

/// What one session is doing. Its own thread writes, others read.
public final class SessionRecord: @unchecked Sendable {
    // Safe to share: everything that changes is used under `lock`, which nobody holds for long.
    private let lock = Lock()
    let database: OID
    let processID: Int32
    let user: OID
    let use = SessionUse()
    private let started = wallClockMicroseconds()
    @exclusivity(unchecked) private var applicationName = ""
    @exclusivity(unchecked) private var client: ClientAddress?
    @exclusivity(unchecked) private var state = State.idle
    @exclusivity(unchecked) private var query: [UInt8] = []
    @exclusivity(unchecked) private var transactionStarted: Int64?
    @exclusivity(unchecked) private var queryStarted: Int64?
    @exclusivity(unchecked) private var stateChanged: Int64?
    @exclusivity(unchecked) private var settingsGeneration = -1

    /// pg_stat_activity.state.
    private enum State: String {
        case idle
        case active
        case inTransaction = "idle in transaction"
        case inFailedTransaction = "idle in transaction (aborted)"
    }

    /// The text of the client's that runs.
    public var text: String { lock.withLock { String(decoding: query, as: UTF8.self) } }

    /// What is shown of a query: track_activity_query_size.
    private static let queryBytesMax = 1023

    init(database: OID, processID: Int32, user: OID) {
        self.database = database
        self.processID = processID
        self.user = user
    }

    func setClient(_ address: ClientAddress?) {
        lock.withLock { client = address }
    }

    /// A statement begins, or its next message is at work. What goes on without a pause, message by
    /// message, began with the first: that saves its clock.
    public func begin(_ text: [UInt8], _ settings: SessionSettings, at now: Int64) {
        // Only the session's own thread writes: it may read without the lock.
        if state == .active, query == text { return }
        lock.withLock {
            if settingsGeneration != settings.generation {
                settingsGeneration = settings.generation
                applicationName = settings.typed.applicationName
            }
            query = text
            state = .active
            queryStarted = now
            stateChanged = now
            if transactionStarted == nil { transactionStarted = now }
        }
    }

    public func setApplicationName(_ name: String) {
        lock.withLock { applicationName = name }
    }

    /// The session waits for its client: outside of a transaction, in one, or in one that has failed.
    public func pause(isInTransaction: Bool, hasFailed: Bool) {
        let now = wallClockMicroseconds()
        lock.withLock {
            stateChanged = now
            if isInTransaction {
                state = hasFailed ? .inFailedTransaction : .inTransaction
            } else {
                state = .idle
                transactionStarted = nil
            }
        }
    }

    /// Between transactions, waiting for the client.
    var isIdle: Bool { lock.withLock { state == .idle } }

    var activity: SessionActivity {
        lock.withLock {
            SessionActivity(
                database: database, processID: processID, user: user,
                applicationName: applicationName, client: client, started: started,
                transactionStarted: transactionStarted, queryStarted: queryStarted,
                stateChanged: stateChanged, state: state.rawValue,
                query: String(decoding: query.prefix(SessionRecord.queryBytesMax), as: UTF8.self))
        }
    }
}
