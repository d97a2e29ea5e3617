import Base
@testable import Log
import Support
import System
import Testing

@Suite struct LogEndTests {
    typealias Record = LogFixture.Record

    /// The bytes of FORMAT.md.
    @Test func goldenBytes() throws {
        let disk = SimulatedDisk(seed: 1)
        let log = try LogFixture(disk)
        #expect(log.append(Record(7, [1, 2, 3])) == LogPosition(8))
        log.log.flush()
        #expect(log.append(Record(2, [0xAA])) == LogPosition(14))
        #expect(log.append(Record(3, [])) == LogPosition(19))
        log.log.flush()
        #expect(log.log.durablePosition == LogPosition(19))
        #expect(LogFixture.path(0) == "log/0000000000000000")
        #expect(LogFixture.path(0x1F) == "log/000000000000001F")
        let file = try #require(disk.bytes(of: LogFixture.path(0)))
        #expect(file.count == 4096)
        let first: [UInt8] =
            Array("OLOG".utf8) + [0xF0, 0x23, 0x4E, 0x93] + [8, 0, 0, 0] + [1, 0, 0, 0]
            + [0, 0, 0, 0, 0, 0, 0, 0] + [0, 0, 0, 0, 0, 0, 0, 0]
            + [3, 0, 0, 0, 7, 1, 2, 3]
        let second: [UInt8] =
            Array("OLOG".utf8) + [0x06, 0x94, 0xB5, 0x72] + [11, 0, 0, 0] + [1, 0, 0, 0]
            + [8, 0, 0, 0, 0, 0, 0, 0] + [8, 0, 0, 0, 0, 0, 0, 0]
            + [1, 0, 0, 0, 2, 0xAA] + [0, 0, 0, 0, 3]
        #expect(Array(file[..<40]) == first)
        #expect(Array(file[40..<83]) == second)
        #expect(file[83...].allSatisfy { $0 == 0 })
    }

    @Test func recordsLargerThanAFile() throws {
        let flushes = [
            [Record(1, count: 5)], [Record(2, count: 20_000)],
            [Record(3, count: 3), Record(4, count: 9_000), Record(5, count: 9_000)],
            [Record(6, count: 0)],
        ]
        let disk = try LogFixture.disk(flushes)
        let log = try LogFixture(disk)
        #expect(log.found == Array(flushes.joined()))
        log.append(Record(7, count: 50_000))
        log.log.flush()
        let next = try LogFixture.afterPowerCut(disk)
        #expect(next.found == Array(flushes.joined()) + [Record(7, count: 50_000)])
    }

    /// A flush of several batches of which only the first ones reached the disk: the last of them
    /// ends within a record. What is appended next is not taken for the rest of that record.
    @Test func aRecordCutByTheEndIsVoid() throws {
        for count in [700, 1500, 3500, 5000, 9000, 13_000] {
            let whole = try LogFixture.disk(
                [[Record(1, count: 5)], [Record(2, count: 30), Record(3, count: count)]],
                fileSizeBytes: 2048)
            var files: [[UInt8]] = []
            while let bytes = whole.bytes(of: LogFixture.path(files.count)) { files.append(bytes) }
            for kept in 1...files.count {
                let disk = try LogFixture.disk(files: Array(files[..<kept]))
                let log = try LogFixture(disk, fileSizeBytes: 2048)
                let before = log.found
                #expect(before.count == (kept == files.count ? 3 : 2))
                log.append(Record(8, count: 11))
                log.log.flush()
                log.append(Record(9, count: 3000))
                log.log.flush()
                let expected = before + [Record(8, count: 11), Record(9, count: 3000)]
                let next = try LogFixture.afterPowerCut(disk, fileSizeBytes: 2048)
                #expect(next.found == expected, "\(kept) files of a record of \(count) bytes")
                #expect(next.log.endPosition == log.log.endPosition)
            }
        }
    }

    /// Batches of an old torn tail lie behind the new end, where a batch of just the size of the
    /// one that was lost would join them to the log again.
    @Test(arguments: [2048, 65536])
    func anOldTornTailNeverJoinsTheLog(_ fileSizeBytes: Int) throws {
        let flushes = (1...6).map { [Record($0, count: 900)] }
        let whole = try LogFixture.disk(flushes, fileSizeBytes: fileSizeBytes)
        var files: [[UInt8]] = []
        while let bytes = whole.bytes(of: LogFixture.path(files.count)) { files.append(bytes) }
        // The third batch is lost, and those behind it say nothing of what was durable.
        let batches = files.enumerated().flatMap { index, bytes in
            LogFixture.batches(bytes).map { (index, $0) }
        }
        for (index, range) in batches.dropFirst(2) {
            for offset in range.lowerBound + 24..<range.lowerBound + 32 { files[index][offset] = 0 }
            LogDamage.seal(&files[index], range)
        }
        let (index, third) = batches[2]
        files[index].replaceSubrange(third, with: [UInt8](repeating: 0, count: third.count))
        let disk = try LogFixture.disk(files: files)
        let log = try LogFixture(disk, fileSizeBytes: fileSizeBytes)
        #expect(log.found == Array(flushes[..<2].joined()))
        log.append(Record(50, count: 900))
        log.log.flush()
        let next = try LogFixture.afterPowerCut(disk, fileSizeBytes: fileSizeBytes)
        #expect(next.found == Array(flushes[..<2].joined()) + [Record(50, count: 900)])
    }

    /// A sync failed, the process ended, the next one found the bytes in the cache: it must not call
    /// them durable before they are.
    @Test func whatAFailedSyncLeftInTheCacheIsWrittenAgain() throws {
        for operation in 1...12 {
            let disk = SimulatedDisk(seed: 1)
            disk.plan(.failure, inOperations: operation)
            guard let first = try? LogFixture(disk) else { continue }
            for number in 1...3 {
                first.append(Record(number, count: 100))
                first.log.flush()
            }
            disk.endProcess()
            let second = try LogFixture(disk)
            let third = try LogFixture.afterPowerCut(disk)
            #expect(third.found == second.found, "operation \(operation)")
        }
    }

    /// Several threads append and flush; the order of the log is the order of positions.
    @Test func threadsAppendAndWait() throws {
        let disk = SimulatedDisk(seed: 1)
        let log = try LogFixture(disk, fileSizeBytes: 16384).log
        let done = Gate()
        let syncer = Gate()
        let written = Positions()
        Thread.start(name: "syncer") {
            log.runSyncer()
            syncer.open()
        }
        for thread in 0..<4 {
            Thread.start(name: "writer") {
                let waiter = Waiter()
                for index in 0..<200 {
                    let number = thread * 1000 + index
                    let position = log.append(kind: UInt8(thread)) {
                        $0.append(littleEndian: UInt32(number))
                        _ = $0.skip(index)
                    }
                    written.add(position, number)
                    if index % 3 == 0 { try! log.waitDurable(position, waiter: waiter) }
                    if index % 5 == 0 { log.flush(upTo: log.endPosition) }
                    if index % 3 == 0, log.durablePosition < position {
                        Issue.record("not durable after the wait")
                    }
                }
                done.open()
            }
        }
        for _ in 0..<4 { done.wait() }
        log.stopSyncer()
        syncer.wait()
        let found = try LogFixture.afterPowerCut(disk, fileSizeBytes: 16384).found
        let numbers = found.map { record in
            record.bytes[..<4].reversed().reduce(0) { $0 << 8 | Int($1) }
        }
        #expect(numbers == written.sorted)
    }
}

enum LogDamage {
    /// Gives a changed batch its right checksum.
    static func seal(_ file: inout [UInt8], _ batch: Range<Int>) {
        let sum = file[(batch.lowerBound + 8)..<batch.upperBound].withUnsafeBytes { crc32c($0) }
        for index in 0..<4 {
            file[batch.lowerBound + 4 + index] = UInt8(truncatingIfNeeded: sum >> (8 * index))
        }
    }
}

final class Positions: @unchecked Sendable {
    // Safe to share: used under its lock.
    private let lock = Lock()
    private var list: [(LogPosition, Int)] = []
    func add(_ position: LogPosition, _ number: Int) {
        lock.withLock { list.append((position, number)) }
    }
    var sorted: [Int] { lock.withLock { list.sorted { $0.0 < $1.0 }.map(\.1) } }
}
