internal import Base
internal import Functions
internal import Query
internal import Types

/// An aggregate over the frames of a window. Frames that only grow are accumulated once; counts
/// and exact sums are differences of running totals, minima and maxima come from a queue; what is
/// left is aggregated anew where the frame's beginning has moved.
final class WindowAggregateRunner: WindowCallRunner {
    private let kernel: AggregateKernel
    private let totals: RunningTotals.Kind?
    /// min (negative) or max (positive), with the order of its values.
    private let extreme: (sign: Int, order: ValueOrder)?
    private let exclusion: FrameExclusion
    private let argumentTypes: [OID]?
    private let argumentCount: Int
    private let resultType: PhysicalType
    private let filterColumn: Int?
    private let run: RunState
    private let stateArena = Arena()
    private let state: UnsafeMutableRawPointer
    private let inputs: [Vector]
    private let references = UnsafeMutablePointer<Int32>.allocate(capacity: batchRowsMax)

    init(_ call: WindowCall, column: Int, filterColumn: Int?, run: RunState) throws(SQLError) {
        guard let entry = FunctionRegistry.aggregate(call.function), let kernel = entry.kernel
        else {
            let name = FunctionRegistry.aggregate(call.function)?.name ?? ""
            throw SQLError.notSupported("aggregate \(name)")
        }
        self.kernel = kernel
        self.filterColumn = filterColumn
        self.run = run
        exclusion = call.window.frame.exclusion
        argumentTypes = entry.needsArgumentTypes ? call.arguments.map(\.type.oid) : nil
        argumentCount = call.arguments.count
        resultType = call.type.physical
        totals = RunningTotals.Kind(entry)
        let isExtreme = entry.name == "max" || entry.name == "min"
        extreme =
            isExtreme && exclusion == .nothing
            ? (entry.name == "max" ? 1 : -1, ValueOrder(call.arguments[0].type.oid)) : nil
        state = .allocate(byteCount: max(kernel.stateSizeBytes, 16), alignment: 16)
        inputs = call.arguments.map { Vector($0.type.physical) }
        super.init(column: column)
    }

    deinit {
        state.deallocate()
        references.deallocate()
    }

    override func compute(_ rows: WindowRows, into results: inout [Datum]) throws(SQLError) {
        if let argumentTypes { run.context.argumentTypes = argumentTypes }
        let grows =
            exclusion == .nothing
            && (rows.first..<rows.end).allSatisfy { rows.start($0) == rows.start(rows.first) }
        if !grows, let totals,
            let sums = RunningTotals(
                totals, rows, column: column, takes: { self.takes($0, rows) })
        {
            for row in rows.first..<rows.end {
                results.append(
                    try sums.value(FrameRuns(rows, row, exclusion), context: run.context))
            }
        } else if !grows, let extreme {
            slide(rows, extreme.sign, extreme.order, into: &results)
        } else {
            try accumulate(rows, into: &results)
        }
    }

    /// Whether FILTER lets a row in.
    private func takes(_ row: Int, _ rows: WindowRows) -> Bool {
        guard let filterColumn else { return true }
        let value = rows.values.datum(filterColumn, row)
        return !value.isNull && value.word != 0
    }

    // MARK: Any aggregate

    private func accumulate(
        _ rows: WindowRows, into results: inout [Datum]
    ) throws(SQLError) {
        let outer = run.beginState(stateArena)
        defer { run.endState(outer) }
        restart()
        var start = -1
        var end = -1
        var last = Datum.null
        for row in rows.first..<rows.end {
            let isSame = rows.start(row) == start && rows.end(row) == end
            if exclusion != .nothing {
                restart()
                let runs = FrameRuns(rows, row, exclusion).runs
                for part in [runs.0, runs.1, runs.2] { try add(part, rows) }
                last = try value()
            } else if !isSame {
                if rows.start(row) != start || rows.end(row) < end {
                    restart()
                    try add(rows.start(row)..<rows.end(row), rows)
                } else {
                    try add(end..<rows.end(row), rows)
                }
                start = rows.start(row)
                end = rows.end(row)
                last = try value()
                if row & 0xFF == 0 { try run.checkInterrupt() }
            }
            results.append(last)
        }
    }

    /// The answer so far. The state goes on to change, so that bytes are copied.
    private func value() throws(SQLError) -> Datum {
        let value = try kernel.finalize(state, run.context)
        if value.isNull || resultType == .word { return value }
        return Datum(view: value.view.copied(into: run.context.arena))
    }

    private func restart() {
        stateArena.reset()
        kernel.initialize(state)
    }

    private func add(_ range: Range<Int>, _ rows: WindowRows) throws(SQLError) {
        var row = range.lowerBound
        while row < range.upperBound {
            var count = 0
            while row < range.upperBound, count < batchRowsMax {
                if takes(row, rows) {
                    references[count] = Int32(truncatingIfNeeded: row)
                    count += 1
                }
                row += 1
            }
            if count == 0 { continue }
            if argumentCount > 0 {
                rows.values.gather(
                    references, count: count, from: column, into: inputs)
            }
            try kernel.accumulateAll(state, inputs, count, run.context)
        }
    }

    // MARK: min and max

    /// The rows that may yet be the extreme of a frame, the best first.
    private func slide(
        _ rows: WindowRows, _ sign: Int, _ order: ValueOrder, into results: inout [Datum]
    ) {
        var queue: [Int] = []
        var head = 0
        var next = rows.first
        for row in rows.first..<rows.end {
            let start = rows.start(row)
            let end = rows.end(row)
            if next < start { next = start }
            while next < end {
                let value = rows.values.datum(column, next)
                if !value.isNull, takes(next, rows) {
                    while queue.count > head,
                        order.compare(value, rows.values.datum(column, queue[queue.count - 1]))
                            * sign > 0
                    {
                        queue.removeLast()
                    }
                    queue.append(next)
                }
                next += 1
            }
            while head < queue.count, queue[head] < start { head += 1 }
            let isEmpty = head == queue.count || queue[head] >= end
            results.append(isEmpty ? .null : rows.values.datum(column, queue[head]))
        }
    }
}
