public import Base

/// How a table or index was used: what the statistics views show.
public struct RelationUse: Sendable {
    public var scans = 0
    public var scannedRows = 0
    public var lookups = 0
    public var entries = 0
    public var fetchedRows = 0
    public var inserted = 0
    public var updated = 0
    public var deleted = 0
    public var vacuums = 0
    public var analyses = 0
    /// µs since 2000-01-01 UTC.
    public var lastVacuum: Int64?
    public var lastAnalysis: Int64?
    /// `changes` at the last ANALYZE, `inserted` at the last VACUUM.
    public var changesAnalyzed = 0
    public var insertedVacuumed = 0

    public var changes: Int { inserted + updated + deleted }

    public init() {}

    /// Adds what was counted elsewhere, or takes it away.
    public mutating func add(_ other: RelationUse, times factor: Int = 1) {
        scans += factor * other.scans
        scannedRows += factor * other.scannedRows
        lookups += factor * other.lookups
        entries += factor * other.entries
        fetchedRows += factor * other.fetchedRows
        inserted += factor * other.inserted
        updated += factor * other.updated
        deleted += factor * other.deleted
    }
}

/// How a database was used.
public struct DatabaseUse: Sendable {
    public var relations: [OID: RelationUse] = [:]
    public var commits = 0
    public var rollbacks = 0
    public var deadlocks = 0
    /// What sorts and the like had no room for in memory.
    public var temporaryFiles = 0
    public var temporaryBytes = 0
    /// Sessions that have begun.
    public var sessions = 0
    /// When pg_stat_reset was called last.
    public var lastReset: Int64?

    public init() {}

    public mutating func add(_ other: DatabaseUse, times factor: Int = 1) {
        for (oid, use) in other.relations {
            relations[oid, default: RelationUse()].add(use, times: factor)
        }
        commits += factor * other.commits
        rollbacks += factor * other.rollbacks
        deadlocks += factor * other.deadlocks
        temporaryFiles += factor * other.temporaryFiles
        temporaryBytes += factor * other.temporaryBytes
        sessions += factor * other.sessions
    }
}
