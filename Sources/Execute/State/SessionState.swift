public import Base
public import Catalog
public import Engine
public import Functions
public import Query
public import Sequences
public import System
internal import Types

/// What the statements of one session share: its database, settings, transaction, sequence caches
/// and notices. Belongs to the thread that runs the session.
public final class SessionState {
    public let database: OpenDatabase
    public let waiter: Waiter
    /// The number that the client cancels by.
    public let processID: Int32
    /// The role that logged in, the one it has become (SET SESSION AUTHORIZATION), and the one in
    /// effect (SET ROLE).
    public let authenticatedUser: OID
    @exclusivity(unchecked) public var sessionUser: OID
    @exclusivity(unchecked) public var user: OID
    public let settings: SessionSettings
    public let catalog: CatalogTransaction
    public let sequences: SessionSequences
    public let notifications: SessionNotifications
    /// What others see of this session.
    public let record: SessionRecord
    /// What functions see: arena, clock, text formats.
    public let functions: FunctionContext
    /// pg_temp_N, once the session has one.
    @exclusivity(unchecked) public var temporaryNamespace: OID?
    /// The client's address and port, for inet_client_addr() and pg_stat_activity; nil: Unix socket.
    @exclusivity(unchecked) public var client: ClientAddress? {
        didSet { record.setClient(client) }
    }

    /// Notices and warnings of the statements so far; the session sends and empties them.
    @inlinable public var notices: [SQLError] {
        get { storedNotices }
        _modify { yield &storedNotices }
    }
    // Through an inlinable accessor: in other modules the attribute alone does not count.
    @exclusivity(unchecked) @usableFromInline var storedNotices: [SQLError] = []
    /// Answers must wait until the log is durable up to here.
    @inlinable public var waitPosition: LogPosition {
        get { storedWaitPosition }
        set { storedWaitPosition = newValue }
    }
    @exclusivity(unchecked) @usableFromInline var storedWaitPosition = LogPosition.zero
    /// The session's own newest commit, which its snapshots see though it may not be durable.
    @exclusivity(unchecked) public internal(set) var lastCommit = LogPosition.zero

    /// The transaction in progress; nil outside of one, and after its failure.
    @exclusivity(unchecked) public internal(set) var transaction: Transaction?
    /// A different number, never 0, for each transaction of the session.
    @exclusivity(unchecked) public internal(set) var transactionNumber: UInt64 = 0
    /// True between begin and commit or abort, also after a failure.
    @exclusivity(unchecked) public internal(set) var isInTransaction = false
    @exclusivity(unchecked) public internal(set) var isolation = IsolationLevel.readCommitted
    @exclusivity(unchecked) public internal(set) var isReadOnly = false
    @exclusivity(unchecked) public internal(set) var isDeferrable = false
    /// The transaction whose statements have taken a snapshot.
    @exclusivity(unchecked) var snapshotNumber: UInt64 = 0
    /// REPEATABLE READ and SERIALIZABLE: where the transaction's snapshot stands.
    @exclusivity(unchecked) var keptHorizon: LogPosition?
    /// How many snapshots the transaction has exported.
    @exclusivity(unchecked) var exportCount = 0
    /// See `withNewestSnapshot`.
    @exclusivity(unchecked) var forcesNewestSnapshot = false
    @exclusivity(unchecked) var savepoints: [SavepointState] = []
    /// Foreign keys that are checked at commit.
    @exclusivity(unchecked) var deferredChecks: [DeferredCheck] = []
    /// Does what ON COMMIT says of the session's temporary tables.
    @exclusivity(unchecked) public var endTemporaryTables: (() throws(SQLError) -> Void)?
    /// Referential actions of the statement in progress, in order.
    @exclusivity(unchecked) var referentialQueue: [ReferentialAction.Pending] = []
    @exclusivity(unchecked) var isRunningReferentialActions = false
    /// Checks that come when those actions are through.
    @exclusivity(unchecked) var keyChecks: [DeferredCheck] = []
    /// Constraints that SET CONSTRAINTS has made deferred (true) or immediate (false).
    @exclusivity(unchecked) var constraintModes: [OID: Bool] = [:]
    /// SET CONSTRAINTS ALL.
    @exclusivity(unchecked) var allConstraintsDeferred: Bool?
    /// Advisory locks of the session, once it has taken one.
    @exclusivity(unchecked) var sessionLocks: SessionLocks?
    /// Generations whose rows are to be freed at commit.
    @exclusivity(unchecked) var pool = ExecutionPool()

    /// Plans a statement of the server's own with parameters of the given types. Set by the layer that
    /// has the analyzer, as the next.
    @exclusivity(unchecked) public var planStatement:
        ((String, [OID]) throws(SQLError) -> PhysicalPlan)?
    /// Analyses the checks, indexes and defaults of a table.
    @exclusivity(unchecked) public var analyzeTable:
        ((Shared<Relation>) throws(SQLError) -> (checks: TableChecks, defaults: [Expression?]))?
    /// What hosted functions that show SQL text or statistics ask of the layers above.
    @exclusivity(unchecked) public var hostedFunction:
        (
            (HostedFunction, FunctionEntry, UnsafePointer<Datum>, FunctionContext) throws(SQLError)
                ->
                Datum
        )?
    /// The rows of a hosted function with OUT parameters.
    @exclusivity(unchecked)
    public var hostedRecord: ((HostedFunction, [Datum]) throws(SQLError) -> [[Datum]])?
    /// The rows of a relation that is computed from the catalog or the server's state.
    @exclusivity(unchecked)
    public var computedRows: ((OID, SessionState, Arena) throws(SQLError) -> [[Datum]])?

    /// What a domain asks of values, as the catalog has it now. Set by the layer that has the
    /// analyzer.
    @exclusivity(unchecked)
    public var domainConstraints: ((OID) throws(SQLError) -> DomainConstraints)?
    /// Compiled constraints of domains, with the catalog's version that they were read in.
    @exclusivity(unchecked)
    var domainCheckers: [OID: (version: UInt64, checker: DomainChecker)] = [:]
    /// Labels that the transaction has added to enums.
    @exclusivity(unchecked) private(set) var unusableLabels: Set<OID> = []

    /// The key of the row of a table on which a cursor stands; nil: it is gone.
    @exclusivity(unchecked)
    public var cursorRow: ((String, Relation) throws(SQLError) -> [UInt8]?)?
    /// The session's cursors, for pg_cursors.
    @exclusivity(unchecked) public var openCursors: (() -> [CursorActivity])?
    /// The session's named statements, for pg_prepared_statements.
    @exclusivity(unchecked) public var preparedStatements: (() -> [PreparedActivity])?

    @exclusivity(unchecked) var seenSettingsGeneration = -1
    /// `functions.stateArena` outside of operators: values that live until the transaction's end.
    let statementArena = Arena()
    @exclusivity(unchecked) private var cachedScope: CatalogScope?
    @exclusivity(unchecked) private var cachedScopeVersion: UInt64 = 0
    @exclusivity(unchecked) private var cachedScopeGeneration = -1

    /// Nil if the database does not exist.
    public init?(
        database: OpenDatabase, waiter: Waiter, processID: Int32, user: OID,
        settings: SessionSettings
    ) {
        guard let catalog = CatalogTransaction(store: database.catalog, database: database.oid)
        else { return nil }
        self.database = database
        self.waiter = waiter
        self.processID = processID
        authenticatedUser = user
        sessionUser = user
        self.user = user
        self.settings = settings
        self.catalog = catalog
        sequences = SessionSequences(database.sequences)
        notifications = SessionNotifications(
            database.notifications, database: database.oid, processID: processID)
        functions = FunctionContext(
            arena: Arena(),
            randomSeed: Instant.now().nanoseconds ^ UInt64(processID.magnitude) << 40)
        functions.stateArena = statementArena
        record = SessionRecord(database: database.oid, processID: processID, user: user)
        database.sessions.add(record)
        connectTypes()
    }

    /// A deadlock has ended its statement.
    public func countDeadlock() { record.use.deadlocks.add(1) }

    /// Ends the session: what it holds beyond transactions is given up.
    public func close() {
        abort()
        releaseSessionLocks()
        notifications.close()
        database.sessions.remove(processID)
        pool.removeAll()
        // Their plans keep the session.
        domainCheckers.removeAll()
        sequences.discard()
    }

    // MARK: Catalog

    /// Name resolution as search_path has it now.
    public var scope: CatalogScope {
        let snapshot = catalog.snapshot
        if let cachedScope, cachedScopeVersion == snapshot.version,
            cachedScopeGeneration == settings.generation, cachedScope.user == user,
            cachedScope.temporaryNamespace == temporaryNamespace
        {
            return cachedScope
        }
        let scope = CatalogScope(
            snapshot: snapshot, searchPathNames: settings.typed.searchPath, user: user,
            temporaryNamespace: temporaryNamespace)
        cachedScope = scope
        cachedScopeVersion = snapshot.version
        cachedScopeGeneration = settings.generation
        return scope
    }

    // MARK: Enums

    /// A label cannot be used before it is committed: had it been stored, an abort would leave values
    /// without one.
    public func noteNewLabel(_ label: OID) { unusableLabels.insert(label) }

    func forgetNewLabels() {
        if !unusableLabels.isEmpty { unusableLabels.removeAll() }
    }

    /// Adds a notice or warning for the client. Behind a certain number they are only counted: a
    /// statement may make any number of them before the first can leave.
    public func notice(_ notice: SQLError) {
        if notices.count < SessionState.noticeCountMax {
            notices.append(notice)
        } else {
            omittedNoticeCount += 1
        }
    }
    private static let noticeCountMax = 10_000
    @exclusivity(unchecked) public private(set) var omittedNoticeCount = 0

    /// The notices have left.
    public func clearNotices() {
        notices.removeAll()
        omittedNoticeCount = 0
    }

    /// Raises what answers wait for.
    public func waitFor(_ position: LogPosition) {
        if position > waitPosition { waitPosition = position }
    }

    // MARK: Relation locks

    /// Locks a relation until the end of the transaction.
    public func lockRelation(
        _ relation: OID, _ mode: RelationLockMode, wait: Bool = true
    ) throws(SQLError) {
        guard let transaction else { return }
        applyTimeouts(to: transaction)
        try database.engine.relationLocks.lock(
            RelationLocks.Key(
                space: database.oid.rawValue, value: UInt64(relation.rawValue)), mode,
            transaction, wait: wait, name: catalog.snapshot.relation(relation)?.name ?? "")
    }
}
