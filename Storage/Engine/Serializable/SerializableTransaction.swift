public import Base
internal import Synchronization
internal import System

/// A serializable transaction as others see it: what it has read, and with whom it is in conflict.
///
/// It lives from its snapshot until no transaction is left that ran beside it, which is later than its
/// end: what it has read may yet be changed by one of those.
public final class SerializableTransaction: @unchecked Sendable {
    // Safe to share: everything that changes is used under the tracker's lock, but for `isFree` and
    // `isDecided`, which are atomic, and `failure`, which is its own session's.

    enum State {
        case active
        /// About to commit: it can not be made to fail any more.
        case prepared
        case committed
        case aborted
    }
    /// Of a READ ONLY one: whether its snapshot can be part of an anomaly at all.
    enum Safety {
        case unknown
        case safe
        case unsafe
    }

    let tracker: SerializableTracker
    let transaction: Transaction
    /// What it sees: commits at or below.
    public let horizon: LogPosition
    /// Declared so from the start.
    let isDeclaredReadOnly: Bool
    /// When it began, was sure to commit, and had committed, by the tracker's clock.
    let startTick: UInt64
    var prepareTick: UInt64 = .max
    var commitTick: UInt64 = .max
    /// The commit record; nil while there is none.
    var position: LogPosition?
    var state = State.active
    var hasWritten = false
    /// A conflict with it made it the one to fail; it hears of that at its next step.
    var isDoomed = false

    /// Those that have read what this one has changed since, and those that have changed what this
    /// one has read.
    var readers: [SerializableTransaction] = []
    var changers: [SerializableTransaction] = []
    /// The same of transactions that are known in summary only.
    var hasOldReader = false
    var hasOldChanger = false
    /// Of a committed one: the first commit among its changers, if any came before its own.
    var earliestChange: LogPosition?
    var reads: [GenerationID: ReadSet] = [:]

    /// READ ONLY: those whose end will tell whether its snapshot is safe; and the other way round.
    var awaited: [SerializableTransaction] = []
    var watchers: [SerializableTransaction] = []
    var safety = Safety.unknown
    /// Its snapshot is safe: nothing has to be noted any more.
    let isFree = Atomic<Bool>(false)
    /// `safety` is known.
    let isDecided = Atomic<Bool>(false)
    /// DEFERRABLE: its session waits for that.
    var waitsForSafety = false

    /// What a write has run into; the statement's end throws it.
    var failure: SQLError?

    init(
        tracker: SerializableTracker, transaction: Transaction, horizon: LogPosition,
        isReadOnly: Bool, startTick: UInt64
    ) {
        self.tracker = tracker
        self.transaction = transaction
        self.horizon = horizon
        isDeclaredReadOnly = isReadOnly
        self.startTick = startTick
    }

    var isCommitted: Bool { state == .committed }
    /// It commits for certain.
    var isPrepared: Bool { state == .prepared || state == .committed }
    /// It was declared so, or has ended without a change.
    var isReadOnly: Bool { isDeclaredReadOnly || (state == .committed && !hasWritten) }

    /// - Throws: 40001 if a write of the statement has run into a conflict, or another transaction's.
    public func check() throws(SQLError) {
        if let failure { throw failure }
    }

    /// PostgreSQL's message.
    static func failure(_ reason: String) -> SQLError {
        SQLError(
            .serializationFailure,
            "could not serialize access due to read/write dependencies among transactions"
        )
        .detail("Reason code: \(reason).")
        .hint("The transaction might succeed if retried.")
    }
}
