internal import Base

/// The tokens of a jsonpath.
struct JSONPathLexer {
    enum Token: Equatable {
        /// A word that is not quoted: a key or keyword.
        case word(String)
        case string(String)
        case variable(String)
        case number(String)
        /// An operator or a sign.
        case sign(String)
        case end
    }

    private let text: [UInt8]
    private var index = 0
    /// What messages say is at fault: of a token, what PostgreSQL's scanner looked at last, which
    /// is the quote that ends a string, and what ends a word.
    private var near: Range<Int>

    init(_ text: [UInt8]) {
        self.text = text
        near = 0..<0
    }

    func failure(_ message: String) -> SQLError {
        if near.isEmpty { return SQLError(.syntaxError, "\(message) at end of jsonpath input") }
        let found = String(decoding: text[near], as: UTF8.self)
        return SQLError(.syntaxError, "\(message) at or near \"\(found)\" of jsonpath input")
    }

    private func byte(_ offset: Int = 0) -> UInt8 {
        index + offset < text.count ? text[index + offset] : 0
    }
    private static func isBlank(_ byte: UInt8) -> Bool {
        byte == 0x20 || byte >= 0x09 && byte <= 0x0D
    }
    private static func isDigit(_ byte: UInt8) -> Bool { byte &- 48 <= 9 }
    private static let special = Set("?%$.[]{}()|&!=<>@#,*:-+/\\\"".utf8)
    private static func isWord(_ byte: UInt8) -> Bool {
        byte != 0 && !special.contains(byte) && !isBlank(byte)
    }

    mutating func next() throws(SQLError) -> Token {
        try skipBlanks()
        let start = index
        near = index..<index
        guard index < text.count else { return .end }
        let byte = byte()
        switch byte {
        case 0x22: return .string(try quoted())
        case 0x24:
            index += 1
            if self.byte() == 0x22 { return .variable(try quoted()) }
            while JSONPathLexer.isWord(self.byte()) { index += 1 }
            near = start..<index
            if near.count == 1 { return .sign("$") }
            return .variable(String(decoding: text[start + 1..<index], as: UTF8.self))
        case _ where JSONPathLexer.isDigit(byte)
            || byte == 0x2E && JSONPathLexer.isDigit(self.byte(1)):
            if let digits = try number() { return .number(digits) }
            return .word(try word())
        case _ where JSONPathLexer.isWord(byte) || byte == 0x5C: return .word(try word())
        default: break
        }
        defer { near = start..<index }
        for sign in ["**", "&&", "||", "==", "!=", "<>", "<=", ">="]
        where text[index...].starts(with: sign.utf8) {
            index += 2
            return .sign(sign == "<>" ? "!=" : sign)
        }
        index += 1
        return .sign(String(UnicodeScalar(byte)))
    }

    private mutating func skipBlanks() throws(SQLError) {
        while index < text.count {
            if JSONPathLexer.isBlank(byte()) {
                index += 1
            } else if byte() == 0x2F, byte(1) == 0x2A {
                index += 2
                while index < text.count, !(byte() == 0x2A && byte(1) == 0x2F) { index += 1 }
                guard index < text.count else {
                    near = index..<index
                    throw failure("unexpected end of comment")
                }
                index += 2
            } else {
                return
            }
        }
    }

    /// A number, unless a longer word begins here.
    private mutating func number() throws(SQLError) -> String? {
        let start = index
        var end = index
        var wordEnd = index
        while wordEnd < text.count, JSONPathLexer.isWord(text[wordEnd]) { wordEnd += 1 }
        func skipDigits() {
            while end < text.count, JSONPathLexer.isDigit(text[end]) { end += 1 }
        }
        func at(_ place: Int) -> UInt8 { place < text.count ? text[place] : 0 }
        // Digits behind a zero are none of the number's.
        if at(end) == 0x30 { end += 1 } else { skipDigits() }
        if at(end) == 0x2E {
            end += 1
            skipDigits()
        }
        if at(end) | 0x20 == 0x65 {
            let sign = at(end + 1) == 0x2B || at(end + 1) == 0x2D ? 1 : 0
            if JSONPathLexer.isDigit(at(end + 1 + sign)) {
                end += 1 + sign
                skipDigits()
            } else if sign == 1 {
                near = start..<end + 2
                throw failure("invalid numeric literal")
            }
        }
        let hasJunk = JSONPathLexer.isWord(at(end))
        if wordEnd > end + (hasJunk ? 1 : 0) { return nil }
        near = start..<end + (hasJunk ? 1 : 0)
        if hasJunk { throw failure("trailing junk after numeric literal") }
        index = end
        return String(decoding: text[near], as: UTF8.self)
    }

    private mutating func word() throws(SQLError) -> String {
        var result: [UInt8] = []
        while index < text.count, JSONPathLexer.isWord(byte()) || byte() == 0x5C {
            if byte() == 0x5C {
                try escape(into: &result)
            } else {
                result.append(byte())
                index += 1
            }
        }
        let start = index
        while index < text.count, JSONPathLexer.isBlank(byte()) { index += 1 }
        near = start..<index
        return String(decoding: result, as: UTF8.self)
    }

    private mutating func quoted() throws(SQLError) -> String {
        index += 1
        var result: [UInt8] = []
        while byte() != 0x22 {
            guard index < text.count else {
                near = index..<index
                throw failure("unexpected end of quoted string")
            }
            if byte() == 0x5C {
                try escape(into: &result)
            } else {
                result.append(byte())
                index += 1
            }
        }
        index += 1
        near = index - 1..<index
        return String(decoding: result, as: UTF8.self)
    }

    // MARK: Escapes

    /// One escape, or a run of those of UTF-16, two of which may be one character.
    private mutating func escape(into result: inout [UInt8]) throws(SQLError) {
        let start = index
        switch byte(1) {
        case 0 where index + 1 >= text.count:
            near = start..<index + 1
            throw failure("unexpected end after backslash")
        case UInt8(ascii: "b"): result.append(0x08)
        case UInt8(ascii: "f"): result.append(0x0C)
        case UInt8(ascii: "n"): result.append(0x0A)
        case UInt8(ascii: "r"): result.append(0x0D)
        case UInt8(ascii: "t"): result.append(0x09)
        case UInt8(ascii: "v"): result.append(0x0B)
        case UInt8(ascii: "x"):
            index += 2
            let code = hexadecimal(max: 2)
            guard code.count == 2 else {
                near = start..<index
                throw failure("invalid hex character sequence")
            }
            try append(code.value, to: &result)
            return
        case UInt8(ascii: "u"):
            try unicodeEscapes(into: &result)
            return
        case let letter: result.append(letter)
        }
        index += 2
    }

    private mutating func unicodeEscapes(into result: inout [UInt8]) throws(SQLError) {
        let start = index
        var codes: [UInt32] = []
        while byte() == 0x5C, byte(1) == UInt8(ascii: "u") {
            index += 2
            let isBraced = byte() == UInt8(ascii: "{")
            if isBraced { index += 1 }
            let code = hexadecimal(max: isBraced ? 6 : 4)
            let isWhole =
                isBraced ? code.count > 0 && byte() == UInt8(ascii: "}") : code.count == 4
            guard isWhole else {
                near = start..<index
                throw failure("invalid unicode sequence")
            }
            if isBraced { index += 1 }
            codes.append(code.value)
        }
        var high: UInt32?
        func misplaced(_ detail: String) -> SQLError {
            SQLError(.invalidTextRepresentation, "invalid input syntax for type jsonpath").detail(
                detail)
        }
        for code in codes {
            let isHigh = code >= 0xD800 && code <= 0xDBFF
            let isLow = code >= 0xDC00 && code <= 0xDFFF
            if isHigh, high != nil {
                throw misplaced("Unicode high surrogate must not follow a high surrogate.")
            }
            if !isHigh, isLow != (high != nil) {
                throw misplaced("Unicode low surrogate must follow a high surrogate.")
            }
            if isHigh {
                high = code
            } else {
                let pair = high.map { 0x10000 + ($0 - 0xD800) << 10 + (code - 0xDC00) }
                try append(pair ?? code, to: &result)
                high = nil
            }
        }
        if high != nil { throw misplaced("Unicode low surrogate must follow a high surrogate.") }
    }

    /// Reads digits, at most as many.
    private mutating func hexadecimal(max: Int) -> (value: UInt32, count: Int) {
        var value: UInt32 = 0
        var count = 0
        while count < max, let digit = Character(UnicodeScalar(byte())).hexDigitValue {
            value = value << 4 | UInt32(digit)
            count += 1
            index += 1
        }
        return (value, count)
    }

    private func append(_ code: UInt32, to result: inout [UInt8]) throws(SQLError) {
        if code == 0 {
            throw SQLError(.untranslatableCharacter, "unsupported Unicode escape sequence").detail(
                "\\u0000 cannot be converted to text.")
        }
        guard let scalar = UnicodeScalar(code) else {
            throw SQLError(.syntaxError, "invalid Unicode code point")
        }
        result += Array(String(Character(scalar)).utf8)
    }
}
