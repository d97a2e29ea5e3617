internal import Base
internal import Functions
internal import Query
internal import Types

/// One aggregate of an aggregation, with the rows that it takes.
private final class AggregateRunner {
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

/// GROUP BY by hashing, and aggregation of everything into one row.
final class AggregateOperator: Operator {
    private let input: Operator
    private let keys: KeyWriter?
    private let keyValues: ExpressionSet
    private let keyCount: Int
    private let runners: [AggregateRunner]
    private let blockSizeBytes: Int
    private let table = KeyTable()
    private let groupStore: RowStore
    @exclusivity(unchecked) private var blocks: [UnsafeMutableRawPointer] = []
    private let stateArena = Arena()
    private let resultArena = Arena()
    private let groups: UnsafeMutablePointer<Int32>
    private let newRows: UnsafeMutablePointer<Int32>
    private let output: Batch
    @exclusivity(unchecked) private var isRead = false
    @exclusivity(unchecked) private var position = 0

    init(
        _ input: Operator, groupKeys: [Expression], aggregates: [PlannedAggregate],
        builder: OperatorBuilder
    ) throws(SQLError) {
        self.input = input
        keyCount = groupKeys.count
        keys = groupKeys.isEmpty ? nil : try builder.compiler.equalityKeys(groupKeys)
        keyValues = try builder.compiler.compileSet(groupKeys)
        groupStore = RowStore(types: groupKeys.map(\.type.physical))
        var runners: [AggregateRunner] = []
        var offset = 0
        for aggregate in aggregates {
            let runner = try AggregateRunner(aggregate, stateOffset: offset, builder: builder)
            offset += (runner.kernel.stateSizeBytes + 15) & ~15
            runners.append(runner)
        }
        self.runners = runners
        blockSizeBytes = max(offset, 16)
        groups = .allocate(capacity: batchRowsMax)
        newRows = .allocate(capacity: batchRowsMax)
        let types = groupKeys.map(\.type.physical) + aggregates.map(\.type.physical)
        output = Batch(types)
        super.init(types: types, run: builder.run)
    }

    deinit {
        groups.deallocate()
        newRows.deallocate()
    }

    override func open() throws(SQLError) {
        clear()
        try input.open()
    }

    override func close() {
        input.close()
        clear()
    }

    private func clear() {
        isRead = false
        position = 0
        if table.count > 0 { table.removeAll() }
        groupStore.removeAll()
        blocks.removeAll(keepingCapacity: blocks.capacity <= batchRowsMax)
        for runner in runners { runner.reset() }
        stateArena.reset()
    }

    override func next() throws(SQLError) -> Batch? {
        if !isRead {
            try readAll()
            isRead = true
        }
        let count = min(rowsWanted, blocks.count - position)
        if count == 0 { return nil }
        let context = run.context
        let outer = run.beginExpressions(resultArena)
        defer { run.endExpressions(outer) }
        let outerState = run.beginState(stateArena)
        defer { run.endState(outerState) }
        for row in 0..<count { newRows[row] = Int32(position + row) }
        groupStore.gather(newRows, count: count, into: output.columns[..<keyCount])
        for (index, runner) in runners.enumerated() {
            let target = output.columns[keyCount + index]
            target.hasNulls = false
            for row in 0..<count {
                target.set(
                    row,
                    try runner.kernel.finalize(
                        blocks[position + row] + runner.stateOffset, context))
            }
        }
        position += count
        output.count = count
        return output
    }

    private func readAll() throws(SQLError) {
        if keys == nil { addBlock() }
        let context = run.context
        while let batch = try input.next() {
            try run.checkInterrupt()
            if let keys { try assignGroups(batch, keys) }
            let outerState = run.beginState(stateArena)
            defer { run.endState(outerState) }
            for runner in runners {
                try runner.accumulate(
                    batch, groups: keys == nil ? nil : UnsafePointer(groups), blocks: blocks,
                    context: context)
            }
        }
        let outerState = run.beginState(stateArena)
        defer { run.endState(outerState) }
        for runner in runners { try runner.finish(blocks: blocks, context: context) }
    }

    /// Finds each row's group; new ones get a block of states and their key values kept.
    private func assignGroups(_ batch: Batch, _ keys: KeyWriter) throws(SQLError) {
        try keys.prepare(batch)
        var newCount = 0
        for row in 0..<batch.count {
            let known = table.count
            let group = keys.withKey(row) { table.insert($0) }
            groups[row] = Int32(group)
            if group == known {
                newRows[newCount] = Int32(row)
                newCount += 1
                addBlock()
            }
        }
        if newCount == 0 { return }
        var values: [Vector] = []
        try keyValues.evaluate(batch) { (_, value) throws(SQLError) in values.append(value) }
        groupStore.append(values, rows: newRows, count: newCount)
    }

    private func addBlock() {
        // States are 16-byte aligned, the arena's memory 8-byte.
        var block = stateArena.allocate(byteCount: blockSizeBytes + 8)
        block += Int(bitPattern: block) & 8
        for runner in runners { runner.kernel.initialize(block + runner.stateOffset) }
        blocks.append(block)
    }
}
