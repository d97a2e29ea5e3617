internal import Base
internal import Query
internal import Types

/// The rows of a query of WITH, computed once, as far as somebody asks for them.
final class CommonTableRunner {
    private let plan: PlannedCommonTable
    private unowned let run: RunState
    @exclusivity(unchecked) private var root: Operator?
    let rows: RowStore
    /// In a recursion: the rows of the step before.
    @exclusivity(unchecked) private(set) var working: RowStore
    @exclusivity(unchecked) private var execution: UInt64 = 0
    @exclusivity(unchecked) private var isFinished = false

    init(_ plan: PlannedCommonTable, run: RunState) {
        self.plan = plan
        self.run = run
        let types = plan.types.map(\.physical)
        rows = RowStore(types: types)
        working = RowStore(types: types)
    }

    /// The query that has the WITH begins.
    func begin() throws(SQLError) {
        if execution == run.execution, !plan.isCorrelated { return }
        execution = run.execution
        isFinished = false
        rows.removeAll()
        if root == nil { root = try build() }
        try root?.open()
    }

    private func build() throws(SQLError) -> Operator {
        let builder = OperatorBuilder(run: run)
        guard let instrumentation = run.instrumentation else { return try builder.build(plan.node) }
        let (root, counters) = try instrumentation.separately { () throws(SQLError) in
            try builder.build(plan.node)
        }
        if let number = run.commonTables.firstIndex(where: { $0 === self }) {
            instrumentation.commonTables[number] = counters
        }
        return root
    }

    var changesData: Bool { plan.changesData }

    /// Runs a statement that changes data to its end; nobody reads the rest of its rows.
    func finish() throws(SQLError) {
        guard !isFinished, execution == run.execution, let root else { return }
        while try root.next() != nil { try run.checkInterrupt() }
        isFinished = true
        root.close()
    }

    /// Computes some more rows; false at the end.
    func more() throws(SQLError) -> Bool {
        while !isFinished, let root {
            try run.checkInterrupt()
            guard let batch = try root.next() else {
                isFinished = true
                root.close()
                break
            }
            if batch.count == 0 { continue }
            rows.append(batch.columns, count: batch.count)
            return true
        }
        return false
    }

    /// `rows` become those that the next step of the recursion reads; gives the ones before.
    func exchangeWorking(_ rows: RowStore) -> RowStore {
        let before = working
        working = rows
        return before
    }

    func close() {
        root?.close()
        rows.removeAll()
        working.removeAll()
        execution = 0
    }
}

/// The plan of a query with WITH.
final class WithOperator: Operator {
    private let input: Operator
    private let tables: [CommonTableRunner]

    init(_ input: Operator, tables: [CommonTableRunner], run: RunState) {
        self.input = input
        self.tables = tables
        super.init(types: input.types, run: run)
    }

    override func open() throws(SQLError) {
        for table in tables { try table.begin() }
        try input.open()
    }
    override func next() throws(SQLError) -> Batch? { try input.next() }
    override func close() { input.close() }
    override var changedCount: Int? { input.changedCount }
}

/// Reads a common table, or the working rows of a recursion.
final class CommonScanOperator: Operator {
    private let table: CommonTableRunner
    private let isWorking: Bool
    private let output: Batch
    private let references: UnsafeMutablePointer<Int32>
    @exclusivity(unchecked) private var position = 0

    init(_ table: CommonTableRunner, isWorking: Bool, types: [PhysicalType], run: RunState) {
        self.table = table
        self.isWorking = isWorking
        output = Batch(types)
        references = .allocate(capacity: batchRowsMax)
        super.init(types: types, run: run)
    }
    deinit { references.deallocate() }

    override func open() throws(SQLError) { position = 0 }

    override func next() throws(SQLError) -> Batch? {
        let rows = isWorking ? table.working : table.rows
        while position >= rows.count {
            if isWorking { return nil }
            if try !table.more() { return nil }
        }
        let count = min(rows.count - position, batchRowsMax)
        for index in 0..<count { references[index] = Int32(truncatingIfNeeded: position + index) }
        rows.gather(references, count: count, into: output.columns[...])
        output.count = count
        position += count
        return output
    }
}

/// WITH RECURSIVE: the first query's rows, then again and again the second one's.
final class RecursiveUnionOperator: Operator {
    private let base: Operator
    private let step: Operator
    private let table: CommonTableRunner
    /// Nil: UNION ALL.
    private let keys: KeyWriter?
    private let known = KeyTable()
    private let output: Batch
    private let selection: UnsafeMutablePointer<Int32>
    /// What the present step has given.
    @exclusivity(unchecked) private var pending: RowStore
    @exclusivity(unchecked) private var isInBase = true
    @exclusivity(unchecked) private var isFinished = false

    init(
        _ base: Operator, _ step: Operator, table: CommonTableRunner, keys: KeyWriter?,
        types: [PhysicalType], run: RunState
    ) {
        self.base = base
        self.step = step
        self.table = table
        self.keys = keys
        pending = RowStore(types: types)
        output = Batch(types)
        selection = .allocate(capacity: batchRowsMax)
        super.init(types: types, run: run)
    }
    deinit { selection.deallocate() }

    override func open() throws(SQLError) {
        known.removeAll()
        pending.removeAll()
        isInBase = true
        isFinished = false
        try base.open()
    }

    override func close() {
        base.close()
        step.close()
        known.removeAll()
        pending.removeAll()
    }

    override func next() throws(SQLError) -> Batch? {
        while !isFinished {
            try run.checkInterrupt()
            if let batch = try (isInBase ? base : step).next() {
                if let rows = try new(batch) { return rows }
            } else if pending.count == 0 {
                isFinished = true
            } else {
                pending = table.exchangeWorking(pending)
                pending.removeAll()
                isInBase = false
                try step.open()
            }
        }
        return nil
    }

    /// The rows of a batch that count, kept for the next step.
    private func new(_ batch: Batch) throws(SQLError) -> Batch? {
        var count = 0
        if let keys {
            try keys.prepare(batch)
            for row in 0..<batch.count {
                let before = known.count
                if keys.withKey(row, { known.insert($0) }) == before {
                    selection[count] = Int32(truncatingIfNeeded: row)
                    count += 1
                }
            }
        } else {
            count = batch.count
            for row in 0..<count { selection[row] = Int32(truncatingIfNeeded: row) }
        }
        if count == 0 { return nil }
        for (index, column) in output.columns.enumerated() {
            column.assign(from: batch.columns[index], rows: selection, count: count)
        }
        output.count = count
        pending.append(output.columns, count: count)
        return output
    }
}
