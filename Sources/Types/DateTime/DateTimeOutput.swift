internal import Base

/// Text output of dates and timestamps in the four DateStyles.
enum DateTimeOutput {
    private static let months: [StaticString] = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]
    private static let weekdays: [StaticString] = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]

    private static func appendPadded(_ value: Int, width: Int, to buffer: inout ByteBuffer) {
        var digits = 1
        var bound = 10
        while digits < width, value >= bound {
            digits += 1
            bound *= 10
        }
        for _ in digits..<max(width, digits) { buffer.append(0x30 as UInt8) }
        buffer.append(decimal: Int64(value))
    }

    static func date(_ days: Int64, _ context: TypeContext, to buffer: inout ByteBuffer) {
        if days == DateTime.dateInfinity { return buffer.append("infinity") }
        if days == DateTime.dateNegativeInfinity { return buffer.append("-infinity") }
        let (year, month, day) = Calendar.civil(daysSince2000: Int(days))
        appendDate(year, month, day, context, isTimestamp: false, to: &buffer)
        if year <= 0 { buffer.append(" BC") }
    }

    /// Without the BC.
    private static func appendDate(
        _ year: Int, _ month: Int, _ day: Int, _ context: TypeContext, isTimestamp: Bool,
        to buffer: inout ByteBuffer
    ) {
        let shownYear = year > 0 ? year : 1 - year
        func pair(_ first: Int, _ second: Int, _ separator: UInt8, to buffer: inout ByteBuffer) {
            appendPadded(first, width: 2, to: &buffer)
            buffer.append(separator)
            appendPadded(second, width: 2, to: &buffer)
            buffer.append(separator)
            appendPadded(shownYear, width: 4, to: &buffer)
        }
        let isDayFirst = context.dateOrder == .dayFirst
        switch context.dateStyle {
        case .iso:
            appendPadded(shownYear, width: 4, to: &buffer)
            buffer.append(0x2D as UInt8)
            appendPadded(month, width: 2, to: &buffer)
            buffer.append(0x2D as UInt8)
            appendPadded(day, width: 2, to: &buffer)
        case .sql: pair(isDayFirst ? day : month, isDayFirst ? month : day, 0x2F, to: &buffer)
        case .german: pair(day, month, 0x2E, to: &buffer)
        case .postgres: pair(isDayFirst ? day : month, isDayFirst ? month : day, 0x2D, to: &buffer)
        }
    }

    static func time(_ microseconds: Int64, to buffer: inout ByteBuffer) {
        let seconds = Int(microseconds / 1_000_000)
        appendPadded(seconds / 3600, width: 2, to: &buffer)
        buffer.append(0x3A as UInt8)
        appendPadded(seconds / 60 % 60, width: 2, to: &buffer)
        buffer.append(0x3A as UInt8)
        appendPadded(seconds % 60, width: 2, to: &buffer)
        var fraction = Int(microseconds % 1_000_000)
        guard fraction > 0 else { return }
        var width = 6
        while fraction % 10 == 0 {
            fraction /= 10
            width -= 1
        }
        buffer.append(0x2E as UInt8)
        appendPadded(fraction, width: width, to: &buffer)
    }

    static func timetz(_ value: TimeTZ, to buffer: inout ByteBuffer) {
        time(value.microseconds, to: &buffer)
        appendOffset(-Int(value.westSeconds), to: &buffer)
    }

    static func timestamp(_ value: Int64, _ context: TypeContext, to buffer: inout ByteBuffer) {
        append(value, zone: nil, context, to: &buffer)
    }

    static func timestamptz(_ value: Int64, _ context: TypeContext, to buffer: inout ByteBuffer) {
        if DateTime.isInfinite(value) { return append(value, zone: nil, context, to: &buffer) }
        let instant =
            Int64(floorDivide(Int(value), 1_000_000))
            + Int64(Calendar.unixEpochDays) * 86400
        let period = context.timeZone.period(at: instant)
        append(
            value &+ Int64(period.offsetSeconds) * 1_000_000, zone: period, context, to: &buffer)
    }

    private static func append(
        _ local: Int64, zone: TimeZone.Period?, _ context: TypeContext,
        to buffer: inout ByteBuffer
    ) {
        if local == DateTime.infinity { return buffer.append("infinity") }
        if local == DateTime.negativeInfinity { return buffer.append("-infinity") }
        let (days, microseconds) = DateTime.split(local)
        let (year, month, day) = Calendar.civil(daysSince2000: days)
        if context.dateStyle == .postgres {
            buffer.append(weekdays[Calendar.dayOfWeek(days)])
            buffer.append(0x20 as UInt8)
            let isDayFirst = context.dateOrder == .dayFirst
            if isDayFirst {
                appendPadded(day, width: 2, to: &buffer)
                buffer.append(0x20 as UInt8)
            }
            buffer.append(months[month - 1])
            if !isDayFirst {
                buffer.append(0x20 as UInt8)
                appendPadded(day, width: 2, to: &buffer)
            }
            buffer.append(0x20 as UInt8)
            time(microseconds, to: &buffer)
            buffer.append(0x20 as UInt8)
            appendPadded(year > 0 ? year : 1 - year, width: 4, to: &buffer)
        } else {
            appendDate(year, month, day, context, isTimestamp: true, to: &buffer)
            buffer.append(0x20 as UInt8)
            time(microseconds, to: &buffer)
        }
        if let zone { appendZone(zone, context, to: &buffer) }
        if year <= 0 { buffer.append(" BC") }
    }

    private static func appendZone(
        _ zone: TimeZone.Period, _ context: TypeContext, to buffer: inout ByteBuffer
    ) {
        if context.dateStyle != .iso {
            // Numeric abbreviations of the zone files ("+03") are shown as offsets are.
            if zone.abbreviation.utf8.first.map(isLetter) == true {
                buffer.append(0x20 as UInt8)
                buffer.append(zone.abbreviation)
                return
            }
            if context.dateStyle == .postgres { buffer.append(0x20 as UInt8) }
        }
        appendOffset(zone.offsetSeconds, to: &buffer)
    }

    /// `+hh[:mm[:ss]]`, east positive.
    private static func appendOffset(_ eastSeconds: Int, to buffer: inout ByteBuffer) {
        let seconds = abs(eastSeconds)
        buffer.append(eastSeconds < 0 ? 0x2D as UInt8 : 0x2B)
        appendPadded(seconds / 3600, width: 2, to: &buffer)
        if seconds % 3600 != 0 {
            buffer.append(0x3A as UInt8)
            appendPadded(seconds / 60 % 60, width: 2, to: &buffer)
            if seconds % 60 != 0 {
                buffer.append(0x3A as UInt8)
                appendPadded(seconds % 60, width: 2, to: &buffer)
            }
        }
    }
}
