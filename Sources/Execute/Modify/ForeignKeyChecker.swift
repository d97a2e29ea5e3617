internal import Base
internal import Types
internal import Catalog
internal import Engine
internal import Query

/// A check that waits for commit, or for SET CONSTRAINTS … IMMEDIATE.
struct DeferredCheck {
    var constraint: OID
    /// The table that was changed.
    var table: OID
    var run: () throws(SQLError) -> Void
}

/// The foreign keys of a table that a statement changes: those that its rows must satisfy, and those
/// of other tables that refer to its rows; and its deferrable keys.
///
/// References are checked batch by batch, and what is missing again at the end of the statement,
/// when rows may refer to others that the statement has inserted. What happens to rows that refer to
/// changed ones happens at the end of the statement.
final class ForeignKeyChecker {
    private let references: [ReferenceCheck]
    private let referenced: [ReferencedCheck]
    private let keys: [KeyChecker]
    private let run: RunState

    private init(
        references: [ReferenceCheck], referenced: [ReferencedCheck], keys: [KeyChecker],
        run: RunState
    ) {
        self.references = references
        self.referenced = referenced
        self.keys = keys
        self.run = run
    }

    /// Nil if the table has no part in any foreign key, and no deferrable one.
    static func make(
        _ relation: Relation, _ checks: TableChecks, writer: RowWriter, builder: OperatorBuilder
    ) throws(SQLError) -> ForeignKeyChecker? {
        let keys = writer.keyCheckers.compactMap { $0 }
        if checks.foreignKeys.isEmpty, checks.referencedBy.isEmpty, keys.isEmpty { return nil }
        var references: [ReferenceCheck] = []
        for check in checks.foreignKeys {
            references.append(try ReferenceCheck(check, shape: writer.shape))
        }
        var referenced: [ReferencedCheck] = []
        for check in checks.referencedBy {
            referenced.append(try ReferencedCheck(check, shape: writer.shape))
        }
        let checker = ForeignKeyChecker(
            references: references, referenced: referenced, keys: keys, run: builder.run)
        builder.run.foreignKeys.append(checker)
        return checker
    }

    func begin() {
        for check in references { check.begin() }
        for check in referenced { check.begin() }
        for check in keys { check.begin() }
    }

    /// Checks the references of inserted rows: all of a batch, or one.
    func inserted(_ batch: Batch, row: Int? = nil) throws(SQLError) {
        for check in references { try check.check(batch, row: row) }
    }

    func updated(_ row: Int, old: Batch, new: Batch) throws(SQLError) {
        for check in references where check.differs(row, old, new) {
            try check.check(new, row: row)
        }
        for check in referenced where check.differs(row, old, new) {
            try check.add(row, old: old, new: new)
        }
    }

    /// The row goes to another partition, where its own references are checked.
    func moved(_ row: Int, old: Batch, new: Batch) throws(SQLError) {
        for check in referenced where check.differs(row, old, new) {
            try check.add(row, old: old, new: new)
        }
    }

    func deleted(_ row: Int, old: Batch) throws(SQLError) {
        for check in referenced { try check.add(row, old: old, new: nil) }
    }

    /// The end of the statement.
    func finish() throws(SQLError) {
        for check in keys { try check.finish(run.session) }
        for check in references { try check.finish() }
        var actions: [ReferentialAction.Pending] = []
        for check in referenced { actions += check.takePending() }
        if actions.isEmpty { return }
        try run.session.runReferentialActions(actions)
    }
}

/// One foreign key of the changed table: its new rows must find the row that they refer to.
private final class ReferenceCheck {
    private let check: ForeignKeyCheck
    private let key: ForeignKeyColumns
    private let shape: TableShape
    private let run: RunState
    private let rows: Table
    /// The unique index of the referenced table; nil: its primary key, whose entry is the row.
    private let index: Table?
    private let keys: KeyBuffer
    /// Keys that were found and locked in this statement.
    private let known = KeyTable()
    private static let knownMax = 1 << 16
    @exclusivity(unchecked) private var missing:
        [(key: [UInt8], rowKey: [UInt8], error: SQLError)] = []
    private let oldKeys: KeyBuffer
    private let newKeys: KeyBuffer
    private let selection = UnsafeMutablePointer<Int32>.allocate(capacity: 1)
    private lazy var single = Batch(shape.types)

    init(_ check: ForeignKeyCheck, shape: TableShape) throws(SQLError) {
        self.check = check
        self.shape = shape
        run = shape.run
        key = try ForeignKeyColumns(check)
        guard let placement = check.referenced.placement else {
            throw SQLError(.internalError, "table \"\(check.referenced.name)\" has no storage")
        }
        rows = shape.run.table(placement)
        index = check.referencedIndex.placement.map { shape.run.table($0) }
        keys = KeyBuffer(key.indexColumns)
        let equality = key.referencing.map {
            KeyColumn(type: shape.relation.columns[$0].type, forEquality: true)
        }
        oldKeys = KeyBuffer(equality)
        newKeys = KeyBuffer(equality)
    }
    deinit { selection.deallocate() }

    func begin() {
        known.removeAll()
        missing.removeAll()
    }

    /// True if the row's reference is not what it was.
    func differs(_ row: Int, _ old: Batch, _ new: Batch) -> Bool {
        rowsDiffer(row, old, new, columns: key.referencing, oldKeys, newKeys)
    }

    func check(_ batch: Batch, row: Int?) throws(SQLError) {
        if let row {
            selection[0] = Int32(row)
            for column in key.referencing {
                single.columns[column].assign(
                    from: batch.columns[column], rows: selection, count: 1)
            }
            single.count = 1
            keys.encode(key.ordered.map { single.columns[$0] }, count: 1)
            try checkRow(0, in: batch, at: row)
            return
        }
        keys.encode(key.ordered.map { batch.columns[$0] }, count: batch.count)
        for row in 0..<batch.count { try checkRow(row, in: batch, at: row) }
    }

    private func checkRow(_ encoded: Int, in batch: Batch, at row: Int) throws(SQLError) {
        if keys.hasNull(encoded) {
            guard case .foreignKey(let foreign) = check.constraint.kind, foreign.matchFull,
                !key.referencing.allSatisfy({ batch.columns[$0].isNull(row) })
            else { return }
            throw ConstraintErrors.mixedNulls(
                shape.relation, schema: shape.schemaName, constraint: check.constraint.name)
        }
        let isPresent = try keys.withKey(encoded) { (bytes) throws(SQLError) -> Bool in
            if known.find(bytes) != nil { return true }
            guard try exists(bytes) else { return false }
            if known.count >= ReferenceCheck.knownMax { known.removeAll() }
            _ = known.insert(bytes)
            return true
        }
        if isPresent { return }
        missing.append(
            (
                keys.withKey(encoded) { [UInt8]($0) }, rowKey(batch, row),
                ConstraintErrors.missingReference(
                    shape.relation, schema: shape.schemaName, constraint: check.constraint.name,
                    key: shape.keyText(batch, row, columns: key.referencing),
                    referenced: check.referenced.value)
            ))
    }

    /// The key of the referring row itself, for checks at commit; empty without a primary key.
    private func rowKey(_ batch: Batch, _ row: Int) -> [UInt8] {
        guard shape.hasPrimaryKey else { return [] }
        var buffer = ByteBuffer()
        for column in shape.primaryKeyColumns {
            KeyColumnEncoder(KeyColumn(type: shape.relation.columns[column].type))
                .append(batch.columns[column][row], to: &buffer)
        }
        return buffer.bytes
    }

    /// Finds the newest row with the key and locks it FOR KEY SHARE.
    private func exists(_ bytes: UnsafeRawBufferPointer) throws(SQLError) -> Bool {
        try lockReferenced(bytes, rows: rows, index: index, session: run.session)
    }

    func finish() throws(SQLError) {
        if missing.isEmpty { return }
        let session = run.session
        let isDeferred = session.isDeferred(check.constraint)
        let (rows, index) = (rows, index)
        let own = run.table(shape.placement)
        for (key, rowKey, error) in missing {
            if isDeferred {
                session.deferredChecks.append(
                    DeferredCheck(
                        constraint: check.constraint.oid, table: check.referencing.oid
                    ) { [unowned session] () throws(SQLError) in
                        let isPresent = try key.lend { (bytes) throws(SQLError) in
                            try lockReferenced(bytes, rows: rows, index: index, session: session)
                        }
                        if !isPresent, !isGone(rowKey, own, session) { throw error }
                    })
                continue
            }
            let isPresent = try key.lend { (bytes) throws(SQLError) in
                try exists(bytes)
            }
            if !isPresent, !isGone(rowKey, own, session) { throw error }
        }
        missing.removeAll()
    }
}

/// True if the referring row, as far as its key is known, has gone meanwhile.
private func isGone(_ rowKey: [UInt8], _ table: Table, _ session: SessionState) -> Bool {
    if rowKey.isEmpty { return false }
    let newest = session.newestSnapshot()
    return rowKey.withUnsafeBytes { table.read($0, newest) } == nil
}

/// Finds the newest row with a unique key and locks it FOR KEY SHARE; false if there is none.
private func lockReferenced(
    _ key: UnsafeRawBufferPointer, rows: Table, index: Table?, session: SessionState
) throws(SQLError) -> Bool {
    guard let transaction = session.transaction else { return false }
    let newest = session.newestSnapshot()
    var rowKey = key
    if let index {
        guard let found = index.read(key, newest) else { return false }
        rowKey = found
    }
    let outcome = try rows.lock(
        rowKey, .keyShare, snapshot: newest, policy: .wait, transaction)
    if case .done = outcome { return true }
    return false
}

/// True if a row's values in some columns are not the same in two batches.
private func rowsDiffer(
    _ row: Int, _ old: Batch, _ new: Batch, columns: [Int], _ oldKeys: KeyBuffer,
    _ newKeys: KeyBuffer
) -> Bool {
    for column in columns {
        let (before, after) = (old.columns[column][row], new.columns[column][row])
        if before.isNull != after.isNull { return true }
        if before.isNull { continue }
        if new.columns[column].physicalType == .word {
            if before.word != after.word { return true }
        } else if !(before.view == after.view) {
            return true
        }
    }
    return false
}

/// The columns of a foreign key, on both sides, in the order of the referenced index.
struct ForeignKeyColumns {
    /// Of the referencing table, in the constraint's order.
    let referencing: [Int]
    /// Of the referenced table, in the constraint's order.
    let referenced: [Int]
    /// Of the referencing table, in the order of the index.
    let ordered: [Int]
    let indexColumns: [KeyColumn]

    init(_ check: ForeignKeyCheck) throws(SQLError) {
        guard case .foreignKey(let foreign) = check.constraint.kind,
            let definition = check.referencedIndex.index
        else { throw SQLError(.internalError, "a foreign key has a unique index") }
        referencing = check.constraint.columns
        referenced = foreign.columns
        var ordered: [Int] = []
        for key in definition.keys {
            guard let position = foreign.columns.firstIndex(where: { $0 == key.column }) else {
                throw SQLError(.internalError, "a foreign key refers to all keys of its index")
            }
            ordered.append(check.constraint.columns[position])
        }
        self.ordered = ordered
        indexColumns = definition.keys.map {
            KeyColumn(type: $0.type, descending: $0.descending, nullsFirst: $0.nullsFirst)
        }
    }
}

/// A foreign key of another table (or this one) that refers to the changed table.
private final class ReferencedCheck {
    private let check: ForeignKeyCheck
    private let key: ForeignKeyColumns
    private let shape: TableShape
    private let action: ReferentialAction
    @exclusivity(unchecked) private var pending: [ReferentialAction.Pending] = []
    private let arena = Arena()

    init(_ check: ForeignKeyCheck, shape: TableShape) throws(SQLError) {
        self.check = check
        self.shape = shape
        key = try ForeignKeyColumns(check)
        action = try ReferentialAction(check, key: key, session: shape.run.session)
    }

    func begin() { pending.removeAll() }

    func differs(_ row: Int, _ old: Batch, _ new: Batch) -> Bool {
        for column in key.referenced {
            let (before, after) = (old.columns[column][row], new.columns[column][row])
            if before.isNull != after.isNull { return true }
            if before.isNull { continue }
            let order = ValueOrder(shape.relation.columns[column].type.oid)
            if order.compare(before, after) != 0 { return true }
        }
        return false
    }

    /// Notes that the row has lost its key: deleted, or updated to `new`.
    func add(_ row: Int, old: Batch, new: Batch?) throws(SQLError) {
        if key.referenced.contains(where: { old.columns[$0].isNull(row) }) { return }
        func values(_ batch: Batch) -> [Datum] {
            key.referenced.map { column in
                let value = batch.columns[column][row]
                return !value.isNull && batch.columns[column].physicalType == .bytes
                    ? Datum(view: value.view.copied(into: arena)) : value
            }
        }
        pending.append(
            ReferentialAction.Pending(
                action: action, arena: arena, old: values(old), new: new.map { values($0) },
                keyText: shape.keyText(old, row, columns: key.referenced)))
    }

    func takePending() -> [ReferentialAction.Pending] {
        defer { pending = [] }
        return pending
    }
}
