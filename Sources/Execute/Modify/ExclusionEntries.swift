internal import Base
internal import Catalog
internal import Engine
internal import Functions
internal import Query
internal import Types

/// The entries of an EXCLUDE constraint whose operators are not all `=`, as in
/// `EXCLUDE USING gist (room WITH =, during WITH &&)`.
///
/// An entry's key is that of an index which is not unique; its value is a row of the keys' values and
/// the row's key, so that entries are compared without their rows, which others may be writing:
///
///     | during | row key |      in the form of a table's row
///
/// A new entry is compared with all others, whose number the cost of an insertion grows with.
final class ExclusionEntries {
    private let run: RunState
    private let index: IndexShape
    private let table: Table
    private let encoder: RowEncoder
    private let decoder: RowDecoder
    private let columns: [Int]
    /// What no two rows may satisfy, key by key.
    private let operators: [FunctionCall]
    /// The entry at hand, and the one that it is compared with: values and row key.
    private let own: Batch
    private let other: Batch
    private let selection = UnsafeMutablePointer<Int32>.allocate(capacity: 1)
    private let arena = Arena()

    /// Nil: the constraint's operators are all `=`, or it is none.
    static func make(
        _ index: IndexShape, _ table: Table, run: RunState
    ) throws(SQLError) -> ExclusionEntries? {
        index.definition.excludesByOperator
            ? try ExclusionEntries(index, table, run: run) : nil
    }

    private init(_ index: IndexShape, _ table: Table, run: RunState) throws(SQLError) {
        self.run = run
        self.index = index
        self.table = table
        let keys = index.definition.keys
        let layout = RowLayout(
            storages: keys.map { RowLayout.storage(of: $0.type) } + [.variable])
        encoder = RowEncoder(layout: layout)
        decoder = RowDecoder(layout: layout)
        columns = Array(0...keys.count)
        var operators: [FunctionCall] = []
        for key in keys {
            let symbol = key.exclusionOperator ?? ComputedRows.equality(of: key.type.oid)
            guard let found = FunctionRegistry.operator(symbol) else {
                throw SQLError(.internalError, "operator \(symbol) does not exist")
            }
            operators.append(
                try FunctionCall(
                    found.function, arguments: [.slot(0, type: key.type), .slot(1, type: key.type)], run: run))
        }
        self.operators = operators
        let types = keys.map { $0.type.physical } + [.bytes]
        own = Batch(types)
        other = Batch(types)
    }

    deinit { selection.deallocate() }

    /// Adds the entry of row `row` of the batch that the index has encoded last.
    func add(
        _ row: Int, entry: UnsafeRawBufferPointer, rowKey key: UnsafeRawBufferPointer
    ) throws(SQLError) {
        selection[0] = Int32(row)
        for (target, source) in zip(own.columns, index.values) {
            target.assign(from: source, rows: selection, count: 1)
        }
        own.columns[columns.count - 1].hasNulls = false
        own.columns[columns.count - 1].set(0, Datum(view: ByteView(borrowing: key)))
        encoder.encode(own.columns, count: 1)
        try table.addEntry(entry, value: encoder[0], run.transaction)
    }

    /// Finds an entry that an entry of the table must not be beside, waiting for transactions that
    /// are about to add or remove one.
    /// - Returns: the keys of their rows; nil: there is none, or the entry itself has gone.
    func clash(
        of entry: UnsafeRawBufferPointer, _ session: SessionState
    ) throws(SQLError) -> (own: [UInt8], other: [UInt8])? {
        guard let transaction = session.transaction,
            let value = try table.read(entry, session.newestSnapshot())
        else { return nil }
        let key = rowKey(of: value)
        decode(value, into: own)
        let found = try table.sharedEntry(with: entry, prefixCount: 0, transaction) {
            (value) throws(SQLError) in try isInTheWay(value)
        }
        return found.map { (key, rowKey(of: $0)) }
    }

    /// The key of an entry's row.
    func rowKey(of value: UnsafeRawBufferPointer) -> [UInt8] {
        decode(value, into: other)
        return other.columns[columns.count - 1].views[0].bytes
    }

    private func isInTheWay(_ value: UnsafeRawBufferPointer) throws(SQLError) -> Bool {
        decode(value, into: other)
        let outer = run.beginExpressions(arena)
        defer { run.endExpressions(outer) }
        for (position, call) in operators.enumerated() {
            let result = try call.call([own.columns[position], other.columns[position]], count: 1)
            if result.isNull(0) || result.words[0] == 0 { return false }
        }
        return true
    }

    private func decode(_ value: UnsafeRawBufferPointer, into batch: Batch) {
        guard let start = value.baseAddress else { return }
        withUnsafePointer(to: UnsafeRawPointer(start)) {
            decoder.decode(columns, of: $0, count: 1, into: batch.columns)
        }
        batch.count = 1
    }
}
