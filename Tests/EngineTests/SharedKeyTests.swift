import Base
import Engine
import Support
import System
import Testing

/// Entries of keys that rows may share until they are checked.
@Suite struct SharedKeyTests {
    typealias Running = LockTests.Running
    let engine: Engine
    let table: Table

    init() throws {
        engine = try Engine(
            fileSystem: SimulatedDisk(seed: 1), directory: "data", logFileSizeBytes: 64 << 10
        ) { _, _ in }
        table = engine.table(engine.allocateGeneration())
    }

    func begin(_ processID: Int32) -> Transaction {
        engine.begin(waiter: Waiter(), processID: processID)
    }

    /// Enters `key` for a row; true if it may be shared.
    func add(_ key: String, _ row: String, _ transaction: Transaction) -> Bool {
        transaction.advanceCommand()
        return Array((key + row).utf8).withUnsafeBytes { entry in
            Array(row.utf8).withUnsafeBytes {
                try! table.addSharedEntry(entry, prefixCount: key.utf8.count, value: $0, transaction)
            }
        }
    }

    func remove(_ key: String, _ row: String, _ transaction: Transaction) {
        transaction.advanceCommand()
        Array((key + row).utf8).withUnsafeBytes { try! table.removeEntry($0, transaction) }
    }

    /// The other row with the key.
    func other(_ key: String, _ row: String, _ transaction: Transaction) throws -> String? {
        try Array((key + row).utf8).withUnsafeBytes { entry in
            try table.sharedEntry(
                with: entry, prefixCount: key.utf8.count, transaction
            ).map { String(decoding: $0, as: UTF8.self) }
        }
    }

    @Test func ownEntriesClashUntilOneGoes() throws {
        let own = begin(1)
        #expect(!add("k", "1", own))
        #expect(add("k", "2", own))
        #expect(!add("l", "3", own))
        #expect(try other("k", "2", own) == "1")
        #expect(try other("k", "1", own) == "2")
        remove("k", "1", own)
        #expect(try other("k", "2", own) == nil)
        #expect(add("k", "4", own))
        own.commit(asynchronous: true)
    }

    @Test func aCommittedEntryClashesAndADeletedOneDoesNot() throws {
        let first = begin(1)
        #expect(!add("k", "1", first))
        first.commit(asynchronous: true)
        let second = begin(2)
        #expect(add("k", "2", second))
        #expect(try other("k", "2", second) == "1")
        second.abort()
        let third = begin(3)
        remove("k", "1", third)
        third.commit(asynchronous: true)
        let fourth = begin(4)
        #expect(!add("k", "2", fourth))
        #expect(try other("k", "2", fourth) == nil)
        fourth.commit(asynchronous: true)
    }

    /// Whoever checks waits for the other to end, and sees how.
    @Test(arguments: [true, false]) func anothersEntryIsWaitedFor(commits: Bool) throws {
        let (first, second) = (begin(1), begin(2))
        #expect(!add("k", "1", first))
        #expect(add("k", "2", second))
        let found = Running { [self] in try other("k", "2", second) }
        while !engine.isWaiting(second) { Thread.sleep(milliseconds: 1) }
        if commits { first.commit(asynchronous: true) } else { first.abort() }
        #expect(try found.join() == (commits ? "1" : nil))
        second.abort()
    }

    /// What a savepoint takes back clashes with nothing; what its end takes back was there first.
    @Test func savepoints() throws {
        let own = begin(1)
        own.pushSavepoint()
        #expect(!add("k", "1", own))
        own.rollbackToSavepoint()
        #expect(!add("k", "2", own))
        own.pushSavepoint()
        remove("k", "2", own)
        #expect(!add("k", "3", own))
        own.rollbackToSavepoint()
        #expect(try other("k", "3", own) == "2")
        own.commit(asynchronous: true)
    }
}
