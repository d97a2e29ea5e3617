internal import Base
internal import Query

/// The rows that a window node has at hand: whole partitions, in order. Rows, groups of peers and
/// partitions are numbered from 0 through all of them.
final class WindowRows {
    /// The values that calls and frames look at: arguments, filters, the key of RANGE.
    let values: RowStore
    /// The first row of each group of peers and of each partition; one more at the end.
    @exclusivity(unchecked) var groupStarts: [Int32] = []
    @exclusivity(unchecked) var partitionStarts: [Int32] = []
    /// The group of each row.
    @exclusivity(unchecked) var groups: [Int32] = []
    /// The frames of the partition at hand.
    @exclusivity(unchecked) var starts: [Int32] = []
    @exclusivity(unchecked) var ends: [Int32] = []
    /// The partition at hand.
    @exclusivity(unchecked) var first = 0
    @exclusivity(unchecked) var end = 0

    init(types: [PhysicalType]) { values = RowStore(types: types) }

    func removeAll() {
        values.removeAll()
        groupStarts.removeAll(keepingCapacity: true)
        partitionStarts.removeAll(keepingCapacity: true)
        groups.removeAll(keepingCapacity: true)
        starts.removeAll(keepingCapacity: true)
        ends.removeAll(keepingCapacity: true)
    }

    var count: Int { groups.count }

    func groupStart(_ row: Int) -> Int { Int(groupStarts[Int(groups[row])]) }
    func groupEnd(_ row: Int) -> Int { Int(groupStarts[Int(groups[row]) + 1]) }

    func start(_ row: Int) -> Int { Int(starts[row - first]) }
    func end(_ row: Int) -> Int { Int(ends[row - first]) }
}

/// The rows of one frame: up to three runs, since EXCLUDE may cut it twice.
struct FrameRuns {
    var runs: (Range<Int>, Range<Int>, Range<Int>)

    init(_ rows: WindowRows, _ row: Int, _ exclusion: FrameExclusion) {
        let all = rows.start(row)..<max(rows.start(row), rows.end(row))
        let none = all.upperBound..<all.upperBound
        func before(_ limit: Int) -> Range<Int> {
            all.lowerBound..<max(min(limit, all.upperBound), all.lowerBound)
        }
        func behind(_ limit: Int) -> Range<Int> {
            min(max(limit, all.lowerBound), all.upperBound)..<all.upperBound
        }
        switch exclusion {
        case .nothing: runs = (all, none, none)
        case .currentRow: runs = (before(row), behind(row + 1), none)
        case .group: runs = (before(rows.groupStart(row)), behind(rows.groupEnd(row)), none)
        case .ties:
            let own = all.contains(row) ? row..<row + 1 : none
            runs = (before(rows.groupStart(row)), own, behind(rows.groupEnd(row)))
        }
    }

    var count: Int { runs.0.count + runs.1.count + runs.2.count }

    /// The row at `index`, counted from 0.
    func row(_ index: Int) -> Int? {
        var index = index
        for run in [runs.0, runs.1, runs.2] {
            if index < run.count { return run.lowerBound + index }
            index -= run.count
        }
        return nil
    }
}
