internal import Base
internal import Types

/// (start, end) OVERLAPS (start, end): null where the answer hangs on a null (chapter 9.9).
let overlapsKernels: KernelTable.Theme = [
    ("overlaps_timestamp", periods(ends: [.given, .given], of: .word, addTimestamp)),
    ("overlaps_time", periods(ends: [.given, .given], of: .word, addTime)),
    ("overlaps_timetz", periods(ends: [.given, .given], of: .timetz, addTime)),
    ("overlaps$2042", periods(ends: [.length, .length], of: .word, addTimestamp)),
    ("overlaps$2043", periods(ends: [.given, .length], of: .word, addTimestamp)),
    ("overlaps$2044", periods(ends: [.length, .given], of: .word, addTimestamp)),
    ("overlaps$1305", periods(ends: [.length, .length], of: .word, addInstant)),
    ("overlaps$1306", periods(ends: [.given, .length], of: .word, addInstant)),
    ("overlaps$1307", periods(ends: [.length, .given], of: .word, addInstant)),
    ("overlaps$1309", periods(ends: [.length, .length], of: .word, addTime)),
    ("overlaps$1310", periods(ends: [.given, .length], of: .word, addTime)),
    ("overlaps$1311", periods(ends: [.length, .given], of: .word, addTime)),
]

private enum PeriodEnd { case given, length }
private enum PeriodType { case word, timetz }

private typealias PeriodAddition =
    @Sendable (Int64, Interval, FunctionContext) throws(SQLError) -> Int64

private func periods(
    ends: [PeriodEnd], of type: PeriodType, _ add: @escaping PeriodAddition
) -> Kernel {
    .scalar { (arguments, context) throws(SQLError) in
        var times: [Datum] = []
        for (index, end) in ends.enumerated() {
            let (start, other) = (arguments[index * 2], arguments[index * 2 + 1])
            times.append(start)
            if end == .given || start.isNull || other.isNull {
                times.append(other.isNull || start.isNull && end == .length ? .null : other)
            } else {
                times.append(
                    Datum(word: try add(start.word, Interval(other.view), context)))
            }
        }
        return overlap(times) { left, right in
            type == .timetz
                ? TimeTZ.compare(left.view, right.view)
                : left.word < right.word ? -1 : left.word > right.word ? 1 : 0
        }
    }
}

private func addTimestamp(
    _ start: Int64, _ length: Interval, _: FunctionContext
) throws(SQLError) -> Int64 {
    try DateTime.add(length, to: start)
}
private func addInstant(
    _ start: Int64, _ length: Interval, _ context: FunctionContext
) throws(SQLError) -> Int64 {
    try DateTime.add(length, to: start, in: context.types.timeZone)
}
private func addTime(
    _ start: Int64, _ length: Interval, _: FunctionContext
) throws(SQLError) -> Int64 {
    timeOfDay(start + length.microseconds % Calendar.microsecondsPerDay)
}

/// Of four times, each perhaps null. A period whose one end is unknown is the other end alone, until
/// the unknown one would decide.
private func overlap(_ times: [Datum], _ compare: (Datum, Datum) -> Int) -> Datum {
    func ordered(_ start: Datum, _ end: Datum) -> (start: Datum, end: Datum)? {
        if start.isNull { return end.isNull ? nil : (end, .null) }
        if !end.isNull, compare(start, end) > 0 { return (end, start) }
        return (start, end)
    }
    guard let first = ordered(times[0], times[1]), let second = ordered(times[2], times[3]) else {
        return .null
    }
    let order = compare(first.start, second.start)
    if order == 0 {
        // They share their start, unless an end that is not known makes that uncertain.
        return first.end.isNull || second.end.isNull ? .null : Datum(true)
    }
    let (earlierEnd, laterStart, laterEnd) =
        order > 0
        ? (second.end, first.start, first.end) : (first.end, second.start, second.end)
    if earlierEnd.isNull { return .null }
    if compare(laterStart, earlierEnd) < 0 { return Datum(true) }
    // The later one begins when the earlier is over, whatever its own end.
    return laterEnd.isNull ? .null : Datum(false)
}
