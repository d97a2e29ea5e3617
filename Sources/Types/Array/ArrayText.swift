internal import Base

/// Text form of arrays: `{1,2,NULL,"a b"}`, `{{1,2},{3,4}}`, `[0:1]={1,2}`; and of int2vector and
/// oidvector: `1 2 3`.
enum ArrayText {
    static func input(
        _ text: UnsafeRawBufferPointer, type: SQLType, context: TypeContext, arena: Arena
    ) throws(SQLError) -> Datum {
        guard let info = TypeCatalog.info(type.oid), info.hasElements else {
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
        let parser = ArrayParser(
            text: text, element: element, delimiter: info.delimiter.asciiValue ?? 0x2C,
            context: context, arena: arena)
        return Datum(view: try parser.parse())
    }

    private static func arrayType(_ element: OID) -> OID {
        TypeCatalog.info(element)?.arrayOID ?? .invalid
    }

    static func output(
        _ datum: Datum, type: OID, context: TypeContext, into buffer: inout ByteBuffer
    ) {
        guard let header = ArrayBinary.header(datum.view),
            let info = TypeCatalog.info(type == .anyArray ? arrayType(header.element) : type),
            info.hasElements
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
