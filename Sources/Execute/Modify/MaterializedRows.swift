public import Base
public import Catalog
internal import Engine
internal import Query
internal import Types

/// REFRESH MATERIALIZED VIEW CONCURRENTLY: changes only the rows that differ, while others read.
public enum MaterializedRows {
    /// Makes the rows of a materialized view those of `rows`. A lock keeps other writers out.
    /// - Throws: 21000 for equal rows without nulls; 23505.
    public static func replace(
        in view: Shared<Relation>, by rows: RowStore, session: SessionState
    ) throws(SQLError) {
        let width = view.columns.count
        let scan = TableScan(
            table: view, path: .rows(lower: nil, upper: nil), isReverse: false,
            columns: Array(0..<width), filter: nil, withRowKey: true, alias: view.name, rows: 0)
        let plan = PhysicalPlan(
            root: .tableScan(scan), subplans: [], executionParameterCount: 0, columns: [],
            relations: [])
        let execution = try Execution.startOwn(plan, session: session)
        defer { execution.close() }
        let writer = try RowWriter(
            view.value, checks: try session.tableChecks(view).checks,
            compiler: ExpressionCompiler(run: execution.run))
        var wanted = try WantedRows(rows, width: width, writer)
        let positions = Array(writer.shape.indexes.indices)
        while let batch = try execution.next() {
            try writer.prepareOld(batch, indexes: positions)
            writer.shape.encoder.encode(Array(batch.columns[..<width]), count: batch.count)
            for row in 0..<batch.count {
                if wanted.take(writer.shape.encoder[row]) { continue }
                try batch.columns[width].views[row].withBytes { (key) throws(SQLError) in
                    let outcome = try writer.rows.delete(
                        key, snapshot: execution.run.snapshot, execution.run.transaction)
                    if case .done = outcome { try writer.removeEntries(row, rowKey: key) }
                }
            }
        }
        try wanted.insertRest(writer)
    }
}

/// The rows that a view is to have, by their images; equal ones are counted.
private struct WantedRows {
    private let rows: RowStore
    private let width: Int
    private let images = KeyTable()
    /// By number of the image: how many rows of it are still missing.
    private var missing: [Int] = []
    /// By row: the number of its image.
    private var numbers: [Int32] = []

    init(_ rows: RowStore, width: Int, _ writer: RowWriter) throws(SQLError) {
        self.rows = rows
        self.width = width
        var chunk = 0
        while let (columns, count) = rows.chunk(chunk) {
            try writer.run.checkInterrupt()
            let batch = Batch(columns: Array(columns[..<width]), count: count)
            writer.shape.encoder.encode(batch.columns, count: count)
            for row in 0..<count {
                let number = images.insert(writer.shape.encoder[row])
                numbers.append(Int32(number))
                if number == missing.count {
                    missing.append(1)
                    continue
                }
                if !batch.columns.contains(where: { $0.isNull(row) }) {
                    throw WantedRows.duplicate(batch, row, writer.shape)
                }
                missing[number] += 1
            }
            chunk += 1
        }
    }

    /// True if a row with this image is to stay.
    mutating func take(_ image: UnsafeRawBufferPointer) -> Bool {
        guard let number = images.find(image), missing[number] > 0 else { return false }
        missing[number] -= 1
        return true
    }

    /// Inserts the rows that the view did not have.
    mutating func insertRest(_ writer: RowWriter) throws(SQLError) {
        var chunk = 0
        var first = 0
        while let (columns, count) = rows.chunk(chunk) {
            try writer.run.checkInterrupt()
            let batch = Batch(columns: Array(columns[..<width]), count: count)
            try writer.prepare(batch)
            for row in 0..<count {
                let number = Int(numbers[first + row])
                if missing[number] == 0 { continue }
                missing[number] -= 1
                try writer.insert(row, of: batch)
            }
            first += count
            chunk += 1
        }
    }

    private static func duplicate(_ batch: Batch, _ row: Int, _ shape: TableShape) -> SQLError {
        let arena = Arena()
        let fields = shape.relation.columns.enumerated().map { index, column in
            RecordValue.Field(type: column.type.oid, value: batch.columns[index][row])
        }
        let type = RecordShapes.type(
            RecordShape(
                shape.relation.columns.map { RecordShape.Field(name: $0.name, type: $0.type) }))
        let record = RecordValue(type: type, fields: fields)
        let text = shape.run.keyText(Datum(view: record.view(arena: arena)), type.oid)
        return SQLError(
            .cardinalityViolation,
            "new data for materialized view \"\(shape.relation.name)\" contains duplicate rows without any null columns"
        ).detail("Row: \(text)")
    }
}
