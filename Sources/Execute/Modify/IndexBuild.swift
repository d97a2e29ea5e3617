public import Base
public import Catalog
internal import Engine
public import Query

/// Fills a new index from the rows that its table has.
public enum IndexBuild {
    /// Enters every row, whoever committed it and when; the caller's lock keeps writers out.
    /// - Parameter index: its expressions are over slots of a whole row (slot = column index).
    /// - Throws: 23505 `could not create unique index`.
    public static func run(
        _ index: TableChecks.Index, of table: Shared<Relation>, session: SessionState
    ) throws(SQLError) {
        if let placement = index.relation.placement, let transaction = session.transaction {
            session.database.engine.noteBuild(GenerationID(placement.generation), by: transaction)
        }
        let width = table.columns.count
        let scan = TableScan(
            table: table, path: .rows(lower: nil, upper: nil), isReverse: false,
            columns: Array(0..<width), filter: nil, withRowKey: true, alias: table.name, rows: 0)
        let plan = PhysicalPlan(
            root: .tableScan(scan), subplans: [], executionParameterCount: 0, columns: [],
            relations: [])
        try session.withNewestSnapshot { () throws(SQLError) in
            let execution = try Execution.start(
                plan, parameters: [], session: session, locksRelations: false)
            defer { execution.close() }
            var checks = TableChecks(indexes: [index])
            checks.isRebuild = true
            let writer = try RowWriter(
                table.value, checks: checks,
                compiler: ExpressionCompiler(run: execution.run))
            let entries = IndexEntries()
            while let batch = try execution.next() {
                if index.relation.index?.excludesByOperator == true {
                    try enter(batch, keyColumn: width, writer)
                } else {
                    try entries.gather(batch, keyColumn: width, writer)
                }
            }
            defer { withExtendedLifetime(entries) {} }
            guard let clash = try entries.enter(writer) else { return }
            throw try violation(clash, plan: plan, keyColumn: width, writer, session: session)
        }
    }

    /// Enters the rows of a batch one by one: any two of them may be in each other's way.
    private static func enter(
        _ batch: Batch, keyColumn: Int, _ writer: RowWriter
    ) throws(SQLError) {
        try writer.shape.indexes[0].encode(batch)
        for row in 0..<batch.count {
            let existing = try batch.columns[keyColumn].views[row].withBytes {
                (key) throws(SQLError) in try writer.insertEntry(0, row, rowKey: key)
            }
            if let existing { throw try writer.violation(0, row, existing: existing) }
        }
    }

    /// The error for a key that two rows have: one of them is looked for again.
    private static func violation(
        _ clash: IndexEntries.Clash, plan: PhysicalPlan, keyColumn: Int, _ writer: RowWriter,
        session: SessionState
    ) throws(SQLError) -> SQLError {
        let execution = try Execution.start(
            plan, parameters: [], session: session, locksRelations: false)
        defer { execution.close() }
        while let batch = try execution.next() {
            let keys = batch.columns[keyColumn]
            let found = (0..<batch.count).first { row in
                keys.views[row].withBytes { compareBytes($0, clash.rowKey) == 0 }
            }
            guard let row = found else { continue }
            try writer.shape.indexes[0].encode(batch)
            return try writer.violation(0, row, existing: clash.existing)
        }
        return SQLError(.internalError, "a row of an index is gone")
    }
}

/// The entries of a new index, brought into its order before they are entered: neighbours there are
/// then neighbours in memory, and each goes behind the last one without a search.
private final class IndexEntries {
    private struct Entry {
        var key: UnsafeRawBufferPointer
        var rowKey: UnsafeRawBufferPointer
        var kind: IndexShape.EntryKind
        /// The row's place in the table.
        var number: Int
    }
    /// A row's key, and that of a row whose entry it has met.
    struct Clash {
        var rowKey: UnsafeRawBufferPointer
        var existing: [UInt8]
    }
    private var entries: [Entry] = []
    /// Owns the keys.
    private let arena = Arena()

    func gather(_ batch: Batch, keyColumn: Int, _ writer: RowWriter) throws(SQLError) {
        let shape = writer.shape.indexes[0]
        try shape.encode(batch)
        let rowKeys = batch.columns[keyColumn]
        for row in 0..<batch.count where shape.includes(row) {
            entries.append(
                Entry(
                    key: shape.keys.withKey(row) { arena.copy($0) },
                    rowKey: rowKeys.views[row].withBytes { arena.copy($0) },
                    kind: shape.entryKind(row), number: entries.count))
        }
    }

    /// Returns a clash, if there is one.
    func enter(_ writer: RowWriter) throws(SQLError) -> Clash? {
        entries.sort { left, right in
            let order = compareBytes(left.key, right.key)
            return order == 0 ? left.number < right.number : order < 0
        }
        for (number, entry) in entries.enumerated() {
            if number & (batchRowsMax - 1) == 0 { try writer.run.checkInterrupt() }
            let met = try writer.insertEntry(
                0, entry.key, rowKey: entry.rowKey, entry.kind)
            if let met { return firstClash ?? Clash(rowKey: entry.rowKey, existing: met) }
        }
        return nil
    }

    /// That of the first row in the table's order whose key one before it has.
    private var firstClash: Clash? {
        var found: (first: Entry, second: Entry)?
        for (first, second) in zip(entries, entries.dropFirst()) {
            if second.kind == .plain || compareBytes(first.key, second.key) != 0 { continue }
            if let found, found.second.number < second.number { continue }
            found = (first, second)
        }
        return found.map { Clash(rowKey: $0.second.rowKey, existing: [UInt8]($0.first.rowKey)) }
    }
}
