public import Catalog

extension SessionState {
    /// What is known of a table as it lies now: by planning, or else by the last ANALYZE.
    public func statistics(of table: Relation) -> Shared<TableStatistics>? {
        let generation = table.placement?.generation ?? 0
        return database.statistics.find(table.oid, generation: generation)
            ?? analyzedStatistics(of: table)
    }

    /// What the last ANALYZE has found out, if the table still lies where it lay then. Columns that
    /// it has not seen are unknown.
    public func analyzedStatistics(of table: Relation) -> Shared<TableStatistics>? {
        guard let known = catalog.snapshot.statistics(of: table.oid),
            known.generation == table.placement?.generation ?? 0
        else { return nil }
        let missing = table.columns.count - known.columns.count
        if missing <= 0 { return known }
        var wider = known.value
        wider.columns += [ColumnStatistics?](repeating: nil, count: missing)
        return Shared(wider)
    }

    /// The newest catalog holds other statistics: plans are made again.
    func noteAnalysis() { database.statistics.noteAnalysis() }
}
