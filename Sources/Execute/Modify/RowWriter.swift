internal import Base
internal import Catalog
internal import Engine
internal import Query

/// Writes rows of one table and keeps its indexes: what INSERT, UPDATE, DELETE and COPY have in
/// common. Made once for a running plan.
final class RowWriter {
    let shape: TableShape
    let run: RunState
    let use: UseCounters
    /// The indexes again, for the keys that rows had before.
    private let oldIndexes: [IndexShape]
    let oldKeys: KeyBuffer
    private let table: Table
    private let indexTables: [Table]
    /// By index: of EXCLUDE constraints with other operators than `=`.
    private let exclusions: [ExclusionEntries?]
    /// By index: of deferrable constraints, what is looked at again at the end of the statement.
    let keyCheckers: [KeyChecker?]
    /// The numbers that rows without a primary key got; nil: nobody asks.
    @exclusivity(unchecked) var rowIDs: [UInt64]?
    @exclusivity(unchecked) private var entry = ByteBuffer(capacityBytes: 64)
    /// The engine's, when memory that was written to was let go of last.
    @exclusivity(unchecked) private var viewCount: UInt64 = 0

    init(
        _ relation: Relation, checks: TableChecks, compiler: ExpressionCompiler
    ) throws(SQLError) {
        shape = try TableShape(relation, checks: checks, compiler: compiler)
        run = compiler.run
        use = compiler.run.session.record.use.counters(of: relation.oid)
        let other = try TableShape(relation, checks: checks, compiler: compiler)
        oldIndexes = other.indexes
        oldKeys = other.rowKeys
        table = compiler.run.table(shape.placement)
        let indexTables = shape.indexes.map { compiler.run.table($0.placement) }
        self.indexTables = indexTables
        let (shape, table) = (shape, table)
        var exclusions: [ExclusionEntries?] = []
        for (index, entries) in zip(shape.indexes, indexTables) {
            exclusions.append(try ExclusionEntries.make(index, entries, run: run))
        }
        self.exclusions = exclusions
        keyCheckers = shape.indexes.indices.map { position in
            let index = shape.indexes[position]
            guard !index.definition.isImmediate, !checks.isRebuild,
                let constraint = relation.constraints.first(where: {
                    $0.oid == index.definition.constraint
                })
            else { return nil }
            return KeyChecker(
                constraint,
                KeyConflict(
                    shape: shape, index: index, rows: table, entries: indexTables[position],
                    exclusion: exclusions[position]))
        }
    }

    var rows: Table { table }

    // MARK: Insertion

    /// Where an insertion met a row that has its key.
    struct Conflict {
        /// Nil: the primary key.
        var index: Int?
        /// The key of the row in the way, where it is known.
        var rowKey: [UInt8]
    }

    /// Before each batch: waits for room, and lets go of what was read and written for those before it,
    /// so that memory which has gone to disk meanwhile does not stay as long as the statement.
    func admitBatch() throws(SQLError) {
        try run.engine.admitWrites(run.session.waiter)
        if viewCount != run.engine.viewCount { letGo() }
    }

    @inline(never)
    private func letGo() {
        viewCount = run.engine.viewCount
        table.unpin()
        for table in indexTables { table.unpin() }
    }

    /// Encodes a batch of new rows and its keys.
    func prepare(_ batch: Batch) throws(SQLError) {
        try admitBatch()
        if shape.hasPrimaryKey { shape.encodeKeys(batch.columns, count: batch.count) }
        shape.encoder.encode(batch.columns, count: batch.count)
        for index in shape.indexes { try index.encode(batch) }
    }

    /// Inserts row `row` of the prepared batch.
    /// - Throws: 23505, with the batch's values in its detail.
    func insert(_ row: Int, of batch: Batch) throws(SQLError) {
        if !shape.hasPrimaryKey {
            var id = table.nextRowID().bigEndian
            rowIDs?.append(id)
            try withUnsafeBytes(of: &id) { (key) throws(SQLError) in
                _ = try table.insert(key, row: shape.encoder[row], run.transaction)
                try insertEntries(row, rowKey: key)
            }
            return
        }
        try shape.rowKeys.withKey(row) { (key) throws(SQLError) in
            if case .duplicate = try table.insert(key, row: shape.encoder[row], run.transaction) {
                try checkTaken(table, key)
                throw shape.uniqueViolation(batch, row)
            }
            if !shape.indexes.isEmpty { try insertEntries(row, rowKey: key) }
        }
    }

    /// Inserts the whole prepared batch; `row` is where an error was.
    func insertAll(_ batch: Batch, at row: inout Int) throws(SQLError) {
        guard shape.hasPrimaryKey, shape.indexes.isEmpty else {
            for index in 0..<batch.count {
                row = index
                try insert(index, of: batch)
            }
            return
        }
        let (table, transaction) = (self.table, run.transaction)
        let (keys, encoder) = (shape.rowKeys, shape.encoder)
        for index in 0..<batch.count {
            let isDone = try keys.withKey(index) { (key) throws(SQLError) -> Bool in
                if case .done = try table.insert(key, row: encoder[index], transaction) {
                    return true
                }
                try checkTaken(table, key)
                return false
            }
            if !isDone {
                row = index
                throw shape.uniqueViolation(batch, index)
            }
        }
    }

    /// A serializable transaction that has read that a key is free may find it taken by one that has
    /// read the same: the error is the conflict then.
    func checkTaken(_ table: Table, _ key: UnsafeRawBufferPointer) throws(SQLError) {
        if let reader = run.reader { try reader.checkTaken(table.generation, key) }
    }

    private func insertEntries(_ row: Int, rowKey: UnsafeRawBufferPointer) throws(SQLError) {
        for position in shape.indexes.indices {
            if let existing = try insertEntry(position, row, rowKey: rowKey) {
                try shape.indexes[position].keys.withKey(row) { (key) throws(SQLError) in
                    try checkTaken(indexTables[position], key)
                }
                throw try violation(position, row, existing: existing)
            }
        }
    }

    /// Adds the entry of one index; returns the key of the row that has it already.
    func insertEntry(
        _ position: Int, _ row: Int, rowKey: UnsafeRawBufferPointer
    ) throws(SQLError) -> [UInt8]? {
        let index = shape.indexes[position]
        guard index.includes(row) else { return nil }
        return try index.keys.withKey(row) { (key) throws(SQLError) -> [UInt8]? in
            if let exclusion = exclusions[position] {
                return try insertExclusive(position, exclusion, row, key, rowKey)
            }
            return try insertEntry(position, key, rowKey: rowKey, index.entryKind(row))
        }
    }

    /// The same by the encoded key.
    func insertEntry(
        _ position: Int, _ key: UnsafeRawBufferPointer, rowKey: UnsafeRawBufferPointer,
        _ kind: IndexShape.EntryKind
    ) throws(SQLError) -> [UInt8]? {
        switch kind {
        case .unique:
            switch try indexTables[position].insert(key, row: rowKey, run.transaction) {
            case .done: return nil
            case .duplicate(let found): return [UInt8](found)
            }
        case .shared: return try insertShared(position, key, rowKey)
        case .plain:
            try withEntryKey(key, rowKey) { (entry) throws(SQLError) in
                try indexTables[position].addEntry(entry, value: rowKey, run.transaction)
            }
            return nil
        }
    }

    /// Adds an entry of a key that rows may share until it is checked: now, or by a `KeyChecker`.
    private func insertShared(
        _ position: Int, _ key: UnsafeRawBufferPointer, _ rowKey: UnsafeRawBufferPointer
    ) throws(SQLError) -> [UInt8]? {
        let table = indexTables[position]
        var isDoubtful = false
        try withEntryKey(key, rowKey) { (entry) throws(SQLError) in
            isDoubtful = try table.addSharedEntry(
                entry, prefixCount: key.count, value: rowKey, run.transaction)
        }
        if !isDoubtful { return nil }
        let shared = SharedKey(entry: entry.bytes, prefixCount: key.count)
        if let checker = keyCheckers[position] {
            checker.add(shared)
            return nil
        }
        let found = try shared.entry.lend { (entry) throws(SQLError) in
            try table.sharedEntry(
                with: entry, prefixCount: shared.prefixCount, run.transaction)
        }
        return found.map { [UInt8]($0) }
    }

    /// Adds an entry that may be in the way of others, which is looked at now or by a `KeyChecker`.
    private func insertExclusive(
        _ position: Int, _ exclusion: ExclusionEntries, _ row: Int, _ key: UnsafeRawBufferPointer,
        _ rowKey: UnsafeRawBufferPointer
    ) throws(SQLError) -> [UInt8]? {
        entry.removeAll()
        entry.append(contentsOf: key)
        entry.append(contentsOf: rowKey)
        let added = entry.bytes
        return try added.lend { (bytes) throws(SQLError) in
            try exclusion.add(row, entry: bytes, rowKey: rowKey)
            // A null is beside anything.
            if shape.indexes[position].keys.hasNull(row) { return nil }
            if let checker = keyCheckers[position] {
                checker.add(SharedKey(entry: added, prefixCount: key.count))
                return nil
            }
            return try exclusion.clash(of: bytes, run.session)?.other
        }
    }

    /// Calls `body` with the key of the row that an entry of an index leads to.
    /// - Parameter value: the entry's.
    func withRowKey<Result>(
        _ position: Int, _ value: UnsafeRawBufferPointer,
        _ body: (UnsafeRawBufferPointer) throws(SQLError) -> Result
    ) throws(SQLError) -> Result {
        guard let exclusion = exclusions[position] else { return try body(value) }
        return try exclusion.rowKey(of: value).lend(body)
    }

    /// The error of row `row`, whose key of an index the row with `existing` has.
    func violation(
        _ position: Int, _ row: Int, existing: [UInt8]
    ) throws(SQLError) -> SQLError {
        let index = shape.indexes[position]
        guard index.definition.isExclusion else {
            return index.uniqueViolation(row, table: shape)
        }
        let conflict = KeyConflict(
            shape: shape, index: index, rows: table, entries: indexTables[position],
            exclusion: nil)
        let key = index.keyText(row, table: shape)
        let text = try existing.lend { (bytes) throws(SQLError) in
            try conflict.text(bytes, run.session)
        }
        return index.violation(key, existing: text, table: shape)
    }

    /// Takes back an entry that `insertEntry` has added for the same row.
    func removeEntry(
        _ position: Int, _ row: Int, rowKey: UnsafeRawBufferPointer
    ) throws(SQLError) {
        try remove(shape.indexes[position], indexTables[position], row, rowKey)
    }

    private func remove(
        _ index: IndexShape, _ table: Table, _ row: Int, _ rowKey: UnsafeRawBufferPointer
    ) throws(SQLError) {
        guard index.includes(row) else { return }
        try index.keys.withKey(row) { (key) throws(SQLError) in
            if index.isUniqueEntry(row) {
                try table.removeEntry(key, run.transaction)
            } else {
                try withEntryKey(key, rowKey) { (entry) throws(SQLError) in
                    try table.removeEntry(entry, run.transaction)
                }
            }
        }
    }

    /// The key of an entry that need not be unique: the index's key, then the row's.
    private func withEntryKey(
        _ key: UnsafeRawBufferPointer, _ rowKey: UnsafeRawBufferPointer,
        _ body: (UnsafeRawBufferPointer) throws(SQLError) -> Void
    ) throws(SQLError) {
        entry.removeAll()
        entry.append(contentsOf: key)
        entry.append(contentsOf: rowKey)
        try entry.withBytes(body)
    }

    // MARK: Update and deletion

    /// Encodes the old keys of a batch of rows, as far as `positions` of the indexes need them.
    func prepareOld(_ batch: Batch, indexes positions: [Int]) throws(SQLError) {
        for position in positions { try oldIndexes[position].encode(batch) }
    }

    /// Removes the entries of an old row.
    func removeEntries(_ row: Int, rowKey: UnsafeRawBufferPointer) throws(SQLError) {
        for position in oldIndexes.indices {
            try remove(oldIndexes[position], indexTables[position], row, rowKey)
        }
    }

    /// Brings the entries of `positions` from an old row to its new version.
    func moveEntries(
        _ row: Int, oldKey: UnsafeRawBufferPointer, newKey: UnsafeRawBufferPointer,
        indexes positions: [Int]
    ) throws(SQLError) {
        let keyMoved = compareBytes(oldKey, newKey) != 0
        for position in positions {
            let (before, after) = (oldIndexes[position], shape.indexes[position])
            let isSame =
                !keyMoved && before.includes(row) == after.includes(row)
                && before.keys.withKey(row) { old in
                    after.keys.withKey(row) { new in compareBytes(old, new) == 0 }
                }
            if isSame { continue }
            try remove(before, indexTables[position], row, oldKey)
            if let existing = try insertEntry(position, row, rowKey: newKey) {
                throw try violation(position, row, existing: existing)
            }
        }
    }

    /// True if the row's columns of a unique key differ between the batches prepared as old and
    /// new: what FOR KEY SHARE protects.
    func changesUniqueKey(_ row: Int, indexes positions: [Int]) -> Bool {
        for position in positions where shape.indexes[position].definition.isUnique {
            let isSame = oldIndexes[position].keys.withKey(row) { old in
                shape.indexes[position].keys.withKey(row) { new in compareBytes(old, new) == 0 }
            }
            if !isSame { return true }
        }
        return false
    }
}
