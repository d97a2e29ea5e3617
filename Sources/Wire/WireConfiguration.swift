public import Base
public import Protocol
public import Session
public import System

/// What the wire layer needs from the server around it.
public struct WireConfiguration: Sendable {
    /// One event loop a core, unless set otherwise (`loops`).
    public var loopCount = Thread.processorCount()
    /// How long a loop with a single active client polls before it sleeps; 0: never.
    public var busyPollMicroseconds = 20
    public var connectionsMax = 53_300
    public var authenticationTimeoutMilliseconds = 60_000

    /// Makes the session that a startup packet asks for, or throws FATAL.
    public var openSession: @Sendable (SessionRequest) throws(SQLError) -> Session
    /// Up to where the log is durable.
    public var durablePosition: @Sendable () -> LogPosition
    /// Makes the log durable up to a position, if it can at once; waits for a sync at most.
    public var flushLog: @Sendable (LogPosition) -> Void
    /// An error of a connection that has no session (yet).
    public var logError: @Sendable (SQLError) -> Void

    public init(
        openSession: @escaping @Sendable (SessionRequest) throws(SQLError) -> Session,
        durablePosition: @escaping @Sendable () -> LogPosition,
        flushLog: @escaping @Sendable (LogPosition) -> Void,
        logError: @escaping @Sendable (SQLError) -> Void
    ) {
        self.openSession = openSession
        self.durablePosition = durablePosition
        self.flushLog = flushLog
        self.logError = logError
    }
}

/// A client that wants a session.
public struct SessionRequest {
    public let parameters: [StartupPacket.Parameter]
    public let peer: PeerAddress
    /// What BackendKeyData tells: the session's number and the secret that cancels it.
    public let processID: Int32
    public let secret: Int32
    /// Where the session writes.
    public let output: OutputBuffer
}
