internal import Base

/// The units of an interval's text.
enum IntervalUnit: Int32 {
    case microsecond, millisecond, second, minute, hour, day, week, month, year, decade, century
    case millennium

    var bit: Int32 { 1 << rawValue }
    static let allSecondBits =
        IntervalUnit.microsecond.bit | IntervalUnit.millisecond.bit | IntervalUnit.second.bit

    enum Word {
        case unit(IntervalUnit)
        case ago
        /// `@`, which says nothing.
        case nothing

        /// `text` in lower case; words count up to their tenth letter.
        static func lookup(_ text: [UInt8]) -> Word? {
            words[String(decoding: text.prefix(10), as: UTF8.self)]
        }

        private static let words: [String: Word] = {
            var table: [String: Word] = ["ago": .ago, "@": .nothing]
            let units: [(IntervalUnit, String)] = [
                (.microsecond, "us usec usecs usecond useconds microsecon"),
                (.millisecond, "ms msec msecs msecond mseconds millisecon"),
                (.second, "s sec secs second seconds"), (.minute, "m min mins minute minutes"),
                (.hour, "h hr hrs hour hours"), (.day, "d day days"), (.week, "w week weeks"),
                (.month, "mon mons month months"), (.year, "y yr yrs year years"),
                (.decade, "dec decs decade decades"), (.century, "c cent century centuries"),
                (.millennium, "mil mils millennium millennia"),
            ]
            for (unit, names) in units {
                for name in names.split(separator: " ") { table[String(name)] = .unit(unit) }
            }
            return table
        }()
    }
}

/// Cuts an interval's text into numbers, times and words.
enum IntervalTokens {
    enum Kind { case number, clock, signed, word }
    struct Token {
        var kind: Kind
        var text: [UInt8]
    }
    private static let countMax = 25
    private static let sizeBytesMax = 255

    static func split(
        _ text: UnsafeRawBufferPointer
    ) throws(IntervalInput.Failure) -> [Token] {
        guard text.count <= sizeBytesMax else { throw .malformed }
        var tokens: [Token] = []
        var index = 0
        func byte(_ at: Int) -> UInt8 { at < text.count ? text[at] : 0 }
        func run(while holds: (UInt8) -> Bool) -> [UInt8] {
            let start = index
            while index < text.count, holds(text[index]) { index += 1 }
            return text[start..<index].map(lowercased)
        }
        while index < text.count {
            let first = text[index]
            if isSpace(first) {
                index += 1
            } else if isDigit(first) || first == 0x2E {
                tokens.append(number(run))
            } else if isLetter(first) {
                tokens.append(Token(kind: .word, text: run(while: isLetter)))
            } else if first == 0x2B || first == 0x2D {
                index += 1
                while isSpace(byte(index)) { index += 1 }
                guard isDigit(byte(index)) || byte(index) == 0x2E else { throw .malformed }
                let rest = run { isDigit($0) || $0 == 0x3A || $0 == 0x2E || $0 == 0x2D }
                tokens.append(Token(kind: .signed, text: [first] + rest))
            } else if first == 0x40 || isPunctuation(first) {
                index += 1
            } else {
                throw .malformed
            }
            guard tokens.count <= countMax else { throw .malformed }
        }
        return tokens
    }

    private static func number(_ run: ((UInt8) -> Bool) -> [UInt8]) -> Token {
        let digits = run(isDigit)
        let rest = run { isDigit($0) || $0 == 0x3A || $0 == 0x2E || $0 == 0x2D }
        return Token(kind: rest.first == 0x3A ? .clock : .number, text: digits + rest)
    }

    private static func isPunctuation(_ byte: UInt8) -> Bool {
        (0x21...0x2F).contains(byte) || (0x3A...0x40).contains(byte)
            || (0x5B...0x60).contains(byte) || (0x7B...0x7E).contains(byte)
    }
}

/// Reads numbers of an interval's text.
struct IntervalScanner {
    private var rest: ArraySlice<UInt8>

    typealias Failure = IntervalInput.Failure

    init(_ text: ArraySlice<UInt8>) { rest = text }

    var isAtEnd: Bool { rest.isEmpty }
    var next: UInt8 { rest.first ?? 0 }
    /// How many digits come before the point.
    var integerWidth: Int {
        var digits = rest
        if digits.first == 0x2D { digits.removeFirst() }
        return digits.prefix { isDigit($0) }.count
    }

    mutating func take(_ byte: UInt8) -> Bool {
        guard rest.first == byte else { return false }
        rest.removeFirst()
        return true
    }

    /// Digits, perhaps none before a point.
    mutating func integer() throws(Failure) -> Int64 {
        var value: Int64 = 0
        var count = 0
        while let byte = rest.first, isDigit(byte) {
            let (product, overflow1) = value.multipliedReportingOverflow(by: 10)
            let (sum, overflow2) = product.addingReportingOverflow(Int64(byte - 48))
            guard !overflow1, !overflow2 else { throw .overflow }
            value = sum
            count += 1
            rest.removeFirst()
        }
        guard count > 0 || next == 0x2E else { throw .malformed }
        return value
    }

    mutating func signedInteger() throws(Failure) -> Int64 {
        let isNegative = take(0x2D)
        if !isNegative { _ = take(0x2B) }
        let value = try integer()
        return isNegative ? -value : value
    }

    /// `.ddd`, less than one.
    mutating func fraction() throws(Failure) -> Double {
        guard next == 0x2E else { throw .malformed }
        var digits = [UInt8](rest.prefix(1))
        rest.removeFirst()
        while let byte = rest.first, isDigit(byte) {
            digits.append(byte)
            rest.removeFirst()
        }
        guard digits.count > 1 else { return 0 }
        return Double("0" + String(decoding: digits, as: UTF8.self)) ?? 0
    }
}
