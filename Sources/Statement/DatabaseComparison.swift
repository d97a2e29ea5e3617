internal import Analyze
public import Base
internal import Catalog
public import Execute
internal import Functions
internal import Query

/// Every table of a database compared with its indexes: for `ordinal verify`.
public struct DatabaseComparison {
    /// What does not agree, or cannot be read.
    public private(set) var problems: [String] = []
    public private(set) var tableCount = 0
    public private(set) var rowCount = 0
    public private(set) var entryCount = 0

    /// - Parameter session: a superuser's, outside of a transaction.
    public init(_ session: SessionState) throws(SQLError) {
        try session.begin()
        defer { session.abort() }
        session.refreshTypeSettings()
        let analyzer = Analyzer(
            scope: session.scope, text: [], types: session.functions.types, allowsParameters: false)
        for table in session.catalog.snapshot.relations.sorted(by: { $0.oid < $1.oid })
        where table.kind.keepsRows && table.isPopulated && table.placement != nil {
            tableCount += 1
            let name = session.scope.displayName(of: table.value)
            do throws(SQLError) {
                let indexes = try analyzer.tableChecks(of: table).indexes
                let found = try TableRebuild.compare(table, indexes: indexes, session: session)
                rowCount += found.rowCount
                entryCount += found.entryCount
                problems += found.problems.map { "table \"\(name)\": \($0)" }
            } catch {
                problems.append("table \"\(name)\" cannot be read: \(error.message)")
            }
        }
    }
}
