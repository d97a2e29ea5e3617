internal import Base

/// How much of other transactions' work a transaction sees (PostgreSQL, Transaction Isolation).
public enum IsolationLevel: Int, Sendable {
    case readUncommitted
    case readCommitted
    case repeatableRead
    case serializable

    /// As transaction_isolation shows it.
    public var name: String {
        switch self {
        case .readUncommitted: "read uncommitted"
        case .readCommitted: "read committed"
        case .repeatableRead: "repeatable read"
        case .serializable: "serializable"
        }
    }

    public init?(name: String) {
        switch name {
        case "read uncommitted": self = .readUncommitted
        case "read committed": self = .readCommitted
        case "repeatable read": self = .repeatableRead
        case "serializable": self = .serializable
        default: return nil
        }
    }

    /// One snapshot for the whole transaction.
    var keepsSnapshot: Bool { rawValue >= IsolationLevel.repeatableRead.rawValue }
}

/// What BEGIN and SET TRANSACTION say; nil: the session's default, or unchanged.
public struct TransactionModes: Sendable {
    public var isolation: IsolationLevel?
    public var isReadOnly: Bool?
    public var isDeferrable: Bool?

    public init() {}
}
