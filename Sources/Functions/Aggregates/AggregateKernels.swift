internal import Base
internal import Types

/// All aggregates that are built, by key: name and argument types.
enum AggregateTable {
    static let byKey: [String: AggregateKernel] = {
        var table: [String: AggregateKernel] = [
            "count(*)": countRows, "count(any)": countValues,
            "sum(int2)": integerSum, "sum(int4)": integerSum, "sum(int8)": bigintSum,
            "sum(numeric)": numericSum,
            "sum(float8)": floatSum(isReal: false), "sum(float4)": floatSum(isReal: true),
            "avg(int2)": integerAverage, "avg(int4)": integerAverage, "avg(int8)": integerAverage,
            "avg(numeric)": numericAverage,
            "avg(float8)": floatAverage(isReal: false), "avg(float4)": floatAverage(isReal: true),
            "bool_and(bool)": wordFold { $0 & $1 }, "every(bool)": wordFold { $0 & $1 },
            "bool_or(bool)": wordFold { $0 | $1 },
            "string_agg(text,text)": stringAggregate, "string_agg(bytea,bytea)": stringAggregate,
        ]
        for type in ["int2", "int4", "int8"] {
            table["bit_and(\(type))"] = wordFold { $0 & $1 }
            table["bit_or(\(type))"] = wordFold { $0 | $1 }
            table["bit_xor(\(type))"] = wordFold { $0 ^ $1 }
        }
        let extremes: [(String, OID)] = [
            ("int2", .int2), ("int4", .int4), ("int8", .int8), ("oid", .oid), ("date", .date),
            ("timestamp", .timestamp), ("timestamptz", .timestamptz), ("float4", .float4),
            ("float8", .float8), ("text", .text), ("numeric", .numeric), ("bpchar", .bpchar),
            ("pg_lsn", .pgLSN), ("xid8", .xid8), ("time", .time), ("timetz", .timetz),
            ("interval", .interval), ("inet", .inet), ("money", .money), ("tid", .tid),
        ]
        for (name, type) in extremes {
            table["max(\(name))"] = extreme(type, isMaximum: true)
            table["min(\(name))"] = extreme(type, isMaximum: false)
        }
        for (suffix, isSample, isRoot) in [
            ("variance", true, false), ("var_samp", true, false), ("var_pop", false, false),
            ("stddev", true, true), ("stddev_samp", true, true), ("stddev_pop", false, true),
        ] {
            table["\(suffix)(float8)"] = floatVariance(
                isReal: false, isSample: isSample, isRoot: isRoot)
            table["\(suffix)(float4)"] = floatVariance(
                isReal: true, isSample: isSample, isRoot: isRoot)
        }
        table["json_agg(anyelement)"] = jsonArrayAggregate
        table["jsonb_agg(anyelement)"] = jsonbArrayAggregate
        table["json_object_agg(any,any)"] = jsonObjectAggregate
        table["jsonb_object_agg(any,any)"] = jsonbObjectAggregate
        // Cents, which go around at their ends.
        table["sum(money)"] = wordFold { $0 &+ $1 }
        table["sum(interval)"] = intervalSum
        table["avg(interval)"] = intervalAverage
        table["array_agg(anynonarray)"] = arrayAggregate
        // Arrays know their elements' type themselves: any array type stands for all.
        // Enums are words of one order, whichever they are.
        table["max(anyenum)"] = extreme(.int8, isMaximum: true)
        table["min(anyenum)"] = extreme(.int8, isMaximum: false)
        table["max(anyarray)"] = extreme(.int4Array, isMaximum: true)
        table["min(anyarray)"] = extreme(.int4Array, isMaximum: false)
        table["array_agg(anyarray)"] = nestedArrayAggregate
        for (name, operation) in bitOperations {
            table["\(name)(bit)"] = bitFold(operation)
        }
        table["range_agg(anyrange)"] = rangeUnion
        table["range_agg(anymultirange)"] = rangeUnion
        table["range_intersect_agg(anyrange)"] = rangeIntersection
        table["range_intersect_agg(anymultirange)"] = multirangeIntersection
        table.merge(numericVarianceTheme()) { first, _ in first }
        table.merge(regressionTheme()) { first, _ in first }
        return table
    }()
}

// MARK: count

private let countRows = aggregate(
    Int64(0),
    step: { state, _, _, _ throws(SQLError) in state &+= 1 },
    all: { state, _, count, _ throws(SQLError) in state &+= Int64(count) },
    merge: { state, other, _ throws(SQLError) in state &+= other },
    finish: { state, _ throws(SQLError) in Datum(word: state) })

private let countValues = aggregate(
    Int64(0),
    step: { state, _, _, _ throws(SQLError) in state &+= 1 },
    all: { state, arguments, count, _ throws(SQLError) in
        let argument = arguments[0]
        guard argument.hasNulls else {
            state &+= Int64(count)
            return
        }
        for row in 0..<count where !argument.isNull(row) { state &+= 1 }
    },
    merge: { state, other, _ throws(SQLError) in state &+= other },
    finish: { state, _ throws(SQLError) in Datum(word: state) })

// MARK: Sums of integers

private struct IntegerSum: BitwiseCopyable, Sendable {
    var sum: Int128 = 0
    var count: Int64 = 0
}

private func addWord(
    _ state: inout IntegerSum, _ arguments: [Vector], _ row: Int, _ context: FunctionContext
) throws(SQLError) {
    state.sum &+= Int128(arguments[0].words[row])
    state.count &+= 1
}

private func addWords(
    _ state: inout IntegerSum, _ arguments: [Vector], _ count: Int, _ context: FunctionContext
) throws(SQLError) {
    let argument = arguments[0]
    var sum: Int128 = 0
    if argument.hasNulls {
        for row in 0..<count where !argument.isNull(row) {
            sum &+= Int128(argument.words[row])
            state.count &+= 1
        }
    } else {
        for row in 0..<count { sum &+= Int128(argument.words[row]) }
        state.count &+= Int64(count)
    }
    state.sum &+= sum
}

private func addSums(
    _ state: inout IntegerSum, _ other: IntegerSum, _: FunctionContext
) throws(SQLError) {
    state.sum &+= other.sum
    state.count &+= other.count
}

/// bigint.
private let integerSum = aggregate(
    IntegerSum(), step: addWord, all: addWords, merge: addSums,
    finish: { state, _ throws(SQLError) in
        if state.count == 0 { return .null }
        guard let sum = Int64(exactly: state.sum) else { throw outOfRange("bigint") }
        return Datum(word: sum)
    })

/// numeric.
private let bigintSum = aggregate(
    IntegerSum(), step: addWord, all: addWords, merge: addSums,
    finish: { state, context throws(SQLError) in
        if state.count == 0 { return .null }
        return Datum(view: Numeric.make(state.sum, scale: 0, arena: context.arena))
    })

private let integerAverage = aggregate(
    IntegerSum(), step: addWord, all: addWords, merge: addSums,
    finish: { state, context throws(SQLError) in
        if state.count == 0 { return .null }
        let sum = Numeric.make(state.sum, scale: 0, arena: context.arena)
        let count = Numeric.make(state.count, arena: context.arena)
        return Datum(view: try Numeric.divide(sum, count, arena: context.arena))
    })

// MARK: Sums of numerics

/// Small values of one scale are added up as integers; everything else goes to `rest`.
private struct NumericSum: BitwiseCopyable, Sendable {
    var small: Int128 = 0
    /// Scale of `small`, -1 before the first value.
    var scale: Int32 = -1
    var hasRest = false
    var restLow: UInt64 = 0
    var restHigh: UInt64 = 0
    var count: Int64 = 0

    var rest: ByteView {
        get { unsafeBitCast((restLow, restHigh), to: ByteView.self) }
        set { (restLow, restHigh) = unsafeBitCast(newValue, to: (UInt64, UInt64).self) }
    }

    @inline(__always)
    mutating func add(_ view: ByteView, _ context: FunctionContext) throws(SQLError) {
        count &+= 1
        if Numeric.isSmall(view) {
            let scale = Int32(truncatingIfNeeded: view.head)
            if scale == self.scale {
                small &+= Int128(Numeric.scaled(view))
                return
            }
            if self.scale < 0 {
                self.scale = scale
                small = Int128(Numeric.scaled(view))
                return
            }
        }
        try addToRest(view, context)
    }

    @inline(never)
    mutating func addToRest(_ view: ByteView, _ context: FunctionContext) throws(SQLError) {
        rest =
            hasRest
            ? try Numeric.add(rest, view, arena: context.stateArena)
            : view.copied(into: context.stateArena)
        hasRest = true
    }

    func total(_ context: FunctionContext) throws(SQLError) -> ByteView {
        if scale < 0 { return rest }
        let sum = Numeric.make(small, scale: Int(scale), arena: context.arena)
        return hasRest ? try Numeric.add(sum, rest, arena: context.arena) : sum
    }
}

private func addNumeric(
    _ state: inout NumericSum, _ arguments: [Vector], _ row: Int, _ context: FunctionContext
) throws(SQLError) {
    try state.add(arguments[0].views[row], context)
}

private func addNumerics(
    _ state: inout NumericSum, _ arguments: [Vector], _ count: Int, _ context: FunctionContext
) throws(SQLError) {
    let argument = arguments[0]
    if argument.hasNulls {
        for row in 0..<count where !argument.isNull(row) {
            try state.add(argument.views[row], context)
        }
        return
    }
    var row = 0
    while row < count, state.scale < 0 {
        try state.add(argument.views[row], context)
        row += 1
    }
    // The run of small values of the state's scale: one compare and a wide add each.
    let head = UInt32(truncatingIfNeeded: state.scale)
    let views = argument.views
    while row < count {
        var sum: Int128 = 0
        let start = row
        while row < count, Numeric.isSmall(views[row]), views[row].head == head {
            sum &+= Int128(Numeric.scaled(views[row]))
            row += 1
        }
        state.small &+= sum
        state.count &+= Int64(row - start)
        if row < count {
            try state.add(views[row], context)
            row += 1
        }
    }
}

private func mergeNumerics(
    _ state: inout NumericSum, _ other: NumericSum, _ context: FunctionContext
) throws(SQLError) {
    if other.count == 0 { return }
    let total = state.count + other.count
    try state.add(try other.total(context), context)
    state.count = total
}

private let numericSum = aggregate(
    NumericSum(), step: addNumeric, all: addNumerics, merge: mergeNumerics,
    finish: { state, context throws(SQLError) in
        if state.count == 0 { return .null }
        return Datum(view: try state.total(context))
    })

private let numericAverage = aggregate(
    NumericSum(), step: addNumeric, all: addNumerics, merge: mergeNumerics,
    finish: { state, context throws(SQLError) in
        if state.count == 0 { return .null }
        let count = Numeric.make(state.count, arena: context.arena)
        return Datum(
            view: try Numeric.divide(try state.total(context), count, arena: context.arena))
    })

// MARK: Floating point

/// Youngs and Cramer's updating of sum and sum of squared deviations, as PostgreSQL.
private struct FloatSum: BitwiseCopyable, Sendable {
    var count: Double = 0
    var sum: Double = 0
    var squares: Double = 0

    mutating func add(_ value: Double) throws(SQLError) {
        let before = count
        count += 1
        let oldSum = sum
        sum += value
        if before > 0 {
            let difference = value * count - sum
            squares += difference * difference / (count * before)
            if sum.isInfinite || squares.isInfinite {
                if oldSum.isFinite, value.isFinite { throw floatOverflow() }
                squares = .nan
            }
        } else if !value.isFinite {
            squares = .nan
        }
    }
}

private func floatSum(isReal: Bool) -> AggregateKernel {
    aggregate(
        FloatSum(),
        step: { state, arguments, row, _ throws(SQLError) in
            let value = floatValue(arguments[0].words[row], isReal: isReal)
            let sum = isReal ? Double(Float(state.sum + value)) : state.sum + value
            if sum.isInfinite, state.sum.isFinite, value.isFinite { throw floatOverflow() }
            state.sum = sum
            state.count += 1
        },
        all: { state, arguments, count, _ throws(SQLError) in
            let argument = arguments[0]
            var sum = state.sum
            for row in 0..<count where !argument.isNull(row) {
                let value = floatValue(argument.words[row], isReal: isReal)
                let next = isReal ? Double(Float(sum + value)) : sum + value
                if next.isInfinite, sum.isFinite, value.isFinite { throw floatOverflow() }
                sum = next
                state.count += 1
            }
            state.sum = sum
        },
        finish: { state, _ throws(SQLError) in
            if state.count == 0 { return .null }
            return isReal ? Datum(Float(state.sum)) : Datum(state.sum)
        })
}

private func floatAverage(isReal: Bool) -> AggregateKernel {
    aggregate(
        FloatSum(),
        step: { state, arguments, row, _ throws(SQLError) in
            try state.add(floatValue(arguments[0].words[row], isReal: isReal))
        },
        finish: { state, _ throws(SQLError) in
            state.count == 0 ? .null : Datum(state.sum / state.count)
        })
}

private func floatVariance(isReal: Bool, isSample: Bool, isRoot: Bool) -> AggregateKernel {
    aggregate(
        FloatSum(),
        step: { state, arguments, row, _ throws(SQLError) in
            try state.add(floatValue(arguments[0].words[row], isReal: isReal))
        },
        finish: { state, _ throws(SQLError) in
            if state.count <= (isSample ? 1 : 0) { return .null }
            let variance = state.squares / (isSample ? state.count - 1 : state.count)
            return Datum(isRoot ? variance.squareRoot() : variance)
        })
}

// MARK: Folds and extremes

private struct WordFold: BitwiseCopyable, Sendable {
    var value: Int64 = 0
    var hasValue = false
}

private func wordFold(
    all: (@Sendable (inout WordFold, [Vector], Int, FunctionContext) throws(SQLError) -> Void)? =
        nil,
    _ operation: @escaping @Sendable (Int64, Int64) -> Int64
) -> AggregateKernel {
    aggregate(
        WordFold(),
        step: { state, arguments, row, _ throws(SQLError) in
            let word = arguments[0].words[row]
            state.value = state.hasValue ? operation(state.value, word) : word
            state.hasValue = true
        },
        all: all,
        merge: { state, other, _ throws(SQLError) in
            guard other.hasValue else { return }
            state.value = state.hasValue ? operation(state.value, other.value) : other.value
            state.hasValue = true
        },
        finish: { state, _ throws(SQLError) in state.hasValue ? Datum(word: state.value) : .null })
}

private struct Extreme: BitwiseCopyable, Sendable {
    var low: UInt64 = 0
    var high: UInt64 = 0
    var hasValue = false

    var view: ByteView {
        get { unsafeBitCast((low, high), to: ByteView.self) }
        set { (low, high) = unsafeBitCast(newValue, to: (UInt64, UInt64).self) }
    }
}

/// The largest or smallest of a batch of signed words: a loop without calls.
private func foldAll(_ isMaximum: Bool) -> (
    @Sendable (inout WordFold, [Vector], Int, FunctionContext) throws(SQLError) -> Void
) {
    { (state, arguments, count, _) throws(SQLError) in
        let argument = arguments[0]
        let words = argument.words
        var row = 0
        if !state.hasValue {
            while row < count, argument.isNull(row) { row += 1 }
            if row == count { return }
            state = WordFold(value: words[row], hasValue: true)
        }
        var value = state.value
        if argument.hasNulls {
            while row < count {
                if !argument.isNull(row) {
                    value = isMaximum ? max(value, words[row]) : min(value, words[row])
                }
                row += 1
            }
        } else if isMaximum {
            while row < count {
                value = max(value, words[row])
                row += 1
            }
        } else {
            while row < count {
                value = min(value, words[row])
                row += 1
            }
        }
        state.value = value
    }
}

private func extreme(_ type: OID, isMaximum: Bool) -> AggregateKernel {
    let kind = TypeComparison.kind(of: type)
    switch kind {
    case .signed:
        return wordFold(all: foldAll(isMaximum)) { isMaximum ? max($0, $1) : min($0, $1) }
    case .unsigned, .float4, .float8:
        return wordFold { left, right in
            let order = TypeComparison.compare(Datum(word: left), Datum(word: right), kind: kind)
            return (order < 0) == isMaximum ? right : left
        }
    case .bytes, .blankPadded, .numeric, .array, .interval, .timetz, .jsonb, .record, .network,
        .bits, .range, .multirange:
        break
    }
    return aggregate(
        Extreme(),
        step: { state, arguments, row, context throws(SQLError) in
            let value = arguments[0].views[row]
            if state.hasValue {
                let order = TypeComparison.compare(
                    Datum(view: value), Datum(view: state.view), kind: kind)
                // Of equals the later wins (1.0, 1.00), except of bpchar.
                let isTieKept = order == 0 && kind == .blankPadded
                if isTieKept || (isMaximum ? order < 0 : order > 0) { return }
            }
            state.view = value.copied(into: context.stateArena)
            state.hasValue = true
        },
        finish: { state, _ throws(SQLError) in
            state.hasValue ? Datum(view: state.view) : .null
        })
}

// MARK: string_agg

/// Bytes gathered in the arena; moved to a place twice as large when it is full.
private struct Gathered: BitwiseCopyable, Sendable {
    var address: UInt = 0
    var count = 0
    var capacity = 0
    var hasValue = false

    mutating func append(_ view: ByteView, _ arena: Arena) {
        if count + view.count > capacity {
            let size = max(capacity * 2, count + view.count, 64)
            let target = arena.allocate(byteCount: size)
            if count > 0, let old = UnsafeRawPointer(bitPattern: address) {
                target.copyMemory(from: old, byteCount: count)
            }
            address = UInt(bitPattern: target)
            capacity = size
        }
        guard let target = UnsafeMutableRawPointer(bitPattern: address) else { return }
        view.withBytes { bytes in
            if let source = bytes.baseAddress {
                (target + count).copyMemory(from: source, byteCount: bytes.count)
            }
        }
        count += view.count
    }
}

private let stringAggregate = aggregate(
    Gathered(),
    step: { state, arguments, row, context throws(SQLError) in
        if state.hasValue, !arguments[1].isNull(row) {
            state.append(arguments[1].views[row], context.stateArena)
        }
        state.hasValue = true
        state.append(arguments[0].views[row], context.stateArena)
    },
    finish: { state, _ throws(SQLError) in
        guard state.hasValue else { return .null }
        let bytes = UnsafeRawBufferPointer(
            start: UnsafeRawPointer(bitPattern: state.address), count: state.count)
        return Datum(view: ByteView(borrowing: bytes))
    })
