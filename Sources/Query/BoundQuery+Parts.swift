/// What a query is made of: the expressions directly in it, and the queries directly below it. Every
/// walk over whole queries goes through here, so that a new part is met by all of them.
extension BoundQuery.Body {
    /// The query with `expression` applied to every expression directly in it and `query` to every
    /// query directly below: of FROM, of WITH, and the arms of a set operation.
    public func mapParts<Failure: Error>(
        expression: (Expression) throws(Failure) -> Expression,
        query: (BoundQuery) throws(Failure) -> BoundQuery
    ) throws(Failure) -> BoundQuery.Body {
        var body = self
        for index in rangeTable.indices {
            body.rangeTable[index] = try rangeTable[index].mapParts(
                expression: expression, query: query)
        }
        for index in commonTables.indices {
            // A statement looks at nothing outside of itself.
            guard case .query(let common) = commonTables[index].content else { continue }
            body.commonTables[index].content = .query(try query(common))
        }
        body.from = try from.mapConditions(expression)
        if let predicate { body.predicate = try expression(predicate) }
        for index in targets.indices {
            body.targets[index].expression = try expression(targets[index].expression)
        }
        for index in groupBy.indices { body.groupBy[index] = try expression(groupBy[index]) }
        if let having { body.having = try expression(having) }
        if let limit { body.limit = try expression(limit) }
        if let offset { body.offset = try expression(offset) }
        if let setOperation {
            body.setOperation?.left = try query(setOperation.left)
            body.setOperation?.right = try query(setOperation.right)
        }
        return body
    }

    /// Calls `expression` for every expression directly in the query and `query` for every query
    /// directly below.
    public func forEachPart(
        expression: (Expression) -> Void, query: (BoundQuery) -> Void
    ) {
        for entry in rangeTable { entry.forEachPart(expression: expression, query: query) }
        for table in commonTables { if let common = table.query { query(common) } }
        from.forEachCondition(expression)
        if let predicate { expression(predicate) }
        for target in targets { expression(target.expression) }
        for key in groupBy { expression(key) }
        if let having { expression(having) }
        if let limit { expression(limit) }
        if let offset { expression(offset) }
        if let setOperation {
            query(setOperation.left)
            query(setOperation.right)
        }
    }
}

extension RangeEntry {
    /// As a query's `mapParts`, of one FROM item.
    public func mapParts<Failure: Error>(
        expression: (Expression) throws(Failure) -> Expression,
        query: (BoundQuery) throws(Failure) -> BoundQuery
    ) throws(Failure) -> RangeEntry {
        var entry = self
        if let sample {
            entry.sample?.percent = try expression(sample.percent)
            if let seed = sample.seed { entry.sample?.seed = try expression(seed) }
        }
        switch kind {
        case .table, .computed, .sequence, .excluded, .common: break
        case .subquery(let inner): entry.kind = .subquery(try query(inner))
        case .values(var rows):
            for row in rows.indices {
                for index in rows[row].indices {
                    rows[row][index] = try expression(rows[row][index])
                }
            }
            entry.kind = .values(rows)
        case .function(let call, let withOrdinality):
            entry.kind = .function(try expression(call), withOrdinality: withOrdinality)
        case .aggregates(var calls):
            for index in calls.indices { calls[index] = try expression(calls[index]) }
            entry.kind = .aggregates(calls)
        }
        return entry
    }

    func forEachPart(expression: (Expression) -> Void, query: (BoundQuery) -> Void) {
        if let sample {
            expression(sample.percent)
            if let seed = sample.seed { expression(seed) }
        }
        switch kind {
        case .table, .computed, .sequence, .excluded, .common: break
        case .subquery(let inner): query(inner)
        case .values(let rows): for row in rows { for value in row { expression(value) } }
        case .function(let call, _): expression(call)
        case .aggregates(let calls): for call in calls { expression(call) }
        }
    }
}

extension JoinTree {
    /// The tree with `change` applied to the conditions of its joins.
    public func mapConditions<Failure: Error>(
        _ change: (Expression) throws(Failure) -> Expression
    ) throws(Failure) -> JoinTree {
        switch self {
        case .entry, .oneRow: return self
        case .join(let kind, let left, let right, let condition):
            let left = try left.mapConditions(change)
            let right = try right.mapConditions(change)
            let changed: Expression? = if let condition { try change(condition) } else { nil }
            return .join(kind, left, right, condition: changed)
        }
    }

    /// Calls `visit` for the condition of every join.
    public func forEachCondition(_ visit: (Expression) -> Void) {
        guard case .join(_, let left, let right, let condition) = self else { return }
        left.forEachCondition(visit)
        right.forEachCondition(visit)
        if let condition { visit(condition) }
    }
}

extension Expression {
    /// Calls `visit` for every variable, in subqueries too, with its level seen from here: 0 for
    /// this query's own.
    public func forEachVariable(depth: Int = 0, _ visit: (Variable, Int) -> Void) {
        switch self {
        case .variable(let variable): visit(variable, variable.levelsUp - depth)
        case .constant, .parameter, .slot, .executionParameter, .nextValue, .defaultMarker: break
        case .call(_, let arguments, _):
            for argument in arguments { argument.forEachVariable(depth: depth, visit) }
        case .subquery(let subquery):
            for child in children { child.forEachVariable(depth: depth, visit) }
            subquery.query.body.forEachVariable(depth: depth + 1, visit)
        default: for child in children { child.forEachVariable(depth: depth, visit) }
        }
    }
}

extension BoundQuery.Body {
    /// Calls `visit` for every expression directly in this query with the number of query levels
    /// between: 1 for those of a subquery in FROM or of a set operation's arm.
    public func forEachExpression(depth: Int = 0, _ visit: (Expression, Int) -> Void) {
        forEachPart(
            expression: { visit($0, depth) },
            query: { $0.body.forEachExpression(depth: depth + 1, visit) })
    }

    /// Calls `visit` for every variable in the query and below, with its level seen from here.
    public func forEachVariable(depth: Int = 0, _ visit: (Variable, Int) -> Void) {
        forEachExpression { expression, below in
            expression.forEachVariable(depth: depth + below, visit)
        }
    }
}
