internal import Base
internal import Query
internal import Statement

/// A statement with its parameters, being run: its rows are pulled as the client asks for them.
final class Portal {
    enum Phase {
        case ready
        case running
        /// Rows that are all there, as text: of SHOW.
        case texts([[String]])
        /// At its end, or failed: only its tag is left.
        case finished
    }

    let entry: StatementEntry
    let parameters: [Datum]
    /// Keeps what `parameters` point to.
    private let arena: Arena?
    let encoders: [ColumnEncoder]
    @exclusivity(unchecked) var phase = Phase.ready
    /// What runs, in phase `running`.
    @exclusivity(unchecked) var statement = RunningStatement()
    /// Rows that were pulled and are not sent yet: those of `batch` from `rowIndex` on.
    @exclusivity(unchecked) var batch: Batch?
    @exclusivity(unchecked) var rowIndex = 0
    /// Rows sent since the last Execute.
    @exclusivity(unchecked) var rowCount = 0
    /// Where the present Execute stops; nil: at the end.
    @exclusivity(unchecked) var rowCountMax: Int?
    @exclusivity(unchecked) var wasSuspended = false
    /// A simple query: RowDescription comes once the statement has started.
    @exclusivity(unchecked) var describesRows = false
    /// COPY TO: CopyOutResponse is sent.
    @exclusivity(unchecked) var hasAnnouncedCopy = false
    @exclusivity(unchecked) var tag = CommandTag("")

    init(
        entry: StatementEntry, parameters: [Datum], arena: Arena?, encoders: [ColumnEncoder]
    ) {
        self.entry = entry
        self.parameters = parameters
        self.arena = arena
        self.encoders = encoders
    }

    func start(_ statement: RunningStatement) {
        self.statement = statement
        phase = .running
    }

    /// Stops the statement and gives back what it holds. Idempotent.
    func discard() {
        statement.close()
        phase = .finished
        batch = nil
    }
}
