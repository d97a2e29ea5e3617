public import Base

/// Roots, powers, exponentials and logarithms, to PostgreSQL's result scales.
///
/// Logarithm and exponential are computed in fixed point: integers times 10^-scale, some digits
/// more than the result needs.
extension Numeric {
    private static let guardDigits = 12
    /// The greatest exponent of e whose power is computed.
    private static let exponentMax = 6000.0

    public static func squareRoot(_ view: ByteView, arena: Arena) throws(SQLError) -> ByteView {
        try squareRoot(view, resultScale: nil, arena: arena)
    }

    /// The root with the scale of its argument, as stddev gives it.
    public static func squareRootOfSameScale(
        _ view: ByteView, arena: Arena
    ) throws(SQLError) -> ByteView {
        try squareRoot(view, resultScale: isFinite(view) ? scale(view) : nil, arena: arena)
    }

    private static func squareRoot(
        _ view: ByteView, resultScale: Int?, arena: Arena
    ) throws(SQLError) -> ByteView {
        guard signum(view) >= 0 else {
            throw SQLError(
                .invalidArgumentForPowerFunction, "cannot take square root of a negative number")
        }
        guard isFinite(view) else { return view }
        let (weight, _) = leadingGroup(view)
        let resultWeight = (weight + 1) * 4 / 2 - 1
        let wanted = max(significantDigitsMin - resultWeight, scale(view), 0)
        let scale = resultScale ?? min(wanted, resultScaleMax)
        // One digit more, rounded off: truncation of the root cannot hide a half exactly.
        let shift = 2 * (scale + 1) - Numeric.scale(view)
        let scaled =
            shift >= 0
            ? integer(view).timesPowerOfTen(shift)
            : integer(view).quotient(by: .powerOfTen(-shift))
        let root = scaled.squareRoot().roundedQuotient(by: BigInteger(10 as Int64))
        return try make(root, scale: scale, arena: arena)
    }

    public static func factorial(_ count: Int64, arena: Arena) throws(SQLError) -> ByteView {
        guard count >= 0 else {
            throw SQLError(
                .numericValueOutOfRange, "factorial of a negative number is undefined")
        }
        guard count <= 32177 else { throw overflow }
        return try make(BigInteger.factorial(Int(count)), scale: 0, arena: arena)
    }

    public static func greatestCommonDivisor(
        _ left: ByteView, _ right: ByteView, arena: Arena
    ) throws(SQLError) -> ByteView {
        guard isFinite(left), isFinite(right) else { return nan }
        let scale = max(Numeric.scale(left), Numeric.scale(right))
        let a = integer(left).timesPowerOfTen(scale - Numeric.scale(left))
        let b = integer(right).timesPowerOfTen(scale - Numeric.scale(right))
        return try make(a.greatestCommonDivisor(b), scale: scale, arena: arena)
    }

    public static func leastCommonMultiple(
        _ left: ByteView, _ right: ByteView, arena: Arena
    ) throws(SQLError) -> ByteView {
        guard isFinite(left), isFinite(right) else { return nan }
        let scale = max(Numeric.scale(left), Numeric.scale(right))
        let a = integer(left).timesPowerOfTen(scale - Numeric.scale(left)).magnitude()
        let b = integer(right).timesPowerOfTen(scale - Numeric.scale(right)).magnitude()
        if a.isZero || b.isZero {
            return try make(BigInteger(0 as Int64), scale: scale, arena: arena)
        }
        let quotient = a.quotient(by: a.greatestCommonDivisor(b))
        return try make(quotient * b, scale: scale, arena: arena)
    }

    // MARK: Exponential

    public static func exponential(_ view: ByteView, arena: Arena) throws(SQLError) -> ByteView {
        guard isFinite(view) else { return kind(view) == .negativeInfinity ? zero : view }
        let estimate = try approximate(view) * 0.434294481903252
        // As far as PostgreSQL goes.
        if estimate >= exponentMax * 0.434294481903252 { throw overflow }
        let magnitude = Int(max(min(estimate, 2000), -2000))
        let wanted = max(significantDigitsMin - magnitude, scale(view), 0)
        let scale = min(wanted, resultScaleMax)
        if estimate <= -exponentMax * 0.434294481903252 { return try make(BigInteger(0 as Int64), scale: scale, arena: arena) }
        let digits = scale + max(Int(estimate), 0) + guardDigits
        let value = fixed(view, digits: digits)
        let result = exponential(value, digits: digits, extra: Int(abs(estimate)) + 4)
        return try rescaled(result, from: digits, to: scale, arena)
    }

    private static func approximate(_ view: ByteView) throws(SQLError) -> Double {
        do { return try double(view) } catch { return signum(view) < 0 ? -1e300 : 1e300 }
    }

    /// The value times 10^digits, cut.
    private static func fixed(_ view: ByteView, digits: Int) -> BigInteger {
        let shift = digits - scale(view)
        return shift >= 0
            ? integer(view).timesPowerOfTen(shift) : integer(view).quotient(by: .powerOfTen(-shift))
    }

    private static func rescaled(
        _ value: borrowing BigInteger, from digits: Int, to scale: Int, _ arena: Arena
    ) throws(SQLError) -> ByteView {
        try make(
            value.roundedQuotient(by: .powerOfTen(digits - scale)), scale: scale, arena: arena)
    }

    /// e^(value · 10^-digits) · 10^digits: halved until small, Taylor series, squared back. `extra`
    /// digits make up for what squaring loses.
    private static func exponential(
        _ value: borrowing BigInteger, digits: Int, extra: Int
    ) -> BigInteger {
        let halvings = Int.bitWidth - (extra * 4).leadingZeroBitCount + 24
        let precision = digits + extra + halvings / 3 + 10
        let one = BigInteger.powerOfTen(precision)
        let two = BigInteger(2 as Int64)
        let small = value.timesPowerOfTen(precision - digits).quotient(by: two.power(halvings))
        var sum = one + small
        var term = small.copy()
        var index: Int64 = 2
        while !term.isZero {
            term = (term * small).quotient(by: one).quotient(by: BigInteger(index))
            sum = sum + term
            index += 1
        }
        for _ in 0..<halvings { sum = (sum * sum).quotient(by: one) }
        return sum.roundedQuotient(by: .powerOfTen(precision - digits))
    }

    // MARK: Logarithm

    private static func checkLogarithm(_ view: ByteView) throws(SQLError) {
        let sign = signum(view)
        if sign > 0 { return }
        throw SQLError(
            .invalidArgumentForLog,
            sign == 0
                ? "cannot take logarithm of zero" : "cannot take logarithm of a negative number")
    }

    /// The decimal weight of ln(view), about: PostgreSQL's estimate_ln_dweight.
    private static func logarithmWeight(_ view: ByteView, _ arena: Arena) throws(SQLError) -> Int {
        let tenths = (small(9, scale: 1), small(11, scale: 1))
        if compare(view, tenths.0) >= 0, compare(view, tenths.1) <= 0 {
            // Near 1 the logarithm is about the distance from 1.
            let distance = try subtract(view, small(1, scale: 0), arena: arena)
            if signum(distance) == 0 { return 0 }
            let (weight, digit) = leadingGroup(try absolute(distance, arena: arena))
            return weight * 4 + Int(log10Estimate(Double(digit)))
        }
        let logarithm = try approximateLogarithm(view)
        return Int(log10Estimate(abs(logarithm)))
    }

    public static func naturalLogarithm(
        _ view: ByteView, arena: Arena
    ) throws(SQLError) -> ByteView {
        if isNaN(view) { return nan }
        try checkLogarithm(view)
        guard isFinite(view) else { return view }
        let wanted = max(significantDigitsMin - (try logarithmWeight(view, arena)), scale(view), 0)
        let scale = min(wanted, resultScaleMax)
        let digits = scale + guardDigits
        return try rescaled(naturalLogarithm(view, digits: digits), from: digits, to: scale, arena)
    }

    /// ln(view) · 10^digits: halved roots bring the value near 1, then the series of artanh.
    private static func naturalLogarithm(_ view: ByteView, digits: Int) -> BigInteger {
        // value = mantissa · 10^exponent with a mantissa from 1 to 10.
        let source = integer(view)
        let exponent = source.digitCount - 1 - scale(view)
        let precision = digits + 20
        let one = BigInteger.powerOfTen(precision)
        let shift = precision - (source.digitCount - 1)
        let mantissa =
            shift >= 0
            ? source.timesPowerOfTen(shift) : source.quotient(by: .powerOfTen(-shift))
        var result = logarithmNearOne(mantissa, one)
        if exponent != 0 {
            let ten = logarithmNearOne(one * BigInteger(10 as Int64), one)
            result = result + ten * BigInteger(Int64(exponent))
        }
        return result.roundedQuotient(by: .powerOfTen(precision - digits))
    }

    private static func logarithmNearOne(
        _ value: borrowing BigInteger, _ one: borrowing BigInteger
    ) -> BigInteger {
        var root = value.copy()
        let rootings = 8
        for _ in 0..<rootings { root = (root * one).squareRoot() }
        // ln(x) = 2 artanh((x - 1) / (x + 1))
        let ratio = ((root - one) * one).quotient(by: root + one)
        let square = (ratio * ratio).quotient(by: one)
        var sum = ratio.copy()
        var power = ratio.copy()
        var index: Int64 = 3
        while !power.isZero {
            power = (power * square).quotient(by: one)
            sum = sum + power.quotient(by: BigInteger(index))
            index += 2
        }
        return sum * BigInteger(Int64(2) << Int64(rootings))
    }

    public static func logarithm(
        _ view: ByteView, base: ByteView, arena: Arena
    ) throws(SQLError) -> ByteView {
        if isNaN(view) || isNaN(base) { return nan }
        try checkLogarithm(base)
        try checkLogarithm(view)
        guard isFinite(view), isFinite(base) else {
            if !isFinite(view), !isFinite(base) { return nan }
            return isFinite(view) ? zero : infinity
        }
        let weight = try logarithmWeight(view, arena) - logarithmWeight(base, arena)
        let wanted = max(significantDigitsMin - weight, scale(view), scale(base), 0)
        let scale = min(wanted, resultScaleMax)
        let digits = scale + guardDigits + max(-(try logarithmWeight(base, arena)), 0)
        let divisor = naturalLogarithm(base, digits: digits)
        guard !divisor.isZero else { throw SQLError(.divisionByZero, "division by zero") }
        let quotient = naturalLogarithm(view, digits: digits).timesPowerOfTen(digits)
            .quotient(by: divisor)
        return try rescaled(quotient, from: digits, to: scale, arena)
    }

    // MARK: Power

    public static func power(
        _ base: ByteView, _ exponent: ByteView, arena: Arena
    ) throws(SQLError) -> ByteView {
        func invalid(_ message: String) -> SQLError {
            SQLError(.invalidArgumentForPowerFunction, message)
        }
        let one = small(1, scale: 0)
        if isNaN(base) || isNaN(exponent) {
            if compare(base, one) == 0 || signum(exponent) == 0, !isNaN(exponent) || !isNaN(base) {
                return one
            }
            return nan
        }
        let baseSign = signum(base)
        let exponentSign = signum(exponent)
        if baseSign == 0, exponentSign < 0 {
            throw invalid("zero raised to a negative power is undefined")
        }
        let isWhole = !isFinite(exponent) || minimalScale(exponent) == 0
        if baseSign < 0, isFinite(base) || isFinite(exponent), !isWhole {
            throw invalid("a negative number raised to a non-integer power yields a complex result")
        }
        if !isFinite(base) || !isFinite(exponent) {
            return try infinitePower(base, exponent, arena: arena)
        }
        if exponentSign == 0 {
            let scale = min(max(significantDigitsMin, scale(base)), resultScaleMax)
            return try round(small(1, scale: 0), digits: scale, arena: arena)
        }
        let whole = isWhole ? try int64(exponent, typeName: "bigint") : nil
        if let whole, whole.magnitude <= 1 << 31 {
            return try wholePower(base, Int(whole), arena)
        }
        if baseSign == 0 { return small(0, scale: significantDigitsMin) }
        let scale = try powerScale(base, try double(exponent), scale(exponent))
        return try realPower(base, exponent, isWhole: isWhole, scale: scale, arena)
    }

    private static func infinitePower(
        _ base: ByteView, _ exponent: ByteView, arena: Arena
    ) throws(SQLError) -> ByteView {
        let one = small(1, scale: 0)
        if signum(exponent) == 0 || compare(base, one) == 0 { return one }
        if isFinite(base) {
            let size = compare(try absolute(base, arena: arena), one)
            if size == 0 { return one }
            return (size > 0) == (signum(exponent) > 0) ? infinity : zero
        }
        if signum(exponent) < 0 { return zero }
        if signum(base) > 0 || !isFinite(exponent) { return infinity }
        let rest = try remainder(exponent, small(2, scale: 0), arena: arena)
        return signum(rest) == 0 ? infinity : negativeInfinity
    }

    private static func powerScale(
        _ base: ByteView, _ exponent: Double, _ exponentScale: Int
    ) throws(SQLError) -> Int {
        let digits = integer(base).digits
        let leading = digits.prefix(17).reduce(0.0) { $0 * 10 + Double($1 - 48) }
        let logarithm =
            log10Estimate(leading) + Double(digits.count - min(digits.count, 17) - scale(base))
        let weight = logarithm * exponent
        if weight > Double(digitsMax) { throw overflow }
        let magnitude = Int(max(weight, -20000))
        return min(
            max(significantDigitsMin - magnitude, scale(base), exponentScale, 0), resultScaleMax)
    }

    private static func wholePower(
        _ base: ByteView, _ exponent: Int, _ arena: Arena
    ) throws(SQLError) -> ByteView {
        if signum(base) == 0 { return small(0, scale: significantDigitsMin) }
        let wanted = min(max(significantDigitsMin, Numeric.scale(base)), resultScaleMax)
        let weight = try approximateLogarithm(absolute(base, arena: arena)) * Double(exponent)
        if weight > Double(digitsMax) * 2.302585092994046 { throw overflow }
        if weight < -Double(wanted + 1) * 2.302585092994046 {
            return try make(BigInteger(0 as Int64), scale: wanted, arena: arena)
        }
        // Digits before the point, those of the result's scale, and what cutting loses.
        let precision = Int(abs(weight) * 0.4343) + wanted + guardDigits + 12
        let power = Scaled(integer(base), exponent: -Numeric.scale(base))
            .power(abs(exponent), precision: precision)
        if exponent >= 0 {
            let shift = power.exponent + wanted
            let value =
                shift >= 0
                ? power.digits.timesPowerOfTen(shift)
                : power.digits.roundedQuotient(by: .powerOfTen(-shift))
            return try make(value, scale: wanted, arena: arena)
        }
        let shift = wanted - power.exponent
        guard shift >= 0 else {
            return try make(BigInteger(0 as Int64), scale: wanted, arena: arena)
        }
        return try make(
            BigInteger.powerOfTen(shift).roundedQuotient(by: power.digits), scale: wanted,
            arena: arena)
    }

    /// A number as digits · 10^exponent.
    private struct Scaled: ~Copyable {
        let digits: BigInteger
        let exponent: Int

        init(_ digits: consuming BigInteger, exponent: Int) {
            self.digits = digits
            self.exponent = exponent
        }

        /// The product, cut to `precision` digits.
        func times(_ other: borrowing Scaled, precision: Int) -> Scaled {
            let product = digits * other.digits
            let excess = max(product.digitCount - precision, 0)
            if excess == 0 { return Scaled(product, exponent: exponent + other.exponent) }
            return Scaled(
                product.quotient(by: .powerOfTen(excess)),
                exponent: exponent + other.exponent + excess)
        }

        /// By squaring.
        func power(_ count: Int, precision: Int) -> Scaled {
            var result = Scaled(BigInteger(1 as Int64), exponent: 0)
            var square = Scaled(digits.copy(), exponent: exponent)
            var rest = count
            while rest > 0 {
                if rest & 1 == 1 { result = result.times(square, precision: precision) }
                rest >>= 1
                if rest > 0 { square = square.times(square, precision: precision) }
            }
            return result
        }
    }

    /// e^(exponent · ln |base|).
    private static func realPower(
        _ base: ByteView, _ exponent: ByteView, isWhole: Bool, scale wanted: Int, _ arena: Arena
    ) throws(SQLError) -> ByteView {
        let power = try double(exponent)
        let isNegative = signum(base) < 0
        let positive = try absolute(base, arena: arena)
        let weight = try approximateLogarithm(positive) * power
        if weight > exponentMax { throw overflow }
        if weight < -exponentMax {
            return try make(BigInteger(0 as Int64), scale: resultScaleMax, arena: arena)
        }
        let resultDigits = wanted + max(Int(weight * 0.4343), 0) + guardDigits
        let digits = resultDigits + integer(exponent).digitCount + 10
        let product =
            (naturalLogarithm(positive, digits: digits) * integer(exponent))
            .quotient(by: .powerOfTen(scale(exponent)))
        var result = exponential(product, digits: digits, extra: Int(abs(weight) * 0.4343) + 4)
        if isNegative, isWhole {
            let rest = try remainder(exponent, small(2, scale: 0), arena: arena)
            if signum(rest) != 0 { result = result.negated() }
        }
        return try rescaled(result, from: digits, to: wanted, arena)
    }

    private static func approximateLogarithm(_ view: ByteView) throws(SQLError) -> Double {
        let digits = integer(view).digits
        let leading = digits.prefix(17).reduce(0.0) { $0 * 10 + Double($1 - 48) }
        let exponent = digits.count - min(digits.count, 17) - scale(view)
        return (log10Estimate(leading) + Double(exponent)) * 2.302585092994046
    }
}
