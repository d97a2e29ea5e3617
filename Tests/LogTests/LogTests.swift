import Base
import Log
import Support
import System
import Testing

@Suite struct LogTests {
    struct Record: Equatable {
        var kind: UInt8
        var bytes: [UInt8]
        var end: LogPosition
    }
    static let directory = "log"
    static let firstFile = "log/0000000000000000"

    /// Opens the log, with small files; gives it and what it replayed.
    func open(
        _ disk: SimulatedDisk, fileSizeBytes: Int = 4096, timeline: UInt32 = 1
    ) throws -> (log: WriteAheadLog, records: [Record]) {
        var records: [Record] = []
        let log = try WriteAheadLog(
            fileSystem: disk, directory: LogTests.directory, timeline: timeline,
            fileSizeBytes: fileSizeBytes
        ) { kind, payload, end in
            records.append(Record(kind: kind, bytes: [UInt8](payload), end: end))
        }
        log.onFailure = { _ in }
        return (log, records)
    }

    @discardableResult
    func append(_ log: WriteAheadLog, _ kind: UInt8, _ bytes: [UInt8]) -> Record {
        let end = log.append(kind: kind) { $0.append(contentsOf: bytes) }
        return Record(kind: kind, bytes: bytes, end: end)
    }

    @Test func whatIsFlushedComesBackInOrder() throws {
        let disk = SimulatedDisk(seed: 1)
        let (log, _) = try open(disk)
        var expected: [Record] = []
        // Records from nothing to several files long, in flushes of one and of many.
        for index in 0..<200 {
            let size = index % 50 == 49 ? 9000 : index * 7 % 300
            expected.append(
                append(log, UInt8(index), [UInt8](repeating: UInt8(index), count: size)))
            if index % 3 == 0 { log.flush() }
        }
        log.flush()
        #expect(log.durablePosition == expected.last?.end)
        disk.restart()
        let (again, records) = try open(disk)
        #expect(records == expected)
        #expect(again.durablePosition == expected.last?.end)
    }

    @Test func whatIsNotFlushedIsNotThere() throws {
        let disk = SimulatedDisk(seed: 1)
        let (log, _) = try open(disk)
        let kept = append(log, 1, [1])
        log.flush()
        append(log, 2, [2])
        #expect(log.durablePosition == kept.end && log.endPosition > kept.end)
        disk.restart()
        #expect(try open(disk).records == [kept])
    }

    @Test func aFailedSyncIsFinal() throws {
        let disk = SimulatedDisk(seed: 1)
        let (log, _) = try open(disk)
        append(log, 1, [1])
        // The write, then the sync.
        disk.plan(.failure, inOperations: 2)
        log.flush()
        #expect(log.hasFailed)
        log.flush()
        #expect(log.durablePosition == .zero)
    }

    /// Three acknowledged batches: whatever bit flips, either it lies in the last one, which then
    /// counts as a torn tail, or opening fails and names the file and the batch.
    @Test func aFlippedBitIsFound() throws {
        let disk = SimulatedDisk(seed: 1)
        var records: [Record] = []
        var batchStarts: [Int] = [0]
        do {
            let (log, _) = try open(disk)
            for index in 0..<3 {
                records.append(append(log, 7, [UInt8](repeating: UInt8(index), count: 20)))
                log.flush()
                batchStarts.append((batchStarts.last ?? 0) + 32 + 25)
            }
        }
        #expect(try open(disk).records == records)
        for offset in 0..<batchStarts[3] {
            disk.damage(LogTests.firstFile, at: offset, xor: 1 << UInt8(offset % 8))
            defer { disk.damage(LogTests.firstFile, at: offset, xor: 1 << UInt8(offset % 8)) }
            let batch = batchStarts.lastIndex { $0 <= offset } ?? 0
            if batch == 2 { continue }
            do {
                _ = try open(disk)
                Issue.record("damage at \(offset) was not found")
            } catch LogOpenError.corruption(let damage) {
                #expect(damage.path == LogTests.firstFile)
                #expect(damage.offset == batchStarts[batch])
            }
        }
        #expect(try open(disk).records == records)
        for offset in [batchStarts[2], batchStarts[2] + 40] {
            // Opening clears the torn tail, so each needs a disk of its own.
            let copy = SimulatedDisk(seed: 1)
            let (log, _) = try open(copy)
            for record in records {
                append(log, record.kind, record.bytes)
                log.flush()
            }
            copy.damage(LogTests.firstFile, at: offset, xor: 4)
            #expect(try open(copy).records == Array(records.prefix(2)))
        }
    }

    @Test func aMissingFileIsCorruption() throws {
        let disk = SimulatedDisk(seed: 1)
        let (log, _) = try open(disk)
        for index in 0..<20 {
            append(log, 1, [UInt8](repeating: UInt8(index), count: 1000))
            log.flush()
        }
        try disk.remove(LogTests.firstFile)
        #expect(throws: LogOpenError.self) { try open(disk) }
        #expect(disk.exists("log/0000000000000001"))
    }

    @Test func anotherTimelineIsRefused() throws {
        let disk = SimulatedDisk(seed: 1)
        let (log, _) = try open(disk)
        append(log, 1, [1])
        log.flush()
        #expect(throws: LogOpenError.self) { try open(disk, timeline: 2) }
        #expect(try open(disk).records.count == 1)
    }

    /// A flush over two files of which the second part was lost: the record between them is dropped,
    /// and what is written later is not taken for its end.
    @Test func aRecordCutOffBetweenFilesIsDropped() throws {
        for seed in 0..<40 as Range<UInt64> {
            let disk = SimulatedDisk(seed: seed)
            var acknowledged: [Record] = []
            do {
                let (log, _) = try open(disk)
                acknowledged.append(append(log, 1, [UInt8](repeating: 1, count: 2000)))
                log.flush()
                for index in 2..<6 as Range<UInt8> {
                    append(log, index, [UInt8](repeating: index, count: 1000))
                }
                disk.plan(.powerCut, inOperations: Int(2 + seed % 5))
                log.flush()
                #expect(log.hasFailed)
            }
            disk.restart()
            do {
                let (log, records) = try open(disk)
                #expect(records.starts(with: acknowledged), "seed \(seed)")
                acknowledged = records
                for index in 12..<16 as Range<UInt8> {
                    acknowledged.append(
                        append(log, index, [UInt8](repeating: index, count: 1000)))
                    log.flush()
                }
            }
            disk.restart()
            let last = try open(disk)
            #expect(last.records == acknowledged, "seed \(seed)")
        }
    }

    @Test func aTornTailIsCleared() throws {
        for seed in 0..<20 as Range<UInt64> {
            let disk = SimulatedDisk(seed: seed)
            let (log, _) = try open(disk)
            let kept = append(log, 1, [1])
            log.flush()
            append(log, 2, [UInt8](repeating: 2, count: 3000))
            disk.plan(.tear, inOperations: 1)
            log.flush()
            disk.restart()
            #expect(try open(disk).records == [kept])
            let end = 32 + Int(kept.end.rawValue)
            let rest = try #require(disk.bytes(of: LogTests.firstFile)).dropFirst(end)
            #expect(rest.allSatisfy { $0 == 0 }, "seed \(seed)")
        }
    }

    @Test func waitersWakeWhenTheirPositionIsDurable() throws {
        let disk = SimulatedDisk(seed: 1)
        let (log, _) = try open(disk)
        let record = append(log, 1, [1, 2, 3])
        Thread.start(name: "syncer") { log.runSyncer() }
        try log.waitDurable(record.end, waiter: Waiter())
        #expect(log.durablePosition >= record.end)
        log.stopSyncer()
    }
}
