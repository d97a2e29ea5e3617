internal import Base

/// A value that is computed once for each row, however often what it is held for looks at it: it
/// reads the value as a column behind those of the input that are used.
final class HoldingNode: ExpressionNode {
    private let value: ExpressionNode
    private let slot: Int
    private let body: ExpressionNode
    private let unread = Vector(.word)

    init(_ value: ExpressionNode, slot: Int, body: ExpressionNode) {
        self.value = value
        self.slot = slot
        self.body = body
    }

    override func evaluate(_ input: Batch) throws(SQLError) -> Vector {
        let held = try value.evaluate(input)
        var columns = Array(input.columns.prefix(slot))
        while columns.count < slot { columns.append(unread) }
        columns.append(held)
        return try body.evaluate(Batch(columns: columns, count: input.count))
    }

    override func collectSlots(_ slots: inout Set<Int>) {
        value.collectSlots(&slots)
        var inner: Set<Int> = []
        body.collectSlots(&inner)
        slots.formUnion(inner.subtracting([slot]))
    }
}
