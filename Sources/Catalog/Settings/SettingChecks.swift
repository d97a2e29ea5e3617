internal import Base
internal import Types

/// Values that need more than their kind says: lists of names, DateStyle, encodings.
enum SettingChecks {
    static func canonical(
        _ definition: SettingDefinition, _ value: SettingValue, previous: SettingValue
    ) throws(SQLError) -> SettingValue {
        guard case .string(let text) = value else { return value }
        switch definition.name {
        case "DateStyle":
            let before = if case .string(let text) = previous { text } else { "" }
            return .string(try dateStyle(text, previous: before, definition))
        case "client_encoding":
            return .string(try encoding(text, definition))
        case "search_path":
            guard splitIdentifiers(text) != nil else {
                throw definition.invalid(text).detail("List syntax is invalid.")
            }
            return value
        default:
            return value
        }
    }

    private static func encoding(
        _ text: String, _ definition: SettingDefinition
    ) throws(SQLError) -> String {
        guard let encoding = CharacterEncoding.named(text) else { throw definition.invalid(text) }
        if !encoding.isASCII, !encoding.isConvertible {
            throw definition.invalid(text).with { $0.state = .featureNotSupported }
                .detail("Conversion between \(encoding.name) and UTF8 is not supported.")
        }
        return encoding.name
    }

    /// `style, order`; a part that is not given stays as it is, and German implies DMY.
    private static func dateStyle(
        _ text: String, previous: String, _ definition: SettingDefinition
    ) throws(SQLError) -> String {
        guard let words = splitIdentifiers(text) else {
            throw definition.invalid(text).detail("List syntax is invalid.")
        }
        var style: String?
        var order: String?
        func conflict() -> SQLError {
            definition.invalid(text).detail("Conflicting \"datestyle\" specifications.")
        }
        for word in words {
            let lower = word.lowercased()
            switch lower {
            case "iso", "sql", "german":
                let name = ["iso": "ISO", "sql": "SQL", "german": "German"][lower]!
                if let style, style != name { throw conflict() }
                style = name
                if lower == "german", order == nil { order = "DMY" }
            case "ymd", "dmy", "mdy", "us", "nonus", "european", "noneuropean", "euro", "noneuro":
                order =
                    lower == "ymd"
                    ? "YMD"
                    : ["mdy", "us"].contains(lower) || lower.hasPrefix("noneuro") ? "MDY" : "DMY"
            case "default":
                style = style ?? "ISO"
                order = order ?? "MDY"
            default:
                guard lower.hasPrefix("postgres") else {
                    throw definition.invalid(text).detail("Unrecognized key word: \"\(word)\".")
                }
                if let style, style != "Postgres" { throw conflict() }
                style = "Postgres"
            }
        }
        let before = previous.split(separator: ",").map { String($0).trimmingSpaces() }
        return (style ?? before.first ?? "ISO") + ", "
            + (order ?? before.dropFirst().first ?? "MDY")
    }

    /// The names of a comma-separated list as SplitIdentifierString() reads it: quoted names as
    /// they are, others in lower case. Nil where the syntax is wrong.
    static func splitIdentifiers(_ text: String) -> [String]? {
        var names: [String] = []
        var rest = Substring(text.trimmingSpaces())
        if rest.isEmpty { return [] }
        while true {
            var name = ""
            if rest.first == "\"" {
                rest.removeFirst()
                while true {
                    guard let end = rest.firstIndex(of: "\"") else { return nil }
                    name += rest[..<end]
                    rest = rest[rest.index(after: end)...]
                    guard rest.first == "\"" else { break }
                    name += "\""
                    rest.removeFirst()
                }
            } else {
                let end = rest.firstIndex { $0 == "," || $0.isWhitespace } ?? rest.endIndex
                name = rest[..<end].lowercased()
                rest = rest[end...]
                if name.isEmpty { return nil }
            }
            names.append(name)
            rest = Substring(String(rest).trimmingSpaces())
            if rest.isEmpty { return names }
            guard rest.first == "," else { return nil }
            rest = Substring(String(rest.dropFirst()).trimmingSpaces())
        }
    }
}
