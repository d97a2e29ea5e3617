internal import Base
internal import Catalog
internal import Functions
internal import Query
internal import Types

/// EXISTS or NOT EXISTS as a join: rows of the query with, or without, a row of `tree` that meets
/// `conditions`.
struct SemiJoin {
    var kind: JoinKind
    var tree: JoinTree
    var conditions: [Expression]
}

/// Brings a query into a form with more ways to plan it and the same answer: simple subqueries in
/// FROM become part of it, correlated EXISTS and aggregates become joins, IN over an indexed column a
/// join with the distinct values, and outer joins whose null rows WHERE rejects become inner ones.
struct QueryRewriter {
    let source: PlannerSource
    var body: BoundQuery.Body
    var semiJoins: [SemiJoin] = []

    init(_ source: PlannerSource, _ body: BoundQuery.Body) {
        self.source = source
        self.body = body
    }

    /// True if there is nothing to rewrite: the usual small statement.
    static func isPlain(_ body: BoundQuery.Body) -> Bool {
        guard case .entry(let relation) = body.from else {
            if case .oneRow = body.from { return true }
            return false
        }
        if case .subquery = body.rangeTable[relation].kind { return false }
        if body.targets.contains(where: { $0.expression.contains { $0.isSubquery } }) { return false }
        guard let predicate = body.predicate else { return true }
        return !predicate.contains {
            switch $0 {
            case .subquery, .inList, .anyOf: true
            default: false
            }
        }
    }

    /// - Parameter estimate: what other forms of the query would take.
    mutating func run(pullsUp: Bool, _ estimate: Estimator) {
        if pullsUp {
            pullUpSubqueries()
            decorrelate(estimate)
        }
        reduceOuterJoins()
        rewriteConditions()
    }

    // MARK: Subqueries in FROM

    private mutating func pullUpSubqueries() {
        var relation = 0
        while relation < body.rangeTable.count {
            if case .subquery(let query) = body.rangeTable[relation].kind,
                let isNullable = place(of: relation, in: body.from, isNullable: false),
                canPullUp(query.body, relation, isNullable: isNullable),
                isAmongInnerJoins(relation, in: body.from)
                    ? !outerJoinsLookAside(query.body) : !looksAside(query.body)
            {
                pullUp(query.body, relation)
            }
            relation += 1
        }
    }

    /// Whether outer joins may null the entry's columns; nil if it is not in the tree.
    private func place(of relation: Int, in tree: JoinTree, isNullable: Bool) -> Bool? {
        switch tree {
        case .oneRow: return nil
        case .entry(let entry): return entry == relation ? isNullable : nil
        case .join(let kind, let left, let right, _):
            let leftNullable = kind == .right || kind == .full
            let rightNullable = kind == .left || kind == .full
            return place(of: relation, in: left, isNullable: isNullable || leftNullable)
                ?? place(of: relation, in: right, isNullable: isNullable || rightNullable)
        }
    }

    /// True if only inner joins are above the entry.
    private func isAmongInnerJoins(_ relation: Int, in tree: JoinTree) -> Bool {
        switch tree {
        case .oneRow: false
        case .entry(let entry): entry == relation
        case .join(.inner, let left, let right, _):
            isAmongInnerJoins(relation, in: left) || isAmongInnerJoins(relation, in: right)
        case .join: false
        }
    }

    /// LATERAL: the subquery refers to other entries of this query.
    private func looksAside(_ query: BoundQuery.Body) -> Bool {
        var found = false
        query.forEachVariable { _, level in if level == 1 { found = true } }
        return found
    }

    /// An outer join's conditions and entries refer to other entries of this query: such a join
    /// is planned by itself, where it has nothing of them.
    private func outerJoinsLookAside(_ query: BoundQuery.Body) -> Bool {
        func outerJoins(_ tree: JoinTree) -> [JoinTree] {
            switch tree {
            case .oneRow, .entry: []
            case .join(.inner, let left, let right, _): outerJoins(left) + outerJoins(right)
            case .join: [tree]
            }
        }
        return outerJoins(query.from).contains { tree in
            var part = BoundQuery.Body()
            part.from = tree
            part.rangeTable = query.rangeTable
            for relation in part.rangeTable.indices where !tree.relations.contains(relation) {
                part.rangeTable[relation].kind = .excluded
            }
            return looksAside(part)
        }
    }

    private func canPullUp(
        _ query: BoundQuery.Body, _ relation: Int, isNullable: Bool
    ) -> Bool {
        guard query.commonTables.isEmpty, query.setOperation == nil, !query.hasAggregates, query.groupBy.isEmpty,
            query.having == nil, case .none = query.distinct, query.orderBy.isEmpty,
            query.limit == nil, query.offset == nil, query.locking.isEmpty,
            !query.hasWindows,
            !body.locking.contains(where: { $0.relation == relation }),
            query.rangeTable.count + body.rangeTable.count <= RelationSet.relationsMax
        else { return false }
        if case .oneRow = query.from { return false }
        for target in query.targets {
            if source.isVolatile(target.expression) || source.returnsSet(target.expression) {
                return false
            }
            if target.expression.contains({ if case .subquery = $0 { true } else { false } }) {
                return false
            }
            if isNullable {
                guard case .variable(let variable) = target.expression.withoutRelabels,
                    variable.levelsUp == 0
                else { return false }
            }
        }
        return true
    }

    /// A query whose parts come into the query around it, behind its first `offset` relations: what was
    /// one level below is at this level.
    static func raised(_ query: BoundQuery.Body, past offset: Int) -> BoundQuery.Body {
        query.mapVariables(depth: 0) { variable, depth in
            var variable = variable
            if variable.levelsUp == depth {
                variable.relation += offset
            } else if variable.levelsUp > depth {
                variable.levelsUp -= 1
            }
            return .variable(variable)
        }
    }

    private mutating func pullUp(_ query: BoundQuery.Body, _ relation: Int) {
        let offset = body.rangeTable.count
        let inner = QueryRewriter.raised(query, past: offset)
        let outputs = inner.targets.filter { !$0.isHidden }.map(\.expression)
        body.rangeTable += inner.rangeTable
        body.rangeTable[relation].kind = .excluded
        var tree = inner.from.shifted(by: offset)
        if let predicate = inner.predicate {
            if isAmongInnerJoins(relation, in: body.from) {
                // As a condition of this query it is rewritten with the others.
                body.predicate = Expression.conjunction(
                    (body.predicate?.conjuncts ?? []) + predicate.conjuncts)
            } else {
                tree = .join(.inner, tree, .oneRow, condition: predicate)
            }
        }
        body.from = replace(relation, by: tree, in: body.from)
        body = body.mapVariables(depth: 0) { variable, depth in
            guard variable.levelsUp == depth, variable.relation == relation else {
                return .variable(variable)
            }
            return outputs[variable.column].lowered(by: depth)
        }
    }

    private func replace(_ relation: Int, by new: JoinTree, in tree: JoinTree) -> JoinTree {
        switch tree {
        case .oneRow: .oneRow
        case .entry(let entry): entry == relation ? new : tree
        case .join(let kind, let left, let right, let condition):
            .join(
                kind, replace(relation, by: new, in: left),
                replace(relation, by: new, in: right), condition: condition)
        }
    }

    // MARK: Outer joins

    private mutating func reduceOuterJoins() {
        body.from = reduce(body.from, rejecting: body.predicate?.conjuncts ?? [])
    }

    /// `conditions` hold for every row that comes out above `tree`.
    private func reduce(_ tree: JoinTree, rejecting conditions: [Expression]) -> JoinTree {
        guard case .join(var kind, let left, let right, let condition) = tree else { return tree }
        let rejectsLeft = conditions.contains { rejectsNulls($0, of: left.relations) }
        let rejectsRight = conditions.contains { rejectsNulls($0, of: right.relations) }
        switch kind {
        case .left where rejectsRight, .right where rejectsLeft: kind = .inner
        case .full:
            kind =
                rejectsLeft && rejectsRight
                ? .inner : rejectsLeft ? .left : rejectsRight ? .right : .full
        default: break
        }
        let own = condition?.conjuncts ?? []
        switch kind {
        case .inner, .semi, .anti:
            return .join(
                kind, reduce(left, rejecting: conditions + own),
                reduce(right, rejecting: conditions + own), condition: condition)
        case .left:
            return .join(
                kind, reduce(left, rejecting: conditions), reduce(right, rejecting: own),
                condition: condition)
        case .right:
            return .join(
                kind, reduce(left, rejecting: own), reduce(right, rejecting: conditions),
                condition: condition)
        case .full:
            return .join(
                kind, reduce(left, rejecting: []), reduce(right, rejecting: []),
                condition: condition)
        }
    }

    /// True if the condition cannot be true where all columns of `relations` are null.
    private func rejectsNulls(_ condition: Expression, of relations: RelationSet) -> Bool {
        switch condition {
        case .and(let terms): terms.contains { rejectsNulls($0, of: relations) }
        case .or(let terms): terms.allSatisfy { rejectsNulls($0, of: relations) }
        case .isNull(let value, negated: true): isNull(value, without: relations)
        case .not(let value): isNull(value, without: relations)
        case .inList(let left, _, _, _): isNull(left, without: relations)
        default: isNull(condition, without: relations)
        }
    }

    /// True if the expression is null where all columns of `relations` are.
    private func isNull(_ expression: Expression, without relations: RelationSet) -> Bool {
        switch expression {
        case .variable(let variable):
            variable.levelsUp == 0 && relations.contains(variable.relation)
        case .relabel(let value, _), .ioCast(let value, _), .applyModifier(let value, _, _):
            isNull(value, without: relations)
        case .call(let function, let arguments, _):
            source.isStrict(function) && arguments.contains { isNull($0, without: relations) }
        default: false
        }
    }
}

extension Expression {
    var isSubquery: Bool {
        switch self {
        case .subquery, .subplan: true
        default: false
        }
    }
}

extension PlannerSource {
    /// True if the expression itself, not one below it, is volatile.
    func isVolatileCall(_ expression: Expression) -> Bool {
        PlannerSource.isVolatileCall(expression, isVolatile)
    }

    static func isVolatileCall(
        _ expression: Expression, _ isVolatile: (OID) -> Bool
    ) -> Bool {
        switch expression {
        case .call(let function, _, _): isVolatile(function)
        case .nextValue: true
        default: false
        }
    }
}

extension BoundQuery.Body {
    /// A subquery in FROM of which only some columns are read: the others compute nothing.
    func pruned(to columns: [Int], source: PlannerSource) -> BoundQuery.Body {
        guard setOperation == nil, case .none = distinct else { return self }
        var body = self
        var column = -1
        for index in targets.indices where !targets[index].isHidden {
            column += 1
            if columns.contains(column) || orderBy.contains(where: { $0.target == index }) {
                continue
            }
            let expression = targets[index].expression
            if source.isVolatile(expression) || source.returnsSet(expression) { continue }
            body.targets[index].expression = .constant(.null(expression.type))
        }
        return body
    }
}
