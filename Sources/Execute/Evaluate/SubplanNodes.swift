internal import Base

/// A subquery of an expression, with the parameters that tie it to the outer row.
class SubplanNode: ExpressionNode {
    let subplan: SubplanRunner
    let arguments: [(cell: ParameterCell, value: ExpressionNode)]
    let run: RunState

    init(
        _ subplan: SubplanRunner, arguments: [(cell: ParameterCell, value: ExpressionNode)],
        run: RunState
    ) {
        self.subplan = subplan
        self.arguments = arguments
        self.run = run
    }

    var isCorrelated: Bool { !arguments.isEmpty }

    /// Calls `body` for each row with the parameters set from it.
    final func forEachRow(
        _ input: Batch, _ body: (Int) throws(SQLError) -> Void
    ) throws(SQLError) {
        var values: [Vector] = []
        for argument in arguments { values.append(try argument.value.evaluate(input)) }
        for row in 0..<input.count {
            for (index, argument) in arguments.enumerated() {
                argument.cell.set(values[index][row])
            }
            try body(row)
        }
    }

    override func collectSlots(_ slots: inout Set<Int>) {
        for argument in arguments { argument.value.collectSlots(&slots) }
    }
}

/// EXISTS (…).
final class ExistsNode: SubplanNode {
    private let result = Vector(.word)

    override func evaluate(_ input: Batch) throws(SQLError) -> Vector {
        if !isCorrelated {
            broadcast(Datum(try subplan.exists()), from: 0, to: input.count, into: result)
            return result
        }
        try forEachRow(input) { (row) throws(SQLError) in
            result.words[row] = try subplan.runExists() ? 1 : 0
        }
        return result
    }
}

/// (SELECT …) as a value.
final class ScalarSubplanNode: SubplanNode {
    private let result: Vector

    init(
        _ subplan: SubplanRunner, arguments: [(cell: ParameterCell, value: ExpressionNode)],
        physicalType: PhysicalType, run: RunState
    ) {
        result = Vector(physicalType)
        super.init(subplan, arguments: arguments, run: run)
    }

    override func evaluate(_ input: Batch) throws(SQLError) -> Vector {
        if !isCorrelated {
            broadcast(try subplan.scalar(), from: 0, to: input.count, into: result)
            return result
        }
        result.beginNullable()
        try forEachRow(input) { (row) throws(SQLError) in
            let value = try subplan.runScalar()
            if !value.isNull, result.physicalType == .bytes {
                result.set(row, Datum(view: value.view.copied(into: run.expressionArena)))
            } else {
                result.set(row, value)
            }
        }
        return result
    }
}

/// `left OP ANY (SELECT …)` and `left OP ALL (SELECT …)`, rows of several columns compared pairwise.
final class QuantifiedSubplanNode: SubplanNode {
    private let left: [ExpressionNode]
    private let comparisons: [FunctionCall]
    private let isAll: Bool
    /// Equality of hashable types: membership is looked up.
    private let keys: (left: KeyWriter, right: KeyWriter)?
    private let result = Vector(.word)
    private let rowSelection = UnsafeMutablePointer<Int32>.allocate(capacity: 1)
    private let broadcasts: [Vector]

    init(
        _ subplan: SubplanRunner, left: [ExpressionNode], leftTypes: [PhysicalType],
        comparisons: [FunctionCall], isAll: Bool, keys: (left: KeyWriter, right: KeyWriter)?,
        arguments: [(cell: ParameterCell, value: ExpressionNode)], run: RunState
    ) {
        self.left = left
        self.comparisons = comparisons
        self.isAll = isAll
        self.keys = keys
        broadcasts = leftTypes.map { Vector($0) }
        super.init(subplan, arguments: arguments, run: run)
    }
    deinit { rowSelection.deallocate() }

    override func evaluate(_ input: Batch) throws(SQLError) -> Vector {
        result.beginNullable()
        if let keys, !isCorrelated {
            try lookUp(input, keys)
            return result
        }
        var values: [Vector] = []
        for node in left { values.append(try node.evaluate(input)) }
        if !isCorrelated { _ = try subplan.rows() }
        try forEachRow(input) { (row) throws(SQLError) in
            let rows = isCorrelated ? try subplan.runRows() : try subplan.rows()
            result.set(row, try compare(values, row, rows))
        }
        return result
    }

    /// IN over a table of the subquery's rows. Only single columns meet nulls here: the compiler
    /// hashes rows of several columns not at all.
    private func lookUp(
        _ input: Batch, _ keys: (left: KeyWriter, right: KeyWriter)
    ) throws(SQLError) {
        let (table, hasNull) = try subplan.keyTable(keys.right)
        try keys.left.prepare(input)
        for row in 0..<input.count {
            if table.count == 0, !hasNull {
                result.set(row, Datum(false))
            } else if keys.left.hasNull(row) {
                result.set(row, .null)
            } else if keys.left.withKey(row, { table.find($0) }) != nil {
                result.set(row, Datum(true))
            } else {
                result.set(row, hasNull ? .null : Datum(false))
            }
        }
    }

    /// Any: true if some row compares true, else null if some is null, else false. All: the dual.
    private func compare(_ values: [Vector], _ row: Int, _ rows: RowStore) throws(SQLError) -> Datum
    {
        var sawNull = false
        var index = 0
        while let chunk = rows.chunk(index) {
            index += 1
            var outcomes: [Vector] = []
            for (column, comparison) in comparisons.enumerated() {
                broadcast(
                    values[column][row], from: 0, to: chunk.count, into: broadcasts[column])
                outcomes.append(
                    try comparison.call(
                        [broadcasts[column], chunk.columns[column]], count: chunk.count))
            }
            for candidate in 0..<chunk.count {
                var isFalse = false
                var isTrue = false
                var isNull = false
                for outcome in outcomes {
                    if outcome.isNull(candidate) {
                        isNull = true
                    } else if outcome.words[candidate] == 0 {
                        isFalse = true
                    } else {
                        isTrue = true
                    }
                }
                // Rows differ where one column does: NOT IN of several columns.
                if isAll, outcomes.count > 1, isTrue { continue }
                if isAll, outcomes.count > 1, isNull { isFalse = false }
                if isFalse {
                    if isAll { return Datum(false) }
                } else if isNull {
                    sawNull = true
                } else if !isAll {
                    return Datum(true)
                }
            }
        }
        return sawNull ? .null : Datum(isAll)
    }

    override func collectSlots(_ slots: inout Set<Int>) {
        super.collectSlots(&slots)
        for node in left { node.collectSlots(&slots) }
    }
}

/// Runs one subplan of a plan; what does not depend on the outer row is computed once an execution.
final class SubplanRunner {
    private let makeRoot: () throws(SQLError) -> Operator
    private let run: RunState
    @exclusivity(unchecked) private var root: Operator?
    @exclusivity(unchecked) private var store: RowStore?
    /// The execution that `store`, `cachedScalar` … were made in.
    @exclusivity(unchecked) private var rowsExecution: UInt64 = 0
    @exclusivity(unchecked) private var scalarExecution: UInt64 = 0
    @exclusivity(unchecked) private var existsExecution: UInt64 = 0
    @exclusivity(unchecked) private var tableExecution: UInt64 = 0
    @exclusivity(unchecked) private var cachedScalar = Datum.null
    @exclusivity(unchecked) private var cachedExists = false
    @exclusivity(unchecked) private var table: KeyTable?
    @exclusivity(unchecked) private var tableHasNull = false
    private let arena = Arena()

    init(run: RunState, makeRoot: @escaping () throws(SQLError) -> Operator) {
        self.run = run
        self.makeRoot = makeRoot
    }

    private func opened() throws(SQLError) -> Operator {
        if root == nil { root = try makeRoot() }
        try root!.open()
        return root!
    }

    func close() {
        root?.close()
        store?.removeAll()
        table?.removeAll()
        arena.reset()
    }

    func runExists() throws(SQLError) -> Bool {
        try run.checkInterrupt()
        let root = try opened()
        while let batch = try root.next() {
            if batch.count > 0 { return true }
        }
        return false
    }

    /// The value, which lives until the next run.
    func runScalar() throws(SQLError) -> Datum {
        try run.checkInterrupt()
        let root = try opened()
        var value: Datum?
        while let batch = try root.next() {
            if batch.count == 0 { continue }
            if batch.count > 1 || value != nil {
                throw SQLError(
                    .cardinalityViolation,
                    "more than one row returned by a subquery used as an expression")
            }
            let found = batch.columns[0][0]
            if root.types[0] == .bytes, !found.isNull {
                arena.reset()
                value = Datum(view: found.view.copied(into: arena))
            } else {
                value = found
            }
        }
        return value ?? .null
    }

    func runRows() throws(SQLError) -> RowStore {
        let root = try opened()
        let store = self.store ?? RowStore(types: root.types)
        self.store = store
        store.removeAll()
        while let batch = try root.next() {
            try run.checkInterrupt()
            store.append(batch.columns, count: batch.count)
        }
        return store
    }

    func exists() throws(SQLError) -> Bool {
        if existsExecution != run.execution {
            cachedExists = try runExists()
            existsExecution = run.execution
        }
        return cachedExists
    }

    func scalar() throws(SQLError) -> Datum {
        if scalarExecution != run.execution {
            cachedScalar = try runScalar()
            scalarExecution = run.execution
        }
        return cachedScalar
    }

    func rows() throws(SQLError) -> RowStore {
        if rowsExecution != run.execution {
            _ = try runRows()
            rowsExecution = run.execution
        }
        return store!
    }

    /// The rows' keys, and whether a row had a null in its key.
    func keyTable(_ keys: KeyWriter) throws(SQLError) -> (KeyTable, hasNull: Bool) {
        if tableExecution == run.execution, let table { return (table, tableHasNull) }
        let rows = try rows()
        let table = self.table ?? KeyTable()
        self.table = table
        table.removeAll()
        tableHasNull = false
        var index = 0
        while let chunk = rows.chunk(index) {
            index += 1
            try keys.prepare(Batch(columns: chunk.columns, count: chunk.count))
            for row in 0..<chunk.count {
                if keys.hasNull(row) {
                    tableHasNull = true
                } else {
                    _ = keys.withKey(row) { table.insert($0) }
                }
            }
        }
        tableExecution = run.execution
        return (table, tableHasNull)
    }
}
