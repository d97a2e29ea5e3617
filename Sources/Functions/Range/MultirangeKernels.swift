internal import Base
internal import Types

/// Operators and functions of multiranges (chapter 9.20), alone and beside ranges.
let multirangeKernels: KernelTable.Theme =
    viewTheme("multirange", MultirangeOrder.self, separator: "_") + spanRelations
    + [
        viewSupport("multirange_cmp", MultirangeOrder.self),
        ("multirange_lower", bound { $0.ranges.first?.lower.value }),
        ("multirange_upper", bound { $0.ranges.last?.upper.value }),
        ("multirange_empty", test { $0.ranges.isEmpty }),
        ("multirange_lower_inc", test { $0.ranges.first?.lower.isInclusive ?? false }),
        ("multirange_upper_inc", test { $0.ranges.last?.upper.isInclusive ?? false }),
        ("multirange_lower_inf", test { $0.ranges.first.map { $0.lower.value == nil } ?? false }),
        ("multirange_upper_inf", test { $0.ranges.last.map { $0.upper.value == nil } ?? false }),
        ("range_overlaps_multirange", mixed { $1.overlaps($0) }),
        ("multirange_overlaps_range", mixed(isRangeFirst: false) { $1.overlaps($0) }),
        ("multirange_overlaps_multirange", relation { $0.overlaps($1) }),
        ("multirange_contains_range", mixed(isRangeFirst: false) { $1.contains($0) }),
        ("range_contained_by_multirange", mixed { $1.contains($0) }),
        ("range_contains_multirange", mixed { $0.contains($1.span) }),
        ("multirange_contained_by_range", mixed(isRangeFirst: false) { $0.contains($1.span) }),
        ("multirange_contains_multirange", relation { $0.contains($1) }),
        ("multirange_contained_by_multirange", relation { $1.contains($0) }),
        (
            "multirange_contains_elem",
            .scalar { (arguments, context) throws(SQLError) in
                Datum(multirange(arguments[0], context).contains(arguments[1]))
            }
        ),
        (
            "elem_contained_by_multirange",
            .scalar { (arguments, context) throws(SQLError) in
                Datum(multirange(arguments[1], context).contains(arguments[0]))
            }
        ),
        ("multirange_union", operation { $0.union($1) }),
        ("multirange_minus", operation { $0.subtracting($1) }),
        ("multirange_intersect", operation { $0.intersected(with: $1) }),
        ("multirange_intersect_agg_transfn", operation { $0.intersected(with: $1) }),
        (
            "range_merge_from_multirange",
            .scalar { (arguments, context) throws(SQLError) in
                Datum(view: multirange(arguments[0], context).span.view(arena: context.arena))
            }
        ),
        (
            "multirange_unnest",
            .series { (arguments, context) throws(SQLError) in
                let arena = context.stateArena
                let copy = arguments[0].view.copied(into: arena)
                return Series(
                    MultirangeValue(copy, arena: arena).ranges.map {
                        Datum(view: $0.view(arena: arena))
                    })
            }
        ),
        (
            "multirange_send",
            .scalar { (arguments, context) throws(SQLError) in
                sent(arguments[0], multirange(arguments[0], context).facts.multirange, context)
            }
        ),
    ]

/// Relations that only first and last bounds decide, of either a range or a multirange.
private let spanRelations: KernelTable.Theme = [
    ("adjacent", { @Sendable (left: RangeValue, right: RangeValue) in left.isAdjacent(to: right) }),
    ("before", { @Sendable (left: RangeValue, right: RangeValue) in left.isBefore(right) }),
    ("after", { @Sendable (left: RangeValue, right: RangeValue) in right.isBefore(left) }),
    ("overleft", { @Sendable (left: RangeValue, right: RangeValue) in left.isLeft(of: right) }),
    ("overright", { @Sendable (left: RangeValue, right: RangeValue) in left.isRight(of: right) }),
].flatMap { (name, body) in
    [("range", "multirange"), ("multirange", "range"), ("multirange", "multirange")].map {
        (left, right) in
        (
            "\(left)_\(name)_\(right)",
            Kernel.scalar { (arguments, context) throws(SQLError) in
                func span(_ datum: Datum, _ kind: String) -> RangeValue {
                    kind == "range"
                        ? RangeValue(datum.view, arena: context.arena)
                        : multirange(datum, context).span
                }
                return Datum(body(span(arguments[0], left), span(arguments[1], right)))
            }
        )
    }
}

private enum MultirangeOrder: ViewOrder {
    static func compare(_ left: ByteView, _ right: ByteView) -> Int {
        MultirangeValue.compare(left, right)
    }
}

private func multirange(_ datum: Datum, _ context: FunctionContext) -> MultirangeValue {
    MultirangeValue(datum.view, arena: context.arena)
}

private func bound(_ body: @escaping @Sendable (MultirangeValue) -> Datum?) -> Kernel {
    .scalar { (arguments, context) throws(SQLError) in
        let value = multirange(arguments[0], context)
        return owned(body(value), of: value.facts, context)
    }
}

private func test(_ body: @escaping @Sendable (MultirangeValue) -> Bool) -> Kernel {
    .scalar { (arguments, context) throws(SQLError) in
        Datum(body(multirange(arguments[0], context)))
    }
}

private func relation(
    _ body: @escaping @Sendable (MultirangeValue, MultirangeValue) -> Bool
) -> Kernel {
    .scalar { (arguments, context) throws(SQLError) in
        Datum(body(multirange(arguments[0], context), multirange(arguments[1], context)))
    }
}

/// A range and a multirange, in either order.
private func mixed(
    isRangeFirst: Bool = true,
    _ body: @escaping @Sendable (RangeValue, MultirangeValue) -> Bool
) -> Kernel {
    .scalar { (arguments, context) throws(SQLError) in
        let range = RangeValue(arguments[isRangeFirst ? 0 : 1].view, arena: context.arena)
        return Datum(body(range, multirange(arguments[isRangeFirst ? 1 : 0], context)))
    }
}

private func operation(
    _ body: @escaping @Sendable (MultirangeValue, MultirangeValue) -> MultirangeValue
) -> Kernel {
    .scalar { (arguments, context) throws(SQLError) in
        let result = body(multirange(arguments[0], context), multirange(arguments[1], context))
        return Datum(view: result.view(arena: context.arena))
    }
}

// MARK: Aggregates

/// range_agg: the union of all; null where nothing was there.
let rangeUnion = gatheringKernel { (elements, _, context) throws(SQLError) in
    var ranges: [RangeValue] = []
    var facts: RangeFacts?
    for element in elements where !element.isNull {
        let type = element.view.withBytes { OID(UInt32(bigEndian: $0.loadUnaligned(as: UInt32.self))) }
        if TypeCatalog.isMultirange(type) {
            let value = multirange(element, context)
            facts = value.facts
            ranges += value.ranges
        } else {
            let value = RangeValue(element.view, arena: context.arena)
            facts = value.facts
            ranges.append(value)
        }
    }
    return facts.map { MultirangeValue($0, ranges).view(arena: context.arena) }
}

let rangeIntersection = viewFold { (left, right, arena) throws(SQLError) in
    RangeValue(left, arena: arena).intersected(with: RangeValue(right, arena: arena))
        .view(arena: arena)
}

let multirangeIntersection = viewFold { (left, right, arena) throws(SQLError) in
    MultirangeValue(left, arena: arena).intersected(with: MultirangeValue(right, arena: arena))
        .view(arena: arena)
}
