internal import Base

/// Reads one array literal, in two passes as PostgreSQL does: the first follows braces, quotes and
/// delimiters and finds the dimensions, the second reads the elements.
struct ArrayParser {
    private let text: UnsafeRawBufferPointer
    private let element: SQLType
    private let delimiter: UInt8
    private let context: TypeContext
    private let arena: Arena

    init(
        text: UnsafeRawBufferPointer, element: SQLType, delimiter: UInt8, context: TypeContext,
        arena: Arena
    ) {
        self.text = text
        self.element = element
        self.delimiter = delimiter
        self.context = context
        self.arena = arena
    }

    private func malformed(_ detail: String) -> SQLError {
        SQLError(.invalidTextRepresentation, "malformed array literal: \"\(string(text))\"")
            .detail(detail)
    }

    private func unexpected(_ byte: UInt8) -> SQLError {
        malformed("Unexpected \"\(String(UnicodeScalar(byte)))\" character.")
    }

    private func byte(_ index: Int) -> UInt8 { index < text.count ? text[index] : 0 }

    private func skipSpace(_ index: inout Int) {
        while index < text.count, isSpace(text[index]) { index += 1 }
    }

    func parse() throws(SQLError) -> ByteView {
        var index = 0
        let stated = try parseBounds(&index)
        var lengths = try measure(from: index)
        var lowerBounds = lengths.map { _ in 1 }
        if !stated.isEmpty {
            guard stated.map(\.length) == lengths else {
                throw malformed("Specified array dimensions do not match array contents.")
            }
            lowerBounds = stated.map(\.lower)
        }
        try ArrayValue.check(lengths: lengths, lowerBounds: lowerBounds)
        let elements = try parseElements(from: index)
        if elements.isEmpty {
            lengths = []
        } else if elements.count != lengths.reduce(1, *) {
            throw SQLError(
                .invalidTextRepresentation, "malformed array literal: \"\(string(text))\"")
        }
        return ArrayBinary.make(
            elements, element: element.oid, lengths: lengths, lowerBounds: lowerBounds,
            arena: arena)
    }

    // MARK: Bounds

    /// `[lower:upper]…=` or nothing, up to the first brace.
    private func parseBounds(_ index: inout Int) throws(SQLError) -> [(lower: Int, length: Int)] {
        var bounds: [(lower: Int, length: Int)] = []
        while true {
            skipSpace(&index)
            guard byte(index) == 0x5B else { break }
            index += 1
            guard bounds.count < ArrayBinary.dimensionsMax else {
                throw ArrayValue.tooManyDimensions(bounds.count + 1)
            }
            guard var upper = number(&index) else {
                throw malformed("\"[\" must introduce explicitly-specified array dimensions.")
            }
            var lower = 1
            if byte(index) == 0x3A {
                index += 1
                lower = upper
                guard let second = number(&index) else {
                    throw malformed("Missing array dimension value.")
                }
                upper = second
            }
            guard byte(index) == 0x5D else {
                throw malformed("Missing \"]\" after array dimensions.")
            }
            index += 1
            guard upper >= lower else {
                throw SQLError(
                    .arraySubscriptError, "upper bound cannot be less than lower bound")
            }
            bounds.append((lower, upper - lower + 1))
        }
        if bounds.isEmpty {
            guard byte(index) == 0x7B else {
                throw malformed("Array value must start with \"{\" or dimension information.")
            }
            return []
        }
        guard byte(index) == 0x3D else {
            throw malformed("Missing \"=\" after array dimensions.")
        }
        index += 1
        skipSpace(&index)
        guard byte(index) == 0x7B else { throw malformed("Array contents must start with \"{\".") }
        return bounds
    }

    /// Digits and signs as C's atoi reads them; nil: there are none.
    private func number(_ index: inout Int) -> Int? {
        let start = index
        while byte(index) == 0x2D || byte(index) == 0x2B || (0x30...0x39).contains(byte(index)) {
            index += 1
        }
        guard index > start else { return nil }
        var position = start
        let isNegative = text[start] == 0x2D
        if isNegative || text[start] == 0x2B { position += 1 }
        var value: Int64 = 0
        while position < index, (0x30...0x39).contains(text[position]) {
            let (product, isOver) = value.multipliedReportingOverflow(by: 10)
            value = isOver ? .max : product &+ Int64(text[position] - 0x30)
            if isOver || value < 0 { value = .max }
            position += 1
        }
        return Int(Int32(truncatingIfNeeded: isNegative ? -value : value))
    }

    // MARK: Shape

    private enum State {
        case noLevel, levelStarted, elementStarted, quotedStarted, quotedCompleted
        case elementDelimited, levelCompleted, levelDelimited
    }

    /// The lengths of the dimensions; empty of an empty array.
    private func measure(from start: Int) throws(SQLError) -> [Int] {
        var state = State.noLevel
        var depth = 0
        var isQuoted = false
        var isEmpty = true
        var lengths: [Int] = []
        var counts: [Int] = []
        var index = start
        repeat {
            guard index < text.count else { throw malformed("Unexpected end of input.") }
            let byte = text[index]
            index += 1
            if byte == 0x5C {
                guard
                    [.levelStarted, .elementStarted, .quotedStarted, .elementDelimited].contains(
                        state)
                else { throw unexpected(byte) }
                if state != .quotedStarted { state = .elementStarted }
                isEmpty = false
                guard index < text.count else { throw malformed("Unexpected end of input.") }
                index += 1
            } else if byte == 0x22 {
                guard [.levelStarted, .quotedStarted, .elementDelimited].contains(state) else {
                    throw malformed("Unexpected array element.")
                }
                isQuoted.toggle()
                state = isQuoted ? .quotedStarted : .quotedCompleted
                isEmpty = false
            } else if isQuoted {
                continue
            } else if byte == 0x7B {
                guard [.noLevel, .levelStarted, .levelDelimited].contains(state) else {
                    throw unexpected(byte)
                }
                state = .levelStarted
                guard depth < ArrayBinary.dimensionsMax else {
                    throw ArrayValue.tooManyDimensions(depth + 1)
                }
                depth += 1
                if lengths.count < depth {
                    lengths.append(0)
                    counts.append(0)
                }
                counts[depth - 1] = 1
            } else if byte == 0x7D {
                let closes: [State] = [.elementStarted, .quotedCompleted, .levelCompleted]
                guard closes.contains(state) || depth == 1 && state == .levelStarted else {
                    throw unexpected(byte)
                }
                state = .levelCompleted
                depth -= 1
                guard lengths[depth] == 0 || lengths[depth] == counts[depth] else {
                    throw malformed(
                        "Multidimensional arrays must have sub-arrays with matching dimensions.")
                }
                lengths[depth] = counts[depth]
            } else if byte == delimiter {
                guard [.elementStarted, .quotedCompleted, .levelCompleted].contains(state) else {
                    throw unexpected(byte)
                }
                state = state == .levelCompleted ? .levelDelimited : .elementDelimited
                counts[depth - 1] += 1
            } else if !isSpace(byte) {
                guard [.levelStarted, .elementStarted, .elementDelimited].contains(state) else {
                    throw malformed("Unexpected array element.")
                }
                state = .elementStarted
                isEmpty = false
            }
        } while depth > 0
        skipSpace(&index)
        guard index == text.count else { throw malformed("Junk after closing right brace.") }
        return isEmpty ? [] : lengths
    }

    // MARK: Elements

    /// The elements of a literal whose form is known to be good.
    private func parseElements(from start: Int) throws(SQLError) -> [Datum] {
        var elements: [Datum] = []
        var index = start
        var depth = 0
        repeat {
            skipSpace(&index)
            switch byte(index) {
            case 0x7B:
                depth += 1
                index += 1
            case 0x7D:
                depth -= 1
                index += 1
            case delimiter: index += 1
            default: elements.append(try parseElement(&index))
            }
        } while depth > 0
        return elements
    }

    private func parseElement(_ index: inout Int) throws(SQLError) -> Datum {
        var bytes: [UInt8] = []
        var isBare = true
        var keptCount = 0
        scan: while index < text.count {
            let byte = text[index]
            switch byte {
            case 0x22:
                isBare = false
                parseQuoted(&index, &bytes)
                keptCount = bytes.count
            case 0x5C:
                isBare = false
                bytes.append(self.byte(index + 1))
                keptCount = bytes.count
                index += 2
            case delimiter, 0x7D: break scan
            default:
                bytes.append(byte)
                if !isSpace(byte) { keptCount = bytes.count }
                index += 1
            }
        }
        bytes.removeLast(bytes.count - keptCount)
        if isBare, context.isArrayNullsOn,
            bytes.withUnsafeBytes({ equalsIgnoringCase($0, "null") })
        {
            if TypeCatalog.isDomain(element.oid) { try context.checkDomain?(.null, element.oid) }
            return .null
        }
        return try TypeIO.input(bytes, type: element, context: context, arena: arena)
    }

    private func parseQuoted(_ index: inout Int, _ bytes: inout [UInt8]) {
        index += 1
        while index < text.count, text[index] != 0x22 {
            if text[index] == 0x5C { index += 1 }
            bytes.append(byte(index))
            index += 1
        }
        index += 1
    }
}
