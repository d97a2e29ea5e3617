internal import Base
internal import Types

/// to_char of timestamps (chapter 9.8, table 9.27).
struct TimestampFormatter {
    private let year: Int
    private let month: Int
    private let day: Int
    private let days: Int
    private let time: Int64
    private let zone: TimeZone.Period?

    private static let months = [
        "January", "February", "March", "April", "May", "June", "July", "August", "September",
        "October", "November", "December",
    ]
    private static let weekdays = [
        "Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday",
    ]
    private static let romans = [
        "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII",
    ]
    /// Longest first, so that a prefix does not win.
    private static let patterns: [[UInt8]] = [
        "Y,YYY", "SSSSS", "MONTH", "Month", "month", "SSSS", "YYYY", "IYYY", "HH24", "HH12", "IDDD",
        "A.D.", "B.C.", "a.d.", "b.c.", "A.M.", "P.M.", "a.m.", "p.m.", "YYY", "IYY", "MON", "Mon",
        "mon", "DDD", "DAY", "Day", "day", "TZH", "TZM", "FF1", "FF2", "FF3", "FF4", "FF5", "FF6",
        "YY", "IY", "MM", "DD", "DY", "Dy", "dy", "ID", "HH", "MI", "SS", "MS", "US", "AM", "PM",
        "am",
        "pm", "AD", "BC", "ad", "bc", "TZ", "tz", "OF", "WW", "IW", "CC", "RM", "rm", "FM", "TM",
        "Y",
        "I", "D", "W", "Q", "J",
    ].map { Array($0.utf8) }

    init(local: Int64, zone: TimeZone.Period?) {
        (days, time) = DateTime.split(local)
        (year, month, day) = Calendar.civil(daysSince2000: days)
        self.zone = zone
    }

    func format(_ format: [UInt8]) -> [UInt8] {
        TimestampFormatter.expand(format) { value($0, isFilled: $1) }
    }

    /// The template with its patterns replaced; what `value` gives for one may be filled to a width.
    static func expand<Failure: Error>(
        _ format: [UInt8], _ value: (String, Bool) throws(Failure) -> String
    ) throws(Failure) -> [UInt8] {
        var result: [UInt8] = []
        var index = 0
        var isFilled = true
        while index < format.count {
            let byte = format[index]
            if byte == 0x22 {
                index = quoted(format, index + 1, into: &result)
                continue
            }
            if byte == 0x5C, index + 1 < format.count, format[index + 1] == 0x22 {
                result.append(0x22)
                index += 2
                continue
            }
            let pattern = TimestampFormatter.patterns.first { pattern in
                index + pattern.count <= format.count
                    && zip(pattern, format[index...]).allSatisfy {
                        $0 == $1 || TimestampFormatter.isCaseless(pattern) && $0 | 0x20 == $1 | 0x20
                    }
            }
            guard let pattern else {
                result.append(byte)
                index += 1
                continue
            }
            index += pattern.count
            let name = String(decoding: pattern, as: UTF8.self)
            if name == "FM" || name == "TM" {
                if name == "FM" { isFilled = false }
                continue
            }
            var text = try value(name, isFilled)
            isFilled = true
            if index + 2 <= format.count, let suffix = ordinalSuffix(format, index, text) {
                text += suffix
                index += 2
            }
            result += Array(text.utf8)
        }
        return result
    }

    /// Patterns of digits mean the same in any case.
    private static func isCaseless(_ pattern: [UInt8]) -> Bool {
        let cased: Set<String> = [
            "MONTH", "Month", "month", "MON", "Mon", "mon", "DAY", "Day", "day", "DY", "Dy", "dy",
            "AM",
            "PM", "am", "pm", "AD", "BC", "ad", "bc", "A.M.", "P.M.", "a.m.", "p.m.", "A.D.",
            "B.C.",
            "a.d.", "b.c.", "TZ", "tz", "RM", "rm",
        ]
        return !cased.contains(String(decoding: pattern, as: UTF8.self))
    }

    private static func quoted(_ format: [UInt8], _ start: Int, into result: inout [UInt8]) -> Int {
        var index = start
        while index < format.count, format[index] != 0x22 {
            if format[index] == 0x5C, index + 1 < format.count { index += 1 }
            result.append(format[index])
            index += 1
        }
        return min(index + 1, format.count)
    }

    private static func ordinalSuffix(_ format: [UInt8], _ index: Int, _ text: String) -> String? {
        let isUpper = format[index] == 0x54 && format[index + 1] == 0x48
        let isLower = format[index] == 0x74 && format[index + 1] == 0x68
        guard isUpper || isLower, let number = Int(text.filter { $0.isNumber }) else { return nil }
        let suffix =
            switch (number % 100, number % 10) {
            case (11...13, _): "th"
            case (_, 1): "st"
            case (_, 2): "nd"
            case (_, 3): "rd"
            default: "th"
            }
        return isUpper ? suffix.uppercased() : suffix
    }

    private func padded(_ value: Int, _ width: Int, _ isFilled: Bool) -> String {
        let text = String(abs(value))
        let zeros = isFilled ? String(repeating: "0", count: max(width - text.utf8.count, 0)) : ""
        return (value < 0 ? "-" : "") + zeros + text
    }

    /// In capitals, small letters or as it is, after the pattern; blank-padded to nine.
    private func named(_ name: String, _ pattern: String, _ isFilled: Bool, width: Int) -> String {
        let cased =
            pattern == pattern.uppercased()
            ? name.uppercased() : pattern == pattern.lowercased() ? name.lowercased() : name
        let blanks = isFilled ? max(width - cased.utf8.count, 0) : 0
        return cased + String(repeating: " ", count: blanks)
    }

    private func value(_ pattern: String, isFilled: Bool) -> String {
        let upper = pattern.uppercased()
        switch upper {
        case "MONTH":
            return named(TimestampFormatter.months[month - 1], pattern, isFilled, width: 9)
        case "MON":
            return named(
                String(TimestampFormatter.months[month - 1].prefix(3)), pattern, false, width: 0)
        case "DAY":
            return named(
                TimestampFormatter.weekdays[Calendar.dayOfWeek(days)], pattern, isFilled, width: 9)
        case "DY":
            return named(
                String(TimestampFormatter.weekdays[Calendar.dayOfWeek(days)].prefix(3)), pattern,
                false, width: 0)
        case "RM":
            return named(TimestampFormatter.romans[month - 1], pattern, isFilled, width: 4)
        case "AM", "PM", "A.M.", "P.M.", "AD", "BC", "A.D.", "B.C.":
            return era(pattern, upper)
        case "TZ", "OF", "TZH", "TZM": return zoneText(pattern, upper)
        default: break
        }
        if let text = timeValue(upper, isFilled) { return text }
        return dateValue(upper, isFilled)
    }

    private func era(_ pattern: String, _ upper: String) -> String {
        let isHalfDay = upper.hasSuffix("M") || upper.hasSuffix("M.")
        let letter = isHalfDay ? (time >= 12 * 3_600_000_000 ? "P" : "A") : (year > 0 ? "A" : "B")
        let second = isHalfDay ? "M" : (year > 0 ? "D" : "C")
        let text = upper.contains(".") ? "\(letter).\(second)." : letter + second
        return pattern == upper ? text : text.lowercased()
    }

    private func zoneText(_ pattern: String, _ upper: String) -> String {
        guard let zone else {
            return upper == "OF" ? "+00" : upper == "TZ" ? "" : upper == "TZH" ? "+00" : "00"
        }
        let minutes = abs(zone.offsetSeconds) / 60
        let hours = (zone.offsetSeconds < 0 ? "-" : "+") + padded(minutes / 60, 2, true)
        switch upper {
        case "TZH": return hours
        case "TZM": return padded(minutes % 60, 2, true)
        case "OF": return minutes % 60 == 0 ? hours : hours + ":" + padded(minutes % 60, 2, true)
        default:
            return pattern == "tz" ? zone.abbreviation.lowercased() : zone.abbreviation
        }
    }

    private func timeValue(_ upper: String, _ isFilled: Bool) -> String? {
        let seconds = Int(time / 1_000_000)
        let hour = seconds / 3600
        let micro = Int(time % 1_000_000)
        switch upper {
        case "HH", "HH12": return padded(hour % 12 == 0 ? 12 : hour % 12, 2, isFilled)
        case "HH24": return padded(hour, 2, isFilled)
        case "MI": return padded(seconds / 60 % 60, 2, isFilled)
        case "SS": return padded(seconds % 60, 2, isFilled)
        case "SSSS", "SSSSS": return padded(seconds, 0, isFilled)
        case "MS", "FF3": return padded(micro / 1000, 3, true)
        case "US", "FF6": return padded(micro, 6, true)
        case "FF1": return padded(micro / 100_000, 1, true)
        case "FF2": return padded(micro / 10000, 2, true)
        case "FF4": return padded(micro / 100, 4, true)
        case "FF5": return padded(micro / 10, 5, true)
        default: return nil
        }
    }

    private func dateValue(_ upper: String, _ isFilled: Bool) -> String {
        let shownYear = year > 0 ? year : 1 - year
        let newYear = Calendar.daysSince2000(year: year, month: 1, day: 1)
        let dayOfYear = days - newYear + 1
        let weekday = Calendar.dayOfWeek(days)
        let thursday = days - (weekday + 6) % 7 + 3
        let thursdayYear = Calendar.civil(daysSince2000: thursday).year
        let isoYear = thursdayYear > 0 ? thursdayYear : 1 - thursdayYear
        let isoStart = Calendar.daysSince2000(year: thursdayYear, month: 1, day: 1)
        let isoWeek = (thursday - isoStart) / 7 + 1
        switch upper {
        case "YYYY": return padded(shownYear, 4, isFilled)
        case "Y,YYY":
            return "\(shownYear / 1000)," + padded(shownYear % 1000, 3, true)
        case "YYY": return padded(shownYear % 1000, 3, isFilled)
        case "YY": return padded(shownYear % 100, 2, isFilled)
        case "Y": return String(shownYear % 10)
        case "IYYY": return padded(isoYear, 4, isFilled)
        case "IYY": return padded(isoYear % 1000, 3, isFilled)
        case "IY": return padded(isoYear % 100, 2, isFilled)
        case "I": return String(isoYear % 10)
        case "MM": return padded(month, 2, isFilled)
        case "DD": return padded(day, 2, isFilled)
        case "DDD": return padded(dayOfYear, 3, isFilled)
        case "IDDD": return padded((isoWeek - 1) * 7 + (weekday + 6) % 7 + 1, 3, isFilled)
        case "D": return String(weekday + 1)
        case "ID": return String(weekday == 0 ? 7 : weekday)
        case "W": return String((day - 1) / 7 + 1)
        case "WW": return padded((dayOfYear - 1) / 7 + 1, 2, isFilled)
        case "IW": return padded(isoWeek, 2, isFilled)
        case "Q": return String((month - 1) / 3 + 1)
        case "J": return String(days + Calendar.julianEpoch)
        case "CC":
            return padded(year > 0 ? (year + 99) / 100 : -((99 - (year - 1)) / 100), 2, isFilled)
        default: return upper
        }
    }
}
