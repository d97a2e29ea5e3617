internal import Base
internal import Types

/// to_timestamp and to_date of text by a template (chapter 9.8, table 9.27). Patterns that count weeks,
/// quarters, eras and centuries, and FX, are not built.
let parseTimestampKernels: KernelTable.Theme = [
    (
        "to_timestamp",
        .scalar { (arguments, context) throws(SQLError) in
            let parsed = try TimestampTemplate(arguments[0].view, arguments[1].view)
            let local = try parsed.timestamp()
            guard let east = parsed.eastSeconds else {
                return Datum(
                    word: try DateTime.instant(local: local, in: context.types.timeZone))
            }
            return Datum(
                word: try DateTime.instant(
                    local: local, in: TimeZone.fixed(offsetSeconds: east)))
        }
    ),
    (
        "to_date",
        .scalar { (arguments, _) throws(SQLError) in
            let parsed = try TimestampTemplate(arguments[0].view, arguments[1].view)
            return Datum(word: Int64(try parsed.days()))
        }
    ),
]

/// Reads a text by a template, field by field.
struct TimestampTemplate {
    private let input: [UInt8]
    private var index = 0
    /// Separators of the input that were skipped before their turn in the template.
    private var skipped = 0

    /// The pattern at hand as it is written.
    private var shownName = ""

    private var year = 0
    private var month = 1
    private var day = 1
    private var dayOfYear: Int?
    private var julianDay: Int?
    private var hour = 0
    private var isTwelveHours = false
    private var isAfternoon = false
    private var minute = 0
    private var second = 0
    private var microseconds = 0
    private var zoneSign = 1
    private var zoneHours: Int?
    private var zoneMinutes = 0

    var eastSeconds: Int? {
        zoneHours.map { zoneSign * ($0 * 3600 + zoneMinutes * 60) }
    }

    /// Longest first, so that a prefix does not win.
    private static let patterns = [
        "Y,YYY", "SSSSS", "MONTH", "SSSS", "YYYY", "IYYY", "HH24", "HH12", "IDDD", "A.D.", "B.C.",
        "A.M.", "P.M.", "YYY", "IYY", "MON", "DDD", "DAY", "TZH", "TZM", "FF1", "FF2", "FF3",
        "FF4", "FF5", "FF6", "YY", "IY", "MM", "DD", "DY", "ID", "HH", "MI", "SS", "MS", "US",
        "AM", "PM", "AD", "BC", "TZ", "OF", "WW", "IW", "CC", "RM", "FM", "FX", "TM", "Y", "I",
        "D", "W", "Q", "J",
    ].map { Array($0.utf8) }

    init(_ text: ByteView, _ template: ByteView) throws(SQLError) {
        input = text.bytes
        let format = template.bytes
        var place = 0
        var isUnpadded = false
        while place < format.count, index < input.count {
            if let pattern = TimestampTemplate.pattern(format, place) {
                shownName = String(
                    decoding: format[place..<place + pattern.count], as: UTF8.self)
                place += pattern.count
                let name = String(decoding: pattern, as: UTF8.self)
                if name == "FM" {
                    isUnpadded = true
                    continue
                }
                skipSpaces()
                let next = place < format.count ? format[place] : 0
                let isFree =
                    isUnpadded || place == format.count
                    || !TimestampTemplate.isNumeric(format, place) && !(48...57).contains(next)
                try read(name, isFree: isFree)
                isUnpadded = false
                skipped = 0
                skipSpaces()
                continue
            }
            if format[place] == 0x22 {
                place += 1
                while place < format.count, format[place] != 0x22 {
                    passCharacter()
                    place += 1
                }
                place += 1
                continue
            }
            let byte = format[place]
            place += 1
            if TimestampTemplate.isLetterOrDigit(byte) {
                passCharacter()
            } else {
                skipped -= 1
                if index < input.count, !TimestampTemplate.isLetterOrDigit(input[index]) {
                    index += 1
                    skipped += 1
                }
            }
        }
    }

    private static func isLetterOrDigit(_ byte: UInt8) -> Bool {
        (48...57).contains(byte) || (97...122).contains(byte | 0x20) || byte >= 0x80
    }

    private static func pattern(_ format: [UInt8], _ place: Int) -> [UInt8]? {
        patterns.first { pattern in
            place + pattern.count <= format.count
                && zip(pattern, format[place...]).allSatisfy {
                    $0 == $1 || (97...122).contains($1) && $0 == $1 - 32
                }
        }
    }

    /// Whether a field of digits comes next, so that the one before must end by itself.
    private static func isNumeric(_ format: [UInt8], _ place: Int) -> Bool {
        guard let next = pattern(format, place) else { return false }
        let words = ["MONTH", "MON", "DAY", "DY", "AM", "PM", "A.M.", "P.M.", "AD", "BC", "TZ"]
        return !words.contains(String(decoding: next, as: UTF8.self))
    }

    private mutating func skipSpaces() {
        while index < input.count, input[index] == 0x20 || (9...13).contains(input[index]) {
            index += 1
            skipped += 1
        }
    }

    /// A character of the template that is no separator stands for any.
    private mutating func passCharacter() {
        if skipped > 0 { skipped -= 1 } else { index = min(index + 1, input.count) }
    }

    // MARK: Fields

    private mutating func read(_ name: String, isFree: Bool) throws(SQLError) {
        func number(_ width: Int) throws(SQLError) -> (value: Int, length: Int) {
            try self.number(width: width, isFree: isFree)
        }
        switch name {
        case "YYYY": year = try number(4).value
        case "YYY": year = TimestampTemplate.nearYear(try number(3))
        case "YY": year = TimestampTemplate.nearYear(try number(2))
        case "Y": year = TimestampTemplate.nearYear(try number(1))
        case "MM": month = try number(2).value
        case "DD": day = try number(2).value
        case "DDD": dayOfYear = try number(3).value
        case "J": julianDay = try self.number(width: 10, isFree: true).value
        case "HH24":
            hour = try number(2).value
            isTwelveHours = false
        case "HH", "HH12":
            hour = try number(2).value
            isTwelveHours = true
        case "MI": minute = try number(2).value
        case "SS": second = try number(2).value
        case "MS", "FF3": try readFraction(3, isFree)
        case "US", "FF6": try readFraction(6, isFree)
        case "FF1": try readFraction(1, isFree)
        case "FF2": try readFraction(2, isFree)
        case "FF4": try readFraction(4, isFree)
        case "FF5": try readFraction(5, isFree)
        case "AM", "PM", "A.M.", "P.M.":
            let words =
                name.utf8.count == 2
                ? ["am", "pm"] : ["a.m.", "p.m."]
            isAfternoon = try word(words, prefix: 0) == 1
            isTwelveHours = true
        case "MONTH", "MON":
            month = try word(TimestampTemplate.months, prefix: name == "MON" ? 3 : 0) + 1
        case "TZH":
            if index < input.count, input[index] == 0x2B || input[index] == 0x2D {
                zoneSign = input[index] == 0x2D ? -1 : 1
                index += 1
            } else {
                // A separator of the template may have taken the sign.
                zoneSign = skipped > 0 && index > 0 && input[index - 1] == 0x2D ? -1 : 1
            }
            zoneHours = try number(2).value
        case "TZM":
            zoneMinutes = try number(2).value
            zoneHours = zoneHours ?? 0
        default: throw .notSupported("formatting field \"\(name)\" in to_timestamp and to_date")
        }
    }

    private mutating func readFraction(_ width: Int, _ isFree: Bool) throws(SQLError) {
        var (value, length) = try number(width: width, isFree: isFree)
        while length < 6 {
            value *= 10
            length += 1
        }
        microseconds = value
    }

    private static let months = [
        "january", "february", "march", "april", "may", "june", "july", "august", "september",
        "october", "november", "december",
    ]

    /// Years with fewer than four digits lie near 2020.
    private static func nearYear(_ given: (value: Int, length: Int)) -> Int {
        switch given.value {
        case _ where given.length > 3: given.value
        case ..<70: given.value + 2000
        case ..<100: given.value + 1900
        case ..<520: given.value + 2000
        case ..<1000: given.value + 1000
        default: given.value
        }
    }

    private func invalid(_ text: ArraySlice<UInt8>) -> SQLError {
        SQLError(
            .invalidDatetimeFormat,
            "invalid value \"\(String(decoding: text, as: UTF8.self))\" for \"\(shownName)\"")
    }

    private mutating func number(
        width: Int, isFree: Bool
    ) throws(SQLError) -> (value: Int, length: Int) {
        let start = index
        let end = isFree ? input.count : min(start + width, input.count)
        let shown = input[start..<min(start + width, input.count)]
        if !isFree, end - start < width {
            throw SQLError(
                .invalidDatetimeFormat,
                "source string too short for \"\(shownName)\" formatting field"
            ).detail("Field requires \(width) characters, but only \(end - start) remain.")
                .hint(
                    "If your source string is not fixed-width, try using the \"FM\" modifier.")
        }
        var value = 0
        while index < end, (48...57).contains(input[index]) {
            guard index - start < 10 else {
                throw SQLError(
                    .datetimeFieldOverflow,
                    "value for \"\(shownName)\" in source string is out of range"
                ).detail("Value must be in the range -2147483648 to 2147483647.")
            }
            value = value * 10 + Int(input[index] - 48)
            index += 1
        }
        let length = index - start
        guard length > 0 else { throw invalid(shown).detail("Value must be an integer.") }
        if !isFree, length < width {
            throw invalid(shown)
                .detail("Field requires \(width) characters, but only \(length) could be parsed.")
                .hint(
                    "If your source string is not fixed-width, try using the \"FM\" modifier.")
        }
        return (value, length)
    }

    /// Which of the words comes next. - Parameter prefix: how many letters count; 0 all.
    private mutating func word(_ words: [String], prefix: Int) throws(SQLError) -> Int {
        for (number, word) in words.enumerated() {
            let letters = Array(word.utf8).prefix(prefix > 0 ? prefix : .max)
            guard index + letters.count <= input.count else { continue }
            let isSame = zip(letters, input[index...]).allSatisfy { $0 == $1 | 0x20 || $0 == $1 }
            if isSame {
                index += letters.count
                return number
            }
        }
        let rest = input[index...].prefix { $0 != 0x20 }
        throw invalid(rest).detail(
            "The given value did not match any of the allowed values for this field.")
    }

    // MARK: Result

    private var outOfRange: SQLError {
        SQLError(
            .datetimeFieldOverflow,
            "date/time field value out of range: \"\(String(decoding: input, as: UTF8.self))\"")
    }

    func days() throws(SQLError) -> Int {
        let days: Int
        if let julianDay {
            days = julianDay - Calendar.julianEpoch
        } else if let dayOfYear, month == 1, day == 1 {
            guard (1...(Calendar.isLeap(year) ? 366 : 365)).contains(dayOfYear) else {
                throw outOfRange
            }
            days = Calendar.daysSince2000(year: year, month: 1, day: 1) + dayOfYear - 1
        } else {
            guard (1...12).contains(month), day >= 1,
                day <= Calendar.dayCount(year: year, month: month), year < 6_000_000
            else { throw outOfRange }
            days = Calendar.daysSince2000(year: year, month: month, day: day)
        }
        guard DateTime.dateRange.contains(Int64(days)) else {
            throw SQLError(
                .datetimeFieldOverflow,
                "date out of range: \"\(String(decoding: input, as: UTF8.self))\"")
        }
        return days
    }

    func timestamp() throws(SQLError) -> Int64 {
        var hour = hour
        if isTwelveHours {
            guard (1...12).contains(hour) else {
                throw SQLError(
                    .invalidDatetimeFormat, "hour \"\(hour)\" is invalid for the 12-hour clock"
                ).hint("Use the 24-hour clock, or give an hour between 1 and 12.")
            }
            if isAfternoon, hour < 12 { hour += 12 } else if !isAfternoon, hour == 12 { hour = 0 }
        }
        guard hour < 24, minute < 60, second < 60 else { throw outOfRange }
        let time = Int64((hour * 60 + minute) * 60 + second) * 1_000_000 + Int64(microseconds)
        return try combined(date: Int64(try days()), time: time).word
    }
}
