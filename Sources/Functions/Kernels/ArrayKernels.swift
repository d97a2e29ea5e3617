internal import Base
internal import Types

/// Arrays: shape, search, containment (chapter 9.19). Equality and order are with the comparisons.
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
        "array_dims",
        .scalar { (arguments, context) throws(SQLError) in
            let lengths = ArrayBinary.lengths(arguments[0].view)
            if lengths.isEmpty { return .null }
            let bounds = zip(ArrayBinary.lowerBounds(arguments[0].view), lengths)
            return context.text(bounds.map { "[\($0):\($0 + $1 - 1)]" }.joined())
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
        "array_position",
        .scalar { (arguments, context) throws(SQLError) in
            if arguments[0].isNull { return .null }
            return try position(arguments, from: nil, context)
        }
    ),
    (
        "array_position_start",
        .scalar { (arguments, context) throws(SQLError) in
            if arguments[0].isNull { return .null }
            guard !arguments[2].isNull else {
                throw SQLError(.nullValueNotAllowed, "initial position must not be null")
            }
            return try position(arguments, from: Int(arguments[2].word), context)
        }
    ),
    (
        "array_positions",
        .scalar { (arguments, context) throws(SQLError) in
            if arguments[0].isNull { return .null }
            let array = try searched(arguments[0], context)
            let lower = array.lowerBounds.first ?? 1
            let found = array.elements.indices.filter {
                isSame(array.elements[$0], arguments[1], array.element)
            }
            return Datum(
                view: ArrayBinary.make(
                    found.map { Datum(word: Int64($0 + lower)) }, element: .int4,
                    arena: context.arena))
        }
    ),
    (
        "width_bucket_array",
        .scalar { (arguments, context) throws(SQLError) in
            let thresholds = ArrayValue(arguments[1].view, arena: context.arena)
            guard thresholds.dimensionCount <= 1 else {
                throw SQLError(.arraySubscriptError, "thresholds must be one-dimensional array")
            }
            guard !thresholds.elements.contains(where: \.isNull) else {
                throw SQLError(.nullValueNotAllowed, "thresholds array must not contain NULLs")
            }
            let kind = TypeComparison.kind(of: thresholds.element)
            var low = 0
            var high = thresholds.elements.count
            while low < high {
                let middle = (low + high) / 2
                let order = TypeComparison.compare(
                    arguments[0], thresholds.elements[middle], kind: kind)
                if order < 0 { high = middle } else { low = middle + 1 }
            }
            return Datum(word: Int64(low))
        }
    ),
    (
        "oidvectortypes",
        .scalar { (arguments, context) throws(SQLError) in
            let types = ArrayBinary.elements(arguments[0].view, arena: context.arena)
            let names = types.map { TypeCatalog.info($0.oid)?.sqlName ?? "???" }
            return context.text(names.joined(separator: ", "))
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

/// Nulls are the same.
func isSame(_ left: Datum, _ right: Datum, _ type: OID) -> Bool {
    if left.isNull || right.isNull { return left.isNull && right.isNull }
    return TypeComparison.equal(left, right, type: type)
}

private func searched(_ array: Datum, _ context: FunctionContext) throws(SQLError) -> ArrayValue {
    let array = ArrayValue(array.view, arena: context.arena)
    guard array.dimensionCount <= 1 else {
        throw SQLError(
            .featureNotSupported,
            "searching for elements in multidimensional arrays is not supported")
    }
    return array
}

/// The subscript of the first element that is the second argument.
private func position(
    _ arguments: UnsafePointer<Datum>, from start: Int?, _ context: FunctionContext
) throws(SQLError) -> Datum {
    let array = try searched(arguments[0], context)
    let lower = array.lowerBounds.first ?? 1
    let first = max((start ?? lower) - lower, 0)
    guard first < array.elements.count else { return .null }
    let found = array.elements[first...].firstIndex {
        isSame($0, arguments[1], array.element)
    }
    return found.map { Datum(word: Int64($0 + lower)) } ?? .null
}

private func containment(
    _ test: @escaping @Sendable ([Datum], [Datum], (Datum, Datum) -> Bool) -> Bool
) -> Kernel {
    .scalar { (arguments, context) throws(SQLError) in
        let left = ArrayValue(arguments[0].view, arena: context.arena)
        let right = ArrayValue(arguments[1].view, arena: context.arena)
        let kind = TypeComparison.kind(of: left.element)
        return Datum(
            test(left.elements, right.elements) {
                !$0.isNull && !$1.isNull && TypeComparison.compare($0, $1, kind: kind) == 0
            })
    }
}
