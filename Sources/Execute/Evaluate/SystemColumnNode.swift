internal import Base
internal import Catalog
internal import Engine
internal import Query
internal import Types

/// A system column of rows whose tables and keys are known: `ctid` is made of the key, the others of
/// the row's version, which is looked up again.
final class SystemColumnNode: ExpressionNode {
    private let column: SystemColumn
    private let table: ExpressionNode
    private let key: ExpressionNode
    private let isWritten: Bool
    private let run: RunState
    private let result = Vector(.word)
    /// The table of the row before.
    @exclusivity(unchecked) private var known: (oid: OID, source: Source)?

    private struct Source {
        var rows: Table
        var keys: Keys
    }

    /// What keys of rows are.
    private enum Keys {
        /// Numbers that the table gives them itself.
        case rowID
        /// One column of integers.
        case integer
        case other
    }

    init(
        _ column: SystemColumn, table: ExpressionNode, key: ExpressionNode, isWritten: Bool,
        run: RunState
    ) {
        self.column = column
        self.table = table
        self.key = key
        self.isWritten = isWritten
        self.run = run
    }

    override func collectSlots(_ slots: inout Set<Int>) {
        table.collectSlots(&slots)
        key.collectSlots(&slots)
    }

    override func evaluate(_ input: Batch) throws(SQLError) -> Vector {
        let tables = try table.evaluate(input)
        let keys = try key.evaluate(input)
        let snapshot = isWritten ? writtenSnapshot : run.rowSnapshot
        result.hasNulls = false
        if keys.hasNulls { result.beginNullable() }
        for row in 0..<input.count {
            if keys.isNull(row) {
                result.set(row, .null)
                continue
            }
            let source = try self.source(tables[row].oid)
            let word = try keys.views[row].withBytes { (key) throws(SQLError) in
                try value(key, source, snapshot)
            }
            result.set(row, Datum(word: word))
        }
        return result
    }

    /// Sees what the statement has written.
    private var writtenSnapshot: Snapshot {
        var snapshot = run.snapshot
        snapshot.writer = run.transaction.writer
        snapshot.command = .max
        return snapshot
    }

    private func source(_ oid: OID) throws(SQLError) -> Source {
        if let known, known.oid == oid { return known.source }
        let catalog = run.session.catalog.snapshot
        guard let relation = catalog.relation(oid), let placement = relation.placement else {
            throw SQLError(.internalError, "a row is from a table")
        }
        var keys = Keys.rowID
        if let primary = relation.primaryKey.flatMap({ catalog.relation($0)?.index }) {
            let type = primary.keys.count == 1 ? primary.keys[0].type.oid : .invalid
            keys = [.int2, .int4, .int8].contains(type) ? .integer : .other
        }
        let source = Source(rows: run.table(placement), keys: keys)
        known = (oid, source)
        return source
    }

    private func value(
        _ key: UnsafeRawBufferPointer, _ source: Source, _ snapshot: Snapshot
    ) throws(SQLError) -> Int64 {
        if column == .ctid { return place(key, source).word }
        // A row that the snapshot does not see has been written since by another transaction.
        var found = try source.rows.origin(key, snapshot)
        if found == nil { found = try source.rows.origin(key, newest) }
        guard let origin = found else { return 0 }
        switch column {
        case .xmin: return Int64(origin.writer)
        case .xmax: return Int64(origin.successor ?? 0)
        case .cmin: return SystemColumnNode.number(origin.command ?? origin.successorCommand)
        case .cmax: return SystemColumnNode.number(origin.successorCommand ?? origin.command)
        case .ctid: return 0
        }
    }

    private var newest: Snapshot {
        var snapshot = run.session.newestSnapshot()
        snapshot.command = .max
        return snapshot
    }

    /// Commands count from 1, and from 0 for those who look; none is 0 as well.
    private static func number(_ command: UInt32?) -> Int64 {
        command.map { max(Int64($0) - 1, 0) } ?? 0
    }

    private func place(_ key: UnsafeRawBufferPointer, _ source: Source) -> RowPlace {
        let number: Int64? =
            switch source.keys {
            case .rowID: Int64(exactly: SystemColumnNode.word(key))
            case .integer: SystemColumnNode.integer(key)
            case .other: nil
            }
        return number.flatMap { RowPlace(row: $0) }
            ?? RowPlace(counted: source.rows.number(of: key))
    }

    /// Behind the byte that says that it is not null, with the sign bit inverted.
    private static func integer(_ key: UnsafeRawBufferPointer) -> Int64 {
        let word = word(UnsafeRawBufferPointer(rebasing: key.dropFirst()))
        return Int64(bitPattern: word &- 1 << UInt64(8 * (key.count - 1) - 1))
    }

    private static func word(_ bytes: UnsafeRawBufferPointer) -> UInt64 {
        bytes.reduce(0) { $0 << 8 | UInt64($1) }
    }
}
