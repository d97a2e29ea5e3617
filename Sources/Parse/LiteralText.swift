internal import Base

/// A simple query with its literals taken out, so that statements which differ in literals only can
/// share one plan.
///
///     UPDATE t SET a = a + -7 WHERE id = 12;   -- text
///     UPDATE t SET a = a + ① WHERE id = ①      -- key; each mark is a byte that tells the kind
///
/// Equal keys mean equal trees but for the literals' values. Whether parameters may stand for the
/// literals only the tree tells: `Parser.parse(_:replacing:)`.
public struct LiteralText: Sendable {
    public enum Kind: UInt8, Sendable {
        /// Fits in 32 bits; type integer.
        case integer = 1
        /// Fits in 64 bits; type bigint.
        case bigInteger
        /// Any other number; type numeric.
        case numeric
        /// Type unknown.
        case string
    }

    public struct Literal: Sendable {
        public var kind: Kind
        /// Byte range in the text: with the quotes, and with the sign of a negative number.
        public var range: Range<Int>
    }

    /// Longer texts and more literals than these are not worth a cache entry.
    public static let textSizeBytesMax = 4096
    public static let literalCountMax = 64

    public private(set) var key: [UInt8] = []
    public private(set) var literals: [Literal] = []

    /// Nil for texts without literals, with parameters, with several statements, or too long; and for
    /// statements other than SELECT, INSERT, UPDATE, DELETE.
    public init?(scanning text: UnsafeRawBufferPointer) {
        guard text.count <= LiteralText.textSizeBytesMax else { return nil }
        key.reserveCapacity(text.count)
        var scanner = Scanner(text)
        guard case .identifier? = scanner.next(),
            LiteralText.isWord(text[scanner.start..<scanner.position], in: LiteralText.commands)
        else { return nil }
        key.append(contentsOf: text[scanner.start..<scanner.position])

        var context = Context(previous: scanner.start..<scanner.position)
        while let token = scanner.next() {
            let start = scanner.start
            if start > context.previous.upperBound { key.append(0x20) }
            switch token {
            case .integer, .decimal:
                let isInteger = if case .integer = token { true } else { false }
                add(
                    LiteralText.kind(isInteger, text[start..<scanner.position]),
                    start..<scanner.position)
                context.advance(start..<scanner.position, isWord: false, isOperand: true)
            case .string:
                if context.isFirstArgument(in: text) {
                    key.append(contentsOf: text[start..<scanner.position])
                } else {
                    add(.string, start..<scanner.position)
                }
                context.advance(start..<scanner.position, isWord: false, isOperand: true)
            case .symbol(UInt8(ascii: ";")):
                guard scanner.next() == nil else { return nil }
                if key.last == 0x20 { key.removeLast() }
            case .symbol(UInt8(ascii: "-")) where context.isBeforeOperand(in: text):
                addNegative(&scanner, text, &context)
            case .symbol(let byte):
                key.append(byte)
                let closes = byte == UInt8(ascii: ")") || byte == UInt8(ascii: "]")
                context.advance(start..<scanner.position, isWord: false, isOperand: closes)
            case .identifier:
                key.append(contentsOf: text[start..<scanner.position])
                context.advance(start..<scanner.position, isWord: true, isOperand: true)
            case .quotedIdentifier, .specialString:
                key.append(contentsOf: text[start..<scanner.position])
                context.advance(start..<scanner.position, isWord: false, isOperand: true)
            case .parameter, .unterminated: return nil
            }
            if literals.count > LiteralText.literalCountMax { return nil }
        }
        if literals.isEmpty { return nil }
    }

    private mutating func add(_ kind: Kind, _ range: Range<Int>) {
        key.append(kind.rawValue)
        literals.append(Literal(kind: kind, range: range))
    }

    /// A minus where an operand is due: part of the number that follows, else a symbol.
    private mutating func addNegative(
        _ scanner: inout Scanner, _ text: UnsafeRawBufferPointer, _ context: inout Context
    ) {
        let minus = scanner.start..<scanner.position
        var ahead = scanner
        let isInteger: Bool? =
            switch ahead.next() {
            case .integer: true
            case .decimal: false
            default: nil
            }
        guard let isInteger else {
            key.append(UInt8(ascii: "-"))
            context.advance(minus, isWord: false, isOperand: false)
            return
        }
        scanner = ahead
        let range = minus.lowerBound..<scanner.position
        add(LiteralText.kind(isInteger, text[scanner.start..<scanner.position]), range)
        context.advance(range, isWord: false, isOperand: true)
    }

    /// As the lexer types numbers: 32 bits, else by the digits.
    private static func kind(_ isInteger: Bool, _ digits: Slice<UnsafeRawBufferPointer>) -> Kind {
        guard isInteger else { return .numeric }
        var value: Int64 = 0
        for digit in digits {
            let (product, overflow) = value.multipliedReportingOverflow(by: 10)
            let (sum, carry) = product.addingReportingOverflow(Int64(digit & 0xF))
            if overflow || carry { return .numeric }
            value = sum
        }
        return value <= Int64(Int32.max) ? .integer : .bigInteger
    }

    /// The value of an integer literal; nil for the other kinds.
    public func integer(_ index: Int, in text: UnsafeRawBufferPointer) -> Int64? {
        let literal = literals[index]
        guard literal.kind == .integer || literal.kind == .bigInteger else { return nil }
        var value: Int64 = 0
        // No overflow: the kind says that the digits fit.
        for byte in text[literal.range] where Scanner.isDigit(byte) {
            value = value &* 10 &+ Int64(byte & 0xF)
        }
        return text[literal.range.lowerBound] == UInt8(ascii: "-") ? -value : value
    }

    /// A number's sign and digits, or a string without its quotes.
    public func bytes(_ index: Int, in text: UnsafeRawBufferPointer) -> [UInt8] {
        let literal = literals[index]
        guard literal.kind == .string else {
            let source = text[literal.range]
            guard source.first == UInt8(ascii: "-") else { return Array(source) }
            // Blanks and comments may stand behind the sign.
            let digits = source.lastIndex { byte in
                !(Identifier.isContinuation(byte) || byte == UInt8(ascii: "."))
                    && byte != UInt8(ascii: "+") && byte != UInt8(ascii: "-")
            }
            return [UInt8(ascii: "-")]
                + source[(digits.map { $0 + 1 } ?? source.startIndex + 1)...]
        }
        var result: [UInt8] = []
        result.reserveCapacity(literal.range.count)
        var isSecondQuote = false
        for byte in text[literal.range].dropFirst().dropLast() {
            if byte == UInt8(ascii: "'"), !isSecondQuote {
                isSecondQuote = true
                continue
            }
            isSecondQuote = false
            result.append(byte)
        }
        return result
    }

    // MARK: Words

    private static let commands: [StaticString] = ["select", "insert", "update", "delete"]

    /// Words behind which an operand begins, not ends.
    private static let openers: [StaticString] = [
        "and", "or", "not", "in", "values", "where", "set", "between", "then", "else", "when",
        "case", "limit", "offset", "any", "all", "some", "like", "select", "on",
    ]

    fileprivate static func isWord(
        _ bytes: Slice<UnsafeRawBufferPointer>, in words: [StaticString]
    ) -> Bool {
        words.contains { word in
            word.utf8CodeUnitCount == bytes.count
                && zip(bytes, UnsafeBufferPointer(start: word.utf8Start, count: bytes.count))
                    .allSatisfy { $0 | 0x20 == $1 }
        }
    }

    /// The last two tokens.
    private struct Context {
        var previous: Range<Int>
        private var isOperand = true
        private var isWord = true
        private var beforePrevious: Range<Int>?
        private var isBeforePreviousWord = false

        init(previous: Range<Int>) { self.previous = previous }

        mutating func advance(_ token: Range<Int>, isWord: Bool, isOperand: Bool) {
            beforePrevious = previous
            isBeforePreviousWord = self.isWord
            previous = token
            self.isWord = isWord
            self.isOperand = isOperand
        }

        /// A minus here is a sign.
        func isBeforeOperand(in text: UnsafeRawBufferPointer) -> Bool {
            if isWord { return LiteralText.isWord(text[previous], in: LiteralText.openers) }
            if isOperand { return false }
            // These make one operator of themselves and a minus.
            return !"~!@#%^&|`?".utf8.contains(text[previous.lowerBound])
        }

        /// A string here is the first argument of a function, mostly the name of a sequence: it
        /// belongs to the statement's shape.
        func isFirstArgument(in text: UnsafeRawBufferPointer) -> Bool {
            guard text[previous.lowerBound] == UInt8(ascii: "("), isBeforePreviousWord,
                let word = beforePrevious
            else { return false }
            return !LiteralText.isWord(text[word], in: LiteralText.openers)
        }
    }
}
