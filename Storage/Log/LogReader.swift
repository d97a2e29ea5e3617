internal import Base
internal import Glibc
internal import System

/// Reads the log from its first file, or from a mark: checks every batch, hands out the records, and finds the end.
struct LogReader {
    /// Where writing goes on.
    struct End {
        var position: LogPosition
        var fileIndex: Int
        var fileOffset: Int
        /// Where the file's batches begin that no later batch calls durable: they were read, but
        /// perhaps only from the system's cache.
        var unprovenOffset: Int
    }
    typealias Replay = (UInt8, UnsafeRawBufferPointer, LogPosition) -> Void

    private let fileSystem: FileSystem
    private let directory: String
    /// Bytes of the record stream not yet handed out: the start of a record that spans batches.
    private var pending: [UInt8] = []
    private var position: LogPosition
    private let timeline: UInt32
    private let mark: LogMark
    /// What the last good batch called durable.
    private var durable: LogPosition
    /// The good batches of the file that was read last.
    private var batches: [(start: LogPosition, offset: Int)] = []
    /// Where the batches of each file that was read end.
    private(set) var ends: [(fileIndex: Int, offset: Int)] = []
    /// Set where a good batch of another timeline ends the reading.
    private var foreignTimeline: UInt32?

    init(fileSystem: FileSystem, directory: String, timeline: UInt32, from mark: LogMark) {
        self.mark = mark
        position = mark.position
        durable = mark.position
        self.fileSystem = fileSystem
        self.directory = directory
        self.timeline = timeline
    }

    /// `replay` gets kind, payload and the end position of each record, in order.
    mutating func readAll(_ replay: Replay) throws(LogOpenError) -> End {
        var end = End(
            position: mark.position, fileIndex: mark.fileIndex, fileOffset: mark.fileOffset,
            unprovenOffset: mark.fileOffset)
        try checkMark()
        var index = mark.fileIndex
        while fileSystem.exists(path(index)) {
            let bytes = try contents(index)
            let before = batches
            batches = []
            let first = index == mark.fileIndex ? mark.fileOffset : 0
            let offset = bytes.withUnsafeBytes { readFile($0, from: first, replay) }
            if let foreignTimeline {
                throw .corruption(
                    LogCorruption(
                        path: path(index), offset: offset,
                        reason: "the batch is of timeline \(foreignTimeline)"))
            }
            if offset == 0, index > mark.fileIndex {
                batches = before
                break
            }
            ends.append((index, offset))
            end.position = position
            end.fileIndex = index
            end.fileOffset = offset
            index += 1
        }
        end.unprovenOffset = batches.first { $0.start >= durable }?.offset ?? end.fileOffset
        try checkNothingDurableFollows(end)
        return end
    }

    /// A mark's file is there and goes up to it at the least.
    private func checkMark() throws(LogOpenError) {
        if mark == .start { return }
        var reason: String?
        if !fileSystem.exists(path(mark.fileIndex)) {
            reason = "the file is missing"
        } else if try contents(mark.fileIndex).count < mark.fileOffset {
            reason = "the file ends too early"
        }
        if let reason {
            throw .corruption(
                LogCorruption(path: path(mark.fileIndex), offset: mark.fileOffset, reason: reason))
        }
    }

    /// Makes the end fit to be appended to. Writes the unproven batches again: a sync that failed
    /// may have left them in the system's cache alone, where later syncs would pass over them.
    /// Clears what lies behind the end: whole batches of a flush whose beginning was torn would
    /// otherwise go on with the log, once something of the beginning's size has been written there.
    func makeEndSafe(_ end: End) throws(LogOpenError) {
        do throws(FileError) {
            if fileSystem.exists(path(end.fileIndex)) { try rewrite(end) }
            for index in try indexes(from: end.fileIndex + 1) {
                try fileSystem.remove(path(index))
            }
        } catch {
            throw .file(error)
        }
    }

    private func rewrite(_ end: End) throws(FileError) {
        let file = try fileSystem.open(path(end.fileIndex), creating: false)
        let tail = UnsafeMutableRawBufferPointer.allocate(
            byteCount: max(try file.sizeBytes - end.unprovenOffset, 0), alignment: 16)
        defer { tail.deallocate() }
        var used = try file.read(into: tail, at: end.unprovenOffset)
        while used > 0, tail[used - 1] == 0 { used -= 1 }
        // A last batch may end in zeros.
        let goodCount = end.fileOffset - end.unprovenOffset
        used = min(max(used, goodCount), tail.count)
        if used == 0 { return }
        let torn = UnsafeMutableRawBufferPointer(rebasing: tail[min(goodCount, used)..<used])
        torn.initializeMemory(as: UInt8.self, repeating: 0)
        try file.write(
            UnsafeRawBufferPointer(rebasing: tail[..<used]), at: end.unprovenOffset)
        try file.sync()
    }

    func path(_ index: Int) -> String { directory + "/" + LogFormat.fileName(index) }
    func exists(_ index: Int) -> Bool { fileSystem.exists(path(index)) }

    func contents(_ index: Int) throws(LogOpenError) -> [UInt8] {
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
        _ file: UnsafeRawBufferPointer, from first: Int, _ replay: Replay
    ) -> Int {
        var offset = first
        while let header = header(file, at: offset), header.start == position,
            let payload = payload(file, at: offset, header)
        {
            if header.timeline != timeline {
                foreignTimeline = header.timeline
                break
            }
            if !header.isContinuation { pending.removeAll(keepingCapacity: true) }
            durable = header.durable
            batches.append((start: header.start, offset: offset))
            consume(payload, replay)
            position = LogPosition(position.rawValue + UInt64(payload.count))
            offset += LogFormat.batchHeaderSizeBytes + payload.count
        }
        return offset
    }

    /// A whole, undamaged batch.
    func batch(
        _ file: UnsafeRawBufferPointer, at offset: Int
    ) -> (start: LogPosition, payload: UnsafeRawBufferPointer)? {
        guard let header = header(file, at: offset), let payload = payload(file, at: offset, header)
        else { return nil }
        return (header.start, payload)
    }

    /// The payload of a whole, undamaged batch; nil otherwise.
    private func payload(
        _ file: UnsafeRawBufferPointer, at offset: Int, _ header: Header
    ) -> UnsafeRawBufferPointer? {
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
        var isContinuation: Bool
        var timeline: UInt32
        var start: LogPosition
        var durable: LogPosition
    }

    private func header(_ file: UnsafeRawBufferPointer, at offset: Int) -> Header? {
        guard offset + LogFormat.batchHeaderSizeBytes <= file.count else { return nil }
        var reader = ByteReader(UnsafeRawBufferPointer(rebasing: file[offset...]))
        guard reader.read(littleEndian: UInt32.self) == LogFormat.magic,
            let checksum = reader.read(littleEndian: UInt32.self),
            let size = reader.read(littleEndian: UInt32.self),
            let timeline = reader.read(littleEndian: UInt32.self),
            let start = reader.read(littleEndian: UInt64.self),
            let durable = reader.read(littleEndian: UInt64.self)
        else { return nil }
        return Header(
            checksum: checksum, payloadSize: Int(size & ~LogFormat.continuationFlag),
            isContinuation: size & LogFormat.continuationFlag != 0, timeline: timeline,
            start: LogPosition(start), durable: LogPosition(durable))
    }

    private mutating func consume(
        _ payload: UnsafeRawBufferPointer,
        _ replay: Replay
    ) {
        if pending.isEmpty {
            let used = consumeRecords(payload, base: position, replay)
            pending = [UInt8](payload[used...])
            return
        }
        let base = LogPosition(position.rawValue - UInt64(pending.count))
        pending += payload
        let needed = pending.withUnsafeBytes { bytes -> Int in
            if bytes.count < LogFormat.recordHeaderSizeBytes { return bytes.count + 1 }
            let size = UInt32(littleEndian: bytes.loadUnaligned(as: UInt32.self))
            return LogFormat.recordHeaderSizeBytes + Int(size)
        }
        if pending.count < needed { return }
        var all: [UInt8] = []
        swap(&all, &pending)
        let used = all.withUnsafeBytes { consumeRecords($0, base: base, replay) }
        pending = [UInt8](all[used...])
    }

    private mutating func consumeRecords(
        _ bytes: UnsafeRawBufferPointer, base: LogPosition,
        _ replay: Replay
    ) -> Int {
        var offset = 0
        while bytes.count - offset >= LogFormat.recordHeaderSizeBytes {
            let word = bytes.loadUnaligned(fromByteOffset: offset, as: UInt32.self)
            let size = Int(UInt32(littleEndian: word))
            let end = offset + LogFormat.recordHeaderSizeBytes + size
            if end > bytes.count { break }
            let payload = UnsafeRawBufferPointer(
                rebasing: bytes[offset + LogFormat.recordHeaderSizeBytes..<end])
            replay(bytes[offset + 4], payload, LogPosition(base.rawValue + UInt64(end)))
            offset = end
        }
        return offset
    }

    /// A batch behind the end that calls more durable than the end is proof of damage before it.
    private func checkNothingDurableFollows(_ end: End) throws(LogOpenError) {
        let indexes: [Int]
        do throws(FileError) {
            indexes = try self.indexes(from: end.fileIndex)
        } catch {
            throw .file(error)
        }
        if let first = indexes.first, first != end.fileIndex {
            throw .corruption(
                LogCorruption(path: path(end.fileIndex), offset: 0, reason: "the file is missing"))
        }
        // Nil behind a file that is missing: it held nobody knows how much.
        var skipped: Int? = 0
        for (number, index) in indexes.enumerated() {
            if index != end.fileIndex + number { skipped = nil }
            let bytes = try contents(index)
            let offset = index == end.fileIndex ? end.fileOffset : 0
            let durable = bytes.withUnsafeBytes {
                durableMax($0, from: offset, behind: end, bytesBefore: skipped)
            }
            skipped = skipped.map { $0 + bytes.count - offset }
            if durable > end.position {
                let place = try damagedPlace(end, fileMax: indexes.last ?? end.fileIndex)
                throw .corruption(
                    LogCorruption(
                        path: path(place.fileIndex), offset: place.offset,
                        reason: "a later batch says that it was durable up to \(durable)"))
            }
        }
    }

    /// Where the damage is: behind the last good batch, or, if its file is written to the end, at
    /// the start of the next one.
    private func damagedPlace(
        _ end: End, fileMax: Int
    ) throws(LogOpenError) -> (fileIndex: Int, offset: Int) {
        if fileMax > end.fileIndex {
            let rest = try contents(end.fileIndex).dropFirst(end.fileOffset)
            let crumb = LogFormat.batchHeaderSizeBytes + LogFormat.crumbSizeBytes
            if rest.count < crumb, rest.allSatisfy({ $0 == 0 }) { return (end.fileIndex + 1, 0) }
        }
        return (end.fileIndex, end.fileOffset)
    }

    /// The log's files from the mark's on.
    func indexes() throws(FileError) -> [Int] { try indexes(from: mark.fileIndex) }

    /// The log's files from `first` on.
    private func indexes(from first: Int) throws(FileError) -> [Int] {
        try fileSystem.list(directory).compactMap { name in
            name.utf8.count == 16 ? Int(name, radix: 16) : nil
        }.filter { $0 >= first }
    }

    /// The furthest position that a good batch at or after `offset` calls durable. Behind damage
    /// nobody knows where batches start: every byte may be one. But it may as well be a row that
    /// holds a batch, of another log perhaps: that one does not fit its place.
    /// - Parameter bytesBefore: from the end to `offset`, of the files between; nil: unknown.
    private func durableMax(
        _ file: UnsafeRawBufferPointer, from offset: Int, behind end: End, bytesBefore: Int?
    ) -> LogPosition {
        var result = LogPosition.zero
        var at = offset
        guard let base = file.baseAddress else { return result }
        let first = Int32(LogFormat.magic & 0xFF)
        while at < file.count, let found = memchr(base + at, first, file.count - at) {
            at = UnsafeRawPointer(found) - base
            if let header = header(file, at: at),
                fits(
                    header, behind: end, distance: bytesBefore.map { $0 + at - offset },
                    isSameFile: bytesBefore == 0),
                payload(file, at: at, header) != nil
            {
                result = max(result, header.durable)
            }
            at += 1
        }
        return result
    }

    /// True if a batch `distance` bytes behind the end can have that start: as many bytes of records
    /// lie in between, less at least one header. In one file nothing else does.
    private func fits(
        _ header: Header, behind end: End, distance: Int?, isSameFile: Bool
    ) -> Bool {
        guard header.start > end.position, header.durable <= header.start,
            header.timeline == timeline
        else { return false }
        guard let distance else { return true }
        let headers = UInt64(distance).subtractingReportingOverflow(
            header.start.rawValue - end.position.rawValue)
        if headers.overflow || headers.partialValue == 0 { return false }
        return !isSameFile || headers.partialValue % UInt64(LogFormat.batchHeaderSizeBytes) == 0
    }
}
