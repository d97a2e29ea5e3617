public import Base

/// Rounding, and fitting into numeric(precision, scale).
extension Numeric {
    public enum Rounding: Sendable { case nearest, towardZero, up, down }

    /// To `digits` places, which may be negative; the result's display scale is max(digits, 0).
    public static func round(
        _ view: ByteView, digits: Int, _ rounding: Rounding = .nearest, arena: Arena
    ) throws(SQLError) -> ByteView {
        guard isFinite(view) else { return view }
        let scale = scale(view)
        if digits >= scale {
            if digits == scale { return view }
            if isSmall(view), digits - scale <= 18, digits <= scaleMax {
                return make(
                    Int128(scaled(view)) * wideTen(digits - scale), scale: digits, arena: arena)
            }
            return try make(
                integer(view).timesPowerOfTen(digits - scale), scale: digits, arena: arena)
        }
        let shift = scale - digits
        if isSmall(view), shift <= 18 {
            let power = powersOfTen[shift]
            let (quotient, rest) = scaled(view).quotientAndRemainder(dividingBy: power)
            let rounded =
                quotient
                + adjustment(
                    rounding, sign: scaled(view).signum(), isExact: rest == 0,
                    isHalf: rest.magnitude * 2 >= power.magnitude)
            if digits >= 0 { return make(rounded, scale: digits, arena: arena) }
            return make(Int128(rounded) * wideTen(min(-digits, 20)), scale: 0, arena: arena)
        }
        let value = integer(view)
        // Farther out than its digits every value rounds alike: bounds the power.
        let divisor = BigInteger.powerOfTen(min(shift, value.digitCount + 1))
        let quotient = value.quotient(by: divisor)
        let rest = value.remainder(by: divisor)
        let doubled = rest + rest
        let one = adjustment(
            rounding, sign: value.signum, isExact: rest.isZero,
            isHalf: BigInteger.compareMagnitudes(doubled, divisor) >= 0)
        let rounded = quotient + BigInteger(one)
        if digits >= 0 { return try make(rounded, scale: digits, arena: arena) }
        if rounded.isZero { return zero }
        guard -digits <= digitsMax else { throw overflow }
        return try make(rounded.timesPowerOfTen(-digits), scale: 0, arena: arena)
    }

    private static func adjustment(
        _ rounding: Rounding, sign: Int64, isExact: Bool, isHalf: Bool
    ) -> Int64 {
        if isExact { return 0 }
        switch rounding {
        case .nearest: return isHalf ? sign : 0
        case .towardZero: return 0
        case .up: return sign > 0 ? 1 : 0
        case .down: return sign < 0 ? -1 : 0
        }
    }
    private static func adjustment(
        _ rounding: Rounding, sign: Int, isExact: Bool, isHalf: Bool
    ) -> Int64 {
        adjustment(rounding, sign: Int64(sign), isExact: isExact, isHalf: isHalf)
    }

    /// Precision and scale of a numeric type's modifier.
    public static func precisionAndScale(modifier: Int32) -> (precision: Int, scale: Int) {
        let packed = Int(modifier) - 4
        return (packed >> 16 & 0xFFFF, (packed & 0x7FF ^ 1024) - 1024)
    }

    /// Rounds to the modifier's scale; 22003 where the result has too many digits.
    public static func apply(
        modifier: Int32, to view: ByteView, arena: Arena
    ) throws(SQLError) -> ByteView {
        guard modifier >= 4 else { return view }
        let (precision, scale) = precisionAndScale(modifier: modifier)
        guard isFinite(view) else {
            if isNaN(view) { return view }
            throw SQLError(.numericValueOutOfRange, "numeric field overflow").detail(
                "A field with precision \(precision), scale \(scale) cannot hold an infinite value."
            )
        }
        var result = view
        if Numeric.scale(view) != scale {
            result = try round(view, digits: scale, arena: arena)
        }
        let shownScale = max(scale, 0)
        // |result| < 10^(precision - scale), in units of the display scale
        let digits = precision - scale + shownScale
        if isSmall(result) {
            if digits >= 18 || scaled(result).magnitude < powersOfTen[max(digits, 0)].magnitude {
                return result
            }
        } else if integer(result).digitCount <= digits {
            return result
        }
        let digitsBefore = precision - scale
        let bound = digitsBefore == 0 ? "1" : "10^\(digitsBefore)"
        throw SQLError(.numericValueOutOfRange, "numeric field overflow").detail(
            "A field with precision \(precision), scale \(scale) must round to an absolute value "
                + "less than \(bound).")
    }

    /// Without trailing fractional zeros.
    public static func trimScale(_ view: ByteView, arena: Arena) throws(SQLError) -> ByteView {
        guard isFinite(view) else { return view }
        let wanted = minimalScale(view)
        return wanted == scale(view)
            ? view : try round(view, digits: wanted, .towardZero, arena: arena)
    }

    /// The fewest fractional digits that hold the value exactly.
    public static func minimalScale(_ view: ByteView) -> Int {
        guard isFinite(view), signum(view) != 0 else { return 0 }
        var scale = scale(view)
        if isSmall(view) {
            var value = scaled(view)
            while scale > 0, value % 10 == 0 {
                value /= 10
                scale -= 1
            }
            return scale
        }
        var zeroCount = 0
        for digit in integer(view).digits.reversed() {
            guard digit == 0x30 else { break }
            zeroCount += 1
        }
        return max(scale - zeroCount, 0)
    }
}
