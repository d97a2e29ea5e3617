internal import Base

/// Input and output of what is built from other types: enums, domains, rows, ranges. Each leads to the functions of
/// the types that it is built from.
enum UserTypeIO {
    /// Nil: no such type, or an array of them.
    static func input(
        _ text: UnsafeRawBufferPointer, type: SQLType, context: TypeContext, arena: Arena
    ) throws(SQLError) -> Datum? {
        if type.oid == .record {
            return try RecordText.input(text, type: type, context: context, arena: arena)
        }
        guard let info = TypeCatalog.info(type.oid) else { return nil }
        if let base = info.domainBase {
            let value = try TypeIO.input(text, type: base, context: context, arena: arena)
            try context.checkDomain?(value, type.oid)
            return value
        }
        if let range = info.range {
            return info.kind == "r"
                ? Datum(view: try RangeText.input(text, range, context, arena).view(arena: arena))
                : Datum(
                    view: try RangeText.inputMultirange(text, range, context, arena)
                        .view(arena: arena))
        }
        switch info.kind {
        case "e": return Datum(word: try enumWord(text, type.oid, context))
        case "c": return try RecordText.input(text, type: type, context: context, arena: arena)
        default: return nil
        }
    }

    /// False: no such type, or an array of them.
    static func output(
        _ datum: Datum, type: OID, context: TypeContext, into buffer: inout ByteBuffer
    ) -> Bool {
        if type == .record {
            RecordText.output(datum, context: context, into: &buffer)
            return true
        }
        guard let info = TypeCatalog.info(type) else { return false }
        if let base = info.domainBase {
            TypeIO.output(datum, type: base.oid, context: context, into: &buffer)
            return true
        }
        switch info.kind {
        case "e": appendLabel(datum.word, type, context, into: &buffer)
        case "c": RecordText.output(datum, context: context, into: &buffer)
        case "r", "m":
            let scratch = Arena()
            defer { withExtendedLifetime(scratch) {} }
            if info.kind == "r" {
                RangeText.append(
                    RangeValue(datum.view, arena: scratch), context, into: &buffer)
            } else {
                RangeText.append(
                    MultirangeValue(datum.view, arena: scratch), context, into: &buffer)
            }
        default: return false
        }
        return true
    }

    // MARK: Enums

    /// - Throws: 22P02; 55P04 for a value that is not committed yet.
    private static func enumWord(
        _ text: UnsafeRawBufferPointer, _ type: OID, _ context: TypeContext
    ) throws(SQLError) -> Int64 {
        if context.isForCatalog {
            // In stored expressions values are words: labels may be renamed.
            return try IntegerText.parse(text, range: .min ... .max, typeName: "enum")
        }
        guard let label = context.enumLabels?(type)?.label(named: text) else {
            throw SQLError(
                .invalidTextRepresentation,
                "invalid input value for enum \(context.name(of: SQLType(type))): \"\(string(text))\""
            )
        }
        try context.checkEnumLabel?(label, type)
        return label.word
    }

    private static func appendLabel(
        _ word: Int64, _ type: OID, _ context: TypeContext, into buffer: inout ByteBuffer
    ) {
        guard !context.isForCatalog, let labels = context.enumLabels?(type) else {
            return buffer.append(decimal: word)
        }
        guard let label = labels.label(ofWord: word) else { return buffer.append(decimal: word) }
        buffer.append(label.name)
    }

    // MARK: Binary

    /// Nil: no such type, or an array of them.
    static func receive(
        _ bytes: UnsafeRawBufferPointer, type: SQLType, context: TypeContext, arena: Arena
    ) throws(SQLError) -> Datum? {
        if type.oid == .record {
            return try receiveRecord(bytes, type: type, context: context, arena: arena)
        }
        guard let info = TypeCatalog.info(type.oid) else { return nil }
        if let base = info.domainBase {
            let value = try TypeIO.receive(bytes, type: base, context: context, arena: arena)
            try context.checkDomain?(value, type.oid)
            return value
        }
        if let range = info.range {
            return info.kind == "r"
                ? Datum(view: try RangeText.receive(bytes, range, context, arena).view(arena: arena))
                : Datum(
                    view: try RangeText.receiveMultirange(bytes, range, context, arena)
                        .view(arena: arena))
        }
        switch info.kind {
        case "e": return Datum(word: try enumWord(bytes, type.oid, context))
        case "c": return try receiveRecord(bytes, type: type, context: context, arena: arena)
        default: return nil
        }
    }

    private static func receiveRecord(
        _ bytes: UnsafeRawBufferPointer, type: SQLType, context: TypeContext, arena: Arena
    ) throws(SQLError) -> Datum {
        guard let shape = context.shape(of: type) else {
            throw SQLError(
                .featureNotSupported, "input of anonymous composite types is not implemented")
        }
        var reader = ByteReader(bytes)
        guard let count = reader.read(bigEndian: Int32.self) else { throw insufficientData }
        let expected = shape.fields.count { !$0.isDropped }
        guard Int(count) == expected else {
            throw SQLError(
                .datatypeMismatch, "wrong number of columns: \(count), expected \(expected)")
        }
        var record = RecordValue(type: type, fields: [])
        for (index, field) in shape.fields.enumerated() {
            var value = Datum.null
            if !field.isDropped {
                guard let given = reader.read(bigEndian: UInt32.self),
                    let length = reader.read(bigEndian: Int32.self)
                else { throw insufficientData }
                guard OID(given) == field.type.oid else {
                    throw SQLError(
                        .datatypeMismatch,
                        "binary data has type \(given) (\(context.name(of: SQLType(OID(given))))) instead of expected \(field.type.oid) (\(context.name(of: SQLType(field.type.oid)))) in record column \(index + 1)"
                    )
                }
                if length >= 0 {
                    guard let part = reader.read(byteCount: Int(length)) else {
                        throw insufficientData
                    }
                    value = try TypeIO.receive(
                        part, type: field.type, context: context, arena: arena)
                }
            }
            record.fields.append(RecordValue.Field(type: field.type.oid, value: value))
        }
        guard reader.isAtEnd else { throw TypeIO.badBinary }
        return Datum(view: record.view(arena: arena))
    }

    static func send(
        _ datum: Datum, type: OID, context: TypeContext, into buffer: inout ByteBuffer
    ) {
        guard let info = TypeCatalog.info(type) else {
            return TypeIO.store(datum, type: type, into: &buffer)
        }
        if let base = info.domainBase {
            return TypeIO.send(datum, type: base.oid, context: context, into: &buffer)
        }
        let scratch = Arena()
        defer { withExtendedLifetime(scratch) {} }
        func append(_ value: Datum, _ type: OID) {
            if value.isNull { return buffer.append(bigEndian: -1 as Int32) }
            let start = buffer.skip(4)
            TypeIO.send(value, type: type, context: context, into: &buffer)
            buffer.overwrite(bigEndian: Int32(buffer.count - start - 4), at: start)
        }
        if let range = info.range {
            func write(_ value: Datum, _ buffer: inout ByteBuffer) {
                TypeIO.send(value, type: range.subtype, context: context, into: &buffer)
            }
            if info.kind == "r" {
                RangeValue(datum.view, arena: scratch).append(to: &buffer, write)
            } else {
                MultirangeValue(datum.view, arena: scratch).append(to: &buffer, write)
            }
        } else if info.kind == "e" {
            appendLabel(datum.word, type, context, into: &buffer)
        } else if info.isArray {
            let header = ArrayBinary.appendHeader(of: datum.view, to: &buffer)
            for element in ArrayBinary.elements(datum.view, arena: scratch) {
                append(element, header)
            }
        } else {
            let fields = RecordValue(datum.view, arena: scratch).live(context)
            buffer.append(bigEndian: Int32(fields.count))
            for field in fields {
                buffer.append(bigEndian: field.type.rawValue)
                append(field.value, field.type)
            }
        }
    }
}
