internal import Base
internal import Engine
internal import Query

/// Changes one row at a time of a table: rows that a statement goes on with after a wait, rows of
/// MERGE, and rows that may leave their partition.
struct RowChanger {
    let writer: RowWriter
    let foreignKeys: ForeignKeyChecker?
    /// Takes rows that leave their partition.
    let mover: PartitionMover?

    /// Updates the only row of `row`, whose first columns are the table's, here or by moving it to
    /// its new partition. Its new values are then in `updater.new`.
    /// - Parameter moved: told where a moved row is.
    func update(
        _ row: Batch, key: [UInt8], _ snapshot: Snapshot, _ updater: RowUpdater,
        moved: (PartitionMover.Place) -> Void = { _ in }
    ) throws(SQLError) -> Table.ChangeOutcome {
        let violation = try updater.prepare(row)
        guard let mover, updater.firstLeaving != nil else {
            if let violation { throw violation.error }
            return try key.lend { (bytes) throws(SQLError) in
                try updater.apply(0, old: row, key: bytes, snapshot: snapshot)
            }
        }
        try writer.prepareOld(row, indexes: Array(writer.shape.indexes.indices))
        let outcome = try key.lend { (bytes) throws(SQLError) in
            let elsewhere = UnsafeRawBufferPointer(start: nil, count: 0)
            let outcome = try writer.rows.delete(
                bytes, movedTo: elsewhere, snapshot: snapshot, writer.run.transaction)
            if case .done = outcome { try writer.removeEntries(0, rowKey: bytes) }
            return outcome
        }
        guard case .done = outcome else { return outcome }
        try foreignKeys?.moved(0, old: row)
        if let ancestor = mover.referencedAncestor {
            throw ConstraintErrors.referencedAncestor(ancestor, of: mover.table)
        }
        try mover.foreignKeys?.movedWithin(0, old: row, new: updater.new)
        moved(try mover.move(updater.new))
        return outcome
    }

    /// Deletes the only row of `row`.
    func delete(
        _ row: Batch, key: [UInt8], _ snapshot: Snapshot
    ) throws(SQLError) -> Table.ChangeOutcome {
        try writer.prepareOld(row, indexes: Array(writer.shape.indexes.indices))
        let outcome = try key.lend { (bytes) throws(SQLError) in
            try writer.rows.delete(bytes, snapshot: snapshot, writer.run.transaction)
        }
        if case .done = outcome {
            try key.lend { (key) throws(SQLError) in try writer.removeEntries(0, rowKey: key) }
            try foreignKeys?.deleted(0, old: row)
        }
        return outcome
    }
}
