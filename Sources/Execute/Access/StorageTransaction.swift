internal import Base
internal import Catalog
internal import Engine
internal import Query

/// What became of a row that a statement saw and wants to lock or change.
enum RowLockOutcome {
    /// Locked; the row is as the statement saw it.
    case unchanged
    /// Locked; another transaction has changed it meanwhile: its newest bytes.
    case changed(UnsafeRawBufferPointer)
    /// An update has given it another key.
    case moved(to: [UInt8])
    case deleted
    /// This very command has changed or deleted it already.
    case selfModified
    /// SKIP LOCKED and NOWAIT: somebody holds it.
    case busy
}
