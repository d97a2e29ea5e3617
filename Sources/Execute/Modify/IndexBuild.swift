public import Base
public import Catalog
internal import Engine
public import Query

/// Fills a new index from the rows that its table has.
public enum IndexBuild {
    /// Enters every row, whoever committed it and when; the caller's lock keeps writers out.
    /// - Parameter index: its expressions are over slots of a whole row (slot = column index).
    /// - Throws: 23505 `could not create unique index`.
    public static func run(
        _ index: TableChecks.Index, of table: Shared<Relation>, session: SessionState
    ) throws(SQLError) {
        if let placement = index.relation.placement, let transaction = session.transaction {
            session.database.engine.noteBuild(GenerationID(placement.generation), by: transaction)
        }
        let width = table.columns.count
        let scan = TableScan(
            table: table, path: .rows(lower: nil, upper: nil), isReverse: false,
            columns: Array(0..<width), filter: nil, withRowKey: true, alias: table.name, rows: 0)
        let plan = PhysicalPlan(
            root: .tableScan(scan), subplans: [], executionParameterCount: 0, columns: [],
            relations: [])
        try session.withNewestSnapshot { () throws(SQLError) in
            let execution = try Execution.start(
                plan, parameters: [], session: session, locksRelations: false)
            defer { execution.close() }
            var checks = TableChecks(indexes: [index])
            checks.isRebuild = true
            let writer = try RowWriter(
                table.value, checks: checks,
                compiler: ExpressionCompiler(run: execution.run))
            while let batch = try execution.next() {
                try enter(batch, keyColumn: width, writer)
            }
        }
    }

    private static func enter(
        _ batch: Batch, keyColumn: Int, _ writer: RowWriter
    ) throws(SQLError) {
        try writer.shape.indexes[0].encode(batch)
        let rowKeys = batch.columns[keyColumn]
        for row in 0..<batch.count {
            let met = try rowKeys.views[row].withBytes { (key) throws(SQLError) in
                try writer.insertEntry(0, row, rowKey: key)
            }
            if let met {
                throw try writer.violation(0, row, existing: met)
            }
        }
    }
}
