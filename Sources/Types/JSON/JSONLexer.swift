internal import Base

/// Cuts JSON text (RFC 7159) into tokens. Knows where it is, so that errors show PostgreSQL's excerpt.
struct JSONLexer {
    enum Token: Equatable {
        case end, objectStart, objectEnd, arrayStart, arrayEnd, comma, colon
        case string, number, `true`, `false`, null
    }

    let text: UnsafeRawBufferPointer
    /// Whether strings are wanted without their escapes, whose meaning is checked then.
    private let unescapes: Bool
    private(set) var token = Token.end
    private(set) var tokenStart = 0
    private(set) var tokenEnd = 0
    /// Where the token before ended.
    private(set) var previousEnd = 0
    /// The last string without escapes.
    private(set) var string: [UInt8] = []
    private var lineStart = 0
    private var lineNumber = 1

    init(_ text: UnsafeRawBufferPointer, unescapes: Bool) {
        self.text = text
        self.unescapes = unescapes
    }

    private func isWordByte(_ byte: UInt8) -> Bool {
        isLetter(byte) || isDigit(byte) || byte == 0x5F || byte >= 0x80
    }

    mutating func advance() throws(SQLError) {
        var index = tokenEnd
        while index < text.count, let byte = Optional(text[index]),
            byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D
        {
            index += 1
            if byte == 0x0A {
                lineNumber += 1
                lineStart = index
            }
        }
        previousEnd = tokenEnd
        tokenStart = index
        guard index < text.count else {
            tokenEnd = index
            token = .end
            return
        }
        let single: Token?
        switch text[index] {
        case 0x7B: single = .objectStart
        case 0x7D: single = .objectEnd
        case 0x5B: single = .arrayStart
        case 0x5D: single = .arrayEnd
        case 0x2C: single = .comma
        case 0x3A: single = .colon
        case 0x22:
            try scanString()
            token = .string
            return
        case 0x2D, 0x30...0x39: return try scanNumber()
        default: return try scanWord()
        }
        if let single { token = single }
        tokenEnd = index + 1
    }

    private mutating func scanWord() throws(SQLError) {
        var index = tokenStart
        while index < text.count, isWordByte(text[index]) { index += 1 }
        tokenEnd = max(index, tokenStart + 1)
        let word = UnsafeRawBufferPointer(rebasing: text[tokenStart..<index])
        if word.elementsEqual("true".utf8) {
            token = .true
        } else if word.elementsEqual("false".utf8) {
            token = .false
        } else if word.elementsEqual("null".utf8) {
            token = .null
        } else {
            throw invalidToken()
        }
    }

    private mutating func scanNumber() throws(SQLError) {
        var index = tokenStart
        var isMalformed = false
        func byte() -> UInt8 { index < text.count ? text[index] : 0 }
        func skipDigits() {
            if !isDigit(byte()) { isMalformed = true }
            while isDigit(byte()) { index += 1 }
        }
        if byte() == 0x2D { index += 1 }
        if byte() == 0x30 { index += 1 } else { skipDigits() }
        if byte() == 0x2E {
            index += 1
            skipDigits()
        }
        if byte() | 0x20 == 0x65 {
            index += 1
            if byte() == 0x2B || byte() == 0x2D { index += 1 }
            skipDigits()
        }
        // What follows without a break is part of the bad token.
        while index < text.count, isWordByte(text[index]) {
            isMalformed = true
            index += 1
        }
        tokenEnd = index
        token = .number
        if isMalformed { throw invalidToken() }
    }

    // MARK: Strings

    private mutating func scanString() throws(SQLError) {
        string.removeAll(keepingCapacity: true)
        var index = tokenStart + 1
        var highSurrogate: UInt32?
        while true {
            guard index < text.count else {
                tokenEnd = index
                throw invalidToken()
            }
            let byte = text[index]
            if byte == 0x5C {
                try scanEscape(&index, &highSurrogate)
                continue
            }
            if highSurrogate != nil { throw failAfter(index, JSONMessage.lowSurrogate) }
            if byte == 0x22 {
                tokenEnd = index + 1
                return
            }
            if byte < 0x20 {
                tokenEnd = index
                let digits = String(byte, radix: 16)
                throw malformed(
                    "Character with value 0x\(byte < 16 ? "0" : "")\(digits) must be escaped.")
            }
            if unescapes { string.append(byte) }
            index += 1
        }
    }

    private mutating func scanEscape(
        _ index: inout Int, _ highSurrogate: inout UInt32?
    ) throws(SQLError) {
        index += 1
        guard index < text.count else {
            tokenEnd = index
            throw invalidToken()
        }
        let letter = text[index]
        if letter == 0x75 {
            let code = try scanHexadecimal(&index)
            if unescapes { try take(code, at: index - 1, &highSurrogate) }
            return
        }
        if unescapes, highSurrogate != nil { throw failAfter(index, JSONMessage.lowSurrogate) }
        let meaning: UInt8
        switch letter {
        case 0x22, 0x5C, 0x2F: meaning = letter
        case 0x62: meaning = 0x08
        case 0x66: meaning = 0x0C
        case 0x6E: meaning = 0x0A
        case 0x72: meaning = 0x0D
        case 0x74: meaning = 0x09
        default:
            tokenStart = index
            tokenEnd = characterEnd(index)
            throw malformed("Escape sequence \"\\\(shownToken)\" is invalid.")
        }
        if unescapes { string.append(meaning) }
        index += 1
    }

    /// Of `uXXXX`: leaves `index` behind it.
    private mutating func scanHexadecimal(_ index: inout Int) throws(SQLError) -> UInt32 {
        var code: UInt32 = 0
        for _ in 0..<4 {
            index += 1
            guard index < text.count else {
                tokenEnd = index
                throw invalidToken()
            }
            guard let digit = Character(UnicodeScalar(text[index])).hexDigitValue,
                text[index] < 0x80
            else {
                throw failAfter(
                    index, "\"\\u\" must be followed by four hexadecimal digits.")
            }
            code = code << 4 | UInt32(digit)
        }
        index += 1
        return code
    }

    /// - Parameter last: the last digit's place.
    private mutating func take(
        _ code: UInt32, at last: Int, _ highSurrogate: inout UInt32?
    ) throws(SQLError) {
        var code = code
        if (0xD800...0xDBFF).contains(code) {
            guard highSurrogate == nil else {
                throw failAfter(
                    last, "Unicode high surrogate must not follow a high surrogate.")
            }
            highSurrogate = code
            return
        }
        if (0xDC00...0xDFFF).contains(code) {
            guard let high = highSurrogate else {
                throw failAfter(last, JSONMessage.lowSurrogate)
            }
            code = 0x10000 + (high - 0xD800) << 10 + (code - 0xDC00)
            highSurrogate = nil
        }
        if highSurrogate != nil { throw failAfter(last, JSONMessage.lowSurrogate) }
        if code == 0 {
            tokenEnd = last + 1
            throw SQLError(.untranslatableCharacter, "unsupported Unicode escape sequence")
                .detail("\\u0000 cannot be converted to text.").context(excerpt)
        }
        if let scalar = UnicodeScalar(code) { string.append(contentsOf: String(scalar).utf8) }
    }

    // MARK: Errors

    private func characterEnd(_ index: Int) -> Int {
        guard index < text.count else { return text.count }
        let byte = text[index]
        let width = byte < 0xC0 ? 1 : byte < 0xE0 ? 2 : byte < 0xF0 ? 3 : 4
        return min(index + width, text.count)
    }

    private mutating func failAfter(_ index: Int, _ detail: String) -> SQLError {
        tokenEnd = characterEnd(index)
        return malformed(detail)
    }

    private func invalidToken() -> SQLError { malformed("Token \"\(shownToken)\" is invalid.") }

    var shownToken: String {
        String(decoding: text[tokenStart..<tokenEnd], as: UTF8.self)
    }

    func malformed(_ detail: String) -> SQLError {
        SQLError(.invalidTextRepresentation, "invalid input syntax for type json")
            .detail(detail).context(excerpt)
    }

    /// The line up to the token, or its last fifty characters.
    private var excerpt: String {
        var start = lineStart
        while tokenEnd - start >= 50 { start = characterEnd(start) }
        if start - lineStart <= 3 { start = lineStart }
        let isCut = token != .end || tokenStart < text.count
        let hasMore =
            isCut && tokenEnd < text.count && text[tokenEnd] != 0x0A && text[tokenEnd] != 0x0D
        let shown = String(decoding: text[start..<max(tokenEnd, start)], as: UTF8.self)
        return
            "JSON data, line \(lineNumber): \(start > lineStart ? "..." : "")\(shown)\(hasMore ? "..." : "")"
    }
}

enum JSONMessage {
    static let lowSurrogate = "Unicode low surrogate must follow a high surrogate."
}
