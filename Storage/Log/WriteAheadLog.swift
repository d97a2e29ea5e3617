public import Base
internal import Synchronization
public import System

/// The node's write-ahead log: records go into memory under one latch, and batches of them to disk
/// (format: `LogFormat`). One sync serves all that was appended before it: group commit.
///
/// Any thread may append and flush. A failed write or sync is final: what the disk holds is not
/// known, so nothing is acknowledged any more and `onFailure` stops the process. Only a write that
/// finds the disk full is made again, at the same place, until there is room: until then nothing more
/// becomes durable. `isFull` says so before it comes to that: the next file could not be made, while
/// the present one has room yet for those who have begun.
public final class WriteAheadLog: @unchecked Sendable {
    // Safe to share: `buffer`, `end`, `failed` and the waiters are used under `latch`, the file
    // state under `flushLock`, `durable` is atomic.

    private let fileSystem: FileSystem
    private let directory: String
    private let fileSizeBytes: Int
    private let timeline: UInt32

    private let latch = Lock()
    // Unchecked, as `end`: under the latch.
    // Both buffers begin with the room of a batch header.
    @exclusivity(unchecked) private var buffer = ByteBuffer(capacityBytes: 256 << 10)
    /// The buffer has outgrown `bufferSizeBytesSoon`, and the syncer knows.
    @exclusivity(unchecked) private var hasAskedForFlush = false
    /// End of everything appended.
    @exclusivity(unchecked) private var end: LogPosition
    private let failed = Atomic<Bool>(false)
    /// A write or sync has failed: nothing is acknowledged any more.
    public var hasFailed: Bool { failed.load(ordering: .acquiring) }
    private struct WaitingSession {
        var position: LogPosition
        var waiter: Waiter
    }
    private var waiting: [WaitingSession] = []
    private var wakeups: [@Sendable (LogPosition) -> Void] = []

    /// The syncer is asked to flush a buffer of this size.
    private static let bufferSizeBytesSoon = 1 << 20
    /// Whoever fills the buffer to this size flushes it before going on.
    private static let bufferSizeBytesMax = 16 << 20

    private let flushLock = Lock()
    private var flushing = ByteBuffer(capacityBytes: 256 << 10)
    private var file: File
    private var fileIndex: Int
    private var fileOffset: Int
    private var hasAskedForFile = false

    /// Held while the next file is made or taken into use; after `flushLock`, where both are.
    private let prepareLock = Lock()
    /// The file that was filled with zeros last; the syncer's own.
    private var preparedIndex = -1

    private let durable: Atomic<UInt64>
    /// A flush that the disk had no room for: up to where it goes, and what of `flushing` is written.
    /// Under `flushLock`.
    private var stalled: (target: LogPosition, done: Int)?
    private let hasNoRoom = Atomic<Bool>(false)
    /// The disk is full: who has not begun to write does not begin.
    @inline(__always)
    public var isFull: Bool { hasNoRoom.load(ordering: .relaxed) }

    private let syncerLock = Lock()
    private let syncerCondition = Condition()
    private var isSyncWanted = false
    private var isStopping = false

    /// Called once, by the thread that met the failure, after which the log refuses everything.
    public var onFailure: @Sendable (FileError) -> Void = { error in
        fatalError("PANIC: \(error)")
    }

    /// Opens or creates the log in `directory` and replays its records from `mark` on.
    public init(
        fileSystem: FileSystem, directory: String, timeline: UInt32 = 1,
        fileSizeBytes: Int = LogFormat.fileSizeBytes, from mark: LogMark = .start,
        replay: (UInt8, UnsafeRawBufferPointer, LogPosition) -> Void
    ) throws(LogOpenError) {
        self.fileSystem = fileSystem
        self.directory = directory
        self.fileSizeBytes = fileSizeBytes
        self.timeline = timeline
        var reader = LogReader(
            fileSystem: fileSystem, directory: directory, timeline: timeline, from: mark)
        do throws(FileError) {
            try fileSystem.makeDirectory(directory)
            try fileSystem.syncDirectory(WriteAheadLog.parent(of: directory))
        } catch {
            throw .file(error)
        }
        let stop = try reader.readAll(replay)
        try reader.makeEndSafe(stop)
        _ = buffer.skip(LogFormat.batchHeaderSizeBytes)
        _ = flushing.skip(LogFormat.batchHeaderSizeBytes)
        end = stop.position
        fileIndex = stop.fileIndex
        fileOffset = stop.fileOffset
        durable = Atomic(stop.position.rawValue)
        do throws(FileError) {
            file = try WriteAheadLog.prepare(fileSystem, directory, stop.fileIndex, fileSizeBytes)
            try fileSystem.syncDirectory(directory)
        } catch {
            throw .file(error)
        }
    }

    private static func parent(of path: String) -> String {
        guard let slash = path.lastIndex(of: "/") else { return "." }
        return slash == path.startIndex ? "/" : String(path[..<slash])
    }

    private static func prepare(
        _ fileSystem: FileSystem, _ directory: String, _ index: Int, _ size: Int
    ) throws(FileError) -> File {
        let path = directory + "/" + LogFormat.fileName(index)
        let file = try fileSystem.open(path, creating: true)
        try file.zeroFill(to: size)
        try file.sync()
        return file
    }

    // MARK: Positions

    /// Everything below is on disk.
    public var durablePosition: LogPosition { LogPosition(durable.load(ordering: .acquiring)) }
    public var endPosition: LogPosition { latch.withLock { end } }

    // MARK: Appending

    /// Appends one record; `body` writes its payload and runs under the log's latch, as does
    /// `then`, which gets the record's end position: state that must change together with the log.
    @inline(__always)
    @discardableResult
    public func append(
        kind: UInt8, _ body: (inout ByteBuffer) -> Void, then: (LogPosition) -> Void = { _ in }
    ) -> LogPosition {
        latch.lock()
        let start = buffer.count
        _ = buffer.skip(4)
        buffer.append(kind)
        body(&buffer)
        let size = buffer.count - start
        buffer.overwrite(
            littleEndian: UInt32(size - LogFormat.recordHeaderSizeBytes), at: start)
        end = LogPosition(end.rawValue + UInt64(size))
        let position = end
        then(position)
        let count = buffer.count
        latch.unlock()
        if count > WriteAheadLog.bufferSizeBytesSoon { flushLargeBuffer(count) }
        return position
    }

    @inline(never)
    private func flushLargeBuffer(_ count: Int) {
        if count > WriteAheadLog.bufferSizeBytesMax {
            flush()
            return
        }
        let isFirst = latch.withLock {
            defer { hasAskedForFlush = true }
            return !hasAskedForFlush
        }
        if isFirst { requestFlush() }
    }

    // MARK: Flushing

    /// Makes everything appended so far durable, on this thread.
    /// - Returns: false: the disk is full, or has failed.
    @discardableResult
    public func flush() -> Bool {
        flushLock.lock()
        defer { flushLock.unlock() }
        return flushLocked()
    }

    /// Makes everything below `position` durable; who waited for another thread's flush may find
    /// that it is.
    public func flush(upTo position: LogPosition) {
        if durablePosition >= position { return }
        flushLock.lock()
        if durablePosition < position { _ = flushLocked() }
        flushLock.unlock()
    }

    /// Asks the syncer thread for a flush.
    public func requestFlush() {
        syncerLock.withLock {
            isSyncWanted = true
            syncerCondition.signal()
        }
    }

    /// Flushes, and says where that has ended; nil: the disk is full, or has failed.
    public func mark() -> LogMark? {
        flushLock.withLock {
            if !flushLocked() { return nil }
            return LogMark(
                position: durablePosition, fileIndex: fileIndex, fileOffset: fileOffset)
        }
    }

    /// Removes the files before that of a mark: nobody reads them any more.
    public func removeFiles(before mark: LogMark) throws(FileError) {
        for name in try fileSystem.list(directory) where name.utf8.count == 16 {
            guard let index = Int(name, radix: 16), index < mark.fileIndex else { continue }
            try fileSystem.remove(directory + "/" + name)
        }
    }

    /// What stands beside the log cannot be made durable: nothing is acknowledged any more.
    public func fail(_ error: FileError) {
        failed.store(true, ordering: .releasing)
        onFailure(error)
    }

    private func flushLocked() -> Bool {
        if stalled != nil, !finishFlush() { return false }
        latch.lock()
        if hasFailed || buffer.count == LogFormat.batchHeaderSizeBytes {
            latch.unlock()
            return !hasFailed
        }
        swap(&buffer, &flushing)
        hasAskedForFlush = false
        stalled = (end, LogFormat.batchHeaderSizeBytes)
        latch.unlock()
        return finishFlush()
    }

    /// Writes what `flushing` has yet and makes it durable.
    private func finishFlush() -> Bool {
        guard let (target, start) = stalled, !hasFailed else { return false }
        var done = start
        do throws(FlushError) {
            try write(from: &done, endingAt: target)
        } catch {
            switch error {
            case .full:
                stalled = (target, done)
                hasNoRoom.store(true, ordering: .relaxed)
                // The syncer tries again until there is room.
                requestFlush()
            case .final(let error): fail(error)
            }
            return false
        }
        stalled = nil
        flushing.removeAll(keeping: WriteAheadLog.bufferSizeBytesMax)
        _ = flushing.skip(LogFormat.batchHeaderSizeBytes)
        if fileOffset > fileSizeBytes / 2, !hasAskedForFile {
            hasAskedForFile = true
            requestFlush()
        }
        durable.store(target.rawValue, ordering: .releasing)
        wakeWaiting(target)
        return true
    }

    /// Why a flush has not come to its end.
    private enum FlushError: Error {
        /// What is written is there, the rest may be written when there is room.
        case full(FileError)
        case final(FileError)

        init(_ error: FileError) { self = error.isDiskFull ? .full(error) : .final(error) }
    }

    /// Writes the bytes of `flushing` behind `done` as one batch, or several where the file ends.
    private func write(from done: inout Int, endingAt target: LogPosition) throws(FlushError) {
        let headerSize = LogFormat.batchHeaderSizeBytes
        let total = flushing.count
        while done < total {
            let room = fileSizeBytes - fileOffset - headerSize
            // A crumb of room is left empty.
            if room < LogFormat.crumbSizeBytes, total - done > room {
                try nextFile()
                continue
            }
            let size = min(room, total - done)
            let start = LogPosition(target.rawValue - UInt64(total - done))
            try writeBatch(at: done, size: size, start: start)
            done += size
        }
        try sync()
    }

    /// A sync that has failed is final, for want of room as well: what it did not write may be lost.
    private func sync() throws(FlushError) {
        do throws(FileError) { try file.sync() } catch { throw .final(error) }
    }

    /// Writes `size` bytes of `flushing`, behind a header that takes the place of what is before
    /// them: nothing, or what is written already.
    private func writeBatch(at begin: Int, size: Int, start: LogPosition) throws(FlushError) {
        let header = begin - LogFormat.batchHeaderSizeBytes
        let flag = header > 0 ? LogFormat.continuationFlag : 0
        flushing.overwrite(littleEndian: LogFormat.magic, at: header)
        flushing.overwrite(littleEndian: UInt32(size) | flag, at: header + 8)
        flushing.overwrite(littleEndian: timeline, at: header + 12)
        flushing.overwrite(littleEndian: start.rawValue, at: header + 16)
        flushing.overwrite(
            littleEndian: durable.load(ordering: .relaxed), at: header + 24)
        let checksum = flushing.withBytes { bytes in
            crc32c(UnsafeRawBufferPointer(rebasing: bytes[header + 8..<begin + size]))
        }
        flushing.overwrite(littleEndian: checksum, at: header + 4)
        try flushing.withBytes { bytes throws(FlushError) in
            let batch = UnsafeRawBufferPointer(rebasing: bytes[header..<begin + size])
            do throws(FileError) { try file.write(batch, at: fileOffset) } catch {
                throw FlushError(error)
            }
        }
        fileOffset += LogFormat.batchHeaderSizeBytes + size
    }

    private func nextFile() throws(FlushError) {
        try sync()
        prepareLock.lock()
        defer { prepareLock.unlock() }
        // Without zeros if the syncer has not got round to it: a bulk load is faster than that.
        let path = directory + "/" + LogFormat.fileName(fileIndex + 1)
        let next: File
        do throws(FileError) { next = try fileSystem.open(path, creating: true) } catch {
            throw FlushError(error)
        }
        do throws(FileError) { try fileSystem.syncDirectory(directory) } catch {
            throw .final(error)
        }
        file = next
        fileIndex += 1
        fileOffset = 0
        hasAskedForFile = false
    }

    /// Fills the file after the present one with zeros, once the present one is half full, and finds out
    /// whether the disk has room for it. On the syncer's thread, beside flushes.
    func prepareNextFile() {
        let (index, offset, isStalled) = flushLock.withLock { (fileIndex, fileOffset, stalled != nil) }
        guard offset > fileSizeBytes / 2, preparedIndex != index + 1 else {
            if isFull, !isStalled { hasNoRoom.store(false, ordering: .relaxed) }
            return
        }
        prepareLock.lock()
        defer { prepareLock.unlock() }
        // A flush may have moved on meanwhile: its file is not to be touched. `fileIndex` changes
        // under both locks, so that either suffices to read it.
        guard fileIndex == index else { return }
        preparedIndex = index + 1
        do throws(FileError) {
            _ = try WriteAheadLog.prepare(fileSystem, directory, index + 1, fileSizeBytes)
            if !isStalled { hasNoRoom.store(false, ordering: .relaxed) }
        } catch {
            // Only a preparation: of what is wrong otherwise, the flush that needs the file hears.
            preparedIndex = index
            if error.isDiskFull { hasNoRoom.store(true, ordering: .relaxed) }
        }
    }

    // MARK: Waiting

    func addWaiting(_ position: LogPosition, _ waiter: Waiter) {
        latch.withLock { waiting.append(WaitingSession(position: position, waiter: waiter)) }
    }

    func addWakeup(_ wake: @escaping @Sendable (LogPosition) -> Void) {
        latch.withLock { wakeups.append(wake) }
    }

    private func wakeWaiting(_ position: LogPosition) {
        let (ready, calls) = latch.withLock {
            let ready = waiting.filter { $0.position <= position }
            if !ready.isEmpty { waiting.removeAll { $0.position <= position } }
            return (ready, wakeups)
        }
        for session in ready { session.waiter.wake() }
        for call in calls { call(position) }
    }

    func waitForRequest() -> Bool {
        syncerLock.lock()
        defer { syncerLock.unlock() }
        if isFull {
            // Whoever asks meanwhile waits for room as well.
            let soon = Instant.now().advanced(byMilliseconds: WriteAheadLog.fullDiskMilliseconds)
            while !isStopping, syncerCondition.wait(syncerLock, until: soon) {}
        } else {
            while !isSyncWanted, !isStopping { syncerCondition.wait(syncerLock) }
        }
        isSyncWanted = false
        return !isStopping
    }
    /// So often a full disk is tried again.
    private static let fullDiskMilliseconds = 100

    /// Lets `runSyncer` return after a last flush.
    public func stopSyncer() {
        syncerLock.withLock {
            isStopping = true
            syncerCondition.broadcast()
        }
    }
}
