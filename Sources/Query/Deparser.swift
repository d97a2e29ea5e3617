public import Base
public import Catalog
internal import Functions
public import Types

/// Typed expression → SQL text, as PostgreSQL's ruleutils print it (pg_get_expr).
///
/// For the catalog (`StoredExpression`) relations in regclass constants are written by OID; for
/// people by name, which `relationName` gives.
public struct Deparser {
    /// Name of column `column` of range table entry `relation`.
    private let columnName: (Variable) -> String
    /// Nil: by OID.
    private let relationName: ((OID) -> String?)?
    private let types: TypeContext

    public init(
        types: TypeContext, columnName: @escaping (Variable) -> String,
        relationName: ((OID) -> String?)? = nil
    ) {
        self.types = types
        self.columnName = columnName
        self.relationName = relationName
    }

    /// The canonical text of an expression of `table`, to be kept in the catalog.
    public static func stored(
        _ expression: Expression, of table: Relation, types: TypeContext
    ) -> StoredExpression {
        var plain = types
        plain.relationName = nil
        let deparser = Deparser(types: plain) {
            Identifier.quote(table.columns[$0.column].name)
        }
        return StoredExpression(text: deparser.text(expression))
    }

    public func text(_ expression: Expression) -> String {
        switch expression {
        case .constant(let constant): return literal(constant)
        case .parameter(let index, _): return "$\(index + 1)"
        case .variable(let variable): return columnName(variable)
        case .slot(let index, _): return "slot\(index)"
        case .executionParameter(let index, _): return "$\(index)"
        case .call(let function, let arguments, let type):
            return call(function, arguments, type)
        case .ioCast(let value, let type), .relabel(let value, let type):
            return "\(operand(value))::\(type.name)"
        case .applyModifier(let value, let type, _):
            return "\(operand(withoutCast(value, to: type)))::\(type.name)"
        case .and(let values): return joined(values, " AND ")
        case .or(let values): return joined(values, " OR ")
        case .not(let value): return "(NOT \(text(value)))"
        case .isNull(let value, let negated):
            return "(\(text(value)) IS \(negated ? "NOT " : "")NULL)"
        case .isBoolean(let value, let wanted, let negated):
            let word = wanted.map { $0 ? "TRUE" : "FALSE" } ?? "UNKNOWN"
            return "(\(text(value)) IS \(negated ? "NOT " : "")\(word))"
        case .isDistinct(let left, let right, _, let negated):
            return "(\(text(left)) IS \(negated ? "NOT " : "")DISTINCT FROM \(text(right)))"
        case .caseWhen(let branches, let otherwise, _):
            let whens = branches.map { "WHEN \(text($0.condition)) THEN \(text($0.result))" }
            let rest = otherwise.map { " ELSE \(text($0))" } ?? " ELSE NULL"
            return "CASE \(whens.joined(separator: " "))\(rest) END"
        case .coalesce(let values, _): return "COALESCE(\(list(values)))"
        case .nullIf(let left, let right, _, _): return "NULLIF(\(text(left)), \(text(right)))"
        case .minMax(let isGreatest, let values, _):
            return "\(isGreatest ? "GREATEST" : "LEAST")(\(list(values)))"
        case .inList(let left, let values, let function, let isAll):
            return membership(left, values, function, isAll)
        case .anyOf(let left, let array, let function, let isAll):
            return quantified(left, text(array), function, isAll)
        case .array(let values, _, let type):
            return values.isEmpty ? "ARRAY[]::\(type.name)" : "ARRAY[\(list(values))]"
        case .arrayCast(let value, _, let type): return "\(operand(value))::\(type.name)"
        case .arrayReference(let reference): return subscripted(reference)
        case .aggregate(let call):
            let name = FunctionRegistry.aggregate(call.function)?.name ?? "?"
            if call.arguments.isEmpty { return "\(name)(*)" }
            return "\(name)(\(call.isDistinct ? "DISTINCT " : "")\(list(call.arguments)))"
        case .subquery: return "(SubQuery)"
        case .subplan(let reference): return "(SubPlan \(reference.subplan + 1))"
        case .nextValue(let sequence, _):
            return "nextval('\(regclass(sequence))'::regclass)"
        case .defaultMarker: return "DEFAULT"
        }
    }

    private func list(_ values: [Expression]) -> String {
        values.map(text).joined(separator: ", ")
    }

    private func joined(_ values: [Expression], _ word: String) -> String {
        "(\(values.map(text).joined(separator: word)))"
    }

    /// A cast's operand: PostgreSQL puts anything but a plain name or literal in parentheses.
    private func operand(_ expression: Expression) -> String {
        switch expression {
        case .variable, .parameter: "(\(text(expression)))"
        case .constant: text(expression)
        default: parenthesized(text(expression))
        }
    }

    private func parenthesized(_ text: String) -> String {
        text.hasPrefix("(") && text.hasSuffix(")") ? text : "(\(text))"
    }

    /// What a length coercion applies to, below the cast that it completes.
    private func withoutCast(_ value: Expression, to type: SQLType) -> Expression {
        switch value {
        case .ioCast(let inner, let target), .relabel(let inner, let target):
            target.oid == type.oid ? inner : value
        default: value
        }
    }

    private func call(_ function: OID, _ arguments: [Expression], _ type: SQLType) -> String {
        if let name = FunctionRegistry.operatorName(ofFunction: function, count: arguments.count) {
            if arguments.count == 1 { return "(\(name) \(text(arguments[0])))" }
            return "(\(text(arguments[0])) \(name) \(text(arguments[1])))"
        }
        if FunctionRegistry.isCastFunction(function), let value = arguments.first {
            return "\(operand(value))::\(type.name)"
        }
        let name = FunctionRegistry.function(function)?.name ?? "?"
        return "\(Identifier.quote(name))(\(list(arguments)))"
    }

    /// IN and NOT IN, which PostgreSQL keeps as a search in an array.
    private func membership(
        _ left: Expression, _ values: [Expression], _ function: OID, _ isAll: Bool
    ) -> String {
        // Text types of the left side's own kind went into the list before both were taken as text.
        if case .relabel(let inner, let type) = left, type.oid == .text, inner.type.oid == .varchar {
            let own = values.map { value -> Expression in
                guard case .constant(let constant) = value else { return value }
                return .constant(Constant(type: .plain(.varchar), value: constant.value))
            }
            return quantified(left, "(ARRAY[\(list(own))])::text[]", function, isAll)
        }
        return quantified(left, "ARRAY[\(list(values))]", function, isAll)
    }

    private func quantified(
        _ left: Expression, _ array: String, _ function: OID, _ isAll: Bool
    ) -> String {
        let name = FunctionRegistry.operatorName(ofFunction: function, count: 2) ?? "="
        return "(\(text(left)) \(name) \(isAll ? "ALL" : "ANY") (\(array)))"
    }

    private func subscripted(_ reference: ArrayReference) -> String {
        let base: String =
            switch reference.array {
            case .variable, .parameter, .arrayReference: text(reference.array)
            default: parenthesized(text(reference.array))
            }
        return reference.bounds.reduce(base) { result, bounds in
            let upper = bounds.upper.map(text) ?? ""
            if !reference.isSlice { return "\(result)[\(upper)]" }
            return "\(result)[\(bounds.lower.map(text) ?? ""):\(upper)]"
        }
    }

    private func regclass(_ relation: OID) -> String {
        guard let relationName, let name = relationName(relation) else {
            return String(relation.rawValue)
        }
        return name.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "''")
    }

    private func literal(_ constant: Constant) -> String {
        let type = constant.type
        if constant.isNull { return "NULL::\(type.name)" }
        if type.oid == .bool, case .word(let value) = constant.value {
            return value != 0 ? "true" : "false"
        }
        if type.oid == .regclass, case .word(let value) = constant.value {
            return "'\(regclass(OID(UInt32(truncatingIfNeeded: value))))'::regclass"
        }
        let content = outputText(constant)
        switch type.oid {
        case .int4:
            return content.hasPrefix("-") ? "'\(content)'::integer" : content
        case .numeric where !content.hasPrefix("-") && content.contains("."):
            return content
        case .unknown: return "'\(escaped(content))'"
        default: return "'\(escaped(content))'::\(type.name)"
        }
    }

    private func escaped(_ content: String) -> String {
        content.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "''")
    }

    private func outputText(_ constant: Constant) -> String {
        let arena = Arena()
        let datum: Datum =
            switch constant.value {
            case .null: .null
            case .word(let value): Datum(word: value)
            case .bytes(let bytes): Datum(view: ByteView(copying: bytes, into: arena))
            }
        if constant.type.oid == .unknown { return datum.view.string }
        var buffer = ByteBuffer()
        TypeIO.output(datum, type: constant.type.oid, context: types, into: &buffer)
        return String(decoding: buffer.bytes, as: UTF8.self)
    }
}
