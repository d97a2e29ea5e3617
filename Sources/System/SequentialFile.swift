public import Base
internal import Glibc

/// A file that a statement reads or writes from its start to its end: COPY's server-side files.
public struct SequentialFile: ~Copyable {
    public let path: String
    private let descriptor: Int32

    /// Opens a file to be read.
    public init(reading path: String) throws(FileError) {
        try self.init(path, O_RDONLY | O_CLOEXEC)
    }

    /// Opens a file to be written anew; it is made if it is not there.
    public init(writing path: String) throws(FileError) {
        try self.init(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC)
    }

    private init(_ path: String, _ flags: Int32) throws(FileError) {
        self.path = path
        descriptor = open(path, flags, 0o644)
        if descriptor < 0 { throw FileError("open", path, errno) }
    }

    deinit { _ = close(descriptor) }

    public var isDirectory: Bool {
        var status = stat()
        return fstat(descriptor, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
    }

    /// The next bytes; 0 at the end.
    public func read(into buffer: UnsafeMutableRawBufferPointer) throws(FileError) -> Int {
        while true {
            let count = Glibc.read(descriptor, buffer.baseAddress, buffer.count)
            if count >= 0 { return count }
            if errno != EINTR { throw FileError("read from", path, errno) }
        }
    }

    /// Appends all of `bytes`.
    public func write(_ bytes: UnsafeRawBufferPointer) throws(FileError) {
        var done = 0
        while done < bytes.count {
            let count = Glibc.write(descriptor, bytes.baseAddress! + done, bytes.count - done)
            if count < 0 {
                if errno == EINTR { continue }
                throw FileError("write to", path, errno)
            }
            done += count
        }
    }
}

extension FileError {
    /// The class of error that PostgreSQL reports for the system's error number.
    public var state: SQLState {
        switch errorNumber {
        case EPERM, EACCES, EROFS: .insufficientPrivilege
        case ENOENT: .undefinedFile
        case EEXIST: .duplicateFile
        case ENOTDIR, EISDIR, ENOTEMPTY: .wrongObjectType
        case ENOSPC, EDQUOT: .diskFull
        case ENFILE, EMFILE: .insufficientResources
        case EIO: .ioError
        default: .internalError
        }
    }

    /// `message: No such file or directory`.
    public func error(_ message: String) -> SQLError {
        SQLError(state, "\(message): \(String(cString: strerror(errorNumber)))")
    }

    /// True where a client's file may have been meant.
    public var isMissingOrForbidden: Bool { errorNumber == ENOENT || errorNumber == EACCES }
}
