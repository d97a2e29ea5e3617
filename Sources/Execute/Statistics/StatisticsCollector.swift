public import Base
public import Catalog
internal import Engine
internal import Types

/// Takes samples of tables.
public struct StatisticsCollector {
    private let session: SessionState
    private var store: StatisticsStore { session.database.statistics }

    /// A sample of ANALYZE, and one that planning takes by itself.
    private static let analyzedKeysMax = 40_000
    private static let plannedKeysMax = 6_000
    /// Smaller tables are planned for as they are.
    private static let tableKeysMin = 200
    private static let target = 100

    public init(_ session: SessionState) { self.session = session }

    /// What is known of a table; taken now where there is nothing, or the table has changed much
    /// since. Nil: it is too small to matter, or has no rows of its own.
    public func statistics(of table: Shared<Relation>) throws(SQLError) -> Shared<TableStatistics>? {
        let known = session.statistics(of: table.value)
        guard table.kind.keepsRows, let placement = table.placement else { return known }
        let storage = session.database.engine.table(GenerationID(placement.generation))
        let count = storage.keyCounter.count
        if let known {
            let columnCount = known.value.columns.count
            if count <= 2 * known.value.keyCount + StatisticsCollector.tableKeysMin,
                columnCount == table.columns.count
            {
                return known
            }
        } else if count < StatisticsCollector.tableKeysMin {
            return nil
        }
        let statistics = try collect(
            [table], keysMax: StatisticsCollector.plannedKeysMax,
            isExplicit: known?.value.isExplicit ?? false)
        store.insert(statistics, for: table.oid)
        return store.find(table.oid, generation: placement.generation)
    }

    /// The same for planning, which goes on without where a sample cannot be taken.
    public func known(_ table: Shared<Relation>) -> Shared<TableStatistics>? {
        do throws(SQLError) {
            return try statistics(of: table)
        } catch {
            // Cancelled: the statement itself will say so.
            return nil
        }
    }

    /// ANALYZE of one table; of a partitioned one, together with its partitions.
    /// - Parameter columns: nil: all.
    public func analyze(_ table: Shared<Relation>, columns: Set<Int>? = nil) throws(SQLError) {
        var tables = [table]
        try session.lockRelation(table.oid, .shareUpdateExclusive)
        if table.kind == .partitionedTable {
            tables = leaves(of: table)
            for leaf in tables { try analyze(leaf) }
            if tables.isEmpty { return }
        }
        var statistics = try collect(
            tables, as: table, keysMax: StatisticsCollector.analyzedKeysMax, isExplicit: true)
        let generation = table.placement?.generation ?? 0
        statistics.generation = generation
        if let columns {
            let known = session.analyzedStatistics(of: table.value)?.value.columns ?? []
            for index in statistics.columns.indices where !columns.contains(index) {
                statistics.columns[index] = index < known.count ? known[index] : nil
            }
        }
        session.catalog.put(statistics, of: table.oid)
        store.remove(table.oid)
    }

    /// Forgets tables that the database no longer has.
    public func forgetDropped() {
        let snapshot = session.catalog.snapshot
        store.keep { snapshot.relation($0) != nil }
    }

    private func leaves(of table: Shared<Relation>) -> [Shared<Relation>] {
        session.catalog.snapshot.partitions(of: table.value).flatMap { part in
            part.kind == .partitionedTable ? leaves(of: part) : [part]
        }
    }

    /// One sample over all of `tables`, which have the columns of `parent` by name.
    private func collect(
        _ tables: [Shared<Relation>], as parent: Shared<Relation>? = nil, keysMax: Int,
        isExplicit: Bool
    ) throws(SQLError) -> TableStatistics {
        let shape = (parent ?? tables[0]).value
        let columns = shape.columns.indices.filter { !shape.columns[$0].isDropped }
        var samples = columns.map { ColumnSample(shape.columns[$0].type) }
        let keyCounts = tables.map { table in
            table.placement.map {
                session.database.engine.keyCount(GenerationID($0.generation))
            } ?? 0
        }
        let keyCount = keyCounts.reduce(0, +)
        var rows = 0.0
        for (table, count) in zip(tables, keyCounts) where count > 0 {
            let part = max(keysMax * count / keyCount, 300)
            rows += try sample(
                table.value, named: columns.map { shape.columns[$0].name }, keysMax: part,
                into: &samples)
        }
        var result = [ColumnStatistics?](repeating: nil, count: shape.columns.count)
        for (index, column) in columns.enumerated() where rows > 0 {
            result[column] = samples[index].statistics(
                rows: rows, target: StatisticsCollector.target)
        }
        return TableStatistics(
            generation: tables[0].placement?.generation ?? 0, rows: rows, keyCount: keyCount,
            columns: result, isExplicit: isExplicit)
    }

    /// Adds a table's sample; returns an estimate of its live rows.
    private func sample(
        _ table: Relation, named names: [String], keysMax: Int,
        into samples: inout [ColumnSample]
    ) throws(SQLError) -> Double {
        guard let placement = table.placement else { return 0 }
        let run = RunState(session: session, executionParameterCount: 0)
        let decoder = RowDecoder(
            layout: RowLayout(columns: table.columns),
            missing: try TableShape.missingValues(table, run: run))
        let columns = names.map { name in
            table.columns.firstIndex { $0.name == name && !$0.isDropped } ?? 0
        }
        let vectors = columns.map { Vector(table.columns[$0].type.physical) }
        let rows = UnsafeMutablePointer<UnsafeRawBufferPointer>.allocate(capacity: batchRowsMax)
        let starts = UnsafeMutablePointer<UnsafeRawPointer>.allocate(capacity: batchRowsMax)
        defer {
            rows.deallocate()
            starts.deallocate()
        }
        let storage = session.database.engine.table(GenerationID(placement.generation))
        var cursor = SampleCursor(
            storage, snapshot: session.newestSnapshot(), keysMax: keysMax)
        var found = 0
        while true {
            let count = try cursor.next(rows: rows, limit: batchRowsMax)
            if count == 0 { break }
            try run.checkInterrupt()
            for row in 0..<count { starts[row] = rows[row].baseAddress! }
            decoder.decode(columns, of: starts, count: count, into: vectors)
            for index in samples.indices { samples[index].append(vectors[index], count: count) }
            found += count
        }
        if cursor.isWhole || cursor.visitedCount == 0 { return Double(found) }
        let live = Double(found) / Double(cursor.visitedCount)
        return (Double(storage.keyCounter.count) * live).rounded()
    }
}
