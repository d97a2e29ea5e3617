extension Expression {
    /// Structural equality: the same computation on the same inputs (PostgreSQL's `equal`).
    public func isSame(as other: Expression) -> Bool {
        guard hasSameHead(as: other) else { return false }
        let left = children
        let right = other.children
        guard left.count == right.count else { return false }
        return zip(left, right).allSatisfy { $0.isSame(as: $1) }
    }

    /// Equality but for the children.
    private func hasSameHead(as other: Expression) -> Bool {
        switch (self, other) {
        case (.constant(let a), .constant(let b)): a == b
        case (.parameter(let a, let s), .parameter(let b, let t)): a == b && s == t
        case (.variable(let a), .variable(let b)): a == b
        case (.slot(let a, _), .slot(let b, _)): a == b
        case (.executionParameter(let a, _), .executionParameter(let b, _)): a == b
        case (.call(let f, _, let s), .call(let g, _, let t)): f == g && s == t
        case (.systemColumn(let a, _, _, let s), .systemColumn(let b, _, _, let t)):
            a == b && s == t
        case (.ioCast(_, let s), .ioCast(_, let t)): s == t
        case (.relabel(_, let s), .relabel(_, let t)): s == t
        case (.coerceToDomain(_, let s), .coerceToDomain(_, let t)): s == t
        case (.row(let a), .row(let b)):
            a.type == b.type && (a.presence == nil) == (b.presence == nil)
        case (.field(_, let a, let s), .field(_, let b, let t)): a == b && s == t
        case (.fieldStore(_, let a, let s), .fieldStore(_, let b, let t)):
            a.map(\.index) == b.map(\.index) && s == t
        case (.applyModifier(_, let s, let e), .applyModifier(_, let t, let f)): s == t && e == f
        case (.and, .and), (.or, .or), (.not, .not), (.grouping, .grouping): true
        case (.isNull(_, let a), .isNull(_, let b)): a == b
        case (.isBoolean(_, let a, let m), .isBoolean(_, let b, let n)): a == b && m == n
        case (.isDistinct(_, _, let f, let m), .isDistinct(_, _, let g, let n)): f == g && m == n
        case (.caseWhen(let a, let m, _), .caseWhen(let b, let n, _)):
            a.count == b.count && (m == nil) == (n == nil)
        case (.holding(_, let a, _), .holding(_, let b, _)): a == b
        case (.heldValue(let a, let s), .heldValue(let b, let t)): a == b && s == t
        case (.coalesce(_, let s), .coalesce(_, let t)): s == t
        case (.nullIf(_, _, let f, _), .nullIf(_, _, let g, _)): f == g
        case (.minMax(let a, _, let s), .minMax(let b, _, let t)): a == b && s == t
        case (.inList(_, _, let f, let a), .inList(_, _, let g, let b)): f == g && a == b
        case (.anyOf(_, _, let f, let a), .anyOf(_, _, let g, let b)): f == g && a == b
        case (.array(_, let a, let s), .array(_, let b, let t)): a == b && s == t
        case (.arrayCast(_, let e, let s), .arrayCast(_, let f, let t)):
            s == t && (e == nil) == (f == nil)
                && zip([e].compactMap { $0 }, [f].compactMap { $0 }).allSatisfy { $0.isSame(as: $1) }
        case (.arrayReference(let a), .arrayReference(let b)):
            a.isSlice == b.isSlice && a.type == b.type && (a.newValue == nil) == (b.newValue == nil)
                && a.bounds.map { $0.lower == nil } == b.bounds.map { $0.lower == nil }
                && a.bounds.map { $0.upper == nil } == b.bounds.map { $0.upper == nil }
        case (.aggregate(let a), .aggregate(let b)):
            a.function == b.function && a.isDistinct == b.isDistinct
                && a.arguments.count == b.arguments.count
                && (a.filter == nil) == (b.filter == nil) && a.type == b.type
                && a.orderBy.map(\.descending) == b.orderBy.map(\.descending)
                && a.orderBy.map(\.nullsFirst) == b.orderBy.map(\.nullsFirst)
        case (.windowCall(let a), .windowCall(let b)): a.hasSameHead(as: b)
        case (.subquery(let a), .subquery(let b)):
            a.kind.hasSameTests(as: b.kind) && a.query.isSame(as: b.query)
        case (.written(_, let a), .written(_, let b)): a == b
        default: false
        }
    }
}

extension Subquery.Kind {
    /// Equality but for the tested expressions.
    fileprivate func hasSameTests(as other: Subquery.Kind) -> Bool {
        switch (self, other) {
        case (.exists, .exists), (.scalar, .scalar), (.array, .array): true
        case (.any(_, let left), .any(_, let right)), (.all(_, let left), .all(_, let right)):
            left == right
        case (.exists, _), (.scalar, _), (.array, _), (.any, _), (.all, _): false
        }
    }
}
