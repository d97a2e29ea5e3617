public import Base
public import System

/// The write-ahead log on disk.
///
/// The log is one stream of records; a `LogPosition` is a byte offset in that stream. The stream is
/// cut into batches, one for each flush, which lie one behind the other in files of `fileSizeBytes`:
///
///     batch:  | magic 4 | CRC32C 4 | size 4 | timeline 4 | start position 8 | durable 8 | payload |
///     record: | size 4 | kind 1 | payload |
///
/// The checksum covers everything behind it. `durable` is the position that was durable when the
/// batch was written: a damaged batch below a position that a later one calls durable is
/// corruption; at the end of the log it is the torn tail of a flush that was never acknowledged.
/// All integers are little-endian. A batch never crosses the end of a file: a flush that does not
/// fit goes on in the next file with a batch that continues it (a bit of the size), and only there
/// can a record span batches. If the continuation did not become durable, then the next flush does
/// not continue, and the record's beginning is dropped.
public enum LogFormat {
    public static let magic: UInt32 = 0x474F_4C4F  // "OLOG"
    /// In the size: the batch goes on with the flush of the batch before it.
    static let continuationFlag: UInt32 = 1 << 31
    public static let batchHeaderSizeBytes = 32
    public static let recordHeaderSizeBytes = 5
    public static let fileSizeBytes = 16 << 20
    /// Less room than this at the end of a file is left empty.
    static let crumbSizeBytes = 512
    /// A record of more is refused (the largest row is below it).
    public static let recordSizeBytesMax = 1 << 30

    static func fileName(_ index: Int) -> String {
        let digits = String(index, radix: 16, uppercase: true)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }
}

/// A place in the log where a flush has ended: what is before it is durable, and reading may begin there.
public struct LogMark: Equatable, Sendable {
    public var position: LogPosition
    public var fileIndex: Int
    public var fileOffset: Int

    public init(position: LogPosition, fileIndex: Int, fileOffset: Int) {
        self.position = position
        self.fileIndex = fileIndex
        self.fileOffset = fileOffset
    }

    public static let start = LogMark(position: .zero, fileIndex: 0, fileOffset: 0)
}

/// Damage that recovery must not pass over.
public struct LogCorruption: Error, CustomStringConvertible {
    public var path: String
    public var offset: Int
    public var reason: String

    public var description: String {
        "log file \"\(path)\" is damaged at offset \(offset): \(reason)"
    }
}

/// Why the log could not be opened.
public enum LogOpenError: Error, CustomStringConvertible {
    case file(FileError)
    case corruption(LogCorruption)
    /// What stands beside the log: the manifest, segments.
    case storage(SQLError)

    public var description: String {
        switch self {
        case .file(let error): error.description
        case .corruption(let error): error.description
        case .storage(let error): error.message
        }
    }
}
