public import Base

/// Text and binary forms of values, as PostgreSQL's input, output, receive and send functions.
public enum TypeIO {
    /// Reads the text form and applies the type's modifier. Throws 22P02, 22003, 22007, 22008, 22001,
    /// 22021 …, as PostgreSQL. Long values are copied into `arena`.
    public static func input(
        _ text: UnsafeRawBufferPointer, type: SQLType, context: TypeContext, arena: Arena
    ) throws(SQLError) -> Datum {
        // OIDs of Types/OID+Types.swift, as numbers: a dense switch.
        switch type.oid.rawValue {
        case 23:
            return Datum(
                word: try IntegerText.parse(
                    text, range: Int64(Int32.min)...Int64(Int32.max), typeName: "integer"))
        case 20:
            return Datum(
                word: try IntegerText.parse(text, range: .min ... .max, typeName: "bigint"))
        case 21:
            return Datum(
                word: try IntegerText.parse(
                    text, range: Int64(Int16.min)...Int64(Int16.max), typeName: "smallint"))
        case 25, 705, 2275, 194:
            try TextEncoding.validate(text)
            return Datum(view: ByteView(copying: text, into: arena))
        case 1043, 1042:
            try TextEncoding.validate(text)
            let value = Datum(view: ByteView(copying: text, into: arena))
            return try TypeModifiers.apply(type, to: value, isExplicit: false, arena: arena)
        case 114:
            try TextEncoding.validate(text)
            try JSONParser.validate(text)
            return Datum(view: ByteView(copying: text, into: arena))
        case 3802: return Datum(view: try JSONText.parse(text, arena: arena))
        case 4072:
            try TextEncoding.validate(text)
            if text.isEmpty {
                throw SQLError(
                    .invalidTextRepresentation, "invalid input syntax for type jsonpath: \"\"")
            }
            let path = try JSONPath.parse([UInt8](text))
            return Datum(view: ByteView(copying: path.text, into: arena))
        case 1700:
            let value = try Numeric.parse(text, arena: arena)
            return Datum(
                view: try Numeric.apply(modifier: type.modifier, to: value, arena: arena))
        case 16: return Datum(try parseBool(text))
        case 17: return Datum(view: try ByteaText.parse(text, arena: arena))
        case 18: return Datum(word: Int64(charInput(text)))
        case 19:
            try TextEncoding.validate(text)
            let end = TextEncoding.clip(text, toBytes: 63)
            return Datum(
                view: ByteView(copying: UnsafeRawBufferPointer(rebasing: text[..<end]), into: arena)
            )
        case 26: return Datum(word: try IntegerText.parseOID(text))
        case 27: return Datum(word: try RowPlace(text).word)
        case 28: return Datum(word: try IntegerText.parseOID(text, typeName: "xid"))
        case 29: return Datum(word: try IntegerText.parseOID(text, typeName: "cid"))
        case 5069: return Datum(word: try IntegerText.parseUnsigned(text, typeName: "xid8"))
        case 3220: return Datum(word: try IntegerText.parseLogPosition(text))
        case 700: return Datum(try FloatText.parseFloat(text))
        case 701: return Datum(try FloatText.parseDouble(text))
        case 2950: return Datum(view: try UUIDText.parse(text, arena: arena))
        case 1082: return Datum(word: try DateTimeInput.date(text, context))
        case 1083: return Datum(word: try DateTimeInput.time(text, type.modifier, context))
        case 1114: return Datum(word: try DateTimeInput.timestamp(text, type.modifier, context))
        case 1186:
            let value = try IntervalInput.parse(text, type.modifier, context)
            return Datum(view: value.view(in: arena))
        case 1266:
            return Datum(view: try DateTimeInput.timetz(text, type.modifier, context).view)
        case 1184: return Datum(word: try DateTimeInput.timestamptz(text, type.modifier, context))
        case 24, 2202, 2203, 2204, 2205, 2206, 4089, 4096:
            return Datum(try ObjectName.input(text, type: type.oid, context))
        case 650, 869:
            return Datum(view: try NetworkText.parse(text, type: type.oid, arena: arena))
        case 774: return Datum(view: try MACAddress.parse8(text, arena: arena))
        case 1033:
            let item = try ACLItem(string(text), context: context)
            return Datum(view: ByteView(copying: item.text, into: arena))
        case 829: return Datum(view: try MACAddress.parse(text, arena: arena))
        case 600...604, 628, 718:
            return Datum(view: try GeometricText.parse(text, type: type.oid, arena: arena))
        case 790: return Datum(word: try MoneyText.parse(text))
        case 1560, 1562: return Datum(view: try BitString.parse(text, type: type, arena: arena))
        case 2278: return Datum(view: ByteView())
        case 2970, 5038:
            let value = try SnapshotValue(text)
            return Datum(view: ByteView(copying: value.description, into: arena))
        default:
            if TypeCatalog.isUserDefined(type.oid),
                let value = try UserTypeIO.input(text, type: type, context: context, arena: arena)
            {
                return value
            }
            return try ArrayText.input(text, type: type, context: context, arena: arena)
        }
    }

    public static func input(
        _ text: String, type: SQLType, context: TypeContext, arena: Arena
    ) throws(SQLError) -> Datum {
        try input(Array(text.utf8), type: type, context: context, arena: arena)
    }

    static func input(
        _ text: [UInt8], type: SQLType, context: TypeContext, arena: Arena
    ) throws(SQLError) -> Datum {
        // Array's own withUnsafeBytes does not pass typed errors on.
        try text.span.bytes.withUnsafeBytes { (raw) throws(SQLError) in
            try input(raw, type: type, context: context, arena: arena)
        }
    }

    /// Appends the text form of a value that is not null.
    public static func output(
        _ datum: Datum, type: OID, context: TypeContext, into buffer: inout ByteBuffer
    ) {
        switch type.rawValue {
        case 20, 21, 23, 26, 28, 29: buffer.append(decimal: datum.word)
        case 27: buffer.append(RowPlace(word: datum.word).description)
        case 5069: buffer.append(String(UInt64(bitPattern: datum.word)))
        case 25, 1042, 1043, 19, 705, 2275, 194, 114, 4072, 1033, 2970, 5038:
            buffer.append(datum.view)
        case 3802: datum.view.withBytes { JSONText.append(JSONB($0), to: &buffer) }
        case 1700: Numeric.append(datum.view, to: &buffer)
        case 16: buffer.append(datum.bool ? 0x74 as UInt8 : 0x66)
        case 17: datum.view.withBytes { ByteaText.append($0, context.byteaOutput, to: &buffer) }
        case 18: charOutput(UInt8(truncatingIfNeeded: datum.word), to: &buffer)
        case 700:
            FloatText.append(datum.float, extraDigits: context.extraFloatDigits, to: &buffer)
        case 701:
            FloatText.append(datum.double, extraDigits: context.extraFloatDigits, to: &buffer)
        case 2950: datum.view.withBytes { UUIDText.append($0, to: &buffer) }
        case 3220: buffer.append(LogPosition(UInt64(bitPattern: datum.word)).description)
        case 1082: DateTimeOutput.date(datum.word, context, to: &buffer)
        case 1083: DateTimeOutput.time(datum.word, to: &buffer)
        case 1114: DateTimeOutput.timestamp(datum.word, context, to: &buffer)
        case 1184: DateTimeOutput.timestamptz(datum.word, context, to: &buffer)
        case 1186:
            IntervalOutput.append(
                Interval(datum.view), style: context.intervalStyle, to: &buffer)
        case 1266: DateTimeOutput.timetz(TimeTZ(datum.view), to: &buffer)
        case 24, 2202, 2203, 2204, 2205, 2206, 4089, 4096:
            ObjectName.output(datum.oid, type: type, context, to: &buffer)
        case 650, 869:
            buffer.append(NetworkText.text(NetworkAddress(datum.view), isCIDR: type == .cidr))
        case 774, 829: datum.view.withBytes { MACAddress.append($0, to: &buffer) }
        case 1560, 1562: BitString(datum.view).append(to: &buffer)
        case 600...604, 628, 718:
            GeometricText.append(
                GeometricValue(datum.view), type: type, extraDigits: context.extraFloatDigits,
                to: &buffer)
        case 790: MoneyText.append(datum.word, to: &buffer)
        case 2278: break
        default:
            if TypeCatalog.isUserDefined(type),
                UserTypeIO.output(datum, type: type, context: context, into: &buffer)
            {
                return
            }
            ArrayText.output(datum, type: type, context: context, into: &buffer)
        }
    }

    /// The text form, for messages and catalogs.
    public static func text(_ datum: Datum, type: OID, context: TypeContext) -> String {
        var buffer = ByteBuffer()
        output(datum, type: type, context: context, into: &buffer)
        return buffer.withBytes { String(decoding: $0, as: UTF8.self) }
    }

    // MARK: Small types

    private static func parseBool(_ text: UnsafeRawBufferPointer) throws(SQLError) -> Bool {
        let word = trimmed(text)
        if isPrefixIgnoringCase(word, "true") || isPrefixIgnoringCase(word, "yes")
            || equalsIgnoringCase(word, "on") || equalsIgnoringCase(word, "1")
        {
            return true
        }
        if isPrefixIgnoringCase(word, "false") || isPrefixIgnoringCase(word, "no")
            || isPrefixIgnoringCase(word, "off") && word.count > 1 || equalsIgnoringCase(word, "0")
        {
            return false
        }
        throw invalidSyntax("boolean", text)
    }

    /// `"char"`: the first byte, or a backslash and three octal digits.
    static func charInput(_ text: UnsafeRawBufferPointer) -> UInt8 {
        if text.count == 4, text[0] == 0x5C, text[1...].allSatisfy({ (0x30...0x37).contains($0) }) {
            return text[1] << 6 | (text[2] & 7) << 3 | (text[3] & 7)
        }
        return text.first ?? 0
    }

    static func charOutput(_ byte: UInt8, to buffer: inout ByteBuffer) {
        if byte >= 0x80 {
            for digit in [0x5C, 48 + (byte >> 6), 48 + (byte >> 3 & 7), 48 + (byte & 7)] {
                buffer.append(digit)
            }
        } else if byte != 0 {
            buffer.append(byte)
        }
    }
}
