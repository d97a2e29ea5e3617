internal import Base

/// AND (identity true) and OR (identity false) of any number of operands.
///
/// Operands that can fail are evaluated only for rows that earlier ones leave undecided, so that
/// `x <> 0 AND 1 / x > 2` does not divide by zero.
final class JunctionNode: ExpressionNode {
    private let operands: FixedList<LazyOperand>
    /// Operand by operand.
    private let areSafe: [Bool]
    private let isAnd: Bool
    private let result = Vector(.word)
    private let undecided: UnsafeMutablePointer<Int32>

    init(_ operands: [LazyOperand], isAnd: Bool) {
        self.operands = FixedList(operands)
        areSafe = operands.map(\.node.isSafe)
        self.isAnd = isAnd
        undecided = .allocate(capacity: batchRowsMax)
    }
    deinit { undecided.deallocate() }

    override func evaluate(_ input: Batch) throws(SQLError) -> Vector {
        let first = try operands.lend(0) { (first) throws(SQLError) in try first.node.evaluate(input) }
        result.assign(from: first, count: input.count)
        for index in 1..<operands.count {
            let count = areSafe[index] ? input.count : findUndecided(input.count)
            if count == 0 { break }
            let part = try operands.lend(index) { (operand) throws(SQLError) in
                try operand.evaluate(input, rows: undecided, count: count)
            }
            if count == input.count {
                combineAll(part, count: count)
                continue
            }
            for index in 0..<count {
                combine(Int(undecided[index]), part.words[index] != 0, part.isNull(index))
            }
        }
        return result
    }

    private func combineAll(_ operand: Vector, count: Int) {
        if !result.hasNulls, !operand.hasNulls {
            let target = result.words
            let source = operand.words
            if isAnd {
                for row in 0..<count { target[row] &= source[row] }
            } else {
                for row in 0..<count { target[row] |= source[row] }
            }
            return
        }
        for row in 0..<count { combine(row, operand.words[row] != 0, operand.isNull(row)) }
    }

    /// Rows whose result is not yet the operator's dominant value.
    private func findUndecided(_ count: Int) -> Int {
        var found = 0
        for row in 0..<count where result.isNull(row) || (result.words[row] != 0) == isAnd {
            undecided[found] = Int32(row)
            found += 1
        }
        return found
    }

    /// SQL's three-valued AND or OR of row `row` and one more value.
    @inline(__always)
    private func combine(_ row: Int, _ value: Bool, _ isNull: Bool) {
        let dominant = !isAnd
        if !result.isNull(row), (result.words[row] != 0) == dominant { return }
        if isNull {
            result.set(row, .null)
        } else if value == dominant {
            result.set(row, Datum(dominant))
        }
    }

    override var isSafe: Bool { areSafe.allSatisfy { $0 } }
    override func collectSlots(_ slots: inout Set<Int>) {
        operands.forEach { $0.node.collectSlots(&slots) }
    }
}

/// A node with one operand.
class UnaryNode: ExpressionNode {
    let operand: ExpressionNode
    init(_ operand: ExpressionNode) { self.operand = operand }
    override var isSafe: Bool { operand.isSafe }
    override func collectSlots(_ slots: inout Set<Int>) { operand.collectSlots(&slots) }
}

final class NotNode: UnaryNode {
    private let result = Vector(.word)

    override func evaluate(_ input: Batch) throws(SQLError) -> Vector {
        let value = try operand.evaluate(input)
        result.assign(from: value, count: input.count)
        for row in 0..<input.count { result.words[row] ^= 1 }
        return result
    }
}

/// IS [NOT] NULL.
final class NullTestNode: UnaryNode {
    private let negated: Bool
    private let result = Vector(.word)

    init(_ operand: ExpressionNode, negated: Bool) {
        self.negated = negated
        super.init(operand)
    }

    override func evaluate(_ input: Batch) throws(SQLError) -> Vector {
        let value = try operand.evaluate(input)
        for row in 0..<input.count { result.words[row] = value.isNull(row) != negated ? 1 : 0 }
        return result
    }
}

/// IS [NOT] TRUE, FALSE, UNKNOWN.
final class BooleanTestNode: UnaryNode {
    private let tested: Bool?
    private let negated: Bool
    private let result = Vector(.word)

    init(_ operand: ExpressionNode, value: Bool?, negated: Bool) {
        tested = value
        self.negated = negated
        super.init(operand)
    }

    override func evaluate(_ input: Batch) throws(SQLError) -> Vector {
        let value = try operand.evaluate(input)
        for row in 0..<input.count {
            let found: Bool? = value.isNull(row) ? nil : value.words[row] != 0
            result.words[row] = (found == tested) != negated ? 1 : 0
        }
        return result
    }
}

/// A value under another type with the same bytes.
final class RelabelNode: UnaryNode {
    override func evaluate(_ input: Batch) throws(SQLError) -> Vector {
        try operand.evaluate(input)
    }
}

/// CASE WHEN: each result is evaluated for the rows whose condition is the first true one.
final class CaseNode: ExpressionNode {
    private let conditions: FixedList<LazyOperand>
    private let results: FixedList<LazyOperand>
    private let otherwise: LazyOperand?
    private let result: Vector
    private let rest: UnsafeMutablePointer<Int32>
    private let chosen: UnsafeMutablePointer<Int32>

    init(
        branches: [(condition: LazyOperand, result: LazyOperand)], otherwise: LazyOperand?,
        physicalType: PhysicalType
    ) {
        conditions = FixedList(branches.map(\.condition))
        results = FixedList(branches.map(\.result))
        self.otherwise = otherwise
        result = Vector(physicalType)
        rest = .allocate(capacity: batchRowsMax)
        chosen = .allocate(capacity: batchRowsMax)
    }
    deinit {
        rest.deallocate()
        chosen.deallocate()
    }

    override func evaluate(_ input: Batch) throws(SQLError) -> Vector {
        var restCount = input.count
        for row in 0..<restCount { rest[row] = Int32(row) }
        result.beginNullable()
        for branch in conditions.indices where restCount > 0 {
            let condition = try conditions.lend(branch) { (condition) throws(SQLError) in
                try condition.evaluate(input, rows: rest, count: restCount)
            }
            var chosenCount = 0
            var leftCount = 0
            for index in 0..<restCount {
                if condition.words[index] != 0, !condition.isNull(index) {
                    chosen[chosenCount] = rest[index]
                    chosenCount += 1
                } else {
                    rest[leftCount] = rest[index]
                    leftCount += 1
                }
            }
            restCount = leftCount
            if chosenCount > 0 {
                let values = try results.lend(branch) { (result) throws(SQLError) in
                    try result.evaluate(input, rows: chosen, count: chosenCount)
                }
                result.scatter(from: values, rows: chosen, count: chosenCount)
            }
        }
        if restCount > 0 {
            if let otherwise {
                let values = try otherwise.evaluate(input, rows: rest, count: restCount)
                result.scatter(from: values, rows: rest, count: restCount)
            } else {
                for index in 0..<restCount { result.set(Int(rest[index]), .null) }
            }
        }
        return result
    }

    override func collectSlots(_ slots: inout Set<Int>) {
        conditions.forEach { $0.node.collectSlots(&slots) }
        results.forEach { $0.node.collectSlots(&slots) }
        otherwise?.node.collectSlots(&slots)
    }
}

/// COALESCE: each value is evaluated for the rows that are null so far.
final class CoalesceNode: ExpressionNode {
    private let values: [LazyOperand]
    private let result: Vector
    private let rest: UnsafeMutablePointer<Int32>

    init(_ values: [LazyOperand], physicalType: PhysicalType) {
        self.values = values
        result = Vector(physicalType)
        rest = .allocate(capacity: batchRowsMax)
    }
    deinit { rest.deallocate() }

    override func evaluate(_ input: Batch) throws(SQLError) -> Vector {
        let first = try values[0].node.evaluate(input)
        if !first.hasNulls { return first }
        result.assign(from: first, count: input.count)
        for value in values.dropFirst() {
            var restCount = 0
            for row in 0..<input.count where result.isNull(row) {
                rest[restCount] = Int32(row)
                restCount += 1
            }
            if restCount == 0 { break }
            let part = try value.evaluate(input, rows: rest, count: restCount)
            for index in 0..<restCount where !part.isNull(index) {
                result.set(Int(rest[index]), part[index])
            }
        }
        return result
    }

    override func collectSlots(_ slots: inout Set<Int>) {
        for value in values { value.node.collectSlots(&slots) }
    }
}
