internal import Base
internal import Execute
internal import Protocol

/// NotificationResponse: what other sessions, or this one, have sent to channels that it listens to.
extension Session {
    /// - Parameter wake: has the idle session resumed; called by the threads of other sessions.
    public func wakeForMail(_ wake: @escaping @Sendable () -> Void) {
        state.notifications.wake = wake
    }

    /// True if there is mail that the client may have now: not inside a transaction.
    var hasDeliverableMail: Bool {
        block == .none && state.notifications.hasMail
    }

    /// Sends the mail as far as the output has room. The rest follows when the client has read.
    func deliverNotifications() {
        guard hasDeliverableMail else { return }
        while !output.isFull, let notification = state.notifications.take() {
            output.bytes.appendNotification(
                processID: notification.processID, channel: notification.channel,
                payload: notification.payload)
            state.waitFor(notification.position)
        }
    }
}
