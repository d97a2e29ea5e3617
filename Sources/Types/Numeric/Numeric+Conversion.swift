public import Base

/// To and from integers and floating point.
extension Numeric {
    /// Rounded to the nearest; nil where it does not fit 64 bits. Throws 0A000 for NaN and infinity.
    public static func int64(_ view: ByteView, typeName: StaticString) throws(SQLError) -> Int64? {
        if isSmall(view) {
            let scale = Int(view.head & 0xFFFF)
            if scale == 0 { return scaled(view) }
            if scale > 18 { return 0 }
            let power = powersOfTen[scale]
            let (quotient, rest) = scaled(view).quotientAndRemainder(dividingBy: power)
            if rest.magnitude * 2 >= power.magnitude { return quotient + scaled(view).signum() }
            return quotient
        }
        switch kind(view) {
        case .nan:
            throw SQLError(.featureNotSupported, "cannot convert NaN to \(typeName)")
        case .infinity, .negativeInfinity:
            throw SQLError(.featureNotSupported, "cannot convert infinity to \(typeName)")
        case .positive, .negative:
            return integer(view).roundedQuotient(by: .powerOfTen(scale(view))).int64
        }
    }

    /// The nearest double; 22003 where it is out of range.
    public static func double(_ view: ByteView) throws(SQLError) -> Double {
        if isSmall(view) {
            let value = scaled(view)
            let scale = Int(view.head & 0xFFFF)
            // Both operands are exact, so the quotient is the nearest.
            if value.magnitude < 1 << 53, scale <= 18 {
                return Double(value) / Double(powersOfTen[scale])
            }
        }
        var text = ByteBuffer()
        append(view, to: &text)
        return try text.withBytes { (bytes) throws(SQLError) in try FloatText.parseDouble(bytes) }
    }

    public static func float(_ view: ByteView) throws(SQLError) -> Float {
        var text = ByteBuffer()
        append(view, to: &text)
        return try text.withBytes { (bytes) throws(SQLError) in try FloatText.parseFloat(bytes) }
    }

    /// To 15 significant digits, as PostgreSQL does.
    public static func make(_ value: Double, arena: Arena) throws(SQLError) -> ByteView {
        try make(value, digits: 15, arena)
    }

    /// To 6 significant digits.
    public static func make(_ value: Float, arena: Arena) throws(SQLError) -> ByteView {
        try make(Double(value), digits: 6, arena)
    }

    private static func make(
        _ value: Double, digits: Int, _ arena: Arena
    ) throws(SQLError) -> ByteView {
        if value.isNaN { return nan }
        if value.isInfinite { return value < 0 ? negativeInfinity : infinity }
        var text = ByteBuffer()
        FloatText.appendRounded(value, digits: digits, to: &text)
        return try text.withBytes { (bytes) throws(SQLError) in try parse(bytes, arena: arena) }
    }
}
