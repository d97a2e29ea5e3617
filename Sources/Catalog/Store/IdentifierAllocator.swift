public import Base
internal import System

/// Gives out object identifiers, each once for ever.
///
/// Numbers come from below a ceiling whose record is in the log before they are used: `reserve`
/// raises it by a block at a time, outside of any transaction. Whatever refers to a number follows
/// that record in the log, so a crash forgets both or neither; it skips at most a block.
public final class IdentifierAllocator: @unchecked Sendable {
    // Safe to share: everything is used under `lock`.
    private let lock = Lock()
    private var next: UInt32
    private var ceiling: UInt32
    private let reserve: @Sendable (_ ceiling: UInt32) -> Void

    static let blockCount: UInt32 = 1024

    /// - Parameters:
    ///   - ceiling: no OID at or above it was ever given out.
    ///   - reserve: appends a new ceiling to the log.
    public init(ceiling: UInt32, reserve: @escaping @Sendable (_ ceiling: UInt32) -> Void) {
        next = max(ceiling, OID.firstUser.rawValue)
        self.ceiling = next
        self.reserve = reserve
    }

    /// Says the ceiling again: the log is no longer read from where it was said.
    func appendCeiling() { lock.withLock { reserve(ceiling) } }

    /// - Throws: 54000 when four thousand million objects have been made.
    public func newOID() throws(SQLError) -> OID {
        lock.lock()
        defer { lock.unlock() }
        if next == ceiling {
            guard next < UInt32.max - IdentifierAllocator.blockCount else {
                throw SQLError(.programLimitExceeded, "object identifiers are used up")
            }
            ceiling += IdentifierAllocator.blockCount
            reserve(ceiling)
        }
        defer { next += 1 }
        return OID(next)
    }
}
