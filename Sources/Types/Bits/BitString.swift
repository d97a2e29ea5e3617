public import Base

/// A value of bit or bit varying, kept as it travels:
///
///     | count of bits 4 | bits from the highest of each byte, zeros behind the last |
public struct BitString: Equatable, Sendable {
    public private(set) var count: Int
    public private(set) var bytes: [UInt8]

    /// What is behind `count` bits is cleared.
    public init(count: Int, bytes: [UInt8]) {
        invariant(bytes.count == (count + 7) / 8, "as many bytes as the bits need")
        self.count = count
        self.bytes = bytes
        if count % 8 > 0 { self.bytes[bytes.count - 1] &= 0xFF << UInt8(8 - count % 8) }
    }

    public init(zeros count: Int) {
        self.init(count: count, bytes: Array(repeating: 0, count: (count + 7) / 8))
    }

    public init(_ view: ByteView) {
        (count, bytes) = view.withBytes { raw in
            (
                Int(UInt32(bigEndian: raw.loadUnaligned(as: UInt32.self))),
                [UInt8](raw.dropFirst(4))
            )
        }
    }

    public func view(arena: Arena) -> ByteView {
        var buffer = ByteBuffer()
        buffer.append(bigEndian: UInt32(count))
        buffer.append(contentsOf: bytes)
        return buffer.withBytes { ByteView(copying: $0, into: arena) }
    }

    public subscript(index: Int) -> Bool {
        get { bytes[index / 8] >> UInt8(7 - index % 8) & 1 == 1 }
        set {
            let mask: UInt8 = 1 << UInt8(7 - index % 8)
            bytes[index / 8] = newValue ? bytes[index / 8] | mask : bytes[index / 8] & ~mask
        }
    }

    // MARK: Parts

    /// The bits of a range.
    public func part(_ range: Range<Int>) -> BitString {
        var result = BitString(zeros: range.count)
        let shift = UInt16(range.lowerBound % 8)
        for index in result.bytes.indices {
            let from = range.lowerBound / 8 + index
            let high = UInt16(from < bytes.count ? bytes[from] : 0) << 8
            let low = UInt16(from + 1 < bytes.count ? bytes[from + 1] : 0)
            result.bytes[index] = UInt8(truncatingIfNeeded: ((high | low) << shift) >> 8)
        }
        return BitString(count: result.count, bytes: result.bytes)
    }

    public static func + (left: BitString, right: BitString) -> BitString {
        var result = BitString(zeros: left.count + right.count)
        result.bytes.replaceSubrange(left.bytes.indices, with: left.bytes)
        let shift = UInt16(left.count % 8)
        for (index, byte) in right.bytes.enumerated() {
            let place = left.count / 8 + index
            let word = (UInt16(byte) << 8) >> shift
            result.bytes[place] |= UInt8(truncatingIfNeeded: word >> 8)
            if place + 1 < result.bytes.count {
                result.bytes[place + 1] |= UInt8(truncatingIfNeeded: word)
            }
        }
        return result
    }

    /// Cut, or filled with zeros behind.
    public func resized(to count: Int) -> BitString {
        if count <= self.count { return part(0..<count) }
        return self + BitString(zeros: count - self.count)
    }

    // MARK: Order

    public static func compare(_ left: ByteView, _ right: ByteView) -> Int {
        left.withBytes { a in
            right.withBytes { b in
                let order = compareBytes(
                    UnsafeRawBufferPointer(rebasing: a.dropFirst(4)),
                    UnsafeRawBufferPointer(rebasing: b.dropFirst(4)))
                if order != 0 { return order }
                return compareBytes(
                    UnsafeRawBufferPointer(rebasing: a.prefix(4)),
                    UnsafeRawBufferPointer(rebasing: b.prefix(4)))
            }
        }
    }

    // MARK: Text and binary

    /// Binary digits, perhaps after a b; hexadecimal ones after an x.
    static func parse(
        _ text: UnsafeRawBufferPointer, type: SQLType, arena: Arena
    ) throws(SQLError) -> ByteView {
        var digits = text[...]
        var isHex = false
        if let first = text.first, lowercased(first) == 0x62 || lowercased(first) == 0x78 {
            isHex = lowercased(first) == 0x78
            digits = digits.dropFirst()
        }
        func invalid(_ offset: Int, _ kind: String) -> SQLError {
            // The whole character that begins there.
            let rest = String(decoding: UnsafeRawBufferPointer(rebasing: text[offset...]), as: UTF8.self)
            let character = rest.unicodeScalars.first.map { String($0) } ?? ""
            return SQLError(
                .invalidTextRepresentation, "\"\(character)\" is not a valid \(kind) digit")
        }
        var result = BitString(zeros: digits.count * (isHex ? 4 : 1))
        for (place, offset) in digits.indices.enumerated() {
            let byte = text[offset]
            if isHex {
                guard let value = hexValue(byte) else { throw invalid(offset, "hexadecimal") }
                result.bytes[place / 2] |= place % 2 == 0 ? value << 4 : value
            } else {
                guard byte == 0x30 || byte == 0x31 else { throw invalid(offset, "binary") }
                if byte == 0x31 { result[place] = true }
            }
        }
        return try result.fitted(to: type, isExplicit: false).view(arena: arena)
    }

    func append(to buffer: inout ByteBuffer) {
        for index in 0..<count { buffer.append(self[index] ? 0x31 as UInt8 : 0x30) }
    }

    static func receive(
        _ bytes: UnsafeRawBufferPointer, type: SQLType, arena: Arena
    ) throws(SQLError) -> ByteView {
        var reader = ByteReader(bytes)
        guard let count = reader.read(bigEndian: Int32.self) else { throw insufficientData }
        guard count >= 0 else {
            throw SQLError(
                .invalidBinaryRepresentation, "invalid length in external bit string")
        }
        guard let rest = reader.read(byteCount: (Int(count) + 7) / 8) else { throw insufficientData }
        guard reader.isAtEnd else { throw TypeIO.badBinary }
        return try BitString(count: Int(count), bytes: [UInt8](rest))
            .fitted(to: type, isExplicit: false).view(arena: arena)
    }

    // MARK: Modifiers

    /// The same fitted to the type's length: an explicit cast cuts and fills.
    public func fitted(to type: SQLType, isExplicit: Bool) throws(SQLError) -> BitString {
        let length = Int(type.modifier)
        guard length > 0 else { return self }
        if type.oid == .varbit {
            if count <= length { return self }
            guard isExplicit else {
                throw SQLError(
                    .stringDataRightTruncation,
                    "bit string too long for type bit varying(\(length))")
            }
            return resized(to: length)
        }
        if count == length { return self }
        guard isExplicit else {
            throw SQLError(
                .stringDataLengthMismatch,
                "bit string length \(count) does not match type bit(\(length))")
        }
        return resized(to: length)
    }
}
