internal import Base

/// What a serializable transaction has read of one generation, so that a later write can be told to
/// have changed it: single keys, whether they were there or not, and intervals of keys.
///
/// Keys are kept by their hashes: two keys of one hash make a conflict that is none, which costs a
/// retry once in 2^64 pairs. Both kinds are bounded; beyond that everything counts as read.
struct ReadSet {
    /// Keys from `lower` on up to `upper`, exclusive; nil: to the end.
    private struct Interval {
        var lower: [UInt8]
        var upper: [UInt8]?
    }

    private static let pointsMax = 1 << 14
    private static let intervalsMax = 1 << 10

    private(set) var isWhole = false
    private var points: Set<UInt64> = []
    /// Apart from each other, ascending.
    private var intervals: [Interval] = []

    static func hash(_ key: UnsafeRawBufferPointer) -> UInt64 { foldHash(hashBytes(key)) }

    mutating func addAll() {
        isWhole = true
        points = []
        intervals = []
    }

    mutating func addPoint(_ hash: UInt64) {
        if isWhole { return }
        points.insert(hash)
        if points.count > ReadSet.pointsMax { addAll() }
    }

    /// - Parameter upper: exclusive; nil: to the end.
    mutating func addInterval(lower: [UInt8], upper: [UInt8]?) {
        if isWhole { return }
        if lower.isEmpty, upper == nil { return addAll() }
        var new = Interval(lower: lower, upper: upper)
        // Those that overlap the new one, or touch it, become part of it.
        let first = firstIndex { interval in
            guard let end = interval.upper else { return true }
            return ReadSet.compare(end, lower) >= 0
        }
        var last = first
        while last < intervals.count,
            upper.map({ ReadSet.compare(intervals[last].lower, $0) <= 0 }) ?? true
        {
            if ReadSet.compare(intervals[last].lower, new.lower) < 0 {
                new.lower = intervals[last].lower
            }
            if let end = intervals[last].upper, let own = new.upper {
                if ReadSet.compare(end, own) > 0 { new.upper = end }
            } else {
                new.upper = nil
            }
            last += 1
        }
        intervals.replaceSubrange(first..<last, with: [new])
        if intervals.count > ReadSet.intervalsMax { addAll() }
    }

    func contains(_ key: UnsafeRawBufferPointer, _ hash: UInt64) -> Bool {
        if isWhole || points.contains(hash) { return true }
        if intervals.isEmpty { return false }
        let index = firstIndex { interval in
            guard let end = interval.upper else { return true }
            return end.withUnsafeBytes { compareBytes($0, key) } > 0
        }
        return index < intervals.count
            && intervals[index].lower.withUnsafeBytes { compareBytes($0, key) } <= 0
    }

    mutating func merge(_ other: ReadSet) {
        if other.isWhole { return addAll() }
        for point in other.points { addPoint(point) }
        for interval in other.intervals {
            addInterval(lower: interval.lower, upper: interval.upper)
        }
    }

    /// The first interval of which `holds` is true; it is true of all behind that one.
    private func firstIndex(where holds: (Interval) -> Bool) -> Int {
        var low = 0
        var high = intervals.count
        while low < high {
            let middle = (low + high) / 2
            if holds(intervals[middle]) { high = middle } else { low = middle + 1 }
        }
        return low
    }

    private static func compare(_ left: [UInt8], _ right: [UInt8]) -> Int {
        left.withUnsafeBytes { left in right.withUnsafeBytes { Int(compareBytes(left, $0)) } }
    }
}
