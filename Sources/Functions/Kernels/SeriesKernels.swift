internal import Base
internal import Types

/// Set-returning functions: generate_series, generate_subscripts, unnest.
let seriesKernels: KernelTable.Theme = [
    ("generate_series_int4", integers(hasStep: false)),
    ("generate_series_step_int4", integers(hasStep: true)),
    ("generate_series_int8", integers(hasStep: false)),
    ("generate_series_step_int8", integers(hasStep: true)),
    ("generate_series_numeric", numerics(hasStep: false)),
    ("generate_series_step_numeric", numerics(hasStep: true)),
    ("generate_series_timestamp", timestamps { _ in nil }),
    ("generate_series_timestamptz", timestamps { $0.types.timeZone }),
    ("generate_subscripts", subscripts(hasDirection: true)),
    ("generate_subscripts_nodir", subscripts(hasDirection: false)),
    (
        "array_unnest",
        .series { (arguments, context) throws(SQLError) in
            Series(
                .list(ArrayBinary.elements(arguments[0].view, arena: context.stateArena), next: 0))
        }
    ),
    (
        "_pg_expandarray$own",
        .series { (arguments, context) throws(SQLError) in
            let elements = ArrayBinary.elements(arguments[0].view, arena: context.stateArena)
            let rows = elements.enumerated().map { [$1, Datum(word: Int64($0 + 1))] }
            return Series(rows.isEmpty ? .done : .rows(rows, next: 0))
        }
    ),
]

private var stepIsZero: SQLError {
    SQLError(.invalidParameterValue, "step size cannot equal zero")
}

private func integers(hasStep: Bool) -> Kernel {
    .series { (arguments, _) throws(SQLError) in
        let step = hasStep ? arguments[2].word : 1
        guard step != 0 else { throw stepIsZero }
        return Series(.integers(next: arguments[0].word, last: arguments[1].word, step: step))
    }
}

private func timestamps(
    _ zone: @escaping @Sendable (FunctionContext) -> TimeZone?
) -> Kernel {
    .series { (arguments, context) throws(SQLError) in
        let step = Interval(arguments[2].view)
        guard step.span != 0 else { throw stepIsZero }
        return Series(
            .timestamps(
                next: arguments[0].word, last: arguments[1].word, step: step,
                zone: zone(context)))
    }
}

private func numerics(hasStep: Bool) -> Kernel {
    .series { (arguments, context) throws(SQLError) in
        let names: [StaticString] = ["start", "stop", "step size"]
        for index in 0..<(hasStep ? 3 : 2) where !Numeric.isFinite(arguments[index].view) {
            let what = Numeric.isNaN(arguments[index].view) ? "NaN" : "infinity"
            throw SQLError(
                .invalidParameterValue,
                index == 2
                    ? "\(names[index]) cannot be \(what)"
                    : "\(names[index]) value cannot be \(what)")
        }
        let step = hasStep ? arguments[2].view : Numeric.small(1, scale: 0)
        guard Numeric.signum(step) != 0 else { throw stepIsZero }
        return Series(
            .numerics(
                next: arguments[0].view.copied(into: context.stateArena),
                last: arguments[1].view.copied(into: context.stateArena),
                step: step.copied(into: context.stateArena)))
    }
}

private func subscripts(hasDirection: Bool) -> Kernel {
    .series { (arguments, _) throws(SQLError) in
        let lengths = ArrayBinary.lengths(arguments[0].view)
        let bounds = ArrayBinary.lowerBounds(arguments[0].view)
        let dimension = Int(arguments[1].word) - 1
        guard lengths.indices.contains(dimension), lengths[dimension] > 0 else {
            return Series(.done)
        }
        let first = Int64(bounds[dimension])
        let last = first + Int64(lengths[dimension]) - 1
        return hasDirection && arguments[2].bool
            ? Series(.integers(next: last, last: first, step: -1))
            : Series(.integers(next: first, last: last, step: 1))
    }
}
