internal import Base
internal import Types

/// What an ordered-set aggregate has seen of its sorted rows.
private struct OrderedSetState: BitwiseCopyable, Sendable {
    var gathered = GatheredDatums()
    /// percentile_*: the fraction, or the list of them.
    var fraction = GatheredDatums()
    /// Hypothetical ones: rows before the hypothetical one, its equals, all rows, and how many
    /// different ones are before it.
    var beforeCount: Int64 = 0
    var equalCount: Int64 = 0
    var rowCount: Int64 = 0
    var distinctCount: Int64 = 0
}

extension OrderedSetFunction {
    /// Arguments: percentile_* have the value, then the fraction; mode the value; the others how
    /// the row stands to the hypothetical one (-1, 0, 1), then the row's values.
    var kernel: AggregateKernel {
        switch self {
        case .percentileDisc:
            percentile { state, elements, context throws(SQLError) in
                try state.single { fraction in
                    elements[OrderedSetFunction.place(fraction, elements.count)]
                }
            }
        case .percentileCont:
            percentile { state, elements, context throws(SQLError) in
                try state.single { (fraction) throws(SQLError) in
                    try OrderedSetFunction.between(elements, fraction, state.gathered, context)
                }
            }
        case .percentileDiscList:
            percentile { state, elements, context throws(SQLError) in
                try state.list(of: OID(state.gathered.elementType), context) { fraction in
                    elements[OrderedSetFunction.place(fraction, elements.count)]
                }
            }
        case .percentileContList:
            percentile { state, elements, context throws(SQLError) in
                try state.list(of: OID(state.gathered.elementType), context) {
                    (fraction) throws(SQLError) in
                    try OrderedSetFunction.between(elements, fraction, state.gathered, context)
                }
            }
        case .mode: modeKernel
        case .rank, .percentRank, .cumeDist, .denseRank: hypothetical
        }
    }

    // MARK: Percentiles

    private func percentile(
        _ finish:
            @escaping @Sendable (OrderedSetState, UnsafeBufferPointer<Datum>, FunctionContext)
            throws(SQLError) -> Datum
    ) -> AggregateKernel {
        aggregate(
            OrderedSetState(),
            step: { state, arguments, row, context throws(SQLError) in
                if state.gathered.elements == nil {
                    state.fraction.append(
                        arguments[1][row], arguments[1].physicalType, context)
                }
                state.gathered.append(arguments[0][row], arguments[0].physicalType, context)
            },
            finish: { state, context throws(SQLError) in
                guard let elements = state.gathered.elements else { return .null }
                return try finish(state, elements, context)
            })
    }

    /// percentile_disc: the first row at or behind the fraction.
    fileprivate static func place(_ fraction: Double, _ count: Int) -> Int {
        max(Int((fraction * Double(count)).rounded(.up)), 1) - 1
    }

    /// percentile_cont: between the two rows around the fraction.
    fileprivate static func between(
        _ elements: UnsafeBufferPointer<Datum>, _ fraction: Double, _ gathered: GatheredDatums,
        _ context: FunctionContext
    ) throws(SQLError) -> Datum {
        let exact = fraction * Double(elements.count - 1)
        let low = elements[Int(exact.rounded(.down))]
        let high = elements[Int(exact.rounded(.up))]
        let part = exact - exact.rounded(.down)
        if part == 0 { return low }
        if OID(gathered.elementType) == .interval {
            let start = Interval(low.view)
            let distance = try Interval.subtract(Interval(high.view), start)
            let moved = try Interval.add(start, distance.scaled { $0 * part })
            return Datum(view: moved.view(in: context.arena))
        }
        return Datum(low.double + part * (high.double - low.double))
    }

    // MARK: mode

    private var modeKernel: AggregateKernel {
        aggregate(
            OrderedSetState(),
            step: { state, arguments, row, context throws(SQLError) in
                state.gathered.append(arguments[0][row], arguments[0].physicalType, context)
            },
            finish: { state, _ throws(SQLError) in
                guard let elements = state.gathered.elements else { return .null }
                let kind = TypeComparison.kind(of: OID(state.gathered.elementType))
                var best = elements[0]
                var bestCount = 0
                var start = 0
                for index in 1...elements.count {
                    if index < elements.count,
                        TypeComparison.compare(elements[start], elements[index], kind: kind) == 0
                    {
                        continue
                    }
                    if index - start > bestCount {
                        best = elements[start]
                        bestCount = index - start
                    }
                    start = index
                }
                return best
            })
    }

    // MARK: Hypothetical rows

    private var hypothetical: AggregateKernel {
        let function = self
        return aggregate(
            OrderedSetState(),
            step: { state, arguments, row, context throws(SQLError) in
                state.rowCount += 1
                let place = arguments[0].words[row]
                if place == 0 { state.equalCount += 1 }
                if place >= 0 { return }
                state.beforeCount += 1
                if function == .denseRank { state.noteDistinct(arguments, row, context) }
            },
            finish: { state, _ throws(SQLError) in
                switch function {
                case .denseRank: Datum(word: state.distinctCount + 1)
                case .percentRank:
                    Datum(
                        state.rowCount == 0
                            ? 0 : Double(state.beforeCount) / Double(state.rowCount))
                case .cumeDist:
                    Datum(
                        Double(state.beforeCount + state.equalCount + 1)
                            / Double(state.rowCount + 1))
                default: Datum(word: state.beforeCount + 1)
                }
            })
    }
}

extension OrderedSetState {
    private static func checked(_ fraction: Double) throws(SQLError) -> Double {
        if fraction >= 0, fraction <= 1 { return fraction }
        var text = ByteBuffer()
        // C's %g: six digits.
        FloatText.append(fraction, extraDigits: -9, to: &text)
        let number = text.withBytes { String(decoding: $0, as: UTF8.self) }
        throw SQLError(
            .numericValueOutOfRange,
            "percentile value \(number) is not between 0 and 1")
    }

    func single(_ value: (Double) throws(SQLError) -> Datum) throws(SQLError) -> Datum {
        guard let first = fraction.elements?.first, !first.isNull else { return .null }
        return try value(try OrderedSetState.checked(first.double))
    }

    func list(
        of element: OID, _ context: FunctionContext,
        _ value: (Double) throws(SQLError) -> Datum
    ) throws(SQLError) -> Datum {
        guard let array = fraction.elements?.first, !array.isNull else { return .null }
        var results: [Datum] = []
        for item in ArrayBinary.elements(array.view, arena: context.arena) {
            results.append(
                item.isNull ? .null : try value(try OrderedSetState.checked(item.double)))
        }
        return Datum(
            view: ArrayBinary.make(
                results, element: element, lengths: ArrayBinary.lengths(array.view),
                lowerBounds: ArrayBinary.lowerBounds(array.view), arena: context.arena))
    }

    /// Counts a row that differs from the one before it; keeps its values.
    mutating func noteDistinct(
        _ arguments: [Vector], _ row: Int, _ context: FunctionContext
    ) {
        let width = (arguments.count - 1) / 2
        let known = gathered.elements
        var isNew = known == nil
        for index in 0..<width {
            let value = arguments[1 + index][row]
            if let known {
                let last = known[known.count - width + index]
                let type = context.argumentTypes[1 + index]
                isNew =
                    isNew || value.isNull != last.isNull
                    || !value.isNull && !TypeComparison.equal(value, last, type: type)
            }
        }
        if !isNew { return }
        distinctCount += 1
        for index in 0..<width {
            gathered.append(
                arguments[1 + index][row], arguments[1 + index].physicalType, context)
        }
    }
}
