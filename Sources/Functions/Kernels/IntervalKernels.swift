internal import Base
internal import Types

/// Intervals: comparison, arithmetic of their own and with dates and times, making (chapter 9.9).
let intervalKernels: KernelTable.Theme =
    intervalComparison + intervalArithmetic + timestampIntervalArithmetic + [
        ("interval_finite", .scalar { (_, _) throws(SQLError) in Datum(true) }),
        (
            "interval_scale",
            .scalar { (arguments, context) throws(SQLError) in
                let modifier = Int32(truncatingIfNeeded: arguments[1].word)
                return try made(
                    IntervalModifier.apply(modifier, to: Interval(arguments[0].view)), context)
            }
        ),
        ("make_interval", .scalar(makeInterval)),
        (
            "time_interval",
            .scalar { (arguments, context) throws(SQLError) in
                try made(Interval(microseconds: arguments[0].word), context)
            }
        ),
        (
            "interval_time",
            .scalar { (arguments, _) throws(SQLError) in
                Datum(word: timeOfDay(Interval(arguments[0].view).microseconds))
            }
        ),
        (
            "timestamp_age",
            .scalar { (arguments, context) throws(SQLError) in
                try made(DateTime.age(arguments[0].word, arguments[1].word), context)
            }
        ),
        (
            "timestamptz_age",
            .scalar { (arguments, context) throws(SQLError) in
                let zone = context.types.timeZone
                return try made(
                    DateTime.age(
                        DateTime.local(arguments[0].word, in: zone),
                        DateTime.local(arguments[1].word, in: zone)), context)
            }
        ),
        ("age$2059", age { (value, _) in value }),
        ("age$1386", age { (value, context) in DateTime.local(value, in: context.types.timeZone) }),
        (
            "timestamp_izone",
            .scalar { (arguments, _) throws(SQLError) in
                if DateTime.isInfinite(arguments[1].word) { return arguments[1] }
                let zone = try fixedZone(arguments[0].view)
                return Datum(word: try DateTime.instant(local: arguments[1].word, in: zone))
            }
        ),
        (
            "timestamptz_izone",
            .scalar { (arguments, _) throws(SQLError) in
                let zone = try fixedZone(arguments[0].view)
                return Datum(word: DateTime.local(arguments[1].word, in: zone))
            }
        ),
    ]

private func made(_ interval: Interval, _ context: FunctionContext) throws(SQLError) -> Datum {
    Datum(view: interval.view(in: context.arena))
}

/// Of age(x): from midnight of the current day.
private func age(
    _ local: @escaping @Sendable (Int64, FunctionContext) -> Int64
) -> Kernel {
    .scalar { (arguments, context) throws(SQLError) in
        let now = DateTime.local(context.transactionTimestamp, in: context.types.timeZone)
        let today = Int64(DateTime.split(now).days) * Calendar.microsecondsPerDay
        return try made(DateTime.age(today, local(arguments[0].word, context)), context)
    }
}

/// The zone that AT TIME ZONE with an interval means.
func fixedZone(_ view: ByteView) throws(SQLError) -> TimeZone {
    let interval = Interval(view)
    guard interval.months == 0, interval.days == 0 else {
        let text = TypeIO.text(Datum(view: view), type: .interval, context: TypeContext())
        throw SQLError(
            .invalidParameterValue,
            "interval time zone \"\(text)\" must not include months or days")
    }
    return TimeZone.fixed(offsetSeconds: Int(interval.microseconds / 1_000_000))
}

/// µs brought into one day.
func timeOfDay(_ microseconds: Int64) -> Int64 {
    let rest = microseconds % Calendar.microsecondsPerDay
    return rest < 0 ? rest + Calendar.microsecondsPerDay : rest
}

// MARK: Comparison

private enum IntervalOrder: ViewOrder {
    static func compare(_ left: ByteView, _ right: ByteView) -> Int {
        Interval.compare(left, right)
    }
}
private let intervalComparison: KernelTable.Theme =
    viewTheme("interval", IntervalOrder.self, separator: "_")
    + viewChoice("interval_", IntervalOrder.self)
    + [viewSupport("interval_cmp", IntervalOrder.self)]

// MARK: Arithmetic

private func binary(
    _ operation: @escaping @Sendable (Interval, Interval) throws(SQLError) -> Interval
) -> Kernel {
    .scalar { (arguments, context) throws(SQLError) in
        try made(operation(Interval(arguments[0].view), Interval(arguments[1].view)), context)
    }
}
private func unary(
    _ operation: @escaping @Sendable (Interval) throws(SQLError) -> Interval
) -> Kernel {
    .scalar { (arguments, context) throws(SQLError) in
        try made(operation(Interval(arguments[0].view)), context)
    }
}

private let intervalArithmetic: KernelTable.Theme = [
    ("interval_pl", binary { (left, right) throws(SQLError) in try Interval.add(left, right) }),
    (
        "interval_mi",
        binary { (left, right) throws(SQLError) in try Interval.subtract(left, right) }
    ),
    ("interval_um", unary { (value) throws(SQLError) in try value.negated() }),
    ("interval_justify_hours", unary { (value) throws(SQLError) in try value.justifiedHours() }),
    ("interval_justify_days", unary { (value) throws(SQLError) in try value.justifiedDays() }),
    ("interval_justify_interval", unary { (value) throws(SQLError) in try value.justified() }),
    (
        "interval_mul",
        .scalar { (arguments, context) throws(SQLError) in
            let factor = arguments[1].double
            return try made(Interval(arguments[0].view).scaled { $0 * factor }, context)
        }
    ),
    (
        "mul_d_interval",
        .scalar { (arguments, context) throws(SQLError) in
            let factor = arguments[0].double
            return try made(Interval(arguments[1].view).scaled { $0 * factor }, context)
        }
    ),
    (
        "interval_div",
        .scalar { (arguments, context) throws(SQLError) in
            let divisor = arguments[1].double
            if divisor == 0 { throw SQLError(.divisionByZero, "division by zero") }
            return try made(Interval(arguments[0].view).scaled { $0 / divisor }, context)
        }
    ),
]

// MARK: With dates and times

/// A kernel of a word and an interval, at these places of the arguments.
private func shift(
    value: Int, interval: Int, negates: Bool = false,
    _ operation: @escaping @Sendable (Int64, Interval, FunctionContext) throws(SQLError) -> Int64
) -> Kernel {
    .scalar { (arguments, context) throws(SQLError) in
        let amount = Interval(arguments[interval].view)
        return Datum(
            word: try operation(
                arguments[value].word, negates ? try amount.negated() : amount, context))
    }
}

@Sendable
private func moveTimestamp(
    _ value: Int64, _ interval: Interval, _: FunctionContext
) throws(SQLError) -> Int64 {
    try DateTime.add(interval, to: value)
}
@Sendable
private func moveInstant(
    _ value: Int64, _ interval: Interval, _ context: FunctionContext
) throws(SQLError) -> Int64 {
    try DateTime.add(interval, to: value, in: context.types.timeZone)
}
@Sendable
private func moveDate(
    _ value: Int64, _ interval: Interval, _: FunctionContext
) throws(SQLError) -> Int64 {
    try DateTime.add(interval, to: try DateTime.timestamp(date: value))
}
@Sendable
private func moveTime(
    _ value: Int64, _ interval: Interval, _: FunctionContext
) throws(SQLError) -> Int64 {
    timeOfDay(value + interval.microseconds % Calendar.microsecondsPerDay)
}

private let timestampIntervalArithmetic: KernelTable.Theme = [
    ("timestamp_pl_interval", shift(value: 0, interval: 1, moveTimestamp)),
    ("timestamp_mi_interval", shift(value: 0, interval: 1, negates: true, moveTimestamp)),
    ("interval_pl_timestamp$2548", shift(value: 1, interval: 0, moveTimestamp)),
    ("timestamptz_pl_interval", shift(value: 0, interval: 1, moveInstant)),
    ("timestamptz_mi_interval", shift(value: 0, interval: 1, negates: true, moveInstant)),
    ("interval_pl_timestamptz$2549", shift(value: 1, interval: 0, moveInstant)),
    ("date_pl_interval", shift(value: 0, interval: 1, moveDate)),
    ("date_mi_interval", shift(value: 0, interval: 1, negates: true, moveDate)),
    ("interval_pl_date$2546", shift(value: 1, interval: 0, moveDate)),
    ("time_pl_interval", shift(value: 0, interval: 1, moveTime)),
    (
        "time_mi_interval",
        .scalar { (arguments, _) throws(SQLError) in
            let amount = Interval(arguments[1].view).microseconds % Calendar.microsecondsPerDay
            return Datum(word: timeOfDay(arguments[0].word - amount))
        }
    ),
    ("interval_pl_time$1848", shift(value: 1, interval: 0, moveTime)),
    (
        "timestamp_mi",
        .scalar { (arguments, context) throws(SQLError) in
            try made(DateTime.difference(arguments[0].word, arguments[1].word), context)
        }
    ),
    (
        "time_mi_time",
        .scalar { (arguments, context) throws(SQLError) in
            try made(Interval(microseconds: arguments[0].word - arguments[1].word), context)
        }
    ),
]

// MARK: Making

/// years, months, weeks, days, hours, minutes, seconds.
private func makeInterval(
    _ arguments: UnsafePointer<Datum>, _ context: FunctionContext
) throws(SQLError) -> Datum {
    let seconds = arguments[6].double
    guard seconds.isFinite else { throw Interval.outOfRange() }
    // Integers of 32 bits each: the sums fit 64.
    let months = arguments[0].word * 12 + arguments[1].word
    let days = arguments[2].word * 7 + arguments[3].word
    let minutes = arguments[4].word * 60 + arguments[5].word
    let fraction = (seconds * 1_000_000).rounded(.toNearestOrEven)
    guard let monthCount = Int32(exactly: months), let dayCount = Int32(exactly: days),
        fraction.magnitude < 0x1p63
    else { throw Interval.outOfRange() }
    let (time, overflow) = (minutes * 60_000_000).addingReportingOverflow(Int64(fraction))
    guard !overflow else { throw Interval.outOfRange() }
    return try made(
        Interval(months: monthCount, days: dayCount, microseconds: time), context)
}
