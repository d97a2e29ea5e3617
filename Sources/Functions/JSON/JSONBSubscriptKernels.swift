internal import Base
internal import Types

/// `SET column['key'][0] = value`: unlike jsonb_set it makes what the path lacks.
let jsonbSubscriptKernels: KernelTable.Theme = [
    (
        "jsonb_set_element$own",
        .scalar { (arguments, context) throws(SQLError) in
            let arena = Arena()
            defer { withExtendedLifetime(arena) {} }
            let steps = ArrayValue(arguments[1].view, arena: arena).elements
            if steps.contains(where: \.isNull) {
                throw SQLError(
                    .nullValueNotAllowed, "jsonb subscript in assignment must not be null")
            }
            let new: JSONValue = arguments[2].isNull ? .null : .encoded(arguments[2].view.bytes)
            let setter = JSONBElementSetter(steps: steps.map { $0.view.bytes }, new: new)
            // Where there is nothing yet, the first subscript tells what there is to be.
            if arguments[0].isNull {
                let value =
                    arguments[3].bool
                    ? try setter.inArray([], 0) : try setter.inObject([], nil, 0)
                return try jsonb(value, context)
            }
            return try arguments[0].view.withBytes { (bytes) throws(SQLError) in
                try jsonb(try setter.applied(to: JSONB(bytes), 0), context)
            }
        }
    )
]

private struct JSONBElementSetter {
    let steps: [[UInt8]]
    let new: JSONValue

    func applied(to value: JSONB, _ level: Int) throws(SQLError) -> JSONValue {
        switch value.kind {
        case .object:
            guard case .object(let pairs) = JSONValue(opening: value) else { break }
            return try inObject(pairs, value, level)
        case .array:
            guard case .array(let elements) = JSONValue(opening: value) else { break }
            return try inArray(elements, level)
        case .null, .false, .true, .number, .string: break
        }
        throw SQLError(.invalidParameterValue, "cannot replace existing key")
            .detail("The path assumes key is a composite object, but it is a scalar value.")
    }

    func inObject(
        _ pairs: [(key: [UInt8], value: JSONValue)], _ value: JSONB?, _ level: Int
    ) throws(SQLError) -> JSONValue {
        var pairs = pairs
        let place = steps[level].withUnsafeBytes { key in value.flatMap { $0.index(of: key) } }
        guard let place else {
            pairs.append((steps[level], try made(level + 1)))
            return .object(pairs)
        }
        pairs[place].value = try replaced(pairs[place].value, level)
        return .object(pairs)
    }

    func inArray(_ elements: [JSONValue], _ level: Int) throws(SQLError) -> JSONValue {
        guard let index = JSONBElementSetter.index(steps[level]) else {
            throw SQLError(
                .invalidTextRepresentation,
                "path element at position \(level + 1) is not an integer: \"\(String(decoding: steps[level], as: UTF8.self))\""
            )
        }
        var elements = elements
        var place = index
        if place < 0 {
            guard -place <= elements.count else {
                throw SQLError(
                    .invalidParameterValue,
                    "path element at position \(level + 1) is out of range: \(index)")
            }
            place += elements.count
        }
        if place < elements.count {
            elements[place] = try replaced(elements[place], level)
            return .array(elements)
        }
        guard place < ArrayBinary.elementsMax else {
            throw SQLError(
                .programLimitExceeded,
                "number of jsonb array elements exceeds the maximum allowed (\(ArrayBinary.elementsMax))"
            )
        }
        // Nulls fill the gap.
        elements += repeatElement(JSONValue.null, count: place - elements.count)
        elements.append(try made(level + 1))
        return .array(elements)
    }

    private func replaced(_ old: JSONValue, _ level: Int) throws(SQLError) -> JSONValue {
        if level + 1 == steps.count { return new }
        guard case .encoded(let bytes) = old else { return new }
        return try bytes.span.bytes.withUnsafeBytes { (bytes) throws(SQLError) in
            try applied(to: JSONB(bytes), level + 1)
        }
    }

    /// What the rest of the path makes where nothing is: integers make arrays.
    private func made(_ level: Int) throws(SQLError) -> JSONValue {
        if level == steps.count { return new }
        return JSONBElementSetter.index(steps[level]) == nil
            ? try inObject([], nil, level) : try inArray([], level)
    }

    private static func index(_ step: [UInt8]) -> Int? {
        Int(String(decoding: step, as: UTF8.self)).flatMap { Int32(exactly: $0) }.map { Int($0) }
    }
}
