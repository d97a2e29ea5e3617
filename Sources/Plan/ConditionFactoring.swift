internal import Base
internal import Query

extension Expression {
    /// `(a AND x) OR (a AND y)` as `a AND (x OR y)`: what all arms say can be joined by and looked
    /// up. Only where an OR's arms have a term in common.
    func factored(_ isVolatile: (Expression) -> Bool) -> Expression {
        switch self {
        case .and(let terms):
            if !terms.contains(where: { if case .or = $0 { true } else { false } }) { return self }
            var result: [Expression] = []
            for term in terms { term.factored(isVolatile).appendConjuncts(to: &result) }
            return Expression.conjunction(result) ?? self
        case .or(let terms):
            let arms = terms.map { $0.factored(isVolatile).conjuncts }
            guard arms.count > 1 else { return self }
            var common = arms[0].filter { term in
                !isVolatile(term)
                    && arms.dropFirst().allSatisfy { $0.contains { $0.isSame(as: term) } }
            }
            if common.isEmpty { return self }
            let rests = arms.map { arm in
                arm.filter { term in !common.contains { $0.isSame(as: term) } }
            }
            if !rests.contains(where: \.isEmpty) {
                common.append(.or(rests.compactMap { Expression.conjunction($0) }))
            }
            return Expression.conjunction(common) ?? self
        default: return self
        }
    }

    /// What an OR over several entries says of some of them by themselves: the OR of its arms' terms
    /// about them. Nil: an arm says nothing.
    func implied(for relations: RelationSet, _ isVolatile: (Expression) -> Bool) -> Expression? {
        guard case .or(let terms) = self else { return nil }
        var arms: [Expression] = []
        for term in terms {
            let own = term.conjuncts.filter {
                let needed = $0.relations
                return !needed.isEmpty && needed.isSubset(of: relations) && !isVolatile($0)
                    && !$0.contains { $0.isSubquery }
            }
            guard let arm = Expression.conjunction(own) else { return nil }
            arms.append(arm)
        }
        return .or(arms)
    }

    /// Conditions in the order in which they are tested: those that cost less first; among equals
    /// as written, but equalities last, as PostgreSQL comes to them through its equivalence classes.
    static func cheapestFirst(_ terms: [Expression]) -> [Expression] {
        if terms.count < 2 { return terms }
        let costs = terms.map { $0.callCount * 2 + ($0.isEquality ? 1 : 0) }
        return terms.indices.sorted {
            costs[$0] == costs[$1] ? $0 < $1 : costs[$0] < costs[$1]
        }.map { terms[$0] }
    }

    private var isEquality: Bool {
        guard case .call(let function, _, _) = self else { return false }
        return Comparison.function(function)?.strategy == .equal
    }

    /// How many calls a row costs.
    private var callCount: Int {
        let own: Int
        switch self {
        case .call, .isDistinct, .nullIf: own = 1
        // The output of one type, the input of another.
        case .ioCast: own = 2
        case .inList(_, let list, _, _): own = max(list.count / 2, 1)
        case .anyOf: own = 5
        case .subplan(let reference): own = reference.arguments.isEmpty ? 1 : 1000
        default: own = 0
        }
        return children.reduce(own) { $0 + $1.callCount }
    }
}
