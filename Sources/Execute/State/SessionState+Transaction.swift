public import Base
internal import Types
internal import Functions
public import Catalog
public import Engine
internal import Sequences
internal import System

/// A savepoint and what it comes back to. The engine and the settings keep their own parts by depth.
struct SavepointState {
    var name: String
    var catalogMark: CatalogTransaction.Mark
    var deferredCheckCount: Int
    var notificationMark: SessionNotifications.Mark
    var isReadOnly: Bool
}

/// Whole-transaction operations: engine, catalog, settings and sequences together.
extension SessionState {
    public var transactionModes: TransactionModes {
        var modes = TransactionModes()
        modes.isolation = isolation
        modes.isReadOnly = isReadOnly
        modes.isDeferrable = isDeferrable
        return modes
    }

    /// Begins a transaction; modes not given are the session's defaults.
    public func begin(_ modes: TransactionModes = TransactionModes()) throws(SQLError) {
        invariant(!isInTransaction, "a transaction begins outside of one")
        let typed = settings.typed
        isolation =
            modes.isolation ?? IsolationLevel(name: typed.defaultTransactionIsolation)
            ?? .readCommitted
        isReadOnly = modes.isReadOnly ?? typed.defaultTransactionReadOnly
        isDeferrable = modes.isDeferrable ?? typed.defaultTransactionDeferrable
        transaction = database.engine.begin(waiter: waiter, processID: processID)
        if let sessionLocks, let transaction { sessionLocks.begin(transaction) }
        transactionNumber += 1
        isInTransaction = true
        forgetNewLabels()
        statementArena.reset()
        keptHorizon = nil
        settings.beginTransaction()
        functions.beginTransaction(at: wallClockMicroseconds())
    }

    /// SET TRANSACTION, and BEGIN's modes inside a transaction that has begun implicitly.
    public func setTransaction(_ modes: TransactionModes) throws(SQLError) {
        if let wanted = modes.isolation, wanted != isolation {
            if keptHorizon != nil || hasRunStatement {
                throw SQLError(
                    .activeSqlTransaction,
                    "SET TRANSACTION ISOLATION LEVEL must be called before any query")
            }
            if !savepoints.isEmpty {
                throw SQLError(
                    .activeSqlTransaction,
                    "SET TRANSACTION ISOLATION LEVEL must not be called in a subtransaction")
            }
            isolation = wanted
        }
        if let wanted = modes.isReadOnly {
            if isReadOnly, !wanted, !savepoints.isEmpty {
                throw SQLError(
                    .activeSqlTransaction,
                    "cannot set transaction read-write mode inside a read-only transaction")
            }
            if isReadOnly, !wanted, hasRunStatement {
                throw SQLError(
                    .activeSqlTransaction,
                    "transaction read-write mode must be set before any query")
            }
            isReadOnly = wanted
        }
        if let wanted = modes.isDeferrable {
            let failure: String? =
                !savepoints.isEmpty
                ? "cannot be called within a subtransaction"
                : hasRunStatement ? "must be called before any query" : nil
            if let failure {
                throw SQLError(
                    .activeSqlTransaction, "SET TRANSACTION [NOT] DEFERRABLE \(failure)")
            }
            isDeferrable = wanted
        }
    }

    /// True once a statement of the transaction has taken a snapshot.
    var hasRunStatement: Bool { snapshotNumber == transactionNumber }

    /// Commits. Throws what deferred constraints find; the transaction is then to be aborted.
    public func commit() throws(SQLError) {
        guard isInTransaction else { return }
        guard let transaction else {
            abort()
            return
        }
        if !deferredChecks.isEmpty { try runDeferredChecks() }
        if temporaryNamespace != nil { try endTemporaryTables?() }
        if catalog.isModified { try writeCatalog(transaction) }
        if isolation == .serializable { try transaction.prepareCommit() }
        if notifications.isPending {
            try notifications.commit {
                commit(transaction)
                // What a message tells may rest on more than its own transaction's commit.
                return waitPosition
            }
        } else {
            commit(transaction)
        }
        record.use.commits.add(1)
        finishTransaction()
        settings.commitTransaction()
    }

    private func commit(_ transaction: Transaction) {
        let isAsynchronous = settings.typed.synchronousCommit == .off
        let changesCatalog = catalog.isModified
        waitFor(transaction.waitPosition)
        sessionLocks?.end(transaction)
        let position: LogPosition
        if changesCatalog {
            let catalog = self.catalog
            position = transaction.commit(asynchronous: isAsynchronous) { _ in catalog.publish() }
        } else {
            position = transaction.commit(asynchronous: isAsynchronous)
        }
        if position > .zero {
            lastCommit = position
            if !isAsynchronous || changesCatalog { waitFor(position) }
        }
        if changesCatalog {
            free(catalog.droppedPlacements)
            if catalog.changesStatistics { noteAnalysis() }
        }
    }

    /// Rolls the transaction back. Harmless outside of one.
    public func abort() {
        guard isInTransaction else { return }
        record.use.rollbacks.add(1)
        abortEngine()
        finishTransaction()
        settings.abortTransaction()
    }

    /// After a statement's error inside a block: undoes the innermost savepoint's work, or all of
    /// it, and lets go of its locks. Savepoints stay, so that ROLLBACK TO can go back to them.
    public func abortCurrent() {
        guard isInTransaction, let transaction else { return }
        if savepoints.isEmpty {
            abortEngine()
            return
        }
        waitFor(transaction.waitPosition)
        transaction.rollbackToSavepoint()
        rollbackCatalog(to: savepoints.count - 1)
    }

    private func abortEngine() {
        guard let transaction else { return }
        waitFor(transaction.waitPosition)
        sessionLocks?.end(transaction)
        transaction.abort()
        self.transaction = nil
        free(catalog.createdPlacements)
        catalog.reset()
        deferredChecks.removeAll()
    }

    private func finishTransaction() {
        transaction = nil
        isInTransaction = false
        keptHorizon = nil
        forgetExportedSnapshots()
        if !savepoints.isEmpty { savepoints.removeAll() }
        if !deferredChecks.isEmpty { deferredChecks.removeAll() }
        if !constraintModes.isEmpty { constraintModes.removeAll() }
        allConstraintsDeferred = nil
        notifications.abort()
        catalog.reset()
    }

    private func writeCatalog(_ transaction: Transaction) throws(SQLError) {
        try database.engine.admitWrites(waiter)
        let table = database.engine.table(.catalog)
        for row in catalog.rows {
            try row.key.lend { (key) throws(SQLError) in
                guard let value = row.value else { return try table.removeEntry(key, transaction) }
                try value.lend { (value) throws(SQLError) in
                    try table.addEntry(key, value: value, transaction)
                }
            }
        }
        for placement in catalog.droppedPlacements {
            transaction.dropGeneration(GenerationID(placement.generation))
        }
    }

    /// Forgets the rows, and the state of sequences, of generations that nobody can reach any more.
    private func free(_ placements: [Placement]) {
        for placement in placements {
            database.engine.freeGeneration(GenerationID(placement.generation))
            database.sequences.drop(SequenceID(placement.generation))
        }
    }

    /// A definition has dropped placements, beyond the first `count` of the transaction: to a
    /// serializable one that is a write of all their rows.
    /// - Throws: 40001.
    public func noteDrops(after count: Int) throws(SQLError) {
        let dropped = catalog.droppedPlacements
        guard isolation == .serializable, dropped.count > count, let transaction else { return }
        if keptHorizon == nil { _ = try statementSnapshot() }
        guard let serializable = transaction.serializable else { return }
        for placement in dropped[count...] {
            serializable.noteDrop(GenerationID(placement.generation), transaction)
        }
        try serializable.check()
    }

    // MARK: Savepoints

    /// How many savepoints the transaction stands in.
    public var savepointDepth: Int { savepoints.count }

    public func defineSavepoint(_ name: String) {
        guard let transaction else { return }
        transaction.pushSavepoint()
        settings.beginSavepoint()
        savepoints.append(
            SavepointState(
                name: name, catalogMark: catalog.mark(), deferredCheckCount: deferredChecks.count,
                notificationMark: notifications.mark, isReadOnly: isReadOnly))
    }

    /// - Throws: 3B001.
    public func releaseSavepoint(_ name: String) throws(SQLError) {
        let index = try savepointIndex(name)
        while savepoints.count > index {
            savepoints.removeLast()
            transaction?.releaseSavepoint()
        }
        settings.releaseSavepoint(depth: index)
    }

    /// - Parameter dropPortals: ends what was made in at least so many savepoints.
    /// - Throws: 3B001.
    public func rollbackToSavepoint(
        _ name: String, dropPortals: (Int) -> Void
    ) throws(SQLError) {
        let index = try savepointIndex(name)
        dropPortals(index + 1)
        guard let transaction else { throw SessionState.noSavepoint(name) }
        while savepoints.count > index + 1 {
            savepoints.removeLast()
            transaction.rollbackToSavepoint()
            transaction.releaseSavepoint()
        }
        transaction.rollbackToSavepoint()
        rollbackCatalog(to: index)
        isReadOnly = savepoints[index].isReadOnly
        settings.rollbackToSavepoint(depth: index)
    }

    private func rollbackCatalog(to index: Int) {
        let savepoint = savepoints[index]
        free(catalog.rollback(to: savepoint.catalogMark))
        notifications.rollback(to: savepoint.notificationMark)
        let count = savepoint.deferredCheckCount
        if deferredChecks.count > count { deferredChecks.removeLast(deferredChecks.count - count) }
    }

    /// True if the rows of this place began in the transaction, since its innermost savepoint.
    public func isNewInSubtransaction(_ placement: Placement?) -> Bool {
        guard let placement else { return false }
        return catalog.createdPlacements(since: savepoints.last?.catalogMark).contains(placement)
    }

    private func savepointIndex(_ name: String) throws(SQLError) -> Int {
        guard let index = savepoints.lastIndex(where: { $0.name == name }) else {
            throw SessionState.noSavepoint(name)
        }
        return index
    }

    private static func noSavepoint(_ name: String) -> SQLError {
        SQLError(.sEInvalidSpecification, "savepoint \"\(name)\" does not exist")
    }

    // MARK: Statements

    /// The snapshot of a statement that begins now; earlier statements' changes are visible to it.
    public func statementSnapshot() throws(SQLError) -> Snapshot {
        guard let transaction else {
            throw SQLError(
                .noActiveSqlTransaction, "a statement needs a transaction that has not failed")
        }
        applyTimeouts(to: transaction)
        transaction.advanceCommand()
        snapshotNumber = transactionNumber
        if forcesNewestSnapshot { return newestSnapshot() }
        guard isolation.keepsSnapshot else { return transaction.snapshot(lastCommit: lastCommit) }
        if isolation == .serializable, keptHorizon == nil {
            let snapshot = try transaction.beginSerializable(
                isReadOnly: isReadOnly, isDeferrable: isDeferrable, lastCommit: lastCommit)
            keptHorizon = snapshot.horizon
            return snapshot
        }
        var snapshot = transaction.snapshot(lastCommit: lastCommit)
        #if DEBUG
            if IsolationFault.snapshots.isPlanted { return snapshot }
        #endif
        if let keptHorizon {
            snapshot.horizon = keptHorizon
        } else {
            keptHorizon = snapshot.horizon
        }
        return snapshot
    }

    /// True if the transaction keeps a snapshot that is older than some index or rewritten table: its
    /// statements are planned without those indexes, for itself alone.
    public var isOlderThanBuilds: Bool {
        guard isolation.keepsSnapshot, let keptHorizon, let transaction else { return false }
        return database.engine.mayHaveBuilt(after: keptHorizon, transaction)
    }

    /// How a table or index stands to the snapshot that the transaction keeps.
    public func build(of placement: Placement?) -> Engine.Build {
        guard isolation.keepsSnapshot, let keptHorizon, let transaction, let placement else {
            return .before
        }
        return database.engine.build(
            of: GenerationID(placement.generation), horizon: keptHorizon, transaction)
    }

    /// lock_timeout and deadlock_timeout as they are now.
    func applyTimeouts(to transaction: Transaction) {
        transaction.setTimeouts(
            lock: settings.typed.lockTimeoutMilliseconds,
            deadlock: settings.typed.deadlockTimeoutMilliseconds)
    }

    /// Runs `body` with statements that see everything committed, durable or not and whatever the
    /// isolation level: for definitions, which must not miss a row. A lock keeps writers out.
    public func withNewestSnapshot<Result>(
        _ body: () throws(SQLError) -> Result
    ) throws(SQLError) -> Result {
        let before = forcesNewestSnapshot
        forcesNewestSnapshot = true
        defer { forcesNewestSnapshot = before }
        return try body()
    }

    /// What is committed by now, durable or not, and everything of the transaction itself: for
    /// constraint checks.
    func newestSnapshot() -> Snapshot {
        Snapshot(
            horizon: LogPosition(.max >> 1), writer: transaction?.writer ?? .none, command: .max)
    }

    /// The same at this moment: what commits later, while a lock is waited for, is seen to be newer.
    func committedSnapshot() -> Snapshot {
        var snapshot = newestSnapshot()
        snapshot.horizon = database.engine.newestPosition
        return snapshot
    }

    /// - Throws: 25006 where `command` writes in a read-only transaction.
    public func requireWritable(_ command: String) throws(SQLError) {
        if isReadOnly {
            throw SQLError(
                .readOnlySqlTransaction,
                "cannot execute \(command) in a read-only transaction")
        }
    }
}
