import Base
import Testing
import Types

/// Bad input throws, it never traps: mutated texts and random bytes through every type.
@Suite struct TypeFuzzTests {
    private static let seed: UInt64 = 77_001

    private func mutate(_ text: String, _ random: inout SeededRandom) -> [UInt8] {
        var bytes = Array(text.utf8.prefix(400))
        let alphabet = Array("0123456789+-.:/ eEinfaNTZ{},\"\\xBC\u{E9}".utf8) + [0, 0xFF]
        for _ in 0..<Int.random(in: 0...4, using: &random) {
            let position = Int.random(in: 0...bytes.count, using: &random)
            let byte = alphabet[Int.random(in: 0..<alphabet.count, using: &random)]
            switch Int.random(in: 0..<4, using: &random) {
            case 0: bytes.insert(byte, at: position)
            case 1 where position < bytes.count: bytes[position] = byte
            case 2 where position < bytes.count: bytes.remove(at: position)
            default: bytes += bytes.prefix(position)
            }
        }
        return bytes
    }

    private func use(_ value: Datum, _ info: TypeInfo, _ context: TypeContext, _ arena: Arena) {
        var buffer = ByteBuffer()
        TypeIO.output(value, type: info.oid, context: context, into: &buffer)
        var sent = ByteBuffer()
        TypeIO.send(value, type: info.oid, context: context, into: &sent)
        var key = ByteBuffer()
        KeyEncoding.append(value, type: info.oid, descending: true, into: &key)
        _ = TypeComparison.hash(value, type: info.oid)
        #expect(TypeComparison.compare(value, value, type: info.oid) == 0)
    }

    @Test func mutatedTextsNeverTrap() throws {
        print("seed \(Self.seed)")
        var random = SeededRandom(seed: Self.seed)
        let context = caseContext()
        let rows = caseRows(typeCases)
        var accepted = 0
        for _ in 0..<40_000 {
            let row = rows[Int.random(in: 0..<rows.count, using: &random)]
            let info = try #require(type(named: row[0]))
            let arena = Arena()
            context.dateOrder = [.monthFirst, .dayFirst, .yearFirst][
                Int.random(in: 0..<3, using: &random)]
            context.dateStyle = [.iso, .sql, .postgres, .german][
                Int.random(in: 0..<4, using: &random)]
            let modifier = Int32.random(in: -1...6, using: &random)
            let hasModifier = [OID.timestamp, .timestamptz, .time].contains(info.oid)
            mutate(row[1], &random).withUnsafeBytes { raw in
                do {
                    let value = try TypeIO.input(
                        raw, type: SQLType(oid: info.oid, modifier: hasModifier ? modifier : -1),
                        context: context, arena: arena)
                    accepted += 1
                    use(value, info, context, arena)
                } catch {}
            }
        }
        #expect(accepted > 1000)
    }

    @Test func randomBytesNeverTrap() throws {
        print("seed \(Self.seed)")
        var random = SeededRandom(seed: Self.seed)
        let context = caseContext()
        let rows = caseRows(typeCases)
        for _ in 0..<40_000 {
            let row = rows[Int.random(in: 0..<rows.count, using: &random)]
            let info = try #require(type(named: row[0]))
            let arena = Arena()
            var bytes: [UInt8] = []
            if row[3].hasPrefix("S"), Bool.random(using: &random) {
                // A valid binary form, damaged.
                var digits = Array(row[3].dropFirst())[...]
                while digits.count >= 2 {
                    bytes.append(UInt8(String(digits.prefix(2)), radix: 16) ?? 0)
                    digits = digits.dropFirst(2)
                }
                for _ in 0..<Int.random(in: 0...3, using: &random) where !bytes.isEmpty {
                    bytes[Int.random(in: 0..<bytes.count, using: &random)] = UInt8.random(
                        in: 0...255, using: &random)
                }
                bytes = Array(bytes.prefix(Int.random(in: 0...bytes.count, using: &random) + 8))
            } else {
                bytes = (0..<Int.random(in: 0...24, using: &random)).map { _ in
                    UInt8.random(in: 0...255, using: &random)
                }
            }
            bytes.withUnsafeBytes { raw in
                do {
                    let value = try TypeIO.receive(
                        raw, type: SQLType(info.oid), context: context, arena: arena)
                    use(value, info, context, arena)
                } catch {}
            }
        }
    }
}
