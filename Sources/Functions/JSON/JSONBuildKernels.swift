internal import Base
internal import Types

/// Making json and jsonb from SQL values (chapter 9.16.1, table 9.47).
let jsonBuildKernels: KernelTable.Theme = [
    (
        "to_json",
        .scalar { (arguments, context) throws(SQLError) in
            var buffer = ByteBuffer()
            JSONWriter(context: context.types)
                .append(arguments[0], context.argumentTypes[0], to: &buffer)
            return context.text(buffer)
        }
    ),
    (
        "to_jsonb",
        .scalar { (arguments, context) throws(SQLError) in
            try jsonb(
                JSONWriter(context: context.types)
                    .value(arguments[0], context.argumentTypes[0]), context)
        }
    ),
    ("row_to_json", .scalar { (arguments, context) throws(SQLError) in
        rowToJSON(arguments[0], isPretty: false, context)
    }),
    ("row_to_json_pretty", .scalar { (arguments, context) throws(SQLError) in
        rowToJSON(arguments[0], isPretty: arguments[1].bool, context)
    }),
    ("array_to_json", .scalar { (arguments, context) throws(SQLError) in
        arrayText(arguments[0].view, isPretty: false, context)
    }),
    ("array_to_json_pretty", .scalar { (arguments, context) throws(SQLError) in
        arrayText(arguments[0].view, isPretty: arguments[1].bool, context)
    }),
    ("json_build_array_noargs", .scalar { (_, context) throws(SQLError) in context.text("[]") }),
    ("json_build_object_noargs", .scalar { (_, context) throws(SQLError) in context.text("{}") }),
    (
        "jsonb_build_array_noargs",
        .scalar { (_, context) throws(SQLError) in try jsonb(.array([]), context) }
    ),
    (
        "jsonb_build_object_noargs",
        .scalar { (_, context) throws(SQLError) in try jsonb(.object([]), context) }
    ),
    ("json_build_array", .scalar(buildArray)),
    ("jsonb_build_array", .scalar(buildArrayB)),
    ("json_build_object", .scalar(buildObject)),
    ("jsonb_build_object", .scalar(buildObjectB)),
    ("json_object", .scalar { (arguments, context) throws(SQLError) in
        textObject(try pairs(arguments[0].view), context)
    }),
    ("json_object_two_arg", .scalar { (arguments, context) throws(SQLError) in
        textObject(try pairs(arguments[0].view, arguments[1].view), context)
    }),
    ("jsonb_object", .scalar { (arguments, context) throws(SQLError) in
        try jsonb(.object(values(try pairs(arguments[0].view))), context)
    }),
    ("jsonb_object_two_arg", .scalar { (arguments, context) throws(SQLError) in
        try jsonb(.object(values(try pairs(arguments[0].view, arguments[1].view))), context)
    }),
]

/// A jsonb result.
func jsonb(_ value: JSONValue, _ context: FunctionContext) throws(SQLError) -> Datum {
    Datum(view: value.view(in: context.arena))
}

private func arrayText(_ view: ByteView, isPretty: Bool, _ context: FunctionContext) -> Datum {
    var buffer = ByteBuffer()
    JSONWriter(context: context.types, isPretty: isPretty)
        .appendArray(view, isOutermost: true, to: &buffer)
    return context.text(buffer)
}

private func buildArray(
    _ arguments: UnsafePointer<Datum>, _ context: FunctionContext
) throws(SQLError) -> Datum {
    let writer = JSONWriter(context: context.types)
    var buffer = ByteBuffer()
    buffer.append(0x5B as UInt8)
    for (index, type) in context.argumentTypes.enumerated() {
        if index > 0 { buffer.append(", ") }
        writer.append(arguments[index], type, to: &buffer)
    }
    buffer.append(0x5D as UInt8)
    return context.text(buffer)
}

private func buildArrayB(
    _ arguments: UnsafePointer<Datum>, _ context: FunctionContext
) throws(SQLError) -> Datum {
    let writer = JSONWriter(context: context.types)
    var elements: [JSONValue] = []
    for (index, type) in context.argumentTypes.enumerated() {
        elements.append(try writer.value(arguments[index], type))
    }
    return try jsonb(.array(elements), context)
}

private func checkPairs(_ count: Int, _ name: StaticString) throws(SQLError) {
    guard count % 2 == 0 else {
        throw SQLError(
            .invalidParameterValue, "argument list must have even number of elements"
        ).hint("The arguments of \(name)() must consist of alternating keys and values.")
    }
}

private func buildObject(
    _ arguments: UnsafePointer<Datum>, _ context: FunctionContext
) throws(SQLError) -> Datum {
    let types = context.argumentTypes
    try checkPairs(types.count, "json_build_object")
    let writer = JSONWriter(context: context.types)
    var buffer = ByteBuffer()
    buffer.append(0x7B as UInt8)
    for index in stride(from: 0, to: types.count, by: 2) {
        if index > 0 { buffer.append(", ") }
        guard !arguments[index].isNull else {
            throw SQLError(.invalidParameterValue, "argument \(index + 1) cannot be null")
                .hint("Object keys should be text.")
        }
        try writer.key(arguments[index], types[index]).withBytes {
            JSONText.appendQuoted($0, to: &buffer)
        }
        buffer.append(" : ")
        writer.append(arguments[index + 1], types[index + 1], to: &buffer)
    }
    buffer.append(0x7D as UInt8)
    return context.text(buffer)
}

private func buildObjectB(
    _ arguments: UnsafePointer<Datum>, _ context: FunctionContext
) throws(SQLError) -> Datum {
    let types = context.argumentTypes
    try checkPairs(types.count, "jsonb_build_object")
    let writer = JSONWriter(context: context.types)
    var pairs: [(key: [UInt8], value: JSONValue)] = []
    for index in stride(from: 0, to: types.count, by: 2) {
        guard !arguments[index].isNull else {
            throw SQLError(
                .invalidParameterValue, "argument \(index + 1): key must not be null")
        }
        pairs.append(
            (
                try writer.key(arguments[index], types[index]),
                try writer.value(arguments[index + 1], types[index + 1])
            ))
    }
    return try jsonb(.object(pairs), context)
}

// MARK: Objects from arrays of text

private typealias TextPairs = [(key: [UInt8], value: [UInt8]?)]

private func key(_ datum: Datum) throws(SQLError) -> [UInt8] {
    if datum.isNull {
        throw SQLError(.nullValueNotAllowed, "null value not allowed for object key")
    }
    return datum.view.bytes
}

/// One array of keys and values in turn, or of pairs.
private func pairs(_ view: ByteView) throws(SQLError) -> TextPairs {
    let arena = Arena()
    defer { withExtendedLifetime(arena) {} }
    let array = ArrayValue(view, arena: arena)
    func failure(_ message: String) -> SQLError { SQLError(.arraySubscriptError, message) }
    switch array.dimensionCount {
    case 0: return []
    case 1 where array.lengths[0] % 2 != 0:
        throw failure("array must have even number of elements")
    case 1: break
    case 2 where array.lengths[1] != 2: throw failure("array must have two columns")
    case 2: break
    default: throw failure("wrong number of array subscripts")
    }
    var result: TextPairs = []
    for index in stride(from: 0, to: array.elements.count, by: 2) {
        let value = array.elements[index + 1]
        result.append((try key(array.elements[index]), value.isNull ? nil : value.view.bytes))
    }
    return result
}

private func pairs(_ keys: ByteView, _ values: ByteView) throws(SQLError) -> TextPairs {
    let arena = Arena()
    defer { withExtendedLifetime(arena) {} }
    let (left, right) = (ArrayValue(keys, arena: arena), ArrayValue(values, arena: arena))
    guard left.dimensionCount <= 1, left.dimensionCount == right.dimensionCount else {
        throw SQLError(.arraySubscriptError, "wrong number of array subscripts")
    }
    guard left.elements.count == right.elements.count else {
        throw SQLError(.arraySubscriptError, "mismatched array dimensions")
    }
    var result: TextPairs = []
    for (name, value) in zip(left.elements, right.elements) {
        result.append((try key(name), value.isNull ? nil : value.view.bytes))
    }
    return result
}

private func textObject(_ pairs: TextPairs, _ context: FunctionContext) -> Datum {
    var buffer = ByteBuffer()
    buffer.append(0x7B as UInt8)
    for (index, pair) in pairs.enumerated() {
        if index > 0 { buffer.append(", ") }
        pair.key.withBytes { JSONText.appendQuoted($0, to: &buffer) }
        buffer.append(" : ")
        if let value = pair.value {
            value.withBytes { JSONText.appendQuoted($0, to: &buffer) }
        } else {
            buffer.append("null")
        }
    }
    buffer.append(0x7D as UInt8)
    return context.text(buffer)
}

private func values(_ pairs: TextPairs) -> [(key: [UInt8], value: JSONValue)] {
    pairs.map { ($0.key, $0.value.map { .string($0) } ?? .null) }
}

extension [UInt8] {
    /// Array's own withUnsafeBytes, for an inout capture inside.
    func withBytes(_ body: (UnsafeRawBufferPointer) -> Void) { withUnsafeBytes { body($0) } }
}

private func rowToJSON(
    _ row: Datum, isPretty: Bool, _ context: FunctionContext
) -> Datum {
    var buffer = ByteBuffer()
    JSONWriter(context: context.types).appendRecord(row.view, isPretty: isPretty, to: &buffer)
    return context.text(buffer)
}
