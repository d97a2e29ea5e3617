internal import Base
internal import Catalog
internal import Engine
internal import System

/// The keys of one DEFERRABLE constraint that rows of a statement seemed to share when they were
/// written. They are looked at again at the end of the statement, or when the constraint's turn
/// comes: by then the other row may have gone, or this one.
final class KeyChecker {
    private let constraint: Constraint
    private let conflict: KeyConflict
    @exclusivity(unchecked) private var doubtful: [SharedKey] = []

    init(_ constraint: Constraint, _ conflict: KeyConflict) {
        self.constraint = constraint
        self.conflict = conflict
    }

    func begin() { doubtful.removeAll() }

    func add(_ key: SharedKey) { doubtful.append(key) }

    /// The end of the statement.
    func finish(_ session: SessionState) throws(SQLError) {
        if doubtful.isEmpty { return }
        let (keys, conflict) = (doubtful, conflict)
        doubtful = []
        let check = DeferredCheck(
            constraint: constraint.oid, table: conflict.shape.relation.oid
        ) { [unowned session] () throws(SQLError) in
            for key in keys {
                try session.waiter.checkInterrupt()
                try conflict.check(key, session)
            }
        }
        if session.isDeferred(constraint) {
            session.deferredChecks.append(check)
        } else {
            try session.runAfterReferentialActions(check)
        }
    }
}

/// An entry of a key that rows may share: the key, then the row's key.
struct SharedKey {
    var entry: [UInt8]
    var prefixCount: Int
}

/// Two rows with one key, of a constraint whose index lets them in.
struct KeyConflict {
    let shape: TableShape
    let index: IndexShape
    let rows: Table
    let entries: Table
    /// Of an EXCLUDE constraint with other operators than `=`.
    let exclusion: ExclusionEntries?

    /// - Throws: 23505 or 23P01 if the entry's row is still there and another one has its key.
    func check(_ key: SharedKey, _ session: SessionState) throws(SQLError) {
        guard let transaction = session.transaction else { return }
        try key.entry.lend { (entry) throws(SQLError) in
            if let exclusion {
                guard let (own, other) = try exclusion.clash(of: entry, session) else { return }
                throw index.violation(
                    try own.lend { (key) throws(SQLError) in try text(key, session) } ?? "",
                    existing: try other.lend { (key) throws(SQLError) in try text(key, session) },
                    table: shape)
            }
            guard let row = try entries.read(entry, session.newestSnapshot()),
                let other = try entries.sharedEntry(
                    with: entry, prefixCount: key.prefixCount, transaction)
            else { return }
            throw index.violation(
                try text(row, session) ?? "", existing: try text(other, session), table: shape)
        }
    }

    /// The key of a row that is in the table, as errors show it.
    func text(
        _ rowKey: UnsafeRawBufferPointer, _ session: SessionState
    ) throws(SQLError) -> String? {
        guard let bytes = try rows.read(rowKey, session.newestSnapshot())?.baseAddress else {
            return nil
        }
        let row = Batch(shape.types)
        shape.decoder.decode(
            Array(shape.types.indices), of: [bytes], count: 1, into: row.columns)
        row.count = 1
        try index.encode(row)
        return index.keyText(0, table: shape)
    }
}
