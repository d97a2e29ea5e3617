internal import Base
internal import Protocol
internal import Session
internal import Synchronization
internal import System

/// One client's socket and what is between it and the session: bytes not yet understood, bytes not
/// yet sent. Run by its loop's thread, or, checked out, by the thread that runs its statement.
final class Connection: @unchecked Sendable {
    // Safe to share: every field belongs to the loop that owns the connection, or to the thread it
    // is checked out to; hand-over goes through the loop's `running` word and inbox, which order
    // memory. Others find a session that has started through `startedSession` or the registry.

    enum RunResult {
        /// All that was read is done.
        case idle
        /// The session has more rows than its output holds.
        case outputFull
        /// Nothing more is to be read: flush and close.
        case ended
        /// The client is gone.
        case lost
    }

    let socket: Socket
    let peer: PeerAddress
    unowned let hub: Hub
    @exclusivity(unchecked) private var decoder = FrontendDecoder()
    /// Bytes of a message that is not complete, or that the session has no room to answer.
    @exclusivity(unchecked) private var input = ByteBuffer(capacityBytes: 16)
    let output = OutputBuffer()
    /// Bytes of `output` that are sent.
    @exclusivity(unchecked) private var sentCount = 0
    @exclusivity(unchecked) private(set) var session: Session?
    @exclusivity(unchecked) private(set) var processID: Int32 = 0
    @exclusivity(unchecked) private(set) var secret: Int32 = 0

    /// The loop that it belongs to, and its place there.
    @exclusivity(unchecked) unowned private(set) var loop: EventLoop
    /// The loop's number, for other threads.
    let loopNumber: Atomic<Int>
    @exclusivity(unchecked) var slot = -1
    @exclusivity(unchecked) var isCheckedOut = false
    @exclusivity(unchecked) var isInRound = false
    @exclusivity(unchecked) var isWaitingToWrite = false
    @exclusivity(unchecked) var isReading = true
    /// To be closed once its output is sent.
    @exclusivity(unchecked) var isEnding = false
    /// Ended by an error that the client is to see: closing with unread bytes would make the kernel
    /// throw it away, so what the client still sends is read and dropped, for a moment.
    @exclusivity(unchecked) var isLingering = false
    @exclusivity(unchecked) private(set) var endsWithError = false
    /// When an idle connection is ended; 0: never.
    @exclusivity(unchecked) var idleDeadline: UInt64 = 0
    /// The session is there and stays.
    private let isStarted = Atomic<Bool>(false)

    init(_ accepted: consuming AcceptedSocket, loop: EventLoop, hub: Hub) {
        peer = accepted.peer
        socket = accepted.takeSocket()
        self.loop = loop
        loopNumber = Atomic(loop.number)
        self.hub = hub
    }

    /// By the loop that it leaves, once it has no place there.
    func move(to target: EventLoop) {
        loop = target
        loopNumber.store(target.number, ordering: .releasing)
    }

    /// For threads that the connection does not belong to.
    var startedSession: Session? { isStarted.load(ordering: .acquiring) ? session : nil }

    /// True if it may go to another loop: nothing is under way but its client's next message.
    var isMovable: Bool {
        session != nil && isReading && !isCheckedOut && !isInRound && !isEnding && !isLingering
    }

    // MARK: - Input

    /// Drops what the client sends; false when it has closed.
    func readAndDrop(_ scratch: UnsafeMutableRawBufferPointer) -> Bool {
        socket.read(into: scratch) != .closed
    }

    /// Reads once and runs what is complete. `scratch` belongs to the thread.
    func readAndRun(_ scratch: UnsafeMutableRawBufferPointer) -> RunResult {
        let count: Int
        switch socket.read(into: scratch) {
        case .wouldBlock: return .idle
        case .closed: return .lost
        case .transferred(let transferred): count = transferred
        }
        let bytes = UnsafeRawBufferPointer(rebasing: scratch[..<count])
        if input.count > 0 {
            input.append(contentsOf: bytes)
            return runInput()
        }
        var consumed = 0
        let result = run(bytes, &consumed)
        if consumed < count, result != .ended {
            input.append(contentsOf: UnsafeRawBufferPointer(rebasing: bytes[consumed...]))
        }
        return result
    }

    /// Goes on with a session that had no room, then with the messages that waited for it.
    func resume() -> RunResult {
        guard let session else { return .idle }
        switch session.resume() {
        case .needsInput: return runInput()
        case .outputFull: return .outputFull
        case .ended: return .ended
        }
    }

    private func runInput() -> RunResult {
        var consumed = 0
        let result = input.withBytes { run($0, &consumed) }
        input.removeFirst(consumed)
        if input.count == 0 { input.removeAll(keeping: 16) }
        return result
    }

    @inline(__always)
    private func nextFrame(
        _ bytes: UnsafeRawBufferPointer, _ consumed: Int
    ) throws(SQLError) -> FrontendDecoder.Frame {
        if consumed == bytes.count { return .incomplete(byteCount: 0) }
        return try decoder.nextFrame(UnsafeRawBufferPointer(rebasing: bytes[consumed...]))
    }

    /// Runs the complete messages of `bytes`.
    private func run(_ bytes: UnsafeRawBufferPointer, _ consumed: inout Int) -> RunResult {
        do throws(SQLError) {
            while session == nil {
                guard case .startup(let body, let byteCount) = try nextFrame(bytes, consumed)
                else { return .idle }
                consumed += byteCount
                if try !start(body) { return .ended }
            }
            guard let session else { return .ended }
            while case .message(let type, let body, let byteCount) = try nextFrame(bytes, consumed) {
                consumed += byteCount
                switch session.receive(type, body) {
                case .needsInput: break
                case .outputFull: return .outputFull
                case .ended: return .ended
                }
            }
            return .idle
        } catch {
            endsWithError = true
            if let session {
                _ = session.terminate(error)
            } else {
                hub.configuration.logError(error)
                output.bytes.append(error)
            }
            return .ended
        }
    }

    /// A packet of the startup phase; false when the connection is to end.
    private func start(_ body: UnsafeRawBufferPointer) throws(SQLError) -> Bool {
        switch try StartupPacket(body) {
        case .sslRequest, .gssEncryptionRequest:
            output.bytes.append(UInt8(ascii: "N"))
            return true
        case .cancel(let processID, let secret):
            hub.cancel(processID: processID, secret: secret)
            return false
        case .startup(let minorVersion, let parameters, let extensions):
            if minorVersion > 0 || !extensions.isEmpty {
                output.bytes.appendNegotiateProtocolVersion(unknownOptions: extensions)
            }
            (processID, secret) = try hub.register(self)
            let session = try hub.configuration.openSession(
                SessionRequest(
                    parameters: parameters, peer: peer, processID: processID, secret: secret,
                    output: output))
            self.session = session
            session.waiter.willBlock = { [unowned self] in loop.giveAway(self) }
            session.wakeForMail { [unowned hub, processID] in
                hub.wakeForMail(processID: processID)
            }
            isStarted.store(true, ordering: .releasing)
            hub.publish(self)
            decoder.phase = .messages
            idleDeadline = 0
            session.greet(processID: processID, secret: secret)
            return true
        }
    }

    // MARK: - Output

    enum SendResult {
        case done
        case blocked
        case lost
    }

    var hasOutput: Bool { output.byteCount > sentCount }

    /// Sends what the socket takes. The caller has seen to it that the log is durable enough.
    func send() -> SendResult {
        while hasOutput {
            let outcome = output.bytes.withBytes { bytes in
                socket.write(UnsafeRawBufferPointer(rebasing: bytes[sentCount...]))
            }
            switch outcome {
            case .transferred(let count): sentCount += count
            case .wouldBlock: return .blocked
            case .closed: return .lost
            }
        }
        sentCount = 0
        output.bytes.removeAll(keeping: OutputBuffer.keptBytesMax)
        return .done
    }

    var waitPosition: LogPosition { session?.waitPosition ?? .zero }

    // MARK: - End

    /// Ends the session with an error for the client: shutdown, timeouts.
    func terminate(_ error: SQLError) {
        endsWithError = true
        if let session {
            _ = session.terminate(error)
        } else {
            output.bytes.append(error)
        }
        isEnding = true
    }

    @exclusivity(unchecked) private var hasEndedSession = false

    /// Idempotent.
    func endSession() {
        if hasEndedSession { return }
        hasEndedSession = true
        session?.end()
        session?.waiter.willBlock = nil
        hub.unregister(self)
    }

    /// When the loop has to end this idle connection, from the session's settings.
    func updateIdleDeadline() {
        guard let session else { return }
        let milliseconds = session.idleTimeoutMilliseconds
        if milliseconds == 0 {
            idleDeadline = 0
        } else {
            idleDeadline = Instant.now().advanced(byMilliseconds: milliseconds).nanoseconds
        }
    }
}
