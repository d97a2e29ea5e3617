internal import Base
internal import Catalog
internal import Engine
internal import Query
internal import Types

/// Reads rows of a table: all, a range of row keys, one row, or those of a range of an index.
final class TableScanOperator: Operator {
    private enum Path {
        case rows(KeyRangeMaker?)
        case row(KeyRangeMaker)
        case index(KeyRangeMaker, Table)
        case currentRow(cursor: String)
    }

    private let relation: Relation
    private let table: Table
    private let path: Path
    /// The table's where it is read whole, else those of the index that is looked into.
    private let use: UseCounters
    private let isReverse: Bool
    private let columns: [Int]
    /// Output columns that lie in rows: those that the filter reads, and those that are needed of the
    /// rows that pass.
    private let early: StoredColumns
    private let late: StoredColumns
    /// Those of the filter that are needed of rows that pass.
    private let passedOn: [Int]
    private let oidPosition: Int?
    /// Keys are an output, are read by the filter, or one of both.
    private let givesRowKeys: Bool
    private let testsRowKeys: Bool
    private let withRowKey: Bool
    private let predicate: PredicateFilter?
    private let decoder: RowDecoder
    private let output: Batch
    private let filtered: Batch
    private let rowStarts: UnsafeMutablePointer<UnsafeRawPointer>
    private let rows: UnsafeMutablePointer<UnsafeRawBufferPointer>
    private let keys: UnsafeMutablePointer<UnsafeRawBufferPointer>
    @exclusivity(unchecked) private var cursor: Cursor?
    /// Of a scan that several threads share.
    @exclusivity(unchecked) private var pieces: ScanPieces?
    @exclusivity(unchecked) private var isDone = false
    /// What a serializable transaction's cursor has yet to read.
    @exclusivity(unchecked) private var unread: UnreadRange?
    /// The key of a single row, where it is an output.
    @exclusivity(unchecked) private var keyBytes: [UInt8] = []
    private let keyArena = Arena()
    /// So many rows are looked up together.
    private static let prefetchedMin = 8
    /// How many rows the next read asks for: few at first, for LIMIT and point reads.
    @exclusivity(unchecked) private var readCount = 0

    /// Columns of the table, and where they go in a batch.
    private struct StoredColumns {
        var columns: [Int] = []
        var vectors: [Vector] = []
        /// Of late ones, as `vectors`, for the rows that pass the filter.
        var filtered: [Vector] = []
    }

    /// - Parameter live: the output columns that are read.
    init(
        _ scan: TableScan, live: LiveSlots = .all, builder: OperatorBuilder
    ) throws(SQLError) {
        let table = scan.table.value
        relation = table
        let run = builder.run
        try run.requirePopulated(table)
        guard let placement = table.placement else {
            throw SQLError(.wrongObjectType, "cannot open relation \"\(table.name)\"")
        }
        self.table = run.table(placement)
        path = try TableScanOperator.path(scan, builder)
        use = run.session.record.use.counters(of: scan.usedRelation)
        isReverse = scan.isReverse
        columns = scan.columns
        decoder = RowDecoder(
            layout: RowLayout(columns: table.columns),
            missing: try TableShape.missingValues(table, run: run))
        var types: [PhysicalType] = scan.columns.map {
            $0 < table.columns.count ? table.columns[$0].type.physical : .word
        }
        if scan.withRowKey { types.append(.bytes) }
        let tested = scan.filter.map { LiveSlots(of: [$0]) } ?? .none
        givesRowKeys = scan.withRowKey && live.contains(scan.columns.count)
        testsRowKeys = scan.withRowKey && tested.contains(scan.columns.count)
        withRowKey = givesRowKeys || testsRowKeys
        let filled = types.indices.filter { live.contains($0) || tested.contains($0) }
        let output = Batch(types, filling: filled)
        self.output = output
        let filtered =
            scan.filter == nil
            ? output : Batch(types, filling: types.indices.filter { live.contains($0) })
        self.filtered = filtered
        var (early, late) = (StoredColumns(), StoredColumns())
        var passedOn: [Int] = []
        var oidPosition: Int?
        for position in filled where position < scan.columns.count {
            let column = scan.columns[position]
            let isEarly = tested.contains(position) || column >= table.columns.count
            if isEarly, live.contains(position) { passedOn.append(position) }
            if column >= table.columns.count {
                oidPosition = position
            } else if isEarly {
                early.columns.append(column)
                early.vectors.append(output.columns[position])
            } else {
                late.columns.append(column)
                late.vectors.append(output.columns[position])
                if scan.filter != nil { late.filtered.append(filtered.columns[position]) }
            }
        }
        self.early = early
        self.late = late
        self.passedOn = passedOn
        self.oidPosition = oidPosition
        rowStarts = .allocate(capacity: batchRowsMax)
        rows = .allocate(capacity: batchRowsMax)
        keys = .allocate(capacity: batchRowsMax)
        if let filter = scan.filter {
            predicate = PredicateFilter(try builder.compiler.compile(filter), run: run)
        } else {
            predicate = nil
        }
        super.init(types: types, run: run)
    }

    deinit {
        rowStarts.deallocate()
        rows.deallocate()
        keys.deallocate()
    }

    private static func path(
        _ scan: TableScan, _ builder: OperatorBuilder
    ) throws(SQLError) -> Path {
        let table = scan.table.value
        func primaryColumns() -> [KeyColumn] {
            guard let oid = table.primaryKey,
                let index = builder.run.session.catalog.snapshot.relation(oid)?.index
            else { return [KeyColumn(type: .int8)] }
            return index.keys.map { KeyColumn(type: $0.type) }
        }
        switch scan.path {
        case .rows(nil, nil): return .rows(nil)
        case .rows(let lower, let upper):
            return .rows(
                try KeyRangeMaker(
                    equal: [], lower: lower, upper: upper, columns: primaryColumns(),
                    compiler: builder.compiler))
        case .currentRow(let cursor): return .currentRow(cursor: cursor)
        case .row(let key):
            return .row(
                try KeyRangeMaker(
                    equal: key, lower: nil, upper: nil, columns: primaryColumns(),
                    compiler: builder.compiler))
        case .index(let index, let equal, let lower, let upper):
            guard let definition = index.index, let placement = index.placement else {
                throw SQLError(.internalError, "index \"\(index.name)\" has no storage")
            }
            let columns = definition.keys.map {
                KeyColumn(type: $0.type, descending: $0.descending, nullsFirst: $0.nullsFirst)
            }
            return .index(
                try KeyRangeMaker(
                    equal: equal, lower: lower, upper: upper, columns: columns,
                    compiler: builder.compiler),
                builder.run.table(placement))
        }
    }

    /// Cuts the table for several threads to walk.
    func makePieces() throws(SQLError) -> ScanPieces {
        if let reader = run.reader { try table.noteRead(from: nil, upTo: nil, by: reader) }
        return try ScanPieces(table)
    }

    /// Reads pieces that nobody else reads, instead of the whole table.
    func walk(_ pieces: ScanPieces) {
        self.pieces = pieces
        cursor = nil
    }

    override func open() throws(SQLError) {
        pieces = nil
        isDone = false
        readCount = 16
        switch path {
        case .row:
            use.lookups.add(1)
            cursor = nil
        case .currentRow: cursor = nil
        case .rows(nil):
            use.scans.add(1)
            cursor = try Cursor(table, snapshot: run.snapshot, isReverse: isReverse)
            unread = run.reader.map {
                UnreadRange(reader: $0, table: table, .all, isReverse: isReverse)
            }
        case .rows(.some(let maker)):
            use.lookups.add(1)
            try openCursor(table, maker.make())
        case .index(let maker, let index):
            use.lookups.add(1)
            try openCursor(index, maker.make())
        }
    }

    private func openCursor(_ table: Table, _ range: KeyRange) throws(SQLError) {
        if range.isEmpty {
            isDone = true
            return
        }
        unread = run.reader.map {
            UnreadRange(reader: $0, table: table, range, isReverse: isReverse)
        }
        cursor = try range.lower.lend { (lower) throws(SQLError) in
            try range.upper.lend { (upper) throws(SQLError) in
                try Cursor(
                    table, lower: range.lower.isEmpty ? nil : lower,
                    upper: range.upper.isEmpty ? nil : upper, snapshot: run.snapshot,
                    isReverse: isReverse)
            }
        }
    }

    override func close() {
        cursor = nil
        pieces = nil
        unread = nil
        isDone = true
    }

    override func next() throws(SQLError) -> Batch? {
        while !isDone {
            try run.checkInterrupt()
            let count = try read()
            if count == 0 { continue }
            output.count = count
            for row in 0..<count { rowStarts[row] = rows[row].baseAddress! }
            decoder.decode(early.columns, of: rowStarts, count: count, into: early.vectors)
            if let oidPosition {
                broadcast(Datum(relation.oid), from: 0, to: count, into: output.columns[oidPosition])
            }
            if testsRowKeys { fillKeys(output, count) }
            guard let predicate else {
                complete(output, late.vectors, count)
                return output
            }
            let passed = try predicate.select(output)
            rowsRemovedCount += count - passed
            if passed == 0 { continue }
            if passed == count {
                complete(output, late.vectors, count)
                return output
            }
            for row in 0..<passed {
                let source = Int(predicate.rows[row])
                rowStarts[row] = rowStarts[source]
                keys[row] = keys[source]
            }
            for position in passedOn {
                filtered.columns[position].assign(
                    from: output.columns[position], rows: predicate.rows, count: passed)
            }
            filtered.count = passed
            complete(filtered, late.filtered, passed)
            return filtered
        }
        return nil
    }

    /// Adds the columns that the filter did not need.
    private func complete(_ batch: Batch, _ vectors: [Vector], _ count: Int) {
        decoder.decode(late.columns, of: rowStarts, count: count, into: vectors)
        if givesRowKeys { fillKeys(batch, count) }
    }

    private func fillKeys(_ batch: Batch, _ count: Int) {
        let vector = batch.columns[columns.count]
        vector.hasNulls = false
        for row in 0..<count { vector.views[row] = ByteView(borrowing: keys[row]) }
    }

    @exclusivity(unchecked) private var rowsRemovedCount = 0
    override var rowsRemoved: Int { rowsRemovedCount }

    /// Finds the next rows.
    private func read() throws(SQLError) -> Int {
        if withRowKey { keyArena.reset() }
        switch path {
        case .row(let maker):
            isDone = true
            let found = try maker.withExactKey { (key) throws(SQLError) -> Bool in
                if let reader = run.reader { try table.noteRead(key, by: reader) }
                guard let row = try table.read(key, run.snapshot) else { return false }
                rows[0] = row
                if withRowKey { keys[0] = keyArena.copy(key) }
                return true
            }
            guard found == true else { return 0 }
            use.entries.add(1)
            use.fetchedRows.add(1)
            return 1
        case .currentRow(let name):
            isDone = true
            guard let key = try run.session.cursorRow?(name, relation) else { return 0 }
            keys[0] = key.withUnsafeBytes { keyArena.copy($0) }
            if let reader = run.reader { try table.noteRead(keys[0], by: reader) }
            guard let row = try table.read(keys[0], run.snapshot) else { return 0 }
            rows[0] = row
            return 1
        case .rows(let maker):
            let count = try advance()
            if maker == nil {
                use.scannedRows.add(count)
            } else {
                use.entries.add(count)
                use.fetchedRows.add(count)
            }
            return count
        case .index: return try readThroughIndex()
        }
    }

    private func advance() throws(SQLError) -> Int {
        if let pieces { return try advance(through: pieces) }
        let limit = min(readCount, rowsWanted)
        let count = try cursor!.next(keys: keys, rows: rows, limit: limit)
        if count < limit { isDone = true }
        readCount = batchRowsMax
        try unread?.advance(isDone ? nil : keys[count - 1])
        return count
    }

    private func advance(through pieces: ScanPieces) throws(SQLError) -> Int {
        while true {
            if cursor == nil {
                cursor = try Cursor(table, next: pieces, snapshot: run.snapshot)
            }
            if cursor == nil {
                isDone = true
                return 0
            }
            let count = try cursor!.next(keys: keys, rows: rows, limit: batchRowsMax)
            if count < batchRowsMax { cursor = nil }
            if count > 0 { return count }
        }
    }

    /// The value of an entry is its row's key.
    private func readThroughIndex() throws(SQLError) -> Int {
        table.unpin()
        let count = try advance()
        if count >= TableScanOperator.prefetchedMin { table.prefetch(rows, count: count) }
        var found = 0
        for entry in 0..<count {
            let rowKey = rows[entry]
            if let reader = run.reader { try table.noteRead(rowKey, by: reader) }
            guard let row = try table.read(rowKey, run.snapshot) else { continue }
            rows[found] = row
            keys[found] = rowKey
            found += 1
        }
        use.entries.add(count)
        use.fetchedRows.add(found)
        return found
    }
}
