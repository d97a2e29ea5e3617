public import Base

/// JSON as text: reading jsonb, writing jsonb, quoting strings.
public enum JSONText {
    /// jsonb's input.
    public static func parse(
        _ text: UnsafeRawBufferPointer, arena: Arena
    ) throws(SQLError) -> ByteView {
        try TextEncoding.validate(text)
        return try JSONValue(try JSONParser.parse(text), of: text).view(in: arena)
    }

    /// As jsonb's output writes it, one line: `{"a": [1, 2]}`.
    public static func append(_ value: JSONB, to buffer: inout ByteBuffer) {
        switch value.kind {
        case .array:
            buffer.append(0x5B as UInt8)
            for index in 0..<value.count {
                if index > 0 { buffer.append(", ") }
                append(value.element(index), to: &buffer)
            }
            buffer.append(0x5D as UInt8)
        case .object:
            buffer.append(0x7B as UInt8)
            for index in 0..<value.count {
                if index > 0 { buffer.append(", ") }
                appendQuoted(value.key(index), to: &buffer)
                buffer.append(": ")
                append(value.value(index), to: &buffer)
            }
            buffer.append(0x7D as UInt8)
        case .null, .false, .true, .number, .string: appendScalar(value, to: &buffer)
        }
    }

    private static func appendScalar(_ value: JSONB, to buffer: inout ByteBuffer) {
        switch value.kind {
        case .null: buffer.append("null")
        case .false: buffer.append("false")
        case .true: buffer.append("true")
        case .number: Numeric.append(value.numeric, to: &buffer)
        case .string: appendQuoted(value.string, to: &buffer)
        case .array, .object: invariant(false, "containers are written by their callers")
        }
    }

    /// jsonb_pretty's form: a line for each element, four blanks a level.
    public static func appendPretty(
        _ value: JSONB, level: Int = 0, to buffer: inout ByteBuffer
    ) {
        func newLine(_ level: Int, to buffer: inout ByteBuffer) {
            buffer.append(0x0A as UInt8)
            for _ in 0..<level * 4 { buffer.append(0x20 as UInt8) }
        }
        guard value.isContainer else { return appendScalar(value, to: &buffer) }
        let isArray = value.kind == .array
        buffer.append(isArray ? 0x5B as UInt8 : 0x7B)
        for index in 0..<value.count {
            if index > 0 { buffer.append(0x2C as UInt8) }
            newLine(level + 1, to: &buffer)
            if isArray {
                appendPretty(value.element(index), level: level + 1, to: &buffer)
            } else {
                appendQuoted(value.key(index), to: &buffer)
                buffer.append(": ")
                appendPretty(value.value(index), level: level + 1, to: &buffer)
            }
        }
        newLine(level, to: &buffer)
        buffer.append(isArray ? 0x5D as UInt8 : 0x7D)
    }

    /// A string with quotes and escapes.
    public static func appendQuoted(
        _ bytes: UnsafeRawBufferPointer, to buffer: inout ByteBuffer
    ) {
        buffer.append(0x22 as UInt8)
        for byte in bytes {
            switch byte {
            case 0x08: buffer.append("\\b")
            case 0x0C: buffer.append("\\f")
            case 0x0A: buffer.append("\\n")
            case 0x0D: buffer.append("\\r")
            case 0x09: buffer.append("\\t")
            case 0x22: buffer.append("\\\"")
            case 0x5C: buffer.append("\\\\")
            case 0..<0x20:
                buffer.append("\\u00")
                buffer.append(0x30 + byte >> 4)
                let low = byte & 15
                buffer.append(low < 10 ? 0x30 + low : 0x57 + low)
            default: buffer.append(byte)
            }
        }
        buffer.append(0x22 as UInt8)
    }
}
