public import Base
internal import Catalog
internal import Engine
public import Sequences
internal import Types

/// Sequences as a session's statements use them: privileges, locks, read-only transactions.
extension SessionState {
    /// A sequence of the session's catalog.
    /// - Throws: XX000 as PostgreSQL where there is none, 42809 `"x" is not a sequence`.
    public func sequenceReference(_ oid: OID) throws(SQLError) -> SessionSequences.Reference {
        let relation = try sequenceRelation(oid)
        return reference(relation)
    }

    private func sequenceRelation(_ oid: OID) throws(SQLError) -> Shared<Relation> {
        guard let relation = catalog.snapshot.relation(oid) else {
            throw SQLError(.internalError, "could not open relation with OID \(oid)")
        }
        guard relation.value.kind == .sequence else {
            throw SQLError(.wrongObjectType, "\"\(relation.value.name)\" is not a sequence")
        }
        return relation
    }

    private func reference(_ relation: Shared<Relation>) -> SessionSequences.Reference {
        guard let definition = relation.value.sequence, let placement = relation.value.placement
        else {
            invariant(false, "a sequence has a definition and a placement")
            fatalError()
        }
        let persistence: SequencePersistence =
            switch relation.value.persistence {
            case .permanent: .permanent
            case .unlogged: .unlogged
            case .temporary: .temporary
            }
        return SessionSequences.Reference(
            oid: relation.value.oid, id: SequenceID(placement.generation), definition: definition,
            persistence: persistence)
    }

    /// The sequence, locked as nextval and setval lock it (ROW EXCLUSIVE, kept in session memory).
    private func lockedSequence(
        _ oid: OID
    ) throws(SQLError) -> (relation: Shared<Relation>, reference: SessionSequences.Reference) {
        let relation = try sequenceRelation(oid)
        guard sequences.needsLock(oid, transaction: transactionNumber) else {
            return (relation, reference(relation))
        }
        try lockRelation(oid, .rowExclusive)
        // A wait may have ended with a new generation.
        let current = try sequenceRelation(oid)
        let reference = reference(current)
        sequences.locked(reference, transaction: transactionNumber)
        return (current, reference)
    }

    private func requireRights(
        _ rights: [Privilege.Rights], on relation: Relation
    ) throws(SQLError) {
        for right in rights
        where catalog.snapshot.hasRights(right, on: relation, user: user) {
            return
        }
        throw SQLError(
            .insufficientPrivilege, "permission denied for sequence \(relation.name)")
    }

    private func requireSequenceWritable(
        _ relation: Relation, _ function: String
    ) throws(SQLError) {
        if isReadOnly, relation.persistence != .temporary {
            try requireWritable("\(function)()")
        }
    }

    /// `count` calls of nextval for a place in a plan that draws again and again: what was found
    /// out about the sequence holds as long as the transaction and its catalog.
    func nextval(
        _ draw: SequenceDraw, _ oid: OID, into words: UnsafeMutablePointer<Int64>, count: Int
    ) throws(SQLError) {
        if draw.transactionNumber != transactionNumber || !isKnown(draw, oid) {
            try prepare(draw, oid)
        }
        guard let reference = draw.reference else { return }
        var last = LogPosition.zero
        defer { waitFor(last) }
        try sequences.nextvals(
            reference, into: UnsafeMutableBufferPointer(start: words, count: count),
            position: &last, name: draw.name)
    }

    /// True while all that `draw` found out about the sequence holds, but for its lock.
    private func isKnown(_ draw: SequenceDraw, _ oid: OID) -> Bool {
        draw.version == catalog.version && draw.reference?.oid == oid && draw.user == user
    }

    private func prepare(_ draw: SequenceDraw, _ oid: OID) throws(SQLError) {
        if !isReadOnly, let reference = draw.reference, isKnown(draw, oid) {
            if sequences.needsLock(oid, transaction: transactionNumber) {
                try lockRelation(oid, .rowExclusive)
                sequences.locked(reference, transaction: transactionNumber)
            }
            // A wait may have ended with another definition.
            if isKnown(draw, oid) {
                draw.transactionNumber = transactionNumber
                return
            }
        }
        let (relation, reference) = try lockedSequence(oid)
        if draw.checksPrivilege { try requireRights([.usage, .update], on: relation.value) }
        if isReadOnly { try requireSequenceWritable(relation.value, "nextval") }
        draw.reference = reference
        draw.name = relation.value.name
        draw.transactionNumber = transactionNumber
        draw.version = catalog.version
        draw.user = user
    }

    /// nextval. Identity columns draw without a privilege.
    public func nextval(_ oid: OID, checksPrivilege: Bool = true) throws(SQLError) -> Int64 {
        let (relation, reference) = try lockedSequence(oid)
        if checksPrivilege { try requireRights([.usage, .update], on: relation.value) }
        if isReadOnly { try requireSequenceWritable(relation.value, "nextval") }
        let draw = try sequences.nextval(reference, name: relation.value.name)
        waitFor(draw.position)
        return draw.value
    }

    public func currval(_ oid: OID) throws(SQLError) -> Int64 {
        let (relation, _) = try lockedSequence(oid)
        try requireRights([.select, .usage], on: relation.value)
        return try sequences.currval(oid, name: relation.value.name)
    }

    public func lastval() throws(SQLError) -> Int64 {
        let oid = try sequences.lastUsedSequence()
        guard let relation = catalog.snapshot.relation(oid) else {
            throw SessionSequences.lastvalUndefined
        }
        let value = try sequences.lastval()
        try requireRights([.select, .usage], on: relation.value)
        return value
    }

    public func setval(_ oid: OID, _ value: Int64, isCalled: Bool) throws(SQLError) {
        let (relation, reference) = try lockedSequence(oid)
        try requireRights([.update], on: relation.value)
        if isReadOnly { try requireSequenceWritable(relation.value, "setval") }
        waitFor(
            try sequences.setval(
                reference, value, isCalled: isCalled, name: relation.value.name))
    }
}

/// What one place in a plan knows of the sequence that it draws from.
final class SequenceDraw {
    let checksPrivilege: Bool
    @exclusivity(unchecked) fileprivate var reference: SessionSequences.Reference?
    @exclusivity(unchecked) fileprivate var name = ""
    @exclusivity(unchecked) fileprivate var transactionNumber: UInt64 = 0
    @exclusivity(unchecked) fileprivate var version: UInt64 = 0
    @exclusivity(unchecked) fileprivate var user = OID.invalid

    init(checksPrivilege: Bool) { self.checksPrivilege = checksPrivilege }
}
