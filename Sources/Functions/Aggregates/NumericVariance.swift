internal import Base
internal import Types

/// variance and stddev of integers and numerics: exact sums of values and squares.
func numericVarianceTheme() -> [String: AggregateKernel] {
    var table: [String: AggregateKernel] = [:]
    for (suffix, isSample, isRoot) in [
        ("variance", true, false), ("var_samp", true, false), ("var_pop", false, false),
        ("stddev", true, true), ("stddev_samp", true, true), ("stddev_pop", false, true),
    ] {
        for type in ["int2", "int4", "int8", "numeric"] {
            table["\(suffix)(\(type))"] = variance(
                isNumeric: type == "numeric", isSample: isSample, isRoot: isRoot)
        }
    }
    return table
}

private struct Moments: BitwiseCopyable, Sendable {
    var count: Int64 = 0
    var sum = Word2()
    var squares = Word2()

    /// A ByteView as plain words.
    struct Word2: BitwiseCopyable, Sendable {
        private var low: UInt64
        private var high: UInt64

        init() { self.init(Numeric.zero) }
        init(_ view: ByteView) { (low, high) = unsafeBitCast(view, to: (UInt64, UInt64).self) }
        var view: ByteView { unsafeBitCast((low, high), to: ByteView.self) }
    }

    mutating func add(_ value: ByteView, _ arena: Arena) throws(SQLError) {
        count += 1
        sum = Word2(try Numeric.add(sum.view, value, arena: arena))
        let square = try Numeric.multiply(value, value, arena: arena)
        squares = Word2(try Numeric.add(squares.view, square, arena: arena))
    }

    /// (N Σx² - (Σx)²) / (N (N - 1)), or / N².
    func variance(isSample: Bool, isRoot: Bool, _ arena: Arena) throws(SQLError) -> ByteView? {
        guard count > (isSample ? 1 : 0) else { return nil }
        guard Numeric.isFinite(sum.view) else { return Numeric.nan }
        let number = Numeric.make(count, arena: arena)
        let numerator = try Numeric.subtract(
            Numeric.multiply(number, squares.view, arena: arena),
            Numeric.multiply(sum.view, sum.view, arena: arena), arena: arena)
        if Numeric.signum(numerator) <= 0 { return Numeric.zero }
        let other = Numeric.make(isSample ? count - 1 : count, arena: arena)
        let divisor = try Numeric.multiply(number, other, arena: arena)
        let variance = try Numeric.divide(numerator, divisor, arena: arena)
        return isRoot ? try Numeric.squareRootOfSameScale(variance, arena: arena) : variance
    }
}

private func variance(isNumeric: Bool, isSample: Bool, isRoot: Bool) -> AggregateKernel {
    aggregate(
        Moments(),
        step: { (state, arguments, row, context) throws(SQLError) in
            let value =
                isNumeric
                ? arguments[0].views[row]
                : Numeric.make(arguments[0].words[row], arena: context.stateArena)
            try state.add(value, context.stateArena)
        },
        merge: { (state, other, context) throws(SQLError) in
            let arena = context.stateArena
            state.count += other.count
            state.sum = Moments.Word2(
                try Numeric.add(state.sum.view, other.sum.view, arena: arena))
            state.squares = Moments.Word2(
                try Numeric.add(state.squares.view, other.squares.view, arena: arena))
        },
        finish: { (state, context) throws(SQLError) in
            let value = try state.variance(
                isSample: isSample, isRoot: isRoot, context.arena)
            return value.map { Datum(view: $0) } ?? .null
        })
}
