public import Base

/// Rows kept in memory, by column, in chunks of `batchRowsMax`: what sorts, hash tables and
/// materialised inputs hold. A row's reference is its number. Owns the bytes of its values.
public final class RowStore {
    public let types: [PhysicalType]
    @exclusivity(unchecked) private var chunks: [[Vector]] = []
    @exclusivity(unchecked) public private(set) var count = 0
    private let arena = Arena()
    private static let shift = 10

    public init(types: [PhysicalType]) {
        self.types = types
        invariant(1 << RowStore.shift == batchRowsMax, "a chunk has a batch's rows")
    }

    /// Forgets the rows; keeps one chunk for the next use.
    public func removeAll() {
        count = 0
        arena.reset()
        if chunks.count > 1 { chunks.removeLast(chunks.count - 1) }
    }

    /// Appends the first `rowCount` rows of `columns`, or those that `rows` names.
    public func append(
        _ columns: [Vector], rows: UnsafePointer<Int32>? = nil, count rowCount: Int
    ) {
        var done = 0
        while done < rowCount {
            let offset = count & (batchRowsMax - 1)
            let chunkIndex = count >> RowStore.shift
            if chunkIndex == chunks.count { chunks.append(types.map { Vector($0) }) }
            let part = min(rowCount - done, batchRowsMax - offset)
            for index in types.indices {
                copy(
                    columns[index], first: done, rows: rows, count: part,
                    to: chunks[chunkIndex][index], at: offset)
            }
            done += part
            count += part
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
            target.hasNulls = false
            for index in 0..<count {
                let reference = Int(references[index])
                if reference < 0 {
                    target.set(index, .null)
                    continue
                }
                let source = chunks[reference >> RowStore.shift][column]
                let row = reference & (batchRowsMax - 1)
                if source.hasNulls {
                    target.set(index, source[row])
                } else if target.physicalType == .word {
                    target.words[index] = source.words[row]
                } else {
                    target.views[index] = source.views[row]
                }
            }
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
