public import Base
internal import Glibc

/// A walk over the rows whose keys begin with the same bytes, to be started again and again: what a
/// join looks up for each of many rows. Holds no latch, copies nothing.
public struct PrefixWalk {
    private let memtable: Memtable
    private let writers: WriterTable
    private let snapshot: Snapshot
    private let finger = Memtable.Finger()
    private let places = SearchPlaces()
    private var hasStarted = false
    private var prefix = UnsafeRawBufferPointer(start: nil, count: 0)
    private var node: Memtable.Node?
    private var deadRun = DeadRun()
    /// Where the rows are not in one memtable alone; then `node` is nil.
    private let layers: LayeredWalk?

    public init(_ table: Table, snapshot: Snapshot) {
        memtable = table.memtable
        writers = table.engine.writers
        self.snapshot = snapshot
        layers = table.memtable.isWhole ? nil : LayeredWalk(table.currentView())
    }

    /// Ascending prefixes are found from where the one before was.
    /// - Parameter prefix: must stay valid until the next start has returned.
    @inline(__always)
    public mutating func start(_ prefix: UnsafeRawBufferPointer) throws(SQLError) {
        if let layers { return try start(prefix, layers) }
        let isAhead = hasStarted && compareBytes(self.prefix, prefix) <= 0
        self.prefix = prefix
        hasStarted = true
        deadRun.end()
        node = memtable.lowerBound(prefix, finger, isAhead: isAhead)
    }

    @inline(never)
    private mutating func start(
        _ prefix: UnsafeRawBufferPointer, _ layers: LayeredWalk
    ) throws(SQLError) {
        self.prefix = prefix
        try layers.seek(prefix)
    }

    /// Rows that were given before need not stay.
    public func beginBatch() { layers?.beginBatch() }

    /// So many prefixes can be found together.
    public static let togetherMax = Memtable.togetherMax

    /// Finds where the walks of a few prefixes begin, all at once.
    public func prepare(_ prefixes: UnsafePointer<UnsafeRawBufferPointer>, count: Int) {
        if layers != nil { return }
        memtable.lowerBounds(prefixes, count: count, into: places.nodes)
    }

    /// As `start`, for the prefix with a number in the last `prepare`.
    @inline(__always)
    public mutating func start(
        _ prefix: UnsafeRawBufferPointer, prepared number: Int
    ) throws(SQLError) {
        if let layers { return try start(prefix, layers) }
        self.prefix = prefix
        // The finger has not moved along.
        hasStarted = false
        deadRun.end()
        node = Memtable.Node(places.nodes[number])
    }

    /// The next row in key order that the snapshot sees; nil at the end. The bytes live until
    /// `beginBatch`.
    @inline(__always)
    public mutating func next() throws(SQLError) -> (
        key: UnsafeRawBufferPointer, row: UnsafeRawBufferPointer
    )? {
        if let layers { return try next(layers) }
        while let candidate = node {
            let key = candidate.key
            guard key.count >= prefix.count,
                prefix.count == 0 || memcmp(key.baseAddress!, prefix.baseAddress!, prefix.count) == 0
            else {
                node = nil
                return nil
            }
            guard let version = writers.visible(candidate.newest, snapshot) else {
                deadRun.end()
                node = candidate.next(0)
                continue
            }
            if version.isDeletion {
                node = deadRun.next(
                    behind: candidate, version, snapshot, memtable, writers)
                continue
            }
            deadRun.end()
            node = candidate.next(0)
            return (key, version.bytes)
        }
        return nil
    }
}

extension PrefixWalk {
    @inline(never)
    private func next(_ layers: LayeredWalk) throws(SQLError) -> (
        key: UnsafeRawBufferPointer, row: UnsafeRawBufferPointer
    )? {
        while let key = try layers.next() {
            guard key.count >= prefix.count,
                compareBytes(UnsafeRawBufferPointer(rebasing: key[..<prefix.count]), prefix) == 0
            else {
                layers.end()
                return nil
            }
            if let version = layers.visible(writers, snapshot), !version.isDeletion {
                return (key, version.bytes)
            }
        }
        return nil
    }
}

/// The first nodes of walks that have been prepared.
private final class SearchPlaces {
    let nodes = UnsafeMutablePointer<UInt>.allocate(capacity: Memtable.togetherMax)
    init() { nodes.initialize(repeating: 0, count: Memtable.togetherMax) }
    deinit { nodes.deallocate() }
}
