internal import Base
internal import Types

/// Arrays: shape, elements, building (chapter 9.19). Equality and order are with the comparisons.
let arrayKernels: KernelTable.Theme = [
    (
        "array_length",
        .scalar { (arguments, _) throws(SQLError) in
            let lengths = ArrayBinary.lengths(arguments[0].view)
            let index = Int(arguments[1].word) - 1
            return lengths.indices.contains(index) ? Datum(word: Int64(lengths[index])) : .null
        }
    ),
    (
        "array_upper",
        .scalar { (arguments, _) throws(SQLError) in
            let lengths = ArrayBinary.lengths(arguments[0].view)
            let bounds = ArrayBinary.lowerBounds(arguments[0].view)
            let index = Int(arguments[1].word) - 1
            guard lengths.indices.contains(index) else { return .null }
            return Datum(word: Int64(bounds[index] + lengths[index] - 1))
        }
    ),
    (
        "array_lower",
        .scalar { (arguments, _) throws(SQLError) in
            let bounds = ArrayBinary.lowerBounds(arguments[0].view)
            let index = Int(arguments[1].word) - 1
            return bounds.indices.contains(index) ? Datum(word: Int64(bounds[index])) : .null
        }
    ),
    (
        "array_ndims",
        .scalar { (arguments, _) throws(SQLError) in
            let count = ArrayBinary.lengths(arguments[0].view).count
            return count == 0 ? .null : Datum(word: Int64(count))
        }
    ),
    (
        "array_cardinality",
        .scalar { (arguments, _) throws(SQLError) in
            let lengths = ArrayBinary.lengths(arguments[0].view)
            return Datum(word: Int64(lengths.isEmpty ? 0 : lengths.reduce(1, *)))
        }
    ),
    (
        "array_append",
        .scalar { (arguments, context) throws(SQLError) in
            let element = try elementType(context, array: 0, elements: [1])
            var elements = values(arguments[0], context)
            elements.append(arguments[1])
            return made(elements, element, context)
        }
    ),
    (
        "array_prepend",
        .scalar { (arguments, context) throws(SQLError) in
            let element = try elementType(context, array: 1, elements: [0])
            return made([arguments[0]] + values(arguments[1], context), element, context)
        }
    ),
    (
        "array_cat",
        .scalar { (arguments, context) throws(SQLError) in
            if arguments[0].isNull { return arguments[1] }
            if arguments[1].isNull { return arguments[0] }
            guard context.argumentTypes[0] == context.argumentTypes[1] else {
                throw mismatch(context)
            }
            let element = elementType(context.argumentTypes[0], .text)
            return made(
                values(arguments[0], context) + values(arguments[1], context), element, context)
        }
    ),
    (
        "array_position",
        .scalar { (arguments, context) throws(SQLError) in
            if arguments[0].isNull { return .null }
            _ = try elementType(context, array: 0, elements: [1])
            let found = values(arguments[0], context).firstIndex {
                isSame($0, arguments[1], context.argumentTypes[1])
            }
            let lower = ArrayBinary.lowerBounds(arguments[0].view).first ?? 1
            return found.map { Datum(word: Int64($0 + lower)) } ?? .null
        }
    ),
    (
        "array_remove",
        .scalar { (arguments, context) throws(SQLError) in
            if arguments[0].isNull { return .null }
            _ = try elementType(context, array: 0, elements: [1])
            let kept = values(arguments[0], context).filter {
                !isSame($0, arguments[1], context.argumentTypes[1])
            }
            return made(kept, elementType(context.argumentTypes[0], .text), context)
        }
    ),
    (
        "array_replace",
        .scalar { (arguments, context) throws(SQLError) in
            if arguments[0].isNull { return .null }
            _ = try elementType(context, array: 0, elements: [1, 2])
            let changed = values(arguments[0], context).map {
                isSame($0, arguments[1], context.argumentTypes[1]) ? arguments[2] : $0
            }
            return made(changed, elementType(context.argumentTypes[0], .text), context)
        }
    ),
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
        "arraycontains",
        containment { left, right, isSame in
            right.allSatisfy { value in !value.isNull && left.contains { isSame($0, value) } }
        }
    ),
    (
        "arraycontained",
        containment { left, right, isSame in
            left.allSatisfy { value in !value.isNull && right.contains { isSame($0, value) } }
        }
    ),
    (
        "arrayoverlap",
        containment { left, right, isSame in
            right.contains { value in !value.isNull && left.contains { isSame($0, value) } }
        }
    ),
]

private func values(_ array: Datum, _ context: FunctionContext) -> [Datum] {
    array.isNull ? [] : ArrayBinary.elements(array.view, arena: context.arena)
}

private func elementType(_ array: OID, _ fallback: OID) -> OID {
    TypeCatalog.info(array)?.elementOID ?? fallback
}

/// The array's element type; the arguments that are elements must have it.
private func elementType(
    _ context: FunctionContext, array: Int, elements: [Int]
) throws(SQLError) -> OID {
    guard let element = TypeCatalog.info(context.argumentTypes[array])?.elementOID,
        elements.allSatisfy({ context.argumentTypes[$0] == element })
    else { throw mismatch(context) }
    return element
}

private func mismatch(_ context: FunctionContext) -> SQLError {
    let names = context.argumentTypes.map { SQLType($0).name }
    return SQLError(
        .datatypeMismatch, "array and element types do not match: \(names.joined(separator: ", "))")
}

private func made(_ elements: [Datum], _ element: OID, _ context: FunctionContext) -> Datum {
    Datum(view: ArrayBinary.make(elements, element: element, arena: context.arena))
}

/// Nulls are the same.
private func isSame(_ left: Datum, _ right: Datum, _ type: OID) -> Bool {
    if left.isNull || right.isNull { return left.isNull && right.isNull }
    return TypeComparison.equal(left, right, type: type)
}

private func containment(
    _ test: @escaping @Sendable ([Datum], [Datum], (Datum, Datum) -> Bool) -> Bool
) -> Kernel {
    .scalar { (arguments, context) throws(SQLError) in
        let element = elementType(context.argumentTypes[0], .text)
        return Datum(
            test(values(arguments[0], context), values(arguments[1], context)) {
                !$0.isNull && !$1.isNull && TypeComparison.equal($0, $1, type: element)
            })
    }
}

private func join(
    _ array: Datum, _ separator: ByteView, null: ByteView?, _ context: FunctionContext
) -> Datum {
    let element = elementType(context.argumentTypes[0], .text)
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
    return made(elements, .text, context)
}

private func copy(
    _ bytes: UnsafeRawBufferPointer, _ range: Range<Int>, _ context: FunctionContext
) -> ByteView {
    ByteView(copying: UnsafeRawBufferPointer(rebasing: bytes[range]), into: context.arena)
}
