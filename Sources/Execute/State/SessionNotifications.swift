public import Base
internal import Synchronization

/// NOTIFY and LISTEN of one session: what its transaction has asked for, which happens at commit,
/// and the way to its mail. Belongs to the session's thread.
public final class SessionNotifications {
    private let queue: NotificationQueue
    private let database: OID
    private let processID: Int32
    /// Messages of the transaction, each once, in order.
    @exclusivity(unchecked) private var messages: [Notification] = []
    @exclusivity(unchecked) private var known: Set<Message> = []
    @exclusivity(unchecked) private var actions: [ListenAction] = []
    @exclusivity(unchecked) private var listener: NotificationListener?

    /// Has this session look for mail while it is idle: called by the threads of others. Set once,
    /// by the layer that knows where the session runs.
    @exclusivity(unchecked) public var wake: @Sendable () -> Void = {}

    private struct Message: Hashable {
        var channel: [UInt8]
        var payload: [UInt8]
    }

    /// What a savepoint goes back to.
    struct Mark {
        var messageCount: Int
        var actionCount: Int
    }

    private static let channelBytesMax = 63
    private static let payloadBytesMax = 7999

    init(_ queue: NotificationQueue, database: OID, processID: Int32) {
        self.queue = queue
        self.database = database
        self.processID = processID
    }

    // MARK: Statements

    /// NOTIFY. A message that the transaction has already sent is not sent twice.
    /// - Throws: 22023.
    public func notify(channel: [UInt8], payload: [UInt8]) throws(SQLError) {
        if channel.isEmpty {
            throw SQLError(.invalidParameterValue, "channel name cannot be empty")
        }
        if channel.count > SessionNotifications.channelBytesMax {
            throw SQLError(.invalidParameterValue, "channel name too long")
        }
        if payload.count > SessionNotifications.payloadBytesMax {
            throw SQLError(.invalidParameterValue, "payload string too long")
        }
        if known.insert(Message(channel: channel, payload: payload)).inserted {
            messages.append(
                Notification(channel: channel, payload: payload, processID: processID))
        }
    }

    public func listen(_ channel: [UInt8]) { actions.append(.listen(channel)) }

    /// Nil is all channels.
    public func unlisten(_ channel: [UInt8]?) {
        // Who listens to nothing, now or after its commit, has nothing to end.
        if listener == nil, actions.isEmpty { return }
        actions.append(channel.map { .unlisten($0) } ?? .unlistenAll)
    }

    /// pg_listening_channels(): those of committed LISTENs.
    public var channels: [[UInt8]] { listener.map { queue.channels(of: $0) } ?? [] }

    /// pg_notification_queue_usage().
    public var queueUsage: Double { queue.usage }

    // MARK: Transactions

    /// True if the transaction has something to do at its commit.
    var isPending: Bool { !messages.isEmpty || !actions.isEmpty }

    var mark: Mark { Mark(messageCount: messages.count, actionCount: actions.count) }

    func rollback(to mark: Mark) {
        for message in messages[mark.messageCount...] {
            known.remove(Message(channel: message.channel, payload: message.payload))
        }
        messages.removeLast(messages.count - mark.messageCount)
        actions.removeLast(actions.count - mark.actionCount)
    }

    /// - Throws: 54000, and then nothing is committed.
    func commit(_ commit: () -> LogPosition) throws(SQLError) {
        if listener == nil, !actions.isEmpty {
            listener = NotificationListener(database: database, wake: wake)
        }
        try queue.commit(
            messages, actions, database: database, listener: listener, commit: commit)
        abort()
    }

    /// Forgets what the transaction asked for.
    func abort() {
        if !isPending { return }
        messages.removeAll()
        known.removeAll()
        actions.removeAll()
    }

    // MARK: Mail

    /// True if something waits to be delivered to the client.
    public var hasMail: Bool { listener?.hasMail.load(ordering: .acquiring) ?? false }

    /// The next message; nil: none is left.
    public func take() -> Notification? { listener.flatMap { queue.take($0) } }

    /// The session ends.
    func close() {
        if let listener { queue.remove(listener) }
        listener = nil
    }
}
