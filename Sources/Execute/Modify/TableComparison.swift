public import Base
public import Catalog
internal import Engine
public import Query

/// Compares the rows of a table with the entries of its indexes, both ways: for `ordinal verify`.
public struct TableComparison {
    /// What does not agree.
    public private(set) var problems: [String] = []
    public private(set) var rowCount = 0
    public private(set) var entryCount = 0
    private static let problemCountMax = 20

    private let writer: RowWriter
    private let run: RunState
    private let indexes: [(shape: IndexShape, entries: Table)]
    /// How many entries each index should have.
    private var wanted: [Int]
    private var entry: [UInt8] = []

    /// Reads every row and every entry.
    /// - Parameter checks: the table's indexes; expressions are over slots of a whole row (slot =
    ///   column index).
    public init(
        _ table: Shared<Relation>, _ checks: TableChecks, session: SessionState
    ) throws(SQLError) {
        let width = table.columns.count
        let scan = TableScan(
            table: table, path: .rows(lower: nil, upper: nil), isReverse: false,
            columns: Array(0..<width), filter: nil, withRowKey: true, alias: table.name, rows: 0)
        let plan = PhysicalPlan(
            root: .tableScan(scan), subplans: [], executionParameterCount: 0, columns: [],
            relations: [])
        let execution = try Execution.start(
            plan, parameters: [], session: session, locksRelations: false, seesNewest: true)
        defer { execution.close() }
        run = execution.run
        var checks = checks
        checks.isRebuild = true
        let compiler = ExpressionCompiler(run: execution.run)
        writer = try RowWriter(table.value, checks: checks, compiler: compiler)
        indexes = writer.shape.indexes.map { ($0, execution.run.table($0.placement)) }
        wanted = indexes.map { _ in 0 }
        while let batch = try execution.next() {
            try compare(batch, keyColumn: width)
            for (_, entries) in indexes { entries.unpin() }
        }
        for position in indexes.indices { try count(position) }
    }

    private mutating func note(_ problem: String) {
        if problems.count < TableComparison.problemCountMax { problems.append(problem) }
    }

    private func hex(_ bytes: UnsafeRawBufferPointer) -> String {
        bytes.map { byte in
            let digits = String(byte, radix: 16)
            return digits.utf8.count == 1 ? "0" + digits : digits
        }.joined()
    }

    /// Each row has its key, and an entry in each index.
    private mutating func compare(_ batch: Batch, keyColumn: Int) throws(SQLError) {
        let shape = writer.shape
        rowCount += batch.count
        let keys = batch.columns[keyColumn]
        if shape.hasPrimaryKey {
            shape.encodeKeys(batch.columns, count: batch.count)
            for row in 0..<batch.count {
                keys.views[row].withBytes { key in
                    let isSame = shape.rowKeys.withKey(row) { compareBytes($0, key) == 0 }
                    if !isSame {
                        note("the row with key \\x\(hex(key)) has another primary key")
                    }
                }
            }
        }
        for position in indexes.indices {
            try indexes[position].shape.encode(batch)
            for row in 0..<batch.count where indexes[position].shape.includes(row) {
                wanted[position] += 1
                try keys.views[row].withBytes { (key) throws(SQLError) in
                    try find(position, row, key)
                }
            }
        }
    }

    private mutating func find(
        _ position: Int, _ row: Int, _ rowKey: UnsafeRawBufferPointer
    ) throws(SQLError) {
        let (shape, entries) = indexes[position]
        entry.removeAll(keepingCapacity: true)
        shape.keys.withKey(row) { entry.append(contentsOf: $0) }
        if shape.entryKind(row) != .unique { entry.append(contentsOf: rowKey) }
        let snapshot = run.snapshot
        let found = try entry.lend { (key) throws(SQLError) in
            try entries.read(key, snapshot).map { (value) throws(SQLError) in
                try writer.withRowKey(position, value) { compareBytes($0, rowKey) == 0 }
            }
        }
        let name = shape.relation.name
        switch found {
        case true?: break
        case false?:
            note("the entry of index \"\(name)\" for the row with key \\x\(hex(rowKey)) is another row's")
        case nil: note("index \"\(name)\" has no entry for the row with key \\x\(hex(rowKey))")
        }
    }

    /// An index has no more entries than the rows have found in it, and each leads to a row.
    private mutating func count(_ position: Int) throws(SQLError) {
        let (shape, entries) = indexes[position]
        let limit = 256
        let keys = UnsafeMutablePointer<UnsafeRawBufferPointer>.allocate(capacity: 2 * limit)
        defer { keys.deallocate() }
        let values = keys + limit
        var cursor = try Cursor(entries, snapshot: run.snapshot)
        var found = 0
        while true {
            let count = try cursor.next(keys: keys, rows: values, limit: limit)
            if count == 0 { break }
            found += count
            for number in 0..<count {
                try writer.withRowKey(position, values[number]) { (key) throws(SQLError) in
                    if try writer.rows.read(key, run.snapshot) != nil { return }
                    note(
                        "index \"\(shape.relation.name)\" has an entry for key \\x\(hex(key)), "
                            + "which no row has")
                }
            }
            writer.rows.unpin()
        }
        entryCount += found
        if found != wanted[position] {
            note(
                "index \"\(shape.relation.name)\" has \(found) entries, its table needs "
                    + "\(wanted[position])")
        }
    }
}
