import Base
@testable import Engine
import Log
import Support
import System
import Testing

/// Sets of read keys against a plain list of them.
@Suite struct ReadSetTests {
    func key(_ number: Int) -> [UInt8] { withUnsafeBytes(of: UInt16(number).bigEndian) { Array($0) } }

    func contains(_ set: ReadSet, _ number: Int) -> Bool {
        key(number).withUnsafeBytes { set.contains($0, ReadSet.hash($0)) }
    }

    @Test(arguments: UInt64(1)...30) func intervalsAreWhatWasAdded(seed: UInt64) {
        var random = SeededRandom(seed: seed)
        var set = ReadSet()
        var other = ReadSet()
        var wanted = [Bool](repeating: false, count: 300)
        for step in 0..<40 {
            let low = Int(random.next() % 300)
            let high = min(low + Int(random.next() % 20), 300)
            let isPoint = random.next() % 2 == 0
            func add(_ set: inout ReadSet) {
                if isPoint {
                    key(low).withUnsafeBytes { set.addPoint(ReadSet.hash($0)) }
                } else {
                    set.addInterval(lower: key(low), upper: high == 300 ? nil : key(high))
                }
            }
            if step % 2 == 0 { add(&set) } else { add(&other) }
            if isPoint { wanted[low] = true } else { for number in low..<high { wanted[number] = true } }
        }
        set.merge(other)
        for number in wanted.indices { #expect(contains(set, number) == wanted[number]) }
        #expect(!set.isWhole)
    }

    @Test func itIsBounded() {
        var set = ReadSet()
        for number in 0..<20_000 { set.addPoint(foldHash(UInt64(number) + 1)) }
        #expect(set.isWhole)
        set = ReadSet()
        for number in 0..<2000 {
            set.addInterval(lower: key(number * 4), upper: key(number * 4 + 2))
        }
        #expect(set.isWhole)
    }

    @Test func neighboursBecomeOne() {
        var set = ReadSet()
        set.addInterval(lower: [], upper: [5])
        set.addInterval(lower: [5], upper: [9])
        set.addInterval(lower: [9], upper: nil)
        #expect(contains(set, 0xFFFF))
        #expect([UInt8]().withUnsafeBytes { set.contains($0, ReadSet.hash($0)) })
    }
}

/// Dangerous paths between transactions that one thread plays.
@Suite struct SerializableTests {
    let engine: Engine
    let table: Table

    init() throws {
        engine = try Engine(
            fileSystem: SimulatedDisk(seed: 1), directory: "data", logFileSizeBytes: 1 << 20
        ) { _, _ in }
        table = engine.table(engine.allocateGeneration())
        let setup = engine.begin(waiter: Waiter(), processID: 0)
        for key in ["a", "b", "c"] { _ = try write(key, setup, nil) }
        setup.commit(asynchronous: true)
    }

    func begin(isReadOnly: Bool = false) throws -> (Transaction, Snapshot) {
        let transaction = engine.begin(waiter: Waiter(), processID: 1)
        transaction.advanceCommand()
        return (
            transaction,
            try transaction.beginSerializable(
                isReadOnly: isReadOnly, isDeferrable: false, lastCommit: .zero)
        )
    }

    /// Updates, or inserts what is not there.
    func write(_ key: String, _ transaction: Transaction, _ snapshot: Snapshot?) throws -> Bool {
        try Array(key.utf8).withUnsafeBytes { key in
            if let snapshot, try table.read(key, snapshot) != nil {
                let outcome = try table.update(
                    key, row: key, snapshot: snapshot, isKeyUpdate: false, transaction)
                guard case .done = outcome else { return false }
            } else {
                guard case .done = try table.insert(key, row: key, transaction) else { return false }
            }
            try transaction.serializable?.check()
            return true
        }
    }

    func read(_ key: String, _ transaction: Transaction) throws {
        guard let reader = transaction.serializable else { return }
        try Array(key.utf8).withUnsafeBytes { try table.noteRead($0, by: reader) }
    }

    func commit(_ transaction: Transaction) throws {
        do { try transaction.prepareCommit() } catch {
            transaction.abort()
            throw error
        }
        transaction.commit(asynchronous: true)
    }

    @Test func oneOfTwoThatReadEachOthersKeysFails() throws {
        let (first, firstSnapshot) = try begin()
        let (second, secondSnapshot) = try begin()
        try read("a", first)
        try read("b", second)
        #expect(try write("b", first, firstSnapshot))
        #expect(try write("a", second, secondSnapshot))
        try commit(first)
        #expect(throws: SQLError.self) { try commit(second) }
    }

    @Test func keysThatAreNotThereAreReadAsWell() throws {
        let (first, firstSnapshot) = try begin()
        let (second, secondSnapshot) = try begin()
        try read("x", first)
        try read("y", second)
        #expect(try write("y", first, firstSnapshot))
        #expect(try write("x", second, secondSnapshot))
        try commit(first)
        #expect(throws: SQLError.self) { try commit(second) }
    }

    @Test func whatIsAbortedIsForgotten() throws {
        let (first, firstSnapshot) = try begin()
        let (second, secondSnapshot) = try begin()
        try read("a", first)
        try read("b", second)
        #expect(try write("b", first, firstSnapshot))
        #expect(try write("a", second, secondSnapshot))
        first.abort()
        try commit(second)
        let (third, _) = try begin(isReadOnly: true)
        #expect(third.serializable == nil)
        third.abort()
    }

    /// More committed transactions than are known by themselves: conflicts with them are still found.
    @Test func summariesKeepConflicts() throws {
        let (long, longSnapshot) = try begin()
        try read("a", long)
        let (reader, readerSnapshot) = try begin()
        try read("b", reader)
        #expect(try write("a", reader, readerSnapshot))
        try commit(reader)
        for number in 0..<2000 {
            let (short, snapshot) = try begin()
            try read("k\(number)", short)
            #expect(try write("k\(number)", short, snapshot))
            try commit(short)
        }
        // long → reader, which has committed, and now reader → long.
        #expect(throws: SQLError.self) {
            _ = try write("b", long, longSnapshot)
            try commit(long)
        }
        long.abort()
    }

    /// Without anything that runs beside them nothing is kept.
    @Test func nothingIsKept() throws {
        for number in 0..<100 {
            let (short, snapshot) = try begin()
            try read("k\(number)", short)
            #expect(try write("k\(number)", short, snapshot))
            try commit(short)
        }
        let (last, _) = try begin()
        try commit(last)
        #expect(engine.serializable.active.isEmpty)
        #expect(engine.serializable.readers.isEmpty)
    }
}
