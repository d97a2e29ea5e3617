internal import Base
internal import Glibc

/// The names of all zones: pg_timezone_names.
extension TimeZone {
    /// A zone at one instant.
    public struct Listed: Sendable {
        public let name: String
        public let period: Period
    }

    /// All zones of the system's files with what holds at `instant` (seconds since 1970).
    public static func all(at instant: Int64) -> [Listed] {
        names(in: []).compactMap { name in
            guard let zone = load(name), !zone.countsLeapSeconds else { return nil }
            return Listed(name: name, period: zone.period(at: instant))
        }
    }

    /// Names below a folder, which its path gives; in no order.
    private static func names(in path: [String]) -> [String] {
        guard path.count < 8,
            let stream = opendir(([directory] + path).joined(separator: "/"))
        else { return [] }
        defer { closedir(stream) }
        var result: [String] = []
        while let item = readdir(stream) {
            let entry = withUnsafePointer(to: &item.pointee.d_name) {
                $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if entry.hasPrefix(".") { continue }
            var status = stat()
            let inner = path + [entry]
            guard stat(([directory] + inner).joined(separator: "/"), &status) == 0 else { continue }
            if status.st_mode & S_IFMT == S_IFDIR {
                result += names(in: inner)
            } else {
                result.append(inner.joined(separator: "/"))
            }
        }
        return result
    }
}
