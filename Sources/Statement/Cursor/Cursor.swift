public import Base
internal import Execute
public import Parse
public import Query
internal import Types

/// A query whose rows are asked for a few at a time, in both directions: what DECLARE makes.
///
///     position   0        1 … n       n + 1
///     stands     before   on a row    behind the last row (n is known by then)
///
/// A cursor that scrolls keeps every row that it has given; one that does not keeps the batch at
/// hand. A held one has all its rows, and no query any more.
public final class Cursor {
    public let name: String
    public let options: DeclareCursorStatement.Options
    public let columns: [OutputColumn]
    public let isScrollable: Bool
    private let rowKeys: [PlannedRowKey]
    /// Nil: all rows are in `rows`.
    private var execution: Execution?
    private let rows: RowStore
    /// The number of the first row in `rows`, counted from 1.
    private var firstRow = 1
    private var position = 0
    /// An error ended its query.
    private var hasFailed = false
    /// The transaction that declared it has committed.
    public private(set) var isHeld = false

    /// What its rows are called when Execute gives them.
    let tag: CommandTag
    /// It reads a query: rows of tables may be found by it.
    private let isQuery: Bool

    /// Takes over the query that `statement` has started.
    public init(
        named name: String, _ options: DeclareCursorStatement.Options,
        running statement: RunningStatement
    ) throws(SQLError) {
        guard let execution = statement.execution else {
            throw SQLError(.internalError, "a cursor has a query")
        }
        let plan = execution.plan
        self.name = name
        self.options = options
        columns = plan.columns
        rowKeys = plan.rowKeys
        isScrollable =
            options.contains(.scroll)
            || (!options.contains(.noScroll) && plan.root.runsBackwards && !plan.locksRows)
        self.execution = execution
        rows = RowStore(types: execution.types)
        tag = .rows(.select, 0)
        isQuery = true
    }

    /// What a portal has left of its rows, of a statement that is no query alone: the rest of
    /// `statement`'s, behind those of `batch` from `row` on. Goes forward only.
    public init(
        named name: String, columns: [OutputColumn], rest statement: inout RunningStatement,
        after batch: Batch?, from row: Int
    ) throws(SQLError) {
        self.name = name
        options = .noScroll
        self.columns = columns
        rowKeys = []
        isScrollable = false
        rows = try statement.takeRows(
            columns.map(\.type.physical), after: batch, from: row)
        tag = statement.commandTag
        isQuery = false
    }

    /// Gives back what it holds. Idempotent.
    public func close() {
        execution?.close()
        execution = nil
        rows.removeAll()
    }

    /// The end of its transaction: reads the rows that are left, all of them where it scrolls.
    public func hold() throws(SQLError) {
        if !isScrollable { forgetRowsBefore(position + 1) }
        while let batch = try pull(batchRowsMax) { rows.append(batch.columns, count: batch.count) }
        isHeld = true
    }

    // MARK: Moving

    var isOnRow: Bool { position > 0 && !isBehind }
    private var isBehind: Bool { execution == nil && position > lastRow }
    private var lastRow: Int { firstRow + rows.count - 1 }

    func checkRunnable() throws(SQLError) {
        if hasFailed {
            throw SQLError(
                .objectNotInPrerequisiteState, "portal \"\(name)\" cannot be run")
        }
    }

    func markFailed() { hasFailed = true }

    func checkScrollable() throws(SQLError) {
        if isScrollable { return }
        throw SQLError(
            .objectNotInPrerequisiteState, "cursor can only scan forward"
        ).hint("Declare it with SCROLL option to enable backward scan.")
    }

    /// Where PostgreSQL's count of rows stands: behind the end it is the last row's number.
    var passedCount: Int { isBehind ? position - 1 : position }

    /// Goes back before the first row.
    func rewind() throws(SQLError) {
        if position == 0 { return }
        try checkScrollable()
        position = 0
    }

    /// One step; false if no row is there, and the cursor is then at that end.
    /// - Parameter wanted: how many steps there will be, with this one.
    func step(forward: Bool, wanted: Int) throws(SQLError) -> Bool {
        if !forward {
            if position > 0 { position -= 1 }
            return position > 0
        }
        if isBehind { return false }
        while lastRow <= position, let batch = try pull(wanted) {
            if !isScrollable { forgetRowsBefore(lastRow + 1) }
            rows.append(batch.columns, count: batch.count)
        }
        position += 1
        return position <= lastRow
    }

    /// The place in `rows` of the row that the cursor stands on.
    var rowIndex: Int { position - firstRow }

    /// True if the next step forward stays among the rows at hand.
    var hasNextAtHand: Bool { position < lastRow }

    func gather(_ references: UnsafePointer<Int32>, count: Int, into batch: Batch) {
        rows.gather(references, count: count, into: batch.columns[...])
        batch.count = count
    }

    var types: [PhysicalType] { rows.types }

    private func pull(_ wanted: Int) throws(SQLError) -> Batch? {
        guard let execution else { return nil }
        execution.want(min(wanted, batchRowsMax))
        do throws(SQLError) {
            if let batch = try execution.next() {
                execution.showRows()
                return batch
            }
        } catch {
            hasFailed = true
            self.execution = nil
            throw error
        }
        execution.close()
        self.execution = nil
        return nil
    }

    private func forgetRowsBefore(_ number: Int) {
        guard number > lastRow else { return }
        firstRow = lastRow + 1
        rows.removeAll()
    }

    // MARK: WHERE CURRENT OF

    /// The key of the row of `table` that the cursor stands on.
    /// - Throws: 24000.
    public func rowKey(of table: OID, named tableName: String) throws(SQLError) -> [UInt8]? {
        func refuse(_ reason: String) -> SQLError {
            SQLError(.invalidCursorState, "cursor \"\(name)\" \(reason)")
        }
        if !isQuery { throw refuse("is not a SELECT query") }
        if isHeld { throw refuse("is held from a previous transaction") }
        let keys = rowKeys.filter { $0.relation == table }
        if isLocking {
            if keys.count > 1 {
                throw refuse(
                    "has multiple FOR UPDATE/SHARE references to table \"\(tableName)\"")
            }
            if keys.isEmpty {
                throw refuse(
                    "does not have a FOR UPDATE/SHARE reference to table \"\(tableName)\"")
            }
        } else if keys.count != 1 {
            throw refuse("is not a simply updatable scan of table \"\(tableName)\"")
        }
        guard isOnRow, rowIndex >= 0, rowIndex < rows.count else {
            throw refuse("is not positioned on a row")
        }
        let value = rows.datum(keys[0].column, rowIndex)
        return value.isNull ? nil : value.view.bytes
    }

    private var isLocking: Bool { rowKeys.contains(where: \.isLocked) }
}
