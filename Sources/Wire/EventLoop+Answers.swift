internal import Base
internal import Session
internal import Synchronization
internal import System

/// The end of a round: answers go out once the log is durable as far as they need it.
extension EventLoop {
    /// How long a client may still send after it was told why it ends.
    private static let lingerMilliseconds = 1000
    /// How long a client may take to read its last answer.
    private static let lastWordsMilliseconds = 5000

    /// Sends the answers that wait for nothing, then flushes the log once for all others.
    func finishRound() {
        if round.isEmpty, waiting.isEmpty { return }
        roundCount.add(1, ordering: .relaxed)
        var durable = hub.configuration.durablePosition()
        var position = sendAnswers(durable)
        if position > durable {
            syncCount.add(1, ordering: .relaxed)
            hub.configuration.flushLog(position)
            durable = hub.configuration.durablePosition()
            position = sendAnswers(durable)
        }
        isWaitingForLog.store(!waiting.isEmpty, ordering: .relaxed)
        // What became durable before the flag was set would wake nobody.
        if !waiting.isEmpty, hub.configuration.durablePosition() > durable { poller.wake() }
    }

    /// Sends what waits for nothing beyond `durable`; the rest is `waiting`, for the position
    /// returned.
    func sendAnswers(_ durable: LogPosition) -> LogPosition {
        swap(&waiting, &candidates)
        var position = LogPosition.zero
        while let connection = candidates.popLast() { answer(connection, durable, &position) }
        while let connection = round.popLast() { answer(connection, durable, &position) }
        return position
    }

    private func answer(
        _ connection: Connection, _ durable: LogPosition, _ position: inout LogPosition
    ) {
        let wanted = connection.waitPosition
        if wanted > durable, connection.slot >= 0, connection.hasOutput {
            position = max(position, wanted)
            waiting.append(connection)
        } else {
            connection.isInRound = false
            if connection.slot >= 0 { send(connection) }
        }
    }

    func send(_ connection: Connection) {
        switch connection.send() {
        case .lost: drop(connection)
        case .blocked:
            connection.isWaitingToWrite = true
            updateInterest(connection)
            if connection.isEnding { limitEnd(connection, EventLoop.lastWordsMilliseconds) }
        case .done:
            if connection.isEnding {
                if connection.endsWithError { linger(connection) } else { drop(connection) }
            } else if let session = connection.session, session.isBusy {
                resumable.append(connection)
                if connection.isReading { updateInterest(connection) }
            } else if !connection.isReading {
                updateInterest(connection)
            }
        }
    }

    func limitEnd(_ connection: Connection, _ milliseconds: Int) {
        connection.idleDeadline =
            Instant.now().advanced(byMilliseconds: milliseconds).nanoseconds
        hasIdleDeadlines = true
    }

    /// After the last words: waits for the client to close.
    func linger(_ connection: Connection) {
        connection.endSession()
        connection.socket.shutDownWriting()
        connection.isLingering = true
        limitEnd(connection, EventLoop.lingerMilliseconds)
        poller.modify(
            connection.socket.descriptor, token: UInt64(connection.slot), reading: true,
            writing: false)
    }

    /// A client that does not read is not read from.
    func updateInterest(_ connection: Connection) {
        let isBusy = connection.session?.isBusy ?? false
        connection.isReading = !connection.isWaitingToWrite && !isBusy && !connection.isEnding
        poller.modify(
            connection.socket.descriptor, token: UInt64(connection.slot),
            reading: connection.isReading, writing: connection.isWaitingToWrite)
    }
}
