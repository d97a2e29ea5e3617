import Base
import Log
import Synchronization
import System
import Testing

@testable import Engine

@Suite struct DeadRunTests {
    private func with<Result>(
        _ number: Int, _ body: (UnsafeRawBufferPointer) throws -> Result
    ) rethrows -> Result {
        var key = UInt64(number).bigEndian
        return try withUnsafeBytes(of: &key) { try body($0) }
    }

    private func numbers(
        _ table: Table, _ snapshot: Snapshot, from first: Int = 0, limit: Int = .max
    ) -> [Int] {
        var cursor = with(first) { try! Cursor(table, lower: $0, snapshot: snapshot) }
        let keys = UnsafeMutablePointer<UnsafeRawBufferPointer>.allocate(capacity: 16)
        let rows = UnsafeMutablePointer<UnsafeRawBufferPointer>.allocate(capacity: 16)
        defer {
            keys.deallocate()
            rows.deallocate()
        }
        var result: [Int] = []
        while result.count < limit {
            let count = try! cursor.next(keys: keys, rows: rows, limit: min(16, limit - result.count))
            for row in 0..<count {
                result.append(
                    Int(UInt64(bigEndian: keys[row].loadUnaligned(as: UInt64.self))))
            }
            if count < 16 { break }
        }
        return result
    }

    /// Puts in and takes out, commits or not, and looks with snapshots old and new: each sees what a
    /// model of it says, however many walks have noted runs in between.
    @Test(arguments: [1, 2, 3, 4] as [UInt64])
    func walksSeeWhatTheirSnapshotsSay(seed: UInt64) throws {
        let scratch = Scratch()
        let engine = try scratch.open()
        defer { engine.close() }
        let table = engine.table(engine.allocateGeneration())
        var random = SeededRandom(seed: seed)
        var live: Set<Int> = []
        var known: [(Snapshot, Set<Int>)] = []
        func snapshot() -> Snapshot {
            Snapshot(horizon: LogPosition(.max >> 2), writer: .none, command: 0)
        }
        func below(_ limit: Int) -> Int { Int(random.next() % UInt64(limit)) }
        for round in 0..<120 {
            let transaction = engine.begin(waiter: Waiter(), processID: 1)
            var changed = live
            let own = Snapshot(
                horizon: LogPosition(.max >> 2), writer: transaction.writer, command: .max)
            let first = below(3000)
            switch below(4) {
            case 0:
                for number in first..<first + below(800) where !changed.contains(number) {
                    _ = try with(number) { try table.insert($0, row: $0, transaction) }
                    changed.insert(number)
                }
            case 1:
                for _ in 0..<below(6) {
                    let number = below(4000)
                    if changed.contains(number) { continue }
                    _ = try with(number) { try table.insert($0, row: $0, transaction) }
                    changed.insert(number)
                }
            default:
                for number in first..<first + below(1500) where changed.contains(number) {
                    let seen = Snapshot(
                        horizon: own.horizon, writer: transaction.writer, command: .max)
                    _ = try with(number) { try table.delete($0, snapshot: seen, transaction) }
                    changed.remove(number)
                }
            }
            if below(5) == 0 {
                transaction.abort()
            } else {
                let position = transaction.commit()
                live = changed
                let horizon = position == .zero ? (known.last?.0.horizon ?? .zero) : position
                known.append((Snapshot(horizon: horizon, writer: .none, command: 0), live))
            }
            #expect(numbers(table, snapshot()) == live.sorted(), "round \(round)")
            for _ in 0..<3 where !known.isEmpty {
                let (snapshot, rows) = known[below(known.count)]
                let from = below(3500)
                #expect(
                    numbers(table, snapshot, from: from) == rows.filter { $0 >= from }.sorted(),
                    "round \(round)")
            }
        }
    }

    /// The oldest of a queue is found in as many steps at the end as at the beginning.
    @Test func aQueueDoesNotSlowDown() throws {
        let scratch = Scratch()
        let engine = try scratch.open()
        defer { engine.close() }
        let table = engine.table(engine.allocateGeneration())
        let newest = Snapshot(horizon: LogPosition(.max >> 2), writer: .none, command: 0)
        var next = 0
        for oldest in 0..<20_000 {
            let transaction = engine.begin(waiter: Waiter(), processID: 1)
            while next < oldest + 30 {
                _ = try with(next) { try table.insert($0, row: $0, transaction) }
                next += 1
            }
            #expect(numbers(table, newest, limit: 1) == [oldest] || oldest == 0)
            _ = try with(oldest) { key in
                try table.delete(
                    key,
                    snapshot: Snapshot(
                        horizon: newest.horizon, writer: transaction.writer, command: .max),
                    transaction)
            }
            _ = transaction.commit()
        }
        // How far a walk is from the first key to the first live one.
        var steps = 0
        var run = DeadRun()
        var node = table.memtable.first
        while let current = node, let version = current.newest, version.isDeletion {
            node = run.next(behind: current, version, newest, table.memtable, engine.writers)
            steps += 1
        }
        #expect(steps < 200, "\(steps) steps")
    }

    /// Readers beside a queue's two ends see a stretch of it, in order and without gaps.
    @Test func readersBesideAQueue() throws {
        let scratch = Scratch()
        let engine = try scratch.open()
        defer { engine.close() }
        let table = engine.table(engine.allocateGeneration())
        let isOver = Atomic<Bool>(false)
        let lock = Lock()
        nonisolated(unsafe) var horizon = LogPosition.zero
        nonisolated(unsafe) var bounds = (first: 0, end: 0)
        nonisolated(unsafe) var readerCount = 2
        nonisolated(unsafe) var failures: [String] = []
        for _ in 0..<2 {
            Thread.start(name: "reader") {
                while !isOver.load(ordering: .relaxed) {
                    let (seen, range) = lock.withLock { (horizon, bounds) }
                    let found = self.numbers(
                        table, Snapshot(horizon: seen, writer: .none, command: 0))
                    if found != Array(range.first..<range.end) {
                        lock.withLock { failures.append("\(range) but \(found.count) rows") }
                    }
                }
                lock.withLock { readerCount -= 1 }
            }
        }
        for round in 0..<1500 {
            let transaction = engine.begin(waiter: Waiter(), processID: 1)
            let (first, end) = bounds
            for number in end..<end + 10 {
                _ = try with(number) { try table.insert($0, row: $0, transaction) }
            }
            let taken = round % 50 == 49 ? 100 : 9
            for number in first..<min(first + taken, end) {
                _ = try with(number) { key in
                    try table.delete(
                        key,
                        snapshot: Snapshot(
                            horizon: LogPosition(.max >> 2), writer: transaction.writer,
                            command: .max), transaction)
                }
            }
            let position = transaction.commit()
            lock.withLock {
                horizon = position
                bounds = (min(first + taken, end), end + 10)
            }
        }
        isOver.store(true, ordering: .relaxed)
        while lock.withLock({ readerCount > 0 }) { Thread.sleep(milliseconds: 1) }
        #expect(failures.isEmpty, "\(failures.first ?? "")")
    }
}
