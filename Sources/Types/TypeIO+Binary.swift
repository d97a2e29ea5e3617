public import Base

/// The wire's binary forms: big-endian words; text as it is; numeric and arrays in formats of their own.
extension TypeIO {
    /// Reads the binary form and applies the type's modifier. Throws 22P03 or 08P01 where the bytes
    /// do not fit the type.
    public static func receive(
        _ bytes: UnsafeRawBufferPointer, type: SQLType, context: TypeContext, arena: Arena
    ) throws(SQLError) -> Datum {
        var reader = ByteReader(bytes)
        let result: Datum
        switch type.oid.rawValue {
        case 16:
            guard let byte = reader.readByte() else { throw insufficientData }
            result = Datum(byte != 0)
        case 18:
            guard let byte = reader.readByte() else { throw insufficientData }
            result = Datum(word: Int64(byte))
        case 21:
            guard let value = reader.read(bigEndian: Int16.self) else { throw insufficientData }
            result = Datum(word: Int64(value))
        case 23:
            guard let value = reader.read(bigEndian: Int32.self) else { throw insufficientData }
            result = Datum(word: Int64(value))
        case 24, 26, 28, 29, 2202, 2203, 2204, 2205, 2206, 4089, 4096, 700:
            guard let value = reader.read(bigEndian: UInt32.self) else { throw insufficientData }
            result = Datum(word: Int64(value))
        case 20, 701, 790, 3220, 5069:
            guard let value = reader.read(bigEndian: Int64.self) else { throw insufficientData }
            result = Datum(word: value)
        case 27:
            guard let block = reader.read(bigEndian: UInt32.self),
                let offset = reader.read(bigEndian: UInt16.self)
            else { throw insufficientData }
            result = Datum(word: RowPlace(block: block, offset: offset).word)
        case 2970, 5038: return Datum(view: try SnapshotValue.receive(bytes, arena: arena))
        case 1082, 1083, 1114, 1184:
            result = Datum(word: try receiveDateTime(&reader, type))
        case 1186:
            guard bytes.count >= Interval.sizeBytes else { throw insufficientData }
            guard bytes.count == Interval.sizeBytes else { throw badBinary }
            let value = Interval(ByteView(borrowing: bytes))
            return Datum(
                view: try IntervalModifier.apply(type.modifier, to: value).view(in: arena))
        case 1266:
            guard bytes.count >= TimeTZ.sizeBytes else { throw insufficientData }
            guard bytes.count == TimeTZ.sizeBytes else { throw badBinary }
            return Datum(view: try receiveTimeTZ(ByteView(borrowing: bytes), type).view)
        case 1700:
            let value = try Numeric.receive(bytes, arena: arena)
            return Datum(view: try Numeric.apply(modifier: type.modifier, to: value, arena: arena))
        case 2950:
            guard bytes.count >= 16 else { throw insufficientData }
            guard bytes.count == 16 else { throw badBinary }
            return Datum(view: ByteView(copying: bytes, into: arena))
        case 650, 869:
            return Datum(view: try NetworkAddress.receive(bytes, type: type.oid, arena: arena))
        case 774, 829: return Datum(view: try receiveMAC(bytes, type.oid, arena))
        case 1560, 1562: return Datum(view: try BitString.receive(bytes, type: type, arena: arena))
        case 600...604, 628, 718:
            return Datum(view: try GeometricText.receive(bytes, type: type.oid, arena: arena))
        case 17: return Datum(view: ByteView(copying: bytes, into: arena))
        case 4072:
            guard let version = reader.readByte() else { throw insufficientData }
            guard version == 1 else {
                throw SQLError(.internalError, "unsupported jsonpath version number \(version)")
            }
            let text = UnsafeRawBufferPointer(rebasing: bytes[1...])
            return try input(text, type: type, context: context, arena: arena)
        case 3802:
            // A version, then text.
            guard let version = reader.readByte() else { throw insufficientData }
            guard version == 1 else {
                throw SQLError(.internalError, "unsupported jsonb version number \(version)")
            }
            let text = UnsafeRawBufferPointer(rebasing: bytes[1...])
            return Datum(view: try JSONText.parse(text, arena: arena))
        case 19, 25, 114, 194, 705, 1042, 1043, 2275:
            return try input(bytes, type: type, context: context, arena: arena)
        case 2278: return Datum(view: ByteView())
        default:
            if TypeCatalog.isUserDefined(type.oid),
                let value = try UserTypeIO.receive(
                    bytes, type: type, context: context, arena: arena)
            {
                return value
            }
            return try ArrayBinary.receive(bytes, type: type, context: context, arena: arena)
        }
        guard reader.isAtEnd else { throw badBinary }
        return result
    }

    /// macaddr8 takes the shorter form too.
    private static func receiveMAC(
        _ bytes: UnsafeRawBufferPointer, _ type: OID, _ arena: Arena
    ) throws(SQLError) -> ByteView {
        var octets = [UInt8](bytes)
        if type == .macaddr8, octets.count == 6 { octets.insert(contentsOf: [0xFF, 0xFE], at: 3) }
        let count = type == .macaddr ? 6 : 8
        guard octets.count >= count else { throw insufficientData }
        guard octets.count == count else { throw badBinary }
        return ByteView(copying: octets, into: arena)
    }

    static var badBinary: SQLError {
        SQLError(.invalidBinaryRepresentation, "incorrect binary data format")
    }

    private static func receiveDateTime(
        _ reader: inout ByteReader, _ type: SQLType
    ) throws(SQLError) -> Int64 {
        if type.oid == .date {
            guard let value = reader.read(bigEndian: Int32.self) else { throw insufficientData }
            let days = Int64(value)
            guard DateTime.isInfinite(date: days) || DateTime.dateRange.contains(days) else {
                throw SQLError(.datetimeFieldOverflow, "date out of range")
            }
            return days
        }
        guard let value = reader.read(bigEndian: Int64.self) else { throw insufficientData }
        if type.oid == .time {
            guard value >= 0, value <= Calendar.microsecondsPerDay else {
                throw SQLError(.datetimeFieldOverflow, "time out of range")
            }
        } else if !DateTime.isInfinite(value), !DateTime.timestampRange.contains(value) {
            throw SQLError(.datetimeFieldOverflow, "timestamp out of range")
        }
        return DateTime.round(value, modifier: type.modifier)
    }

    private static func receiveTimeTZ(
        _ view: ByteView, _ type: SQLType
    ) throws(SQLError) -> TimeTZ {
        var value = TimeTZ(view)
        guard (0...Calendar.microsecondsPerDay).contains(value.microseconds) else {
            throw SQLError(.datetimeFieldOverflow, "time out of range")
        }
        guard value.westSeconds.magnitude < 16 * 3600 else {
            throw SQLError(
                .invalidTimeZoneDisplacementValue, "time zone displacement out of range")
        }
        value.microseconds = DateTime.round(value.microseconds, modifier: type.modifier)
        return value
    }

    /// Appends the binary form of a value that is not null, without its length.
    public static func send(
        _ datum: Datum, type: OID, context: TypeContext, into buffer: inout ByteBuffer
    ) {
        if TypeCatalog.isUserDefined(type) {
            UserTypeIO.send(datum, type: type, context: context, into: &buffer)
        } else {
            store(datum, type: type, into: &buffer)
        }
    }

    /// The form in which elements of arrays and fields of rows are kept: the binary form, but words
    /// for enums and `RecordValue` for rows.
    static func store(_ datum: Datum, type: OID, into buffer: inout ByteBuffer) {
        switch type.rawValue {
        case 16, 18: buffer.append(UInt8(truncatingIfNeeded: datum.word))
        case 21: buffer.append(bigEndian: Int16(truncatingIfNeeded: datum.word))
        case 23, 24, 26, 28, 29, 700, 1082, 2202, 2203, 2204, 2205, 2206, 4089, 4096:
            buffer.append(bigEndian: Int32(truncatingIfNeeded: datum.word))
        case 20, 701, 790, 1083, 1114, 1184, 3220, 5069: buffer.append(bigEndian: datum.word)
        case 27:
            let place = RowPlace(word: datum.word)
            buffer.append(bigEndian: place.block)
            buffer.append(bigEndian: place.offset)
        case 1700: Numeric.send(datum.view, to: &buffer)
        case 2970, 5038: SnapshotValue(stored: datum.view).send(to: &buffer)
        case 3802:
            buffer.append(1 as UInt8)
            datum.view.withBytes { JSONText.append(JSONB($0), to: &buffer) }
        case 4072:
            buffer.append(1 as UInt8)
            buffer.append(datum.view)
        case 650:
            buffer.append(contentsOf: NetworkAddress(datum.view).wire(isCIDR: true))
        case 869:
            buffer.append(contentsOf: NetworkAddress(datum.view).wire(isCIDR: false))
        case 2278: break
        // Text, bytea and uuid are their bytes; intervals, timetz, bit strings and arrays are kept in
        // their binary form.
        default:
            let base = TypeCatalog.base(type)
            if base != type { return store(datum, type: base, into: &buffer) }
            if TypeCatalog.isEnumeration(type) { return buffer.append(bigEndian: datum.word) }
            buffer.append(datum.view)
        }
    }
}
