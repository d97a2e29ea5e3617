public import Base

/// Rows kept in memory, by column, in chunks of `batchRowsMax`: what sorts, hash tables and
/// materialised inputs hold. A row's reference is its number. Owns the bytes of its values.
public final class RowStore {
    public let types: [PhysicalType]
    @exclusivity(unchecked) private var chunks: [[Vector]] = []
    /// By column: where the values of each chunk begin, so that rows are gathered without counting
    /// references.
    @exclusivity(unchecked) private var bases: [[UnsafeMutableRawPointer]]
    /// Of each column: some row may be null.
    @exclusivity(unchecked) private var haveNulls: [Bool]
    @exclusivity(unchecked) public private(set) var count = 0
    /// Columns whose values are kept; the others stay empty.
    private let kept: [Int]
    private let arena = Arena()
    private static let shift = 10

    /// - Parameter kept: the columns that are read again; nil: all.
    public init(types: [PhysicalType], keeping kept: [Int]? = nil) {
        self.types = types
        self.kept = kept ?? Array(types.indices)
        bases = types.map { _ in [] }
        haveNulls = types.map { _ in false }
        invariant(1 << RowStore.shift == batchRowsMax, "a chunk has a batch's rows")
    }

    /// Bytes held, used or not.
    public var memoryBytes: Int {
        var row = 0
        for column in kept { row += types[column] == .word ? 8 : 16 }
        return chunks.count * batchRowsMax * row + arena.capacityBytes
    }

    /// Forgets the rows; keeps one chunk for the next use.
    public func removeAll() {
        count = 0
        arena.reset()
        for column in kept { haveNulls[column] = false }
        if chunks.count > 1 {
            let extra = chunks.count - 1
            chunks.removeLast(extra)
            for column in kept { bases[column].removeLast(extra) }
        }
    }

    /// Appends the first `rowCount` rows of `columns`, or those that `rows` names.
    public func append(
        _ columns: [Vector], rows: UnsafePointer<Int32>? = nil, count rowCount: Int
    ) {
        var done = 0
        while done < rowCount {
            let offset = count & (batchRowsMax - 1)
            let chunkIndex = count >> RowStore.shift
            if chunkIndex == chunks.count { addChunk() }
            let part = min(rowCount - done, batchRowsMax - offset)
            for index in kept {
                copy(
                    columns[index], first: done, rows: rows, count: part,
                    to: chunks[chunkIndex][index], at: offset)
                if columns[index].hasNulls { haveNulls[index] = true }
            }
            done += part
            count += part
        }
    }

    private func addChunk() {
        if kept.count == types.count {
            chunks.append(types.map { Vector($0) })
        } else {
            let nothing = Vector(.bytes)
            var vectors = types.map { _ in nothing }
            for column in kept { vectors[column] = Vector(types[column]) }
            chunks.append(vectors)
        }
        for column in kept {
            bases[column].append(UnsafeMutableRawPointer(chunks[chunks.count - 1][column].words))
        }
    }

    private func copy(
        _ source: Vector, first: Int, rows: UnsafePointer<Int32>?, count: Int, to target: Vector,
        at offset: Int
    ) {
        if offset == 0 { target.hasNulls = false }
        if source.hasNulls, !target.hasNulls { target.beginNullable() }
        if target.hasNulls {
            for index in 0..<count {
                let row = rows.map { Int($0[first + index]) } ?? first + index
                if source.isNull(row) {
                    target.set(offset + index, .null)
                } else if source.physicalType == .word {
                    target.set(offset + index, Datum(word: source.words[row]))
                } else {
                    target.set(offset + index, Datum(view: source.views[row].copied(into: arena)))
                }
            }
            return
        }
        if source.physicalType == .word {
            for index in 0..<count {
                let row = rows.map { Int($0[first + index]) } ?? first + index
                target.words[offset + index] = source.words[row]
            }
        } else {
            for index in 0..<count {
                let row = rows.map { Int($0[first + index]) } ?? first + index
                target.views[offset + index] = source.views[row].copied(into: arena)
            }
        }
    }

    /// The value of a column of a row.
    @inline(__always)
    public func datum(_ column: Int, _ row: Int) -> Datum {
        chunks[row >> RowStore.shift][column][row & (batchRowsMax - 1)]
    }

    /// Copies rows by reference into `targets`; a negative reference gives a row of nulls.
    public func gather(
        _ references: UnsafePointer<Int32>, count: Int, into targets: ArraySlice<Vector>
    ) {
        for (column, target) in targets.enumerated() {
            gather(column, references, count: count, into: target)
        }
    }

    /// The same for one column, which is kept.
    func gather(
        _ column: Int, _ references: UnsafePointer<Int32>, count: Int, into target: Vector
    ) {
        target.hasNulls = false
        if haveNulls[column] {
            for index in 0..<count {
                let reference = Int(references[index])
                target.set(index, reference < 0 ? .null : datum(column, reference))
            }
            return
        }
        bases[column].withUnsafeBufferPointer { bases in
            if target.physicalType == .word {
                RowStore.gather(
                    references, count, bases, target, to: target.words, nothing: 0)
            } else {
                RowStore.gather(
                    references, count, bases, target, to: target.views, nothing: ByteView())
            }
        }
    }

    @inline(__always)
    private static func gather<Value>(
        _ references: UnsafePointer<Int32>, _ count: Int,
        _ bases: UnsafeBufferPointer<UnsafeMutableRawPointer>, _ target: Vector,
        to values: UnsafeMutablePointer<Value>, nothing: Value
    ) {
        for index in 0..<count {
            let reference = Int(references[index])
            if reference < 0 {
                values[index] = nothing
                target.setNull(index)
                continue
            }
            let base = bases[reference >> shift].assumingMemoryBound(to: Value.self)
            values[index] = base[reference & (batchRowsMax - 1)]
        }
    }

    /// The columns from `first` on, as many as there are targets.
    func gather(
        _ references: UnsafePointer<Int32>, count: Int, from first: Int, into targets: [Vector]
    ) {
        for (index, target) in targets.enumerated() {
            target.hasNulls = false
            for row in 0..<count {
                target.set(row, datum(first + index, Int(references[row])))
            }
        }
    }

    /// The rows of chunk `index`, in place.
    public func chunk(_ index: Int) -> (columns: [Vector], count: Int)? {
        let first = index << RowStore.shift
        guard first < count else { return nil }
        return (chunks[index], min(batchRowsMax, count - first))
    }
}
