internal import Base
internal import Catalog
internal import Engine
internal import Query
internal import Types

/// One foreign key of the changed table: its new rows must find the row that they refer to.
final class ReferenceCheck {
    private let check: ForeignKeyCheck
    private let key: ForeignKeyColumns
    private let shape: TableShape
    private let run: RunState
    private let referenced: ReferencedKeys
    private let onlyPlace: ReferencedKeys.Place?
    private let keys: KeyBuffer
    /// The key in the constraint's order; nil: the referring columns are of its types.
    private let values: ExpressionSet?
    /// Keys that were found and locked in this statement, or will be looked for at commit.
    private let known = KeyTable()
    private static let knownMax = 1 << 16
    private struct Missing {
        var place: ReferencedKeys.Place?
        var key: [UInt8]
        /// The key of the referring row, and the values by which it refers.
        var rowKey: [UInt8]
        var values: [Datum]
        var error: SQLError
    }
    @exclusivity(unchecked) private var missing: [Missing] = []
    /// The whole check waits for commit.
    @exclusivity(unchecked) private var isDeferred = false
    /// Of values of `missing`; another one once checks wait for commit with them.
    @exclusivity(unchecked) private var arena = Arena()
    private let selection = UnsafeMutablePointer<Int32>.allocate(capacity: 1)
    private lazy var single = Batch(shape.types)

    /// The columns that refer.
    var columns: [Int] { key.referencing }

    init(
        _ check: ForeignKeyCheck, shape: TableShape, compiler: ExpressionCompiler
    ) throws(SQLError) {
        self.check = check
        self.shape = shape
        run = shape.run
        key = try ForeignKeyColumns(check)
        referenced = try ReferencedKeys(check.target, session: shape.run.session)
        onlyPlace = referenced.onlyPlace
        keys = KeyBuffer(key.indexColumns)
        values = try check.values.map { e throws(SQLError) in try compiler.compileSet(e) }
    }
    deinit { selection.deallocate() }

    func begin() {
        known.removeAll()
        missing.removeAll()
        isDeferred = run.session.isDeferred(check.constraint)
    }

    /// True if the row's reference is not what it was.
    func differs(_ row: Int, _ old: Batch, _ new: Batch) -> Bool {
        for column in key.referencing {
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

    func check(_ batch: Batch, row: Int?) throws(SQLError) {
        if let row {
            selection[0] = Int32(row)
            for column in key.referencing {
                single.columns[column].assign(
                    from: batch.columns[column], rows: selection, count: 1)
            }
            single.count = 1
            try encode(single)
            try checkRow(0, of: single, in: batch, at: row)
            return
        }
        try encode(batch)
        for row in 0..<batch.count { try checkRow(row, of: batch, in: batch, at: row) }
    }

    private func encode(_ batch: Batch) throws(SQLError) {
        guard let values else {
            return keys.encode(batch.columns, columns: key.ordered, count: batch.count)
        }
        try values.evaluateAll(batch)
        keys.encode(values.results, columns: key.order, count: batch.count)
    }

    /// The partition that row `encoded` of the batch encoded last refers to a row of.
    private func place(_ encoded: Int, of source: Batch) -> ReferencedKeys.Place? {
        referenced.place(key(encoded, of: source))
    }

    /// The key's values, in the constraint's order.
    private func key(_ encoded: Int, of source: Batch) -> [Datum] {
        values?.results.map { $0[encoded] } ?? key.referencing.map { source.columns[$0][encoded] }
    }

    private func keptKey(_ encoded: Int, of source: Batch) -> [Datum] {
        zip(key(encoded, of: source), key.referenced).map { value, column in
            let isBytes = check.referenced.value.columns[column].type.physical == .bytes
            return isBytes ? Datum(view: value.view.copied(into: arena)) : value
        }
    }

    private func checkRow(
        _ encoded: Int, of source: Batch, in batch: Batch, at row: Int
    ) throws(SQLError) {
        if keys.hasNull(encoded) {
            guard case .foreignKey(let foreign) = check.constraint.kind, foreign.matchFull,
                !key.referencing.allSatisfy({ batch.columns[$0].isNull(row) })
            else { return }
            throw ConstraintErrors.mixedNulls(
                shape.relation, schema: shape.schemaName, constraint: check.constraint.name)
        }
        var place = onlyPlace
        let isPresent = try keys.withKey(encoded) { (bytes) throws(SQLError) -> Bool in
            if known.find(bytes) != nil { return true }
            if place == nil { place = self.place(encoded, of: source) }
            var isPresent = false
            if let place, !isDeferred { isPresent = try lock(place, bytes) }
            if isPresent || isDeferred {
                if known.count >= ReferenceCheck.knownMax { known.removeAll() }
                _ = known.insert(bytes)
            }
            return isPresent
        }
        if isPresent { return }
        missing.append(
            Missing(
                place: place, key: keys.withKey(encoded) { [UInt8]($0) },
                rowKey: rowKey(batch, row), values: isDeferred ? keptKey(encoded, of: source) : [],
                error: ConstraintErrors.missingReference(
                    shape.relation, schema: shape.schemaName, constraint: check.constraint.name,
                    key: run.mayRead(key.referencing, of: shape.relation)
                        ? shape.keyText(batch, row, columns: key.referencing) : nil,
                    referenced: check.referenced.value)
            ))
    }

    /// A transaction that keeps its snapshot refers to rows that are in it; but those of partitions are
    /// looked for as they are now.
    private func lock(
        _ place: ReferencedKeys.Place, _ key: UnsafeRawBufferPointer
    ) throws(SQLError) -> Bool {
        guard run.session.isolation.keepsSnapshot, onlyPlace != nil else {
            return try place.lock(key, run.session)
        }
        do throws(SQLError) {
            return try place.lock(key, run.session, horizon: run.snapshot.horizon)
        } catch {
            throw error.context("SQL statement \"\(searchText)\"")
        }
    }

    /// The check as PostgreSQL's own statement.
    private var searchText: String {
        let table = check.referenced.value
        let schema = run.session.catalog.snapshot.namespace(table.namespace)?.name ?? ""
        let conditions = key.referenced.enumerated().map { position, column in
            "\(ReferentialAction.quoted(table.columns[column].name)) OPERATOR(pg_catalog.=) "
                + "$\(position + 1)"
        }
        return "SELECT 1 FROM ONLY \(ReferentialAction.quoted(schema))."
            + "\(ReferentialAction.quoted(table.name)) x WHERE "
            + conditions.joined(separator: " AND ") + " FOR KEY SHARE OF x"
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

    /// The end of the statement.
    func finish() throws(SQLError) {
        if missing.isEmpty { return }
        let session = run.session
        let isDeferred = session.isDeferred(check.constraint)
        // Rows that the statement itself has added are there by now.
        let horizon =
            session.isolation.keepsSnapshot && onlyPlace != nil ? run.snapshot.horizon : nil
        let own = run.table(shape.placement)
        let version = session.catalog.version
        let constraint = self.check.constraint.oid
        let referencing = self.check.referencing.oid
        let arena = self.arena
        let action =
            isDeferred ? try ReferentialAction(self.check, key: key, session: session) : nil
        for row in missing {
            let check = { [unowned session] () throws(SQLError) in
                var place = row.place
                if let relation = place?.relation, session.catalog.version != version {
                    place = try session.referencedPlace(relation, of: constraint, on: referencing)
                }
                let isPresent = try row.key.lend { (bytes) throws(SQLError) in
                    try place?.lock(bytes, session, horizon: horizon) ?? false
                }
                if isPresent { return }
                guard let action else {
                    if try !isGone(row.rowKey, own, session) { throw row.error }
                    return
                }
                // The row may have gone since, or refer to another one.
                let isReferred = try withExtendedLifetime(arena) { () throws(SQLError) in
                    try action.isReferred(row.values)
                }
                if isReferred { throw row.error }
            }
            if isDeferred {
                session.deferredChecks.append(
                    DeferredCheck(
                        constraint: constraint, table: shape.relation.oid, run: check))
            } else {
                try check()
            }
        }
        missing.removeAll()
        if isDeferred { self.arena = Arena() }
    }
}

/// True if the referring row, as far as its key is known, has gone meanwhile.
private func isGone(
    _ rowKey: [UInt8], _ table: Table, _ session: SessionState
) throws(SQLError) -> Bool {
    if rowKey.isEmpty { return false }
    let newest = session.newestSnapshot()
    return try rowKey.lend { (key) throws(SQLError) in try table.read(key, newest) == nil }
}

extension SessionState {
    /// Where the rows of a referenced table are, after the catalog has changed.
    fileprivate func referencedPlace(
        _ relation: OID, of constraint: OID, on table: OID
    ) throws(SQLError) -> ReferencedKeys.Place? {
        guard let referencing = catalog.snapshot.relation(table),
            let check = try tableChecks(referencing).checks.foreignKeys.first(where: {
                $0.constraint.oid == constraint
            })
        else { return nil }
        return try ReferencedKeys(check.target, session: self).place(of: relation)
    }
}

/// The columns of a foreign key, on both sides, in the order of the referenced index.
struct ForeignKeyColumns {
    /// Of the referencing table, in the constraint's order.
    let referencing: [Int]
    /// Of the referenced table, in the constraint's order.
    let referenced: [Int]
    /// For each key of the index its place in the constraint's order, and the referencing column.
    let order: [Int]
    let ordered: [Int]
    let indexColumns: [KeyColumn]

    init(_ check: ForeignKeyCheck) throws(SQLError) {
        guard case .foreignKey(let foreign) = check.constraint.kind,
            let definition = check.referencedIndex.index
        else { throw SQLError(.internalError, "a foreign key has a unique index") }
        referencing = check.constraint.columns
        referenced = foreign.columns
        var order: [Int] = []
        for key in definition.keys {
            guard let position = foreign.columns.firstIndex(where: { $0 == key.column }) else {
                throw SQLError(.internalError, "a foreign key refers to all keys of its index")
            }
            order.append(position)
        }
        self.order = order
        ordered = order.map { check.constraint.columns[$0] }
        indexColumns = definition.keys.map {
            KeyColumn(type: $0.type, descending: $0.descending, nullsFirst: $0.nullsFirst)
        }
    }
}

/// A foreign key of another table (or this one) that refers to the changed table.
final class ReferencedCheck {
    private let check: ForeignKeyCheck
    private let key: ForeignKeyColumns
    private let run: RunState
    private let action: ReferentialAction
    /// The columns of the batches' rows, in the constraint's order.
    let columns: [Int]
    private let orders: [ValueOrder]
    @exclusivity(unchecked) private var pending: [ReferentialAction.Pending] = []
    private let arena = Arena()

    /// - Parameter columns: for each column of the referenced table that of the batches' rows.
    init(_ check: ForeignKeyCheck, columns: [Int], run: RunState) throws(SQLError) {
        self.check = check
        self.run = run
        key = try ForeignKeyColumns(check)
        self.columns = key.referenced.map { columns[$0] }
        orders = key.referenced.map { ValueOrder(check.referenced.value.columns[$0].type.oid) }
        action = try ReferentialAction(check, key: key, session: run.session)
    }

    /// The foreign key refers to a table above, of which the changed one is a partition.
    var isPart: Bool { check.constraint.parent != nil }

    func begin() { pending.removeAll() }

    func differs(_ row: Int, _ old: Batch, _ new: Batch) -> Bool {
        for (column, order) in zip(columns, orders) {
            let (before, after) = (old.columns[column][row], new.columns[column][row])
            if before.isNull != after.isNull { return true }
            if before.isNull { continue }
            if order.compare(before, after) != 0 { return true }
        }
        return false
    }

    /// Notes that the row has lost its key: deleted, or updated to `new`.
    func add(_ row: Int, old: Batch, new: Batch?) throws(SQLError) {
        if columns.contains(where: { old.columns[$0].isNull(row) }) { return }
        func values(_ batch: Batch) -> [Datum] {
            columns.map { column in
                let value = batch.columns[column][row]
                return !value.isNull && batch.columns[column].physicalType == .bytes
                    ? Datum(view: value.view.copied(into: arena)) : value
            }
        }
        let old = values(old)
        pending.append(
            ReferentialAction.Pending(
                action: action, arena: arena, old: old, new: new.map { values($0) },
                keyText: keyText(old)))
    }

    private func keyText(_ values: [Datum]) -> String {
        let relation = check.referenced.value
        let names = key.referenced.map { relation.columns[$0].name }
        let texts = zip(values, key.referenced).map {
            run.keyText($0, relation.columns[$1].type.oid)
        }
        return "(\(names.joined(separator: ", ")))=(\(texts.joined(separator: ", ")))"
    }

    var hasPending: Bool { !pending.isEmpty }

    func takePending() -> [ReferentialAction.Pending] {
        defer { pending = [] }
        return pending
    }
}
