internal import Base
internal import Types

/// One column of a key: what it is and how it is ordered.
struct KeyColumn {
    var type: SQLType
    var descending = false
    var nullsFirst = false
    /// The order does not matter: integers of all widths are encoded alike.
    var forEquality = false
}

/// Appends one column's encoding: KeyEncoding's, with the common integers done here.
struct KeyColumnEncoder {
    private enum Kind {
        case integer2
        case integer4
        case integer8
        /// Any word, for equality only.
        case word
        /// Any bytes, and those of which blanks at the end do not count, for equality only.
        case bytes
        case blankPadded
        case other
    }
    private let kind: Kind
    private let column: KeyColumn

    init(_ column: KeyColumn) {
        var column = column
        // Domains are encoded as what they are made of.
        column.type = TypeCatalog.base(column.type)
        self.column = column
        let isPlain = !column.descending
        switch column.type.oid {
        case .int2, .int4, .int8:
            if column.forEquality {
                kind = .word
            } else if !isPlain {
                kind = .other
            } else {
                kind =
                    column.type.oid == .int2
                    ? .integer2 : column.type.oid == .int4 ? .integer4 : .integer8
            }
        case .text, .varchar, .bytea: kind = column.forEquality ? .bytes : .other
        case .bpchar: kind = column.forEquality ? .blankPadded : .other
        default: kind = .other
        }
    }

    @inline(__always)
    func append(_ value: Datum, to buffer: inout ByteBuffer) {
        if value.isNull {
            buffer.append(column.nullsFirst ? 0 : 2 as UInt8)
            return
        }
        switch kind {
        case .integer2:
            buffer.append(1 as UInt8)
            buffer.append(bigEndian: UInt16(truncatingIfNeeded: value.word) ^ 0x8000)
        case .integer4:
            buffer.append(1 as UInt8)
            buffer.append(bigEndian: UInt32(truncatingIfNeeded: value.word) ^ 0x8000_0000)
        case .integer8:
            buffer.append(1 as UInt8)
            buffer.append(bigEndian: UInt64(bitPattern: value.word) ^ (1 << 63))
        case .word:
            buffer.append(1 as UInt8)
            buffer.append(littleEndian: value.word)
        case .bytes: value.view.withBytes { KeyColumnEncoder.append($0, $0.count, to: &buffer) }
        case .blankPadded:
            value.view.withBytes {
                KeyColumnEncoder.append($0, TypeComparison.unpaddedCount($0), to: &buffer)
            }
        case .other:
            KeyEncoding.append(
                value, type: column.type.oid, descending: column.descending,
                nullsFirst: column.nullsFirst, into: &buffer)
        }
    }
}

extension KeyColumnEncoder {
    /// The first `count` bytes behind their count: no two keys of several columns look alike.
    @inline(__always)
    fileprivate static func append(
        _ bytes: UnsafeRawBufferPointer, _ count: Int, to buffer: inout ByteBuffer
    ) {
        buffer.append(1 as UInt8)
        buffer.append(littleEndian: UInt32(truncatingIfNeeded: count))
        buffer.append(contentsOf: UnsafeRawBufferPointer(rebasing: bytes[..<count]))
    }
}

/// The encoded keys of up to a batch of rows.
final class KeyBuffer {
    private let encoders: [KeyColumnEncoder]
    private let sources: UnsafeMutablePointer<VectorReader>
    @exclusivity(unchecked) private var buffer = ByteBuffer(capacityBytes: 256)
    private let ends: UnsafeMutablePointer<Int>
    private let nullRows: UnsafeMutablePointer<Bool>
    @exclusivity(unchecked) private var anyNull = false

    init(_ columns: [KeyColumn]) {
        encoders = columns.map { KeyColumnEncoder($0) }
        sources = .allocate(capacity: max(columns.count, 1))
        ends = .allocate(capacity: batchRowsMax + 1)
        nullRows = .allocate(capacity: batchRowsMax)
    }
    deinit {
        sources.deallocate()
        ends.deallocate()
        nullRows.deallocate()
    }

    /// Encodes the keys of rows 0..<count; one vector for each key column.
    func encode(_ vectors: [Vector], count: Int) {
        for index in vectors.indices {
            (sources + index).initialize(to: VectorReader(vectors[index]))
        }
        encodeSources(count)
        withExtendedLifetime(vectors) {}
    }

    /// The same with some of a row's columns, in this order.
    func encode(_ vectors: [Vector], columns: [Int], count: Int) {
        for index in columns.indices {
            (sources + index).initialize(to: VectorReader(vectors[columns[index]]))
        }
        encodeSources(count)
        withExtendedLifetime(vectors) {}
    }

    private func encodeSources(_ count: Int) {
        buffer.removeAll()
        let (sources, ends, nullRows) = (self.sources, self.ends, self.nullRows)
        anyNull = false
        for index in encoders.indices where sources[index].hasNulls { anyNull = true }
        if anyNull { nullRows.update(repeating: false, count: count) }
        ends[0] = 0
        encoders.withUnsafeBufferPointer { encoders in
            for row in 0..<count {
                for index in encoders.indices {
                    let value = sources[index][row]
                    if value.isNull { nullRows[row] = true }
                    encoders[index].append(value, to: &buffer)
                }
                ends[row + 1] = buffer.count
            }
        }
    }

    /// True if a column of the row's key is null.
    @inline(__always)
    func hasNull(_ row: Int) -> Bool { anyNull && nullRows[row] }

    @inline(__always)
    func withKey<Result, Failure: Error>(
        _ row: Int, _ body: (UnsafeRawBufferPointer) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        try buffer.withBytes { (all) throws(Failure) in
            try body(UnsafeRawBufferPointer(rebasing: all[ends[row]..<ends[row + 1]]))
        }
    }
}

/// Encodes keys of a batch's rows, computed by expressions, as bytes whose memcmp order is the
/// keys' order, and which are equal where the values are: for sorting, grouping and hashing.
final class KeyWriter {
    private let expressions: ExpressionSet
    private let keys: KeyBuffer
    /// The key is one word, equal where the values are.
    let isWord: Bool

    init(_ expressions: ExpressionSet, columns: [KeyColumn]) {
        invariant(expressions.count == columns.count, "an expression for each column")
        self.expressions = expressions
        keys = KeyBuffer(columns)
        isWord = columns.count == 1 && KeyWriter.wordTypes.contains(columns[0].type.oid)
    }

    private static let wordTypes: Set<OID> = [
        .bool, .int2, .int4, .int8, .oid, .date, .time, .timestamp, .timestamptz,
    ]

    /// The keys of all rows of `batch` as words; nothing is encoded.
    func words(_ batch: Batch) throws(SQLError) -> Vector {
        try expressions.evaluateOne(batch)
    }

    /// Encodes the keys of all rows of `batch`.
    func prepare(_ batch: Batch) throws(SQLError) {
        try expressions.evaluateAll(batch)
        keys.encode(expressions.results, count: batch.count)
    }

    func hasNull(_ row: Int) -> Bool { keys.hasNull(row) }

    @inline(__always)
    func withKey<Result, Failure: Error>(
        _ row: Int, _ body: (UnsafeRawBufferPointer) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        try keys.withKey(row, body)
    }
}

/// How values of a type compare.
struct ValueOrder {
    private let kind: ComparisonKind

    init(_ type: OID) { kind = TypeComparison.kind(of: type) }

    /// Negative, zero or positive; neither is null.
    func compare(_ left: Datum, _ right: Datum) -> Int {
        TypeComparison.compare(left, right, kind: kind)
    }
}
