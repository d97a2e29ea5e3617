internal import Base
internal import Functions
internal import Query
internal import Types

/// One aggregate of an aggregation, with the rows that it takes.
final class AggregateRunner {
    let kernel: AggregateKernel
    private let arguments: ExpressionSet
    private let filter: PredicateFilter?
    /// DISTINCT: (group, value) pairs that were seen.
    private let distinctKeys: KeyBuffer?
    private let seen = KeyTable()
    @exclusivity(unchecked) private var values: [Vector] = []
    private let selected: [Vector]
    private let rows: UnsafeMutablePointer<Int32>
    private let groupVector = Vector(.word)
    private let states: UnsafeMutablePointer<UnsafeMutableRawPointer>
    /// Where the state lies in a group's block.
    let stateOffset: Int
    /// ORDER BY: rows wait here until all have come.
    private let ordered: OrderedRows?
    /// Of the arguments, where the kernel asks for them.
    private let argumentTypes: [OID]?

    init(
        _ planned: PlannedAggregate, stateOffset: Int, builder: OperatorBuilder
    ) throws(SQLError) {
        guard let entry = FunctionRegistry.aggregate(planned.function) else {
            throw SQLError(
                .undefinedFunction, "aggregate with OID \(planned.function) does not exist")
        }
        guard let kernel = entry.kernel else {
            throw SQLError.notSupported("aggregate \(entry.name)")
        }
        self.kernel = kernel
        argumentTypes = entry.needsArgumentTypes ? planned.arguments.map(\.type.oid) : nil
        self.stateOffset = stateOffset
        let isIndifferent = ["count", "min", "max"].contains(entry.name)
        var order = planned.orderBy
        // PostgreSQL finds distinct values by sorting, and what gathers values shows it.
        if order.isEmpty, planned.isDistinct, entry.name.hasSuffix("_agg") {
            order = planned.arguments.map {
                SortKey(expression: $0, descending: false, nullsFirst: false)
            }
        }
        ordered =
            order.isEmpty || isIndifferent
            ? nil
            : OrderedRows(
                keys: try builder.compiler.sortKeys(order),
                types: planned.arguments.map(\.type.physical))
        arguments = try builder.compiler.compileSet(planned.arguments)
        if let filter = planned.filter {
            self.filter = PredicateFilter(try builder.compiler.compile(filter), run: builder.run)
        } else {
            filter = nil
        }
        distinctKeys =
            planned.isDistinct
            ? KeyBuffer(
                [KeyColumn(type: .int8, forEquality: true)]
                    + planned.arguments.map { KeyColumn(type: $0.type, forEquality: true) }) : nil
        selected = planned.arguments.map { Vector($0.type.physical) }
        rows = .allocate(capacity: batchRowsMax)
        states = .allocate(capacity: batchRowsMax)
    }

    deinit {
        rows.deallocate()
        states.deallocate()
    }

    func reset() {
        seen.removeAll()
        ordered?.removeAll()
    }

    /// All rows have come: those that waited for their order go to their states.
    func finish(blocks: [UnsafeMutableRawPointer], context: FunctionContext) throws(SQLError) {
        guard let ordered else { return }
        if let argumentTypes { context.argumentTypes = argumentTypes }
        try ordered.forEachBatch { (inputs, groups, count) throws(SQLError) in
            for index in 0..<count { states[index] = blocks[Int(groups[index])] + stateOffset }
            try kernel.accumulate(states, inputs, count, context)
        }
    }

    /// Takes a batch; `groups` is nil for an aggregation without keys, whose only block is
    /// `blocks[0]`.
    func accumulate(
        _ batch: Batch, groups: UnsafePointer<Int32>?, blocks: [UnsafeMutableRawPointer],
        context: FunctionContext
    ) throws(SQLError) {
        values.removeAll(keepingCapacity: true)
        try arguments.evaluate(batch) { (_, value) throws(SQLError) in values.append(value) }
        var count = batch.count
        var isSelected = false
        if let filter {
            count = try filter.select(batch)
            rows.update(from: filter.rows, count: count)
            isSelected = true
        }
        if let distinctKeys {
            if !isSelected { for row in 0..<count { rows[row] = Int32(row) } }
            isSelected = true
            count = selectDistinct(distinctKeys, batch.count, count, groups)
        }
        if count == 0 { return }
        if let ordered {
            try ordered.add(batch, values, rows: isSelected ? rows : nil, count, groups)
            return
        }
        if isSelected {
            for (index, value) in values.enumerated() {
                selected[index].assign(from: value, rows: rows, count: count)
            }
        }
        let inputs = isSelected ? selected : values
        if let argumentTypes { context.argumentTypes = argumentTypes }
        guard let groups else {
            try kernel.accumulateAll(blocks[0] + stateOffset, inputs, count, context)
            return
        }
        for index in 0..<count {
            let row = isSelected ? Int(rows[index]) : index
            states[index] = blocks[Int(groups[row])] + stateOffset
        }
        try kernel.accumulate(states, inputs, count, context)
    }

    /// Keeps in `rows` those whose value is new in its group.
    private func selectDistinct(
        _ keys: KeyBuffer, _ batchCount: Int, _ count: Int, _ groups: UnsafePointer<Int32>?
    ) -> Int {
        for row in 0..<batchCount { groupVector.words[row] = Int64(groups?[row] ?? 0) }
        keys.encode([groupVector] + values, count: batchCount)
        var kept = 0
        for index in 0..<count {
            let known = seen.count
            if keys.withKey(Int(rows[index]), { seen.insert($0) }) == known {
                rows[kept] = rows[index]
                kept += 1
            }
        }
        return kept
    }
}

/// The rows of an aggregate with ORDER BY, by group.
private final class OrderedRows {
    private struct Entry {
        var group: Int32
        var row: Int32
        var key: ByteView
    }
    private let keys: KeyWriter
    private let store: RowStore
    private let arena = Arena()
    @exclusivity(unchecked) private var entries: [Entry] = []
    private let output: [Vector]
    private let references = UnsafeMutablePointer<Int32>.allocate(capacity: batchRowsMax)
    private let groups = UnsafeMutablePointer<Int32>.allocate(capacity: batchRowsMax)

    init(keys: KeyWriter, types: [PhysicalType]) {
        self.keys = keys
        store = RowStore(types: types)
        output = types.map { Vector($0) }
    }

    deinit {
        references.deallocate()
        groups.deallocate()
    }

    func removeAll() {
        entries.removeAll()
        store.removeAll()
        arena.reset()
    }

    func add(
        _ batch: Batch, _ values: [Vector], rows: UnsafePointer<Int32>?, _ count: Int,
        _ groupOf: UnsafePointer<Int32>?
    ) throws(SQLError) {
        try keys.prepare(batch)
        let first = store.count
        store.append(values, rows: rows, count: count)
        for index in 0..<count {
            let row = rows.map { Int($0[index]) } ?? index
            let key = keys.withKey(row) { ByteView(copying: $0, into: arena) }
            entries.append(
                Entry(group: groupOf?[row] ?? 0, row: Int32(first + index), key: key))
        }
    }

    func forEachBatch(
        _ body: ([Vector], UnsafePointer<Int32>, Int) throws(SQLError) -> Void
    ) throws(SQLError) {
        entries.sort { left, right in
            if left.group != right.group { return left.group < right.group }
            let order = ByteView.compare(left.key, right.key)
            return order == 0 ? left.row < right.row : order < 0
        }
        var position = 0
        while position < entries.count {
            let count = min(batchRowsMax, entries.count - position)
            for index in 0..<count {
                references[index] = entries[position + index].row
                groups[index] = entries[position + index].group
            }
            store.gather(references, count: count, into: output[...])
            try body(output, groups, count)
            position += count
        }
    }
}
