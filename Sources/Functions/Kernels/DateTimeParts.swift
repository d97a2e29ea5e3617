internal import Base
internal import Types

/// extract and date_part (chapter 9.9.1).
let dateTimePartKernels: KernelTable.Theme = [
    ("extract_date", extraction { (value, _) in PartSource(date: value.word) }),
    ("extract_timestamp", extraction { (value, _) in PartSource(timestamp: value.word) }),
    (
        "extract_timestamptz",
        extraction { (value, context) in
            PartSource(timestamptz: value.word, in: context.types.timeZone)
        }
    ),
    ("extract_time", extraction { (value, _) in PartSource(time: value.word) }),
    ("extract_timetz", extraction { (value, _) in PartSource(timetz: TimeTZ(value.view)) }),
    (
        "extract_interval",
        .scalar { (arguments, context) throws(SQLError) in
            Datum(view: try intervalPart(arguments[0].view, Interval(arguments[1].view), context))
        }
    ),
    ("timestamp_part", part { (value, _) in PartSource(timestamp: value.word) }),
    (
        "timestamptz_part",
        part { (value, context) in
            PartSource(timestamptz: value.word, in: context.types.timeZone)
        }
    ),
    ("time_part", part { (value, _) in PartSource(time: value.word) }),
    ("timetz_part", part { (value, _) in PartSource(timetz: TimeTZ(value.view)) }),
    (
        "interval_part",
        .scalar { (arguments, context) throws(SQLError) in
            let value = Interval(arguments[1].view)
            let exact = try intervalPart(arguments[0].view, value, context)
            let unit = try DateTimeUnit.lookup(arguments[0].view, "interval").unit
            let rest = value.microseconds % 60_000_000
            if unit == .second { return Datum(inSeconds(rest)) }
            if unit == .millisecond { return Datum(inMilliseconds(rest)) }
            return Datum(try Numeric.double(exact))
        }
    ),
    (
        "date_part$1384",
        .scalar { (arguments, context) throws(SQLError) in
            let timestamp = try DateTime.timestamp(date: arguments[1].word)
            return try approximatePart(
                arguments[0].view, PartSource(timestamp: timestamp), context)
        }
    ),
]

private enum PartType {
    case date, timestamp, timestamptz, time, timetz

    var name: String {
        switch self {
        case .date: "date"
        case .timestamp: "timestamp without time zone"
        case .timestamptz: "timestamp with time zone"
        case .time: "time without time zone"
        case .timetz: "time with time zone"
        }
    }
}

/// A value as extract sees it: local day and time of day, and how far east.
private struct PartSource {
    let type: PartType
    var days = 0
    var time: Int64 = 0
    var eastSeconds: Int64 = 0
    /// µs since 2000-01-01 (of times: since midnight) at Greenwich.
    var instant: Int64 = 0
    /// -1, 1; 0: finite.
    var infinity = 0

    init(date: Int64) {
        type = .date
        days = Int(date)
        infinity = DateTime.isInfinite(date: date) ? (date < 0 ? -1 : 1) : 0
    }
    init(timestamp: Int64) {
        type = .timestamp
        instant = timestamp
        infinity = DateTime.isInfinite(timestamp) ? (timestamp < 0 ? -1 : 1) : 0
        (days, time) = DateTime.split(timestamp)
    }
    init(timestamptz: Int64, in zone: TimeZone) {
        type = .timestamptz
        instant = timestamptz
        infinity = DateTime.isInfinite(timestamptz) ? (timestamptz < 0 ? -1 : 1) : 0
        guard infinity == 0 else { return }
        let local = DateTime.local(timestamptz, in: zone)
        (days, time) = DateTime.split(local)
        eastSeconds = (local &- timestamptz) / 1_000_000
    }
    init(time: Int64) {
        type = .time
        self.time = time
        instant = time
    }
    init(timetz: TimeTZ) {
        type = .timetz
        time = timetz.microseconds
        eastSeconds = -Int64(timetz.westSeconds)
        instant = timetz.utcMicroseconds
    }

    var hasDate: Bool { type == .date || type == .timestamp || type == .timestamptz }
    var hasTime: Bool { type != .date }
    var hasZone: Bool { type == .timestamptz || type == .timetz }
}

private typealias PartReader = @Sendable (Datum, FunctionContext) -> PartSource

private func extraction(_ source: @escaping PartReader) -> Kernel {
    .scalar { (arguments, context) throws(SQLError) in
        let part = try exactPart(arguments[0].view, source(arguments[1], context), context)
        return part.map { Datum(view: $0) } ?? .null
    }
}

private func part(_ source: @escaping PartReader) -> Kernel {
    .scalar { (arguments, context) throws(SQLError) in
        try approximatePart(arguments[0].view, source(arguments[1], context), context)
    }
}

/// date_part: the same as double precision. PostgreSQL adds seconds and fraction as doubles.
private func approximatePart(
    _ name: ByteView, _ source: PartSource, _ context: FunctionContext
) throws(SQLError) -> Datum {
    guard let exact = try exactPart(name, source, context) else { return .null }
    switch try DateTimeUnit.lookup(name, source.type.name).unit {
    case .second where source.infinity == 0: return Datum(inSeconds(source.time % 60_000_000))
    case .millisecond where source.infinity == 0:
        return Datum(inMilliseconds(source.time % 60_000_000))
    default: return Datum(try Numeric.double(exact))
    }
}

private func inSeconds(_ microseconds: Int64) -> Double {
    Double(microseconds / 1_000_000) + Double(microseconds % 1_000_000) / 1_000_000
}
private func inMilliseconds(_ microseconds: Int64) -> Double {
    Double(microseconds / 1_000_000) * 1000 + Double(microseconds % 1_000_000) / 1000
}

private func exactPart(
    _ name: ByteView, _ source: PartSource, _ context: FunctionContext
) throws(SQLError) -> ByteView? {
    let (unit, written) = try DateTimeUnit.lookup(name, source.type.name)
    let unsupported = DateTimeUnit.notSupported(written, source.type.name)
    if source.infinity != 0 { return try infinitePart(unit, source, unsupported) }
    switch unit {
    case .microsecond, .millisecond, .second, .minute, .hour:
        guard source.hasTime else { throw unsupported }
        return timePart(unit, source.time)
    case .timezone, .timezoneHour, .timezoneMinute:
        guard source.hasZone else { throw unsupported }
        let divisor: Int64 = unit == .timezone ? 1 : unit == .timezoneHour ? 3600 : 60
        let whole = source.eastSeconds / divisor
        return Numeric.small(unit == .timezoneMinute ? whole % 60 : whole, scale: 0)
    case .epoch: return epoch(source, context)
    case .julian:
        guard source.hasDate else { throw unsupported }
        return try julian(source, context)
    case .day, .week, .month, .quarter, .year, .decade, .century, .millennium, .dow, .isodow,
        .doy, .isoyear:
        guard source.hasDate else { throw unsupported }
        return Numeric.small(datePart(unit, source.days), scale: 0)
    }
}

/// Of an infinite date or timestamp: what grows without end is infinite, what comes round is null.
private func infinitePart(
    _ unit: DateTimeUnit, _ source: PartSource, _ unsupported: SQLError
) throws(SQLError) -> ByteView? {
    switch unit {
    case .year, .decade, .century, .millennium, .julian, .isoyear, .epoch:
        return source.infinity < 0 ? Numeric.negativeInfinity : Numeric.infinity
    case .microsecond, .millisecond, .second, .minute, .hour, .timezone, .timezoneHour,
        .timezoneMinute:
        guard source.hasTime else { throw unsupported }
        return nil
    case .day, .week, .month, .quarter, .dow, .isodow, .doy: return nil
    }
}

private func epoch(_ source: PartSource, _ context: FunctionContext) -> ByteView {
    let epochDays = Int64(Calendar.unixEpochDays)
    switch source.type {
    case .date: return Numeric.small((Int64(source.days) + epochDays) * 86400, scale: 0)
    case .time, .timetz: return Numeric.make(source.instant, scale: 6, arena: context.arena)
    case .timestamp, .timestamptz:
        let sum = Int128(source.instant) + Int128(epochDays * Calendar.microsecondsPerDay)
        return Numeric.make(sum, scale: 6, arena: context.arena)
    }
}

private func julian(
    _ source: PartSource, _ context: FunctionContext
) throws(SQLError) -> ByteView {
    let whole = Numeric.small(Int64(source.days + Calendar.julianEpoch), scale: 0)
    if source.type == .date { return whole }
    let fraction = try Numeric.divide(
        Numeric.small(source.time, scale: 0),
        Numeric.small(Calendar.microsecondsPerDay, scale: 0), arena: context.arena)
    return try Numeric.add(whole, fraction, arena: context.arena)
}

private func timePart(_ unit: DateTimeUnit, _ time: Int64) -> ByteView {
    switch unit {
    case .microsecond: Numeric.small(time % 60_000_000, scale: 0)
    case .millisecond: Numeric.small(time % 60_000_000, scale: 3)
    case .second: Numeric.small(time % 60_000_000, scale: 6)
    case .minute: Numeric.small(time / 60_000_000 % 60, scale: 0)
    default: Numeric.small(time / 3_600_000_000, scale: 0)
    }
}

private func datePart(_ unit: DateTimeUnit, _ days: Int) -> Int64 {
    let (year, month, day) = Calendar.civil(daysSince2000: days)
    let weekday = Calendar.dayOfWeek(days)
    // There is no year 0: 1 BC is -1.
    func shown(_ year: Int) -> Int64 { Int64(year > 0 ? year : year - 1) }
    switch unit {
    case .day: return Int64(day)
    case .month: return Int64(month)
    case .year: return shown(year)
    case .quarter: return Int64((month - 1) / 3 + 1)
    case .decade: return Int64(floorDivide(year, 10))
    case .century: return Int64(year > 0 ? (year + 99) / 100 : -((100 - year) / 100))
    case .millennium: return Int64(year > 0 ? (year + 999) / 1000 : -((1000 - year) / 1000))
    case .dow: return Int64(weekday)
    case .isodow: return Int64(weekday == 0 ? 7 : weekday)
    case .doy: return Int64(days - Calendar.daysSince2000(year: year, month: 1, day: 1) + 1)
    case .week: return Int64(isoWeek(days).week)
    case .isoyear: return shown(isoWeek(days).year)
    default:
        invariant(false, "only parts of dates come here")
        return 0
    }
}

/// ISO 8601: the week belongs to the year of its Thursday.
func isoWeek(_ days: Int) -> (year: Int, week: Int) {
    let thursday = days - (Calendar.dayOfWeek(days) + 6) % 7 + 3
    let year = Calendar.civil(daysSince2000: thursday).year
    let first = Calendar.daysSince2000(year: year, month: 1, day: 1)
    return (year, (thursday - first) / 7 + 1)
}

private func intervalPart(
    _ name: ByteView, _ value: Interval, _ context: FunctionContext
) throws(SQLError) -> ByteView {
    let (unit, written) = try DateTimeUnit.lookup(name, "interval")
    let fields = value.fields
    func whole(_ number: Int64) -> ByteView { Numeric.small(number, scale: 0) }
    switch unit {
    case .microsecond, .millisecond, .second, .minute:
        return timePart(unit, value.microseconds)
    case .hour: return whole(fields.hours)
    case .day: return whole(fields.days)
    case .month: return whole(fields.months)
    case .quarter: return whole(fields.months / 3 + 1)
    case .year: return whole(fields.years)
    case .decade: return whole(fields.years / 10)
    case .century: return whole(fields.years / 100)
    case .millennium: return whole(fields.years / 1000)
    case .epoch:
        // A year counts 365.25 days, a month 30.
        let quarterDays = 1461 * fields.years + 120 * fields.months + 4 * fields.days
        let sum = Int128(quarterDays) * 21_600_000_000 + Int128(value.microseconds)
        return Numeric.make(sum, scale: 6, arena: context.arena)
    case .week, .dow, .isodow, .doy, .isoyear, .julian, .timezone, .timezoneHour,
        .timezoneMinute:
        throw DateTimeUnit.notSupported(written, "interval")
    }
}
