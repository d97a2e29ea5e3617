/// The words of date and time input, and what they mean.
enum DateTimeWord {
    case month(Int)
    case weekday
    case meridiem(isAfternoon: Bool)
    case era(isBC: Bool)
    /// Seconds east of Greenwich.
    case offset(Int)
    case today(dayOffset: Int)
    case special(DateTimeFields.Special)
    case midnight
    case timeMark
    case julianMark
    /// Words that say nothing: `at`, `on`.
    case noise

    /// `word` is in lower case. Months and weekdays: the usual abbreviations, or in full.
    static func lookup(_ word: String) -> DateTimeWord? {
        if let known = words[word] { return known }
        if let hours = zoneHours[word] { return .offset(Int(hours * 3600)) }
        return nil
    }

    private static let words: [String: DateTimeWord] = {
        var table: [String: DateTimeWord] = [
            "am": .meridiem(isAfternoon: false), "pm": .meridiem(isAfternoon: true),
            "ad": .era(isBC: false), "bc": .era(isBC: true), "now": .special(.now),
            "epoch": .special(.epoch), "infinity": .special(.infinity),
            "today": .today(dayOffset: 0),
            "tomorrow": .today(dayOffset: 1), "yesterday": .today(dayOffset: -1),
            "allballs": .midnight, "t": .timeMark, "j": .julianMark, "jd": .julianMark,
            "julian": .julianMark, "at": .noise, "on": .noise,
        ]
        let months = [
            "january", "february", "march", "april", "may", "june", "july", "august", "september",
            "october", "november", "december",
        ]
        for (index, month) in months.enumerated() {
            table[month] = .month(index + 1)
            table[String(month.prefix(3))] = .month(index + 1)
        }
        table["sept"] = .month(9)
        let weekdays = [
            "sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sun",
            "mon",
            "tue", "tues", "wed", "weds", "thu", "thur", "thurs", "fri", "sat",
        ]
        for weekday in weekdays { table[weekday] = .weekday }
        return table
    }()

    /// PostgreSQL's default abbreviations, those whose offset never changed.
    private static let zoneHours: [String: Double] = [
        "z": 0, "zulu": 0, "utc": 0, "ut": 0, "gmt": 0, "uct": 0, "wet": 0, "wetdst": 1, "west": 1,
        "bst": 1, "cet": 1, "met": 1, "cest": 2, "cetdst": 2, "mest": 2, "metdst": 2, "eet": 2,
        "sast": 2, "ist": 2, "eest": 3, "eetdst": 3, "idt": 3, "msk": 3, "eat": 3, "msd": 4,
        "pkt": 5, "cct": 8, "awst": 8, "hkt": 8, "pht": 8, "sgt": 8, "jst": 9, "kst": 9,
        "acst": 9.5,
        "aest": 10, "acdt": 10.5, "aedt": 11, "nzst": 12, "nzt": 12, "nzdt": 13, "nst": -3.5,
        "ndt": -2.5, "adt": -3, "ast": -4, "clt": -4, "edt": -4, "est": -5, "cdt": -5, "cst": -6,
        "mdt": -6, "mst": -7, "pdt": -7, "pst": -8, "akdt": -8, "akst": -9, "hst": -10,
        "brt": -3, "art": -3,
    ]
}

extension TimeZone {
    /// The zone of an abbreviation such as EST. Nil: unknown.
    public static func abbreviated(_ name: String) -> TimeZone? {
        guard case .offset(let seconds)? = DateTimeWord.lookup(name.lowercased()) else {
            return nil
        }
        return fixed(offsetSeconds: seconds)
    }
}
