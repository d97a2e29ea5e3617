internal import Base

/// The fields that a date or time text names, scanned from left to right.
struct DateTimeFields {
    enum Special { case infinity, negativeInfinity, epoch, now }

    private(set) var special: Special?
    /// µs of the day; nil: no time was given.
    private(set) var timeOfDay: Int64?
    private(set) var offsetSeconds: Int?
    private(set) var zone: TimeZone?

    private let text: UnsafeRawBufferPointer
    private let typeName: StaticString
    private let context: TypeContext
    private var index = 0
    /// The type is time or timetz: a date need not come first.
    private let isTimeAlone: Bool

    private var year: Int?
    private var isShortYear = false
    private var month: Int?
    private var day: Int?
    private var dayOfYear: Int?
    private var dayNumber: Int?
    private var isMonthNamed = false
    private var isBC = false
    private var isAfternoon: Bool?
    private var hasTimeMark = false

    init(
        _ text: UnsafeRawBufferPointer, typeName: StaticString, isTime: Bool = false,
        _ context: TypeContext
    ) throws(SQLError) {
        self.text = text
        self.typeName = typeName
        self.context = context
        isTimeAlone = isTime
        guard text.count <= 255 else { throw malformed }
        while true {
            while index < text.count, isSpace(text[index]) || text[index] == 0x2C { index += 1 }
            if index == text.count { break }
            try scanField()
        }
        if special == nil, year == nil, month == nil, day == nil, dayNumber == nil, timeOfDay == nil
        {
            throw malformed
        }
        try applyMeridiem()
    }

    /// A day is given, not only a time.
    var hasDate: Bool { dayNumber != nil || year != nil && (day != nil || dayOfYear != nil) }

    var malformed: SQLError {
        SQLError(
            .invalidDatetimeFormat,
            "invalid input syntax for type \(typeName): \"\(string(text))\"")
    }

    private var fieldOverflow: SQLError {
        SQLError(
            .datetimeFieldOverflow, "date/time field value out of range: \"\(string(text))\"")
    }

    private var orderOverflow: SQLError {
        fieldOverflow.hint("Perhaps you need a different \"datestyle\" setting.")
    }

    // MARK: Scanning

    private var byte: UInt8 { index < text.count ? text[index] : 0 }
    private func byte(ahead count: Int) -> UInt8 {
        index + count < text.count ? text[index + count] : 0
    }

    private mutating func scanField() throws(SQLError) {
        let first = byte
        if isDigit(first) {
            try scanDigits()
        } else if isLetter(first) {
            try scanWord()
        } else if first == 0x2B || first == 0x2D {
            if isLetter(byte(ahead: 1)) {
                index += 1
                try scanWord()
                guard special == .infinity else { throw malformed }
                if first == 0x2D { special = .negativeInfinity }
            } else {
                try scanOffset()
            }
        } else {
            throw malformed
        }
    }

    /// A run of digits: its value (saturated) and length.
    private mutating func number() throws(SQLError) -> (value: Int, length: Int) {
        let start = index
        var value = 0
        while isDigit(byte) {
            value = min(value * 10 + Int(byte - 48), 1_000_000_000)
            index += 1
        }
        guard index > start else { throw malformed }
        return (value, index - start)
    }

    private mutating func scanDigits() throws(SQLError) {
        let (value, length) = try number()
        switch byte {
        case 0x3A: return try scanTime(hour: value)
        case 0x2D where isTimeAlone && length == 6 && isTimeExpected(length):
            // 103015-08: the offset follows.
            return try scanCompactTime(value, length)
        case 0x2D, 0x2F: return try scanDate(value, length, separator: byte)
        case 0x2E where !isTimeExpected(length): return try scanDate(value, length, separator: byte)
        default: break
        }
        if isTimeExpected(length) { return try scanCompactTime(value, length) }
        if hasTimeMark { throw malformed }
        if length == 8 || length == 6, year == nil, month == nil, day == nil {
            let isLong = length == 8
            try setYear(value / 10000, length: isLong ? 4 : 2)
            month = value / 100 % 100
            day = value % 100
            return
        }
        try placeNumber(value, length)
    }

    /// After a date, or after T, four and six digits are a time without colons.
    private func isTimeExpected(_ length: Int) -> Bool {
        guard timeOfDay == nil else { return false }
        if hasTimeMark { return true }
        let hasDate = year != nil && month != nil && day != nil
        return length == 6 && (hasDate || isTimeAlone)
    }

    private mutating func scanCompactTime(_ value: Int, _ length: Int) throws(SQLError) {
        hasTimeMark = false
        switch length {
        case 6:
            let micro = try fraction()
            try setTime(
                hour: value / 10000, minute: value / 100 % 100,
                microseconds: Int64(value % 100) * 1_000_000 + micro)
        case 4: try setTime(hour: value / 100, minute: value % 100, microseconds: 0)
        case 2: try setTime(hour: value, minute: 0, microseconds: 0)
        default: throw malformed
        }
    }

    private mutating func scanTime(hour: Int) throws(SQLError) {
        guard timeOfDay == nil else { throw malformed }
        hasTimeMark = false
        index += 1
        let (minute, _) = try number()
        var microseconds: Int64 = 0
        if byte == 0x3A {
            index += 1
            let (second, _) = try number()
            guard second <= 60 else { throw fieldOverflow }
            microseconds = Int64(second) * 1_000_000 + (try fraction())
        } else if byte == 0x2E {
            // mm:ss.fraction
            let micro = try fraction()
            guard minute < 60 else { throw fieldOverflow }
            return try setTime(
                hour: 0, minute: hour, microseconds: Int64(minute) * 1_000_000 + micro)
        }
        try setTime(hour: hour, minute: minute, microseconds: microseconds)
    }

    /// µs of `.ffffff…`, rounded; 0 without a point.
    private mutating func fraction() throws(SQLError) -> Int64 {
        guard byte == 0x2E else { return 0 }
        index += 1
        var value: Int64 = 0
        var count = 0
        while isDigit(byte) {
            if count < 7 { value = value * 10 + Int64(byte - 48) }
            count += 1
            index += 1
        }
        for _ in min(count, 7)..<7 { value *= 10 }
        return (value + 5) / 10
    }

    private mutating func setTime(
        hour: Int, minute: Int, microseconds: Int64
    ) throws(SQLError) {
        guard timeOfDay == nil else { throw malformed }
        guard hour <= 24, minute < 60, microseconds <= 60_000_000,
            hour < 24 || (minute == 0 && microseconds == 0)
        else { throw fieldOverflow }
        timeOfDay = Int64(hour * 60 + minute) * 60_000_000 + microseconds
    }

    /// `a-b-c`, `a/b/c`, `a.b.c`; b may be a month's name, c absent after a year and day of year.
    private mutating func scanDate(
        _ first: Int, _ firstLength: Int, separator: UInt8
    ) throws(SQLError) {
        guard day == nil, dayNumber == nil else {
            // An offset that follows a number: 2024-01-02 10-05 is not supported.
            throw malformed
        }
        index += 1
        if isLetter(byte) {
            guard case .month(let named)? = DateTimeWord.lookup(scanLetters()), month == nil else {
                throw malformed
            }
            month = named
            isMonthNamed = true
            guard byte == separator else { throw malformed }
            index += 1
            let (last, lastLength) = try number()
            if firstLength > 2 {
                try setYear(first, length: firstLength)
                day = last
            } else if context.dateOrder == .yearFirst, lastLength <= 2 {
                try setYear(first, length: firstLength)
                day = last
            } else {
                day = first
                try setYear(last, length: lastLength)
            }
            return
        }
        let (second, secondLength) = try number()
        guard byte == separator else {
            if isMonthNamed, day == nil, year == nil {
                // Jan-08-1999 arrives here as 08-1999.
                day = first
                return try setYear(second, length: secondLength)
            }
            if separator == 0x2E || separator == 0x2D, firstLength >= 4, secondLength == 3 {
                try setYear(first, length: firstLength)
                dayOfYear = second
                return
            }
            throw malformed
        }
        index += 1
        let (third, thirdLength) = try number()
        guard month == nil else { throw malformed }
        if firstLength > 2 {
            try setYear(first, length: firstLength)
            (month, day) = (second, third)
            return
        }
        switch context.dateOrder {
        case .yearFirst where thirdLength <= 2:
            try setYear(first, length: firstLength)
            (month, day) = (second, third)
        case .dayFirst:
            (day, month) = (first, second)
            try setYear(third, length: thirdLength)
        case .monthFirst, .yearFirst:
            (month, day) = (first, second)
            try setYear(third, length: thirdLength)
        }
    }

    private mutating func setYear(_ value: Int, length: Int) throws(SQLError) {
        guard year == nil else { throw malformed }
        year = value
        isShortYear = length <= 2
    }

    /// A number on its own, by what is known already.
    private mutating func placeNumber(_ value: Int, _ length: Int) throws(SQLError) {
        if length >= 3 {
            if year == nil { return try setYear(value, length: length) }
            if length == 3, month == nil, day == nil {
                dayOfYear = value
                return
            }
            throw malformed
        }
        if isMonthNamed {
            if day == nil {
                day = value
            } else {
                try setYear(value, length: length)
            }
            return
        }
        if year != nil, month == nil {
            month = value
        } else if year != nil, day == nil {
            day = value
        } else if context.dateOrder == .dayFirst {
            if day == nil {
                day = value
            } else if month == nil {
                month = value
            } else {
                try setYear(value, length: length)
            }
        } else if context.dateOrder == .yearFirst {
            try setYear(value, length: length)
        } else if month == nil {
            month = value
        } else if day == nil {
            day = value
        } else {
            try setYear(value, length: length)
        }
    }

    private mutating func scanLetters() -> String {
        let start = index
        while isLetter(byte) { index += 1 }
        return String(decoding: text[start..<index].map(lowercased), as: UTF8.self)
    }

    private mutating func scanWord() throws(SQLError) {
        let start = index
        let word = scanLetters()
        // A zone name: Europe/Paris, Etc/GMT+5, America/Port-au-Prince.
        if byte == 0x2F || byte == 0x5F {
            while index < text.count, !isSpace(byte), byte != 0x2C { index += 1 }
            return try setZone(string(UnsafeRawBufferPointer(rebasing: text[start..<index])))
        }
        guard let meaning = DateTimeWord.lookup(word) else { throw malformed }
        switch meaning {
        case .month(let number):
            guard !isMonthNamed else { throw malformed }
            if let known = month {
                // 08 Jan 1999: the number before was the day.
                guard day == nil else { throw malformed }
                day = known
            }
            month = number
            isMonthNamed = true
            if byte == 0x2D, isDigit(byte(ahead: 1)) { index += 1 }
        case .weekday, .noise: break
        case .meridiem(let value): isAfternoon = value
        case .era(let value): isBC = value
        case .offset(let seconds):
            guard offsetSeconds == nil else { throw malformed }
            offsetSeconds = seconds
            // UTC+3 in PostgreSQL is a POSIX zone, west positive.
            if byte == 0x2B || byte == 0x2D, isDigit(byte(ahead: 1)) {
                offsetSeconds = nil
                try scanOffset()
                offsetSeconds = offsetSeconds.map { seconds - $0 }
            }
        case .today(let offset):
            let local = DateTime.local(context.nowMicroseconds, in: context.timeZone)
            dayNumber = DateTime.split(local).days + offset
        case .special(let value):
            guard special == nil else { throw malformed }
            special = value
        case .midnight:
            guard timeOfDay == nil else { throw malformed }
            timeOfDay = 0
        case .timeMark: hasTimeMark = true
        case .julianMark:
            let (value, _) = try number()
            dayNumber = value - Calendar.julianEpoch
        }
    }

    private mutating func setZone(_ name: String) throws(SQLError) {
        guard zone == nil, offsetSeconds == nil else { throw malformed }
        guard let found = TimeZone.named(name) else {
            throw SQLError(
                .invalidParameterValue, "time zone \"\(name.lowercased())\" not recognized")
        }
        zone = found
    }

    /// `+hh[:mm[:ss]]` or `+hhmm`.
    private mutating func scanOffset() throws(SQLError) {
        guard offsetSeconds == nil, timeOfDay != nil || year != nil || dayNumber != nil else {
            throw malformed
        }
        let isNegative = byte == 0x2D
        index += 1
        var (hours, length) = try number()
        var minutes = 0
        var seconds = 0
        if byte == 0x3A {
            index += 1
            minutes = try number().value
            if byte == 0x3A {
                index += 1
                seconds = try number().value
            }
        } else if length > 2 {
            (hours, minutes) = (hours / 100, hours % 100)
            length = 2
        }
        guard hours <= 15, minutes < 60, seconds < 60 else {
            throw SQLError(
                .invalidTimeZoneDisplacementValue,
                "time zone displacement out of range: \"\(string(text))\"")
        }
        let total = hours * 3600 + minutes * 60 + seconds
        offsetSeconds = isNegative ? -total : total
    }

    // MARK: Assembling

    private mutating func applyMeridiem() throws(SQLError) {
        guard let isAfternoon else { return }
        guard let time = timeOfDay else { throw malformed }
        let hour = time / 3_600_000_000
        guard hour <= 12 else { throw fieldOverflow }
        if isAfternoon, hour != 12 { timeOfDay = time + 12 * 3_600_000_000 }
        if !isAfternoon, hour == 12 { timeOfDay = time - 12 * 3_600_000_000 }
    }

    /// Days since 2000-01-01.
    func days(requiresDate: Bool) throws(SQLError) -> Int {
        if let dayNumber { return dayNumber }
        guard var year = year else { throw malformed }
        if isBC {
            guard year > 0 else { throw fieldOverflow }
            year = 1 - year
        } else if isShortYear {
            year += year < 70 ? 2000 : 1900
        } else if year == 0 {
            throw fieldOverflow
        }
        if let dayOfYear {
            guard dayOfYear >= 1, dayOfYear <= (Calendar.isLeap(year) ? 366 : 365) else {
                throw fieldOverflow
            }
            return Calendar.daysSince2000(year: year, month: 1, day: 1) + dayOfYear - 1
        }
        guard let month, let day else { throw malformed }
        guard (1...12).contains(month), (1...31).contains(day) else { throw orderOverflow }
        guard day <= Calendar.dayCount(year: year, month: month) else { throw fieldOverflow }
        return Calendar.daysSince2000(year: year, month: month, day: day)
    }
}
