public import Base
public import Catalog
public import System

/// All sessions of the server and what each is doing: for pg_stat_activity, and to interrupt one from
/// another.
public final class SessionDirectory: @unchecked Sendable {
    // Safe to share: `records` is used under `lock`; `interrupt` is set once, before any session.
    private let lock = Lock()
    private var records: [Int32: SessionRecord] = [:]
    /// Interrupts a session wherever it runs; false: there is none of that number.
    public var interrupt: @Sendable (Int32, Interrupt) -> Bool = { _, _ in false }

    public init() {}

    func add(_ record: SessionRecord) {
        lock.withLock { records[record.processID] = record }
    }

    func remove(_ processID: Int32) {
        lock.withLock { records[processID] = nil }
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
    public func begin(_ text: [UInt8], _ settings: SessionSettings) {
        // Only the session's own thread writes: it may read without the lock.
        if state == .active, query == text { return }
        let now = wallClockMicroseconds()
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
