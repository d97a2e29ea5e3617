internal import Base
internal import Types

/// 22003, as PostgreSQL's conversions say it.
func outOfRange(_ type: StaticString) -> SQLError {
    SQLError(.numericValueOutOfRange, "\(type) out of range")
}

private let range2 = Int64(Int16.min)...Int64(Int16.max)
private let range4 = Int64(Int32.min)...Int64(Int32.max)
private let range8 = Int64.min...Int64.max

/// Casts among boolean, integers, oid, real, double precision and `"char"`.
let conversionKernels: KernelTable.Theme =
    ([
        "bool_int4": identityWords,
        "int4_bool": unary { (value) throws(SQLError) in value == 0 ? 0 : 1 },

        "i2tod": toDouble, "i4tod": toDouble, "i8tod": toDouble,
        "i2tof": toReal, "i4tof": toReal, "i8tof": toReal,
        "ftod": .vector { arguments, count, result, _ throws(SQLError) in
            for row in 0..<count {
                let value = floatValue(arguments[0].words[row], isReal: true)
                result.words[row] = Int64(bitPattern: value.bitPattern)
            }
        },
        "dtof": .scalar { arguments, _ throws(SQLError) in
            let source = arguments[0].double
            let value = Float(source)
            if value.isInfinite, !source.isInfinite { throw floatOverflow() }
            if value == 0, source != 0 { throw floatUnderflow() }
            return Datum(value)
        },
        "dtoi2": rounded(range2, "smallint", isReal: false),
        "dtoi4": rounded(range4, "integer", isReal: false),
        "dtoi8": rounded(range8, "bigint", isReal: false),
        "ftoi2": rounded(range2, "smallint", isReal: true),
        "ftoi4": rounded(range4, "integer", isReal: true),
        "ftoi8": rounded(range8, "bigint", isReal: true),

        "chartoi4": unary { (value) throws(SQLError) in Int64(Int8(truncatingIfNeeded: value)) },
        "i4tochar": .scalar { arguments, _ throws(SQLError) in
            let value = arguments[0].word
            guard value >= -128, value <= 127 else { throw outOfRange("\"char\"") }
            return Datum(word: value & 0xFF)
        },
        "booltext": .scalar { arguments, context throws(SQLError) in
            context.text(arguments[0].bool ? "true" : "false")
        },
    ] as [String: Kernel]).map { ($0.key, $0.value) }

private let toDouble = Kernel.vector { arguments, count, result, _ throws(SQLError) in
    for row in 0..<count {
        result.words[row] = Int64(bitPattern: Double(arguments[0].words[row]).bitPattern)
    }
}

private let toReal = Kernel.vector { arguments, count, result, _ throws(SQLError) in
    for row in 0..<count {
        result.words[row] = Int64(Float(arguments[0].words[row]).bitPattern)
    }
}

/// Rounds half to even, as rint().
private func rounded(
    _ range: ClosedRange<Int64>, _ type: StaticString, isReal: Bool
) -> Kernel {
    .vector { arguments, count, result, _ throws(SQLError) in
        for row in 0..<count where !result.isNull(row) {
            let value = floatValue(arguments[0].words[row], isReal: isReal)
                .rounded(.toNearestOrEven)
            // The bounds of 64 bits are not exact as doubles: below 2^63, not above -2^63.
            guard value >= -0x1p63, value < 0x1p63, range.contains(Int64(value)) else {
                throw outOfRange(type)
            }
            result.words[row] = Int64(value)
        }
    }
}
