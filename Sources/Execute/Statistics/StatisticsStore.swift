public import Base
public import Catalog
internal import Synchronization
internal import System

/// What planning has found out by itself about a database's tables, shared by its sessions. What
/// ANALYZE finds is in the catalog.
public final class StatisticsStore: @unchecked Sendable {
    // Safe to share: `entries` is used under `lock`, `changes` guards itself.

    private let lock = Lock()
    private var entries: [OID: Shared<TableStatistics>] = [:]
    private let changes = Atomic<UInt64>(0)

    public init() {}

    /// Grows with each ANALYZE: plans made before it are made again.
    public var version: UInt64 { changes.load(ordering: .relaxed) }

    /// What is known of a table that lies at `generation` (0: a partitioned table).
    public func find(_ table: OID, generation: UInt64) -> Shared<TableStatistics>? {
        guard let entry = lock.withLock({ entries[table] }),
            entry.value.generation == generation
        else { return nil }
        return entry
    }

    func insert(_ statistics: TableStatistics, for table: OID) {
        lock.withLock { entries[table] = Shared(statistics) }
    }

    /// There is something newer.
    func remove(_ table: OID) { lock.withLock { entries[table] = nil } }

    /// Plans are to be made again.
    public func noteAnalysis() { changes.wrappingAdd(1, ordering: .relaxed) }

    /// Forgets tables that are no more.
    func keep(_ isWanted: (OID) -> Bool) {
        lock.withLock { entries = entries.filter { isWanted($0.key) } }
    }
}
