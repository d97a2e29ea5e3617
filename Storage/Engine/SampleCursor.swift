internal import Base

/// A walk over some of a table's rows, drawn without regard to their keys or values, in key order:
/// those on a higher level of the skip list, where each key of the level below is with a chance of
/// a quarter. Holds no latch.
public struct SampleCursor {
    private let table: Table
    private let snapshot: Snapshot
    private let level: Int
    private var node: Memtable.Node?
    /// Keys that were looked at, dead ones included.
    public private(set) var visitedCount = 0
    /// All keys are looked at.
    public var isWhole: Bool { level == 0 }

    /// - Parameter keysMax: about how many keys to look at, at most.
    public init(_ table: Table, snapshot: Snapshot, keysMax: Int) {
        self.table = table
        self.snapshot = snapshot
        var level = 0
        var rest = table.memtable.keyCount
        while rest > keysMax, level < Memtable.heightMax - 1 {
            rest /= 4
            level += 1
        }
        self.level = level
        node = table.memtable.first(onLevel: level)
    }

    /// Fills `rows` with up to `limit` rows that the snapshot sees; returns how many, 0 at the end.
    /// The bytes live as long as the table.
    public mutating func next(
        rows: UnsafeMutablePointer<UnsafeRawBufferPointer>, limit: Int
    ) -> Int {
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
}
