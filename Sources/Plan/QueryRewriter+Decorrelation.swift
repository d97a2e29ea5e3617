internal import Base
internal import Catalog
internal import Functions
internal import Query
internal import Types

/// Subqueries that compute an aggregate for each row become joins.
///
///     SELECT …, (SELECT sum(x) FROM t WHERE t.k = o.k AND t.y > 3) FROM o
///     SELECT …, g.sum FROM o LEFT JOIN (SELECT k, sum(x) FROM t WHERE y > 3 GROUP BY k) g ON g.k = o.k
///
/// What the aggregates give of no rows is null, or zero where they count, so the rest of the
/// subquery's expression stays as it is, over the columns of the join. Done where all groups together
/// cost less than the subquery for each row.
extension QueryRewriter {
    /// Rows and microseconds that a query is expected to take.
    typealias Estimator = (BoundQuery.Body) -> (rows: Double, cost: Double)?

    mutating func decorrelate(_ estimate: Estimator) {
        guard body.locking.isEmpty, body.setOperation == nil, !body.from.isOneRow else { return }
        if let predicate = body.predicate {
            var terms: [Expression] = []
            for term in predicate.conjuncts {
                terms.append(decorrelated(term, isTarget: false, estimate))
            }
            body.predicate = Expression.conjunction(terms)
        }
        // Grouped rows have no columns but their keys.
        if body.hasAggregates || !body.groupBy.isEmpty || body.having != nil { return }
        for index in body.targets.indices {
            let expression = body.targets[index].expression
            body.targets[index].expression = decorrelated(expression, isTarget: true, estimate)
        }
    }

    private mutating func decorrelated(
        _ expression: Expression, isTarget: Bool, _ estimate: Estimator
    ) -> Expression {
        switch expression {
        case .subquery(let subquery):
            guard let grouped = GroupedQuery(subquery, source),
                body.rangeTable.count < RelationSet.relationsMax,
                pays(grouped, subquery, isTarget: isTarget, estimate)
            else { return expression }
            return join(grouped)
        case .windowCall, .aggregate: return expression
        default:
            if !expression.contains({ $0.isSubquery }) { return expression }
            return expression.mapChildren {
                decorrelated($0, isTarget: isTarget, estimate)
            }
        }
    }

    private func pays(
        _ grouped: GroupedQuery, _ subquery: Subquery, isTarget: Bool, _ estimate: Estimator
    ) -> Bool {
        var around = body
        around.commonTables = []
        around.targets = []
        around.orderBy = []
        around.distinct = .none
        (around.limit, around.offset, around.withTies) = (nil, nil, false)
        (around.hasAggregates, around.groupBy, around.groupingSets) = (false, [], nil)
        (around.having, around.hasWindows) = (nil, false)
        around.predicate = Expression.conjunction(
            (body.predicate?.conjuncts ?? []).filter { !$0.runsQueryForEachRow })
        guard let outer = estimate(around), let one = estimate(subquery.query.body),
            let all = estimate(grouped.query)
        else { return false }
        var rows = outer.rows
        if isTarget, case .constant(let constant) = body.limit, case .word(let limit) = constant.value {
            rows = min(rows, Double(limit))
        }
        let separate = rows * (one.cost + Cost.subplanStart)
        let together = all.cost + all.rows * Cost.hashBuildRow + rows * Cost.hashProbeRow
        return together < separate
    }

    /// Puts the groups into FROM; returns the subquery's value over their columns.
    private mutating func join(_ grouped: GroupedQuery) -> Expression {
        let relation = body.rangeTable.count
        let columns = grouped.query.targets.map(\.column)
        func column(_ index: Int) -> Expression {
            .variable(Variable(relation: relation, column: index, type: columns[index].type))
        }
        body.rangeTable.append(
            RangeEntry(kind: .subquery(BoundQuery(grouped.query)), alias: "", columns: columns))
        let conditions = grouped.keys.enumerated().map { index, key in
            Expression.call(
                function: key.function,
                arguments: key.isInnerFirst
                    ? [column(index), key.outer] : [key.outer, column(index)],
                type: .plain(.bool))
        }
        body.from = .join(
            .left, body.from, .entry(relation), condition: Expression.conjunction(conditions))
        return grouped.value { column(grouped.keys.count + $0) }
    }
}

/// A subquery that computes aggregates of the rows that equal a row outside, as a query that computes
/// them for all groups of rows.
private struct GroupedQuery {
    struct Key {
        var inner: Expression
        /// In terms of the query around.
        var outer: Expression
        var function: OID
        var isInnerFirst: Bool
    }
    /// The keys first, then the aggregates.
    private(set) var query: BoundQuery.Body
    private(set) var keys: [Key] = []
    private var aggregates: [AggregateCall] = []
    /// The subquery's target, its own aggregates included, in terms of the query around.
    private let target: Expression

    /// Nil if the subquery has another form.
    init?(_ subquery: Subquery, _ source: PlannerSource) {
        guard case .scalar = subquery.kind else { return nil }
        var inner = subquery.query.body
        let targets = inner.targets.filter { !$0.isHidden }
        guard inner.hasAggregates, !inner.hasWindows, inner.groupBy.isEmpty,
            inner.groupingSets == nil, inner.having == nil, inner.limit == nil, inner.offset == nil,
            inner.setOperation == nil, inner.commonTables.isEmpty, inner.locking.isEmpty,
            case .none = inner.distinct, targets.count == 1, !inner.from.isOneRow,
            !inner.rangeTable.contains(where: { if case .aggregates = $0.kind { true } else { false } }),
            !inner.containsDeep({ source.isVolatileCall($0) || source.isSetCall($0) })
        else { return nil }
        let isPlain = { (expression: Expression) in !expression.contains { $0.isSubquery } }
        var local: [Expression] = []
        for term in inner.predicate?.conjuncts ?? [] {
            if !GroupedQuery.looksOutside(term) {
                local.append(term)
                continue
            }
            guard isPlain(term), let key = GroupedQuery.key(term) else { return nil }
            keys.append(key)
        }
        if keys.isEmpty { return nil }
        var calls: [AggregateCall] = []
        guard isPlain(targets[0].expression),
            GroupedQuery.collect(targets[0].expression, &calls), !calls.isEmpty
        else { return nil }
        aggregates = calls
        target = targets[0].expression.mapVariables { variable, depth in
            var variable = variable
            if variable.levelsUp > depth { variable.levelsUp -= 1 }
            return .variable(variable)
        }
        inner.predicate = Expression.conjunction(local)
        inner.groupBy = []
        for key in keys where !inner.groupBy.contains(where: { $0.isSame(as: key.inner) }) {
            inner.groupBy.append(key.inner)
        }
        inner.orderBy = []
        inner.targets = (keys.map(\.inner) + calls.map { .aggregate($0) }).map {
            Target(expression: $0, column: OutputColumn(name: "?column?", type: $0.type))
        }
        query = inner
        var isCorrelated = false
        inner.forEachVariable { _, level in if level > 0 { isCorrelated = true } }
        if isCorrelated { return nil }
    }

    private static func looksOutside(_ expression: Expression) -> Bool {
        var found = false
        expression.forEachVariable { _, level in if level > 0 { found = true } }
        return found
    }

    /// `inner = outer`, either way round.
    private static func key(_ term: Expression) -> Key? {
        guard case .call(let function, let arguments, _) = term, arguments.count == 2,
            let comparison = Comparison.function(function), comparison.strategy == .equal
        else { return nil }
        for (inner, outer, isInnerFirst) in [
            (arguments[0], arguments[1], true), (arguments[1], arguments[0], false),
        ] {
            var levels: Set<Int> = []
            outer.forEachVariable { _, level in levels.insert(level) }
            guard !looksOutside(inner), levels == [1] else { continue }
            var hasColumn = false
            inner.forEachVariable { _, _ in hasColumn = true }
            guard hasColumn else { continue }
            let raised = outer.mapVariables { variable, _ in
                var variable = variable
                variable.levelsUp -= 1
                return .variable(variable)
            }
            return Key(
                inner: inner, outer: raised, function: function, isInnerFirst: isInnerFirst)
        }
        return nil
    }

    /// Finds the aggregates of a target; false: one of them may differ for no rows, or fail for rows
    /// that nobody asks for.
    private static func collect(_ expression: Expression, _ calls: inout [AggregateCall]) -> Bool {
        guard case .aggregate(let call) = expression else {
            for child in expression.children where !collect(child, &calls) { return false }
            return true
        }
        let inputs = call.arguments + [call.filter].compactMap { $0 }
        guard isKnown(call.function), call.orderBy.isEmpty,
            inputs.allSatisfy({ isHarmless($0) && !looksOutside($0) })
        else { return false }
        calls.append(call)
        return true
    }

    /// count, sum, avg, min, max, bool_and, bool_or, every.
    private static func isKnown(_ function: OID) -> Bool {
        let number = function.rawValue
        return isCount(function) || (2100...2146).contains(number)
            || [2050, 2051, 2244, 2245, 2517, 2518, 2519, 3526, 3527].contains(number)
    }
    private static func isCount(_ function: OID) -> Bool {
        [2147, 2803].contains(function.rawValue)
    }

    /// Cannot fail: columns, constants, comparisons, + - * of numerics.
    private static func isHarmless(_ expression: Expression) -> Bool {
        switch expression {
        case .variable, .constant, .parameter: true
        case .relabel(let value, _), .isNull(let value, _), .not(let value): isHarmless(value)
        case .and(let terms), .or(let terms): terms.allSatisfy { isHarmless($0) }
        case .call(let function, let arguments, _):
            arguments.allSatisfy { isHarmless($0) }
                && (Comparison.function(function) != nil
                    || [1724, 1725, 1726].contains(function.rawValue))
        default: false
        }
    }

    /// The subquery's value, with the aggregates taken from columns.
    func value(_ column: (Int) -> Expression) -> Expression {
        var position = 0
        func replaced(_ expression: Expression) -> Expression {
            guard case .aggregate(let call) = expression else {
                return expression.mapChildren { replaced($0) }
            }
            let value = column(position)
            position += 1
            if !GroupedQuery.isCount(call.function) { return value }
            return .coalesce(
                [value, .constant(Constant(type: call.type, value: .word(0)))], type: call.type)
        }
        return replaced(target)
    }
}

extension JoinTree {
    fileprivate var isOneRow: Bool {
        if case .oneRow = self { true } else { false }
    }
}

extension PlannerSource {
    fileprivate func isSetCall(_ expression: Expression) -> Bool {
        if case .call(let function, _, _) = expression { isSetReturning(function) } else { false }
    }
}
