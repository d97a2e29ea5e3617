internal import Base
internal import Types

/// time with time zone, and what times alone need: comparison, casts, arithmetic, zones.
let timeTZKernels: KernelTable.Theme =
    viewTheme("timetz", TimeTZOrder.self, separator: "_")
    + viewChoice("timetz_", TimeTZOrder.self)
    + [
        viewSupport("timetz_cmp", TimeTZOrder.self),
        (
            "timetz_scale",
            .scalar { (arguments, _) throws(SQLError) in
                var value = TimeTZ(arguments[0].view)
                value.microseconds = DateTime.round(
                    value.microseconds, modifier: Int32(truncatingIfNeeded: arguments[1].word))
                return Datum(view: value.view)
            }
        ),
        (
            "timetz_time",
            .scalar { (arguments, _) throws(SQLError) in
                Datum(word: TimeTZ(arguments[0].view).microseconds)
            }
        ),
        (
            "time_timetz",
            .scalar { (arguments, context) throws(SQLError) in
                // The session's offset at that time of the current day.
                let zone = context.types.timeZone
                let today = DateTime.split(
                    DateTime.local(context.transactionTimestamp, in: zone)
                ).days
                let second =
                    Int64(today + Calendar.unixEpochDays) * 86400 + arguments[0].word / 1_000_000
                return Datum(
                    view: TimeTZ(
                        microseconds: arguments[0].word,
                        westSeconds: Int32(-zone.period(atLocal: second).offsetSeconds)
                    ).view)
            }
        ),
        (
            "timestamptz_timetz",
            .scalar { (arguments, context) throws(SQLError) in
                if DateTime.isInfinite(arguments[0].word) { return .null }
                return Datum(
                    view: DateTime.timetz(arguments[0].word, in: context.types.timeZone).view)
            }
        ),
        ("timetz_pl_interval", shifted(time: 0, interval: 1, sign: 1)),
        ("timetz_mi_interval", shifted(time: 0, interval: 1, sign: -1)),
        ("interval_pl_timetz$2547", shifted(time: 1, interval: 0, sign: 1)),
        (
            "datetimetz_timestamptz",
            .scalar { (arguments, _) throws(SQLError) in
                try combined(arguments[0].word, TimeTZ(arguments[1].view))
            }
        ),
        (
            "timetzdate_pl$1298",
            .scalar { (arguments, _) throws(SQLError) in
                try combined(arguments[1].word, TimeTZ(arguments[0].view))
            }
        ),
        (
            "timestamptz$1176",
            .scalar { (arguments, context) throws(SQLError) in
                let local = try combined(date: arguments[0].word, time: arguments[1].word)
                return Datum(
                    word: try DateTime.instant(local: local.word, in: context.types.timeZone))
            }
        ),
        (
            "timetz_zone",
            .scalar { (arguments, context) throws(SQLError) in
                let zone = try zone(arguments[0].view)
                let instant =
                    Int64(floorDivide(Int(context.transactionTimestamp), 1_000_000))
                    + Int64(Calendar.unixEpochDays) * 86400
                let offset = zone.period(at: instant).offsetSeconds
                return Datum(
                    view: TimeTZ(arguments[1].view).moved(toWestSeconds: Int32(-offset)).view)
            }
        ),
        (
            "timetz_izone",
            .scalar { (arguments, _) throws(SQLError) in
                let offset = try fixedZone(arguments[0].view).period(at: 0).offsetSeconds
                return Datum(
                    view: TimeTZ(arguments[1].view).moved(toWestSeconds: Int32(-offset)).view)
            }
        ),
        ("make_time", .scalar(makeTime)),
    ]

private enum TimeTZOrder: ViewOrder {
    static func compare(_ left: ByteView, _ right: ByteView) -> Int { TimeTZ.compare(left, right) }
}

private func shifted(time: Int, interval: Int, sign: Int64) -> Kernel {
    .scalar { (arguments, _) throws(SQLError) in
        var value = TimeTZ(arguments[time].view)
        let amount =
            Interval(arguments[interval].view).microseconds % Calendar.microsecondsPerDay
        value.microseconds = timeOfDay(value.microseconds + sign * amount)
        return Datum(view: value.view)
    }
}

private func combined(_ date: Int64, _ time: TimeTZ) throws(SQLError) -> Datum {
    let start = try DateTime.timestamp(date: date)
    if DateTime.isInfinite(start) { return Datum(word: start) }
    let (sum, overflow) = start.addingReportingOverflow(time.utcMicroseconds)
    guard !overflow, DateTime.timestampRange.contains(sum) else {
        throw SQLError(.datetimeFieldOverflow, "date out of range for timestamp")
    }
    return Datum(word: sum)
}

private func makeTime(
    _ arguments: UnsafePointer<Datum>, _ context: FunctionContext
) throws(SQLError) -> Datum {
    Datum(word: try timeMade(arguments[0].word, arguments[1].word, arguments[2].double))
}

/// µs of the day; make_timestamp checks alike.
func timeMade(_ hour: Int64, _ minute: Int64, _ second: Double) throws(SQLError) -> Int64 {
    guard (0...24).contains(hour), (0...59).contains(minute), second >= 0, second <= 60,
        hour < 24 || (minute == 0 && second == 0)
    else {
        let shownMinute = minute >= 0 && minute < 10 ? "0\(minute)" : String(minute)
        var buffer = ByteBuffer()
        TypeIO.output(Datum(second), type: .float8, context: TypeContext(), into: &buffer)
        let shownSecond = String(decoding: buffer.bytes, as: UTF8.self)
        let isShort = second >= 0 && second < 10 && !shownSecond.contains(".")
        throw SQLError(
            .datetimeFieldOverflow,
            "time field value out of range: \(hour):\(shownMinute):\(isShort ? "0" : "")\(shownSecond)")
    }
    let micro = Int64((second * 1_000_000).rounded(.toNearestOrEven))
    return (hour * 60 + minute) * 60_000_000 + micro
}
