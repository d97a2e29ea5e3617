import Base
import Engine
import Log
import System
import Testing

@Suite struct PrefixWalkTests {
    /// Keys of two digits and three more, so that a prefix of two has several.
    @Test func ascendingPrefixesFindWhatOthersFind() throws {
        let scratch = Scratch()
        let engine = try scratch.open()
        defer { engine.close() }
        let table = engine.table(engine.allocateGeneration())
        let transaction = engine.begin(waiter: Waiter(), processID: 1)
        var random = SeededRandom(seed: 11)
        var counts: [Int: Int] = [:]
        for _ in 0..<3000 {
            let key = Int(random.next() % 100_000)
            let text = Array(String(100_000 + key).utf8.dropFirst())
            let outcome = try text.withUnsafeBytes { try table.insert($0, row: $0, transaction) }
            if case .done = outcome { counts[key / 1000, default: 0] += 1 }
        }
        let snapshot = Snapshot(horizon: LogPosition(.max >> 1), writer: transaction.writer, command: .max)
        // Ascending with repetitions and gaps, then anywhere.
        let ascending = (0..<300).map { $0 / 3 }.filter { $0 % 7 != 3 }
        let anywhere = (0..<500).map { _ in Int(random.next() % 100) }
        var walk = PrefixWalk(table, snapshot: snapshot)
        for prefix in ascending + anywhere + ascending {
            let text = Array(String(100 + prefix).utf8.dropFirst())
            var found = 0
            text.withUnsafeBytes { bytes in
                try! walk.start(bytes)
                while let (key, _) = try! walk.next() {
                    #expect(key.starts(with: bytes))
                    found += 1
                }
                // The bytes go away: the next start must not look at them again.
                walk = PrefixWalk(table, snapshot: snapshot)
            }
            #expect(found == counts[prefix] ?? 0, "prefix \(prefix)")
        }
        // One walk over prefixes that stay.
        let kept = ascending.map { Array(String(100 + $0).utf8.dropFirst()) }
        let memory = UnsafeMutableRawBufferPointer.allocate(byteCount: kept.count * 2, alignment: 1)
        defer { memory.deallocate() }
        for (index, text) in kept.enumerated() {
            memory[index * 2] = text[0]
            memory[index * 2 + 1] = text[1]
        }
        walk = PrefixWalk(table, snapshot: snapshot)
        for (index, prefix) in ascending.enumerated() {
            try! walk.start(UnsafeRawBufferPointer(rebasing: memory[index * 2..<index * 2 + 2]))
            var found = 0
            while try! walk.next() != nil { found += 1 }
            #expect(found == counts[prefix] ?? 0, "prefix \(prefix) in order")
        }
    }

    /// Walks prepared together begin where walks started one by one do.
    @Test func prefixesAreFoundTogether() throws {
        let scratch = Scratch()
        let engine = try scratch.open()
        defer { engine.close() }
        var random = SeededRandom(seed: 12)
        for rowCount in [0, 1, 40, 5000] {
            let table = engine.table(engine.allocateGeneration())
            let transaction = engine.begin(waiter: Waiter(), processID: 1)
            for _ in 0..<rowCount {
                var key = (random.next() % 20_000).bigEndian
                try withUnsafeBytes(of: &key) { bytes in
                    _ = try table.insert(bytes, row: bytes, transaction)
                }
            }
            let snapshot = Snapshot(
                horizon: LogPosition(.max >> 1), writer: transaction.writer, command: .max)
            var walk = PrefixWalk(table, snapshot: snapshot)
            for count in [1, 2, PrefixWalk.togetherMax] {
                // Seven bytes of eight: some 256 keys share them.
                let wanted = (0..<count).map { _ in (random.next() % 25_000).bigEndian }
                wanted.withUnsafeBytes { bytes in
                    let prefixes = (0..<count).map { index in
                        UnsafeRawBufferPointer(rebasing: bytes[index * 8..<index * 8 + 7])
                    }
                    func rest(_ walk: inout PrefixWalk) -> [[UInt8]] {
                        var rows: [[UInt8]] = []
                        while let (key, _) = try! walk.next() { rows.append([UInt8](key)) }
                        return rows
                    }
                    prefixes.withUnsafeBufferPointer { walk.prepare($0.baseAddress!, count: count) }
                    for (number, prefix) in prefixes.enumerated() {
                        try! walk.start(prefix, prepared: number)
                        let together = rest(&walk)
                        try! walk.start(prefix)
                        #expect(together == rest(&walk))
                    }
                }
            }
            transaction.abort()
        }
    }
}
