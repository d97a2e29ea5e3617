internal import Base

/// Text form of money (chapter 8.2) as the C locale has it: `$1,234.56`. The value counts cents.
enum MoneyText {
    static func parse(_ text: UnsafeRawBufferPointer) throws(SQLError) -> Int64 {
        var place = 0
        func skipSpaces() { while place < text.count, isSpace(text[place]) { place += 1 } }
        func take(_ byte: UInt8) -> Bool {
            guard place < text.count, text[place] == byte else { return false }
            place += 1
            return true
        }
        let outOfRange = SQLError(
            .numericValueOutOfRange, "value \"\(string(text))\" is out of range for type money")
        var isNegative = false
        skipSpaces()
        _ = take(0x24)
        skipSpaces()
        if take(0x2D) || take(0x28) { isNegative = true } else { _ = take(0x2B) }
        skipSpaces()
        _ = take(0x24)
        skipSpaces()
        // In the negative, which goes one further.
        var value: Int64 = 0
        var decimals = 0
        var hasPoint = false
        func append(_ digit: Int64) throws(SQLError) {
            let (product, isOver) = value.multipliedReportingOverflow(by: 10)
            let (sum, isUnder) = product.subtractingReportingOverflow(digit)
            if isOver || isUnder { throw outOfRange }
            value = sum
        }
        while place < text.count {
            let byte = text[place]
            if isDigit(byte), !hasPoint || decimals < 2 {
                try append(Int64(byte - 48))
                if hasPoint { decimals += 1 }
            } else if byte == 0x2E, !hasPoint {
                hasPoint = true
            } else if byte != 0x2C {
                break
            }
            place += 1
        }
        if place < text.count, isDigit(text[place]), text[place] >= 0x35 {
            let (rounded, isUnder) = value.subtractingReportingOverflow(1)
            if isUnder { throw outOfRange }
            value = rounded
        }
        while decimals < 2 {
            try append(0)
            decimals += 1
        }
        while place < text.count, isDigit(text[place]) { place += 1 }
        while place < text.count {
            if isSpace(text[place]) || text[place] == 0x29 {
                place += 1
            } else if take(0x2D) {
                isNegative = true
            } else if !take(0x2B), !take(0x24) {
                throw invalidSyntax("money", text)
            }
        }
        if isNegative { return value }
        if value == .min { throw outOfRange }
        return -value
    }

    static func append(_ value: Int64, to buffer: inout ByteBuffer) {
        let cents = value.magnitude
        var digits = Array(String(cents / 100).utf8)
        var grouped: [UInt8] = []
        while digits.count > 3 {
            grouped = [0x2C] + digits.suffix(3) + grouped
            digits.removeLast(3)
        }
        if value < 0 { buffer.append(0x2D as UInt8) }
        buffer.append(0x24 as UInt8)
        for byte in digits + grouped { buffer.append(byte) }
        buffer.append(0x2E as UInt8)
        buffer.append(UInt8(48 + cents % 100 / 10))
        buffer.append(UInt8(48 + cents % 10))
    }
}
