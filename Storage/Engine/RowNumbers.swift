internal import Base
internal import System

/// Numbers for rows whose keys are none: what `ctid` shows of them. A key gets its number when
/// somebody asks for it first, and keeps it until the server stops or its generation goes away.
final class RowNumbers: @unchecked Sendable {
    // Safe to share: everything is under `lock`.

    private let lock = Lock()
    private var tables: [GenerationID: [[UInt8]: UInt64]] = [:]

    /// From 0 for each generation, in the order of asking.
    func number(of key: UnsafeRawBufferPointer, in generation: GenerationID) -> UInt64 {
        let key = [UInt8](key)
        return lock.withLock {
            let next = UInt64(tables[generation]?.count ?? 0)
            if let known = tables[generation]?[key] { return known }
            tables[generation, default: [:]][key] = next
            return next
        }
    }

    func forget(_ generation: GenerationID) {
        lock.withLock { tables[generation] = nil }
    }
}

extension Table {
    /// A number for the row with this key, the same for as long as the server runs.
    public func number(of key: UnsafeRawBufferPointer) -> UInt64 {
        engine.rowNumbers.number(of: key, in: generation)
    }
}
