internal import Base
internal import Types

/// to_char: text from timestamps and numbers by a template.
let toCharKernels: KernelTable.Theme = [
    (
        "timestamp_to_char",
        .scalar { (arguments, context) throws(SQLError) in
            let value = arguments[0].word
            if DateTime.isInfinite(value) || arguments[1].view.count == 0 { return .null }
            return context.text(
                TimestampFormatter(local: value, zone: nil).format(arguments[1].view.bytes))
        }
    ),
    (
        "timestamptz_to_char",
        .scalar { (arguments, context) throws(SQLError) in
            let value = arguments[0].word
            if DateTime.isInfinite(value) || arguments[1].view.count == 0 { return .null }
            let zone = context.types.timeZone
            let local = DateTime.local(value, in: zone)
            let instant =
                (value >= 0 ? value : value - 999_999) / 1_000_000
                + Int64(Calendar.unixEpochDays) * 86400
            let formatter = TimestampFormatter(local: local, zone: zone.period(at: instant))
            return context.text(formatter.format(arguments[1].view.bytes))
        }
    ),
    (
        "interval_to_char",
        .scalar { (arguments, context) throws(SQLError) in
            if arguments[1].view.count == 0 { return .null }
            let formatter = IntervalFormatter(Interval(arguments[0].view))
            return context.text(try formatter.format(arguments[1].view.bytes))
        }
    ),
    (
        "numeric_to_number",
        .scalar { (arguments, context) throws(SQLError) in
            if arguments[1].view.count == 0 { return .null }
            var reader = try NumberReader(arguments[1].view.bytes)
            return Datum(view: try reader.read(arguments[0].view.bytes, arena: context.arena))
        }
    ),
    (
        "int4_to_char",
        .scalar { (arguments, context) throws(SQLError) in
            try number(Numeric.make(arguments[0].word, arena: context.arena), arguments[1], context)
        }
    ),
    (
        "int8_to_char",
        .scalar { (arguments, context) throws(SQLError) in
            try number(Numeric.make(arguments[0].word, arena: context.arena), arguments[1], context)
        }
    ),
    (
        "numeric_to_char",
        .scalar { (arguments, context) throws(SQLError) in
            try number(arguments[0].view, arguments[1], context)
        }
    ),
    (
        "float8_to_char",
        .scalar { (arguments, context) throws(SQLError) in
            try number(
                Numeric.make(arguments[0].double, arena: context.arena), arguments[1], context)
        }
    ),
    (
        "float4_to_char",
        .scalar { (arguments, context) throws(SQLError) in
            try number(
                Numeric.make(arguments[0].float, arena: context.arena), arguments[1], context)
        }
    ),
]

private func number(
    _ value: ByteView, _ template: Datum, _ context: FunctionContext
) throws(SQLError) -> Datum {
    let format = try NumberFormat(template.view.bytes)
    if format.isRoman {
        let whole = Numeric.isFinite(value) ? try Numeric.int64(value, typeName: "bigint") : nil
        return context.text(format.roman(whole ?? 0))
    }
    if format.isExponent { return context.text(format.exponentForm(try Numeric.double(value))) }
    var scaled = value
    if format.shiftCount > 0 {
        let power = try Numeric.power(
            Numeric.small(10, scale: 0), Numeric.small(Int64(format.shiftCount), scale: 0),
            arena: context.arena)
        scaled = try Numeric.multiply(value, power, arena: context.arena)
    }
    let rounded = try Numeric.round(scaled, digits: format.fractionCount, arena: context.arena)
    var text = ByteBuffer()
    Numeric.append(try Numeric.absolute(rounded, arena: context.arena), to: &text)
    return context.text(format.format(text.bytes, isNegative: Numeric.signum(value) < 0))
}
