/// The most rows a batch has.
public let batchRowsMax = 1024

/// One column of a batch: up to `batchRowsMax` values of one physical type and a validity bitmap.
///
/// A vector is allocated once and refilled batch after batch; it belongs to one thread at a time.
/// Its pointers are for kernels, which index below the batch's row count.
public final class Vector {
    public let physicalType: PhysicalType
    /// `batchRowsMax` values; only the one of `physicalType` may be used.
    public let words: UnsafeMutablePointer<Int64>
    public let views: UnsafeMutablePointer<ByteView>
    /// One bit a row, set where the value is not null. Meaningful only if `hasNulls`.
    public let validity: UnsafeMutablePointer<UInt64>
    /// False: every row is valid and the bitmap is stale.
    @exclusivity(unchecked) @usableFromInline var storedHasNulls = false
    @inlinable public var hasNulls: Bool {
        get { storedHasNulls }
        set { storedHasNulls = newValue }
    }

    public static let validityWordCount = batchRowsMax / 64

    public init(_ physicalType: PhysicalType) {
        self.physicalType = physicalType
        let stride = physicalType == .word ? 8 : 16
        let memory = UnsafeMutableRawPointer.allocate(
            byteCount: batchRowsMax * stride, alignment: 64)
        words = memory.assumingMemoryBound(to: Int64.self)
        views = memory.assumingMemoryBound(to: ByteView.self)
        validity = .allocate(capacity: Vector.validityWordCount)
        validity.initialize(repeating: ~0, count: Vector.validityWordCount)
    }

    deinit {
        UnsafeMutableRawPointer(words).deallocate()
        validity.deallocate()
    }

    @inlinable
    public func isNull(_ row: Int) -> Bool {
        hasNulls && validity[row >> 6] >> UInt64(row & 63) & 1 == 0
    }

    /// Makes all rows zero, or empty.
    public func clear() {
        hasNulls = false
        if physicalType == .word {
            words.update(repeating: 0, count: batchRowsMax)
        } else {
            views.update(repeating: ByteView(), count: batchRowsMax)
        }
    }

    /// Starts a fill in which rows may be null: all valid so far.
    @inlinable
    public func beginNullable() {
        hasNulls = true
        for index in 0..<Vector.validityWordCount { validity[index] = ~0 }
    }

    @inlinable
    public func setNull(_ row: Int) {
        if !hasNulls { beginNullable() }
        validity[row >> 6] &= ~(1 << UInt64(row & 63))
    }

    /// Sets one row; a value after a null in the same row needs `beginNullable` in between.
    @inlinable
    public func set(_ row: Int, _ datum: Datum) {
        if datum.isNull {
            setNull(row)
            if physicalType == .bytes { views[row] = ByteView() } else { words[row] = 0 }
            return
        }
        if hasNulls { validity[row >> 6] |= 1 << UInt64(row & 63) }
        if physicalType == .bytes { views[row] = datum.view } else { words[row] = datum.word }
    }

    @inlinable
    public subscript(row: Int) -> Datum {
        if isNull(row) { return .null }
        return physicalType == .bytes ? Datum(view: views[row]) : Datum(word: words[row])
    }

    /// Copies `count` rows, or those that `rows` names, of `source` to the front of this vector.
    public func assign(from source: Vector, rows: UnsafePointer<Int32>? = nil, count: Int) {
        invariant(source.physicalType == physicalType, "vectors of one physical type")
        if let rows {
            if physicalType == .word {
                for target in 0..<count { words[target] = source.words[Int(rows[target])] }
            } else {
                for target in 0..<count { views[target] = source.views[Int(rows[target])] }
            }
        } else if physicalType == .word {
            words.update(from: source.words, count: count)
        } else {
            views.update(from: source.views, count: count)
        }
        guard source.hasNulls else {
            hasNulls = false
            return
        }
        if let rows {
            beginNullable()
            for target in 0..<count where source.isNull(Int(rows[target])) { setNull(target) }
        } else {
            hasNulls = true
            validity.update(from: source.validity, count: Vector.validityWordCount)
        }
    }
}

/// Up to `batchRowsMax` rows, by column.
public final class Batch {
    public let columns: [Vector]
    // Through an inlinable accessor: in other modules the attribute alone does not count.
    @exclusivity(unchecked) @usableFromInline var storedCount = 0
    @inlinable public var count: Int {
        get { storedCount }
        set { storedCount = newValue }
    }

    public init(_ physicalTypes: [PhysicalType]) {
        columns = physicalTypes.map { Vector($0) }
    }
    /// - Parameter filled: the columns that will be filled; the others stay empty and share memory.
    public init(_ physicalTypes: [PhysicalType], filling filled: [Int]) {
        if filled.count == physicalTypes.count {
            columns = physicalTypes.map { Vector($0) }
            return
        }
        var empty: [PhysicalType: Vector] = [:]
        columns = physicalTypes.enumerated().map { column, type in
            if filled.contains(column) { return Vector(type) }
            if let known = empty[type] { return known }
            let vector = Vector(type)
            vector.clear()
            empty[type] = vector
            return vector
        }
    }
    public init(columns: [Vector], count: Int) {
        self.columns = columns
        storedCount = count
    }
}
