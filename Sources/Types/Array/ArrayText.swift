internal import Base

/// Text form of arrays: `{1,2,NULL,"a b"}`, `{{1,2},{3,4}}`, `[0:1]={1,2}`; and of int2vector and
/// oidvector: `1 2 3`.
enum ArrayText {
    static func input(
        _ text: UnsafeRawBufferPointer, type: SQLType, context: TypeContext, arena: Arena
    ) throws(SQLError) -> Datum {
        guard let info = TypeCatalog.info(type.oid), info.category == "A" else {
            if let info = TypeCatalog.info(type.oid), info.isPseudo {
                throw SQLError(
                    .featureNotSupported, "cannot accept a value of type \(info.sqlName)")
            }
            throw SQLError.notSupported("type \(type.name)")
        }
        let element = SQLType(oid: info.elementOID, modifier: type.modifier)
        if !info.isArray {
            var elements: [Datum] = []
            for word in text.split(whereSeparator: isSpace) {
                elements.append(
                    try TypeIO.input(
                        UnsafeRawBufferPointer(rebasing: word), type: element, context: context,
                        arena: arena))
            }
            return Datum(
                view: ArrayBinary.make(
                    elements, element: element.oid, lengths: [elements.count], lowerBounds: [0],
                    arena: arena))
        }
        var parser = ArrayParser(text: text, element: element, context: context, arena: arena)
        return Datum(view: try parser.parse(delimiter: info.delimiter.asciiValue ?? 0x2C))
    }

    static func output(
        _ datum: Datum, type: OID, context: TypeContext, into buffer: inout ByteBuffer
    ) {
        guard let info = TypeCatalog.info(type), info.category == "A",
            let header = ArrayBinary.header(datum.view)
        else { return buffer.append(datum.view) }
        let scratch = Arena()
        defer { withExtendedLifetime(scratch) {} }
        let elements = ArrayBinary.elements(datum.view, arena: scratch)
        if !info.isArray {
            for (index, element) in elements.enumerated() {
                if index > 0 { buffer.append(0x20 as UInt8) }
                TypeIO.output(element, type: info.elementOID, context: context, into: &buffer)
            }
            return
        }
        if elements.isEmpty { return buffer.append("{}") }
        if header.lowerBounds.contains(where: { $0 != 1 }) {
            for (length, lower) in zip(header.lengths, header.lowerBounds) {
                buffer.append("[\(lower):\(lower + length - 1)]")
            }
            buffer.append(0x3D as UInt8)
        }
        var next = 0
        appendLevel(0, header, elements, &next, info, context, into: &buffer)
    }

    private static func appendLevel(
        _ depth: Int, _ header: ArrayBinary.Header, _ elements: [Datum], _ next: inout Int,
        _ info: TypeInfo, _ context: TypeContext, into buffer: inout ByteBuffer
    ) {
        buffer.append(0x7B as UInt8)
        for index in 0..<header.lengths[depth] {
            if index > 0 { buffer.append(info.delimiter.asciiValue ?? 0x2C) }
            if depth + 1 < header.lengths.count {
                appendLevel(depth + 1, header, elements, &next, info, context, into: &buffer)
                continue
            }
            let element = elements[next]
            next += 1
            if element.isNull {
                buffer.append("NULL")
            } else {
                appendElement(element, info, context, into: &buffer)
            }
        }
        buffer.append(0x7D as UInt8)
    }

    private static func appendElement(
        _ element: Datum, _ info: TypeInfo, _ context: TypeContext, into buffer: inout ByteBuffer
    ) {
        var text = ByteBuffer()
        TypeIO.output(element, type: info.elementOID, context: context, into: &text)
        let delimiter = info.delimiter.asciiValue ?? 0x2C
        text.withBytes { bytes in
            let needsQuotes =
                bytes.isEmpty || equalsIgnoringCase(bytes, "null")
                || bytes.contains {
                    $0 == 0x22 || $0 == 0x5C || $0 == 0x7B || $0 == 0x7D || $0 == delimiter
                        || isSpace($0)
                }
            guard needsQuotes else { return buffer.append(contentsOf: bytes) }
            buffer.append(0x22 as UInt8)
            for byte in bytes {
                if byte == 0x22 || byte == 0x5C { buffer.append(0x5C as UInt8) }
                buffer.append(byte)
            }
            buffer.append(0x22 as UInt8)
        }
    }
}

/// Reads one array literal.
private struct ArrayParser {
    let text: UnsafeRawBufferPointer
    let element: SQLType
    let context: TypeContext
    let arena: Arena
    private var index = 0
    private var delimiter: UInt8 = 0x2C
    private var elements: [Datum] = []
    private var lengths: [Int] = []

    init(text: UnsafeRawBufferPointer, element: SQLType, context: TypeContext, arena: Arena) {
        self.text = text
        self.element = element
        self.context = context
        self.arena = arena
    }

    private func malformed(_ detail: String) -> SQLError {
        SQLError(.invalidTextRepresentation, "malformed array literal: \"\(string(text))\"")
            .detail(detail)
    }

    private mutating func skipSpace() {
        while index < text.count, isSpace(text[index]) { index += 1 }
    }

    mutating func parse(delimiter: UInt8) throws(SQLError) -> ByteView {
        self.delimiter = delimiter
        skipSpace()
        var lowerBounds: [Int] = []
        if index < text.count, text[index] == 0x5B {
            lowerBounds = try parseBounds()
        }
        guard index < text.count, text[index] == 0x7B else {
            throw malformed("Array value must start with \"{\" or dimension information.")
        }
        try parseLevel(0)
        skipSpace()
        guard index == text.count else { throw malformed("Junk after closing right brace.") }
        if elements.isEmpty { lengths = [] }
        while lowerBounds.count < lengths.count { lowerBounds.append(1) }
        return ArrayBinary.make(
            elements, element: element.oid, lengths: lengths, lowerBounds: lowerBounds, arena: arena
        )
    }

    /// `[lower:upper]…=`; the upper bounds must agree with the braces, which are counted anyway.
    private mutating func parseBounds() throws(SQLError) -> [Int] {
        var bounds: [Int] = []
        guard let equals = text[index...].firstIndex(of: 0x3D) else {
            throw malformed("Missing \"=\" after array dimensions.")
        }
        let source = String(decoding: text[index..<equals], as: UTF8.self)
        for part in source.split(separator: "[") {
            let numbers = part.split(separator: "]").first?.split(separator: ":") ?? []
            guard numbers.count == 2, let lower = Int(numbers[0]), let upper = Int(numbers[1]),
                lower.magnitude < 1 << 31, upper.magnitude < 1 << 31, upper >= lower
            else { throw malformed("Missing array dimension value.") }
            bounds.append(lower)
        }
        index = equals + 1
        skipSpace()
        return bounds
    }

    private mutating func parseLevel(_ depth: Int) throws(SQLError) {
        guard depth < ArrayBinary.dimensionsMax else {
            throw SQLError(
                .programLimitExceeded,
                "number of array dimensions (\(depth + 1)) exceeds the maximum allowed "
                    + "(\(ArrayBinary.dimensionsMax))")
        }
        index += 1
        var count = 0
        skipSpace()
        if index < text.count, text[index] == 0x7D {
            index += 1
            if depth > 0 { throw malformed("Unexpected \"}\" character.") }
            return
        }
        while true {
            skipSpace()
            guard index < text.count else { throw malformed("Unexpected end of input.") }
            if text[index] == 0x7B {
                try parseLevel(depth + 1)
            } else {
                guard lengths.count <= depth + 1 else { throw unbalanced }
                elements.append(try parseElement())
            }
            count += 1
            skipSpace()
            guard index < text.count else { throw malformed("Unexpected end of input.") }
            let byte = text[index]
            index += 1
            if byte == 0x7D { break }
            guard byte == delimiter else { throw malformed("Unexpected array element.") }
        }
        while lengths.count <= depth { lengths.append(-1) }
        if lengths[depth] == -1 { lengths[depth] = count }
        guard lengths[depth] == count else { throw unbalanced }
    }

    private var unbalanced: SQLError {
        malformed("Multidimensional arrays must have sub-arrays with matching dimensions.")
    }

    private mutating func parseElement() throws(SQLError) -> Datum {
        var bytes: [UInt8] = []
        var isQuoted = false
        var keptCount = 0
        scan: while index < text.count {
            let byte = text[index]
            switch byte {
            case 0x22:
                guard !isQuoted, keptCount == 0 else {
                    throw malformed("Unexpected array element.")
                }
                isQuoted = true
                try parseQuoted(&bytes)
                keptCount = bytes.count
            case 0x5C:
                guard index + 1 < text.count else { throw malformed("Unexpected end of input.") }
                bytes.append(text[index + 1])
                keptCount = bytes.count
                index += 2
            case delimiter, 0x7D: break scan
            case 0x7B: throw malformed("Unexpected \"{\" character.")
            default:
                if !isSpace(byte), isQuoted { throw malformed("Unexpected array element.") }
                bytes.append(byte)
                if !isSpace(byte) { keptCount = bytes.count }
                index += 1
            }
        }
        bytes.removeLast(bytes.count - keptCount)
        if bytes.isEmpty, !isQuoted {
            let shown = index < text.count ? String(UnicodeScalar(text[index])) : ""
            throw malformed("Unexpected \"\(shown)\" character.")
        }
        let isNull =
            !isQuoted && context.isArrayNullsOn
            && bytes.withUnsafeBytes { equalsIgnoringCase($0, "null") }
        if isNull { return .null }
        let type = element
        return try TypeIO.input(bytes, type: type, context: context, arena: arena)
    }

    private mutating func parseQuoted(_ bytes: inout [UInt8]) throws(SQLError) {
        index += 1
        while index < text.count, text[index] != 0x22 {
            if text[index] == 0x5C { index += 1 }
            guard index < text.count else { break }
            bytes.append(text[index])
            index += 1
        }
        guard index < text.count else { throw malformed("Unexpected end of input.") }
        index += 1
    }
}
