internal import Base

/// Text form of rows: `(1,"a b",)`, where nothing between commas is null.
enum RecordText {
    static func output(
        _ datum: Datum, context: TypeContext, into buffer: inout ByteBuffer
    ) {
        let scratch = Arena()
        defer { withExtendedLifetime(scratch) {} }
        let record = RecordValue(datum.view, arena: scratch)
        buffer.append(0x28 as UInt8)
        var isFirst = true
        for field in record.live(context) {
            if !isFirst { buffer.append(0x2C as UInt8) }
            isFirst = false
            if field.value.isNull { continue }
            var text = ByteBuffer()
            TypeIO.output(field.value, type: field.type, context: context, into: &text)
            text.withBytes { append($0, into: &buffer) }
        }
        buffer.append(0x29 as UInt8)
    }

    private static func append(_ text: UnsafeRawBufferPointer, into buffer: inout ByteBuffer) {
        let needsQuotes =
            text.isEmpty
            || text.contains {
                $0 == 0x22 || $0 == 0x5C || $0 == 0x28 || $0 == 0x29 || $0 == 0x2C || isSpace($0)
            }
        guard needsQuotes else { return buffer.append(contentsOf: text) }
        buffer.append(0x22 as UInt8)
        for byte in text {
            if byte == 0x22 || byte == 0x5C { buffer.append(byte) }
            buffer.append(byte)
        }
        buffer.append(0x22 as UInt8)
    }

    static func input(
        _ text: UnsafeRawBufferPointer, type: SQLType, context: TypeContext, arena: Arena
    ) throws(SQLError) -> Datum {
        guard let shape = context.shape(of: type) else {
            throw SQLError(
                .featureNotSupported, "input of anonymous composite types is not implemented")
        }
        func malformed(_ detail: String) -> SQLError {
            SQLError(.invalidTextRepresentation, "malformed record literal: \"\(string(text))\"")
                .detail(detail)
        }
        var index = 0
        func skipSpace() {
            while index < text.count, isSpace(text[index]) { index += 1 }
        }
        skipSpace()
        guard index < text.count, text[index] == 0x28 else {
            throw malformed("Missing left parenthesis.")
        }
        index += 1
        var record = RecordValue(type: type, fields: [])
        var isFirst = true
        for field in shape.fields {
            if field.isDropped {
                record.fields.append(RecordValue.Field(type: field.type.oid, value: .null))
                continue
            }
            if !isFirst {
                guard index < text.count, text[index] == 0x2C else {
                    throw malformed("Too few columns.")
                }
                index += 1
            }
            isFirst = false
            var value = Datum.null
            if index < text.count, text[index] == 0x2C || text[index] == 0x29 {
                // Nothing is null; a domain may object.
                if TypeCatalog.isDomain(field.type.oid) {
                    try context.checkDomain?(.null, field.type.oid)
                }
            } else {
                guard let bytes = token(text, &index) else {
                    throw malformed("Unexpected end of input.")
                }
                value = try TypeIO.input(bytes, type: field.type, context: context, arena: arena)
            }
            record.fields.append(RecordValue.Field(type: field.type.oid, value: value))
        }
        guard index < text.count, text[index] == 0x29 else { throw malformed("Too many columns.") }
        index += 1
        skipSpace()
        guard index == text.count else { throw malformed("Junk after right parenthesis.") }
        return Datum(view: record.view(arena: arena))
    }

    /// One field up to a comma or parenthesis outside of quotes; nil: the text ends before.
    private static func token(_ text: UnsafeRawBufferPointer, _ index: inout Int) -> [UInt8]? {
        var result: [UInt8] = []
        var isQuoted = false
        while isQuoted || !(index < text.count && (text[index] == 0x2C || text[index] == 0x29)) {
            guard index < text.count else { return nil }
            let byte = text[index]
            index += 1
            if byte == 0x5C {
                guard index < text.count else { return nil }
                result.append(text[index])
                index += 1
            } else if byte == 0x22 {
                if isQuoted, index < text.count, text[index] == 0x22 {
                    result.append(byte)
                    index += 1
                } else {
                    isQuoted.toggle()
                }
            } else {
                result.append(byte)
            }
        }
        return result
    }
}

extension RecordValue {
    /// The fields that the type has now.
    public func live(_ context: TypeContext) -> [Field] {
        guard type.oid >= .firstUser, let shape = context.shape(of: type) else { return fields }
        var result: [Field] = []
        for (index, field) in shape.fields.enumerated() where !field.isDropped {
            result.append(Field(type: field.type.oid, value: self[index]))
        }
        return result
    }

    /// The same with their names; f1, f2 … where nobody gave them any.
    public func named(_ context: TypeContext) -> [(name: String, field: Field)] {
        let shape = context.shape(of: type)
        if let shape, type.oid >= .firstUser {
            return zip(shape.fields.filter { !$0.isDropped }.map(\.name), live(context)).map {
                ($0, $1)
            }
        }
        return fields.enumerated().map { index, field in
            (shape?.fields[index].name ?? "f\(index + 1)", field)
        }
    }
}
