public import Base

/// Division and remainder, with PostgreSQL's choice of result scale.
extension Numeric {
    private static var divisionByZero: SQLError { SQLError(.divisionByZero, "division by zero") }

    public static func divide(
        _ left: ByteView, _ right: ByteView, arena: Arena
    ) throws(SQLError) -> ByteView {
        if !isFinite(left) || !isFinite(right) {
            if isNaN(left) || isNaN(right) { return nan }
            if isFinite(right) {
                let sign = signum(right)
                if sign == 0 { throw divisionByZero }
                return sign * signum(left) > 0 ? infinity : negativeInfinity
            }
            return isFinite(left) ? zero : nan
        }
        guard signum(right) != 0 else { throw divisionByZero }
        let scale = quotientScale(left, right)
        let shift = scale + Numeric.scale(right) - Numeric.scale(left)
        invariant(shift >= 0, "a quotient has the dividend's scale at least")
        if isSmall(left), isSmall(right), shift <= 20 {
            let divisor = Int128(scaled(right))
            let (quotient, rest) = (Int128(scaled(left)) * wideTen(shift))
                .quotientAndRemainder(dividingBy: divisor)
            var rounded = quotient
            if rest.magnitude * 2 >= divisor.magnitude {
                rounded += (rest < 0) == (divisor < 0) ? 1 : -1
            }
            return make(rounded, scale: scale, arena: arena)
        }
        let quotient = integer(left).timesPowerOfTen(shift)
            .roundedQuotient(by: integer(right))
        return try make(quotient, scale: scale, arena: arena)
    }

    /// PostgreSQL's `div()`: the quotient without fraction.
    public static func divideTruncating(
        _ left: ByteView, _ right: ByteView, arena: Arena
    ) throws(SQLError) -> ByteView {
        guard isFinite(left), isFinite(right) else {
            return try divide(left, right, arena: arena)
        }
        guard signum(right) != 0 else { throw divisionByZero }
        let scale = max(Numeric.scale(left), Numeric.scale(right))
        let quotient = integer(left).timesPowerOfTen(scale - Numeric.scale(left))
            .quotient(by: integer(right).timesPowerOfTen(scale - Numeric.scale(right)))
        return try make(quotient, scale: 0, arena: arena)
    }

    public static func remainder(
        _ left: ByteView, _ right: ByteView, arena: Arena
    ) throws(SQLError) -> ByteView {
        if !isFinite(left) || !isFinite(right) {
            if isNaN(left) || isNaN(right) { return nan }
            if !isFinite(left) {
                if signum(right) == 0 { throw divisionByZero }
                return nan
            }
            return left
        }
        guard signum(right) != 0 else { throw divisionByZero }
        let scale = max(Numeric.scale(left), Numeric.scale(right))
        let rest = integer(left).timesPowerOfTen(scale - Numeric.scale(left))
            .remainder(by: integer(right).timesPowerOfTen(scale - Numeric.scale(right)))
        return try make(rest, scale: scale, arena: arena)
    }

    /// PostgreSQL's select_div_scale: at least 16 significant digits, judged by the first
    /// base-10000 digits of both, and at least the scale of either.
    static func quotientScale(_ left: ByteView, _ right: ByteView) -> Int {
        let (leftWeight, leftDigit) = leadingGroup(left)
        let (rightWeight, rightDigit) = leadingGroup(right)
        var weight = leftWeight - rightWeight
        if leftDigit <= rightDigit { weight -= 1 }
        let wanted = significantDigitsMin - weight * 4
        return min(max(wanted, scale(left), scale(right), 0), resultScaleMax)
    }

    /// The base-10000 exponent and value of the first non-zero group of four digits; (0, 0) of zero.
    static func leadingGroup(_ view: ByteView) -> (weight: Int, digit: Int) {
        guard signum(view) != 0 else { return (0, 0) }
        let scale = scale(view)
        if isSmall(view) {
            let magnitude = scaled(view).magnitude
            let exponent = digitCount(magnitude) - 1 - scale
            let weight = floorDivide(exponent, 4)
            let shift = weight * 4 + scale
            if shift >= 0 { return (weight, Int(magnitude / UInt64(powersOfTen[min(shift, 18)]))) }
            return (weight, Int(magnitude) * Int(powersOfTen[-shift]))
        }
        let value = integer(view).magnitude()
        let weight = floorDivide(value.digitCount - 1 - scale, 4)
        let shift = weight * 4 + scale
        let group =
            shift >= 0 ? value.quotient(by: .powerOfTen(shift)) : value.timesPowerOfTen(-shift)
        return (weight, Int(group.int64!))
    }
}

/// The quotient, rounded toward negative infinity.
@inlinable
public func floorDivide(_ value: Int, _ divisor: Int) -> Int {
    let quotient = value / divisor
    return value % divisor < 0 ? quotient - 1 : quotient
}
