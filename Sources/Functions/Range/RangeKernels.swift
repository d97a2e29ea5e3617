internal import Base
internal import Types

/// Operators and functions of ranges (chapter 9.20). Values say themselves of which type they are.
let rangeKernels: KernelTable.Theme =
    viewTheme("range", RangeOrder.self, separator: "_")
    + [
        viewSupport("range_cmp", RangeOrder.self),
        ("range_lower", bound { $0.lower.value }),
        ("range_upper", bound { $0.upper.value }),
        ("range_empty", test { $0.isEmpty }),
        ("range_lower_inc", test { $0.lower.isInclusive }),
        ("range_upper_inc", test { $0.upper.isInclusive }),
        ("range_lower_inf", test { !$0.isEmpty && $0.lower.value == nil }),
        ("range_upper_inf", test { !$0.isEmpty && $0.upper.value == nil }),
        ("range_overlaps", relation { $0.overlaps($1) }),
        ("range_contains", relation { $0.contains($1) }),
        ("range_contained_by", relation { $1.contains($0) }),
        ("range_adjacent", relation { $0.isAdjacent(to: $1) }),
        ("range_before", relation { $0.isBefore($1) }),
        ("range_after", relation { $1.isBefore($0) }),
        ("range_overleft", relation { $0.isLeft(of: $1) }),
        ("range_overright", relation { $0.isRight(of: $1) }),
        (
            "range_contains_elem",
            .scalar { (arguments, context) throws(SQLError) in
                Datum(RangeValue(arguments[0].view, arena: context.arena).contains(arguments[1]))
            }
        ),
        (
            "elem_contained_by_range",
            .scalar { (arguments, context) throws(SQLError) in
                Datum(RangeValue(arguments[1].view, arena: context.arena).contains(arguments[0]))
            }
        ),
        (
            "range_union",
            operation { (left, right) throws(SQLError) in
                guard
                    left.isEmpty || right.isEmpty || left.overlaps(right)
                        || left.isAdjacent(to: right)
                else { throw notContiguous("union") }
                return left.merged(with: right)
            }
        ),
        ("range_merge", operation { (left, right) throws(SQLError) in left.merged(with: right) }),
        (
            "range_intersect",
            operation { (left, right) throws(SQLError) in left.intersected(with: right) }
        ),
        (
            "range_intersect_agg_transfn",
            operation { (left, right) throws(SQLError) in left.intersected(with: right) }
        ),
        (
            "range_minus",
            operation { (left, right) throws(SQLError) in
                let parts = left.subtracting(right)
                guard parts.count < 2 else { throw notContiguous("difference") }
                return parts.first ?? .empty(left.facts)
            }
        ),
        ("int4range_canonical", .scalar { (arguments, _) throws(SQLError) in arguments[0] }),
        ("int8range_canonical", .scalar { (arguments, _) throws(SQLError) in arguments[0] }),
        ("daterange_canonical", .scalar { (arguments, _) throws(SQLError) in arguments[0] }),
        (
            "range_send",
            .scalar { (arguments, context) throws(SQLError) in
                let type = RangeValue(arguments[0].view, arena: context.arena).facts.range
                return sent(arguments[0], type, context)
            }
        ),
        ("int4range_subdiff", distance { $0.map { Double($0.word) } }),
        ("int8range_subdiff", distance { $0.map { Double($0.word) } }),
        ("daterange_subdiff", distance { $0.map { Double($0.word) } }),
        (
            "numrange_subdiff",
            .scalar { (arguments, context) throws(SQLError) in
                let difference = try Numeric.subtract(
                    arguments[0].view, arguments[1].view, arena: context.arena)
                return Datum(try Numeric.double(difference))
            }
        ),
        ("tsrange_subdiff", distance { $0.map { Double($0.word) / 1_000_000 } }),
        ("tstzrange_subdiff", distance { $0.map { Double($0.word) / 1_000_000 } }),
    ]

private enum RangeOrder: ViewOrder {
    static func compare(_ left: ByteView, _ right: ByteView) -> Int {
        RangeValue.compare(left, right)
    }
}

private func notContiguous(_ what: String) -> SQLError {
    SQLError(.dataException, "result of range \(what) would not be contiguous")
}

func sent(_ datum: Datum, _ type: OID, _ context: FunctionContext) -> Datum {
    var buffer = ByteBuffer()
    TypeIO.send(datum, type: type, context: context.types, into: &buffer)
    return context.text(buffer)
}

/// A long value may lie in its range's bytes, which do not outlast the batch of arguments.
private func bound(_ body: @escaping @Sendable (RangeValue) -> Datum?) -> Kernel {
    .scalar { (arguments, context) throws(SQLError) in
        let range = RangeValue(arguments[0].view, arena: context.arena)
        return owned(body(range), of: range.facts, context)
    }
}

/// A bound as a result of its own; null where there is none.
func owned(_ value: Datum?, of facts: RangeFacts, _ context: FunctionContext) -> Datum {
    guard let value else { return .null }
    let isWord = TypeCatalog.info(facts.subtype)?.physical == .word
    return isWord ? value : Datum(view: value.view.copied(into: context.arena))
}

private func test(_ body: @escaping @Sendable (RangeValue) -> Bool) -> Kernel {
    .scalar { (arguments, context) throws(SQLError) in
        Datum(body(RangeValue(arguments[0].view, arena: context.arena)))
    }
}

private func relation(
    _ body: @escaping @Sendable (RangeValue, RangeValue) -> Bool
) -> Kernel {
    .scalar { (arguments, context) throws(SQLError) in
        Datum(
            body(
                RangeValue(arguments[0].view, arena: context.arena),
                RangeValue(arguments[1].view, arena: context.arena)))
    }
}

private func operation(
    _ body: @escaping @Sendable (RangeValue, RangeValue) throws(SQLError) -> RangeValue
) -> Kernel {
    .scalar { (arguments, context) throws(SQLError) in
        let result = try body(
            RangeValue(arguments[0].view, arena: context.arena),
            RangeValue(arguments[1].view, arena: context.arena))
        return Datum(view: result.view(arena: context.arena))
    }
}

/// How far two values lie apart, as GiST asks for it.
private func distance(_ numbers: @escaping @Sendable ([Datum]) -> [Double]) -> Kernel {
    .scalar { (arguments, _) throws(SQLError) in
        let values = numbers([arguments[0], arguments[1]])
        return Datum(values[0] - values[1])
    }
}
