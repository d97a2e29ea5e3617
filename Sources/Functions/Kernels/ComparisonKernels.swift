internal import Base
internal import Types

/// = <> < <= > >= and the ordering functions of every comparable type.

protocol Comparison: SendableMetatype {
    /// Of two words, or of a comparison's outcome and zero.
    static func holds(_ left: Int64, _ right: Int64) -> Bool
}
enum Equal: Comparison {
    static func holds(_ left: Int64, _ right: Int64) -> Bool { left == right }
}
enum NotEqual: Comparison {
    static func holds(_ left: Int64, _ right: Int64) -> Bool { left != right }
}
enum Less: Comparison {
    static func holds(_ left: Int64, _ right: Int64) -> Bool { left < right }
}
enum LessOrEqual: Comparison {
    static func holds(_ left: Int64, _ right: Int64) -> Bool { left <= right }
}
enum Greater: Comparison {
    static func holds(_ left: Int64, _ right: Int64) -> Bool { left > right }
}
enum GreaterOrEqual: Comparison {
    static func holds(_ left: Int64, _ right: Int64) -> Bool { left >= right }
}

/// Makes values of a type comparable as signed words.
protocol WordOrder: SendableMetatype {
    static func key(_ word: Int64) -> Int64
}
enum SignedOrder: WordOrder {
    static func key(_ word: Int64) -> Int64 { word }
}
enum UnsignedOrder: WordOrder {
    static func key(_ word: Int64) -> Int64 { word ^ .min }
}
/// One zero; NaN above everything.
enum DoubleOrder: WordOrder {
    static func key(_ word: Int64) -> Int64 { key(Double(bitPattern: UInt64(bitPattern: word))) }
    static func key(_ value: Double) -> Int64 {
        if value.isNaN { return .max }
        let bits = Int64(bitPattern: (value + 0).bitPattern)
        return bits >= 0 ? bits : bits ^ .max
    }
}
enum FloatOrder: WordOrder {
    static func key(_ word: Int64) -> Int64 {
        DoubleOrder.key(Double(Float(bitPattern: UInt32(truncatingIfNeeded: word))))
    }
}

private func wordComparison<Test: Comparison, Left: WordOrder, Right: WordOrder>(
    _: Test.Type, _: Left.Type, _: Right.Type
) -> Kernel {
    .vector { (arguments, count, result, _) throws(SQLError) in
        let left = arguments[0].words
        let right = arguments[1].words
        let target = result.words
        for row in 0..<count {
            target[row] = Test.holds(Left.key(left[row]), Right.key(right[row])) ? 1 : 0
        }
    }
}

/// Compares two views; negative, zero or positive.
protocol ViewOrder: SendableMetatype {
    static func compare(_ left: ByteView, _ right: ByteView) -> Int
    static func areEqual(_ left: ByteView, _ right: ByteView) -> Bool
}
extension ViewOrder {
    static func areEqual(_ left: ByteView, _ right: ByteView) -> Bool { compare(left, right) == 0 }
}
enum ByteOrder: ViewOrder {
    /// The first four bytes decide most: shorter values have zeros there, which sort first too.
    static func compare(_ left: ByteView, _ right: ByteView) -> Int {
        let a = left.head.bigEndian
        let b = right.head.bigEndian
        return a != b ? (a < b ? -1 : 1) : ByteView.compare(left, right)
    }
    static func areEqual(_ left: ByteView, _ right: ByteView) -> Bool { left == right }
}
enum BlankPaddedOrder: ViewOrder {
    static func compare(_ left: ByteView, _ right: ByteView) -> Int {
        let order = orderOfHeads(left, right)
        return order != 0 ? order : TypeComparison.compareBlankPadded(left, right)
    }
    static func areEqual(_ left: ByteView, _ right: ByteView) -> Bool {
        if orderOfHeads(left, right) != 0 { return false }
        return left == right || TypeComparison.compareBlankPadded(left, right) == 0
    }

    /// The first four bytes decide most, unless one of the two that differ first may be padding.
    @inline(__always)
    private static func orderOfHeads(_ left: ByteView, _ right: ByteView) -> Int {
        let (first, second) = (left.head, right.head)
        if first == second { return 0 }
        let shift = UInt32((first ^ second).trailingZeroBitCount & ~7)
        let a = UInt8(truncatingIfNeeded: first >> shift)
        let b = UInt8(truncatingIfNeeded: second >> shift)
        if a == 0 || b == 0 || a == 0x20 || b == 0x20 { return 0 }
        return a < b ? -1 : 1
    }
}
enum NumericOrder: ViewOrder {
    static func compare(_ left: ByteView, _ right: ByteView) -> Int { Numeric.compare(left, right) }
}
enum ArrayOrder: ViewOrder {
    static func compare(_ left: ByteView, _ right: ByteView) -> Int {
        ArrayBinary.compare(left, right)
    }
}

/// Null rows may hold stale pointers, so views are looked at only in valid rows.
private func viewComparison<Test: Comparison, Order: ViewOrder>(
    _: Test.Type, _: Order.Type
) -> Kernel {
    .vector { (arguments, count, result, _) throws(SQLError) in
        let left = arguments[0].views
        let right = arguments[1].views
        let target = result.words
        for row in 0..<count where !result.isNull(row) {
            target[row] = Test.holds(Int64(Order.compare(left[row], right[row])), 0) ? 1 : 0
        }
    }
}
private func viewEquality<Order: ViewOrder>(_: Order.Type, isEqual: Bool) -> Kernel {
    .vector { (arguments, count, result, _) throws(SQLError) in
        let left = arguments[0].views
        let right = arguments[1].views
        let target = result.words
        for row in 0..<count where !result.isNull(row) {
            target[row] = Order.areEqual(left[row], right[row]) == isEqual ? 1 : 0
        }
    }
}

private func sign(_ order: Int) -> Datum { Datum(word: Int64(order.signum())) }

private func wordTheme<Left: WordOrder, Right: WordOrder>(
    _ prefix: String, _ left: Left.Type, _ right: Right.Type, separator: String = ""
) -> KernelTable.Theme {
    let stem = prefix + separator
    return [
        (stem + "eq", wordComparison(Equal.self, left, right)),
        (stem + "ne", wordComparison(NotEqual.self, left, right)),
        (stem + "lt", wordComparison(Less.self, left, right)),
        (stem + "le", wordComparison(LessOrEqual.self, left, right)),
        (stem + "gt", wordComparison(Greater.self, left, right)),
        (stem + "ge", wordComparison(GreaterOrEqual.self, left, right)),
    ]
}

func viewTheme<Order: ViewOrder>(
    _ prefix: String, _ order: Order.Type, separator: String = "", ending: String = ""
) -> KernelTable.Theme {
    let stem = prefix + separator
    return [
        (stem + "eq" + ending, viewEquality(order, isEqual: true)),
        (stem + "ne" + ending, viewEquality(order, isEqual: false)),
        (stem + "lt" + ending, viewComparison(Less.self, order)),
        (stem + "le" + ending, viewComparison(LessOrEqual.self, order)),
        (stem + "gt" + ending, viewComparison(Greater.self, order)),
        (stem + "ge" + ending, viewComparison(GreaterOrEqual.self, order)),
    ]
}

/// Of equals the second wins, as in PostgreSQL; of bpchar the first.
func viewChoice<Order: ViewOrder>(
    _ prefix: String, _: Order.Type, prefersFirst: Bool = false
) -> KernelTable.Theme {
    let tie = prefersFirst ? -1 : 0
    return [
        (
            prefix + "larger",
            .scalar { (arguments, _) throws(SQLError) in
                Order.compare(arguments[0].view, arguments[1].view).signum() > tie
                    ? arguments[0] : arguments[1]
            }
        ),
        (
            prefix + "smaller",
            .scalar { (arguments, _) throws(SQLError) in
                -Order.compare(arguments[0].view, arguments[1].view).signum() > tie
                    ? arguments[0] : arguments[1]
            }
        ),
    ]
}

func viewSupport<Order: ViewOrder>(_ name: String, _: Order.Type) -> (String, Kernel) {
    (
        name,
        .scalar { (arguments, _) throws(SQLError) in
            sign(Order.compare(arguments[0].view, arguments[1].view))
        }
    )
}
private func wordSupport<Left: WordOrder, Right: WordOrder>(
    _ name: String, _: Left.Type, _: Right.Type
) -> (String, Kernel) {
    (
        name,
        .scalar { (arguments, _) throws(SQLError) in
            let left = Left.key(arguments[0].word)
            let right = Right.key(arguments[1].word)
            return Datum(word: left < right ? -1 : left > right ? 1 : 0)
        }
    )
}

/// Dates beside timestamps, and timestamps beside timestamptz: compared as the wider.
private func mixedTheme(
    _ prefix: String,
    _ compare: @escaping @Sendable (Int64, Int64, TypeContext) -> Int
) -> KernelTable.Theme {
    func test(_ holds: @escaping @Sendable (Int) -> Bool) -> Kernel {
        .scalar { (arguments, context) throws(SQLError) in
            Datum(holds(compare(arguments[0].word, arguments[1].word, context.types)))
        }
    }
    return [
        (prefix + "_eq_", test { $0 == 0 }), (prefix + "_ne_", test { $0 != 0 }),
        (prefix + "_lt_", test { $0 < 0 }), (prefix + "_le_", test { $0 <= 0 }),
        (prefix + "_gt_", test { $0 > 0 }), (prefix + "_ge_", test { $0 >= 0 }),
    ]
}

/// `x_eq_` + `y` for a mixed pair and its mirror.
private func mixedPair(
    _ left: String, _ right: String,
    _ compare: @escaping @Sendable (Int64, Int64, TypeContext) -> Int
) -> KernelTable.Theme {
    mixedTheme(left, compare).map { ($0.0 + right, $0.1) }
        + mixedTheme(right) { a, b, context in -compare(b, a, context) }.map { ($0.0 + left, $0.1) }
}

/// The µs of a date, saturated beyond timestamp's range.
private func saturated(date: Int64) -> Int64 {
    if DateTime.isInfinite(date: date) {
        return date > 0 ? .max : .min
    }
    let (product, overflow) = date.multipliedReportingOverflow(by: Calendar.microsecondsPerDay)
    return overflow ? (date > 0 ? .max - 1 : .min + 1) : product
}

/// The instant of a local time, saturated beyond the range.
private func saturated(local: Int64, _ context: TypeContext) -> Int64 {
    do {
        return try DateTime.instant(local: local, in: context.timeZone)
    } catch {
        return local > 0 ? .max - 1 : .min + 1
    }
}

private func order(_ left: Int64, _ right: Int64) -> Int {
    left < right ? -1 : left > right ? 1 : 0
}

let comparisonKernels: KernelTable.Theme =
    ["int2", "int4", "int8", "int24", "int42", "int28", "int82", "int48", "int84", "bool", "oid"]
    .flatMap { wordTheme($0, SignedOrder.self, SignedOrder.self) }
    + ["date", "timestamp", "time"].flatMap {
        wordTheme($0, SignedOrder.self, SignedOrder.self, separator: "_")
    }
    + wordTheme("tid", SignedOrder.self, SignedOrder.self)
    + wordTheme("char", SignedOrder.self, SignedOrder.self)
    + wordTheme("enum", SignedOrder.self, SignedOrder.self, separator: "_")
    + wordTheme("pg_lsn", UnsignedOrder.self, UnsignedOrder.self, separator: "_")
    + wordTheme("xid8", UnsignedOrder.self, UnsignedOrder.self)
    + wordTheme("float8", DoubleOrder.self, DoubleOrder.self)
    + wordTheme("float4", FloatOrder.self, FloatOrder.self)
    + wordTheme("float48", FloatOrder.self, DoubleOrder.self)
    + wordTheme("float84", DoubleOrder.self, FloatOrder.self)
    + viewTheme("text", ByteOrder.self).filter { $0.0 == "texteq" || $0.0 == "textne" }
    + viewTheme("text_", ByteOrder.self).filter { $0.0 != "text_eq" && $0.0 != "text_ne" }
    + viewTheme("text_pattern_", ByteOrder.self)
    + viewTheme("name", ByteOrder.self) + viewTheme("name", ByteOrder.self, ending: "text")
    + viewTheme("text", ByteOrder.self, ending: "name") + viewTheme("bytea", ByteOrder.self)
    + viewTheme("uuid", ByteOrder.self, separator: "_")
    + viewTheme("bpchar", BlankPaddedOrder.self)
    + viewTheme("numeric", NumericOrder.self, separator: "_")
    + viewTheme("array", ArrayOrder.self, separator: "_")
    + viewTheme("oidvector", ArrayOrder.self)
    + viewChoice("text_", ByteOrder.self)
    + viewChoice("bpchar_", BlankPaddedOrder.self, prefersFirst: true)
    + viewChoice("numeric_", NumericOrder.self) + viewChoice("array_", ArrayOrder.self)
    + [
        ("xideq", wordComparison(Equal.self, SignedOrder.self, SignedOrder.self)),
        ("xidneq", wordComparison(NotEqual.self, SignedOrder.self, SignedOrder.self)),
        ("cideq", wordComparison(Equal.self, SignedOrder.self, SignedOrder.self)),
        ("date_larger", words(Larger.self)), ("date_smaller", words(Smaller.self)),
        ("timestamp_larger", words(Larger.self)), ("timestamp_smaller", words(Smaller.self)),
        ("time_larger", words(Larger.self)), ("time_smaller", words(Smaller.self)),
        ("enum_larger", words(Larger.self)), ("enum_smaller", words(Smaller.self)),
        wordSupport("enum_cmp", SignedOrder.self, SignedOrder.self),
        ("tidlarger", words(Larger.self)), ("tidsmaller", words(Smaller.self)),
        wordSupport("xid8cmp", UnsignedOrder.self, UnsignedOrder.self),
        wordSupport("bttidcmp", SignedOrder.self, SignedOrder.self),
        ("oidlarger", words(Larger.self)), ("oidsmaller", words(Smaller.self)),
        viewSupport("bttextcmp", ByteOrder.self), viewSupport("btnamecmp", ByteOrder.self),
        viewSupport("byteacmp", ByteOrder.self), viewSupport("uuid_cmp", ByteOrder.self),
        viewSupport("bpcharcmp", BlankPaddedOrder.self),
        viewSupport("numeric_cmp", NumericOrder.self), viewSupport("btarraycmp", ArrayOrder.self),
        wordSupport("btint2cmp", SignedOrder.self, SignedOrder.self),
        wordSupport("btint4cmp", SignedOrder.self, SignedOrder.self),
        wordSupport("btint8cmp", SignedOrder.self, SignedOrder.self),
        wordSupport("btboolcmp", SignedOrder.self, SignedOrder.self),
        wordSupport("btoidcmp", SignedOrder.self, SignedOrder.self),
        wordSupport("date_cmp", SignedOrder.self, SignedOrder.self),
        wordSupport("timestamp_cmp", SignedOrder.self, SignedOrder.self),
        wordSupport("btfloat8cmp", DoubleOrder.self, DoubleOrder.self),
        wordSupport("btfloat4cmp", FloatOrder.self, FloatOrder.self),
    ]
    + mixedPair("date", "timestamp") { date, timestamp, _ in
        order(saturated(date: date), timestamp)
    }
    + mixedPair("date", "timestamptz") { date, instant, context in
        order(saturated(local: saturated(date: date), context), instant)
    }
    + mixedPair("timestamp", "timestamptz") { local, instant, context in
        order(saturated(local: local, context), instant)
    }
