internal import Base

/// Text forms of bytea: `\x…` and the escape form.
enum ByteaText {
    static func parse(
        _ text: UnsafeRawBufferPointer, arena: Arena
    ) throws(SQLError) -> ByteView {
        if text.count >= 2, text[0] == 0x5C, text[1] == 0x78 {
            return try parseHex(UnsafeRawBufferPointer(rebasing: text[2...]), arena)
        }
        return try parseEscape(text, arena)
    }

    private static func parseHex(
        _ text: UnsafeRawBufferPointer, _ arena: Arena
    ) throws(SQLError) -> ByteView {
        let target = arena.allocate(byteCount: text.count / 2 + 1)
        var written = 0
        var index = 0
        while index < text.count {
            let byte = text[index]
            if byte == 0x20 || byte == 0x0A || byte == 0x09 || byte == 0x0D {
                index += 1
                continue
            }
            guard let high = hexValue(byte) else { throw invalidDigit(text, at: index) }
            guard index + 1 < text.count else {
                throw SQLError(
                    .invalidParameterValue, "invalid hexadecimal data: odd number of digits")
            }
            guard let low = hexValue(text[index + 1]) else {
                throw invalidDigit(text, at: index + 1)
            }
            target.storeBytes(of: high << 4 | low, toByteOffset: written, as: UInt8.self)
            written += 1
            index += 2
        }
        return ByteView(borrowing: UnsafeRawBufferPointer(start: target, count: written))
    }

    private static func invalidDigit(_ text: UnsafeRawBufferPointer, at index: Int) -> SQLError {
        let end = TextEncoding.offset(text, characters: 1, from: index)
        let shown = string(UnsafeRawBufferPointer(rebasing: text[index..<end]))
        return SQLError(.invalidParameterValue, "invalid hexadecimal digit: \"\(shown)\"")
    }

    private static func parseEscape(
        _ text: UnsafeRawBufferPointer, _ arena: Arena
    ) throws(SQLError) -> ByteView {
        let target = arena.allocate(byteCount: text.count)
        var written = 0
        var index = 0
        while index < text.count {
            var byte = text[index]
            if byte != 0x5C {
                index += 1
            } else if index + 1 < text.count, text[index + 1] == 0x5C {
                index += 2
            } else {
                guard index + 3 < text.count, (0x30...0x33).contains(text[index + 1]),
                    (0x30...0x37).contains(text[index + 2]),
                    (0x30...0x37).contains(text[index + 3])
                else {
                    throw SQLError(
                        .invalidTextRepresentation, "invalid input syntax for type bytea")
                }
                byte =
                    (text[index + 1] - 48) << 6 | (text[index + 2] - 48) << 3
                    | (text[index + 3] - 48)
                index += 4
            }
            target.storeBytes(of: byte, toByteOffset: written, as: UInt8.self)
            written += 1
        }
        return ByteView(borrowing: UnsafeRawBufferPointer(start: target, count: written))
    }

    static func append(
        _ bytes: UnsafeRawBufferPointer, _ style: TypeContext.ByteaOutput,
        to buffer: inout ByteBuffer
    ) {
        switch style {
        case .hex:
            buffer.append("\\x")
            buffer.reserve(bytes.count * 2)
            for byte in bytes {
                buffer.append(hexDigit(byte >> 4))
                buffer.append(hexDigit(byte & 15))
            }
        case .escape:
            for byte in bytes {
                if byte == 0x5C {
                    buffer.append("\\\\")
                } else if byte < 0x20 || byte > 0x7E {
                    buffer.append(0x5C as UInt8)
                    buffer.append(48 + (byte >> 6))
                    buffer.append(48 + (byte >> 3 & 7))
                    buffer.append(48 + (byte & 7))
                } else {
                    buffer.append(byte)
                }
            }
        }
    }
}

@inlinable
func hexDigit(_ value: UInt8) -> UInt8 { value < 10 ? 48 + value : 87 + value }
