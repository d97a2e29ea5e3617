public import Base

/// A jsonpath (chapter 9.16.2) as a tree. A value of the type is its canonical text.
public struct JSONPath: Sendable {
    public enum Comparison: String, Sendable {
        case equal = "==", notEqual = "!=", less = "<", lessOrEqual = "<=", greater = ">"
        case greaterOrEqual = ">="
    }
    public enum Arithmetic: String, Sendable {
        case add = "+", subtract = "-", multiply = "*", divide = "/", modulo = "%"
    }
    public enum Method: String, Sendable {
        case type, size, abs, floor, ceiling, double, keyvalue
    }

    /// What gives values, or is true, false or unknown.
    public indirect enum Node: Sendable {
        case root
        case current
        case last
        case null
        case bool(Bool)
        /// A numeric in text form.
        case number(String)
        case string(String)
        case variable(String)
        /// A value and what goes down from it.
        case path(Node, [Step])
        case arithmetic(Arithmetic, Node, Node)
        case sign(isMinus: Bool, Node)
        case compare(Comparison, Node, Node)
        case and(Node, Node)
        case or(Node, Node)
        case not(Node)
        case isUnknown(Node)
        case exists(Node)
        case startsWith(Node, Node)
        case likeRegex(Node, pattern: String, flags: String)
    }

    public enum Step: Sendable {
        case key(String)
        case anyKey
        case anyElement
        /// `[a, b to c]`.
        case subscripts([(from: Node, to: Node?)])
        /// `.**{first to last}`; nil is the last level.
        case anyLevel(first: Int?, last: Int?)
        case filter(Node)
        case method(Method)
        case datetime(String?)
    }

    public var isLax: Bool
    public var expression: Node

    public init(isLax: Bool, expression: Node) {
        self.isLax = isLax
        self.expression = expression
    }

    /// - Throws: 42601.
    public static func parse(_ text: [UInt8]) throws(SQLError) -> JSONPath {
        var parser = JSONPathParser(text)
        return try parser.parse()
    }
}

// MARK: Text

extension JSONPath {
    /// The canonical text form.
    public var text: String {
        (isLax ? "" : "strict ") + JSONPath.text(expression, inParentheses: true)
    }

    private static func priority(_ node: Node) -> Int {
        switch node {
        case .or: 0
        case .and: 1
        case .compare, .startsWith: 2
        case .arithmetic(.add, _, _), .arithmetic(.subtract, _, _): 3
        case .arithmetic: 4
        case .sign: 5
        default: 6
        }
    }

    private static func operand(_ node: Node, of parent: Node) -> String {
        text(node, inParentheses: priority(node) <= priority(parent))
    }

    private static func quoted(_ text: String) -> String {
        var buffer = ByteBuffer()
        var text = text
        text.withUTF8 { JSONText.appendQuoted(UnsafeRawBufferPointer($0), to: &buffer) }
        return String(decoding: buffer.bytes, as: UTF8.self)
    }

    private static func text(_ node: Node, inParentheses: Bool) -> String {
        func wrapped(_ text: String) -> String { inParentheses ? "(\(text))" : text }
        switch node {
        case .root: return "$"
        case .current: return "@"
        case .last: return "last"
        case .null: return "null"
        case .bool(let value): return value ? "true" : "false"
        case .number(let digits): return digits
        case .string(let string): return quoted(string)
        case .variable(let name): return "$" + quoted(name)
        case .path(let base, let steps):
            var start = text(base, inParentheses: true)
            if case .number = base { start = "(\(start))" }
            return start + steps.map(text).joined()
        case .arithmetic(let sign, let left, let right):
            return wrapped("\(operand(left, of: node)) \(sign.rawValue) \(operand(right, of: node))")
        case .compare(let sign, let left, let right):
            return wrapped("\(operand(left, of: node)) \(sign.rawValue) \(operand(right, of: node))")
        case .and(let left, let right):
            return wrapped("\(operand(left, of: node)) && \(operand(right, of: node))")
        case .or(let left, let right):
            return wrapped("\(operand(left, of: node)) || \(operand(right, of: node))")
        case .sign(let isMinus, let value):
            return wrapped((isMinus ? "-" : "+") + operand(value, of: node))
        case .not(let value): return "!(\(text(value, inParentheses: false)))"
        case .isUnknown(let value):
            return "(\(text(value, inParentheses: false))) is unknown"
        case .exists(let value): return "exists (\(text(value, inParentheses: false)))"
        case .startsWith(let value, let start):
            return wrapped("\(operand(value, of: node)) starts with \(operand(start, of: node))")
        case .likeRegex(let value, let pattern, let flags):
            let end = flags.isEmpty ? "" : " flag \(quoted(flags))"
            return wrapped("\(operand(value, of: node)) like_regex \(quoted(pattern))\(end)")
        }
    }

    private static func text(_ step: Step) -> String {
        switch step {
        case .key(let name): return "." + quoted(name)
        case .anyKey: return ".*"
        case .anyElement: return "[*]"
        case .subscripts(let ranges):
            let parts = ranges.map { range in
                let from = text(range.from, inParentheses: false)
                return range.to.map { "\(from) to \(text($0, inParentheses: false))" } ?? from
            }
            return "[\(parts.joined(separator: ","))]"
        case .anyLevel(let first, let last):
            func level(_ value: Int?) -> String { value.map { String($0) } ?? "last" }
            if first == 0, last == nil { return ".**" }
            if first == last { return ".**{\(level(first))}" }
            return ".**{\(level(first)) to \(level(last))}"
        case .filter(let predicate): return "?(\(text(predicate, inParentheses: false)))"
        case .method(let method): return ".\(method.rawValue)()"
        case .datetime(let template): return ".datetime(\(template.map(quoted) ?? ""))"
        }
    }
}
