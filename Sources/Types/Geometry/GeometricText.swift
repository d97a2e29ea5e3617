internal import Base

/// Text and binary forms of the geometric types.
enum GeometricText {
    // MARK: Output

    static func append(
        _ value: GeometricValue, type: OID, extraDigits: Int, to buffer: inout ByteBuffer
    ) {
        func number(_ value: Double) {
            FloatText.append(value, extraDigits: extraDigits, to: &buffer)
        }
        func list(_ points: [GeometricPoint]) {
            for (index, point) in points.enumerated() {
                if index > 0 { buffer.append(0x2C as UInt8) }
                buffer.append(0x28 as UInt8)
                number(point.x)
                buffer.append(0x2C as UInt8)
                number(point.y)
                buffer.append(0x29 as UInt8)
            }
        }
        func enclosed(_ open: UInt8, _ close: UInt8, _ body: () -> Void) {
            buffer.append(open)
            body()
            buffer.append(close)
        }
        switch type {
        case .lseg: enclosed(0x5B, 0x5D) { list(value.points) }
        case .path:
            if value.isClosed {
                enclosed(0x28, 0x29) { list(value.points) }
            } else {
                enclosed(0x5B, 0x5D) { list(value.points) }
            }
        case .polygon: enclosed(0x28, 0x29) { list(value.points) }
        case .line:
            enclosed(0x7B, 0x7D) {
                for (index, part) in value.numbers.enumerated() {
                    if index > 0 { buffer.append(0x2C as UInt8) }
                    number(part)
                }
            }
        case .circle:
            enclosed(0x3C, 0x3E) {
                list(Array(value.points.prefix(1)))
                buffer.append(0x2C as UInt8)
                number(value.numbers[2])
            }
        default: list(value.points)
        }
    }

    // MARK: Binary

    static func receive(
        _ bytes: UnsafeRawBufferPointer, type: OID, arena: Arena
    ) throws(SQLError) -> ByteView {
        var reader = ByteReader(bytes)
        let insufficient = SQLError(.protocolViolation, "insufficient data left in message")
        var value = GeometricValue([])
        var count = 0
        switch type {
        case .point: count = 2
        case .line, .circle: count = 3
        case .path, .polygon:
            if type == .path {
                guard let flag = reader.readByte() else { throw insufficient }
                value.isClosed = flag != 0
            }
            guard let points = reader.read(bigEndian: Int32.self) else { throw insufficient }
            guard points > 0, Int(points) <= bytes.count / 16 else {
                let name = type == .path ? "path" : "polygon"
                throw SQLError(
                    .invalidBinaryRepresentation,
                    "invalid number of points in external \"\(name)\" value")
            }
            count = Int(points) * 2
        default: count = 4
        }
        for _ in 0..<count {
            guard let bits = reader.read(bigEndian: UInt64.self) else { throw insufficient }
            value.numbers.append(Double(bitPattern: bits))
        }
        guard reader.isAtEnd else { throw TypeIO.badBinary }
        if type == .circle, value.numbers[2] < 0 {
            throw SQLError(
                .invalidBinaryRepresentation, "invalid radius in external \"circle\" value")
        }
        if type == .box { value = ordered(value) }
        if type == .line { try checkLine(value) }
        return value.view(type: type, in: arena)
    }

    // MARK: Input

    static func parse(
        _ text: UnsafeRawBufferPointer, type: OID, arena: Arena
    ) throws(SQLError) -> ByteView {
        try TextEncoding.validate(text)
        var reader = GeometricReader(text, type: type)
        return try reader.value().view(type: type, in: arena)
    }

    /// The upper right corner of a box comes first.
    static func ordered(_ box: GeometricValue) -> GeometricValue {
        let n = box.numbers
        return GeometricValue([max(n[0], n[2]), max(n[1], n[3]), min(n[0], n[2]), min(n[1], n[3])])
    }

    static func checkLine(_ line: GeometricValue) throws(SQLError) {
        if abs(line.numbers[0]) <= 1e-6, abs(line.numbers[1]) <= 1e-6 {
            throw SQLError(
                .invalidTextRepresentation,
                "invalid line specification: A and B cannot both be zero")
        }
    }
}

/// Reads the text form of one geometric value (PostgreSQL's path_decode and its kin).
private struct GeometricReader {
    private let text: [UInt8]
    private let type: OID
    private let whole: UnsafeRawBufferPointer
    private var place = 0

    init(_ text: UnsafeRawBufferPointer, type: OID) {
        whole = text
        self.text = Array(text)
        self.type = type
    }

    private var next: UInt8? { place < text.count ? text[place] : nil }
    private var isAtEnd: Bool { place == text.count }
    private func isNext(_ character: Unicode.Scalar) -> Bool { next == UInt8(character.value) }

    private mutating func skipSpaces() { while let byte = next, isSpace(byte) { place += 1 } }

    private var error: SQLError {
        invalidSyntax(TypeCatalog.info(type)?.sqlName ?? "", whole)
    }

    private mutating func expect(_ character: Unicode.Scalar) throws(SQLError) {
        guard isNext(character) else { throw error }
        place += 1
    }

    private mutating func expectEnd() throws(SQLError) { if !isAtEnd { throw error } }

    /// A number with spaces around it.
    private mutating func number() throws(SQLError) -> Double {
        skipSpaces()
        let start = place
        while let byte = next,
            isDigit(byte) || isLetter(byte) || byte == 0x2E || byte == 0x2B || byte == 0x2D
        {
            place += 1
        }
        let bytes = Array(text[start..<place])
        if bytes.isEmpty { throw error }
        let value: Double
        do throws(SQLError) {
            value = try bytes.span.bytes.withUnsafeBytes { (raw) throws(SQLError) in
                try FloatText.parseDouble(raw)
            }
        } catch {
            throw error.state == .numericValueOutOfRange ? error : self.error
        }
        skipSpaces()
        return value
    }

    /// `(x, y)` or `x, y`.
    private mutating func pair() throws(SQLError) -> GeometricPoint {
        skipSpaces()
        let isEnclosed = isNext("(")
        if isEnclosed { place += 1 }
        let x = try number()
        try expect(",")
        let y = try number()
        if isEnclosed {
            try expect(")")
            skipSpaces()
        }
        return GeometricPoint(x, y)
    }

    /// The last opening parenthesis of the text is here.
    private var isLastParenthesis: Bool { text.lastIndex(of: 0x28) == place }

    /// Points, with what encloses them all.
    private mutating func points(
        _ count: Int, mayBeOpen: Bool
    ) throws(SQLError) -> (points: [GeometricPoint], isOpen: Bool) {
        skipSpaces()
        let isOpen = isNext("[")
        var depth = 0
        if isOpen {
            if !mayBeOpen { throw error }
            depth += 1
            place += 1
        } else if isNext("(") {
            var after = place + 1
            while after < text.count, isSpace(text[after]) { after += 1 }
            if after < text.count, text[after] == 0x28 || isLastParenthesis {
                depth += 1
                place = after
            }
        }
        var result: [GeometricPoint] = []
        for _ in 0..<count {
            result.append(try pair())
            if isNext(",") { place += 1 }
        }
        while depth > 0 {
            guard isNext(")") || isNext("]") && isOpen && depth == 1 else { throw error }
            depth -= 1
            place += 1
            skipSpaces()
        }
        return (result, isOpen)
    }

    /// How many points the commas make; nil: none.
    private var pointCount: Int? {
        let commas = text.count { $0 == 0x2C }
        return commas % 2 == 1 ? (commas + 1) / 2 : nil
    }

    mutating func value() throws(SQLError) -> GeometricValue {
        switch type {
        case .point:
            let point = try pair()
            try expectEnd()
            return GeometricValue(points: [point])
        case .lseg:
            let ends = try points(2, mayBeOpen: true).points
            try expectEnd()
            return GeometricValue(points: ends)
        case .box:
            let corners = try points(2, mayBeOpen: false).points
            try expectEnd()
            return GeometricText.ordered(GeometricValue(points: corners))
        case .polygon:
            guard let count = pointCount else { throw error }
            let corners = try points(count, mayBeOpen: false).points
            try expectEnd()
            return GeometricValue(points: corners)
        case .path: return try path()
        case .line: return try line()
        default: return try circle()
        }
    }

    private mutating func path() throws(SQLError) -> GeometricValue {
        guard let count = pointCount else { throw error }
        skipSpaces()
        let isEnclosed = isNext("(") && isLastParenthesis
        if isEnclosed { place += 1 }
        let (list, isOpen) = try points(count, mayBeOpen: true)
        if isEnclosed {
            try expect(")")
            skipSpaces()
        }
        try expectEnd()
        return GeometricValue(points: list, isClosed: !isOpen)
    }

    private mutating func line() throws(SQLError) -> GeometricValue {
        skipSpaces()
        if isNext("{") {
            place += 1
            let a = try number()
            try expect(",")
            let b = try number()
            try expect(",")
            let c = try number()
            try expect("}")
            skipSpaces()
            try expectEnd()
            let line = GeometricValue([a, b, c])
            try GeometricText.checkLine(line)
            return line
        }
        let ends = try points(2, mayBeOpen: true).points
        try expectEnd()
        guard let line = ends[0].line(to: ends[1]) else {
            throw SQLError(
                .invalidTextRepresentation,
                "invalid line specification: must be two distinct points")
        }
        return line
    }

    private mutating func circle() throws(SQLError) -> GeometricValue {
        skipSpaces()
        var depth = 0
        if isNext("<") {
            depth = 1
            place += 1
        } else if isNext("(") {
            var after = place + 1
            while after < text.count, isSpace(text[after]) { after += 1 }
            if after < text.count, text[after] == 0x28 {
                depth = 1
                place = after
            }
        }
        let center = try pair()
        if isNext(",") { place += 1 }
        let radius = try number()
        if radius < 0 { throw error }
        while depth > 0 {
            guard isNext(")") || isNext(">") && depth == 1 else { throw error }
            depth -= 1
            place += 1
            skipSpaces()
        }
        try expectEnd()
        return GeometricValue([center.x, center.y, radius])
    }
}

extension GeometricPoint {
    /// Both are within a millionth of each other.
    public func isSame(as other: GeometricPoint) -> Bool {
        func isEqual(_ a: Double, _ b: Double) -> Bool { a == b || abs(a - b) <= 1e-6 }
        if x.isNaN || y.isNaN || other.x.isNaN || other.y.isNaN {
            return (x == other.x || x.isNaN && other.x.isNaN)
                && (y == other.y || y.isNaN && other.y.isNaN)
        }
        return isEqual(x, other.x) && isEqual(y, other.y)
    }

    /// Of the line through both; infinite if it stands upright.
    public func slope(to other: GeometricPoint) -> Double {
        if x == other.x || abs(x - other.x) <= 1e-6 { return .infinity }
        if y == other.y || abs(y - other.y) <= 1e-6 { return 0 }
        return (y - other.y) / (x - other.x)
    }

    /// The line of that slope through the point.
    public func line(slope: Double) -> GeometricValue {
        if slope.isInfinite { return GeometricValue([-1, 0, x]) }
        if slope == 0 { return GeometricValue([0, -1, y]) }
        let c = y - slope * x
        return GeometricValue([slope, -1, c == 0 ? 0 : c])
    }

    /// Nil: the points are the same.
    public func line(to other: GeometricPoint) -> GeometricValue? {
        isSame(as: other) ? nil : line(slope: slope(to: other))
    }
}
