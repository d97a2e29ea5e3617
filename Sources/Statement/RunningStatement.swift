public import Base
internal import Execute
internal import Parse
internal import Query

/// What COPY does with the connection.
public enum CopyDirection: Sendable {
    /// The client sends: `feed`, then `finish`.
    case input(columnCount: Int, isBinary: Bool)
    /// The client gets what `produce` makes.
    case output(columnCount: Int, isBinary: Bool)
}

/// CommandComplete's text, in parts: most tags end with a count of rows.
public struct CommandTag {
    public var verb: String
    public var rowCount: Int?

    public init(_ verb: String, rowCount: Int? = nil) {
        self.verb = verb
        self.rowCount = rowCount
    }
}

/// A statement that has been started: a portal's content. Rows are pulled; when they have ended the
/// command tag is known. To be closed once, by whoever holds it.
public struct RunningStatement {
    private enum Source {
        case execution(Execution)
        /// Rows made beforehand (EXPLAIN).
        case batch(Batch)
        case copyFrom(CopyFrom)
        /// COPY FROM STDIN that fails once the client is asked for data.
        case copyRefused(SQLError, columnCount: Int, isBinary: Bool)
        case copyTo(CopyTo)
        /// Rows of a statement that has run to its end, from a chunk of them on.
        case kept(RowStore, next: Int)
        /// Rows of a cursor.
        case fetch(CursorFetch)
        case none
    }

    private var source: Source
    private let verb: String
    private var rowCount = 0

    /// One that is through and did nothing.
    public init() {
        source = .none
        verb = ""
    }

    init(_ prepared: PreparedStatement, execution: Execution) {
        source = .execution(execution)
        verb = prepared.verb
    }

    /// A utility statement that is already done.
    init(done tag: String) {
        source = .none
        verb = tag
    }

    /// A utility statement with rows, all there already.
    init(tag: String, batch: Batch) {
        source = .batch(batch)
        verb = tag
    }

    init(copyFrom: CopyFrom, refusal: SQLError?) {
        source =
            refusal.map {
                .copyRefused(
                    $0, columnCount: copyFrom.columnCount, isBinary: copyFrom.isBinary)
            } ?? .copyFrom(copyFrom)
        verb = "COPY"
    }

    /// COPY FROM STDIN that fails as soon as the client is asked for data.
    init(refused error: SQLError, columnCount: Int, isBinary: Bool) {
        source = .copyRefused(error, columnCount: columnCount, isBinary: isBinary)
        verb = "COPY"
    }

    init(fetch: CursorFetch) {
        source = .fetch(fetch)
        verb = fetch.verb
    }

    init(copyTo: CopyTo) {
        source = .copyTo(copyTo)
        verb = "COPY"
    }

    /// The next rows, nil at the end. The batch is valid until the next call.
    public mutating func next() throws(SQLError) -> Batch? {
        switch source {
        case .execution(let execution):
            if let batch = try execution.next() { return batch }
            rowCount = execution.rowCount
            close()
            return nil
        case .batch(let batch):
            source = .none
            return batch
        case .kept(let rows, let next):
            guard let chunk = rows.chunk(next) else {
                source = .none
                return nil
            }
            source = .kept(rows, next: next + 1)
            return Batch(columns: chunk.columns, count: chunk.count)
        case .fetch(let fetch):
            if let batch = try fetch.next() { return batch }
            rowCount = fetch.rowCount
            source = .none
            return nil
        case .copyFrom, .copyRefused, .copyTo, .none: return nil
        }
    }

    /// Runs a statement that changes data to its end: the client may not ask for all of its rows.
    public mutating func completeChanges() throws(SQLError) {
        guard case .execution(let execution) = source, execution.plan.changesData else { return }
        let rows = try execution.runToEnd()
        rowCount = execution.rowCount
        execution.close()
        source = .kept(rows, next: 0)
    }

    /// What runs, of a query: for the cursor that takes it over.
    var execution: Execution? {
        if case .execution(let execution) = source { return execution }
        return nil
    }

    /// CommandComplete's text; valid once `next` has given nil, or COPY is through.
    public var commandTag: CommandTag {
        switch verb {
        case "SELECT", "UPDATE", "DELETE", "MERGE", "COPY", "FETCH", "MOVE":
            CommandTag(verb, rowCount: rowCount)
        case "INSERT": CommandTag("INSERT 0", rowCount: rowCount)
        default: CommandTag(verb)
        }
    }

    /// Gives its resources back; the rest of its rows is forgotten. Idempotent.
    public mutating func close() {
        if case .execution(let execution) = source { execution.close() }
        source = .none
    }

    // MARK: COPY

    /// Nil: not COPY, or through with it.
    public var copy: CopyDirection? {
        switch source {
        case .copyFrom(let copy):
            .input(columnCount: copy.columnCount, isBinary: copy.isBinary)
        case .copyRefused(_, let columnCount, let isBinary):
            .input(columnCount: columnCount, isBinary: isBinary)
        case .copyTo(let copy): .output(columnCount: copy.columnCount, isBinary: copy.isBinary)
        case .execution, .batch, .kept, .fetch, .none: nil
        }
    }

    /// COPY FROM STDIN has asked the client for its data.
    public func beginInput() throws(SQLError) {
        if case .copyRefused(let error, _, _) = source { throw error }
    }

    /// Data of COPY FROM STDIN, cut anywhere.
    public func feed(_ bytes: UnsafeRawBufferPointer) throws(SQLError) {
        guard case .copyFrom(let copy) = source else { return }
        try copy.feed(bytes)
    }

    /// The client has sent all its data.
    public mutating func finish() throws(SQLError) {
        guard case .copyFrom(let copy) = source else { return }
        try copy.finish()
        rowCount = copy.rowCount
        source = .none
    }

    /// Hands the next lines of COPY TO STDOUT to `line`, endings included; false at the end.
    public mutating func produce(_ line: (UnsafeRawBufferPointer) -> Void) throws(SQLError) -> Bool {
        guard case .copyTo(let copy) = source else { return false }
        if try copy.produce(line) { return true }
        rowCount = copy.rowCount
        source = .none
        return false
    }
}
