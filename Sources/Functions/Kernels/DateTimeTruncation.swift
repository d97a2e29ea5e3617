internal import Base
internal import Types

/// date_trunc and date_bin (chapters 9.9.2, 9.9.3).
let dateTimeTruncationKernels: KernelTable.Theme = [
    (
        "timestamp_trunc",
        .scalar { (arguments, _) throws(SQLError) in
            let named = try DateTimeUnit.lookupLength(
                arguments[0].view, "timestamp without time zone")
            return Datum(
                word: try truncated(arguments[1].word, to: named, "timestamp without time zone"))
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
        "interval_trunc",
        .scalar { (arguments, context) throws(SQLError) in
            let value = try truncated(Interval(arguments[1].view), to: arguments[0].view)
            return Datum(view: value.view(in: context.arena))
        }
    ),
    ("timestamp_bin", .scalar(binned)), ("timestamptz_bin", .scalar(binned)),
]

private func truncated(
    _ timestamptz: Int64, to unit: ByteView, in zone: TimeZone
) throws(SQLError) -> Int64 {
    let typeName = "timestamp with time zone"
    let named = try DateTimeUnit.lookupLength(unit, typeName)
    if DateTime.isInfinite(timestamptz) { return timestamptz }
    let local = DateTime.local(timestamptz, in: zone)
    let result = try truncated(local, to: named, typeName)
    switch named.unit {
    case .microsecond, .millisecond, .second, .minute, .hour:
        // Smaller than a change of offset: the value keeps its own.
        return result &- (local &- timestamptz)
    default: return try DateTime.instant(local: result, in: zone)
    }
}

private func truncated(
    _ timestamp: Int64, to named: DateTimeUnit.Named, _ typeName: String
) throws(SQLError) -> Int64 {
    if DateTime.isInfinite(timestamp) { return timestamp }
    let (days, time) = DateTime.split(timestamp)
    func at(_ year: Int, _ month: Int, _ day: Int) -> Int64 {
        Int64(Calendar.daysSince2000(year: year, month: month, day: day))
            * Calendar.microsecondsPerDay
    }
    func cut(_ unit: Int64) -> Int64 {
        Int64(days) * Calendar.microsecondsPerDay + time / unit * unit
    }
    let (year, month, _) = Calendar.civil(daysSince2000: days)
    let result: Int64
    switch named.unit {
    case .microsecond: return timestamp
    case .millisecond: return cut(1000)
    case .second: return cut(1_000_000)
    case .minute: return cut(60_000_000)
    case .hour: return cut(3_600_000_000)
    case .day: return cut(Calendar.microsecondsPerDay)
    case .week:
        let monday = days - (Calendar.dayOfWeek(days) + 6) % 7
        result = Int64(monday) * Calendar.microsecondsPerDay
    case .month: result = at(year, month, 1)
    case .quarter: result = at(year, (month - 1) / 3 * 3 + 1, 1)
    case .year: result = at(year, 1, 1)
    case .decade: result = at(floorDivide(year, 10) * 10, 1, 1)
    case .century:
        result = at(year > 0 ? (year + 99) / 100 * 100 - 99 : -((99 - year) / 100) * 100 + 1, 1, 1)
    case .millennium:
        result = at(
            year > 0 ? (year + 999) / 1000 * 1000 - 999 : -((999 - year) / 1000) * 1000 + 1, 1, 1)
    case .dow, .isodow, .doy, .isoyear, .julian, .epoch, .timezone, .timezoneHour,
        .timezoneMinute:
        throw DateTimeUnit.notSupported(named.name, typeName)
    }
    guard DateTime.timestampRange.contains(result) else { throw DateTime.timestampOutOfRange() }
    return result
}

private func truncated(_ value: Interval, to name: ByteView) throws(SQLError) -> Interval {
    let (unit, written) = try DateTimeUnit.lookupLength(name, "interval")
    func months(_ unit: Int32) -> Interval { Interval(months: value.months / unit * unit) }
    func time(_ unit: Int64) -> Interval {
        Interval(
            months: value.months, days: value.days, microseconds: value.microseconds / unit * unit)
    }
    switch unit {
    case .microsecond: return value
    case .millisecond: return time(1000)
    case .second: return time(1_000_000)
    case .minute: return time(60_000_000)
    case .hour: return time(3_600_000_000)
    case .day: return Interval(months: value.months, days: value.days)
    case .month: return months(1)
    case .quarter: return months(3)
    case .year: return months(12)
    case .decade: return months(120)
    case .century: return months(1200)
    case .millennium: return months(12000)
    case .week:
        throw DateTimeUnit.notSupported(written, "interval")
            .detail("Months usually have fractional weeks.")
    case .dow, .isodow, .doy, .isoyear, .julian, .epoch, .timezone, .timezoneHour,
        .timezoneMinute:
        throw DateTimeUnit.notSupported(written, "interval")
    }
}

/// The start of the stride, counted from an origin, that a time lies in.
private func binned(
    _ arguments: UnsafePointer<Datum>, _ context: FunctionContext
) throws(SQLError) -> Datum {
    let stride = Interval(arguments[0].view)
    let (timestamp, origin) = (arguments[1].word, arguments[2].word)
    if DateTime.isInfinite(timestamp) { return arguments[1] }
    if DateTime.isInfinite(origin) {
        throw SQLError(.datetimeFieldOverflow, "origin out of range")
    }
    if stride.months != 0 {
        throw SQLError(
            .featureNotSupported,
            "timestamps cannot be binned into intervals containing months or years")
    }
    let (days, overflow1) = Int64(stride.days).multipliedReportingOverflow(
        by: Calendar.microsecondsPerDay)
    let (width, overflow2) = days.addingReportingOverflow(stride.microseconds)
    guard !overflow1, !overflow2 else { throw Interval.outOfRange() }
    guard width > 0 else {
        throw SQLError(.datetimeFieldOverflow, "stride must be greater than zero")
    }
    let (distance, overflow3) = timestamp.subtractingReportingOverflow(origin)
    guard !overflow3 else { throw Interval.outOfRange() }
    let rest = distance % width
    let start = timestamp - rest
    guard rest < 0 else { return Datum(word: start) }
    let (earlier, overflow4) = start.subtractingReportingOverflow(width)
    guard !overflow4, DateTime.timestampRange.contains(earlier) else {
        throw DateTime.timestampOutOfRange()
    }
    return Datum(word: earlier)
}
