internal import Base
internal import Glibc

/// Sorts rows by encoded keys: memcmp order is the order asked for. With a limit it keeps little
/// more than that many rows. Rows beyond `work_mem` go to disk in sorted runs, merged at the end.
final class SortOperator: Operator {
    private struct Entry {
        /// The key's first eight bytes, big-endian.
        var prefix: UInt64
        var key: UnsafePointer<UInt8>
        var length: Int32
        var row: Int32
    }

    private let input: Operator
    private let keys: KeyWriter
    private let limit: ExpressionSet?
    @exclusivity(unchecked) private var store: RowStore
    @exclusivity(unchecked) private var spare: RowStore
    @exclusivity(unchecked) private var arena = Arena()
    @exclusivity(unchecked) private var spareArena = Arena()
    @exclusivity(unchecked) private var entries: [Entry] = []
    /// With a limit: the key of the last row within it, of the rows so far.
    @exclusivity(unchecked) private var threshold: [UInt8]?
    private let output: Batch
    private let references: UnsafeMutablePointer<Int32>
    @exclusivity(unchecked) private var isSorted = false
    @exclusivity(unchecked) private var position = 0
    /// Of the runs: how many more rows are wanted.
    @exclusivity(unchecked) private var rest = 0
    private let nothing = Batch([])
    /// What had no room in memory.
    @exclusivity(unchecked) private var runs: SortRuns?
    @exclusivity(unchecked) private var peakRunBytes = 0

    init(_ input: Operator, keys: KeyWriter, limit: ExpressionSet?, run: RunState) {
        self.input = input
        self.keys = keys
        self.limit = limit
        store = RowStore(types: input.types)
        spare = RowStore(types: input.types)
        output = Batch(input.types)
        references = .allocate(capacity: batchRowsMax)
        nothing.count = 1
        super.init(types: input.types, run: run)
    }
    deinit { references.deallocate() }

    override func open() throws(SQLError) {
        isSorted = false
        clear()
        try input.open()
    }

    override func close() {
        input.close()
        clear()
    }

    private func clear() {
        position = 0
        runs = nil
        threshold = nil
        entries.removeAll(keepingCapacity: entries.capacity <= batchRowsMax)
        store.removeAll()
        arena.reset()
    }

    override var peakDiskBytes: Int { peakRunBytes }

    override func next() throws(SQLError) -> Batch? {
        if !isSorted {
            try readAll()
            isSorted = true
        }
        if let runs {
            arena.reset()
            output.count = try runs.next(min(rowsWanted, rest), into: output.columns, arena)
            rest -= output.count
            return output.count == 0 ? nil : output
        }
        let count = min(rowsWanted, entries.count - position)
        if count == 0 { return nil }
        for index in 0..<count { references[index] = entries[position + index].row }
        position += count
        store.gather(references, count: count, into: output.columns[...])
        output.count = count
        return output
    }

    private func readAll() throws(SQLError) {
        var limitCount = Int.max
        if let value = try limit?.evaluateOne(nothing)[0], !value.isNull, value.word >= 0 {
            limitCount = Int(value.word)
        }
        let keepMax = limitCount < 1 << 20 ? max(limitCount * 2, 4 * batchRowsMax) : Int.max
        while let batch = try input.next() {
            try run.checkInterrupt()
            try add(batch)
            if entries.count > keepMax {
                sortEntries()
                compact(to: limitCount)
            }
            if keepMax == .max, memoryBytes > run.workMemoryBytes { try spill() }
        }
        if let runs {
            rest = limitCount
            try spill()
            try runs.beginMerge()
            peakRunBytes = max(peakRunBytes, runs.peakBytes)
            return
        }
        sortEntries()
        if entries.count > limitCount { entries.removeLast(entries.count - limitCount) }
    }

    private var memoryBytes: Int {
        store.memoryBytes + arena.capacityBytes + entries.count * MemoryLayout<Entry>.stride
    }

    /// Writes the rows at hand as a run, and forgets them.
    private func spill() throws(SQLError) {
        if entries.isEmpty { return }
        if runs == nil { runs = try SortRuns(types, run: run) }
        guard let runs else { return }
        sortEntries()
        let keys = Vector(.bytes)
        let columns = output.columns + [keys]
        var done = 0
        while done < entries.count {
            try run.checkInterrupt()
            let count = min(batchRowsMax, entries.count - done)
            for index in 0..<count {
                let entry = entries[done + index]
                references[index] = entry.row
                keys.views[index] = ByteView(
                    borrowing: UnsafeRawBufferPointer(start: entry.key, count: Int(entry.length)))
            }
            store.gather(references, count: count, into: output.columns[...])
            try runs.append(columns, count: count)
            done += count
        }
        try runs.endRun()
        entries.removeAll(keepingCapacity: true)
        store.removeAll()
        arena.reset()
    }

    private func add(_ batch: Batch) throws(SQLError) {
        try keys.prepare(batch)
        let first = store.count
        guard let last = threshold else {
            store.append(batch.columns, count: batch.count)
            for row in 0..<batch.count {
                keys.withKey(row) { key in
                    append(UnsafeRawPointer(key.baseAddress!), key.count, row: Int32(first + row))
                }
            }
            return
        }
        // Rows at or behind the last one wanted so far are not wanted.
        var count = 0
        last.withUnsafeBytes { last in
            for row in 0..<batch.count {
                keys.withKey(row) { key in
                    if compareBytes(key, last) >= 0 { return }
                    append(
                        UnsafeRawPointer(key.baseAddress!), key.count, row: Int32(first + count))
                    references[count] = Int32(row)
                    count += 1
                }
            }
        }
        store.append(batch.columns, rows: references, count: count)
    }

    @inline(__always)
    private func append(_ key: UnsafeRawPointer, _ length: Int, row: Int32) {
        // Eight bytes more, zeros, so that a prefix can always be loaded.
        let copy = arena.allocate(byteCount: length + 8)
        copy.copyMemory(from: key, byteCount: length)
        (copy + length).storeBytes(of: 0 as UInt64, as: UInt64.self)
        entries.append(
            Entry(
                prefix: UInt64(bigEndian: copy.loadUnaligned(as: UInt64.self)),
                key: UnsafePointer(copy.assumingMemoryBound(to: UInt8.self)),
                length: Int32(length), row: row))
    }

    private func sortEntries() {
        entries.sort { left, right in
            if left.prefix != right.prefix { return left.prefix < right.prefix }
            let shared = Int(min(left.length, right.length))
            if shared > 8 {
                let order = memcmp(left.key + 8, right.key + 8, shared - 8)
                if order != 0 { return order < 0 }
            }
            return left.length != right.length ? left.length < right.length : left.row < right.row
        }
    }

    /// Keeps the first rows, moved into fresh memory.
    private func compact(to limitCount: Int) {
        entries.removeLast(entries.count - min(limitCount, entries.count))
        spare.removeAll()
        spareArena.reset()
        var done = 0
        while done < entries.count {
            let count = min(batchRowsMax, entries.count - done)
            for index in 0..<count { references[index] = entries[done + index].row }
            store.gather(references, count: count, into: output.columns[...])
            spare.append(output.columns, count: count)
            done += count
        }
        swap(&store, &spare)
        swap(&arena, &spareArena)
        let old = entries
        if limitCount > 0, let last = old.last, old.count == limitCount {
            threshold = [UInt8](
                UnsafeRawBufferPointer(start: last.key, count: Int(last.length)))
        }
        entries.removeAll(keepingCapacity: true)
        for (index, entry) in old.enumerated() {
            append(entry.key, Int(entry.length), row: Int32(index))
        }
    }
}
