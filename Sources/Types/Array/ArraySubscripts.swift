public import Base

/// Subscripts: elements and slices of arrays, read and assigned (chapter 8.15.3 and 8.15.4).
extension ArrayValue {
    /// The bounds of a slice in one dimension; nil: the array's own.
    public typealias SliceBounds = (lower: Int?, upper: Int?)

    /// `array[i][j]`; null out of bounds, and with another number of subscripts than dimensions.
    public func element(at subscripts: [Int]) -> Datum {
        guard subscripts.count == dimensionCount, !isEmpty, let offset = offset(of: subscripts)
        else { return .null }
        return elements[offset]
    }

    private func offset(of subscripts: [Int]) -> Int? {
        var offset = 0
        for (dimension, subscript_) in subscripts.enumerated() {
            let index = subscript_ - lowerBounds[dimension]
            guard lengths[dimension] > index, index >= 0 else { return nil }
            offset = offset * lengths[dimension] + index
        }
        return offset
    }

    /// `array[a:b][c:d]`: what of the array lies within, counted from 1; empty if nothing does.
    public func slice(_ bounds: [SliceBounds]) -> ArrayValue {
        guard bounds.count <= dimensionCount, !isEmpty else { return ArrayValue(element: element) }
        var ranges: [Range<Int>] = []
        for dimension in lengths.indices {
            let first = lowerBounds[dimension]
            let end = first + lengths[dimension]
            let wanted: SliceBounds = dimension < bounds.count ? bounds[dimension] : (nil, nil)
            let low = max(wanted.lower ?? first, first)
            let high = min(wanted.upper.map { $0 + 1 } ?? end, end)
            guard low < high else { return ArrayValue(element: element) }
            ranges.append(low - first..<high - first)
        }
        var taken: [Datum] = []
        forEachOffset(in: ranges) { taken.append(elements[$0]) }
        return ArrayValue(
            element: element, lengths: ranges.map(\.count), lowerBounds: ranges.map { _ in 1 },
            elements: taken)
    }

    /// The offsets of the elements within a box, in storage order.
    private func forEachOffset(in ranges: [Range<Int>], _ body: (Int) -> Void) {
        var position = ranges.map(\.lowerBound)
        while true {
            var offset = 0
            for (index, length) in zip(position, lengths) { offset = offset * length + index }
            body(offset)
            var dimension = ranges.count - 1
            while dimension >= 0 {
                position[dimension] += 1
                if position[dimension] < ranges[dimension].upperBound { break }
                position[dimension] = ranges[dimension].lowerBound
                dimension -= 1
            }
            if dimension < 0 { return }
        }
    }

    // MARK: Assignment

    private static var wrongCount: SQLError {
        SQLError(.arraySubscriptError, "wrong number of array subscripts")
    }
    private static var outOfRange: SQLError {
        SQLError(.arraySubscriptError, "array subscript out of range")
    }

    /// `SET array[i][j] = value`. Arrays of one dimension grow as needed, with nulls between.
    public mutating func assign(_ value: Datum, at subscripts: [Int]) throws(SQLError) {
        guard subscripts.count <= ArrayBinary.dimensionsMax else {
            throw ArrayValue.tooManyDimensions(subscripts.count)
        }
        if dimensionCount == 0 {
            let ones = subscripts.map { _ in 1 }
            try ArrayValue.check(lengths: ones, lowerBounds: subscripts)
            self = ArrayValue(
                element: element, lengths: ones, lowerBounds: subscripts, elements: [value])
            return
        }
        guard subscripts.count == dimensionCount else { throw ArrayValue.wrongCount }
        if dimensionCount == 1 { try extend(toCover: subscripts[0], subscripts[0]) }
        guard let offset = offset(of: subscripts) else { throw ArrayValue.outOfRange }
        elements[offset] = value
    }

    /// Makes an array of one dimension reach from `low` to `high`.
    private mutating func extend(toCover low: Int, _ high: Int) throws(SQLError) {
        let first = min(lowerBounds[0], low)
        let end = max(lowerBounds[0] + lengths[0], high + 1)
        try ArrayValue.check(lengths: [end - first], lowerBounds: [first])
        let before = lowerBounds[0] - first
        let behind = end - lowerBounds[0] - lengths[0]
        if before > 0 { elements.insert(contentsOf: repeatElement(.null, count: before), at: 0) }
        if behind > 0 { elements.append(contentsOf: repeatElement(.null, count: behind)) }
        lowerBounds[0] = first
        lengths[0] = end - first
    }

    /// `SET array[a:b] = source`, whose elements fill the slice in storage order.
    public mutating func assign(
        slice bounds: [SliceBounds], from source: ArrayValue
    ) throws(SQLError) {
        guard bounds.count <= ArrayBinary.dimensionsMax else {
            throw ArrayValue.tooManyDimensions(bounds.count)
        }
        if dimensionCount == 0 { return try assignToEmpty(bounds, source) }
        guard bounds.count <= dimensionCount else { throw ArrayValue.wrongCount }
        var ranges: [Range<Int>] = []
        for dimension in lengths.indices {
            let first = lowerBounds[dimension]
            let last = first + lengths[dimension] - 1
            let wanted: SliceBounds = dimension < bounds.count ? bounds[dimension] : (nil, nil)
            let low = wanted.lower ?? first
            let high = wanted.upper ?? last
            if low > high {
                // An empty slice may be given where the array begins or ends, to no effect.
                throw SQLError(
                    .arraySubscriptError, "upper bound cannot be less than lower bound")
            }
            if dimensionCount == 1 {
                try ArrayValue.check(lengths: [high - low + 1], lowerBounds: [low])
                guard source.elements.count >= high - low + 1 else { throw tooSmall }
                try extend(toCover: low, high)
            } else if low < first || high > last {
                throw ArrayValue.outOfRange
            }
            ranges.append(low - lowerBounds[dimension]..<high - lowerBounds[dimension] + 1)
        }
        let count = ranges.reduce(1) { $0 * $1.count }
        guard source.elements.count >= count else { throw tooSmall }
        var next = 0
        var offsets: [Int] = []
        offsets.reserveCapacity(count)
        forEachOffset(in: ranges) { offsets.append($0) }
        for offset in offsets {
            elements[offset] = source.elements[next]
            next += 1
        }
    }

    private var tooSmall: SQLError {
        SQLError(.arraySubscriptError, "source array too small")
    }

    private mutating func assignToEmpty(
        _ bounds: [SliceBounds], _ source: ArrayValue
    ) throws(SQLError) {
        var lengths: [Int] = []
        var lowers: [Int] = []
        for bound in bounds {
            guard let upper = bound.upper, let lower = bound.lower else {
                throw SQLError(
                    .arraySubscriptError, "array slice subscript must provide both boundaries"
                ).detail(
                    "When assigning to a slice of an empty array value, slice boundaries must be fully specified."
                )
            }
            let (length, isOver) = (upper + 1).subtractingReportingOverflow(lower)
            guard !isOver else { throw ArrayValue.tooLarge }
            guard length >= 0 else {
                throw SQLError(
                    .arraySubscriptError, "upper bound cannot be less than lower bound")
            }
            lengths.append(length)
            lowers.append(lower)
        }
        try ArrayValue.check(lengths: lengths, lowerBounds: lowers)
        let count = lengths.reduce(1, *)
        guard source.elements.count >= count else { throw tooSmall }
        self = ArrayValue(
            element: element, lengths: lengths, lowerBounds: lowers,
            elements: Array(source.elements.prefix(count)))
    }
}
