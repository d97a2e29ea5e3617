internal import Base
internal import Types

/// Arrays from other arrays and elements: append, concatenate, remove, replace, fill, trim.
let arrayBuildKernels: KernelTable.Theme = [
    (
        "array_append",
        .scalar { (arguments, context) throws(SQLError) in
            var array = try extensible(arguments[0], context, at: 0)
            array.elements.append(arguments[1])
            return try grown(array, context)
        }
    ),
    (
        "array_prepend",
        .scalar { (arguments, context) throws(SQLError) in
            var array = try extensible(arguments[1], context, at: 1)
            array.elements.insert(arguments[0], at: 0)
            return try grown(array, context)
        }
    ),
    (
        "array_cat",
        .scalar { (arguments, context) throws(SQLError) in
            if arguments[0].isNull { return arguments[1] }
            if arguments[1].isNull { return arguments[0] }
            let left = ArrayValue(arguments[0].view, arena: context.arena)
            let right = ArrayValue(arguments[1].view, arena: context.arena)
            if left.isEmpty { return arguments[1] }
            if right.isEmpty { return arguments[0] }
            return Datum(view: try concatenated(left, right).view(arena: context.arena))
        }
    ),
    (
        "array_remove",
        .scalar { (arguments, context) throws(SQLError) in
            if arguments[0].isNull { return .null }
            var array = ArrayValue(arguments[0].view, arena: context.arena)
            guard array.dimensionCount <= 1 else {
                throw SQLError(
                    .featureNotSupported,
                    "removing elements from multidimensional arrays is not supported")
            }
            let element = array.element
            array.elements.removeAll { isSame($0, arguments[1], element) }
            array.lengths = [array.elements.count]
            return Datum(view: array.view(arena: context.arena))
        }
    ),
    (
        "array_replace",
        .scalar { (arguments, context) throws(SQLError) in
            if arguments[0].isNull { return .null }
            var array = ArrayValue(arguments[0].view, arena: context.arena)
            let element = array.element
            array.elements = array.elements.map {
                isSame($0, arguments[1], element) ? arguments[2] : $0
            }
            return Datum(view: array.view(arena: context.arena))
        }
    ),
    (
        "array_fill",
        .scalar { (arguments, context) throws(SQLError) in
            try fill(arguments[0], arguments[1], bounds: nil, context)
        }
    ),
    (
        "array_fill_with_lower_bounds",
        .scalar { (arguments, context) throws(SQLError) in
            try fill(arguments[0], arguments[1], bounds: arguments[2], context)
        }
    ),
    (
        "trim_array",
        .scalar { (arguments, context) throws(SQLError) in
            var array = ArrayValue(arguments[0].view, arena: context.arena)
            let length = array.lengths.first ?? 0
            guard (0...length).contains(Int(arguments[1].word)) else {
                throw SQLError(
                    .arrayElementError,
                    "number of elements to trim must be between 0 and \(length)")
            }
            if array.isEmpty { return arguments[0] }
            let kept = length - Int(arguments[1].word)
            array.elements = Array(array.elements.prefix(array.elements.count / length * kept))
            array.lengths[0] = kept
            array.lowerBounds = array.lengths.map { _ in 1 }
            return Datum(view: array.view(arena: context.arena))
        }
    ),
]

/// An array of at most one dimension to which elements are added; null is empty.
private func extensible(
    _ array: Datum, _ context: FunctionContext, at argument: Int
) throws(SQLError) -> ArrayValue {
    let element = FunctionRegistry.elementType(of: context.argumentTypes[argument]) ?? .text
    if array.isNull { return ArrayValue(element: element) }
    let value = ArrayValue(array.view, arena: context.arena)
    guard value.dimensionCount <= 1 else {
        throw SQLError(.dataException, "argument must be empty or one-dimensional array")
    }
    return value.isEmpty ? ArrayValue(element: element) : value
}

/// `array` after elements were added; the lower bound stays.
private func grown(_ array: ArrayValue, _ context: FunctionContext) throws(SQLError) -> Datum {
    var array = array
    array.lengths = [array.elements.count]
    if array.lowerBounds.isEmpty { array.lowerBounds = [1] }
    guard array.lowerBounds[0] + array.elements.count <= Int(Int32.max) else {
        throw SQLError(.numericValueOutOfRange, "integer out of range")
    }
    return Datum(view: array.view(arena: context.arena))
}

/// Arrays of the same number of dimensions, or of one more on one side.
private func concatenated(
    _ left: ArrayValue, _ right: ArrayValue
) throws(SQLError) -> ArrayValue {
    let difference = left.dimensionCount - right.dimensionCount
    guard difference.magnitude <= 1 else {
        throw incompatible(
            "Arrays of \(left.dimensionCount) and \(right.dimensionCount) dimensions are not compatible for concatenation."
        )
    }
    var result = difference >= 0 ? left : right
    let outer = result
    result.elements = left.elements + right.elements
    if difference == 0 {
        guard left.lengths.dropFirst() == right.lengths.dropFirst(),
            left.lowerBounds.dropFirst() == right.lowerBounds.dropFirst()
        else {
            throw incompatible(
                "Arrays with differing element dimensions are not compatible for concatenation.")
        }
        result.lengths[0] += right.lengths[0]
    } else {
        let inner = difference > 0 ? right : left
        guard Array(outer.lengths.dropFirst()) == inner.lengths,
            Array(outer.lowerBounds.dropFirst()) == inner.lowerBounds
        else {
            throw incompatible(
                "Arrays with differing dimensions are not compatible for concatenation.")
        }
        result.lengths[0] += 1
    }
    try ArrayValue.check(lengths: result.lengths, lowerBounds: result.lowerBounds)
    return result
}

private func incompatible(_ detail: String) -> SQLError {
    SQLError(.arraySubscriptError, "cannot concatenate incompatible arrays").detail(detail)
}

/// array_fill(value, lengths, lower bounds).
private func fill(
    _ value: Datum, _ lengths: Datum, bounds: Datum?, _ context: FunctionContext
) throws(SQLError) -> Datum {
    guard !lengths.isNull, !(bounds?.isNull ?? false) else {
        throw SQLError(
            .nullValueNotAllowed, "dimension array or low bound array cannot be null")
    }
    func wrong(_ detail: String) -> SQLError {
        SQLError(.arraySubscriptError, "wrong number of array subscripts").detail(detail)
    }
    func numbers(_ view: ByteView, _ what: StaticString) throws(SQLError) -> [Int] {
        let array = ArrayValue(view, arena: context.arena)
        guard array.dimensionCount <= 1 else {
            throw wrong("\(what) must be one dimensional.")
        }
        guard !array.elements.contains(where: \.isNull) else {
            throw SQLError(.nullValueNotAllowed, "dimension values cannot be null")
        }
        return array.elements.map { Int($0.word) }
    }
    let counts = try numbers(lengths.view, "Dimension array")
    guard counts.count <= ArrayBinary.dimensionsMax else {
        throw SQLError(
            .programLimitExceeded,
            "number of array dimensions (\(counts.count)) exceeds the maximum allowed "
                + "(\(ArrayBinary.dimensionsMax))")
    }
    var lowers = counts.map { _ in 1 }
    if let bounds {
        lowers = try numbers(bounds.view, "Dimension array")
        guard lowers.count == counts.count else {
            throw wrong("Low bound array has different size than dimensions array.")
        }
    }
    try ArrayValue.check(lengths: counts, lowerBounds: lowers)
    let element = context.argumentTypes[0]
    let count = counts.isEmpty ? 0 : counts.reduce(1, *)
    let size = TypeCatalog.info(element)?.physical == .word ? 8 : value.view.count
    guard value.isNull || count <= arraySizeBytesMax / (size + 4) else {
        throw SQLError(
            .programLimitExceeded,
            "array size exceeds the maximum allowed (\(arraySizeBytesMax))")
    }
    let array = ArrayValue(
        element: element, lengths: counts, lowerBounds: lowers,
        elements: Array(repeating: value, count: count))
    return Datum(view: array.view(arena: context.arena))
}

/// The most bytes of one value, as in PostgreSQL.
private let arraySizeBytesMax = 0x3FFF_FFFF
