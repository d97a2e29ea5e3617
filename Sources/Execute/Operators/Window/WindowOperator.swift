internal import Base
internal import Query
internal import Types

/// WindowAgg: reads sorted rows, as many whole partitions as make a batch, and appends to each row
/// the values of the window's calls.
final class WindowOperator: Operator {
    private let input: Operator
    private let partitionKeys: KeyWriter?
    private let orderKeys: KeyWriter?
    /// Arguments and filters of all calls, then the key of RANGE with an offset.
    private let values: ExpressionSet
    private let bounds: FrameBounds
    private let runners: [WindowCallRunner]
    private let inputRows: RowStore
    private let rows: WindowRows
    private let output: Batch
    private let references = UnsafeMutablePointer<Int32>.allocate(capacity: batchRowsMax)
    /// Offsets of the frame, results of the calls, bounds of ranges.
    private let offsetArena = Arena()
    private let resultArena = Arena()
    @exclusivity(unchecked) private var results: [[Datum]]
    /// The input at hand, with its values, and the first row of it that is not taken yet.
    @exclusivity(unchecked) private var batch: Batch?
    @exclusivity(unchecked) private var vectors: [Vector] = []
    @exclusivity(unchecked) private var nextRow = 0
    @exclusivity(unchecked) private var partitionKey: [UInt8] = []
    @exclusivity(unchecked) private var orderKey: [UInt8] = []
    @exclusivity(unchecked) private var hasBegun = false
    @exclusivity(unchecked) private var isAtEnd = false
    @exclusivity(unchecked) private var position = 0

    init(_ input: Operator, _ plan: PlannedWindow, builder: OperatorBuilder) throws(SQLError) {
        self.input = input
        let compiler = builder.compiler
        let window = plan.window
        partitionKeys =
            window.partitionBy.isEmpty ? nil : try compiler.equalityKeys(window.partitionBy)
        orderKeys =
            window.orderBy.isEmpty
            ? nil : try compiler.equalityKeys(window.orderBy.map(\.expression))
        var expressions: [Expression] = []
        var runners: [WindowCallRunner] = []
        for call in plan.calls {
            let column = expressions.count
            expressions += call.arguments
            if let filter = call.filter { expressions.append(filter) }
            runners.append(
                try WindowCallRunner.make(
                    call, column: column,
                    filterColumn: call.filter == nil ? nil : expressions.count - 1,
                    run: builder.run))
        }
        var keyColumn: Int?
        let hasOffset = window.startOffset != nil || window.endOffset != nil
        if window.frame.mode == .range, hasOffset {
            keyColumn = expressions.count
            expressions.append(window.orderBy[0].expression)
        }
        values = try compiler.compileSet(expressions)
        bounds = try FrameBounds(window, keyColumn: keyColumn, compiler: compiler)
        self.runners = runners
        inputRows = RowStore(types: input.types)
        rows = WindowRows(types: expressions.map(\.type.physical))
        results = runners.map { _ in [] }
        let types = input.types + plan.calls.map(\.type.physical)
        output = Batch(types)
        super.init(types: types, run: builder.run)
    }

    deinit { references.deallocate() }

    override func open() throws(SQLError) {
        clear()
        hasBegun = false
        isAtEnd = false
        batch = nil
        try input.open()
    }

    override func close() {
        input.close()
        clear()
        batch = nil
    }

    private func clear() {
        position = 0
        inputRows.removeAll()
        rows.removeAll()
        for index in results.indices { results[index].removeAll(keepingCapacity: true) }
        resultArena.reset()
    }

    override func next() throws(SQLError) -> Batch? {
        if position == rows.count {
            clear()
            if !hasBegun {
                hasBegun = true
                offsetArena.reset()
                try bounds.begin(arena: offsetArena)
            }
            try readPartitions()
            if rows.count == 0 { return nil }
            try compute()
        }
        let count = min(rowsWanted, rows.count - position)
        for row in 0..<count { references[row] = Int32(truncatingIfNeeded: position + row) }
        let inputCount = inputRows.types.count
        inputRows.gather(references, count: count, into: output.columns[..<inputCount])
        for index in results.indices {
            let target = output.columns[inputCount + index]
            target.hasNulls = false
            for row in 0..<count { target.set(row, results[index][position + row]) }
        }
        position += count
        output.count = count
        return output
    }

    // MARK: Reading

    private func readPartitions() throws(SQLError) {
        while !isAtEnd {
            if batch == nil {
                guard let next = try input.next() else {
                    isAtEnd = true
                    break
                }
                try run.checkInterrupt()
                if next.count == 0 { continue }
                try prepare(next)
            }
            guard let batch else { break }
            let first = nextRow
            let isFull = takeRows(of: batch)
            let count = nextRow - first
            for index in 0..<count { references[index] = Int32(first + index) }
            inputRows.append(batch.columns, rows: references, count: count)
            rows.values.append(vectors, rows: references, count: count)
            if isFull { break }
            self.batch = nil
        }
        if rows.count > 0 {
            rows.groupStarts.append(Int32(truncatingIfNeeded: rows.count))
            rows.partitionStarts.append(Int32(truncatingIfNeeded: rows.count))
        }
    }

    private func prepare(_ next: Batch) throws(SQLError) {
        try partitionKeys?.prepare(next)
        try orderKeys?.prepare(next)
        vectors.removeAll(keepingCapacity: true)
        try values.evaluate(next) { (_, vector) throws(SQLError) in vectors.append(vector) }
        batch = next
        nextRow = 0
    }

    /// Notes where groups and partitions begin in the rows of `batch`; true if it stops before one
    /// that is for the next turn.
    private func takeRows(of batch: Batch) -> Bool {
        while nextRow < batch.count {
            let number = rows.groups.count
            let begins = number == 0 || differs(partitionKeys, from: partitionKey)
            if begins, number >= batchRowsMax { return true }
            if begins {
                keep(partitionKeys, in: &partitionKey)
                rows.partitionStarts.append(Int32(truncatingIfNeeded: number))
            }
            if begins || differs(orderKeys, from: orderKey) {
                keep(orderKeys, in: &orderKey)
                rows.groupStarts.append(Int32(truncatingIfNeeded: number))
            }
            rows.groups.append(Int32(truncatingIfNeeded: rows.groupStarts.count - 1))
            nextRow += 1
        }
        return false
    }

    private func differs(_ keys: KeyWriter?, from last: [UInt8]) -> Bool {
        guard let keys else { return false }
        return keys.withKey(nextRow) { key in
            last.withUnsafeBytes { compareBytes($0, key) != 0 }
        }
    }

    private func keep(_ keys: KeyWriter?, in last: inout [UInt8]) {
        keys?.withKey(nextRow) { key in
            last.removeAll(keepingCapacity: true)
            last.append(contentsOf: key)
        }
    }

    // MARK: Computing

    private func compute() throws(SQLError) {
        let outer = run.beginExpressions(resultArena)
        defer { run.endExpressions(outer) }
        let context = FrameContext(arena: resultArena, types: run.typeContext)
        for partition in 0..<rows.partitionStarts.count - 1 {
            rows.first = Int(rows.partitionStarts[partition])
            rows.end = Int(rows.partitionStarts[partition + 1])
            try bounds.find(rows, context)
            for index in runners.indices {
                try runners[index].compute(rows, into: &results[index])
            }
        }
    }
}
