import Base
import Engine
import Log
import Support
import Synchronization
import System
import Testing

/// Conflicts of transactions on several threads: who waits, who wakes, who fails.
@Suite struct LockTests {
    let engine: Engine
    let table: Table

    init() throws {
        engine = try Engine(
            fileSystem: SimulatedDisk(seed: 1), directory: "data", logFileSizeBytes: 64 << 10
        ) { _, _ in }
        table = engine.table(engine.allocateGeneration())
        let setup = engine.begin(waiter: Waiter(), processID: 0)
        for key in ["a", "b", "c"] { try insert(key, "0", setup) }
        setup.commit(asynchronous: true)
    }

    func begin(_ processID: Int32) -> Transaction {
        let transaction = engine.begin(waiter: Waiter(), processID: processID)
        transaction.deadlockTimeoutMilliseconds = 20
        return transaction
    }

    func with<Result>(
        _ key: String, _ row: String, _ body: (UnsafeRawBufferPointer, UnsafeRawBufferPointer) throws -> Result
    ) rethrows -> Result {
        try Array(key.utf8).withUnsafeBytes { key in
            try Array(row.utf8).withUnsafeBytes { try body(key, $0) }
        }
    }

    func insert(_ key: String, _ row: String, _ transaction: Transaction) throws {
        try with(key, row) { key, row in
            guard case .done = try table.insert(key, row: row, transaction) else {
                throw SQLError(.uniqueViolation, "duplicate")
            }
        }
    }

    enum Outcome: Equatable { case done, changed, deleted, moved, self_, skipped }

    func outcome(_ outcome: Table.ChangeOutcome) -> Outcome {
        switch outcome {
        case .done: .done
        case .changed: .changed
        case .deleted: .deleted
        case .moved: .moved
        case .changedBySelf: .self_
        case .skipped: .skipped
        }
    }

    func update(
        _ key: String, _ transaction: Transaction, isKeyUpdate: Bool = false,
        snapshot: Snapshot? = nil
    ) throws -> Outcome {
        transaction.advanceCommand()
        return try with(key, "1") { key, row in
            outcome(
                try table.update(
                    key, row: row, snapshot: snapshot ?? transaction.snapshot(lastCommit: .zero),
                    isKeyUpdate: isKeyUpdate, transaction))
        }
    }

    func lock(
        _ key: String, _ mode: RowLockMode, _ transaction: Transaction,
        _ policy: Table.WaitPolicy = .skip
    ) throws -> Outcome {
        try with(key, "") { key, _ in
            outcome(
                try table.lock(
                    key, mode, snapshot: transaction.snapshot(lastCommit: .zero), policy: policy,
                    transaction))
        }
    }

    /// Runs `body` on a thread of its own; the result is awaited by `join`.
    final class Running<Value: Sendable>: Sendable {
        private let result = Mutex<Result<Value, any Error>?>(nil)
        private let waiter = Waiter()

        init(_ body: @escaping @Sendable () throws -> Value) {
            Thread.start(name: "test", stackSizeBytes: 512 << 10) { [self] in
                let outcome = Result { try body() }
                result.withLock { $0 = outcome }
                waiter.wake()
            }
        }

        func join() throws -> Value {
            _ = try waiter.wait { result.withLock { $0 != nil } }
            return try result.withLock { try #require($0).get() }
        }
    }

    /// Until `transaction` is seen to sleep: the test's way to order events.
    func untilWaiting(_ transaction: Transaction) {
        while !engine.isWaiting(transaction) { Thread.sleep(milliseconds: 1) }
    }

    // MARK: Rows

    @Test func rowLocksConflictAsInPostgreSQL() throws {
        let modes: [RowLockMode] = [.keyShare, .share, .noKeyUpdate, .update]
        // 13.3.2, table "Conflicting Row-Level Locks".
        let conflicts: [[Bool]] = [
            [false, false, false, true],
            [false, false, true, true],
            [false, true, true, true],
            [true, true, true, true],
        ]
        for (row, held) in modes.enumerated() {
            for (column, wanted) in modes.enumerated() {
                let (first, second) = (begin(1), begin(2))
                #expect(try lock("a", held, first) == .done)
                let expected: Outcome = conflicts[row][column] ? .skipped : .done
                #expect(try lock("a", wanted, second) == expected, "\(held) then \(wanted)")
                first.abort()
                #expect(try lock("a", wanted, second) == .done)
                second.abort()
            }
        }
    }

    @Test func foreignKeyChecksPassUpdatesThatKeepTheKey() throws {
        let writer = begin(1)
        #expect(try update("a", writer) == .done)
        #expect(try update("b", writer, isKeyUpdate: true) == .done)
        let checker = begin(2)
        #expect(try lock("a", .keyShare, checker) == .done)
        #expect(try lock("a", .share, checker) == .skipped)
        #expect(try lock("b", .keyShare, checker) == .skipped)
        writer.commit(asynchronous: true)
        let other = begin(3)
        #expect(try update("a", other) == .done)
        other.abort()
        let deleter = begin(4)
        #expect(throws: SQLError.self) {
            try lock("a", .update, deleter, .noWait)
        }
        checker.abort()
        #expect(try lock("a", .update, deleter, .noWait) == .done)
    }

    @Test func anUpdateWaitsAndThenSeesTheChange() throws {
        let (first, second) = (begin(1), begin(2))
        #expect(try update("a", first) == .done)
        let waiting = Running { [self] in try update("a", second) }
        untilWaiting(second)
        let position = first.commit(asynchronous: true)
        #expect(try waiting.join() == .changed)
        #expect(second.waitPosition == position)
        #expect(try update("a", second) == .done)
    }

    @Test func aRollbackToSavepointLetsWaitersGoOn() throws {
        let (first, second) = (begin(1), begin(2))
        first.pushSavepoint()
        #expect(try update("a", first) == .done)
        let waiting = Running { [self] in try update("a", second) }
        untilWaiting(second)
        first.rollbackToSavepoint()
        #expect(try waiting.join() == .done)
        // And the other way round: the first now waits, also for the end of a transaction that
        // lets go of something else before.
        second.pushSavepoint()
        #expect(try lock("c", .update, second) == .done)
        let again = Running { [self] in try update("a", first) }
        untilWaiting(first)
        second.rollbackToSavepoint()
        untilWaiting(first)
        second.commit(asynchronous: true)
        #expect(try again.join() == .changed)
    }

    @Test func insertersOfOneKeyWaitForEachOther() throws {
        let (first, second) = (begin(1), begin(2))
        try insert("n", "1", first)
        let waiting = Running { [self] in try insert("n", "2", second) }
        untilWaiting(second)
        first.abort()
        try waiting.join()
        let third = begin(3)
        let duplicate = Running { [self] in try insert("n", "3", third) }
        untilWaiting(third)
        let position = second.commit()
        #expect(throws: SQLError.self) { try duplicate.join() }
        #expect(third.waitPosition == position)
    }

    @Test func lockTimeoutAndCancelEndAWait() throws {
        let (first, second) = (begin(1), begin(2))
        #expect(try update("a", first) == .done)
        second.lockTimeoutMilliseconds = 30
        do {
            _ = try update("a", second)
            Issue.record("the row was free")
        } catch let error as SQLError {
            #expect(error.state == .lockNotAvailable)
            #expect(error.message == "canceling statement due to lock timeout")
        }
        second.lockTimeoutMilliseconds = 0
        let waiting = Running { [self] in try update("a", second) }
        untilWaiting(second)
        second.waiter.interrupt(.cancel)
        do {
            _ = try waiting.join()
            Issue.record("the row was free")
        } catch let error as SQLError {
            #expect(error.state == .queryCanceled)
        }
        #expect(!engine.isWaiting(second))
    }

    @Test func aDeadlockEndsOneOfTwo() throws {
        let (first, second) = (begin(1), begin(2))
        second.deadlockTimeoutMilliseconds = 60_000
        #expect(try update("a", first) == .done)
        #expect(try update("b", second) == .done)
        let waiting = Running { [self] in try update("a", second) }
        untilWaiting(second)
        do {
            _ = try update("b", first)
            Issue.record("no deadlock")
        } catch let error as SQLError {
            #expect(error.state == .deadlockDetected)
            #expect(
                error.fields.detail == """
                    Process 1 waits for ShareLock on transaction \(second.writer); blocked by \
                    process 2.
                    Process 2 waits for ShareLock on transaction \(first.writer); blocked by \
                    process 1.
                    """)
        }
        first.abort()
        #expect(try waiting.join() == .done)
    }

    /// Threads move units between rows in random order: deadlocks end, nothing hangs or is lost.
    @Test func transfersUnderContentionKeepTheSum() throws {
        let seed = SystemRandomNumberGenerator().nextSeed()
        let done = Atomic<Int>(0)
        let running = (0..<6).map { number in
            Running { [self] in
                var random = SeededRandom(seed: seed &+ UInt64(number))
                for _ in 0..<60 {
                    let keys = ["a", "b", "c"].shuffled(using: &random).prefix(2)
                    if try transfer(keys[0], keys[1], number) {
                        done.wrappingAdd(1, ordering: .relaxed)
                    }
                }
            }
        }
        for thread in running { try thread.join() }
        let reader = begin(9)
        let snapshot = reader.snapshot(lastCommit: engine.log.endPosition)
        let sum = ["a", "b", "c"].map { value($0, snapshot) }.reduce(0, +)
        #expect(sum == 0, "seed \(seed)")
        #expect(done.load(ordering: .relaxed) > 0)
    }

    func value(_ key: String, _ snapshot: Snapshot) -> Int {
        with(key, "") { key, _ in
            try! table.read(key, snapshot).flatMap { Int(String(decoding: $0, as: UTF8.self)) } ?? 0
        }
    }

    func transfer(_ from: String, _ to: String, _ number: Int) throws -> Bool {
        let transaction = begin(Int32(number))
        do {
            try add(-1, to: from, transaction)
            try add(1, to: to, transaction)
            transaction.commit(asynchronous: true)
            return true
        } catch let error as SQLError {
            #expect(error.state == .deadlockDetected)
            transaction.abort()
            return false
        }
    }

    func add(_ amount: Int, to key: String, _ transaction: Transaction) throws {
        transaction.advanceCommand()
        while true {
            let snapshot = transaction.snapshot(lastCommit: transaction.waitPosition)
            let row = String(value(key, snapshot) + amount)
            let outcome = try with(key, row) { key, row in
                try table.update(
                    key, row: row, snapshot: snapshot, isKeyUpdate: false, transaction)
            }
            if case .done = outcome { return }
        }
    }

    // MARK: Relations

    @Test func tableLocksConflictAsInPostgreSQL() throws {
        // 13.3.1, table "Conflicting Lock Modes": bits by mode number.
        let expected = [
            0b1_0000_0000, 0b1_1000_0000, 0b1_1110_0000, 0b1_1111_0000, 0b1_1101_1000,
            0b1_1111_1000, 0b1_1111_1100, 0b1_1111_1110,
        ]
        for held in RelationLockMode.allCases {
            for wanted in RelationLockMode.allCases {
                let (first, second) = (begin(1), begin(2))
                let key = RelationLocks.Key(value: 7)
                try engine.relationLocks.lock(key, held, first)
                let conflicts = expected[held.rawValue - 1] >> wanted.rawValue & 1 == 1
                do {
                    try engine.relationLocks.lock(key, wanted, second, wait: false, name: "t")
                    #expect(!conflicts, "\(held) then \(wanted)")
                } catch {
                    #expect(conflicts, "\(held) then \(wanted)")
                    #expect(error.message == "could not obtain lock on relation \"t\"")
                }
                first.abort()
                second.abort()
            }
        }
        #expect(engine.relationLocks.contents.isEmpty)
    }

    /// Whoever gets a table lock sees what those have committed whom it excludes, durable or not; and
    /// whoever comes after a holder of a strong lock sees what that one has.
    @Test func tableLocksOrderSnapshots() throws {
        let key = RelationLocks.Key(value: 7)
        let weak = begin(1)
        try engine.relationLocks.lock(key, .rowExclusive, weak)
        #expect(try update("a", weak) == .done)
        let first = weak.commit()
        #expect(engine.log.durablePosition < first)
        let bystander = begin(2)
        try engine.relationLocks.lock(key, .rowExclusive, bystander)
        #expect(bystander.snapshot(lastCommit: .zero).horizon < first)
        #expect(bystander.waitPosition < first)
        bystander.commit()

        let strong = begin(3)
        try engine.relationLocks.lock(key, .share, strong)
        #expect(strong.snapshot(lastCommit: .zero).horizon >= first)
        #expect(strong.waitPosition >= first)
        #expect(try update("a", strong) == .done)
        let second = strong.commit()
        #expect(engine.log.durablePosition < second)
        let next = begin(4)
        try engine.relationLocks.lock(key, .rowExclusive, next)
        #expect(next.snapshot(lastCommit: .zero).horizon >= second)
        #expect(next.waitPosition >= second)
        next.commit()
    }

    @Test func tableLocksAreGivenInOrder() throws {
        let (reader, writer, late) = (begin(1), begin(2), begin(3))
        let key = RelationLocks.Key(value: 7)
        try engine.relationLocks.lock(key, .accessShare, reader)
        let exclusive = Running { [self] in
            try engine.relationLocks.lock(key, .accessExclusive, writer)
        }
        untilWaiting(writer)
        // Would not conflict with the reader, but comes after the writer.
        let shared = Running { [self] in
            try engine.relationLocks.lock(key, .accessShare, late)
        }
        untilWaiting(late)
        reader.commit()
        try exclusive.join()
        #expect(engine.isWaiting(late))
        writer.commit()
        try shared.join()
        late.commit()
        #expect(engine.relationLocks.contents.isEmpty)
    }

    @Test func savepointsGiveTableLocksBack() throws {
        let (first, second) = (begin(1), begin(2))
        let key = RelationLocks.Key(value: 7)
        try engine.relationLocks.lock(key, .accessShare, first)
        first.pushSavepoint()
        try engine.relationLocks.lock(key, .exclusive, first)
        let waiting = Running { [self] in
            try engine.relationLocks.lock(key, .share, second)
        }
        untilWaiting(second)
        first.rollbackToSavepoint()
        try waiting.join()
    }

    @Test func deadlocksAreFoundAcrossRowsAndTables() throws {
        let (first, second) = (begin(1), begin(2))
        second.deadlockTimeoutMilliseconds = 60_000
        let key = RelationLocks.Key(value: 7)
        try engine.relationLocks.lock(key, .accessExclusive, first)
        #expect(try update("a", second) == .done)
        let waiting = Running { [self] in
            try engine.relationLocks.lock(key, .accessShare, second)
        }
        untilWaiting(second)
        #expect(throws: SQLError.self) { try update("a", first) }
        first.abort()
        try waiting.join()
    }
}
