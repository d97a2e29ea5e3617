internal import Base
internal import Types

/// date, time, timestamps: the clock, arithmetic, casts, parts (chapter 9.9). Intervals are not built.
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
    // Parts.
    (
        "timestamp_trunc",
        .scalar { (arguments, _) throws(SQLError) in
            Datum(
                word: try truncated(
                    arguments[1].word, to: arguments[0].view, "timestamp without time zone"))
        }
    ),
    (
        "timestamptz_trunc",
        .scalar { (arguments, context) throws(SQLError) in
            let zone = context.types.timeZone
            return Datum(word: try truncated(arguments[1].word, to: arguments[0].view, in: zone))
        }
    ),
    (
        "timestamptz_trunc_zone",
        .scalar { (arguments, context) throws(SQLError) in
            Datum(
                word: try truncated(
                    arguments[1].word, to: arguments[0].view, in: try zone(arguments[2].view)))
        }
    ),
    (
        "extract_date",
        extraction { (word, _) in
            (word, 0, .date)
        }
    ),
    ("extract_timestamp", extraction { (word, _) in (word, word, .timestamp) }),
    (
        "extract_timestamptz",
        extraction { (word, context) in
            (word, DateTime.local(word, in: context.types.timeZone), .timestamptz)
        }
    ),
    ("extract_time", extraction { (word, _) in (word, word, .time) }),
    ("timestamp_part", part { (word, _) in (word, word, .timestamp) }),
    (
        "timestamptz_part",
        part { (word, context) in
            (word, DateTime.local(word, in: context.types.timeZone), .timestamptz)
        }
    ),
    (
        "date_part$1384",
        part { (word, _) in
            (word, 0, .date)
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

private func combined(date: Int64, time: Int64) throws(SQLError) -> Datum {
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

private func zone(_ name: ByteView) throws(SQLError) -> TimeZone {
    let text = name.string
    guard let zone = TimeZone.named(text) ?? TimeZone.abbreviated(text) else {
        throw SQLError(.invalidParameterValue, "time zone \"\(text)\" not recognized")
    }
    return zone
}

private func timeOfDay(_ context: FunctionContext) -> Datum {
    var types = context.types
    types.dateStyle = .postgres
    var buffer = ByteBuffer()
    TypeIO.output(
        Datum(word: context.clock()), type: .timestamptz, context: types, into: &buffer)
    return context.text(buffer)
}

// MARK: Truncation

private func unknownUnit(_ unit: String, _ typeName: String) -> SQLError {
    SQLError(.invalidParameterValue, "unit \"\(unit)\" not recognized for type \(typeName)")
}

private func truncated(
    _ timestamptz: Int64, to unit: ByteView, in zone: TimeZone
) throws(SQLError) -> Int64 {
    if DateTime.isInfinite(timestamptz) { return timestamptz }
    let local = try truncated(
        DateTime.local(timestamptz, in: zone), to: unit, "timestamp with time zone")
    return try DateTime.instant(local: local, in: zone)
}

private func truncated(
    _ timestamp: Int64, to unit: ByteView, _ typeName: String
) throws(SQLError) -> Int64 {
    if DateTime.isInfinite(timestamp) { return timestamp }
    let name = unit.string.lowercased()
    let (days, time) = DateTime.split(timestamp)
    func at(_ year: Int, _ month: Int, _ day: Int) -> Int64 {
        Int64(Calendar.daysSince2000(year: year, month: month, day: day))
            * Calendar.microsecondsPerDay
    }
    func cut(_ unit: Int64) -> Int64 {
        Int64(days) * Calendar.microsecondsPerDay + time / unit * unit
    }
    let (year, month, _) = Calendar.civil(daysSince2000: days)
    switch name {
    case "microsecond", "microseconds", "us": return timestamp
    case "millisecond", "milliseconds", "ms": return cut(1000)
    case "second", "seconds", "sec", "s": return cut(1_000_000)
    case "minute", "minutes", "min", "m": return cut(60_000_000)
    case "hour", "hours", "h", "hr": return cut(3_600_000_000)
    case "day", "days", "d": return cut(Calendar.microsecondsPerDay)
    case "week", "weeks", "w":
        let monday = days - (Calendar.dayOfWeek(days) + 6) % 7
        return Int64(monday) * Calendar.microsecondsPerDay
    case "month", "months", "mon": return at(year, month, 1)
    case "quarter", "qtr": return at(year, (month - 1) / 3 * 3 + 1, 1)
    case "year", "years", "y", "yr": return at(year, 1, 1)
    case "decade", "decades":
        return at(year >= 0 ? year / 10 * 10 : (year - 9) / 10 * 10, 1, 1)
    case "century", "centuries", "c":
        return at(year > 0 ? (year + 99) / 100 * 100 - 99 : -((99 - year) / 100) * 100 + 1, 1, 1)
    case "millennium", "millennia", "mil":
        return at(
            year > 0 ? (year + 999) / 1000 * 1000 - 999 : -((999 - year) / 1000) * 1000 + 1, 1, 1)
    default: throw unknownUnit(unit.string, typeName)
    }
}

// MARK: extract

private enum PartSource { case date, timestamp, timestamptz, time }

/// The value as stored, as local µs, and its kind.
private typealias PartValue =
    @Sendable (Int64, FunctionContext) -> (stored: Int64, local: Int64, source: PartSource)

private func extraction(_ value: @escaping PartValue) -> Kernel {
    .scalar { (arguments, context) throws(SQLError) in
        let (stored, local, source) = value(arguments[1].word, context)
        let part = try extract(arguments[0].view.string, stored, local, source, context)
        return part.map { Datum(view: $0) } ?? .null
    }
}

/// date_part: the same as double precision.
private func part(_ value: @escaping PartValue) -> Kernel {
    .scalar { (arguments, context) throws(SQLError) in
        let (stored, local, source) = value(arguments[1].word, context)
        let part = try extract(arguments[0].view.string, stored, local, source, context)
        guard let part else { return .null }
        // PostgreSQL adds seconds and fraction as doubles.
        let time = DateTime.split(local).microseconds
        let second = Double(time / 1_000_000 % 60)
        switch arguments[0].view.string.lowercased() {
        case "second", "seconds", "sec", "s":
            return Datum(second + Double(time % 1_000_000) / 1_000_000)
        case "millisecond", "milliseconds", "ms":
            return Datum(second * 1000 + Double(time % 1_000_000) / 1000)
        default: return Datum(try Numeric.double(part))
        }
    }
}

private func extract(
    _ unit: String, _ stored: Int64, _ local: Int64, _ source: PartSource,
    _ context: FunctionContext
) throws(SQLError) -> ByteView? {
    let typeName =
        switch source {
        case .date: "date"
        case .timestamp: "timestamp without time zone"
        case .timestamptz: "timestamp with time zone"
        case .time: "time without time zone"
        }
    let isInfinite =
        source == .date
        ? DateTime.isInfinite(date: stored) : source != .time && DateTime.isInfinite(stored)
    let name = unit.lowercased()
    if isInfinite { return try extractInfinite(name, unit, typeName, isNegative: stored < 0) }
    let (days, time) = source == .date ? (Int(stored), 0) : DateTime.split(local)
    if source != .date, let part = timeField(name, time) { return part }
    if source != .time, let part = dateField(name, days) { return Numeric.small(part, scale: 0) }
    switch (name, source) {
    case ("epoch", .time): return Numeric.make(stored, scale: 6, arena: context.arena)
    case ("epoch", _):
        let epoch = Int64(Calendar.unixEpochDays)
        if source == .date { return Numeric.small((stored + epoch) * 86400, scale: 0) }
        let sum = Int128(stored) + Int128(epoch * Calendar.microsecondsPerDay)
        return Numeric.make(sum, scale: 6, arena: context.arena)
    case ("timezone", .timestamptz):
        return Numeric.small((local - stored) / 1_000_000, scale: 0)
    case ("timezone_hour", .timestamptz), ("timezone_h", .timestamptz):
        return Numeric.small((local - stored) / 3_600_000_000, scale: 0)
    case ("timezone_minute", .timestamptz), ("timezone_m", .timestamptz):
        return Numeric.small((local - stored) / 60_000_000 % 60, scale: 0)
    case ("julian", .date): return Numeric.small(Int64(days + Calendar.julianEpoch), scale: 0)
    default: break
    }
    if [
        "timezone", "timezone_hour", "timezone_minute", "hour", "minute", "second", "microsecond",
        "microseconds", "millisecond", "milliseconds", "day", "month", "year", "julian", "week",
    ]
    .contains(name) {
        throw SQLError(
            .featureNotSupported, "unit \"\(unit)\" not supported for type \(typeName)")
    }
    throw unknownUnit(unit, typeName)
}

private func extractInfinite(
    _ name: String, _ unit: String, _ typeName: String, isNegative: Bool
) throws(SQLError) -> ByteView? {
    switch name {
    case "year", "decade", "century", "millennium", "julian", "isoyear", "epoch":
        return isNegative ? Numeric.negativeInfinity : Numeric.infinity
    case "microsecond", "microseconds", "millisecond", "milliseconds", "second", "minute", "hour",
        "day", "month", "quarter", "week", "dow", "isodow", "doy", "timezone", "timezone_hour",
        "timezone_minute":
        return nil
    default: throw unknownUnit(unit, typeName)
    }
}

private func timeField(_ name: String, _ time: Int64) -> ByteView? {
    switch name {
    case "microsecond", "microseconds", "us": Numeric.small(time % 60_000_000, scale: 0)
    case "millisecond", "milliseconds", "ms": Numeric.small(time % 60_000_000, scale: 3)
    case "second", "seconds", "sec", "s": Numeric.small(time % 60_000_000, scale: 6)
    case "minute", "minutes", "min", "m": Numeric.small(time / 60_000_000 % 60, scale: 0)
    case "hour", "hours", "h", "hr": Numeric.small(time / 3_600_000_000, scale: 0)
    default: nil
    }
}

private func dateField(_ name: String, _ days: Int) -> Int64? {
    let (year, month, day) = Calendar.civil(daysSince2000: days)
    // There is no year 0: 1 BC is -1.
    let shownYear = year > 0 ? year : year - 1
    switch name {
    case "day", "days", "d": return Int64(day)
    case "month", "months", "mon": return Int64(month)
    case "year", "years", "y", "yr": return Int64(shownYear)
    case "quarter", "qtr": return Int64((month - 1) / 3 + 1)
    case "decade", "decades": return Int64(year >= 0 ? year / 10 : -((8 - (year - 1)) / 10))
    case "century", "centuries", "c":
        return Int64(year > 0 ? (year + 99) / 100 : -((99 - (year - 1)) / 100))
    case "millennium", "millennia", "mil":
        return Int64(year > 0 ? (year + 999) / 1000 : -((999 - (year - 1)) / 1000))
    case "dow": return Int64(Calendar.dayOfWeek(days))
    case "isodow":
        let weekday = Calendar.dayOfWeek(days)
        return Int64(weekday == 0 ? 7 : weekday)
    case "doy":
        return Int64(days - Calendar.daysSince2000(year: year, month: 1, day: 1) + 1)
    case "week", "weeks", "w": return Int64(isoWeek(days).week)
    case "isoyear":
        let isoYear = isoWeek(days).year
        return Int64(isoYear > 0 ? isoYear : isoYear - 1)
    default: return nil
    }
}

/// ISO 8601: the week belongs to the year of its Thursday.
private func isoWeek(_ days: Int) -> (year: Int, week: Int) {
    let thursday = days - (Calendar.dayOfWeek(days) + 6) % 7 + 3
    let year = Calendar.civil(daysSince2000: thursday).year
    let first = Calendar.daysSince2000(year: year, month: 1, day: 1)
    return (year, (thursday - first) / 7 + 1)
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
    guard (0...24).contains(hour), (0...59).contains(minute), second >= 0, second <= 60,
        hour < 24 || (minute == 0 && second == 0)
    else {
        throw SQLError(
            .datetimeFieldOverflow,
            "time field value out of range: \(hour):\(padded(minute)):\(second)")
    }
    let days = Int64(
        Calendar.daysSince2000(year: Int(astronomical), month: Int(month), day: Int(day)))
    let micro = Int64((second * 1_000_000).rounded(.toNearestOrEven))
    return try combined(date: days, time: (hour * 60 + minute) * 60_000_000 + micro)
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
