internal import Glibc

/// Another file system's files, with what is changed kept in memory: for a look at data that leaves it
/// as it is.
public final class OverlayFileSystem: FileSystem, @unchecked Sendable {
    // Safe to share: everything is used under `lock`.

    private let base: FileSystem
    private let lock = Lock()
    /// Files that were opened, made or removed.
    private var entries: [String: Entry] = [:]
    private var madeDirectories: Set<String> = []

    private enum Entry {
        case file(OverlayContents)
        case removed
    }

    public init(over base: FileSystem) { self.base = base }

    public override func open(_ path: String, creating: Bool) throws(FileError) -> File {
        lock.lock()
        defer { lock.unlock() }
        switch entries[path] {
        case .file(let contents): return OverlayFile(path: path, contents)
        case nil where base.exists(path):
            let contents = OverlayContents(try base.open(path, creating: false))
            entries[path] = .file(contents)
            return OverlayFile(path: path, contents)
        case nil, .removed:
            if !creating { throw FileError("open", path, ENOENT) }
            let contents = OverlayContents(nil)
            entries[path] = .file(contents)
            return OverlayFile(path: path, contents)
        }
    }

    public override func exists(_ path: String) -> Bool {
        lock.withLock {
            switch entries[path] {
            case .file: true
            case .removed: false
            case nil: base.exists(path)
            }
        }
    }

    public override func list(_ path: String) throws(FileError) -> [String] {
        lock.lock()
        defer { lock.unlock() }
        var names: Set<String> = []
        if base.exists(path) || !madeDirectories.contains(path) {
            names.formUnion(try base.list(path))
        }
        let prefix = path + "/"
        for (entry, state) in entries where entry.hasPrefix(prefix) {
            let name = String(entry.dropFirst(prefix.count))
            if name.contains("/") { continue }
            switch state {
            case .file: names.insert(name)
            case .removed: names.remove(name)
            }
        }
        return names.sorted()
    }

    public override func makeDirectory(_ path: String) throws(FileError) {
        lock.withLock { _ = madeDirectories.insert(path) }
    }

    public override func syncDirectory(_ path: String) throws(FileError) {}

    public override func rename(_ path: String, to target: String) throws(FileError) {
        _ = try open(path, creating: false)
        lock.withLock {
            entries[target] = entries[path]
            entries[path] = .removed
        }
    }

    public override func remove(_ path: String) throws(FileError) {
        if !exists(path) { throw FileError("remove", path, ENOENT) }
        lock.withLock { entries[path] = .removed }
    }
}

/// The bytes of a file: another one's, until they are changed.
private final class OverlayContents: @unchecked Sendable {
    // Safe to share: used under `lock`.

    private let lock = Lock()
    private var base: File?
    private var bytes: [UInt8] = []

    init(_ base: File?) { self.base = base }

    func read(
        into buffer: UnsafeMutableRawBufferPointer, at offset: Int
    ) throws(FileError) -> Int {
        lock.lock()
        defer { lock.unlock() }
        if let base { return try base.read(into: buffer, at: offset) }
        let count = max(min(buffer.count, bytes.count - offset), 0)
        if count > 0 { buffer.copyBytes(from: bytes[offset..<offset + count]) }
        return count
    }

    func write(_ source: UnsafeRawBufferPointer, at offset: Int) throws(FileError) {
        lock.lock()
        defer { lock.unlock() }
        try copyBase()
        grow(to: offset + source.count)
        bytes.withUnsafeMutableBytes { target in
            UnsafeMutableRawBufferPointer(rebasing: target[offset...]).copyBytes(from: source)
        }
    }

    func zeroFill(to size: Int) throws(FileError) {
        lock.lock()
        defer { lock.unlock() }
        if let base, try base.sizeBytes >= size { return }
        try copyBase()
        grow(to: size)
    }

    func sizeBytes() throws(FileError) -> Int {
        lock.lock()
        defer { lock.unlock() }
        return try base?.sizeBytes ?? bytes.count
    }

    private func grow(to size: Int) {
        if size > bytes.count { bytes += [UInt8](repeating: 0, count: size - bytes.count) }
    }

    private func copyBase() throws(FileError) {
        guard let base else { return }
        var copy = [UInt8](repeating: 0, count: try base.sizeBytes)
        var failure: FileError?
        copy.withUnsafeMutableBytes { buffer in
            do throws(FileError) { _ = try base.read(into: buffer, at: 0) } catch { failure = error }
        }
        if let failure { throw failure }
        bytes = copy
        self.base = nil
    }
}

private final class OverlayFile: File {
    private let contents: OverlayContents

    init(path: String, _ contents: OverlayContents) {
        self.contents = contents
        super.init(path: path)
    }

    override func read(
        into buffer: UnsafeMutableRawBufferPointer, at offset: Int
    ) throws(FileError) -> Int {
        try contents.read(into: buffer, at: offset)
    }

    override func write(_ bytes: UnsafeRawBufferPointer, at offset: Int) throws(FileError) {
        try contents.write(bytes, at: offset)
    }

    override func sync() throws(FileError) {}

    override var sizeBytes: Int { get throws(FileError) { try contents.sizeBytes() } }

    override func zeroFill(to size: Int) throws(FileError) { try contents.zeroFill(to: size) }
}
