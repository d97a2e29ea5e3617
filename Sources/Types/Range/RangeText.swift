internal import Base

/// Text and binary forms of ranges and multiranges (chapter 8.17): `[1,5)`, `(,"a b"]`, `empty`,
/// `{[1,3), [7,9)}`.
enum RangeText {
    // MARK: Input

    static func input(
        _ text: UnsafeRawBufferPointer, _ facts: RangeFacts, _ context: TypeContext, _ arena: Arena
    ) throws(SQLError) -> RangeValue {
        func malformed(_ detail: String) -> SQLError {
            SQLError(.invalidTextRepresentation, "malformed range literal: \"\(string(text))\"")
                .detail(detail)
        }
        var index = 0
        func skipSpace() {
            while index < text.count, isSpace(text[index]) { index += 1 }
        }
        skipSpace()
        if startsWithEmpty(text, index) {
            index += 5
            skipSpace()
            guard index == text.count else { throw malformed("Junk after \"empty\" key word.") }
            return .empty(facts)
        }
        guard index < text.count, text[index] == 0x5B || text[index] == 0x28 else {
            throw malformed("Missing left parenthesis or bracket.")
        }
        let isLowerInclusive = text[index] == 0x5B
        index += 1
        let lower = try bound(text, &index, malformed)
        guard index < text.count, text[index] == 0x2C else {
            throw malformed("Missing comma after lower bound.")
        }
        index += 1
        let upper = try bound(text, &index, malformed)
        guard index < text.count, text[index] == 0x5D || text[index] == 0x29 else {
            throw malformed("Too many commas.")
        }
        let isUpperInclusive = text[index] == 0x5D
        index += 1
        skipSpace()
        guard index == text.count else {
            throw malformed("Junk after right parenthesis or bracket.")
        }
        func value(_ bytes: [UInt8]?) throws(SQLError) -> Datum? {
            guard let bytes else { return nil }
            return try TypeIO.input(
                bytes, type: SQLType(facts.subtype), context: context, arena: arena)
        }
        return try RangeValue.make(
            facts,
            from: RangeBound(
                value: try value(lower), isInclusive: isLowerInclusive, isLower: true),
            to: RangeBound(
                value: try value(upper), isInclusive: isUpperInclusive, isLower: false))
    }

    private static func startsWithEmpty(_ text: UnsafeRawBufferPointer, _ index: Int) -> Bool {
        index + 5 <= text.count
            && equalsIgnoringCase(
                UnsafeRawBufferPointer(rebasing: text[index..<index + 5]), "empty")
    }

    /// One bound's text up to a comma, parenthesis or bracket outside of quotes; nil: nothing is there.
    private static func bound(
        _ text: UnsafeRawBufferPointer, _ index: inout Int, _ malformed: (String) -> SQLError
    ) throws(SQLError) -> [UInt8]? {
        func isEnd(_ byte: UInt8) -> Bool { byte == 0x2C || byte == 0x29 || byte == 0x5D }
        if index < text.count, isEnd(text[index]) { return nil }
        guard let result = QuotedItem.read(text, &index, isEnd: isEnd) else {
            throw malformed("Unexpected end of input.")
        }
        return result
    }

    static func inputMultirange(
        _ text: UnsafeRawBufferPointer, _ facts: RangeFacts, _ context: TypeContext, _ arena: Arena
    ) throws(SQLError) -> MultirangeValue {
        func malformed(_ detail: String) -> SQLError {
            SQLError(
                .invalidTextRepresentation, "malformed multirange literal: \"\(string(text))\""
            ).detail(detail)
        }
        var index = 0
        func skipSpace() {
            while index < text.count, isSpace(text[index]) { index += 1 }
        }
        func next() throws(SQLError) -> UInt8 {
            skipSpace()
            guard index < text.count else { throw malformed("Unexpected end of input.") }
            return text[index]
        }
        skipSpace()
        guard index < text.count, text[index] == 0x7B else {
            throw malformed("Missing left brace.")
        }
        index += 1
        var ranges: [RangeValue] = []
        if try next() == 0x7D {
            index += 1
        } else {
            while true {
                let first = try next()
                if startsWithEmpty(text, index) {
                    index += 5
                } else {
                    guard first == 0x5B || first == 0x28 else {
                        throw malformed("Expected range start.")
                    }
                    let start = index
                    guard let end = endOfRange(text, start) else {
                        throw malformed("Unexpected end of input.")
                    }
                    index = end
                    ranges.append(
                        try input(
                            UnsafeRawBufferPointer(rebasing: text[start..<end]), facts, context,
                            arena))
                }
                let separator = try next()
                index += 1
                if separator == 0x7D { break }
                guard separator == 0x2C else {
                    throw malformed("Expected comma or end of multirange.")
                }
            }
        }
        skipSpace()
        guard index == text.count else { throw malformed("Junk after closing right brace.") }
        return MultirangeValue(facts, ranges)
    }

    /// The place behind the range that begins at `start`; nil: it does not end.
    private static func endOfRange(_ text: UnsafeRawBufferPointer, _ start: Int) -> Int? {
        var index = start
        var isQuoted = false
        while index < text.count {
            switch text[index] {
            case 0x5C: index += 1
            case 0x22: isQuoted.toggle()
            case 0x5D, 0x29:
                if !isQuoted { return index + 1 }
            default: break
            }
            index += 1
        }
        return nil
    }

    // MARK: Output

    static func append(
        _ range: RangeValue, _ context: TypeContext, into buffer: inout ByteBuffer
    ) {
        if range.isEmpty { return buffer.append("empty") }
        buffer.append(range.lower.isInclusive ? 0x5B as UInt8 : 0x28)
        append(range.lower, range.facts.subtype, context, into: &buffer)
        buffer.append(0x2C as UInt8)
        append(range.upper, range.facts.subtype, context, into: &buffer)
        buffer.append(range.upper.isInclusive ? 0x5D as UInt8 : 0x29)
    }

    private static func append(
        _ bound: RangeBound, _ subtype: OID, _ context: TypeContext, into buffer: inout ByteBuffer
    ) {
        guard let value = bound.value else { return }
        var text = ByteBuffer()
        TypeIO.output(value, type: subtype, context: context, into: &text)
        text.withBytes { bytes in
            let special: [UInt8] = [0x28, 0x29, 0x5B, 0x5D, 0x2C]
            QuotedItem.append(bytes, to: &buffer) { special.contains($0) }
        }
    }

    static func append(
        _ multirange: MultirangeValue, _ context: TypeContext, into buffer: inout ByteBuffer
    ) {
        buffer.append(0x7B as UInt8)
        for (index, range) in multirange.ranges.enumerated() {
            if index > 0 { buffer.append(0x2C as UInt8) }
            append(range, context, into: &buffer)
        }
        buffer.append(0x7D as UInt8)
    }

    // MARK: Binary

    static func receive(
        _ bytes: UnsafeRawBufferPointer, _ facts: RangeFacts, _ context: TypeContext, _ arena: Arena
    ) throws(SQLError) -> RangeValue {
        var reader = ByteReader(bytes)
        guard let given = reader.readByte() else { throw insufficientData }
        // What is not known is passed over.
        let flags = given & 0x1F
        let isEmpty = flags & RangeValue.Flags.empty != 0
        func bound(_ infinite: UInt8, _ inclusive: UInt8, isLower: Bool) throws(SQLError)
            -> RangeBound
        {
            var value: Datum?
            if !isEmpty, flags & infinite == 0 {
                guard let length = reader.read(bigEndian: Int32.self),
                    let part = reader.read(byteCount: Int(length))
                else { throw insufficientData }
                value = try TypeIO.receive(
                    part, type: SQLType(facts.subtype), context: context, arena: arena)
            }
            return RangeBound(value: value, isInclusive: flags & inclusive != 0, isLower: isLower)
        }
        let lower = try bound(
            RangeValue.Flags.lowerInfinite, RangeValue.Flags.lowerInclusive, isLower: true)
        let upper = try bound(
            RangeValue.Flags.upperInfinite, RangeValue.Flags.upperInclusive, isLower: false)
        guard reader.isAtEnd else { throw TypeIO.badBinary }
        return isEmpty ? .empty(facts) : try RangeValue.make(facts, from: lower, to: upper)
    }

    static func receiveMultirange(
        _ bytes: UnsafeRawBufferPointer, _ facts: RangeFacts, _ context: TypeContext, _ arena: Arena
    ) throws(SQLError) -> MultirangeValue {
        var reader = ByteReader(bytes)
        guard let count = reader.read(bigEndian: UInt32.self) else { throw insufficientData }
        var ranges: [RangeValue] = []
        for _ in 0..<count {
            guard let length = reader.read(bigEndian: Int32.self),
                let part = reader.read(byteCount: Int(length))
            else { throw insufficientData }
            ranges.append(try receive(part, facts, context, arena))
        }
        guard reader.isAtEnd else { throw TypeIO.badBinary }
        return MultirangeValue(facts, ranges)
    }
}
