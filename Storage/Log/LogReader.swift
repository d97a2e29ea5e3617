internal import Base
internal import System

/// Reads the log from its first file: checks every batch, hands out the records, and finds the end.
struct LogReader {
    /// Where writing goes on.
    struct End {
        var position: LogPosition
        var fileIndex: Int
        var fileOffset: Int
    }

    private let fileSystem: FileSystem
    private let directory: String
    private let fileSizeBytes: Int
    /// Bytes of the record stream not yet handed out: the start of a record that spans batches.
    private var pending: [UInt8] = []
    private var position = LogPosition.zero
    /// The end of the last whole record.
    private var recordEnd = LogPosition.zero

    init(fileSystem: FileSystem, directory: String, fileSizeBytes: Int) {
        self.fileSystem = fileSystem
        self.directory = directory
        self.fileSizeBytes = fileSizeBytes
    }

    /// `replay` gets kind, payload and the end position of each record, in order.
    mutating func readAll(
        timeline: UInt32,
        _ replay: (UInt8, UnsafeRawBufferPointer, LogPosition) -> Void
    ) throws(LogOpenError) -> End {
        var end = End(position: .zero, fileIndex: 0, fileOffset: 0)
        var index = 0
        while fileSystem.exists(path(index)) {
            let bytes = try contents(index)
            let offset = bytes.withUnsafeBytes { readFile($0, replay) }
            if offset == 0, index > 0 { break }
            end = End(position: position, fileIndex: index, fileOffset: offset)
            index += 1
        }
        try checkNothingDurableFollows(end)
        // What is left of a record whose end never became durable is dropped with its batch's space.
        return end
    }

    private func path(_ index: Int) -> String { directory + "/" + LogFormat.fileName(index) }

    private func contents(_ index: Int) throws(LogOpenError) -> [UInt8] {
        do throws(FileError) {
            let file = try fileSystem.open(path(index), creating: false)
            let size = try file.sizeBytes
            var bytes = [UInt8](repeating: 0, count: size)
            var failure: FileError?
            bytes.withUnsafeMutableBytes { buffer in
                do throws(FileError) {
                    _ = try file.read(into: buffer, at: 0)
                } catch {
                    failure = error
                }
            }
            if let failure { throw failure }
            return bytes
        } catch {
            throw .file(error)
        }
    }

    /// Returns the offset behind the last good batch.
    private mutating func readFile(
        _ file: UnsafeRawBufferPointer,
        _ replay: (UInt8, UnsafeRawBufferPointer, LogPosition) -> Void
    ) -> Int {
        var offset = 0
        while let payload = goodBatch(file, at: offset, startingAt: position) {
            consume(payload, replay)
            position = LogPosition(position.rawValue + UInt64(payload.count))
            offset += LogFormat.batchHeaderSizeBytes + payload.count
        }
        return offset
    }

    /// The payload of a whole, undamaged batch that continues the stream; nil otherwise.
    private func goodBatch(
        _ file: UnsafeRawBufferPointer, at offset: Int, startingAt start: LogPosition
    ) -> UnsafeRawBufferPointer? {
        guard let header = header(file, at: offset), header.start == start else { return nil }
        let begin = offset + LogFormat.batchHeaderSizeBytes
        guard begin + header.payloadSize <= file.count else { return nil }
        let covered = UnsafeRawBufferPointer(
            rebasing: file[offset + 8..<begin + header.payloadSize])
        guard crc32c(covered) == header.checksum else { return nil }
        return UnsafeRawBufferPointer(rebasing: file[begin..<begin + header.payloadSize])
    }

    private struct Header {
        var checksum: UInt32
        var payloadSize: Int
        var start: LogPosition
        var durable: LogPosition
    }

    private func header(_ file: UnsafeRawBufferPointer, at offset: Int) -> Header? {
        guard offset + LogFormat.batchHeaderSizeBytes <= file.count else { return nil }
        var reader = ByteReader(UnsafeRawBufferPointer(rebasing: file[offset...]))
        guard reader.read(littleEndian: UInt32.self) == LogFormat.magic,
            let checksum = reader.read(littleEndian: UInt32.self),
            let size = reader.read(littleEndian: UInt32.self),
            reader.read(littleEndian: UInt32.self) != nil,
            let start = reader.read(littleEndian: UInt64.self),
            let durable = reader.read(littleEndian: UInt64.self)
        else { return nil }
        return Header(
            checksum: checksum, payloadSize: Int(size), start: LogPosition(start),
            durable: LogPosition(durable))
    }

    private mutating func consume(
        _ payload: UnsafeRawBufferPointer,
        _ replay: (UInt8, UnsafeRawBufferPointer, LogPosition) -> Void
    ) {
        if pending.isEmpty {
            let used = consumeRecords(payload, base: position, replay)
            pending = [UInt8](payload[used...])
            return
        }
        let base = LogPosition(position.rawValue - UInt64(pending.count))
        pending += payload
        let all = pending
        let used = all.withUnsafeBytes { consumeRecords($0, base: base, replay) }
        pending.removeFirst(used)
    }

    private mutating func consumeRecords(
        _ bytes: UnsafeRawBufferPointer, base: LogPosition,
        _ replay: (UInt8, UnsafeRawBufferPointer, LogPosition) -> Void
    ) -> Int {
        var offset = 0
        while bytes.count - offset >= LogFormat.recordHeaderSizeBytes {
            let size = Int(UInt32(littleEndian: bytes.loadUnaligned(fromByteOffset: offset, as: UInt32.self)))
            let end = offset + LogFormat.recordHeaderSizeBytes + size
            if end > bytes.count { break }
            let payload = UnsafeRawBufferPointer(
                rebasing: bytes[offset + LogFormat.recordHeaderSizeBytes..<end])
            recordEnd = LogPosition(base.rawValue + UInt64(end))
            replay(bytes[offset + 4], payload, recordEnd)
            offset = end
        }
        return offset
    }

    /// A batch behind the end that calls more durable than the end is proof of damage before it.
    private func checkNothingDurableFollows(_ end: End) throws(LogOpenError) {
        var index = end.fileIndex
        var offset = end.fileOffset
        while fileSystem.exists(path(index)) {
            let bytes = try contents(index)
            let found: (Int, Header)? = bytes.withUnsafeBytes { file in
                var at = offset
                while at + LogFormat.batchHeaderSizeBytes <= file.count {
                    // Batches start at 8-byte boundaries only by chance: look at every byte.
                    if file[at] == UInt8(truncatingIfNeeded: LogFormat.magic),
                        let header = header(file, at: at), header.start > end.position,
                        goodBatch(file, at: at, startingAt: header.start) != nil
                    {
                        return (at, header)
                    }
                    at += 1
                }
                return nil
            }
            if let (_, header) = found, header.durable > end.position {
                throw .corruption(
                    LogCorruption(
                        path: path(end.fileIndex), offset: end.fileOffset,
                        reason: "a later batch says that it was durable up to \(header.durable)"))
            }
            index += 1
            offset = 0
        }
    }
}
