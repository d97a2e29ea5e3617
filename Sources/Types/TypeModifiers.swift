public import Base

/// Type modifiers: from the numbers after a type's name, and their effect on values.
public enum TypeModifiers {
    private static let characterLengthMax: Int64 = 10_485_760
    /// How many bits a type of bit strings may ask for.
    public static let bitCountMax = 83_886_080

    /// The typmod of `type(arguments…)`; no arguments: -1. Throws 22023 with
    /// PostgreSQL's messages; the caller answers for types that take none.
    public static func encode(_ arguments: [Int64], for type: OID) throws(SQLError) -> Int32 {
        guard let first = arguments.first else { return -1 }
        func invalid(_ message: String) -> SQLError { SQLError(.invalidParameterValue, message) }
        switch type {
        case .varchar, .bpchar:
            guard arguments.count == 1 else { throw invalid("invalid type modifier") }
            let name = type == .varchar ? "varchar" : "char"
            guard first >= 1 else { throw invalid("length for type \(name) must be at least 1") }
            guard first <= characterLengthMax else {
                throw invalid("length for type \(name) cannot exceed \(characterLengthMax)")
            }
            return Int32(first) + 4
        case .numeric:
            guard arguments.count <= 2 else { throw invalid("invalid NUMERIC type modifier") }
            guard (1...1000).contains(first) else {
                throw invalid("NUMERIC precision \(first) must be between 1 and 1000")
            }
            let scale = arguments.count == 2 ? arguments[1] : 0
            guard (-1000...1000).contains(scale) else {
                throw invalid("NUMERIC scale \(scale) must be between -1000 and 1000")
            }
            return Int32(first << 16 | scale & 0x7FF) + 4
        case .bit, .varbit:
            guard arguments.count == 1 else { throw invalid("invalid type modifier") }
            let name = type == .bit ? "bit" : "varbit"
            guard first >= 1 else { throw invalid("length for type \(name) must be at least 1") }
            guard first <= bitCountMax else {
                throw invalid("length for type \(name) cannot exceed \(bitCountMax)")
            }
            return Int32(first)
        case .interval: return try encodeInterval(arguments)
        case .time, .timetz, .timestamp, .timestamptz:
            guard arguments.count == 1 else { throw invalid("invalid type modifier") }
            guard first >= 0 else {
                let name = type == .time || type == .timetz ? "TIME" : "TIMESTAMP"
                let zone = type == .timestamptz || type == .timetz ? " WITH TIME ZONE" : ""
                throw invalid("\(name)(\(first))\(zone) precision must not be negative")
            }
            return Int32(min(first, 6))
        default:
            throw SQLError(
                .syntaxError,
                "type modifier is not allowed for type \"\(TypeCatalog.info(type)?.name ?? "-")\"")
        }
    }

    /// The grammar gives the fields' bits, then the precision.
    private static func encodeInterval(_ arguments: [Int64]) throws(SQLError) -> Int32 {
        guard arguments.count <= 2, let range = Int32(exactly: arguments[0]),
            IntervalModifier.isRange(range)
        else { throw SQLError(.invalidParameterValue, "invalid INTERVAL type modifier") }
        guard arguments.count == 2 else {
            return range == IntervalModifier.fullRange
                ? -1 : IntervalModifier.make(range: range, precision: nil)
        }
        guard arguments[1] >= 0 else {
            throw SQLError(
                .invalidParameterValue, "INTERVAL(\(arguments[1])) precision must not be negative")
        }
        return IntervalModifier.make(range: range, precision: Int32(min(arguments[1], 6)))
    }

    /// Whether values must pass `apply` when they become this type.
    public static func isNeeded(_ type: SQLType) -> Bool { type.modifier >= 0 }

    /// Fits a value of the type (not null) to its modifier: assignment throws 22001 or 22003 where
    /// an explicit cast of text cuts.
    public static func apply(
        _ type: SQLType, to datum: Datum, isExplicit: Bool, arena: Arena
    ) throws(SQLError) -> Datum {
        guard type.modifier >= 0 else { return datum }
        switch type.oid {
        case .varchar:
            let limit = Int(type.modifier) - 4
            // Fewer bytes are fewer characters.
            if datum.view.count <= limit { return datum }
            return Datum(
                view: try datum.view.withBytes { (bytes) throws(SQLError) in
                    let end = TextEncoding.offset(bytes, characters: limit)
                    if end == bytes.count { return datum.view }
                    try checkCut(bytes, from: end, limit, "character varying", isExplicit)
                    return ByteView(
                        copying: UnsafeRawBufferPointer(rebasing: bytes[..<end]), into: arena)
                })
        case .bpchar:
            return Datum(
                view: try padded(datum.view, Int(type.modifier) - 4, isExplicit, arena))
        case .bit, .varbit:
            return Datum(
                view: try BitString(datum.view).fitted(to: type, isExplicit: isExplicit)
                    .view(arena: arena))
        case .numeric:
            return Datum(
                view: try Numeric.apply(modifier: type.modifier, to: datum.view, arena: arena))
        case .interval:
            return Datum(
                view: try IntervalModifier.apply(type.modifier, to: Interval(datum.view))
                    .view(in: arena))
        case .timetz:
            var value = TimeTZ(datum.view)
            value.microseconds = DateTime.round(value.microseconds, modifier: type.modifier)
            return Datum(view: value.view)
        case .time, .timestamp, .timestamptz:
            return Datum(word: DateTime.round(datum.word, modifier: type.modifier))
        default: return datum
        }
    }

    /// Only blanks may be lost silently.
    private static func checkCut(
        _ bytes: UnsafeRawBufferPointer, from end: Int, _ limit: Int, _ name: StaticString,
        _ isExplicit: Bool
    ) throws(SQLError) {
        if isExplicit { return }
        for byte in bytes[end...] where byte != 0x20 {
            throw SQLError(
                .stringDataRightTruncation, "value too long for type \(name)(\(limit))")
        }
    }

    private static func padded(
        _ view: ByteView, _ length: Int, _ isExplicit: Bool, _ arena: Arena
    ) throws(SQLError) -> ByteView {
        try view.withBytes { (bytes) throws(SQLError) in
            let count = TextEncoding.characterCount(bytes)
            if count == length { return view }
            // Only a direct call of bpchar() gets here with more than a type can have.
            guard length <= Int(characterLengthMax) || length < count else {
                throw SQLError(.programLimitExceeded, "requested length too large")
            }
            if count > length {
                let end = TextEncoding.offset(bytes, characters: length)
                try checkCut(bytes, from: end, length, "character", isExplicit)
                return ByteView(
                    copying: UnsafeRawBufferPointer(rebasing: bytes[..<end]), into: arena)
            }
            let size = bytes.count + length - count
            let target = arena.allocate(byteCount: size)
            if let source = bytes.baseAddress {
                target.copyMemory(from: source, byteCount: bytes.count)
            }
            (target + bytes.count).initializeMemory(
                as: UInt8.self, repeating: 0x20, count: length - count)
            return ByteView(borrowing: UnsafeRawBufferPointer(start: target, count: size))
        }
    }
}
