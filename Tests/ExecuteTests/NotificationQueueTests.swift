import Base
import Testing

@testable import Execute

@Suite struct NotificationQueueTests {
    private let queue = NotificationQueue(waitingBytesMax: 10_000)

    private func session(_ number: Int32) -> SessionNotifications {
        SessionNotifications(queue, database: OID(5), processID: number)
    }

    private func send(_ session: SessionNotifications, _ payload: [UInt8]) throws -> Bool {
        var isCommitted = false
        try session.notify(channel: Array("c".utf8), payload: payload)
        try session.commit {
            isCommitted = true
            return LogPosition(7)
        }
        return isCommitted
    }

    @Test func aFullQueueFailsTransactionsBeforeTheyCommit() throws {
        let listener = session(1)
        let sender = session(2)
        listener.listen(Array("c".utf8))
        try listener.commit { .zero }
        #expect(try send(sender, Array(repeating: 1, count: 7000)))
        #expect(try send(sender, Array(repeating: 2, count: 7000)))
        #expect(queue.usage > 1)
        var isCommitted = false
        try sender.notify(channel: Array("c".utf8), payload: [])
        #expect(throws: SQLError.self) {
            try sender.commit {
                isCommitted = true
                return .zero
            }
        }
        #expect(!isCommitted)
        sender.abort()
        // Reading makes room.
        #expect(listener.hasMail)
        let first = listener.take()
        #expect(first?.payload.count == 7000 && first?.position == LogPosition(7))
        #expect(listener.take() != nil)
        #expect(listener.take() == nil)
        #expect(!listener.hasMail && queue.usage == 0)
        #expect(try send(sender, [3]))
    }

    @Test func aListenerThatEndsLeavesNothing() throws {
        let listener = session(1)
        listener.listen(Array("c".utf8))
        try listener.commit { .zero }
        let sender = session(2)
        #expect(try send(sender, [1, 2, 3]))
        #expect(queue.usage > 0)
        listener.close()
        #expect(queue.usage == 0)
        #expect(try send(sender, [1]))
        #expect(queue.usage == 0)
    }

    @Test func othersAreWokenOnceUntilTheyRead() throws {
        let listener = session(1)
        let counter = WakeCounter()
        listener.wake = { counter.count += 1 }
        listener.listen(Array("c".utf8))
        try listener.commit { .zero }
        let sender = session(2)
        #expect(try send(sender, [1]))
        #expect(try send(sender, [2]))
        #expect(counter.count == 1)
        while listener.take() != nil {}
        #expect(try send(sender, [3]))
        #expect(counter.count == 2)
        // Its own messages do not wake it: it looks by itself.
        #expect(try send(listener, [4]))
        while listener.take() != nil {}
        #expect(try send(listener, [5]))
        #expect(counter.count == 2)
    }

    private final class WakeCounter: @unchecked Sendable {
        var count = 0
    }
}
