public import Base

/// Ranges and arithmetic of date (days) and timestamp (µs), both since 2000-01-01.
public enum DateTime {
    public static let infinity = Int64.max
    public static let negativeInfinity = Int64.min
    public static let dateInfinity = Int64(Int32.max)
    public static let dateNegativeInfinity = Int64(Int32.min)

    /// 4713-11-24 BC to 5874897-12-31.
    public static let dateRange: ClosedRange<Int64> = -2_451_545...2_145_031_948
    /// 4713-11-24 BC to 294276-12-31 23:59:59.999999.
    public static let timestampRange: ClosedRange<Int64> =
        -211_813_488_000_000_000...9_223_371_331_199_999_999

    @inlinable
    public static func isInfinite(_ timestamp: Int64) -> Bool {
        timestamp == .max || timestamp == .min
    }
    @inlinable
    public static func isInfinite(date: Int64) -> Bool {
        date == dateInfinity || date == dateNegativeInfinity
    }

    /// To the fractional digits of a time or timestamp modifier, halves away from zero.
    public static func round(_ microseconds: Int64, modifier: Int32) -> Int64 {
        guard modifier >= 0, modifier < 6, !isInfinite(microseconds) else { return microseconds }
        let unit = Numeric.powersOfTen[6 - Int(modifier)]
        let half = unit / 2
        let magnitude = (microseconds.magnitude + UInt64(half)) / UInt64(unit) * UInt64(unit)
        let rounded = Int64(clamping: magnitude)
        return microseconds < 0 ? -rounded : rounded
    }

    /// Days and µs of the day.
    @inlinable
    public static func split(_ timestamp: Int64) -> (days: Int, microseconds: Int64) {
        var days = timestamp / Calendar.microsecondsPerDay
        var rest = timestamp % Calendar.microsecondsPerDay
        if rest < 0 {
            days -= 1
            rest += Calendar.microsecondsPerDay
        }
        return (Int(days), rest)
    }

    public static func timestampOutOfRange() -> SQLError {
        SQLError(.datetimeFieldOverflow, "timestamp out of range")
    }
    public static func dateOutOfRange() -> SQLError {
        SQLError(.datetimeFieldOverflow, "date out of range")
    }

    /// date → timestamp.
    public static func timestamp(date: Int64) throws(SQLError) -> Int64 {
        if date == dateInfinity { return infinity }
        if date == dateNegativeInfinity { return negativeInfinity }
        let (product, overflow) = date.multipliedReportingOverflow(by: Calendar.microsecondsPerDay)
        guard !overflow, timestampRange.contains(product) else {
            throw SQLError(.datetimeFieldOverflow, "date out of range for timestamp")
        }
        return product
    }

    /// timestamp → date.
    public static func date(timestamp: Int64) -> Int64 {
        if timestamp == infinity { return dateInfinity }
        if timestamp == negativeInfinity { return dateNegativeInfinity }
        return Int64(split(timestamp).days)
    }

    /// timestamptz → timestamp: the local time in `zone`.
    public static func local(_ timestamptz: Int64, in zone: TimeZone) -> Int64 {
        if isInfinite(timestamptz) { return timestamptz }
        let instant =
            Int64(floorDivide(Int(timestamptz), 1_000_000))
            + Int64(Calendar.unixEpochDays) * 86400
        let offset = Int64(zone.period(at: instant).offsetSeconds) * 1_000_000
        let (sum, overflow) = timestamptz.addingReportingOverflow(offset)
        return overflow ? timestamptz : sum
    }

    /// timestamptz → timetz: time of day and offset in `zone`. Not of infinity.
    public static func timetz(_ timestamptz: Int64, in zone: TimeZone) -> TimeTZ {
        let local = local(timestamptz, in: zone)
        return TimeTZ(
            microseconds: split(local).microseconds,
            westSeconds: Int32(truncatingIfNeeded: (timestamptz &- local) / 1_000_000))
    }

    /// timestamp → timestamptz: the instant that the local time means in `zone`.
    public static func instant(local: Int64, in zone: TimeZone) throws(SQLError) -> Int64 {
        if isInfinite(local) { return local }
        let seconds =
            Int64(floorDivide(Int(local), 1_000_000))
            + Int64(Calendar.unixEpochDays) * 86400
        let offset = Int64(zone.period(atLocal: seconds).offsetSeconds) * 1_000_000
        let (sum, overflow) = local.subtractingReportingOverflow(offset)
        guard !overflow, timestampRange.contains(sum) else { throw timestampOutOfRange() }
        return sum
    }
}
