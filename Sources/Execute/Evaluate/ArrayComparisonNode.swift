internal import Base
internal import Functions
internal import Query
internal import Types

/// `left OP ANY (array)` and `left OP ALL (array)`.
final class ArrayComparisonNode: ExpressionNode {
    private let left: ExpressionNode
    private let array: ExpressionNode
    private let comparison: FunctionCall
    private let isAll: Bool
    /// The array is the same for all rows: each element is compared with the whole batch.
    private let isUniform: Bool
    private let elements: Vector
    private let repeated: Vector
    private let result = Vector(.word)

    init(
        _ left: ExpressionNode, _ array: ExpressionNode, comparison: FunctionCall, isAll: Bool,
        isUniform: Bool, leftType: PhysicalType, elementType: PhysicalType
    ) {
        self.left = left
        self.array = array
        self.comparison = comparison
        self.isAll = isAll
        self.isUniform = isUniform
        elements = Vector(elementType)
        repeated = Vector(leftType)
    }

    override func evaluate(_ input: Batch) throws(SQLError) -> Vector {
        let values = try left.evaluate(input)
        let arrays = try array.evaluate(input)
        result.hasNulls = false
        guard input.count > 0 else { return result }
        let scratch = Arena()
        defer { withExtendedLifetime(scratch) {} }
        if isUniform, !arrays.isNull(0) {
            let list = ArrayBinary.elements(arrays.views[0], arena: scratch)
            try compareAll(values, with: list, count: input.count)
            return result
        }
        for row in 0..<input.count {
            if arrays.isNull(row) {
                result.set(row, .null)
                continue
            }
            let list = ArrayBinary.elements(arrays.views[row], arena: scratch)
            result.set(row, try compare(values[row], with: list))
        }
        return result
    }

    private func compareAll(
        _ values: Vector, with list: [Datum], count: Int
    ) throws(SQLError) {
        for row in 0..<count { result.words[row] = isAll ? 1 : 0 }
        for element in list {
            broadcast(element, from: 0, to: count, into: elements)
            let outcome = try comparison.call([values, elements], count: count)
            for row in 0..<count {
                let isDecided = !result.isNull(row) && (result.words[row] != 0) != isAll
                if isDecided { continue }
                if outcome.isNull(row) {
                    result.set(row, .null)
                } else if (outcome.words[row] != 0) != isAll {
                    result.set(row, Datum(!isAll))
                }
            }
        }
    }

    private func compare(_ value: Datum, with list: [Datum]) throws(SQLError) -> Datum {
        var sawNull = false
        var done = 0
        while done < list.count {
            let count = min(batchRowsMax, list.count - done)
            elements.hasNulls = false
            for index in 0..<count { elements.set(index, list[done + index]) }
            broadcast(value, from: 0, to: count, into: repeated)
            let outcome = try comparison.call([repeated, elements], count: count)
            for index in 0..<count {
                if outcome.isNull(index) {
                    sawNull = true
                } else if (outcome.words[index] != 0) != isAll {
                    return Datum(!isAll)
                }
            }
            done += count
        }
        return sawNull ? .null : Datum(isAll)
    }

    override func collectSlots(_ slots: inout Set<Int>) {
        left.collectSlots(&slots)
        array.collectSlots(&slots)
    }
}

extension ExpressionCompiler {
    func compileAnyOf(
        _ left: Expression, _ array: Expression, _ function: OID, _ isAll: Bool
    ) throws(SQLError) -> ExpressionNode {
        let element = SQLType(array.type.arrayElement)
        // The element stands for itself as a typed placeholder.
        let comparison = try FunctionCall(
            function, arguments: [left, .slot(0, type: element)], run: run)
        return ArrayComparisonNode(
            try compile(left), try compile(array), comparison: comparison, isAll: isAll,
            isUniform: ExpressionCompiler.isUniform(array), leftType: left.type.physical,
            elementType: element.physical)
    }

    /// True if the expression has one value for all rows of an execution.
    private static func isUniform(_ expression: Expression) -> Bool {
        switch expression {
        case .constant, .parameter, .executionParameter: true
        case .array, .arrayCast, .relabel, .applyModifier, .ioCast:
            expression.children.allSatisfy { isUniform($0) }
        case .call(let function, let arguments, _):
            FunctionRegistry.function(function)?.volatility == .immutable
                && arguments.allSatisfy { isUniform($0) }
        default: false
        }
    }
}
