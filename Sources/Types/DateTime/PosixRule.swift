internal import Base

/// A POSIX TZ string: `CET-1CEST,M3.5.0,M10.5.0/3`, `<+0330>-3:30`. What a TZif footer holds.
struct PosixRule: Sendable {
    /// When a period begins, as local time of the period before.
    struct Change: Sendable {
        enum Day: Sendable {
            /// 1…365, never 29 February.
            case julian(Int)
            /// 0…365.
            case ordinal(Int)
            case weekday(month: Int, week: Int, day: Int)
        }
        var day: Day
        var secondOfDay: Int

        /// Seconds since 1970 of local time in `year`.
        func local(inYear year: Int) -> Int64 {
            let newYear = Calendar.daysSince2000(year: year, month: 1, day: 1)
            var days = newYear
            switch day {
            case .julian(let number):
                days += number - 1
                if number > 59, Calendar.isLeap(year) { days += 1 }
            case .ordinal(let number):
                days += number
            case .weekday(let month, let week, let day):
                let first = Calendar.daysSince2000(year: year, month: month, day: 1)
                days = first + (day - Calendar.dayOfWeek(first) + 7) % 7 + (week - 1) * 7
                if days >= first + Calendar.dayCount(year: year, month: month) { days -= 7 }
            }
            return Int64(days + Calendar.unixEpochDays) * 86400 + Int64(secondOfDay)
        }
    }

    let standard: TimeZone.Period
    let daylight: TimeZone.Period?
    private var start = Change(day: .weekday(month: 3, week: 2, day: 0), secondOfDay: 7200)
    private var end = Change(day: .weekday(month: 11, week: 1, day: 0), secondOfDay: 7200)

    init?(_ text: ArraySlice<UInt8>) {
        var parser = Parser(rest: text)
        guard let name = parser.name(), let offset = parser.time(hoursMax: 167) else { return nil }
        standard = TimeZone.Period(
            offsetSeconds: -offset, isDaylight: false, abbreviation: name)
        if parser.rest.isEmpty {
            daylight = nil
            return
        }
        guard let summer = parser.name() else { return nil }
        var summerOffset = -offset + 3600
        if let next = parser.rest.first, next != 0x2C {
            guard let given = parser.time(hoursMax: 167) else { return nil }
            summerOffset = -given
        }
        daylight = TimeZone.Period(
            offsetSeconds: summerOffset, isDaylight: true, abbreviation: summer)
        if parser.rest.isEmpty { return }
        guard let start = parser.change(), let end = parser.change(), parser.rest.isEmpty else {
            return nil
        }
        self.start = start
        self.end = end
    }

    private func changes(inYear year: Int) -> (start: Int64, end: Int64) {
        let summer = daylight ?? standard
        return (
            start.local(inYear: year) - Int64(standard.offsetSeconds),
            end.local(inYear: year) - Int64(summer.offsetSeconds)
        )
    }

    private func year(_ instant: Int64) -> Int {
        let days = floorDivide(Int(instant) + standard.offsetSeconds, 86400)
        return Calendar.civil(daysSince2000: days - Calendar.unixEpochDays).year
    }

    func period(at instant: Int64) -> TimeZone.Period {
        guard let daylight else { return standard }
        let (start, end) = changes(inYear: year(instant))
        let isDaylight =
            start < end ? instant >= start && instant < end : !(instant >= end && instant < start)
        return isDaylight ? daylight : standard
    }

    func nextTransition(after instant: Int64) -> Int64? {
        guard daylight != nil else { return nil }
        let year = year(instant)
        var next: Int64?
        for candidate in year...(year + 1) {
            let (start, end) = changes(inYear: candidate)
            for time in [start, end] where time > instant { next = min(next ?? time, time) }
        }
        return next
    }

    private struct Parser {
        var rest: ArraySlice<UInt8>

        mutating func take(_ byte: UInt8) -> Bool {
            guard rest.first == byte else { return false }
            rest.removeFirst()
            return true
        }

        mutating func name() -> String? {
            let isQuoted = take(0x3C)
            let text = rest.prefix { byte in
                isQuoted ? byte != 0x3E : isLetter(byte)
            }
            rest = rest.dropFirst(text.count)
            guard text.count >= (isQuoted ? 1 : 3), !isQuoted || take(0x3E) else { return nil }
            return String(decoding: text, as: UTF8.self)
        }

        mutating func number(max: Int) -> Int? {
            var value = 0
            var count = 0
            while let byte = rest.first, isDigit(byte), count < 4 {
                value = value * 10 + Int(byte - 48)
                count += 1
                rest.removeFirst()
            }
            return count > 0 && value <= max ? value : nil
        }

        /// Seconds of `[+-]hh[:mm[:ss]]`.
        mutating func time(hoursMax: Int) -> Int? {
            let isNegative = take(0x2D)
            if !isNegative { _ = take(0x2B) }
            guard let hours = number(max: hoursMax) else { return nil }
            var seconds = hours * 3600
            for unit in [60, 1] where take(0x3A) {
                guard let value = number(max: 59) else { return nil }
                seconds += value * unit
            }
            return isNegative ? -seconds : seconds
        }

        mutating func change() -> Change? {
            guard take(0x2C) else { return nil }
            let day: Change.Day
            if take(0x4A) {
                guard let number = number(max: 365), number > 0 else { return nil }
                day = .julian(number)
            } else if take(0x4D) {
                guard let month = number(max: 12), month > 0, take(0x2E),
                    let week = number(max: 5), week > 0, take(0x2E), let weekday = number(max: 6)
                else { return nil }
                day = .weekday(month: month, week: week, day: weekday)
            } else {
                guard let number = number(max: 365) else { return nil }
                day = .ordinal(number)
            }
            var second = 7200
            if take(0x2F) {
                guard let given = time(hoursMax: 167) else { return nil }
                second = given
            }
            return Change(day: day, secondOfDay: second)
        }
    }
}
