internal import Base
internal import Glibc
public import System

/// A disk in memory that fails when it is told to, for tests of recovery.
///
/// What a program wrote and did not sync may or may not survive a power cut, sector by sector; names
/// that were made, changed or removed survive up to some point since their directory was synced.
/// The seed decides. Operations that change something are numbered from 1.
public final class SimulatedDisk: FileSystem, @unchecked Sendable {
    // Safe to share: everything is used under `lock`.

    /// What happens at the chosen operation.
    public enum Fault: Sendable, CaseIterable {
        /// It fails with EIO and has no effect; the disk goes on working. What a failed sync should
        /// have written is lost at the next power cut, though programs read it until then.
        case failure
        /// The power goes before it.
        case powerCut
        /// The power goes in the middle of it: a write leaves some of its sectors.
        case tear
    }

    fileprivate enum Change {
        case link(String, Contents)
        case unlink(String)
    }

    private let lock = Lock()
    private var random: SeededRandom
    private var names: [String: Contents] = [:]
    private var durableNames: [String: Contents] = [:]
    private var changes: [Change] = []
    private var plan: (operation: Int, fault: Fault)?
    private var capacity = Int.max
    private var observer: ((SimulatedDisk, Bool) -> Void)?
    private var count = 0
    private var isDown = false

    public init(seed: UInt64) { random = SeededRandom(seed: seed) }

    /// Operations so far.
    public var operationCount: Int { lock.withLock { count } }
    /// True from a power cut to the restart.
    public var hasNoPower: Bool { lock.withLock { isDown } }

    /// All files together have at most so many bytes; a write of more is cut off and fails.
    public var capacityBytes: Int {
        get { lock.withLock { capacity } }
        set { lock.withLock { capacity = newValue } }
    }
    /// What all files have.
    public var usedBytes: Int { lock.withLock { used } }
    private var used: Int { names.values.reduce(0) { $0 + $1.bytes.count } }

    /// Calls `body` before each operation with a disk of the same state whose power is about to go: right
    /// then, or, if the operation is a write, in its middle as well (true). What it was to lose, it
    /// loses when it is restarted.
    public func observe(_ body: ((SimulatedDisk, Bool) -> Void)?) {
        lock.withLock { observer = body }
    }

    private func image() -> (disk: SimulatedDisk, copies: [ObjectIdentifier: Contents]) {
        var copies: [ObjectIdentifier: Contents] = [:]
        func copy(_ contents: Contents) -> Contents {
            let id = ObjectIdentifier(contents)
            if let known = copies[id] { return known }
            let copy = contents.copy()
            copies[id] = copy
            return copy
        }
        let image = SimulatedDisk(seed: random.next())
        image.names = names.mapValues(copy)
        image.durableNames = durableNames.mapValues(copy)
        image.changes = changes.map {
            switch $0 {
            case .link(let path, let contents): .link(path, copy(contents))
            case .unlink(let path): .unlink(path)
            }
        }
        return (image, copies)
    }

    /// Lets `fault` happen at the operation that comes `distance` operations from now (1: the next).
    public func plan(_ fault: Fault, inOperations distance: Int) {
        lock.withLock { plan = (count + distance, fault) }
    }

    /// Cuts the power, if it is not cut, and brings it back: what was not synced is lost in part.
    public func restart() {
        lock.withLock {
            isDown = false
            plan = nil
            let kept = Int.random(in: 0...changes.count, using: &random)
            for change in changes.prefix(kept) { change.apply(to: &durableNames) }
            changes = []
            names = durableNames
            for name in names.keys.sorted() { names[name]?.losePower(&random) }
        }
    }

    /// A crash of the process alone: everything written is there, synced or not.
    public func endProcess() {
        lock.withLock {
            isDown = false
            plan = nil
        }
    }

    /// The bytes of a file as they are now, to be looked at and damaged.
    public func bytes(of path: String) -> [UInt8]? { lock.withLock { names[path]?.bytes } }
    public func damage(_ path: String, at offset: Int, xor mask: UInt8) {
        lock.withLock { names[path]?.bytes[offset] ^= mask }
    }

    /// Makes a file of these bytes, or replaces it, durably.
    public func setBytes(_ bytes: [UInt8], of path: String) {
        lock.withLock {
            let contents = Contents()
            contents.bytes = bytes
            contents.sync()
            names[path] = contents
            durableNames[path] = contents
        }
    }

    // MARK: FileSystem

    public override func open(_ path: String, creating: Bool) throws(FileError) -> File {
        lock.lock()
        defer { lock.unlock() }
        if let found = names[path] { return SimulatedFile(path, found, self) }
        if !creating { throw FileError("open", path, ENOENT) }
        _ = try begin("create", path)
        let new = Contents()
        change(.link(path, new))
        return SimulatedFile(path, new, self)
    }

    public override func exists(_ path: String) -> Bool { lock.withLock { names[path] != nil } }

    public override func list(_ path: String) throws(FileError) -> [String] {
        let prefix = path + "/"
        return lock.withLock {
            names.keys.filter { $0.hasPrefix(prefix) }.map { String($0.dropFirst(prefix.count)) }
                .sorted()
        }
    }

    public override func makeDirectory(_ path: String) throws(FileError) {}

    public override func syncDirectory(_ path: String) throws(FileError) {
        lock.lock()
        defer { lock.unlock() }
        _ = try begin("fsync", path)
        for change in changes { change.apply(to: &durableNames) }
        changes = []
    }

    public override func rename(_ path: String, to target: String) throws(FileError) {
        lock.lock()
        defer { lock.unlock() }
        guard let contents = names[path] else { throw FileError("rename", path, ENOENT) }
        _ = try begin("rename", path)
        change(.link(target, contents))
        change(.unlink(path))
    }

    public override func remove(_ path: String) throws(FileError) {
        lock.lock()
        defer { lock.unlock() }
        if names[path] == nil { throw FileError("remove", path, ENOENT) }
        _ = try begin("remove", path)
        change(.unlink(path))
    }

    private func change(_ change: Change) {
        change.apply(to: &names)
        changes.append(change)
    }

    /// Numbers the operation and lets its fault happen. True: it is to be torn.
    private func begin(_ operation: String, _ path: String) throws(FileError) -> Bool {
        if isDown { throw FileError(operation, path, EIO) }
        count += 1
        if let observer { observer(image().disk, false) }
        guard let plan, plan.operation == count else { return false }
        self.plan = nil
        isDown = plan.fault != .failure
        if plan.fault == .tear { return true }
        throw FileError(operation, path, EIO)
    }

    // MARK: Files

    fileprivate func write(
        _ bytes: UnsafeRawBufferPointer, at offset: Int, _ contents: Contents, _ path: String
    ) throws(FileError) {
        lock.lock()
        defer { lock.unlock() }
        let isTorn = try begin("write to", path)
        if let observer {
            let (image, copies) = image()
            copies[ObjectIdentifier(contents)]?.write(bytes, at: offset, tearing: &random)
            observer(image, true)
        }
        if isTorn {
            contents.write(bytes, at: offset, tearing: &random)
            throw FileError("write to", path, EIO)
        }
        let room = contents.bytes.count + max(capacity - used, 0)
        let count = min(bytes.count, max(room - offset, 0))
        if count > 0 { contents.write(UnsafeRawBufferPointer(rebasing: bytes[..<count]), at: offset) }
        if count < bytes.count { throw FileError("write to", path, ENOSPC) }
    }

    fileprivate func zeroFill(
        to size: Int, _ contents: Contents, _ path: String
    ) throws(FileError) {
        lock.lock()
        defer { lock.unlock() }
        if contents.bytes.count >= size { return }
        _ = try begin("write to", path)
        let room = contents.bytes.count + max(capacity - used, 0)
        contents.grow(to: min(size, room))
        if room < size { throw FileError("write to", path, ENOSPC) }
    }

    fileprivate func sync(_ contents: Contents, _ path: String) throws(FileError) {
        lock.lock()
        defer { lock.unlock() }
        do throws(FileError) {
            if try begin("fdatasync", path) { throw FileError("fdatasync", path, EIO) }
        } catch {
            if !isDown { contents.failSync() }
            throw error
        }
        contents.sync()
    }

    fileprivate func read<Result>(_ body: () -> Result) -> Result { lock.withLock(body) }
}

extension SimulatedDisk.Change {
    func apply(to names: inout [String: Contents]) {
        switch self {
        case .link(let path, let contents): names[path] = contents
        case .unlink(let path): names[path] = nil
        }
    }
}

/// The bytes of a file, and what of them a power cut may take back.
private final class Contents {
    static let sectorSizeBytes = 512

    var bytes: [UInt8] = []
    private var syncedSize = 0
    /// What unsynced sectors held at the last sync.
    private var unsynced: [Int: [UInt8]] = [:]
    /// What sectors hold on the disk that a failed sync did not write and later ones pass over.
    private var lost: [Int: [UInt8]] = [:]

    func write(_ source: UnsafeRawBufferPointer, at offset: Int) {
        if offset + source.count > bytes.count { grow(to: offset + source.count) }
        let sector = offset / Contents.sectorSizeBytes
        if let before = lost.removeValue(forKey: sector) {
            unsynced[sector] = before
        } else if unsynced[sector] == nil {
            let begin = sector * Contents.sectorSizeBytes
            unsynced[sector] = Array(
                bytes[begin..<min(begin + Contents.sectorSizeBytes, bytes.count)])
        }
        bytes.withUnsafeMutableBytes { target in
            UnsafeMutableRawBufferPointer(rebasing: target[offset...]).copyBytes(from: source)
        }
    }

    /// Writes some of the sectors.
    func write(
        _ source: UnsafeRawBufferPointer, at offset: Int, tearing random: inout SeededRandom
    ) {
        var begin = 0
        while begin < source.count {
            let sector = (offset + begin) / Contents.sectorSizeBytes
            let end = min((sector + 1) * Contents.sectorSizeBytes - offset, source.count)
            if Bool.random(using: &random) {
                write(UnsafeRawBufferPointer(rebasing: source[begin..<end]), at: offset + begin)
            }
            begin = end
        }
    }

    func copy() -> Contents {
        let copy = Contents()
        copy.bytes = bytes
        copy.syncedSize = syncedSize
        copy.unsynced = unsynced
        copy.lost = lost
        return copy
    }

    func grow(to size: Int) { bytes += [UInt8](repeating: 0, count: size - bytes.count) }

    func sync() {
        unsynced = [:]
        syncedSize = bytes.count
    }

    /// The system takes the sectors for written, though they are not.
    func failSync() {
        lost.merge(unsynced) { old, _ in old }
        unsynced = [:]
    }

    func losePower(_ random: inout SeededRandom) {
        for sector in unsynced.keys.sorted() where Bool.random(using: &random) {
            guard let before = unsynced[sector] else { continue }
            let begin = sector * Contents.sectorSizeBytes
            bytes.replaceSubrange(begin..<begin + before.count, with: before)
        }
        for (sector, before) in lost {
            let begin = sector * Contents.sectorSizeBytes
            bytes.replaceSubrange(begin..<begin + before.count, with: before)
        }
        lost = [:]
        if bytes.count > syncedSize, Bool.random(using: &random) {
            bytes.removeLast(bytes.count - syncedSize)
        }
        sync()
    }
}

private final class SimulatedFile: File {
    private let contents: Contents
    private let disk: SimulatedDisk

    init(_ path: String, _ contents: Contents, _ disk: SimulatedDisk) {
        self.contents = contents
        self.disk = disk
        super.init(path: path)
    }

    override func read(
        into buffer: UnsafeMutableRawBufferPointer, at offset: Int
    ) throws(FileError) -> Int {
        disk.read {
            let count = max(min(buffer.count, contents.bytes.count - offset), 0)
            if count > 0 { buffer.copyBytes(from: contents.bytes[offset..<offset + count]) }
            return count
        }
    }

    override func write(_ bytes: UnsafeRawBufferPointer, at offset: Int) throws(FileError) {
        try disk.write(bytes, at: offset, contents, path)
    }

    override func sync() throws(FileError) { try disk.sync(contents, path) }

    override var sizeBytes: Int { get throws(FileError) { disk.read { contents.bytes.count } } }

    override func zeroFill(to size: Int) throws(FileError) {
        try disk.zeroFill(to: size, contents, path)
    }
}
