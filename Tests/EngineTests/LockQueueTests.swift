import Base
import Engine
import Log
import Support
import System
import Testing

/// Queues of table locks, and circles of more than two.
@Suite struct LockQueueTests {
    typealias Running = LockTests.Running
    let engine: Engine
    let table: Table
    let key = RelationLocks.Key(value: 7)

    init() throws {
        engine = try Engine(
            fileSystem: SimulatedDisk(seed: 1), directory: "data", logFileSizeBytes: 64 << 10
        ) { _, _ in }
        table = engine.table(engine.allocateGeneration())
        let setup = begin(0)
        for key in ["a", "b", "c"] { try update(key, setup, isNew: true) }
        setup.commit(asynchronous: true)
    }

    func begin(_ processID: Int32) -> Transaction {
        let transaction = engine.begin(waiter: Waiter(), processID: processID)
        transaction.deadlockTimeoutMilliseconds = 60_000
        return transaction
    }

    func update(_ key: String, _ transaction: Transaction, isNew: Bool = false) throws {
        transaction.advanceCommand()
        let snapshot = transaction.snapshot(lastCommit: engine.log.endPosition)
        try Array(key.utf8).withUnsafeBytes { key in
            if isNew {
                _ = try table.insert(key, row: key, transaction)
            } else {
                _ = try table.update(
                    key, row: key, snapshot: snapshot, isKeyUpdate: false, transaction)
            }
        }
    }

    func untilWaiting(_ transaction: Transaction) {
        while !engine.isWaiting(transaction) { Thread.sleep(milliseconds: 1) }
    }

    func expect(
        _ state: SQLState, _ body: () throws -> Void,
        _ location: SourceLocation = #_sourceLocation
    ) -> SQLError? {
        do {
            try body()
            Issue.record("nothing was thrown", sourceLocation: location)
        } catch let error as SQLError {
            #expect(error.state == state, sourceLocation: location)
            return error
        } catch {
            Issue.record(error, sourceLocation: location)
        }
        return nil
    }

    /// Three wait for each other; the one who looks is the victim, the others go on.
    @Test func aCircleOfThreeHasOneVictim() throws {
        let (first, second, third) = (begin(1), begin(2), begin(3))
        try update("a", first)
        try update("b", second)
        try update("c", third)
        let one = Running { [self] in try update("b", first) }
        untilWaiting(first)
        let two = Running { [self] in try update("c", second) }
        untilWaiting(second)
        third.deadlockTimeoutMilliseconds = 1
        let error = expect(.deadlockDetected) { try update("a", third) }
        #expect(
            error?.fields.detail == """
                Process 3 waits for ShareLock on transaction \(first.writer); blocked by process 1.
                Process 1 waits for ShareLock on transaction \(second.writer); blocked by process 2.
                Process 2 waits for ShareLock on transaction \(third.writer); blocked by process 3.
                """)
        #expect(!engine.isWaiting(third))
        third.abort()
        try two.join()
        second.commit()
        try one.join()
        first.commit()
    }

    /// No circle, only a long queue: nobody is a victim.
    @Test func aQueueIsNoDeadlock() throws {
        let (first, second, third) = (begin(1), begin(2), begin(3))
        second.deadlockTimeoutMilliseconds = 1
        third.deadlockTimeoutMilliseconds = 1
        try update("a", first)
        try update("b", second)
        let two = Running { [self] in try update("a", second) }
        untilWaiting(second)
        let three = Running { [self] in try update("b", third) }
        untilWaiting(third)
        let fourth = begin(4)
        fourth.lockTimeoutMilliseconds = 20
        _ = expect(.lockNotAvailable) { try update("b", fourth) }
        first.commit()
        try two.join()
        second.commit()
        try three.join()
        third.commit()
        fourth.abort()
    }

    /// Whoever gives up leaves the queue, and those behind who waited only for it go on.
    @Test(arguments: ["timeout", "cancel", "deadlock"])
    func whoGivesUpLeavesTheQueue(_ how: String) throws {
        let (holder, quitter, late) = (begin(1), begin(2), begin(3))
        if how == "deadlock" { try update("a", quitter) }
        try engine.relationLocks.lock(key, .accessShare, holder)
        if how == "timeout" { quitter.lockTimeoutMilliseconds = 50 }
        let waiting = Running { [self] in
            try engine.relationLocks.lock(key, .accessExclusive, quitter)
        }
        untilWaiting(quitter)
        var passing: Running<Void>?
        if how != "timeout" {
            passing = Running { [self] in
                try engine.relationLocks.lock(key, .accessShare, late)
            }
            untilWaiting(late)
        }
        switch how {
        case "cancel":
            quitter.waiter.interrupt(.cancel)
            _ = expect(.queryCanceled) { try waiting.join() }
        case "deadlock":
            holder.deadlockTimeoutMilliseconds = 1
            _ = expect(.deadlockDetected) { try update("a", holder) }
            #expect(engine.isWaiting(quitter))
            quitter.waiter.interrupt(.cancel)
            _ = expect(.queryCanceled) { try waiting.join() }
        default:
            _ = expect(.lockNotAvailable) { try waiting.join() }
        }
        try passing?.join()
        try engine.relationLocks.lock(key, .accessShare, late)
        let modes = engine.relationLocks.contents
        #expect(modes.allSatisfy { $0.isGranted && $0.mode == .accessShare })
        #expect(Set(modes.map(\.processID)) == [1, 3])
        for transaction in [holder, quitter, late] { transaction.abort() }
        #expect(engine.relationLocks.contents.isEmpty)
    }

    @Test func noWaitLeavesNothing() throws {
        let (holder, other) = (begin(1), begin(2))
        try engine.relationLocks.lock(key, .exclusive, holder)
        let error = expect(.lockNotAvailable) {
            try engine.relationLocks.lock(key, .share, other, wait: false, name: "t")
        }
        #expect(error?.message == "could not obtain lock on relation \"t\"")
        #expect(engine.relationLocks.contents.count == 1)
        holder.abort()
        #expect(engine.relationLocks.contents.isEmpty)
        try engine.relationLocks.lock(key, .share, other, wait: false)
        other.commit()
    }

    /// Who holds a weak lock and asks for a stronger one passes those who wait; they wait for it then.
    @Test func aStrongerLockPassesTheQueue() throws {
        let (first, second, third) = (begin(1), begin(2), begin(3))
        try engine.relationLocks.lock(key, .accessShare, first)
        try engine.relationLocks.lock(key, .accessShare, second)
        let waiting = Running { [self] in
            try engine.relationLocks.lock(key, .accessExclusive, third)
        }
        untilWaiting(third)
        try engine.relationLocks.lock(key, .rowExclusive, first)
        second.commit()
        #expect(engine.isWaiting(third))
        first.commit()
        try waiting.join()
        third.commit()
        #expect(engine.relationLocks.contents.isEmpty)
    }

    /// Many threads take and leave locks of all modes; no two conflicting ones are held at once, and
    /// everybody gets its turn.
    @Test func randomTableLocks() throws {
        let seed = SystemRandomNumberGenerator().nextSeed()
        print("randomTableLocks seed \(seed)")
        let held = Held()
        let threads = (0..<4).map { number in
            Running { [self] in
                var random = SeededRandom(seed: seed &+ UInt64(number))
                let waiter = Waiter()
                for _ in 0..<400 {
                    let transaction = engine.begin(waiter: waiter, processID: Int32(number))
                    let key = RelationLocks.Key(value: UInt64.random(in: 1...2, using: &random))
                    let mode = RelationLockMode.allCases.randomElement(using: &random)!
                    try engine.relationLocks.lock(key, mode, transaction)
                    #expect(held.enter(key.value, mode, number), "seed \(seed)")
                    held.leave(key.value, mode, number)
                    if Bool.random(using: &random) {
                        transaction.commit()
                    } else {
                        transaction.abort()
                    }
                }
            }
        }
        for thread in threads { try thread.join() }
        #expect(engine.relationLocks.contents.isEmpty)
    }

    final class Held: @unchecked Sendable {
        // Safe to share: `entries` is used under `lock`.
        private let lock = Lock()
        private var entries: [(key: UInt64, mode: RelationLockMode, thread: Int)] = []

        /// PostgreSQL 13.3.1, table "Conflicting Lock Modes": by number, those that conflict.
        private static let conflicts: [Int: Set<Int>] = [
            1: [8], 2: [7, 8], 3: [5, 6, 7, 8], 4: [4, 5, 6, 7, 8], 5: [3, 4, 6, 7, 8],
            6: [3, 4, 5, 6, 7, 8], 7: [2, 3, 4, 5, 6, 7, 8], 8: [1, 2, 3, 4, 5, 6, 7, 8],
        ]

        func enter(_ key: UInt64, _ mode: RelationLockMode, _ thread: Int) -> Bool {
            lock.withLock {
                let isAlone = !entries.contains {
                    $0.key == key && Held.conflicts[mode.rawValue]!.contains($0.mode.rawValue)
                }
                entries.append((key, mode, thread))
                return isAlone
            }
        }
        func leave(_ key: UInt64, _ mode: RelationLockMode, _ thread: Int) {
            lock.withLock { entries.removeAll { $0.thread == thread } }
        }
    }
}
