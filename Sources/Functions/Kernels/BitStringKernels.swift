internal import Base
internal import Types

/// Operators and functions of bit and bit varying (chapter 9.6).
let bitStringKernels: KernelTable.Theme =
    viewTheme("bit", BitOrder.self)
    + bitOperations.map { (name, operation) in
        (
            name == "bit_xor" ? "bitxor" : name,
            .scalar { (arguments, context) throws(SQLError) in
                Datum(
                    view: try operation(
                        BitString(arguments[0].view), BitString(arguments[1].view)
                    ).view(arena: context.arena))
            }
        )
    }
    + [
        viewSupport("bitcmp", BitOrder.self),
        (
            "bitnot",
            change { (bits, _) throws(SQLError) in
                BitString(count: bits.count, bytes: bits.bytes.map { ~$0 })
            }
        ),
        ("bitshiftleft", change { (bits, row) throws(SQLError) in shifted(bits, left: row[1].word) }),
        (
            "bitshiftright",
            change { (bits, row) throws(SQLError) in shifted(bits, left: -row[1].word) }
        ),
        (
            "bitcat",
            change { (bits, row) throws(SQLError) in
                let right = BitString(row[1].view)
                guard bits.count + right.count <= Int(Int32.max) - 7 else {
                    throw SQLError(
                        .programLimitExceeded,
                        "bit string length exceeds the maximum allowed (\(Int32.max - 7))")
                }
                return bits + right
            }
        ),
        ("bitlength", number { $0.count }),
        ("bit_length$1812", number { $0.count }),
        ("bitoctetlength", number { $0.bytes.count }),
        ("bit_bit_count", number { $0.bytes.reduce(0) { $0 + $1.nonzeroBitCount } }),
        (
            "bitposition",
            .scalar { (arguments, _) throws(SQLError) in
                let (bits, part) = (BitString(arguments[0].view), BitString(arguments[1].view))
                return Datum(word: Int64(position(of: part, in: bits)))
            }
        ),
        (
            "bitsubstr",
            change { (bits, row) throws(SQLError) in
                try part(bits, from: row[1].word, length: row[2].word)
            }
        ),
        (
            "bitsubstr_no_len",
            change { (bits, row) throws(SQLError) in
                try part(bits, from: row[1].word, length: nil)
            }
        ),
        (
            "bitoverlay",
            change { (bits, row) throws(SQLError) in
                try overlay(bits, BitString(row[1].view), row[2].word, row[3].word)
            }
        ),
        (
            "bitoverlay_no_len",
            change { (bits, row) throws(SQLError) in
                let part = BitString(row[1].view)
                return try overlay(bits, part, row[2].word, Int64(part.count))
            }
        ),
        (
            "bitgetbit",
            .scalar { (arguments, _) throws(SQLError) in
                let bits = BitString(arguments[0].view)
                return Datum(word: bits[try index(arguments[1].word, in: bits)] ? 1 : 0)
            }
        ),
        (
            "bitsetbit",
            change { (bits, row) throws(SQLError) in
                var bits = bits
                let index = try index(row[1].word, in: bits)
                guard row[2].word == 0 || row[2].word == 1 else {
                    throw SQLError(.invalidParameterValue, "new bit must be 0 or 1")
                }
                bits[index] = row[2].word == 1
                return bits
            }
        ),
        ("bitfromint4", fromInteger), ("bitfromint8", fromInteger),
        ("bittoint4", toInteger(width: 32, "integer")),
        ("bittoint8", toInteger(width: 64, "bigint")),
        ("bit", fitted(.bit)), ("varbit", fitted(.varbit)),
        ("bit_send", send(.bit)), ("varbit_send", send(.varbit)),
    ]

/// AND, OR and XOR of strings of one length, by the names of their aggregates.
let bitOperations: [(String, @Sendable (BitString, BitString) throws(SQLError) -> BitString)] = [
    ("bit_and", combination("AND", &)), ("bit_or", combination("OR", |)),
    ("bit_xor", combination("XOR", ^)),
]

/// bit_and, bit_or and bit_xor of bit strings.
func bitFold(
    _ operation: @escaping @Sendable (BitString, BitString) throws(SQLError) -> BitString
) -> AggregateKernel {
    viewFold { (left, right, arena) throws(SQLError) in
        try operation(BitString(left), BitString(right)).view(arena: arena)
    }
}

private enum BitOrder: ViewOrder {
    static func compare(_ left: ByteView, _ right: ByteView) -> Int {
        BitString.compare(left, right)
    }
}

private func combination(
    _ name: String, _ operation: @escaping @Sendable (UInt8, UInt8) -> UInt8
) -> @Sendable (BitString, BitString) throws(SQLError) -> BitString {
    { (left, right) throws(SQLError) in
        guard left.count == right.count else {
            throw SQLError(
                .stringDataLengthMismatch, "cannot \(name) bit strings of different sizes")
        }
        return BitString(
            count: left.count, bytes: zip(left.bytes, right.bytes).map { operation($0, $1) })
    }
}

private func change(
    _ body: @escaping @Sendable (BitString, UnsafePointer<Datum>) throws(SQLError) -> BitString
) -> Kernel {
    .scalar { (arguments, context) throws(SQLError) in
        Datum(
            view: try body(BitString(arguments[0].view), arguments).view(arena: context.arena))
    }
}

private func number(_ body: @escaping @Sendable (BitString) -> Int) -> Kernel {
    .scalar { (arguments, _) throws(SQLError) in
        Datum(word: Int64(body(BitString(arguments[0].view))))
    }
}

/// By a negative distance the other way; the length stays.
private func shifted(_ bits: BitString, left distance: Int64) -> BitString {
    guard distance.magnitude < UInt64(bits.count) else { return BitString(zeros: bits.count) }
    let distance = Int(distance)
    if distance >= 0 { return bits.part(distance..<bits.count).resized(to: bits.count) }
    return BitString(zeros: -distance) + bits.part(0..<bits.count + distance)
}

/// From 1; 0: not there.
private func position(of part: BitString, in bits: BitString) -> Int {
    guard bits.count > 0, part.count <= bits.count else { return 0 }
    for start in 0...(bits.count - part.count) {
        if (0..<part.count).allSatisfy({ bits[start + $0] == part[$0] }) { return start + 1 }
    }
    return 0
}

private func part(
    _ bits: BitString, from start: Int64, length: Int64?
) throws(SQLError) -> BitString {
    var end = Int64(bits.count) + 1
    if let length {
        guard length >= 0 else {
            throw SQLError(.substringError, "negative substring length not allowed")
        }
        let (sum, overflow) = start.addingReportingOverflow(length)
        if !overflow { end = min(end, sum) }
    }
    let first = max(start, 1)
    guard first < end else { return BitString(zeros: 0) }
    return bits.part(Int(first) - 1..<Int(end) - 1)
}

private func overlay(
    _ bits: BitString, _ replacement: BitString, _ start: Int64, _ length: Int64
) throws(SQLError) -> BitString {
    guard start > 0 else {
        throw SQLError(.substringError, "negative substring length not allowed")
    }
    let (end, overflow) = start.addingReportingOverflow(length)
    guard !overflow, end <= Int64(Int32.max) else {
        throw SQLError(.numericValueOutOfRange, "integer out of range")
    }
    return try part(bits, from: 1, length: start - 1) + replacement
        + part(bits, from: end, length: nil)
}

private func index(_ index: Int64, in bits: BitString) throws(SQLError) -> Int {
    guard index >= 0, index < Int64(bits.count) else {
        throw SQLError(
            .arraySubscriptError,
            "bit index \(index) out of valid range (0..\(bits.count - 1))")
    }
    return Int(index)
}

/// Only a direct call of bit() gets here with more than a type can have.
private var tooManyBits: SQLError {
    SQLError(.programLimitExceeded, "requested length too large")
}

/// The low bits of a number, its sign repeated above.
private let fromInteger = Kernel.scalar { (arguments, context) throws(SQLError) in
    let count = max(Int(arguments[1].word), 1)
    guard count <= TypeModifiers.bitCountMax else { throw tooManyBits }
    let sign: UInt8 = arguments[0].word < 0 ? 0xFF : 0
    var bits = BitString(
        count: count, bytes: Array(repeating: sign, count: (count + 7) / 8))
    for index in 0..<min(count, 64) {
        bits[count - 1 - index] = arguments[0].word >> Int64(index) & 1 == 1
    }
    return Datum(view: bits.view(arena: context.arena))
}

private func toInteger(width: Int, _ name: StaticString) -> Kernel {
    .scalar { (arguments, _) throws(SQLError) in
        let bits = BitString(arguments[0].view)
        guard bits.count <= width else { throw outOfRange(name) }
        var word: UInt64 = 0
        for index in 0..<bits.count { word = word << 1 | (bits[index] ? 1 : 0) }
        if width == 32 {
            return Datum(word: Int64(Int32(bitPattern: UInt32(truncatingIfNeeded: word))))
        }
        return Datum(word: Int64(bitPattern: word))
    }
}

private func fitted(_ type: OID) -> Kernel {
    .scalar { (arguments, context) throws(SQLError) in
        guard arguments[1].word <= Int64(TypeModifiers.bitCountMax) else { throw tooManyBits }
        let type = SQLType(oid: type, modifier: Int32(truncatingIfNeeded: arguments[1].word))
        return Datum(
            view: try BitString(arguments[0].view)
                .fitted(to: type, isExplicit: arguments[2].bool).view(arena: context.arena))
    }
}
