/// The proleptic Gregorian calendar, in days since 2000-01-01. Years are astronomical: 0 is 1 BC.
public enum Calendar {
    /// 1970-01-01, seen from 2000: days between them.
    public static let unixEpochDays = 10957
    public static let microsecondsPerDay: Int64 = 86_400_000_000
    /// The Julian day of 2000-01-01.
    public static let julianEpoch = 2_451_545

    @inlinable
    public static func isLeap(_ year: Int) -> Bool {
        year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
    }

    public static func dayCount(year: Int, month: Int) -> Int {
        switch month {
        case 2: isLeap(year) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }

    /// Counts from 1 March, so that the leap day is a year's last (H. Hinnant's algorithm).
    @inlinable
    public static func daysSince2000(year: Int, month: Int, day: Int) -> Int {
        let shifted = month <= 2 ? year - 1 : year
        let era = (shifted >= 0 ? shifted : shifted - 399) / 400
        let yearOfEra = shifted - era * 400
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        // 0000-03-01 is 730,425 days before 2000-01-01.
        return era * 146_097 + dayOfEra - 730_425
    }

    @inlinable
    public static func civil(daysSince2000 days: Int) -> (year: Int, month: Int, day: Int) {
        let shifted = days + 730_425
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra =
            (dayOfEra - dayOfEra / 1460 + dayOfEra / 36524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shiftedMonth = (5 * dayOfYear + 2) / 153
        let day = dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
        let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
        return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day)
    }

    /// 0 Sunday … 6 Saturday; 2000-01-01 was a Saturday.
    @inlinable
    public static func dayOfWeek(_ daysSince2000: Int) -> Int {
        let day = (daysSince2000 + 6) % 7
        return day < 0 ? day + 7 : day
    }
}
