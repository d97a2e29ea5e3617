internal import Base
internal import CPgQuery

/// What the library's errors lack: SQLSTATE, hint, detail.
extension Parser {
    static func stackDepthExceeded() -> SQLError {
        SQLError(.statementTooComplex, "stack depth limit exceeded")
            .hint(
                "Increase the configuration parameter \"max_stack_depth\" (currently 2048kB), "
                    + "after ensuring the platform's stack depth limit is adequate.")
    }

    static func sqlError(_ error: PgQueryError) -> SQLError {
        let message = error.message.map { String(cString: $0) } ?? "syntax error"
        return SQLError(.syntaxError, message).at(position: Int(error.cursorpos))
    }
}
