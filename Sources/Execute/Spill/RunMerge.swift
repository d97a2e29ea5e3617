internal import Base

/// Sorted runs merged into one: a heap of each run's next row (Knuth, volume 3, 5.4.1). Rows are what
/// a `SpillFile` reader gives, their last column the encoded key; of equal keys the earlier run's
/// comes first.
struct RunMerge {
    private struct Head {
        /// The key's first eight bytes, big-endian; zeros behind a shorter one.
        var prefix: UInt64
        var key: ByteView
        var run: Int
    }

    private struct Run {
        let reader: SpillFile.Reader
        var batch: Batch
        var row = 0
    }

    private var runs: [Run] = []
    /// A heap: the first one is the least.
    private var heads: [Head] = []

    init(_ readers: [SpillFile.Reader]) throws(SQLError) {
        for reader in readers {
            guard let batch = try reader.next() else { continue }
            runs.append(Run(reader: reader, batch: batch))
            heads.append(RunMerge.head(batch, 0, run: runs.count - 1))
        }
        for index in (0..<heads.count / 2).reversed() { siftDown(index) }
    }

    private static func head(_ batch: Batch, _ row: Int, run: Int) -> Head {
        let key = batch.columns[batch.columns.count - 1].views[row]
        let prefix = key.withBytes { bytes in
            if bytes.count >= 8 { return UInt64(bigEndian: bytes.loadUnaligned(as: UInt64.self)) }
            var prefix: UInt64 = 0
            for byte in bytes { prefix = prefix << 8 | UInt64(byte) }
            return bytes.isEmpty ? 0 : prefix << UInt64((8 - bytes.count) * 8)
        }
        return Head(prefix: prefix, key: key, run: run)
    }

    private static func isBefore(_ left: Head, _ right: Head) -> Bool {
        if left.prefix != right.prefix { return left.prefix < right.prefix }
        let order = ByteView.compare(left.key, right.key)
        return order != 0 ? order < 0 : left.run < right.run
    }

    private mutating func siftDown(_ start: Int) {
        var index = start
        let moved = heads[index]
        while true {
            var child = 2 * index + 1
            if child >= heads.count { break }
            if child + 1 < heads.count, RunMerge.isBefore(heads[child + 1], heads[child]) {
                child += 1
            }
            if !RunMerge.isBefore(heads[child], moved) { break }
            heads[index] = heads[child]
            index = child
        }
        heads[index] = moved
    }

    /// Fills `output` with the next rows, up to `count`; returns how many they are. Columns that
    /// `output` does not have are left out; long values are copied into `arena`.
    mutating func next(_ count: Int, into output: [Vector], _ arena: Arena) throws(SQLError) -> Int {
        for column in output { column.hasNulls = false }
        var done = 0
        while done < count, let head = heads.first {
            let batch = runs[head.run].batch
            let row = runs[head.run].row
            for (index, target) in output.enumerated() {
                let source = batch.columns[index]
                if source.isNull(row) {
                    target.set(done, .null)
                } else if source.physicalType == .word {
                    target.set(done, Datum(word: source.words[row]))
                } else {
                    target.set(done, Datum(view: source.views[row].copied(into: arena)))
                }
            }
            done += 1
            try advance(head.run)
        }
        return done
    }

    /// Puts the next row of the least run in its place in the heap.
    private mutating func advance(_ run: Int) throws(SQLError) {
        runs[run].row += 1
        if runs[run].row == runs[run].batch.count {
            guard let batch = try runs[run].reader.next() else {
                heads[0] = heads[heads.count - 1]
                heads.removeLast()
                if !heads.isEmpty { siftDown(0) }
                return
            }
            runs[run].batch = batch
            runs[run].row = 0
        }
        heads[0] = RunMerge.head(runs[run].batch, runs[run].row, run: run)
        siftDown(0)
    }
}
