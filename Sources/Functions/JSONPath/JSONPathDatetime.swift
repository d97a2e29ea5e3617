internal import Base
internal import Types

/// What .datetime() makes of a string: a date or time in ISO form, with its own offset.
struct JSONPathDatetime {
    enum Kind: String {
        case date
        case time = "time without time zone"
        case timeTZ = "time with time zone"
        case timestamp = "timestamp without time zone"
        case timestampTZ = "timestamp with time zone"
    }

    private(set) var kind = Kind.date
    /// Days since 2000-01-01.
    private var days = 0
    /// µs of the day.
    private var time: Int64 = 0
    /// Seconds east of UTC.
    private var east = 0

    private static let dayLength: Int64 = 86_400_000_000

    /// Reads `yyyy-mm-dd`, `HH24:MI:SS` with or without a zone, and both with a blank or T between.
    init(_ text: [UInt8]) throws(SQLError) {
        var reader = Reader(text: text)
        guard read(&reader), reader.isAtEnd else {
            throw SQLError(
                .invalidArgumentForSqlJsonDatetimeFunction,
                "datetime format is not recognized: \"\(String(decoding: text, as: UTF8.self))\""
            ).hint("Use a datetime template argument to specify the input data format.")
        }
    }

    private struct Reader {
        let text: [UInt8]
        var place = 0

        var isAtEnd: Bool { place == text.count }
        var next: UInt8 { isAtEnd ? 0 : text[place] }

        mutating func number(_ digits: ClosedRange<Int>, _ range: ClosedRange<Int>) -> Int? {
            let start = place
            var value = 0
            while place - start < digits.upperBound, next &- 48 <= 9 {
                value = value * 10 + Int(next &- 48)
                place += 1
            }
            return place - start >= digits.lowerBound && range.contains(value) ? value : nil
        }

        mutating func take(_ byte: UInt8) -> Bool {
            guard next == byte else { return false }
            place += 1
            return true
        }
    }

    private mutating func read(_ reader: inout Reader) -> Bool {
        let isDate = reader.text.contains(0x2D) && reader.text.prefix(5).contains(0x2D)
        if isDate {
            guard let year = reader.number(1...4, 1...9999), reader.take(0x2D),
                let month = reader.number(1...2, 1...12), reader.take(0x2D),
                let day = reader.number(1...2, 1...31),
                day <= Calendar.dayCount(year: year, month: month)
            else { return false }
            days = Calendar.daysSince2000(year: year, month: month, day: day)
            if reader.isAtEnd { return true }
            guard reader.take(0x20) || reader.take(0x54) else { return false }
        }
        guard let hour = reader.number(1...2, 0...23), reader.take(0x3A),
            let minute = reader.number(1...2, 0...59), reader.take(0x3A),
            let second = reader.number(1...2, 0...59)
        else { return false }
        time = Int64((hour * 60 + minute) * 60 + second) * 1_000_000
        kind = isDate ? .timestamp : .time
        if reader.isAtEnd { return true }
        _ = reader.take(0x20)
        let isWest = reader.next == 0x2D
        guard reader.take(0x2B) || reader.take(0x2D),
            let zoneHour = reader.number(1...2, 0...15)
        else { return false }
        var zoneMinute = 0
        if reader.take(0x3A) {
            guard let given = reader.number(1...2, 0...59) else { return false }
            zoneMinute = given
        }
        east = (zoneHour * 60 + zoneMinute) * (isWest ? -60 : 60)
        kind = isDate ? .timestampTZ : .timeTZ
        return true
    }

    /// As JSON has it: ISO 8601.
    var text: String {
        func two(_ value: Int) -> String { value < 10 ? "0\(value)" : String(value) }
        var result = ""
        if kind == .date || kind == .timestamp || kind == .timestampTZ {
            let date = Calendar.civil(daysSince2000: days)
            let year = String(date.year)
            result = String(repeating: "0", count: max(4 - year.utf8.count, 0)) + year
            result += "-" + two(date.month) + "-" + two(date.day)
            if kind == .date { return result }
            result += "T"
        }
        let seconds = Int(time / 1_000_000)
        result += two(seconds / 3600) + ":" + two(seconds / 60 % 60) + ":" + two(seconds % 60)
        if kind == .timeTZ || kind == .timestampTZ {
            let minutes = abs(east) / 60
            result += (east < 0 ? "-" : "+") + two(minutes / 60) + ":" + two(minutes % 60)
        }
        return result
    }

    /// Nil: dates and times do not compare.
    /// - Throws: 0A000 where one has a zone and the session's may not be used.
    static func compare(
        _ left: JSONPathDatetime, _ right: JSONPathDatetime, zone: TimeZone?
    ) throws(SQLError) -> Int? {
        guard left.isTimeOnly == right.isTimeOnly else { return nil }
        if left.hasZone != right.hasZone, zone == nil {
            let (from, to) = left.hasZone ? (right, left) : (left, right)
            throw SQLError(
                .featureNotSupported,
                "cannot convert value from \(from.kind.shortName) to \(to.kind.shortName) without time zone usage"
            ).hint("Use *_tz() function for time zone support.")
        }
        let (a, b) = (try left.instant(zone), try right.instant(zone))
        let isZoned = left.hasZone || right.hasZone
        if a != b { return a < b ? -1 : 1 }
        guard isZoned, left.isTimeOnly, left.east != right.east else { return 0 }
        return left.east > right.east ? -1 : 1
    }

    private var hasZone: Bool { kind == .timeTZ || kind == .timestampTZ }
    private var isTimeOnly: Bool { kind == .time || kind == .timeTZ }

    private func instant(_ zone: TimeZone?) throws(SQLError) -> Int64 {
        let local = Int64(days) * JSONPathDatetime.dayLength + time
        if hasZone { return local - Int64(east) * 1_000_000 }
        guard let zone, !isTimeOnly else { return local }
        return try DateTime.instant(local: local, in: zone)
    }
}

extension JSONPathDatetime.Kind {
    fileprivate var shortName: String {
        switch self {
        case .date: "date"
        case .time: "time"
        case .timeTZ: "timetz"
        case .timestamp: "timestamp"
        case .timestampTZ: "timestamptz"
        }
    }
}
