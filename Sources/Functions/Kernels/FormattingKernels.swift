internal import Base
internal import Types

/// concat, concat_ws, format, the quoting functions, pg_size_pretty.
let formattingKernels: KernelTable.Theme = [
    (
        "text_concat",
        .scalar { (arguments, context) throws(SQLError) in
            join(arguments, from: 0, separator: nil, context)
        }
    ),
    (
        "text_concat_ws",
        .scalar { (arguments, context) throws(SQLError) in
            arguments[0].isNull
                ? .null : join(arguments, from: 1, separator: arguments[0].view, context)
        }
    ),
    (
        "text_format",
        .scalar { (arguments, context) throws(SQLError) in
            if arguments[0].isNull { return .null }
            var formatter = Formatter(
                format: arguments[0].view.bytes, arguments: arguments, context: context)
            return try formatter.run()
        }
    ),
    (
        "text_format_nv",
        .scalar { (arguments, context) throws(SQLError) in
            if arguments[0].isNull { return .null }
            var formatter = Formatter(
                format: arguments[0].view.bytes, arguments: arguments, context: context)
            return try formatter.run()
        }
    ),
    (
        "quote_ident",
        .scalar { (arguments, context) throws(SQLError) in
            context.text(Identifier.quote(arguments[0].view.string))
        }
    ),
    (
        "quote_literal",
        .scalar { (arguments, context) throws(SQLError) in
            context.text(quotedLiteral(arguments[0].view.bytes))
        }
    ),
    (
        "quote_literal$1285",
        .scalar { (arguments, context) throws(SQLError) in
            context.text(
                quotedLiteral(asText(arguments[0], context.argumentTypes[0], context).bytes))
        }
    ),
    (
        "quote_nullable",
        .scalar { (arguments, context) throws(SQLError) in
            context.text(
                arguments[0].isNull ? Array("NULL".utf8) : quotedLiteral(arguments[0].view.bytes))
        }
    ),
    (
        "quote_nullable$1290",
        .scalar { (arguments, context) throws(SQLError) in
            if arguments[0].isNull { return context.text("NULL") }
            return context.text(
                quotedLiteral(asText(arguments[0], context.argumentTypes[0], context).bytes))
        }
    ),
    (
        "pg_size_pretty",
        .scalar { (arguments, context) throws(SQLError) in
            context.text(prettySize(arguments[0].word))
        }
    ),
    (
        "pg_size_pretty_numeric",
        .scalar { (arguments, context) throws(SQLError) in
            let bytes = try Numeric.int64(arguments[0].view, typeName: "bigint")
            // Below the first unit fractions are shown as they are.
            guard let bytes, bytes.magnitude >= 10 * 1024 else {
                return context.text(
                    TypeIO.text(arguments[0], type: .numeric, context: context.types) + " bytes")
            }
            return context.text(prettySize(bytes))
        }
    ),
]

/// The values' text forms without nulls.
private func join(
    _ arguments: UnsafePointer<Datum>, from start: Int, separator: ByteView?,
    _ context: FunctionContext
) -> Datum {
    var buffer = ByteBuffer()
    var isFirst = true
    for index in start..<max(context.argumentTypes.count, start) where !arguments[index].isNull {
        if !isFirst, let separator { buffer.append(separator) }
        isFirst = false
        TypeIO.output(
            arguments[index], type: context.argumentTypes[index], context: context.types,
            into: &buffer)
    }
    return context.text(buffer)
}

/// A literal: quotes and backslashes doubled, E in front where there are backslashes.
public func quotedLiteral(_ bytes: [UInt8]) -> [UInt8] {
    var result: [UInt8] = []
    if bytes.contains(0x5C) { result.append(UInt8(ascii: "E")) }
    result.append(0x27)
    for byte in bytes {
        if byte == 0x27 || byte == 0x5C { result.append(byte) }
        result.append(byte)
    }
    result.append(0x27)
    return result
}

/// `8192 bytes`, `10 kB`, `1024 MB` …, halves rounded away from zero.
private func prettySize(_ size: Int64) -> String {
    let units: [(name: String, limit: UInt64, bits: Int)] = [
        ("bytes", 10 * 1024, 0), ("kB", 20 * 1024 - 1, 10), ("MB", 20 * 1024 - 1, 20),
        ("GB", 20 * 1024 - 1, 30), ("TB", 20 * 1024 - 1, 40), ("PB", .max, 50),
    ]
    let sign = size < 0 ? "-" : ""
    for unit in units {
        // One bit more than the unit is kept for rounding.
        let halves = unit.bits == 0 ? size.magnitude : size.magnitude >> UInt64(unit.bits - 1)
        if halves < unit.limit {
            let shown = unit.bits == 0 ? halves : (halves + 1) / 2
            return "\(sign)\(shown) \(unit.name)"
        }
    }
    return "\(size) bytes"
}

/// One call of format(): `%[position$][-][width]{s|I|L|%}`.
private struct Formatter {
    let format: [UInt8]
    let arguments: UnsafePointer<Datum>
    let context: FunctionContext
    private var index = 0
    private var nextArgument = 1
    private var result: [UInt8] = []

    init(format: [UInt8], arguments: UnsafePointer<Datum>, context: FunctionContext) {
        self.format = format
        self.arguments = arguments
        self.context = context
    }

    mutating func run() throws(SQLError) -> Datum {
        while index < format.count {
            let byte = format[index]
            index += 1
            if byte == 0x25 { try conversion() } else { result.append(byte) }
        }
        return context.text(result)
    }

    private func current() throws(SQLError) -> UInt8 {
        guard index < format.count else {
            throw SQLError(
                .invalidParameterValue, "unterminated format() type specifier"
            ).hint("For a single \"%\" use \"%%\".")
        }
        return format[index]
    }

    private mutating func number() throws(SQLError) -> Int? {
        var value: Int?
        while true {
            let byte = try current()
            guard byte &- 48 < 10 else { return value }
            value = (value ?? 0) * 10 + Int(byte - 48)
            guard let known = value, known <= Int(Int32.max) else {
                throw SQLError(.numericValueOutOfRange, "number is out of range")
            }
            index += 1
        }
    }

    private mutating func conversion() throws(SQLError) {
        if try current() == 0x25 {
            index += 1
            return result.append(0x25)
        }
        var position: Int?
        var width = 0
        var isLeft = false
        if let value = try number() {
            if try current() == 0x24 {
                guard value != 0 else {
                    throw SQLError(
                        .invalidParameterValue,
                        "format specifies argument 0, but arguments are numbered from 1")
                }
                position = value
                index += 1
            } else {
                width = value
            }
        }
        if width == 0 {
            while try current() == 0x2D {
                isLeft = true
                index += 1
            }
            if try current() == 0x2A {
                index += 1
                width = try widthArgument()
                if width < 0 { (isLeft, width) = (true, -width) }
            } else {
                width = try number() ?? 0
            }
        }
        let kind = try current()
        index += 1
        guard kind == 0x73 || kind == 0x49 || kind == 0x4C else {
            let shown = String(UnicodeScalar(kind))
            throw SQLError(
                .invalidParameterValue, "unrecognized format() type specifier \"\(shown)\""
            ).hint("For a single \"%\" use \"%%\".")
        }
        try append(try argument(position), kind: kind, width: width, isLeft: isLeft)
    }

    private mutating func widthArgument() throws(SQLError) -> Int {
        var position: Int?
        if let value = try number() {
            guard try current() == 0x24 else {
                throw SQLError(
                    .invalidParameterValue,
                    "width argument position must be ended by \"$\"")
            }
            index += 1
            position = value
        }
        let slot = try argument(position)
        if arguments[slot].isNull { return 0 }
        let text = asText(arguments[slot], context.argumentTypes[slot], context)
        let value = try text.withBytes { (bytes) throws(SQLError) in
            try TypeIO.input(
                bytes, type: .int4, context: context.types, arena: context.arena)
        }
        return Int(value.word)
    }

    private mutating func argument(_ position: Int?) throws(SQLError) -> Int {
        let slot = position ?? nextArgument
        guard slot < context.argumentTypes.count else {
            throw SQLError(.invalidParameterValue, "too few arguments for format()")
        }
        nextArgument = slot + 1
        return slot
    }

    private mutating func append(
        _ slot: Int, kind: UInt8, width: Int, isLeft: Bool
    ) throws(SQLError) {
        let datum = arguments[slot]
        var text: [UInt8] = []
        if datum.isNull {
            if kind == 0x49 {
                throw SQLError(
                    .nullValueNotAllowed, "null values cannot be formatted as an SQL identifier")
            }
            if kind == 0x4C { text = Array("NULL".utf8) }
        } else {
            let value = asText(datum, context.argumentTypes[slot], context)
            switch kind {
            case 0x49: text = Array(Identifier.quote(value.string).utf8)
            case 0x4C: text = quotedLiteral(value.bytes)
            default: text = value.bytes
            }
        }
        let count = text.withUnsafeBytes { TextEncoding.characterCount($0) }
        guard width <= valueSizeBytesMax / 4 else { throw lengthTooLarge }
        let padding = repeatElement(0x20 as UInt8, count: max(width - count, 0))
        if !isLeft { result += padding }
        result += text
        if isLeft { result += padding }
    }
}
