internal import Base

/// The sorted runs of a sort that has no room in memory (PostgreSQL's external merge), on disk.
final class SortRuns {
    private let run: RunState
    /// The rows' columns, the encoded key behind them.
    private let types: [PhysicalType]
    private var file: SpillFile
    private var ranges: [Range<Int>] = []
    private var start = 0
    private var merge: RunMerge?
    /// The longest that the file has been.
    private(set) var peakBytes = 0
    /// How many runs are merged at once: what their readers hold fits the memory of the sort.
    private let fanIn: Int

    init(_ columns: [PhysicalType], run: RunState) throws(SQLError) {
        self.run = run
        types = columns + [.bytes]
        file = try run.makeSpillFile(types)
        let readerBytes = 64 << 10 + types.count * batchRowsMax * 16
        fanIn = min(max(run.workMemoryBytes / readerBytes, 6), 256)
    }

    /// Appends rows to the run at hand, which come in order.
    func append(_ columns: [Vector], count: Int) throws(SQLError) {
        try file.append(columns, count: count)
    }

    /// The run is complete; the next one begins.
    func endRun() throws(SQLError) {
        let end = try file.mark()
        ranges.append(start..<end)
        start = end
        peakBytes = max(peakBytes, end)
    }

    /// Merges until one merge gives the whole: call once, after the last run.
    func beginMerge() throws(SQLError) {
        let columns = types.map { Vector($0) }
        let arena = Arena()
        while ranges.count > fanIn {
            let (old, oldRanges) = (file, ranges)
            file = try run.makeSpillFile(types)
            ranges = []
            start = 0
            for first in stride(from: 0, to: oldRanges.count, by: fanIn) {
                let group = oldRanges[first..<min(first + fanIn, oldRanges.count)]
                var part = try RunMerge(group.map { old.reader($0) })
                while true {
                    arena.reset()
                    let count = try part.next(batchRowsMax, into: columns, arena)
                    if count == 0 { break }
                    try run.checkInterrupt()
                    try file.append(columns, count: count)
                }
                try endRun()
            }
        }
        merge = try RunMerge(ranges.map { file.reader($0) })
    }

    /// Fills `output` with the next rows in order, without keys; returns how many.
    func next(_ count: Int, into output: [Vector], _ arena: Arena) throws(SQLError) -> Int {
        try merge?.next(count, into: output, arena) ?? 0
    }
}
