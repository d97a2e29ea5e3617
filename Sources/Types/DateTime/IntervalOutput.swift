internal import Base

/// Text output of intervals in the four styles of IntervalStyle.
enum IntervalOutput {
    static func append(
        _ value: Interval, style: TypeContext.IntervalStyle, to buffer: inout ByteBuffer
    ) {
        let fields = value.fields
        switch style {
        case .postgres: postgres(fields, to: &buffer)
        case .verbose: verbose(fields, to: &buffer)
        case .standard: standard(fields, to: &buffer)
        case .iso: iso(fields, to: &buffer)
        }
    }

    private static func number(_ value: Int64, width: Int = 1, to buffer: inout ByteBuffer) {
        let digits = String(value.magnitude)
        for _ in 0..<max(width - digits.utf8.count, 0) { buffer.append(0x30 as UInt8) }
        buffer.append(digits)
    }

    /// `[s]s[.ffffff]`, without a sign.
    private static func seconds(
        _ fields: Interval.Fields, width: Int, to buffer: inout ByteBuffer
    ) {
        number(fields.seconds, width: width, to: &buffer)
        var fraction = Int64(fields.microseconds.magnitude)
        guard fraction > 0 else { return }
        var count = 6
        while fraction % 10 == 0 {
            fraction /= 10
            count -= 1
        }
        buffer.append(0x2E as UInt8)
        number(fraction, width: count, to: &buffer)
    }

    private static func clock(
        _ fields: Interval.Fields, hourWidth: Int, to buffer: inout ByteBuffer
    ) {
        number(fields.hours, width: hourWidth, to: &buffer)
        buffer.append(0x3A as UInt8)
        number(fields.minutes, width: 2, to: &buffer)
        buffer.append(0x3A as UInt8)
        seconds(fields, width: 2, to: &buffer)
    }

    private static func hasTime(_ fields: Interval.Fields) -> Bool {
        fields.hours != 0 || fields.minutes != 0 || fields.seconds != 0 || fields.microseconds != 0
    }
    private static func isTimeNegative(_ fields: Interval.Fields) -> Bool {
        fields.hours < 0 || fields.minutes < 0 || fields.seconds < 0 || fields.microseconds < 0
    }

    /// `1 year -2 days +03:04:05`: a sign wherever it changes.
    private static func postgres(_ fields: Interval.Fields, to buffer: inout ByteBuffer) {
        var isFirst = true
        var wasNegative = false
        let parts: [(Int64, StaticString)] = [
            (fields.years, "year"), (fields.months, "mon"), (fields.days, "day"),
        ]
        for (value, unit) in parts where value != 0 {
            if !isFirst { buffer.append(0x20 as UInt8) }
            if wasNegative, value > 0 { buffer.append(0x2B as UInt8) }
            buffer.append(decimal: value)
            buffer.append(0x20 as UInt8)
            buffer.append(unit)
            if value != 1 { buffer.append(0x73 as UInt8) }
            wasNegative = value < 0
            isFirst = false
        }
        guard isFirst || hasTime(fields) else { return }
        if !isFirst { buffer.append(0x20 as UInt8) }
        if isTimeNegative(fields) {
            buffer.append(0x2D as UInt8)
        } else if wasNegative {
            buffer.append(0x2B as UInt8)
        }
        clock(fields, hourWidth: 2, to: &buffer)
    }

    /// `@ 1 day 2 hours ago`: the first field's sign is that of all, others are relative to it.
    private static func verbose(_ fields: Interval.Fields, to buffer: inout ByteBuffer) {
        var isFirst = true
        var isAgo = false
        let parts: [(Int64, StaticString)] = [
            (fields.years, "year"), (fields.months, "mon"), (fields.days, "day"),
            (fields.hours, "hour"), (fields.minutes, "min"),
        ]
        buffer.append("@")
        for (value, unit) in parts where value != 0 {
            if isFirst { isAgo = value < 0 }
            isFirst = false
            let shown = isAgo ? -value : value
            buffer.append(0x20 as UInt8)
            buffer.append(decimal: shown)
            buffer.append(0x20 as UInt8)
            buffer.append(unit)
            if shown != 1 { buffer.append(0x73 as UInt8) }
        }
        if fields.seconds != 0 || fields.microseconds != 0 {
            buffer.append(0x20 as UInt8)
            let isNegative = fields.seconds < 0 || fields.microseconds < 0
            if isFirst {
                isAgo = isNegative
            } else if isNegative != isAgo {
                buffer.append(0x2D as UInt8)
            }
            isFirst = false
            seconds(fields, width: 1, to: &buffer)
            buffer.append(" sec")
            if fields.seconds.magnitude != 1 || fields.microseconds != 0 {
                buffer.append(0x73 as UInt8)
            }
        }
        if isFirst { buffer.append(" 0") }
        if isAgo { buffer.append(" ago") }
    }

    /// `1-2` or `3 4:05:06`; where those do not say it, all fields with their signs.
    private static func standard(_ fields: Interval.Fields, to buffer: inout ByteBuffer) {
        let all = [
            fields.years, fields.months, fields.days, fields.hours, fields.minutes,
            fields.seconds, fields.microseconds,
        ]
        let hasNegative = all.contains { $0 < 0 }
        let hasPositive = all.contains { $0 > 0 }
        let hasMonths = fields.years != 0 || fields.months != 0
        let hasDays = fields.days != 0
        if !hasNegative, !hasPositive { return buffer.append("0") }
        func sign(_ isNegative: Bool, to buffer: inout ByteBuffer) {
            buffer.append(isNegative ? 0x2D as UInt8 : 0x2B)
        }
        func months(to buffer: inout ByteBuffer) {
            number(fields.years, to: &buffer)
            buffer.append(0x2D as UInt8)
            number(fields.months, to: &buffer)
        }
        guard !(hasNegative && hasPositive), !(hasMonths && (hasDays || hasTime(fields))) else {
            sign(fields.years < 0 || fields.months < 0, to: &buffer)
            months(to: &buffer)
            buffer.append(0x20 as UInt8)
            sign(fields.days < 0, to: &buffer)
            number(fields.days, to: &buffer)
            buffer.append(0x20 as UInt8)
            sign(isTimeNegative(fields), to: &buffer)
            return clock(fields, hourWidth: 1, to: &buffer)
        }
        if hasNegative { buffer.append(0x2D as UInt8) }
        if hasMonths { return months(to: &buffer) }
        if hasDays {
            number(fields.days, to: &buffer)
            buffer.append(0x20 as UInt8)
        }
        clock(fields, hourWidth: 1, to: &buffer)
    }

    /// `P1Y2M3DT4H5M6S`.
    private static func iso(_ fields: Interval.Fields, to buffer: inout ByteBuffer) {
        func part(_ value: Int64, _ letter: UInt8, to buffer: inout ByteBuffer) {
            guard value != 0 else { return }
            buffer.append(decimal: value)
            buffer.append(letter)
        }
        guard fields.years != 0 || fields.months != 0 || fields.days != 0 || hasTime(fields) else {
            return buffer.append("PT0S")
        }
        buffer.append(0x50 as UInt8)
        part(fields.years, 0x59, to: &buffer)
        part(fields.months, 0x4D, to: &buffer)
        part(fields.days, 0x44, to: &buffer)
        guard hasTime(fields) else { return }
        buffer.append(0x54 as UInt8)
        part(fields.hours, 0x48, to: &buffer)
        part(fields.minutes, 0x4D, to: &buffer)
        guard fields.seconds != 0 || fields.microseconds != 0 else { return }
        if fields.seconds < 0 || fields.microseconds < 0 { buffer.append(0x2D as UInt8) }
        seconds(fields, width: 1, to: &buffer)
        buffer.append(0x53 as UInt8)
    }
}
