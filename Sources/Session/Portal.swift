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

    @exclusivity(unchecked) private(set) var entry: StatementEntry
    @exclusivity(unchecked) private(set) var parameters: [Datum]
    /// Keeps what `parameters` point to.
    @exclusivity(unchecked) private var arena: Arena?
    /// Nil: all columns go as text.
    @exclusivity(unchecked) private(set) var formats: [ColumnEncoder]?
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
    /// The present Execute has sent what it is to send.
    var hasItsRows: Bool {
        guard let rowCountMax else { return false }
        return rowCount >= rowCountMax
    }
    @exclusivity(unchecked) var wasSuspended = false
    /// A simple query: RowDescription comes once the statement has started.
    @exclusivity(unchecked) var describesRows = false
    @exclusivity(unchecked) var isOfSimpleQuery = false
    /// COPY TO: CopyOutResponse is sent.
    @exclusivity(unchecked) var hasAnnouncedCopy = false
    @exclusivity(unchecked) var tag = CommandTag.done("")
    /// Of DECLARE: what FETCH moves.
    @exclusivity(unchecked) var cursor: Cursor?
    /// In how many savepoints it was made.
    @exclusivity(unchecked) var savepointDepth = 0
    /// Of FETCH: the cursor's columns; nil: those of the statement.
    @exclusivity(unchecked) private var fetchedColumns: [OutputColumn]?

    /// - Parameters:
    ///   - arena: what `parameters` point to.
    ///   - formats: how the columns go; nil: all as text.
    init(
        entry: StatementEntry, parameters: [Datum], arena: Arena? = nil,
        formats: [ColumnEncoder]? = nil
    ) {
        self.entry = entry
        self.parameters = parameters
        self.arena = arena
        self.formats = formats
    }

    /// True if `columns` is not nil.
    var givesRows: Bool { entry.givesRows || fetchedColumns != nil }

    /// The columns of its rows; nil: it gives none.
    var columns: [OutputColumn]? { fetchedColumns ?? entry.columns }

    /// Its rows are not just those of its statement as text.
    var hasOwnForm: Bool { fetchedColumns != nil || formats != nil }

    /// Its rows are those of a cursor, or of a FETCH from one.
    func sends(_ columns: [OutputColumn], _ encoders: [ColumnEncoder]) {
        fetchedColumns = columns
        formats = encoders
    }

    /// Makes a discarded portal that nobody knows any more a new one.
    func reuse(
        entry: StatementEntry, parameters: [Datum], arena: Arena?, formats: [ColumnEncoder]?
    ) {
        if self.entry !== entry { self.entry = entry }
        if !(self.parameters.isEmpty && parameters.isEmpty) { self.parameters = parameters }
        if !(self.arena == nil && arena == nil) { self.arena = arena }
        if !(self.formats == nil && formats == nil) { self.formats = formats }
        phase = .ready
        wasSuspended = false
        describesRows = false
        hasAnnouncedCopy = false
        isOfSimpleQuery = false
        if cursor != nil { cursor = nil }
        if fetchedColumns != nil { fetchedColumns = nil }
    }

    var encoders: [ColumnEncoder] { formats ?? entry.textEncoders }

    func start(_ statement: RunningStatement) {
        self.statement = statement
        phase = .running
    }

    /// Its statement is through, or stops here: gives back what it holds. Idempotent.
    func finish() {
        statement.close()
        phase = .finished
        batch = nil
    }

    /// The portal goes. Idempotent.
    func discard() {
        finish()
        cursor?.close()
    }
}
