internal import Base
internal import Functions
internal import Query
internal import Types

/// NOT, moved into what it negates (PostgreSQL's negate_clause): a comparison becomes its opposite,
/// which an index or a column's statistics may know something of.
enum Negation {
    /// The functions of operators that negate each other.
    private static let opposites: [OID: OID] = {
        var functions: [OID: OID] = [:]
        for entry in FunctionRegistry.allOperators { functions[entry.oid] = entry.function }
        var result: [OID: OID] = [:]
        for entry in FunctionRegistry.allOperators where entry.negator.isValid {
            result[entry.function] = functions[entry.negator]
        }
        return result
    }()

    static func of(_ expression: Expression) -> Expression {
        switch expression {
        case .constant(let constant):
            guard case .word(let word) = constant.value else { return expression }
            return .constant(.bool(word == 0))
        case .not(let value): return value
        case .and(let terms): return .or(terms.map { of($0) })
        case .or(let terms): return .and(terms.map { of($0) })
        case .call(let function, let arguments, let type) where arguments.count == 2:
            guard let opposite = opposites[function] else { return .not(expression) }
            return .call(function: opposite, arguments: arguments, type: type)
        case .inList(let left, let list, let function, let isAll):
            guard let opposite = opposites[function] else { return .not(expression) }
            return .inList(left, list, function: opposite, isAll: !isAll)
        case .anyOf(let left, let array, let function, let isAll):
            guard let opposite = opposites[function] else { return .not(expression) }
            return .anyOf(left, array: array, function: opposite, isAll: !isAll)
        // Some fields of a row may be null and others not.
        case .isNull(let value, let negated)
        where !TypeCatalog.isComposite(TypeCatalog.base(value.type.oid))
            && value.type.oid != .record:
            return .isNull(value, negated: !negated)
        case .isBoolean(let value, let wanted, let negated):
            return .isBoolean(value, value: wanted, negated: !negated)
        default: return .not(expression)
        }
    }
}
