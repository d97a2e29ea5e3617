internal import Base
internal import Catalog
internal import Engine
internal import Query
internal import Types

/// MERGE. Rows of the join are looked at one by one: the first action of their kind whose condition
/// holds is done. A row of the target that another transaction has changed meanwhile is tested again
/// in its newest version, and may have no match any more.
final class MergeOperator: Operator {
    private final class Action {
        enum Change {
            case insert(RowInserter, values: ExpressionSet)
            case update(values: ExpressionSet)
            case delete
            case nothing
        }
        let isMatched: Bool
        let condition: ExpressionSet?
        let change: Change

        init(_ planned: PlannedMerge.Action, builder: OperatorBuilder) throws(SQLError) {
            isMatched = planned.isMatched
            condition = try builder.compiler.compileSet(planned.condition)
            switch planned.change {
            case .insert(let insert, let values):
                change = .insert(
                    try RowInserter.make(insert, builder: builder),
                    values: try builder.compiler.compileSet(values))
            case .update(let assignments):
                change = .update(values: try builder.compiler.compileSet(assignments.map(\.value)))
            case .delete: change = .delete
            case .nothing: change = .nothing
            }
        }
    }

    private let plan: PlannedMerge
    private let builder: OperatorBuilder
    private let source: Operator
    private let actions: [Action]
    private let condition: ExpressionSet
    private let columnCount: Int
    /// Made when the first row of each is changed.
    private var targets: [MergeTarget?]
    private let numbers: [OID: Int]
    /// The row that is looked at, alone.
    private let single: Batch
    /// The key of its target's row, where that has moved.
    private let keyArena = Arena()
    private let selection = UnsafeMutablePointer<Int32>.allocate(capacity: 1)
    @exclusivity(unchecked) private var changed = 0
    @exclusivity(unchecked) private var isDone = false

    init(_ plan: PlannedMerge, builder: OperatorBuilder) throws(SQLError) {
        self.plan = plan
        self.builder = builder
        source = try builder.build(plan.source)
        var actions: [Action] = []
        for action in plan.actions { actions.append(try Action(action, builder: builder)) }
        self.actions = actions
        condition = try builder.compiler.compileSet([plan.condition])
        columnCount = plan.table.columns.count
        targets = plan.targets.map { _ in nil }
        var numbers: [OID: Int] = [:]
        for (number, target) in plan.targets.enumerated() { numbers[target.table.oid] = number }
        self.numbers = numbers
        single = Batch(source.types)
        super.init(types: [], run: builder.run)
    }

    deinit { selection.deallocate() }

    override var changedCount: Int? { changed }

    override func open() throws(SQLError) {
        isDone = false
        changed = 0
        for action in actions {
            if case .insert(let inserter, _) = action.change { inserter.begin() }
        }
        for target in targets { target?.begin() }
        try source.open()
    }
    override func close() { source.close() }

    override func next() throws(SQLError) -> Batch? {
        if isDone { return nil }
        while let batch = try source.next() {
            for row in 0..<batch.count {
                try run.checkInterrupt()
                selection[0] = Int32(row)
                for column in single.columns.indices {
                    single.columns[column].assign(
                        from: batch.columns[column], rows: selection, count: 1)
                }
                single.count = 1
                try merge()
            }
        }
        isDone = true
        return nil
    }

    // MARK: One row

    private func merge() throws(SQLError) {
        let keys = single.columns[columnCount]
        if !keys.isNull(0), try mergeMatched(keys.views[0].bytes) { return }
        if let action = try first(isMatched: false), case .insert(let inserter, let values) = action.change
        {
            var vectors: [Vector] = []
            try values.evaluate(single) { (_, value) throws(SQLError) in vectors.append(value) }
            try inserter.insert(vectors, count: 1)
            changed += 1
        }
    }

    /// The first action whose condition holds for the row in `single`.
    private func first(isMatched: Bool) throws(SQLError) -> Action? {
        for action in actions where action.isMatched == isMatched {
            guard let condition = action.condition else { return action }
            if holds(try condition.evaluateOne(single)) { return action }
        }
        return nil
    }

    private func holds(_ value: Vector) -> Bool { !value.isNull(0) && value.words[0] != 0 }

    /// - Returns: false if the row's match has gone: it has none then.
    private func mergeMatched(_ found: [UInt8]) throws(SQLError) -> Bool {
        var key = found
        var snapshot = run.snapshot
        while true {
            guard let number = actionNumber(try first(isMatched: true)) else { return true }
            let target = try self.target()
            let outcome: Table.ChangeOutcome
            switch actions[number].change {
            case .nothing, .insert: return true
            case .delete: outcome = try target.delete(single, key: key, snapshot)
            case .update(let values):
                outcome = try target.update(number, values, single, key: key, snapshot)
            }
            switch outcome {
            case .done:
                changed += 1
                return true
            case .changedBySelf: throw ConstraintErrors.mergeChangesTwice
            case .skipped: return true
            case .changed, .deleted, .moved:
                let newest = try key.lend { (bytes) throws(SQLError) in
                    try NewestRow(run: run, table: target.rows).find(outcome, key: bytes)
                }
                guard case .row(let bytes, let newKey, let later) = newest else {
                    forgetTarget()
                    return false
                }
                key = newKey
                snapshot = later
                run.goOn(by: later)
                keyArena.reset()
                single.columns[columnCount].views[0] = ByteView(copying: newKey, into: keyArena)
                target.decode(bytes, into: single)
                if !holds(try condition.evaluateOne(single)) {
                    forgetTarget()
                    return false
                }
            }
        }
    }

    private func actionNumber(_ action: Action?) -> Int? {
        guard let action else { return nil }
        return actions.firstIndex { $0 === action }
    }

    private func forgetTarget() {
        for column in 0...columnCount {
            broadcast(.null, from: 0, to: 1, into: single.columns[column])
        }
    }

    /// The table that the row in `single` is from.
    private func target() throws(SQLError) -> MergeTarget {
        var number = 0
        if let slot = plan.tableSlot {
            let oid = OID(UInt32(truncatingIfNeeded: single.columns[slot].words[0]))
            guard let known = numbers[oid] else {
                throw SQLError(.internalError, "a row of MERGE is from no partition")
            }
            number = known
        }
        if let known = targets[number] { return known }
        let made = try MergeTarget(plan.targets[number], plan: plan, builder: builder)
        made.begin()
        targets[number] = made
        return made
    }
}

/// A table whose rows MERGE changes: the statement's, or a partition.
private final class MergeTarget {
    private let writer: RowWriter
    private let changer: RowChanger
    private let foreignKeys: ForeignKeyChecker?
    /// Of each action that updates.
    private let updaters: [RowUpdater?]
    /// Of each column of the table that of the statement's; nil: dropped.
    private let sources: [Int?]
    /// A row of the table as it was, then the values that an update gives.
    private let rowBatches: [Batch]
    private let allColumns: [Int]
    @exclusivity(unchecked) private var rowPointer = [UnsafeRawPointer(bitPattern: 1)!]
    private let decoded: Batch

    init(
        _ target: PlannedMerge.Target, plan: PlannedMerge, builder: OperatorBuilder
    ) throws(SQLError) {
        let relation = target.table.value
        let writer = try RowWriter(relation, checks: target.checks, compiler: builder.compiler)
        self.writer = writer
        let foreignKeys = try ForeignKeyChecker.make(
            relation, target.checks, writer: writer, builder: builder)
        self.foreignKeys = foreignKeys
        changer = RowChanger(
            writer: writer, foreignKeys: foreignKeys,
            mover: try target.move.map { move throws(SQLError) in
                try PartitionMover(move, builder: builder)
            })
        sources = relation.columns.indices.map { target.columns.firstIndex(of: $0) }
        let count = relation.columns.count
        var updaters: [RowUpdater?] = []
        var batches: [Batch] = []
        for action in plan.actions {
            guard case .update(let assignments) = action.change else {
                updaters.append(nil)
                batches.append(Batch(writer.shape.types))
                continue
            }
            // The values are computed by the statement; here they follow the row.
            let own = assignments.enumerated().map { number, assignment in
                Assignment(
                    column: target.columns[assignment.column],
                    value: .slot(count + number, type: assignment.value.type))
            }
            updaters.append(
                try RowUpdater(
                    own, writer: writer, checks: target.checks, foreignKeys: foreignKeys,
                    compiler: builder.compiler, leavesPartition: target.move != nil))
            batches.append(
                Batch(writer.shape.types + assignments.map(\.value.type.physical)))
        }
        self.updaters = updaters
        rowBatches = batches
        allColumns = Array(relation.columns.indices)
        decoded = Batch(writer.shape.types)
    }

    var rows: Table { writer.rows }

    func begin() {
        foreignKeys?.begin()
        changer.mover?.begin()
    }

    func delete(
        _ single: Batch, key: [UInt8], _ snapshot: Snapshot
    ) throws(SQLError) -> Table.ChangeOutcome {
        fill(decoded, from: single)
        let outcome = try changer.delete(decoded, key: key, snapshot)
        if case .done = outcome { writer.use.deleted.add(1) }
        return outcome
    }

    func update(
        _ number: Int, _ values: ExpressionSet, _ single: Batch, key: [UInt8],
        _ snapshot: Snapshot
    ) throws(SQLError) -> Table.ChangeOutcome {
        guard let updater = updaters[number] else {
            throw SQLError(.internalError, "an update of MERGE has an updater")
        }
        let row = rowBatches[number]
        let count = sources.count
        fill(row, from: single)
        var vectors: [Vector] = []
        try values.evaluate(single) { (_, value) throws(SQLError) in vectors.append(value) }
        for (index, vector) in vectors.enumerated() {
            row.columns[count + index].assign(from: vector, count: 1)
        }
        let outcome = try changer.update(row, key: key, snapshot, updater)
        if case .done = outcome { writer.use.updated.add(1) }
        return outcome
    }

    /// The target's columns of a joined row, as a row of this table.
    private func fill(_ row: Batch, from single: Batch) {
        for (column, source) in sources.enumerated() {
            if let source {
                row.columns[column].assign(from: single.columns[source], count: 1)
            } else {
                broadcast(.null, from: 0, to: 1, into: row.columns[column])
            }
        }
        row.count = 1
    }

    /// Puts another version of the row into a joined row.
    func decode(_ bytes: UnsafeRawBufferPointer, into single: Batch) {
        rowPointer[0] = bytes.baseAddress!
        writer.shape.decoder.decode(allColumns, of: rowPointer, count: 1, into: decoded.columns)
        decoded.count = 1
        for (column, source) in sources.enumerated() {
            if let source { single.columns[source].assign(from: decoded.columns[column], count: 1) }
        }
    }
}
