internal import Base
internal import Types

/// sum and avg of intervals.
private struct IntervalTotal: BitwiseCopyable, Sendable {
    var months: Int32 = 0
    var days: Int32 = 0
    var microseconds: Int64 = 0
    var count: Int64 = 0

    var value: Interval { Interval(months: months, days: days, microseconds: microseconds) }

    mutating func add(_ other: Interval, count added: Int64) throws(SQLError) {
        let sum = try Interval.add(value, other)
        (months, days, microseconds) = (sum.months, sum.days, sum.microseconds)
        count += added
    }
}

private func total(
    _ finish: @escaping @Sendable (IntervalTotal) throws(SQLError) -> Interval
) -> AggregateKernel {
    aggregate(
        IntervalTotal(),
        step: { state, arguments, row, _ throws(SQLError) in
            try state.add(Interval(arguments[0].views[row]), count: 1)
        },
        merge: { state, other, _ throws(SQLError) in
            try state.add(other.value, count: other.count)
        },
        finish: { state, context throws(SQLError) in
            if state.count == 0 { return .null }
            return Datum(view: try finish(state).view(in: context.arena))
        })
}

let intervalSum = total { (state) throws(SQLError) in state.value }
let intervalAverage = total { (state) throws(SQLError) in
    let count = Double(state.count)
    return try state.value.scaled { $0 / count }
}
