public import Base

/// The syntax of postgresql.conf: `name = value` lines, `#` comments, values bare or in single
/// quotes ('' is a quote).
public enum SettingsFile {
    public struct Line: Hashable, Sendable {
        public var name: String
        public var value: String
        /// 1-based.
        public var number: Int
    }

    /// - Throws: 42601 naming the line.
    public static func parse(_ text: String, fileName: String) throws(SQLError) -> [Line] {
        var lines: [Line] = []
        let rows = text.utf8.split(
            separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        for (index, row) in rows.enumerated() {
            var rest = Substring(String(Substring(row)).trimmingSpaces())
            if rest.isEmpty || rest.first == "#" { continue }
            let name = rest.prefix { $0.isLetter || $0.isNumber || $0 == "_" || $0 == "." }
            rest = Substring(String(rest.dropFirst(name.count)).trimmingSpaces())
            if rest.first == "=" { rest = Substring(String(rest.dropFirst()).trimmingSpaces()) }
            guard !name.isEmpty, let value = self.value(&rest),
                rest.isEmpty || rest.first == "#"
            else {
                throw SQLError(
                    .syntaxError,
                    "syntax error in file \"\(fileName)\" line \(index + 1)")
            }
            lines.append(Line(name: String(name), value: value, number: index + 1))
        }
        return lines
    }

    private static func value(_ rest: inout Substring) -> String? {
        var value = ""
        if rest.first == "'" {
            rest.removeFirst()
            while true {
                guard let end = rest.firstIndex(of: "'") else { return nil }
                value += rest[..<end]
                rest = rest[rest.index(after: end)...]
                guard rest.first == "'" else { break }
                value += "'"
                rest.removeFirst()
            }
        } else {
            let bare = rest.prefix { !$0.isWhitespace && $0 != "#" && $0 != "'" }
            if bare.isEmpty { return nil }
            value = String(bare)
            rest = rest.dropFirst(bare.count)
        }
        rest = Substring(String(rest).trimmingSpaces())
        return value
    }
}
