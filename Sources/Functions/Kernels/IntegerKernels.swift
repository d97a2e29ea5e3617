internal import Base
internal import Types

/// smallint, integer and bigint: arithmetic in every mix of widths, bit operations, width changes.

/// The width of a result, and the error beyond it.
protocol IntegerWidth: SendableMetatype {
    static var error: SQLError { get }
    /// Zero where the value fits: cheap to gather over a batch.
    static func excess(_ value: Int64) -> Int64
    static var minimum: Int64 { get }
}

enum Width16: IntegerWidth {
    static var error: SQLError { SQLError(.numericValueOutOfRange, "smallint out of range") }
    static func excess(_ value: Int64) -> Int64 { value ^ Int64(Int16(truncatingIfNeeded: value)) }
    static var minimum: Int64 { Int64(Int16.min) }
}
enum Width32: IntegerWidth {
    static var error: SQLError { SQLError(.numericValueOutOfRange, "integer out of range") }
    static func excess(_ value: Int64) -> Int64 { value ^ Int64(Int32(truncatingIfNeeded: value)) }
    static var minimum: Int64 { Int64(Int32.min) }
}
enum Width64: IntegerWidth {
    static var error: SQLError { SQLError(.numericValueOutOfRange, "bigint out of range") }
    static func excess(_ value: Int64) -> Int64 { 0 }
    static var minimum: Int64 { .min }
}

protocol IntegerOperation: SendableMetatype {
    static func apply(_ left: Int64, _ right: Int64) -> (partialValue: Int64, overflow: Bool)
}
enum Addition: IntegerOperation {
    static func apply(_ left: Int64, _ right: Int64) -> (partialValue: Int64, overflow: Bool) {
        left.addingReportingOverflow(right)
    }
}
enum Subtraction: IntegerOperation {
    static func apply(_ left: Int64, _ right: Int64) -> (partialValue: Int64, overflow: Bool) {
        left.subtractingReportingOverflow(right)
    }
}
enum Multiplication: IntegerOperation {
    static func apply(_ left: Int64, _ right: Int64) -> (partialValue: Int64, overflow: Bool) {
        left.multipliedReportingOverflow(by: right)
    }
}

var divisionByZero: SQLError { SQLError(.divisionByZero, "division by zero") }

/// Overflow is gathered without a branch; only a batch that has some looks where.
private func arithmetic<Operation: IntegerOperation, Width: IntegerWidth>(
    _: Operation.Type, _: Width.Type
) -> Kernel {
    .vector { (arguments, count, result, _) throws(SQLError) in
        let left = arguments[0].words
        let right = arguments[1].words
        let target = result.words
        var excess: Int64 = 0
        for row in 0..<count {
            let (value, overflow) = Operation.apply(left[row], right[row])
            excess |= Width.excess(value) | (overflow ? 1 : 0)
            target[row] = value
        }
        if excess == 0 { return }
        for row in 0..<count where !result.isNull(row) {
            let (value, overflow) = Operation.apply(left[row], right[row])
            if overflow || Width.excess(value) != 0 { throw Width.error }
        }
    }
}

private func division<Width: IntegerWidth>(_: Width.Type) -> Kernel {
    .vector { (arguments, count, result, _) throws(SQLError) in
        let left = arguments[0].words
        let right = arguments[1].words
        let target = result.words
        for row in 0..<count {
            let divisor = right[row]
            if divisor &+ 1 > 1 {
                target[row] = left[row] / divisor
            } else if result.isNull(row) {
                target[row] = 0
            } else if divisor == 0 {
                throw divisionByZero
            } else {
                // A negative divisor: only the least value by -1 leaves the width.
                let (value, overflow) = left[row].dividedReportingOverflow(by: divisor)
                if overflow || Width.excess(value) != 0 { throw Width.error }
                target[row] = value
            }
        }
    }
}

private let modulo = Kernel.vector { (arguments, count, result, _) throws(SQLError) in
    let left = arguments[0].words
    let right = arguments[1].words
    let target = result.words
    for row in 0..<count {
        let divisor = right[row]
        if divisor &+ 1 > 1 {
            target[row] = left[row] % divisor
        } else if divisor == 0 {
            if !result.isNull(row) { throw divisionByZero }
            target[row] = 0
        } else {
            target[row] = divisor == -1 ? 0 : left[row] % divisor
        }
    }
}

protocol WordOperation: SendableMetatype {
    static func apply(_ left: Int64, _ right: Int64) -> Int64
}
enum BitAnd: WordOperation {
    static func apply(_ left: Int64, _ right: Int64) -> Int64 { left & right }
}
enum BitOr: WordOperation {
    static func apply(_ left: Int64, _ right: Int64) -> Int64 { left | right }
}
enum BitXor: WordOperation {
    static func apply(_ left: Int64, _ right: Int64) -> Int64 { left ^ right }
}
enum Larger: WordOperation {
    static func apply(_ left: Int64, _ right: Int64) -> Int64 { max(left, right) }
}
enum Smaller: WordOperation {
    static func apply(_ left: Int64, _ right: Int64) -> Int64 { min(left, right) }
}
/// The shift count counts modulo 32, as C's does on this processor.
enum ShiftLeft32: WordOperation {
    static func apply(_ left: Int64, _ right: Int64) -> Int64 {
        Int64(Int32(truncatingIfNeeded: left) &<< Int32(truncatingIfNeeded: right))
    }
}
enum ShiftRight32: WordOperation {
    static func apply(_ left: Int64, _ right: Int64) -> Int64 {
        Int64(Int32(truncatingIfNeeded: left) &>> Int32(truncatingIfNeeded: right))
    }
}
/// A smallint is shifted as an int, then cut.
enum ShiftLeft16: WordOperation {
    static func apply(_ left: Int64, _ right: Int64) -> Int64 {
        Int64(Int16(truncatingIfNeeded: ShiftLeft32.apply(left, right)))
    }
}
enum ShiftLeft64: WordOperation {
    static func apply(_ left: Int64, _ right: Int64) -> Int64 { left &<< right }
}
enum ShiftRight64: WordOperation {
    static func apply(_ left: Int64, _ right: Int64) -> Int64 { left &>> right }
}

func words<Operation: WordOperation>(_: Operation.Type) -> Kernel {
    .vector { (arguments, count, result, _) throws(SQLError) in
        let left = arguments[0].words
        let right = arguments[1].words
        let target = result.words
        for row in 0..<count { target[row] = Operation.apply(left[row], right[row]) }
    }
}

/// The value as it is.
let identityWords = Kernel.vector { (arguments, count, result, _) throws(SQLError) in
    result.words.update(from: arguments[0].words, count: count)
}

private func negation<Width: IntegerWidth>(_: Width.Type) -> Kernel {
    unary { (value) throws(SQLError) in
        if value == Width.minimum { throw Width.error }
        return -value
    }
}
private func absolute<Width: IntegerWidth>(_: Width.Type) -> Kernel {
    unary { (value) throws(SQLError) in
        if value == Width.minimum { throw Width.error }
        return abs(value)
    }
}
private func narrowing<Width: IntegerWidth>(_: Width.Type) -> Kernel {
    .vector { (arguments, count, result, _) throws(SQLError) in
        let source = arguments[0].words
        var excess: Int64 = 0
        for row in 0..<count {
            excess |= Width.excess(source[row])
            result.words[row] = source[row]
        }
        if excess == 0 { return }
        for row in 0..<count where !result.isNull(row) && Width.excess(source[row]) != 0 {
            throw Width.error
        }
    }
}

/// One word in, one word out, for rows that are not null.
func unary(_ body: @escaping @Sendable (Int64) throws(SQLError) -> Int64) -> Kernel {
    .vector { (arguments, count, result, _) throws(SQLError) in
        let source = arguments[0].words
        for row in 0..<count {
            result.words[row] = result.isNull(row) ? 0 : try body(source[row])
        }
    }
}

private func greatestCommonDivisor(_ left: Int64, _ right: Int64) -> UInt64 {
    var (a, b) = (left.magnitude, right.magnitude)
    while b != 0 { (a, b) = (b, a % b) }
    return a
}

private func gcd<Width: IntegerWidth>(_: Width.Type) -> Kernel {
    .scalar { (arguments, _) throws(SQLError) in
        let value = Int64(exactly: greatestCommonDivisor(arguments[0].word, arguments[1].word))
        guard let value, Width.excess(value) == 0 else { throw Width.error }
        return Datum(word: value)
    }
}
private func lcm<Width: IntegerWidth>(_: Width.Type) -> Kernel {
    .scalar { (arguments, _) throws(SQLError) in
        let (a, b) = (arguments[0].word, arguments[1].word)
        if a == 0 || b == 0 { return Datum(word: 0) }
        let (product, overflow) = (a.magnitude / greatestCommonDivisor(a, b))
            .multipliedReportingOverflow(by: b.magnitude)
        guard !overflow, let value = Int64(exactly: product), Width.excess(value) == 0 else {
            throw Width.error
        }
        return Datum(word: value)
    }
}

private func arithmeticTheme<Width: IntegerWidth>(
    _ prefixes: [String], _ width: Width.Type
) -> KernelTable.Theme {
    prefixes.flatMap { prefix in
        [
            (prefix + "pl", arithmetic(Addition.self, width)),
            (prefix + "mi", arithmetic(Subtraction.self, width)),
            (prefix + "mul", arithmetic(Multiplication.self, width)),
            (prefix + "div", division(width)),
        ]
    }
}

private func singleTheme<Width: IntegerWidth>(
    _ prefix: String, _ width: Width.Type
) -> KernelTable.Theme {
    [
        (prefix + "mod", modulo), (prefix + "um", negation(width)), (prefix + "up", identityWords),
        (prefix + "abs", absolute(width)), (prefix + "and", words(BitAnd.self)),
        (prefix + "or", words(BitOr.self)), (prefix + "xor", words(BitXor.self)),
        (prefix + "not", unary { (value) throws(SQLError) in ~value }),
        (prefix + "larger", words(Larger.self)), (prefix + "smaller", words(Smaller.self)),
    ]
}

let integerKernels: KernelTable.Theme =
    arithmeticTheme(["int2"], Width16.self)
    + arithmeticTheme(["int4", "int24", "int42"], Width32.self)
    + arithmeticTheme(["int8", "int48", "int84", "int28", "int82"], Width64.self)
    + singleTheme("int2", Width16.self) + singleTheme("int4", Width32.self)
    + singleTheme("int8", Width64.self)
    + [
        ("int2shl", words(ShiftLeft16.self)), ("int2shr", words(ShiftRight32.self)),
        ("int4shl", words(ShiftLeft32.self)), ("int4shr", words(ShiftRight32.self)),
        ("int8shl", words(ShiftLeft64.self)), ("int8shr", words(ShiftRight64.self)),
        (
            "int4inc",
            unary { (value) throws(SQLError) in
                if value == Int64(Int32.max) { throw Width32.error }
                return value + 1
            }
        ),
        (
            "int8inc",
            unary { (value) throws(SQLError) in
                if value == .max { throw Width64.error }
                return value + 1
            }
        ),
        ("i2toi4", identityWords), ("int28", identityWords), ("int48", identityWords),
        ("i4toi2", narrowing(Width16.self)), ("int82", narrowing(Width16.self)),
        ("int84", narrowing(Width32.self)),
        ("int4gcd", gcd(Width32.self)), ("int8gcd", gcd(Width64.self)),
        ("int4lcm", lcm(Width32.self)), ("int8lcm", lcm(Width64.self)),
        // oid: unsigned 32 bits.
        ("oidtoi8", identityWords),
        ("int4_oid$binary", unary { (value) throws(SQLError) in value & 0xFFFF_FFFF }),
        (
            "oid_int4$binary",
            unary { (value) throws(SQLError) in
                Int64(Int32(truncatingIfNeeded: value))
            }
        ),
        (
            "i8tooid",
            unary { (value) throws(SQLError) in
                guard value >= 0, value <= Int64(UInt32.max) else {
                    throw SQLError(.numericValueOutOfRange, "OID out of range")
                }
                return value
            }
        ),
    ]
