internal import Base
internal import Query
internal import Statement

/// A statement with its parameters, being run: its rows are pulled as the client asks for them.
final class Portal {
    enum Phase {
        case ready
        case running
        /// At its end: only its tag is left.
        case finished
        /// An error ended it, or its transaction.
        case failed
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
    /// What FETCH moves: of DECLARE and of a query bound by a name from the start, of other statements
    /// with rows from the first FETCH on.
    @exclusivity(unchecked) var cursor: Cursor?
    /// When a named one was made, in µs since 2000-01-01 UTC.
    @exclusivity(unchecked) var created: Int64 = 0
    /// A statement of the session's own runs: it may not name this portal.
    @exclusivity(unchecked) var isActive = false
    /// In how many savepoints it was made.
    @exclusivity(unchecked) var savepointDepth = 0
    /// The columns of a cursor, and those that a statement like FETCH turned out to have; nil: those
    /// of the statement.
    @exclusivity(unchecked) private var ownColumns: [OutputColumn]?
    @exclusivity(unchecked) private var hasOwnColumns = false

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
    var givesRows: Bool { hasOwnColumns ? ownColumns != nil : entry.givesRows }

    /// The columns of its rows; nil: it gives none.
    var columns: [OutputColumn]? { hasOwnColumns ? ownColumns : entry.columns }

    /// Its rows are not just those of its statement as text.
    var hasOwnForm: Bool { hasOwnColumns || formats != nil }

    /// Gives it columns of its own.
    func sends(_ columns: [OutputColumn]?, _ encoders: [ColumnEncoder]) {
        ownColumns = columns
        hasOwnColumns = true
        formats = encoders
    }

    /// Takes what a discarded portal kept its parameters in, emptied: for the next.
    func reclaim() -> (parameters: [Datum], arena: Arena?) {
        var storage: [Datum] = []
        swap(&storage, &parameters)
        storage.removeAll(keepingCapacity: true)
        let arena = self.arena.take()
        arena?.reset()
        return (storage, arena)
    }

    /// Makes a discarded portal that nobody knows any more a new one.
    func reuse(
        entry: StatementEntry, parameters: consuming [Datum], arena: consuming Arena?,
        formats: [ColumnEncoder]?
    ) {
        if self.entry !== entry { self.entry = entry }
        self.parameters = parameters
        self.arena = arena
        if !(self.formats == nil && formats == nil) { self.formats = formats }
        phase = .ready
        wasSuspended = false
        describesRows = false
        hasAnnouncedCopy = false
        isOfSimpleQuery = false
        if cursor != nil { cursor = nil }
        if hasOwnColumns {
            ownColumns = nil
            hasOwnColumns = false
        }
    }

    var encoders: [ColumnEncoder] { formats ?? entry.textEncoders }

    func start(_ statement: consuming RunningStatement) {
        self.statement = statement
        phase = .running
    }

    /// Its statement is through, or stops here: gives back what it holds. A cursor can go on.
    /// Idempotent.
    func finish() {
        statement.close()
        phase = cursor == nil ? .finished : .ready
        batch = nil
    }

    /// It gives no rows any more, but is known until its transaction ends.
    func fail() {
        discard()
        phase = .failed
    }

    /// The portal goes. Idempotent.
    func discard() {
        statement.close()
        phase = .finished
        batch = nil
        cursor?.close()
    }
}
