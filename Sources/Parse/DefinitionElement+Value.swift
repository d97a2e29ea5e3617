public import Base

/// Values of options, read as PostgreSQL's `defGetString` and its relatives read them.
extension DefinitionElement {
    /// The value as text; nil if there is none.
    public var text: String? {
        switch value {
        case .none: nil
        case .integer(let number): String(number)
        case .float(let digits): digits
        case .boolean(let flag): flag ? "true" : "false"
        case .string(let text): text
        case .typeName(let type): type.names.joined(separator: ".")
        case .names(let names): names.joined(separator: ".")
        case .star: "*"
        case .list, .expression, .role, .element, .variableSet: nil
        }
    }

    /// The value as text; 42601 if there is none.
    public func requiredText() throws(SQLError) -> String {
        guard let text else { throw SQLError(.syntaxError, "\(name) requires a parameter") }
        return text
    }

    /// The value as a truth value; an option without value is true. 42601 for anything else.
    public func boolean() throws(SQLError) -> Bool {
        switch value {
        case .none: return true
        case .integer(0): return false
        case .integer(1): return true
        case .integer: break
        case .float, .boolean, .string, .typeName, .names, .star:
            switch text?.lowercased() {
            case "true", "on": return true
            case "false", "off": return false
            default: break
            }
        case .list, .expression, .role, .element, .variableSet: break
        }
        throw SQLError(.syntaxError, "\(name) requires a Boolean value")
    }

    /// The value as an integer; 42601 if it is no number, 22P02 if it has a fraction or exponent, 22003
    /// if it does not fit.
    public func integer() throws(SQLError) -> Int64 {
        switch value {
        case .integer(let number): return Int64(number)
        case .float(let digits):
            if let number = Int64(digits) { return number }
            // Digits alone are an integer too large; with a point or exponent it is none at all.
            let body = digits.hasPrefix("-") ? digits.dropFirst() : digits[...]
            if body.utf8.allSatisfy({ $0 >= UInt8(ascii: "0") && $0 <= UInt8(ascii: "9") }) {
                throw SQLError(
                    .numericValueOutOfRange,
                    "value \"\(digits)\" is out of range for type bigint")
            }
            throw SQLError(
                .invalidTextRepresentation,
                "invalid input syntax for type bigint: \"\(digits)\"")
        case .none: throw SQLError(.syntaxError, "\(name) requires a numeric value")
        case .boolean, .string, .typeName, .names, .list, .expression, .role, .element,
            .variableSet, .star:
            throw SQLError(.syntaxError, "\(name) requires a numeric value")
        }
    }
}
