internal import Catalog
internal import Functions
internal import Types
public import Execute
public import Base
internal import Parse
public import Protocol
public import Statement
public import Synchronization
public import System

/// One client's session: a machine that messages drive and that writes its answers into `output`.
/// No sockets and no waiting for the client: what can not go on returns, and is resumed.
///
///     receive(message) ──▶ needsInput    all done, the next message may come
///                     ├──▶ outputFull    rows are left: `resume` when the client has read
///                     └──▶ ended         flush the output, then close the connection
///
/// Run by one thread at a time. Answers may leave only when the log is durable up to
/// `waitPosition`.
public final class Session {
    public enum Progress: Sendable {
        case needsInput
        case outputFull
        case ended
    }

    /// What a run that has returned `outputFull`, or waits for COPY data, goes on with.
    enum Activity {
        case none
        case query(QueryRun)
        case execute(Portal)
    }

    /// Where the session's transaction block stands (PostgreSQL's TBLOCK states).
    enum Block {
        /// No transaction.
        case none
        /// A transaction that ends with its statement or with Sync.
        case started
        /// The transaction around a simple query of several statements.
        case implicit
        /// Between BEGIN and its end.
        case open
        /// After an error in a block: only its end is accepted.
        case failed
    }

    public let state: SessionState
    public let output: OutputBuffer
    let runner: StatementRunner
    let hooks: SessionHooks
    // Of the state: a field that is reached in two steps is retained and released each time.
    let settings: SessionSettings
    let record: SessionRecord
    let functions: FunctionContext

    @exclusivity(unchecked) var block = Block.none
    @exclusivity(unchecked) var activity = Activity.none
    /// The portal that consumes CopyData messages.
    @exclusivity(unchecked) var copyingIn: Portal?
    /// After an error in an extended query: messages are passed over up to Sync.
    @exclusivity(unchecked) private var skipsToSync = false
    @exclusivity(unchecked) private var hasEnded = false
    @exclusivity(unchecked) private var isClosed = false

    /// Of a client whose texts are not UTF-8.
    @exclusivity(unchecked) var clientText: ClientText?

    @exclusivity(unchecked) var unnamedStatement: StatementEntry?
    let statements = NameTable<StatementEntry>()
    /// One object for all unnamed portals, one after the other.
    let unnamedPortal = Portal(entry: StatementEntry.none, parameters: [])
    /// `unnamedPortal` is there for the client.
    @exclusivity(unchecked) private(set) var hasUnnamedPortal = false
    let portals = NameTable<Portal>()
    /// The text of the statement that runs, for the log.
    var currentText: [UInt8] { currentEntry?.text ?? receivedText }
    /// The statement that runs, if it was prepared before; its text is not copied about.
    @exclusivity(unchecked) private var currentEntry: StatementEntry?
    @exclusivity(unchecked) private var receivedText: [UInt8] = []
    /// The prepared statement that `record` shows at work.
    @exclusivity(unchecked) private var recordedEntry: StatementEntry?
    @exclusivity(unchecked) private var statementStart: Instant?

    /// - Parameter cache: the statements of the session's database, shared by its sessions.
    public init(
        state: SessionState, cache: StatementCache, output: OutputBuffer, hooks: SessionHooks
    ) {
        self.output = output
        self.state = state
        settings = state.settings
        record = state.record
        functions = state.functions
        waiter = state.waiter
        self.hooks = hooks
        runner = StatementRunner(session: state, cache: cache)
        connectSettings()
        connectCursors()
        connectPreparedStatements()
        runner.findPrepared = { [unowned self] statement throws(SQLError) in
            try explained(statement)
        }
    }

    /// Answers wait until the log is durable up to here.
    public var waitPosition: LogPosition { state.waitPosition }

    /// What its statements wait with.
    public let waiter: Waiter

    /// When the statement that runs must end, on the monotonic clock in nanoseconds; 0: never.
    /// For the thread that watches over long statements.
    public let statementDeadline = Atomic<UInt64>(0)

    /// The end of the startup phase: the client is in.
    public func greet(processID: Int32, secret: Int32) {
        output.bytes.appendAuthenticationOk()
        for (name, value) in settings.reported {
            if name == "client_encoding" { chooseClientText(value) }
            output.bytes.appendParameterStatus(name: name, value: value)
        }
        _ = settings.takeChangedReports()
        output.bytes.appendBackendKeyData(processID: processID, secret: secret)
        output.bytes.appendReadyForQuery(.idle)
    }

    /// After how long without a message the session ends; 0: never.
    public var idleTimeoutMilliseconds: Int {
        isIdleInTransaction ? settings.typed.idleInTransactionTimeoutMilliseconds : 0
    }

    public var transactionStatus: TransactionStatus {
        switch block {
        case .none, .started, .implicit: .idle
        case .open: .inTransaction
        case .failed: .failed
        }
    }

    /// True while the session would go on by itself if its output had room; by other threads it may
    /// become true of an idle session at any time: they wake it (`SessionNotifications.wake`).
    public var isBusy: Bool {
        if case .none = activity { return !hasEnded && hasDeliverableMail }
        return copyingIn == nil
    }

    /// Takes one message; not while `isBusy`.
    public func receive(_ type: FrontendMessageType, _ body: UnsafeRawBufferPointer) -> Progress {
        guard let clientText else { return receivePlain(type, body) }
        let start = output.byteCount
        defer { clientText.convertMessages(&output.bytes, from: start) }
        return receivePlain(type, body)
    }

    private func receivePlain(
        _ type: FrontendMessageType, _ body: UnsafeRawBufferPointer
    ) -> Progress {
        if hasEnded { return .ended }
        if type == .terminate { return end() }
        if waiter.isInterrupted, case .none = activity {
            // A cancel that found nothing to cancel.
            waiter.clearStatementInterrupts()
        }
        settings.adoptServerChanges()
        if skipsToSync, type != .sync { return .needsInput }
        do throws(SQLError) {
            if let portal = copyingIn { return try receiveCopy(type, body, portal) }
            if let clientText { return try receiveConverted(type, body, clientText) }
            return try dispatch(try FrontendMessage(type, body))
        } catch {
            return fail(error, isExtended: type.isExtendedQuery)
        }
    }

    /// Goes on after `outputFull`.
    public func resume() -> Progress {
        guard let clientText else { return resumePlain() }
        let start = output.byteCount
        defer { clientText.convertMessages(&output.bytes, from: start) }
        return resumePlain()
    }

    func resumePlain() -> Progress {
        if hasEnded { return .ended }
        // A statement that runs in short slices is never seen by who watches long ones.
        if let deadline = waiter.statementDeadline, Instant.now() >= deadline {
            waiter.interrupt(.statementTimeout)
        }
        switch activity {
        case .none:
            deliverNotifications()
            return isBusy ? .outputFull : .needsInput
        case .query(let run):
            do throws(SQLError) { return try continueQuery(run) } catch {
                return fail(error, isExtended: false)
            }
        case .execute(let portal):
            do throws(SQLError) { return try continueExecute(portal) } catch {
                return fail(error, isExtended: true)
            }
        }
    }

    func dispatch(_ message: FrontendMessage) throws(SQLError) -> Progress {
        switch message {
        case .query(let text): return try query(text)
        case .parse(let message): try parse(message)
        case .bind(let message): try bind(message)
        case .describe(let kind, let name): try describe(kind, name)
        case .execute(let portal, let rowCountMax): return try execute(portal, rowCountMax)
        case .close(let kind, let name): close(kind, name)
        case .flush: break
        case .sync: try sync()
        // What is left of a COPY that has failed: PostgreSQL passes over it.
        case .copyData, .copyDone, .copyFail: break
        case .functionCall: throw SQLError.notSupported("the function call message")
        case .password:
            throw SQLError(
                .protocolViolation, "invalid frontend message type 112", severity: .fatal)
        case .terminate: return end()
        }
        return .needsInput
    }

    /// Sync: the end of an extended query and of its transaction.
    private func sync() throws(SQLError) {
        skipsToSync = false
        try finishCommand()
        reportReady()
    }

    func reportReady() {
        flushNotices()
        deliverNotifications()
        reportSettings()
        recordedEntry = nil
        record.pause(
            isInTransaction: transactionStatus != .idle, hasFailed: transactionStatus == .failed)
        output.bytes.appendReadyForQuery(transactionStatus)
    }

    /// Warnings and notices of the statement so far, where the client asked for them.
    func flushNotices() {
        if state.notices.isEmpty { return }
        for notice in state.notices where isWanted(notice) { output.bytes.append(notice) }
        if state.omittedNoticeCount > 0 {
            output.bytes.append(
                SQLError(
                    .warning, "\(state.omittedNoticeCount) further messages are not shown",
                    severity: .warning))
        }
        state.clearNotices()
    }

    /// Sends the error, ends what it ended, and finds where the stream goes on.
    func fail(_ error: SQLError, isExtended: Bool) -> Progress {
        flushNotices()
        if case .execute(let portal) = activity { portal.fail() }
        if case .query(let run) = activity { run.portal?.discard() }
        copyingIn?.discard()
        copyingIn = nil
        let wasExtended: Bool
        if case .execute = activity { wasExtended = true } else { wasExtended = isExtended }
        activity = .none
        if error.state == .deadlockDetected { state.countDeadlock() }
        currentText.withUnsafeBytes { hooks.logError(error, $0) }
        output.bytes.append(error)
        statementStart = nil
        clearDeadline()
        abortAfterError()
        currentEntry = nil
        receivedText = []
        if error.severity == .fatal || error.severity == .panic {
            hasEnded = true
            return .ended
        }
        if wasExtended {
            skipsToSync = true
        } else {
            reportReady()
        }
        return .needsInput
    }

    /// Tells the client that the session ends (shutdown, timeout, a stream that makes no sense).
    public func terminate(_ error: SQLError) -> Progress {
        guard !hasEnded else { return .ended }
        activity = .none
        copyingIn = nil
        output.bytes.append(error)
        currentText.withUnsafeBytes { hooks.logError(error, $0) }
        return end()
    }

    /// Ends the session: the transaction is rolled back. Idempotent; to be called also when the
    /// client has gone without a word.
    @discardableResult
    public func end() -> Progress {
        // After a FATAL error it takes no messages any more, but still holds what it held.
        if isClosed { return .ended }
        isClosed = true
        hasEnded = true
        activity = .none
        copyingIn = nil
        dropPortals { _ in true }
        if case .none = block {} else { state.abort() }
        block = .none
        state.close()
        return .ended
    }

    /// True inside BEGIN … when no statement runs: what idle_in_transaction_session_timeout counts.
    public var isIdleInTransaction: Bool {
        guard case .none = activity else { return false }
        return block == .open || block == .failed
    }

    func dropUnnamedPortal() {
        if !hasUnnamedPortal { return }
        hasUnnamedPortal = false
        unnamedPortal.discard()
    }

    /// Drops the unnamed portal, if it is there, for what it kept its parameters in.
    func reclaimUnnamedPortal() -> (parameters: [Datum], arena: Arena?) {
        dropUnnamedPortal()
        return unnamedPortal.reclaim()
    }

    /// A new portal in the place of the unnamed one.
    func makeUnnamedPortal(
        entry: StatementEntry, parameters: consuming [Datum], arena: consuming Arena?,
        formats: [ColumnEncoder]?
    ) {
        dropUnnamedPortal()
        unnamedPortal.reuse(entry: entry, parameters: parameters, arena: arena, formats: formats)
        unnamedPortal.savepointDepth = state.savepointDepth
        hasUnnamedPortal = true
    }

    // MARK: - Statement time

    /// Starts the clock of statement_timeout and log_min_duration_statement.
    func startStatement(_ text: UnsafeRawBufferPointer?) {
        if let text {
            currentEntry = nil
            receivedText = Array(text)
        }
        let isRecorded = recordedEntry != nil && recordedEntry === currentEntry
        if !isRecorded || block == .open {
            let now = wallClockMicroseconds()
            if !isRecorded {
                record.begin(currentText, settings, at: now)
                recordedEntry = currentEntry
            }
            if block == .open { functions.statementTimestamp = now }
        }
        let timeout = statementTimeoutMilliseconds
        guard timeout > 0 || logMinimumDurationMilliseconds >= 0 else { return }
        let now = Instant.now()
        statementStart = now
        if timeout > 0 {
            let deadline = now.advanced(byMilliseconds: timeout)
            waiter.statementDeadline = deadline
            statementDeadline.store(deadline.nanoseconds, ordering: .relaxed)
        }
    }

    private func clearDeadline() {
        waiter.statementDeadline = nil
        statementDeadline.store(0, ordering: .relaxed)
        if waiter.isInterrupted { waiter.clearStatementInterrupts() }
    }

    /// What runs from here on is a statement that was prepared before.
    func setCurrent(_ entry: StatementEntry) {
        if currentEntry !== entry { currentEntry = entry }
    }

    func endStatement() {
        if let start = statementStart {
            statementStart = nil
            clearDeadline()
            let minimum = logMinimumDurationMilliseconds
            let elapsed = Instant.now().microseconds(since: start)
            if minimum >= 0, elapsed >= minimum * 1000 {
                currentText.withUnsafeBytes { hooks.logDuration(elapsed, $0) }
            }
        }
    }
}
