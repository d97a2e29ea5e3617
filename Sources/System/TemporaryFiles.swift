internal import Synchronization

/// Files that outlive no statement: sorts and the like write there what has no room in memory. They
/// have no name once they are open, so that nothing is left of them, whatever happens.
public final class TemporaryFiles: Sendable {
    private let fileSystem: FileSystem
    private let directory: String
    private let next = Atomic<UInt64>(0)

    /// - Parameter directory: made here if it is missing, and emptied: a crash between making a file
    ///   and removing its name leaves one.
    public init(_ fileSystem: FileSystem, directory: String) throws(FileError) {
        self.fileSystem = fileSystem
        self.directory = directory
        try fileSystem.makeDirectory(directory)
        for name in try fileSystem.list(directory) where name.hasPrefix(TemporaryFiles.prefix) {
            try fileSystem.remove("\(directory)/\(name)")
        }
    }

    private static let prefix = "pgsql_tmp"

    /// An empty file, which goes when it is closed.
    public func make() throws(FileError) -> File {
        let number = next.wrappingAdd(1, ordering: .relaxed).oldValue
        let path = "\(directory)/\(TemporaryFiles.prefix)\(number)"
        let file = try fileSystem.open(path, creating: true)
        try fileSystem.remove(path)
        return file
    }
}
