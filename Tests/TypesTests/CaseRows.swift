import Base
import Types

/// Rows of a generated table: fields separated by tabs, escapes undone.
func caseRows(_ table: StaticString) -> [[String]] {
    table.description.split(separator: "\n").map { line in
        line.split(separator: "\t", omittingEmptySubsequences: false).map { field in
            var result = ""
            var isEscaped = false
            for character in field {
                if isEscaped {
                    isEscaped = false
                    switch character {
                    case "t": result.append("\t")
                    case "n": result.append("\n")
                    case "r": result.append("\r")
                    default: result.append(character)
                    }
                } else if character == "\\" {
                    isEscaped = true
                } else {
                    result.append(character)
                }
            }
            return result
        }
    }
}

func type(named name: String) -> TypeInfo? {
    if name == "numeric" { return TypeCatalog.info(.numeric) }
    let aliases = [
        "bpchar": "bpchar", "timestamp": "timestamp", "timestamptz": "timestamptz", "time": "time",
        "\"char\"": "char",
    ]
    if let alias = aliases[name] { return TypeCatalog.named(alias) }
    if name.hasSuffix("[]") { return TypeCatalog.named("_" + name.dropLast(2)) }
    return TypeCatalog.named(name)
}

/// The settings that the tables were made with.
func caseContext() -> TypeContext {
    let context = TypeContext()
    context.timeZone = TimeZone.named("America/New_York") ?? .utc
    return context
}

func describe(_ error: SQLError) -> String {
    "E\(error.state) \(error.message)" + (error.fields.detail.map { " | \($0)" } ?? "")
}

func hexadecimal(_ bytes: [UInt8]) -> String {
    bytes.map { $0 < 16 ? "0" + String($0, radix: 16) : String($0, radix: 16) }.joined()
}
