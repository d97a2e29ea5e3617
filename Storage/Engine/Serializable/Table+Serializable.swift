public import Base
internal import Synchronization
internal import System

/// Reads of serializable transactions: what is read is noted, and newer versions than the snapshot
/// sees are conflicts with those who wrote them.
extension Table {
    /// Notes that the row of `key`, or its absence, was read.
    /// - Throws: 40001.
    public func noteRead(
        _ key: UnsafeRawBufferPointer, by reader: SerializableTransaction
    ) throws(SQLError) {
        if reader.isFree.load(ordering: .acquiring) { return }
        try note(reader) { $0.addPoint(ReadSet.hash(key)) }
        if !memtable.isWhole {
            // The first key behind it is another one.
            return try meetLayered(from: [UInt8](key), upTo: [UInt8](key) + [0], reader)
        }
        guard let node = memtable.find(key),
            let change = change(of: node.newest, since: reader.horizon)
        else { return }
        try meet([change], reader)
    }

    /// Notes that the keys from `lower` on up to `upper`, exclusive, were read; nil: from the first,
    /// to the last.
    /// - Throws: 40001.
    public func noteRead(
        from lower: [UInt8]?, upTo upper: [UInt8]?, by reader: SerializableTransaction
    ) throws(SQLError) {
        if reader.isFree.load(ordering: .acquiring) { return }
        try note(reader) { $0.addInterval(lower: lower ?? [], upper: upper) }
        if !memtable.isWhole { return try meetLayered(from: lower, upTo: upper, reader) }
        var changes: [WriterTable.Outcome] = []
        var node = lower.map { $0.withUnsafeBytes { memtable.lowerBound($0) } } ?? memtable.first
        var seen: Set<UInt64> = []
        while let candidate = node {
            if let upper, upper.withUnsafeBytes({ compareBytes(candidate.key, $0) }) >= 0 { break }
            if let change = change(of: candidate.newest, since: reader.horizon),
                seen.insert(Table.identity(change)).inserted
            {
                changes.append(change)
            }
            node = candidate.next(0)
        }
        if !changes.isEmpty { try meet(changes, reader) }
    }

    /// The same for tables whose rows are not in one memtable alone. Segments without later commits
    /// need not be looked at.
    private func meetLayered(
        from lower: [UInt8]?, upTo upper: [UInt8]?, _ reader: SerializableTransaction
    ) throws(SQLError) {
        let view = currentView()
        let horizon = reader.horizon
        let walk = LayeredWalk(
            memtables: [view.active] + view.frozen,
            segments: view.segments.filter { $0.place.newestPosition > horizon.rawValue })
        try (lower ?? []).lend { (lower) throws(SQLError) in try walk.seek(lower) }
        var changes: [WriterTable.Outcome] = []
        var seen: Set<UInt64> = []
        while let key = try walk.next() {
            if let upper, upper.withUnsafeBytes({ compareBytes(key, $0) }) >= 0 { break }
            var next: WriterTable.Outcome?
            var isDone = false
            walk.forEachVersion { version in
                if isDone { return }
                isDone = !follow(version, since: horizon, &next)
            }
            if let next, seen.insert(Table.identity(next)).inserted { changes.append(next) }
            walk.beginBatch()
        }
        if !changes.isEmpty { try meet(changes, reader) }
    }

    /// A number of its own for each transaction.
    private static func identity(_ outcome: WriterTable.Outcome) -> UInt64 {
        switch outcome {
        case .active(let writer): writer.rawValue << 1 | 1
        case .committed(let position): position.rawValue << 1
        case .aborted: 0
        }
    }

    private func note(
        _ reader: SerializableTransaction, _ add: (inout ReadSet) -> Void
    ) throws(SQLError) {
        let tracker = reader.tracker
        try tracker.lock.withLock { () throws(SQLError) in
            if reader.isDoomed {
                throw SerializableTransaction.failure(
                    "Canceled on identification as a pivot, during conflict out checking")
            }
            tracker.note(reader, generation, add)
        }
    }

    private func meet(
        _ changes: [WriterTable.Outcome], _ reader: SerializableTransaction
    ) throws(SQLError) {
        let tracker = reader.tracker
        try tracker.lock.withLock { () throws(SQLError) in
            for change in changes {
                // Whoever was at it a moment ago may have ended and be known by his commit alone.
                var current = change
                if case .active(let writer) = change { current = engine.writers.outcome(of: writer) }
                try tracker.conflict(reader, readsOver: current)
            }
        }
    }

    /// Who made the version that follows the one seen from `horizon`; nil: that is the newest.
    private func change(
        of newest: Version?, since horizon: LogPosition
    ) -> WriterTable.Outcome? {
        var next: WriterTable.Outcome?
        var version = newest
        while let candidate = version, follow(candidate, since: horizon, &next) {
            version = candidate.older
        }
        return next
    }

    /// Takes who made a version for the next change, unless it is the one that is seen, or older: then
    /// false.
    private func follow(
        _ version: Version, since horizon: LogPosition, _ next: inout WriterTable.Outcome?
    ) -> Bool {
        let stamp = version.stamp
        let outcome =
            stamp & 1 == 0
            ? WriterTable.Outcome.committed(LogPosition(stamp >> 1))
            : engine.writers.outcome(of: WriterID(stamp >> 1))
        switch outcome {
        case .active: next = outcome
        case .committed(let position):
            if position <= horizon { return false }
            next = outcome
        case .aborted: break
        }
        return true
    }
}

extension SerializableTransaction {
    /// Notes that a version has been written under a key of a generation.
    func noteWrite(_ generation: GenerationID, _ key: UnsafeRawBufferPointer) {
        if generation == .catalog { return }
        let hash = ReadSet.hash(key)
        noteWrite(generation) { $0.contains(key, hash) }
    }

    /// Notes that all rows of a generation go with the transaction's commit.
    public func noteDrop(_ generation: GenerationID, _ transaction: Transaction) {
        _ = transaction.requireWriter()
        noteWrite(generation) { _ in true }
    }

    private func noteWrite(_ generation: GenerationID, where reads: (ReadSet) -> Bool) {
        do throws(SQLError) {
            try tracker.lock.withLock { () throws(SQLError) in
                tracker.noteWriter(self)
                if isDoomed {
                    throw SerializableTransaction.failure(
                        "Canceled on identification as a pivot, during conflict in checking")
                }
                try tracker.conflicts(self, writing: generation, where: reads)
            }
        } catch {
            failure = failure ?? error
        }
    }

    /// A key turned out to be taken: if that is so because others have read that it was free, as this
    /// transaction has, it is their conflict and not the caller's error.
    /// - Throws: 40001.
    public func checkTaken(
        _ generation: GenerationID, _ key: UnsafeRawBufferPointer
    ) throws(SQLError) {
        let hash = ReadSet.hash(key)
        try tracker.lock.withLock { () throws(SQLError) in
            try tracker.conflicts(self, writing: generation) { $0.contains(key, hash) }
        }
    }
}
