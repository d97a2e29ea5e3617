internal import CPgQuery

/// Names in SQL text: quoting, and the limits of PostgreSQL's identifiers.
public enum Identifier {
    /// Longest name, in bytes; longer ones are cut off with a notice.
    public static let sizeBytesMax = 63

    /// How PostgreSQL treats a keyword where a name could stand (appendix C).
    public enum KeywordCategory: Sendable {
        case unreserved
        /// Cannot be a function or type name.
        case columnName
        /// Reserved, but can be a function or type name.
        case typeOrFunctionName
        case reserved
    }

    /// Bytes that continue an identifier after its first; every non-ASCII byte does.
    @inlinable
    static func isContinuation(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "$"),
            0x80...0xFF:
            true
        default: false
        }
    }

    /// The category of a keyword in lower case; nil for other words.
    public static func keywordCategory(_ word: String) -> KeywordCategory? {
        keywords[word]
    }

    /// Every keyword of the grammar with its category, by name.
    public static let keywords: [String: KeywordCategory] = {
        var result: [String: KeywordCategory] = [:]
        for index in 0..<ordinal_keyword_count() {
            guard let word = ordinal_keyword(index) else { continue }
            let category: KeywordCategory =
                switch ordinal_keyword_category(index) {
                case UNRESERVED_KEYWORD: .unreserved
                case COL_NAME_KEYWORD: .columnName
                case TYPE_FUNC_NAME_KEYWORD: .typeOrFunctionName
                default: .reserved
                }
            result[String(cString: word)] = category
        }
        return result
    }()

    /// `name` as it must be written in SQL (`quote_identifier`): in double quotes unless it consists of
    /// lower-case letters, digits and underscores, does not begin with a digit, and is no keyword but
    /// an unreserved one.
    public static func quote(_ name: String) -> String {
        var isSafe = false
        var quoteCount = 0
        for (index, byte) in name.utf8.enumerated() {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "_"):
                if index == 0 { isSafe = true }
            case UInt8(ascii: "0")...UInt8(ascii: "9"): break
            default:
                isSafe = false
                if byte == UInt8(ascii: "\"") { quoteCount += 1 }
            }
        }
        if isSafe {
            switch keywords[name] {
            case nil, .unreserved: return name
            case .columnName, .typeOrFunctionName, .reserved: break
            }
        }
        var bytes: [UInt8] = [UInt8(ascii: "\"")]
        bytes.reserveCapacity(name.utf8.count + quoteCount + 2)
        for byte in name.utf8 {
            if byte == UInt8(ascii: "\"") { bytes.append(byte) }
            bytes.append(byte)
        }
        bytes.append(UInt8(ascii: "\""))
        return String(decoding: bytes, as: UTF8.self)
    }

    /// `parts` quoted and joined by dots.
    public static func quote(qualified parts: [String]) -> String {
        parts.map { quote($0) }.joined(separator: ".")
    }
}
