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
    let types: TypeContext
    /// The name of the item of FROM that a variable belongs to.
    var itemName: (Variable) -> String? = { _ in nil }
    /// The query around the expression, where there is one to lay out.
    let layout: (any QueryLayout)?

    public init(
        types: TypeContext, columnName: @escaping (Variable) -> String,
        relationName: ((OID) -> String?)? = nil
    ) {
        self.init(
            types: types, columnName: columnName, relationName: relationName, layout: nil)
    }

    init(
        types: TypeContext, columnName: @escaping (Variable) -> String,
        relationName: ((OID) -> String?)?, layout: (any QueryLayout)?
    ) {
        self.layout = layout
        self.types = types
        self.columnName = columnName
        self.relationName = relationName
    }

    /// The canonical text of an expression of `table`, to be kept in the catalog.
    public static func stored(
        _ expression: Expression, of table: Relation, types: TypeContext
    ) -> StoredExpression {
        var deparser = Deparser(types: types.forCatalog) {
            table.columnText($0.column)
        }
        deparser.itemName = { _ in Identifier.quote(table.name) }
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
            return call(function, arguments, type, expression)
        case .ioCast(let value, let type), .relabel(let value, let type):
            return cast(value, type, expression)
        case .coerceToDomain(let value, let type):
            return cast(withoutModifier(value), type, expression)
        case .row(let row): return self.row(row)
        case .field(let row, let index, _): return field(row, index)
        case .fieldStore(_, let fields, _): return list(fields.map(\.value))
        case .applyModifier(let value, let type, _):
            if let word = clockWord(value), word.type == type.oid {
                return word.text(modifier: type.modifier)
            }
            return cast(withoutCast(value, to: type), type, expression)
        case .and(let values): return joined(values, " AND ", expression)
        case .or(let values): return joined(values, " OR ", expression)
        case .not(let value): return wrapped("NOT \(part(value, expression))")
        case .isNull(let value, let negated):
            return wrapped("\(part(value, expression)) IS \(negated ? "NOT " : "")NULL")
        case .isBoolean(let value, let wanted, let negated):
            let word = wanted.map { $0 ? "TRUE" : "FALSE" } ?? "UNKNOWN"
            return wrapped("\(part(value, expression)) IS \(negated ? "NOT " : "")\(word)")
        case .isDistinct(let left, let right, _, let negated):
            let test = "\(part(left, expression)) IS DISTINCT FROM \(part(right, expression))"
            // NOT of the other test, as PostgreSQL's grammar takes it.
            return negated ? wrapped("NOT \(wrapped(test))") : wrapped(test)
        case .caseWhen(let branches, let otherwise, _): return caseText(branches, otherwise)
        case .holding(let value, let number, let body):
            return written(body.replacingHeld(number, by: value), .caseOfValue)
        case .heldValue(let number, _): return "held\(number)"
        case .coalesce(let values, _): return "COALESCE(\(list(values)))"
        case .nullIf(let left, let right, _, _): return "NULLIF(\(text(left)), \(text(right)))"
        case .minMax(let isGreatest, let values, _):
            return "\(isGreatest ? "GREATEST" : "LEAST")(\(list(values)))"
        case .inList(let left, let values, let function, let isAll):
            if layout?.isForCatalog == true {
                return "(\(text(left)) \(isAll ? "NOT IN" : "IN") (\(list(values))))"
            }
            return membership(left, values, function, isAll, expression)
        case .anyOf(let left, let array, let function, let isAll):
            if let values = array.varcharLiterals {
                return membership(left, values, function, isAll, expression)
            }
            return quantified(left, text(array), function, isAll, expression)
        case .array(let values, _, let type):
            return values.isEmpty ? "ARRAY[]::\(typeName(type))" : "ARRAY[\(list(values))]"
        case .arrayCast(let value, _, let type): return cast(value, type, expression)
        case .arrayReference(let reference): return subscripted(reference)
        case .aggregate(let call): return aggregate(call)
        case .windowCall(let call): return windowCall(call)
        case .grouping(let arguments): return "GROUPING(\(list(arguments)))"
        case .subquery(let subquery): return self.subquery(subquery)
        case .subplan(let reference): return "(SubPlan \(reference.subplan + 1))"
        case .nextValue(let sequence, _):
            return "nextval('\(regclass(sequence))'::regclass)"
        case .systemColumn(let column, _, _, _): return column.name
        case .written(let value, let form): return written(value, form)
        case .defaultMarker: return "DEFAULT"
        }
    }

    func list(_ values: [Expression]) -> String {
        values.map(text).joined(separator: ", ")
    }

    // MARK: Parentheses

    /// In the plain style every operation stands in parentheses.
    func wrapped(_ text: String) -> String {
        layout?.isPretty == true ? text : "(\(text))"
    }

    /// An operand: in the pretty style in parentheses only where it needs them.
    func part(_ expression: Expression, _ parent: Expression) -> String {
        if layout?.isPretty == true, !expression.isSimple(in: parent) {
            return "(\(text(expression)))"
        }
        return text(expression)
    }

    private func joined(
        _ values: [Expression], _ word: String, _ parent: Expression
    ) -> String {
        wrapped(values.map { part($0, parent) }.joined(separator: word))
    }

    // MARK: Casts

    private func cast(_ value: Expression, _ type: SQLType, _ cast: Expression) -> String {
        "\(operand(value, type, cast))::\(typeName(type))"
    }

    /// A cast's operand: PostgreSQL puts anything but a literal of the same type in parentheses.
    private func operand(_ value: Expression, _ type: SQLType, _ cast: Expression) -> String {
        if case .constant(let constant) = value {
            if constant.type.oid == type.oid || constant.type.oid == .unknown {
                return constant.isNull ? "NULL" : "'\(escaped(outputText(constant)))'"
            }
        }
        if layout?.isPretty == true { return part(value, cast) }
        let inner = text(value)
        if layout == nil, inner.hasPrefix("("), inner.hasSuffix(")") { return inner }
        return "(\(inner))"
    }

    /// What a length coercion applies to, below the cast that it completes.
    private func withoutCast(_ value: Expression, to type: SQLType) -> Expression {
        switch value {
        case .ioCast(let inner, let target), .relabel(let inner, let target):
            target.oid == type.oid ? inner : value
        case .call(let function, let arguments, let target):
            target.oid == type.oid && arguments.count == 1
                && FunctionRegistry.isCastFunction(function) ? arguments[0] : value
        default: value
        }
    }

    func typeName(_ type: SQLType) -> String {
        // Without a length SQL's names would mean one of each.
        if type.modifier < 0, type.oid == .bpchar { return "bpchar" }
        if type.modifier < 0, type.oid == .bit { return "\"bit\"" }
        return types.name(of: type)
    }

    // MARK: Calls

    private func call(
        _ function: OID, _ arguments: [Expression], _ type: SQLType, _ expression: Expression
    ) -> String {
        if let name = FunctionRegistry.operatorName(ofFunction: function, count: arguments.count) {
            if arguments.count == 1 { return wrapped("\(name) \(part(arguments[0], expression))") }
            return wrapped(
                "\(part(arguments[0], expression)) \(name) \(part(arguments[1], expression))")
        }
        if let word = clockWord(expression) { return word.rawValue }
        if FunctionRegistry.isCastFunction(function), let value = arguments.first {
            return cast(value, type, expression)
        }
        if let type = FunctionRegistry.constructedType(function) {
            return "\(types.name(of: .plain(type)))(\(list(arguments)))"
        }
        let entry = FunctionRegistry.function(function)
        let name = entry?.name ?? "?"
        let arguments = entry.map { given(arguments, $0) } ?? arguments
        if let text = sqlForm(name, arguments) { return text }
        if FunctionRegistry.withoutArray(function) != nil, let array = arguments.last {
            let rest = arguments.dropLast().map { "\(text($0)), " }.joined()
            return "\(quotedFunction(name))(\(rest)VARIADIC \(text(array)))"
        }
        return "\(quotedFunction(name))(\(list(arguments)))"
    }

    /// IN and NOT IN, which PostgreSQL keeps as a search in an array.
    private func membership(
        _ left: Expression, _ values: [Expression], _ function: OID, _ isAll: Bool,
        _ parent: Expression
    ) -> String {
        // Text types of the left side's own kind went into the list before both were taken as text.
        if case .relabel(let inner, let type) = left, type.oid == .text, inner.type.oid == .varchar {
            let own = values.map { value -> Expression in
                guard case .constant(let constant) = value else { return value }
                return .constant(Constant(type: .plain(.varchar), value: constant.value))
            }
            let array = "ARRAY[\(list(own))]"
            return quantified(
                left, layout?.isPretty == true ? "\(array)::text[]" : "(\(array))::text[]",
                function, isAll, parent)
        }
        return quantified(left, "ARRAY[\(list(values))]", function, isAll, parent)
    }

    private func quantified(
        _ left: Expression, _ array: String, _ function: OID, _ isAll: Bool,
        _ parent: Expression
    ) -> String {
        let name = FunctionRegistry.operatorName(ofFunction: function, count: 2) ?? "="
        return wrapped("\(part(left, parent)) \(name) \(isAll ? "ALL" : "ANY") (\(array))")
    }

    private func subscripted(_ reference: ArrayReference) -> String {
        let base: String =
            switch reference.array {
            case .variable, .parameter, .arrayReference: text(reference.array)
            default: "(\(text(reference.array)))"
            }
        return reference.bounds.reduce(base) { result, bounds in
            let upper = bounds.upper.map(text) ?? ""
            if !reference.isSlice { return "\(result)[\(upper)]" }
            return "\(result)[\(bounds.lower.map(text) ?? ""):\(upper)]"
        }
    }

    /// A name that the grammar would take for something else is quoted.
    private func quotedFunction(_ name: String) -> String { Identifier.quote(name) }

    private func aggregate(_ call: AggregateCall) -> String {
        let name = FunctionRegistry.aggregate(call.function)?.name ?? "?"
        if let function = OrderedSetFunction(rawValue: call.function.rawValue) {
            return orderedSet(call, function)
        }
        var text = "\(quotedFunction(name))(\(call.isDistinct ? "DISTINCT " : "")"
        text += call.arguments.isEmpty ? "*" : list(call.arguments)
        if !call.orderBy.isEmpty {
            let keys = call.orderBy.map {
                sortItem($0.expression)
                    + Deparser.direction(descending: $0.descending, nullsFirst: $0.nullsFirst)
            }
            text += " ORDER BY \(keys.joined(separator: ", "))"
        }
        if let filter = call.filter { text += ") FILTER (WHERE \(self.text(filter))" }
        return text + ")"
    }

    /// The direct arguments are the last ones.
    private func orderedSet(_ call: AggregateCall, _ function: OrderedSetFunction) -> String {
        let directCount =
            function == .mode ? 0 : function.isHypothetical ? call.orderBy.count : 1
        let keys = call.orderBy.map {
            sortItem($0.expression)
                + Deparser.direction(descending: $0.descending, nullsFirst: $0.nullsFirst)
        }
        let filter = call.filter.map { " FILTER (WHERE \(text($0)))" } ?? ""
        return "\(quotedFunction(function.name))(\(list(Array(call.arguments.suffix(directCount))))) "
            + "WITHIN GROUP (ORDER BY \(keys.joined(separator: ", ")))\(filter)"
    }

    /// A key of ORDER BY, GROUP BY or PARTITION BY: in parentheses where the grammar might take an
    /// expression for something else.
    func sortItem(_ expression: Expression) -> String {
        let text = text(expression)
        switch expression {
        case .variable: return text
        case .constant(let constant):
            return text.contains("::") ? text : "\(text)::\(types.name(of: constant.type))"
        case .aggregate, .windowCall, .applyModifier, .written(_, as: .sqlCall): return "(\(text))"
        case .call(let function, let arguments, _):
            // Operators bring their own, but where those are left out.
            let isOperator =
                FunctionRegistry.operatorName(ofFunction: function, count: arguments.count) != nil
            return isOperator && layout?.isPretty != true ? text : "(\(text))"
        default: return layout?.isPretty == true ? "(\(text))" : text
        }
    }

    static func direction(descending: Bool, nullsFirst: Bool) -> String {
        if descending { return nullsFirst ? " DESC" : " DESC NULLS LAST" }
        return nullsFirst ? " NULLS FIRST" : ""
    }

    // MARK: CASE and subqueries

    /// - Parameter value: what every branch compares with.
    func caseText(
        _ branches: [CaseBranch], _ otherwise: Expression?, of value: Expression? = nil
    ) -> String {
        let head = value.map { "CASE \(text($0))" } ?? "CASE"
        func test(_ branch: CaseBranch) -> String {
            guard value != nil, case .call(_, let sides, _) = branch.condition, sides.count == 2
            else { return text(branch.condition) }
            return text(sides[1].withoutImplicitCast)
        }
        guard let layout else {
            let whens = branches.map { "WHEN \(test($0)) THEN \(text($0.result))" }
            let rest = otherwise.map { " ELSE \(text($0))" } ?? " ELSE NULL"
            return "\(head) \(whens.joined(separator: " "))\(rest) END"
        }
        var result = layout.line(head, before: 0, after: 4)
        for branch in branches {
            result += layout.line("WHEN ", before: 0, after: 0)
            result += "\(test(branch)) THEN \(text(branch.result))"
        }
        result += layout.line("ELSE ", before: 0, after: 0)
        if let otherwise {
            result += text(otherwise)
        } else {
            result += "NULL::\(typeName(branches.first?.result.type ?? SQLType(.text)))"
        }
        return result + layout.line("END", before: -4, after: 0)
    }

    private func subquery(_ subquery: Subquery) -> String {
        guard let layout else { return "(SubQuery)" }
        func side(_ left: [Expression]) -> String {
            left.count == 1 ? text(left[0]) : "(\(list(left)))"
        }
        func name(_ functions: [OID]) -> String {
            FunctionRegistry.operatorName(ofFunction: functions[0], count: 2) ?? "?"
        }
        let query = layout.text(of: subquery.query)
        switch subquery.kind {
        case .exists: return "(EXISTS (\(query)))"
        case .scalar: return "(\(query))"
        case .array: return "ARRAY(\(query))"
        case .any(let left, let functions):
            let name = name(functions)
            return "(\(side(left)) \(name == "=" ? "IN" : name + " ANY") (\(query)))"
        case .all(let left, let functions):
            return "(\(side(left)) \(name(functions)) ALL (\(query)))"
        }
    }

    // MARK: Literals

    private func regclass(_ relation: OID) -> String {
        guard let relationName, let name = relationName(relation) else {
            return String(relation.rawValue)
        }
        return name.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "''")
    }

    private func literal(_ constant: Constant) -> String {
        let type = constant.type
        if constant.isNull { return type.oid == .unknown ? "NULL" : "NULL::\(typeName(type))" }
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
        default: return "'\(escaped(content))'::\(typeName(type))"
        }
    }

    private func escaped(_ content: String) -> String {
        content.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "''")
    }

    func outputText(_ constant: Constant) -> String {
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
