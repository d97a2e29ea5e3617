internal import Base
internal import Engine
internal import Functions

/// pg_advisory_… (chapter 9.27.10).
extension HostedFunctions {
    func advisoryLock(
        _ function: HostedFunction, _ entry: FunctionEntry
    ) -> FunctionCall.Hosted {
        let session = run.session
        let name = function.rawValue
        let mode: RelationLockMode = name.hasSuffix("_shared") ? .share : .exclusive
        let isTry = name.hasPrefix("pg_try_")
        let isOfTransaction = name.contains("_xact_")
        let isPair = entry.arguments.count == 2
        func key(_ arguments: UnsafePointer<Datum>) -> RelationLocks.Key {
            let space = session.database.oid.rawValue
            let first = UInt64(bitPattern: arguments[0].word)
            if !isPair { return RelationLocks.Key(.advisory, space: space, value: first) }
            let second = UInt64(bitPattern: arguments[1].word) & 0xFFFF_FFFF
            return RelationLocks.Key(.advisoryPair, space: space, value: first << 32 | second)
        }
        switch function {
        case .advisoryUnlockAll:
            return { (_) throws(SQLError) in
                session.releaseSessionLocks()
                return Datum(view: ByteView())
            }
        case .advisoryUnlock, .advisoryUnlockShared:
            return { (arguments) throws(SQLError) in
                Datum(session.releaseAdvisoryLock(key(arguments), mode))
            }
        default:
            return { (arguments) throws(SQLError) in
                let isTaken = try session.takeAdvisoryLock(
                    key(arguments), mode, wait: !isTry, isOfTransaction: isOfTransaction)
                return isTry ? Datum(isTaken) : Datum(view: ByteView())
            }
        }
    }
}

extension SessionState {
    /// False if others hold it and `wait` is false.
    func takeAdvisoryLock(
        _ key: RelationLocks.Key, _ mode: RelationLockMode, wait: Bool, isOfTransaction: Bool
    ) throws(SQLError) -> Bool {
        guard let transaction else { return false }
        applyTimeouts(to: transaction)
        if isOfTransaction {
            let locks = database.engine.relationLocks
            try SessionLocks.check(transaction.lockCount)
            if !wait { return try locks.tryLock(key, mode, transaction) }
            try locks.lock(key, mode, transaction)
            return true
        }
        let locks =
            sessionLocks
            ?? SessionLocks(database.engine, waiter: waiter, processID: processID)
        sessionLocks = locks
        return try locks.acquire(key, mode, transaction, wait: wait)
    }

    /// Undoes one pg_advisory_lock; false, with a warning, if there is none.
    func releaseAdvisoryLock(_ key: RelationLocks.Key, _ mode: RelationLockMode) -> Bool {
        if let transaction, let sessionLocks, sessionLocks.release(key, mode, transaction) {
            return true
        }
        notice(
            SQLError(
                .warning, "you don't own a lock of type \(mode.name)", severity: .warning))
        return false
    }

    /// Gives back all advisory locks of the session; those of the transaction stay.
    public func releaseSessionLocks() { sessionLocks?.releaseAll(transaction) }
}
