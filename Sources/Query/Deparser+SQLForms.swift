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
            return "((\(list(Array(arguments[..<2])))) OVERLAPS (\(list(Array(arguments[2...])))))"
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
