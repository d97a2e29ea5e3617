public import Base

/// A value of pg_snapshot: which transactions had ended when it was taken. Kept as its text.
public struct SnapshotValue: CustomStringConvertible {
    /// All before are over; those from `next` on had not begun.
    public var oldest: UInt64
    public var next: UInt64
    /// Those between that were under way, ascending.
    public var active: [UInt64]

    public init(oldest: UInt64, next: UInt64, active: [UInt64]) {
        self.oldest = oldest
        self.next = next
        self.active = active
    }

    public var description: String {
        "\(oldest):\(next):\(active.map(String.init).joined(separator: ","))"
    }

    /// True if the transaction is over for the snapshot.
    public func sees(_ transaction: UInt64) -> Bool {
        transaction < oldest || transaction < next && !active.contains(transaction)
    }

    /// The value that is kept as `view`.
    public init(stored view: ByteView) {
        let parts = view.string.split(separator: ":", omittingEmptySubsequences: false)
        invariant(parts.count == 3, "a snapshot was read or made before it was kept")
        self.init(
            oldest: UInt64(parts[0]) ?? 0, next: UInt64(parts[1]) ?? 0,
            active: parts[2].split(separator: ",").map { UInt64($0) ?? 0 })
    }

    // MARK: Reading

    init(_ text: UnsafeRawBufferPointer) throws(SQLError) {
        var index = 0
        /// A number and, unless it ends the text, the sign behind it.
        func number() -> UInt64? {
            while index < text.count, isSpace(text[index]) { index += 1 }
            let first = index
            var value: UInt64 = 0
            while index < text.count, isDigit(text[index]) {
                let (scaled, overflow1) = value.multipliedReportingOverflow(by: 10)
                let (sum, overflow2) = scaled.addingReportingOverflow(UInt64(text[index] - 48))
                if overflow1 || overflow2 { return nil }
                value = sum
                index += 1
            }
            return index > first ? value : nil
        }
        func passes(_ sign: UInt8) -> Bool {
            guard index < text.count, text[index] == sign else { return false }
            index += 1
            return true
        }
        let colon = UInt8(ascii: ":")
        guard let oldest = number(), passes(colon), let next = number(), passes(colon),
            oldest > 0, next >= oldest
        else { throw invalidSyntax("pg_snapshot", text) }
        self.init(oldest: oldest, next: next, active: [])
        while index < text.count {
            guard let value = number(), value >= oldest, value < next, value >= active.last ?? 0,
                index == text.count || passes(UInt8(ascii: ","))
            else { throw invalidSyntax("pg_snapshot", text) }
            if value != active.last { active.append(value) }
        }
    }

    // MARK: Binary form

    static func receive(
        _ bytes: UnsafeRawBufferPointer, arena: Arena
    ) throws(SQLError) -> ByteView {
        var reader = ByteReader(bytes)
        guard let count = reader.read(bigEndian: Int32.self), count >= 0,
            let oldest = reader.read(bigEndian: UInt64.self),
            let next = reader.read(bigEndian: UInt64.self)
        else { throw insufficientData }
        var value = SnapshotValue(oldest: oldest, next: next, active: [])
        let invalid = SQLError(
            .invalidBinaryRepresentation, "invalid external pg_snapshot data")
        guard oldest > 0, next >= oldest, next <= UInt64(Int64.max) else { throw invalid }
        for _ in 0..<count {
            guard let transaction = reader.read(bigEndian: UInt64.self) else {
                throw insufficientData
            }
            guard transaction >= max(oldest, value.active.last ?? 0), transaction < next else {
                throw invalid
            }
            if transaction != value.active.last { value.active.append(transaction) }
        }
        guard reader.isAtEnd else { throw TypeIO.badBinary }
        return ByteView(copying: value.description, into: arena)
    }

    func send(to buffer: inout ByteBuffer) {
        buffer.append(bigEndian: Int32(active.count))
        buffer.append(bigEndian: oldest)
        buffer.append(bigEndian: next)
        for transaction in active { buffer.append(bigEndian: transaction) }
    }
}
