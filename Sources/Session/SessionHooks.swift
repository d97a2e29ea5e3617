public import Base

/// What a session reports to the server around it.
public struct SessionHooks: Sendable {
    /// An error that was sent to the client, with the statement's text (empty: none) for the log.
    public var logError: @Sendable (SQLError, UnsafeRawBufferPointer) -> Void
    /// A statement that took `microseconds`: for log_min_duration_statement.
    public var logDuration: @Sendable (_ microseconds: Int, UnsafeRawBufferPointer) -> Void

    public init(
        logError: @escaping @Sendable (SQLError, UnsafeRawBufferPointer) -> Void,
        logDuration: @escaping @Sendable (_ microseconds: Int, UnsafeRawBufferPointer) -> Void
    ) {
        self.logError = logError
        self.logDuration = logDuration
    }

    /// Reports nothing.
    public static let silent = SessionHooks(logError: { _, _ in }, logDuration: { _, _ in })
}
