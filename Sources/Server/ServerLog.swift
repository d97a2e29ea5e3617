public import Base
internal import System

/// The server's log: lines on standard error in PostgreSQL's format.
///
///     2026-11-20 20:44:49.123 UTC [4711] LOG:  database system is ready to accept connections
public enum ServerLog {
    public static func log(_ message: String, processID: Int32? = nil) {
        Files.writeStandardError("\(prefix(processID))LOG:  \(indented(message))\n")
    }

    /// An error with its fields, and the statement that had it.
    /// - Parameter isVerbose: with its SQLSTATE (log_error_verbosity).
    public static func log(
        _ error: SQLError, statement: String? = nil, processID: Int32? = nil,
        isVerbose: Bool = false
    ) {
        let prefix = prefix(processID)
        let fields = error.fields
        let state = isVerbose ? "\(fields.state): " : ""
        var lines = "\(prefix)\(fields.severity.rawValue):  \(state)\(indented(fields.message))"
        if let position = fields.position { lines += " at character \(position)" }
        lines += "\n"
        func add(_ name: String, _ text: String?) {
            if let text { lines += "\(prefix)\(name):  \(indented(text))\n" }
        }
        add("DETAIL", fields.detail)
        add("HINT", fields.hint)
        add("QUERY", fields.internalQuery)
        add("CONTEXT", fields.context)
        add("STATEMENT", statement)
        Files.writeStandardError(lines)
    }

    private static func indented(_ text: String) -> String {
        guard text.utf8.contains(UInt8(ascii: "\n")) else { return text }
        return text.split(separator: "\n", omittingEmptySubsequences: false)
            .joined(separator: "\n\t")
    }

    private static func prefix(_ processID: Int32?) -> String {
        "\(timestamp(wallClockMicroseconds())) [\(processID ?? Signals.processID)] "
    }

    /// Microseconds since 2000-01-01 as `2026-11-20 20:44:49.123 UTC`.
    static func timestamp(_ microseconds: Int64) -> String {
        let dayMicroseconds: Int64 = 86_400_000_000
        var day = microseconds / dayMicroseconds
        var time = microseconds % dayMicroseconds
        if time < 0 {
            time += dayMicroseconds
            day -= 1
        }
        // Days since 0000-03-01 in eras of 400 years: February's length is at the end of a year.
        let shifted = day + 730_425
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra =
            (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let monthShifted = (5 * dayOfYear + 2) / 153
        let dayOfMonth = dayOfYear - (153 * monthShifted + 2) / 5 + 1
        let month = monthShifted < 10 ? monthShifted + 3 : monthShifted - 9
        let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
        func digits(_ value: Int64, _ count: Int) -> String {
            let text = String(value)
            return String(repeating: "0", count: max(count - text.utf8.count, 0)) + text
        }
        let seconds = time / 1_000_000
        return "\(digits(year, 4))-\(digits(month, 2))-\(digits(dayOfMonth, 2)) "
            + "\(digits(seconds / 3600, 2)):\(digits(seconds / 60 % 60, 2)):"
            + "\(digits(seconds % 60, 2)).\(digits(time / 1000 % 1000, 3)) UTC"
    }
}
