internal import Base
internal import Log
internal import System

/// What the segments are, and where in the log their rows end: the root of all that is on disk.
///
///     | "OMAN" 4 | format version 4 | payload size 4 | CRC32C 4, of the payload | payload |
///     payload:  | redo position v | log file v | offset in it v | next writer v | generation ceiling v |
///               | next file number v | section count v | sections | writer count v | writers |
///     section:  | generation v | file v | footer offset v | footer size v | size v | keys v | row id v |
///               | newest commit v |
///     writer:   | writer v | what became of it v, as `WriterTable` has it |
///
/// Sections of one generation stand newest first. It is replaced whole: a new one is written and synced
/// under another name and takes the old one's by a rename, so that a crash finds the one or the other.
struct Manifest: Equatable {
    var mark = LogMark.start
    var nextWriter: UInt64 = 1
    var generationCeiling: UInt64 = 0
    var nextFileNumber: UInt64 = 1
    var places: [SegmentPlace] = []
    /// Writers that versions in segments name, because they had not ended when those were written.
    var writers: [(writer: UInt64, word: UInt64)] = []

    private static let magic: UInt32 = 0x4E41_4D4F  // "OMAN"
    private static let version: UInt32 = 1
    private static let headerSizeBytes = 16
    private static let name = "manifest"
    private static let newName = "manifest.new"

    static func == (left: Manifest, right: Manifest) -> Bool {
        left.mark == right.mark && left.nextWriter == right.nextWriter
            && left.generationCeiling == right.generationCeiling
            && left.nextFileNumber == right.nextFileNumber && left.places == right.places
            && left.writers.elementsEqual(right.writers) { $0 == $1 }
    }

    // MARK: Bytes

    func encode(into buffer: inout ByteBuffer) {
        buffer.append(littleEndian: Manifest.magic)
        buffer.append(littleEndian: Manifest.version)
        let sizes = buffer.skip(8)
        for number in [
            mark.position.rawValue, UInt64(mark.fileIndex), UInt64(mark.fileOffset), nextWriter,
            generationCeiling, nextFileNumber, UInt64(places.count),
        ] { buffer.append(varint: number) }
        for place in places {
            for number in [
                place.generation.rawValue, place.fileNumber, place.footerOffset,
                place.footerSizeBytes, place.sizeBytes, place.keyCount, place.rowIDMax,
                place.newestPosition,
            ] { buffer.append(varint: number) }
        }
        buffer.append(varint: UInt64(writers.count))
        for (writer, word) in writers {
            buffer.append(varint: writer)
            buffer.append(varint: word)
        }
        let checksum = buffer.withBytes {
            crc32c(UnsafeRawBufferPointer(rebasing: $0[Manifest.headerSizeBytes...]))
        }
        let payloadSize = UInt32(buffer.count - Manifest.headerSizeBytes)
        buffer.overwrite(littleEndian: payloadSize, at: sizes)
        buffer.overwrite(littleEndian: checksum, at: sizes + 4)
    }

    init() {}

    /// - Throws: XX001 for bytes that `encode` cannot have written, 0A000 for those of another version.
    init(_ bytes: UnsafeRawBufferPointer, path: String) throws(SQLError) {
        func damage(_ reason: String, at offset: Int) -> SQLError {
            SQLError(
                .dataCorrupted, "manifest \"\(path)\" is damaged at offset \(offset): \(reason)")
        }
        var header = ByteReader(bytes)
        guard header.read(littleEndian: UInt32.self) == Manifest.magic,
            let version = header.read(littleEndian: UInt32.self),
            let size = header.read(littleEndian: UInt32.self),
            let checksum = header.read(littleEndian: UInt32.self)
        else { throw damage("its header is wrong", at: 0) }
        if version != Manifest.version {
            throw SQLError(
                .featureNotSupported,
                "manifest \"\(path)\" has format version \(version) at offset 4, this server reads "
                    + "version \(Manifest.version)")
        }
        guard let payload = header.read(byteCount: Int(size)), header.isAtEnd else {
            throw damage("its size is wrong", at: 8)
        }
        if crc32c(payload) != checksum { throw damage("the checksum is wrong", at: 12) }
        var reader = ByteReader(payload)
        func number() throws(SQLError) -> UInt64 {
            guard let value = reader.readVarint() else {
                throw damage("a number is missing", at: bytes.count)
            }
            return value
        }
        func integer() throws(SQLError) -> Int {
            guard let value = Int(exactly: try number()) else {
                throw damage("a number is too large", at: Manifest.headerSizeBytes)
            }
            return value
        }
        mark = LogMark(
            position: LogPosition(try number()), fileIndex: try integer(), fileOffset: try integer())
        nextWriter = try number()
        generationCeiling = try number()
        nextFileNumber = try number()
        for _ in 0..<(try integer()) {
            places.append(
                SegmentPlace(
                    generation: GenerationID(try number()), fileNumber: try number(),
                    footerOffset: try number(), footerSizeBytes: try number(),
                    sizeBytes: try number(), keyCount: try number(), rowIDMax: try number(),
                    newestPosition: try number()))
        }
        for _ in 0..<(try integer()) { writers.append((try number(), try number())) }
    }

    // MARK: Files

    /// The manifest of a directory; nil: it has none.
    static func read(
        _ fileSystem: FileSystem, directory: String
    ) throws(SQLError) -> Manifest? {
        let path = directory + "/" + name
        if !fileSystem.exists(path) { return nil }
        let memory: UnsafeMutableRawBufferPointer
        let count: Int
        do throws(FileError) {
            let file = try fileSystem.open(path, creating: false)
            memory = .allocate(byteCount: max(try file.sizeBytes, 1), alignment: 16)
            count = try file.read(into: memory, at: 0)
        } catch {
            throw error.error("could not read file \"\(path)\"")
        }
        defer { memory.deallocate() }
        return try Manifest(UnsafeRawBufferPointer(rebasing: memory[..<count]), path: path)
    }

    /// What became of an attempt to write a manifest.
    enum Failure: Error {
        /// The old one is in place.
        case old(FileError)
        /// It is not known which one a crash would find.
        case unknown(FileError)
    }

    func write(_ fileSystem: FileSystem, directory: String) throws(Failure) {
        let path = directory + "/" + Manifest.newName
        var buffer = ByteBuffer(capacityBytes: 4096)
        encode(into: &buffer)
        let file: File
        do throws(FileError) {
            if fileSystem.exists(path) { try fileSystem.remove(path) }
            file = try fileSystem.open(path, creating: true)
            try buffer.withBytes { (bytes) throws(FileError) in try file.write(bytes, at: 0) }
        } catch {
            throw .old(error)
        }
        do throws(FileError) {
            try file.sync()
            try fileSystem.rename(path, to: directory + "/" + Manifest.name)
            try fileSystem.syncDirectory(directory)
        } catch {
            throw .unknown(error)
        }
    }
}
