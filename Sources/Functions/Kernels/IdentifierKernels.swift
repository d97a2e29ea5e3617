internal import Base
internal import Types

/// parse_ident, unistr, pg_size_bytes: text in small languages of its own (chapters 9.4 and 9.27).
let identifierKernels: KernelTable.Theme = [
    (
        "parse_ident",
        .scalar { (arguments, context) throws(SQLError) in
            let parts = try IdentifierParser(arguments[0].view.bytes).parts(
                isStrict: arguments[1].bool)
            let texts = parts.map { context.text($0) }
            return Datum(view: ArrayBinary.make(texts, element: .text, arena: context.arena))
        }
    ),
    (
        "unistr",
        .scalar { (arguments, context) throws(SQLError) in
            context.text(try unescaped(arguments[0].view.bytes))
        }
    ),
    (
        "pg_size_bytes",
        .scalar { (arguments, context) throws(SQLError) in
            Datum(word: try sizeBytes(arguments[0].view.bytes, context))
        }
    ),
]

// MARK: parse_ident

private struct IdentifierParser {
    private let text: [UInt8]

    init(_ text: [UInt8]) { self.text = text }

    private func invalid(_ detail: String?) -> SQLError {
        let error = SQLError(
            .invalidParameterValue,
            "string is not a valid identifier: \"\(String(decoding: text, as: UTF8.self))\"")
        return detail.map { error.detail($0) } ?? error
    }

    private static func isStart(_ byte: UInt8) -> Bool {
        byte == 0x5F || byte | 0x20 >= 0x61 && byte | 0x20 <= 0x7A || byte >= 0x80
    }
    private static func isPart(_ byte: UInt8) -> Bool {
        isStart(byte) || byte == 0x24 || byte >= 0x30 && byte <= 0x39
    }

    func parts(isStrict: Bool) throws(SQLError) -> [[UInt8]] {
        var result: [[UInt8]] = []
        var index = 0
        func skipSpace() { while index < text.count, isSpace(text[index]) { index += 1 } }
        var isAfterDot = false
        skipSpace()
        while true {
            if index < text.count, text[index] == 0x22 {
                result.append(try quoted(&index))
            } else if index < text.count, IdentifierParser.isStart(text[index]) {
                var part: [UInt8] = []
                while index < text.count, IdentifierParser.isPart(text[index]) {
                    let byte = text[index]
                    part.append(byte >= 0x41 && byte <= 0x5A ? byte | 0x20 : byte)
                    index += 1
                }
                result.append(part)
            } else {
                if index < text.count, text[index] == 0x2E {
                    throw invalid("No valid identifier before \".\".")
                }
                throw invalid(isAfterDot ? "No valid identifier after \".\"." : nil)
            }
            skipSpace()
            if index < text.count, text[index] == 0x2E {
                isAfterDot = true
                index += 1
                skipSpace()
                continue
            }
            if index < text.count, isStrict { throw invalid(nil) }
            return result
        }
    }

    private func quoted(_ index: inout Int) throws(SQLError) -> [UInt8] {
        index += 1
        var part: [UInt8] = []
        while true {
            guard index < text.count else {
                throw invalid("String has unclosed double quotes.")
            }
            let byte = text[index]
            index += 1
            if byte == 0x22 {
                guard index < text.count, text[index] == 0x22 else { break }
                index += 1
            }
            part.append(byte)
        }
        if part.isEmpty { throw invalid("Quoted identifier must not be empty.") }
        return part
    }
}

private func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || byte >= 0x09 && byte <= 0x0D }

// MARK: unistr

/// `\XXXX`, `\+XXXXXX`, `\uXXXX`, `\UXXXXXXXX` and `\\`.
private func unescaped(_ text: [UInt8]) throws(SQLError) -> [UInt8] {
    let badPair = SQLError(.syntaxError, "invalid Unicode surrogate pair")
    var result: [UInt8] = []
    var index = 0
    var high: UInt32?
    while index < text.count {
        if text[index] != 0x5C {
            if high != nil { throw badPair }
            result.append(text[index])
            index += 1
            continue
        }
        if index + 1 < text.count, text[index + 1] == 0x5C {
            if high != nil { throw badPair }
            result.append(0x5C)
            index += 2
            continue
        }
        let (code, length) = try escape(text, index)
        index += length
        switch code {
        case 0xD800...0xDBFF:
            if high != nil { throw badPair }
            high = code
        case 0xDC00...0xDFFF:
            guard let first = high else { throw badPair }
            high = nil
            try append(0x10000 + (first - 0xD800) << 10 + (code - 0xDC00), to: &result)
        default:
            if high != nil { throw badPair }
            try append(code, to: &result)
        }
    }
    if high != nil { throw badPair }
    return result
}

private func append(_ code: UInt32, to result: inout [UInt8]) throws(SQLError) {
    guard code != 0, let scalar = UnicodeScalar(code) else {
        let digits = String(code, radix: 16, uppercase: true)
        let zeros = String(repeating: "0", count: max(4 - digits.utf8.count, 0))
        throw SQLError(
            .invalidParameterValue, "invalid Unicode code point: \(zeros)\(digits)")
    }
    result += Array(String(Character(scalar)).utf8)
}

private func escape(
    _ text: [UInt8], _ start: Int
) throws(SQLError) -> (code: UInt32, length: Int) {
    let forms: [(prefix: [UInt8], digits: Int)] = [
        ([0x2B], 6), ([0x75], 4), ([0x55], 8), ([], 4),
    ]
    for (prefix, count) in forms {
        let first = start + 1 + prefix.count
        guard text[(start + 1)...].starts(with: prefix), first + count <= text.count else {
            continue
        }
        let digits = String(decoding: text[first..<first + count], as: UTF8.self)
        guard digits.utf8.allSatisfy({ $0 != 0x2B && $0 != 0x2D }),
            let code = UInt32(digits, radix: 16)
        else { continue }
        return (code, 1 + prefix.count + count)
    }
    throw SQLError(.syntaxError, "invalid Unicode escape").hint(
        "Unicode escapes must be \\XXXX, \\+XXXXXX, \\uXXXX, or \\UXXXXXXXX.")
}

// MARK: pg_size_bytes

private func sizeBytes(_ text: [UInt8], _ context: FunctionContext) throws(SQLError) -> Int64 {
    let whole = String(decoding: text, as: UTF8.self)
    func isDigit(_ index: Int) -> Bool { index < text.count && text[index] &- 48 <= 9 }
    var index = 0
    while index < text.count, isSpace(text[index]) { index += 1 }
    let start = index
    if index < text.count, text[index] == 0x2B || text[index] == 0x2D { index += 1 }
    var hasDigits = false
    while isDigit(index) {
        hasDigits = true
        index += 1
    }
    if index < text.count, text[index] == 0x2E {
        index += 1
        while isDigit(index) {
            hasDigits = true
            index += 1
        }
    }
    guard hasDigits else {
        throw SQLError(.invalidParameterValue, "invalid size: \"\(whole)\"")
    }
    // An exponent only where digits follow: 1 EB is no number.
    if index < text.count, text[index] | 0x20 == 0x65 {
        var end = index + 1
        if end < text.count, text[end] == 0x2B || text[end] == 0x2D { end += 1 }
        if isDigit(end) {
            while isDigit(end) { end += 1 }
            index = end
        }
    }
    let number = Array(text[start..<index])
    var value = try number.span.bytes.withUnsafeBytes { (bytes) throws(SQLError) in
        try Numeric.parse(bytes, arena: context.arena)
    }
    while index < text.count, isSpace(text[index]) { index += 1 }
    var end = text.count
    while end > index, isSpace(text[end - 1]) { end -= 1 }
    if index < end {
        let unit = String(decoding: text[index..<end], as: UTF8.self)
        let units = ["bytes", "kb", "mb", "gb", "tb", "pb"]
        guard let power = units.firstIndex(of: unit.lowercased()) else {
            throw SQLError(.invalidParameterValue, "invalid size: \"\(whole)\"")
                .detail("Invalid size unit: \"\(unit)\".")
                .hint("Valid units are \"bytes\", \"kB\", \"MB\", \"GB\", \"TB\", and \"PB\".")
        }
        if power > 0 {
            let factor = Numeric.small(Int64(1) << Int64(10 * power), scale: 0)
            value = try Numeric.multiply(value, factor, arena: context.arena)
        }
    }
    guard let result = try Numeric.int64(value, typeName: "bigint") else {
        throw SQLError(.numericValueOutOfRange, "bigint out of range")
    }
    return result
}
