public import Base

/// Text form of numeric, of any size.
extension Numeric {
    /// As numeric_in reads it, without a modifier.
    public static func parse(
        _ text: UnsafeRawBufferPointer, arena: Arena
    ) throws(SQLError) -> ByteView {
        let body = trimmed(text)
        var index = 0
        var isNegative = false
        if let first = body.first, first == 0x2D || first == 0x2B {
            isNegative = first == 0x2D
            index = 1
        }
        // Up to 18 digits and a point: by far the most.
        var value: Int64 = 0
        var digitCount = 0
        var pointIndex = -1
        let start = index
        while index < body.count {
            let byte = body[index]
            if isDigit(byte), digitCount < 18 {
                value = value &* 10 &+ Int64(byte &- 48)
                digitCount += 1
            } else if byte == 0x2E, pointIndex < 0 {
                pointIndex = index
            } else {
                return try parseSlowly(text, body, from: start, isNegative, arena)
            }
            index += 1
        }
        guard digitCount > 0 else {
            return try parseSlowly(text, body, from: start, isNegative, arena)
        }
        let scale = pointIndex < 0 ? 0 : body.count - 1 - pointIndex
        return small(isNegative ? -value : value, scale: scale)
    }

    private static func parseSlowly(
        _ text: UnsafeRawBufferPointer, _ body: UnsafeRawBufferPointer, from start: Int,
        _ isNegative: Bool, _ arena: Arena
    ) throws(SQLError) -> ByteView {
        let word = UnsafeRawBufferPointer(rebasing: body[start...])
        if equalsIgnoringCase(word, "nan"), start == 0 { return nan }
        if equalsIgnoringCase(word, "infinity") || equalsIgnoringCase(word, "inf") {
            return isNegative ? negativeInfinity : infinity
        }
        var digits: [UInt8] = []
        digits.reserveCapacity(body.count)
        var scale = 0
        var hasPoint = false
        var index = start
        while index < body.count {
            let byte = body[index]
            if isDigit(byte) {
                digits.append(byte)
                if hasPoint { scale += 1 }
            } else if byte == 0x2E, !hasPoint {
                hasPoint = true
            } else {
                break
            }
            index += 1
        }
        guard !digits.isEmpty else { throw invalidSyntax("numeric", text) }
        var exponent = 0
        if index < body.count, body[index] | 0x20 == 0x65 {
            (exponent, index) = try parseExponent(text, body, from: index + 1)
        }
        guard index == body.count else { throw invalidSyntax("numeric", text) }
        return try assemble(digits, scale: scale - exponent, isNegative, arena)
    }

    private static func parseExponent(
        _ text: UnsafeRawBufferPointer, _ body: UnsafeRawBufferPointer, from start: Int
    ) throws(SQLError) -> (value: Int, end: Int) {
        var index = start
        var isNegative = false
        if index < body.count, body[index] == 0x2D || body[index] == 0x2B {
            isNegative = body[index] == 0x2D
            index += 1
        }
        let firstDigit = index
        var value = 0
        while index < body.count, isDigit(body[index]) {
            value = min(value * 10 + Int(body[index] - 48), Int(Int32.max))
            index += 1
        }
        guard index > firstDigit, value < Int(Int32.max) / 2 else {
            if index > firstDigit { throw overflow }
            throw invalidSyntax("numeric", text)
        }
        return (isNegative ? -value : value, index)
    }

    /// `digits` · 10^-scale, where scale may be negative.
    private static func assemble(
        _ digits: [UInt8], scale: Int, _ isNegative: Bool, _ arena: Arena
    ) throws(SQLError) -> ByteView {
        guard scale <= scaleMax else { throw overflow }
        let firstDigit = digits.firstIndex { $0 != 0x30 } ?? digits.count
        let significant = digits.count - firstDigit
        if significant == 0 { return small(0, scale: max(scale, 0)) }
        guard significant - scale <= digitsMax else { throw overflow }
        var value = BigInteger(digits: digits)
        if isNegative { value = value.negated() }
        if scale < 0 { value = value.timesPowerOfTen(-scale) }
        return try make(value, scale: max(scale, 0), arena: arena)
    }

    /// As numeric_out writes it.
    public static func append(_ view: ByteView, to buffer: inout ByteBuffer) {
        if isSmall(view) {
            appendSmall(scaled(view), scale: Int(view.head & 0xFFFF), to: &buffer)
            return
        }
        switch kind(view) {
        case .nan: buffer.append("NaN")
        case .infinity: buffer.append("Infinity")
        case .negativeInfinity: buffer.append("-Infinity")
        case .positive, .negative:
            if kind(view) == .negative { buffer.append(0x2D as UInt8) }
            appendDigits(integer(view).digits, scale: scale(view), to: &buffer)
        }
    }

    private static func appendSmall(_ value: Int64, scale: Int, to buffer: inout ByteBuffer) {
        if scale == 0 {
            buffer.append(decimal: value)
            return
        }
        if scale > 18 {
            if value < 0 { buffer.append(0x2D as UInt8) }
            appendDigits(Array(String(value.magnitude).utf8), scale: scale, to: &buffer)
            return
        }
        let power = powersOfTen[scale].magnitude
        let (whole, fraction) = value.magnitude.quotientAndRemainder(dividingBy: power)
        if value < 0 { buffer.append(0x2D as UInt8) }
        buffer.append(decimal: Int64(whole))
        buffer.append(0x2E as UInt8)
        var rest = fraction
        buffer.appendUninitialized(upTo: scale) { room in
            for index in stride(from: scale - 1, through: 0, by: -1) {
                room[index] = UInt8(48 + rest % 10)
                rest /= 10
            }
            return scale
        }
    }

    private static func appendDigits(_ digits: [UInt8], scale: Int, to buffer: inout ByteBuffer) {
        let wholeCount = digits.count - scale
        if wholeCount <= 0 {
            buffer.append(0x30 as UInt8)
        } else {
            buffer.append(contentsOf: Array(digits[..<wholeCount]))
        }
        guard scale > 0 else { return }
        buffer.append(0x2E as UInt8)
        for _ in 0..<max(-wholeCount, 0) { buffer.append(0x30 as UInt8) }
        buffer.append(contentsOf: Array(digits[max(wholeCount, 0)...]))
    }
}
