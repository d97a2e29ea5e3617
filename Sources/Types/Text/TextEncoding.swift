public import Base

/// UTF-8 as the server encoding: checking, counting and cutting by characters.
public enum TextEncoding {
    /// Throws 22021 unless `bytes` is UTF-8 without zero bytes.
    public static func validate(_ bytes: UnsafeRawBufferPointer) throws(SQLError) {
        var index = 0
        let count = bytes.count
        while index + 8 <= count {
            let word = bytes.loadUnaligned(fromByteOffset: index, as: UInt64.self)
            // Eight ASCII bytes, none zero: no high bit, and no borrow out of a zero byte.
            let zeroes = (word &- 0x0101_0101_0101_0101) & ~word
            if (word | zeroes) & 0x8080_8080_8080_8080 != 0 { break }
            index += 8
        }
        while index < count {
            let byte = bytes[index]
            if byte &- 1 < 0x7F {
                index += 1
                continue
            }
            let length = validLength(bytes, at: index)
            if length == 0 { throw invalid(bytes, at: index) }
            index += length
        }
    }

    /// Bytes of the well-formed character at `index`, 0 if there is none (RFC 3629).
    @inlinable
    public static func validLength(_ bytes: UnsafeRawBufferPointer, at index: Int) -> Int {
        let first = bytes[index]
        if first < 0x80 { return first == 0 ? 0 : 1 }
        let length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2
        guard first >= 0xC2, first <= 0xF4, index + length <= bytes.count else { return 0 }
        let second = bytes[index + 1]
        guard second & 0xC0 == 0x80 else { return 0 }
        switch first {
        case 0xE0 where second < 0xA0, 0xED where second > 0x9F: return 0
        case 0xF0 where second < 0x90, 0xF4 where second > 0x8F: return 0
        default: break
        }
        for offset in 2..<max(length, 2) where bytes[index + offset] & 0xC0 != 0x80 { return 0 }
        return length
    }

    @inline(never)
    private static func invalid(_ bytes: UnsafeRawBufferPointer, at index: Int) -> SQLError {
        let first = bytes[index]
        let length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : first >= 0xC0 ? 2 : 1
        let shown = bytes[index..<min(index + length, bytes.count)]
        let text = shown.map { byte in
            let digits = String(byte, radix: 16)
            return digits.utf8.count == 1 ? "0x0\(digits)" : "0x\(digits)"
        }
        return SQLError(
            .characterNotInRepertoire,
            "invalid byte sequence for encoding \"UTF8\": \(text.joined(separator: " "))")
    }

    /// Characters in valid UTF-8.
    @inlinable
    public static func characterCount(_ bytes: UnsafeRawBufferPointer) -> Int {
        var count = 0
        var index = 0
        let end = bytes.count & ~7
        while index < end {
            // A continuation byte is 10xxxxxx: bit 7 set and bit 6 clear.
            let word = bytes.loadUnaligned(fromByteOffset: index, as: UInt64.self)
            let continuing = word & (~word << 1) & 0x8080_8080_8080_8080
            count += 8 - continuing.nonzeroBitCount
            index += 8
        }
        while index < bytes.count {
            count += bytes[index] & 0xC0 != 0x80 ? 1 : 0
            index += 1
        }
        return count
    }

    /// The byte offset of the `count`-th character after `start`, or the end.
    @inlinable
    public static func offset(
        _ bytes: UnsafeRawBufferPointer, characters count: Int, from start: Int = 0
    ) -> Int {
        var index = start
        var left = count
        while left > 0, index < bytes.count {
            index += 1
            while index < bytes.count, bytes[index] & 0xC0 == 0x80 { index += 1 }
            left -= 1
        }
        return index
    }

    /// The most bytes, at most `limit`, that end between two characters.
    @inlinable
    public static func clip(_ bytes: UnsafeRawBufferPointer, toBytes limit: Int) -> Int {
        guard bytes.count > limit else { return bytes.count }
        var end = limit
        while end > 0, bytes[end] & 0xC0 == 0x80 { end -= 1 }
        return end
    }
}
