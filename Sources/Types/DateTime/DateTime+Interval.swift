public import Base

/// Timestamps and intervals: months move by the calendar, days by the local clock, the rest by time.
extension DateTime {
    /// A month's day that the new month lacks becomes its last.
    private static func add(months: Int32, to timestamp: Int64) throws(SQLError) -> Int64 {
        guard months != 0 else { return timestamp }
        let (days, time) = split(timestamp)
        let (year, month, day) = Calendar.civil(daysSince2000: days)
        let total = year * 12 + month - 1 + Int(months)
        let newYear = floorDivide(total, 12)
        let newMonth = total - newYear * 12 + 1
        let newDay = min(day, Calendar.dayCount(year: newYear, month: newMonth))
        return try made(
            Calendar.daysSince2000(year: newYear, month: newMonth, day: newDay), time)
    }

    private static func add(days: Int32, to timestamp: Int64) throws(SQLError) -> Int64 {
        guard days != 0 else { return timestamp }
        let (start, time) = split(timestamp)
        return try made(start + Int(days), time)
    }

    private static func made(_ days: Int, _ time: Int64) throws(SQLError) -> Int64 {
        let (start, overflow1) = Int64(days).multipliedReportingOverflow(
            by: Calendar.microsecondsPerDay)
        let (sum, overflow2) = start.addingReportingOverflow(time)
        guard !overflow1, !overflow2, timestampRange.contains(sum) else {
            throw timestampOutOfRange()
        }
        return sum
    }

    private static func add(time: Int64, to timestamp: Int64) throws(SQLError) -> Int64 {
        let (sum, overflow) = timestamp.addingReportingOverflow(time)
        guard !overflow, timestampRange.contains(sum) else { throw timestampOutOfRange() }
        return sum
    }

    /// timestamp + interval.
    public static func add(_ interval: Interval, to timestamp: Int64) throws(SQLError) -> Int64 {
        if isInfinite(timestamp) { return timestamp }
        let moved = try add(months: interval.months, to: timestamp)
        return try add(time: interval.microseconds, to: try add(days: interval.days, to: moved))
    }

    /// timestamptz + interval: months and days by the clock of `zone`.
    public static func add(
        _ interval: Interval, to timestamptz: Int64, in zone: TimeZone
    ) throws(SQLError) -> Int64 {
        if isInfinite(timestamptz) { return timestamptz }
        var result = timestamptz
        if interval.months != 0 {
            result = try instant(
                local: try add(months: interval.months, to: local(result, in: zone)), in: zone)
        }
        if interval.days != 0 {
            result = try instant(
                local: try add(days: interval.days, to: local(result, in: zone)), in: zone)
        }
        return try add(time: interval.microseconds, to: result)
    }

    /// The difference in days and time.
    public static func difference(_ left: Int64, _ right: Int64) throws(SQLError) -> Interval {
        if isInfinite(left) || isInfinite(right) {
            throw SQLError(.datetimeFieldOverflow, "cannot subtract infinite timestamps")
        }
        let (time, overflow) = left.subtractingReportingOverflow(right)
        guard !overflow else { throw Interval.outOfRange() }
        return try Interval(microseconds: time).justifiedHours()
    }

    /// The difference of two local times as people count it: years, months, days, time.
    public static func age(_ left: Int64, _ right: Int64) throws(SQLError) -> Interval {
        // PostgreSQL 15 takes infinity for the last day that its bits can name, in 294277.
        if left == negativeInfinity || right == negativeInfinity { throw timestampOutOfRange() }
        // Counted from the earlier, and turned round at the end.
        let isNegative = left < right
        let (laterDays, laterTime) = split(max(left, right))
        let (earlierDays, earlierTime) = split(min(left, right))
        let later = Calendar.civil(daysSince2000: laterDays)
        let earlier = Calendar.civil(daysSince2000: earlierDays)
        var time = laterTime - earlierTime
        var days = later.day - earlier.day
        var months = (later.year - earlier.year) * 12 + later.month - earlier.month
        if time < 0 {
            time += Calendar.microsecondsPerDay
            days -= 1
        }
        if days < 0 {
            // The month that is broken into begins at the earlier date.
            days += Calendar.dayCount(year: earlier.year, month: earlier.month)
            months -= 1
        }
        let sign = isNegative ? -1 : 1
        guard let monthCount = Int32(exactly: months * sign) else { throw Interval.outOfRange() }
        return Interval(
            months: monthCount, days: Int32(days * sign), microseconds: time * Int64(sign))
    }
}
