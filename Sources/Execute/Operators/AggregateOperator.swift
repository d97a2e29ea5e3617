internal import Base
internal import Functions
internal import Query
internal import Types

/// One way in which rows are grouped: by some of the keys.
private final class GroupingSet {
    /// Nil: all rows are one group.
    let keys: KeyWriter?
    /// Which of the node's keys it has.
    let hasKey: [Bool]
    /// Of the set without keys: its group.
    @exclusivity(unchecked) var onlyGroup: Int32 = 0

    init(_ keys: KeyWriter?, hasKey: [Bool]) {
        self.keys = keys
        self.hasKey = hasKey
    }
}

/// GROUP BY by hashing, by one set of keys or several, and aggregation of everything into one row.
final class AggregateOperator: Operator {
    private let input: Operator
    private let sets: [GroupingSet]
    private let groupings: [[Int64]]
    private let keyValues: ExpressionSet
    private let keyCount: Int
    private let runners: [AggregateRunner]
    private let blockSizeBytes: Int
    /// The states of a group that has seen nothing.
    private let emptyBlock: UnsafeMutableRawPointer
    /// The groups of all sets: keys of several sets begin with the set's number.
    private let table = KeyTable()
    /// Instead of `table`, where the key is one word.
    private let wordTable: WordTable?
    private let groupStore: RowStore
    @exclusivity(unchecked) private var blocks: [UnsafeMutableRawPointer] = []
    /// The set of each group, where there are several.
    @exclusivity(unchecked) private var setOfGroup: [Int32] = []
    private let stateArena = Arena()
    private let resultArena = Arena()
    private let groups: UnsafeMutablePointer<Int32>
    private let newRows: UnsafeMutablePointer<Int32>
    private let nulls: [Vector]
    private let output: Batch
    @exclusivity(unchecked) private var isRead = false
    @exclusivity(unchecked) private var position = 0
    /// Threads that may help.
    @exclusivity(unchecked) var crew: AggregateCrew?

    init(
        _ input: Operator, groupKeys: [Expression], aggregates: [PlannedAggregate],
        sets planned: PlannedGroupingSets?, builder: OperatorBuilder
    ) throws(SQLError) {
        self.input = input
        keyCount = groupKeys.count
        let numbers = planned?.sets ?? [Array(groupKeys.indices)]
        var sets: [GroupingSet] = []
        for (number, set) in numbers.enumerated() {
            var keys = set.map { groupKeys[$0] }
            if numbers.count > 1, !keys.isEmpty {
                keys.insert(
                    .constant(Constant(type: .int8, value: .word(Int64(number)))), at: 0)
            }
            sets.append(
                GroupingSet(
                    keys.isEmpty ? nil : try builder.compiler.equalityKeys(keys),
                    hasKey: groupKeys.indices.map { set.contains($0) }))
        }
        self.sets = sets
        let isWord = sets.count == 1 && sets[0].keys?.isWord ?? false
        wordTable = isWord ? WordTable() : nil
        groupings = planned?.groupings ?? []
        keyValues = try builder.compiler.compileSet(groupKeys)
        groupStore = RowStore(types: groupKeys.map(\.type.physical))
        nulls = numbers.count > 1 ? groupKeys.map { Vector($0.type.physical) } : []
        for vector in nulls { broadcast(.null, from: 0, to: batchRowsMax, into: vector) }
        var runners: [AggregateRunner] = []
        var offset = 0
        for aggregate in aggregates {
            let runner = try AggregateRunner(aggregate, stateOffset: offset, builder: builder)
            offset += (runner.kernel.stateSizeBytes + 15) & ~15
            runners.append(runner)
        }
        self.runners = runners
        blockSizeBytes = max(offset, 16)
        emptyBlock = .allocate(byteCount: blockSizeBytes, alignment: 16)
        for runner in runners { runner.kernel.initialize(emptyBlock + runner.stateOffset) }
        groups = .allocate(capacity: batchRowsMax)
        newRows = .allocate(capacity: batchRowsMax)
        let types =
            groupKeys.map(\.type.physical) + aggregates.map(\.type.physical)
            + groupings.map { _ in .word }
        output = Batch(types)
        super.init(types: types, run: builder.run)
    }

    deinit {
        emptyBlock.deallocate()
        groups.deallocate()
        newRows.deallocate()
    }

    override var leadingInput: Operator? { input }

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
        wordTable?.removeAll()
        groupStore.removeAll()
        blocks.removeAll(keepingCapacity: blocks.capacity <= batchRowsMax)
        setOfGroup.removeAll()
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
            let (finalize, offset) = (runner.kernel.finalize, runner.stateOffset)
            for row in 0..<count {
                target.set(row, try finalize(blocks[position + row] + offset, context))
            }
        }
        for (index, values) in groupings.enumerated() {
            let target = output.columns[keyCount + runners.count + index]
            for row in 0..<count {
                target.words[row] = values[sets.count > 1 ? Int(setOfGroup[position + row]) : 0]
            }
        }
        position += count
        output.count = count
        return output
    }

    private func readAll() throws(SQLError) {
        if let crew, try crew.read(with: self) { return }
        try readInput()
        let outerState = run.beginState(stateArena)
        defer { run.endState(outerState) }
        for runner in runners { try runner.finish(blocks: blocks, context: run.context) }
    }

    /// Groups the rows of the input.
    func readInput() throws(SQLError) {
        for number in sets.indices where sets[number].keys == nil {
            sets[number].onlyGroup = Int32(blocks.count)
            addBlock(of: number)
            if sets.count > 1 { groupStore.append(nulls, count: 1) }
        }
        let context = run.context
        while let batch = try input.next() {
            try run.checkInterrupt()
            for number in sets.indices {
                var groups: UnsafePointer<Int32>?
                if let keys = sets[number].keys {
                    try assignGroups(batch, keys, of: number)
                    groups = UnsafePointer(self.groups)
                } else if sets.count > 1 {
                    self.groups.update(repeating: sets[number].onlyGroup, count: batch.count)
                    groups = UnsafePointer(self.groups)
                }
                let outerState = run.beginState(stateArena)
                defer { run.endState(outerState) }
                for runner in runners {
                    try runner.accumulate(
                        batch, groups: groups, blocks: blocks, context: context)
                }
            }
        }
    }

    /// Adds the groups of a helper, which has read other rows.
    func absorb(_ helper: AggregateOperator) throws(SQLError) {
        let context = run.context
        let outer = run.beginExpressions(resultArena)
        defer { run.endExpressions(outer) }
        let outerState = run.beginState(stateArena)
        defer { run.endState(outerState) }
        let count = helper.blocks.count
        var done = 0
        while done < count {
            let end = min(done + batchRowsMax, count)
            var newCount = 0
            for group in done..<end {
                let known = blocks.count
                let own = number(of: group, in: helper)
                if own == known {
                    newRows[newCount] = Int32(truncatingIfNeeded: group)
                    newCount += 1
                    addBlock(of: 0)
                }
                for runner in runners {
                    try runner.kernel.merge?(
                        blocks[own] + runner.stateOffset,
                        helper.blocks[group] + runner.stateOffset, context)
                }
            }
            helper.groupStore.gather(newRows, count: newCount, into: output.columns[..<keyCount])
            groupStore.append(Array(output.columns[..<keyCount]), count: newCount)
            done = end
        }
    }

    /// The number here of a helper's group; a new one's is the number of groups so far.
    private func number(of group: Int, in helper: AggregateOperator) -> Int {
        if keyCount == 0 { return 0 }
        guard let wordTable else { return helper.table.withKey(group) { table.insert($0) } }
        let value = helper.groupStore.datum(0, group)
        return value.isNull ? wordTable.insertNull() : wordTable.insert(value.word)
    }

    /// Finds each row's group; new ones get a block of states and their key values kept.
    private func assignGroups(
        _ batch: Batch, _ keys: KeyWriter, of number: Int
    ) throws(SQLError) {
        var newCount = 0
        if let wordTable {
            let vector = try keys.words(batch)
            let (words, hasNulls) = (vector.words, vector.hasNulls)
            for row in 0..<batch.count {
                // Rows of one group often come one after the other.
                if row > 0, !hasNulls, words[row] == words[row - 1] {
                    groups[row] = groups[row - 1]
                    continue
                }
                let known = wordTable.count
                let group =
                    hasNulls && vector.isNull(row)
                    ? wordTable.insertNull() : wordTable.insert(words[row])
                groups[row] = Int32(truncatingIfNeeded: group)
                if group == known {
                    newRows[newCount] = Int32(row)
                    newCount += 1
                    addBlock(of: number)
                }
            }
        } else {
            newCount = try assignEncoded(batch, keys, of: number)
        }
        if newCount == 0 { return }
        let hasKey = sets[number].hasKey
        var values: [Vector] = []
        try keyValues.evaluate(batch) { (index, value) throws(SQLError) in
            values.append(hasKey[index] ? value : nulls[index])
        }
        groupStore.append(values, rows: newRows, count: newCount)
    }

    /// The same by encoded keys; returns how many groups are new.
    private func assignEncoded(
        _ batch: Batch, _ keys: KeyWriter, of number: Int
    ) throws(SQLError) -> Int {
        try keys.prepare(batch)
        // Groups of sets without keys are not in the table; they came first.
        let first = blocks.count - table.count
        var newCount = 0
        for row in 0..<batch.count {
            let known = table.count
            let group = keys.withKey(row) { table.insert($0) }
            groups[row] = Int32(first + group)
            if group == known {
                newRows[newCount] = Int32(row)
                newCount += 1
                addBlock(of: number)
            }
        }
        return newCount
    }

    private func addBlock(of number: Int) {
        // States are 16-byte aligned, the arena's memory 8-byte.
        var block = stateArena.allocate(byteCount: blockSizeBytes + 8)
        block += Int(bitPattern: block) & 8
        block.copyMemory(from: emptyBlock, byteCount: blockSizeBytes)
        blocks.append(block)
        if sets.count > 1 { setOfGroup.append(Int32(number)) }
    }
}
