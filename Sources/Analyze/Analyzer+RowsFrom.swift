internal import Base
internal import Catalog
internal import Functions
internal import Parse
internal import Query
internal import Types

/// ROWS FROM (…) and unnest of several arrays: functions in FROM that run side by side. That is what
/// set-returning functions of a select list do, so they become a lateral subquery with such a list;
/// with others among them, which give several columns or one row, one that joins them by row number.
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
        guard withOrdinality else { return try sideBySideQuery(functions) }
        // The numbers come from a query around: what the functions refer to lies one further up.
        return try withLevel { (_) throws(SQLError) in numbered(try sideBySideQuery(functions)) }
    }

    private func sideBySideQuery(
        _ functions: [SyntaxExpression]
    ) throws(SQLError) -> BoundQuery {
        try withLevel { (_) throws(SQLError) in
            var calls: [(name: String, call: Expression)] = []
            for function in functions {
                let call = try analyzeFromFunction(function)
                calls.append((outputName(function) ?? "function", call))
            }
            if !calls.allSatisfy({ givesValues($0.call) }) { return try joined(calls) }
            var body = BoundQuery.Body()
            body.functions = .functions
            body.targets = calls.map { name, call in
                Target(expression: call, column: OutputColumn(name: name, type: call.type))
            }
            return BoundQuery(body)
        }
    }

    /// A function whose rows are single values.
    private func givesValues(_ call: Expression) -> Bool {
        guard case .call(let oid, _, _) = call, let entry = FunctionRegistry.function(oid) else {
            return false
        }
        return entry.returnsSet && entry.outputColumns.isEmpty
    }

    /// The functions' rows, joined by their numbers.
    private func joined(
        _ calls: [(name: String, call: Expression)]
    ) throws(SQLError) -> BoundQuery {
        var body = BoundQuery.Body()
        body.functions = .functions
        var number: Expression?
        for (relation, (name, call)) in calls.enumerated() {
            let columns = tableColumns(of: call) ?? [OutputColumn(name: name, type: call.type)]
            let ordinality = OutputColumn(name: "ordinality", type: .int8)
            body.rangeTable.append(
                RangeEntry(
                    kind: .function(call, withOrdinality: true), alias: name,
                    columns: columns + [ordinality], isLateral: true))
            func variable(_ column: Int, _ type: SQLType) -> Expression {
                .variable(Variable(relation: relation, column: column, type: type))
            }
            for (index, column) in columns.enumerated() {
                body.targets.append(
                    Target(expression: variable(index, column.type), column: column))
            }
            let own = variable(columns.count, .int8)
            guard let before = number else {
                body.from = .entry(relation)
                number = own
                continue
            }
            body.from = .join(
                .full, body.from, .entry(relation),
                condition: try binaryOperator("=", before, own, at: -1))
            body.joinForms.append(.on)
            number = .coalesce([before, own], type: .int8)
        }
        if let number {
            body.targets.append(
                Target(
                    expression: number, column: OutputColumn(name: "ordinality", type: .int8),
                    isHidden: true))
            body.orderBy = [
                TargetOrder(target: body.targets.count - 1, descending: false, nullsFirst: false)
            ]
        }
        return BoundQuery(body)
    }

    /// The query with its rows' numbers behind its columns.
    func numbered(_ query: BoundQuery) -> BoundQuery {
        var body = BoundQuery.Body()
        if case .functions? = query.body.functions { body.functions = .numbered }
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
