internal import Base
internal import Catalog
internal import Parse
internal import Query
internal import Types

/// TABLESAMPLE (PostgreSQL's transformRangeTableSample).
extension Analyzer {
    func analyzeSample(
        _ sample: RangeTableSample
    ) throws(SQLError) -> (JoinTree, [NamespaceItem]) {
        guard case .table(let range) = sample.relation else {
            throw SQLError(.internalError, "a sample is of a table")
        }
        let index = try addRelation(range)
        switch level.rangeTable[index].kind {
        case .table, .computed: break
        case .sequence, .subquery, .common, .values, .function, .excluded, .aggregates:
            throw failure(
                .featureNotSupported,
                "TABLESAMPLE clause can only be applied to tables and materialized views",
                at: range.location)
        }
        let name = sample.method.last ?? ""
        let method: TableSample.Method
        switch name {
        case "bernoulli": method = .bernoulli
        case "system": method = .system
        default:
            throw failure(
                .undefinedObject, "tablesample method \(name) does not exist", at: sample.location)
        }
        if sample.arguments.count != 1 {
            throw failure(
                .invalidTablesampleArgument,
                "tablesample method \(name) requires 1 argument, not \(sample.arguments.count)",
                at: sample.location)
        }
        // Its own columns are there, but out of reach.
        var item = namespaceItem(of: index, schema: range.schema)
        item.isLateralOnly = true
        level.namespace.append(item)
        defer { level.namespace.removeLast() }
        let percent = try argument(sample.arguments[0], of: "TABLESAMPLE", type: .float4)
        let seed = try sample.repeatable.map { syntax throws(SQLError) in
            try argument(syntax, of: "REPEATABLE", type: .float8)
        }
        level.rangeTable[index].sample = TableSample(method: method, percent: percent, seed: seed)
        return (.entry(index), [namespaceItem(of: index, schema: range.schema)])
    }

    private func argument(
        _ syntax: SyntaxExpression, of construct: String, type: OID
    ) throws(SQLError) -> Expression {
        let value = try inClause(.fromFunction) { () throws(SQLError) in try analyze(syntax) }
        return try coerceArgument(value, of: construct, to: type, at: location(of: syntax))
    }
}
