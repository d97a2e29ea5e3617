public import Base

/// What a session remembers of the sequences it has used: currval, lastval and values that CACHE
/// has taken ahead. Belongs to the session's thread.
public final class SessionSequences {
    private final class Entry {
        let oid: OID
        let cell: SequenceCell
        /// PostgreSQL's `last`: the last value given, meaningful for currval if `isDefined`.
        @exclusivity(unchecked) var last: Int64 = 0
        /// PostgreSQL's `cached`: the last value taken; equal to `last` when nothing is left.
        @exclusivity(unchecked) var cached: Int64 = 0
        @exclusivity(unchecked) var isDefined = false
        /// Of the record that covers the values taken.
        @exclusivity(unchecked) var position = LogPosition.zero
        /// The transaction in which the sequence was locked last.
        @exclusivity(unchecked) var lockedBy: UInt64 = 0

        init(_ oid: OID, _ cell: SequenceCell) {
            self.oid = oid
            self.cell = cell
        }

        /// After ALTER or RESTART: values taken ahead are void, currval stays.
        init(_ old: Entry, _ cell: SequenceCell) {
            oid = old.oid
            self.cell = cell
            last = old.last
            cached = old.last
            isDefined = old.isDefined
            position = old.position
            lockedBy = old.lockedBy
        }

        /// The next value, covered by `position`: one that was taken ahead or a draw from `cell`,
        /// which is this entry's. Nil at the end of a sequence without CYCLE.
        @inline(__always)
        func next(_ cell: SequenceCell) -> Int64? {
            if last != cached {
                last = last &+ cell.definition.increment
                return last
            }
            guard let draw = cell.draw() else { return nil }
            last = draw.first
            cached = draw.last
            position = draw.position
            isDefined = true
            return last
        }
    }
    @exclusivity(unchecked) private var entries: [OID: Entry] = [:]
    /// The entry used last, whatever for: it is usually used again.
    @exclusivity(unchecked) private var recent: Entry?
    /// The entry of the last nextval.
    @exclusivity(unchecked) private var lastUsed: Entry?
    private let manager: SequenceManager

    public init(_ manager: SequenceManager) { self.manager = manager }

    /// A sequence as the caller's catalog has it. To be looked up after its lock was taken, since
    /// a wait for the lock may end with a new generation.
    public struct Reference: Sendable {
        public var oid: OID
        public var id: SequenceID
        public var definition: SequenceDefinition
        public var persistence: SequencePersistence

        public init(
            oid: OID, id: SequenceID, definition: SequenceDefinition,
            persistence: SequencePersistence
        ) {
            self.oid = oid
            self.id = id
            self.definition = definition
            self.persistence = persistence
        }
    }

    /// True once for each transaction: the sequence's ROW EXCLUSIVE lock is still to be taken.
    public func needsLock(_ oid: OID, transaction: UInt64) -> Bool {
        if let recent, recent.oid == oid { return recent.lockedBy != transaction }
        guard let entry = entries[oid] else { return true }
        return entry.lockedBy != transaction
    }

    /// Notes that the lock is held until the end of `transaction`, which is not 0.
    public func locked(_ sequence: Reference, transaction: UInt64) {
        entry(sequence).lockedBy = transaction
    }

    @inline(__always)
    private func entry(_ sequence: Reference) -> Entry {
        if let recent, recent.oid == sequence.oid, recent.cell.id == sequence.id { return recent }
        return findEntry(sequence)
    }

    @inline(never)
    private func findEntry(_ sequence: Reference) -> Entry {
        func cell() -> SequenceCell {
            manager.cell(
                sequence.id, sequence.definition, persistence: sequence.persistence)
        }
        if let known = entries[sequence.oid] {
            recent = known
            if known.cell.id == sequence.id { return known }
            let renewed = Entry(known, cell())
            if lastUsed === known { lastUsed = renewed }
            return remember(renewed)
        }
        return remember(Entry(sequence.oid, cell()))
    }

    private func remember(_ entry: Entry) -> Entry {
        entries[entry.oid] = entry
        recent = entry
        return entry
    }

    /// nextval. The position must be durable before the value is shown.
    /// - Throws: 2200H at the end of a sequence without CYCLE.
    public func nextval(
        _ sequence: Reference, name: @autoclosure () -> String
    ) throws(SQLError) -> (value: Int64, position: LogPosition) {
        let entry = entry(sequence)
        guard let value = entry.next(entry.cell) else {
            throw SessionSequences.exhausted(entry.cell.definition, name())
        }
        if lastUsed !== entry { lastUsed = entry }
        return (value, entry.position)
    }

    /// nextval once for each of `values`. `position` grows to what must be durable before they are
    /// shown, also where it throws.
    /// - Throws: 2200H at the end of a sequence without CYCLE; the values before it are drawn.
    public func nextvals(
        _ sequence: Reference, into values: UnsafeMutableBufferPointer<Int64>,
        position: inout LogPosition, name: @autoclosure () -> String
    ) throws(SQLError) {
        let entry = entry(sequence)
        let cell = entry.cell
        for index in values.indices {
            guard let value = entry.next(cell) else {
                throw SessionSequences.exhausted(cell.definition, name())
            }
            values[index] = value
            if index == 0, lastUsed !== entry { lastUsed = entry }
            if entry.position > position { position = entry.position }
        }
    }

    /// currval: the last value that this session has drawn or set.
    /// - Throws: 55000 if there is none.
    public func currval(_ oid: OID, name: @autoclosure () -> String) throws(SQLError) -> Int64 {
        guard let entry = entries[oid], entry.isDefined else {
            throw SQLError(
                .objectNotInPrerequisiteState,
                "currval of sequence \"\(name())\" is not yet defined in this session")
        }
        return entry.last
    }

    /// The sequence that lastval is about: the one of the session's last nextval. The caller
    /// throws `lastvalUndefined` if it does not exist any more.
    public func lastUsedSequence() throws(SQLError) -> OID {
        guard let lastUsed else { throw SessionSequences.lastvalUndefined }
        return lastUsed.oid
    }

    /// lastval, after `lastUsedSequence` was found to exist.
    public func lastval() throws(SQLError) -> Int64 {
        guard let lastUsed, lastUsed.isDefined else { throw SessionSequences.lastvalUndefined }
        return lastUsed.last
    }

    public static var lastvalUndefined: SQLError {
        SQLError(
            .objectNotInPrerequisiteState, "lastval is not yet defined in this session")
    }

    /// setval. The position must be durable before the answer.
    /// - Throws: 22003 for a value out of bounds.
    public func setval(
        _ sequence: Reference, _ value: Int64, isCalled: Bool, name: @autoclosure () -> String
    ) throws(SQLError) -> LogPosition {
        let definition = sequence.definition
        if value < definition.minimum || value > definition.maximum {
            throw SQLError(
                .numericValueOutOfRange,
                "setval: value \(value) is out of bounds for sequence \"\(name())\" "
                    + "(\(definition.minimum)..\(definition.maximum))")
        }
        let entry = entry(sequence)
        let position = entry.cell.set(SequenceValue(lastValue: value, isCalled: isCalled))
        if isCalled {
            entry.last = value
            entry.isDefined = true
        }
        entry.cached = entry.last
        return position
    }

    /// What `SELECT … FROM sequence` shows.
    public func contents(_ sequence: Reference) -> SequenceCell.Contents {
        manager.cell(sequence.id, sequence.definition, persistence: sequence.persistence).contents
    }

    /// DISCARD SEQUENCES.
    public func discard() {
        entries.removeAll()
        recent = nil
        lastUsed = nil
    }

    private static func exhausted(_ definition: SequenceDefinition, _ name: String) -> SQLError {
        let isUp = definition.increment > 0
        return SQLError(
            .sequenceGeneratorLimitExceeded,
            "nextval: reached \(isUp ? "maximum" : "minimum") value of sequence \"\(name)\" "
                + "(\(isUp ? definition.maximum : definition.minimum))")
    }
}
