internal import Base

/// What extract and date_trunc can be asked for. Words count up to their tenth letter.
enum DateTimeUnit {
    case microsecond, millisecond, second, minute, hour, day, week, month, quarter, year, decade
    case century, millennium
    case dow, isodow, doy, isoyear, julian, epoch
    case timezone, timezoneHour, timezoneMinute

    /// As the user wrote it, in small letters, for messages.
    typealias Named = (unit: DateTimeUnit, name: String)

    static func lookup(_ text: ByteView, _ typeName: String) throws(SQLError) -> Named {
        let name = lowered(text)
        guard let unit = find(name) ?? special[String(name.prefix(10))] else {
            throw notRecognized(name, typeName)
        }
        return (unit, name)
    }

    /// For date_trunc, which knows lengths of time only.
    static func lookupLength(_ text: ByteView, _ typeName: String) throws(SQLError) -> Named {
        let name = lowered(text)
        guard let unit = find(name) else { throw notRecognized(name, typeName) }
        return (unit, name)
    }

    private static func lowered(_ text: ByteView) -> String {
        String(decoding: text.bytes.prefix(63).map { (65...90).contains($0) ? $0 | 0x20 : $0 },
            as: UTF8.self)
    }

    private static func find(_ name: String) -> DateTimeUnit? { lengths[String(name.prefix(10))] }

    static func notRecognized(_ name: String, _ typeName: String) -> SQLError {
        SQLError(.invalidParameterValue, "unit \"\(name)\" not recognized for type \(typeName)")
    }
    static func notSupported(_ name: String, _ typeName: String) -> SQLError {
        SQLError(.featureNotSupported, "unit \"\(name)\" not supported for type \(typeName)")
    }

    private static let lengths: [String: DateTimeUnit] = {
        let names: [(DateTimeUnit, String)] = [
            (.microsecond, "us usec usecs usecond useconds microsecon"),
            (.millisecond, "ms msec msecs msecond mseconds millisecon"),
            (.second, "s sec secs second seconds"), (.minute, "m min mins minute minutes"),
            (.hour, "h hr hrs hour hours"), (.day, "d day days"), (.week, "w week weeks"),
            (.month, "mon mons month months"), (.quarter, "qtr quarter"),
            (.year, "y yr yrs year years"), (.decade, "dec decs decade decades"),
            (.century, "c cent century centuries"),
            (.millennium, "mil mils millennium millennia"), (.timezone, "timezone"),
            (.timezoneHour, "timezone_h"), (.timezoneMinute, "timezone_m"),
        ]
        var table: [String: DateTimeUnit] = [:]
        for (unit, words) in names {
            for word in words.split(separator: " ") { table[String(word)] = unit }
        }
        return table
    }()

    private static let special: [String: DateTimeUnit] = [
        "dow": .dow, "isodow": .isodow, "doy": .doy, "isoyear": .isoyear, "j": .julian,
        "jd": .julian, "julian": .julian, "epoch": .epoch,
    ]
}
