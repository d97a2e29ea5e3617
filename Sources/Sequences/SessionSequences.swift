public import Base

/// What a session remembers of the sequences it has used: currval, lastval and values that CACHE
/// has taken ahead. Belongs to the session's thread.
public final class SessionSequences {
    private struct Entry {
        var cell: SequenceCell
        /// PostgreSQL's `last`: the last value given, meaningful for currval if `isDefined`.
        var last: Int64 = 0
        /// PostgreSQL's `cached`: the last value taken; equal to `last` when nothing is left.
        var cached: Int64 = 0
        var isDefined = false
        /// Of the record that covers the values taken.
        var position = LogPosition.zero
        /// The transaction in which the sequence was locked last.
        var lockedBy: UInt64 = 0
    }
    private var entries: [OID: Entry] = [:]
    private var lastUsed: OID?
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
        guard let entry = entries[oid] else { return true }
        return entry.lockedBy != transaction
    }

    /// Notes that the lock is held until the end of `transaction`, which is not 0.
    public func locked(_ sequence: Reference, transaction: UInt64) {
        prepare(sequence)
        entries[sequence.oid]?.lockedBy = transaction
    }

    private func prepare(_ sequence: Reference) {
        if let entry = entries[sequence.oid] {
            if entry.cell.id == sequence.id { return }
            // ALTER or RESTART: values taken ahead are void, currval stays.
            entries[sequence.oid]?.cell = manager.cell(
                sequence.id, sequence.definition, persistence: sequence.persistence)
            entries[sequence.oid]?.cached = entry.last
        } else {
            entries[sequence.oid] = Entry(
                cell: manager.cell(
                    sequence.id, sequence.definition, persistence: sequence.persistence))
        }
    }

    /// nextval. The position must be durable before the value is shown.
    /// - Throws: 2200H at the end of a sequence without CYCLE.
    public func nextval(
        _ sequence: Reference, name: @autoclosure () -> String
    ) throws(SQLError) -> (value: Int64, position: LogPosition) {
        prepare(sequence)
        let index = entries.index(forKey: sequence.oid)!
        let entry = entries.values[index]
        if entry.last != entry.cached {
            let value = entry.last &+ entry.cell.definition.increment
            entries.values[index].last = value
            lastUsed = sequence.oid
            return (value, entry.position)
        }
        guard let draw = entry.cell.draw() else {
            throw SessionSequences.exhausted(entry.cell.definition, name())
        }
        entries.values[index].last = draw.first
        entries.values[index].cached = draw.last
        entries.values[index].position = draw.position
        entries.values[index].isDefined = true
        lastUsed = sequence.oid
        return (draw.first, draw.position)
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
        return lastUsed
    }

    /// lastval, after `lastUsedSequence` was found to exist.
    public func lastval() throws(SQLError) -> Int64 {
        guard let lastUsed, let entry = entries[lastUsed], entry.isDefined else {
            throw SessionSequences.lastvalUndefined
        }
        return entry.last
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
        prepare(sequence)
        let index = entries.index(forKey: sequence.oid)!
        let position = entries.values[index].cell.set(
            SequenceValue(lastValue: value, isCalled: isCalled))
        if isCalled {
            entries.values[index].last = value
            entries.values[index].isDefined = true
        }
        entries.values[index].cached = entries.values[index].last
        return position
    }

    /// What `SELECT … FROM sequence` shows.
    public func contents(_ sequence: Reference) -> SequenceCell.Contents {
        manager.cell(sequence.id, sequence.definition, persistence: sequence.persistence).contents
    }

    /// DISCARD SEQUENCES.
    public func discard() {
        entries.removeAll()
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
