internal import Base
internal import Catalog
internal import Functions
internal import Parse
internal import Query
internal import Types

/// Operator expressions and their resolution (PostgreSQL chapter 10.2).
extension Analyzer {
    func analyzeOperation(
        _ kind: OperationKind, _ name: [String], _ left: SyntaxExpression?,
        _ right: SyntaxExpression, at location: Int
    ) throws(SQLError) -> Expression {
        switch kind {
        case .operator, .like, .iLike, .similar:
            return try analyzePlainOperator(name, left, right, at: location)
        case .any, .all:
            guard let left else { throw SQLError(.internalError, "ANY has a left side") }
            return try analyzeArrayComparison(
                name.last ?? "=", left, right, isAll: kind == .all, at: location)
        case .in:
            return try analyzeIn(name, left, right, at: location)
        case .between, .notBetween, .betweenSymmetric, .notBetweenSymmetric:
            return try analyzeBetween(kind, left, right, at: location)
        case .isDistinct, .isNotDistinct:
            if case .row(let lefts, _, _)? = left, case .row(let rights, _, _) = right {
                return try rowDistinction(
                    lefts, rights, negated: kind == .isNotDistinct, at: location)
            }
            let equality = try comparison("=", left, right, at: location)
            guard case .call(let function, let sides, _) = equality else { return equality }
            return .isDistinct(
                sides[0], sides[1], equality: function, negated: kind == .isNotDistinct)
        case .nullIf:
            let equality = try comparison("=", left, right, at: location)
            guard case .call(let function, let sides, _) = equality else { return equality }
            return .nullIf(sides[0], sides[1], equality: function, type: sides[0].type)
        }
    }

    private func analyzePlainOperator(
        _ name: [String], _ left: SyntaxExpression?, _ right: SyntaxExpression, at location: Int
    ) throws(SQLError) -> Expression {
        guard let left else {
            return try prefixOperator(name.last ?? "", try analyze(right), at: location)
        }
        // (a, b) = (c, d) and (a, b) < (c, d).
        if case .row(let lefts, _, _) = left, case .row(let rights, _, _) = right {
            return try rowComparison(name.last ?? "", lefts, rights, at: location)
        }
        if case .row(let lefts, _, _) = left, case .subLink(let link) = right,
            link.kind == .expression
        {
            return try rowComparison(name.last ?? "", lefts, link, at: location)
        }
        return try comparison(name.last ?? "", left, right, at: location)
    }

    private func comparison(
        _ name: String, _ left: SyntaxExpression?, _ right: SyntaxExpression, at location: Int
    ) throws(SQLError) -> Expression {
        guard let left else { return try prefixOperator(name, try analyze(right), at: location) }
        let l = try analyze(left)
        let r = try analyze(right)
        return try binaryOperator(
            name, l, r, at: location, sides: (self.location(of: left), self.location(of: right)))
    }

    private func analyzeIn(
        _ name: [String], _ left: SyntaxExpression?, _ right: SyntaxExpression, at location: Int
    ) throws(SQLError) -> Expression {
        guard let left, case .list(let items) = right else {
            throw SQLError(.internalError, "IN has a list")
        }
        let negated = name.last == "<>"
        if case .row(let lefts, _, _) = left {
            var alternatives: [Expression] = []
            for item in items {
                guard case .row(let rights, _, _) = item else {
                    throw failure(
                        .syntaxError, "unequal number of entries in row expressions", at: location)
                }
                alternatives.append(try rowComparison("=", lefts, rights, at: location))
            }
            return negated ? .not(.or(alternatives)) : .or(alternatives)
        }
        let tested = try analyze(left)
        var values: [Expression] = []
        for item in items { values.append(try analyze(item)) }
        if values.count == 1 {
            return try binaryOperator(
                negated ? "<>" : "=", tested, values[0], at: location,
                sides: (self.location(of: left), self.location(of: items[0])))
        }
        // With one type for all elements it is a search in a list; else a chain of comparisons.
        if canUnify([tested] + values), let element = unifiedType(of: values) {
            let probe = try binaryOperator(
                negated ? "<>" : "=", tested,
                element.oid == .unknown
                    ? values[0] : Expression.slot(0, type: .plain(element.oid)), at: location,
                sides: (self.location(of: left), items.first.map(self.location(of:)) ?? location))
            if case .call(let function, let sides, _) = probe {
                var list: [Expression] = []
                for (value, item) in zip(values, items) {
                    list.append(
                        try coerce(
                            value, to: .plain(sides[1].type.oid), .implicit,
                            at: self.location(of: item)))
                }
                return .inList(sides[0], list, function: function, isAll: negated)
            }
        }
        var comparisons: [Expression] = []
        for value in values {
            comparisons.append(
                try binaryOperator(negated ? "<>" : "=", tested, value, at: location))
        }
        return negated ? .and(comparisons) : .or(comparisons)
    }

    /// The one type that all values can take; nil: there is none, which is no error here.
    private func unifiedType(of values: [Expression]) -> SQLType? {
        do throws(SQLError) {
            return try commonType(values, construct: "IN", at: values.map { _ in -1 })
        } catch {
            return nil
        }
    }

    private func canUnify(_ values: [Expression]) -> Bool {
        let categories = Set(
            values.filter { $0.type.oid != .unknown }.compactMap {
                TypeCatalog.info($0.type.oid)?.category
            })
        return categories.count <= 1
    }

    private func analyzeBetween(
        _ kind: OperationKind, _ left: SyntaxExpression?, _ right: SyntaxExpression,
        at location: Int
    ) throws(SQLError) -> Expression {
        guard let left, case .list(let bounds) = right, bounds.count == 2 else {
            throw SQLError(.internalError, "BETWEEN has two bounds")
        }
        // As written out: rows are compared as rows.
        func test(_ name: String, _ bound: SyntaxExpression) throws(SQLError) -> Expression {
            try analyzePlainOperator([name], left, bound, at: location)
        }
        func within(_ low: Int, _ high: Int) throws(SQLError) -> Expression {
            .and([try test(">=", bounds[low]), try test("<=", bounds[high])])
        }
        func outside(_ low: Int, _ high: Int) throws(SQLError) -> Expression {
            .or([try test("<", bounds[low]), try test(">", bounds[high])])
        }
        switch kind {
        case .between: return try within(0, 1)
        case .notBetween: return try outside(0, 1)
        case .betweenSymmetric: return .or([try within(0, 1), try within(1, 0)])
        default: return .and([try outside(0, 1), try outside(1, 0)])
        }
    }

    // MARK: Resolution

    func prefixOperator(
        _ name: String, _ argument: Expression, at location: Int
    ) throws(SQLError) -> Expression {
        let candidates = FunctionRegistry.operators(named: name).filter { $0.left == nil }
        let choice = selectCandidate(candidates.map { [$0.right] }, [TypeCatalog.base(argument.type.oid)])
        guard case .one(let index) = choice else {
            throw undefinedOperator(
                "\(name) \(typeText(argument.type))", isAmbiguous: choice == .ambiguous, isPrefix: true,
                at: location)
        }
        let chosen = candidates[index]
        return .call(
            function: chosen.function,
            arguments: [try coerce(argument, to: .plain(chosen.right), .implicit, at: location)],
            type: .plain(chosen.result))
    }

    /// - Parameter sides: where the operands are, for literals that do not fit.
    func binaryOperator(
        _ name: String, _ left: Expression, _ right: Expression, at location: Int,
        sides: (left: Int, right: Int)? = nil
    ) throws(SQLError) -> Expression {
        func written() -> String { "\(typeText(left.type)) \(name) \(typeText(right.type))" }
        let types = [left, right].map { TypeCatalog.base($0.type.oid) }
        let exact = exactTypes(types)
        // Most operators are found at once, without a look at all of their name.
        if let chosen = FunctionRegistry.operator(named: name, left: exact[0], right: exact[1]) {
            let arguments = [
                try coerce(left, to: .plain(exact[0]), .implicit, at: sides?.left ?? location),
                try coerce(right, to: .plain(exact[1]), .implicit, at: sides?.right ?? location),
            ]
            return .call(
                function: chosen.function, arguments: arguments, type: .plain(chosen.result))
        }
        func concrete(_ entry: OperatorEntry) -> [OID]? {
            guard let left = entry.left else { return nil }
            return FunctionRegistry.concreteTypes(declared: [left, entry.right], actual: types)
        }
        let candidates = FunctionRegistry.operators(named: name).filter { concrete($0) != nil }
        let choice = chooseOperator(candidates, types)
        guard case .one(let index) = choice, let leftType = candidates[index].left,
            let operands = concrete(candidates[index])
        else {
            throw undefinedOperator(written(), isAmbiguous: choice == .ambiguous, at: location)
        }
        let chosen = candidates[index]
        let arguments = [
            try coerce(left, to: .plain(operands[0]), .implicit, at: sides?.left ?? location),
            try coerce(right, to: .plain(operands[1]), .implicit, at: sides?.right ?? location),
        ]
        let result = FunctionRegistry.resultType(
            chosen.result, declared: [leftType, chosen.right], actual: arguments.map(\.type.oid))
        return .call(function: chosen.function, arguments: arguments, type: .plain(result))
    }

    /// An unknown literal is first taken to be of the other side's type.
    private func exactTypes(_ types: [OID]) -> [OID] {
        var exact = types
        if types[0] == .unknown, types[1] != .unknown { exact[0] = types[1] }
        if types[1] == .unknown, types[0] != .unknown { exact[1] = types[0] }
        return exact
    }

    private func chooseOperator(_ candidates: [OperatorEntry], _ types: [OID]) -> CandidateChoice {
        let exact = exactTypes(types)
        if let index = candidates.firstIndex(where: {
            $0.left == exact[0] && $0.right == exact[1]
        }) {
            return .one(index)
        }
        return selectCandidate(candidates.map { [$0.left ?? .invalid, $0.right] }, types)
    }

    private func undefinedOperator(
        _ written: String, isAmbiguous: Bool, isPrefix: Bool = false, at location: Int
    ) -> SQLError {
        if isAmbiguous {
            return failure(.ambiguousFunction, "operator is not unique: \(written)", at: location)
                .hint(
                    "Could not choose a best candidate operator. You might need to add explicit type casts."
                )
        }
        return failure(.undefinedFunction, "operator does not exist: \(written)", at: location)
            .hint(
                isPrefix
                    ? "No operator matches the given name and argument type. You might need to add an explicit type cast."
                    : "No operator matches the given name and argument types. You might need to add explicit type casts."
            )
    }
}
