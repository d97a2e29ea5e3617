import Base
import Engine
import Log
import Support
import Synchronization
import System
import Testing

/// Threads that write the same few keys, and readers beside them, held against a model: the
/// committed transactions one after the other, in the order of their commit records.
@Suite struct ConcurrencyTests {
    typealias Rows = [String: String]

    enum Change {
        case insert(String, String)
        case update(String, String)
        case delete(String)
    }
    struct Commit {
        var position: LogPosition
        var changes: [Change]
    }
    struct Sight {
        var horizon: LogPosition
        var rows: Rows
        var isReverse: Bool
    }

    /// What the threads report.
    final class Journal: Sendable {
        let commits = Guarded<[Commit]>([])
        let sights = Guarded<[Sight]>([])
    }

    let engine: Engine
    let table: Table
    let disk = SimulatedDisk(seed: 1)

    init() throws {
        engine = try Engine(
            fileSystem: disk, directory: "data", logFileSizeBytes: 64 << 10
        ) { _, _ in }
        table = engine.table(engine.allocateGeneration())
    }

    static let keys = (0..<10).map { "key\($0)" }

    // MARK: Writers

    /// One transaction of random changes; throws what the engine throws.
    func write(
        _ transaction: Transaction, _ name: String, _ random: inout SeededRandom
    ) throws -> [Change] {
        var changes: [Change] = []
        for step in 0..<Int.random(in: 1...4, using: &random) {
            let hasSavepoint = Int.random(in: 0..<3, using: &random) == 0
            let mark = changes.count
            if hasSavepoint { transaction.pushSavepoint() }
            for part in 0..<Int.random(in: 1...2, using: &random) {
                transaction.advanceCommand()
                let row = "\(name).\(step).\(part)"
                changes += try change(transaction, row, &random)
            }
            if hasSavepoint {
                if Bool.random(using: &random) {
                    transaction.rollbackToSavepoint()
                    changes.removeLast(changes.count - mark)
                }
                transaction.releaseSavepoint()
            }
        }
        return changes
    }

    func change(
        _ transaction: Transaction, _ row: String, _ random: inout SeededRandom
    ) throws -> [Change] {
        let key = ConcurrencyTests.keys.randomElement(using: &random)!
        let kind = Int.random(in: 0..<8, using: &random)
        return try Array(key.utf8).withUnsafeBytes { keyBytes in
            try Array(row.utf8).withUnsafeBytes { rowBytes in
                switch kind {
                case 0...2:
                    guard case .done = try table.insert(keyBytes, row: rowBytes, transaction)
                    else { return [] }
                    return [.insert(key, row)]
                case 3...5:
                    let isDone = try untilSettled(transaction) {
                        try table.update(
                            keyBytes, row: rowBytes, snapshot: $0, isKeyUpdate: kind == 3,
                            transaction)
                    }
                    return isDone ? [.update(key, row)] : []
                case 6:
                    let isDone = try untilSettled(transaction) {
                        try table.delete(keyBytes, snapshot: $0, transaction)
                    }
                    return isDone ? [.delete(key)] : []
                default:
                    let mode = [RowLockMode.keyShare, .share, .noKeyUpdate, .update]
                        .randomElement(using: &random)!
                    let policy = Bool.random(using: &random) ? Table.WaitPolicy.wait : .skip
                    _ = try untilSettled(transaction) {
                        try table.lock(
                            keyBytes, mode, snapshot: $0, policy: policy, transaction)
                    }
                    return []
                }
            }
        }
    }

    /// Tries again with what is met, as READ COMMITTED does.
    func untilSettled(
        _ transaction: Transaction, _ body: (Snapshot) throws -> Table.ChangeOutcome
    ) throws -> Bool {
        while true {
            switch try body(transaction.snapshot(lastCommit: transaction.waitPosition)) {
            case .done: return true
            case .changed: continue
            case .deleted, .moved, .changedBySelf, .skipped: return false
            }
        }
    }

    func runWriter(_ number: Int, _ seed: UInt64, _ count: Int, _ journal: Journal) throws {
        var random = SeededRandom(seed: seed &+ UInt64(number))
        let waiter = Waiter()
        for index in 0..<count {
            let transaction = engine.begin(waiter: waiter, processID: Int32(number))
            transaction.deadlockTimeoutMilliseconds = 5
            do {
                let changes = try write(transaction, "\(number).\(index)", &random)
                if Int.random(in: 0..<5, using: &random) == 0 {
                    transaction.abort()
                } else {
                    let position = transaction.commit()
                    journal.commits.withLock {
                        $0.append(Commit(position: position, changes: changes))
                    }
                }
            } catch let error as SQLError {
                #expect(error.state == .deadlockDetected)
                transaction.abort()
            }
            if Int.random(in: 0..<3, using: &random) == 0 { engine.log.flush(upTo: engine.log.endPosition) }
        }
    }

    // MARK: Readers

    func scan(_ snapshot: Snapshot, isReverse: Bool, from lower: String? = nil) -> [(
        String, String
    )] {
        let empty = UnsafeRawBufferPointer(start: nil, count: 0)
        let keys = UnsafeMutablePointer<UnsafeRawBufferPointer>.allocate(capacity: 16)
        let rows = UnsafeMutablePointer<UnsafeRawBufferPointer>.allocate(capacity: 16)
        keys.initialize(repeating: empty, count: 16)
        rows.initialize(repeating: empty, count: 16)
        defer {
            keys.deallocate()
            rows.deallocate()
        }
        let bytes = lower.map { Array($0.utf8) }
        var cursor = try! bytes.map {
            try $0.withUnsafeBytes {
                try Cursor(table, lower: $0, snapshot: snapshot, isReverse: isReverse)
            }
        } ?? Cursor(table, snapshot: snapshot, isReverse: isReverse)
        var found: [(String, String)] = []
        while case let count = try! cursor.next(keys: keys, rows: rows, limit: 16), count > 0 {
            for index in 0..<count {
                found.append(
                    (
                        String(decoding: keys[index], as: UTF8.self),
                        String(decoding: rows[index], as: UTF8.self)
                    ))
            }
        }
        return found
    }

    func runReader(_ isOver: Flag, _ journal: Journal) {
        var isReverse = false
        while !isOver.isRaised {
            let reader = engine.begin(waiter: Waiter(), processID: 99)
            let snapshot = reader.snapshot(lastCommit: .zero)
            let rows = Rows(
                uniqueKeysWithValues: scan(snapshot, isReverse: isReverse))
            for key in ConcurrencyTests.keys {
                let row = Array(key.utf8).withUnsafeBytes {
                    try! table.read($0, snapshot).map { String(decoding: $0, as: UTF8.self) }
                }
                #expect(row == rows[key], "a look-up sees what a scan sees")
            }
            journal.sights.withLock {
                if $0.count < 2000 {
                    $0.append(Sight(horizon: snapshot.horizon, rows: rows, isReverse: isReverse))
                }
            }
            isReverse.toggle()
        }
    }

    // MARK: The model

    /// Applies a commit; false if one of its changes had no place: an insertion of a key that was
    /// there, a change of one that was not.
    static func apply(_ commit: Commit, to rows: inout Rows) -> Bool {
        for change in commit.changes {
            switch change {
            case .insert(let key, let row):
                if rows.updateValue(row, forKey: key) != nil { return false }
            case .update(let key, let row):
                if rows.updateValue(row, forKey: key) == nil { return false }
            case .delete(let key):
                if rows.removeValue(forKey: key) == nil { return false }
            }
        }
        return true
    }

    /// Checkpoints beside the threads, one after the other.
    enum Checkpoints: CaseIterable {
        case none
        /// Tables stay in memory.
        case kept
        /// Everything leaves memory each time.
        case evicting
    }

    func runCheckpoints(_ kind: Checkpoints, _ isOver: Flag) throws {
        if kind == .none { return }
        engine.memoryBytesMax = kind == .evicting ? 0 : .max / 2
        var count = 0
        while !isOver.isRaised {
            try engine.checkpoint()
            count += 1
        }
        #expect(count > 1)
    }

    @Test(arguments: Checkpoints.allCases)
    func randomTransactionsAreSerialByCommit(checkpoints: Checkpoints) throws {
        let seed = SystemRandomNumberGenerator().nextSeed()
        print("randomTransactionsAreSerialByCommit seed \(seed)")
        let journal = Journal()
        let isOver = Flag()
        let writers = (0..<4).map { number in
            LockTests.Running { [self] in try runWriter(number, seed, 800, journal) }
        }
        let reader = LockTests.Running { [self] in runReader(isOver, journal) }
        let checkpointer = LockTests.Running { [self] in
            try runCheckpoints(checkpoints, isOver)
        }
        for writer in writers { try writer.join() }
        isOver.raise()
        try reader.join()
        try checkpointer.join()
        engine.log.flush()

        let commits = journal.commits.withLock { $0 }.sorted { $0.position < $1.position }
        let sights = journal.sights.withLock { $0 }.sorted { $0.horizon < $1.horizon }
        #expect(commits.count > 1000)
        var rows: Rows = [:]
        var next = 0
        for sight in sights {
            while next < commits.count, commits[next].position <= sight.horizon {
                #expect(ConcurrencyTests.apply(commits[next], to: &rows), "seed \(seed)")
                next += 1
            }
            #expect(sight.rows == rows, "seed \(seed), reverse \(sight.isReverse)")
        }
        for commit in commits[next...] {
            #expect(ConcurrencyTests.apply(commit, to: &rows), "seed \(seed)")
        }
        let all = engine.begin(waiter: Waiter(), processID: 1).snapshot(lastCommit: .zero)
        #expect(Rows(uniqueKeysWithValues: scan(all, isReverse: false)) == rows, "seed \(seed)")
        // Nobody holds anything any more: all keys can be locked at once.
        let last = engine.begin(waiter: Waiter(), processID: 1)
        for key in rows.keys {
            let outcome = try Array(key.utf8).withUnsafeBytes {
                try table.lock($0, .update, snapshot: all, policy: .noWait, last)
            }
            guard case .done = outcome else {
                Issue.record("\(key) is still locked, seed \(seed)")
                continue
            }
        }
        // And the log says the same.
        disk.restart()
        let again = try ConcurrencyTests(reopening: disk, table.generation)
        let recovered = again.engine.begin(waiter: Waiter(), processID: 1)
        let after = again.scan(recovered.snapshot(lastCommit: .zero), isReverse: false)
        #expect(Rows(uniqueKeysWithValues: after) == rows, "seed \(seed)")
    }

    private init(reopening disk: SimulatedDisk, _ generation: GenerationID) throws {
        engine = try Engine(
            fileSystem: disk, directory: "data", logFileSizeBytes: 64 << 10
        ) { _, _ in }
        table = engine.table(generation)
    }

    /// Scans from a bound while keys are linked in before, at and behind it: in order, nothing below
    /// the bound, and all that was committed when the scan began.
    @Test func scansBesideInsertions() throws {
        let seed = SystemRandomNumberGenerator().nextSeed()
        print("scansBesideInsertions seed \(seed)")
        let isOver = Flag()
        let box = Guarded<Set<String>>([])
        let writers = (0..<3).map { number in
            LockTests.Running { [self] in
                var random = SeededRandom(seed: seed &+ UInt64(number))
                for _ in 0..<3000 {
                    let key = String(UInt32.random(in: 1 << 31...UInt32.max, using: &random))
                    let transaction = engine.begin(waiter: Waiter(), processID: 1)
                    let outcome = try Array(key.utf8).withUnsafeBytes {
                        try table.insert($0, row: $0, transaction)
                    }
                    transaction.commit(asynchronous: true)
                    if case .done = outcome { box.withLock { _ = $0.insert(key) } }
                }
            }
        }
        let reader = LockTests.Running { [self] in
            var random = SeededRandom(seed: seed &+ 77)
            var scans = 0
            while !isOver.isRaised || scans == 0 {
                let known = box.withLock { $0 }
                let lower = String(UInt32.random(in: 1 << 31...UInt32.max, using: &random))
                let reader = engine.begin(waiter: Waiter(), processID: 9)
                let found = scan(
                    reader.snapshot(lastCommit: .zero), isReverse: scans % 2 == 1, from: lower
                ).map(\.0)
                let ordered = scans % 2 == 1 ? found.reversed() : found
                #expect(ordered.first.map { $0 >= lower } ?? true, "seed \(seed)")
                #expect(ordered == ordered.sorted(), "seed \(seed)")
                let missing = known.filter { $0 >= lower }.subtracting(ordered)
                #expect(missing.isEmpty, "seed \(seed)")
                scans += 1
            }
        }
        for writer in writers { try writer.join() }
        isOver.raise()
        try reader.join()
    }
}

/// A flag that several threads look at.
final class Flag: Sendable {
    private let value = Atomic<Bool>(false)
    var isRaised: Bool { value.load(ordering: .acquiring) }
    func raise() { value.store(true, ordering: .releasing) }
}
