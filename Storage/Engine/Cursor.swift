public import Base

/// A walk over the rows of a key range that a snapshot sees, in key order or against it. Holds no
/// latch; sees nothing that is inserted later, because the snapshot does not.
public struct Cursor {
    private let memtable: Memtable
    private let writers: WriterTable
    private let snapshot: Snapshot
    private let isReverse: Bool
    /// Owned bounds; nil is open.
    private let lower: [UInt8]?
    private let upper: [UInt8]?
    private var node: Memtable.Node?
    /// Of a walk over a piece: where the next one begins.
    private var end: UInt = 0
    private var deadRun = DeadRun()
    /// Where the rows are not in one memtable alone; then `node` is nil.
    private var layers: LayeredWalk?

    /// The next piece that nobody has taken, forward; nil: there is none.
    public init?(
        _ table: Table, next pieces: ScanPieces, snapshot: Snapshot
    ) throws(SQLError) {
        guard let piece = pieces.take() else { return nil }
        memtable = table.memtable
        writers = table.engine.writers
        self.snapshot = snapshot
        isReverse = false
        lower = nil
        switch piece {
        case .nodes(let first, let end):
            upper = nil
            node = first
            self.end = end
        case .keys(let first, let end, let view):
            upper = end
            let walk = LayeredWalk(view)
            try first.lend { (key) throws(SQLError) in try walk.seek(key) }
            layers = walk
        }
    }

    /// Keys from `lower` (inclusive) to `upper` (exclusive).
    public init(
        _ table: Table, lower: UnsafeRawBufferPointer? = nil,
        upper: UnsafeRawBufferPointer? = nil, snapshot: Snapshot, isReverse: Bool = false
    ) throws(SQLError) {
        memtable = table.memtable
        writers = table.engine.writers
        self.snapshot = snapshot
        self.isReverse = isReverse
        self.lower = lower.map { [UInt8]($0) }
        self.upper = upper.map { [UInt8]($0) }
        if !table.memtable.isWhole {
            let walk = LayeredWalk(table.currentView())
            if isReverse { try walk.seekLast(before: upper) } else { try walk.seek(lower) }
            layers = walk
        } else if isReverse {
            node = table.memtable.last(before: upper)
        } else if let lower {
            node = table.memtable.lowerBound(lower)
        } else {
            node = table.memtable.first
        }
    }

    /// Fills `keys` and `rows` with up to `limit` rows; returns how many, 0 at the end. The bytes
    /// live until the next call.
    public mutating func next(
        keys: UnsafeMutablePointer<UnsafeRawBufferPointer>,
        rows: UnsafeMutablePointer<UnsafeRawBufferPointer>, limit: Int
    ) throws(SQLError) -> Int {
        if let layers { return try nextLayered(layers, keys, rows, limit) }
        return isReverse ? nextReverse(keys, rows, limit) : nextForward(keys, rows, limit)
    }

    @inline(never)
    private mutating func nextLayered(
        _ walk: LayeredWalk, _ keys: UnsafeMutablePointer<UnsafeRawBufferPointer>,
        _ rows: UnsafeMutablePointer<UnsafeRawBufferPointer>, _ limit: Int
    ) throws(SQLError) -> Int {
        let writers = self.writers
        let bound = isReverse ? lower : upper
        var count = 0
        walk.beginBatch()
        while count < limit {
            guard let key = isReverse ? try walk.previous() : try walk.next() else { break }
            if let bound {
                let order = bound.withUnsafeBytes { compareBytes(key, $0) }
                if isReverse ? order < 0 : order >= 0 {
                    // The rows so far are still to be read, the walk is over.
                    walk.end()
                    break
                }
            }
            guard let version = walk.visible(writers, snapshot), !version.isDeletion else { continue }
            keys[count] = key
            rows[count] = version.bytes
            count += 1
        }
        return count
    }

    private mutating func nextForward(
        _ keys: UnsafeMutablePointer<UnsafeRawBufferPointer>,
        _ rows: UnsafeMutablePointer<UnsafeRawBufferPointer>, _ limit: Int
    ) -> Int {
        let writers = self.writers
        var count = 0
        var current = node
        var place = current?.address ?? 0
        // A piece ends at a node, which must not be passed over.
        let isWhole = end == 0
        var run = deadRun
        defer { deadRun = run }
        while count < limit, let candidate = current {
            if candidate.address == end {
                current = nil
                break
            }
            place = Cursor.prefetch(behind: candidate.address, from: place)
            let key = candidate.key
            if let upper, upper.withUnsafeBytes({ compareBytes(key, $0) }) >= 0 {
                current = nil
                break
            }
            if let version = writers.visible(candidate.newest, snapshot) {
                if !version.isDeletion {
                    keys[count] = key
                    rows[count] = version.bytes
                    count += 1
                } else if isWhole {
                    current = run.next(
                        behind: candidate, version, snapshot, memtable, writers)
                    continue
                }
            }
            run.end()
            current = candidate.next(0)
        }
        node = current
        return count
    }

    /// Rows that were written one after the other lie so in memory: what comes some rows behind is asked
    /// for ahead of its use. Returns the place for the next call.
    @inline(__always)
    private static func prefetch(behind address: UInt, from place: UInt) -> UInt {
        let step = address &- place
        if step < prefetchedStepMax {
            var offset: UInt = 0
            while offset < step {
                Base.prefetch(
                    UnsafeRawPointer(bitPattern: place &+ prefetchedAhead &+ offset))
                offset += 64
            }
        }
        return address
    }
    private static let prefetchedAhead: UInt = 2048
    private static let prefetchedStepMax: UInt = 1024

    private mutating func nextReverse(
        _ keys: UnsafeMutablePointer<UnsafeRawBufferPointer>,
        _ rows: UnsafeMutablePointer<UnsafeRawBufferPointer>, _ limit: Int
    ) -> Int {
        let writers = self.writers
        var count = 0
        while count < limit, let candidate = node {
            let key = candidate.key
            if let lower, lower.withUnsafeBytes({ compareBytes(key, $0) }) < 0 {
                node = nil
                break
            }
            if let version = writers.visible(candidate.newest, snapshot), !version.isDeletion {
                keys[count] = key
                rows[count] = version.bytes
                count += 1
            }
            node = memtable.last(before: key)
        }
        return count
    }
}
