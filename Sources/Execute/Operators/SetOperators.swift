internal import Base
internal import Query

/// Each different row once, the first of its kind.
final class DistinctOperator: Operator {
    private let input: Operator
    private let keys: KeyWriter
    private let table = KeyTable()
    private let output: Batch
    private let rows: UnsafeMutablePointer<Int32>

    init(_ input: Operator, keys: KeyWriter, run: RunState) {
        self.input = input
        self.keys = keys
        output = Batch(input.types)
        rows = .allocate(capacity: batchRowsMax)
        super.init(types: input.types, run: run)
    }
    deinit { rows.deallocate() }

    override func open() throws(SQLError) {
        table.removeAll()
        try input.open()
    }
    override func close() {
        input.close()
        table.removeAll()
    }

    override func next() throws(SQLError) -> Batch? {
        while let batch = try input.next() {
            try run.checkInterrupt()
            try keys.prepare(batch)
            var count = 0
            for row in 0..<batch.count {
                let known = table.count
                if keys.withKey(row, { table.insert($0) }) == known {
                    rows[count] = Int32(row)
                    count += 1
                }
            }
            if count == 0 { continue }
            if count == batch.count { return batch }
            for (index, column) in output.columns.enumerated() {
                column.assign(from: batch.columns[index], rows: rows, count: count)
            }
            output.count = count
            return output
        }
        return nil
    }
}

/// UNION, INTERSECT and EXCEPT, with and without ALL: counts the rows of both sides by key.
final class SetOperationOperator: Operator {
    private let kind: BoundQuery.SetOperator
    private let isAll: Bool
    private let left: Operator
    private let right: Operator
    private let leftKeys: KeyWriter
    private let rightKeys: KeyWriter
    private let table = KeyTable()
    private let store: RowStore
    @exclusivity(unchecked) private var leftCounts: [Int] = []
    @exclusivity(unchecked) private var rightCounts: [Int] = []
    private let output: Batch
    private let references: UnsafeMutablePointer<Int32>
    @exclusivity(unchecked) private var isRead = false
    @exclusivity(unchecked) private var position = 0
    /// How often the row at `position` has been given.
    @exclusivity(unchecked) private var given = 0

    init(
        _ kind: BoundQuery.SetOperator, isAll: Bool, _ left: Operator, _ right: Operator,
        leftKeys: KeyWriter, rightKeys: KeyWriter, run: RunState
    ) {
        self.kind = kind
        self.isAll = isAll
        self.left = left
        self.right = right
        self.leftKeys = leftKeys
        self.rightKeys = rightKeys
        store = RowStore(types: left.types)
        output = Batch(left.types)
        references = .allocate(capacity: batchRowsMax)
        super.init(types: left.types, run: run)
    }
    deinit { references.deallocate() }

    override func open() throws(SQLError) {
        clear()
        try left.open()
        try right.open()
    }

    override func close() {
        left.close()
        right.close()
        clear()
    }

    private func clear() {
        isRead = false
        position = 0
        given = 0
        table.removeAll()
        store.removeAll()
        leftCounts.removeAll()
        rightCounts.removeAll()
    }

    override func next() throws(SQLError) -> Batch? {
        if !isRead {
            try read(left, leftKeys, isLeft: true)
            try read(right, rightKeys, isLeft: false)
            isRead = true
        }
        var count = 0
        while position < store.count, count < batchRowsMax {
            if given < copies(position) {
                references[count] = Int32(position)
                count += 1
                given += 1
            } else {
                position += 1
                given = 0
            }
        }
        if count == 0 { return nil }
        store.gather(references, count: count, into: output.columns[...])
        output.count = count
        return output
    }

    private func read(
        _ input: Operator, _ keys: KeyWriter, isLeft: Bool
    ) throws(SQLError) {
        while let batch = try input.next() {
            try run.checkInterrupt()
            try keys.prepare(batch)
            for row in 0..<batch.count {
                let known = table.count
                let key = keys.withKey(row) { table.insert($0) }
                if key == known {
                    var reference = Int32(row)
                    store.append(batch.columns, rows: &reference, count: 1)
                    leftCounts.append(0)
                    rightCounts.append(0)
                }
                if isLeft { leftCounts[key] += 1 } else { rightCounts[key] += 1 }
            }
        }
        input.close()
    }

    /// How often row `key` is in the result.
    private func copies(_ key: Int) -> Int {
        let (ofLeft, ofRight) = (leftCounts[key], rightCounts[key])
        switch kind {
        case .union: return isAll ? ofLeft + ofRight : 1
        case .intersect:
            let both = min(ofLeft, ofRight)
            return isAll ? both : min(both, 1)
        case .except:
            return isAll ? max(ofLeft - ofRight, 0) : ofRight == 0 && ofLeft > 0 ? 1 : 0
        }
    }
}

/// DISTINCT ON: the first row of each run of equal keys in sorted input.
final class DistinctOnOperator: Operator {
    private let input: Operator
    private let keys: KeyWriter
    private let output: Batch
    private let rows: UnsafeMutablePointer<Int32>
    @exclusivity(unchecked) private var lastKey: [UInt8]?

    init(_ input: Operator, keys: KeyWriter, run: RunState) {
        self.input = input
        self.keys = keys
        output = Batch(input.types)
        rows = .allocate(capacity: batchRowsMax)
        super.init(types: input.types, run: run)
    }
    deinit { rows.deallocate() }

    override func open() throws(SQLError) {
        lastKey = nil
        try input.open()
    }
    override func close() { input.close() }

    override func next() throws(SQLError) -> Batch? {
        while let batch = try input.next() {
            try keys.prepare(batch)
            var count = 0
            for row in 0..<batch.count {
                let isSame = keys.withKey(row) { key in
                    lastKey?.withUnsafeBytes { compareBytes($0, key) == 0 } ?? false
                }
                if isSame { continue }
                lastKey = keys.withKey(row) { [UInt8]($0) }
                rows[count] = Int32(row)
                count += 1
            }
            if count == 0 { continue }
            for (index, column) in output.columns.enumerated() {
                column.assign(from: batch.columns[index], rows: rows, count: count)
            }
            output.count = count
            return output
        }
        return nil
    }
}
