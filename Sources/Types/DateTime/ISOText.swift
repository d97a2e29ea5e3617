internal import Base

/// The one form that nearly all dates and timestamps come in, read without scanning for others:
/// `2024-01-15` and `2024-01-15 10:30:00[.ffffff]`, years 1000 to 9999. Nil: leave it to
/// `DateTimeFields`, which also knows the errors.
enum ISOText {
    static let dateSizeBytes = 10

    static func date(_ text: UnsafeRawBufferPointer) -> Int? {
        guard text.count >= dateSizeBytes, text[4] == 0x2D, text[7] == 0x2D,
            let century = pair(text, 0), let yearOfCentury = pair(text, 2),
            let month = pair(text, 5), let day = pair(text, 8)
        else { return nil }
        let year = century * 100 + yearOfCentury
        guard year >= 1000, (1...12).contains(month), day >= 1,
            day <= Calendar.dayCount(year: year, month: month)
        else { return nil }
        return Calendar.daysSince2000(year: year, month: month, day: day)
    }

    static func timestamp(_ text: UnsafeRawBufferPointer) -> Int64? {
        guard text.count >= 19, text.count <= 26, let days = date(text), text[10] == 0x20,
            text[13] == 0x3A, text[16] == 0x3A, let hour = pair(text, 11), hour < 24,
            let minute = pair(text, 14), minute < 60, let second = pair(text, 17), second < 60
        else { return nil }
        var fraction: Int64 = 0
        if text.count > 19 {
            guard text[19] == 0x2E, text.count > 20 else { return nil }
            for index in 20..<text.count {
                guard isDigit(text[index]) else { return nil }
                fraction = fraction * 10 + Int64(text[index] - 48)
            }
            fraction *= Numeric.powersOfTen[26 - text.count]
        }
        let seconds = Int64(days) * 86400 + Int64(hour * 3600 + minute * 60 + second)
        return seconds * 1_000_000 + fraction
    }

    private static func pair(_ text: UnsafeRawBufferPointer, _ index: Int) -> Int? {
        let high = text[index] &- 48
        let low = text[index + 1] &- 48
        return high < 10 && low < 10 ? Int(high) * 10 + Int(low) : nil
    }
}
