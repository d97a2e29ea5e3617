public import Base
public import Catalog
public import Query

/// Looks for rows that a table's place among partitions forbids.
public enum PartitionScan {
    /// True if the table has a row that fails one of `checks`, whose keys are over slots of a whole
    /// row (slot = column index). Sees all that is committed; the caller's lock keeps writers out.
    public static func hasStranger(
        _ table: Shared<Relation>, checks: [PartitionCheck], session: SessionState
    ) throws(SQLError) -> Bool {
        let scan = TableScan(
            table: table, path: .rows(lower: nil, upper: nil), isReverse: false,
            columns: Array(table.columns.indices), filter: nil, withRowKey: false,
            alias: table.name, rows: 0)
        let plan = PhysicalPlan(
            root: .tableScan(scan), subplans: [], executionParameterCount: 0, columns: [],
            relations: [])
        return try session.withNewestSnapshot { () throws(SQLError) in
            let execution = try Execution.start(
                plan, parameters: [], session: session, locksRelations: false)
            defer { execution.close() }
            guard
                let filter = try PartitionFilter.make(
                    checks, compiler: ExpressionCompiler(run: execution.run))
            else { return false }
            while let batch = try execution.next() {
                if try filter.firstStranger(batch) != nil { return true }
            }
            return false
        }
    }
}
