internal import Base
internal import Catalog
internal import Engine
internal import Query
internal import Types

/// How a table's rows are found by equality with keys that a join's left rows give.
struct LookupPlan {
    enum Path {
        /// The whole primary key.
        case row
        /// First columns of the primary key.
        case rows
        /// First columns of an index; `isExact`: all of a unique one.
        case index(Placement, isExact: Bool)
    }
    var path: Path
    /// Over the left side's slots.
    var keys: [Expression]
    var columns: [KeyColumn]
    /// Over the pair's slots: left ones, then the scan's columns.
    var filter: Expression?

    /// Nil: the right side is no such look-up, or it depends on more than the left row.
    init?(
        _ scan: TableScan, parameters: [(parameter: Int, value: Expression)], leftCount: Int,
        condition: Expression?, snapshot: CatalogSnapshot
    ) {
        let table = scan.table.value
        guard !parameters.isEmpty, table.placement != nil, table.isPopulated else { return nil }
        let primary = (table.primaryKey.flatMap { snapshot.relation($0)?.index })?.keys
        let given: [Expression]
        switch scan.path {
        case .currentRow: return nil
        case .row(let key):
            guard let primary else { return nil }
            path = .row
            given = key
            columns = primary.map { KeyColumn(type: $0.type) }
        case .rows(let lower?, let upper?):
            guard let primary, lower.isInclusive, upper.isInclusive,
                lower.values.count == upper.values.count,
                zip(lower.values, upper.values).allSatisfy({ $0.isSame(as: $1) })
            else { return nil }
            path = .rows
            given = lower.values
            columns = primary.prefix(given.count).map { KeyColumn(type: $0.type) }
        case .rows: return nil
        case .index(let index, let equal, nil, nil):
            guard let definition = index.index, let placement = index.placement, !equal.isEmpty
            else { return nil }
            path = .index(
                placement,
                isExact: definition.isAlwaysUnique && equal.count == definition.keys.count)
            given = equal
            columns = definition.keys.prefix(equal.count).map {
                KeyColumn(type: $0.type, descending: $0.descending, nullsFirst: $0.nullsFirst)
            }
        case .index: return nil
        }
        func replaced(_ expression: Expression) -> Expression {
            switch expression {
            case .executionParameter(let number, _):
                parameters.first { $0.parameter == number }?.value ?? expression
            case .slot(let slot, let type): .slot(slot + leftCount, type: type)
            default: expression.mapChildren { replaced($0) }
            }
        }
        let whole = given + [scan.filter].compactMap { $0 }
        if whole.contains(where: { $0.contains { if case .subplan = $0 { true } else { false } } }) {
            return nil
        }
        keys = given.map(replaced)
        let terms = [scan.filter.map(replaced), condition].compactMap { $0 }
        filter = terms.count > 1 ? .and(terms) : terms.first
    }
}

/// A join that looks its right rows up in a table by keys from the left ones, a batch at a time: keys
/// are computed and encoded for the whole batch, found rows decoded together, and conditions tested on
/// all pairs at once. Left rows keep their order.
final class LookupJoinOperator: Operator {
    private let kind: JoinKind
    private let left: Operator
    private let relation: Relation
    private let table: Table
    private let index: Table?
    private let use: UseCounters
    private let isExact: Bool
    private let keys: KeyWriter
    private let filter: PredicateFilter?
    private let decoder: RowDecoder
    /// Left columns that pairs need, and those of the result.
    private let pairColumns: [Int]
    private let outputColumns: [Int]
    /// The scan's columns that lie in rows and are needed, and where they go in a pair.
    private let stored: [Int]
    private let storedVectors: [Vector]
    private let oidPosition: Int?
    private let withRowKey: Bool
    private let leftCount: Int
    private let counters: OperatorCounters?
    private let pairs: Batch
    private let output: Batch
    /// Candidates: left row, and where the right one's bytes begin; its key, where that is an output.
    private let pairLeft: UnsafeMutablePointer<Int32>
    private let pairRows: UnsafeMutablePointer<UnsafeRawPointer>
    private let pairKeys: UnsafeMutablePointer<UnsafeRawBufferPointer>
    /// Keys that will be looked up next.
    private let nextKeys: UnsafeMutablePointer<UnsafeRawBufferPointer>
    /// Results: left row and candidate; -1: none.
    private let outLeft: UnsafeMutablePointer<Int32>
    private let outPair: UnsafeMutablePointer<Int32>

    /// The batch to give next: all pairs, or `output`.
    @exclusivity(unchecked) private var result: Batch
    @exclusivity(unchecked) private var leftBatch: Batch?
    @exclusivity(unchecked) private var leftRow = 0
    /// One for each left batch: ascending keys are found from where the one before was.
    @exclusivity(unchecked) private var walk: PrefixWalk?
    /// The walk of `leftRow` has begun.
    @exclusivity(unchecked) private var hasStarted = false
    /// The left rows whose walks are prepared.
    @exclusivity(unchecked) private var prepared = 0..<0
    /// `leftRow` has had a match in an earlier batch of pairs.
    @exclusivity(unchecked) private var hasMatched = false

    /// - Parameters:
    ///   - live: what is read of the result.
    ///   - counters: what EXPLAIN ANALYZE shows of the right side.
    init(
        _ kind: JoinKind, _ left: Operator, _ scan: TableScan, _ plan: LookupPlan,
        live: LiveSlots, counters: OperatorCounters?, builder: OperatorBuilder
    ) throws(SQLError) {
        self.kind = kind
        self.left = left
        self.counters = counters
        relation = scan.table.value
        let run = builder.run
        guard let placement = relation.placement else {
            throw SQLError(.wrongObjectType, "cannot open relation \"\(relation.name)\"")
        }
        table = run.table(placement)
        switch plan.path {
        case .row: (index, isExact) = (nil, true)
        case .rows: (index, isExact) = (nil, false)
        case .index(let placement, let whole): (index, isExact) = (run.table(placement), whole)
        }
        use = run.session.record.use.counters(of: scan.usedRelation)
        keys = KeyWriter(try builder.compiler.compileSet(plan.keys), columns: plan.columns)
        if let condition = plan.filter {
            filter = PredicateFilter(try builder.compiler.compile(condition), run: run)
        } else {
            filter = nil
        }
        decoder = RowDecoder(
            layout: RowLayout(columns: relation.columns),
            missing: try TableShape.missingValues(relation, run: run))
        let columnCount = relation.columns.count
        let leftCount = left.types.count
        self.leftCount = leftCount
        var rightTypes: [PhysicalType] = []
        for column in scan.columns {
            rightTypes.append(
                column < columnCount ? relation.columns[column].type.physical : .word)
        }
        if scan.withRowKey { rightTypes.append(.bytes) }
        let isLeftOnly = kind == .semi || kind == .anti
        let types = isLeftOnly ? left.types : left.types + rightTypes
        let pairTypes = left.types + rightTypes
        let result = types.indices.filter { live.contains($0) }
        let tested = plan.filter.map { LiveSlots(of: [$0]) } ?? .none
        let isNeeded = { (slot: Int) in
            tested.contains(slot) || slot < types.count && live.contains(slot)
        }
        let pairs = Batch(pairTypes, filling: pairTypes.indices.filter(isNeeded))
        self.pairs = pairs
        output = Batch(types, filling: result)
        outputColumns = result
        pairColumns = (0..<leftCount).filter(isNeeded)
        let needed = scan.columns.indices.filter { isNeeded(leftCount + $0) }
        let plain = needed.filter { scan.columns[$0] < columnCount }
        stored = plain.map { scan.columns[$0] }
        storedVectors = plain.map { pairs.columns[leftCount + $0] }
        oidPosition = needed.first { scan.columns[$0] >= columnCount }
        withRowKey = scan.withRowKey && isNeeded(leftCount + scan.columns.count)
        self.result = output
        pairLeft = .allocate(capacity: batchRowsMax)
        pairRows = .allocate(capacity: batchRowsMax)
        pairKeys = .allocate(capacity: batchRowsMax)
        nextKeys = .allocate(capacity: LookupJoinOperator.preparedMax)
        outLeft = .allocate(capacity: batchRowsMax)
        outPair = .allocate(capacity: batchRowsMax)
        super.init(types: types, run: run)
    }

    deinit {
        pairLeft.deallocate()
        pairRows.deallocate()
        pairKeys.deallocate()
        nextKeys.deallocate()
        outLeft.deallocate()
        outPair.deallocate()
    }

    override func open() throws(SQLError) {
        forget()
        try left.open()
    }

    override var leadingInput: Operator? { left }

    override func close() {
        left.close()
        forget()
    }

    private func forget() {
        leftBatch = nil
        walk = nil
        hasStarted = false
        hasMatched = false
    }

    override func next() throws(SQLError) -> Batch? {
        while true {
            if leftBatch == nil {
                guard let batch = try left.next() else { return nil }
                try keys.prepare(batch)
                leftBatch = batch
                leftRow = 0
                hasStarted = false
                hasMatched = false
                prepared = 0..<0
                if !isExact { walk = PrefixWalk(index ?? table, snapshot: run.snapshot) }
            }
            let first = leftRow
            let count = try collect()
            if let reader = run.reader { try note(from: first, candidates: count, reader) }
            // A key for each left row.
            use.lookups.add(leftRow - first)
            use.entries.add(count)
            use.fetchedRows.add(count)
            let resultCount = try resolve(count, from: first)
            if leftRow >= leftBatch!.count { leftBatch = nil }
            if resultCount > 0 { return result }
            try run.checkInterrupt()
        }
    }

    // MARK: Candidates

    /// Finds candidates for left rows from `leftRow` on, until a batch is full; rows before `leftRow`
    /// are through then.
    private func collect() throws(SQLError) -> Int {
        table.unpin()
        index?.unpin()
        return isExact ? try collectExact() : try collectWalking()
    }

    /// Notes what was looked up for the left rows from `first` on.
    private func note(
        from first: Int, candidates count: Int, _ reader: SerializableTransaction
    ) throws(SQLError) {
        let lookedUp = index ?? table
        for row in first..<(hasStarted ? leftRow + 1 : leftRow) where !keys.hasNull(row) {
            try keys.withKey(row) { (key) throws(SQLError) in
                if isExact { return try lookedUp.noteRead(key, by: reader) }
                let prefix = [UInt8](key)
                let end = KeyRange.successor(prefix)
                try lookedUp.noteRead(
                    from: prefix, upTo: end.isEmpty ? nil : end, by: reader)
            }
        }
        if index == nil { return }
        for candidate in 0..<count { try table.noteRead(pairKeys[candidate], by: reader) }
    }

    /// LEFT: every left row may give a result of its own, for which there has to be room.
    @inline(__always)
    private func reserved(_ row: Int) -> Int { kind == .left ? row - leftRow + 1 : 0 }

    private func collectExact() throws(SQLError) -> Int {
        let rowCount = leftBatch!.count
        let snapshot = run.snapshot
        let table = self.table
        let index = self.index
        var count = 0
        var row = leftRow
        var preparedEnd = row
        while row < rowCount, count + reserved(row) < batchRowsMax {
            if row == preparedEnd { preparedEnd = prepare(from: row, to: rowCount) }
            if !keys.hasNull(row) {
                try keys.withKey(row) { (key) throws(SQLError) in
                    var rowKey = key
                    if let index {
                        guard let entry = try index.read(key, snapshot) else { return }
                        rowKey = entry
                    }
                    guard let found = try table.read(rowKey, snapshot) else { return }
                    pairLeft[count] = Int32(truncatingIfNeeded: row)
                    pairRows[count] = found.baseAddress!
                    pairKeys[count] = rowKey
                    count += 1
                }
            }
            row += 1
        }
        leftRow = row
        return count
    }

    /// Brings what the next rows' keys lead to near, as far as that is of use; returns where to go on.
    private func prepare(from first: Int, to end: Int) -> Int {
        let count = min(end - first, LookupJoinOperator.preparedMax)
        if count < LookupJoinOperator.preparedMin { return end }
        for position in 0..<count { keys.withKey(first + position) { nextKeys[position] = $0 } }
        (index ?? table).prefetch(nextKeys, count: count)
        return first + count
    }
    private static let preparedMin = 8
    private static let preparedMax = 64

    private func collectWalking() throws(SQLError) -> Int {
        guard var walk else { return 0 }
        walk.beginBatch()
        defer { self.walk = walk }
        let rowCount = leftBatch!.count
        let throughIndex = index != nil
        // One match is enough where nothing else is asked of it.
        let isOneEnough = filter == nil && (kind == .semi || kind == .anti)
        var count = 0
        var row = leftRow
        var isStarted = hasStarted
        while row < rowCount, count + reserved(row) < batchRowsMax {
            if !isStarted {
                if keys.hasNull(row) {
                    row += 1
                    continue
                }
                // The buffer of keys stays as it is until the next left batch.
                if row >= prepared.upperBound { prepare(walk, from: row, to: rowCount) }
                let number = row - prepared.lowerBound
                if prepared.isEmpty {
                    try keys.withKey(row) { (key) throws(SQLError) in try walk.start(key) }
                } else {
                    try keys.withKey(row) { (key) throws(SQLError) in
                        try walk.start(key, prepared: number)
                    }
                }
                isStarted = true
            }
            var isFull = false
            while true {
                if count + reserved(row) >= batchRowsMax {
                    isFull = true
                    break
                }
                guard let (key, entry) = try walk.next() else { break }
                pairLeft[count] = Int32(truncatingIfNeeded: row)
                pairRows[count] = entry.baseAddress!
                pairKeys[count] = throughIndex ? entry : key
                count += 1
                if isOneEnough { break }
            }
            if isFull { break }
            row += 1
            isStarted = false
        }
        leftRow = row
        hasStarted = isStarted
        // Whoever sees an entry sees its row: where nothing is read of it, the entry is enough.
        return throughIndex && !isOneEnough ? try readRows(count) : count
    }

    /// Finds where the next rows' walks begin, if there are more than a few.
    private func prepare(_ walk: PrefixWalk, from first: Int, to end: Int) {
        let count = min(end - first, PrefixWalk.togetherMax)
        if count < LookupJoinOperator.preparedMin {
            prepared = first..<first
            return
        }
        for position in 0..<count { keys.withKey(first + position) { nextKeys[position] = $0 } }
        walk.prepare(nextKeys, count: count)
        prepared = first..<first + count
    }

    /// Finds the rows of entries; returns how many there are.
    private func readRows(_ count: Int) throws(SQLError) -> Int {
        if count >= LookupJoinOperator.preparedMin { table.prefetch(pairKeys, count: count) }
        let snapshot = run.snapshot
        let table = self.table
        var found = 0
        for candidate in 0..<count {
            let key = pairKeys[candidate]
            guard let row = try table.read(key, snapshot) else { continue }
            pairLeft[found] = pairLeft[candidate]
            pairRows[found] = row.baseAddress!
            pairKeys[found] = key
            found += 1
        }
        return found
    }

    // MARK: Results

    /// Tests the candidates and fills `output`; returns how many rows it has. Left rows `first` up to
    /// `leftRow` are complete.
    private func resolve(_ count: Int, from first: Int) throws(SQLError) -> Int {
        fillPairs(count)
        var passed = count
        var selection: UnsafePointer<Int32>?
        if let filter, count > 0 {
            passed = try filter.select(pairs)
            rowsRemovedCount += count - passed
            selection = UnsafePointer(filter.rows)
        }
        if let counters {
            counters.loops += leftRow - first
            counters.rows += passed
            counters.rowsRemoved += count - passed
        }
        if kind == .inner { return emitInner(count, passed, selection) }
        var resultCount = 0
        var next = 0
        func candidate(_ position: Int) -> Int { selection.map { Int($0[position]) } ?? position }
        // A row that is not through yet has its matches looked at as well.
        let last = hasStarted ? leftRow + 1 : leftRow
        for row in first..<max(last, first) {
            var matched = row == first && hasMatched
            while next < passed, Int(pairLeft[candidate(next)]) == row {
                if kind == .left {
                    put(&resultCount, row, candidate(next))
                } else if kind == .semi, !matched {
                    put(&resultCount, row, -1)
                }
                matched = true
                next += 1
            }
            if row == leftRow {
                hasMatched = matched
            } else {
                if !matched, kind == .left || kind == .anti { put(&resultCount, row, -1) }
            }
        }
        if !hasStarted { hasMatched = false }
        emit(resultCount)
        return resultCount
    }
    @exclusivity(unchecked) private var rowsRemovedCount = 0
    override var rowsRemoved: Int { rowsRemovedCount }

    @inline(__always)
    private func put(_ count: inout Int, _ row: Int, _ pair: Int) {
        outLeft[count] = Int32(truncatingIfNeeded: row)
        outPair[count] = Int32(truncatingIfNeeded: pair)
        count += 1
    }

    private func fillPairs(_ count: Int) {
        pairs.count = count
        if count == 0 { return }
        let left = leftBatch!
        for column in pairColumns {
            pairs.columns[column].assign(from: left.columns[column], rows: pairLeft, count: count)
        }
        decoder.decode(stored, of: pairRows, count: count, into: storedVectors)
        if let oidPosition {
            broadcast(
                Datum(relation.oid), from: 0, to: count,
                into: pairs.columns[leftCount + oidPosition])
        }
        if withRowKey {
            let vector = pairs.columns[pairs.columns.count - 1]
            vector.hasNulls = false
            for row in 0..<count { vector.views[row] = ByteView(borrowing: pairKeys[row]) }
        }
    }

    private func emitInner(
        _ count: Int, _ passed: Int, _ selection: UnsafePointer<Int32>?
    ) -> Int {
        if passed == count {
            result = pairs
            return passed
        }
        result = output
        for column in outputColumns {
            output.columns[column].assign(
                from: pairs.columns[column], rows: selection, count: passed)
        }
        output.count = passed
        return passed
    }

    private func emit(_ count: Int) {
        result = output
        output.count = count
        if count == 0 { return }
        let left = leftBatch!
        for column in outputColumns {
            let target = output.columns[column]
            if column < leftCount {
                target.assign(from: left.columns[column], rows: outLeft, count: count)
                continue
            }
            let source = pairs.columns[column]
            target.hasNulls = false
            for row in 0..<count {
                let pair = Int(outPair[row])
                target.set(row, pair < 0 ? .null : source[pair])
            }
        }
    }
}
