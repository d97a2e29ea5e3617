internal import Base
internal import Session
internal import Synchronization
public import System

/// All event loops and the connections' registry: accepts, assigns, cancels, shuts down.
public final class Hub: @unchecked Sendable {
    // Safe to share: the registry is used under `lock`, counters are atomic, the rest is constant
    // after `start`.
    let configuration: WireConfiguration
    let threads = LoopThreads()
    private(set) var loops: [EventLoop] = []
    private let lock = Lock()
    private let becameEmpty = Condition()
    /// Sessions by process id: for cancelling. Guarded by `lock`.
    private var registry: [Int32: Connection] = [:]
    /// Connections whose statement runs outside its loop. Guarded by `lock`.
    private var checkedOut: [ObjectIdentifier: Connection] = [:]
    private var connectionCount = 0
    private var nextProcessID: Int32
    private let nextLoop = Atomic<Int>(0)
    /// All connections are on the first loop (`LoopBalance`).
    private let isPacked = Atomic<Bool>(false)
    private let apart = Atomic<Bool>(false)
    private let shutsDown = Atomic<Bool>(false)

    public init(_ configuration: WireConfiguration) {
        self.configuration = configuration
        nextProcessID = Signals.processID
        for number in 0..<max(configuration.loopCount, 1) {
            loops.append(EventLoop(number: number, hub: self))
        }
    }

    /// Starts the loops; the first accepts clients from `listeners`.
    public func start(_ listeners: [Listener]) {
        loops[0].listeners = listeners
        for loop in loops { threads.run(loop) }
        Thread.start(name: "monitor", stackSizeBytes: 256 << 10) { [self] in watchLoops() }
    }

    /// A listening socket that the loops share.
    public final class Listener: Sendable {
        let socket: ListeningSocket
        public init(_ socket: consuming ListeningSocket) { self.socket = socket }
        public var boundPort: UInt16 { socket.boundPort() }
    }

    // MARK: - Connections

    /// Takes every client that waits.
    func acceptClients(_ listener: Listener, on loop: EventLoop) {
        while let accepted = listener.socket.accept() {
            let count = isPacked.load(ordering: .relaxed) ? 1 : loops.count
            let number = nextLoop.add(1, ordering: .relaxed).oldValue % count
            let connection = Connection(accepted, loop: loops[number], hub: self)
            lock.withLock { connectionCount += 1 }
            if loops[number] === loop {
                loop.adopt(connection)
            } else {
                loops[number].post(.adopt(connection))
            }
        }
    }

    /// A process id and secret for a connection whose startup packet has come.
    func register(_ connection: Connection) throws(SQLError) -> (Int32, Int32) {
        if shutsDown.load(ordering: .relaxed) {
            throw SQLError(
                .cannotConnectNow, "the database system is shutting down", severity: .fatal)
        }
        return try lock.withLock { () throws(SQLError) in
            if registry.count >= configuration.connectionsMax {
                throw SQLError(
                    .tooManyConnections, "sorry, too many clients already", severity: .fatal)
            }
            repeat {
                nextProcessID = nextProcessID == .max ? 1 : nextProcessID + 1
            } while registry[nextProcessID] != nil
            return (nextProcessID, Int32(bitPattern: UInt32.random(in: .min ... .max)))
        }
    }

    /// From now on it can be cancelled.
    func publish(_ connection: Connection) {
        lock.withLock { registry[connection.processID] = connection }
    }

    func unregister(_ connection: Connection) {
        lock.withLock {
            if registry[connection.processID] === connection {
                registry[connection.processID] = nil
            }
            connectionCount -= 1
            if connectionCount == 0 { becameEmpty.broadcast() }
        }
    }

    func noteCheckedOut(_ connection: Connection) {
        lock.withLock { checkedOut[ObjectIdentifier(connection)] = connection }
    }

    func noteReturned(_ connection: Connection) {
        lock.withLock { checkedOut[ObjectIdentifier(connection)] = nil }
    }

    func cancel(processID: Int32, secret: Int32) {
        let connection = lock.withLock { registry[processID] }
        if let connection, connection.secret == secret {
            connection.startedSession?.waiter.interrupt(.cancel)
        }
    }

    /// pg_cancel_backend and pg_terminate_backend; false if there is no such session.
    public func interrupt(processID: Int32, _ reason: Interrupt) -> Bool {
        guard let connection = lock.withLock({ registry[processID] }) else { return false }
        connection.startedSession?.waiter.interrupt(reason)
        // To all: it may be on its way from one to another.
        if reason == .terminate { for loop in loops { loop.post(.wakeTerminated) } }
        return true
    }

    /// Has a session's loop deliver what other sessions sent to it.
    func wakeForMail(processID: Int32) {
        guard let connection = lock.withLock({ registry[processID] }) else { return }
        loops[connection.loopNumber.load(ordering: .acquiring)].post(.mail(connection))
    }

    public var sessionCount: Int { lock.withLock { registry.count } }

    // MARK: - Watching

    /// A statement that runs longer in its loop than this loses the loop to a spare thread.
    static let takeOverMilliseconds = 3

    /// The monitor thread: takes loops from long statements, ends statements that are out of time.
    private func watchLoops() {
        var seen = loops.map { _ in 0 }
        var balance = LoopBalance()
        var uses = loops.map(\.use)
        var windowStart = Instant.now().nanoseconds
        var pause = Hub.takeOverMilliseconds
        var sinceCheck = 0
        while true {
            Thread.sleep(milliseconds: pause)
            sinceCheck += pause
            var isActive = false
            for (index, loop) in loops.enumerated() {
                let ticket = loop.running.load(ordering: .acquiring)
                if ticket != 0 {
                    isActive = true
                    if seen[index] == ticket { loop.takeFrom(ticket: ticket) }
                } else if loop.takeActivity() {
                    isActive = true
                }
                seen[index] = ticket
            }
            let busy = lock.withLock { Array(checkedOut.values) }
            if !busy.isEmpty {
                isActive = true
                checkStatements(busy, disconnects: sinceCheck >= 1000)
            }
            if sinceCheck >= 1000 { sinceCheck = 0 }
            let now = Instant.now().nanoseconds
            if loops.count > 1, now - windowStart >= LoopBalance.windowNanoseconds {
                let newUses = loops.map(\.use)
                let move = balance.judge(
                    zip(newUses, uses).map { $0 - $1 }, window: now - windowStart, now: now)
                if let move { rearrange(move) }
                apart.store(balance.keepsApart, ordering: .relaxed)
                uses = newUses
                windowStart = now
            }
            // Nothing happens: look less often, so that an idle server stays asleep.
            pause = isActive ? Hub.takeOverMilliseconds : min(pause * 2, 24)
        }
    }

    /// Not private: tests call it.
    func rearrange(_ move: LoopBalance.Move) {
        switch move {
        case .pack:
            isPacked.store(true, ordering: .relaxed)
            for loop in loops.dropFirst() { loop.post(.distribute([loops[0]])) }
        case .spread:
            isPacked.store(false, ordering: .relaxed)
            loops[0].post(.distribute(loops))
        }
    }

    private func checkStatements(_ busy: [Connection], disconnects: Bool) {
        let now = Instant.now().nanoseconds
        for connection in busy {
            guard let session = connection.startedSession else { continue }
            let deadline = session.statementDeadline.load(ordering: .relaxed)
            if deadline != 0, deadline <= now { session.waiter.interrupt(.statementTimeout) }
            if disconnects, connection.socket.isHungUp() {
                session.waiter.interrupt(.terminate)
            }
        }
    }

    /// True while each loop should keep to a processor of its own.
    var keepsLoopsApart: Bool { apart.load(ordering: .relaxed) }

    /// A polling loop would take a core from one that works.
    func isAnotherLoopActive(than loop: EventLoop) -> Bool {
        loops.contains { $0 !== loop && $0.isAwake.load(ordering: .relaxed) }
    }

    // MARK: - Durability

    /// To be called when the log became durable further than any `flushLog` waited for.
    public func durablePositionAdvanced() {
        for loop in loops where loop.isWaitingForLog.load(ordering: .relaxed) { loop.wake() }
    }

    // MARK: - Shutdown

    /// Ends every session and waits until all are gone, or `milliseconds` have passed.
    public func shutDown(withinMilliseconds milliseconds: Int) {
        shutsDown.store(true, ordering: .relaxed)
        let deadline = Instant.now().advanced(byMilliseconds: milliseconds)
        let busy = lock.withLock { Array(checkedOut.values) }
        for connection in busy { connection.startedSession?.waiter.interrupt(.shutdown) }
        for loop in loops { loop.post(.shutDown) }
        lock.withLock {
            while connectionCount > 0 {
                if !becameEmpty.wait(lock, until: deadline) { break }
            }
        }
    }

    var isShuttingDown: Bool { shutsDown.load(ordering: .relaxed) }
}
