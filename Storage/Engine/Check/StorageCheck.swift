internal import Base
internal import Log
public import System

/// Reads every byte that the engine has on disk and says what is wrong with it, with file and offset.
/// Nothing is changed, and nothing may be running.
public struct StorageCheck {
    /// What is damaged.
    public private(set) var problems: [String] = []
    /// What a crash may have left, and the next start puts right.
    public private(set) var notes: [String] = []
    public private(set) var fileCount = 0
    public private(set) var blockCount = 0
    public private(set) var keyCount = 0
    public private(set) var recordCount = 0
    /// The log ends with a clean stop.
    public private(set) var wasStoppedCleanly = false

    private let fileSystem: FileSystem
    private let directory: String
    private let segmentDirectory: String

    /// - Parameters:
    ///   - directory: of the log.
    ///   - isStopped: the server is known to have ended in order: then no torn end of the log is
    ///     anything but damage.
    public init(
        _ fileSystem: FileSystem, directory: String, segmentDirectory: String? = nil,
        isStopped: Bool
    ) {
        self.fileSystem = fileSystem
        self.directory = directory
        self.segmentDirectory = segmentDirectory ?? directory + "/segments"
        var manifest: Manifest?
        do throws(SQLError) {
            manifest = try Manifest.read(fileSystem, directory: self.segmentDirectory)
            if manifest != nil { fileCount += 1 }
        } catch {
            // It says where the log begins: nothing else can be looked at without.
            problems.append(error.message)
            return
        }
        do throws(FileError) {
            let end = try checkLog(from: manifest?.mark ?? .start, isStopped: isStopped)
            if let manifest { try checkSegments(manifest, logEnd: end) }
        } catch {
            problems.append(error.description)
        }
    }

    private mutating func checkLog(
        from mark: LogMark, isStopped: Bool
    ) throws(FileError) -> LogPosition {
        var isLastStop = false
        let log = try LogCheck(fileSystem, directory: directory, from: mark) { kind, payload in
            isLastStop =
                kind == EngineRecord.message.rawValue && payload.first == Engine.cleanStopMessage
        }
        wasStoppedCleanly = isLastStop
        recordCount = log.recordCount
        fileCount += log.fileCount
        problems += log.problems.map(\.description)
        if let tail = log.tail {
            // Behind a clean stop nothing is written, and before one everything was made durable.
            if isLastStop || isStopped {
                problems.append(tail.description)
            } else {
                notes.append(
                    "log file \"\(tail.path)\" has a write at offset \(tail.offset) that was not "
                        + "completed: nothing of it was acknowledged")
            }
        } else if isStopped, !isLastStop, log.problems.isEmpty, log.recordCount > 0 {
            problems.append("the log in \"\(directory)\" does not end with the stop of the server")
        }
        return log.problems.isEmpty ? log.end : LogPosition(.max >> 2)
    }

    private mutating func checkSegments(
        _ manifest: Manifest, logEnd: LogPosition
    ) throws(FileError) {
        let places = Dictionary(grouping: manifest.places, by: \.fileNumber)
        let writers = Set(manifest.writers.map(\.writer))
        for number in places.keys.sorted() {
            fileCount += 1
            do throws(SQLError) {
                let file = try SegmentFile(fileSystem, directory: segmentDirectory, number: number)
                var check = SegmentCheck(file, writers: writers, logEnd: logEnd)
                try check.run(places[number] ?? [])
                problems += check.problems
                blockCount += check.blockCount
                keyCount += check.keyCount
            } catch {
                problems.append(error.message)
            }
        }
        for name in try fileSystem.list(segmentDirectory) {
            guard let number = SegmentFormat.fileNumber(name), places[number] == nil else { continue }
            notes.append(
                "segment file \"\(segmentDirectory)/\(name)\" belongs to a checkpoint that did not "
                    + "come to its end")
        }
    }
}
