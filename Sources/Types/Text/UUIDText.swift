internal import Base

/// Text form of uuid: 32 hexadecimal digits, hyphens allowed after every four, braces around.
enum UUIDText {
    static func parse(_ text: UnsafeRawBufferPointer, arena: Arena) throws(SQLError) -> ByteView {
        let target = arena.allocate(byteCount: 16)
        var index = 0
        let hasBraces = text.first == 0x7B
        if hasBraces { index = 1 }
        for position in 0..<16 {
            guard index + 1 < text.count, let high = hexValue(text[index]),
                let low = hexValue(text[index + 1])
            else { throw invalidSyntax("uuid", text) }
            target.storeBytes(of: high << 4 | low, toByteOffset: position, as: UInt8.self)
            index += 2
            if index < text.count, text[index] == 0x2D, position % 2 == 1, position < 15 {
                index += 1
            }
        }
        if hasBraces {
            guard index < text.count, text[index] == 0x7D else { throw invalidSyntax("uuid", text) }
            index += 1
        }
        guard index == text.count else { throw invalidSyntax("uuid", text) }
        return ByteView(borrowing: UnsafeRawBufferPointer(start: target, count: 16))
    }

    static func append(_ bytes: UnsafeRawBufferPointer, to buffer: inout ByteBuffer) {
        for (position, byte) in bytes.enumerated() {
            if position == 4 || position == 6 || position == 8 || position == 10 {
                buffer.append(0x2D as UInt8)
            }
            buffer.append(hexDigit(byte >> 4))
            buffer.append(hexDigit(byte & 15))
        }
    }
}
