internal import Base
internal import Glibc

/// A failed operation on a file: what, which file, and the system's error number.
public struct FileError: Error, CustomStringConvertible {
    public var operation: String
    public var path: String
    public var errorNumber: Int32

    public init(_ operation: String, _ path: String, _ errorNumber: Int32) {
        self.operation = operation
        self.path = path
        self.errorNumber = errorNumber
    }

    public var description: String {
        "could not \(operation) file \"\(path)\": \(String(cString: strerror(errorNumber)))"
    }
    /// 53100: the disk is full.
    public var isDiskFull: Bool { errorNumber == ENOSPC || errorNumber == EDQUOT }
}

/// An open file. Everything is positional. Subclassed by the simulated disk of the tests.
open class File {
    public let path: String

    public init(path: String) { self.path = path }

    /// Reads up to `buffer.count` bytes at `offset`; fewer only at the end of the file.
    open func read(
        into buffer: UnsafeMutableRawBufferPointer, at offset: Int
    ) throws(FileError) -> Int {
        fatalError("File is abstract")
    }
    /// Writes all of `bytes` at `offset`.
    open func write(_ bytes: UnsafeRawBufferPointer, at offset: Int) throws(FileError) {
        fatalError("File is abstract")
    }
    /// Makes what was written durable (fdatasync).
    open func sync() throws(FileError) { fatalError("File is abstract") }
    open var sizeBytes: Int { get throws(FileError) { fatalError("File is abstract") } }
    /// Fills the file with zeros up to `size`, so that later writes change no metadata.
    open func zeroFill(to size: Int) throws(FileError) { fatalError("File is abstract") }
}

/// Where files are. The real one is `RealFileSystem`; tests simulate failing disks with another.
open class FileSystem: @unchecked Sendable {
    // Safe to share: the real one has no state; the simulated one locks.
    public init() {}

    open func open(_ path: String, creating: Bool) throws(FileError) -> File {
        fatalError("FileSystem is abstract")
    }
    open func exists(_ path: String) -> Bool { fatalError("FileSystem is abstract") }
    /// Names in a directory, sorted.
    open func list(_ path: String) throws(FileError) -> [String] {
        fatalError("FileSystem is abstract")
    }
    open func makeDirectory(_ path: String) throws(FileError) {
        fatalError("FileSystem is abstract")
    }
    /// Makes creations, renames and removals in a directory durable.
    open func syncDirectory(_ path: String) throws(FileError) {
        fatalError("FileSystem is abstract")
    }
    open func rename(_ path: String, to target: String) throws(FileError) {
        fatalError("FileSystem is abstract")
    }
    open func remove(_ path: String) throws(FileError) { fatalError("FileSystem is abstract") }
}

/// The machine's files.
public final class RealFileSystem: FileSystem, @unchecked Sendable {
    public override func open(_ path: String, creating: Bool) throws(FileError) -> File {
        let flags = O_RDWR | O_CLOEXEC | (creating ? O_CREAT : 0)
        let descriptor = Glibc.open(path, flags, 0o600)
        if descriptor < 0 { throw FileError("open", path, errno) }
        return RealFile(path: path, descriptor: descriptor)
    }

    public override func exists(_ path: String) -> Bool { access(path, F_OK) == 0 }

    public override func list(_ path: String) throws(FileError) -> [String] {
        guard let directory = opendir(path) else { throw FileError("open", path, errno) }
        defer { closedir(directory) }
        var names: [String] = []
        while let entry = readdir(directory) {
            let name = withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
                String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
            }
            if name != ".", name != ".." { names.append(name) }
        }
        return names.sorted()
    }

    public override func makeDirectory(_ path: String) throws(FileError) {
        if mkdir(path, 0o700) != 0, errno != EEXIST {
            throw FileError("create", path, errno)
        }
    }

    public override func syncDirectory(_ path: String) throws(FileError) {
        let descriptor = Glibc.open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        if descriptor < 0 { throw FileError("open", path, errno) }
        defer { close(descriptor) }
        if fsync(descriptor) != 0 { throw FileError("fsync", path, errno) }
    }

    public override func rename(_ path: String, to target: String) throws(FileError) {
        if Glibc.rename(path, target) != 0 { throw FileError("rename", path, errno) }
    }

    public override func remove(_ path: String) throws(FileError) {
        if unlink(path) != 0 { throw FileError("remove", path, errno) }
    }
}

private final class RealFile: File {
    private let descriptor: Int32

    init(path: String, descriptor: Int32) {
        self.descriptor = descriptor
        super.init(path: path)
    }

    deinit { close(descriptor) }

    override func read(
        into buffer: UnsafeMutableRawBufferPointer, at offset: Int
    ) throws(FileError) -> Int {
        var done = 0
        while done < buffer.count {
            let count = pread(
                descriptor, buffer.baseAddress! + done, buffer.count - done, off_t(offset + done))
            if count < 0 {
                if errno == EINTR { continue }
                throw FileError("read", path, errno)
            }
            if count == 0 { break }
            done += count
        }
        return done
    }

    override func write(_ bytes: UnsafeRawBufferPointer, at offset: Int) throws(FileError) {
        var done = 0
        while done < bytes.count {
            let count = pwrite(
                descriptor, bytes.baseAddress! + done, bytes.count - done, off_t(offset + done))
            if count < 0 {
                if errno == EINTR { continue }
                throw FileError("write to", path, errno)
            }
            done += count
        }
    }

    override func sync() throws(FileError) {
        if fdatasync(descriptor) != 0 { throw FileError("fdatasync", path, errno) }
    }

    override var sizeBytes: Int {
        get throws(FileError) {
            var status = stat()
            if fstat(descriptor, &status) != 0 { throw FileError("stat", path, errno) }
            return Int(status.st_size)
        }
    }

    override func zeroFill(to size: Int) throws(FileError) {
        let chunk = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 20, alignment: 4096)
        defer { chunk.deallocate() }
        chunk.initializeMemory(as: UInt8.self, repeating: 0)
        var offset = try sizeBytes
        while offset < size {
            let count = min(chunk.count, size - offset)
            try write(UnsafeRawBufferPointer(rebasing: chunk[..<count]), at: offset)
            offset += count
        }
    }
}
