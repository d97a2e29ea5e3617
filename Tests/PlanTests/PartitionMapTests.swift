import Base
import Catalog
import Query
import Testing
import Types

/// Which partition a key belongs to, against a search by hand, and that pruning never leaves out a
/// partition that has a key.
@Suite struct PartitionMapTests {
    private static let int4 = PartitionKey(column: 0, type: SQLType(.int4))

    private func map(
        _ strategy: PartitionStrategy, keys: Int = 1, _ bounds: [PartitionBounds]
    ) throws -> PartitionMap {
        let partitioning = Partitioning(
            strategy: strategy, keys: Array(repeating: PartitionMapTests.int4, count: keys))
        return try PartitionMap(
            partitioning,
            bounds: bounds.enumerated().map { (OID(UInt32(100 + $0.offset)), $0.element) })
    }

    private func word(_ value: Int) -> Datum { Datum(word: Int64(value)) }

    @Test func ranges() throws {
        let map = try map(
            .range,
            [
                .range(lower: [.value("10")], upper: [.value("20")]),
                .range(lower: [.minimum], upper: [.value("-5")]),
                .range(lower: [.value("20")], upper: [.maximum]),
            ])
        let expected = [(-6, 1), (-5, nil), (9, nil), (10, 0), (19, 0), (20, 2), (1 << 30, 2)]
        for (value, child) in expected { #expect(map.child(of: [word(value)]) == child) }
        #expect(map.child(of: [.null]) == nil)
        #expect(try map.overlap(.range(lower: [.value("-5")], upper: [.value("10")])) == nil)
        #expect(
            try map.overlap(.range(lower: [.value("-5")], upper: [.value("11")]))?.child == 0)
        #expect(try map.isEmptyRange(lower: [.value("3")], upper: [.value("3")]))
    }

    /// A modulus of two thousand millions took as much memory (found by Tests/Fuzz/mutate.py).
    @Test func largeModuli() throws {
        let map = try map(
            .hash,
            [
                .hash(modulus: 2_000_000_000, remainder: 0),
                .hash(modulus: 4, remainder: 1), .hash(modulus: 2_000_000_000, remainder: 6),
            ])
        for value in 0..<100 { #expect(map.child(of: [word(value)]) ?? 1 == 1) }
        #expect((0..<100).contains { map.child(of: [word($0)]) == 1 })
        #expect(try map.overlap(.hash(modulus: 2, remainder: 0))?.child == 0)
        #expect(try map.overlap(.hash(modulus: 4, remainder: 2))?.child == 2)
        #expect(try map.overlap(.hash(modulus: 8, remainder: 5))?.child == 1)
        #expect(try map.overlap(.hash(modulus: 4, remainder: 3)) == nil)
        #expect(try map.overlap(.hash(modulus: 2_000_000_000, remainder: 4)) == nil)
    }

    @Test func severalKeys() throws {
        let map = try map(
            .range, keys: 2,
            [
                .range(lower: [.value("1"), .minimum], upper: [.value("1"), .value("5")]),
                .range(lower: [.value("1"), .value("5")], upper: [.value("1"), .maximum]),
                .default,
            ])
        #expect(map.child(of: [word(1), word(-100)]) == 0)
        #expect(map.child(of: [word(1), word(5)]) == 1)
        #expect(map.child(of: [word(2), word(5)]) == 2)
        #expect(map.child(of: [word(1), .null]) == 2)
        var first = PartitionMap.KeyCondition()
        first.equal = word(1)
        // A null in the second key is the default partition's.
        #expect(map.candidates([first, PartitionMap.KeyCondition()]) == [true, true, true])
        first.equal = word(7)
        #expect(map.candidates([first, PartitionMap.KeyCondition()]) == [false, false, true])
    }

    @Test func moduliThatDivideEachOther() throws {
        let map = try map(
            .hash,
            [
                .hash(modulus: 2, remainder: 0), .hash(modulus: 4, remainder: 1),
                .hash(modulus: 8, remainder: 3), .hash(modulus: 8, remainder: 7),
            ])
        var counts = [0, 0, 0, 0]
        for value in 0..<4000 {
            let child = try #require(map.child(of: [word(value)]))
            counts[child] += 1
        }
        #expect(counts[0] > 1800 && counts[1] > 900 && counts[2] > 400 && counts[3] > 400)
        #expect(try map.overlap(.hash(modulus: 16, remainder: 11)) != nil)
    }

    @Test func pruningKeepsEveryKey() throws {
        var bounds: [PartitionBounds] = (0..<10).map {
            .range(lower: [.value("\($0 * 10)")], upper: [.value("\($0 * 10 + 10)")])
        }
        bounds.remove(at: 4)
        bounds.append(.default)
        let map = try map(.range, bounds)
        for low in stride(from: -20, to: 120, by: 7) {
            for high in stride(from: low, to: 130, by: 9) {
                for isInclusive in [true, false] {
                    var condition = PartitionMap.KeyCondition()
                    condition.lower = (word(low), isInclusive)
                    condition.upper = (word(high), isInclusive)
                    let flags = map.candidates([condition])
                    let keys = isInclusive ? low...high : (low + 1)...max(high - 1, low + 1)
                    for key in keys where isInclusive || key < high {
                        let child = try #require(map.child(of: [word(key)]))
                        #expect(flags[child], "key \(key) of \(low) … \(high)")
                    }
                }
            }
        }
        var condition = PartitionMap.KeyCondition()
        condition.lower = (word(0), true)
        condition.upper = (word(39), true)
        // Ranges without a gap leave nothing to the default partition.
        #expect(map.candidates([condition]).filter { $0 }.count == 4)
    }
}
