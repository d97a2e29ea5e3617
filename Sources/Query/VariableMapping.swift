internal import Base

/// Replaces variables all over a query, subqueries included.
///
/// `change` gets a variable and how many query levels lie between it and where the mapping began;
/// its result is put in the variable's place as it is.
public typealias VariableChange = (Variable, Int) -> Expression

extension Expression {
    public func mapVariables(depth: Int = 0, _ change: VariableChange) -> Expression {
        switch self {
        case .variable(let variable): return change(variable, depth)
        case .constant, .parameter, .slot, .executionParameter, .nextValue, .defaultMarker:
            return self
        case .subquery(var subquery):
            subquery.query = BoundQuery(
                subquery.query.body.mapVariables(depth: depth + 1, change))
            return Expression.subquery(subquery).mapChildren {
                $0.mapVariables(depth: depth, change)
            }
        default: return mapChildren { $0.mapVariables(depth: depth, change) }
        }
    }

    /// The expression as seen from `levels` levels further down, where it is put; variables bound
    /// within it stay.
    public func lowered(by levels: Int) -> Expression {
        if levels == 0 { return self }
        return mapVariables { variable, depth in
            var variable = variable
            if variable.levelsUp >= depth { variable.levelsUp += levels }
            return .variable(variable)
        }
    }
}

extension BoundQuery.Body {
    public func mapVariables(depth: Int, _ change: VariableChange) -> BoundQuery.Body {
        var body = self
        for index in body.rangeTable.indices {
            body.rangeTable[index] = body.rangeTable[index].mapVariables(depth: depth, change)
        }
        for index in body.commonTables.indices {
            body.commonTables[index].query = BoundQuery(
                body.commonTables[index].query.body.mapVariables(depth: depth + 1, change))
        }
        func map(_ expression: Expression) -> Expression {
            expression.mapVariables(depth: depth, change)
        }
        body.from = body.from.mapConditions { map($0) }
        body.predicate = body.predicate.map { map($0) }
        for index in body.targets.indices {
            body.targets[index].expression = map(body.targets[index].expression)
        }
        body.groupBy = body.groupBy.map { map($0) }
        body.having = body.having.map { map($0) }
        body.limit = body.limit.map { map($0) }
        body.offset = body.offset.map { map($0) }
        if let operation = body.setOperation {
            body.setOperation?.left = BoundQuery(
                operation.left.body.mapVariables(depth: depth + 1, change))
            body.setOperation?.right = BoundQuery(
                operation.right.body.mapVariables(depth: depth + 1, change))
        }
        return body
    }
}

extension RangeEntry {
    public func mapVariables(depth: Int, _ change: VariableChange) -> RangeEntry {
        var entry = self
        switch kind {
        case .table, .computed, .sequence, .excluded, .common: break
        case .subquery(let query):
            entry.kind = .subquery(BoundQuery(query.body.mapVariables(depth: depth + 1, change)))
        case .values(let rows):
            entry.kind = .values(
                rows.map { $0.map { $0.mapVariables(depth: depth, change) } })
        case .function(let call, let withOrdinality):
            entry.kind = .function(
                call.mapVariables(depth: depth, change), withOrdinality: withOrdinality)
        }
        return entry
    }
}

extension JoinTree {
    public func mapConditions(_ change: (Expression) -> Expression) -> JoinTree {
        switch self {
        case .entry, .oneRow: return self
        case .join(let kind, let left, let right, let condition):
            return .join(
                kind, left.mapConditions(change), right.mapConditions(change),
                condition: condition.map { change($0) })
        }
    }

    /// The tree with entries renumbered.
    public func shifted(by offset: Int) -> JoinTree {
        switch self {
        case .oneRow: .oneRow
        case .entry(let relation): .entry(relation + offset)
        case .join(let kind, let left, let right, let condition):
            .join(kind, left.shifted(by: offset), right.shifted(by: offset), condition: condition)
        }
    }
}
