public import Base
internal import Engine
internal import System

/// The snapshots that transactions lend to others (pg_export_snapshot, SET TRANSACTION SNAPSHOT), by
/// the names that they go by. A snapshot is there as long as the transaction that it is from.
public final class ExportedSnapshots: @unchecked Sendable {
    // Safe to share: `entries` is used under `lock`.
    private let lock = Lock()
    private var entries: [String: Entry] = [:]

    struct Entry {
        var horizon: LogPosition
        /// Of whom it is: the session's process, and its transaction.
        var processID: Int32
    }

    public init() {}

    func add(_ entry: Entry, named name: String) { lock.withLock { entries[name] = entry } }

    func find(_ name: String) -> Entry? { lock.withLock { entries[name] } }

    func removeAll(of processID: Int32) {
        lock.withLock { entries = entries.filter { $0.value.processID != processID } }
    }
}

extension SessionState {
    /// pg_export_snapshot.
    public func exportSnapshot() throws(SQLError) -> String {
        guard let transaction else {
            throw SQLError(
                .noActiveSqlTransaction, "a snapshot needs a transaction that has not failed")
        }
        if !savepoints.isEmpty {
            throw SQLError(
                .activeSqlTransaction, "cannot export a snapshot from a subtransaction")
        }
        let horizon = keptHorizon ?? transaction.snapshot(lastCommit: lastCommit).horizon
        exportCount += 1
        func hex(_ number: UInt64) -> String {
            let digits = String(number, radix: 16, uppercase: true)
            return String(repeating: "0", count: max(8 - digits.count, 0)) + digits
        }
        let name =
            "\(hex(UInt64(UInt32(bitPattern: processID))))-\(hex(UInt64(transactionNumber)))"
            + "-\(exportCount)"
        database.exportedSnapshots.add(
            ExportedSnapshots.Entry(horizon: horizon, processID: processID), named: name)
        return name
    }

    /// SET TRANSACTION SNAPSHOT.
    public func importSnapshot(_ name: String) throws(SQLError) {
        if keptHorizon != nil || hasRunStatement || !savepoints.isEmpty {
            throw SQLError(
                .activeSqlTransaction,
                "SET TRANSACTION SNAPSHOT must be called before any query")
        }
        guard isolation.keepsSnapshot else {
            throw SQLError(
                .featureNotSupported,
                "a snapshot-importing transaction must have isolation level SERIALIZABLE or REPEATABLE READ"
            )
        }
        guard let entry = database.exportedSnapshots.find(name) else {
            throw SQLError(
                .invalidParameterValue, "invalid snapshot identifier: \"\(name)\"")
        }
        if isolation == .serializable {
            throw SQLError.notSupported("SET TRANSACTION SNAPSHOT in a serializable transaction")
        }
        let isKept = database.sessions.noteImport {
            database.engine.oldestHorizon <= entry.horizon
        }
        if !isKept {
            throw SQLError(
                .invalidParameterValue, "invalid snapshot identifier: \"\(name)\"")
        }
        keptHorizon = entry.horizon
    }

    /// The end of the transaction.
    func forgetExportedSnapshots() {
        if exportCount == 0 { return }
        exportCount = 0
        database.exportedSnapshots.removeAll(of: processID)
    }
}
