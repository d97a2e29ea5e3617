internal import Base
internal import Execute
internal import Parse

/// The transaction block: when transactions begin and end, and the statements that say so
/// (PostgreSQL's xact.c, `TBLOCK_*`).
extension Session {
    /// Makes sure that a transaction is there for a statement.
    func startCommand() throws(SQLError) {
        if block == .none {
            try state.begin()
            block = .started
        }
    }

    /// Ends a transaction that is a statement's own.
    func finishCommand() throws(SQLError) {
        if block == .started { try commitTransaction() }
    }

    func commitTransaction() throws(SQLError) {
        do throws(SQLError) {
            try holdCursors()
            dropPortals()
            block = .none
            try state.commit()
        } catch {
            dropPortals()
            block = .none
            state.abort()
            throw error
        }
    }

    func abortTransaction() {
        dropPortals()
        if block != .none { state.abort() }
        block = .none
    }

    /// After an error: a block fails, anything less ends.
    func abortAfterError() {
        switch block {
        case .none, .failed: break
        case .started, .implicit: abortTransaction()
        case .open:
            failPortals(fromDepth: state.savepointDepth)
            state.abortCurrent()
            block = .failed
        }
    }

    /// 25P02 for all but the ends of a failed block.
    func checkNotFailed(_ statement: SyntaxStatement?) throws(SQLError) {
        guard block == .failed else { return }
        if case .transaction(let transaction)? = statement {
            switch transaction.kind {
            case .commit, .rollback, .rollbackTo, .prepare: return
            case .begin, .start, .savepoint, .release, .commitPrepared, .rollbackPrepared: break
            }
        }
        throw Session.inFailedTransaction
    }

    static var inFailedTransaction: SQLError {
        SQLError(
            .inFailedSqlTransaction,
            "current transaction is aborted, commands ignored until end of transaction block")
    }

    /// Runs BEGIN and its kin; the command tag.
    func runTransaction(_ statement: TransactionStatement) throws(SQLError) -> String {
        switch statement.kind {
        case .begin, .start:
            try beginBlock(statement.options)
            return statement.kind == .begin ? "BEGIN" : "START TRANSACTION"
        case .commit:
            return try commitBlock(isChained: statement.isChained)
        case .rollback:
            try rollbackBlock(isChained: statement.isChained)
            return "ROLLBACK"
        case .savepoint:
            try requireBlock("SAVEPOINT")
            state.defineSavepoint(statement.savepointName ?? "")
            return "SAVEPOINT"
        case .release:
            try requireBlock("RELEASE SAVEPOINT")
            try state.releaseSavepoint(statement.savepointName ?? "")
            adoptPortals()
            return "RELEASE"
        case .rollbackTo:
            if block != .failed { try requireBlock("ROLLBACK TO SAVEPOINT") }
            try state.rollbackToSavepoint(statement.savepointName ?? "") { [unowned self] depth in
                dropPortals(fromDepth: depth)
            }
            block = .open
            return "ROLLBACK"
        case .prepare: return try prepareBlock()
        case .commitPrepared, .rollbackPrepared:
            // There are none, as where max_prepared_transactions is zero.
            let command = statement.kind == .commitPrepared ? "COMMIT" : "ROLLBACK"
            if block == .open || block == .implicit {
                throw SQLError(
                    .activeSqlTransaction,
                    "\(command) PREPARED cannot run inside a transaction block")
            }
            throw SQLError(
                .undefinedObject,
                "prepared transaction with identifier \"\(statement.globalIdentifier ?? "")\" does not exist"
            )
        }
    }

    /// PREPARE TRANSACTION, which as a COMMIT ends a failed block and wants a block at all.
    private func prepareBlock() throws(SQLError) -> String {
        switch block {
        case .failed: abortTransaction()
        case .none, .started, .implicit: try warnNoBlock(nil)
        case .open:
            abortTransaction()
            throw Session.preparedTransactionsDisabled
        }
        return "ROLLBACK"
    }

    private static var preparedTransactionsDisabled: SQLError {
        SQLError(.objectNotInPrerequisiteState, "prepared transactions are disabled")
            .hint("Set max_prepared_transactions to a nonzero value.")
    }

    private func requireBlock(_ command: String) throws(SQLError) {
        if block == .open { return }
        throw SQLError(
            .noActiveSqlTransaction, "\(command) can only be used in transaction blocks")
    }

    private func beginBlock(_ options: [DefinitionElement]) throws(SQLError) {
        if block == .open {
            state.notices.append(
                SQLError(
                    .activeSqlTransaction, "there is already a transaction in progress",
                    severity: .warning))
        }
        try state.setTransaction(try TransactionModes(options))
        block = .open
    }

    private func commitBlock(isChained: Bool) throws(SQLError) -> String {
        let modes = state.transactionModes
        switch block {
        case .open:
            try commitTransaction()
        case .failed:
            abortTransaction()
            if isChained { try chain(modes) }
            return "ROLLBACK"
        case .none, .started, .implicit:
            try warnNoBlock(isChained ? "COMMIT AND CHAIN" : nil)
            if block != .none { try commitTransaction() }
        }
        if isChained { try chain(modes) }
        return "COMMIT"
    }

    private func rollbackBlock(isChained: Bool) throws(SQLError) {
        let modes = state.transactionModes
        switch block {
        case .open, .failed: break
        case .none, .started, .implicit:
            try warnNoBlock(isChained ? "ROLLBACK AND CHAIN" : nil)
        }
        abortTransaction()
        if isChained { try chain(modes) }
    }

    private func warnNoBlock(_ chainedCommand: String?) throws(SQLError) {
        if let chainedCommand {
            throw SQLError(
                .noActiveSqlTransaction,
                "\(chainedCommand) can only be used in transaction blocks")
        }
        state.notices.append(
            SQLError(
                .noActiveSqlTransaction, "there is no transaction in progress",
                severity: .warning))
    }

    private func chain(_ modes: TransactionModes) throws(SQLError) {
        try state.begin(modes)
        block = .open
    }
}
