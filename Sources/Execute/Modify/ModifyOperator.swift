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
    private let foreignKeys: ForeignKeyChecker?
    private let columnCount: Int
    private let all: [Int]
    /// A row that is looked at again.
    private let single: Batch
    private let selection = UnsafeMutablePointer<Int32>.allocate(capacity: 1)
    @exclusivity(unchecked) private var rowPointer = [UnsafeRawPointer(bitPattern: 1)!]
    @exclusivity(unchecked) private var results: ReturningRows?
    private let resultRow: Batch
    private let changer: RowChanger
    /// Rows of the batch at hand that are changed; which ones matters to RETURNING alone.
    @exclusivity(unchecked) private var doneCount = 0
    private let doneRows: UnsafeMutableBufferPointer<Int>
    private let tables: Vector
    /// RETURNING shows system columns: the keys of the rows that were written.
    private let newKeys: Vector?
    private let newKeyArena = Arena()
    /// The key of the row in `single`, where it has moved.
    private let keyArena = Arena()
    /// What `shown` made last.
    @exclusivity(unchecked) private var whole: (source: Batch, new: Batch, batch: Batch)?
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
                compiler: builder.compiler, leavesPartition: plan.move != nil)
        } else {
            updater = nil
        }
        recheck = try builder.compiler.compileSet(plan.recheck)
        single = Batch(source.types)
        changer = RowChanger(
            writer: writer, foreignKeys: foreignKeys,
            mover: try plan.move.map { move throws(SQLError) in
                try PartitionMover(move, builder: builder)
            })
        newKeys = plan.returnsKeys ? Vector(.bytes) : nil
        let resultTypes = source.types + [.word] + (plan.returnsKeys ? [.bytes] : [])
        resultRow = Batch(resultTypes)
        let returnsRows = !plan.returning.isEmpty
        doneRows = .allocate(capacity: returnsRows ? batchRowsMax : 0)
        tables = Vector(.word)
        results =
            plan.returning.isEmpty
            ? nil : try ReturningRows(plan.returning, types: resultTypes, builder: builder)
        super.init(types: plan.returning.map(\.type.physical), run: builder.run)
    }

    deinit {
        selection.deallocate()
        doneRows.deallocate()
    }

    override func open() throws(SQLError) {
        isDone = false
        changed = 0
        foreignKeys?.begin()
        changer.mover?.begin()
        try source.open()
    }
    override func close() { source.close() }

    override func next() throws(SQLError) -> Batch? {
        if isDone { return nil }
        while let batch = try source.next() {
            try run.checkInterrupt()
            if batch.count == 0 { continue }
            results?.begin()
            newKeyArena.reset()
            if let updater { try update(batch, updater) } else { try delete(batch) }
            if let rows = try results?.finish() { return rows }
        }
        isDone = true
        if updater != nil {
            writer.use.updated.add(changed)
        } else {
            writer.use.deleted.add(changed)
        }
        return nil
    }

    // MARK: UPDATE

    private func update(_ batch: Batch, _ updater: RowUpdater) throws(SQLError) {
        let violation = try updater.prepare(batch)
        if updater.firstLeaving != nil {
            for row in 0..<batch.count { try updateAlone(batch, row, updater) }
            return
        }
        let keys = batch.columns[columnCount].views
        var delayed: [(row: Int, outcome: Table.ChangeOutcome)] = []
        let snapshot = run.changeSnapshot
        doneCount = 0
        for row in 0..<updater.new.count {
            let outcome = try keys[row].withBytes { (key) throws(SQLError) in
                try updater.apply(row, old: batch, key: key, snapshot: snapshot)
            }
            switch outcome {
            case .done: done(row)
            case .changedBySelf, .skipped: break
            // The prepared batch is still needed: these rows go on afterwards.
            case .changed, .deleted, .moved: delayed.append((row, outcome))
            }
        }
        if let violation { throw violation.error }
        showDone(of: batch, new: updater.new)
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
            guard try qualifies(batch, row, bytes, key, snapshot) else { return }
            outcome = try applySingle(key, snapshot, updater)
            switch outcome {
            case .done, .changedBySelf, .skipped: return
            case .changed, .deleted, .moved: continue
            }
        }
    }

    /// One row of a batch in which rows leave their partition.
    private func updateAlone(_ batch: Batch, _ row: Int, _ updater: RowUpdater) throws(SQLError) {
        selection[0] = Int32(row)
        for column in single.columns.indices {
            single.columns[column].assign(from: batch.columns[column], rows: selection, count: 1)
        }
        single.count = 1
        let key = batch.columns[columnCount].views[row].bytes
        let outcome = try applySingle(key, run.changeSnapshot, updater)
        switch outcome {
        case .done, .changedBySelf, .skipped: return
        case .changed, .deleted, .moved: try updateNewest(batch, row, outcome, updater)
        }
    }

    /// Updates the row in `single`, here or by moving it to its new partition.
    private func applySingle(
        _ key: [UInt8], _ snapshot: Snapshot, _ updater: RowUpdater
    ) throws(SQLError) -> Table.ChangeOutcome {
        var place: PartitionMover.Place?
        let outcome = try changer.update(single, key: key, snapshot, updater) { place = $0 }
        if case .done = outcome { changed(single, 0, new: updater.new, newRow: 0, place) }
        return outcome
    }

    /// Makes `single` the row's newest version with the rest of the source row; true if it still
    /// satisfies the statement's predicate.
    private func qualifies(
        _ batch: Batch, _ row: Int, _ bytes: UnsafeRawBufferPointer, _ key: [UInt8],
        _ snapshot: Snapshot
    ) throws(SQLError) -> Bool {
        run.goOn(by: snapshot)
        selection[0] = Int32(row)
        for column in columnCount..<single.columns.count {
            single.columns[column].assign(from: batch.columns[column], rows: selection, count: 1)
        }
        keyArena.reset()
        single.columns[columnCount].views[0] = ByteView(copying: key, into: keyArena)
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
        let snapshot = run.changeSnapshot
        doneCount = 0
        for row in 0..<batch.count {
            let outcome = try keys[row].withBytes { (key) throws(SQLError) in
                let outcome = try writer.rows.delete(key, snapshot: snapshot, run.transaction)
                if case .done = outcome { try writer.removeEntries(row, rowKey: key) }
                return outcome
            }
            switch outcome {
            case .done:
                try foreignKeys?.deleted(row, old: batch)
                done(row)
            case .changedBySelf, .skipped: break
            case .changed, .deleted, .moved: delayed.append((row, outcome))
            }
        }
        showDone(of: batch, new: batch)
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
            guard try qualifies(batch, row, bytes, key, snapshot) else { return }
            outcome = try changer.delete(single, key: key, snapshot)
            switch outcome {
            case .done: return changed(single, 0, new: single, newRow: 0)
            case .changedBySelf, .skipped: return
            case .changed, .deleted, .moved: continue
            }
        }
    }

    // MARK: RETURNING

    /// Row `row` of the batch is changed.
    @inline(__always)
    private func done(_ row: Int) {
        if results != nil { doneRows[doneCount] = row }
        doneCount += 1
    }

    /// Counts the rows of a batch that are done, and keeps them for RETURNING.
    private func showDone(of source: Batch, new: Batch) {
        if let results, doneCount == source.count {
            results.addAll(shown(source, new))
        } else if results != nil {
            for row in doneRows[..<doneCount] { changed(source, row, new: new, newRow: row) }
            return
        }
        changed += doneCount
    }

    /// What RETURNING sees of a whole batch: the new values, what else the source rows have, and
    /// their table.
    private func shown(_ source: Batch, _ new: Batch) -> Batch {
        let known = whole
        let batch: Batch
        if let known, known.source === source, known.new === new {
            batch = known.batch
        } else {
            let rest = source.columns[columnCount...]
            batch = Batch(
                columns: new.columns.prefix(columnCount) + rest + [tables]
                    + (newKeys.map { [$0] } ?? []), count: 0)
            whole = (source, new, batch)
        }
        tables.hasNulls = false
        for row in 0..<source.count { tables.words[row] = Int64(writer.shape.relation.oid.rawValue) }
        if let newKeys {
            newKeys.hasNulls = false
            for row in 0..<source.count { newKeys.views[row] = newKey(source, row, newRow: row) }
        }
        batch.count = source.count
        return batch
    }

    /// The key of an updated row.
    private func newKey(_ source: Batch, _ row: Int, newRow: Int) -> ByteView {
        if let key = updater?.newKey(newRow, newKeyArena) { return key }
        return source.columns[columnCount].views[row]
    }

    /// Counts a changed row and keeps it for RETURNING.
    private func changed(
        _ source: Batch, _ row: Int, new: Batch, newRow: Int, _ place: PartitionMover.Place? = nil
    ) {
        changed += 1
        guard let results else { return }
        let last = source.columns.count
        resultRow.columns[last].hasNulls = false
        resultRow.columns[last].set(0, place?.table ?? Datum(writer.shape.relation.oid))
        if newKeys != nil {
            let key = place?.key ?? newKey(source, row, newRow: newRow)
            resultRow.columns[last + 1].hasNulls = false
            resultRow.columns[last + 1].set(0, Datum(view: key))
        }
        for column in 0..<last {
            let isOwn = column < columnCount
            let (batch, from) = isOwn ? (new, newRow) : (source, row)
            resultRow.columns[column].hasNulls = false
            resultRow.columns[column].set(0, batch.columns[column][from])
        }
        resultRow.count = 1
        results.add(resultRow, 0)
    }
}

/// Puts rows that leave their partition where they belong.
final class PartitionMover {
    private let inserter: RowInserter
    private let columns: [Int]
    /// The partition's column of each given column of the statement's table.
    private let sources: [Int]
    private let vectors: [Vector]
    private let selection = UnsafeMutablePointer<Int32>.allocate(capacity: 1)
    /// What refers to the table as a whole.
    let foreignKeys: ForeignKeyChecker?
    /// A table between it and the partition that a foreign key refers to: no row may leave.
    let referencedAncestor: String?
    /// The statement's table.
    let table: String

    init(_ move: PlannedModify.Move, builder: OperatorBuilder) throws(SQLError) {
        inserter = try RowInserter.make(move.insert, builder: builder)
        columns = move.insert.insert.columns
        sources = columns.map { move.columns[$0] }
        let table = move.insert.insert.table.value
        self.table = table.name
        foreignKeys = try ForeignKeyChecker.make(
            moving: table, move.insert.checks, columns: move.columns, builder: builder)
        referencedAncestor = move.referencedAncestor
        vectors = columns.map { Vector(table.columns[$0].type.physical) }
        selection[0] = 0
    }

    deinit { selection.deallocate() }

    func begin() {
        inserter.begin()
        foreignKeys?.begin()
    }

    /// Where a row is: its table, and its key, which stays for the next row only.
    struct Place {
        var table: Datum
        var key: ByteView?
    }

    /// - Returns: where the first row of `batch` is now.
    func move(_ batch: Batch) throws(SQLError) -> Place {
        for (index, source) in sources.enumerated() {
            vectors[index].assign(from: batch.columns[source], rows: selection, count: 1)
        }
        guard let rows = try inserter.insert(vectors, count: 1), rows.count == 1 else {
            throw SQLError(.internalError, "a moved row has a table")
        }
        return Place(
            table: rows.columns[0][0],
            key: rows.columns.count > 1 ? rows.columns[1].views[0] : nil)
    }
}
