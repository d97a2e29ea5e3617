public import Base

/// A value in JSON text: where it stands, and what is inside.
public struct JSONNode {
    public let kind: JSONKind
    /// Its bytes in the text, without white space around.
    public let range: Range<Int>
    /// A string without its escapes.
    public let string: [UInt8]
    /// Of an object, in the text's order; a key may come twice.
    public let keys: [[UInt8]]
    /// An array's elements, or an object's values.
    public let children: [JSONNode]
}

/// Parses JSON text by PostgreSQL's rules and with its errors.
public struct JSONParser {
    private var lexer: JSONLexer
    private let builds: Bool
    private var depth = 0

    /// Deeper text is 54001: parsing recurs.
    static let depthMax = 4096

    private init(_ text: UnsafeRawBufferPointer, builds: Bool) {
        lexer = JSONLexer(text, unescapes: builds)
        self.builds = builds
    }

    /// Checks the syntax alone, as json's input does.
    public static func validate(_ text: UnsafeRawBufferPointer) throws(SQLError) {
        var parser = JSONParser(text, builds: false)
        _ = try parser.document()
    }

    /// The tree of a text; the escapes in its strings must be sound too.
    public static func parse(_ text: UnsafeRawBufferPointer) throws(SQLError) -> JSONNode {
        var parser = JSONParser(text, builds: true)
        return try parser.document()
    }

    private mutating func document() throws(SQLError) -> JSONNode {
        try lexer.advance()
        let node = try value()
        guard lexer.token == .end else { throw unexpected("end of input") }
        return node
    }

    private func unexpected(_ wanted: StaticString) -> SQLError {
        if lexer.token == .end { return lexer.malformed("The input string ended unexpectedly.") }
        return lexer.malformed("Expected \(wanted), but found \"\(lexer.shownToken)\".")
    }

    private mutating func value() throws(SQLError) -> JSONNode {
        switch lexer.token {
        case .objectStart: return try container { (parser) throws(SQLError) in try parser.object() }
        case .arrayStart: return try container { (parser) throws(SQLError) in try parser.array() }
        case .string: return try scalar(.string)
        case .number: return try scalar(.number)
        case .true: return try scalar(.true)
        case .false: return try scalar(.false)
        case .null: return try scalar(.null)
        case .end, .objectEnd, .arrayEnd, .comma, .colon: throw unexpected("JSON value")
        }
    }

    private mutating func scalar(_ kind: JSONKind) throws(SQLError) -> JSONNode {
        let node = JSONNode(
            kind: kind, range: lexer.tokenStart..<lexer.tokenEnd,
            string: kind == .string ? lexer.string : [], keys: [], children: [])
        try lexer.advance()
        return node
    }

    private mutating func container(
        _ body: (inout JSONParser) throws(SQLError) -> JSONNode
    ) throws(SQLError) -> JSONNode {
        depth += 1
        defer { depth -= 1 }
        guard depth <= JSONParser.depthMax else {
            throw SQLError(.statementTooComplex, "stack depth limit exceeded").hint(
                "Increase the configuration parameter \"max_stack_depth\" (currently 2048kB), after ensuring the platform's stack depth limit is adequate."
            )
        }
        return try body(&self)
    }

    private mutating func object() throws(SQLError) -> JSONNode {
        let start = lexer.tokenStart
        var keys: [[UInt8]] = []
        var values: [JSONNode] = []
        try lexer.advance()
        switch lexer.token {
        case .string:
            try field(&keys, &values)
            while lexer.token == .comma {
                try lexer.advance()
                try field(&keys, &values)
            }
        case .objectEnd: break
        default: throw unexpected("string or \"}\"")
        }
        guard lexer.token == .objectEnd else { throw unexpected("\",\" or \"}\"") }
        let node = JSONNode(
            kind: .object, range: start..<lexer.tokenEnd, string: [], keys: keys, children: values)
        try lexer.advance()
        return node
    }

    private mutating func field(
        _ keys: inout [[UInt8]], _ values: inout [JSONNode]
    ) throws(SQLError) {
        guard lexer.token == .string else { throw unexpected("string") }
        if builds { keys.append(lexer.string) }
        try lexer.advance()
        guard lexer.token == .colon else { throw unexpected("\":\"") }
        try lexer.advance()
        let value = try value()
        if builds { values.append(value) }
    }

    private mutating func array() throws(SQLError) -> JSONNode {
        let start = lexer.tokenStart
        var elements: [JSONNode] = []
        try lexer.advance()
        if lexer.token != .arrayEnd {
            while true {
                let element = try value()
                if builds { elements.append(element) }
                guard lexer.token == .comma else { break }
                try lexer.advance()
            }
        }
        guard lexer.token == .arrayEnd else { throw unexpected("\",\" or \"]\"") }
        let node = JSONNode(
            kind: .array, range: start..<lexer.tokenEnd, string: [], keys: [], children: elements)
        try lexer.advance()
        return node
    }
}
