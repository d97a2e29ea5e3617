internal import Base
internal import Types

/// Operators, casts and words of money (chapter 8.2), which counts cents and goes around at its ends as
/// PostgreSQL's does.
let moneyKernels: KernelTable.Theme =
    [
        pair("cash_eq") { Datum($0 == $1) }, pair("cash_ne") { Datum($0 != $1) },
        pair("cash_lt") { Datum($0 < $1) }, pair("cash_le") { Datum($0 <= $1) },
        pair("cash_gt") { Datum($0 > $1) }, pair("cash_ge") { Datum($0 >= $1) },
        pair("cash_cmp") { Datum(word: $0 < $1 ? -1 : $0 > $1 ? 1 : 0) },
        pair("cashlarger") { Datum(word: max($0, $1)) },
        pair("cashsmaller") { Datum(word: min($0, $1)) },
        pair("cash_pl") { Datum(word: $0 &+ $1) }, pair("cash_mi") { Datum(word: $0 &- $1) },
        pair("cash_div_cash") { (dividend, divisor) throws(SQLError) in
            if divisor == 0 { throw divisionByZero }
            return Datum(Double(dividend) / Double(divisor))
        },
        ("cash_send", send(.money)),
    ]
    + ["int2", "int4", "int8"].flatMap { type -> KernelTable.Theme in
        [
            pair("cash_mul_\(type)") { Datum(word: $0 &* $1) },
            pair("\(type)_mul_cash") { Datum(word: $0 &* $1) },
            pair("cash_div_\(type)") { (money, divisor) throws(SQLError) in
                if divisor == 0 { throw divisionByZero }
                return Datum(word: money.dividedReportingOverflow(by: divisor).partialValue)
            },
        ]
    }
    + [
        scaled("cash_mul_flt8", money: 0, *), scaled("flt8_mul_cash", money: 1, *),
        scaled("cash_div_flt8", money: 0, quotient),
        scaled("cash_mul_flt4", money: 0, isReal: true, *),
        scaled("flt4_mul_cash", money: 1, isReal: true, *),
        scaled("cash_div_flt4", money: 0, isReal: true, quotient),
        (
            "cash_numeric",
            .scalar { (arguments, context) throws(SQLError) in
                Datum(
                    view: Numeric.make(
                        Int128(arguments[0].word), scale: 2, arena: context.arena))
            }
        ),
        (
            "numeric_cash",
            .scalar { (arguments, context) throws(SQLError) in
                let hundred = Numeric.make(100 as Int128, scale: 0, arena: context.arena)
                let cents = try Numeric.multiply(
                    arguments[0].view, hundred, arena: context.arena)
                guard let word = try Numeric.int64(cents, typeName: "bigint") else {
                    throw SQLError(.numericValueOutOfRange, "bigint out of range")
                }
                return Datum(word: word)
            }
        ),
        whole("int4_cash"), whole("int8_cash"),
        (
            "cash_words",
            .scalar { (arguments, context) throws(SQLError) in
                context.text(words(arguments[0].word))
            }
        ),
    ]

private func pair(
    _ name: String, _ body: @escaping @Sendable (Int64, Int64) throws(SQLError) -> Datum
) -> (String, Kernel) {
    (
        name,
        .scalar { (arguments, _) throws(SQLError) in
            try body(arguments[0].word, arguments[1].word)
        }
    )
}

private func quotient(_ money: Double, _ divisor: Double) throws(SQLError) -> Double {
    if divisor == 0 { throw divisionByZero }
    return money / divisor
}

/// Money and a floating-point number, which is the other argument.
private func scaled(
    _ name: String, money: Int, isReal: Bool = false,
    _ body: @escaping @Sendable (Double, Double) throws(SQLError) -> Double
) -> (String, Kernel) {
    (
        name,
        .scalar { (arguments, _) throws(SQLError) in
            let other = arguments[1 - money]
            let factor = isReal ? Double(other.float) : other.double
            let result = try body(Double(arguments[money].word), factor)
                .rounded(.toNearestOrEven)
            // What does not fit is the least value, as the processor converts it.
            return Datum(word: Int64(exactly: result) ?? .min)
        }
    )
}

/// Whole units.
private func whole(_ name: String) -> (String, Kernel) {
    (
        name,
        .scalar { (arguments, _) throws(SQLError) in
            let (cents, isOver) = arguments[0].word.multipliedReportingOverflow(by: 100)
            if isOver { throw SQLError(.numericValueOutOfRange, "bigint out of range") }
            return Datum(word: cents)
        }
    )
}

// MARK: Words

private let small = [
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
    "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen",
    "nineteen",
]
private let tens = [
    "", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety",
]

/// A number below a thousand.
private func words(below thousand: UInt64) -> String {
    if thousand <= 20 { return thousand == 20 ? tens[2] : small[Int(thousand)] }
    let rest = thousand % 100
    let hundreds = thousand > 99 ? small[Int(thousand / 100)] + " hundred" : ""
    if rest == 0 { return hundreds }
    let space = hundreds.isEmpty ? "" : " "
    if rest % 10 == 0, rest > 10 { return hundreds + space + tens[Int(rest / 10)] }
    if rest < 20 { return hundreds + (hundreds.isEmpty ? "" : " and ") + small[Int(rest)] }
    return hundreds + space + tens[Int(rest / 10)] + " " + small[Int(rest % 10)]
}

private func words(_ money: Int64) -> String {
    let whole = money.magnitude / 100
    let cents = money.magnitude % 100
    var text = money < 0 ? "minus " : ""
    var isEmpty = true
    var unit: UInt64 = 1_000_000_000_000_000
    for name in [" quadrillion ", " trillion ", " billion ", " million ", " thousand ", ""] {
        let group = whole / unit % 1000
        if group != 0 {
            text += words(below: group) + name
            isEmpty = false
        }
        unit /= 1000
    }
    if isEmpty { text += "zero" }
    text += whole == 1 ? " dollar and " : " dollars and "
    text += words(below: cents) + (cents == 1 ? " cent" : " cents")
    return text.prefix(1).uppercased() + text.dropFirst()
}
