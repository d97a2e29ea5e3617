internal import Base
internal import Glibc
internal import Types

/// Arithmetic of real and double precision with PostgreSQL's overflow and underflow errors, and the
/// mathematical functions of double precision.
let floatKernels: KernelTable.Theme = {
    var table: [String: Kernel] = mathematical
    for (prefix, left, right) in [
        ("float8", false, false), ("float48", true, false), ("float84", false, true),
    ] {
        table[prefix + "pl"] = arithmetic(left, right) { $0 + $1 }
        table[prefix + "mi"] = arithmetic(left, right) { $0 - $1 }
        table[prefix + "mul"] = arithmetic(left, right, losesToZero: true) { $0 * $1 }
        table[prefix + "div"] = division(left, right)
    }
    table["float4pl"] = realArithmetic { $0 + $1 }
    table["float4mi"] = realArithmetic { $0 - $1 }
    table["float4mul"] = realArithmetic(losesToZero: true) { $0 * $1 }
    table["float4div"] = .vector { arguments, count, result, _ throws(SQLError) in
        for row in 0..<count where !result.isNull(row) {
            let x = Float(bitPattern: UInt32(truncatingIfNeeded: arguments[0].words[row]))
            let y = Float(bitPattern: UInt32(truncatingIfNeeded: arguments[1].words[row]))
            if y == 0, !x.isNaN { throw divisionByZero }
            let value = x / y
            if value.isInfinite, !x.isInfinite { throw floatOverflow() }
            if value == 0, x != 0, !y.isInfinite { throw floatUnderflow() }
            result.words[row] = Int64(value.bitPattern)
        }
    }
    table["float8um"] = doubleFunction { -$0 }
    table["float8up"] = doubleFunction { $0 }
    table["float8abs"] = doubleFunction { abs($0) }
    table["float4um"] = realFunction { -$0 }
    table["float4up"] = realFunction { $0 }
    table["float4abs"] = realFunction { abs($0) }
    table["float8larger"] = choice(isLarger: true, isReal: false)
    table["float8smaller"] = choice(isLarger: false, isReal: false)
    table["float4larger"] = choice(isLarger: true, isReal: true)
    table["float4smaller"] = choice(isLarger: false, isReal: true)
    return table.map { ($0.key, $0.value) }
}()

/// The double that a word of either floating type holds.
@inline(__always)
func floatValue(_ word: Int64, isReal: Bool) -> Double {
    isReal
        ? Double(Float(bitPattern: UInt32(truncatingIfNeeded: word)))
        : Double(bitPattern: UInt64(bitPattern: word))
}

private func choice(isLarger: Bool, isReal: Bool) -> Kernel {
    .scalar { (arguments, _) throws(SQLError) in
        let order = TypeComparison.compare(
            floatValue(arguments[0].word, isReal: isReal),
            floatValue(arguments[1].word, isReal: isReal))
        return (order >= 0) == isLarger ? arguments[0] : arguments[1]
    }
}

func floatOverflow() -> SQLError {
    SQLError(.numericValueOutOfRange, "value out of range: overflow")
}
func floatUnderflow() -> SQLError {
    SQLError(.numericValueOutOfRange, "value out of range: underflow")
}

@inline(__always)
private func arithmetic(
    _ left: Bool, _ right: Bool, losesToZero: Bool = false,
    _ operation: @escaping @Sendable (Double, Double) -> Double
) -> Kernel {
    .vector { arguments, count, result, _ throws(SQLError) in
        for row in 0..<count {
            let x = floatValue(arguments[0].words[row], isReal: left)
            let y = floatValue(arguments[1].words[row], isReal: right)
            let value = operation(x, y)
            result.words[row] = Int64(bitPattern: value.bitPattern)
            if value.isInfinite, !x.isInfinite, !y.isInfinite, !result.isNull(row) {
                throw floatOverflow()
            }
            if losesToZero, value == 0, x != 0, y != 0, !result.isNull(row) {
                throw floatUnderflow()
            }
        }
    }
}

private func division(_ left: Bool, _ right: Bool) -> Kernel {
    .vector { arguments, count, result, _ throws(SQLError) in
        for row in 0..<count where !result.isNull(row) {
            let x = floatValue(arguments[0].words[row], isReal: left)
            let y = floatValue(arguments[1].words[row], isReal: right)
            if y == 0, !x.isNaN { throw divisionByZero }
            let value = x / y
            if value.isInfinite, !x.isInfinite { throw floatOverflow() }
            if value == 0, x != 0, !y.isInfinite { throw floatUnderflow() }
            result.words[row] = Int64(bitPattern: value.bitPattern)
        }
    }
}

@inline(__always)
private func realArithmetic(
    losesToZero: Bool = false, _ operation: @escaping @Sendable (Float, Float) -> Float
) -> Kernel {
    .vector { arguments, count, result, _ throws(SQLError) in
        for row in 0..<count {
            let x = Float(bitPattern: UInt32(truncatingIfNeeded: arguments[0].words[row]))
            let y = Float(bitPattern: UInt32(truncatingIfNeeded: arguments[1].words[row]))
            let value = operation(x, y)
            result.words[row] = Int64(value.bitPattern)
            if value.isInfinite, !x.isInfinite, !y.isInfinite, !result.isNull(row) {
                throw floatOverflow()
            }
            if losesToZero, value == 0, x != 0, y != 0, !result.isNull(row) {
                throw floatUnderflow()
            }
        }
    }
}

@inline(__always)
private func doubleFunction(_ operation: @escaping @Sendable (Double) -> Double) -> Kernel {
    .vector { arguments, count, result, _ throws(SQLError) in
        for row in 0..<count {
            let value = operation(floatValue(arguments[0].words[row], isReal: false))
            result.words[row] = Int64(bitPattern: value.bitPattern)
        }
    }
}

@inline(__always)
private func realFunction(_ operation: @escaping @Sendable (Float) -> Float) -> Kernel {
    .vector { arguments, count, result, _ throws(SQLError) in
        for row in 0..<count {
            let word = UInt32(truncatingIfNeeded: arguments[0].words[row])
            result.words[row] = Int64(operation(Float(bitPattern: word)).bitPattern)
        }
    }
}

/// A function of one double that overflows only from finite arguments.
private func checked(_ operation: @escaping @Sendable (Double) -> Double) -> Kernel {
    .scalar { arguments, _ throws(SQLError) in
        let x = arguments[0].double
        let value = operation(x)
        if value.isInfinite, !x.isInfinite { throw floatOverflow() }
        return Datum(value)
    }
}

/// A function defined for finite arguments within a domain: else 22003 `input is out of range`.
private func limited(
    _ domain: @escaping @Sendable (Double) -> Bool,
    _ operation: @escaping @Sendable (Double) -> Double
) -> Kernel {
    .scalar { arguments, _ throws(SQLError) in
        let x = arguments[0].double
        if x.isNaN { return Datum(x) }
        guard domain(x) else {
            throw SQLError(.numericValueOutOfRange, "input is out of range")
        }
        return Datum(operation(x))
    }
}

private func logarithm(_ operation: @escaping @Sendable (Double) -> Double) -> Kernel {
    .scalar { arguments, _ throws(SQLError) in
        let x = arguments[0].double
        if x == 0 {
            throw SQLError(.invalidArgumentForLog, "cannot take logarithm of zero")
        }
        if x < 0 {
            throw SQLError(
                .invalidArgumentForLog, "cannot take logarithm of a negative number")
        }
        return Datum(operation(x))
    }
}

private let mathematical: [String: Kernel] = [
    "dround": doubleFunction { $0.rounded(.toNearestOrEven) },
    "dtrunc": doubleFunction { $0.rounded(.towardZero) },
    "dceil": doubleFunction { $0.rounded(.up) },
    "dfloor": doubleFunction { $0.rounded(.down) },
    "dsign": doubleFunction { $0 > 0 ? 1 : $0 < 0 ? -1 : 0 },
    "dcbrt": doubleFunction { cbrt($0) },
    "dsqrt": .scalar { arguments, _ throws(SQLError) in
        let x = arguments[0].double
        if x < 0 {
            throw SQLError(
                .invalidArgumentForPowerFunction, "cannot take square root of a negative number")
        }
        return Datum(x.squareRoot())
    },
    "dpow": .scalar { arguments, _ throws(SQLError) in
        try Datum(power(arguments[0].double, arguments[1].double))
    },
    "dexp": .scalar { arguments, _ throws(SQLError) in
        let x = arguments[0].double
        let value = exp(x)
        if value.isInfinite, !x.isInfinite { throw floatOverflow() }
        if value == 0, x.isFinite { throw floatUnderflow() }
        return Datum(value)
    },
    "dlog1": logarithm { log($0) },
    "dlog10": logarithm { log10($0) },
    "dsin": limited({ $0.isFinite }) { sin($0) },
    "dcos": limited({ $0.isFinite }) { cos($0) },
    "dtan": limited({ $0.isFinite }) { tan($0) },
    "dcot": limited({ $0.isFinite }) { 1 / tan($0) },
    "dasin": limited({ $0 >= -1 && $0 <= 1 }) { asin($0) },
    "dacos": limited({ $0 >= -1 && $0 <= 1 }) { acos($0) },
    "datan": doubleFunction { atan($0) },
    "dsinh": doubleFunction { sinh($0) },
    "dcosh": doubleFunction { cosh($0) },
    "dtanh": doubleFunction { tanh($0) },
    "dasinh": doubleFunction { asinh($0) },
    "dacosh": limited({ $0 >= 1 }) { acosh($0) },
    "datanh": limited({ $0 >= -1 && $0 <= 1 }) { atanh($0) },
    "datan2": .scalar { arguments, _ throws(SQLError) in
        Datum(atan2(arguments[0].double, arguments[1].double))
    },
    "degrees": checked { $0 / (Double.pi / 180) },
    "radians": doubleFunction { $0 * (Double.pi / 180) },
    "dpi": .scalar { _, _ throws(SQLError) in Datum(Double.pi) },
    "drandom": .scalar { _, context throws(SQLError) in
        Datum(Double(context.random.next() >> 11) * 0x1p-53)
    },
    "setseed": .scalar { arguments, context throws(SQLError) in
        let seed = arguments[0].double
        guard seed >= -1, seed <= 1 else {
            throw SQLError(
                .invalidParameterValue,
                "setseed parameter \(shortest(seed)) is out of allowed range [-1,1]")
        }
        context.random = SeededRandom(seed: seed.bitPattern)
        return Datum(view: ByteView())
    },
]

private func shortest(_ value: Double) -> String {
    var buffer = ByteBuffer()
    FloatText.append(value, to: &buffer)
    return String(decoding: buffer.bytes, as: UTF8.self)
}

private func power(_ base: Double, _ exponent: Double) throws(SQLError) -> Double {
    if base == 0, exponent < 0 {
        throw SQLError(
            .invalidArgumentForPowerFunction, "zero raised to a negative power is undefined")
    }
    if base < 0, exponent.isFinite, exponent.rounded(.towardZero) != exponent {
        throw SQLError(
            .invalidArgumentForPowerFunction,
            "a negative number raised to a non-integer power yields a complex result")
    }
    let value = pow(base, exponent)
    if base.isFinite, exponent.isFinite {
        if value.isInfinite { throw floatOverflow() }
        if value == 0, base != 0 { throw floatUnderflow() }
    }
    return value
}
