internal import Base
internal import Catalog
internal import Functions
internal import Query
internal import Types

extension Expression {
    /// The AND of `terms`; nil if there are none.
    static func conjunction(_ terms: [Expression]) -> Expression? {
        terms.count > 1 ? .and(terms) : terms.first
    }

    /// A constant false or null, as a condition.
    var isNeverTrue: Bool {
        if case .constant(let constant) = self { return constant.value != .word(1) }
        return false
    }

    /// The expression without changes of type that leave the bytes as they are.
    var withoutRelabels: Expression {
        var result = self
        while case .relabel(let value, _) = result { result = value }
        return result
    }

    /// The elements of a constant array that are not null, as constants; nil: it is none.
    var constantElements: [Expression]? {
        guard case .constant(let constant) = self, case .bytes(let bytes) = constant.value,
            let element = FunctionRegistry.elementType(of: constant.type.oid)
        else { return nil }
        let arena = Arena()
        defer { withExtendedLifetime(arena) {} }
        let view = ByteView(copying: bytes, into: arena)
        return ArrayBinary.elements(view, arena: arena).compactMap { datum -> Expression? in
            if datum.isNull { return nil }
            let isWord = SQLType(element).physical == .word
            return .constant(
                Constant(
                    type: .plain(element),
                    value: isWord ? .word(datum.word) : .bytes(datum.view.withBytes { [UInt8]($0) })))
        }
    }

    /// pg_proc's unnest(anyarray).
    static let unnest = OID(2331)

    /// Range table entries of this query that the expression needs.
    var relations: RelationSet {
        var result = RelationSet()
        forEachVariable { variable, level in
            if level == 0 { result.insert(variable.relation) }
        }
        return result
    }

    /// True if `test` holds for the expression, one below it or one in a subquery.
    func containsDeep(_ test: (Expression) -> Bool) -> Bool {
        if test(self) { return true }
        if case .subquery(let subquery) = self, subquery.query.body.containsDeep(test) {
            return true
        }
        return children.contains { $0.containsDeep(test) }
    }
}

extension BoundQuery.Body {
    func containsDeep(_ test: (Expression) -> Bool) -> Bool {
        var found = false
        forEachExpression { expression, _ in
            if !found, expression.containsDeep(test) { found = true }
        }
        return found
    }
}

extension JoinTree {
    /// The range table entries below this node.
    var relations: RelationSet {
        switch self {
        case .oneRow: .none
        case .entry(let relation): RelationSet(relation)
        case .join(_, let left, let right, _): left.relations.union(right.relations)
        }
    }
}

extension PlannerSource {
    func isVolatile(_ expression: Expression) -> Bool {
        // The closure alone: a copy of this value is dear.
        let isVolatile = self.isVolatile
        return expression.containsDeep { PlannerSource.isVolatileCall($0, isVolatile) }
    }

    /// A call of a set-returning function anywhere in `expression` (subqueries apart).
    func returnsSet(_ expression: Expression) -> Bool {
        expression.contains {
            if case .call(let function, _, _) = $0 { return isSetReturning(function) }
            return false
        }
    }
}
