internal import Base
internal import Functions
internal import Parse
internal import Query
internal import Types

/// Comparisons of rows, column by column (chapters 9.23.5, 9.24.4 to 9.24.6).
extension Analyzer {
    /// `(a, b) = (c, d)` and `(a, b) < (c, d)`.
    func rowComparison(
        _ name: String, _ left: [SyntaxExpression], _ right: [SyntaxExpression], at location: Int
    ) throws(SQLError) -> Expression {
        var lefts: [Expression] = []
        var rights: [Expression] = []
        for element in left { lefts.append(try analyze(element)) }
        for element in right { rights.append(try analyze(element)) }
        let sides = zip(left, right).map { (self.location(of: $0), self.location(of: $1)) }
        return try rowComparison(name, lefts, rights, sides: sides, at: location)
    }

    private func rowComparison(
        _ name: String, _ lefts: [Expression], _ rights: [Expression],
        sides: [(left: Int, right: Int)] = [], at location: Int
    ) throws(SQLError) -> Expression {
        if lefts.count != rights.count {
            throw failure(.syntaxError, "unequal number of entries in row expressions", at: location)
        }
        if lefts.isEmpty {
            throw failure(
                .featureNotSupported, "cannot compare rows of zero length", at: location)
        }
        func pair(_ name: String, _ index: Int) throws(SQLError) -> Expression {
            try binaryOperator(
                name, lefts[index], rights[index], at: location,
                sides: index < sides.count ? sides[index] : nil)
        }
        if lefts.count == 1 { return try pair(name, 0) }
        func all(_ name: String) throws(SQLError) -> [Expression] {
            var result: [Expression] = []
            for index in lefts.indices { result.append(try pair(name, index)) }
            return result
        }
        switch name {
        case "=": return .and(try all("="))
        case "<>": return .or(try all("<>"))
        case "<", "<=", ">", ">=":
            // a < c OR (a = c AND (b < d OR …)); the last column keeps the operator as written.
            let strict = name.first == "<" ? "<" : ">"
            var result = try pair(name, lefts.count - 1)
            for index in (0..<lefts.count - 1).reversed() {
                result = .or([
                    try pair(strict, index), .and([try pair("=", index), result]),
                ])
            }
            return result
        default:
            // Each pair needs the operator before its meaning is asked.
            _ = try all(name)
            throw failure(
                .featureNotSupported,
                "could not determine interpretation of row comparison operator \(name)",
                at: location
            ).hint("Row comparison operators must be associated with btree operator families.")
        }
    }

    /// `(a, b) IS DISTINCT FROM (c, d)`: some column is.
    func rowDistinction(
        _ left: [SyntaxExpression], _ right: [SyntaxExpression], negated: Bool, at location: Int
    ) throws(SQLError) -> Expression {
        if left.count != right.count {
            throw failure(.syntaxError, "unequal number of entries in row expressions", at: location)
        }
        var tests: [Expression] = []
        for (l, r) in zip(left, right) {
            let equality = try binaryOperator(
                "=", try analyze(l), try analyze(r), at: location,
                sides: (self.location(of: l), self.location(of: r)))
            guard case .call(let function, let sides, _) = equality else {
                throw SQLError(.internalError, "an operator is a call")
            }
            tests.append(
                .isDistinct(sides[0], sides[1], equality: function, negated: negated))
        }
        if tests.isEmpty { return .constant(.bool(negated)) }
        return negated ? .and(tests) : .or(tests)
    }

    // MARK: Subqueries

    /// `(a, b) OP (SELECT …)`, whose query gives one row at most.
    func rowComparison(
        _ name: String, _ left: [SyntaxExpression], _ link: SubLinkSyntax, at location: Int
    ) throws(SQLError) -> Expression {
        let query = try analyzeQuery(link.subselect)
        var lefts: [Expression] = []
        for element in left { lefts.append(try analyze(element)) }
        try checkWidth(of: query, lefts.count, at: location)
        let (body, test) = try compared(name, lefts, query, at: location)
        return scalar(body, test)
    }

    func checkWidth(of query: BoundQuery, _ count: Int, at location: Int) throws(SQLError) {
        if count < query.columns.count {
            throw failure(.syntaxError, "subquery has too many columns", at: location)
        }
        if count > query.columns.count {
            throw failure(.syntaxError, "subquery has too few columns", at: location)
        }
    }

    /// `(a, b) OP ANY (SELECT …)` and ALL where columns alone do not decide: over the comparisons
    /// with all rows.
    func rowQuantified(
        _ name: String, _ lefts: [Expression], _ query: BoundQuery, isAll: Bool, at location: Int
    ) throws(SQLError) -> Expression {
        guard let either = FunctionRegistry.aggregates(named: "bool_or").first else {
            throw SQLError(.internalError, "there is bool_or")
        }
        var (body, test) = try compared(name, lefts, query, at: location)
        func some(_ condition: Expression) -> Expression {
            .aggregate(
                AggregateCall(
                    function: either.oid, arguments: [condition], isDistinct: false, filter: nil,
                    orderBy: [], type: .plain(.bool)))
        }
        body.hasAggregates = true
        let result = Expression.caseWhen(
            branches: [
                CaseBranch(
                    condition: some(isAll ? .not(test) : test),
                    result: .constant(.bool(!isAll))),
                CaseBranch(
                    condition: some(.isNull(test, negated: false)),
                    result: .constant(.null(.plain(.bool)))),
            ], otherwise: .constant(.bool(isAll)), type: .plain(.bool))
        return scalar(body, result)
    }

    /// A query over the rows of `query`, with the comparison of each.
    private func compared(
        _ name: String, _ lefts: [Expression], _ query: BoundQuery, at location: Int
    ) throws(SQLError) -> (BoundQuery.Body, Expression) {
        let body = query.asFrom(alias: "*ROWS*")
        let rights = query.columns.enumerated().map { index, column in
            Expression.variable(Variable(relation: 0, column: index, type: column.type))
        }
        let test = try rowComparison(
            name, lefts.map { $0.lowered(by: 1) }, rights, at: location)
        return (body, test)
    }

    private func scalar(_ body: BoundQuery.Body, _ value: Expression) -> Expression {
        var body = body
        body.targets = [
            Target(
                expression: value, column: OutputColumn(name: "?column?", type: .plain(.bool)))
        ]
        return .subquery(
            Subquery(kind: .scalar, query: BoundQuery(body), type: .plain(.bool)))
    }
}
