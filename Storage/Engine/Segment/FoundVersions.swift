internal import Base

/// The versions of one key that are worth keeping, newest first.
struct FoundVersions {
    private(set) var versions: [Version] = []
    private(set) var stamps: [UInt64] = []
    /// Writers of some of them, which have not ended.
    private(set) var active: [WriterID] = []
    private var lastCommitted = UInt64.max
    /// What every snapshot sees: of the versions up to here, it sees the newest.
    private let oldest: UInt64

    init(oldest: LogPosition) { self.oldest = oldest.rawValue << 1 }

    mutating func removeAll() {
        versions.removeAll(keepingCapacity: true)
        stamps.removeAll(keepingCapacity: true)
        active.removeAll(keepingCapacity: true)
        lastCommitted = .max
    }

    /// There is one that every snapshot sees: nobody looks for older ones.
    var isComplete: Bool { lastCommitted <= oldest }

    /// Takes the next older one, unless it is a copy of one that was taken, was rolled back, or is seen
    /// by nobody. One transaction may have left several, of which the last is seen; but those who
    /// follow a row ask whether it was deleted before its key was used again.
    mutating func add(_ version: Version, _ writers: WriterTable) {
        var stamp = version.stamp
        if stamp & 1 != 0 {
            switch writers.outcome(of: WriterID(stamp >> 1)) {
            case .aborted: return
            case .committed(let position): stamp = position.rawValue << 1
            case .active: break
            }
        }
        if stamp & 1 == 0 {
            if stamp > lastCommitted || isComplete { return }
            if stamp == lastCommitted, hasCopy(of: version, stamp) { return }
            lastCommitted = stamp
        } else {
            if lastCommitted != .max || hasCopy(of: version, stamp) { return }
            active.append(WriterID(stamp >> 1))
        }
        versions.append(version)
        stamps.append(stamp)
    }

    private func hasCopy(of version: Version, _ stamp: UInt64) -> Bool {
        zip(versions, stamps).contains {
            $0.1 == stamp && $0.0.kind == version.kind
                && (stamp & 1 == 0
                    ? $0.0.writerHalf == version.writerHalf : $0.0.command == version.command)
        }
    }

    /// A deletion that every snapshot sees is as good as nothing, if nothing is below it.
    mutating func dropDeletion() {
        guard versions.count == 1, versions[0].isDeletion, stamps[0] & 1 == 0, stamps[0] <= oldest
        else { return }
        removeAll()
    }
}
