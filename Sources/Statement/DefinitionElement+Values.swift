internal import Base
internal import Execute
internal import Parse

/// Options of utility statements, read as PostgreSQL's defGetBoolean and its kin.
extension DefinitionElement {
    /// - Throws: 42601 `name requires a Boolean value`.
    func booleanValue() throws(SQLError) -> Bool {
        switch value {
        case .none: return true
        case .integer(0): return false
        case .integer(1): return true
        case .boolean(let flag): return flag
        default: break
        }
        switch textValue?.lowercased() {
        case "true", "on": return true
        case "false", "off": return false
        default: throw SQLError(.syntaxError, "\(name) requires a Boolean value")
        }
    }

    /// The value as a word; nil if there is none.
    var textValue: String? {
        switch value {
        case .string(let text), .float(let text): text
        case .integer(let number): String(number)
        case .boolean(let flag): flag ? "true" : "false"
        case .names(let names): names.joined(separator: ".")
        case .typeName(let type): type.names.joined(separator: ".")
        default: nil
        }
    }

    /// The value as COPY takes it.
    var copyValue: CopyOptions.Value {
        switch value {
        case .none: return .none
        case .integer(let number): return .number(Int64(number))
        case .star: return .star
        case .names(let names): return .names(names)
        case .list(let items):
            var names: [String] = []
            for item in items {
                switch item {
                case .string(let name): names.append(name)
                case .names(let parts): names += parts
                default: break
                }
            }
            return .names(names)
        default: return textValue.map { .text($0) } ?? .none
        }
    }
}
