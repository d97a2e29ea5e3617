internal import Base
internal import Catalog
internal import Functions
internal import Query
internal import Types

extension Expression {
    /// The terms of an AND, flattened; `true` terms are left out.
    func appendConjuncts(to list: inout [Expression]) {
        switch self {
        case .and(let terms): for term in terms { term.appendConjuncts(to: &list) }
        case .constant(let constant) where constant.value == .word(1): break
        default: list.append(self)
        }
    }

    var conjuncts: [Expression] {
        var list: [Expression] = []
        appendConjuncts(to: &list)
        return list
    }

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

    /// Calls `visit` for every variable, in subqueries too, with its level seen from here: 0 for
    /// this query's own.
    func forEachVariable(depth: Int = 0, _ visit: (Variable, Int) -> Void) {
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
    /// Calls `visit` for every expression directly in this query with the number of query levels
    /// between: 1 for those of a subquery in FROM or of a set operation's arm.
    func forEachExpression(depth: Int = 0, _ visit: (Expression, Int) -> Void) {
        for entry in rangeTable {
            switch entry.kind {
            case .table, .computed, .sequence, .excluded, .common: break
            case .subquery(let query): query.body.forEachExpression(depth: depth + 1, visit)
            case .values(let rows): for row in rows { for value in row { visit(value, depth) } }
            case .function(let call, _): visit(call, depth)
            }
        }
        for table in commonTables {
            table.query.body.forEachExpression(depth: depth + 1, visit)
        }
        from.forEachCondition { visit($0, depth) }
        if let predicate { visit(predicate, depth) }
        for target in targets { visit(target.expression, depth) }
        for expression in groupBy { visit(expression, depth) }
        if let having { visit(having, depth) }
        if let limit { visit(limit, depth) }
        if let offset { visit(offset, depth) }
        if let setOperation {
            setOperation.left.body.forEachExpression(depth: depth + 1, visit)
            setOperation.right.body.forEachExpression(depth: depth + 1, visit)
        }
    }

    func forEachVariable(depth: Int = 0, _ visit: (Variable, Int) -> Void) {
        forEachExpression { expression, below in
            expression.forEachVariable(depth: depth + below, visit)
        }
    }

    func containsDeep(_ test: (Expression) -> Bool) -> Bool {
        var found = false
        forEachExpression { expression, _ in
            if !found, expression.containsDeep(test) { found = true }
        }
        return found
    }
}

extension JoinTree {
    func forEachCondition(_ visit: (Expression) -> Void) {
        guard case .join(_, let left, let right, let condition) = self else { return }
        left.forEachCondition(visit)
        right.forEachCondition(visit)
        if let condition { visit(condition) }
    }

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
        expression.containsDeep { isVolatileCall($0) }
    }

    /// A call of a set-returning function anywhere in `expression` (subqueries apart).
    func returnsSet(_ expression: Expression) -> Bool {
        expression.contains {
            if case .call(let function, _, _) = $0 { return isSetReturning(function) }
            return false
        }
    }

    /// A set-returning call within the arguments of another one.
    func nestsSets(_ expression: Expression) -> Bool {
        expression.contains {
            if case .call(let function, let arguments, _) = $0, isSetReturning(function) {
                return arguments.contains { returnsSet($0) }
            }
            return false
        }
    }
}
