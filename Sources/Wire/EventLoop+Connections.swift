internal import Base
internal import Session
internal import Synchronization
internal import System

/// Which connections are the loop's: they come, move to other loops and end; what other threads post.
extension EventLoop {
    func adopt(_ connection: Connection) {
        let limit = hub.configuration.authenticationTimeoutMilliseconds
        connection.idleDeadline = Instant.now().advanced(byMilliseconds: limit).nanoseconds
        add(connection)
    }

    /// A connection from which is to be read.
    func add(_ connection: Connection) {
        if let slot = freeSlots.popLast() {
            connection.slot = slot
            slots[slot] = connection
        } else {
            connection.slot = slots.count
            slots.append(connection)
        }
        if connection.idleDeadline != 0 { hasIdleDeadlines = true }
        poller.add(
            connection.socket.descriptor, token: UInt64(connection.slot), reading: true,
            writing: false)
    }

    func remove(_ connection: Connection) {
        poller.remove(connection.socket.descriptor)
        slots[connection.slot] = nil
        freeSlots.append(connection.slot)
        connection.slot = -1
    }

    /// Gives the connections that wait for their clients to `loops` in turn.
    func distribute(to loops: [EventLoop]) {
        var next = 0
        for case let connection? in slots where connection.isMovable {
            let target = loops[next % loops.count]
            next += 1
            if target === self { continue }
            remove(connection)
            connection.move(to: target)
            target.post(.moved(connection))
        }
    }

    /// Closes the socket and ends the session. Not while it is checked out.
    func drop(_ connection: Connection) {
        guard connection.slot >= 0 else { return }
        remove(connection)
        connection.endSession()
    }

    /// False when the loop is lost.
    func readInbox(_ thread: LoopThread) -> Bool {
        hasMail.store(false, ordering: .relaxed)
        let messages = lock.withLock {
            let messages = inbox
            inbox.removeAll()
            return messages
        }
        for message in messages {
            switch message {
            case .adopt(let connection): adopt(connection)
            case .returned(let connection, let result):
                connection.isCheckedOut = false
                let isBusy = connection.session?.isBusy ?? false
                connection.isReading = !isBusy
                poller.add(
                    connection.socket.descriptor, token: UInt64(connection.slot),
                    reading: connection.isReading, writing: false)
                finishRun(connection, result)
                if hub.isShuttingDown, connection.slot >= 0 { end(connection, .shutdown) }
            case .moved(let connection):
                add(connection)
                if hub.isShuttingDown { end(connection, .shutdown) }
                if connection.session?.waiter.isInterrupted ?? false { endInterrupted() }
                if connection.session?.isBusy ?? false { addToRound(connection) }
            case .distribute(let loops): distribute(to: loops)
            case .wakeTerminated: endInterrupted()
            case .mail(let connection): takeMail(connection)
            case .shutDown:
                for case let connection? in slots where !connection.isCheckedOut {
                    end(connection, .shutdown)
                }
            }
        }
        finishRound()
        return true
    }

    /// A session that runs, or is on its way to another loop, finds its mail by itself; an idle one
    /// goes through the round, which resumes it.
    func takeMail(_ connection: Connection) {
        let number = connection.loopNumber.load(ordering: .acquiring)
        if number != self.number {
            hub.loops[number].post(.mail(connection))
        } else if connection.slot >= 0, !connection.isCheckedOut, !connection.isEnding,
            !connection.isLingering
        {
            addToRound(connection)
        }
    }

    func end(_ connection: Connection, _ reason: Interrupt) {
        if connection.isEnding { return }
        connection.terminate(reason.error)
        addToRound(connection)
    }

    /// Idle sessions that pg_terminate_backend names.
    func endInterrupted() {
        for case let connection? in slots where !connection.isCheckedOut {
            guard let waiter = connection.session?.waiter, waiter.isInterrupted else { continue }
            do throws(SQLError) {
                try waiter.checkInterrupt()
            } catch {
                if error.severity == .fatal {
                    connection.terminate(error)
                    addToRound(connection)
                }
            }
        }
    }

    func checkIdleDeadlines() {
        let now = Instant.now().nanoseconds
        if now < idleCheck { return }
        idleCheck = now + 50_000_000
        hasIdleDeadlines = false
        for case let connection? in slots
        where !connection.isCheckedOut && connection.idleDeadline != 0 {
            if connection.idleDeadline > now {
                hasIdleDeadlines = true
            } else if connection.session != nil, !connection.isEnding {
                connection.idleDeadline = 0
                end(connection, .idleInTransactionTimeout)
            } else {
                drop(connection)
            }
        }
    }
}
