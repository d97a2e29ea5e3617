import Base
import Testing
import Types

/// Key bytes order as the values do, also in composite and descending keys.
@Suite struct KeyEncodingTests {
    private static let seed: UInt64 = 20_241_120

    /// A random value of a type, in text.
    private func text(_ type: OID, _ random: inout SeededRandom) -> String {
        func pick(_ words: [String]) -> String {
            words[Int.random(in: 0..<words.count, using: &random)]
        }
        switch type {
        case .numeric:
            if Int.random(in: 0..<12, using: &random) == 0 {
                return pick(["NaN", "inf", "-inf", "0", "0.00"])
            }
            let sign = pick(["", "-"])
            let whole = (0..<Int.random(in: 0..<25, using: &random)).map { _ in
                String(Int.random(in: 0...9, using: &random))
            }.joined()
            let fraction = (0..<Int.random(in: 0..<12, using: &random)).map { _ in
                pick(["0", "0", "1", "5", "9"])
            }.joined()
            return "\(sign)\(whole)0.\(fraction)" + pick(["", "", "e5", "e-9", "e300", "e-300"])
        case .float8:
            let value = Double(bitPattern: random.next())
            return pick([
                "NaN", "-0", "0", "1.5", "-inf", "inf", "\(value.isNaN ? 1 : value)",
                "\(value.isNaN ? 1 : value)",
            ])
        case .int4:
            return String(
                Int32(truncatingIfNeeded: random.next()) >> Int32.random(in: 0...31, using: &random)
            )
        case .int8:
            return String(
                Int64(bitPattern: random.next()) >> Int64.random(in: 0...63, using: &random))
        case .bpchar: return pick(["a", "a ", "a  ", "ab", "", " ", "b", "a b"])
        case .text:
            return pick([
                "a", "a ", "ab", "", "b", "é", "aa", "a\u{1}", "a\u{1}b",
                "long enough to be out of line", "long enough to be out of lines",
            ])
        case .bytea:
            return pick([
                "\\x", "\\x00", "\\x0000", "\\x0001", "\\x00ff", "\\xff", "\\x61", "\\x6100",
            ])
        default: return String(Int.random(in: -3...3, using: &random))
        }
    }

    @Test(arguments: [OID.numeric, .float8, .int4, .int8, .bpchar, .text, .bytea, .int2])
    func orderOfBytesIsOrderOfValues(type: OID) throws {
        print("seed \(Self.seed)")
        var random = SeededRandom(seed: Self.seed)
        let context = TypeContext()
        for _ in 0..<3000 {
            let arena = Arena()
            func tuple() throws -> [Datum] {
                try (0..<2).map { _ in
                    if Int.random(in: 0..<10, using: &random) == 0 { return .null }
                    return try TypeIO.input(
                        text(type, &random), type: SQLType(type), context: context, arena: arena)
                }
            }
            let left = try tuple()
            let right = try tuple()
            let descending = Bool.random(using: &random)
            let nullsFirst = Bool.random(using: &random)
            func key(_ tuple: [Datum]) -> [UInt8] {
                var buffer = ByteBuffer()
                KeyEncoding.append(
                    tuple[0], type: type, descending: descending, nullsFirst: nullsFirst,
                    into: &buffer)
                KeyEncoding.append(tuple[1], type: type, into: &buffer)
                return buffer.bytes
            }
            func order(_ a: Datum, _ b: Datum, descending: Bool, nullsFirst: Bool) -> Int {
                if a.isNull || b.isNull {
                    if a.isNull, b.isNull { return 0 }
                    return a.isNull == nullsFirst ? -1 : 1
                }
                let order = TypeComparison.compare(a, b, type: type).signum()
                if order == 0 {
                    #expect(
                        TypeComparison.hash(a, type: type) == TypeComparison.hash(b, type: type))
                }
                return descending ? -order : order
            }
            let first = order(left[0], right[0], descending: descending, nullsFirst: nullsFirst)
            let expected =
                first != 0 ? first : order(left[1], right[1], descending: false, nullsFirst: false)
            let leftKey = key(left)
            let rightKey = key(right)
            let actual = leftKey.withUnsafeBytes { a in
                rightKey.withUnsafeBytes { b in compareBytes(a, b).signum() }
            }
            let shown = (left + right).map {
                $0.isNull ? "null" : TypeIO.text($0, type: type, context: context)
            }
            #expect(actual == expected, "\(shown) \(descending) \(nullsFirst)")
            if actual != expected { return }
        }
    }
}
