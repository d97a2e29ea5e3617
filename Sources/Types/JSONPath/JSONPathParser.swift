internal import Base

/// Text → jsonpath, by descent through the operators' priorities.
struct JSONPathParser {
    private typealias Token = JSONPathLexer.Token
    private var lexer: JSONPathLexer
    private var token = Token.end
    /// Inside of a filter @ has a meaning, inside of subscripts `last`.
    private var filterDepth = 0
    private var subscriptDepth = 0
    private var depth = 0
    private static let depthMax = 500

    init(_ text: [UInt8]) { lexer = JSONPathLexer(text) }

    mutating func parse() throws(SQLError) -> JSONPath {
        try advance()
        var isLax = true
        if isWord("strict") || isWord("lax") {
            isLax = isWord("lax")
            try advance()
        }
        let expression = try disjunction()
        guard token == .end else { throw lexer.failure("syntax error") }
        return JSONPath(isLax: isLax, expression: expression)
    }

    // MARK: Tokens

    private mutating func advance() throws(SQLError) { token = try lexer.next() }

    private func isSign(_ sign: String) -> Bool { token == .sign(sign) }
    private func isWord(_ word: String) -> Bool {
        if case .word(let found) = token { return found.lowercased() == word }
        return false
    }

    private mutating func take(_ sign: String) throws(SQLError) -> Bool {
        guard isSign(sign) else { return false }
        try advance()
        return true
    }
    private mutating func expect(_ sign: String) throws(SQLError) {
        guard try take(sign) else { throw lexer.failure("syntax error") }
    }
    private mutating func expectWord(_ word: String) throws(SQLError) {
        guard isWord(word) else { throw lexer.failure("syntax error") }
        try advance()
    }

    // MARK: Predicates

    private mutating func disjunction() throws(SQLError) -> JSONPath.Node {
        depth += 1
        defer { depth -= 1 }
        if depth > JSONPathParser.depthMax {
            throw SQLError(.statementTooComplex, "stack depth limit exceeded")
        }
        var left = try conjunction()
        while isSign("||") {
            try requirePredicate(left)
            try advance()
            let right = try conjunction()
            left = .or(left, try requirePredicate(right))
        }
        return left
    }

    private mutating func conjunction() throws(SQLError) -> JSONPath.Node {
        var left = try comparison()
        while isSign("&&") {
            try requirePredicate(left)
            try advance()
            let right = try comparison()
            left = .and(left, try requirePredicate(right))
        }
        return left
    }

    /// A value is a syntax error where true or false is wanted.
    @discardableResult
    private func requirePredicate(_ node: JSONPath.Node) throws(SQLError) -> JSONPath.Node {
        guard JSONPathParser.isPredicate(node) else { throw lexer.failure("syntax error") }
        return node
    }

    private static func isPredicate(_ node: JSONPath.Node) -> Bool {
        switch node {
        case .compare, .and, .or, .not, .isUnknown, .exists, .startsWith, .likeRegex: true
        case .root, .current, .last, .null, .bool, .number, .string, .variable, .path,
            .arithmetic, .sign:
            false
        }
    }

    private mutating func comparison() throws(SQLError) -> JSONPath.Node {
        if try take("!") {
            if isWord("exists") { return .not(try unary()) }
            try expect("(")
            let inner = try disjunction()
            try requirePredicate(inner)
            try expect(")")
            return .not(inner)
        }
        let left = try sum()
        if JSONPathParser.isPredicate(left) { return left }
        if case .sign(let sign) = token, let test = JSONPath.Comparison(rawValue: sign) {
            try advance()
            return .compare(test, left, try sum())
        }
        if isWord("starts") {
            try advance()
            try expectWord("with")
            switch token {
            case .string(let text):
                try advance()
                return .startsWith(left, .string(text))
            case .variable(let name):
                try advance()
                return .startsWith(left, .variable(name))
            default: throw lexer.failure("syntax error")
            }
        }
        if isWord("like_regex") {
            try advance()
            return try regex(left)
        }
        return left
    }

    private mutating func regex(_ value: JSONPath.Node) throws(SQLError) -> JSONPath.Node {
        guard case .string(let pattern) = token else { throw lexer.failure("syntax error") }
        try advance()
        guard isWord("flag") else { return .likeRegex(value, pattern: pattern, flags: "") }
        try advance()
        guard case .string(let flags) = token else { throw lexer.failure("syntax error") }
        for flag in flags where !"ismxq".contains(flag) {
            throw SQLError(.syntaxError, "invalid input syntax for type jsonpath").detail(
                "Unrecognized flag character \"\(flag)\" in LIKE_REGEX predicate.")
        }
        if flags.contains("x"), !flags.contains("q") {
            throw SQLError(
                .featureNotSupported,
                "XQuery \"x\" flag (expanded regular expressions) is not implemented")
        }
        try advance()
        // In the order of the letters that PostgreSQL prints.
        return .likeRegex(
            value, pattern: pattern, flags: String("ismxq".filter { flags.contains($0) }))
    }

    // MARK: Numbers

    private mutating func sum() throws(SQLError) -> JSONPath.Node {
        var left = try product()
        while case .sign(let sign) = token, sign == "+" || sign == "-" {
            try advance()
            left = .arithmetic(sign == "+" ? .add : .subtract, left, try product())
        }
        return left
    }

    private mutating func product() throws(SQLError) -> JSONPath.Node {
        var left = try unary()
        while case .sign(let sign) = token, ["*", "/", "%"].contains(sign),
            let operation = JSONPath.Arithmetic(rawValue: sign)
        {
            try advance()
            left = .arithmetic(operation, left, try unary())
        }
        return left
    }

    private mutating func unary() throws(SQLError) -> JSONPath.Node {
        if isSign("+") || isSign("-") {
            let isMinus = isSign("-")
            try advance()
            depth += 1
            defer { depth -= 1 }
            if depth > JSONPathParser.depthMax {
                throw SQLError(.statementTooComplex, "stack depth limit exceeded")
            }
            let value = try unary()
            // The sign of a literal is part of it.
            if isMinus, case .number(let digits) = value, !digits.hasPrefix("-") {
                return .sign(isMinus: true, .number(digits))
            }
            return .sign(isMinus: isMinus, value)
        }
        return try accessors(of: try primary())
    }

    private mutating func primary() throws(SQLError) -> JSONPath.Node {
        switch token {
        case .sign("$"):
            try advance()
            return .root
        case .sign("@"):
            if filterDepth == 0 {
                throw SQLError(.syntaxError, "@ is not allowed in root expressions")
            }
            try advance()
            return .current
        case .sign("("): return try parenthesised()
        case .string(let text):
            try advance()
            return .string(text)
        case .variable(let name):
            try advance()
            return .variable(name)
        case .number(let digits):
            try advance()
            return .number(try JSONPathParser.canonical(digits))
        case .word(let word): return try keyword(word)
        case .sign, .end: throw lexer.failure("syntax error")
        }
    }

    private mutating func parenthesised() throws(SQLError) -> JSONPath.Node {
        try advance()
        let inner = try disjunction()
        try expect(")")
        if isWord("is") {
            try requirePredicate(inner)
            try advance()
            try expectWord("unknown")
            return .isUnknown(inner)
        }
        return inner
    }

    private mutating func keyword(_ word: String) throws(SQLError) -> JSONPath.Node {
        switch word {
        case "null": try advance(); return .null
        case "true": try advance(); return .bool(true)
        case "false": try advance(); return .bool(false)
        default: break
        }
        switch word.lowercased() {
        case "last":
            if subscriptDepth == 0 {
                throw SQLError(.syntaxError, "LAST is allowed only in array subscripts")
            }
            try advance()
            return .last
        case "exists":
            try advance()
            try expect("(")
            let inner = try disjunction()
            try expect(")")
            return .exists(inner)
        default: throw lexer.failure("syntax error")
        }
    }

    private static func canonical(_ digits: String) throws(SQLError) -> String {
        let arena = Arena()
        let bytes = Array(digits.utf8)
        let value = try bytes.span.bytes.withUnsafeBytes { (text) throws(SQLError) in
            try Numeric.parse(text, arena: arena)
        }
        var buffer = ByteBuffer()
        Numeric.append(value, to: &buffer)
        return String(decoding: buffer.bytes, as: UTF8.self)
    }

    // MARK: Accessors

    private mutating func accessors(of base: JSONPath.Node) throws(SQLError) -> JSONPath.Node {
        var steps: [JSONPath.Step] = []
        while true {
            if try take(".") {
                steps.append(try member())
            } else if isSign("[") {
                steps.append(try subscripts())
            } else if try take("?") {
                try expect("(")
                filterDepth += 1
                let predicate = try disjunction()
                steps.append(.filter(try requirePredicate(predicate)))
                filterDepth -= 1
                try expect(")")
            } else {
                return steps.isEmpty ? base : .path(base, steps)
            }
        }
    }

    private mutating func member() throws(SQLError) -> JSONPath.Step {
        switch token {
        case .sign("*"):
            try advance()
            return .anyKey
        case .sign("**"):
            try advance()
            return try levels()
        case .string(let name):
            try advance()
            return .key(name)
        case .word(let name):
            try advance()
            guard isSign("(") else { return .key(name) }
            try advance()
            if name.lowercased() == "datetime" {
                var template: String?
                if case .string(let text) = token {
                    template = text
                    try advance()
                }
                try expect(")")
                return .datetime(template)
            }
            guard let method = JSONPath.Method(rawValue: name.lowercased()) else {
                throw lexer.failure("syntax error")
            }
            try expect(")")
            return .method(method)
        case .variable, .number, .sign, .end: throw lexer.failure("syntax error")
        }
    }

    private mutating func levels() throws(SQLError) -> JSONPath.Step {
        guard try take("{") else { return .anyLevel(first: 0, last: nil) }
        let first = try level()
        var last = first
        if isWord("to") {
            try advance()
            last = try level()
        }
        try expect("}")
        return .anyLevel(first: first, last: last)
    }

    /// Nil: last.
    private mutating func level() throws(SQLError) -> Int? {
        if isWord("last") {
            try advance()
            return nil
        }
        guard case .number(let digits) = token, let value = Int(digits) else {
            throw lexer.failure("syntax error")
        }
        try advance()
        return value
    }

    private mutating func subscripts() throws(SQLError) -> JSONPath.Step {
        try advance()
        if try take("*") {
            try expect("]")
            return .anyElement
        }
        subscriptDepth += 1
        defer { subscriptDepth -= 1 }
        var ranges: [(from: JSONPath.Node, to: JSONPath.Node?)] = []
        repeat {
            let from = try sum()
            var to: JSONPath.Node?
            if isWord("to") {
                try advance()
                to = try sum()
            }
            ranges.append((from, to))
        } while try take(",")
        try expect("]")
        return .subscripts(ranges)
    }
}
