public import Base
internal import Synchronization
internal import System

/// A message on a channel, on its way to one who listens. Names and payloads are bytes.
public struct Notification: Sendable {
    public var channel: [UInt8]
    public var payload: [UInt8]
    /// The session that sent it.
    public var processID: Int32
    /// It may leave when the log is durable up to here.
    public var position = LogPosition.zero

    /// What it counts for while it waits.
    var sizeBytes: Int { channel.count + payload.count + 64 }
}

/// One session that listens: its channels, and what has come in for it.
public final class NotificationListener: @unchecked Sendable {
    // Safe to share: `hasMail` is atomic, `wake` is constant, the rest is used under the queue's
    // lock.
    fileprivate let database: OID
    fileprivate var channels: [[UInt8]] = []
    fileprivate var mail: [Notification] = []
    /// How many of `mail` are taken.
    fileprivate var takenCount = 0
    /// Has its session look for mail; called by the threads of others.
    fileprivate let wake: @Sendable () -> Void
    let hasMail = Atomic<Bool>(false)

    init(database: OID, wake: @escaping @Sendable () -> Void) {
        self.database = database
        self.wake = wake
    }
}

/// LISTEN and UNLISTEN, done at commit.
enum ListenAction {
    case listen([UInt8])
    case unlisten([UInt8])
    case unlistenAll
}

/// The server's listeners by channel, and what waits for them: NOTIFY's half that other sessions
/// see. A committing transaction puts its messages into the mail of every listener and wakes them.
public final class NotificationQueue: @unchecked Sendable {
    // Safe to share: everything is used under `lock`. It is held while a transaction that notifies
    // puts its commit record into the log's buffer, which does not wait for the disk.

    private struct Channel: Hashable {
        var database: OID
        var name: [UInt8]
    }

    private let lock = Lock()
    private var listeners: [Channel: [NotificationListener]] = [:]
    private var waitingBytes = 0
    private let waitingBytesMax: Int

    /// - Parameter waitingBytesMax: how much may wait for listeners that do not read; beyond it
    ///   transactions that notify fail.
    public init(waitingBytesMax: Int = 256 << 20) {
        self.waitingBytesMax = waitingBytesMax
    }

    /// How full it is, from 0 to 1.
    var usage: Double { lock.withLock { Double(waitingBytes) / Double(waitingBytesMax) } }

    /// Commits a transaction that listens or notifies: messages of different transactions arrive in
    /// the order of their commits, and a listener hears of every commit after its own.
    /// - Parameter commit: appends the commit record; returns what the messages must wait for.
    /// - Throws: 54000 before anything is committed.
    func commit(
        _ notifications: [Notification], _ actions: [ListenAction],
        database: OID, listener: NotificationListener?, commit: () -> LogPosition
    ) throws(SQLError) {
        let woken = try lock.withLock { () throws(SQLError) -> [NotificationListener] in
            if !notifications.isEmpty, waitingBytes >= waitingBytesMax {
                throw SQLError(
                    .programLimitExceeded, "too many notifications in the NOTIFY queue")
            }
            if let listener { for action in actions { apply(action, listener) } }
            let position = commit()
            return deliver(notifications, database, position)
        }
        for other in woken where other !== listener { other.wake() }
    }

    /// The listeners whose mail was empty before.
    private func deliver(
        _ notifications: [Notification], _ database: OID, _ position: LogPosition
    ) -> [NotificationListener] {
        var woken: [NotificationListener] = []
        for var notification in notifications {
            notification.position = position
            let channel = Channel(database: database, name: notification.channel)
            for listener in listeners[channel] ?? [] {
                listener.mail.append(notification)
                waitingBytes += notification.sizeBytes
                if !listener.hasMail.exchange(true, ordering: .releasing) {
                    woken.append(listener)
                }
            }
        }
        return woken
    }

    private func apply(_ action: ListenAction, _ listener: NotificationListener) {
        switch action {
        case .listen(let name):
            if listener.channels.contains(name) { return }
            listener.channels.append(name)
            listeners[Channel(database: listener.database, name: name), default: []]
                .append(listener)
        case .unlisten(let name):
            guard let index = listener.channels.firstIndex(of: name) else { return }
            listener.channels.remove(at: index)
            leave(name, listener)
        case .unlistenAll:
            for name in listener.channels { leave(name, listener) }
            listener.channels.removeAll()
        }
    }

    private func leave(_ name: [UInt8], _ listener: NotificationListener) {
        let channel = Channel(database: listener.database, name: name)
        listeners[channel]?.removeAll { $0 === listener }
        if listeners[channel]?.isEmpty == true { listeners[channel] = nil }
    }

    /// The channels of a listener, in the order of their LISTEN.
    func channels(of listener: NotificationListener) -> [[UInt8]] {
        lock.withLock { listener.channels }
    }

    /// The next message for a listener; nil: none is left. What it listens to no more is dropped.
    func take(_ listener: NotificationListener) -> Notification? {
        lock.withLock {
            while listener.takenCount < listener.mail.count {
                let next = listener.mail[listener.takenCount]
                listener.takenCount += 1
                waitingBytes -= next.sizeBytes
                if listener.channels.contains(next.channel) { return next }
            }
            empty(listener)
            return nil
        }
    }

    /// The listener's session ends.
    func remove(_ listener: NotificationListener) {
        lock.withLock {
            apply(.unlistenAll, listener)
            for notification in listener.mail[listener.takenCount...] {
                waitingBytes -= notification.sizeBytes
            }
            empty(listener)
        }
    }

    private func empty(_ listener: NotificationListener) {
        listener.mail.removeAll()
        listener.takenCount = 0
        listener.hasMail.store(false, ordering: .relaxed)
    }
}
