internal import Base
internal import Functions
internal import Types

/// Counts and exact sums of the rows up to each row of a partition: what any frame holds is a
/// difference of two of them.
struct RunningTotals {
    enum Kind {
        case countRows
        case countValues
        /// The result: bigint, or numeric.
        case sum(isNumeric: Bool, ofNumerics: Bool)
        case average(ofNumerics: Bool)

        init?(_ entry: AggregateEntry) {
            let argument = entry.arguments.first
            switch (entry.name, argument) {
            case ("count", nil): self = .countRows
            case ("count", _?): self = .countValues
            case ("sum", .int2), ("sum", .int4): self = .sum(isNumeric: false, ofNumerics: false)
            case ("sum", .int8): self = .sum(isNumeric: true, ofNumerics: false)
            case ("sum", .numeric): self = .sum(isNumeric: true, ofNumerics: true)
            case ("avg", .int2), ("avg", .int4), ("avg", .int8): self = .average(ofNumerics: false)
            case ("avg", .numeric): self = .average(ofNumerics: true)
            default: return nil
            }
        }
    }

    private let kind: Kind
    private let first: Int
    /// Before each row of the partition, and at its end.
    private var counts: [Int64] = [0]
    private var sums: [Int128] = [0]
    private var scale = 0

    /// Nil where the sums are not exact that way: numerics of many digits or of several scales,
    /// whose result's scale depends on the rows of the frame.
    init?(_ kind: Kind, _ rows: WindowRows, column: Int, takes: (Int) -> Bool) {
        self.kind = kind
        first = rows.first
        var scale: Int?
        var count: Int64 = 0
        var sum: Int128 = 0
        for row in rows.first..<rows.end {
            if takes(row) {
                switch kind {
                case .countRows: count += 1
                case .countValues: if !rows.values.datum(column, row).isNull { count += 1 }
                case .sum(_, let ofNumerics), .average(let ofNumerics):
                    let value = rows.values.datum(column, row)
                    if value.isNull { break }
                    count += 1
                    if !ofNumerics {
                        sum &+= Int128(value.word)
                        break
                    }
                    let own = Int(value.view.head)
                    guard Numeric.isSmall(value.view), scale == nil || scale == own else {
                        return nil
                    }
                    scale = own
                    sum &+= Int128(Numeric.scaled(value.view))
                }
            }
            counts.append(count)
            sums.append(sum)
        }
        self.scale = scale ?? 0
    }

    func value(_ frame: FrameRuns, context: FunctionContext) throws(SQLError) -> Datum {
        var count: Int64 = 0
        var sum: Int128 = 0
        for run in [frame.runs.0, frame.runs.1, frame.runs.2] where !run.isEmpty {
            count += counts[run.upperBound - first] - counts[run.lowerBound - first]
            sum &+= sums[run.upperBound - first] &- sums[run.lowerBound - first]
        }
        switch kind {
        case .countRows, .countValues: return Datum(word: count)
        case .sum(let isNumeric, _):
            if count == 0 { return .null }
            if isNumeric {
                return Datum(view: Numeric.make(sum, scale: scale, arena: context.arena))
            }
            guard let word = Int64(exactly: sum) else {
                throw SQLError(.numericValueOutOfRange, "bigint out of range")
            }
            return Datum(word: word)
        case .average:
            if count == 0 { return .null }
            return Datum(
                view: try Numeric.divide(
                    Numeric.make(sum, scale: scale, arena: context.arena),
                    Numeric.make(count, arena: context.arena), arena: context.arena))
        }
    }
}
