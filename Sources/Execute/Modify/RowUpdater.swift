internal import Base
internal import Catalog
internal import Engine
internal import Query
internal import Types

/// Gives rows new values: constraints, key changes, indexes. UPDATE and ON CONFLICT DO UPDATE are
/// its callers; they know which version of the row to start from.
final class RowUpdater {
    private let run: RunState
    let writer: RowWriter
    private let shape: TableShape
    private let assignedColumns: [Int]
    private let values: ExpressionSet
    /// The new rows of `old`: columns that get no new values are its own.
    @exclusivity(unchecked) private(set) var new: Batch
    @exclusivity(unchecked) private var old: Batch?
    /// Of `values`, when `new` was made.
    @exclusivity(unchecked) private var changeCount = -1
    /// Of generated columns, which are computed from the others.
    private let generated: [(column: Int, vector: Vector)]
    /// Indexes whose keys the assignments may change, all if the row key may.
    private let indexes: [Int]
    private let mayMove: Bool
    let foreignKeys: ForeignKeyChecker?
    /// Those of `foreignKeys` that the assignments may concern.
    private let concerned: ForeignKeyChecker.Part?
    private let partition: PartitionFilter?
    /// Prepared rows may belong to another partition, where the caller takes them.
    let leavesPartition: Bool
    /// After `prepare` with `leavesPartition`: the first row that has to leave.
    @exclusivity(unchecked) private(set) var firstLeaving: Int?

    /// `assignments` are over the slots of the batches given to `prepare`.
    init(
        _ assignments: [Assignment], writer: RowWriter, checks: TableChecks,
        foreignKeys: ForeignKeyChecker?, compiler: ExpressionCompiler,
        leavesPartition: Bool = false
    ) throws(SQLError) {
        run = compiler.run
        self.writer = writer
        shape = writer.shape
        assignedColumns = assignments.map(\.column)
        values = try compiler.compileSet(assignments.map(\.value))
        let changed = Set(assignments.map(\.column)).union(checks.generated.map(\.column))
        let mayMove = writer.shape.primaryKeyColumns.contains { changed.contains($0) }
        self.mayMove = mayMove
        generated = checks.generated.map { ($0.column, Vector(writer.shape.types[$0.column])) }
        new = Batch(columns: [], count: 0)
        indexes = writer.shape.indexes.indices.filter { position in
            guard !mayMove, let columns = writer.shape.indexes[position].plainColumns else {
                return true
            }
            return columns.contains { changed.contains($0) }
        }
        self.foreignKeys = foreignKeys
        concerned = foreignKeys?.part(changing: changed)
        self.leavesPartition = leavesPartition
        partition = try PartitionFilter.make(checks.partition, compiler: compiler)
    }

    /// Computes the new rows of `old`, whose first columns are the table's, and checks their
    /// constraints.
    /// - Returns: the first row that violates one, with the error.
    func prepare(_ old: Batch) throws(SQLError) -> (row: Int, error: SQLError)? {
        try writer.admitBatch()
        try values.evaluateAll(old)
        if self.old !== old || changeCount != values.changeCount { combine(old) }
        let new = new
        new.count = old.count
        if shape.hasGenerated { try shape.computeGenerated(new) }
        let stranger = try partition?.firstStranger(new)
        firstLeaving = leavesPartition ? stranger : nil
        if firstLeaving != nil { return nil }
        var violation = try shape.firstViolation(new)
        if let stranger, stranger <= violation?.row ?? .max {
            violation = (stranger, shape.partitionViolation(new, stranger))
        }
        if let violation { new.count = violation.row }
        if new.count > 0 {
            shape.encoder.encode(new.columns, count: new.count)
            if mayMove { shape.encodeKeys(new.columns, count: new.count) }
            for position in indexes { try shape.indexes[position].encode(new) }
            try writer.prepareOld(old, indexes: indexes)
        }
        return violation
    }

    /// Makes `new` of the vectors of `old` and of the new values.
    private func combine(_ old: Batch) {
        var columns = Array(old.columns.prefix(shape.types.count))
        for (column, vector) in zip(assignedColumns, values.results) { columns[column] = vector }
        for (column, vector) in generated { columns[column] = vector }
        new = Batch(columns: columns, count: 0)
        self.old = old
        changeCount = values.changeCount
    }

    /// The key of prepared row `row`; nil: it keeps its own.
    func newKey(_ row: Int, _ arena: Arena) -> ByteView? {
        if !mayMove { return nil }
        return writer.shape.rowKeys.withKey(row) { ByteView(copying: $0, into: arena) }
    }

    /// Puts prepared row `row` in the place of the version that `snapshot` sees under `key`.
    func apply(
        _ row: Int, old: Batch, key: UnsafeRawBufferPointer, snapshot: Snapshot
    ) throws(SQLError) -> Table.ChangeOutcome {
        let table = writer.rows
        if mayMove {
            let outcome = try writer.shape.rowKeys.withKey(row) {
                (newKey) throws(SQLError) -> Table.ChangeOutcome? in
                if compareBytes(newKey, key) == 0 { return nil }
                return try move(row, old, key, to: newKey, snapshot)
            }
            if let outcome { return outcome }
        }
        let isKeyUpdate = writer.changesUniqueKey(row, indexes: indexes)
        let outcome = try table.update(
            key, row: writer.shape.encoder[row], snapshot: snapshot, isKeyUpdate: isKeyUpdate,
            run.transaction)
        guard case .done = outcome else { return outcome }
        try writer.moveEntries(row, oldKey: key, newKey: key, indexes: indexes)
        try concerned?.updated(row, old: old, new: new)
        return outcome
    }

    /// Gives the row another key.
    private func move(
        _ row: Int, _ old: Batch, _ key: UnsafeRawBufferPointer,
        to newKey: UnsafeRawBufferPointer, _ snapshot: Snapshot
    ) throws(SQLError) -> Table.ChangeOutcome {
        let table = writer.rows
        let locked = try table.lock(
            key, .update, snapshot: snapshot, policy: .wait, run.transaction)
        guard case .done = locked else { return locked }
        if case .duplicate = try table.insert(
            newKey, row: writer.shape.encoder[row], run.transaction)
        {
            throw writer.shape.uniqueViolation(new, row)
        }
        let outcome = try table.delete(key, movedTo: newKey, snapshot: snapshot, run.transaction)
        guard case .done = outcome else { return outcome }
        try writer.moveEntries(row, oldKey: key, newKey: newKey, indexes: indexes)
        try concerned?.updated(row, old: old, new: new)
        return outcome
    }
}

/// Finds the version of a row to go on with after another transaction has changed it (READ
/// COMMITTED), or refuses to (REPEATABLE READ).
struct NewestRow {
    let run: RunState
    let table: Table

    enum Found {
        /// Its bytes and key, and a snapshot that sees them.
        case row(UnsafeRawBufferPointer, key: [UInt8], Snapshot)
        case gone
    }

    /// - Throws: 40001 where the transaction keeps its snapshot, or the row is in another table now.
    func find(
        _ outcome: Table.ChangeOutcome, key: UnsafeRawBufferPointer
    ) throws(SQLError) -> Found {
        if run.session.isolation.keepsSnapshot {
            if case .deleted = outcome { throw ConstraintErrors.concurrentDelete }
            throw ConstraintErrors.concurrentUpdate
        }
        let snapshot = laterSnapshot()
        var newest = [UInt8](key)
        var place = outcome
        // The row may have moved on again by now.
        while true {
            switch place {
            case .deleted: return .gone
            case .moved(let target):
                if target.isEmpty { throw ConstraintErrors.movedAway }
                newest = [UInt8](target)
            case .done, .changed, .changedBySelf, .skipped:
                let bytes = try newest.lend { (key) throws(SQLError) in
                    try table.read(key, snapshot)
                }
                guard let bytes else { return .gone }
                return .row(bytes, key: newest, snapshot)
            }
            place = try newest.lend { (key) throws(SQLError) in try table.follow(key, snapshot) }
        }
    }

    /// Sees what this statement has waited for; own changes as the statement does.
    func laterSnapshot() -> Snapshot {
        let transaction = run.transaction
        var snapshot = transaction.snapshot(lastCommit: run.session.lastCommit)
        snapshot.horizon = max(snapshot.horizon, transaction.waitPosition)
        snapshot.command = run.snapshot.command
        return snapshot
    }
}
