internal import Base
internal import Glibc
internal import System

/// A time zone: the rules of a TZif file (RFC 8536), a POSIX TZ string, or a fixed offset.
/// Offsets are seconds east of Greenwich; instants are seconds since 1970-01-01 UTC. Immutable.
public final class TimeZone: Sendable {
    public struct Period: Sendable, Equatable {
        public let offsetSeconds: Int
        public let isDaylight: Bool
        public let abbreviation: String
    }

    /// What SHOW TimeZone says.
    public let name: String
    /// Ascending instants at which `periods[periodIndexes[n]]` begins.
    private let transitions: [Int64]
    private let periodIndexes: [UInt8]
    private let periods: [Period]
    /// In force after the last transition.
    private let rule: PosixRule?
    /// Its file counts leap seconds, which PostgreSQL's time does not.
    let countsLeapSeconds: Bool

    public static let utc = TimeZone(
        name: "UTC", periods: [Period(offsetSeconds: 0, isDaylight: false, abbreviation: "UTC")])

    init(
        name: String, transitions: [Int64] = [], periodIndexes: [UInt8] = [], periods: [Period],
        rule: PosixRule? = nil, countsLeapSeconds: Bool = false
    ) {
        invariant(!periods.isEmpty, "a zone has a period")
        self.name = name
        self.transitions = transitions
        self.periodIndexes = periodIndexes
        self.periods = periods
        self.rule = rule
        self.countsLeapSeconds = countsLeapSeconds
    }

    /// The zone of SET TIME ZONE with a number of hours or an interval.
    public static func fixed(offsetSeconds: Int) -> TimeZone {
        func text(_ sign: Int) -> String {
            let seconds = abs(offsetSeconds)
            let isNegative = offsetSeconds * sign < 0
            var result = (isNegative ? "-" : "+") + twoDigits(seconds / 3600)
            if seconds % 3600 != 0 { result += ":" + twoDigits(seconds / 60 % 60) }
            if seconds % 60 != 0 { result += ":" + twoDigits(seconds % 60) }
            return result
        }
        let east = text(1)
        return TimeZone(
            name: "<\(east)>\(text(-1))",
            periods: [
                Period(offsetSeconds: offsetSeconds, isDaylight: false, abbreviation: east)
            ])
    }

    /// What SET TimeZone takes: a name, or hours east of Greenwich. Nil: no such.
    public static func setting(_ text: String) -> TimeZone? {
        guard let hours = Double(text), hours.magnitude < 168 else { return named(text) }
        return fixed(offsetSeconds: Int(hours * 3600))
    }

    private var isFixed: Bool { transitions.isEmpty && rule == nil }

    /// The period in force at `instant`.
    public func period(at instant: Int64) -> Period {
        if isFixed { return periods[0] }
        if let rule, instant >= (transitions.last ?? .min) { return rule.period(at: instant) }
        let index = transitionIndex(after: instant)
        return index == 0 ? firstPeriod : periods[Int(periodIndexes[index - 1])]
    }

    /// Before the first transition: the first standard period.
    private var firstPeriod: Period { periods.first { !$0.isDaylight } ?? periods[0] }

    /// How many transitions are at or before `instant`.
    private func transitionIndex(after instant: Int64) -> Int {
        var low = 0
        var high = transitions.count
        while low < high {
            let middle = (low + high) / 2
            if transitions[middle] <= instant { low = middle + 1 } else { high = middle }
        }
        return low
    }

    /// The first change after `instant`.
    private func nextTransition(after instant: Int64) -> Int64? {
        let index = transitionIndex(after: instant)
        if index < transitions.count { return transitions[index] }
        return rule?.nextTransition(after: instant)
    }

    /// The offset that a local time means. In the gap of spring the offset before it, in the
    /// doubled hour of autumn the one after (PostgreSQL's DetermineTimeZoneOffset).
    public func period(atLocal local: Int64) -> Period {
        if isFixed { return periods[0] }
        let start = local - 86400
        let before = period(at: start)
        guard let boundary = nextTransition(after: start) else { return before }
        let after = period(at: boundary)
        let beforeInstant = local - Int64(before.offsetSeconds)
        let afterInstant = local - Int64(after.offsetSeconds)
        if beforeInstant < boundary, afterInstant < boundary { return before }
        if beforeInstant > boundary, afterInstant >= boundary { return after }
        return beforeInstant > afterInstant ? before : after
    }
}

func twoDigits(_ value: Int) -> String { value < 10 ? "0\(value)" : String(value) }

// MARK: Finding zones

extension TimeZone {
    static let directory = "/usr/share/zoneinfo"

    /// The zone of an IANA name (in any case) or of a POSIX TZ string. Nil: no such.
    public static func named(_ name: String) -> TimeZone? {
        if let known = cache.withLock({ cacheEntries.zones[name] }) { return known }
        guard let zone = find(name) else { return nil }
        cache.withLock {
            if cacheEntries.zones.count < TimeZone.cachedMax { cacheEntries.zones[name] = zone }
        }
        return zone
    }

    /// Zones by the names they were asked for, behind `cache`. AT TIME ZONE asks once a row.
    private final class Entries: @unchecked Sendable {
        var zones: [String: TimeZone] = [:]
    }
    private static let cachedMax = 1024
    private static let cache = Lock()
    private static let cacheEntries = Entries()

    private static func find(_ name: String) -> TimeZone? {
        let upper = name.uppercased()
        if upper == "UTC" || upper == "GMT" || upper == "Z" {
            return upper == "UTC"
                ? utc
                : TimeZone(
                    name: upper,
                    periods: [Period(offsetSeconds: 0, isDaylight: false, abbreviation: "GMT")])
        }
        if let canonical = canonicalName(name), let zone = load(canonical) { return zone }
        guard let rule = PosixRule(Array(name.utf8)[...]) else { return nil }
        return TimeZone(
            name: name, periods: [rule.standard], rule: rule.daylight == nil ? nil : rule)
    }

    /// Walks the directory without regard to case; nil where there is no such file.
    private static func canonicalName(_ name: String) -> String? {
        let parts = name.split(separator: "/", omittingEmptySubsequences: false)
        guard !parts.isEmpty, parts.count <= 3, name.utf8.count < 256 else { return nil }
        var found: [String] = []
        for part in parts {
            guard !part.isEmpty, part != ".", part != ".." else { return nil }
            let parent = ([directory] + found).joined(separator: "/")
            guard let entry = entry(of: parent, named: String(part)) else { return nil }
            found.append(entry)
        }
        return found.joined(separator: "/")
    }

    private static func entry(of parent: String, named name: String) -> String? {
        if access(parent + "/" + name, R_OK) == 0 { return name }
        guard let stream = opendir(parent) else { return nil }
        defer { closedir(stream) }
        let wanted = name.lowercased()
        while let item = readdir(stream) {
            let entry = withUnsafePointer(to: &item.pointee.d_name) {
                $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if entry.lowercased() == wanted { return entry }
        }
        return nil
    }

    static func load(_ name: String) -> TimeZone? {
        let descriptor = open(directory + "/" + name, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        let sizeBytesMax = 1 << 16
        let bytes = [UInt8](unsafeUninitializedCapacity: sizeBytesMax) { buffer, count in
            count = max(read(descriptor, buffer.baseAddress, sizeBytesMax), 0)
        }
        return bytes.withUnsafeBytes { parse($0, name: name) }
    }

    /// Version 2 or later: skips the 32-bit block, reads the 64-bit one and the footer.
    static func parse(_ bytes: UnsafeRawBufferPointer, name: String) -> TimeZone? {
        var reader = ByteReader(bytes)
        guard let first = readHeader(&reader), first.version >= 0x32,
            reader.read(byteCount: first.sizeBytes(timeWidth: 4)) != nil,
            let header = readHeader(&reader)
        else { return nil }
        var transitions: [Int64] = []
        for _ in 0..<header.timeCount {
            guard let time = reader.read(bigEndian: Int64.self) else { return nil }
            transitions.append(time)
        }
        guard let indexes = reader.read(byteCount: header.timeCount) else { return nil }
        var types: [(offset: Int, isDaylight: Bool, name: Int)] = []
        for _ in 0..<header.typeCount {
            guard let offset = reader.read(bigEndian: Int32.self), let daylight = reader.readByte(),
                let start = reader.readByte()
            else { return nil }
            types.append((Int(offset), daylight != 0, Int(start)))
        }
        guard let names = reader.read(byteCount: header.nameSizeBytes), !types.isEmpty,
            reader.read(byteCount: header.leapCount * 12 + header.standardCount + header.utcCount)
                != nil
        else { return nil }
        let periods = types.map { type in
            Period(
                offsetSeconds: type.offset, isDaylight: type.isDaylight,
                abbreviation: String(
                    decoding: names.dropFirst(type.name).prefix { $0 != 0 }, as: UTF8.self))
        }
        guard indexes.allSatisfy({ Int($0) < periods.count }) else { return nil }
        let footer = reader.read(byteCount: reader.remainingCount).map { Array($0) } ?? []
        let rule = PosixRule(footer.drop { $0 == 0x0A }.prefix { $0 != 0x0A })
        return TimeZone(
            name: name, transitions: transitions, periodIndexes: Array(indexes), periods: periods,
            rule: rule, countsLeapSeconds: header.leapCount > 0)
    }

    private struct Header {
        var version: UInt8
        var utcCount, standardCount, leapCount, timeCount, typeCount, nameSizeBytes: Int

        func sizeBytes(timeWidth: Int) -> Int {
            timeCount * (timeWidth + 1) + typeCount * 6 + nameSizeBytes
                + leapCount * (timeWidth + 4) + standardCount + utcCount
        }
    }

    private static func readHeader(_ reader: inout ByteReader) -> Header? {
        guard let magic = reader.read(byteCount: 4), magic.elementsEqual("TZif".utf8),
            let version = reader.readByte(), reader.read(byteCount: 15) != nil
        else { return nil }
        var counts: [Int] = []
        for _ in 0..<6 {
            guard let count = reader.read(bigEndian: UInt32.self) else { return nil }
            counts.append(Int(count))
        }
        return Header(
            version: version, utcCount: counts[0], standardCount: counts[1], leapCount: counts[2],
            timeCount: counts[3], typeCount: counts[4], nameSizeBytes: counts[5])
    }
}
