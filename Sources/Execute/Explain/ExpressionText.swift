internal import Base
internal import Catalog
internal import Functions
internal import Query
internal import Types

/// Planned expressions as SQL text, as EXPLAIN shows them.
struct ExpressionText {
    /// The names of the operator's input slots.
    let names: [String]
    let context: TypeContext
    /// What execution parameters stand for.
    var parameters: [Int: String] = [:]
    /// The values of the statement's own parameters.
    var values: [(value: Datum, type: OID)] = []

    /// True if a subplan runs once, before the rows that use it.
    static func isInitial(_ reference: SubplanReference) -> Bool {
        guard reference.arguments.isEmpty else { return false }
        switch reference.kind {
        case .exists, .scalar, .array: return true
        case .any, .all: return false
        }
    }

    static func functionName(_ oid: OID) -> String {
        FunctionRegistry.function(oid)?.name ?? FunctionRegistry.aggregate(oid)?.name ?? "???"
    }

    private static let operatorsByFunction: [OID: String] = Dictionary(
        FunctionRegistry.allOperators.map { ($0.function, $0.name) },
        uniquingKeysWith: { a, _ in a })

    func text(_ expression: Expression) -> String {
        switch expression {
        case .constant(let constant): return literal(constant)
        case .parameter(let number, let type):
            if number >= values.count { return "$\(number + 1)" }
            let value = values[number].value
            if value.isNull { return literal(.null(type)) }
            return literal(
                Constant(
                    type: type,
                    value: type.physical == .word ? .word(value.word) : .bytes(value.view.bytes)))
        case .executionParameter(let number, _): return parameters[number] ?? "$\(number)"
        case .slot(let slot, _): return slot < names.count ? names[slot] : "?column?"
        case .call(let function, let arguments, _): return call(function, arguments)
        case .ioCast(let value, let type), .applyModifier(let value, let type, _):
            return "(\(text(value)))::\(context.name(of: type))"
        case .coerceToDomain(let value, let type):
            return "(\(text(value.withoutCasts)))::\(context.name(of: type))"
        case .row(let row): return "ROW(\(row.values.map { text($0) }.joined(separator: ", ")))"
        case .field(let row, let index, _): return "(\(text(row))).f\(index + 1)"
        case .fieldStore(let row, _, _): return text(row)
        case .relabel(let value, let type): return "(\(text(value)))::\(context.name(of: type))"
        case .and(let values): return "(\(values.map { text($0) }.joined(separator: " AND ")))"
        case .or(let values): return "(\(values.map { text($0) }.joined(separator: " OR ")))"
        case .not(let value): return "(NOT \(text(value)))"
        case .isNull(let value, let negated):
            return "(\(text(value)) IS \(negated ? "NOT " : "")NULL)"
        case .isBoolean(let tested, let value, let negated):
            let word = value.map { $0 ? "TRUE" : "FALSE" } ?? "UNKNOWN"
            return "(\(text(tested)) IS \(negated ? "NOT " : "")\(word))"
        case .isDistinct(let left, let right, _, let negated):
            return "(\(text(left)) IS \(negated ? "NOT " : "")DISTINCT FROM \(text(right)))"
        case .caseWhen(let branches, let otherwise, _):
            var parts = branches.map { "WHEN \(text($0.condition)) THEN \(text($0.result))" }
            if let otherwise { parts.append("ELSE \(text(otherwise))") }
            return "CASE \(parts.joined(separator: " ")) END"
        case .holding(let value, let number, let body):
            guard case .caseWhen(let branches, let otherwise, _) = body else {
                return text(body.replacingHeld(number, by: value))
            }
            return caseText(branches, otherwise, of: value)
        case .written(let value, _): return text(value)
        case .coalesce(let values, _):
            return "COALESCE(\(values.map { text($0) }.joined(separator: ", ")))"
        case .nullIf(let left, let right, _, _): return "NULLIF(\(text(left)), \(text(right)))"
        case .minMax(let isGreatest, let values, _):
            let list = values.map { text($0) }.joined(separator: ", ")
            return "\(isGreatest ? "GREATEST" : "LEAST")(\(list))"
        case .inList(let left, let list, let function, let isAll):
            let sign = ExpressionText.operatorsByFunction[function] ?? "="
            let items = constantArray(list) ?? list.map { text($0) }.joined(separator: ", ")
            return "(\(text(left)) \(sign) \(isAll ? "ALL" : "ANY") (\(items)))"
        case .anyOf(let left, let array, let function, let isAll):
            let sign = ExpressionText.operatorsByFunction[function] ?? "="
            return "(\(text(left)) \(sign) \(isAll ? "ALL" : "ANY") (\(text(array))))"
        case .array(let values, _, _):
            return "ARRAY[\(values.map { text($0) }.joined(separator: ", "))]"
        case .arrayCast(let value, _, let type): return "(\(text(value)))::\(context.name(of: type))"
        case .arrayReference(let reference): return subscripted(reference)
        case .subplan(let reference): return subplan(reference)
        case .systemColumn(let column, _, let key, _):
            let place = text(key)
            return place.hasSuffix("ctid") ? place.dropLast(4) + column.name : column.name
        case .nextValue(let sequence, _): return "nextval('\(sequence)'::regclass)"
        case .windowCall(let call):
            let name =
                WindowFunction(rawValue: call.function.rawValue)?.name
                ?? ExpressionText.functionName(call.function)
            return "\(name)(\(call.arguments.map { text($0) }.joined(separator: ", "))) OVER (?)"
        case .variable, .aggregate, .grouping, .subquery, .heldValue, .defaultMarker: return "???"
        }
    }

    private func subplan(_ reference: SubplanReference) -> String {
        let number = reference.subplan + 1
        if ExpressionText.isInitial(reference) { return "$\(reference.subplan)" }
        switch reference.kind {
        case .any, .all:
            return reference.arguments.isEmpty
                ? "(hashed SubPlan \(number))" : "(SubPlan \(number))"
        case .exists, .scalar, .array: return "(SubPlan \(number))"
        }
    }

    /// A list of constants as an array's literal.
    private func constantArray(_ list: [Expression]) -> String? {
        guard let type = list.first?.type.oid, let info = TypeCatalog.info(type),
            info.arrayOID.isValid
        else { return nil }
        let arena = Arena()
        var elements: [Datum] = []
        for value in list {
            guard case .constant(let constant) = value else { return nil }
            switch constant.value {
            case .null: elements.append(.null)
            case .word(let word): elements.append(Datum(word: word))
            case .bytes(let bytes):
                elements.append(Datum(view: ByteView(copying: bytes, into: arena)))
            }
        }
        let array = ArrayBinary.make(elements, element: type, arena: arena)
        let shown = TypeIO.text(Datum(view: array), type: info.arrayOID, context: context)
        withExtendedLifetime(arena) {}
        let escaped = shown.split(separator: "'", omittingEmptySubsequences: false)
            .joined(separator: "''")
        return "'\(escaped)'::\(name(of: .plain(type)))[]"
    }

    private func name(of type: SQLType) -> String {
        type.oid == .bpchar && type.modifier < 0 ? "bpchar" : context.name(of: type)
    }

    /// The casts by function: what `numeric(x)` is to show as.
    private static let castsByFunction: [OID: OID] = Dictionary(
        FunctionRegistry.allCasts.compactMap { cast in cast.function.map { ($0, cast.target) } },
        uniquingKeysWith: { a, _ in a })

    private func call(_ function: OID, _ arguments: [Expression]) -> String {
        if let word = ClockWord(function: function) { return word.rawValue }
        if arguments.count == 1, let target = ExpressionText.castsByFunction[function] {
            if case .call(let inner, _, _) = arguments[0], let word = ClockWord(function: inner),
                word != .currentTimestamp, word.type == target
            {
                return word.rawValue
            }
            return "(\(text(arguments[0])))::\(name(of: .plain(target)))"
        }
        if ExpressionText.functionName(function) == "extract", arguments.count == 2,
            case .constant(let field) = arguments[0], case .bytes(let bytes) = field.value
        {
            return "EXTRACT(\(String(decoding: bytes, as: UTF8.self)) FROM \(text(arguments[1])))"
        }
        if let name = ExpressionText.operatorsByFunction[function] {
            if arguments.count == 2 {
                return "(\(text(arguments[0])) \(name) \(text(arguments[1])))"
            }
            if arguments.count == 1 { return "(\(name) \(text(arguments[0])))" }
        }
        let list = arguments.map { text($0) }.joined(separator: ", ")
        return "\(ExpressionText.functionName(function))(\(list))"
    }

    /// CASE that compares a value: each condition shows what it compares it with.
    private func caseText(
        _ branches: [CaseBranch], _ otherwise: Expression?, of value: Expression
    ) -> String {
        var parts = ["CASE \(text(value))"]
        for branch in branches {
            var test = branch.condition
            if case .call(_, let sides, _) = test, sides.count == 2 { test = sides[1] }
            parts.append("WHEN \(text(test)) THEN \(text(branch.result))")
        }
        if let otherwise { parts.append("ELSE \(text(otherwise))") }
        return parts.joined(separator: " ") + " END"
    }

    private func subscripted(_ reference: ArrayReference) -> String {
        var base = text(reference.array)
        if case .slot = reference.array {} else { base = "(\(base))" }
        return reference.bounds.reduce(base) { result, bounds in
            let upper = bounds.upper.map { text($0) } ?? ""
            if !reference.isSlice { return "\(result)[\(upper)]" }
            return "\(result)[\(bounds.lower.map { text($0) } ?? ""):\(upper)]"
        }
    }

    private func literal(_ constant: Constant) -> String {
        let arena = Arena()
        let value: Datum
        switch constant.value {
        case .null: return "NULL::\(name(of: constant.type))"
        case .word(let word): value = Datum(word: word)
        case .bytes(let bytes): value = Datum(view: ByteView(copying: bytes, into: arena))
        }
        let shown = TypeIO.text(value, type: constant.type.oid, context: context)
        withExtendedLifetime(arena) {}
        switch constant.type.oid {
        case .bool: return shown == "t" ? "true" : "false"
        case .int4, .int2: return shown.hasPrefix("-") ? "'\(shown)'::\(name(of: constant.type))" : shown
        case .numeric
        where constant.type.modifier < 0 && !shown.hasPrefix("-") && shown.contains("."):
            return shown
        default:
            let escaped = shown.split(separator: "'", omittingEmptySubsequences: false)
                .joined(separator: "''")
            return "'\(escaped)'::\(name(of: constant.type))"
        }
    }
}

extension Expression {
    /// Without the casts that a cast to a domain begins with.
    fileprivate var withoutCasts: Expression {
        switch self {
        case .ioCast(let value, _), .applyModifier(let value, _, _), .relabel(let value, _):
            value.withoutCasts
        default: self
        }
    }
}
