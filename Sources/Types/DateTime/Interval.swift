public import Base

/// A value of type interval: three counts that do not convert into each other, because months and days
/// differ in length. Kept in its wire form:
///
///     | microseconds 8 | days 4 | months 4 |      all big-endian
@frozen
public struct Interval: Equatable, Sendable {
    public var months: Int32
    public var days: Int32
    public var microseconds: Int64

    public static let sizeBytes = 16
    public static let daysPerMonth: Int64 = 30
    static let monthsPerYear: Int32 = 12

    @inlinable
    public init(months: Int32 = 0, days: Int32 = 0, microseconds: Int64 = 0) {
        self.months = months
        self.days = days
        self.microseconds = microseconds
    }

    /// Of a value that is not null.
    public init(_ view: ByteView) {
        self = view.withBytes { bytes in
            invariant(bytes.count == Interval.sizeBytes, "an interval has 16 bytes")
            return Interval(
                months: Int32(bigEndian: bytes.loadUnaligned(fromByteOffset: 12, as: Int32.self)),
                days: Int32(bigEndian: bytes.loadUnaligned(fromByteOffset: 8, as: Int32.self)),
                microseconds: Int64(bigEndian: bytes.loadUnaligned(as: Int64.self)))
        }
    }

    public func view(in arena: Arena) -> ByteView {
        var buffer = ByteBuffer(capacityBytes: Interval.sizeBytes)
        buffer.append(bigEndian: microseconds)
        buffer.append(bigEndian: days)
        buffer.append(bigEndian: months)
        return buffer.withBytes { ByteView(copying: $0, into: arena) }
    }

    /// What order and equality go by: µs, a month taken as 30 days.
    public var span: Int128 {
        let wholeDays = Int128(months) * Int128(Interval.daysPerMonth) + Int128(days)
        return wholeDays * Int128(Calendar.microsecondsPerDay) + Int128(microseconds)
    }

    @inlinable
    public static func compare(_ left: ByteView, _ right: ByteView) -> Int {
        compare(Interval(left), Interval(right))
    }

    public static func compare(_ left: Interval, _ right: Interval) -> Int {
        let (a, b) = (left.span, right.span)
        return a < b ? -1 : a > b ? 1 : 0
    }

    public static func outOfRange() -> SQLError {
        SQLError(.datetimeFieldOverflow, "interval out of range")
    }

    /// Years, months, hours … as text and extract show them: all of a count's fields have its sign.
    public struct Fields {
        public var years: Int64
        public var months: Int64
        public var days: Int64
        public var hours: Int64
        public var minutes: Int64
        public var seconds: Int64
        public var microseconds: Int64
    }

    public var fields: Fields {
        Fields(
            years: Int64(months / 12), months: Int64(months % 12), days: Int64(days),
            hours: microseconds / 3_600_000_000, minutes: microseconds / 60_000_000 % 60,
            seconds: microseconds / 1_000_000 % 60, microseconds: microseconds % 1_000_000)
    }
}

// MARK: Arithmetic

extension Interval {
    /// Field by field.
    public static func add(_ left: Interval, _ right: Interval) throws(SQLError) -> Interval {
        let (months, overflow1) = left.months.addingReportingOverflow(right.months)
        let (days, overflow2) = left.days.addingReportingOverflow(right.days)
        let (time, overflow3) = left.microseconds.addingReportingOverflow(right.microseconds)
        guard !overflow1, !overflow2, !overflow3 else { throw outOfRange() }
        return Interval(months: months, days: days, microseconds: time)
    }

    public static func subtract(_ left: Interval, _ right: Interval) throws(SQLError) -> Interval {
        let (months, overflow1) = left.months.subtractingReportingOverflow(right.months)
        let (days, overflow2) = left.days.subtractingReportingOverflow(right.days)
        let (time, overflow3) = left.microseconds.subtractingReportingOverflow(right.microseconds)
        guard !overflow1, !overflow2, !overflow3 else { throw outOfRange() }
        return Interval(months: months, days: days, microseconds: time)
    }

    public func negated() throws(SQLError) -> Interval {
        try Interval.subtract(Interval(), self)
    }

    /// By a factor, or its inverse: what is left of months goes to days, of days to µs.
    public func scaled(_ apply: (Double) -> Double) throws(SQLError) -> Interval {
        let exactMonths = apply(Double(months))
        let exactDays = apply(Double(days))
        guard let wholeMonths = Interval.truncated(exactMonths),
            let wholeDays = Interval.truncated(exactDays)
        else { throw Interval.outOfRange() }
        let secondsPerDay = 86400.0
        let monthRest = Interval.roundedToMicroseconds(
            (exactMonths - Double(wholeMonths)) * Double(Interval.daysPerMonth))
        var seconds = Interval.roundedToMicroseconds(
            (exactDays - Double(wholeDays) + monthRest - monthRest.rounded(.towardZero))
                * secondsPerDay)
        var days = Int64(wholeDays)
        if seconds.magnitude >= secondsPerDay {
            let carried = (seconds / secondsPerDay).rounded(.towardZero)
            days += Int64(carried)
            seconds -= carried * secondsPerDay
        }
        days += Int64(monthRest)
        let time = (apply(Double(microseconds)) + seconds * 1_000_000).rounded(.toNearestOrEven)
        guard let dayCount = Int32(exactly: days), time >= -0x1p63, time < 0x1p63 else {
            throw Interval.outOfRange()
        }
        return Interval(months: wholeMonths, days: dayCount, microseconds: Int64(time))
    }

    private static func truncated(_ value: Double) -> Int32? {
        guard value > -2_147_483_649, value < 2_147_483_648 else { return nil }
        return Int32(value.rounded(.towardZero))
    }

    private static func roundedToMicroseconds(_ value: Double) -> Double {
        (value * 1_000_000).rounded(.toNearestOrEven) / 1_000_000
    }

    /// 24 hours become a day.
    public func justifiedHours() throws(SQLError) -> Interval {
        var result = self
        try result.moveHoursToDays()
        result.alignTimeWithDays()
        return result
    }

    /// 30 days become a month.
    public func justifiedDays() throws(SQLError) -> Interval {
        var result = self
        try result.moveDaysToMonths()
        if result.months > 0, result.days < 0 {
            result.days += Int32(Interval.daysPerMonth)
            result.months -= 1
        } else if result.months < 0, result.days > 0 {
            result.days -= Int32(Interval.daysPerMonth)
            result.months += 1
        }
        return result
    }

    /// Both, with one sign for all fields.
    public func justified() throws(SQLError) -> Interval {
        var result = self
        // Where days and time add up, days first: their sum might not fit.
        if (days > 0 && microseconds > 0) || (days < 0 && microseconds < 0) {
            try result.moveDaysToMonths()
        }
        try result.moveHoursToDays()
        try result.moveDaysToMonths()
        let (months, days, time) = (result.months, result.days, result.microseconds)
        if months > 0, days < 0 || (days == 0 && time < 0) {
            result.days += Int32(Interval.daysPerMonth)
            result.months -= 1
        } else if months < 0, days > 0 || (days == 0 && time > 0) {
            result.days -= Int32(Interval.daysPerMonth)
            result.months += 1
        }
        result.alignTimeWithDays()
        return result
    }

    private mutating func moveHoursToDays() throws(SQLError) {
        let whole = Int32(microseconds / Calendar.microsecondsPerDay)
        microseconds %= Calendar.microsecondsPerDay
        let (sum, overflow) = days.addingReportingOverflow(whole)
        guard !overflow else { throw Interval.outOfRange() }
        days = sum
    }

    private mutating func moveDaysToMonths() throws(SQLError) {
        let whole = days / Int32(Interval.daysPerMonth)
        days -= whole * Int32(Interval.daysPerMonth)
        let (sum, overflow) = months.addingReportingOverflow(whole)
        guard !overflow else { throw Interval.outOfRange() }
        months = sum
    }

    private mutating func alignTimeWithDays() {
        if days > 0, microseconds < 0 {
            microseconds += Calendar.microsecondsPerDay
            days -= 1
        } else if days < 0, microseconds > 0 {
            microseconds -= Calendar.microsecondsPerDay
            days += 1
        }
    }
}
