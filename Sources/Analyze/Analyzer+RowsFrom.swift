internal import Base
internal import Catalog
internal import Functions
internal import Parse
internal import Query
internal import Types

/// ROWS FROM (…) and unnest of several arrays: functions in FROM that run side by side. That is what
/// set-returning functions of a select list do, so they become a lateral subquery with such a list.
extension Analyzer {
    /// The functions that an item of FROM runs side by side; nil: it is one function.
    func functionsSideBySide(_ range: RangeFunction) -> [SyntaxExpression]? {
        let functions = range.functions.flatMap { unnested($0.function) }
        return functions.count > 1 ? functions : nil
    }

    /// unnest(a, b) is unnest(a) beside unnest(b).
    private func unnested(_ function: SyntaxExpression) -> [SyntaxExpression] {
        guard case .functionCall(let call) = function, call.name.last == "unnest",
            call.name.dropLast().last ?? "pg_catalog" == "pg_catalog", call.arguments.count > 1
        else { return [function] }
        return call.arguments.map { argument in
            var single = call
            single.arguments = [argument]
            return .functionCall(single)
        }
    }

    /// The functions' rows side by side; those that end early give nulls.
    func sideBySideQuery(
        _ functions: [SyntaxExpression], withOrdinality: Bool
    ) throws(SQLError) -> BoundQuery {
        let query = try withLevel { (_) throws(SQLError) in
            var body = BoundQuery.Body()
            for function in functions {
                let call = try inClause(.fromFunction) { () throws(SQLError) in
                    try analyze(function)
                }
                guard case .call(let oid, _, _) = call,
                    let entry = FunctionRegistry.function(oid), entry.returnsSet,
                    entry.outputColumns.isEmpty
                else {
                    throw failure(
                        .featureNotSupported,
                        "ROWS FROM with a function that gives no set of values is not supported",
                        at: location(of: function))
                }
                let name = outputName(function) ?? entry.name
                body.targets.append(
                    Target(expression: call, column: OutputColumn(name: name, type: call.type)))
            }
            return BoundQuery(body)
        }
        return withOrdinality ? numbered(query) : query
    }

    /// The query with its rows' numbers behind its columns.
    func numbered(_ query: BoundQuery) -> BoundQuery {
        var body = BoundQuery.Body()
        body.rangeTable = [
            RangeEntry(kind: .subquery(query), alias: "*ROWS*", columns: query.columns)
        ]
        body.from = .entry(0)
        body.targets = query.columns.enumerated().map { index, column in
            Target(
                expression: .variable(Variable(relation: 0, column: index, type: column.type)),
                column: column)
        }
        let window = WindowSpecification(
            partitionBy: [], orderBy: [], frame: .standard, startOffset: nil, endOffset: nil)
        let number = WindowCall(
            function: OID(WindowFunction.rowNumber.rawValue), arguments: [], filter: nil,
            window: window, type: .int8)
        body.targets.append(
            Target(
                expression: .windowCall(number),
                column: OutputColumn(name: "ordinality", type: .int8)))
        body.hasWindows = true
        return BoundQuery(body)
    }
}
