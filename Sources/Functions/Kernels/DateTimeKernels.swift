internal import Base
internal import Types

/// date, time, timestamps: the clock, arithmetic without intervals, casts, making (chapter 9.9).
let dateTimeKernels: KernelTable.Theme = [
    ("now", .scalar { (_, context) throws(SQLError) in Datum(word: context.transactionTimestamp) }),
    (
        "statement_timestamp",
        .scalar { (_, context) throws(SQLError) in
            Datum(word: context.statementTimestamp)
        }
    ),
    ("clock_timestamp", .scalar { (_, context) throws(SQLError) in Datum(word: context.clock()) }),
    ("timeofday", .scalar { (_, context) throws(SQLError) in timeOfDay(context) }),
    // Arithmetic.
    (
        "date_mi",
        .scalar { (arguments, _) throws(SQLError) in
            let (left, right) = (arguments[0].word, arguments[1].word)
            if DateTime.isInfinite(date: left) || DateTime.isInfinite(date: right) {
                throw SQLError(.datetimeFieldOverflow, "cannot subtract infinite dates")
            }
            return Datum(word: left - right)
        }
    ),
    (
        "date_pli",
        .scalar { (arguments, _) throws(SQLError) in
            try shifted(date: arguments[0].word, by: arguments[1].word)
        }
    ),
    (
        "date_mii",
        .scalar { (arguments, _) throws(SQLError) in
            try shifted(date: arguments[0].word, by: -arguments[1].word)
        }
    ),
    (
        "integer_pl_date$2550",
        .scalar { (arguments, _) throws(SQLError) in
            try shifted(date: arguments[1].word, by: arguments[0].word)
        }
    ),
    (
        "datetime_timestamp",
        .scalar { (arguments, _) throws(SQLError) in
            try combined(date: arguments[0].word, time: arguments[1].word)
        }
    ),
    (
        "timedate_pl$1296",
        .scalar { (arguments, _) throws(SQLError) in
            try combined(date: arguments[1].word, time: arguments[0].word)
        }
    ),
    // Casts.
    (
        "date_timestamp",
        .scalar { (arguments, _) throws(SQLError) in
            Datum(word: try DateTime.timestamp(date: arguments[0].word))
        }
    ),
    (
        "date_timestamptz",
        .scalar { (arguments, context) throws(SQLError) in
            Datum(
                word: try DateTime.instant(
                    local: try DateTime.timestamp(date: arguments[0].word),
                    in: context.types.timeZone))
        }
    ),
    ("timestamp_date", unary { (value) throws(SQLError) in DateTime.date(timestamp: value) }),
    (
        "timestamptz_date",
        .scalar { (arguments, context) throws(SQLError) in
            Datum(
                word: DateTime.date(
                    timestamp: DateTime.local(arguments[0].word, in: context.types.timeZone)))
        }
    ),
    (
        "timestamp_timestamptz",
        .scalar { (arguments, context) throws(SQLError) in
            Datum(word: try DateTime.instant(local: arguments[0].word, in: context.types.timeZone))
        }
    ),
    (
        "timestamptz_timestamp",
        .scalar { (arguments, context) throws(SQLError) in
            Datum(word: DateTime.local(arguments[0].word, in: context.types.timeZone))
        }
    ),
    (
        "timestamp_time",
        .scalar { (arguments, _) throws(SQLError) in
            timePart(arguments[0].word)
        }
    ),
    (
        "timestamptz_time",
        .scalar { (arguments, context) throws(SQLError) in
            timePart(DateTime.local(arguments[0].word, in: context.types.timeZone))
        }
    ),
    ("timestamp_scale", scaling), ("timestamptz_scale", scaling), ("time_scale", scaling),
    // AT TIME ZONE.
    (
        "timestamptz_zone",
        .scalar { (arguments, context) throws(SQLError) in
            Datum(word: DateTime.local(arguments[1].word, in: try zone(arguments[0].view)))
        }
    ),
    (
        "timestamp_zone",
        .scalar { (arguments, context) throws(SQLError) in
            Datum(
                word: try DateTime.instant(
                    local: arguments[1].word, in: try zone(arguments[0].view)))
        }
    ),
    ("make_date", .scalar(makeDate)),
    (
        "make_timestamp",
        .scalar { (arguments, _) throws(SQLError) in
            try makeTimestamp(arguments)
        }
    ),
    (
        "make_timestamptz",
        .scalar { (arguments, context) throws(SQLError) in
            let local = try makeTimestamp(arguments)
            return Datum(word: try DateTime.instant(local: local.word, in: context.types.timeZone))
        }
    ),
    (
        "make_timestamptz_at_timezone",
        .scalar { (arguments, _) throws(SQLError) in
            let local = try makeTimestamp(arguments)
            return Datum(
                word: try DateTime.instant(local: local.word, in: try zone(arguments[6].view)))
        }
    ),
    (
        "float8_timestamptz",
        .scalar { (arguments, _) throws(SQLError) in
            try instant(ofUnix: arguments[0].double)
        }
    ),
    ("timestamp_finite", unary { (value) throws(SQLError) in DateTime.isInfinite(value) ? 0 : 1 }),
    ("date_finite", unary { (value) throws(SQLError) in DateTime.isInfinite(date: value) ? 0 : 1 }),
]

private func shifted(date: Int64, by days: Int64) throws(SQLError) -> Datum {
    if DateTime.isInfinite(date: date) { return Datum(word: date) }
    let result = date + days
    guard DateTime.dateRange.contains(result) else { throw DateTime.dateOutOfRange() }
    return Datum(word: result)
}

func combined(date: Int64, time: Int64) throws(SQLError) -> Datum {
    let start = try DateTime.timestamp(date: date)
    if DateTime.isInfinite(start) { return Datum(word: start) }
    let (value, overflow) = start.addingReportingOverflow(time)
    guard !overflow, DateTime.timestampRange.contains(value) else {
        throw DateTime.timestampOutOfRange()
    }
    return Datum(word: value)
}

private func timePart(_ timestamp: Int64) -> Datum {
    DateTime.isInfinite(timestamp)
        ? .null : Datum(word: DateTime.split(timestamp).microseconds)
}

private let scaling = Kernel.scalar { (arguments, _) throws(SQLError) in
    Datum(
        word: DateTime.round(
            arguments[0].word, modifier: Int32(truncatingIfNeeded: arguments[1].word)))
}

func zone(_ name: ByteView) throws(SQLError) -> TimeZone {
    let text = name.string
    guard let zone = TimeZone.named(text) ?? TimeZone.abbreviated(text) else {
        throw SQLError(.invalidParameterValue, "time zone \"\(text)\" not recognized")
    }
    return zone
}

private func timeOfDay(_ context: FunctionContext) -> Datum {
    let types = TypeContext(context.types)
    types.dateStyle = .postgres
    var buffer = ByteBuffer()
    TypeIO.output(
        Datum(word: context.clock()), type: .timestamptz, context: types, into: &buffer)
    return context.text(buffer)
}

// MARK: Making

private func makeDate(
    _ arguments: UnsafePointer<Datum>, _ context: FunctionContext
) throws(SQLError) -> Datum {
    let (year, month, day) = (arguments[0].word, arguments[1].word, arguments[2].word)
    let astronomical = year < 0 ? year + 1 : year
    guard year != 0, (1...12).contains(month), astronomical.magnitude < 6_000_000, day >= 1,
        day <= Int64(Calendar.dayCount(year: Int(astronomical), month: Int(month)))
    else {
        throw SQLError(
            .datetimeFieldOverflow,
            "date field value out of range: \(year)-\(padded(month))-\(padded(day))")
    }
    let days = Int64(
        Calendar.daysSince2000(year: Int(astronomical), month: Int(month), day: Int(day)))
    guard DateTime.dateRange.contains(days) else {
        throw SQLError(
            .datetimeFieldOverflow, "date out of range: \(year)-\(padded(month))-\(padded(day))")
    }
    return Datum(word: days)
}

private func padded(_ value: Int64) -> String {
    value >= 0 && value < 10 ? "0\(value)" : String(value)
}

private func makeTimestamp(_ arguments: UnsafePointer<Datum>) throws(SQLError) -> Datum {
    let (year, month, day) = (arguments[0].word, arguments[1].word, arguments[2].word)
    let (hour, minute, second) = (arguments[3].word, arguments[4].word, arguments[5].double)
    let astronomical = year < 0 ? year + 1 : year
    guard year != 0, (1...12).contains(month), astronomical.magnitude < 300_000, day >= 1,
        day <= Int64(Calendar.dayCount(year: Int(astronomical), month: Int(month)))
    else {
        throw SQLError(
            .datetimeFieldOverflow,
            "date field value out of range: \(year)-\(padded(month))-\(padded(day))")
    }
    let time = try timeMade(hour, minute, second)
    let days = Int64(
        Calendar.daysSince2000(year: Int(astronomical), month: Int(month), day: Int(day)))
    return try combined(date: days, time: time)
}

/// to_timestamp(double precision).
private func instant(ofUnix seconds: Double) throws(SQLError) -> Datum {
    if seconds.isNaN { throw SQLError(.datetimeFieldOverflow, "timestamp cannot be NaN") }
    if seconds.isInfinite {
        return Datum(word: seconds > 0 ? DateTime.infinity : DateTime.negativeInfinity)
    }
    let epoch = Double(Calendar.unixEpochDays) * 86400
    let micro = ((seconds - epoch) * 1_000_000).rounded(.toNearestOrEven)
    guard micro > -0x1p63, micro < 0x1p63, DateTime.timestampRange.contains(Int64(micro)) else {
        throw SQLError(.datetimeFieldOverflow, "timestamp out of range: \"\(seconds)\"")
    }
    return Datum(word: Int64(micro))
}
