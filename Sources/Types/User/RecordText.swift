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
        QuotedItem.append(text, to: &buffer) { $0 == 0x28 || $0 == 0x29 || $0 == 0x2C }
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
            if index < text.count, isEnd(text[index]) {
                // Nothing is null; a domain may object.
                if TypeCatalog.isDomain(field.type.oid) {
                    try context.checkDomain?(.null, field.type.oid)
                }
            } else {
                guard let bytes = QuotedItem.read(text, &index, isEnd: isEnd) else {
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

    /// A comma or parenthesis ends a field.
    private static func isEnd(_ byte: UInt8) -> Bool { byte == 0x2C || byte == 0x29 }
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
