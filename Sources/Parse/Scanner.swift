internal import Base

/// The tokens of SQL text (chapter 4.1), for what the grammar library cannot tell: which identifiers
/// it cut off, and where literals stand. Follows PostgreSQL's lexer with standard_conforming_strings on;
/// operators come as single bytes, since nothing here needs them whole.
struct Scanner {
    enum Token {
        case identifier
        /// With its quotes; `isUnicode` after `U&`.
        case quotedIdentifier(isUnicode: Bool)
        case integer
        case decimal
        /// `'…'` with nothing in front.
        case string
        /// A string with escapes, of bits, in dollars, or continued on another line.
        case specialString
        /// `$1`.
        case parameter
        /// Any other byte.
        case symbol(UInt8)
        /// A string, identifier or comment without end.
        case unterminated
    }

    private let text: UnsafeRawBufferPointer
    /// Where the next token is looked for.
    private(set) var position = 0
    /// Where the token returned last begins; it ends at `position`.
    private(set) var start = 0

    init(_ text: UnsafeRawBufferPointer) { self.text = text }

    private func byte(_ index: Int) -> UInt8 { index < text.count ? text[index] : 0 }

    /// The next token; nil at the end of the text.
    mutating func next() -> Token? {
        guard skipSpace() else {
            start = position
            position = text.count
            return .unterminated
        }
        start = position
        guard position < text.count else { return nil }
        let first = text[position]
        switch first {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "_"), 0x80...0xFF:
            return word(first)
        case UInt8(ascii: "0")...UInt8(ascii: "9"): return number()
        case UInt8(ascii: "."):
            return Scanner.isDigit(byte(position + 1)) ? number() : symbol(first)
        case UInt8(ascii: "'"): return string(hasEscapes: false, plain: .string)
        case UInt8(ascii: "\""):
            return quoted(UInt8(ascii: "\"")) ? .quotedIdentifier(isUnicode: false) : .unterminated
        case UInt8(ascii: "$"): return dollar()
        default: return symbol(first)
        }
    }

    private mutating func symbol(_ byte: UInt8) -> Token {
        position += 1
        return .symbol(byte)
    }

    static func isDigit(_ byte: UInt8) -> Bool { byte &- UInt8(ascii: "0") < 10 }

    static func isSpace(_ byte: UInt8) -> Bool {
        byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 || byte == 0x0C
    }

    /// Skips white space and comments; false at a comment without end.
    private mutating func skipSpace() -> Bool {
        while position < text.count {
            let current = text[position]
            if Scanner.isSpace(current) {
                position += 1
            } else if current == UInt8(ascii: "-"), byte(position + 1) == UInt8(ascii: "-") {
                while position < text.count, text[position] != 0x0A, text[position] != 0x0D {
                    position += 1
                }
            } else if current == UInt8(ascii: "/"), byte(position + 1) == UInt8(ascii: "*") {
                if !skipBlockComment() { return false }
            } else {
                return true
            }
        }
        return true
    }

    /// Comments in `/* */` nest.
    private mutating func skipBlockComment() -> Bool {
        var depth = 0
        while position < text.count {
            if text[position] == UInt8(ascii: "/"), byte(position + 1) == UInt8(ascii: "*") {
                depth += 1
                position += 2
            } else if text[position] == UInt8(ascii: "*"), byte(position + 1) == UInt8(ascii: "/") {
                depth -= 1
                position += 2
                if depth == 0 { return true }
            } else {
                position += 1
            }
        }
        return false
    }

    /// An identifier, or a string or quoted identifier with a prefix.
    private mutating func word(_ first: UInt8) -> Token {
        let following = byte(position + 1)
        switch first | 0x20 {
        case UInt8(ascii: "e") where following == UInt8(ascii: "'"):
            position += 1
            return string(hasEscapes: true, plain: .specialString)
        case UInt8(ascii: "b") where following == UInt8(ascii: "'"),
            UInt8(ascii: "x") where following == UInt8(ascii: "'"),
            UInt8(ascii: "n") where following == UInt8(ascii: "'"):
            position += 1
            return string(hasEscapes: false, plain: .specialString)
        case UInt8(ascii: "u") where following == UInt8(ascii: "&"):
            if byte(position + 2) == UInt8(ascii: "'") {
                position += 2
                return string(hasEscapes: false, plain: .specialString)
            }
            if byte(position + 2) == UInt8(ascii: "\"") {
                position += 2
                return quoted(UInt8(ascii: "\""))
                    ? .quotedIdentifier(isUnicode: true) : .unterminated
            }
        default: break
        }
        repeat { position += 1 } while Identifier.isContinuation(byte(position))
        return .identifier
    }

    private mutating func number() -> Token {
        var isInteger = true
        while Scanner.isDigit(byte(position)) { position += 1 }
        // `1..2` is a range in PL/pgSQL.
        if byte(position) == UInt8(ascii: "."), byte(position + 1) != UInt8(ascii: ".") {
            isInteger = false
            position += 1
            while Scanner.isDigit(byte(position)) { position += 1 }
        }
        if byte(position) | 0x20 == UInt8(ascii: "e") {
            let sign = byte(position + 1)
            let hasSign = sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-")
            let digits = position + (hasSign ? 2 : 1)
            if Scanner.isDigit(byte(digits)) {
                isInteger = false
                position = digits
                while Scanner.isDigit(byte(position)) { position += 1 }
            }
        }
        return isInteger ? .integer : .decimal
    }

    /// Moves behind the closing quote; a doubled quote does not close.
    private mutating func quoted(_ quote: UInt8) -> Bool {
        position += 1
        while position < text.count {
            if text[position] == quote {
                if byte(position + 1) != quote {
                    position += 1
                    return true
                }
                position += 1
            }
            position += 1
        }
        return false
    }

    private mutating func string(hasEscapes: Bool, plain: Token) -> Token {
        var result = plain
        while true {
            let isClosed = hasEscapes ? escapedString() : quoted(UInt8(ascii: "'"))
            guard isClosed else { return .unterminated }
            // After a line break a further quote continues the string.
            var ahead = position
            var hasLineBreak = false
            while Scanner.isSpace(byte(ahead)) {
                if byte(ahead) == 0x0A || byte(ahead) == 0x0D { hasLineBreak = true }
                ahead += 1
            }
            guard hasLineBreak, byte(ahead) == UInt8(ascii: "'") else { return result }
            position = ahead
            result = .specialString
        }
    }

    private mutating func escapedString() -> Bool {
        position += 1
        while position < text.count {
            switch text[position] {
            case UInt8(ascii: "\\"): position += 1
            case UInt8(ascii: "'"):
                if byte(position + 1) != UInt8(ascii: "'") {
                    position += 1
                    return true
                }
                position += 1
            default: break
            }
            position += 1
        }
        return false
    }

    /// `$1`, `$$…$$`, `$tag$…$tag$`, or a lone dollar.
    private mutating func dollar() -> Token {
        var end = position + 1
        if Scanner.isDigit(byte(end)) {
            while Scanner.isDigit(byte(end)) { end += 1 }
            position = end
            return .parameter
        }
        while byte(end) != UInt8(ascii: "$") {
            guard Identifier.isContinuation(byte(end)) else { return symbol(UInt8(ascii: "$")) }
            end += 1
        }
        let tag = position...end
        position = end + 1
        while position + tag.count <= text.count {
            if text[position] == UInt8(ascii: "$"),
                zip(tag, position...).allSatisfy({ text[$0] == text[$1] })
            {
                position += tag.count
                return .specialString
            }
            position += 1
        }
        position = text.count
        return .unterminated
    }
}
