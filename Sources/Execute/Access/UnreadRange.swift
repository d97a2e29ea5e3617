internal import Base
internal import Engine

/// The part of a key range that a serializable transaction's cursor has yet to walk over: what is
/// behind it is noted as read, so that a LIMIT notes no more than it has looked at.
struct UnreadRange {
    private let reader: SerializableTransaction
    private let table: Table
    private let isReverse: Bool
    /// Inclusive; nil: from the first key.
    private var lower: [UInt8]?
    /// Exclusive; nil: to the last key.
    private var upper: [UInt8]?

    init(
        reader: SerializableTransaction, table: Table, _ range: KeyRange, isReverse: Bool
    ) {
        self.reader = reader
        self.table = table
        self.isReverse = isReverse
        lower = range.lower.isEmpty ? nil : range.lower
        upper = range.upper.isEmpty ? nil : range.upper
    }

    /// Notes what was read up to a key, inclusive; nil: to the end.
    /// - Throws: 40001.
    mutating func advance(_ last: UnsafeRawBufferPointer?) throws(SQLError) {
        guard let last else { return try table.noteRead(from: lower, upTo: upper, by: reader) }
        if isReverse {
            let key = [UInt8](last)
            try table.noteRead(from: key, upTo: upper, by: reader)
            upper = key
        } else {
            // The first key behind it.
            let next = [UInt8](last) + [0]
            try table.noteRead(from: lower, upTo: next, by: reader)
            lower = next
        }
    }
}
