public import Base
internal import Log
internal import Synchronization
internal import System

/// The rows, or index entries, of one generation: reads and writes by key.
///
/// It holds the sources of rows as they were when it was made, so that what it has read stays; who
/// keeps it for long asks for a new one now and then, or old memory stays with it (`Engine.viewCount`).
public struct Table: Sendable {
    public let engine: Engine
    public let generation: GenerationID
    /// The one that was written to when the table was asked for: all there is, as long as it is whole.
    let memtable: Memtable
    /// What else is needed once it is not.
    let layers: TableLayers

    init(_ engine: Engine, _ tree: Tree, _ view: View, owner: PinnedTables?) {
        self.engine = engine
        generation = tree.generation
        memtable = view.active
        layers = TableLayers(tree, view, owner: owner)
    }

    /// What became of an insertion.
    public enum InsertOutcome {
        case done
        /// A live row has the key: these are its bytes.
        case duplicate(UnsafeRawBufferPointer)
    }

    /// What became of an update, deletion or row lock.
    public enum ChangeOutcome {
        case done
        /// The row was changed since the snapshot; this is the newest committed version.
        case changed(UnsafeRawBufferPointer)
        /// The row was deleted since the snapshot, or is not there.
        case deleted
        /// Its key was changed since the snapshot, to this one; empty: it is in another table now.
        case moved(to: UnsafeRawBufferPointer)
        /// This very command, or a later one of the same transaction, has changed it already.
        case changedBySelf
        /// SKIP LOCKED, and somebody holds it.
        case skipped
    }

    public enum WaitPolicy: Sendable {
        case wait
        case noWait
        case skip
    }

    /// How many keys there are, dead ones included: an estimate of the rows.
    public var keyCounter: KeyCounter { layers.tree.counter }

    // MARK: Reading

    /// The row that `snapshot` sees under `key`. The bytes live until `unpin`.
    /// - Throws: XX001 where the disk holds something else than was written to it, 58030 where it
    ///   cannot be read; so do all that read.
    @inline(__always)
    public func read(
        _ key: UnsafeRawBufferPointer, _ snapshot: Snapshot
    ) throws(SQLError) -> UnsafeRawBufferPointer? {
        if !memtable.isWhole { return try readLayered(key, snapshot) }
        guard let node = memtable.find(key),
            let version = engine.writers.visible(node.newest, snapshot), !version.isDeletion
        else { return nil }
        return version.bytes
    }

    /// Brings what `read` will look at for these keys near, all at once: worth it for a few keys or
    /// more that lie far apart.
    public func prefetch(_ keys: UnsafePointer<UnsafeRawBufferPointer>, count: Int) {
        memtable.prefetch(keys, count: count)
    }

    /// A hidden row id, for tables without primary key: 1, 2, 3 …
    public func nextRowID() -> UInt64 {
        memtable.rowIDs.pointee.wrappingAdd(1, ordering: .relaxed).newValue
    }

    // MARK: Writing

    /// Adds a row whose key must be free, waiting for whoever is about to take or free it.
    public func insert(
        _ key: UnsafeRawBufferPointer, row: UnsafeRawBufferPointer, _ transaction: Transaction
    ) throws(SQLError) -> InsertOutcome {
        try checkSize(row)
        if try writeNew(.row(row), key, transaction) { return .done }
        if memtable.isWhole, let node = memtable.findOrInsert(key),
            let outcome = try insert(row, at: node, in: memtable, transaction)
        {
            return outcome
        }
        // Once more each time that a memtable was frozen before the row was in it.
        while true {
            let (memtable, node) = try madeNode(of: key)
            if let outcome = try insert(row, at: node, in: memtable, transaction) { return outcome }
        }
    }

    /// The same at the key's node; nil: the memtable is frozen.
    private func insert(
        _ row: UnsafeRawBufferPointer, at node: Memtable.Node, in memtable: Memtable,
        _ transaction: Transaction
    ) throws(SQLError) -> InsertOutcome? {
        let stripe = engine.rowLocks.stripe(RowLockTable.Key(generation, node.key))
        while true {
            stripe.latch.lock()
            if memtable.isFrozen {
                stripe.latch.unlock()
                return nil
            }
            guard let (version, outcome) = engine.writers.newestLive(node.newest) else {
                return write(.row(row), memtable, node, transaction, stripe)
            }
            switch outcome {
            case .active(let top) where top != transaction.writer:
                stripe.latch.unlock()
                try wait(node, nil, .update, nil, transaction)
                continue
            case .active, .aborted: break
            case .committed(let position): transaction.raiseWait(position)
            }
            if !version.isDeletion {
                stripe.latch.unlock()
                return .duplicate(version.bytes)
            }
            return write(.row(row), memtable, node, transaction, stripe)
        }
    }

    /// The node of a key, made where there is none.
    private func madeNode(
        of key: UnsafeRawBufferPointer
    ) throws(SQLError) -> (memtable: Memtable, node: Memtable.Node) {
        guard let made = try node(of: key, isMade: true) else {
            fatalError("a node is made where there is none")
        }
        return made
    }

    /// Replaces the row that `snapshot` sees. `isKeyUpdate`: columns that foreign keys may refer to
    /// change, which conflicts with FOR KEY SHARE.
    public func update(
        _ key: UnsafeRawBufferPointer, row: UnsafeRawBufferPointer, snapshot: Snapshot,
        isKeyUpdate: Bool, _ transaction: Transaction
    ) throws(SQLError) -> ChangeOutcome {
        try checkSize(row)
        return try change(
            key, isKeyUpdate ? .row(row) : .update(row), snapshot,
            isKeyUpdate ? .update : .noKeyUpdate, .wait, transaction)
    }

    /// Deletes the row that `snapshot` sees. `movedTo`: its new key, for those who look for it; an
    /// empty one says that it has moved to another table.
    public func delete(
        _ key: UnsafeRawBufferPointer, movedTo: UnsafeRawBufferPointer? = nil, snapshot: Snapshot,
        _ transaction: Transaction
    ) throws(SQLError) -> ChangeOutcome {
        try change(
            key, movedTo.map { .moved(to: $0) } ?? .deletion, snapshot, .update, .wait,
            transaction)
    }

    /// Locks the row that `snapshot` sees.
    public func lock(
        _ key: UnsafeRawBufferPointer, _ mode: RowLockMode, snapshot: Snapshot,
        policy: WaitPolicy, _ transaction: Transaction
    ) throws(SQLError) -> ChangeOutcome {
        try change(key, nil, snapshot, mode, policy, transaction)
    }

    /// Removes an index entry that the transaction knows to be its row's: no conflict can arise that
    /// the row's own lock does not exclude.
    public func removeEntry(
        _ key: UnsafeRawBufferPointer, _ transaction: Transaction
    ) throws(SQLError) {
        try writeEntry(.deletion, key, transaction)
    }

    /// Adds an entry whose key contains the row's, so that it cannot clash.
    public func addEntry(
        _ key: UnsafeRawBufferPointer, value: UnsafeRawBufferPointer, _ transaction: Transaction
    ) throws(SQLError) {
        if try writeNew(.row(value), key, transaction) { return }
        try writeEntry(.row(value), key, transaction)
    }

    private func writeEntry(
        _ content: Version.Content, _ key: UnsafeRawBufferPointer, _ transaction: Transaction
    ) throws(SQLError) {
        let stripe = engine.rowLocks.stripe(RowLockTable.Key(generation, key))
        while true {
            let (memtable, node) = try madeNode(of: key)
            stripe.latch.lock()
            if !memtable.isFrozen {
                _ = write(content, memtable, node, transaction, stripe)
                return
            }
            stripe.latch.unlock()
        }
    }

    @inline(__always)
    private func checkSize(_ row: UnsafeRawBufferPointer) throws(SQLError) {
        if row.count > Version.sizeBytesMax {
            throw SQLError(
                .programLimitExceeded,
                "row is too big: size \(row.count), maximum size \(Version.sizeBytesMax)")
        }
    }

    /// The common path: wait for conflicting locks and writers, compare with the snapshot, then
    /// write `content`, or only lock.
    private func change(
        _ key: UnsafeRawBufferPointer, _ content: Version.Content?, _ snapshot: Snapshot,
        _ mode: RowLockMode, _ policy: WaitPolicy, _ transaction: Transaction
    ) throws(SQLError) -> ChangeOutcome {
        var place: WaitGraph.Place?
        if memtable.isWhole {
            guard let node = memtable.find(key) else { return .deleted }
            if let outcome = try change(
                node, in: memtable, content, snapshot, mode, policy, transaction, &place)
            {
                return outcome
            }
        }
        do throws(SQLError) {
            // Once more each time that a memtable was frozen before the row was changed in it.
            while let (memtable, node) = try node(of: key, isMade: place != nil) {
                if let outcome = try change(
                    node, in: memtable, content, snapshot, mode, policy, transaction, &place)
                {
                    return outcome
                }
            }
            return .deleted
        } catch {
            if let place { engine.waits.leave(transaction, place, holdsRow: false) }
            throw error
        }
    }

    /// The same in the memtable that the row is in; nil: it is frozen.
    /// - Parameter place: the queue that the transaction waits in, if it has waited.
    private func change(
        _ node: Memtable.Node, in memtable: Memtable, _ content: Version.Content?,
        _ snapshot: Snapshot, _ mode: RowLockMode, _ policy: WaitPolicy,
        _ transaction: Transaction, _ place: inout WaitGraph.Place?
    ) throws(SQLError) -> ChangeOutcome? {
        let lockKey = RowLockTable.Key(generation, node.key)
        let stripe = engine.rowLocks.stripe(lockKey)
        while true {
            stripe.latch.lock()
            if memtable.isFrozen {
                stripe.latch.unlock()
                return nil
            }
            let newest = newestLive(node, passing: mode, transaction)
            var isBlocked = false
            if case .active(let top) = newest?.outcome { isBlocked = top != transaction.writer }
            if isBlocked
                || engine.rowLocks.hasConflict(stripe, lockKey, mode, transaction)
            {
                stripe.latch.unlock()
                // A key that is about to appear is no row to wait for.
                if content == nil, !isVisible(node, snapshot) { return .deleted }
                if let skipped = try refuse(policy) { return skipped }
                let next = place ?? WaitGraph.Place(row: lockKey.hash, mode: mode)
                try wait(node, stripe, mode, next, transaction)
                place = next
                continue
            }
            let outcome = outcome(newest, snapshot, mode, transaction)
            var holdsRow = true
            switch (outcome, content) {
            case (nil, let content?): _ = write(content, memtable, node, transaction, stripe)
            case (nil, nil): lock(lockKey, stripe, mode, transaction)
            // The row is the caller's now, whatever it makes of its newest version, wherever that is:
            // whoever is next in the queue goes on waiting.
            case (.changed, _) where place != nil, (.moved, _) where place != nil:
                lock(lockKey, stripe, mode, transaction)
            default:
                stripe.latch.unlock()
                holdsRow = false
            }
            if let place { engine.waits.leave(transaction, place, holdsRow: holdsRow) }
            return outcome ?? .done
        }
    }

    /// Takes a row lock and lets go of the stripe.
    private func lock(
        _ key: RowLockTable.Key, _ stripe: RowLockTable.Stripe, _ mode: RowLockMode,
        _ transaction: Transaction
    ) {
        if transaction.writer == .none { engine.assignWriter(to: transaction) }
        engine.rowLocks.add(stripe, key, mode: mode, transaction)
        stripe.latch.unlock()
    }

    /// The newest version that was not rolled back; for FOR KEY SHARE, behind those of other
    /// writers that keep the key.
    private func newestLive(
        _ node: Memtable.Node, passing mode: RowLockMode, _ transaction: Transaction
    ) -> (version: Version, outcome: WriterTable.Outcome)? {
        var newest = engine.writers.newestLive(node.newest)
        while mode == .keyShare, let (version, outcome) = newest, version.keepsKey,
            case .active(let top) = outcome, top != transaction.writer
        {
            newest = engine.writers.newestLive(version.older)
        }
        return newest
    }

    /// What keeps the caller from changing the version that nobody else is changing; nil: nothing.
    private func outcome(
        _ newest: (version: Version, outcome: WriterTable.Outcome)?, _ snapshot: Snapshot,
        _ mode: RowLockMode, _ transaction: Transaction
    ) -> ChangeOutcome? {
        guard let (version, outcome) = newest else { return .deleted }
        switch outcome {
        case .active:
            if version.command >= snapshot.command { return .changedBySelf }
            return version.isDeletion ? .deleted : nil
        case .committed(let position):
            // Others may not know yet that it is durable.
            transaction.raiseWait(position)
            #if DEBUG
                if IsolationFault.updates.isPlanted, !version.isDeletion { return nil }
            #endif
            if position > snapshot.horizon { return change(since: snapshot, version, mode) }
            return version.isDeletion ? Table.end(of: version) : nil
        case .aborted:
            invariant(false, "a live version is not rolled back")
            return .deleted
        }
    }

    /// What became of the row that `snapshot` sees, behind the version that is now committed. The
    /// row is followed, not its key, which may be another row's by now: its first deletion counts.
    private func change(
        since snapshot: Snapshot, _ newest: Version, _ mode: RowLockMode
    ) -> ChangeOutcome? {
        var deletion: Version?
        var keepsKey = true
        var version: Version? = newest
        while let candidate = version, !engine.writers.sees(candidate, snapshot) {
            if !engine.writers.isAborted(candidate) {
                if candidate.isDeletion { deletion = candidate }
                if !candidate.keepsKey { keepsKey = false }
            }
            version = candidate.older
        }
        if let deletion { return Table.end(of: deletion) }
        // A key share does not mind what others have made of the other columns.
        if mode == .keyShare, keepsKey { return nil }
        return .changed(newest.bytes)
    }

    private static func end(of deletion: Version) -> ChangeOutcome {
        deletion.isMoved ? .moved(to: deletion.bytes) : .deleted
    }

    private func isVisible(_ node: Memtable.Node, _ snapshot: Snapshot) -> Bool {
        engine.writers.visible(node.newest, snapshot).map { !$0.isDeletion } ?? false
    }

    /// Where the row is that had `key`, as `snapshot` sees it: its bytes, the key that it has moved to,
    /// empty for another table, or nothing.
    public func follow(
        _ key: UnsafeRawBufferPointer, _ snapshot: Snapshot
    ) throws(SQLError) -> ChangeOutcome {
        let found =
            memtable.isWhole
            ? engine.writers.visible(memtable.find(key)?.newest, snapshot)
            : try visibleLayered(key, snapshot)
        guard let version = found else { return .deleted }
        return version.isDeletion ? Table.end(of: version) : .changed(version.bytes)
    }

    /// Writes the first version of a key that was never there, which needs no stripe: no lock can be
    /// on it. False if it is there.
    @inline(__always)
    private func writeNew(
        _ content: Version.Content, _ key: UnsafeRawBufferPointer, _ transaction: Transaction
    ) throws(SQLError) -> Bool {
        if !memtable.isWhole { return try writeNewLayered(content, key, transaction) }
        if memtable.find(key) != nil { return false }
        return writeNew(content, key, memtable, transaction)
    }

    @inline(never)
    private func writeNewLayered(
        _ content: Version.Content, _ key: UnsafeRawBufferPointer, _ transaction: Transaction
    ) throws(SQLError) -> Bool {
        guard let memtable = try memtableForNew(key) else { return false }
        return writeNew(content, key, memtable, transaction)
    }

    @inline(__always)
    private func writeNew(
        _ content: Version.Content, _ key: UnsafeRawBufferPointer, _ memtable: Memtable,
        _ transaction: Transaction
    ) -> Bool {
        let writer = writer(of: transaction)
        guard let node = memtable.insertNew(
            key, content, writer: writer, command: transaction.command)
        else { return false }
        log(content, node, writer)
        if let serializable = transaction.serializable { serializable.noteWrite(generation, key) }
        return true
    }

    /// Puts the version in place, logs it and lets go of the stripe.
    private func write(
        _ content: Version.Content, _ memtable: Memtable, _ node: Memtable.Node,
        _ transaction: Transaction, _ stripe: RowLockTable.Stripe
    ) -> InsertOutcome {
        let writer = writer(of: transaction)
        memtable.prepend(content, to: node, writer: writer, command: transaction.command)
        stripe.latch.unlock()
        log(content, node, writer)
        if let serializable = transaction.serializable {
            serializable.noteWrite(generation, node.key)
        }
        return .done
    }

    /// The writer that the transaction's changes belong to now.
    @inline(__always)
    private func writer(of transaction: Transaction) -> WriterID {
        if transaction.writer == .none || !transaction.savepoints.isEmpty {
            if transaction.writer == .none
                || transaction.savepoints.contains(where: { $0.writer == .none })
            {
                engine.assignWriter(to: transaction)
            }
            return transaction.currentWriter
        }
        return transaction.writer
    }

    private func log(_ content: Version.Content, _ node: Memtable.Node, _ writer: WriterID) {
        let (record, rest): (EngineRecord, UnsafeRawBufferPointer) =
            switch content {
            case .row(let bytes), .update(let bytes): (.write, bytes)
            case .deletion: (.delete, UnsafeRawBufferPointer(start: nil, count: 0))
            case .moved(let key): (.delete, key)
            }
        let key = node.key
        engine.log.append(kind: record.rawValue) { buffer in
            buffer.append(varint: writer.rawValue)
            buffer.append(varint: generation.rawValue)
            buffer.append(varint: UInt64(key.count))
            buffer.append(contentsOf: key)
            buffer.append(contentsOf: rest)
        }
    }

    private func refuse(_ policy: WaitPolicy) throws(SQLError) -> ChangeOutcome? {
        switch policy {
        case .wait: return nil
        case .skip: return .skipped
        case .noWait:
            throw SQLError(.lockNotAvailable, "could not obtain lock on row")
        }
    }

    /// Waits until nobody else's lock or change conflicts with `mode` on the key. No latch is held.
    /// - Parameters:
    ///   - stripe: nil for an insertion, which no lock hinders.
    ///   - place: the queue to wait in.
    func wait(
        _ node: Memtable.Node, _ stripe: RowLockTable.Stripe?, _ mode: RowLockMode,
        _ place: WaitGraph.Place?, _ transaction: Transaction
    ) throws(SQLError) {
        if transaction.writer == .none { engine.assignWriter(to: transaction) }
        try engine.waits.wait(transaction, for: .transaction, place: place) {
            var blockers: [Transaction] = []
            if let (_, outcome) = newestLive(node, passing: mode, transaction),
                case .active(let top) = outcome, top != transaction.writer,
                let other = engine.waits.transaction(of: top)
            {
                blockers.append(other)
            }
            if let stripe {
                blockers += stripe.latch.withLock {
                    engine.rowLocks.conflicts(
                        stripe, RowLockTable.Key(generation, node.key), mode, transaction)
                }
            }
            return blockers
        }
    }
}
