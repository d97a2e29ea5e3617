import Base
import Log
import Support
import System
import Testing

@testable import Engine

/// What is known of who wrote a row, wherever its version is.
@Suite struct OriginTests {
    private func open(_ disk: SimulatedDisk, wholeBytesMax: Int) throws -> Engine {
        try Engine(
            fileSystem: disk, directory: "data", logFileSizeBytes: 64 << 10,
            cacheSizeBytes: 256 << 10, wholeBytesMax: wholeBytesMax
        ) { _, _ in }
    }

    private func origin(_ key: String, _ table: Table, _ snapshot: Snapshot) throws -> RowOrigin? {
        try Array(key.utf8).withUnsafeBytes { try table.origin($0, snapshot) }
    }

    private func put(_ key: String, _ row: String, _ table: Table, _ transaction: Transaction) throws {
        try Array(key.utf8).withUnsafeBytes { key in
            try Array(row.utf8).withUnsafeBytes { row in
                let snapshot = transaction.snapshot(lastCommit: .zero)
                if try table.read(key, snapshot) == nil {
                    _ = try table.insert(key, row: row, transaction)
                } else {
                    _ = try table.update(
                        key, row: row, snapshot: snapshot, isKeyUpdate: false, transaction)
                }
            }
        }
        transaction.advanceCommand()
    }

    /// The writer stays known after its end, in segments, and after a start.
    @Test(arguments: [0, 64 << 20])
    func writersStayKnown(wholeBytesMax: Int) throws {
        let disk = SimulatedDisk(seed: 1)
        var engine = try open(disk, wholeBytesMax: wholeBytesMax)
        let generation = engine.allocateGeneration()
        var writers: [String: UInt32] = [:]
        for key in ["a", "b", "c"] {
            let transaction = engine.begin(waiter: Waiter(), processID: 1)
            for _ in 0..<3 { try put(key, "row of \(key)", engine.table(generation), transaction) }
            let own = transaction.snapshot(lastCommit: .zero)
            let found = try origin(key, engine.table(generation), own)
            #expect(found?.command == 3)
            writers[key] = found?.writer
            #expect(UInt64(found?.writer ?? 0) == transaction.writer.rawValue)
            transaction.commit()
        }
        engine.log.flush()
        func check() throws {
            let reader = engine.begin(waiter: Waiter(), processID: 2)
            let snapshot = reader.snapshot(lastCommit: engine.newestPosition)
            for (key, writer) in writers {
                for _ in 0..<2 {
                    let found = try origin(key, engine.table(generation), snapshot)
                    #expect(found?.writer == writer)
                    #expect(found?.command == nil)
                    #expect(found?.successor == nil)
                    // Whoever looks first may stamp the version.
                    _ = try Array(key.utf8).withUnsafeBytes {
                        try engine.table(generation).read($0, snapshot) != nil
                    }
                }
            }
            #expect(try origin("d", engine.table(generation), snapshot) == nil)
            reader.abort()
        }
        try check()
        try engine.checkpoint()
        try check()
        engine.close()
        disk.restart()
        engine = try open(disk, wholeBytesMax: wholeBytesMax)
        try check()
    }

    /// Who changes the row is known while it goes on, and no more when it is rolled back.
    @Test func successorsShow() throws {
        let engine = try open(SimulatedDisk(seed: 2), wholeBytesMax: 64 << 20)
        let table = engine.table(engine.allocateGeneration())
        let first = engine.begin(waiter: Waiter(), processID: 1)
        try put("a", "one", table, first)
        first.commit()
        engine.log.flush()
        let second = engine.begin(waiter: Waiter(), processID: 2)
        try put("a", "two", table, second)
        let reader = engine.begin(waiter: Waiter(), processID: 3)
        let snapshot = reader.snapshot(lastCommit: .zero)
        #expect(
            try origin("a", table, snapshot)?.successor
                == UInt32(truncatingIfNeeded: second.writer.rawValue))
        second.abort()
        #expect(try origin("a", table, snapshot)?.successor == nil)
        reader.abort()
    }
}
