import Base
import Engine
import Log
import Support
import System
import Testing

/// What a restart must not forget, beyond rows.
@Suite struct RecoveryTests {
    static let generation = GenerationID(3000)

    func open(_ disk: SimulatedDisk) throws -> Engine {
        try Engine(fileSystem: disk, directory: "data", logFileSizeBytes: 8 << 10) { _, _ in }
    }

    func insert(_ engine: Engine, _ key: String, _ transaction: Transaction) throws {
        let outcome = try Array(key.utf8).withUnsafeBytes {
            try engine.table(RecoveryTests.generation).insert($0, row: $0, transaction)
        }
        guard case .done = outcome else {
            Issue.record("\(key) was there")
            return
        }
    }

    func sees(_ engine: Engine, _ key: String) -> Bool {
        let reader = engine.begin(waiter: Waiter(), processID: 9)
        return Array(key.utf8).withUnsafeBytes {
            try! engine.table(RecoveryTests.generation).read($0, reader.snapshot(lastCommit: .zero))
                != nil
        }
    }

    /// Writers whose only record is their end: their ids are not given out again, or the changes of
    /// the next writer would be committed, or aborted, before it ends.
    @Test(arguments: ["lock", "drop", "abort"])
    func aWriterIDIsNeverUsedTwice(_ last: String) throws {
        let disk = SimulatedDisk(seed: 1)
        let engine = try open(disk)
        let first = engine.begin(waiter: Waiter(), processID: 1)
        try insert(engine, "a", first)
        first.commit()
        engine.log.flush()
        let second = engine.begin(waiter: Waiter(), processID: 2)
        let snapshot = second.snapshot(lastCommit: .zero)
        if last == "drop" {
            second.dropGeneration(GenerationID(3001))
        } else {
            let outcome = try Array("a".utf8).withUnsafeBytes {
                try engine.table(RecoveryTests.generation).lock(
                    $0, .update, snapshot: snapshot, policy: .wait, second)
            }
            guard case .done = outcome else {
                Issue.record("the row could not be locked")
                return
            }
        }
        if last == "abort" { second.abort() } else { second.commit() }
        engine.log.flush()

        disk.restart()
        let again = try open(disk)
        let third = again.begin(waiter: Waiter(), processID: 3)
        #expect(third.writer == .none)
        try insert(again, "b", third)
        #expect(third.writer.rawValue > second.writer.rawValue)
        again.log.flush()
        #expect(!sees(again, "b"))
        third.advanceCommand()
        let own = third.snapshot(lastCommit: .zero)
        Array("b".utf8).withUnsafeBytes {
            #expect(try! again.table(RecoveryTests.generation).read($0, own) != nil)
        }
        third.abort()
        #expect(!sees(again, "b"))
        #expect(sees(again, "a"))
    }

    @Test func aRowThatIsTooBigIsRefused() throws {
        let engine = try open(SimulatedDisk(seed: 1))
        let transaction = engine.begin(waiter: Waiter(), processID: 1)
        // Never touched: the size alone is looked at.
        let row = UnsafeRawBufferPointer(start: UnsafeRawPointer(bitPattern: 4096), count: 1 << 29)
        let error = Array("a".utf8).withUnsafeBytes { key in
            #expect(throws: SQLError.self) {
                _ = try engine.table(RecoveryTests.generation).insert(key, row: row, transaction)
            }
        }
        #expect(error?.state == .programLimitExceeded)
        #expect(error?.message == "row is too big: size 536870912, maximum size 536870911")
        try insert(engine, "a", transaction)
    }

    @Test func aCleanStopIsSeenOnce() throws {
        let disk = SimulatedDisk(seed: 1)
        let engine = try open(disk)
        let first = engine.begin(waiter: Waiter(), processID: 1)
        try insert(engine, "a", first)
        first.commit()
        engine.close()
        disk.restart()
        let second = try open(disk)
        #expect(second.wasStoppedCleanly && !second.isNew)
        try insert(second, "b", second.begin(waiter: Waiter(), processID: 1))
        second.log.flush()
        disk.restart()
        let third = try open(disk)
        #expect(!third.wasStoppedCleanly)
        #expect(sees(third, "a") && !sees(third, "b"))
    }

    /// Damage to the last batch of a log that was closed is the loss of the clean stop alone.
    @Test func closingProvesWhatWasBefore() throws {
        let disk = SimulatedDisk(seed: 1)
        let engine = try open(disk)
        let first = engine.begin(waiter: Waiter(), processID: 1)
        try insert(engine, "a", first)
        first.commit()
        engine.close()
        disk.damage("data/0000000000000000", at: 40, xor: 1)
        #expect(throws: LogOpenError.self) { try open(disk) }
    }
}
