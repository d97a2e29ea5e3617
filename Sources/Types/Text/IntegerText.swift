internal import Base

/// Text forms of the integer types and oid.
enum IntegerText {
    /// A signed decimal with white space around it, as `pg_strtoint` reads it.
    @inlinable
    static func parse(
        _ text: UnsafeRawBufferPointer, range: ClosedRange<Int64>, typeName: StaticString
    ) throws(SQLError) -> Int64 {
        var index = 0
        let count = text.count
        while index < count, isSpace(text[index]) { index += 1 }
        var isNegative = false
        if index < count, text[index] == 0x2D || text[index] == 0x2B {
            isNegative = text[index] == 0x2D
            index += 1
        }
        let firstDigit = index
        // Accumulates below zero: there is one more value on that side.
        var value: Int64 = 0
        var overflowed = false
        while index < count, isDigit(text[index]) {
            let (scaled, overflow1) = value.multipliedReportingOverflow(by: 10)
            let (next, overflow2) = scaled.subtractingReportingOverflow(Int64(text[index] &- 48))
            overflowed = overflowed || overflow1 || overflow2
            value = next
            index += 1
        }
        let hasDigits = index > firstDigit
        while index < count, isSpace(text[index]) { index += 1 }
        guard hasDigits, index == count else {
            throw invalidSyntax(typeName.description, text)
        }
        if !isNegative, !overflowed {
            if value == .min { overflowed = true } else { value = -value }
        }
        guard !overflowed, range.contains(value) else {
            throw outOfRange(typeName.description, text)
        }
        return value
    }

    /// oid accepts what strtoul does: a negative number means its two's complement.
    static func parseOID(
        _ text: UnsafeRawBufferPointer, typeName: StaticString = "oid"
    ) throws(SQLError) -> Int64 {
        let value: Int64
        do {
            value = try parse(text, range: .min ... .max, typeName: typeName)
        } catch { throw error }
        guard value >= Int64(Int32.min), value <= Int64(UInt32.max) else {
            throw outOfRange(typeName.description, text)
        }
        return Int64(UInt32(truncatingIfNeeded: value))
    }

    /// An unsigned 64-bit decimal (xid8).
    static func parseUnsigned(
        _ text: UnsafeRawBufferPointer, typeName: StaticString
    ) throws(SQLError) -> Int64 {
        let digits = trimmed(text)
        guard digits.count > 0 else { throw invalidSyntax(typeName.description, text) }
        var value: UInt64 = 0
        for byte in digits {
            guard isDigit(byte) else { throw invalidSyntax(typeName.description, text) }
            let (scaled, overflow1) = value.multipliedReportingOverflow(by: 10)
            let (next, overflow2) = scaled.addingReportingOverflow(UInt64(byte &- 48))
            guard !overflow1, !overflow2 else { throw outOfRange(typeName.description, text) }
            value = next
        }
        return Int64(bitPattern: value)
    }

    /// `16/B374D848`, as pg_lsn reads it.
    static func parseLogPosition(_ text: UnsafeRawBufferPointer) throws(SQLError) -> Int64 {
        func part(_ digits: Slice<UnsafeRawBufferPointer>) -> UInt64? {
            guard (1...8).contains(digits.count) else { return nil }
            var value: UInt64 = 0
            for byte in digits {
                guard let digit = hexValue(byte) else { return nil }
                value = value << 4 | UInt64(digit)
            }
            return value
        }
        guard let slash = text.firstIndex(of: UInt8(ascii: "/")),
            let high = part(text[..<slash]), let low = part(text[(slash + 1)...])
        else { throw invalidSyntax("pg_lsn", text) }
        return Int64(bitPattern: high << 32 | low)
    }
}

@inlinable
func hexValue(_ byte: UInt8) -> UInt8? {
    if isDigit(byte) { return byte - 48 }
    let letter = (byte | 0x20) &- 97
    return letter < 6 ? letter + 10 : nil
}
