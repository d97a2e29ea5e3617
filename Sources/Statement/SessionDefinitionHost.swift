internal import Base
internal import Catalog
internal import Engine
internal import Execute
internal import Functions
internal import Query
internal import Sequences
internal import Types

/// What definitions need of a session, done with its transaction.
final class SessionDefinitionHost: DefinitionHost {
    private let session: SessionState

    init(_ session: SessionState) {
        self.session = session
    }

    var catalog: CatalogTransaction { session.catalog }
    var scope: CatalogScope { session.scope }
    var user: OID { session.user }
    var typeContext: TypeContext {
        session.refreshTypeSettings()
        return session.functions.types
    }

    var settings: SessionSettings { session.settings }
    func fillRandom(_ bytes: UnsafeMutableRawBufferPointer) { session.functions.fillRandom(bytes) }

    func notify(_ notice: SQLError) { session.notice(notice) }

    /// pg_temp_N with the session's process number.
    func temporaryNamespace() throws(SQLError) -> OID {
        // The transaction that made one may have been rolled back.
        if let existing = session.temporaryNamespace,
            session.catalog.snapshot.namespace(existing) != nil
        {
            return existing
        }
        let namespace = Namespace(
            oid: try catalog.newOID(), name: "pg_temp_\(session.processID)",
            owner: SystemOID.superuser)
        catalog.put(namespace)
        session.temporaryNamespace = namespace.oid
        return namespace.oid
    }

    // MARK: Locks

    /// Spaces of lock keys beside relations'.
    private enum LockSpace {
        static let names: UInt32 = 1
        static let objects: UInt32 = 2
    }

    func lock(_ relation: OID, _ mode: RelationLockMode) throws(SQLError) {
        try session.lockRelation(relation, mode)
    }

    func lockName(_ name: String, in namespace: OID) throws(SQLError) {
        var hash = UInt64(namespace.rawValue) &* 0x9E37_79B9_7F4A_7C15
        for byte in name.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
        try lock(RelationLocks.Key(space: LockSpace.names, value: hash))
    }

    func lock(_ object: ObjectAddress) throws(SQLError) {
        let value = UInt64(object.classID.rawValue) << 32 | UInt64(object.objectID.rawValue)
        try lock(RelationLocks.Key(space: LockSpace.objects, value: value))
    }

    private func lock(_ key: RelationLocks.Key) throws(SQLError) {
        guard let transaction = session.transaction else {
            throw SQLError(.internalError, "definitions run in a transaction")
        }
        try session.database.engine.relationLocks.lock(key, .accessExclusive, transaction)
    }

    func requireNoPendingChecks(_ table: Relation, for command: String) throws(SQLError) {
        try session.requireNoPendingChecks(table, for: command)
    }

    func noteNewLabel(_ label: OID) { session.noteNewLabel(label) }

    // MARK: Stored rows

    func isEmpty(_ table: Relation) throws(SQLError) -> Bool {
        try TableRebuild.isEmpty(table, session: session)
    }

    func build(_ index: TableChecks.Index, of table: Shared<Relation>) throws(SQLError) {
        try TableRebuild.build(index, of: table, session: session)
    }

    func rewrite(
        _ old: Shared<Relation>, as new: Shared<Relation>, values: [Expression?],
        checks: TableChecks, order: Shared<Relation>?
    ) throws(SQLError) {
        try TableRebuild.rewrite(
            old, as: new, values: values, checks: checks, order: order, session: session)
    }

    func validate(
        _ table: Shared<Relation>, checks: [TableChecks.Check], notNull: [Int]
    ) throws(SQLError) {
        try TableRebuild.validate(table, checks: checks, notNull: notNull, session: session)
    }

    func validate(_ foreignKey: ForeignKeyCheck) throws(SQLError) {
        try ForeignKeyScan(
            foreignKey.constraint, of: foreignKey.referencing, to: foreignKey.referenced, session
        ).validate()
    }

    func checkUnreferenced(
        _ constraint: Constraint, of table: Shared<Relation>, in partition: Shared<Relation>
    ) throws(SQLError) {
        try ForeignKeyScan(constraint, of: table, to: partition, session).checkUnreferenced()
    }

    func hasStranger(
        _ table: Shared<Relation>, checks: [PartitionCheck]
    ) throws(SQLError) -> Bool {
        try TableRebuild.hasStranger(table, checks: checks, session: session)
    }

    func evaluate(_ expression: Expression) throws(SQLError) -> Constant {
        if case .constant(let constant) = expression { return constant }
        return try TableRebuild.evaluate(expression, session: session)
    }

    // MARK: Sequence states

    func createState(of sequence: Relation, at position: SequencePosition) throws(SQLError) {
        guard let definition = sequence.sequence, let placement = sequence.placement else {
            throw SQLError(.internalError, "a sequence has a definition and a placement")
        }
        session.database.sequences.create(
            SequenceID(placement.generation), definition,
            persistence: sequence.persistence.ofSequence,
            value: SequenceValue(lastValue: position.lastValue, isCalled: position.isCalled))
    }

    func position(of sequence: Relation) throws(SQLError) -> SequencePosition {
        let contents = session.sequences.contents(try session.sequenceReference(sequence.oid))
        return SequencePosition(lastValue: contents.lastValue, isCalled: contents.isCalled)
    }
}

extension Persistence {
    var ofSequence: SequencePersistence {
        switch self {
        case .permanent: .permanent
        case .unlogged: .unlogged
        case .temporary: .temporary
        }
    }
}
