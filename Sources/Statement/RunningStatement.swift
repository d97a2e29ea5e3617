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

/// CommandComplete's text.
public enum CommandTag {
    case rows(CountedCommand, Int)
    case done(String)
}

/// The commands whose tag ends with a count of rows.
public enum CountedCommand: Sendable {
    case select, insert, update, delete, merge, copy, fetch, move

    /// The tag without its count.
    public var text: StaticString {
        switch self {
        case .select: "SELECT"
        case .insert: "INSERT 0"
        case .update: "UPDATE"
        case .delete: "DELETE"
        case .merge: "MERGE"
        case .copy: "COPY"
        case .fetch: "FETCH"
        case .move: "MOVE"
        }
    }

    /// Nil: the statement's tag is just its words.
    init?(_ statement: SyntaxStatement) {
        switch statement {
        case .select: self = .select
        case .insert: self = .insert
        case .update: self = .update
        case .delete: self = .delete
        case .merge: self = .merge
        default: return nil
        }
    }
}

/// A statement that has been started: a portal's content. Rows are pulled; when they have ended the
/// command tag is known. To be closed once, by whoever holds it.
public struct RunningStatement {
    private enum Source {
        /// Rows made beforehand (EXPLAIN).
        case batch(Batch, tag: String)
        case copyFrom(CopyFrom)
        /// COPY FROM STDIN that fails once the client is asked for data.
        case copyRefused(SQLError, columnCount: Int, isBinary: Bool)
        case copyTo(CopyTo)
        /// Rows of a statement that has run to its end, from a chunk of them on; what it is done by.
        case kept(RowStore, next: Int, tag: String?)
        /// Rows of a cursor.
        case fetch(CursorFetch)
        /// Nothing is left to do; what is told is this tag.
        case done(String)
        case none
    }

    /// Of a planned statement, as long as it runs; there is no other source then.
    private(set) var execution: Execution?
    private var source = Source.none
    /// Nil: it is through, and its source is its tag.
    private let command: CountedCommand?
    private var rowCount = 0

    /// One that is through and did nothing.
    public init() {
        command = nil
    }

    private init(_ source: Source, _ command: CountedCommand?) {
        self.source = source
        self.command = command
    }

    init(_ prepared: PreparedStatement, execution: Execution) {
        self.execution = execution
        command = prepared.command
    }

    /// A utility statement that is already done.
    init(done tag: String) {
        source = .done(tag)
        command = nil
    }

    /// A utility statement with rows, all there already.
    public init(tag: String, batch: Batch) {
        source = .batch(batch, tag: tag)
        command = nil
    }

    init(copyFrom: CopyFrom, refusal: SQLError?) {
        let refused = refusal.map {
            Source.copyRefused($0, columnCount: copyFrom.columnCount, isBinary: copyFrom.isBinary)
        }
        self.init(refused ?? .copyFrom(copyFrom), .copy)
    }

    /// COPY FROM STDIN that fails as soon as the client is asked for data.
    init(refused error: SQLError, columnCount: Int, isBinary: Bool) {
        self.init(
            .copyRefused(error, columnCount: columnCount, isBinary: isBinary), .copy)
    }

    init(fetch: CursorFetch) {
        if case .rows(let command, _) = fetch.tag {
            self.init(.fetch(fetch), command)
        } else {
            self.init(.fetch(fetch), nil)
        }
    }

    init(copyTo: CopyTo) { self.init(.copyTo(copyTo), .copy) }

    /// The next rows, nil at the end. The batch is valid until the next call.
    public mutating func next() throws(SQLError) -> Batch? {
        if let execution {
            if let batch = try execution.next() { return batch }
            rowCount = execution.rowCount
            execution.close()
            self.execution = nil
            return nil
        }
        return try nextOfSource()
    }

    @inline(never)
    private mutating func nextOfSource() throws(SQLError) -> Batch? {
        switch source {
        case .batch(let batch, let tag):
            source = .done(tag)
            return batch
        case .kept(let rows, let next, let tag):
            guard let chunk = rows.chunk(next) else {
                source = tag.map { .done($0) } ?? .none
                return nil
            }
            source = .kept(rows, next: next + 1, tag: tag)
            return Batch(columns: chunk.columns, count: chunk.count)
        case .fetch(let fetch):
            if let batch = try fetch.next() { return batch }
            rowCount = fetch.rowCount
            source = .none
            if case .done(let tag) = fetch.tag { source = .done(tag) }
            return nil
        case .copyFrom, .copyRefused, .copyTo, .done, .none: return nil
        }
    }

    /// Runs it to its end and keeps its rows: the client may not ask for all of them. A query alone
    /// goes on as it is asked to.
    /// - Parameter isWhole: a query too; it is run by another statement, as EXECUTE.
    public mutating func complete(isWhole: Bool) throws(SQLError) {
        if let execution {
            if !isWhole, !execution.plan.changesData { return }
            let rows = try execution.runToEnd()
            rowCount = execution.rowCount
            execution.close()
            self.execution = nil
            source = .kept(rows, next: 0, tag: nil)
            return
        }
        switch source {
        case .fetch(let fetch):
            let rows = RowStore(types: fetch.types)
            while let batch = try next() { rows.append(batch.columns, count: batch.count) }
            source = .kept(rows, next: 0, tag: nil)
        case .batch(let batch, let tag):
            // Its values live no longer than the present message.
            let rows = RowStore(types: batch.columns.map(\.physicalType))
            rows.append(batch.columns, count: batch.count)
            source = .kept(rows, next: 0, tag: tag)
        case .kept, .copyFrom, .copyRefused, .copyTo, .done, .none: break
        }
    }

    /// The rows that are left, behind those of `batch` from `row` on; it is through then.
    mutating func takeRows(
        _ types: [PhysicalType], after batch: Batch?, from row: Int
    ) throws(SQLError) -> RowStore {
        let rows = RowStore(types: types)
        func keep(_ batch: Batch, from row: Int) {
            let references = (row..<max(row, batch.count)).map { Int32(truncatingIfNeeded: $0) }
            references.withUnsafeBufferPointer {
                guard let first = $0.baseAddress else { return }
                rows.append(batch.columns, rows: first, count: references.count)
            }
        }
        if let batch { keep(batch, from: row) }
        while let batch = try next() { keep(batch, from: 0) }
        return rows
    }

    /// Valid once `next` has given nil, or COPY is through.
    public var commandTag: CommandTag {
        if let command { return .rows(command, rowCount) }
        if case .done(let tag) = source { return .done(tag) }
        return .done("")
    }

    /// Gives its resources back; the rest of its rows is forgotten. Idempotent.
    public mutating func close() {
        if let execution {
            execution.close()
            self.execution = nil
        }
        source = .none
    }

    // MARK: COPY

    /// Nil: not COPY, or through with it.
    public var copy: CopyDirection? {
        if execution != nil { return nil }
        return switch source {
        case .copyFrom(let copy):
            .input(columnCount: copy.columnCount, isBinary: copy.isBinary)
        case .copyRefused(_, let columnCount, let isBinary):
            .input(columnCount: columnCount, isBinary: isBinary)
        case .copyTo(let copy): .output(columnCount: copy.columnCount, isBinary: copy.isBinary)
        case .batch, .kept, .fetch, .done, .none: nil
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
