internal import Base

/// A walk over the keys of several sources, merged: each key once, with what each source has of it,
/// the newest source first. Holds no latch; holds the blocks that it stands in, and those that it has
/// gone through since `beginBatch`.
final class LayeredWalk {
    private struct Source {
        var isAtEnd = true
        var key = UnsafeRawBufferPointer(start: nil, count: 0)
        /// In a memtable.
        var node: UInt = 0
        /// In a segment.
        var entries: UnsafeMutablePointer<SegmentBlock.Entry>?
        var entry = 0
        var entryCount = 0
        var blockNumber = 0
    }

    private let memtables: [Memtable]
    private let segments: [Segment]
    private var parts: [Segment.Parts] = []
    /// First the memtables', then the segments'.
    private let sources: UnsafeMutablePointer<Source>
    private let count: Int
    /// Of each segment, the block that the walk stands in.
    private var blocks: [SegmentBlock?]
    private var passed: [SegmentBlock] = []
    /// What the sources have of the present key.
    private let chains: UnsafeMutablePointer<UInt>
    private var chainCount = 0

    init(memtables: [Memtable], segments: [Segment]) {
        self.memtables = memtables
        self.segments = segments
        count = memtables.count + segments.count
        sources = .allocate(capacity: max(count, 1))
        sources.initialize(repeating: Source(), count: max(count, 1))
        chains = .allocate(capacity: max(count, 1))
        chains.initialize(repeating: 0, count: max(count, 1))
        blocks = segments.map { _ in nil }
    }

    convenience init(_ view: View) {
        self.init(memtables: [view.active] + view.frozen, segments: view.segments)
    }

    deinit {
        sources.deallocate()
        chains.deallocate()
    }

    /// Keys and rows that were given before need not stay.
    func beginBatch() { if !passed.isEmpty { passed.removeAll(keepingCapacity: true) } }

    /// There is no next key.
    func end() { for number in 0..<count { sources[number].isAtEnd = true } }

    // MARK: Places

    /// Goes to the first key at or after `key`, or of all.
    func seek(_ key: UnsafeRawBufferPointer?) throws(SQLError) {
        try loadParts()
        for (number, memtable) in memtables.enumerated() {
            set(number, key.map { memtable.lowerBound($0) } ?? memtable.first)
        }
        for number in segments.indices { try seekSegment(number, key) }
    }

    /// Goes to the last key before `key`, or of all.
    func seekLast(before key: UnsafeRawBufferPointer?) throws(SQLError) {
        try loadParts()
        for (number, memtable) in memtables.enumerated() { set(number, memtable.last(before: key)) }
        for number in segments.indices { try seekSegmentLast(number, before: key) }
    }

    private func loadParts() throws(SQLError) {
        if parts.count == segments.count { return }
        for segment in segments { parts.append(try segment.loaded()) }
    }

    private func set(_ number: Int, _ node: Memtable.Node?) {
        sources[number].isAtEnd = node == nil
        guard let node else { return }
        sources[number].node = node.address
        sources[number].key = node.key
    }

    private func seekSegment(_ number: Int, _ key: UnsafeRawBufferPointer?) throws(SQLError) {
        guard let key else { return try enter(number, block: 0, entry: 0) }
        let block = max(parts[number].index.block(of: key), 0)
        try enter(number, block: block, entry: 0)
        guard let current = blocks[number] else { return }
        let entry = current.lowerBound(key)
        if entry < current.count {
            setEntry(number, entry)
        } else {
            try enter(number, block: block + 1, entry: 0)
        }
    }

    private func seekSegmentLast(
        _ number: Int, before key: UnsafeRawBufferPointer?
    ) throws(SQLError) {
        guard let key else {
            return try enter(number, block: parts[number].index.count - 1, entry: -1)
        }
        let block = parts[number].index.block(of: key)
        try enter(number, block: block, entry: -1)
        guard block >= 0, let current = blocks[number] else { return }
        let entry = current.lowerBound(key) - 1
        if entry >= 0 {
            setEntry(number, entry)
        } else {
            try enter(number, block: block - 1, entry: -1)
        }
    }

    /// Goes to an entry of a block, -1 for its last; the end, if there is no such block.
    private func enter(_ number: Int, block: Int, entry: Int) throws(SQLError) {
        let source = memtables.count + number
        if let before = blocks[number] { passed.append(before) }
        guard block >= 0, block < parts[number].index.count else {
            blocks[number] = nil
            sources[source].isAtEnd = true
            return
        }
        let entered = try segments[number].block(block, parts[number])
        blocks[number] = entered
        sources[source].isAtEnd = false
        sources[source].blockNumber = block
        sources[source].entries = entered.entries
        sources[source].entryCount = entered.count
        setEntry(number, entry < 0 ? entered.count - 1 : entry)
    }

    private func setEntry(_ number: Int, _ entry: Int) {
        let source = memtables.count + number
        guard let entries = sources[source].entries else { return }
        sources[source].entry = entry
        sources[source].key = entries[entry].key
    }

    // MARK: Steps

    /// The next key, and goes on behind it; nil at the end.
    func next() throws(SQLError) -> UnsafeRawBufferPointer? {
        try step(isReverse: false)
    }

    /// The same against the order of keys.
    func previous() throws(SQLError) -> UnsafeRawBufferPointer? {
        try step(isReverse: true)
    }

    @inline(__always)
    private func step(isReverse: Bool) throws(SQLError) -> UnsafeRawBufferPointer? {
        var chosen = -1
        for number in 0..<count where !sources[number].isAtEnd {
            if chosen < 0 {
                chosen = number
                continue
            }
            let order = compareBytes(sources[number].key, sources[chosen].key)
            if isReverse ? order > 0 : order < 0 { chosen = number }
        }
        if chosen < 0 { return nil }
        let key = sources[chosen].key
        chainCount = 0
        for number in chosen..<count where !sources[number].isAtEnd {
            if number != chosen, compareBytes(sources[number].key, key) != 0 { continue }
            try take(number, isReverse: isReverse)
        }
        return key
    }

    /// Notes what a source has of its key, and has it go on.
    @inline(__always)
    private func take(_ number: Int, isReverse: Bool) throws(SQLError) {
        if number < memtables.count {
            guard let node = Memtable.Node(sources[number].node) else { return }
            chains[chainCount] = node.newest.map { UInt(bitPattern: $0.base) } ?? 0
            chainCount += 1
            set(number, isReverse ? memtables[number].last(before: node.key) : node.next(0))
            return
        }
        let segment = number - memtables.count
        guard let entries = sources[number].entries else { return }
        let entry = sources[number].entry
        chains[chainCount] = entries[entry].chain
        chainCount += 1
        let next = isReverse ? entry - 1 : entry + 1
        if next >= 0, next < sources[number].entryCount {
            sources[number].entry = next
            sources[number].key = entries[next].key
        } else {
            let block = sources[number].blockNumber
            try enter(segment, block: isReverse ? block - 1 : block + 1, entry: isReverse ? -1 : 0)
        }
    }

    // MARK: What the present key has

    /// The version that `snapshot` sees, deletions included.
    @inline(__always)
    func visible(_ writers: WriterTable, _ snapshot: Snapshot) -> Version? {
        for number in 0..<chainCount {
            if let version = writers.visible(Version(chains[number]), snapshot) { return version }
        }
        return nil
    }

    /// The newest version that was not rolled back.
    func newestLive(_ writers: WriterTable) -> (version: Version, outcome: WriterTable.Outcome)? {
        for number in 0..<chainCount {
            if let found = writers.newestLive(Version(chains[number])) { return found }
        }
        return nil
    }

    /// All versions that any source has, newest first; copies come twice.
    func forEachVersion(_ body: (Version) -> Void) {
        for number in 0..<chainCount {
            var next = Version(chains[number])
            while let version = next {
                body(version)
                next = version.older
            }
        }
    }
}
