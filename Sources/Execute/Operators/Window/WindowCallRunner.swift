internal import Base
internal import Functions
internal import Query

/// One call of a window node: gives a value for each row of a partition.
class WindowCallRunner {
    /// Where its arguments are among the rows' values.
    let column: Int
    init(column: Int) { self.column = column }

    /// Appends the values for the partition at hand.
    func compute(_ rows: WindowRows, into results: inout [Datum]) throws(SQLError) {
        invariant(false, "every window function gives values")
    }

    static func make(
        _ call: WindowCall, column: Int, filterColumn: Int?, run: RunState
    ) throws(SQLError) -> WindowCallRunner {
        guard let function = WindowFunction(rawValue: call.function.rawValue) else {
            return try WindowAggregateRunner(
                call, column: column, filterColumn: filterColumn, run: run)
        }
        switch function {
        case .rowNumber, .rank, .denseRank, .percentRank, .cumeDist:
            return RankRunner(function, column: column)
        case .ntile: return NtileRunner(column: column)
        case .lag, .lead: return NeighbourRunner(function == .lead, 1, column: column)
        case .lagBy, .leadBy: return NeighbourRunner(function == .leadBy, 2, column: column)
        case .lagOrElse, .leadOrElse:
            return NeighbourRunner(function == .leadOrElse, 3, column: column)
        case .firstValue, .lastValue, .nthValue:
            return FrameValueRunner(function, call.window.frame.exclusion, column: column)
        }
    }
}

/// row_number, rank, dense_rank, percent_rank, cume_dist.
private final class RankRunner: WindowCallRunner {
    private let function: WindowFunction

    init(_ function: WindowFunction, column: Int) {
        self.function = function
        super.init(column: column)
    }

    override func compute(_ rows: WindowRows, into results: inout [Datum]) throws(SQLError) {
        let first = rows.first
        let count = rows.end - first
        let firstGroup = Int(rows.groups[first])
        for row in first..<rows.end {
            switch function {
            case .rowNumber: results.append(Datum(word: Int64(row - first + 1)))
            case .rank: results.append(Datum(word: Int64(rows.groupStart(row) - first + 1)))
            case .denseRank:
                results.append(Datum(word: Int64(Int(rows.groups[row]) - firstGroup + 1)))
            case .percentRank:
                let before = Double(rows.groupStart(row) - first)
                results.append(Datum(count > 1 ? before / Double(count - 1) : 0))
            default:
                results.append(Datum(Double(rows.groupEnd(row) - first) / Double(count)))
            }
        }
    }
}

/// ntile: as equal buckets as can be, the larger ones first.
private final class NtileRunner: WindowCallRunner {
    override func compute(_ rows: WindowRows, into results: inout [Datum]) throws(SQLError) {
        let count = rows.end - rows.first
        var row = rows.first
        // The first count that is not null holds for the rows that follow.
        while row < rows.end, rows.values.datum(column, row).isNull {
            results.append(.null)
            row += 1
        }
        if row == rows.end { return }
        let buckets = Int(rows.values.datum(column, row).word)
        if buckets <= 0 {
            throw SQLError(
                .invalidArgumentForNtile, "argument of ntile must be greater than zero")
        }
        let size = count / buckets
        let larger = size == 0 ? 0 : count % buckets
        var bucket = 1
        var left = size == 0 ? 1 : size + (bucket <= larger ? 1 : 0)
        while row < rows.end {
            if left == 0 {
                bucket += 1
                left = size == 0 ? 1 : size + (bucket <= larger ? 1 : 0)
            }
            results.append(Datum(word: Int64(bucket)))
            left -= 1
            row += 1
        }
    }
}

/// lag and lead.
private final class NeighbourRunner: WindowCallRunner {
    private let isLead: Bool
    private let argumentCount: Int

    init(_ isLead: Bool, _ argumentCount: Int, column: Int) {
        self.isLead = isLead
        self.argumentCount = argumentCount
        super.init(column: column)
    }

    override func compute(_ rows: WindowRows, into results: inout [Datum]) throws(SQLError) {
        for row in rows.first..<rows.end {
            var distance = 1
            if argumentCount > 1 {
                let offset = rows.values.datum(column + 1, row)
                if offset.isNull {
                    results.append(.null)
                    continue
                }
                distance = Int(offset.word)
            }
            let target = isLead ? row + distance : row - distance
            if target >= rows.first, target < rows.end {
                results.append(rows.values.datum(column, target))
            } else {
                results.append(argumentCount > 2 ? rows.values.datum(column + 2, row) : .null)
            }
        }
    }
}

/// first_value, last_value, nth_value.
private final class FrameValueRunner: WindowCallRunner {
    private let function: WindowFunction
    private let exclusion: FrameExclusion

    init(_ function: WindowFunction, _ exclusion: FrameExclusion, column: Int) {
        self.function = function
        self.exclusion = exclusion
        super.init(column: column)
    }

    override func compute(_ rows: WindowRows, into results: inout [Datum]) throws(SQLError) {
        for row in rows.first..<rows.end {
            let runs = FrameRuns(rows, row, exclusion)
            var place: Int?
            switch function {
            case .firstValue: place = runs.row(0)
            case .lastValue: place = runs.row(runs.count - 1)
            default:
                let number = rows.values.datum(column + 1, row)
                if !number.isNull {
                    if number.word <= 0 {
                        throw SQLError(
                            .invalidArgumentForNthValue,
                            "argument of nth_value must be greater than zero")
                    }
                    place = runs.row(Int(number.word) - 1)
                }
            }
            results.append(place.map { rows.values.datum(column, $0) } ?? .null)
        }
    }
}
