public import Base

/// What a statement sees: what was committed up to a log position, and its own transaction's
/// changes by earlier commands.
@frozen
public struct Snapshot: Sendable {
    /// Commits at or below are visible.
    public var horizon: LogPosition
    /// The reader's own top-level writer; none while it has not written.
    public var writer: WriterID
    /// Own changes by commands below are visible.
    public var command: UInt32

    public init(horizon: LogPosition, writer: WriterID, command: UInt32) {
        self.horizon = horizon
        self.writer = writer
        self.command = command
    }
}

extension WriterTable {
    /// True if `snapshot` sees the version.
    @inline(__always)
    func sees(_ version: Version, _ snapshot: Snapshot) -> Bool {
        let stamp = version.stamp
        if stamp & 1 == 0 { return stamp >> 1 <= snapshot.horizon.rawValue }
        return seesUnstamped(version, WriterID(stamp >> 1), snapshot)
    }

    @inline(never)
    private func seesUnstamped(
        _ version: Version, _ writer: WriterID, _ snapshot: Snapshot
    ) -> Bool {
        switch outcome(of: writer) {
        case .aborted: return false
        case .active(let top):
            #if DEBUG
                if IsolationFault.dirty.isPlanted { return true }
            #endif
            return top == snapshot.writer && version.command < snapshot.command
        case .committed(let position):
            version.setCommitted(position, by: writer)
            return position <= snapshot.horizon
        }
    }

    /// True if the version was rolled back.
    func isAborted(_ version: Version) -> Bool {
        let stamp = version.stamp
        if stamp & 1 == 0 { return false }
        if case .aborted = outcome(of: WriterID(stamp >> 1)) { return true }
        return false
    }

    /// The version of a chain that `snapshot` sees, deletions included.
    @inline(__always)
    func visible(_ newest: Version?, _ snapshot: Snapshot) -> Version? {
        var version = newest
        while let candidate = version {
            if sees(candidate, snapshot) { return candidate }
            version = candidate.older
        }
        return nil
    }

    /// The newest version that was not rolled back.
    func newestLive(_ newest: Version?) -> (version: Version, outcome: Outcome)? {
        var version = newest
        while let candidate = version {
            let stamp = candidate.stamp
            if stamp & 1 == 0 { return (candidate, .committed(LogPosition(stamp >> 1))) }
            let outcome = outcome(of: WriterID(stamp >> 1))
            switch outcome {
            case .aborted: version = candidate.older
            case .active, .committed: return (candidate, outcome)
            }
        }
        return nil
    }
}
