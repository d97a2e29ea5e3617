internal import Base
internal import Functions
internal import Types

/// What the expressions of a query ask of the text around them.
protocol QueryLayout: AnyObject {
    /// Parentheses only where they are needed.
    var isPretty: Bool { get }
    /// The text is kept and read again, not shown.
    var isForCatalog: Bool { get }
    /// A query below the present one.
    func text(of query: BoundQuery) -> String
    /// `text` on a line of its own, indented; the indentation changes before and after it.
    func line(_ text: String, before: Int, after: Int) -> String
}

extension Expression {
    /// The varchar literals of an array of such taken as text each: an IN list that was read again.
    var varcharLiterals: [Expression]? {
        guard case .array(let values, isNested: false, let type) = self, type.oid == .textArray
        else { return nil }
        var literals: [Expression] = []
        for value in values {
            guard case .relabel(let inner, _) = value, case .constant = inner,
                inner.type.oid == .varchar
            else { return nil }
            literals.append(inner)
        }
        return literals
    }

    /// What an expression is printed as, as far as parentheses depend on it.
    private enum Shape {
        case leaf
        case function
        case castFunction
        case cast(Expression)
        case operation(String?)
        case and
        case or
        case not
        case test
        case listTest
    }

    private var shape: Shape {
        switch self {
        case .written(_, let form):
            switch form {
            case .keyword: .leaf
            case .sqlCall, .caseOfValue, .subscripts: .function
            case .collated: .test
            }
        case .constant, .parameter, .variable, .slot, .executionParameter, .defaultMarker,
            .systemColumn:
            .leaf
        case .call(let function, let arguments, _):
            if let name = FunctionRegistry.operatorName(
                ofFunction: function, count: arguments.count)
            {
                .operation(arguments.count == 2 ? name : nil)
            } else {
                FunctionRegistry.isCastFunction(function) ? .castFunction : .function
            }
        case .ioCast(let value, _), .relabel(let value, _), .arrayCast(let value, _, _),
            .coerceToDomain(let value, _):
            .cast(value)
        case .applyModifier: .castFunction
        case .and: .and
        case .or: .or
        case .not: .not
        case .isNull, .isBoolean, .isDistinct, .subquery, .subplan: .test
        case .inList, .anyOf: .listTest
        case .caseWhen, .holding, .heldValue, .coalesce, .nullIf, .minMax, .aggregate, .windowCall, .grouping,
            .nextValue, .array, .arrayReference, .row, .field, .fieldStore:
            .function
        }
    }

    /// True if the expression needs no parentheses as an operand of `parent` (ruleutils'
    /// isSimpleNode).
    func isSimple(in parent: Expression) -> Bool {
        switch shape {
        case .leaf, .function, .castFunction: return true
        case .cast(let value): return value.isSimple(in: self)
        case .listTest: return false
        case .operation(let name):
            if case .operation(let outer) = parent.shape {
                return isSimple(name, below: outer, of: parent)
            }
            return parent.isEnclosing
        case .test: return parent.isEnclosing
        case .and, .not:
            switch parent.shape {
            case .and, .or: return true
            case .function: return true
            case .leaf, .castFunction, .cast, .operation, .not, .test, .listTest: return false
            }
        case .or:
            switch parent.shape {
            case .or, .function: return true
            case .leaf, .castFunction, .cast, .operation, .and, .not, .test, .listTest:
                return false
            }
        }
    }

    /// The parent binds less than any operator, or has parentheses of its own.
    private var isEnclosing: Bool {
        switch shape {
        case .function, .and, .or, .not: true
        case .leaf, .castFunction, .cast, .operation, .test, .listTest: false
        }
    }

    /// Only the precedence of + - * / % is taken for known.
    private func isSimple(_ name: String?, below outer: String?, of parent: Expression) -> Bool {
        func priority(_ name: String?) -> Int? {
            switch name {
            case "+", "-": 1
            case "*", "/", "%": 2
            default: nil
            }
        }
        guard let own = priority(name), let above = priority(outer) else { return false }
        if own != above { return own > above }
        guard case .call(_, let arguments, _) = parent else { return false }
        return arguments[0].isSame(as: self)
    }
}
