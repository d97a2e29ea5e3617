internal import Base
internal import Types
internal import Catalog
internal import Engine
internal import Query

/// Takes batches of new rows of a table. INSERT and COPY FROM are its callers.
class RowInserter {
    /// Rows that are in the table after `insert`: all, unless there is ON CONFLICT.
    @exclusivity(unchecked) var changedCount = 0
    /// Where in the last batch an error was, and whether it was a row's own constraint.
    @exclusivity(unchecked) var failedRow = 0
    @exclusivity(unchecked) var hasFailedCheck = false

    static func make(
        _ plan: PlannedInsert, builder: OperatorBuilder
    ) throws(SQLError) -> RowInserter {
        plan.partitions == nil
            ? try InsertExecutor(plan, builder: builder)
            : try PartitionedInserter(plan, builder: builder)
    }

    func begin() {}

    /// Inserts `count` rows of values for the statement's columns; gives the rows for RETURNING.
    @discardableResult
    func insert(_ values: [Vector], count: Int) throws(SQLError) -> Batch? {
        invariant(false, "every inserter inserts")
        return nil
    }
}

/// Full rows of a table: the values given and the defaults, side by side in one batch. Nothing is
/// copied as long as both come in the vectors that they came in before.
final class RowSource {
    private let given: [Int]
    private let defaultColumns: [Int]
    private let defaults: ExpressionSet
    private let absent: [(column: Int, vector: Vector)]
    private let width: Int
    private let nothing = Batch([])
    /// COPY FROM … WHERE.
    private let filter: RowFilter?
    @exclusivity(unchecked) private var rows = Batch(columns: [], count: 0)
    /// Of `defaults`, when `rows` was made.
    @exclusivity(unchecked) private var changeCount = -1
    /// The rows, as far as the filter lets them through.
    var batch: Batch { filter?.rows ?? rows }

    init(_ plan: PlannedInsert, compiler: ExpressionCompiler) throws(SQLError) {
        let relation = plan.insert.table.value
        given = plan.insert.columns
        var defaults: [(column: Int, value: Expression)] = []
        var absent: [(column: Int, vector: Vector)] = []
        let given = Set(plan.insert.columns)
        for column in relation.columns.indices where !given.contains(column) {
            if column < plan.insert.defaults.count, let value = plan.insert.defaults[column],
                !relation.columns[column].isGenerated
            {
                defaults.append((column, value))
            } else {
                absent.append((column, Vector(relation.columns[column].type.physical)))
            }
        }
        defaultColumns = defaults.map(\.column)
        self.defaults = try compiler.compileSet(defaults.map(\.value))
        self.absent = absent
        width = relation.columns.count
        let types = relation.columns.map { $0.type.physical }
        filter = try plan.insert.filter.map { e throws(SQLError) in
            RowFilter(try compiler.compileSet([e]), types: types)
        }
    }

    /// Which of the given rows a row of `batch` is.
    func givenRow(_ row: Int) -> Int { filter?.givenRow(row) ?? row }

    /// Makes `count` rows in `batch`, but for those that the filter drops.
    /// - Returns: where the filter failed: `batch` has the rows before.
    func fill(
        _ values: [Vector], count: Int
    ) throws(SQLError) -> (row: Int, error: SQLError)? {
        nothing.count = count
        try defaults.evaluateAll(nothing)
        for (_, vector) in absent { broadcast(.null, from: 0, to: count, into: vector) }
        if !consists(of: values) { combine(values) }
        rows.count = count
        return filter?.apply(to: rows)
    }

    /// True if `rows` has these very vectors.
    private func consists(of values: [Vector]) -> Bool {
        if changeCount != defaults.changeCount { return false }
        for index in given.indices where rows.columns[given[index]] !== values[index] {
            return false
        }
        return true
    }

    private func combine(_ values: [Vector]) {
        var columns = [Vector?](repeating: nil, count: width)
        for (column, vector) in zip(given, values) { columns[column] = vector }
        for (column, vector) in zip(defaultColumns, defaults.results) { columns[column] = vector }
        for (column, vector) in absent { columns[column] = vector }
        rows = Batch(columns: columns.compactMap { $0 }, count: 0)
        invariant(rows.columns.count == width, "every column has a vector")
        changeCount = defaults.changeCount
    }
}

/// Inserts batches of rows into one table: defaults, constraints, indexes, ON CONFLICT, foreign keys.
final class InsertExecutor: RowInserter {
    private let run: RunState
    private let relation: Relation
    let writer: RowWriter
    private let source: RowSource
    private let conflict: ConflictResolver?
    private let foreignKeys: ForeignKeyChecker?
    private let partition: PartitionFilter?
    private let returning: ReturningRows?
    /// RETURNING shows system columns: keys of the new rows, and what `xmax` is of them.
    private let written: WrittenRows?

    init(_ plan: PlannedInsert, builder: OperatorBuilder) throws(SQLError) {
        run = builder.run
        let relation = plan.insert.table.value
        self.relation = relation
        let compiler = builder.compiler
        writer = try RowWriter(relation, checks: plan.checks, compiler: compiler)
        source = try RowSource(plan, compiler: compiler)
        foreignKeys = try ForeignKeyChecker.make(
            relation, plan.checks, writer: writer, builder: builder)
        partition =
            plan.isRouted
            ? nil : try PartitionFilter.make(plan.checks.partition, compiler: compiler)
        if let planned = plan.conflict {
            conflict = try ConflictResolver(planned, writer: writer, plan: plan, builder: builder)
            conflict?.foreignKeys = foreignKeys
        } else {
            conflict = nil
        }
        written = plan.returnsKeys ? WrittenRows(writer) : nil
        conflict?.keepsKeys = plan.returnsKeys
        returning =
            plan.returning.isEmpty
            ? nil
            : try ReturningRows(
                plan.returning, types: writer.shape.types + (plan.returnsKeys ? [.bytes, .word] : []),
                builder: builder)
        super.init()
    }

    override func begin() {
        changedCount = 0
        failedRow = 0
        foreignKeys?.begin()
        conflict?.begin()
    }

    @discardableResult
    override func insert(_ values: [Vector], count: Int) throws(SQLError) -> Batch? {
        failedRow = 0
        hasFailedCheck = false
        let failure = try source.fill(values, count: count)
        let rows: Batch?
        do throws(SQLError) { rows = try insertBatch() } catch {
            failedRow = source.givenRow(failedRow)
            throw error
        }
        if let failure {
            failedRow = failure.row
            hasFailedCheck = true
            throw failure.error
        }
        return rows
    }

    private func insertBatch() throws(SQLError) -> Batch? {
        let batch = source.batch
        if writer.shape.hasGenerated { try writer.shape.computeGenerated(batch) }
        let violation = try firstViolation(batch)
        if let violation { batch.count = violation.row }
        returning?.begin()
        if batch.count > 0 { try write(batch) }
        if let violation {
            failedRow = violation.row
            hasFailedCheck = true
            throw violation.error
        }
        return try returning?.finish()
    }

    /// A row's own constraints come before that of the partition.
    private func firstViolation(_ batch: Batch) throws(SQLError) -> (row: Int, error: SQLError)? {
        let violation = try writer.shape.firstViolation(batch)
        guard let partition, let row = try partition.firstStranger(batch),
            row < violation?.row ?? .max
        else { return violation }
        return (row, writer.shape.partitionViolation(batch, row))
    }

    private func write(_ batch: Batch) throws(SQLError) {
        try writer.prepare(batch)
        let count = batch.count
        if let conflict {
            for row in 0..<count {
                failedRow = row
                if let changed = try conflict.insert(row, of: batch) {
                    changedCount += 1
                    returning?.add(changed.batch, changed.row, conflict.written)
                }
            }
            return
        }
        var row = 0
        written?.begin()
        do throws(SQLError) {
            try writer.insertAll(batch, at: &row)
        } catch {
            failedRow = row
            throw error
        }
        changedCount += count
        writer.use.inserted.add(count)
        if let foreignKeys { try foreignKeys.inserted(batch) }
        returning?.addAll(written?.rows(of: batch) ?? batch)
    }
}

/// New rows with their keys behind them, then what `xmax` is of them: nothing.
private final class WrittenRows {
    private let keys = Vector(.bytes)
    private let ends = Vector(.word)
    private let writer: RowWriter
    private let arena = Arena()

    init(_ writer: RowWriter) {
        broadcast(Datum(word: 0), from: 0, to: batchRowsMax, into: ends)
        self.writer = writer
    }

    func begin() {
        arena.reset()
        writer.rowIDs = []
    }

    /// The rows that the writer has inserted since `begin`, all of `batch`.
    func rows(of batch: Batch) -> Batch {
        keys.hasNulls = false
        for row in 0..<batch.count {
            if writer.shape.hasPrimaryKey {
                keys.views[row] = writer.shape.rowKeys.withKey(row) {
                    ByteView(copying: $0, into: arena)
                }
            } else {
                let id = writer.rowIDs?[row] ?? 0
                keys.views[row] = withUnsafeBytes(of: id) { ByteView(copying: $0, into: arena) }
            }
        }
        return Batch(columns: batch.columns + [keys, ends], count: batch.count)
    }
}

/// Rows that RETURNING shows, collected while a batch is written.
final class ReturningRows {
    private let projection: Projection
    private let rows: Batch
    @exclusivity(unchecked) private var direct: Batch?
    private let arena = Arena()

    init(
        _ returning: [Expression], types: [PhysicalType], builder: OperatorBuilder
    ) throws(SQLError) {
        projection = Projection(try builder.compiler.compileSet(returning))
        rows = Batch(types)
    }

    func begin() {
        rows.count = 0
        direct = nil
        for column in rows.columns { column.hasNulls = false }
        arena.reset()
    }

    /// All rows of a batch that stays as it is.
    func addAll(_ batch: Batch) { direct = batch }

    /// One row, copied, and where it is.
    func add(
        _ batch: Batch, _ row: Int, _ written: (key: [UInt8], end: Datum)? = nil
    ) {
        if let written {
            let count = rows.columns.count
            let key = ByteView(copying: written.key, into: arena)
            rows.columns[count - 2].set(rows.count, Datum(view: key))
            rows.columns[count - 1].set(rows.count, written.end)
        }
        let width = rows.columns.count - (written == nil ? 0 : 2)
        for (index, column) in rows.columns.prefix(width).enumerated() {
            let value = batch.columns[index][row]
            if !value.isNull, column.physicalType == .bytes {
                column.set(rows.count, Datum(view: value.view.copied(into: arena)))
            } else {
                column.set(rows.count, value)
            }
        }
        rows.count += 1
    }

    /// The expressions over the rows; nil if there are none.
    func finish() throws(SQLError) -> Batch? {
        let source = direct ?? rows
        if source.count == 0 { return nil }
        return try projection.project(source)
    }
}

/// INSERT.
final class InsertOperator: Operator {
    private let source: Operator
    private let executor: RowInserter
    @exclusivity(unchecked) private var isDone = false

    init(_ plan: PlannedInsert, builder: OperatorBuilder) throws(SQLError) {
        source = try builder.build(plan.source)
        executor = try RowInserter.make(plan, builder: builder)
        super.init(types: plan.returning.map(\.type.physical), run: builder.run)
    }

    override var changedCount: Int? { executor.changedCount }

    override func open() throws(SQLError) {
        isDone = false
        executor.begin()
        try source.open()
    }
    override func close() { source.close() }

    override func next() throws(SQLError) -> Batch? {
        if isDone { return nil }
        while let batch = try source.next() {
            try run.checkInterrupt()
            if batch.count == 0 { continue }
            if let rows = try executor.insert(batch.columns, count: batch.count) { return rows }
        }
        isDone = true
        return nil
    }
}
