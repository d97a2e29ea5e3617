internal import Base
internal import Catalog
internal import Engine
internal import Query

/// ON CONFLICT: inserts a row, or finds the row in its way and leaves or updates it.
final class ConflictResolver {
    private let run: RunState
    private let writer: RowWriter
    private let primaryArbitrates: Bool
    /// Positions of the secondary indexes that arbitrate.
    private let arbiters: [Int]
    private let others: [Int]
    /// A deferrable constraint among those that arbitrate: if none before it decides, none can.
    private let refused: IndexShape?
    private let updater: RowUpdater?
    private let predicate: ExpressionSet?
    /// DO UPDATE: the existing row, then the proposed one; then, where system columns are read, the
    /// key of the existing one.
    private let both: Batch
    private let readsKeys: Bool
    private let columnCount: Int
    private let all: [Int]
    private let selection = UnsafeMutablePointer<Int32>.allocate(capacity: 1)
    @exclusivity(unchecked) private var rowPointer = [UnsafeRawPointer(bitPattern: 1)!]
    var foreignKeys: ForeignKeyChecker?
    /// RETURNING shows system columns: the key of the row that was inserted or updated last, and what
    /// `xmax` is of it, since DO UPDATE has locked its row first.
    var keepsKeys = false
    private(set) var written: (key: [UInt8], end: Datum)?
    private let keyArena = Arena()

    init(
        _ conflict: BoundInsert.Conflict, writer: RowWriter, plan: PlannedInsert,
        builder: OperatorBuilder
    ) throws(SQLError) {
        run = builder.run
        self.writer = writer
        let relation = plan.insert.table.value
        let named = Set(conflict.indexes)
        primaryArbitrates =
            named.isEmpty || (relation.primaryKey.map { named.contains($0) } ?? false)
        let indexes = writer.shape.indexes
        let candidates = indexes.indices.filter {
            (indexes[$0].definition.isUnique || indexes[$0].definition.isExclusion)
                && (named.isEmpty || named.contains(indexes[$0].relation.oid))
        }
        let refused = candidates.filter { !indexes[$0].definition.isImmediate }
            .min { indexes[$0].relation.oid < indexes[$1].relation.oid }
        self.refused = refused.map { indexes[$0] }
        arbiters = candidates.filter {
            guard let refused else { return true }
            return indexes[$0].relation.oid < indexes[refused].relation.oid
        }
        let arbitrating = Set(arbiters)
        others = indexes.indices.filter { !arbitrating.contains($0) }
        readsKeys = plan.conflictReadsKeys
        both = Batch(
            writer.shape.types + writer.shape.types + (plan.conflictReadsKeys ? [.bytes] : []))
        columnCount = relation.columns.count
        all = Array(relation.columns.indices)
        switch conflict.action {
        case .nothing:
            updater = nil
            predicate = nil
        case .update(let assignments, let condition):
            // A writer of its own: the proposed rows stay prepared in the other one.
            let writer = try RowWriter(relation, checks: plan.checks, compiler: builder.compiler)
            updater = try RowUpdater(
                assignments, writer: writer, checks: plan.checks,
                foreignKeys: try ForeignKeyChecker.make(
                    relation, plan.checks, writer: writer, builder: builder),
                compiler: builder.compiler)
            predicate = try builder.compiler.compileSet(condition)
        }
    }

    deinit { selection.deallocate() }

    func begin() { updater?.foreignKeys?.begin() }

    /// Inserts row `row` of the prepared batch or does what ON CONFLICT says.
    /// - Returns: where the inserted or updated row is; nil if nothing was changed.
    func insert(_ row: Int, of batch: Batch) throws(SQLError) -> (batch: Batch, row: Int)? {
        while true {
            guard let existing = try tryInsert(row, of: batch) else {
                writer.use.inserted.add(1)
                try foreignKeys?.inserted(batch, row: row)
                return (batch, row)
            }
            guard let updater else {
                try checkVisible(existing)
                return nil
            }
            switch try update(existing, row, of: batch, updater) {
            case .updated:
                if keepsKeys { noteUpdated(existing, updater) }
                writer.use.updated.add(1)
                return (updater.new, 0)
            case .left: return nil
            case .retry: continue
            }
        }
    }

    private func noteUpdated(_ key: [UInt8], _ updater: RowUpdater) {
        keyArena.reset()
        let own = run.transaction.requireWriter().rawValue
        written = (
            updater.newKey(0, keyArena)?.bytes ?? key,
            Datum(word: Int64(UInt32(truncatingIfNeeded: own)))
        )
    }

    /// Inserts; or returns the key of the row in the way, with nothing changed.
    private func tryInsert(_ row: Int, of batch: Batch) throws(SQLError) -> [UInt8]? {
        var id = UInt64(0)
        if !writer.shape.hasPrimaryKey { id = writer.rows.nextRowID().bigEndian }
        func insert(_ key: UnsafeRawBufferPointer) throws(SQLError) -> [UInt8]? {
            if keepsKeys { written = ([UInt8](key), Datum(word: 0)) }
            var added: [Int] = []
            func takeBack() throws(SQLError) {
                for position in added { try writer.removeEntry(position, row, rowKey: key) }
            }
            for position in arbiters {
                if let existing = try writer.insertEntry(position, row, rowKey: key) {
                    try takeBack()
                    return existing
                }
                added.append(position)
            }
            if let refused { return try beforeRefused(refused, key) }
            if case .duplicate = try writer.rows.insert(
                key, row: writer.shape.encoder[row], run.transaction)
            {
                guard primaryArbitrates else { throw writer.shape.uniqueViolation(batch, row) }
                try takeBack()
                return [UInt8](key)
            }
            for position in others {
                if let existing = try writer.insertEntry(position, row, rowKey: key) {
                    throw try writer.violation(position, row, existing: existing)
                }
            }
            return nil
        }
        if writer.shape.hasPrimaryKey {
            return try writer.shape.rowKeys.withKey(row) { (key) throws(SQLError) in
                try insert(key)
            }
        }
        return try withUnsafeBytes(of: &id) { (key) throws(SQLError) in try insert(key) }
    }

    /// The row in the way by a primary key that arbitrates before the deferrable constraint.
    private func beforeRefused(
        _ refused: IndexShape, _ key: UnsafeRawBufferPointer
    ) throws(SQLError) -> [UInt8] {
        let shape = writer.shape
        if shape.hasPrimaryKey, primaryArbitrates,
            let primary = shape.relation.primaryKey, primary < refused.relation.oid,
            try writer.rows.read(key, run.session.newestSnapshot()) != nil
        {
            return [UInt8](key)
        }
        throw ConstraintErrors.deferrableArbiter(
            shape.relation, schema: shape.schemaName, constraint: refused.relation.name)
    }

    /// DO NOTHING in a transaction that keeps its snapshot: a row that it cannot see is a conflict
    /// with a later transaction.
    private func checkVisible(_ key: [UInt8]) throws(SQLError) {
        // That the row is there is what such a transaction goes by.
        if let reader = run.reader {
            try key.lend { (key) throws(SQLError) in try writer.rows.noteRead(key, by: reader) }
        }
        guard run.session.isolation.keepsSnapshot else { return }
        var own = run.snapshot
        own.command = .max
        own.writer = run.transaction.writer
        let isVisible = try key.lend { (key) throws(SQLError) in
            try writer.rows.read(key, own) != nil
        }
        if !isVisible { throw ConstraintErrors.concurrentUpdate }
    }

    private enum Outcome {
        case updated
        /// The row is there and DO UPDATE's WHERE does not hold.
        case left
        /// It has gone meanwhile.
        case retry
    }

    private func update(
        _ key: [UInt8], _ row: Int, of batch: Batch, _ updater: RowUpdater
    ) throws(SQLError) -> Outcome {
        // Own changes by this command are not to be changed again, everything else is.
        var newest = run.session.newestSnapshot()
        let keepsSnapshot = run.session.isolation.keepsSnapshot
        if keepsSnapshot {
            try checkVisible(key)
            newest.horizon = run.snapshot.horizon
        }
        newest.command = run.snapshot.command
        let table = writer.rows
        let locked = try key.lend { (bytes) throws(SQLError) in
            try table.lock(
                bytes, .noKeyUpdate, snapshot: newest, policy: .wait, run.transaction)
        }
        switch locked {
        case .done: break
        case .changedBySelf: throw ConstraintErrors.conflictUpdatesTwice
        case .deleted where keepsSnapshot:
            let isTaken = try key.lend { (key) throws(SQLError) in
                try table.read(key, run.session.newestSnapshot()) != nil
            }
            throw isTaken ? ConstraintErrors.concurrentUpdate : ConstraintErrors.concurrentDelete
        case .changed where keepsSnapshot, .moved where keepsSnapshot:
            throw ConstraintErrors.concurrentUpdate
        case .changed, .deleted, .moved, .skipped: return .retry
        }
        newest.writer = run.transaction.writer
        let found = try key.lend { (key) throws(SQLError) in try table.read(key, newest) }
        guard let bytes = found else { return .retry }
        rowPointer[0] = bytes.baseAddress!
        writer.shape.decoder.decode(all, of: rowPointer, count: 1, into: both.columns)
        selection[0] = Int32(row)
        for column in 0..<columnCount {
            both.columns[columnCount + column].assign(
                from: batch.columns[column], rows: selection, count: 1)
        }
        both.count = 1
        if readsKeys {
            keyArena.reset()
            both.columns[2 * columnCount].hasNulls = false
            both.columns[2 * columnCount].views[0] = ByteView(copying: key, into: keyArena)
            run.goOn(by: newest)
        }
        if let predicate {
            let value = try predicate.evaluateOne(both)
            if value.isNull(0) || value.words[0] == 0 { return .left }
        }
        if let violation = try updater.prepare(both) { throw violation.error }
        let outcome = try key.lend { (bytes) throws(SQLError) in
            try updater.apply(0, old: both, key: bytes, snapshot: newest)
        }
        switch outcome {
        case .done: return .updated
        case .changedBySelf: throw ConstraintErrors.conflictUpdatesTwice
        case .changed, .deleted, .moved, .skipped: return .retry
        }
    }
}
