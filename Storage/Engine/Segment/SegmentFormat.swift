internal import Base
internal import System

/// Segment files: immutable, sorted runs of rows. `Storage/FORMAT.md` draws them.
///
///     file:    | header | section | section | …
///     section: | rows | rows | … | index | bloom | footer |       of one generation
///     header:  | "OSEG" 4 | format version 4 | file number 8 | zero 4 | CRC32C 4 |
///     piece:   | CRC32C 4 | kind 1 | codec 1 | zero 2 | stored size 4 | raw size 4 | position 8 |
///              | stored bytes |
///
/// Everything behind the header is a piece. Its checksum covers all that is behind it, begins with
/// the file's number, and the piece names its own position: what lies in another place, or was
/// another file's, is not taken for good.
enum SegmentFormat {
    static let magic: UInt32 = 0x4745_534F  // "OSEG"
    static let version: UInt32 = 1
    static let headerSizeBytes = 24
    static let pieceHeaderSizeBytes = 24
    /// So many bytes of rows make a block, before compression; a larger row has one of its own.
    static let blockSizeBytes = 32 << 10
    /// A file of more gets no further section.
    static let fileSizeBytesMin = 64 << 20

    enum PieceKind: UInt8 {
        case rows = 1
        case index = 2
        case bloom = 3
        case footer = 4
    }

    enum Codec: UInt8 {
        case none = 0
        case lz4 = 1
    }

    static func fileName(_ number: UInt64) -> String {
        let digits = String(number, radix: 16, uppercase: true)
        return String(repeating: "0", count: 16 - digits.count) + digits + ".segment"
    }

    /// The number of a segment file; nil for other names.
    static func fileNumber(_ name: String) -> UInt64? {
        let suffix = ".segment"
        guard name.hasSuffix(suffix), name.utf8.count == 16 + suffix.utf8.count else { return nil }
        return UInt64(name.dropLast(suffix.count), radix: 16)
    }

    static func checksum(_ bytes: UnsafeRawBufferPointer, fileNumber: UInt64) -> UInt32 {
        crc32c(bytes, seed: UInt32(truncatingIfNeeded: fileNumber))
    }

    /// XX001, with the file and where in it.
    static func damage(_ path: String, at offset: Int, _ reason: String) -> SQLError {
        SQLError(
            .dataCorrupted, "segment file \"\(path)\" is damaged at offset \(offset): \(reason)")
    }
}

/// Where a section is, and what is to be known of it before it is read: what the manifest keeps.
struct SegmentPlace: Equatable, Sendable {
    var generation: GenerationID
    var fileNumber: UInt64
    /// Of the footer's piece.
    var footerOffset: UInt64
    var footerSizeBytes: UInt64
    /// All pieces together.
    var sizeBytes: UInt64
    var keyCount: UInt64
    /// The largest key that may be a hidden row id; 0: none.
    var rowIDMax: UInt64
    /// Of the newest commit in it; the largest number if some writer had not ended.
    var newestPosition: UInt64
}
