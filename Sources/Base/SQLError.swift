/// What PostgreSQL sends in an ErrorResponse or NoticeResponse (protocol chapter 55.8): the one
/// error type for bad input. One word in size, so that `throws(SQLError)` stays cheap.
public struct SQLError: Error, Sendable {
    public enum Severity: String, Sendable {
        case panic = "PANIC"
        case fatal = "FATAL"
        case error = "ERROR"
        case warning = "WARNING"
        case notice = "NOTICE"
        case info = "INFO"
        case log = "LOG"
        case debug = "DEBUG"
    }

    /// Every field of the message; nil fields are not sent.
    public struct Fields: Sendable {
        public var severity: Severity
        public var state: SQLState
        public var message: String
        public var detail: String?
        public var hint: String?
        /// 1-based position of the fault in the statement's text, in characters.
        public var position: Int?
        /// Position and text of a statement that the server made itself (a function's body).
        public var internalPosition: Int?
        public var internalQuery: String?
        /// The call stack of PL/pgSQL, COPY lines … ("CONTEXT").
        public var context: String?
        public var schemaName: String?
        public var tableName: String?
        public var columnName: String?
        public var dataTypeName: String?
        public var constraintName: String?
    }

    private final class Storage: Sendable {
        let fields: Fields
        init(_ fields: Fields) { self.fields = fields }
    }
    private var storage: Storage

    public init(_ state: SQLState, _ message: String, severity: Severity = .error) {
        storage = Storage(Fields(severity: severity, state: state, message: message))
    }

    public var fields: Fields { storage.fields }
    public var severity: Severity { storage.fields.severity }
    public var state: SQLState { storage.fields.state }
    public var message: String { storage.fields.message }

    /// A copy with some fields changed.
    public func with(_ change: (inout Fields) -> Void) -> SQLError {
        var fields = storage.fields
        change(&fields)
        var copy = self
        copy.storage = Storage(fields)
        return copy
    }

    public func detail(_ text: String) -> SQLError { with { $0.detail = text } }
    public func hint(_ text: String) -> SQLError { with { $0.hint = text } }
    public func context(_ text: String) -> SQLError { with { $0.context = text } }

    /// Sets the position unless a deeper layer already has; nil and negative positions mean unknown.
    public func at(position: Int?) -> SQLError {
        guard let position, position > 0, fields.position == nil else { return self }
        return with { $0.position = position }
    }

    /// The error of what is not built: 0A000, "<feature> is not supported".
    public static func notSupported(_ feature: String) -> SQLError {
        SQLError(.featureNotSupported, "\(feature) is not supported")
    }
}
