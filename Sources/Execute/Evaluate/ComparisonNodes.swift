internal import Base

/// `left IS [NOT] DISTINCT FROM right`: equality that takes null for a value.
final class DistinctNode: ExpressionNode {
    private let left: ExpressionNode
    private let right: ExpressionNode
    private let equality: FunctionCall
    private let negated: Bool
    private let result = Vector(.word)

    init(
        _ left: ExpressionNode, _ right: ExpressionNode, equality: FunctionCall, negated: Bool
    ) {
        self.left = left
        self.right = right
        self.equality = equality
        self.negated = negated
    }

    override func evaluate(_ input: Batch) throws(SQLError) -> Vector {
        let a = try left.evaluate(input)
        let b = try right.evaluate(input)
        let equal = try equality.call([a, b], count: input.count)
        for row in 0..<input.count {
            let isDistinct =
                a.isNull(row) || b.isNull(row)
                ? a.isNull(row) != b.isNull(row) : equal.words[row] == 0
            result.words[row] = isDistinct != negated ? 1 : 0
        }
        return result
    }
    override func collectSlots(_ slots: inout Set<Int>) {
        left.collectSlots(&slots)
        right.collectSlots(&slots)
    }
}

/// NULLIF(left, right).
final class NullIfNode: ExpressionNode {
    private let left: ExpressionNode
    private let right: ExpressionNode
    private let equality: FunctionCall
    private let result: Vector

    init(
        _ left: ExpressionNode, _ right: ExpressionNode, equality: FunctionCall,
        physicalType: PhysicalType
    ) {
        self.left = left
        self.right = right
        self.equality = equality
        result = Vector(physicalType)
    }

    override func evaluate(_ input: Batch) throws(SQLError) -> Vector {
        let a = try left.evaluate(input)
        let equal = try equality.call([a, try right.evaluate(input)], count: input.count)
        result.assign(from: a, count: input.count)
        for row in 0..<input.count where equal.words[row] != 0 && !equal.isNull(row) {
            result.set(row, .null)
        }
        return result
    }
    override func collectSlots(_ slots: inout Set<Int>) {
        left.collectSlots(&slots)
        right.collectSlots(&slots)
    }
}

/// GREATEST and LEAST: the extreme of the values that are not null.
final class MinMaxNode: ExpressionNode {
    private let values: [ExpressionNode]
    private let isGreatest: Bool
    private let less: ValueOrder
    private let result: Vector

    init(
        _ values: [ExpressionNode], isGreatest: Bool, order: ValueOrder, physicalType: PhysicalType
    ) {
        self.values = values
        self.isGreatest = isGreatest
        less = order
        result = Vector(physicalType)
    }

    override func evaluate(_ input: Batch) throws(SQLError) -> Vector {
        result.assign(from: try values[0].evaluate(input), count: input.count)
        for value in values.dropFirst() {
            let next = try value.evaluate(input)
            for row in 0..<input.count where !next.isNull(row) {
                if !result.isNull(row) {
                    let order = less.compare(next[row], result[row])
                    if isGreatest ? order <= 0 : order >= 0 { continue }
                }
                result.set(row, next[row])
            }
        }
        return result
    }
    override func collectSlots(_ slots: inout Set<Int>) {
        for value in values { value.collectSlots(&slots) }
    }
}

/// `left OP ANY (list)` or `left OP ALL (list)` over expressions.
final class ListNode: ExpressionNode {
    private let left: ExpressionNode
    private let list: [ExpressionNode]
    private let comparison: FunctionCall
    private let isAll: Bool
    private let result = Vector(.word)

    init(_ left: ExpressionNode, _ list: [ExpressionNode], comparison: FunctionCall, isAll: Bool) {
        self.left = left
        self.list = list
        self.comparison = comparison
        self.isAll = isAll
    }

    override func evaluate(_ input: Batch) throws(SQLError) -> Vector {
        let value = try left.evaluate(input)
        result.hasNulls = false
        for row in 0..<input.count { result.words[row] = isAll ? 1 : 0 }
        for element in list {
            let outcome = try comparison.call(
                [value, try element.evaluate(input)], count: input.count)
            combine(outcome, count: input.count)
        }
        return result
    }

    private func combine(_ outcome: Vector, count: Int) {
        if !outcome.hasNulls, !result.hasNulls {
            for row in 0..<count {
                if isAll {
                    result.words[row] &= outcome.words[row]
                } else {
                    result.words[row] |= outcome.words[row]
                }
            }
            return
        }
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
    override func collectSlots(_ slots: inout Set<Int>) {
        left.collectSlots(&slots)
        for element in list { element.collectSlots(&slots) }
    }
}
