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
        mapParts(
            expression: { $0.mapVariables(depth: depth, change) },
            query: { BoundQuery($0.body.mapVariables(depth: depth + 1, change)) })
    }
}

extension BoundQuery {
    /// `FROM (this query) AS alias`, with no targets yet: what it takes from queries around is a
    /// level further up.
    public func asFrom(alias: String) -> BoundQuery.Body {
        let lowered = body.mapVariables(depth: 0) { variable, depth in
            var variable = variable
            if variable.levelsUp > depth { variable.levelsUp += 1 }
            return .variable(variable)
        }
        var around = BoundQuery.Body()
        around.rangeTable = [
            RangeEntry(kind: .subquery(BoundQuery(lowered)), alias: alias, columns: columns)
        ]
        around.from = .entry(0)
        return around
    }
}

extension RangeEntry {
    public func mapVariables(depth: Int, _ change: VariableChange) -> RangeEntry {
        mapParts(
            expression: { $0.mapVariables(depth: depth, change) },
            query: { BoundQuery($0.body.mapVariables(depth: depth + 1, change)) })
    }
}

extension JoinTree {
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
