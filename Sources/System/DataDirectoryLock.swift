public import Base
internal import Glibc

/// The lock of a data directory: `postmaster.pid` in it, held by a kernel lock for as long as the
/// server lives, so that a dead server's file never stands in the way.
public final class DataDirectoryLock: Sendable {
    private let descriptor: Int32
    private let path: String
    /// The file was there: whoever had the lock did not end in order.
    public let wasLeft: Bool
    private let keepsFile: Bool

    /// Throws FATAL F0001 when another server holds it.
    public init(directory: String, contents: String) throws(SQLError) {
        path = "\(directory)/postmaster.pid"
        keepsFile = false
        (descriptor, wasLeft) = try DataDirectoryLock.take(path, directory)
        ftruncate(descriptor, 0)
        var bytes = Array(contents.utf8)
        let count = write(descriptor, &bytes, bytes.count)
        if count != bytes.count { throw systemError("could not write lock file \"\(path)\"") }
    }

    /// Keeps servers away while somebody looks at the directory; a file that a server has left stays.
    public init(reading directory: String) throws(SQLError) {
        path = "\(directory)/postmaster.pid"
        (descriptor, wasLeft) = try DataDirectoryLock.take(path, directory)
        keepsFile = wasLeft
    }

    private static func take(
        _ path: String, _ directory: String
    ) throws(SQLError) -> (descriptor: Int32, wasLeft: Bool) {
        let wasThere = access(path, F_OK) == 0
        let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        if descriptor < 0 { throw systemError("could not create lock file \"\(path)\"") }
        if flock(descriptor, LOCK_EX | LOCK_NB) == 0 { return (descriptor, wasThere) }
        let owner = fileText(ofFile: path)?.prefix { $0 != "\n" } ?? "unknown"
        _ = close(descriptor)
        throw SQLError(
            .lockFileExists, "lock file \"postmaster.pid\" already exists", severity: .fatal
        ).hint(
            "Is another postmaster (PID \(owner)) running in data directory \"\(directory)\"?")
    }

    deinit {
        if !keepsFile { unlink(path) }
        _ = close(descriptor)
    }
}

/// What the server does with files outside the storage engine: its directory, its configuration.
public enum Files {
    /// Makes a directory that only its owner may use; true if it was not there.
    public static func makeDirectory(_ path: String) throws(SQLError) -> Bool {
        if mkdir(path, 0o700) == 0 { return true }
        if errno == EEXIST { return false }
        throw systemError("could not create directory \"\(path)\"")
    }

    /// Makes the entry of `path` in the directory above durable. Where that directory may not be
    /// opened, as in PostgreSQL, nothing is done: its owner has made the entry.
    public static func syncEntry(of path: String) throws(SQLError) {
        let parent = absolutePath("\(path)/..")
        let descriptor = open(parent, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        if descriptor < 0 {
            if errno == EACCES { return }
            throw systemError("could not open directory \"\(parent)\"")
        }
        defer { _ = close(descriptor) }
        if fsync(descriptor) != 0 { throw systemError("could not fsync file \"\(parent)\"") }
    }

    /// The names in a directory, without `.` and `..`.
    public static func names(in directory: String) throws(SQLError) -> [String] {
        guard let stream = opendir(directory) else {
            throw systemError("could not open directory \"\(directory)\"")
        }
        defer { closedir(stream) }
        var names: [String] = []
        while let entry = readdir(stream) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
                pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if name != ".", name != ".." { names.append(name) }
        }
        return names
    }

    /// A file's text, nil if it is not there.
    public static func text(of path: String) -> String? { fileText(ofFile: path) }

    public static func write(_ text: String, to path: String) throws(SQLError) {
        let descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
        if descriptor < 0 { throw systemError("could not create file \"\(path)\"") }
        defer { _ = close(descriptor) }
        var bytes = Array(text.utf8)
        let count = Glibc.write(descriptor, &bytes, bytes.count)
        guard count == bytes.count, fsync(descriptor) == 0 else {
            throw systemError("could not write file \"\(path)\"")
        }
    }

    /// The whole path of a file or directory that exists.
    public static func absolutePath(_ path: String) -> String {
        guard let resolved = realpath(path, nil) else { return path }
        defer { free(resolved) }
        return String(cString: resolved)
    }

    /// Writes to standard error in one piece, so that lines of several threads stay whole.
    public static func writeStandardError(_ text: String) {
        var text = text
        text.withUTF8 { _ = Glibc.write(2, $0.baseAddress, $0.count) }
    }
}

private func fileText(ofFile path: String) -> String? {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    if descriptor < 0 { return nil }
    defer { _ = close(descriptor) }
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 8192)
    while true {
        let count = read(descriptor, &chunk, chunk.count)
        if count < 0, errno == EINTR { continue }
        if count <= 0 { break }
        bytes += chunk[..<count]
    }
    return String(decoding: bytes, as: UTF8.self)
}
