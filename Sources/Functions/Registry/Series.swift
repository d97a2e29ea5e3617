public import Base
public import Types

/// The rows of one call of a set-returning function, fetched in pieces.
public final class Series {
    enum State {
        case integers(next: Int64, last: Int64, step: Int64)
        /// By months, days and time; in a zone for timestamptz.
        case timestamps(next: Int64, last: Int64, step: Interval, zone: TimeZone?)
        case numerics(next: ByteView, last: ByteView, step: ByteView)
        case list([Datum], next: Int)
        /// Several columns.
        case rows([[Datum]], next: Int)
        case done
    }
    private var state: State
    /// The type of whole rows, and of their columns, of a series of several columns.
    public var rowType = SQLType.unknown
    public var columnTypes: [OID] = []

    init(_ state: State) { self.state = state }

    /// These values, which must outlast the series.
    public init(_ values: [Datum]) { state = values.isEmpty ? .done : .list(values, next: 0) }

    /// Rows of several columns, whose values must outlast the series.
    public init(rows: [[Datum]]) { state = rows.isEmpty ? .done : .rows(rows, next: 0) }

    /// Puts up to `count` rows into `result` from `row` on; returns how many, 0 at the end.
    public func fill(
        _ result: Vector, from row: Int, count: Int, context: FunctionContext
    ) throws(SQLError) -> Int {
        switch state {
        case .done: return 0
        case .integers(let next, let last, let step):
            return fillIntegers(result, row, count, next, last, step)
        case .numerics(let next, let last, let step):
            return try fillNumerics(result, row, count, next, last, step, context)
        case .timestamps(let next, let last, let step, let zone):
            return try fillTimestamps(result, row, count, next, last, step, zone)
        case .rows(let rows, let next):
            let taken = min(count, rows.count - next)
            for index in 0..<taken {
                let fields = zip(columnTypes, rows[next + index]).map {
                    RecordValue.Field(type: $0, value: $1)
                }
                let record = RecordValue(type: rowType, fields: fields)
                result.set(row + index, Datum(view: record.view(arena: context.arena)))
            }
            state = next + taken == rows.count ? .done : .rows(rows, next: next + taken)
            return taken
        case .list(let values, let next):
            let taken = min(count, values.count - next)
            for index in 0..<taken { result.set(row + index, values[next + index]) }
            state = next + taken == values.count ? .done : .list(values, next: next + taken)
            return taken
        }
    }

    /// The same for a function of several columns.
    public func fill(
        _ results: ArraySlice<Vector>, from row: Int, count: Int, context: FunctionContext
    ) throws(SQLError) -> Int {
        guard case .rows(let rows, let next) = state else {
            guard let only = results.first, results.count == 1 else { return 0 }
            return try fill(only, from: row, count: count, context: context)
        }
        let taken = min(count, rows.count - next)
        for index in 0..<taken {
            for (column, value) in zip(results, rows[next + index]) {
                column.set(row + index, value)
            }
        }
        state = next + taken == rows.count ? .done : .rows(rows, next: next + taken)
        return taken
    }

    private func fillIntegers(
        _ result: Vector, _ row: Int, _ count: Int, _ next: Int64, _ last: Int64, _ step: Int64
    ) -> Int {
        guard step > 0 ? next <= last : next >= last else {
            state = .done
            return 0
        }
        // Rows still to come, less one: the difference may need all 64 bits.
        let distance =
            step > 0
            ? UInt64(bitPattern: last &- next) : UInt64(bitPattern: next &- last)
        let more = distance / step.magnitude
        let taken = more >= UInt64(count) ? count : Int(more) + 1
        for index in 0..<taken {
            result.words[row + index] = next &+ Int64(index) &* step
        }
        if result.hasNulls {
            for index in row..<row + taken {
                result.validity[index >> 6] |= 1 << UInt64(index & 63)
            }
        }
        state =
            more < UInt64(taken)
            ? .done : .integers(next: next &+ Int64(taken) &* step, last: last, step: step)
        return taken
    }

    private func fillTimestamps(
        _ result: Vector, _ row: Int, _ count: Int, _ start: Int64, _ last: Int64,
        _ step: Interval, _ zone: TimeZone?
    ) throws(SQLError) -> Int {
        let isUp = step.span > 0
        var next = start
        for taken in 0..<count {
            guard isUp ? next <= last : next >= last else {
                state = .done
                return taken
            }
            result.set(row + taken, Datum(word: next))
            if let zone {
                next = try DateTime.add(step, to: next, in: zone)
            } else {
                next = try DateTime.add(step, to: next)
            }
            // An infinite start would not end.
            if DateTime.isInfinite(next) {
                state = .done
                return taken + 1
            }
        }
        state = .timestamps(next: next, last: last, step: step, zone: zone)
        return count
    }

    private func fillNumerics(
        _ result: Vector, _ row: Int, _ count: Int, _ start: ByteView, _ last: ByteView,
        _ step: ByteView, _ context: FunctionContext
    ) throws(SQLError) -> Int {
        var next = start
        let isUp = Numeric.signum(step) > 0
        for taken in 0..<count {
            let order = Numeric.compare(next, last)
            guard isUp ? order <= 0 : order >= 0 else {
                state = .done
                return taken
            }
            result.set(row + taken, Datum(view: next.copied(into: context.arena)))
            next = try Numeric.add(next, step, arena: context.stateArena)
        }
        state = .numerics(next: next, last: last, step: step)
        return count
    }
}
