internal import Base
internal import Catalog
internal import Query
internal import Synchronization
internal import System

/// A number that one thread raises and others read: a plain addition to the machine.
struct UseCounter: ~Copyable {
    private let value = Atomic<Int>(0)

    @inline(__always)
    func add(_ count: Int) {
        value.store(value.load(ordering: .relaxed) &+ count, ordering: .relaxed)
    }

    var count: Int { value.load(ordering: .relaxed) }
}

/// What one session has done with one table or index.
final class UseCounters: Sendable {
    /// Of a table: scans of all its rows, and the rows they gave.
    let scans = UseCounter()
    let scannedRows = UseCounter()
    /// Of an index, a primary key among them: ranges and keys looked up, entries found, their rows.
    let lookups = UseCounter()
    let entries = UseCounter()
    let fetchedRows = UseCounter()
    let inserted = UseCounter()
    let updated = UseCounter()
    let deleted = UseCounter()

    var use: RelationUse {
        var use = RelationUse()
        use.scans = scans.count
        use.scannedRows = scannedRows.count
        use.lookups = lookups.count
        use.entries = entries.count
        use.fetchedRows = fetchedRows.count
        use.inserted = inserted.count
        use.updated = updated.count
        use.deleted = deleted.count
        return use
    }
}

/// What one session has done in its database. Operators hold on to the counters that they raise; a
/// view adds up those of all sessions.
final class SessionUse: @unchecked Sendable {
    // Safe to share: `relations` is used under `lock`, the counters are atomic.
    private let lock = Lock()
    private var relations: [OID: UseCounters] = [:]
    let commits = UseCounter()
    let rollbacks = UseCounter()
    let deadlocks = UseCounter()
    /// Closed ones, and what was written to them.
    let temporaryFiles = UseCounter()
    let temporaryBytes = UseCounter()

    /// Transactions that have ended.
    var ends: Int { commits.count &+ rollbacks.count }

    /// For an operator that is built: not for each run.
    func counters(of relation: OID) -> UseCounters {
        lock.withLock {
            if let known = relations[relation] { return known }
            let counters = UseCounters()
            relations[relation] = counters
            return counters
        }
    }

    var use: DatabaseUse {
        var use = DatabaseUse()
        use.commits = commits.count
        use.rollbacks = rollbacks.count
        use.deadlocks = deadlocks.count
        use.temporaryFiles = temporaryFiles.count
        use.temporaryBytes = temporaryBytes.count
        lock.withLock { use.relations = relations.mapValues(\.use) }
        return use
    }
}

extension TableScan {
    /// What its use is counted for: the table where it is read whole, else the index.
    var usedRelation: OID {
        switch path {
        case .rows(nil, nil), .currentRow: table.oid
        case .rows, .row: table.primaryKey ?? table.oid
        case .index(let index, _, _, _): index.oid
        }
    }
}
