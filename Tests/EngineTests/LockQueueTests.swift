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

    /// Writers of one row take their turns in the order in which they came, whether the one before
    /// commits, rolls back or goes back to a savepoint.
    @Test func writersOfOneRowGoInOrder() throws {
        let order = Order()
        let holder = begin(0)
        try update("a", holder)
        let transactions = (1...9).map { begin(Int32($0)) }
        var threads: [Running<Void>] = []
        for transaction in transactions {
            threads.append(
                Running { [self] in
                    transaction.pushSavepoint()
                    try update("a", transaction)
                    order.add(transaction.processID)
                    // Those behind have been waiting for another, and wait for this one now.
                    for late in transactions where late.processID > transaction.processID {
                        #expect(engine.isWaiting(late))
                    }
                    switch transaction.processID % 3 {
                    case 0: transaction.commit(asynchronous: true)
                    case 1: transaction.abort()
                    default: transaction.rollbackToSavepoint()
                    }
                })
            untilWaiting(transaction)
        }
        holder.commit(asynchronous: true)
        for thread in threads { try thread.join() }
        #expect(order.entries == Array(1...9))
        for transaction in transactions { transaction.abort() }
    }

    /// A row that has changed while its first waiter slept is that waiter's, until it ends: whoever
    /// comes next goes on waiting while the waiter looks at the new version.
    @Test func aChangedRowStaysWithWhoeverWaitedForIt() throws {
        let (holder, first, second) = (begin(1), begin(2), begin(3))
        try update("a", holder)
        let snapshots = [first, second].map { $0.snapshot(lastCommit: engine.log.endPosition) }
        let threads = zip([first, second], snapshots).map { transaction, snapshot in
            let thread = Running { [self] in
                let isChanged = try Array("a".utf8).withUnsafeBytes { key in
                    let outcome = try table.update(
                        key, row: key, snapshot: snapshot, isKeyUpdate: false, transaction)
                    if case .changed = outcome { return true }
                    return false
                }
                #expect(isChanged)
            }
            untilWaiting(transaction)
            return thread
        }
        holder.commit(asynchronous: true)
        try threads[0].join()
        #expect(engine.isWaiting(second))
        try update("a", first)
        #expect(engine.isWaiting(second))
        first.commit(asynchronous: true)
        try threads[1].join()
        second.commit()
    }

    /// Those who share a row wake together, and who wants it alone waits for all of them.
    @Test func sharersOfOneRowGoTogether() throws {
        let transactions = (0...3).map { begin(Int32($0)) }
        try update("a", transactions[0])
        let modes: [RowLockMode] = [.share, .share, .update]
        let threads = zip(transactions[1...], modes).map { transaction, mode in
            let thread = Running { [self] in
                _ = try Array("a".utf8).withUnsafeBytes { key in
                    try table.lock(
                        key, mode, snapshot: transaction.snapshot(lastCommit: .zero), policy: .wait,
                        transaction)
                }
            }
            untilWaiting(transaction)
            return thread
        }
        transactions[0].abort()
        try threads[0].join()
        try threads[1].join()
        untilWaiting(transactions[3])
        transactions[1].abort()
        untilWaiting(transactions[3])
        transactions[2].abort()
        try threads[2].join()
        transactions[3].abort()
    }

    /// A circle through the queue of one row: the holder waits for the last in it.
    @Test func aQueueIsPartOfACircle() throws {
        let (holder, first, second) = (begin(1), begin(2), begin(3))
        try update("a", holder)
        try update("b", second)
        let one = Running { [self] in try update("a", first) }
        untilWaiting(first)
        let two = Running { [self] in try update("a", second) }
        untilWaiting(second)
        holder.deadlockTimeoutMilliseconds = 1
        let error = expect(.deadlockDetected) { try update("b", holder) }
        #expect(
            error?.fields.detail == """
                Process 1 waits for ShareLock on transaction \(second.writer); blocked by process 3.
                Process 3 waits for ShareLock on transaction \(first.writer); blocked by process 2.
                Process 2 waits for ShareLock on transaction \(holder.writer); blocked by process 1.
                """)
        holder.abort()
        try one.join()
        #expect(engine.isWaiting(second))
        first.abort()
        try two.join()
        second.abort()
    }

    /// Whoever gives up in the middle of a row's queue does not keep those behind from their turn.
    @Test(arguments: [0, 1, 2])
    func whoGivesUpLeavesARowsQueue(_ quitter: Int) throws {
        let holder = begin(0)
        try update("a", holder)
        let transactions = (1...3).map { begin(Int32($0)) }
        var threads: [Running<Void>] = []
        for transaction in transactions {
            threads.append(
                Running { [self] in
                    try update("a", transaction)
                    transaction.commit(asynchronous: true)
                })
            untilWaiting(transaction)
        }
        transactions[quitter].waiter.interrupt(.cancel)
        _ = expect(.queryCanceled) { try threads[quitter].join() }
        for (index, transaction) in transactions.enumerated() where index != quitter {
            untilWaiting(transaction)
        }
        transactions[quitter].abort()
        holder.commit(asynchronous: true)
        for (index, thread) in threads.enumerated() where index != quitter { try thread.join() }
    }

    final class Order: @unchecked Sendable {
        // Safe to share: `entries` is used under `lock`.
        private let lock = Lock()
        private(set) var entries: [Int32] = []

        func add(_ number: Int32) { lock.withLock { entries.append(number) } }
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
        // It looks whether it may go on, and waits again.
        untilWaiting(third)
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

    /// Many threads write, lock and share three rows, some give up or undo what they did; no two
    /// have one row that exclude each other, and in the end nobody is left waiting.
    @Test func randomRowLocks() throws {
        let seed = SystemRandomNumberGenerator().nextSeed()
        print("randomRowLocks seed \(seed)")
        let held = HeldRows()
        let threads = (0..<6).map { number in
            Running { [self] in
                var random = SeededRandom(seed: seed &+ UInt64(number))
                let waiter = Waiter()
                for _ in 0..<300 {
                    let transaction = engine.begin(waiter: waiter, processID: Int32(number))
                    transaction.deadlockTimeoutMilliseconds = Int.random(in: 1...5, using: &random)
                    if Int.random(in: 0..<4, using: &random) == 0 {
                        transaction.lockTimeoutMilliseconds = Int.random(in: 1...3, using: &random)
                    }
                    do {
                        try takeRows(transaction, number, held, &random)
                    } catch let error as SQLError {
                        #expect(
                            [.deadlockDetected, .lockNotAvailable].contains(error.state),
                            "seed \(seed)")
                    }
                    held.leave(number)
                    if Bool.random(using: &random) {
                        transaction.commit(asynchronous: true)
                    } else {
                        transaction.abort()
                    }
                }
            }
        }
        for thread in threads { try thread.join() }
        #expect(held.isSound, "seed \(seed)")
        let last = begin(9)
        last.lockTimeoutMilliseconds = 1
        for key in ["a", "b", "c"] { try update(key, last) }
        last.commit()
    }

    private func takeRows(
        _ transaction: Transaction, _ number: Int, _ held: HeldRows, _ random: inout SeededRandom
    ) throws {
        let mark = held.mark(number)
        if Bool.random(using: &random) { transaction.pushSavepoint() }
        for _ in 0..<Int.random(in: 1...3, using: &random) {
            let name = ["a", "b", "c"].randomElement(using: &random)!
            let mode: RowLockMode = [.keyShare, .share, .noKeyUpdate, .update]
                .randomElement(using: &random)!
            let writes = mode >= .noKeyUpdate && Bool.random(using: &random)
            while true {
                transaction.advanceCommand()
                let snapshot = transaction.snapshot(lastCommit: engine.log.endPosition)
                let outcome = try Array(name.utf8).withUnsafeBytes { key in
                    writes
                        ? try table.update(
                            key, row: key, snapshot: snapshot, isKeyUpdate: mode == .update,
                            transaction)
                        : try table.lock(key, mode, snapshot: snapshot, policy: .wait, transaction)
                }
                if case .done = outcome { break }
            }
            held.enter(name, mode, number)
            if Int.random(in: 0..<4, using: &random) == 0 { Thread.sleep(milliseconds: 1) }
        }
        if transaction.savepointDepth > 0, Bool.random(using: &random) {
            held.leave(number, downTo: mark)
            transaction.rollbackToSavepoint()
        }
    }

    /// Who has which row, and whether two ever had one that exclude each other.
    final class HeldRows: @unchecked Sendable {
        // Safe to share: everything is used under `lock`.
        private let lock = Lock()
        private var entries: [(row: String, mode: RowLockMode, thread: Int)] = []
        private(set) var isSound = true

        func mark(_ thread: Int) -> Int {
            lock.withLock { entries.count { $0.thread == thread } }
        }

        func enter(_ row: String, _ mode: RowLockMode, _ thread: Int) {
            lock.withLock {
                let isClash = entries.contains {
                    guard $0.row == row, $0.thread != thread else { return false }
                    let (weak, strong) = (min($0.mode, mode), max($0.mode, mode))
                    return strong == .update || strong == .noKeyUpdate && weak != .keyShare
                }
                if isClash { isSound = false }
                entries.append((row, mode, thread))
            }
        }

        func leave(_ thread: Int, downTo mark: Int = 0) {
            lock.withLock {
                let kept = entries.filter { $0.thread == thread }.prefix(mark)
                entries.removeAll { $0.thread == thread }
                entries += kept
            }
        }
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
