internal import Base
internal import Functions
internal import Query
internal import Types

typealias FrameExclusion = WindowFrame.Exclusion

/// What the arithmetic of bounds needs: memory, and the time zone.
struct FrameContext {
    var arena: Arena
    var types: TypeContext
}

/// Finds where each row's frame begins and ends. Every bound moves with its row, so that groups
/// and ranges are found by searching.
final class FrameBounds {
    private let frame: WindowFrame
    private let startOffset: ExpressionSet?
    private let endOffset: ExpressionSet?
    /// RANGE with an offset: the key among the rows' values.
    private let key: RangeKey?
    private let nothing = Batch([])
    @exclusivity(unchecked) private var startValue = Datum.null
    @exclusivity(unchecked) private var endValue = Datum.null

    init(
        _ window: WindowSpecification, keyColumn: Int?, compiler: ExpressionCompiler
    ) throws(SQLError) {
        frame = window.frame
        startOffset = try compiler.compileSet(window.startOffset)
        endOffset = try compiler.compileSet(window.endOffset)
        if let keyColumn, let order = window.orderBy.first {
            let offsetType = (window.startOffset ?? window.endOffset)?.type.oid ?? .int8
            key = try RangeKey(order, column: keyColumn, offset: offsetType)
        } else {
            key = nil
        }
        nothing.count = 1
    }

    /// Evaluates the offsets: once for an execution.
    func begin(arena: Arena) throws(SQLError) {
        startValue = try value(startOffset, "starting", arena)
        endValue = try value(endOffset, "ending", arena)
    }

    private func value(
        _ offset: ExpressionSet?, _ side: String, _ arena: Arena
    ) throws(SQLError) -> Datum {
        guard let offset else { return .null }
        let vector = try offset.evaluateOne(nothing)
        let value = vector[0]
        if value.isNull {
            throw SQLError(.nullValueNotAllowed, "frame \(side) offset must not be null")
        }
        if key == nil, value.word < 0 {
            throw SQLError(
                .invalidPrecedingOrFollowingSize, "frame \(side) offset must not be negative")
        }
        return vector.physicalType == .bytes ? Datum(view: value.view.copied(into: arena)) : value
    }

    /// Fills in the frames of the partition at hand.
    func find(_ rows: WindowRows, _ context: FrameContext) throws(SQLError) {
        rows.starts.removeAll(keepingCapacity: true)
        rows.ends.removeAll(keepingCapacity: true)
        let partition = rows.first..<rows.end
        let ranges = key?.prepare(rows)
        for row in partition {
            let start: Int
            let end: Int
            switch frame.start {
            case .unboundedPreceding: start = rows.first
            case .unboundedFollowing: start = rows.end
            case .currentRow: start = frame.mode == .rows ? row : rows.groupStart(row)
            case .offsetPreceding, .offsetFollowing:
                start = try offsetStart(
                    rows, row, isFollowing: frame.start == .offsetFollowing, ranges, context)
            }
            switch frame.end {
            case .unboundedPreceding: end = rows.first
            case .unboundedFollowing: end = rows.end
            case .currentRow: end = frame.mode == .rows ? row + 1 : rows.groupEnd(row)
            case .offsetPreceding, .offsetFollowing:
                end = try offsetEnd(
                    rows, row, isFollowing: frame.end == .offsetFollowing, ranges, context)
            }
            rows.starts.append(Int32(truncatingIfNeeded: start))
            rows.ends.append(Int32(truncatingIfNeeded: max(start, end)))
        }
    }

    /// `row` moved by `offset`, held between the partition's ends.
    private func moved(_ row: Int, _ offset: Int64, _ isFollowing: Bool, _ limits: Range<Int>) -> Int
    {
        let distance = Int(min(offset, Int64(Int32.max)))
        let target = isFollowing ? row + distance : row - distance
        return min(max(target, limits.lowerBound), limits.upperBound)
    }

    private func offsetStart(
        _ rows: WindowRows, _ row: Int, isFollowing: Bool, _ ranges: Range<Int>?,
        _ context: FrameContext
    ) throws(SQLError) -> Int {
        let partition = rows.first..<rows.end
        switch frame.mode {
        case .rows: return moved(row, startValue.word, isFollowing, partition)
        case .groups:
            let last = Int(rows.groups[rows.end - 1])
            let own = Int(rows.groups[row])
            let limits = Int(rows.groups[rows.first])..<last + 1
            let group = moved(own, startValue.word, isFollowing, limits)
            return group > last ? rows.end : Int(rows.groupStarts[group])
        case .range:
            guard let key, let ranges, ranges.contains(row) else { return rows.groupStart(row) }
            let bound = try key.bound(row, rows, startValue, isFollowing: isFollowing, context)
            let near = rows.starts.last.map { Int($0) } ?? ranges.lowerBound
            return key.firstIndex(in: ranges, near: near) { key.order($0, rows, bound) >= 0 }
        }
    }

    private func offsetEnd(
        _ rows: WindowRows, _ row: Int, isFollowing: Bool, _ ranges: Range<Int>?,
        _ context: FrameContext
    ) throws(SQLError) -> Int {
        let partition = rows.first..<rows.end
        switch frame.mode {
        case .rows:
            // One more than the last row, which may lie before the partition.
            let distance = Int(min(endValue.word, Int64(Int32.max)))
            let target = (isFollowing ? row + distance : row - distance) + 1
            return min(max(target, partition.lowerBound), partition.upperBound)
        case .groups:
            let firstGroup = Int(rows.groups[rows.first])
            let last = Int(rows.groups[rows.end - 1])
            let distance = Int(min(endValue.word, Int64(Int32.max)))
            let own = Int(rows.groups[row])
            let target = isFollowing ? own + distance : own - distance
            if target < firstGroup { return rows.first }
            return target >= last ? rows.end : Int(rows.groupStarts[target + 1])
        case .range:
            guard let key, let ranges, ranges.contains(row) else { return rows.groupEnd(row) }
            let bound = try key.bound(row, rows, endValue, isFollowing: isFollowing, context)
            let near = rows.ends.last.map { Int($0) } ?? ranges.lowerBound
            return key.firstIndex(in: ranges, near: near) { key.order($0, rows, bound) > 0 }
        }
    }
}

/// The only ORDER BY column of a RANGE frame with an offset, and its arithmetic (PostgreSQL's
/// in_range functions).
final class RangeKey {
    enum Bound {
        case integer(Int128)
        case real(Double)
        case numeric(ByteView)
    }
    private enum Kind {
        case integer, float4, float8, numeric, date, timestamp, timestamptz, time, interval
    }
    private let kind: Kind
    private let column: Int
    private let isDescending: Bool
    private let isNullFirst: Bool

    init(_ order: SortKey, column: Int, offset: OID) throws(SQLError) {
        switch order.expression.type.oid {
        case .int2, .int4, .int8: kind = .integer
        case .float4: kind = .float4
        case .float8: kind = .float8
        case .numeric: kind = .numeric
        case .date: kind = .date
        case .timestamp: kind = .timestamp
        case .timestamptz: kind = .timestamptz
        case .interval: kind = .interval
        case .time: kind = .time
        default:
            throw SQLError.notSupported(
                "RANGE with an offset over type \(order.expression.type.name)")
        }
        self.column = column
        isDescending = order.descending
        isNullFirst = order.nullsFirst
    }

    /// The rows of the partition whose key is not null.
    func prepare(_ rows: WindowRows) -> Range<Int> {
        let partition = rows.first..<rows.end
        func isNull(_ row: Int) -> Bool { rows.values.datum(column, row).isNull }
        if isNullFirst {
            return firstIndex(in: partition) { !isNull($0) }..<rows.end
        }
        return rows.first..<firstIndex(in: partition) { isNull($0) }
    }

    /// The same, searched for from a row on that is mostly close: where the last bound was.
    func firstIndex(in range: Range<Int>, near hint: Int, _ holds: (Int) -> Bool) -> Int {
        var low = min(max(hint, range.lowerBound), range.upperBound)
        var high = range.upperBound
        if low > range.lowerBound, holds(low - 1) {
            return firstIndex(in: range.lowerBound..<low - 1, holds)
        }
        var step = 1
        while low < high, step <= high - low {
            let probe = low + step - 1
            if holds(probe) {
                high = probe
                break
            }
            low = probe + 1
            step *= 2
        }
        return firstIndex(in: low..<high, holds)
    }

    /// The first row from which on `holds`.
    func firstIndex(in range: Range<Int>, _ holds: (Int) -> Bool) -> Int {
        var low = range.lowerBound
        var high = range.upperBound
        while low < high {
            let middle = (low + high) / 2
            if holds(middle) { high = middle } else { low = middle + 1 }
        }
        return low
    }

    /// The key of `row` less the offset, or with it added, in the direction of the order.
    func bound(
        _ row: Int, _ rows: WindowRows, _ offset: Datum, isFollowing: Bool,
        _ context: FrameContext
    ) throws(SQLError) -> Bound {
        let isSum = isFollowing != isDescending
        let value = rows.values.datum(column, row)
        switch kind {
        case .integer:
            if offset.word < 0 { throw RangeKey.invalidOffset }
            return .integer(
                isSum ? Int128(value.word) + Int128(offset.word)
                    : Int128(value.word) - Int128(offset.word))
        case .float4, .float8:
            let distance = offset.double
            if distance.isNaN || distance < 0 { throw RangeKey.invalidOffset }
            let base = kind == .float4 ? Double(value.float) : value.double
            if base.isInfinite, distance.isInfinite { return .real(base) }
            return .real(isSum ? base + distance : base - distance)
        case .numeric:
            let zero = Numeric.small(0, scale: 0)
            if Numeric.isNaN(offset.view) || Numeric.compare(offset.view, zero) < 0 {
                throw RangeKey.invalidOffset
            }
            return .numeric(
                isSum ? try Numeric.add(value.view, offset.view, arena: context.arena)
                    : try Numeric.subtract(value.view, offset.view, arena: context.arena))
        case .date, .timestamp, .timestamptz, .time, .interval:
            return .integer(try moved(value, Interval(offset.view), isSum, context.types))
        }
    }

    /// A date or time moved by an interval, in microseconds.
    private func moved(
        _ value: Datum, _ offset: Interval, _ isSum: Bool, _ types: TypeContext
    ) throws(SQLError) -> Int128 {
        let isNegative = kind == .time ? offset.microseconds < 0 : offset.span < 0
        if isNegative { throw RangeKey.invalidOffset }
        let distance = isSum ? offset : try offset.negated()
        switch kind {
        case .time: return Int128(value.word) + Int128(distance.microseconds)
        case .interval: return try Interval.add(Interval(value.view), distance).span
        case .timestamptz:
            return Int128(try DateTime.add(distance, to: value.word, in: types.timeZone))
        case .date:
            return Int128(
                try DateTime.add(distance, to: try DateTime.timestamp(date: value.word)))
        default: return Int128(try DateTime.add(distance, to: value.word))
        }
    }

    /// The value of a key that is compared as an integer.
    private func integer(_ value: Datum) -> Int128 {
        switch kind {
        case .interval: return Interval(value.view).span
        case .date:
            if value.word == DateTime.dateInfinity { return Int128(DateTime.infinity) }
            if value.word == DateTime.dateNegativeInfinity {
                return Int128(DateTime.negativeInfinity)
            }
            return Int128(value.word) * Int128(Calendar.microsecondsPerDay)
        default: return Int128(value.word)
        }
    }

    private static var invalidOffset: SQLError {
        SQLError(
            .invalidPrecedingOrFollowingSize,
            "invalid preceding or following size in window function")
    }

    /// How the key of `row` stands to a bound, in the direction of the order.
    func order(_ row: Int, _ rows: WindowRows, _ bound: Bound) -> Int {
        let value = rows.values.datum(column, row)
        let order: Int
        switch bound {
        case .integer(let limit):
            let word = integer(value)
            order = word < limit ? -1 : word > limit ? 1 : 0
        case .real(let limit):
            order = TypeComparison.compare(
                kind == .float4 ? Double(value.float) : value.double, limit)
        case .numeric(let limit): order = Numeric.compare(value.view, limit)
        }
        return isDescending ? -order : order
    }
}
