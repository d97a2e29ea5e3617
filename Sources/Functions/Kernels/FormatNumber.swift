internal import Base
internal import Types

/// to_char of numbers (chapter 9.8, table 9.28).
struct NumberFormat {
    private enum Piece {
        case digit(isZero: Bool)
        case point, group, exponent, shift, fill
        case sign, plainSign, plus, minus, angle
        case ordinal(isUpper: Bool)
        case currency
        case literal(UInt8)
    }
    private var pieces: [Piece] = []
    private var wholeCount = 0
    private(set) var fractionCount = 0
    private(set) var shiftCount = 0
    private(set) var isExponent = false
    private(set) var isRoman = false
    private var isFilled = true
    private var hasPoint = false
    private var hasSign = false

    init(_ format: [UInt8]) throws(SQLError) {
        var index = 0
        func matches(_ word: StaticString) -> Bool {
            let count = word.utf8CodeUnitCount
            guard index + count <= format.count else { return false }
            for offset in 0..<count {
                let byte = format[index + offset]
                let upper = byte &- 97 < 26 ? byte ^ 0x20 : byte
                if upper != word.utf8Start[offset] { return false }
            }
            return true
        }
        while index < format.count {
            if matches("FM") {
                isFilled = false
                index += 2
            } else if matches("EEEE") {
                isExponent = true
                pieces.append(.exponent)
                index += 4
            } else if matches("PL") || matches("MI") || matches("PR") || matches("SG") {
                let isPlus = matches("PL")
                let isMinus = matches("MI")
                let isAngle = matches("PR")
                pieces.append(isPlus ? .plus : isMinus ? .minus : isAngle ? .angle : .plainSign)
                hasSign = hasSign || !isPlus
                index += 2
            } else if matches("TH") {
                pieces.append(.ordinal(isUpper: format[index] == 0x54))
                index += 2
            } else if matches("RN") {
                isRoman = true
                index += 2
            } else if format[index] == 0x22 {
                index += 1
                while index < format.count, format[index] != 0x22 {
                    pieces.append(.literal(format[index]))
                    index += 1
                }
                index += 1
            } else {
                try single(format[index])
                index += 1
            }
        }
    }

    private mutating func single(_ byte: UInt8) throws(SQLError) {
        switch byte {
        case 0x39, 0x30:
            pieces.append(.digit(isZero: byte == 0x30))
            if shiftCount > 0
                || pieces.contains(where: { if case .shift = $0 { true } else { false } })
            {
                shiftCount += 1
                wholeCount += 1
            } else if hasPoint {
                fractionCount += 1
            } else {
                wholeCount += 1
            }
        case 0x2E, 0x44, 0x64:
            if hasPoint { throw SQLError(.syntaxError, "multiple decimal points") }
            hasPoint = true
            pieces.append(.point)
        case 0x2C, 0x47, 0x67: pieces.append(.group)
        case 0x53, 0x73:
            hasSign = true
            pieces.append(.sign)
        case 0x56, 0x76: pieces.append(.shift)
        case 0x4C, 0x6C: pieces.append(.currency)
        default: pieces.append(.literal(byte))
        }
    }

    /// `digits`: the rounded magnitude, without sign, with exactly `fractionCount` places.
    func format(_ digits: [UInt8], isNegative: Bool) -> [UInt8] {
        let point = digits.firstIndex(of: 0x2E) ?? digits.count
        var whole = Array(digits[..<point])
        let fraction = point < digits.count ? Array(digits[(point + 1)...]) : []
        // A lone zero before the point is not a digit to show.
        if whole == [0x30], wholeCount > 0 { whole = [] }
        let isOverflow = whole.count > wholeCount
        let firstZero = firstZeroPosition
        var result: [UInt8] = []
        var position = 0
        var fractionIndex = 0
        var hasStarted = false
        var isBehindPoint = false
        var body: [UInt8] = []
        func blank() -> UInt8? { isFilled ? 0x20 : nil }
        var numberStart: Int?
        for piece in pieces {
            switch piece {
            case .digit:
                numberStart = numberStart ?? body.count
                if isBehindPoint {
                    if fractionIndex < fraction.count {
                        body.append(isOverflow ? 0x23 : fraction[fractionIndex])
                    }
                    fractionIndex += 1
                    continue
                }
                let fromEnd = wholeCount - position
                position += 1
                if isOverflow {
                    body.append(0x23)
                    hasStarted = true
                } else if fromEnd <= whole.count {
                    body.append(whole[whole.count - fromEnd])
                    hasStarted = true
                } else if firstZero <= position {
                    body.append(0x30)
                    hasStarted = true
                } else if fromEnd == 1, !hasStarted, !showsFraction(fraction) {
                    body.append(0x30)
                    hasStarted = true
                } else if let blank = blank() {
                    body.append(blank)
                }
            case .point:
                numberStart = numberStart ?? body.count
                isBehindPoint = true
                body.append(0x2E)
            case .group:
                if hasStarted {
                    body.append(0x2C)
                } else if let blank = blank() {
                    body.append(blank)
                }
            case .shift, .exponent, .fill: break
            case .currency: if let blank = blank() { body.append(blank) }
            case .plus: body.append(isNegative ? 0x20 : 0x2B)
            case .minus:
                if isNegative {
                    body.append(0x2D)
                } else if let blank = blank() {
                    body.append(blank)
                }
            case .sign, .plainSign: body.append(isNegative ? 0x2D : 0x2B)
            case .angle: break
            case .ordinal(let isUpper):
                if !isNegative, !isOverflow { body += ordinal(whole, isUpper: isUpper) }
            case .literal(let byte): body.append(byte)
            }
        }
        if !isFilled, hasPoint { body = trimmedFraction(body) }
        if hasAngle {
            return isNegative
                ? wrapped(body) : isFilled ? [0x20] + body + [0x20] : body
        }
        if !hasSign {
            // The sign goes before the first digit; without one a blank keeps its place.
            let start = numberStart ?? 0
            let first = body[start...].firstIndex { $0 != 0x20 } ?? body.count
            if isNegative {
                result = Array(body[..<first]) + [0x2D] + body[first...]
            } else {
                result = isFilled ? Array(body[..<start]) + [0x20] + body[start...] : body
            }
            return result
        }
        return floatedSign(body, isNegative: isNegative)
    }

    private var hasAngle: Bool { pieces.contains { if case .angle = $0 { true } else { false } } }

    /// Where the first 0 pattern stands among the whole digits, counted from 1.
    private var firstZeroPosition: Int {
        var position = 0
        for piece in pieces {
            switch piece {
            case .digit(let isZero):
                position += 1
                if isZero { return position }
            case .point: return .max
            default: continue
            }
        }
        return .max
    }

    /// Whether digits stand behind the point, so that none is needed before it.
    private func showsFraction(_ fraction: [UInt8]) -> Bool {
        if fractionCount == 0 { return false }
        return isFilled || lastZeroPlace > 0 || fraction.contains { $0 != 0x30 }
    }

    /// The last place behind the point that a 0 pattern asks for.
    private var lastZeroPlace: Int {
        var last = 0
        var place = 0
        var isBehind = false
        for piece in pieces {
            if case .point = piece { isBehind = true }
            if case .digit(let isZero) = piece, isBehind {
                place += 1
                if isZero { last = place }
            }
        }
        return last
    }

    /// A leading S stands right before the number.
    private func floatedSign(_ body: [UInt8], isNegative: Bool) -> [UInt8] {
        guard case .sign? = pieces.first, let sign = body.first else { return body }
        let rest = body.dropFirst()
        let blanks = rest.prefix { $0 == 0x20 }
        return Array(blanks) + [sign] + rest.dropFirst(blanks.count)
    }

    private func wrapped(_ body: [UInt8]) -> [UInt8] {
        let blanks = body.prefix { $0 == 0x20 }
        return Array(blanks) + [0x3C] + body.dropFirst(blanks.count) + [0x3E]
    }

    /// FM drops zeros that only a 9 asked for.
    private func trimmedFraction(_ body: [UInt8]) -> [UInt8] {
        guard let point = body.firstIndex(of: 0x2E) else { return body }
        let place = fractionCount
        var end = point + 1 + place
        guard end <= body.count else { return body }
        while end > point + 1 + lastZeroPlace, body[end - 1] == 0x30 { end -= 1 }
        return Array(body[..<end]) + body[(point + 1 + place)...]
    }

    private func ordinal(_ whole: [UInt8], isUpper: Bool) -> [UInt8] {
        let last = whole.suffix(2).reduce(0) { $0 * 10 + Int($1 - 48) }
        let suffix =
            switch (last, last % 10) {
            case (11...13, _): "th"
            case (_, 1): "st"
            case (_, 2): "nd"
            case (_, 3): "rd"
            default: "th"
            }
        return Array((isUpper ? suffix.uppercased() : suffix).utf8)
    }

    /// `d.dde+XX`.
    func exponentForm(_ value: Double) -> [UInt8] {
        var buffer = ByteBuffer()
        FloatText.appendExponent(value.magnitude, digits: fractionCount, to: &buffer)
        let sign: [UInt8] = value < 0 ? [0x2D] : isFilled ? [0x20] : []
        return sign + buffer.bytes
    }

    /// RN: 1 to 3999, right-aligned in 15.
    func roman(_ value: Int64) -> [UInt8] {
        guard (1...3999).contains(value) else { return [UInt8](repeating: 0x23, count: 15) }
        let numerals: [(Int64, String)] = [
            (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"),
            (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
        ]
        var rest = value
        var text = ""
        for (size, letters) in numerals {
            while rest >= size {
                text += letters
                rest -= size
            }
        }
        let blanks = isFilled ? max(15 - text.utf8.count, 0) : 0
        return [UInt8](repeating: 0x20, count: blanks) + Array(text.utf8)
    }
}
