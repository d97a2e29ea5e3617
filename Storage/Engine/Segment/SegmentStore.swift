internal import Base
internal import Log
internal import System

/// The directory of segments and their manifest.
final class SegmentStore: @unchecked Sendable {
    // Safe to share: what changes is used by whoever holds the engine's checkpoint lock.

    let fileSystem: FileSystem
    let directory: String
    let cache: BlockCache
    /// The one on disk.
    private(set) var manifest: Manifest
    /// True if there was no manifest yet.
    let isNew: Bool
    private var nextFileNumber: UInt64

    /// Opens or creates the directory and reads its manifest.
    init(
        _ fileSystem: FileSystem, directory: String, cacheSizeBytes: Int
    ) throws(LogOpenError) {
        self.fileSystem = fileSystem
        self.directory = directory
        cache = BlockCache(sizeBytesMax: cacheSizeBytes)
        do throws(FileError) {
            try fileSystem.makeDirectory(directory)
            try fileSystem.syncDirectory(parentDirectory(of: directory))
        } catch {
            throw .file(error)
        }
        do throws(SQLError) {
            let found = try Manifest.read(fileSystem, directory: directory)
            isNew = found == nil
            manifest = found ?? Manifest()
        } catch {
            throw .storage(error)
        }
        nextFileNumber = manifest.nextFileNumber
    }

    /// The sections that the manifest names, by generation, newest first.
    func openSegments() throws(SQLError) -> [GenerationID: [Segment]] {
        var files: [UInt64: SegmentFile] = [:]
        var result: [GenerationID: [Segment]] = [:]
        for place in manifest.places {
            var file = files[place.fileNumber]
            if file == nil {
                file = try openFile(place.fileNumber)
                files[place.fileNumber] = file
            }
            guard let file else { continue }
            result[place.generation, default: []].append(Segment(place, file, cache))
        }
        return result
    }

    func openFile(_ number: UInt64) throws(SQLError) -> SegmentFile {
        try SegmentFile(fileSystem, directory: directory, number: number)
    }

    func makeWriter() throws(FileError) -> SegmentWriter {
        defer { nextFileNumber += 1 }
        return try SegmentWriter(fileSystem, directory: directory, number: nextFileNumber)
    }

    func syncDirectory() throws(FileError) { try fileSystem.syncDirectory(directory) }

    /// Makes `manifest` the one on disk.
    func write(_ manifest: Manifest) throws(Manifest.Failure) {
        var manifest = manifest
        manifest.nextFileNumber = nextFileNumber
        try manifest.write(fileSystem, directory: directory)
        self.manifest = manifest
    }

    /// Removes the files that the manifest does not name: they were replaced, or their checkpoint did
    /// not come to its end.
    func removeUnnamed() throws(FileError) {
        let named = Set(manifest.places.map(\.fileNumber))
        for name in try fileSystem.list(directory) {
            guard let number = SegmentFormat.fileNumber(name), !named.contains(number) else { continue }
            try fileSystem.remove(directory + "/" + name)
        }
    }
}

func parentDirectory(of path: String) -> String {
    guard let slash = path.lastIndex(of: "/") else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
}
