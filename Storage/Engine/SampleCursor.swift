public import Base

/// A walk over some of a table's rows, drawn without regard to their keys or values, in key order:
/// those on a higher level of the skip list, where each key of the level below is with a chance of
/// a quarter; of segments, some entries of some blocks. Holds no latch.
public struct SampleCursor {
    private let table: Table
    private let snapshot: Snapshot
    private let level: Int
    private var node: Memtable.Node?
    /// Keys that were looked at, dead ones included.
    public private(set) var visitedCount = 0
    /// All keys are looked at.
    public let isWhole: Bool
    /// Where the rows are not in one memtable alone.
    private var layers: LayeredSample?

    /// - Parameter keysMax: about how many keys to look at, at most.
    public init(_ table: Table, snapshot: Snapshot, keysMax: Int) {
        self.table = table
        self.snapshot = snapshot
        if !table.memtable.isWhole {
            let step = max((table.keyCounter.count + keysMax - 1) / max(keysMax, 1), 1)
            layers = LayeredSample(table.currentView(), step: step)
            level = 0
            isWhole = step == 1
            return
        }
        var level = 0
        var rest = table.memtable.keyCount
        while rest > keysMax, level < Memtable.heightMax - 1 {
            rest /= 4
            level += 1
        }
        self.level = level
        isWhole = level == 0
        node = table.memtable.first(onLevel: level)
    }

    /// Fills `rows` with up to `limit` rows that the snapshot sees; returns how many, 0 at the end.
    /// The bytes live until the next call.
    public mutating func next(
        rows: UnsafeMutablePointer<UnsafeRawBufferPointer>, limit: Int
    ) throws(SQLError) -> Int {
        if layers != nil { return try nextLayered(rows, limit) }
        let writers = table.engine.writers
        var count = 0
        while count < limit, let candidate = node {
            visitedCount += 1
            if let version = writers.visible(candidate.newest, snapshot), !version.isDeletion {
                rows[count] = version.bytes
                count += 1
            }
            node = candidate.next(level)
        }
        return count
    }

    private mutating func nextLayered(
        _ rows: UnsafeMutablePointer<UnsafeRawBufferPointer>, _ limit: Int
    ) throws(SQLError) -> Int {
        table.unpin()
        var count = 0
        while count < limit, let key = try layers?.next() {
            visitedCount += 1
            // A key that a newer source has is counted there.
            if key.isSuperseded { continue }
            if let row = try table.read(key.bytes, snapshot) {
                rows[count] = row
                count += 1
            }
        }
        return count
    }
}

/// Every so many keys of each source.
private struct LayeredSample {
    private let view: View
    private let step: Int
    /// In segments: every so many blocks, and of those every so many entries.
    private let blockStep: Int
    private let entryStep: Int
    /// Which source: memtables first, then segments.
    private var source = 0
    private var node: Memtable.Node?
    private var block: SegmentBlock?
    private var blockNumber = 0
    private var entry = 0

    /// Neighbours in a block are alike: of those that are looked at, not too many come from one.
    private static let blockStepPart = 4

    init(_ view: View, step: Int) {
        self.view = view
        self.step = step
        blockStep = max(step / LayeredSample.blockStepPart, 1)
        entryStep = (step + blockStep - 1) / blockStep
        node = view.active.first
    }

    private var memtables: [Memtable] { [view.active] + view.frozen }

    mutating func next() throws(SQLError) -> (bytes: UnsafeRawBufferPointer, isSuperseded: Bool)? {
        while source <= view.frozen.count {
            guard let found = node else {
                source += 1
                if source <= view.frozen.count { node = view.frozen[source - 1].first }
                continue
            }
            for _ in 0..<step { node = node?.next(0) }
            let isSuperseded = memtables[..<source].contains { $0.find(found.key) != nil }
            return (found.key, isSuperseded)
        }
        while source - view.frozen.count - 1 < view.segments.count {
            let number = source - view.frozen.count - 1
            let segment = view.segments[number]
            let parts = try segment.loaded()
            if block == nil, blockNumber < parts.index.count {
                block = try segment.block(blockNumber, parts)
                entry = 0
            }
            guard let current = block else {
                source += 1
                blockNumber = 0
                continue
            }
            guard entry < current.count else {
                block = nil
                blockNumber += blockStep
                continue
            }
            let key = current.entries[entry].key
            entry += entryStep
            return (key, try isSuperseded(key, before: number))
        }
        return nil
    }

    private func isSuperseded(
        _ key: UnsafeRawBufferPointer, before number: Int
    ) throws(SQLError) -> Bool {
        if memtables.contains(where: { $0.find(key) != nil }) { return true }
        let hash = BloomFilter.hash(key)
        for segment in view.segments[..<number] where try segment.find(key, hash) != nil {
            return true
        }
        return false
    }
}
