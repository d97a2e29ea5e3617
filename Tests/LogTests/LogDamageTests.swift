import Base
@testable import Log
import Support
import System
import Testing

/// Damage at the end of the log is the torn tail of a flush that nobody was told of; damage before
/// that is never passed over.
@Suite struct LogDamageTests {
    typealias Record = LogFixture.Record

    static let flushes: [[Record]] = [
        [Record(1, count: 10)],
        [Record(2, count: 40), Record(3, count: 0)],
        [Record(4, count: 25)],
        [Record(5, count: 30), Record(6, count: 12)],
    ]

    @Test func lastBatchCutAtEveryLength() throws {
        let disk = try LogFixture.disk(LogDamageTests.flushes)
        let file = try #require(disk.bytes(of: LogFixture.path(0)))
        let last = try #require(LogFixture.batches(file).last)
        let before = Array(LogDamageTests.flushes.dropLast().joined())
        for length in last.indices {
            for rest in [UInt8(0), 0xFF] {
                var torn = file
                for offset in length..<last.upperBound { torn[offset] = rest }
                // A prefix whose lost part was equal to what is there now is whole.
                if torn == file { continue }
                let disk = try LogFixture.disk(files: [torn])
                let log = try LogFixture(disk)
                #expect(log.found == before, "cut at \(length)")
                log.append(Record(9, count: 3))
                log.log.flush()
                disk.restart()
                let next = try LogFixture(disk)
                #expect(next.found == before + [Record(9, count: 3)], "cut at \(length)")
            }
            // The file may also just end there.
            let short = try LogFixture(LogFixture.disk(files: [Array(file[..<length])]))
            #expect(short.found == before)
        }
    }

    @Test func aFlippedBitInAnOlderBatchIsCorruption() throws {
        let disk = try LogFixture.disk(LogDamageTests.flushes)
        let file = try #require(disk.bytes(of: LogFixture.path(0)))
        for batch in LogFixture.batches(file).dropLast() {
            for offset in batch {
                var damaged = file
                damaged[offset] ^= 1 << UInt8(offset % 8)
                let disk = try LogFixture.disk(files: [damaged])
                try expectCorruption(disk, LogFixture.path(0), batch.lowerBound)
                // Nothing was changed: whoever repairs the byte has everything again.
                disk.setBytes(file, of: LogFixture.path(0))
                #expect(try LogFixture(disk).found == Array(LogDamageTests.flushes.joined()))
            }
        }
    }

    @Test func aFlippedBitInTheLastBatchIsATornTail() throws {
        let disk = try LogFixture.disk(LogDamageTests.flushes)
        let file = try #require(disk.bytes(of: LogFixture.path(0)))
        let last = try #require(LogFixture.batches(file).last)
        for offset in last {
            var damaged = file
            damaged[offset] ^= 1 << UInt8(offset % 8)
            let log = try LogFixture(LogFixture.disk(files: [damaged]))
            #expect(log.found == Array(LogDamageTests.flushes.dropLast().joined()))
        }
    }

    @Test func damageIsFoundAcrossFiles() throws {
        let flushes = (0..<12).map { [Record($0, count: 700)] }
        let disk = try LogFixture.disk(flushes, fileSizeBytes: 2048)
        var files: [[UInt8]] = []
        while let bytes = disk.bytes(of: LogFixture.path(files.count)) { files.append(bytes) }
        #expect(files.count >= 4)
        for index in files.indices.dropLast() {
            let batches = LogFixture.batches(files[index])
            for batch in batches {
                var damaged = files
                damaged[index][batch.lowerBound + 40] ^= 4
                try expectCorruption(
                    LogFixture.disk(files: damaged), LogFixture.path(index), batch.lowerBound)
            }
            // A lost file, and a file of zeros.
            var zeroed = files
            zeroed[index] = [UInt8](repeating: 0, count: 2048)
            try expectCorruption(
                LogFixture.disk(files: zeroed), LogFixture.path(index), 0)
            let disk = try LogFixture.disk(files: files)
            try disk.remove(LogFixture.path(index))
            try expectCorruption(disk, LogFixture.path(index), 0)
        }
    }

    /// A row may hold a whole batch, of another log or made up: in a torn tail it proves nothing.
    @Test func aBatchInsideOfATornTailProvesNothing() throws {
        let seed = UInt64.random(in: 0...UInt64.max)
        var random = SeededRandom(seed: seed)
        // Another log, further on than this one, and its batches.
        let other = try LogFixture.disk((0..<40).map { [Record($0, count: 30)] })
        let foreign = try #require(other.bytes(of: LogFixture.path(0)))
        let batch = try #require(LogFixture.batches(foreign).last)
        let garbage = Array("OLOG".utf8) + (0..<60).map { _ in UInt8.random(in: 0...255, using: &random) }
        for inner in [Array(foreign[batch]), garbage, garbage + Array(foreign[batch])] {
            let before = Array(LogDamageTests.flushes.dropLast().joined())
            let payload = [UInt8](repeating: 7, count: 11) + inner
            let last = [Record(1, payload), Record(7, count: 40)]
            let disk = try LogFixture.disk(Array(LogDamageTests.flushes.dropLast()) + [last])
            let file = try #require(disk.bytes(of: LogFixture.path(0)))
            let torn = try #require(LogFixture.batches(file).last)
            #expect(try LogFixture(disk).found == before + last)
            // Its header is lost, a byte of it, or what follows the inner batch.
            let heads = torn.prefix(32).map { $0..<$0 + 1 } + [torn.lowerBound..<torn.lowerBound + 32]
            for lost in heads + [torn.upperBound - 20..<torn.upperBound] {
                var damaged = file
                for offset in lost { damaged[offset] = ~damaged[offset] }
                let log = try LogFixture(LogFixture.disk(files: [damaged]))
                #expect(log.found == before, "lost \(lost), seed \(seed)")
            }
            // The inner batch stands where the torn one stood, or right behind the last good one.
            var shifted = file
            let rest = [UInt8](repeating: 0, count: torn.count - inner.count)
            shifted.replaceSubrange(torn, with: inner + rest)
            #expect(try LogFixture(LogFixture.disk(files: [shifted])).found == before)
        }
    }

    func expectCorruption(_ disk: SimulatedDisk, _ path: String, _ offset: Int) throws {
        do throws(LogOpenError) {
            _ = try LogFixture(disk)
            Issue.record("damage at \(path) \(offset) was passed over")
        } catch {
            guard case .corruption(let corruption) = error else { throw error }
            #expect(corruption.path == path)
            #expect(corruption.offset == offset)
        }
    }
}
