public import Base

/// The fields and the precision that `interval day to second(3)` names, packed as PostgreSQL packs them:
/// the fields' bits in the upper half, the fractional digits in the lower; all ones: not given.
public enum IntervalModifier {
    public static let month: Int32 = 1 << 1
    public static let year: Int32 = 1 << 2
    public static let day: Int32 = 1 << 3
    public static let hour: Int32 = 1 << 10
    public static let minute: Int32 = 1 << 11
    public static let second: Int32 = 1 << 12
    public static let fullRange: Int32 = 0x7FFF
    static let fullPrecision: Int32 = 0xFFFF

    public static func make(range: Int32, precision: Int32?) -> Int32 {
        (range & 0x7FFF) << 16 | (precision ?? fullPrecision) & 0xFFFF
    }

    /// `fullRange` where the modifier says nothing.
    static func range(_ modifier: Int32) -> Int32 {
        modifier < 0 ? fullRange : modifier >> 16 & 0x7FFF
    }
    /// Nil: all six digits.
    static func precision(_ modifier: Int32) -> Int32? {
        let digits = modifier & 0xFFFF
        return modifier < 0 || digits == fullPrecision ? nil : digits
    }

    private static let rangeNames: [Int32: String] = [
        year: " year", month: " month", day: " day", hour: " hour", minute: " minute",
        second: " second", year | month: " year to month", day | hour: " day to hour",
        day | hour | minute: " day to minute", day | hour | minute | second: " day to second",
        hour | minute: " hour to minute", hour | minute | second: " hour to second",
        minute | second: " minute to second", fullRange: "",
    ]

    static func isRange(_ range: Int32) -> Bool { rangeNames[range] != nil }

    /// What follows `interval` in the type's name: ` day to second(3)`.
    static func name(_ modifier: Int32) -> String {
        let fields = rangeNames[range(modifier)] ?? ""
        return precision(modifier).map { "\(fields)(\($0))" } ?? fields
    }

    /// Cuts what is below the smallest field, and rounds to the precision.
    public static func apply(_ modifier: Int32, to value: Interval) throws(SQLError) -> Interval {
        guard modifier >= 0 else { return value }
        var result = value
        func cut(_ unit: Int64) { result.microseconds -= result.microseconds % unit }
        switch range(modifier) {
        case year: result = Interval(months: value.months / 12 * 12)
        case month, year | month: result = Interval(months: value.months)
        case day: result.microseconds = 0
        case hour, day | hour: cut(3_600_000_000)
        case minute, hour | minute, day | hour | minute: cut(60_000_000)
        default: break
        }
        guard let digits = precision(modifier), digits < 6 else { return result }
        let unit = Numeric.powersOfTen[6 - Int(digits)]
        let half = unit / 2
        let (sum, overflow) =
            result.microseconds >= 0
            ? result.microseconds.addingReportingOverflow(half)
            : result.microseconds.subtractingReportingOverflow(half)
        guard !overflow else { throw Interval.outOfRange() }
        result.microseconds = sum / unit * unit
        return result
    }
}
