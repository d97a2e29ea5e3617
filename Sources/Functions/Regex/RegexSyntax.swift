internal import Base

/// A set of characters: ranges of code points, classes already spread out.
struct CharacterSet: Sendable {
    var ranges: [ClosedRange<UInt32>] = []
    var isNegated = false

    func contains(_ code: UInt32, ignoringCase: Bool) -> Bool {
        var isIn = ranges.contains { $0.contains(code) }
        if !isIn, ignoringCase {
            let other = CharacterSet.otherCase(code)
            isIn = other != code && ranges.contains { $0.contains(other) }
        }
        return isIn != isNegated
    }

    /// ASCII letters alone have two cases in the C locale.
    static func otherCase(_ code: UInt32) -> UInt32 {
        code &- 65 < 26 || code &- 97 < 26 ? code ^ 0x20 : code
    }

    static let digits: [ClosedRange<UInt32>] = [48...57]
    static let words: [ClosedRange<UInt32>] = [48...57, 65...90, 95...95, 97...122]
    static let spaces: [ClosedRange<UInt32>] = [9...13, 32...32]

    static func named(_ name: String) -> [ClosedRange<UInt32>]? {
        switch name {
        case "alpha": [65...90, 97...122]
        case "digit": digits
        case "alnum": [48...57, 65...90, 97...122]
        case "upper": [65...90]
        case "lower": [97...122]
        case "space": spaces
        case "blank": [9...9, 32...32]
        case "punct": [33...47, 58...64, 91...96, 123...126]
        case "xdigit": [48...57, 65...70, 97...102]
        case "cntrl": [0...31, 127...127]
        case "print": [32...126]
        case "graph": [33...126]
        case "word": words
        default: nil
        }
    }

    static func complement(_ ranges: [ClosedRange<UInt32>]) -> [ClosedRange<UInt32>] {
        var result: [ClosedRange<UInt32>] = []
        var next: UInt32 = 0
        for range in ranges.sorted(by: { $0.lowerBound < $1.lowerBound }) {
            if range.lowerBound > next { result.append(next...(range.lowerBound - 1)) }
            next = max(next, range.upperBound + 1)
        }
        result.append(next...0x10FFFF)
        return result
    }
}

/// A parsed regular expression (PostgreSQL's ARE, chapter 9.7.3, without look-around and
/// back references).
indirect enum RegexNode: Sendable {
    enum Anchor: Sendable { case start, end, wordStart, wordEnd, wordBoundary, notWordBoundary }

    case empty
    case character(UInt32)
    case any
    case set(CharacterSet)
    case anchor(Anchor)
    case group(RegexNode, index: Int?)
    case sequence([RegexNode])
    case choice([RegexNode])
    case repetition(RegexNode, least: Int, most: Int?, isGreedy: Bool)
}

/// Reads a regular expression. Errors are PostgreSQL's, 2201B.
struct RegexParser {
    private static let repetitionMax = 255
    private static let depthMax = 200

    private let pattern: [UInt32]
    private var index = 0
    private var depth = 0
    private(set) var groupCount = 0
    private(set) var ignoresCase: Bool
    private(set) var hasLazy = false

    init(_ text: String, ignoresCase: Bool) {
        pattern = text.unicodeScalars.map(\.value)
        self.ignoresCase = ignoresCase
    }

    static func invalid(_ reason: String) -> SQLError {
        SQLError(.invalidRegularExpression, "invalid regular expression: \(reason)")
    }

    private func peek(_ ahead: Int = 0) -> Character? {
        guard index + ahead < pattern.count, let scalar = UnicodeScalar(pattern[index + ahead])
        else {
            return nil
        }
        return Character(scalar)
    }

    private mutating func take(_ character: Character) -> Bool {
        guard peek() == character else { return false }
        index += 1
        return true
    }

    mutating func parse() throws(SQLError) -> RegexNode {
        if pattern.starts(with: "***=".unicodeScalars.map(\.value)) {
            return .sequence(pattern.dropFirst(4).map { .character($0) })
        }
        if pattern.starts(with: "***:".unicodeScalars.map(\.value)) { index = 4 }
        try options()
        let node = try choice()
        guard index == pattern.count else {
            throw RegexParser.invalid("parentheses () not balanced")
        }
        return node
    }

    /// `(?i)` at the start.
    private mutating func options() throws(SQLError) {
        guard peek() == "(", peek(1) == "?", let first = peek(2), first.isLetter else { return }
        index += 2
        while let letter = peek(), letter != ")" {
            switch letter {
            case "i": ignoresCase = true
            case "c": ignoresCase = false
            case "e", "s", "t": break
            default:
                throw .notSupported("embedded option \"\(letter)\" of a regular expression")
            }
            index += 1
        }
        guard take(")") else { throw RegexParser.invalid("invalid embedded option") }
    }

    private mutating func choice() throws(SQLError) -> RegexNode {
        depth += 1
        defer { depth -= 1 }
        guard depth <= RegexParser.depthMax else {
            throw RegexParser.invalid("regular expression is too complex")
        }
        var branches = [try branch()]
        while take("|") { branches.append(try branch()) }
        return branches.count == 1 ? branches[0] : .choice(branches)
    }

    private mutating func branch() throws(SQLError) -> RegexNode {
        var parts: [RegexNode] = []
        while let next = peek(), next != "|", !(next == ")" && depth > 1) {
            if next == ")" { throw RegexParser.invalid("parentheses () not balanced") }
            parts.append(try quantified())
        }
        return parts.isEmpty ? .empty : parts.count == 1 ? parts[0] : .sequence(parts)
    }

    private mutating func quantified() throws(SQLError) -> RegexNode {
        if let next = peek(), next == "*" || next == "+" || next == "?" {
            throw RegexParser.invalid("quantifier operand invalid")
        }
        let node = try atom()
        guard let (least, most) = try quantifier() else { return node }
        let isLazy = take("?")
        hasLazy = hasLazy || isLazy
        if case .anchor = node { throw RegexParser.invalid("quantifier operand invalid") }
        if let next = peek(), next == "*" || next == "+" || next == "?" {
            throw RegexParser.invalid("quantifier operand invalid")
        }
        return .repetition(node, least: least, most: most, isGreedy: !isLazy)
    }

    private mutating func quantifier() throws(SQLError) -> (least: Int, most: Int?)? {
        if take("*") { return (0, nil) }
        if take("+") { return (1, nil) }
        if take("?") { return (0, 1) }
        guard peek() == "{", let digit = peek(1), digit.isASCII, digit.isNumber else { return nil }
        index += 1
        let least = try number()
        var most: Int? = least
        if take(",") { most = peek() == "}" ? nil : try number() }
        guard take("}") else { throw RegexParser.invalid("invalid repetition count(s)") }
        if let most, most < least { throw RegexParser.invalid("invalid repetition count(s)") }
        return (least, most)
    }

    private mutating func number() throws(SQLError) -> Int {
        var value: Int?
        while let digit = peek()?.wholeNumberValue {
            value = (value ?? 0) * 10 + digit
            index += 1
            if let value, value > RegexParser.repetitionMax { break }
        }
        guard let value, value <= RegexParser.repetitionMax else {
            throw RegexParser.invalid("invalid repetition count(s)")
        }
        return value
    }

    private mutating func atom() throws(SQLError) -> RegexNode {
        let code = pattern[index]
        let character = peek()
        index += 1
        switch character {
        case "(":
            if take("?") {
                guard take(":") else {
                    throw .notSupported("look-around in regular expressions")
                }
                let inner = try choice()
                guard take(")") else { throw RegexParser.invalid("parentheses () not balanced") }
                return .group(inner, index: nil)
            }
            groupCount += 1
            let number = groupCount
            let inner = try choice()
            guard take(")") else { throw RegexParser.invalid("parentheses () not balanced") }
            return .group(inner, index: number)
        case ".": return .any
        case "^": return .anchor(.start)
        case "$": return .anchor(.end)
        case "[":
            if let anchor = try wordBracket() { return anchor }
            return .set(try bracket())
        case "\\": return try escape()
        default: return .character(code)
        }
    }

    /// `[[:<:]]` and `[[:>:]]`.
    private mutating func wordBracket() throws(SQLError) -> RegexNode? {
        for (text, anchor) in [("[:<:]]", RegexNode.Anchor.wordStart), ("[:>:]]", .wordEnd)] {
            if pattern[index...].starts(with: text.unicodeScalars.map(\.value)) {
                index += 6
                return .anchor(anchor)
            }
        }
        return nil
    }

    private mutating func escape() throws(SQLError) -> RegexNode {
        guard let letter = peek() else { throw RegexParser.invalid("invalid escape \\ sequence") }
        switch letter {
        case "d", "w", "s":
            index += 1
            return .set(CharacterSet(ranges: shorthand(letter)))
        case "D", "W", "S":
            index += 1
            return .set(
                CharacterSet(ranges: shorthand(Character(letter.lowercased())), isNegated: true))
        case "A", "Z", "m", "M", "y", "Y":
            index += 1
            let anchors: [Character: RegexNode.Anchor] = [
                "A": .start, "Z": .end, "m": .wordStart, "M": .wordEnd, "y": .wordBoundary,
                "Y": .notWordBoundary,
            ]
            return .anchor(anchors[letter] ?? .start)
        case "1"..."9": throw .notSupported("back references in regular expressions")
        default: return .character(try escapedCharacter())
        }
    }

    private func shorthand(_ letter: Character) -> [ClosedRange<UInt32>] {
        letter == "d"
            ? CharacterSet.digits : letter == "w" ? CharacterSet.words : CharacterSet.spaces
    }

    /// The character after a backslash, which is already passed.
    private mutating func escapedCharacter() throws(SQLError) -> UInt32 {
        guard let letter = peek() else { throw RegexParser.invalid("invalid escape \\ sequence") }
        let code = pattern[index]
        index += 1
        switch letter {
        case "n": return 10
        case "t": return 9
        case "r": return 13
        case "f": return 12
        case "v": return 11
        case "a": return 7
        case "b": return 8
        case "e": return 27
        case "B": return 92
        case "0": return 0
        case "x": return try hexadecimal(1...8)
        case "u": return try hexadecimal(4...4)
        case "U": return try hexadecimal(8...8)
        case let other where other.isASCII && (other.isLetter || other.isNumber):
            throw RegexParser.invalid("invalid escape \\ sequence")
        default: return code
        }
    }

    private mutating func hexadecimal(_ count: ClosedRange<Int>) throws(SQLError) -> UInt32 {
        var value: UInt64 = 0
        var digits = 0
        while digits < count.upperBound, let digit = peek()?.hexDigitValue {
            value = value << 4 | UInt64(digit)
            digits += 1
            index += 1
        }
        guard digits >= count.lowerBound, value <= 0x10FFFF else {
            throw RegexParser.invalid("invalid escape \\ sequence")
        }
        return UInt32(value)
    }

    private mutating func bracket() throws(SQLError) -> CharacterSet {
        var set = CharacterSet()
        set.isNegated = take("^")
        var isFirst = true
        while true {
            guard let next = peek() else { throw RegexParser.invalid("brackets [] not balanced") }
            if next == "]", !isFirst {
                index += 1
                return set
            }
            isFirst = false
            if next == "[", let kind = peek(1), kind == ":" || kind == "=" || kind == "." {
                set.ranges += try bracketClass(kind)
                continue
            }
            if next == "\\", let letter = peek(1), "dwsDWS".contains(letter) {
                index += 2
                let ranges = shorthand(Character(letter.lowercased()))
                set.ranges += letter.isLowercase ? ranges : CharacterSet.complement(ranges)
                continue
            }
            let low = try bracketCharacter()
            guard peek() == "-", let after = peek(1), after != "]" else {
                set.ranges.append(low...low)
                continue
            }
            index += 1
            let high = try bracketCharacter()
            guard low <= high else { throw RegexParser.invalid("invalid character range") }
            set.ranges.append(low...high)
        }
    }

    private mutating func bracketCharacter() throws(SQLError) -> UInt32 {
        if take("\\") { return try escapedCharacter() }
        let code = pattern[index]
        index += 1
        return code
    }

    private mutating func bracketClass(
        _ kind: Character
    ) throws(SQLError) -> [ClosedRange<UInt32>] {
        index += 2
        var name = String.UnicodeScalarView()
        while let next = peek(), !(next == kind && peek(1) == "]") {
            if let scalar = UnicodeScalar(pattern[index]) { name.append(scalar) }
            index += 1
        }
        guard peek() == kind else { throw RegexParser.invalid("brackets [] not balanced") }
        index += 2
        if kind == ":" {
            guard let ranges = CharacterSet.named(String(name)) else {
                throw RegexParser.invalid("invalid character class")
            }
            return ranges
        }
        guard name.count == 1, let scalar = name.first else {
            throw RegexParser.invalid("invalid collating element")
        }
        return [scalar.value...scalar.value]
    }
}
