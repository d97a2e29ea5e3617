internal import Base
internal import Synchronization
internal import System

/// Where the rows of one generation are: a small log-structured merge tree.
///
///     active memtable      written to
///        ↓ freeze
///     frozen memtables     on their way to disk, newest first
///        ↓ flush
///     segments             on disk, newest first
///
/// Whoever writes a key has its newest versions copied into the active memtable first, so that all of
/// the logic of locks and conflicts looks there alone: the chain of a key in a memtable goes down to a
/// version that every snapshot in use sees, wherever it came from. Readers that find no version for
/// their snapshot go on to older sources, where versions are older, or equal copies.
///
/// A generation that fits in memory stays there whole: its memtable has everything, is not frozen, and
/// what is written of it to disk at a checkpoint is for the next start only.
final class Tree: @unchecked Sendable {
    // Safe to share: `view` and `stored` are used under the engine's `tablesLock`.

    let generation: GenerationID
    let counter = KeyCounter()
    let rowIDs = RowIDs()
    var view: View
    /// What the manifest names: the generation's rows as of the last checkpoint, newest first.
    var stored: [Segment]

    init(_ generation: GenerationID, stored: [Segment], account: MemoryAccount) {
        self.generation = generation
        self.stored = stored
        let active = Memtable(
            isWhole: stored.isEmpty, counter: counter, rowIDs: rowIDs, account: account)
        view = View(active: active, frozen: [], segments: stored)
        counter.set(older: view.olderKeyCount)
        for segment in stored { sawRowID(segment.place.rowIDMax) }
    }

    /// Recovery: hidden row ids go on behind those that were used.
    func sawRowID(_ key: UnsafeRawBufferPointer) {
        guard key.count == 8 else { return }
        sawRowID(UInt64(bigEndian: key.loadUnaligned(as: UInt64.self)))
    }
    private func sawRowID(_ id: UInt64) {
        let last = rowIDs.last
        if id > last.pointee.load(ordering: .relaxed) { last.pointee.store(id, ordering: .relaxed) }
    }
}

/// The hidden row ids of a generation: the last one given.
final class RowIDs: Sendable {
    // Safe to share: the number is atomic, and its place does not move.
    nonisolated(unsafe) let last: UnsafeMutablePointer<Atomic<UInt64>>

    init() {
        last = .allocate(capacity: 1)
        last.initialize(to: Atomic(0))
    }
    deinit { last.deallocate() }
}

/// The sources of a generation's rows at one time; never changes.
final class View: Sendable {
    let active: Memtable
    /// Newest first, as `segments`, which are older.
    let frozen: [Memtable]
    let segments: [Segment]

    init(active: Memtable, frozen: [Memtable], segments: [Segment]) {
        self.active = active
        self.frozen = frozen
        self.segments = segments
    }

    var olderKeyCount: Int {
        frozen.reduce(0) { $0 + $1.keyCount }
            + segments.reduce(0) { $0 + Int($1.place.keyCount) }
    }
    var usedBytes: Int {
        frozen.reduce(active.usedBytes) { $0 + $1.usedBytes }
            + segments.reduce(0) { $0 + Int($1.place.sizeBytes) }
    }
}

/// What handles to tables hold beyond their views, because rows were read from it: noted here by
/// those whose handles live from one statement to the next, who let go of it at the statement's end.
public final class PinnedTables {
    @exclusivity(unchecked) private var tables: [TableLayers] = []

    public init() {}

    @inlinable public var isEmpty: Bool { storedIsEmpty }
    // Through an inlinable accessor: in other modules the attribute alone does not count.
    @exclusivity(unchecked) @usableFromInline private(set) var storedIsEmpty = true

    func note(_ table: TableLayers) {
        tables.append(table)
        storedIsEmpty = false
    }

    public func release() {
        for table in tables { table.release() }
        tables.removeAll()
        storedIsEmpty = true
    }
}
