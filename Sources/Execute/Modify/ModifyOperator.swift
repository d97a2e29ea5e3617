internal import Base
internal import Types
internal import Catalog
internal import Engine
internal import Query

/// UPDATE and DELETE. Rows come in batches as the statement's snapshot sees them; a row that another
/// transaction has changed meanwhile goes on alone, from its newest version.
final class ModifyOperator: Operator {
    private let source: Operator
    private let writer: RowWriter
    /// Nil: DELETE.
    private let updater: RowUpdater?
    private let recheck: ExpressionSet?
    private let returning: ExpressionSet?
    private let foreignKeys: ForeignKeyChecker?
    private let columnCount: Int
    private let all: [Int]
    /// A row that is looked at again.
    private let single: Batch
    private let selection = UnsafeMutablePointer<Int32>.allocate(capacity: 1)
    @exclusivity(unchecked) private var rowPointer = [UnsafeRawPointer(bitPattern: 1)!]
    @exclusivity(unchecked) private var results: ReturningRows?
    private let resultRow: Batch
    @exclusivity(unchecked) private var changed = 0
    override var changedCount: Int? { changed }
    @exclusivity(unchecked) private var isDone = false

    init(_ plan: PlannedModify, builder: OperatorBuilder) throws(SQLError) {
        let relation = plan.table.value
        source = try builder.build(plan.source)
        writer = try RowWriter(relation, checks: plan.checks, compiler: builder.compiler)
        columnCount = relation.columns.count
        all = Array(relation.columns.indices)
        foreignKeys = try ForeignKeyChecker.make(
            relation, plan.checks, writer: writer, builder: builder)
        if let assignments = plan.assignments {
            updater = try RowUpdater(
                assignments, writer: writer, checks: plan.checks, foreignKeys: foreignKeys,
                compiler: builder.compiler)
        } else {
            updater = nil
        }
        recheck = try builder.compiler.compileSet(plan.recheck)
        returning =
            plan.returning.isEmpty ? nil : try builder.compiler.compileSet(plan.returning)
        single = Batch(source.types)
        resultRow = Batch(source.types)
        results =
            plan.returning.isEmpty
            ? nil : try ReturningRows(plan.returning, types: source.types, builder: builder)
        super.init(types: plan.returning.map(\.type.physical), run: builder.run)
    }

    deinit { selection.deallocate() }

    override func open() throws(SQLError) {
        isDone = false
        changed = 0
        foreignKeys?.begin()
        try source.open()
    }
    override func close() { source.close() }

    override func next() throws(SQLError) -> Batch? {
        if isDone { return nil }
        while let batch = try source.next() {
            try run.checkInterrupt()
            if batch.count == 0 { continue }
            results?.begin()
            if let updater { try update(batch, updater) } else { try delete(batch) }
            if let rows = try results?.finish() { return rows }
        }
        isDone = true
        try foreignKeys?.finish()
        return nil
    }

    // MARK: UPDATE

    private func update(_ batch: Batch, _ updater: RowUpdater) throws(SQLError) {
        let violation = try updater.prepare(batch)
        let keys = batch.columns[columnCount].views
        var delayed: [(row: Int, outcome: Table.ChangeOutcome)] = []
        for row in 0..<updater.new.count {
            let outcome = try keys[row].withBytes { (key) throws(SQLError) in
                try updater.apply(row, old: batch, key: key, snapshot: run.snapshot)
            }
            switch outcome {
            case .done: changed(batch, row, new: updater.new, newRow: row)
            case .changedBySelf, .skipped: break
            // The prepared batch is still needed: these rows go on afterwards.
            case .changed, .deleted, .moved: delayed.append((row, outcome))
            }
        }
        if let violation { throw violation.error }
        for (row, outcome) in delayed { try updateNewest(batch, row, outcome, updater) }
    }

    private func updateNewest(
        _ batch: Batch, _ row: Int, _ first: Table.ChangeOutcome, _ updater: RowUpdater
    ) throws(SQLError) {
        var outcome = first
        var key = batch.columns[columnCount].views[row].bytes
        while true {
            let found = try key.lend { (bytes) throws(SQLError) in
                try NewestRow(run: run, table: writer.rows).find(outcome, key: bytes)
            }
            guard case .row(let bytes, let newest, let snapshot) = found else { return }
            key = newest
            guard try qualifies(batch, row, bytes) else { return }
            if let violation = try updater.prepare(single) { throw violation.error }
            outcome = try key.lend { (bytes) throws(SQLError) in
                try updater.apply(0, old: single, key: bytes, snapshot: snapshot)
            }
            switch outcome {
            case .done: return changed(single, 0, new: updater.new, newRow: 0)
            case .changedBySelf, .skipped: return
            case .changed, .deleted, .moved: continue
            }
        }
    }

    /// Makes `single` the row's newest version with the rest of the source row; true if it still
    /// satisfies the statement's predicate.
    private func qualifies(
        _ batch: Batch, _ row: Int, _ bytes: UnsafeRawBufferPointer
    ) throws(SQLError) -> Bool {
        selection[0] = Int32(row)
        for column in columnCount..<single.columns.count {
            single.columns[column].assign(from: batch.columns[column], rows: selection, count: 1)
        }
        rowPointer[0] = bytes.baseAddress!
        writer.shape.decoder.decode(all, of: rowPointer, count: 1, into: single.columns)
        single.count = 1
        guard let recheck else { return true }
        let value = try recheck.evaluateOne(single)
        return value.words[0] != 0 && !value.isNull(0)
    }

    // MARK: DELETE

    private func delete(_ batch: Batch) throws(SQLError) {
        try writer.prepareOld(batch, indexes: Array(writer.shape.indexes.indices))
        let keys = batch.columns[columnCount].views
        var delayed: [(row: Int, outcome: Table.ChangeOutcome)] = []
        for row in 0..<batch.count {
            let outcome = try keys[row].withBytes { (key) throws(SQLError) in
                let outcome = try writer.rows.delete(
                    key, snapshot: run.snapshot, run.transaction)
                if case .done = outcome { writer.removeEntries(row, rowKey: key) }
                return outcome
            }
            switch outcome {
            case .done:
                try foreignKeys?.deleted(row, old: batch)
                changed(batch, row, new: batch, newRow: row)
            case .changedBySelf, .skipped: break
            case .changed, .deleted, .moved: delayed.append((row, outcome))
            }
        }
        for (row, outcome) in delayed { try deleteNewest(batch, row, outcome) }
    }

    private func deleteNewest(
        _ batch: Batch, _ row: Int, _ first: Table.ChangeOutcome
    ) throws(SQLError) {
        var outcome = first
        var key = batch.columns[columnCount].views[row].bytes
        while true {
            let found = try key.lend { (bytes) throws(SQLError) in
                try NewestRow(run: run, table: writer.rows).find(outcome, key: bytes)
            }
            guard case .row(let bytes, let newest, let snapshot) = found else { return }
            key = newest
            guard try qualifies(batch, row, bytes) else { return }
            try writer.prepareOld(single, indexes: Array(writer.shape.indexes.indices))
            outcome = try key.lend { (bytes) throws(SQLError) in
                try writer.rows.delete(bytes, snapshot: snapshot, run.transaction)
            }
            switch outcome {
            case .done:
                key.withUnsafeBytes { writer.removeEntries(0, rowKey: $0) }
                try foreignKeys?.deleted(0, old: single)
                return changed(single, 0, new: single, newRow: 0)
            case .changedBySelf, .skipped: return
            case .changed, .deleted, .moved: continue
            }
        }
    }

    // MARK: RETURNING

    /// Counts a changed row and keeps it for RETURNING: its new values, then what else the source
    /// row has.
    private func changed(_ source: Batch, _ row: Int, new: Batch, newRow: Int) {
        changed += 1
        guard let results else { return }
        for column in resultRow.columns.indices {
            let isOwn = column < columnCount
            let (batch, from) = isOwn ? (new, newRow) : (source, row)
            resultRow.columns[column].hasNulls = false
            resultRow.columns[column].set(0, batch.columns[column][from])
        }
        resultRow.count = 1
        results.add(resultRow, 0)
    }
}
