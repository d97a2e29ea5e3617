internal import Base
internal import Types

/// Arrays to delimited text and back: array_to_string, string_to_array.
let arrayTextKernels: KernelTable.Theme = [
    (
        "array_to_text",
        .scalar { (arguments, context) throws(SQLError) in
            join(arguments[0], arguments[1].view, null: nil, context)
        }
    ),
    (
        "array_to_text_null",
        .scalar { (arguments, context) throws(SQLError) in
            if arguments[0].isNull || arguments[1].isNull { return .null }
            return join(
                arguments[0], arguments[1].view,
                null: arguments[2].isNull ? nil : arguments[2].view,
                context)
        }
    ),
    (
        "text_to_array",
        .scalar { (arguments, context) throws(SQLError) in
            arguments[0].isNull ? .null : split(arguments[0].view, arguments[1], null: nil, context)
        }
    ),
    (
        "text_to_array_null",
        .scalar { (arguments, context) throws(SQLError) in
            if arguments[0].isNull { return .null }
            return split(
                arguments[0].view, arguments[1],
                null: arguments[2].isNull ? nil : arguments[2].view,
                context)
        }
    ),
    (
        "text_to_table",
        .series { (arguments, context) throws(SQLError) in
            table(arguments[0], arguments[1], null: nil, context)
        }
    ),
    (
        "text_to_table_null",
        .series { (arguments, context) throws(SQLError) in
            table(
                arguments[0], arguments[1], null: arguments[2].isNull ? nil : arguments[2].view,
                context)
        }
    ),
]

/// The parts as rows.
private func table(
    _ text: Datum, _ separator: Datum, null: ByteView?, _ context: FunctionContext
) -> Series {
    if text.isNull { return Series(.done) }
    let parts = split(text.view, separator, null: null, context).view
    return Series(
        .list(
            ArrayBinary.elements(parts.copied(into: context.stateArena), arena: context.stateArena),
            next: 0))
}

private func values(_ array: Datum, _ context: FunctionContext) -> [Datum] {
    array.isNull ? [] : ArrayBinary.elements(array.view, arena: context.arena)
}

private func join(
    _ array: Datum, _ separator: ByteView, null: ByteView?, _ context: FunctionContext
) -> Datum {
    let element = FunctionRegistry.elementType(of: context.argumentTypes[0]) ?? .text
    var buffer = ByteBuffer()
    var isFirst = true
    for value in values(array, context) where !value.isNull || null != nil {
        if !isFirst { buffer.append(separator) }
        isFirst = false
        if value.isNull {
            if let null { buffer.append(null) }
        } else {
            TypeIO.output(value, type: element, context: context.types, into: &buffer)
        }
    }
    return context.text(buffer)
}

/// A null separator splits into characters, an empty one not at all.
private func split(
    _ text: ByteView, _ separator: Datum, null: ByteView?, _ context: FunctionContext
) -> Datum {
    var parts: [ByteView] = []
    text.withBytes { bytes in
        if bytes.isEmpty { return }
        var start = 0
        if separator.isNull {
            while start < bytes.count {
                let end = TextEncoding.offset(bytes, characters: 1, from: start)
                parts.append(copy(bytes, start..<end, context))
                start = end
            }
            return
        }
        separator.view.withBytes { mark in
            if mark.count > 0 {
                while let found = find(mark, in: bytes, from: start) {
                    parts.append(copy(bytes, start..<found, context))
                    start = found + mark.count
                }
            }
        }
        parts.append(copy(bytes, start..<bytes.count, context))
    }
    let elements = parts.map { part in
        if let null, part == null { return Datum.null }
        return Datum(view: part)
    }
    return Datum(view: ArrayBinary.make(elements, element: .text, arena: context.arena))
}

private func copy(
    _ bytes: UnsafeRawBufferPointer, _ range: Range<Int>, _ context: FunctionContext
) -> ByteView {
    ByteView(copying: UnsafeRawBufferPointer(rebasing: bytes[range]), into: context.arena)
}
