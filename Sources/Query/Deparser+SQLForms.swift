internal import Base
internal import Functions
internal import Types

/// Calls that SQL writes in words, as text.
extension Deparser {
    /// Nil: the call is written as one.
    func sqlForm(_ name: String, _ arguments: [Expression]) -> String? {
        switch (name, arguments.count) {
        case ("extract", 2):
            guard case .constant(let field) = arguments[0] else { return nil }
            return "EXTRACT(\(outputText(field)) FROM \(text(arguments[1])))"
        case ("timezone", 2):
            return "(\(text(arguments[1])) AT TIME ZONE \(text(arguments[0])))"
        case ("position", 2):
            return "POSITION((\(text(arguments[1]))) IN (\(text(arguments[0]))))"
        case ("overlay", 3), ("overlay", 4):
            let length = arguments.count == 4 ? " FOR \(text(arguments[3]))" : ""
            return "OVERLAY(\(text(arguments[0])) PLACING \(text(arguments[1])) "
                + "FROM \(text(arguments[2]))\(length))"
        case ("overlaps", 4):
            // Conversions that nobody wrote are not shown.
            let sides = arguments.map { $0.withoutImplicitCast }
            return "((\(list(Array(sides[..<2])))) OVERLAPS (\(list(Array(sides[2...])))))"
        case ("is_normalized", 1): return "(\(text(arguments[0])) IS NORMALIZED)"
        case ("is_normalized", 2):
            guard case .constant(let form) = arguments[1] else { return nil }
            return "(\(text(arguments[0])) IS \(outputText(form)) NORMALIZED)"
        case ("normalize", 1): return "NORMALIZE(\(text(arguments[0])))"
        case ("normalize", 2):
            guard case .constant(let form) = arguments[1] else { return nil }
            return "NORMALIZE(\(text(arguments[0])), \(outputText(form)))"
        case ("current_user", 0): return "CURRENT_USER"
        case ("session_user", 0): return "SESSION_USER"
        default: return nil
        }
    }

    /// CURRENT_DATE and the like; nil: it is none.
    func clockWord(_ value: Expression) -> ClockWord? {
        guard case .call(let function, let arguments, let type) = value else { return nil }
        if let word = ClockWord(function: function) { return word }
        guard arguments.count == 1, FunctionRegistry.isCastFunction(function),
            case .call(let inner, _, _) = arguments[0], let word = ClockWord(function: inner)
        else { return nil }
        return word != .currentTimestamp && word.type == type.oid ? word : nil
    }

    /// A value as it was written.
    func written(_ value: Expression, _ form: WrittenForm) -> String {
        if case .holding(let held, let number, let body) = value {
            return written(body.replacingHeld(number, by: held), form)
        }
        switch form {
        case .keyword(let word): return word
        case .collated(let name):
            let whole = Expression.written(value, as: form)
            return wrapped("\(part(value, whole)) COLLATE \(Identifier.quote(name))")
        case .sqlCall:
            guard case .call(let function, let arguments, _) = value,
                let name = FunctionRegistry.function(function)?.name
            else { return text(value) }
            return writtenCall(name, arguments) ?? text(value)
        case .caseOfValue:
            guard case .caseWhen(let branches, let otherwise, _) = value,
                case .call(_, let sides, _)? = branches.first?.condition, sides.count == 2,
                branches.allSatisfy({ $0.condition.comparesTwo })
            else { return text(value) }
            return caseText(branches, otherwise, of: sides[0])
        case .subscripts:
            guard case .call(_, let arguments, _) = value, arguments.count == 2,
                case .array(let keys, _, _) = arguments[1]
            else { return text(value) }
            let base =
                switch arguments[0] {
                case .variable, .parameter: text(arguments[0])
                default: "(\(text(arguments[0])))"
                }
            return keys.reduce(base) { "\($0)[\(text($1))]" }
        }
    }

    /// Calls that could be written as such as well.
    private func writtenCall(_ name: String, _ arguments: [Expression]) -> String? {
        func trim(_ side: String) -> String {
            let set = arguments.count > 1 ? "\(text(arguments[1])) " : ""
            return "TRIM(\(side) \(set)FROM \(text(arguments[0])))"
        }
        switch (name, arguments.count) {
        case ("btrim", 1), ("btrim", 2): return trim("BOTH")
        case ("ltrim", 1), ("ltrim", 2): return trim("LEADING")
        case ("rtrim", 1), ("rtrim", 2): return trim("TRAILING")
        case ("substring", 2):
            guard arguments[1].type.oid == .int4 else { return nil }
            return "SUBSTRING(\(text(arguments[0])) FROM \(text(arguments[1])))"
        case ("substring", 3):
            if arguments[1].type.oid == .text {
                return "SUBSTRING(\(text(arguments[0])) SIMILAR \(text(arguments[1])) "
                    + "ESCAPE \(text(arguments[2])))"
            }
            return "SUBSTRING(\(text(arguments[0])) FROM \(text(arguments[1])) "
                + "FOR \(text(arguments[2])))"
        default: return nil
        }
    }

    /// The arguments that were given: those at the end that are the defaults were not.
    func given(_ arguments: [Expression], _ entry: FunctionEntry) -> [Expression] {
        var rest = arguments
        let required = entry.arguments.count - entry.defaultCount
        guard arguments.count == entry.arguments.count else { return arguments }
        while rest.count > required, case .constant(let constant)? = rest.last {
            var text = outputText(constant)
            if constant.type.oid == .bool { text = text == "t" ? "true" : "false" }
            let standard = entry.defaults[rest.count - 1 - required]
            guard text == standard || Double(text).map({ $0 == Double(standard) }) == true else {
                break
            }
            rest.removeLast()
        }
        return rest
    }
}

extension Expression {
    fileprivate var comparesTwo: Bool {
        if case .call(_, let arguments, _) = self { arguments.count == 2 } else { false }
    }

    /// What a cast that needs not be written is of.
    var withoutImplicitCast: Expression {
        guard case .call(let function, let arguments, let type) = self, arguments.count == 1,
            FunctionRegistry.isCastFunction(function),
            FunctionRegistry.cast(from: arguments[0].type.oid, to: type.oid)?.context == .implicit
        else { return self }
        return arguments[0]
    }
}
