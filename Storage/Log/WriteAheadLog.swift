public import Base
internal import Synchronization
public import System

/// The node's write-ahead log: records go into memory under one latch, and batches of them to disk
/// (format: `LogFormat`). One sync serves all that was appended before it: group commit.
///
/// Any thread may append and flush. A failed write or sync is final: what the disk holds is not
/// known, so nothing is acknowledged any more and `onFailure` stops the process.
public final class WriteAheadLog: @unchecked Sendable {
    // Safe to share: `buffer`, `end`, `failed` and the waiters are used under `latch`, the file
    // state under `flushLock`, `durable` is atomic.

    private let fileSystem: FileSystem
    private let directory: String
    private let fileSizeBytes: Int
    private let timeline: UInt32

    private let latch = Lock()
    // Unchecked, as `end`: under the latch.
    @exclusivity(unchecked) private var buffer = ByteBuffer(capacityBytes: 1 << 20)
    /// End of everything appended.
    @exclusivity(unchecked) private var end: LogPosition
    private var hasFailed = false
    private struct WaitingSession {
        var position: LogPosition
        var waiter: Waiter
    }
    private var waiting: [WaitingSession] = []
    private var wakeups: [@Sendable (LogPosition) -> Void] = []

    private let flushLock = Lock()
    private var flushing = ByteBuffer(capacityBytes: 1 << 20)
    private var file: File
    private var fileIndex: Int
    private var fileOffset: Int
    private var hasAskedForFile = false

    /// Held while the next file is made or taken into use; after `flushLock`, where both are.
    private let prepareLock = Lock()
    /// The file that was filled with zeros last; the syncer's own.
    private var preparedIndex = -1

    private let durable: Atomic<UInt64>

    private let syncerLock = Lock()
    private let syncerCondition = Condition()
    private var isSyncWanted = false
    private var isStopping = false

    /// Called once, by the thread that met the failure, after which the log refuses everything.
    public var onFailure: @Sendable (FileError) -> Void = { error in
        fatalError("PANIC: \(error)")
    }

    /// Opens or creates the log in `directory` and replays its records.
    public init(
        fileSystem: FileSystem, directory: String, timeline: UInt32 = 1,
        fileSizeBytes: Int = LogFormat.fileSizeBytes,
        replay: (UInt8, UnsafeRawBufferPointer, LogPosition) -> Void
    ) throws(LogOpenError) {
        self.fileSystem = fileSystem
        self.directory = directory
        self.fileSizeBytes = fileSizeBytes
        self.timeline = timeline
        var reader = LogReader(
            fileSystem: fileSystem, directory: directory, fileSizeBytes: fileSizeBytes)
        do throws(FileError) {
            try fileSystem.makeDirectory(directory)
        } catch {
            throw .file(error)
        }
        let stop = try reader.readAll(timeline: timeline, replay)
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
        let isLarge = buffer.count > 4 << 20
        latch.unlock()
        if isLarge { flush() }
        return position
    }

    // MARK: Flushing

    /// Makes everything appended so far durable, on this thread.
    public func flush() {
        flushLock.lock()
        flushLocked()
        flushLock.unlock()
    }

    /// As `flush`, unless another thread is at it: then the syncer is asked to follow, and false is
    /// returned. For event loops, which do not wait.
    @discardableResult
    public func flushIfIdle() -> Bool {
        guard flushLock.tryLock() else {
            requestFlush()
            return false
        }
        flushLocked()
        flushLock.unlock()
        return true
    }

    /// Asks the syncer thread for a flush.
    public func requestFlush() {
        syncerLock.withLock {
            isSyncWanted = true
            syncerCondition.signal()
        }
    }

    private func flushLocked() {
        latch.lock()
        if hasFailed || buffer.count == 0 {
            latch.unlock()
            return
        }
        swap(&buffer, &flushing)
        let target = end
        latch.unlock()
        do throws(FileError) {
            try write(endingAt: target)
        } catch {
            latch.withLock { hasFailed = true }
            onFailure(error)
            return
        }
        flushing.removeAll(keeping: 8 << 20)
        if fileOffset > fileSizeBytes / 2, !hasAskedForFile {
            hasAskedForFile = true
            requestFlush()
        }
        durable.store(target.rawValue, ordering: .releasing)
        wakeWaiting(target)
    }

    /// Writes the bytes of `flushing` as one batch, or several where the file ends.
    private func write(endingAt target: LogPosition) throws(FileError) {
        let total = flushing.count
        var done = 0
        while done < total {
            let room = fileSizeBytes - fileOffset - LogFormat.batchHeaderSizeBytes
            // A crumb of room is left empty.
            if room < 512, total - done > room {
                try nextFile()
                continue
            }
            let size = min(room, total - done)
            let start = target.rawValue - UInt64(total - done)
            try writeBatch(from: done, size: size, start: LogPosition(start))
            done += size
        }
        try file.sync()
    }

    private func writeBatch(from offset: Int, size: Int, start: LogPosition) throws(FileError) {
        let headerSize = LogFormat.batchHeaderSizeBytes
        let batch = UnsafeMutableRawBufferPointer.allocate(
            byteCount: headerSize + size, alignment: 16)
        defer { batch.deallocate() }
        let base = batch.baseAddress!
        base.storeBytes(of: LogFormat.magic.littleEndian, as: UInt32.self)
        base.storeBytes(of: UInt32(size).littleEndian, toByteOffset: 8, as: UInt32.self)
        base.storeBytes(of: timeline.littleEndian, toByteOffset: 12, as: UInt32.self)
        base.storeBytes(of: start.rawValue.littleEndian, toByteOffset: 16, as: UInt64.self)
        base.storeBytes(
            of: durable.load(ordering: .relaxed).littleEndian, toByteOffset: 24, as: UInt64.self)
        flushing.withBytes { bytes in
            (base + headerSize).copyMemory(from: bytes.baseAddress! + offset, byteCount: size)
        }
        let checksum = crc32c(UnsafeRawBufferPointer(rebasing: UnsafeRawBufferPointer(batch)[8...]))
        base.storeBytes(of: checksum.littleEndian, toByteOffset: 4, as: UInt32.self)
        try file.write(UnsafeRawBufferPointer(batch), at: fileOffset)
        fileOffset += headerSize + size
    }

    private func nextFile() throws(FileError) {
        try file.sync()
        prepareLock.lock()
        defer { prepareLock.unlock() }
        // Without zeros if the syncer has not got round to it: a bulk load is faster than that.
        let path = directory + "/" + LogFormat.fileName(fileIndex + 1)
        file = try fileSystem.open(path, creating: true)
        try fileSystem.syncDirectory(directory)
        fileIndex += 1
        fileOffset = 0
        hasAskedForFile = false
    }

    /// Fills the file after the present one with zeros, once the present one is half full. On the
    /// syncer's thread, beside flushes.
    func prepareNextFile() {
        let (index, offset) = flushLock.withLock { (fileIndex, fileOffset) }
        guard offset > fileSizeBytes / 2, preparedIndex != index + 1 else { return }
        prepareLock.lock()
        defer { prepareLock.unlock() }
        // A flush may have moved on meanwhile: its file is not to be touched. `fileIndex` changes
        // under both locks, so that either suffices to read it.
        guard fileIndex == index else { return }
        preparedIndex = index + 1
        do throws(FileError) {
            _ = try WriteAheadLog.prepare(fileSystem, directory, index + 1, fileSizeBytes)
        } catch {
            // Only a preparation: the flush that needs the file reports what is wrong.
            preparedIndex = index
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
        while !isSyncWanted, !isStopping { syncerCondition.wait(syncerLock) }
        isSyncWanted = false
        return !isStopping
    }

    /// Lets `runSyncer` return after a last flush.
    public func stopSyncer() {
        syncerLock.withLock {
            isStopping = true
            syncerCondition.broadcast()
        }
    }
}
