internal import Base
internal import Query
internal import Statement

/// A statement with its parameters, being run: its rows are pulled as the client asks for them.
final class Portal {
    enum Phase {
        case ready
        case running(RunningStatement)
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
    var phase = Phase.ready
    /// Rows that were pulled and are not sent yet: those of `batch` from `rowIndex` on.
    var batch: Batch?
    var rowIndex = 0
    /// Rows sent since the last Execute.
    var rowCount = 0
    /// Where the present Execute stops; nil: at the end.
    var rowCountMax: Int?
    var wasSuspended = false
    /// A simple query: RowDescription comes once the statement has started.
    var describesRows = false
    /// COPY TO: CopyOutResponse is sent.
    var hasAnnouncedCopy = false
    var tag = ""

    init(
        entry: StatementEntry, parameters: [Datum], arena: Arena?, encoders: [ColumnEncoder]
    ) {
        self.entry = entry
        self.parameters = parameters
        self.arena = arena
        self.encoders = encoders
    }

    /// Stops the statement and gives back what it holds. Idempotent.
    func discard() {
        if case .running(let running) = phase { running.close() }
        phase = .finished
        batch = nil
    }
}
