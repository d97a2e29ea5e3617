internal import Base
internal import Types

/// One column of a key: what it is and how it is ordered.
struct KeyColumn {
    var type: SQLType
    var descending = false
    var nullsFirst = false
}

/// Encodes keys of a batch's rows as bytes whose memcmp order is the keys' order, and which are
/// equal where the values are: for sorting, grouping, hashing and row keys.
final class KeyWriter {
    private let expressions: ExpressionSet
    private let columns: [KeyColumn]
    private var buffer = ByteBuffer(capacityBytes: 1024)
    private let ends: UnsafeMutablePointer<Int>
    private var nullRows: [Bool] = []
    private var anyNull = false
    private var vectors: [Vector] = []

    init(_ expressions: ExpressionSet, columns: [KeyColumn]) {
        invariant(expressions.nodes.count == columns.count, "an expression for each column")
        self.expressions = expressions
        self.columns = columns
        ends = .allocate(capacity: batchRowsMax + 1)
    }
    deinit { ends.deallocate() }

    /// Encodes the keys of all rows of `batch`.
    func prepare(_ batch: Batch) throws(SQLError) {
        buffer.removeAll()
        vectors.removeAll(keepingCapacity: true)
        try expressions.evaluate(batch) { (_, vector) throws(SQLError) in vectors.append(vector) }
        anyNull = vectors.contains { $0.hasNulls }
        if anyNull { nullRows = Array(repeating: false, count: batch.count) }
        ends[0] = 0
        for row in 0..<batch.count {
            for index in columns.indices {
                let value = vectors[index][row]
                if value.isNull { nullRows[row] = true }
                // KeyEncoding
            }
            ends[row + 1] = buffer.count
        }
    }

    /// True if a column of the row's key is null.
    func hasNull(_ row: Int) -> Bool { anyNull && nullRows[row] }

    @inline(__always)
    func withKey<Result>(_ row: Int, _ body: (UnsafeRawBufferPointer) -> Result) -> Result {
        buffer.withBytes { all in
            body(UnsafeRawBufferPointer(rebasing: all[ends[row]..<ends[row + 1]]))
        }
    }
}
