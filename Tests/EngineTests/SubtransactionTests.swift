import Base
import Engine
import Support
import Synchronization
import System
import Testing

/// What was rolled back to a savepoint is never seen, whenever a reader looks.
@Suite struct SubtransactionTests {
    /// The key that was inserted last.
    private final class Latest: Sendable {
        private let value = Atomic<Int>(0)
        var number: Int {
            get { value.load(ordering: .acquiring) }
            set { value.store(newValue, ordering: .releasing) }
        }
    }

    private let engine: Engine
    private let table: Table

    init() throws {
        engine = try Engine(
            fileSystem: SimulatedDisk(seed: 1), directory: "data", logFileSizeBytes: 1 << 20
        ) { _, _ in }
        table = engine.table(engine.allocateGeneration())
    }

    private func insert(_ key: String, _ row: String, _ transaction: Transaction) throws -> Bool {
        try Array(key.utf8).withUnsafeBytes { key in
            try Array(row.utf8).withUnsafeBytes { row in
                guard case .done = try table.insert(key, row: row, transaction) else { return false }
                return true
            }
        }
    }

    private func isThere(_ key: String, _ reader: Transaction) throws -> Bool {
        let snapshot = reader.snapshot(lastCommit: .zero)
        return try Array(key.utf8).withUnsafeBytes { try table.read($0, snapshot) != nil }
    }

    /// A reader that has followed a subtransaction to the one it belongs to finds that one committed,
    /// and has to look again: the subtransaction may have been rolled back in between.
    @Test func rolledBackRowsAreNotSeenWhileTheRestCommits() throws {
        let isOver = Flag()
        let latest = Latest()
        let readers = (0..<2).map { number in
            LockTests.Running { [self] in
                let reader = engine.begin(waiter: Waiter(), processID: Int32(number))
                var seen = 0
                while !isOver.isRaised {
                    if try isThere("\(latest.number)", reader) { seen += 1 }
                }
                return seen
            }
        }
        let waiter = Waiter()
        for number in 1...20_000 {
            let transaction = engine.begin(waiter: waiter, processID: 7)
            transaction.pushSavepoint()
            #expect(try insert("\(number)", "row", transaction))
            latest.number = number
            transaction.rollbackToSavepoint()
            transaction.releaseSavepoint()
            transaction.commit(asynchronous: true)
        }
        isOver.raise()
        for reader in readers { #expect(try reader.join() == 0) }
        // Nor does what readers noted of the rows they met make one of them appear later.
        let last = engine.begin(waiter: waiter, processID: 8)
        #expect(try (1...20_000).filter { try isThere("\($0)", last) } == [])
    }
}
