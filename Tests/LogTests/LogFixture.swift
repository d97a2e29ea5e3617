import Base
@testable import Log
import Support
import System

/// A log of small records on a simulated disk.
struct LogFixture {
    struct Record: Equatable {
        var kind: UInt8
        var bytes: [UInt8]
        init(_ kind: UInt8, _ bytes: [UInt8]) {
            self.kind = kind
            self.bytes = bytes
        }
        /// A record of `count` bytes that tells where it came from.
        init(_ number: Int, count: Int) {
            kind = UInt8(truncatingIfNeeded: 1 + number % 100)
            bytes = (0..<count).map { UInt8(truncatingIfNeeded: number &* 31 &+ $0 &* 7 | 1) }
        }
    }

    static let directory = "log"
    let log: WriteAheadLog
    let found: [Record]

    static func path(_ index: Int) -> String { directory + "/" + LogFormat.fileName(index) }

    init(_ disk: SimulatedDisk, fileSizeBytes: Int = 4096) throws(LogOpenError) {
        var records: [Record] = []
        log = try WriteAheadLog(
            fileSystem: disk, directory: LogFixture.directory, fileSizeBytes: fileSizeBytes
        ) { kind, payload, _ in
            records.append(Record(kind, [UInt8](payload)))
        }
        found = records
        log.onFailure = { _ in }
    }

    /// Opens what a power cut leaves.
    static func afterPowerCut(
        _ disk: SimulatedDisk, fileSizeBytes: Int = 4096
    ) throws(LogOpenError) -> LogFixture {
        disk.restart()
        return try LogFixture(disk, fileSizeBytes: fileSizeBytes)
    }

    @discardableResult
    func append(_ record: Record) -> LogPosition {
        log.append(kind: record.kind) { $0.append(contentsOf: record.bytes) }
    }

    /// Each list of records becomes one flush. Returns the records, and the disk afterwards.
    static func disk(
        _ flushes: [[Record]], fileSizeBytes: Int = 4096
    ) throws -> SimulatedDisk {
        let disk = SimulatedDisk(seed: 1)
        let fixture = try LogFixture(disk, fileSizeBytes: fileSizeBytes)
        for records in flushes {
            for record in records { fixture.append(record) }
            fixture.log.flush()
        }
        disk.restart()
        return disk
    }

    /// Where the batches of a file begin and end.
    static func batches(_ file: [UInt8]) -> [Range<Int>] {
        var ranges: [Range<Int>] = []
        var offset = 0
        while offset + 32 <= file.count, Array(file[offset..<offset + 4]) == Array("OLOG".utf8) {
            let size = (0..<4).reduce(0) { $0 | Int(file[offset + 8 + $1]) << (8 * $1) }
            ranges.append(offset..<offset + 32 + size)
            offset += 32 + size
        }
        return ranges
    }

    /// A disk on which `files` are the log, all of it durable.
    static func disk(files: [[UInt8]]) throws -> SimulatedDisk {
        let disk = SimulatedDisk(seed: 1)
        for (index, bytes) in files.enumerated() { disk.setBytes(bytes, of: path(index)) }
        return disk
    }
}
