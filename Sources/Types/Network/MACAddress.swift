internal import Base

/// Text forms of macaddr and macaddr8 (chapter 8.9.4), which are their 6 and 8 bytes, in order.
enum MACAddress {
    // MARK: macaddr

    /// Where the digits of an address may be parted: for each byte the digits it may have at most (0:
    /// any) and what follows it.
    private struct Layout {
        var width: Int
        var separators: [UInt8?]
    }
    private static let layouts: [Layout] = {
        func between(_ separator: UInt8, every count: Int) -> Layout {
            Layout(
                width: count == 1 ? 0 : 2,
                separators: (1...5).map { $0 % count == 0 ? separator : nil } + [nil])
        }
        let none = Layout(width: 2, separators: Array(repeating: nil, count: 6))
        return [
            between(0x3A, every: 1), between(0x2D, every: 1), between(0x3A, every: 3),
            between(0x2D, every: 3), between(0x2E, every: 2), between(0x2D, every: 2), none,
        ]
    }()

    static func parse(_ text: UnsafeRawBufferPointer, arena: Arena) throws(SQLError) -> ByteView {
        for layout in layouts {
            guard let octets = read(text, layout) else { continue }
            guard octets.allSatisfy({ (0...255).contains($0) }) else {
                throw SQLError(
                    .numericValueOutOfRange,
                    "invalid octet value in \"macaddr\" value: \"\(string(text))\"")
            }
            return ByteView(copying: octets.map { UInt8($0) }, into: arena)
        }
        throw invalidSyntax("macaddr", text)
    }

    private static func read(_ text: UnsafeRawBufferPointer, _ layout: Layout) -> [Int]? {
        var octets: [Int] = []
        var index = 0
        for separator in layout.separators {
            guard let value = number(text, &index, width: layout.width) else { return nil }
            octets.append(value)
            if let separator {
                guard index < text.count, text[index] == separator else { return nil }
                index += 1
            }
        }
        while index < text.count, isSpace(text[index]) { index += 1 }
        return index == text.count ? octets : nil
    }

    /// A hexadecimal number as C's scanf reads it: blanks before it, a sign and 0x allowed.
    private static func number(
        _ text: UnsafeRawBufferPointer, _ index: inout Int, width: Int
    ) -> Int? {
        while index < text.count, isSpace(text[index]) { index += 1 }
        let end = width == 0 ? text.count : min(text.count, index + width)
        var isNegative = false
        if index < end, text[index] == 0x2D || text[index] == 0x2B {
            isNegative = text[index] == 0x2D
            index += 1
        }
        if index + 2 < end, text[index] == 0x30, text[index + 1] | 0x20 == 0x78,
            hexValue(text[index + 2]) != nil
        {
            index += 2
        }
        var value = 0
        let start = index
        while index < end, let digit = hexValue(text[index]) {
            value = min(value << 4 | Int(digit), 1 << 40)
            index += 1
        }
        if index == start { return nil }
        return isNegative ? -value : value
    }

    // MARK: macaddr8

    /// Pairs of digits with one kind of separator; six of them get FF FE into their middle.
    static func parse8(_ text: UnsafeRawBufferPointer, arena: Arena) throws(SQLError) -> ByteView {
        var octets: [UInt8] = []
        var separator: UInt8?
        var index = 0
        while index < text.count, isSpace(text[index]) { index += 1 }
        while index + 1 < text.count {
            guard octets.count < 8, let high = hexValue(text[index]),
                let low = hexValue(text[index + 1])
            else { throw invalidSyntax("macaddr8", text) }
            octets.append(high << 4 | low)
            index += 2
            if index < text.count, [0x3A, 0x2D, 0x2E].contains(text[index]) {
                guard separator == nil || separator == text[index] else {
                    throw invalidSyntax("macaddr8", text)
                }
                separator = text[index]
                index += 1
            }
            if octets.count == 6 || octets.count == 8, index < text.count, isSpace(text[index]) {
                while index < text.count, isSpace(text[index]) { index += 1 }
                guard index == text.count else { throw invalidSyntax("macaddr8", text) }
            }
        }
        if octets.count == 6 { octets.insert(contentsOf: [0xFF, 0xFE], at: 3) }
        guard octets.count == 8 else { throw invalidSyntax("macaddr8", text) }
        return ByteView(copying: octets, into: arena)
    }

    static func append(_ bytes: UnsafeRawBufferPointer, to buffer: inout ByteBuffer) {
        for (index, byte) in bytes.enumerated() {
            if index > 0 { buffer.append(0x3A as UInt8) }
            buffer.append(hexDigit(byte >> 4))
            buffer.append(hexDigit(byte & 15))
        }
    }
}
