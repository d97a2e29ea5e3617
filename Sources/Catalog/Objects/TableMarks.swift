public import Base

/// What ALTER TABLE notes about a table that no statement's answer depends on, but for
/// `areTriggersDisabled`: dumps and tools ask for it.
public struct TableMarks: Hashable, Sendable {
    /// DISABLE TRIGGER ALL: the table's foreign keys are not checked, and what its rows are to others
    /// has no effect.
    public var areTriggersDisabled = false
    /// relreplident.
    public var replicaIdentity: Character = "d"
    /// Of REPLICA IDENTITY USING INDEX; invalid: none.
    public var replicaIndex = OID.invalid
    /// Of CLUSTER ON; invalid: none.
    public var clusteredIndex = OID.invalid
    /// SET STATISTICS, by column.
    public var statisticsTargets: [Int: Int] = [:]
    /// SET STORAGE, by column.
    public var storages: [Int: Character] = [:]
    /// SET (n_distinct = …), by column.
    public var columnOptions: [Int: [String]] = [:]

    public init() {}

    public var isEmpty: Bool { self == TableMarks() }
}
