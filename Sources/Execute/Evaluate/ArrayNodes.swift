internal import Base
internal import Functions
internal import Query
internal import Types

extension SQLType {
    /// The element type of an array type, or the type itself.
    var arrayElement: OID {
        guard let info = TypeCatalog.info(oid), info.hasElements else { return oid }
        return info.elementOID
    }
}

/// ARRAY[…].
final class ArrayNode: ExpressionNode {
    private let values: [ExpressionNode]
    private let isNested: Bool
    private let element: OID
    private let run: RunState
    private let result = Vector(.bytes)

    init(_ values: [ExpressionNode], isNested: Bool, element: OID, run: RunState) {
        self.values = values
        self.isNested = isNested
        self.element = element
        self.run = run
    }

    override func evaluate(_ input: Batch) throws(SQLError) -> Vector {
        var columns: [Vector] = []
        for value in values { columns.append(try value.evaluate(input)) }
        let arena = run.expressionArena
        result.hasNulls = false
        for row in 0..<input.count {
            result.views[row] =
                isNested
                ? try nested(columns, row).view(arena: arena)
                : ArrayBinary.make(columns.map { $0[row] }, element: element, arena: arena)
        }
        return result
    }

    private func nested(_ columns: [Vector], _ row: Int) throws(SQLError) -> ArrayValue {
        var parts: [ArrayValue] = []
        for column in columns {
            parts.append(
                column.isNull(row)
                    ? ArrayValue(element: element)
                    : ArrayValue(column.views[row], arena: run.expressionArena))
        }
        return try ArrayValue.nested(parts, element: element)
    }

    override func collectSlots(_ slots: inout Set<Int>) {
        for value in values { value.collectSlots(&slots) }
    }
}

/// An array as one of another element type.
final class ArrayCastNode: UnaryNode {
    /// The conversion of a batch of elements; nil: their bytes stay.
    private let conversion: ExpressionNode?
    private let element: OID
    private let elements: Batch
    private let run: RunState
    private let result = Vector(.bytes)

    init(
        _ operand: ExpressionNode, conversion: ExpressionNode?, from source: OID, to element: OID,
        run: RunState
    ) {
        self.conversion = conversion
        self.element = element
        self.run = run
        elements = Batch([SQLType(source).physical])
        super.init(operand)
    }

    override var isSafe: Bool { false }

    override func evaluate(_ input: Batch) throws(SQLError) -> Vector {
        let arrays = try operand.evaluate(input)
        result.hasNulls = false
        for row in 0..<input.count {
            if arrays.isNull(row) {
                result.set(row, .null)
            } else {
                result.set(row, Datum(view: try convert(arrays.views[row])))
            }
        }
        return result
    }

    private func convert(_ view: ByteView) throws(SQLError) -> ByteView {
        let arena = run.expressionArena
        let array = ArrayValue(view, arena: arena)
        var converted = array.elements
        if let conversion {
            var done = 0
            while done < converted.count {
                let count = min(batchRowsMax, converted.count - done)
                elements.columns[0].hasNulls = false
                for index in 0..<count {
                    elements.columns[0].set(index, array.elements[done + index])
                }
                elements.count = count
                let part = try conversion.evaluate(elements)
                for index in 0..<count { converted[done + index] = part[index] }
                done += count
            }
        }
        return ArrayValue(
            element: element, lengths: array.lengths, lowerBounds: array.lowerBounds,
            elements: converted
        ).view(arena: arena)
    }
}

/// `array[i]`, `array[low:high]` and their assignment.
final class ArrayReferenceNode: ExpressionNode {
    private let array: ExpressionNode
    private let bounds: [(lower: ExpressionNode?, upper: ExpressionNode?)]
    private let isSlice: Bool
    private let newValue: ExpressionNode?
    private let element: OID
    private let run: RunState
    private let result: Vector

    init(
        array: ExpressionNode, bounds: [(lower: ExpressionNode?, upper: ExpressionNode?)],
        isSlice: Bool, newValue: ExpressionNode?, element: OID, physicalType: PhysicalType,
        run: RunState
    ) {
        self.array = array
        self.bounds = bounds
        self.isSlice = isSlice
        self.newValue = newValue
        self.element = element
        self.run = run
        result = Vector(physicalType)
    }

    private typealias BoundVectors = [(lower: Vector?, upper: Vector?)]

    override func evaluate(_ input: Batch) throws(SQLError) -> Vector {
        let arrays = try array.evaluate(input)
        var vectors: BoundVectors = []
        for bound in bounds {
            vectors.append((try bound.lower?.evaluate(input), try bound.upper?.evaluate(input)))
        }
        let values = try newValue?.evaluate(input)
        result.hasNulls = false
        for row in 0..<input.count {
            let found =
                if let values {
                    try assigned(arrays[row], vectors, values[row], row)
                } else { read(arrays[row], vectors, row) }
            result.set(row, found)
        }
        return result
    }

    /// The subscripts of one row; nil if one is null.
    private func subscripts(_ vectors: BoundVectors, _ row: Int) -> [ArrayValue.SliceBounds]? {
        var result: [ArrayValue.SliceBounds] = []
        for bound in vectors {
            if bound.lower?.isNull(row) ?? false || bound.upper?.isNull(row) ?? false { return nil }
            result.append(
                (bound.lower.map { Int($0.words[row]) }, bound.upper.map { Int($0.words[row]) }))
        }
        return result
    }

    private func read(_ array: Datum, _ vectors: BoundVectors, _ row: Int) -> Datum {
        guard !array.isNull, let subscripts = subscripts(vectors, row) else { return .null }
        let value = ArrayValue(array.view, arena: run.expressionArena)
        if isSlice { return Datum(view: value.slice(subscripts).view(arena: run.expressionArena)) }
        return value.element(at: subscripts.map { $0.upper ?? 0 })
    }

    private func assigned(
        _ array: Datum, _ vectors: BoundVectors, _ new: Datum, _ row: Int
    ) throws(SQLError) -> Datum {
        let arena = run.expressionArena
        guard let subscripts = subscripts(vectors, row) else {
            throw SQLError(
                .nullValueNotAllowed, "array subscript in assignment must not be null")
        }
        // Nothing is known of what a null slice would hold.
        if isSlice, new.isNull { return array }
        var value =
            array.isNull ? ArrayValue(element: element) : ArrayValue(array.view, arena: arena)
        if isSlice {
            try value.assign(slice: subscripts, from: ArrayValue(new.view, arena: arena))
        } else {
            try value.assign(new, at: subscripts.map { $0.upper ?? 0 })
        }
        return Datum(view: value.view(arena: arena))
    }

    override func collectSlots(_ slots: inout Set<Int>) {
        array.collectSlots(&slots)
        newValue?.collectSlots(&slots)
        for bound in bounds {
            bound.lower?.collectSlots(&slots)
            bound.upper?.collectSlots(&slots)
        }
    }
}

/// `name[i]`: a byte of a name as `"char"`, counted from 0. There is one dimension, of 64 bytes.
final class NameElementNode: UnaryNode {
    private static let byteCount = 64
    private let subscripts: [ExpressionNode]
    private let result = Vector(.word)

    init(_ name: ExpressionNode, subscripts: [ExpressionNode]) {
        self.subscripts = subscripts
        super.init(name)
    }

    override func evaluate(_ input: Batch) throws(SQLError) -> Vector {
        let names = try operand.evaluate(input)
        var indexes: [Vector] = []
        for subscript_ in subscripts { indexes.append(try subscript_.evaluate(input)) }
        result.hasNulls = false
        for row in 0..<input.count {
            if names.isNull(row) || indexes.contains(where: { $0.isNull(row) })
                || indexes.count != 1 || indexes[0].words[row] < 0
                || indexes[0].words[row] >= Self.byteCount
            {
                result.set(row, .null)
                continue
            }
            let index = Int(indexes[0].words[row])
            let byte = names.views[row].withBytes { index < $0.count ? $0[index] : 0 }
            result.set(row, Datum(word: Int64(Int8(bitPattern: byte))))
        }
        return result
    }

    override func collectSlots(_ slots: inout Set<Int>) {
        super.collectSlots(&slots)
        for subscript_ in subscripts { subscript_.collectSlots(&slots) }
    }
}

/// ARRAY(SELECT …).
final class ArraySubplanNode: SubplanNode {
    private let element: OID
    private let isNested: Bool
    private let result = Vector(.bytes)

    init(
        _ subplan: SubplanRunner, arguments: [(cell: ParameterCell, value: ExpressionNode)],
        element: OID, isNested: Bool, run: RunState
    ) {
        self.element = element
        self.isNested = isNested
        super.init(subplan, arguments: arguments, run: run)
    }

    override func evaluate(_ input: Batch) throws(SQLError) -> Vector {
        if !isCorrelated {
            let array = try gather(try subplan.rows())
            broadcast(Datum(view: array), from: 0, to: input.count, into: result)
            return result
        }
        result.hasNulls = false
        try forEachRow(input) { (row) throws(SQLError) in
            result.views[row] = try gather(try subplan.runRows())
        }
        return result
    }

    private func gather(_ rows: RowStore) throws(SQLError) -> ByteView {
        var values: [Datum] = []
        values.reserveCapacity(rows.count)
        for row in 0..<rows.count { values.append(rows.datum(0, row)) }
        let arena = run.expressionArena
        if !isNested { return ArrayBinary.make(values, element: element, arena: arena) }
        var parts: [ArrayValue] = []
        for value in values {
            parts.append(
                value.isNull ? ArrayValue(element: element) : ArrayValue(value.view, arena: arena))
        }
        return try ArrayValue.nested(parts, element: element).view(arena: arena)
    }
}

extension ExpressionCompiler {
    func compileArrayCast(
        _ value: Expression, _ element: Expression?, _ type: SQLType
    ) throws(SQLError) -> ExpressionNode {
        var conversion: ExpressionNode?
        if let element { conversion = try compile(element) }
        return ArrayCastNode(
            try compile(value), conversion: conversion, from: value.type.arrayElement,
            to: type.arrayElement, run: run)
    }

    func compileSubscript(_ reference: ArrayReference) throws(SQLError) -> ExpressionNode {
        var bounds: [(lower: ExpressionNode?, upper: ExpressionNode?)] = []
        for bound in reference.bounds {
            var compiled: (lower: ExpressionNode?, upper: ExpressionNode?) = (nil, nil)
            if let lower = bound.lower { compiled.lower = try compile(lower) }
            if let upper = bound.upper { compiled.upper = try compile(upper) }
            bounds.append(compiled)
        }
        var newValue: ExpressionNode?
        if let value = reference.newValue { newValue = try compile(value) }
        if FunctionRegistry.fixedElementType(of: reference.array.type.oid) != nil {
            return NameElementNode(
                try compile(reference.array), subscripts: bounds.compactMap(\.upper))
        }
        return ArrayReferenceNode(
            array: try compile(reference.array), bounds: bounds, isSlice: reference.isSlice,
            newValue: newValue, element: reference.array.type.arrayElement,
            physicalType: reference.type.physical, run: run)
    }
}
