public import Base
internal import Glibc

/// Text forms of real and double precision.
public enum FloatText {
    public static func parseDouble(_ text: UnsafeRawBufferPointer) throws(SQLError) -> Double {
        try parse(text, typeName: "double precision") { (bytes, end) in
            let value = strtod(bytes, end)
            // A subnormal result sets ERANGE too and is accepted; so is a written zero.
            return (value, value.isInfinite, value == 0)
        }
    }

    static func parseFloat(_ text: UnsafeRawBufferPointer) throws(SQLError) -> Float {
        try parse(text, typeName: "real") { (bytes, end) in
            let value = strtof(bytes, end)
            return (value, value.isInfinite, value == 0)
        }
    }

    private typealias End = UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>

    private static func parse<Value: BinaryFloatingPoint>(
        _ text: UnsafeRawBufferPointer, typeName: StaticString,
        _ convert: (UnsafePointer<CChar>, End) -> (Value, isInfinite: Bool, isZero: Bool)
    ) throws(SQLError) -> Value {
        let digits = trimmed(text)
        guard let first = digits.first else { throw invalidSyntax(typeName.description, text) }
        if let value: Value = simple(digits) { return value }
        if let value: Value = named(digits) { return value }
        // Only decimal and C's hexadecimal forms reach strtod; its other words are named above.
        let isSigned = first == 0x2D || first == 0x2B
        let start = isSigned ? 1 : 0
        guard start < digits.count, isDigit(digits[start]) || digits[start] == 0x2E else {
            throw invalidSyntax(typeName.description, text)
        }
        var bytes = digits.map { CChar(bitPattern: $0) }
        bytes.append(0)
        var consumed = 0
        let (value, isInfinite, isZero) = bytes.withUnsafeBufferPointer { buffer in
            let base = buffer.baseAddress!
            var end: UnsafeMutablePointer<CChar>?
            let result = convert(base, &end)
            if let end { consumed = UnsafePointer(end) - base }
            return result
        }
        guard consumed == digits.count else { throw invalidSyntax(typeName.description, text) }
        let hasNonzeroDigit =
            digits.contains {
                $0 != 0x30 && isDigit($0)
            } && mantissaIsNonzero(digits)
        if isInfinite || (isZero && hasNonzeroDigit) {
            throw SQLError(
                .numericValueOutOfRange,
                "\"\(string(digits))\" is out of range for type \(typeName)")
        }
        return value
    }

    /// Up to 15 digits and a point: both operands of the division are exact, so the result is the
    /// nearest. Nil: anything else. Real would round twice.
    private static func simple<Value: BinaryFloatingPoint>(_ digits: UnsafeRawBufferPointer)
        -> Value?
    {
        guard Value.self == Double.self, digits.count <= 16 else { return nil }
        var value: Int64 = 0
        var pointIndex = -1
        var index = digits[0] == 0x2D ? 1 : 0
        let start = index
        while index < digits.count {
            let byte = digits[index]
            if isDigit(byte) {
                value = value * 10 + Int64(byte - 48)
            } else if byte == 0x2E, pointIndex < 0 {
                pointIndex = index
            } else {
                return nil
            }
            index += 1
        }
        let digitCount = index - start - (pointIndex < 0 ? 0 : 1)
        guard digitCount > 0, digitCount <= 15 else { return nil }
        let scale = pointIndex < 0 ? 0 : digits.count - 1 - pointIndex
        let magnitude = Double(value) / Double(Numeric.powersOfTen[scale])
        return Value(start == 1 ? -magnitude : magnitude)
    }

    private static func mantissaIsNonzero(_ digits: UnsafeRawBufferPointer) -> Bool {
        for byte in digits {
            if byte | 0x20 == 0x65 { return false }
            if isDigit(byte), byte != 0x30 { return true }
        }
        return false
    }

    private static func named<Value: BinaryFloatingPoint>(_ text: UnsafeRawBufferPointer) -> Value?
    {
        var word = text
        var isNegative = false
        if let first = word.first, first == 0x2D || first == 0x2B {
            isNegative = first == 0x2D
            word = UnsafeRawBufferPointer(rebasing: word[1...])
        }
        if equalsIgnoringCase(word, "nan") { return word.count == text.count ? .nan : nil }
        if equalsIgnoringCase(word, "infinity") || equalsIgnoringCase(word, "inf") {
            return isNegative ? -.infinity : .infinity
        }
        return nil
    }

    /// As float8out writes it: shortest round trip, or `%.*g` where extraFloatDigits is not positive.
    public static func append(
        _ value: Double, extraDigits: Int = 1, to buffer: inout ByteBuffer
    ) {
        if extraDigits <= 0, value.isFinite {
            appendRounded(value, digits: max(15 + extraDigits, 1), to: &buffer)
            return
        }
        if let whole = Int64(exactly: value), whole.magnitude < 1_000_000_000_000_000,
            whole != 0 || value.sign == .plus
        {
            buffer.append(decimal: whole)
            return
        }
        if appendNamed(value.isNaN, value.isInfinite, value.sign == .minus, to: &buffer) { return }
        if appendShortFraction(value, to: &buffer) { return }
        appendShortest(
            value.magnitude.description, isNegative: value.sign == .minus,
            fixedDigitsMax: 15, to: &buffer)
    }

    /// As float4out writes it.
    public static func append(_ value: Float, extraDigits: Int = 1, to buffer: inout ByteBuffer) {
        if extraDigits <= 0, value.isFinite {
            appendRounded(Double(value), digits: max(6 + extraDigits, 1), to: &buffer)
            return
        }
        if appendNamed(value.isNaN, value.isInfinite, value.sign == .minus, to: &buffer) { return }
        appendShortest(
            value.magnitude.description, isNegative: value.sign == .minus,
            fixedDigitsMax: 6, to: &buffer)
    }

    /// Values with up to four fractional digits: the first decimal of at most 15 digits that reads
    /// back as the value is its shortest form.
    private static func appendShortFraction(_ value: Double, to buffer: inout ByteBuffer) -> Bool {
        guard value.magnitude < 1e10, value.magnitude >= 0.001 else { return false }
        for scale in 1...4 {
            let power = Double(Numeric.powersOfTen[scale])
            let scaled = (value * power).rounded()
            if scaled / power == value {
                Numeric.append(Numeric.small(Int64(scaled), scale: scale), to: &buffer)
                return true
            }
        }
        return false
    }

    private static func appendNamed(
        _ isNaN: Bool, _ isInfinite: Bool, _ isNegative: Bool, to buffer: inout ByteBuffer
    ) -> Bool {
        if isNaN { buffer.append("NaN") }
        if isInfinite { buffer.append(isNegative ? "-Infinity" : "Infinity" as StaticString) }
        return isNaN || isInfinite
    }

    /// Rewrites Swift's shortest digits (`0.0001`, `1e+22`, `123.45`) in PostgreSQL's layout: plain
    /// while the decimal exponent is at least -4 and below `fixedDigitsMax`, else `d.ddde+XX`.
    private static func appendShortest(
        _ description: String, isNegative: Bool, fixedDigitsMax: Int, to buffer: inout ByteBuffer
    ) {
        var digits: [UInt8] = []
        digits.reserveCapacity(20)
        var pointPosition: Int?
        var exponent = 0
        var bytes = description.utf8.makeIterator()
        while let byte = bytes.next() {
            if isDigit(byte) {
                digits.append(byte)
            } else if byte == 0x2E {
                pointPosition = digits.count
            } else {
                var rest: [UInt8] = []
                while let next = bytes.next() { rest.append(next) }
                exponent = Int(String(decoding: rest, as: UTF8.self)) ?? 0
            }
        }
        // value = 0.d1d2d3… × 10^position after leading zeros are gone
        var position = (pointPosition ?? digits.count) + exponent
        while digits.count > 1, digits[0] == 0x30 {
            digits.removeFirst()
            position -= 1
        }
        while digits.count > 1, digits[digits.count - 1] == 0x30 { digits.removeLast() }
        if isNegative { buffer.append(0x2D as UInt8) }
        if digits == [0x30] {
            buffer.append(0x30 as UInt8)
            return
        }
        let decimalExponent = position - 1
        if decimalExponent >= -4, decimalExponent < fixedDigitsMax {
            appendFixed(digits, pointPosition: position, to: &buffer)
        } else {
            buffer.append(digits[0])
            if digits.count > 1 {
                buffer.append(0x2E as UInt8)
                buffer.append(contentsOf: Array(digits[1...]))
            }
            buffer.append(decimalExponent < 0 ? "e-" : "e+" as StaticString)
            if decimalExponent.magnitude < 10 { buffer.append(0x30 as UInt8) }
            buffer.append(decimal: Int64(decimalExponent.magnitude))
        }
    }

    private static func appendFixed(
        _ digits: [UInt8], pointPosition: Int, to buffer: inout ByteBuffer
    ) {
        if pointPosition <= 0 {
            buffer.append("0.")
            for _ in 0..<(-pointPosition) { buffer.append(0x30 as UInt8) }
            buffer.append(contentsOf: digits)
            return
        }
        for index in 0..<max(pointPosition, digits.count) {
            if index == pointPosition { buffer.append(0x2E as UInt8) }
            buffer.append(index < digits.count ? digits[index] : 0x30)
        }
    }

    /// C's `%.*e`.
    public static func appendExponent(_ value: Double, digits: Int, to buffer: inout ByteBuffer) {
        buffer.appendUninitialized(upTo: 400) { room in
            withVaList([Int32(min(digits, 300)), value]) { arguments in
                Int(
                    vsnprintf(
                        room.baseAddress!.assumingMemoryBound(to: CChar.self), 400, "%.*e",
                        arguments))
            }
        }
    }

    /// C's `%.*g`.
    static func appendRounded(_ value: Double, digits: Int, to buffer: inout ByteBuffer) {
        buffer.appendUninitialized(upTo: 64) { room in
            withVaList([Int32(digits), value]) { arguments in
                Int(
                    vsnprintf(
                        room.baseAddress!.assumingMemoryBound(to: CChar.self), 64, "%.*g", arguments
                    ))
            }
        }
    }
}
