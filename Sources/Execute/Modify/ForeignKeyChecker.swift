internal import Base
internal import Types
internal import Catalog
internal import Engine
internal import Query

/// A check that waits for commit, or for SET CONSTRAINTS … IMMEDIATE.
struct DeferredCheck {
    var constraint: OID
    /// The table that was changed.
    var table: OID
    var run: () throws(SQLError) -> Void
}

/// The foreign keys of a table that a statement changes: those that its rows must satisfy, and those
/// of other tables that refer to its rows; and its deferrable keys.
///
/// References are checked batch by batch, and what is missing again at the end of the statement,
/// when rows may refer to others that the statement has inserted. What happens to rows that refer to
/// changed ones happens at the end of the statement.
final class ForeignKeyChecker {
    private let references: FixedList<ReferenceCheck>
    private let referenced: FixedList<ReferencedCheck>
    private let keys: FixedList<KeyChecker>
    private let run: RunState

    private init(
        references: [ReferenceCheck], referenced: [ReferencedCheck], keys: [KeyChecker],
        run: RunState
    ) {
        self.references = FixedList(references)
        self.referenced = FixedList(referenced)
        self.keys = FixedList(keys)
        self.run = run
    }

    /// Nil if the table has no part in any foreign key, and no deferrable one.
    static func make(
        _ relation: Relation, _ checks: TableChecks, writer: RowWriter, builder: OperatorBuilder
    ) throws(SQLError) -> ForeignKeyChecker? {
        let keys = writer.keyCheckers.compactMap { $0 }
        if checks.foreignKeys.isEmpty, checks.referencedBy.isEmpty, keys.isEmpty { return nil }
        var references: [ReferenceCheck] = []
        for check in checks.foreignKeys {
            references.append(
                try ReferenceCheck(check, shape: writer.shape, compiler: builder.compiler))
        }
        var referenced: [ReferencedCheck] = []
        for check in checks.referencedBy {
            referenced.append(
                try ReferencedCheck(
                    check, columns: Array(relation.columns.indices), run: builder.run))
        }
        let checker = ForeignKeyChecker(
            references: references, referenced: referenced, keys: keys, run: builder.run)
        builder.run.foreignKeys.append(checker)
        return checker
    }

    /// Of rows that move from one partition of `relation` to another: what refers to the table as a
    /// whole. Nil if nothing does.
    /// - Parameter columns: for each of its columns the partition's.
    static func make(
        moving relation: Relation, _ checks: TableChecks, columns: [Int], builder: OperatorBuilder
    ) throws(SQLError) -> ForeignKeyChecker? {
        if checks.referencedBy.isEmpty { return nil }
        var referenced: [ReferencedCheck] = []
        for check in checks.referencedBy {
            referenced.append(try ReferencedCheck(check, columns: columns, run: builder.run))
        }
        let checker = ForeignKeyChecker(
            references: [], referenced: referenced, keys: [], run: builder.run)
        builder.run.foreignKeys.append(checker)
        return checker
    }

    func begin() {
        references.forEach { $0.begin() }
        referenced.forEach { $0.begin() }
        keys.forEach { $0.begin() }
    }

    /// Checks the references of inserted rows: all of a batch, or one.
    func inserted(_ batch: Batch, row: Int? = nil) throws(SQLError) {
        try references.forEach { (check) throws(SQLError) in try check.check(batch, row: row) }
    }

    /// Those of the foreign keys that an update of some columns may concern.
    struct Part {
        fileprivate let references: [ReferenceCheck]
        fileprivate let referenced: [ReferencedCheck]

        func updated(_ row: Int, old: Batch, new: Batch) throws(SQLError) {
            for check in references where check.differs(row, old, new) {
                try check.check(new, row: row)
            }
            for check in referenced where check.differs(row, old, new) {
                try check.add(row, old: old, new: new)
            }
        }
    }

    /// Nil: none.
    func part(changing columns: Set<Int>) -> Part? {
        let part = Part(
            references: references.objects.filter { !columns.isDisjoint(with: $0.columns) },
            referenced: referenced.objects.filter { !columns.isDisjoint(with: $0.columns) })
        return part.references.isEmpty && part.referenced.isEmpty ? nil : part
    }

    /// The row has left the partition. What refers to this very partition has lost it; what refers to
    /// a table above is told by the checker of that table, `whole`.
    func moved(_ row: Int, old: Batch) throws(SQLError) {
        try referenced.forEach { (check) throws(SQLError) in
            if !check.isPart { try check.add(row, old: old, new: nil) }
        }
    }

    /// A row of the table has moved between its partitions, whose rows the batches are.
    func movedWithin(_ row: Int, old: Batch, new: Batch) throws(SQLError) {
        try referenced.forEach { (check) throws(SQLError) in
            if check.differs(row, old, new) { try check.add(row, old: old, new: new) }
        }
    }

    func deleted(_ row: Int, old: Batch) throws(SQLError) {
        try referenced.forEach { (check) throws(SQLError) in
            try check.add(row, old: old, new: nil)
        }
    }

    /// The end of the statement.
    func finish() throws(SQLError) {
        try keys.forEach { (check) throws(SQLError) in try check.finish(run.session) }
        try references.forEach { (check) throws(SQLError) in try check.finish() }
        var actions: [ReferentialAction.Pending] = []
        referenced.forEach { if $0.hasPending { actions += $0.takePending() } }
        if actions.isEmpty { return }
        try run.session.runReferentialActions(actions)
    }
}
