internal import Base
internal import Types

/// to_char of intervals: the parts as they are, of no date.
struct IntervalFormatter {
    private let year: Int
    private let month: Int
    private let day: Int
    private let hour: Int
    private let minute: Int
    private let second: Int
    private let micro: Int

    init(_ interval: Interval) {
        year = Int(interval.months) / 12
        month = Int(interval.months) % 12
        day = Int(interval.days)
        let seconds = interval.microseconds / 1_000_000
        micro = Int(interval.microseconds % 1_000_000)
        hour = Int(seconds / 3600)
        minute = Int(seconds / 60 % 60)
        second = Int(seconds % 60)
    }

    func format(_ format: [UInt8]) throws(SQLError) -> [UInt8] {
        try TimestampFormatter.expand(format) { (pattern, isFilled) throws(SQLError) in
            try value(pattern, isFilled)
        }
    }

    /// With a sign before the zeros.
    private func padded(
        _ value: Int, _ width: Int, _ isFilled: Bool, isSignCounted: Bool = false
    ) -> String {
        let width = isSignCounted && value < 0 ? width - 1 : width
        let text = String(value.magnitude)
        let zeros = isFilled ? String(repeating: "0", count: max(width - text.utf8.count, 0)) : ""
        return (value < 0 ? "-" : "") + zeros + text
    }

    private func value(_ pattern: String, _ isFilled: Bool) throws(SQLError) -> String {
        let upper = pattern.uppercased()
        // The whole span in days, by months of 30.
        let dayOfYear = (year * 12 + month) * 30 + day
        switch upper {
        case "YYYY", "IYYY": return padded(year, 4, isFilled)
        case "YYY", "IYY": return padded(year % 1000, 3, isFilled)
        case "YY", "IY": return padded(year % 100, 2, isFilled)
        case "Y", "I": return padded(year % 10, 1, isFilled)
        case "Y,YYY": return "\(year / 1000)," + padded(year % 1000, 3, true)
        case "MM": return padded(month, 2, isFilled)
        case "DD": return padded(day, 2, isFilled, isSignCounted: true)
        case "DDD", "IDDD": return padded(dayOfYear, 3, isFilled, isSignCounted: true)
        case "WW", "IW": return padded((dayOfYear - 1) / 7 + 1, 2, isFilled)
        case "W": return String((day - 1) / 7 + 1)
        case "Q": return month == 0 ? "" : String((month - 1) / 3 + 1)
        case "CC": return padded(year / 100, 2, isFilled)
        case "RM": return roman(pattern, isFilled)
        case "HH24": return padded(hour, 2, isFilled)
        case "HH", "HH12": return padded(hour % 12 == 0 ? 12 : hour % 12, 2, isFilled)
        case "MI": return padded(minute, 2, isFilled)
        case "SS": return padded(second, 2, isFilled)
        case "SSSS", "SSSSS": return String(hour * 3600 + minute * 60 + second)
        case "FF1": return padded(micro / 100_000, 1, true)
        case "FF2": return padded(micro / 10000, 2, true)
        case "FF3", "MS": return padded(micro / 1000, 3, true)
        case "FF4": return padded(micro / 100, 4, true)
        case "FF5": return padded(micro / 10, 5, true)
        case "FF6", "US": return padded(micro, 6, true)
        case "AM", "PM", "A.M.", "P.M.":
            let isAfternoon = hour % 24 >= 12
            let text = upper.contains(".") ? (isAfternoon ? "P.M." : "A.M.") : isAfternoon ? "PM" : "AM"
            return pattern == upper ? text : text.lowercased()
        case "J":
            return String(
                Calendar.daysSince2000(
                    year: month < 1 ? year - 1 : year, month: month < 1 ? month + 12 : month,
                    day: day) + Calendar.julianEpoch)
        default:
            throw SQLError(
                .invalidDatetimeFormat, "invalid format specification for an interval value"
            ).hint("Intervals are not tied to specific calendar dates.")
        }
    }

    private static let romans = [
        "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII",
    ]

    /// No months are none, unless there are years.
    private func roman(_ pattern: String, _ isFilled: Bool) -> String {
        if month == 0, year == 0 { return "" }
        let place = month == 0 ? (year >= 0 ? 11 : 0) : month < 0 ? -month - 1 : month - 1
        let text = IntervalFormatter.romans[month < 0 ? 11 - place : place]
        let blanks = isFilled ? String(repeating: " ", count: 4 - text.utf8.count) : ""
        return (pattern == "rm" ? text.lowercased() : text) + blanks
    }
}
