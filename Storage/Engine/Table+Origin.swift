public import Base

/// Where the version of a row comes from that a snapshot sees: what `xmin` and its kin show. Writers
/// are the low halves of their ids.
public struct RowOrigin: Sendable {
    public var writer: UInt32
    /// The command of an own change; nil once it is committed.
    public var command: UInt32?
    /// Who has changed or deleted the row since, and has not rolled that back.
    public var successor: UInt32?
    /// The command of an own successor.
    public var successorCommand: UInt32?
}

extension Table {
    /// The origin of the row under `key`; nil if the snapshot sees none.
    public func origin(
        _ key: UnsafeRawBufferPointer, _ snapshot: Snapshot
    ) throws(SQLError) -> RowOrigin? {
        var search = OriginSearch(writers: engine.writers, snapshot: snapshot)
        if memtable.isWhole {
            search.look(at: memtable.find(key)?.newest)
            return search.origin
        }
        let view = currentView()
        for source in [view.active] + view.frozen where !search.isDone {
            search.look(at: source.find(key)?.newest)
        }
        if search.isDone || view.segments.isEmpty { return search.origin }
        let hash = BloomFilter.hash(key)
        for segment in view.segments where !search.isDone {
            guard let (newest, block) = try segment.find(key, hash) else { continue }
            withExtendedLifetime(block) { search.look(at: newest) }
        }
        return search.origin
    }
}

/// A walk from the newest version of a row to the one that a snapshot sees.
private struct OriginSearch {
    let writers: WriterTable
    let snapshot: Snapshot
    private(set) var isDone = false
    private(set) var origin: RowOrigin?
    private var successor: (writer: UInt32, command: UInt32?)?

    init(writers: WriterTable, snapshot: Snapshot) {
        self.writers = writers
        self.snapshot = snapshot
    }

    mutating func look(at newest: Version?) {
        var next = newest
        while let version = next {
            // Whoever sees it for the first time finds out that it is committed.
            let isSeen = writers.sees(version, snapshot)
            let command = version.stamp & 1 == 1 ? version.command : nil
            if isSeen {
                isDone = true
                if version.isDeletion { return }
                origin = RowOrigin(
                    writer: version.writerHalf, command: command,
                    successor: successor?.writer, successorCommand: successor?.command)
                return
            }
            if !writers.isAborted(version) { successor = (version.writerHalf, command) }
            next = version.older
        }
    }
}
