internal import Base
internal import Query

/// Where a join finds the right rows that may match a left row.
enum JoinSource {
    /// Equal keys, in a hash table of the right side.
    case hash(left: KeyWriter, right: KeyWriter)
    /// Every row of the right side, kept in memory.
    case all
    /// The right side run again for each left row, with parameters set from it.
    case parameterised([(cell: ParameterCell, value: ExpressionSet)])
}

/// Joins of all kinds. For each left row come its candidates and then an end mark, in batches of
/// pairs; the condition is evaluated over the pairs, and whether a left row has matched decides
/// what its end mark gives. Left rows keep their order.
final class JoinOperator: Operator {
    let kind: JoinKind
    let left: Operator
    let right: Operator
    private let source: JoinSource
    let condition: ExpressionSet?
    @exclusivity(unchecked) var store: RowStore
    @exclusivity(unchecked) private var table = KeyTable()
    /// Instead of `table`, where both sides' key is one word.
    @exclusivity(unchecked) private var wordTable: WordTable?
    /// The right side is another thread's operator's, and read alone.
    @exclusivity(unchecked) private var isShared = false
    private let keptColumns: [Int]
    /// For each key of `table` its newest row, for each row the next older of its key.
    @exclusivity(unchecked) private var heads: [Int32] = []
    @exclusivity(unchecked) private var nexts: [Int32] = []
    /// The number of each left row's key in the table; -1: no right row has it.
    private let keyNumbers: UnsafeMutablePointer<Int32>
    /// RIGHT and FULL: which right rows have matched.
    @exclusivity(unchecked) var rightMatched: [Bool] = []

    let output: Batch
    let pairBatch: Batch
    /// Columns of `pairBatch` that the condition reads, and of `output` that are read above.
    let pairColumns: [Int]
    let outputColumns: [Int]
    /// Candidates: left row, right reference (-1: end mark).
    let pairLeft: UnsafeMutablePointer<Int32>
    let pairRight: UnsafeMutablePointer<Int32>
    @exclusivity(unchecked) var pairCount = 0
    let outLeft: UnsafeMutablePointer<Int32>
    let outRight: UnsafeMutablePointer<Int32>

    @exclusivity(unchecked) var leftBatch: Batch?
    @exclusivity(unchecked) private var leftRow = 0
    @exclusivity(unchecked) private var cursor: Int32 = -1
    @exclusivity(unchecked) private var hasStarted = false
    @exclusivity(unchecked) var currentMatched = false
    @exclusivity(unchecked) var isBuilt = false
    /// Parameterised: the right side has more for the current left row, and a batch of it that did
    /// not fit into the pairs at hand.
    @exclusivity(unchecked) private var isRightOpen = false
    @exclusivity(unchecked) private var overflow: Batch?
    /// After the left side: the next right row to look at for RIGHT and FULL.
    @exclusivity(unchecked) var unmatchedPosition = -1

    /// - Parameters:
    ///   - conditionSlots: what the condition reads of left and right columns.
    ///   - live: what is read of the result.
    init(
        _ kind: JoinKind, _ left: Operator, _ right: Operator, source: JoinSource,
        condition: ExpressionSet?, conditionSlots: LiveSlots = .all, live: LiveSlots = .all,
        run: RunState
    ) {
        self.kind = kind
        self.left = left
        self.right = right
        self.source = source
        self.condition = condition
        let leftCount = left.types.count
        pairColumns = (0..<leftCount + right.types.count).filter { conditionSlots.contains($0) }
        if case .hash(let leftKeys, let rightKeys) = source, leftKeys.isWord, rightKeys.isWord {
            wordTable = WordTable()
        } else {
            wordTable = nil
        }
        let pairTypes = left.types + right.types
        pairBatch = Batch(pairTypes)
        let isLeftOnly =
            switch kind {
            case .semi, .anti: true
            case .inner, .left, .right, .full: false
            }
        let types = isLeftOnly ? left.types : pairTypes
        outputColumns = types.indices.filter { live.contains($0) }
        let read = Set(pairColumns + outputColumns)
        keptColumns = right.types.indices.filter { read.contains(leftCount + $0) }
        store = RowStore(types: right.types, keeping: keptColumns)
        output = Batch(types, filling: outputColumns)
        keyNumbers = .allocate(capacity: batchRowsMax)
        pairLeft = .allocate(capacity: batchRowsMax)
        pairRight = .allocate(capacity: batchRowsMax)
        outLeft = .allocate(capacity: batchRowsMax)
        outRight = .allocate(capacity: batchRowsMax)
        super.init(types: types, run: run)
    }

    deinit {
        pairLeft.deallocate()
        pairRight.deallocate()
        outLeft.deallocate()
        outRight.deallocate()
        keyNumbers.deallocate()
        rowSelection.deallocate()
    }

    override func open() throws(SQLError) {
        leftBatch = nil
        isBuilt = false
        unmatchedPosition = -1
        currentMatched = false
        overflow = nil
        isRightOpen = false
        try left.open()
    }

    override var leadingInput: Operator? { left }

    /// Makes the right side ready before the first left row is read.
    func prepare() throws(SQLError) {
        if !isBuilt { try build() }
    }

    /// Looks into another operator's right side, which is ready, until it is closed.
    func adopt(_ other: JoinOperator) {
        if case .parameterised = source { return }
        (store, table, wordTable) = (other.store, other.table, other.wordTable)
        (heads, nexts) = (other.heads, other.nexts)
        isBuilt = true
        isShared = true
    }

    override func close() {
        left.close()
        right.close()
        if isShared {
            isShared = false
            store = RowStore(types: right.types, keeping: keptColumns)
            table = KeyTable()
            if wordTable != nil { wordTable = WordTable() }
            (heads, nexts) = ([], [])
        }
        store.removeAll()
        table.removeAll()
        wordTable?.removeAll()
        let isLarge = nexts.capacity > 4 * batchRowsMax
        heads.removeAll(keepingCapacity: !isLarge)
        nexts.removeAll(keepingCapacity: !isLarge)
        rightMatched = []
        leftBatch = nil
        isBuilt = false
    }

    override func next() throws(SQLError) -> Batch? {
        while true {
            if unmatchedPosition >= 0 { return nextUnmatchedRight() }
            if leftBatch == nil {
                guard let batch = try left.next() else {
                    try finishLeft()
                    if unmatchedPosition < 0 { return nil }
                    continue
                }
                if !isBuilt { try build() }
                try startLeft(batch)
            }
            let isLeftDone: Bool
            let count: Int
            if isDirect {
                count = matchDirectly()
                isLeftDone = leftRow == leftBatch!.count
            } else {
                pairCount = 0
                isLeftDone = try collectPairs()
                count = try resolvePairs()
            }
            if count > 0 { emit(count) }
            if isLeftDone { leftBatch = nil }
            if count > 0 { return output }
            try run.checkInterrupt()
        }
    }

    // MARK: Right side

    func build() throws(SQLError) {
        isBuilt = true
        store.removeAll()
        table.removeAll()
        wordTable?.removeAll()
        heads.removeAll(keepingCapacity: true)
        nexts.removeAll(keepingCapacity: true)
        if case .parameterised = source { return }
        try right.open()
        while let batch = try right.next() {
            try run.checkInterrupt()
            let first = store.count
            store.append(batch.columns, count: batch.count)
            if case .hash(_, let keys) = source { try index(batch, first: first, keys) }
        }
        right.close()
        if keepsRight { rightMatched = Array(repeating: false, count: store.count) }
    }

    func index(_ batch: Batch, first: Int, _ keys: KeyWriter) throws(SQLError) {
        if let wordTable {
            let vector = try keys.words(batch)
            let words = vector.words
            for row in 0..<batch.count {
                if vector.isNull(row) {
                    nexts.append(-1)
                } else {
                    enter(wordTable.insert(words[row]), Int32(first + row))
                }
            }
            return
        }
        try keys.prepare(batch)
        for row in 0..<batch.count {
            if keys.hasNull(row) {
                nexts.append(-1)
            } else {
                enter(keys.withKey(row) { table.insert($0) }, Int32(first + row))
            }
        }
    }

    /// Puts a row in front of those with its key.
    @inline(__always)
    private func enter(_ key: Int, _ reference: Int32) {
        if key == heads.count {
            heads.append(reference)
            nexts.append(-1)
        } else {
            nexts.append(heads[key])
            heads[key] = reference
        }
    }

    var keepsRight: Bool {
        switch kind {
        case .right, .full: true
        case .inner, .left, .semi, .anti: false
        }
    }

    // MARK: Candidates

    private func startLeft(_ batch: Batch) throws(SQLError) {
        leftBatch = batch
        leftRow = 0
        hasStarted = false
        if case .hash(let keys, _) = source {
            cursor = -1
            if let wordTable {
                wordTable.find(try keys.words(batch), count: batch.count, into: keyNumbers)
            } else {
                try keys.prepare(batch)
                for row in 0..<batch.count {
                    let key = keys.hasNull(row) ? nil : keys.withKey(row) { table.find($0) }
                    keyNumbers[row] = Int32(truncatingIfNeeded: key ?? -1)
                }
            }
        }
    }

    /// The key alone decides, and nothing is to be kept of right rows.
    private var isDirect: Bool {
        guard condition == nil, case .hash = source else { return false }
        return !keepsRight
    }

    /// Gives the results of left rows from `leftRow` on as their keys are found, without pairs to
    /// decide on; returns how many.
    private func matchDirectly() -> Int {
        let rowCount = leftBatch!.count
        if kind == .semi || kind == .anti {
            let wantsMatch = kind == .semi
            var count = 0
            for row in leftRow..<rowCount {
                outLeft[count] = Int32(truncatingIfNeeded: row)
                count += (keyNumbers[row] >= 0) == wantsMatch ? 1 : 0
            }
            leftRow = rowCount
            return count
        }
        let keepsLeft = kind == .left
        // Each key has one row: there are no others to look for.
        let isUnique = heads.count == nexts.count
        var count = 0
        var row = leftRow
        var current = cursor
        heads.withUnsafeBufferPointer { heads in
            nexts.withUnsafeBufferPointer { nexts in
                while row < rowCount, count < batchRowsMax {
                    if current < 0 {
                        let number = keyNumbers[row]
                        if number < 0 {
                            if keepsLeft { count = put(count, Int32(truncatingIfNeeded: row), -1) }
                            row += 1
                            continue
                        }
                        current = heads[Int(number)]
                    }
                    count = put(count, Int32(truncatingIfNeeded: row), current)
                    current = isUnique ? -1 : nexts[Int(current)]
                    if current < 0 { row += 1 }
                }
            }
        }
        leftRow = row
        cursor = current
        return count
    }

    /// Fills the pairs; true when all left rows of the batch are through.
    private func collectPairs() throws(SQLError) -> Bool {
        let batch = leftBatch!
        if case .hash = source { return collectHashPairs(batch.count) }
        if case .parameterised = source { store.removeAll() }
        while leftRow < batch.count {
            switch source {
            case .hash: break
            case .all:
                if !hasStarted { cursor = 0 }
                hasStarted = true
                while Int(cursor) < store.count, pairCount < batchRowsMax {
                    addPair(cursor)
                    cursor += 1
                }
                if Int(cursor) < store.count { return false }
            case .parameterised(let parameters):
                if !hasStarted { try openRight(parameters, batch) }
                hasStarted = true
                if let rows = overflow { add(rows) }
                overflow = nil
                while isRightOpen {
                    guard let rows = try right.next() else {
                        isRightOpen = false
                        break
                    }
                    if rows.count > batchRowsMax - pairCount {
                        overflow = rows
                        return false
                    }
                    add(rows)
                }
            }
            if pairCount == batchRowsMax { return false }
            // The end mark of the left row.
            pairLeft[pairCount] = Int32(leftRow)
            pairRight[pairCount] = -1
            pairCount += 1
            leftRow += 1
            hasStarted = false
            if pairCount == batchRowsMax, leftRow < batch.count { return false }
        }
        return true
    }

    /// `collectPairs` for a hash join, whose rows are many: state in locals.
    private func collectHashPairs(_ rowCount: Int) -> Bool {
        var count = pairCount
        var row = leftRow
        var current = cursor
        var isStarted = hasStarted
        defer {
            pairCount = count
            leftRow = row
            cursor = current
            hasStarted = isStarted
        }
        return heads.withUnsafeBufferPointer { heads in
            nexts.withUnsafeBufferPointer { nexts in
                while row < rowCount {
                    if !isStarted {
                        let number = keyNumbers[row]
                        current = number < 0 ? -1 : heads[Int(number)]
                        isStarted = true
                    }
                    while current >= 0, count < batchRowsMax {
                        pairLeft[count] = Int32(truncatingIfNeeded: row)
                        pairRight[count] = current
                        count += 1
                        current = nexts[Int(current)]
                    }
                    if current >= 0 || count == batchRowsMax { return false }
                    pairLeft[count] = Int32(truncatingIfNeeded: row)
                    pairRight[count] = -1
                    count += 1
                    row += 1
                    isStarted = false
                    if count == batchRowsMax, row < rowCount { return false }
                }
                return true
            }
        }
    }

    private func addPair(_ reference: Int32) {
        pairLeft[pairCount] = Int32(leftRow)
        pairRight[pairCount] = reference
        pairCount += 1
    }

    private func add(_ rows: Batch) {
        let first = store.count
        store.append(rows.columns, count: rows.count)
        for row in 0..<rows.count { addPair(Int32(first + row)) }
    }

    /// Sets the parameters from the left row and starts the right side.
    private func openRight(
        _ parameters: [(cell: ParameterCell, value: ExpressionSet)], _ batch: Batch
    ) throws(SQLError) {
        rowSelection[0] = Int32(leftRow)
        for (index, column) in batch.columns.enumerated() {
            oneRow.columns[index].assign(from: column, rows: rowSelection, count: 1)
        }
        oneRow.count = 1
        for parameter in parameters {
            parameter.cell.set(try parameter.value.evaluateOne(oneRow)[0])
        }
        try right.open()
        isRightOpen = true
    }
    private lazy var oneRow = Batch(left.types)
    private let rowSelection = UnsafeMutablePointer<Int32>.allocate(capacity: 1)
}
