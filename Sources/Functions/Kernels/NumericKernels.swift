internal import Base
internal import Types

/// numeric: arithmetic over batches, rounding, conversions, and the functions of chapter 9.3.
let numericKernels: KernelTable.Theme = [
    (
        "numeric_add",
        arithmetic { (a, b, arena) throws(SQLError) in try Numeric.add(a, b, arena: arena) }
    ),
    (
        "numeric_sub",
        arithmetic { (a, b, arena) throws(SQLError) in try Numeric.subtract(a, b, arena: arena) }
    ),
    (
        "numeric_mul",
        arithmetic { (a, b, arena) throws(SQLError) in try Numeric.multiply(a, b, arena: arena) }
    ),
    ("numeric_div", binary(Numeric.divide)),
    ("numeric_div_trunc", binary(Numeric.divideTruncating)),
    ("numeric_mod", binary(Numeric.remainder)),
    ("numeric_uminus", unaryNumeric(Numeric.negate)),
    ("numeric_uplus", unaryNumeric { (value, _) throws(SQLError) in value }),
    ("numeric_abs", unaryNumeric(Numeric.absolute)),
    (
        "numeric_inc",
        unaryNumeric { (value, arena) throws(SQLError) in
            try Numeric.add(value, Numeric.small(1, scale: 0), arena: arena)
        }
    ),
    (
        "numeric_sign",
        unaryNumeric { (value, _) throws(SQLError) in
            Numeric.isNaN(value) ? value : Numeric.small(Int64(Numeric.signum(value)), scale: 0)
        }
    ),
    ("numeric_round", rounding(.nearest, hasDigits: true)),
    ("round$1708", rounding(.nearest, hasDigits: false)),
    ("numeric_trunc", rounding(.towardZero, hasDigits: true)),
    ("trunc$1710", rounding(.towardZero, hasDigits: false)),
    ("numeric_ceil", rounding(.up, hasDigits: false)),
    ("numeric_floor", rounding(.down, hasDigits: false)),
    ("numeric_sqrt", unaryNumeric(Numeric.squareRoot)),
    ("numeric_exp", unaryNumeric(Numeric.exponential)),
    ("numeric_ln", unaryNumeric(Numeric.naturalLogarithm)),
    (
        "numeric_log",
        binary { (base, value, arena) throws(SQLError) in
            try Numeric.logarithm(value, base: base, arena: arena)
        }
    ),
    (
        "log$1741",
        unaryNumeric { (value, arena) throws(SQLError) in
            try Numeric.logarithm(value, base: Numeric.small(10, scale: 0), arena: arena)
        }
    ),
    (
        "log10$1481",
        unaryNumeric { (value, arena) throws(SQLError) in
            try Numeric.logarithm(value, base: Numeric.small(10, scale: 0), arena: arena)
        }
    ),
    ("numeric_power", binary(Numeric.power)),
    (
        "numeric_fac",
        .scalar { (arguments, context) throws(SQLError) in
            Datum(view: try Numeric.factorial(arguments[0].word, arena: context.arena))
        }
    ),
    ("numeric_gcd", binary(Numeric.greatestCommonDivisor)),
    ("numeric_lcm", binary(Numeric.leastCommonMultiple)),
    (
        "numeric_scale",
        .scalar { (arguments, _) throws(SQLError) in
            Numeric.isFinite(arguments[0].view)
                ? Datum(word: Int64(Numeric.scale(arguments[0].view))) : .null
        }
    ),
    (
        "numeric_min_scale",
        .scalar { (arguments, _) throws(SQLError) in
            Numeric.isFinite(arguments[0].view)
                ? Datum(word: Int64(Numeric.minimalScale(arguments[0].view))) : .null
        }
    ),
    ("numeric_trim_scale", unaryNumeric(Numeric.trimScale)),
    ("width_bucket_numeric", .scalar(widthBucket)),
    // Casts.
    (
        "numeric",
        .scalar { (arguments, context) throws(SQLError) in
            Datum(
                view: try Numeric.apply(
                    modifier: Int32(truncatingIfNeeded: arguments[1].word), to: arguments[0].view,
                    arena: context.arena))
        }
    ),
    ("int2_numeric", fromInteger), ("int4_numeric", fromInteger), ("int8_numeric", fromInteger),
    ("numeric_int2", toInteger(Int64(Int16.min)...Int64(Int16.max), "smallint")),
    ("numeric_int4", toInteger(Int64(Int32.min)...Int64(Int32.max), "integer")),
    ("numeric_int8", toInteger(.min ... .max, "bigint")),
    (
        "float8_numeric",
        .scalar { (arguments, context) throws(SQLError) in
            Datum(view: try Numeric.make(arguments[0].double, arena: context.arena))
        }
    ),
    (
        "float4_numeric",
        .scalar { (arguments, context) throws(SQLError) in
            Datum(view: try Numeric.make(arguments[0].float, arena: context.arena))
        }
    ),
    (
        "numeric_float8",
        .scalar { (arguments, _) throws(SQLError) in
            Datum(try Numeric.double(arguments[0].view))
        }
    ),
    (
        "numeric_float4",
        .scalar { (arguments, _) throws(SQLError) in
            Datum(try Numeric.float(arguments[0].view))
        }
    ),
]

private func binary(
    _ operation: @escaping @Sendable (ByteView, ByteView, Arena) throws(SQLError) -> ByteView
) -> Kernel {
    .scalar { (arguments, context) throws(SQLError) in
        Datum(view: try operation(arguments[0].view, arguments[1].view, context.arena))
    }
}

private func unaryNumeric(
    _ operation: @escaping @Sendable (ByteView, Arena) throws(SQLError) -> ByteView
) -> Kernel {
    .scalar { (arguments, context) throws(SQLError) in
        Datum(view: try operation(arguments[0].view, context.arena))
    }
}

private func rounding(_ rounding: Numeric.Rounding, hasDigits: Bool) -> Kernel {
    .scalar { (arguments, context) throws(SQLError) in
        // PostgreSQL limits the digits so; beyond them nothing changes.
        let digits = hasDigits ? min(max(Int(arguments[1].word), -2000), 2000) : 0
        return Datum(
            view: try Numeric.round(
                arguments[0].view, digits: digits, rounding, arena: context.arena))
    }
}

private let fromInteger = Kernel.vector { (arguments, count, result, context) throws(SQLError) in
    let source = arguments[0].words
    for row in 0..<count {
        result.views[row] = Numeric.make(source[row], arena: context.arena)
    }
}

private func toInteger(_ range: ClosedRange<Int64>, _ typeName: StaticString) -> Kernel {
    .vector { (arguments, count, result, _) throws(SQLError) in
        for row in 0..<count where !result.isNull(row) {
            guard let value = try Numeric.int64(arguments[0].views[row], typeName: typeName),
                range.contains(value)
            else { throw outOfRange(typeName) }
            result.words[row] = value
        }
    }
}

/// width_bucket(operand, low, high, count).
private func widthBucket(
    _ arguments: UnsafePointer<Datum>, _ context: FunctionContext
) throws(SQLError) -> Datum {
    func invalid(_ message: String) -> SQLError {
        SQLError(.invalidArgumentForWidthBucketFunction, message)
    }
    let arena = context.arena
    let count = arguments[3].word
    guard count > 0 else { throw invalid("count must be greater than zero") }
    let (operand, low, high) = (arguments[0].view, arguments[1].view, arguments[2].view)
    if Numeric.isNaN(operand) || Numeric.isNaN(low) || Numeric.isNaN(high) {
        throw invalid("operand, lower bound, and upper bound cannot be NaN")
    }
    guard Numeric.isFinite(low), Numeric.isFinite(high) else {
        throw invalid("lower and upper bounds must be finite")
    }
    let order = Numeric.compare(low, high)
    guard order != 0 else { throw invalid("lower bound cannot equal upper bound") }
    let isUp = order < 0
    if isUp ? Numeric.compare(operand, low) < 0 : Numeric.compare(operand, low) > 0 {
        return Datum(word: 0)
    }
    if isUp ? Numeric.compare(operand, high) >= 0 : Numeric.compare(operand, high) <= 0 {
        guard count < Int64(Int32.max) else { throw Width32.error }
        return Datum(word: count + 1)
    }
    let distance = try Numeric.subtract(operand, low, arena: arena)
    let width = try Numeric.subtract(high, low, arena: arena)
    let scaled = try Numeric.multiply(
        distance, Numeric.make(count, arena: arena), arena: arena)
    let bucket = try Numeric.divideTruncating(scaled, width, arena: arena)
    return Datum(word: (try Numeric.int64(bucket, typeName: "integer") ?? 0) + 1)
}

/// One of the operations that are done inline for small values.
@inline(__always)
private func arithmetic(
    _ operation:
        @escaping @Sendable (ByteView, ByteView, Arena) throws(SQLError) -> ByteView
) -> Kernel {
    .vector { (arguments, count, result, context) throws(SQLError) in
        let left = arguments[0].views
        let right = arguments[1].views
        let target = result.views
        let arena = context.arena
        if result.hasNulls {
            for row in 0..<count where !result.isNull(row) {
                target[row] = try operation(left[row], right[row], arena)
            }
        } else {
            for row in 0..<count { target[row] = try operation(left[row], right[row], arena) }
        }
    }
}
