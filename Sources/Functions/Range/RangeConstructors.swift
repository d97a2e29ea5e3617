internal import Base
internal import Types

/// The functions named as range and multirange types are, which all share few names in pg_proc: what
/// a function makes is its result type. Nil: no such name.
func rangeConstructor(_ key: String, of type: OID) -> Kernel? {
    if key == "multirange_constructor1" { return multirangeOfRange }
    guard let facts = TypeCatalog.range(type) else { return nil }
    return switch key {
    case "range_constructor2": rangeOf(facts, hasFlags: false)
    case "range_constructor3": rangeOf(facts, hasFlags: true)
    case "multirange_constructor0":
        .scalar { (_, context) throws(SQLError) in
            Datum(view: MultirangeValue(facts, []).view(arena: context.arena))
        }
    case "multirange_constructor2": multirangeOfArray(facts)
    default: nil
    }
}

private func rangeOf(_ facts: RangeFacts, hasFlags: Bool) -> Kernel {
    .scalar { (arguments, context) throws(SQLError) in
        var isLowerInclusive = true
        var isUpperInclusive = false
        if hasFlags {
            guard !arguments[2].isNull else {
                throw SQLError(
                    .dataException, "range constructor flags argument must not be null")
            }
            let flags = arguments[2].view.bytes
            guard flags.count == 2, flags[0] == 0x5B || flags[0] == 0x28,
                flags[1] == 0x5D || flags[1] == 0x29
            else {
                throw SQLError(.syntaxError, "invalid range bound flags")
                    .hint("Valid values are \"[]\", \"[)\", \"(]\", and \"()\".")
            }
            isLowerInclusive = flags[0] == 0x5B
            isUpperInclusive = flags[1] == 0x5D
        }
        func value(_ datum: Datum) -> Datum? { datum.isNull ? nil : datum }
        let range = try RangeValue.make(
            facts,
            from: RangeBound(
                value: value(arguments[0]), isInclusive: isLowerInclusive, isLower: true),
            to: RangeBound(
                value: value(arguments[1]), isInclusive: isUpperInclusive, isLower: false))
        return Datum(view: range.view(arena: context.arena))
    }
}

/// multirange(anyrange) too: the range says which it is.
private let multirangeOfRange = Kernel.scalar { (arguments, context) throws(SQLError) in
    let range = RangeValue(arguments[0].view, arena: context.arena)
    return Datum(view: MultirangeValue(range.facts, [range]).view(arena: context.arena))
}

private func multirangeOfArray(_ facts: RangeFacts) -> Kernel {
    .scalar { (arguments, context) throws(SQLError) in
        let array = ArrayValue(arguments[0].view, arena: context.arena)
        guard array.dimensionCount < 2 else {
            throw SQLError(
                .cardinalityViolation,
                "multiranges cannot be constructed from multidimensional arrays")
        }
        var ranges: [RangeValue] = []
        for element in array.elements {
            guard !element.isNull else {
                throw SQLError(
                    .nullValueNotAllowed, "multirange values cannot contain null members")
            }
            ranges.append(RangeValue(element.view, arena: context.arena))
        }
        return Datum(view: MultirangeValue(facts, ranges).view(arena: context.arena))
    }
}
