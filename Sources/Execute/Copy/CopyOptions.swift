public import Base
public import Types

/// The options of COPY, checked (PostgreSQL 15, COPY).
public struct CopyOptions: Sendable {
    public enum Format: Sendable {
        case text
        case csv
        case binary
    }
    public enum Header: Sendable {
        case none
        case present
        /// The header line must name the columns.
        case match
    }
    /// An option as the statement gives it.
    public enum Value: Sendable {
        case none
        case text(String)
        case number(Int64)
        case names([String])
        case star
    }
    public enum Columns: Sendable {
        case some([String])
        case all
    }

    public var format = Format.text
    public var delimiter = UInt8(ascii: "\t")
    public var null: [UInt8] = Array("\\N".utf8)
    public var header = Header.none
    public var quote = UInt8(ascii: "\"")
    public var escape = UInt8(ascii: "\"")
    public var forceQuote: Columns = .some([])
    public var forceNotNull: [String] = []
    public var forceNull: [String] = []
    /// FREEZE: the table must be new in this transaction. Rows are written as always.
    public var freezes = false

    /// What the file is in; nil: as the server has it.
    public var encoding: CharacterEncoding?

    public init() {}

    /// Checks options by name, in the statement's order.
    /// - Throws: PostgreSQL's errors of ProcessCopyOptions.
    public init(_ options: [(name: String, value: Value)], isFrom: Bool) throws(SQLError) {
        var seen = Set<String>()
        var delimiterText: String?
        var nullText: String?
        var quoteText: String?
        var escapeText: String?
        for (name, value) in options {
            if !seen.insert(name).inserted {
                throw SQLError(.syntaxError, "conflicting or redundant options")
            }
            switch name {
            case "format":
                switch try CopyOptions.text(name, value) {
                case "text": format = .text
                case "csv": format = .csv
                case "binary": format = .binary
                case let other:
                    throw SQLError(
                        .invalidParameterValue, "COPY format \"\(other)\" not recognized")
                }
            case "freeze": freezes = try CopyOptions.bool(name, value)
            case "delimiter": delimiterText = try CopyOptions.text(name, value)
            case "null": nullText = try CopyOptions.text(name, value)
            case "header": header = try CopyOptions.header(value, isFrom: isFrom)
            case "quote": quoteText = try CopyOptions.text(name, value)
            case "escape": escapeText = try CopyOptions.text(name, value)
            case "force_quote":
                switch value {
                case .star: forceQuote = .all
                case .names(let names): forceQuote = .some(names)
                case .none, .text, .number: throw CopyOptions.needsColumns(name)
                }
            case "force_not_null": forceNotNull = try CopyOptions.columns(name, value)
            case "force_null": forceNull = try CopyOptions.columns(name, value)
            case "encoding": encoding = try CopyOptions.encoding(try CopyOptions.text(name, value))
            default:
                throw SQLError(.syntaxError, "option \"\(name)\" not recognized")
            }
        }
        if format == .binary, delimiterText != nil {
            throw SQLError(.syntaxError, "cannot specify DELIMITER in BINARY mode")
        }
        if format == .binary, nullText != nil {
            throw SQLError(.syntaxError, "cannot specify NULL in BINARY mode")
        }
        if format == .csv {
            delimiter = UInt8(ascii: ",")
            null = []
        }
        try setDelimiter(delimiterText, null: nullText)
        if format == .binary, header != .none {
            throw SQLError(.featureNotSupported, "cannot specify HEADER in BINARY mode")
        }
        try setQuotes(quoteText, escapeText)
        try checkForced(seen, isFrom: isFrom)
        if null.contains(delimiter) {
            throw SQLError(
                .featureNotSupported,
                "COPY delimiter must not appear in the NULL specification")
        }
        if format == .csv, null.contains(quote) {
            throw SQLError(
                .featureNotSupported,
                "CSV quote character must not appear in the NULL specification")
        }
    }

    private mutating func setDelimiter(
        _ delimiterText: String?, null nullText: String?
    ) throws(SQLError) {
        if let delimiterText {
            delimiter = try CopyOptions.byte(delimiterText, "delimiter")
            if delimiter == 10 || delimiter == 13 {
                throw SQLError(
                    .invalidParameterValue, "COPY delimiter cannot be newline or carriage return")
            }
        }
        if let nullText {
            null = Array(nullText.utf8)
            if null.contains(10) || null.contains(13) {
                throw SQLError(
                    .invalidParameterValue,
                    "COPY null representation cannot use newline or carriage return")
            }
        }
        if format == .text,
            "\\.abcdefghijklmnopqrstuvwxyz0123456789".utf8.contains(delimiter)
        {
            let shown = String(decoding: [delimiter], as: UTF8.self)
            throw SQLError(.invalidParameterValue, "COPY delimiter cannot be \"\(shown)\"")
        }
    }

    private static func byte(_ text: String, _ option: String) throws(SQLError) -> UInt8 {
        guard let first = text.utf8.first, text.utf8.count == 1 else {
            throw SQLError(
                .featureNotSupported, "COPY \(option) must be a single one-byte character")
        }
        return first
    }

    private mutating func setQuotes(
        _ quoteText: String?, _ escapeText: String?
    ) throws(SQLError) {
        if format != .csv, quoteText != nil { throw CopyOptions.onlyCSV("quote") }
        if let quoteText { quote = try CopyOptions.byte(quoteText, "quote") }
        if format == .csv, delimiter == quote {
            throw SQLError(
                .invalidParameterValue, "COPY delimiter and quote must be different")
        }
        escape = quote
        if format != .csv, escapeText != nil { throw CopyOptions.onlyCSV("escape") }
        if let escapeText { escape = try CopyOptions.byte(escapeText, "escape") }
    }

    private static func onlyCSV(_ option: String) -> SQLError {
        SQLError(.featureNotSupported, "COPY \(option) available only in CSV mode")
    }

    private func checkForced(_ seen: Set<String>, isFrom: Bool) throws(SQLError) {
        for (name, shown, isOfFrom) in [
            ("force_quote", "force quote", false), ("force_not_null", "force not null", true),
            ("force_null", "force null", true),
        ] where seen.contains(name) {
            if format != .csv { throw CopyOptions.onlyCSV(shown) }
            if isFrom != isOfFrom {
                throw SQLError(
                    .featureNotSupported,
                    "COPY \(shown) only available using COPY \(isOfFrom ? "FROM" : "TO")")
            }
        }
    }

    private static func text(_ name: String, _ value: Value) throws(SQLError) -> String {
        switch value {
        case .text(let text): return text
        case .number(let number): return String(number)
        case .none, .names, .star:
            throw SQLError(.syntaxError, "\(name) requires a parameter")
        }
    }

    private static func bool(_ name: String, _ value: Value) throws(SQLError) -> Bool {
        switch value {
        case .none: return true
        case .number(0): return false
        case .number(1): return true
        case .text(let text):
            switch text.lowercased() {
            case "true", "on": return true
            case "false", "off": return false
            default: break
            }
        case .number, .names, .star: break
        }
        throw SQLError(.syntaxError, "\(name) requires a Boolean value")
    }

    private static func header(_ value: Value, isFrom: Bool) throws(SQLError) -> Header {
        if case .text(let text) = value, text.lowercased() == "match" {
            if !isFrom {
                throw SQLError(
                    .featureNotSupported, "cannot use \"match\" with HEADER in COPY TO")
            }
            return .match
        }
        do {
            return try bool("header", value) ? .present : .none
        } catch {
            throw SQLError(.syntaxError, "header requires a Boolean value or \"match\"")
        }
    }

    private static func columns(_ name: String, _ value: Value) throws(SQLError) -> [String] {
        guard case .names(let names) = value else { throw needsColumns(name) }
        return names
    }

    private static func needsColumns(_ name: String) -> SQLError {
        SQLError(
            .invalidParameterValue, "argument to option \"\(name)\" must be a list of column names")
    }

    private static func encoding(_ name: String) throws(SQLError) -> CharacterEncoding? {
        guard let encoding = CharacterEncoding.named(name) else {
            throw SQLError(
                .invalidParameterValue,
                "argument to option \"encoding\" must be a valid encoding name")
        }
        return encoding.isUTF8 || encoding.isASCII ? nil : encoding
    }

    /// Between the file's encoding and the server's; nil: they are the same, or rows are binary.
    func conversion(isFrom: Bool) throws(SQLError) -> TextConversion? {
        guard let encoding, format != .binary else { return nil }
        return try isFrom
            ? TextConversion(from: encoding, to: .utf8) : TextConversion(from: .utf8, to: encoding)
    }
}
