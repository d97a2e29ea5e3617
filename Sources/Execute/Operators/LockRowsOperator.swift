internal import Base
internal import Catalog
internal import Engine
internal import Query

/// FOR UPDATE and its kin: locks the rows that a query gives. Rows that have changed while their
/// lock was waited for are looked at again.
final class LockRowsOperator: Operator {
    private struct Target {
        var plan: PlannedRowLock
        /// The table, or its partitions with rows.
        var places: [Place]
        var mode: RowLockMode
        var policy: Table.WaitPolicy
    }
    /// Where rows are, and which of its columns the plan's are.
    private struct Place {
        var relation: Relation
        var table: Table
        var decoder: RowDecoder
        var columns: [Int]
        var slots: [Int]

        init(
            _ relation: Relation, _ plan: PlannedRowLock, columns: [Int]?, run: RunState
        ) throws(SQLError) {
            guard let placement = relation.placement else {
                throw SQLError(
                    .wrongObjectType, "cannot lock rows in relation \"\(relation.name)\"")
            }
            self.relation = relation
            table = run.table(placement)
            decoder = RowDecoder(
                layout: RowLayout(columns: relation.columns),
                missing: try TableShape.missingValues(relation, run: run))
            // `tableoid` does not change with the row's version.
            let stored = plan.columns.filter { $0.column < plan.table.columns.count }
            self.columns = stored.map { columns?[$0.column] ?? $0.column }
            slots = stored.map(\.slot)
        }
    }
    private let input: Operator
    private let targets: [Target]
    private let recheck: ExpressionSet?
    /// The input's rows at hand, and the next of them.
    @exclusivity(unchecked) private var batch: Batch?
    @exclusivity(unchecked) private var row = 0
    private let single: Batch
    /// The keys of rows in `single` that have moved.
    private let keyArena = Arena()
    private let selection = UnsafeMutablePointer<Int32>.allocate(capacity: 1)
    @exclusivity(unchecked) private var rowPointer = [UnsafeRawPointer(bitPattern: 1)!]

    /// - Throws: 42809 for a materialized view, whatever else is wrong with reading it.
    static func requireLockable(_ locks: [PlannedRowLock]) throws(SQLError) {
        for lock in locks where lock.table.kind == .materializedView {
            throw SQLError(
                .wrongObjectType, "cannot lock rows in materialized view \"\(lock.table.name)\"")
        }
    }

    init(
        _ input: Operator, _ locks: [PlannedRowLock], recheck: Expression?,
        builder: OperatorBuilder
    ) throws(SQLError) {
        self.input = input
        var targets: [Target] = []
        for lock in locks {
            var places: [Place] = []
            for partition in lock.partitions {
                places.append(
                    try Place(
                        partition.table.value, lock, columns: partition.columns, run: builder.run))
            }
            if lock.table.kind != .partitionedTable {
                places.append(
                    try Place(lock.table.value, lock, columns: nil, run: builder.run))
            }
            targets.append(
                Target(
                    plan: lock, places: places, mode: LockRowsOperator.mode(lock.strength),
                    policy: LockRowsOperator.policy(lock.policy)))
        }
        self.targets = targets
        self.recheck = try builder.compiler.compileSet(recheck)
        single = Batch(input.types)
        super.init(types: input.types, run: builder.run)
    }

    deinit { selection.deallocate() }

    private static func mode(_ strength: RowLockStrength) -> RowLockMode {
        switch strength {
        case .keyShare: .keyShare
        case .share: .share
        case .noKeyUpdate: .noKeyUpdate
        case .update: .update
        }
    }
    private static func policy(_ policy: LockWaitPolicy) -> Table.WaitPolicy {
        switch policy {
        case .wait: .wait
        case .noWait: .noWait
        case .skipLocked: .skip
        }
    }

    override func open() throws(SQLError) {
        batch = nil
        try input.open()
    }
    override func close() {
        batch = nil
        input.close()
    }

    /// One row at a time: a LIMIT above must not lock more than it gives.
    override func next() throws(SQLError) -> Batch? {
        while true {
            if let batch {
                while row < batch.count {
                    try run.checkInterrupt()
                    row += 1
                    if try lock(batch, row - 1) { return single }
                }
            }
            guard let next = try input.next() else { return nil }
            batch = next
            row = 0
        }
    }

    /// Locks one row in all its tables; true if it is a result, which is in `single`.
    private func lock(_ batch: Batch, _ row: Int) throws(SQLError) -> Bool {
        selection[0] = Int32(row)
        for (index, column) in single.columns.enumerated() {
            column.assign(from: batch.columns[index], rows: selection, count: 1)
        }
        single.count = 1
        keyArena.reset()
        var hasChanged = false
        for target in targets {
            let keys = single.columns[target.plan.keySlot]
            // The null side of an outer join has no row to lock.
            if keys.isNull(0) { continue }
            let place = place(of: target)
            switch try lock(target, place, keys.views[0].bytes) {
            case .unchanged: break
            case .changed(let bytes, let key):
                hasChanged = true
                keys.views[0] = ByteView(copying: key, into: keyArena)
                rowPointer[0] = bytes.baseAddress!
                place.decoder.decode(
                    place.columns, of: rowPointer, count: 1,
                    into: place.slots.map { single.columns[$0] })
            case .gone: return false
            }
        }
        guard hasChanged, let recheck else { return true }
        let value = try recheck.evaluateOne(single)
        return value.words[0] != 0 && !value.isNull(0)
    }

    private enum Outcome {
        case unchanged
        case changed(UnsafeRawBufferPointer, key: [UInt8])
        case gone
    }

    /// Where the row in `single` is.
    private func place(of target: Target) -> Place {
        if target.plan.table.kind != .partitionedTable { return target.places[0] }
        let table = single.columns[target.plan.partitionSlot][0].oid
        let found = target.places.first { $0.relation.oid == table }
        invariant(found != nil, "a row is in one of the table's partitions")
        return found ?? target.places[0]
    }

    private func lock(
        _ target: Target, _ place: Place, _ first: [UInt8]
    ) throws(SQLError) -> Outcome {
        var key = first
        var snapshot = run.snapshot
        var changed: UnsafeRawBufferPointer?
        while true {
            let outcome: Table.ChangeOutcome
            do throws(SQLError) {
                outcome = try key.lend { (bytes) throws(SQLError) in
                    try place.table.lock(
                        bytes, target.mode, snapshot: snapshot, policy: target.policy,
                        run.transaction)
                }
            } catch {
                guard error.state == .lockNotAvailable, target.policy == .noWait else {
                    throw error
                }
                throw ConstraintErrors.lockNotAvailable(place.relation)
            }
            switch outcome {
            case .done:
                if let changed { return .changed(changed, key: key) }
                return .unchanged
            case .changedBySelf:
                return changed.map { .changed($0, key: key) } ?? .unchanged
            case .skipped: return .gone
            case .changed, .deleted, .moved:
                if run.session.isolation.keepsSnapshot { throw ConstraintErrors.concurrentUpdate }
                let found = try key.lend { (bytes) throws(SQLError) in
                    try NewestRow(run: run, table: place.table).find(outcome, key: bytes)
                }
                guard case .row(let bytes, let newest, let later) = found else { return .gone }
                changed = bytes
                key = newest
                snapshot = later
                run.goOn(by: later)
            }
        }
    }
}
