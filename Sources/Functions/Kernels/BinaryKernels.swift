internal import Base
internal import Types

/// bytea and uuid, encodings and digests (chapters 9.5, 9.14).
let binaryKernels: KernelTable.Theme = [
    (
        "bytea_substr",
        .scalar { (arguments, context) throws(SQLError) in
            try part(arguments[0].view, from: arguments[1].word, length: arguments[2].word, context)
        }
    ),
    (
        "bytea_substr_no_len",
        .scalar { (arguments, context) throws(SQLError) in
            try part(arguments[0].view, from: arguments[1].word, length: nil, context)
        }
    ),
    (
        "byteapos",
        .scalar { (arguments, _) throws(SQLError) in
            arguments[0].view.withBytes { text in
                arguments[1].view.withBytes { Datum(word: Int64((find($0, in: text) ?? -1) + 1)) }
            }
        }
    ),
    (
        "byteaGetByte",
        .scalar { (arguments, _) throws(SQLError) in
            let index = try index(arguments[1].word, in: arguments[0].view)
            return Datum(word: Int64(arguments[0].view.withBytes { $0[index] }))
        }
    ),
    (
        "byteaSetByte",
        .scalar { (arguments, context) throws(SQLError) in
            let index = try index(arguments[1].word, in: arguments[0].view)
            var bytes = arguments[0].view.bytes
            bytes[index] = UInt8(truncatingIfNeeded: arguments[2].word)
            return context.text(bytes)
        }
    ),
    (
        "byteaGetBit",
        .scalar { (arguments, _) throws(SQLError) in
            let (byte, bit) = try bitPlace(arguments[1].word, in: arguments[0].view)
            return Datum(
                word: Int64(arguments[0].view.withBytes { $0[byte] >> UInt8(bit) & 1 }))
        }
    ),
    (
        "byteaSetBit",
        .scalar { (arguments, context) throws(SQLError) in
            let (byte, bit) = try bitPlace(arguments[1].word, in: arguments[0].view)
            guard arguments[2].word == 0 || arguments[2].word == 1 else {
                throw SQLError(.invalidParameterValue, "new bit must be 0 or 1")
            }
            var bytes = arguments[0].view.bytes
            bytes[byte] = bytes[byte] & ~(1 << UInt8(bit)) | UInt8(arguments[2].word) << UInt8(bit)
            return context.text(bytes)
        }
    ),
    (
        "bytea_bit_count",
        .scalar { (arguments, _) throws(SQLError) in
            Datum(
                word: arguments[0].view.withBytes { bytes in
                    bytes.reduce(0) { $0 + Int64($1.nonzeroBitCount) }
                })
        }
    ),
    (
        "sha224_bytea",
        .scalar { (arguments, context) throws(SQLError) in
            context.text(try Digest.sha224.of(arguments[0].view))
        }
    ),
    (
        "sha384_bytea",
        .scalar { (arguments, context) throws(SQLError) in
            context.text(try Digest.sha384.of(arguments[0].view))
        }
    ),
    (
        "sha512_bytea",
        .scalar { (arguments, context) throws(SQLError) in
            context.text(try Digest.sha512.of(arguments[0].view))
        }
    ),
    (
        "binary_encode",
        .scalar { (arguments, context) throws(SQLError) in
            let bytes = arguments[0].view.bytes
            let name = arguments[1].view.string
            switch name.lowercased() {
            case "hex": return context.text(hexadecimal(bytes))
            case "base64": return context.text(base64(bytes))
            case "escape":
                var buffer = ByteBuffer()
                for byte in bytes {
                    // Unlike bytea's text form this escapes zero and high bytes alone.
                    if byte == 0 || byte >= 0x80 {
                        buffer.append(0x5C as UInt8)
                        for shift: UInt8 in [6, 3, 0] { buffer.append(48 + (byte >> shift & 7)) }
                    } else if byte == 0x5C {
                        buffer.append("\\\\")
                    } else {
                        buffer.append(byte)
                    }
                }
                return context.text(buffer)
            default: throw unknownEncoding(name)
            }
        }
    ),
    (
        "binary_decode",
        .scalar { (arguments, context) throws(SQLError) in
            let name = arguments[1].view.string
            switch name.lowercased() {
            case "hex":
                let text = Array("\\x".utf8) + arguments[0].view.bytes
                return try context.text(text).view.withBytes { (bytes) throws(SQLError) in
                    try TypeIO.input(
                        bytes, type: SQLType(.bytea), context: context.types, arena: context.arena)
                }
            case "base64": return context.text(try decodedBase64(arguments[0].view.bytes))
            case "escape":
                return try arguments[0].view.withBytes { (bytes) throws(SQLError) in
                    try TypeIO.input(
                        bytes, type: SQLType(.bytea), context: context.types, arena: context.arena)
                }
            default: throw unknownEncoding(name)
            }
        }
    ),
    (
        "md5_text",
        .scalar { (arguments, context) throws(SQLError) in
            context.text(hexadecimal(try Digest.md5.of(arguments[0].view)))
        }
    ),
    (
        "md5_bytea",
        .scalar { (arguments, context) throws(SQLError) in
            context.text(hexadecimal(try Digest.md5.of(arguments[0].view)))
        }
    ),
    (
        "sha256_bytea",
        .scalar { (arguments, context) throws(SQLError) in
            context.text(try Digest.sha256.of(arguments[0].view))
        }
    ),
    (
        "gen_random_uuid",
        .scalar { (_, context) throws(SQLError) in
            var bytes = [UInt8](repeating: 0, count: 16)
            bytes.withUnsafeMutableBytes { context.fillRandom($0) }
            // Version 4, variant 1 (RFC 4122, 4.4).
            bytes[6] = bytes[6] & 0x0F | 0x40
            bytes[8] = bytes[8] & 0x3F | 0x80
            return context.text(bytes)
        }
    ),
    (
        "pg_convert",
        .scalar { (arguments, context) throws(SQLError) in
            let source = try encoding(arguments[1].view, "source")
            let target = try encoding(arguments[2].view, "destination")
            return try converted(arguments[0].view, source, target, context)
        }
    ),
    (
        "pg_convert_to",
        .scalar { (arguments, context) throws(SQLError) in
            let target = try encoding(arguments[1].view, "destination")
            return try converted(arguments[0].view, .utf8, target, context)
        }
    ),
    (
        "pg_convert_from",
        .scalar { (arguments, context) throws(SQLError) in
            let source = try encoding(arguments[1].view, "source")
            return try converted(arguments[0].view, source, .utf8, context)
        }
    ),
    ("byteaoverlay", overlay(hasLength: true)), ("byteaoverlay_no_len", overlay(hasLength: false)),
    trimming("byteatrim", front: true, back: true),
    trimming("bytealtrim", front: true, back: false),
    trimming("byteartrim", front: false, back: true),
]

/// btrim, ltrim and rtrim of bytea: the bytes of the second argument leave the ends.
private func trimming(_ name: String, front: Bool, back: Bool) -> (String, Kernel) {
    (
        name,
        .scalar { (arguments, context) throws(SQLError) in
            let bytes = arguments[0].view.bytes, set = arguments[1].view.bytes
            var rest = bytes[...]
            if front { rest = rest.drop { set.contains($0) } }
            while back, let last = rest.last, set.contains(last) { rest.removeLast() }
            return context.text(Array(rest))
        }
    )
}

/// - Throws: 22023 for what is no encoding.
private func encoding(
    _ name: ByteView, _ role: StaticString
) throws(SQLError) -> CharacterEncoding {
    if let encoding = CharacterEncoding.named(name.string) { return encoding }
    throw SQLError(.invalidParameterValue, "invalid \(role) encoding name \"\(name.string)\"")
}

private func converted(
    _ view: ByteView, _ source: CharacterEncoding, _ target: CharacterEncoding,
    _ context: FunctionContext
) throws(SQLError) -> Datum {
    context.text(
        try view.withBytes { (bytes) throws(SQLError) in
            try TextConversions.convert(bytes, from: source, to: target)
        })
}

/// overlay(bytes placing part from start for length): cut out and put in.
private func overlay(hasLength: Bool) -> Kernel {
    .scalar { (arguments, context) throws(SQLError) in
        let (bytes, replacement, start) = (arguments[0].view, arguments[1].view, arguments[2].word)
        guard start > 0 else {
            throw SQLError(.substringError, "negative substring length not allowed")
        }
        let length = hasLength ? arguments[3].word : Int64(replacement.count)
        let (end, overflow) = start.addingReportingOverflow(length)
        guard !overflow, end <= Int64(Int32.max) else { throw outOfRange("integer") }
        let head = try part(bytes, from: 1, length: start - 1, context)
        let tail = try part(bytes, from: end, length: nil, context)
        return context.text(head.view.bytes + replacement.bytes + tail.view.bytes)
    }
}

private func part(
    _ view: ByteView, from start: Int64, length: Int64?, _ context: FunctionContext
) throws(SQLError) -> Datum {
    var end = Int64(view.count) + 1
    if let length {
        guard length >= 0 else {
            throw SQLError(.substringError, "negative substring length not allowed")
        }
        let (sum, overflow) = start.addingReportingOverflow(length)
        end = overflow ? end : min(end, sum)
    }
    let first = max(start, 1)
    if end <= first { return Datum(view: ByteView()) }
    return view.withBytes { bytes in
        context.text(UnsafeRawBufferPointer(rebasing: bytes[Int(first) - 1..<Int(end) - 1]))
    }
}

private func index(_ index: Int64, in view: ByteView) throws(SQLError) -> Int {
    guard index >= 0, index < Int64(view.count) else {
        throw SQLError(
            .arraySubscriptError, "index \(index) out of valid range, 0..\(view.count - 1)")
    }
    return Int(index)
}

private func unknownEncoding(_ name: String) -> SQLError {
    SQLError(.invalidParameterValue, "unrecognized encoding: \"\(name)\"")
}

func hexadecimal(_ bytes: [UInt8]) -> [UInt8] {
    let digits = Array("0123456789abcdef".utf8)
    return bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }
}

private let base64Digits = Array(
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

/// In lines of 76 characters.
func base64(_ bytes: [UInt8]) -> [UInt8] {
    var result: [UInt8] = []
    for start in stride(from: 0, to: bytes.count, by: 3) {
        let group = bytes[start..<min(start + 3, bytes.count)]
        var word: UInt32 = 0
        for byte in group { word = word << 8 | UInt32(byte) }
        word <<= UInt32(8 * (3 - group.count))
        for position in 0..<4 {
            let digit = base64Digits[Int(word >> UInt32(18 - 6 * position) & 63)]
            result.append(position <= group.count ? digit : 0x3D)
        }
        if (start + 3) % 57 == 0, group.count == 3 { result.append(0x0A) }
    }
    return result
}

private func decodedBase64(_ text: [UInt8]) throws(SQLError) -> [UInt8] {
    var result: [UInt8] = []
    var word: UInt32 = 0
    var count = 0
    var padding = 0
    for byte in text {
        if byte == 0x20 || byte == 0x0A || byte == 0x09 || byte == 0x0D { continue }
        if byte == 0x3D {
            guard count >= 2 else {
                throw SQLError(
                    .invalidParameterValue, "unexpected \"=\" while decoding base64 sequence")
            }
            padding += 1
            word <<= 6
        } else {
            guard padding == 0, let digit = base64Digits.firstIndex(of: byte) else {
                throw SQLError(
                    .invalidParameterValue,
                    "invalid symbol \"\(String(UnicodeScalar(byte)))\" found while decoding base64 "
                        + "sequence")
            }
            word = word << 6 | UInt32(digit)
        }
        count += 1
        if count == 4 {
            result.append(UInt8(truncatingIfNeeded: word >> 16))
            if padding < 2 { result.append(UInt8(truncatingIfNeeded: word >> 8)) }
            if padding < 1 { result.append(UInt8(truncatingIfNeeded: word)) }
            (word, count) = (0, 0)
        }
    }
    guard count == 0 else {
        throw SQLError(.invalidParameterValue, "invalid base64 end sequence")
            .hint("Input data is missing padding, is truncated, or is otherwise corrupted.")
    }
    return result
}

/// Bits count from the lowest of the first byte.
private func bitPlace(
    _ index: Int64, in view: ByteView
) throws(SQLError) -> (byte: Int, bit: Int) {
    let count = Int64(view.count) * 8
    guard index >= 0, index < count else {
        throw SQLError(
            .arraySubscriptError, "index \(index) out of valid range, 0..\(count - 1)")
    }
    return (Int(index / 8), Int(index % 8))
}
