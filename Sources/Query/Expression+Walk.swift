import Types

extension Expression {
    /// The terms of an AND, flattened; `true` terms are left out.
    public func appendConjuncts(to list: inout [Expression]) {
        switch self {
        case .and(let terms): for term in terms { term.appendConjuncts(to: &list) }
        case .constant(let constant) where constant.value == .word(1): break
        default: list.append(self)
        }
    }

    /// The terms of an AND; the expression itself where it is none.
    public var conjuncts: [Expression] {
        var list: [Expression] = []
        appendConjuncts(to: &list)
        return list
    }

    /// The expressions directly below this one (those of subqueries' test sides included, their
    /// queries not).
    public var children: [Expression] {
        switch self {
        case .constant, .parameter, .variable, .slot, .executionParameter, .nextValue,
            .heldValue, .defaultMarker:
            []
        case .holding(let value, _, let body): [value, body]
        case .call(_, let arguments, _): arguments
        case .ioCast(let value, _), .relabel(let value, _), .applyModifier(let value, _, _),
            .coerceToDomain(let value, _), .field(let value, _, _), .not(let value), .isNull(let value, _), .isBoolean(let value, _, _),
            .written(let value, _):
            [value]
        case .and(let values), .or(let values), .coalesce(let values, _),
            .minMax(_, let values, _), .grouping(let values):
            values
        case .isDistinct(let left, let right, _, _), .nullIf(let left, let right, _, _),
            .systemColumn(_, let left, let right, _):
            [left, right]
        case .caseWhen(let branches, let otherwise, _):
            branches.flatMap { [$0.condition, $0.result] } + (otherwise.map { [$0] } ?? [])
        case .inList(let left, let list, _, _): [left] + list
        case .anyOf(let left, let array, _, _): [left, array]
        case .array(let values, _, _): values
        case .row(let row): row.children
        case .fieldStore(let row, let fields, _): [row] + fields.map(\.value)
        case .arrayCast(let value, _, _): [value]
        case .arrayReference(let reference): reference.children
        case .aggregate(let call):
            call.arguments + (call.filter.map { [$0] } ?? []) + call.orderBy.map(\.expression)
        case .windowCall(let call): call.children
        case .subquery(let subquery):
            switch subquery.kind {
            case .exists, .scalar, .array: []
            case .any(let left, _), .all(let left, _): left
            }
        case .subplan(let reference):
            switch reference.kind {
            case .exists, .scalar, .array: reference.arguments.map(\.value)
            case .any(let left, _), .all(let left, _): left + reference.arguments.map(\.value)
            }
        }
    }

    /// This expression with `new` for what it holds under a number.
    public func replacingHeld(_ number: Int, by new: Expression) -> Expression {
        switch self {
        case .heldValue(number, _): return new
        // Another value of the same number hides this one.
        case .holding(let value, number, let body):
            return .holding(
                value.replacingHeld(number, by: new), number: number, body: body)
        default: return mapChildren { $0.replacingHeld(number, by: new) }
        }
    }

    /// This expression with `change` applied to each child.
    public func mapChildren<Failure: Error>(
        _ change: (Expression) throws(Failure) -> Expression
    ) throws(Failure) -> Expression {
        func all(_ values: [Expression]) throws(Failure) -> [Expression] {
            var result: [Expression] = []
            for value in values { result.append(try change(value)) }
            return result
        }
        switch self {
        case .constant, .parameter, .variable, .slot, .executionParameter, .nextValue,
            .heldValue, .defaultMarker:
            return self
        case .holding(let value, let number, let body):
            return .holding(try change(value), number: number, body: try change(body))
        case .call(let function, let arguments, let type):
            return .call(function: function, arguments: try all(arguments), type: type)
        case .systemColumn(let column, let table, let key, let isWritten):
            return .systemColumn(
                column, table: try change(table), key: try change(key), isWritten: isWritten)
        case .ioCast(let value, let type): return .ioCast(try change(value), type: type)
        case .written(let value, let form): return .written(try change(value), as: form)
        case .relabel(let value, let type): return .relabel(try change(value), type: type)
        case .applyModifier(let value, let type, let isExplicit):
            return .applyModifier(try change(value), type: type, isExplicit: isExplicit)
        case .coerceToDomain(let value, let type):
            return .coerceToDomain(try change(value), type: type)
        case .row(let row): return .row(try row.mapChildren(change))
        case .field(let row, let index, let type):
            return .field(try change(row), index: index, type: type)
        case .fieldStore(let row, let fields, let type):
            var changed: [FieldValue] = []
            for field in fields {
                changed.append(FieldValue(index: field.index, value: try change(field.value)))
            }
            return .fieldStore(try change(row), changed, type: type)
        case .and(let values): return .and(try all(values))
        case .or(let values): return .or(try all(values))
        case .not(let value): return .not(try change(value))
        case .isNull(let value, let negated): return .isNull(try change(value), negated: negated)
        case .isBoolean(let tested, let value, let negated):
            return .isBoolean(try change(tested), value: value, negated: negated)
        case .isDistinct(let left, let right, let equality, let negated):
            return .isDistinct(
                try change(left), try change(right), equality: equality, negated: negated)
        case .caseWhen(let branches, let otherwise, let type):
            var changed: [CaseBranch] = []
            for branch in branches {
                changed.append(
                    CaseBranch(
                        condition: try change(branch.condition), result: try change(branch.result)))
            }
            let rest: Expression? = if let otherwise { try change(otherwise) } else { nil }
            return .caseWhen(branches: changed, otherwise: rest, type: type)
        case .coalesce(let values, let type): return .coalesce(try all(values), type: type)
        case .nullIf(let left, let right, let equality, let type):
            return .nullIf(try change(left), try change(right), equality: equality, type: type)
        case .minMax(let isGreatest, let values, let type):
            return .minMax(isGreatest: isGreatest, try all(values), type: type)
        case .inList(let left, let list, let function, let isAll):
            return .inList(try change(left), try all(list), function: function, isAll: isAll)
        case .anyOf(let left, let array, let function, let isAll):
            return .anyOf(
                try change(left), array: try change(array), function: function, isAll: isAll)
        case .array(let values, let isNested, let type):
            return .array(try all(values), isNested: isNested, type: type)
        case .arrayCast(let value, let element, let type):
            return .arrayCast(try change(value), element: element, type: type)
        case .arrayReference(let reference): return .arrayReference(try reference.mapChildren(change))
        case .aggregate(var call):
            call.arguments = try all(call.arguments)
            if let filter = call.filter { call.filter = try change(filter) }
            for index in call.orderBy.indices {
                call.orderBy[index].expression = try change(call.orderBy[index].expression)
            }
            return .aggregate(call)
        case .windowCall(let call): return .windowCall(try call.map(change))
        case .grouping(let arguments): return .grouping(try all(arguments))
        case .subquery(var subquery):
            switch subquery.kind {
            case .exists, .scalar, .array: break
            case .any(let left, let functions):
                subquery.kind = .any(left: try all(left), functions: functions)
            case .all(let left, let functions):
                subquery.kind = .all(left: try all(left), functions: functions)
            }
            return .subquery(subquery)
        case .subplan(var reference):
            for index in reference.arguments.indices {
                reference.arguments[index].value = try change(reference.arguments[index].value)
            }
            switch reference.kind {
            case .exists, .scalar, .array: break
            case .any(let left, let functions):
                reference.kind = .any(left: try all(left), functions: functions)
            case .all(let left, let functions):
                reference.kind = .all(left: try all(left), functions: functions)
            }
            return .subplan(reference)
        }
    }

    /// True if `test` holds for this expression or one below it.
    public func contains(_ test: (Expression) -> Bool) -> Bool {
        test(self) || children.contains { $0.contains(test) }
    }
}

extension Expression {
    /// A condition that no row meets.
    public static let never = Expression.constant(
        Constant(type: SQLType(oid: .bool, modifier: -1), value: .word(0)))

    public var isNever: Bool {
        if case .constant(let constant) = self { return constant.value == .word(0) }
        return false
    }
}
