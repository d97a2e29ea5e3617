import Base
import Engine
import Log
import System
import Testing

/// A scratch directory that goes away with the test.
final class Scratch {
    let path: String
    init() {
        var random = SystemRandomNumberGenerator()
        path = "/tmp/ordinal-engine-\(random.next() as UInt64)"
    }
    deinit {
        let files = RealFileSystem()
        for name in (try? files.list(path)) ?? [] { try? files.remove(path + "/" + name) }
    }
    func open() throws -> Engine {
        try Engine(fileSystem: RealFileSystem(), directory: path) { _, _ in }
    }
}

@Suite struct EngineTests {
    func bytes(_ text: String) -> [UInt8] { Array(text.utf8) }

    func put(_ table: Table, _ key: String, _ row: String, _ transaction: Transaction) throws {
        let outcome = try bytes(key).withUnsafeBytes { key in
            try bytes(row).withUnsafeBytes { try table.insert(key, row: $0, transaction) }
        }
        guard case .done = outcome else {
            Issue.record("\(key) was there")
            return
        }
    }

    func get(_ table: Table, _ key: String, _ snapshot: Snapshot) -> String? {
        bytes(key).withUnsafeBytes { key in
            try! table.read(key, snapshot).map { String(decoding: $0, as: UTF8.self) }
        }
    }

    @Test func aCommitIsSeenAndRecovered() throws {
        let scratch = Scratch()
        let generation: GenerationID
        do {
            let engine = try scratch.open()
            #expect(engine.isNew)
            generation = engine.allocateGeneration()
            let table = engine.table(generation)
            let writer = engine.begin(waiter: Waiter(), processID: 1)
            try put(table, "a", "1", writer)
            let reader = engine.begin(waiter: Waiter(), processID: 2)
            #expect(get(table, "a", reader.snapshot(lastCommit: .zero)) == nil)
            let position = writer.commit()
            #expect(get(table, "a", reader.snapshot(lastCommit: .zero)) == nil)
            #expect(get(table, "a", reader.snapshot(lastCommit: position)) == "1")
            engine.log.flush()
            #expect(get(table, "a", reader.snapshot(lastCommit: .zero)) == "1")
            let lost = engine.begin(waiter: Waiter(), processID: 3)
            try put(table, "b", "2", lost)
            engine.log.flush()
        }
        let engine = try scratch.open()
        #expect(!engine.isNew)
        #expect(engine.allocateGeneration() > generation)
        let table = engine.table(generation)
        let reader = engine.begin(waiter: Waiter(), processID: 1)
        let snapshot = reader.snapshot(lastCommit: .zero)
        #expect(get(table, "a", snapshot) == "1")
        #expect(get(table, "b", snapshot) == nil)
        try put(table, "b", "3", reader)
    }

    /// An asynchronous commit is seen at once, and with it the synchronous ones before it: whoever
    /// sees those waits for them.
    @Test func whoSeesASynchronousCommitEarlyWaitsForIt() throws {
        let engine = try Scratch().open()
        let table = engine.table(engine.allocateGeneration())
        func commit(_ key: String, asynchronous: Bool) throws -> LogPosition {
            let writer = engine.begin(waiter: Waiter(), processID: 1)
            try put(table, key, "1", writer)
            return writer.commit(asynchronous: asynchronous)
        }
        func look() -> (keys: [Bool], wait: LogPosition) {
            let reader = engine.begin(waiter: Waiter(), processID: 2)
            let snapshot = reader.snapshot(lastCommit: .zero)
            return (
                ["a", "b", "c"].map { get(table, $0, snapshot) != nil }, reader.waitPosition
            )
        }
        _ = try commit("a", asynchronous: true)
        #expect(look() == ([true, false, false], .zero))
        let synchronous = try commit("b", asynchronous: false)
        #expect(look().keys == [true, false, false])
        let last = try commit("c", asynchronous: true)
        #expect(look() == ([true, true, true], synchronous))
        engine.log.flush()
        #expect(engine.log.durablePosition >= last)
        #expect(look() == ([true, true, true], .zero))
    }

    @Test func savepointsUndoTheirOwnChangesOnly() throws {
        let scratch = Scratch()
        let engine = try scratch.open()
        let table = engine.table(engine.allocateGeneration())
        let transaction = engine.begin(waiter: Waiter(), processID: 1)
        try put(table, "a", "1", transaction)
        transaction.pushSavepoint()
        try put(table, "b", "2", transaction)
        transaction.rollbackToSavepoint()
        try put(table, "b", "3", transaction)
        transaction.releaseSavepoint()
        transaction.advanceCommand()
        let own = transaction.snapshot(lastCommit: .zero)
        #expect(get(table, "a", own) == "1")
        #expect(get(table, "b", own) == "3")
        let position = transaction.commit()
        let reader = engine.begin(waiter: Waiter(), processID: 2)
        #expect(get(table, "b", reader.snapshot(lastCommit: position)) == "3")
    }

    @Test func randomKeysComeBackInOrder() throws {
        let seed = SystemRandomNumberGenerator().nextSeed()
        var random = SeededRandom(seed: seed)
        let scratch = Scratch()
        let engine = try scratch.open()
        let table = engine.table(engine.allocateGeneration())
        let transaction = engine.begin(waiter: Waiter(), processID: 1)
        var expected: Set<String> = []
        for _ in 0..<5000 {
            let key = String(UInt64.random(in: 0...99_999, using: &random), radix: 7)
            if expected.insert(key).inserted { try put(table, key, "v" + key, transaction) }
        }
        transaction.advanceCommand()
        let keys = UnsafeMutablePointer<UnsafeRawBufferPointer>.allocate(capacity: 100)
        let rows = UnsafeMutablePointer<UnsafeRawBufferPointer>.allocate(capacity: 100)
        for isReverse in [false, true] {
            var cursor = try! Cursor(
                table, snapshot: transaction.snapshot(lastCommit: .zero), isReverse: isReverse)
            var found: [String] = []
            while case let count = try! cursor.next(keys: keys, rows: rows, limit: 100), count > 0 {
                found += (0..<count).map { String(decoding: keys[$0], as: UTF8.self) }
            }
            let order = expected.sorted { bytes($0).lexicographicallyPrecedes(bytes($1)) }
            #expect(found == (isReverse ? order.reversed() : order), "seed \(seed)")
        }
    }
}

extension SystemRandomNumberGenerator {
    func nextSeed() -> UInt64 {
        var copy = self
        return copy.next()
    }
}
