public import Base

/// An array taken apart: its shape and its elements in storage order, the last dimension fastest.
public struct ArrayValue {
    public let element: OID
    public var lengths: [Int]
    public var lowerBounds: [Int]
    public var elements: [Datum]

    /// Long elements borrow the view's bytes, or lie in `arena`.
    public init(_ view: ByteView, arena: Arena) {
        let header = ArrayBinary.header(view)
        element = header?.element ?? .invalid
        lengths = header?.lengths ?? []
        lowerBounds = header?.lowerBounds ?? []
        elements = ArrayBinary.elements(view, arena: arena)
    }

    public init(element: OID, lengths: [Int] = [], lowerBounds: [Int] = [], elements: [Datum] = [])
    {
        self.element = element
        self.lengths = lengths
        self.lowerBounds = lowerBounds
        self.elements = elements
    }

    public var isEmpty: Bool { elements.isEmpty }
    public var dimensionCount: Int { lengths.count }

    /// The value in the form that arrays are kept in; without elements it has no dimensions.
    public func view(arena: Arena) -> ByteView {
        if isEmpty { return ArrayBinary.make([], element: element, arena: arena) }
        return ArrayBinary.make(
            elements, element: element, lengths: lengths, lowerBounds: lowerBounds, arena: arena)
    }

    /// Arrays of one shape below their first dimension, put after each other as the elements of a
    /// new first dimension (ARRAY[a, b] of arrays).
    public static func nested(_ parts: [ArrayValue], element: OID) throws(SQLError) -> ArrayValue {
        let filled = parts.filter { !$0.isEmpty }
        guard let first = filled.first else { return ArrayValue(element: element) }
        guard first.dimensionCount < ArrayBinary.dimensionsMax else {
            throw ArrayValue.tooManyDimensions(first.dimensionCount + 1)
        }
        guard filled.count == parts.count,
            filled.allSatisfy({
                $0.lengths == first.lengths && $0.lowerBounds == first.lowerBounds
            })
        else {
            throw SQLError(
                .arraySubscriptError,
                "multidimensional arrays must have array expressions with matching dimensions")
        }
        return ArrayValue(
            element: element, lengths: [parts.count] + first.lengths,
            lowerBounds: [1] + first.lowerBounds, elements: filled.flatMap(\.elements))
    }

    static func tooManyDimensions(_ count: Int) -> SQLError {
        SQLError(
            .programLimitExceeded,
            "number of array dimensions (\(count)) exceeds the maximum allowed "
                + "(\(ArrayBinary.dimensionsMax))")
    }

    static var tooLarge: SQLError {
        SQLError(
            .programLimitExceeded,
            "array size exceeds the maximum allowed (\(ArrayBinary.elementsMax - 1))")
    }

    /// Throws 54000 if a shape has more elements, or higher subscripts, than arrays may.
    public static func check(lengths: [Int], lowerBounds: [Int]) throws(SQLError) {
        var total = 1
        for (length, lower) in zip(lengths, lowerBounds) {
            let (product, isOver) = total.multipliedReportingOverflow(by: length)
            guard !isOver, length >= 0, product < ArrayBinary.elementsMax else { throw tooLarge }
            total = product
            guard lower + length <= Int(Int32.max) else {
                throw SQLError(
                    .programLimitExceeded, "array lower bound is too large: \(lower)")
            }
        }
    }
}
