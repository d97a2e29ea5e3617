internal import Base
internal import Session
internal import Synchronization
internal import System

/// One core's event loop: its connections, run inline.
///
///     round: inbox → wait → for each ready socket: read, run → flush the log once → send all
///
/// The loop belongs to the thread that runs it, the owner. While the owner runs a session, `running`
/// holds that run's ticket; whoever sets it from the ticket to 0 owns the loop from then on:
///
/// - the owner itself, when the run is over: all goes on;
/// - the owner, when the session must block (`giveAway`): a spare thread gets the loop;
/// - the monitor, when the run takes too long (`takeFrom`): a spare thread gets the loop.
///
/// In the last two cases the connection is checked out: it belongs to the thread that runs its
/// statement, which returns it through the inbox.
final class EventLoop: @unchecked Sendable {
    // Safe to share: the inbox is used under `lock`; everything else belongs to the owner, and
    // ownership passes through `running` (acquire, release) or the thread pool's lock.

    enum Message {
        case adopt(Connection)
        /// A checked-out connection comes back, with what its run came to.
        case returned(Connection, Connection.RunResult)
        /// A connection that another loop gave away.
        case moved(Connection)
        /// The connections go to these loops in turn, which may include this one.
        case distribute([EventLoop])
        case wakeTerminated
        /// Notifications have come in for its session.
        case mail(Connection)
        case shutDown
    }

    let number: Int
    unowned let hub: Hub
    let poller = Poller()
    @exclusivity(unchecked) var listeners: [Hub.Listener] = []
    private static let listenerToken: UInt64 = 1 << 32

    @exclusivity(unchecked) var slots: [Connection?] = []
    @exclusivity(unchecked) var freeSlots: [Int] = []
    /// Connections that may have something to send at the end of the round.
    @exclusivity(unchecked) var round: [Connection] = []
    /// Connections that wait for the log: after a round, when it could not be flushed that far.
    @exclusivity(unchecked) var waiting: [Connection] = []
    /// Those whose answers are looked at; empty between rounds.
    @exclusivity(unchecked) var candidates: [Connection] = []
    /// Busy sessions whose output was sent: they go on in the next round.
    @exclusivity(unchecked) var resumable: [Connection] = []
    let isWaitingForLog = Atomic<Bool>(false)

    let lock = Lock()
    @exclusivity(unchecked) var inbox: [Message] = []
    let hasMail = Atomic<Bool>(false)

    let running = Atomic<Int>(0)
    @exclusivity(unchecked) private var ticket = 0
    @exclusivity(unchecked) private var current: Connection?
    /// Set by every round, for the monitor.
    private let wasActive = Atomic<Bool>(false)
    // For the monitor, which moves connections by them.
    private let busyNanoseconds = Atomic<UInt64>(0)
    let roundCount = Atomic<Int>(0)
    let syncCount = Atomic<Int>(0)
    private let handOffCount = Atomic<Int>(0)
    /// Rounds until the thread's clock is read again: a system call.
    @exclusivity(unchecked) private var roundsToClock = 0
    private static let roundsPerClock = 16
    /// False while it waits for events.
    let isAwake = Atomic<Bool>(false)
    @exclusivity(unchecked) private var isStarted = false
    /// When idle deadlines were looked at last, in nanoseconds.
    @exclusivity(unchecked) var idleCheck: UInt64 = 0
    @exclusivity(unchecked) var hasIdleDeadlines = false
    /// The one connection of late, and for how many rounds there was no other.
    @exclusivity(unchecked) private var lastConnection: ObjectIdentifier?
    @exclusivity(unchecked) private var loneRounds = 0

    init(number: Int, hub: Hub) {
        self.number = number
        self.hub = hub
    }

    // MARK: - Other threads

    func wake() { poller.wake() }

    func post(_ message: Message) {
        lock.withLock { inbox.append(message) }
        hasMail.store(true, ordering: .releasing)
        poller.wake()
    }

    /// True if the loop did something since the last call.
    func takeActivity() -> Bool {
        if !wasActive.load(ordering: .relaxed) { return false }
        wasActive.store(false, ordering: .relaxed)
        return true
    }

    /// What it did since the start.
    var use: LoopBalance.Use {
        LoopBalance.Use(
            busyNanoseconds: busyNanoseconds.load(ordering: .relaxed),
            roundCount: roundCount.load(ordering: .relaxed),
            syncCount: syncCount.load(ordering: .relaxed),
            handOffCount: handOffCount.load(ordering: .relaxed))
    }

    /// The monitor takes the loop from a long run.
    func takeFrom(ticket: Int) {
        if running.compareExchange(
            expected: ticket, desired: 0, ordering: .acquiringAndReleasing
        ).exchanged, let connection = current {
            checkOut(connection)
        }
    }

    // MARK: - Owner

    /// The session that this loop runs is about to block: the loop goes to a spare thread. Called on
    /// the session's thread, once or again in one run.
    func giveAway(_ connection: Connection) {
        let ticket = running.load(ordering: .relaxed)
        if connection.isCheckedOut || ticket == 0 { return }
        if running.compareExchange(
            expected: ticket, desired: 0, ordering: .acquiringAndReleasing
        ).exchanged {
            checkOut(connection)
        }
    }

    /// By the owner: `connection` stays with its thread, the loop goes to another.
    private func checkOut(_ connection: Connection) {
        connection.isCheckedOut = true
        poller.remove(connection.socket.descriptor)
        current = nil
        handOffCount.add(1, ordering: .relaxed)
        hub.noteCheckedOut(connection)
        hub.threads.run(self)
    }

    /// Runs the loop until it is lost to another thread.
    func run(on thread: LoopThread) {
        thread.restartClock()
        if !isStarted {
            isStarted = true
            for (index, listener) in listeners.enumerated() {
                poller.add(
                    listener.socket.descriptor, token: EventLoop.listenerToken + UInt64(index),
                    reading: true, writing: false)
            }
        }
        while true {
            if hasMail.load(ordering: .acquiring), !readInbox(thread) { return }
            if !resumable.isEmpty, !resumeSessions(thread) { return }
            var isLost = false
            let ready = waitForEvents { [unowned self] readiness in
                if handle(readiness, thread) { return true }
                isLost = true
                return false
            }
            if isLost { return }
            if ready > 0 { wasActive.store(true, ordering: .relaxed) }
            finishRound()
            if hasIdleDeadlines { checkIdleDeadlines() }
            roundsToClock -= 1
            if roundsToClock <= 0 {
                roundsToClock = EventLoop.roundsPerClock
                busyNanoseconds.add(thread.clock(), ordering: .relaxed)
                thread.keep(processor: hub.keepsLoopsApart ? number : nil)
            }
        }
    }

    private func waitForEvents(_ body: (Readiness) -> Bool) -> Int {
        if !resumable.isEmpty || !round.isEmpty { return poller.wait(milliseconds: 0, body) }
        let microseconds = hub.configuration.busyPollMicroseconds
        if microseconds > 0, loneRounds > 8, !hub.isAnotherLoopActive(than: self) {
            let start = Instant.now()
            repeat {
                let count = poller.wait(milliseconds: 0, body)
                if count > 0 { return count }
            } while Instant.now().microseconds(since: start) < microseconds
        }
        isAwake.store(false, ordering: .relaxed)
        return poller.wait(milliseconds: hasIdleDeadlines ? 100 : -1) { readiness in
            isAwake.store(true, ordering: .relaxed)
            return body(readiness)
        }
    }

    /// One ready descriptor; false when the loop is lost.
    private func handle(_ readiness: Readiness, _ thread: LoopThread) -> Bool {
        if readiness.token >= EventLoop.listenerToken {
            let index = Int(readiness.token - EventLoop.listenerToken)
            hub.acceptClients(listeners[index], on: self)
            return true
        }
        guard let connection = slots[Int(readiness.token)] else { return true }
        let identity = ObjectIdentifier(connection)
        if identity == lastConnection {
            loneRounds += 1
        } else {
            lastConnection = identity
            loneRounds = 0
        }
        if readiness.isWritable, connection.isWaitingToWrite {
            connection.isWaitingToWrite = false
            updateInterest(connection)
            addToRound(connection)
        }
        if readiness.isHungUp, !readiness.isReadable {
            drop(connection)
            return true
        }
        if connection.isLingering {
            if !connection.readAndDrop(thread.scratch) { drop(connection) }
            return true
        }
        guard readiness.isReadable, connection.isReading else { return true }
        return run(connection, thread) { $0.readAndRun($1) }
    }

    /// Runs a connection's session; false when the loop is lost meanwhile.
    private func run(
        _ connection: Connection, _ thread: LoopThread,
        _ body: (Connection, UnsafeMutableRawBufferPointer) -> Connection.RunResult
    ) -> Bool {
        ticket += 1
        let ownTicket = ticket
        current = connection
        running.store(ownTicket, ordering: .releasing)
        let result = body(connection, thread.scratch)
        if running.compareExchange(
            expected: ownTicket, desired: 0, ordering: .acquiringAndReleasing
        ).exchanged {
            current = nil
            finishRun(connection, result)
            return true
        }
        finishCheckedOut(connection, result)
        return false
    }

    /// On the statement's thread, without the loop: sends what it can itself, then goes back.
    private func finishCheckedOut(_ connection: Connection, _ first: Connection.RunResult) {
        var result = first
        while result == .outputFull {
            if connection.waitPosition > hub.configuration.durablePosition() {
                hub.configuration.flushLog(connection.waitPosition)
            }
            if connection.waitPosition > hub.configuration.durablePosition() { break }
            let sent = connection.send()
            if sent == .lost { result = .lost }
            if sent != .done { break }
            result = connection.resume()
        }
        // What waits for nothing need not wait for the loop either.
        if result == .idle, connection.hasOutput,
            connection.waitPosition <= hub.configuration.durablePosition(),
            connection.send() == .lost
        {
            result = .lost
        }
        hub.noteReturned(connection)
        post(.returned(connection, result))
    }

    /// What a run's result means for the connection.
    func finishRun(_ connection: Connection, _ result: Connection.RunResult) {
        switch result {
        case .lost:
            drop(connection)
            return
        case .ended: connection.isEnding = true
        case .outputFull: break
        case .idle: break
        }
        connection.updateIdleDeadline()
        if connection.idleDeadline != 0 { hasIdleDeadlines = true }
        addToRound(connection)
    }

    func addToRound(_ connection: Connection) {
        if connection.isInRound { return }
        connection.isInRound = true
        round.append(connection)
    }

    private func resumeSessions(_ thread: LoopThread) -> Bool {
        while let connection = resumable.popLast() {
            if connection.slot < 0 || connection.isCheckedOut { continue }
            if !run(connection, thread, { connection, _ in connection.resume() }) { return false }
        }
        return true
    }
}
