internal import Base
internal import CPgQuery

/// What the library's errors lack: SQLSTATE, hint and detail. Its messages and positions are
/// PostgreSQL's own, so the rest follows from the message.
extension Parser {
    static func stackDepthExceeded() -> SQLError {
        SQLError(.statementTooComplex, "stack depth limit exceeded")
            .hint(
                "Increase the configuration parameter \"max_stack_depth\" (currently 2048kB), "
                    + "after ensuring the platform's stack depth limit is adequate.")
    }

    static func sqlError(_ error: PgQueryError, in text: UnsafePointer<CChar>) -> SQLError {
        var message = error.message.map { String(cString: $0) } ?? "syntax error"
        if message.hasPrefix("trailing junk after ") {
            message = wholeJunk(message, position: Int(error.cursorpos), in: text)
        }
        let file = error.filename.map { String(cString: $0) } ?? ""
        let result = SQLError(sqlState(message, file: file), message)
            .at(position: Int(error.cursorpos))
        return result.with { fields in
            fields.hint = hint(message, file: file)
            fields.detail = detail(message)
        }
    }

    /// Later releases of PostgreSQL 15 than the library's report all of the junk behind a number, not
    /// its first character only.
    private static func wholeJunk(
        _ message: String, position: Int, in text: UnsafePointer<CChar>
    ) -> String {
        guard position > 0, message.hasSuffix("\""),
            let quote = message.dropLast().lastIndex(of: "\"")
        else { return message }
        let token = message[message.index(after: quote)...].dropLast()
        var index = 0
        var characters = 0
        while text[index] != 0 {
            if UInt8(bitPattern: text[index]) & 0xC0 != 0x80 { characters += 1 }
            if characters == position { break }
            index += 1
        }
        for byte in token.utf8 {
            guard UInt8(bitPattern: text[index]) == byte else { return message }
            index += 1
        }
        var rest: [UInt8] = []
        while Identifier.isContinuation(UInt8(bitPattern: text[index])) {
            rest.append(UInt8(bitPattern: text[index]))
            index += 1
        }
        return message.dropLast() + String(decoding: rest, as: UTF8.self) + "\""
    }

    private static func sqlState(_ message: String, file: String) -> SQLState {
        if let state = states[message] { return state }
        for (prefix, state) in statesByPrefix where message.hasPrefix(prefix) { return state }
        for (suffix, state) in statesBySuffix where message.hasSuffix(suffix) { return state }
        // The lexer's escapes; those of U&'' (parser.c) are syntax errors.
        if file.hasSuffix("scan.l"), message == "invalid Unicode escape" {
            return .invalidEscapeSequence
        }
        return .syntaxError
    }

    private static let states: [String: SQLState] = [
        "UNENCRYPTED PASSWORD is no longer supported": .featureNotSupported,
        "CREATE SCHEMA IF NOT EXISTS cannot include schema elements": .featureNotSupported,
        "MATCH PARTIAL not yet implemented": .featureNotSupported,
        "CREATE EXTENSION ... FROM is no longer supported": .featureNotSupported,
        "CREATE OR REPLACE CONSTRAINT TRIGGER is not supported": .featureNotSupported,
        "CREATE ASSERTION is not yet implemented": .featureNotSupported,
        "aggregates cannot have output arguments": .featureNotSupported,
        "WITH CHECK OPTION not supported on recursive views": .featureNotSupported,
        "UNIQUE predicate is not yet implemented": .featureNotSupported,
        "current database cannot be changed": .featureNotSupported,
        "an ordered-set aggregate with a VARIADIC direct argument must have one VARIADIC "
            + "aggregated argument of the same data type": .featureNotSupported,
        "modulus for hash partition provided more than once": .duplicateObject,
        "remainder for hash partition provided more than once": .duplicateObject,
        "precision for type float must be at least 1 bit": .invalidParameterValue,
        "precision for type float must be less than 54 bits": .invalidParameterValue,
        "frame start cannot be UNBOUNDED FOLLOWING": .windowingError,
        "frame end cannot be UNBOUNDED PRECEDING": .windowingError,
        "frame starting from following row cannot end with current row": .windowingError,
        "frame starting from current row cannot have preceding rows": .windowingError,
        "frame starting from following row cannot have preceding rows": .windowingError,
    ]

    private static let statesByPrefix: [(String, SQLState)] = [
        ("invalid byte sequence for encoding", .characterNotInRepertoire),
        ("column number must be in range from", .invalidParameterValue),
        ("a column list with SET", .featureNotSupported),
        ("role name \"", .reservedName),
    ]

    private static let statesBySuffix: [(String, SQLState)] = [
        (" constraints cannot be marked DEFERRABLE", .featureNotSupported),
        (" constraints cannot be marked NOT VALID", .featureNotSupported),
        (" constraints cannot be marked NO INHERIT", .featureNotSupported),
        (" cannot be used as a role name here", .reservedName),
    ]

    private static func hint(_ message: String, file: String) -> String? {
        switch message {
        case "UNENCRYPTED PASSWORD is no longer supported":
            return "Remove UNENCRYPTED to store the password in encrypted form instead."
        case "missing argument":
            return "Use NONE to denote the missing argument of a unary operator."
        case "LIMIT #,# syntax is not supported":
            return "Use separate LIMIT and OFFSET clauses."
        case "VALUES in FROM must have an alias":
            return "For example, FROM (VALUES ...) [AS] foo."
        case "subquery in FROM must have an alias":
            return "For example, FROM (SELECT ...) [AS] foo."
        default: break
        }
        if message.hasPrefix("unrecognized row security option") {
            return "Only PERMISSIVE or RESTRICTIVE policies are supported currently."
        }
        guard message.hasPrefix("invalid Unicode escape"),
            !message.hasPrefix("invalid Unicode escape value"),
            !message.hasPrefix("invalid Unicode escape character")
        else { return nil }
        return file.hasSuffix("scan.l")
            ? "Unicode escapes must be \\uXXXX or \\UXXXXXXXX."
            : "Unicode escapes must be \\XXXX or \\+XXXXXX."
    }

    private static func detail(_ message: String) -> String? {
        guard message.hasPrefix("invalid publication object list") else { return nil }
        return "One of TABLE or TABLES IN SCHEMA must be specified before a standalone table or "
            + "schema name."
    }
}
