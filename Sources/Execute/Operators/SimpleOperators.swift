internal import Base

/// One row without columns.
final class OneRowOperator: Operator {
    private let batch = Batch([])
    @exclusivity(unchecked) private var isDone = false

    init(run: RunState) { super.init(types: [], run: run) }

    override func open() throws(SQLError) { isDone = false }
    override func next() throws(SQLError) -> Batch? {
        if isDone { return nil }
        isDone = true
        batch.count = 1
        return batch
    }
}

/// VALUES: all rows of one expression list a batch.
final class ValuesOperator: Operator {
    private let rows: [ExpressionSet]
    private let output: Batch
    private let nothing = Batch([])
    private let arena = Arena()
    @exclusivity(unchecked) private var position = 0

    init(rows: [ExpressionSet], types: [PhysicalType], run: RunState) {
        self.rows = rows
        output = Batch(types)
        nothing.count = 1
        super.init(types: types, run: run)
    }

    override func open() throws(SQLError) { position = 0 }

    override func next() throws(SQLError) -> Batch? {
        if position == rows.count { return nil }
        let count = min(rowsWanted, rows.count - position)
        if count > 1 { arena.reset() }
        for column in output.columns { column.hasNulls = false }
        for row in 0..<count {
            try rows[position + row].evaluate(nothing) { (column, value) throws(SQLError) in
                let datum = value[0]
                // The next row's evaluation may reuse the memory of this one's.
                if count > 1, !datum.isNull, types[column] == .bytes {
                    output.columns[column].set(
                        row, Datum(view: datum.view.copied(into: arena)))
                } else {
                    output.columns[column].set(row, datum)
                }
            }
        }
        position += count
        output.count = count
        return output
    }
}

/// Rows that satisfy a predicate.
final class FilterOperator: Operator {
    private let input: Operator
    private let predicate: PredicateFilter
    private let output: Batch

    init(_ input: Operator, predicate: ExpressionNode, run: RunState) {
        self.input = input
        self.predicate = PredicateFilter(predicate, run: run)
        output = Batch(input.types)
        super.init(types: input.types, run: run)
    }

    override func open() throws(SQLError) { try input.open() }
    override var leadingInput: Operator? { input }
    override func close() { input.close() }
    override func want(_ count: Int) { input.want(count) }

    override func next() throws(SQLError) -> Batch? {
        while let batch = try input.next() {
            try run.checkInterrupt()
            let count = try predicate.select(batch)
            if count == 0 { continue }
            if count == batch.count { return batch }
            for (index, column) in output.columns.enumerated() {
                column.assign(from: batch.columns[index], rows: predicate.rows, count: count)
            }
            output.count = count
            return output
        }
        return nil
    }
}

/// Computes a row of expressions from each row.
final class ProjectOperator: Operator {
    private let input: Operator
    private let projection: Projection

    init(_ input: Operator, expressions: ExpressionSet, types: [PhysicalType], run: RunState) {
        self.input = input
        projection = Projection(expressions)
        super.init(types: types, run: run)
    }

    override func open() throws(SQLError) { try input.open() }
    override var leadingInput: Operator? { input }
    override func close() { input.close() }
    override func want(_ count: Int) { input.want(count) }

    override func next() throws(SQLError) -> Batch? {
        guard let batch = try input.next() else { return nil }
        return try projection.project(batch)
    }
}

/// LIMIT and OFFSET, and WITH TIES by the sort keys.
final class LimitOperator: Operator {
    private let input: Operator
    private let limit: ExpressionSet?
    private let offset: ExpressionSet?
    private let ties: KeyWriter?
    private let output: Batch
    private let rows: UnsafeMutablePointer<Int32>
    @exclusivity(unchecked) private var toSkip: Int64 = 0
    /// Nil: no limit.
    @exclusivity(unchecked) private var left: Int64?
    @exclusivity(unchecked) private var lastKey: [UInt8] = []
    private let nothing = Batch([])

    init(
        _ input: Operator, limit: ExpressionSet?, offset: ExpressionSet?, ties: KeyWriter?,
        run: RunState
    ) {
        self.input = input
        self.limit = limit
        self.offset = offset
        self.ties = ties
        output = Batch(input.types)
        rows = .allocate(capacity: batchRowsMax)
        nothing.count = 1
        super.init(types: input.types, run: run)
    }
    deinit { rows.deallocate() }

    override func open() throws(SQLError) {
        toSkip = try number(offset, .invalidRowCountInResultOffsetClause, "OFFSET") ?? 0
        left = try number(limit, .invalidRowCountInLimitClause, "LIMIT")
        lastKey = []
        try input.open()
    }
    override func close() { input.close() }
    override func want(_ count: Int) { input.want(count) }

    private func number(
        _ expression: ExpressionSet?, _ state: SQLState, _ clause: String
    ) throws(SQLError) -> Int64? {
        guard let expression else { return nil }
        let value = try expression.evaluateOne(nothing)[0]
        if value.isNull { return nil }
        if value.word < 0 { throw SQLError(state, "\(clause) must not be negative") }
        return value.word
    }

    override func next() throws(SQLError) -> Batch? {
        while true {
            if left == 0, ties == nil || lastKey.isEmpty { return nil }
            guard let batch = try input.next() else { return nil }
            if toSkip >= batch.count {
                toSkip -= Int64(batch.count)
                continue
            }
            let first = Int(toSkip)
            toSkip = 0
            let wanted = left.map { Int(min($0, Int64(batchRowsMax))) } ?? batchRowsMax
            var count = min(batch.count - first, wanted)
            if let left { self.left = left - Int64(count) }
            if left == 0, let ties {
                count = try extend(batch, first: first, count: count, ties)
                if count == 0 { return nil }
            }
            if first == 0, count == batch.count { return batch }
            for index in 0..<count { rows[index] = Int32(first + index) }
            for (index, column) in output.columns.enumerated() {
                column.assign(from: batch.columns[index], rows: rows, count: count)
            }
            output.count = count
            return output
        }
    }

    /// Adds the rows after the limit that tie with the last one within it.
    private func extend(
        _ batch: Batch, first: Int, count: Int, _ ties: KeyWriter
    ) throws(SQLError) -> Int {
        try ties.prepare(batch)
        if count > 0 { lastKey = ties.withKey(first + count - 1) { [UInt8]($0) } }
        var end = first + count
        while end < batch.count {
            let isTie = ties.withKey(end) { key in
                lastKey.withUnsafeBytes { compareBytes($0, key) == 0 }
            }
            if !isTie {
                lastKey = []
                break
            }
            end += 1
        }
        return end - first
    }
}

/// The rows of one input after another.
final class AppendOperator: Operator {
    private let inputs: [Operator]
    @exclusivity(unchecked) private var current = 0

    init(_ inputs: [Operator], run: RunState) {
        self.inputs = inputs
        super.init(types: inputs[0].types, run: run)
    }

    override func open() throws(SQLError) {
        current = 0
        try inputs[0].open()
    }
    override func close() { for input in inputs { input.close() } }
    override func want(_ count: Int) { for input in inputs { input.want(count) } }

    override func next() throws(SQLError) -> Batch? {
        while true {
            if let batch = try inputs[current].next() { return batch }
            if current + 1 == inputs.count { return nil }
            current += 1
            try inputs[current].open()
        }
    }
}
