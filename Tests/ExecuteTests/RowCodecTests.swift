import Base
import Testing

@testable import Execute

@Suite struct RowCodecTests {
    private func rows(_ encoder: RowEncoder) -> [UnsafeRawPointer] {
        (0..<encoder.count).map { encoder[$0].baseAddress! }
    }

    private func text(_ string: String, _ arena: Arena) -> Datum {
        Datum(view: ByteView(copying: string, into: arena))
    }

    @Test func randomRowsComeBack() {
        let seed = UInt64.random(in: 0...UInt64.max)
        print("seed \(seed)")
        var random = SeededRandom(seed: seed)
        let storages: [RowLayout.Storage] = [
            .variable, .signed4, .byte1, .variable, .word8, .signed2, .unsigned4, .variable,
            .signed4, .word8,
        ]
        let layout = RowLayout(storages: storages)
        let encoder = RowEncoder(layout: layout)
        let decoder = RowDecoder(layout: layout)
        let types: [PhysicalType] = storages.map { $0 == .variable ? .bytes : .word }
        for round in 0..<20 {
            let arena = Arena()
            let source = types.map { Vector($0) }
            let count = 1 + Int(random.next() % 1024)
            let longest = round % 10 == 0 ? 40_000 : 30
            for (column, vector) in source.enumerated() {
                let nullRate = random.next() % 3
                vector.hasNulls = false
                for row in 0..<count {
                    if nullRate > 0, random.next() % 4 < nullRate {
                        vector.set(row, .null)
                        continue
                    }
                    let bits = Int64(bitPattern: random.next())
                    switch storages[column] {
                    case .byte1: vector.set(row, Datum(bits & 1 == 1))
                    case .signed2:
                        vector.set(row, Datum(word: Int64(Int16(truncatingIfNeeded: bits))))
                    case .signed4:
                        vector.set(row, Datum(word: Int64(Int32(truncatingIfNeeded: bits))))
                    case .unsigned4:
                        vector.set(row, Datum(word: Int64(UInt32(truncatingIfNeeded: bits))))
                    case .word8: vector.set(row, Datum(word: bits))
                    case .variable:
                        let length = Int(random.next() % UInt64(row == 0 ? longest : 30))
                        let bytes = (0..<length).map { _ in UInt8(truncatingIfNeeded: random.next())
                        }
                        vector.set(row, Datum(view: ByteView(copying: bytes, into: arena)))
                    }
                }
            }
            encoder.encode(source, count: count)
            let target = types.map { Vector($0) }
            decoder.decode(Array(types.indices), of: rows(encoder), count: count, into: target)
            var differences = 0
            for column in types.indices {
                for row in 0..<count {
                    let before = source[column][row]
                    let after = target[column][row]
                    let isSame =
                        before.isNull
                        ? after.isNull
                        : !after.isNull
                            && (types[column] == .word
                                ? before.word == after.word : before.view == after.view)
                    if !isSame { differences += 1 }
                }
            }
            #expect(differences == 0)
        }
    }

    @Test func olderRowsGiveMissingValues() {
        let arena = Arena()
        let old = RowLayout(storages: [.signed4, .variable])
        let encoder = RowEncoder(layout: old)
        let numbers = Vector(.word)
        let texts = Vector(.bytes)
        numbers.set(0, Datum(word: 7))
        numbers.set(1, Datum(word: -8))
        texts.set(0, text("a rather long text value", arena))
        texts.set(1, .null)
        encoder.encode([numbers, texts], count: 2)

        let new = RowLayout(storages: [.signed4, .variable, .word8, .variable])
        let decoder = RowDecoder(
            layout: new, missing: [MissingValue(column: 3, value: text("default", arena))])
        let target = [Vector(.word), Vector(.bytes), Vector(.word), Vector(.bytes)]
        decoder.decode([0, 1, 2, 3], of: rows(encoder), count: 2, into: target)
        #expect(target[0].words[0] == 7)
        #expect(target[0].words[1] == -8)
        #expect(target[1].views[0].string == "a rather long text value")
        #expect(target[1].isNull(1))
        #expect(target[2].isNull(0) && target[2].isNull(1))
        #expect(target[3].views[0].string == "default")
    }

    @Test func goldenBytes() {
        let layout = RowLayout(storages: [.signed4, .variable, .byte1])
        let encoder = RowEncoder(layout: layout)
        let columns = [Vector(.word), Vector(.bytes), Vector(.word)]
        columns[0].set(0, Datum(word: 258))
        columns[1].set(0, Datum(view: ByteView(copying: "ab", into: Arena())))
        columns[2].set(0, .null)
        encoder.encode(columns, count: 1)
        #expect([UInt8](encoder[0]) == [3, 0, 9, 0, 2, 1, 0, 0, 0, 0b100, 2, 0, 97, 98])
    }
}
