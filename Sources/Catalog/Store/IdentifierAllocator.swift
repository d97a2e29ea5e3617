public import Base
internal import System

/// Gives out object identifiers and storage generations, each once for ever.
///
/// Numbers come from below a ceiling whose record is in the log before they are used: `reserve`
/// raises it by a block at a time, outside of any transaction. Whatever refers to a number follows
/// that record in the log, so a crash forgets both or neither; it skips at most a block.
public final class IdentifierAllocator: @unchecked Sendable {
    // Safe to share: everything is used under `lock`.
    private let lock = Lock()
    private var nextObject: UInt32
    private var objectCeiling: UInt32
    private var nextGeneration: UInt64
    private var generationCeiling: UInt64
    private let reserve: @Sendable (_ objects: UInt32, _ generations: UInt64) -> Void

    static let objectBlock: UInt32 = 1024
    static let generationBlock: UInt64 = 1024
    /// Generations below are the system's own (the catalog, sequence states).
    public static let generationStart: UInt64 = 1024

    /// - Parameters:
    ///   - objectCeiling: no OID at or above it was ever given out.
    ///   - reserve: appends new ceilings to the log.
    public init(
        objectCeiling: UInt32, generationCeiling: UInt64,
        reserve: @escaping @Sendable (_ objects: UInt32, _ generations: UInt64) -> Void
    ) {
        nextObject = max(objectCeiling, OID.firstUser.rawValue)
        self.objectCeiling = nextObject
        nextGeneration = max(generationCeiling, IdentifierAllocator.generationStart)
        self.generationCeiling = nextGeneration
        self.reserve = reserve
    }

    /// - Throws: 54000 when four thousand million objects have been made.
    public func newOID() throws(SQLError) -> OID {
        lock.lock()
        defer { lock.unlock() }
        guard nextObject < UInt32.max - IdentifierAllocator.objectBlock else {
            throw SQLError(.programLimitExceeded, "object identifiers are used up")
        }
        if nextObject == objectCeiling { raise(objects: true) }
        defer { nextObject += 1 }
        return OID(nextObject)
    }

    public func newGeneration() -> UInt64 {
        lock.lock()
        defer { lock.unlock() }
        if nextGeneration == generationCeiling { raise(objects: false) }
        defer { nextGeneration += 1 }
        return nextGeneration
    }

    /// Under `lock`.
    private func raise(objects: Bool) {
        if objects {
            objectCeiling += IdentifierAllocator.objectBlock
        } else {
            generationCeiling += IdentifierAllocator.generationBlock
        }
        reserve(objectCeiling, generationCeiling)
    }
}
