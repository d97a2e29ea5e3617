internal import Base
internal import Types

/// to_number: a numeric by a template (chapter 9.8, table 9.28). The template is a guide, not a
/// grammar: what does not fit is passed over.
struct NumberReader {
    private enum Piece: Equatable {
        case nine, zero, point, comma, group, currency, minus, plus, sign, ordinal
        case other
        case literal
    }
    private enum Anchor { case none, before, behind }

    private var pieces: [Piece] = []
    private var wholeCount = 0
    private var fractionCount = 0
    private var shiftCount = 0
    private var hasPoint = false
    private var anchor = Anchor.none
    private var isFilled = true
    private var hasBrackets = false
    private var hasPlus = false
    private var hasMinus = false

    // What is read.
    private var input: [UInt8] = []
    private var place = 0
    private var negative: UInt8 = 0x20
    private var digits: [UInt8] = []
    private var readWhole = 0
    private var readFraction = 0
    private var hasReadPoint = false

    init(_ format: [UInt8]) throws(SQLError) {
        var index = 0
        func matches(_ word: StaticString) -> Bool {
            let count = word.utf8CodeUnitCount
            guard index + count <= format.count else { return false }
            return (0..<count).allSatisfy {
                let byte = format[index + $0]
                return (byte &- 97 < 26 ? byte ^ 0x20 : byte) == word.utf8Start[$0]
            }
        }
        while index < format.count {
            if matches("FM") {
                isFilled = false
                index += 2
            } else if matches("EEEE") || matches("RN") {
                let word = matches("RN") ? "RN" : "EEEE"
                throw SQLError(.featureNotSupported, "\"\(word)\" not supported for input")
            } else if matches("MI") || matches("PL") || matches("SG") {
                pieces.append(matches("MI") ? .minus : matches("PL") ? .plus : .sign)
                hasMinus = hasMinus || !matches("PL")
                hasPlus = hasPlus || !matches("MI")
                index += 2
            } else if matches("PR") {
                hasBrackets = true
                pieces.append(.other)
                index += 2
            } else if matches("TH") {
                pieces.append(.ordinal)
                index += 2
            } else if format[index] == 0x22 {
                index += 1
                while index < format.count, format[index] != 0x22 {
                    if format[index] == 0x5C, index + 1 < format.count { index += 1 }
                    pieces.append(.literal)
                    index += 1
                }
                index += 1
            } else {
                try single(format[index])
                index += 1
                while index < format.count, format[index] & 0xC0 == 0x80 { index += 1 }
            }
        }
    }

    private mutating func single(_ byte: UInt8) throws(SQLError) {
        switch byte {
        case 0x39, 0x30:
            pieces.append(byte == 0x39 ? .nine : .zero)
            if shiftCount >= 0, pieces.contains(.other), isShifted {
                shiftCount += 1
            } else if hasPoint {
                fractionCount += 1
            } else {
                wholeCount += 1
            }
        case 0x2E, 0x44, 0x64:
            if hasPoint { throw SQLError(.syntaxError, "multiple decimal points") }
            hasPoint = true
            pieces.append(.point)
        case 0x2C: pieces.append(.comma)
        case 0x47, 0x67: pieces.append(.group)
        case 0x4C, 0x6C: pieces.append(.currency)
        case 0x53, 0x73:
            if anchor == .none { anchor = wholeCount + fractionCount == 0 ? .before : .behind }
            pieces.append(.other)
        case 0x56, 0x76:
            isShifted = true
            pieces.append(.other)
        default: pieces.append(.literal)
        }
    }
    private var isShifted = false

    /// - Throws: 22P02 where nothing of a number is there, 22003.
    mutating func read(_ text: [UInt8], arena: Arena) throws(SQLError) -> ByteView {
        input = text
        for piece in pieces {
            if place >= input.count { break }
            switch piece {
            case .nine, .zero, .point: readPart(piece)
            case .comma, .group:
                if readWhole + readFraction == 0, !isFilled { continue }
                if input[place] != 0x2C { continue }
            case .currency:
                skipOther(1)
                continue
            case .minus, .plus, .sign:
                let isMinus = input[place] == 0x2D && piece != .plus
                guard isMinus || input[place] == 0x2B && piece != .minus else {
                    skipOther(1)
                    continue
                }
                negative = input[place]
            case .ordinal:
                if negative == 0x2D || hasPoint { continue }
                skipOther(2)
                continue
            case .other: continue
            case .literal:
                step()
                continue
            }
            place += 1
        }
        if digits.last == 0x2E { digits.removeLast() }
        let number = [negative] + digits
        let modifier = Int32((wholeCount + shiftCount + readFraction) << 16 | readFraction) + 4
        let value = try number.span.bytes.withUnsafeBytes { (bytes) throws(SQLError) in
            try Numeric.parse(bytes, arena: arena)
        }
        let fitted = try Numeric.apply(modifier: modifier, to: value, arena: arena)
        if shiftCount == 0 { return fitted }
        let power = try Numeric.power(
            Numeric.small(10, scale: 0), Numeric.small(Int64(-shiftCount), scale: 0), arena: arena)
        return try Numeric.multiply(fitted, power, arena: arena)
    }

    private mutating func step() {
        place += 1
        while place < input.count, input[place] & 0xC0 == 0x80 { place += 1 }
    }

    /// Up to `count` characters that are no data.
    private mutating func skipOther(_ count: Int) {
        for _ in 0..<count where place < input.count {
            if "0123456789.,+-".utf8.contains(input[place]) { return }
            step()
        }
    }

    private func isDigit(_ index: Int) -> Bool { index < input.count && input[index] &- 48 <= 9 }

    private mutating func readPart(_ piece: Piece) {
        if input[place] == 0x20 { place += 1 }
        if place >= input.count { return }
        if negative == 0x20, piece != .point, readWhole + readFraction == 0 {
            let byte = input[place]
            if byte == 0x2D || hasBrackets && anchor != .before && byte == 0x3C {
                negative = 0x2D
                place += 1
            } else if byte == 0x2B {
                negative = 0x2B
                place += 1
            }
        }
        if place >= input.count { return }
        var isRead = false
        if isDigit(place) {
            if hasReadPoint, readFraction == fractionCount { return }
            digits.append(input[place])
            if hasReadPoint { readFraction += 1 } else { readWhole += 1 }
            isRead = true
        } else if hasPoint, !hasReadPoint, input[place] == 0x2E {
            digits.append(0x2E)
            hasReadPoint = true
            isRead = true
        }
        guard negative == 0x20, readWhole + readFraction > 0 else { return }
        if anchor != .none, isRead, place + 1 < input.count, !isDigit(place + 1) {
            // The sign stands right behind the last digit.
            if input[place + 1] == 0x2D || input[place + 1] == 0x2B {
                negative = input[place + 1]
                place += 1
            }
        } else if !isRead, anchor == .none, hasPlus || hasMinus,
            input[place] == 0x2D || input[place] == 0x2B
        {
            negative = input[place]
        }
    }
}
