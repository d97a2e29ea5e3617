import Base
import Log
import System
import Testing

@testable import Engine

@Suite struct ScanPiecesTests {
    private func insert(
        _ numbers: some Sequence<Int>, into table: Table, _ transaction: Transaction
    ) throws {
        for number in numbers {
            var key = UInt64(number).bigEndian
            try withUnsafeBytes(of: &key) { bytes in
                _ = try table.insert(bytes, row: bytes, transaction)
            }
        }
    }

    private func numbers(_ cursor: inout Cursor) -> [Int] {
        let keys = UnsafeMutablePointer<UnsafeRawBufferPointer>.allocate(capacity: 100)
        let rows = UnsafeMutablePointer<UnsafeRawBufferPointer>.allocate(capacity: 100)
        defer {
            keys.deallocate()
            rows.deallocate()
        }
        var result: [Int] = []
        while true {
            let count = try! cursor.next(keys: keys, rows: rows, limit: 100)
            if count == 0 { return result }
            for row in 0..<count {
                result.append(
                    Int(UInt64(bigEndian: keys[row].loadUnaligned(as: UInt64.self))))
            }
        }
    }

    /// Every row is in one piece, and pieces come in order.
    @Test(arguments: [0, 1, 5000, 40_000])
    func piecesMakeTheWhole(count: Int) throws {
        let scratch = Scratch()
        let engine = try scratch.open()
        defer { engine.close() }
        let table = engine.table(engine.allocateGeneration())
        let transaction = engine.begin(waiter: Waiter(), processID: 1)
        try insert(0..<count, into: table, transaction)
        let snapshot = Snapshot(
            horizon: LogPosition(.max >> 1), writer: transaction.writer, command: .max)
        let pieces = try! ScanPieces(table)
        var found: [Int] = []
        while var cursor = try! Cursor(table, next: pieces, snapshot: snapshot) {
            found += numbers(&cursor)
        }
        #expect(found == Array(0..<count))
        transaction.abort()
    }

    /// Threads that take pieces beside a writer see the snapshot's rows, each once.
    @Test func threadsShareTheRows() throws {
        let scratch = Scratch()
        let engine = try scratch.open()
        defer { engine.close() }
        let table = engine.table(engine.allocateGeneration())
        let first = engine.begin(waiter: Waiter(), processID: 1)
        try insert((0..<30_000).map { $0 * 2 }, into: table, first)
        let snapshot = Snapshot(
            horizon: .zero, writer: first.writer, command: first.command + 1)
        let later = engine.begin(waiter: Waiter(), processID: 2)
        let pieces = try! ScanPieces(table)
        let lock = Lock()
        nonisolated(unsafe) var found: [Int] = []
        nonisolated(unsafe) var runningCount = 3
        for _ in 0..<3 {
            Thread.start(name: "walker") {
                var own: [Int] = []
                while var cursor = try! Cursor(table, next: pieces, snapshot: snapshot) {
                    own += self.numbers(&cursor)
                }
                lock.withLock {
                    found += own
                    runningCount -= 1
                }
            }
        }
        try insert((0..<30_000).map { $0 * 2 + 1 }, into: table, later)
        while lock.withLock({ runningCount > 0 }) { Thread.sleep(milliseconds: 1) }
        #expect(found.sorted() == (0..<30_000).map { $0 * 2 })
        later.abort()
        first.abort()
    }
}
