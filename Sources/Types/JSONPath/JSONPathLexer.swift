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
    /// Where the last token begins, for messages.
    private(set) var start = 0

    init(_ text: [UInt8]) { self.text = text }

    /// What stands at the last token.
    var near: String {
        start >= text.count ? "" : String(decoding: text[start..<max(index, start)], as: UTF8.self)
    }

    func failure(_ message: String) -> SQLError {
        if start >= text.count {
            return SQLError(.syntaxError, "\(message) at end of jsonpath input")
        }
        return SQLError(.syntaxError, "\(message) at or near \"\(near)\" of jsonpath input")
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
        start = index
        guard index < text.count else { return .end }
        let byte = byte()
        switch byte {
        case 0x22: return .string(try quoted())
        case 0x24:
            index += 1
            if self.byte() == 0x22 { return .variable(try quoted()) }
            if JSONPathLexer.isWord(self.byte()) { return .variable(try word()) }
            return .sign("$")
        case _ where JSONPathLexer.isDigit(byte)
            || byte == 0x2E && JSONPathLexer.isDigit(self.byte(1)):
            return .number(try number())
        case _ where JSONPathLexer.isWord(byte) || byte == 0x5C: return .word(try word())
        default: break
        }
        for sign in ["**", "&&", "||", "==", "!=", "<>", "<=", ">="]
        where text[index...].starts(with: sign.utf8) {
            index += 2
            return .sign(sign == "<>" ? "!=" : sign)
        }
        index += 1
        let sign = String(UnicodeScalar(byte))
        return .sign(sign == "=" ? "==" : sign)
    }

    private mutating func skipBlanks() throws(SQLError) {
        while index < text.count {
            if JSONPathLexer.isBlank(byte()) {
                index += 1
            } else if byte() == 0x2F, byte(1) == 0x2A {
                start = index
                index += 2
                while index < text.count, !(byte() == 0x2A && byte(1) == 0x2F) { index += 1 }
                guard index < text.count else {
                    start = text.count
                    throw failure("unexpected end of comment")
                }
                index += 2
            } else {
                return
            }
        }
    }

    private mutating func number() throws(SQLError) -> String {
        while JSONPathLexer.isDigit(byte()) { index += 1 }
        if byte() == 0x2E {
            index += 1
            while JSONPathLexer.isDigit(byte()) { index += 1 }
        }
        if byte() | 0x20 == 0x65 {
            let sign = byte(1) == 0x2B || byte(1) == 0x2D ? 1 : 0
            if JSONPathLexer.isDigit(byte(1 + sign)) {
                index += 1 + sign
                while JSONPathLexer.isDigit(byte()) { index += 1 }
            }
        }
        if JSONPathLexer.isWord(byte()) {
            index += 1
            throw failure("trailing junk after numeric literal")
        }
        return String(decoding: text[start..<index], as: UTF8.self)
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
        return String(decoding: result, as: UTF8.self)
    }

    private mutating func quoted() throws(SQLError) -> String {
        index += 1
        var result: [UInt8] = []
        while byte() != 0x22 {
            guard index < text.count else {
                start = text.count
                throw failure("unterminated quoted string")
            }
            if byte() == 0x5C {
                try escape(into: &result)
            } else {
                result.append(byte())
                index += 1
            }
        }
        index += 1
        return String(decoding: result, as: UTF8.self)
    }

    private mutating func escape(into result: inout [UInt8]) throws(SQLError) {
        index += 1
        guard index < text.count else { throw failure("unexpected end after backslash") }
        let letter = byte()
        index += 1
        switch letter {
        case UInt8(ascii: "b"): result.append(0x08)
        case UInt8(ascii: "f"): result.append(0x0C)
        case UInt8(ascii: "n"): result.append(0x0A)
        case UInt8(ascii: "r"): result.append(0x0D)
        case UInt8(ascii: "t"): result.append(0x09)
        case UInt8(ascii: "v"): result.append(0x0B)
        case UInt8(ascii: "x"): try append(code(digits: 2), to: &result)
        case UInt8(ascii: "u"):
            var code: UInt32
            if byte() == 0x7B {
                let end = text[index...].firstIndex(of: 0x7D) ?? index
                let digits = String(decoding: text[(index + 1)..<max(end, index + 1)], as: UTF8.self)
                guard let value = UInt32(digits, radix: 16), digits.utf8.count <= 6 else {
                    throw failure("invalid unicode sequence")
                }
                code = value
                index = end + 1
            } else {
                code = try self.code(digits: 4)
                if code >= 0xD800, code <= 0xDBFF, byte() == 0x5C, byte(1) == 0x75 {
                    index += 2
                    let low = try self.code(digits: 4)
                    guard low >= 0xDC00, low <= 0xDFFF else {
                        throw failure("invalid unicode sequence")
                    }
                    code = 0x10000 + (code - 0xD800) << 10 + (low - 0xDC00)
                }
            }
            try append(code, to: &result)
        default: result.append(letter)
        }
    }

    private mutating func code(digits count: Int) throws(SQLError) -> UInt32 {
        guard index + count <= text.count,
            let code = UInt32(
                String(decoding: text[index..<index + count], as: UTF8.self), radix: 16)
        else {
            throw failure(count == 2 ? "invalid hex sequence" : "invalid unicode sequence")
        }
        index += count
        return code
    }

    private func append(_ code: UInt32, to result: inout [UInt8]) throws(SQLError) {
        guard let scalar = UnicodeScalar(code), code != 0 else {
            throw failure("invalid unicode sequence")
        }
        result += Array(String(Character(scalar)).utf8)
    }
}
