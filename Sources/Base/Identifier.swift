/// Names in SQL: quoting, and PostgreSQL's limits.
public enum Identifier {
    /// The most bytes of an identifier (NAMEDATALEN − 1); longer ones are cut off with a notice.
    public static let bytesMax = 63

    /// As PostgreSQL's quote_identifier() writes it: quoted unless it is lower case, made of
    /// letters, digits and underscores, and no keyword that needs quotes.
    public static func quote(_ name: String) -> String {
        var isSafe = true
        var isFirst = true
        for byte in name.utf8 {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "_"): break
            case UInt8(ascii: "0")...UInt8(ascii: "9") where !isFirst: break
            default: isSafe = false
            }
            isFirst = false
        }
        if isSafe, !isFirst, !reservedWords.contains(name) { return name }
        return "\"" + name.replacingQuotes() + "\""
    }

    /// `parts` quoted and joined by dots.
    public static func quote(qualified parts: [String]) -> String {
        parts.map { quote($0) }.joined(separator: ".")
    }

    /// The longest start of `name` of at most `byteCount` bytes that cuts no character.
    public static func clipped(_ name: String, to byteCount: Int = bytesMax) -> String {
        if name.utf8.count <= byteCount { return name }
        var end = name.startIndex
        var count = 0
        for index in name.unicodeScalars.indices {
            count += name.unicodeScalars[index].utf8.count
            if count > byteCount { break }
            end = name.unicodeScalars.index(after: index)
        }
        return String(name[..<end])
    }
}

extension String {
    fileprivate func replacingQuotes() -> String {
        var result = ""
        for character in unicodeScalars {
            if character == "\"" { result += "\"" }
            result.unicodeScalars.append(character)
        }
        return result
    }
}

/// The keywords of PostgreSQL 15 that are not unreserved (pg_get_keywords(), catcode ≠ 'U').
private let reservedWords: Set<String> = [
    "all", "analyse", "analyze", "and", "any", "array", "as", "asc", "asymmetric",
    "authorization", "between", "bigint", "binary", "bit", "boolean", "both", "case", "cast",
    "char", "character", "check", "coalesce", "collate", "collation", "column", "concurrently",
    "constraint", "create", "cross", "current_catalog", "current_date", "current_role",
    "current_schema", "current_time", "current_timestamp", "current_user", "dec", "decimal",
    "default", "deferrable", "desc", "distinct", "do", "else", "end", "except", "exists",
    "extract", "false", "fetch", "float", "for", "foreign", "freeze", "from", "full", "grant",
    "greatest", "group", "grouping", "having", "ilike", "in", "initially", "inner", "inout",
    "int", "integer", "intersect", "interval", "into", "is", "isnull", "join", "lateral",
    "leading", "least", "left", "like", "limit", "localtime", "localtimestamp", "national",
    "natural", "nchar", "none", "normalize", "not", "notnull", "null", "nullif", "numeric",
    "offset", "on", "only", "or", "order", "out", "outer", "overlaps", "overlay", "placing",
    "position", "precision", "primary", "real", "references", "returning", "right", "row",
    "select", "session_user", "setof", "similar", "smallint", "some", "substring", "symmetric",
    "table", "tablesample", "then", "time", "timestamp", "to", "trailing", "treat", "trim",
    "true", "union", "unique", "user", "using", "values", "varchar", "variadic", "verbose",
    "when", "where", "window", "with", "xmlattributes", "xmlconcat", "xmlelement", "xmlexists",
    "xmlforest", "xmlnamespaces", "xmlparse", "xmlpi", "xmlroot", "xmlserialize", "xmltable",
]
