import Base
import Engine
import Glibc
import Log
import System
import Testing

/// Speeds of the engine, by hand and in release:
///
///     ORDINAL_BENCH=1 swift test -c release --filter EngineBench
///
/// Checked: the answers. Printed: nanoseconds an operation, over `rowCount` rows of 40 bytes.
@Suite(.enabled(if: getenv("ORDINAL_BENCH") != nil), .serialized)
struct EngineBench {
    static let rowCount = 1_000_000

    /// Prints wall time, and the thread's own processor time, which a busy machine leaves alone.
    func measure(_ name: String, count: Int, _ body: () throws -> Void) rethrows {
        func processorNanoseconds() -> UInt64 {
            var time = timespec()
            clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
            return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
        }
        let (start, used) = (Instant.now(), processorNanoseconds())
        try body()
        let elapsed = Instant.now().nanoseconds - start.nanoseconds
        let busy = processorNanoseconds() - used
        print("\(name): \(elapsed / UInt64(count)) ns, processor \(busy / UInt64(count)) ns")
    }

    func withKey<Result>(
        _ number: Int, _ body: (UnsafeRawBufferPointer) throws -> Result
    ) rethrows -> Result {
        let word = (UInt64(bitPattern: Int64(number)) ^ 1 << 63).bigEndian
        return try withUnsafeBytes(of: (word, UInt8(0))) {
            try body(UnsafeRawBufferPointer(rebasing: $0[..<8]))
        }
    }

    /// An engine with its syncer, for the length of `body`.
    func withEngine(_ body: (Scratch, Engine) throws -> Void) throws {
        let scratch = Scratch()
        let engine = try scratch.open()
        Thread.start(name: "syncer") { engine.log.runSyncer() }
        try body(scratch, engine)
        engine.log.stopSyncer()
    }

    func load(_ name: String, _ table: Table, _ order: some Sequence<Int>) throws {
        let row = [UInt8](repeating: 7, count: 40)
        let loader = table.engine.begin(waiter: Waiter(), processID: 1)
        try measure(name, count: EngineBench.rowCount) {
            try row.withUnsafeBytes { row in
                for number in order {
                    try withKey(number) { _ = try table.insert($0, row: row, loader) }
                }
            }
        }
        measure("commit and flush", count: 1) {
            loader.commit()
            table.engine.log.flush()
        }
    }

    @Test func ascending() throws {
        try withEngine { scratch, engine in
            for round in 0..<3 {
                let table = engine.table(engine.allocateGeneration())
                try load("insert ascending", table, 0..<EngineBench.rowCount)
                if round == 2 { scan(table) }
            }
            try measure("recovery, a row", count: 3 * EngineBench.rowCount) {
                _ = try scratch.open()
            }
        }
    }

    @Test func random() throws {
        try withEngine { _, engine in
            var random = SeededRandom(seed: 3)
            let order = (0..<EngineBench.rowCount).shuffled(using: &random)
            let table = engine.table(engine.allocateGeneration())
            try load("insert in random order", table, order)
            scan(table)
            let reader = engine.begin(waiter: Waiter(), processID: 2)
            let snapshot = reader.snapshot(lastCommit: .zero)
            measure("point read", count: EngineBench.rowCount) {
                var found = 0
                for number in order where withKey(number, { try! table.read($0, snapshot) }) != nil {
                    found += 1
                }
                #expect(found == EngineBench.rowCount)
            }
        }
    }

    func scan(_ table: Table) {
        let empty = UnsafeRawBufferPointer(start: nil, count: 0)
        let keys = UnsafeMutablePointer<UnsafeRawBufferPointer>.allocate(capacity: 1024)
        let rows = UnsafeMutablePointer<UnsafeRawBufferPointer>.allocate(capacity: 1024)
        keys.initialize(repeating: empty, count: 1024)
        rows.initialize(repeating: empty, count: 1024)
        let reader = table.engine.begin(waiter: Waiter(), processID: 2)
        for (name, isReverse) in [("first scan", false), ("scan", false), ("reverse", true)] {
            measure(name, count: EngineBench.rowCount) {
                var cursor = try! Cursor(
                    table, snapshot: reader.snapshot(lastCommit: .zero), isReverse: isReverse)
                var found = 0
                while case let count = try! cursor.next(keys: keys, rows: rows, limit: 1024), count > 0 {
                    found += count
                }
                #expect(found == EngineBench.rowCount)
            }
        }
    }

    @Test func transactions() throws {
        try withEngine { _, engine in
            let table = engine.table(engine.allocateGeneration())
            let waiter = Waiter()
            let row = [UInt8](repeating: 7, count: 40)
            try row.withUnsafeBytes { row in
                try measure("transaction of one row, asynchronous", count: 500_000) {
                    for number in 0..<500_000 {
                        let transaction = engine.begin(waiter: waiter, processID: 1)
                        try withKey(number) { _ = try table.insert($0, row: row, transaction) }
                        transaction.commit(asynchronous: true)
                    }
                }
            }
        }
    }
}
