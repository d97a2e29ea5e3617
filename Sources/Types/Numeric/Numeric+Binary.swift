public import Base

/// The wire's binary form:
///
///     | digit count 2 | weight 2 | sign 2 | display scale 2 | base-10000 digits, 2 bytes each … |
extension Numeric {
    private static let signNegative: UInt16 = 0x4000
    private static let signNaN: UInt16 = 0xC000
    private static let signInfinity: UInt16 = 0xD000
    private static let signNegativeInfinity: UInt16 = 0xF000

    public static func send(_ view: ByteView, to buffer: inout ByteBuffer) {
        func header(_ count: Int, weight: Int, sign: UInt16, scale: Int) {
            buffer.append(bigEndian: UInt16(truncatingIfNeeded: count))
            buffer.append(bigEndian: Int16(truncatingIfNeeded: weight))
            buffer.append(bigEndian: sign)
            buffer.append(bigEndian: UInt16(truncatingIfNeeded: scale))
        }
        switch kind(view) {
        case .nan: header(0, weight: 0, sign: signNaN, scale: 0)
        case .infinity: header(0, weight: 0, sign: signInfinity, scale: 32)
        case .negativeInfinity: header(0, weight: 0, sign: signNegativeInfinity, scale: 32)
        case .positive, .negative:
            let scale = scale(view)
            let (groups, weight) = groups(view, scale: scale)
            let sign: UInt16 = signum(view) < 0 ? signNegative : 0
            header(groups.count, weight: groups.isEmpty ? 0 : weight, sign: sign, scale: scale)
            for group in groups { buffer.append(bigEndian: group) }
        }
    }

    /// Base-10000 digits without leading and trailing zero groups, and the first one's exponent.
    private static func groups(_ view: ByteView, scale: Int) -> (digits: [UInt16], weight: Int) {
        var digits =
            isSmall(view) ? Array(String(scaled(view).magnitude).utf8) : integer(view).digits
        // Whole groups on both sides of the point.
        let fractionPadding = (4 - scale % 4) % 4
        digits.append(contentsOf: repeatElement(0x30, count: fractionPadding))
        let wholePadding = (4 - digits.count % 4) % 4
        digits.insert(contentsOf: repeatElement(0x30, count: wholePadding), at: 0)
        var groups: [UInt16] = []
        groups.reserveCapacity(digits.count / 4)
        for start in stride(from: 0, to: digits.count, by: 4) {
            groups.append(digits[start..<start + 4].reduce(0) { $0 * 10 + UInt16($1 - 48) })
        }
        var weight = groups.count - (scale + fractionPadding) / 4 - 1
        let leading = groups.firstIndex { $0 != 0 } ?? groups.count
        groups.removeFirst(leading)
        weight -= leading
        while groups.last == 0 { groups.removeLast() }
        return (groups, weight)
    }

    public static func receive(
        _ bytes: UnsafeRawBufferPointer, arena: Arena
    ) throws(SQLError) -> ByteView {
        func invalid(_ what: String) -> SQLError {
            SQLError(.invalidBinaryRepresentation, "invalid \(what) in external \"numeric\" value")
        }
        var reader = ByteReader(bytes)
        guard let count = reader.read(bigEndian: UInt16.self),
            let weight = reader.read(bigEndian: Int16.self),
            let sign = reader.read(bigEndian: UInt16.self)
        else { throw insufficientData }
        let signs = [0, signNegative, signNaN, signInfinity, signNegativeInfinity]
        guard signs.contains(sign) else { throw invalid("sign") }
        guard let scaleWord = reader.read(bigEndian: UInt16.self) else { throw insufficientData }
        switch sign {
        case signNaN: return nan
        case signInfinity: return infinity
        case signNegativeInfinity: return negativeInfinity
        default: break
        }
        let scale = Int(scaleWord)
        guard scale <= scaleMax else { throw invalid("scale") }
        var digits: [UInt8] = [0x30]
        for _ in 0..<count {
            guard let group = reader.read(bigEndian: UInt16.self) else { throw insufficientData }
            guard group < 10000 else { throw invalid("digit") }
            for power: UInt16 in [1000, 100, 10, 1] {
                digits.append(UInt8(48 + group / power % 10))
            }
        }
        let value = BigInteger(digits: digits)
        let signed = sign == signNegative ? value.negated() : value.copy()
        // The digits end at 10^(4 · (weight - count + 1)); the scale may cut or extend them.
        let shift = scale + 4 * (Int(weight) - Int(count) + 1)
        if shift >= 0 { return try make(signed.timesPowerOfTen(shift), scale: scale, arena: arena) }
        return try make(
            signed.quotient(by: .powerOfTen(min(-shift, digits.count + 1))), scale: scale,
            arena: arena)
    }
}

var insufficientData: SQLError {
    SQLError(.protocolViolation, "insufficient data left in message")
}
