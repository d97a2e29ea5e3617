internal import Base
internal import Functions
internal import Types

/// pg_notify, pg_listening_channels and pg_notification_queue_usage (chapter 9.26.1, NOTIFY).
extension HostedFunctions {
    func notification(_ function: HostedFunction) -> FunctionCall.Hosted {
        let session = run.session
        let context = run.context
        switch function {
        case .notify:
            return { (arguments) throws(SQLError) in
                func bytes(_ value: Datum) -> [UInt8] { value.isNull ? [] : value.view.bytes }
                try session.notifications.notify(
                    channel: bytes(arguments[0]), payload: bytes(arguments[1]))
                return Datum(view: ByteView())
            }
        case .listeningChannels:
            return { (_) throws(SQLError) in
                let arena = context.stateArena
                let channels = session.notifications.channels.map { name in
                    name.withUnsafeBytes { Datum(view: ByteView(copying: $0, into: arena)) }
                }
                return Datum(
                    view: ArrayBinary.make(channels, element: .text, arena: arena))
            }
        default:
            return { (_) throws(SQLError) in Datum(session.notifications.queueUsage) }
        }
    }
}
