internal import Base
internal import Types

/// A cast by the types' text forms.
final class IOCastNode: UnaryNode {
    private let source: OID
    private let target: SQLType
    private let run: RunState
    private let result: Vector

    init(_ operand: ExpressionNode, from source: OID, to target: SQLType, run: RunState) {
        self.source = source
        self.target = target
        self.run = run
        result = Vector(target.physical)
        super.init(operand)
    }

    override var isSafe: Bool { false }

    override func evaluate(_ input: Batch) throws(SQLError) -> Vector {
        let values = try operand.evaluate(input)
        let arena = run.expressionArena
        let context = run.typeContext
        result.hasNulls = false
        var buffer = ByteBuffer()
        for row in 0..<input.count {
            let value = values[row]
            if value.isNull {
                result.set(row, .null)
                continue
            }
            buffer.removeAll()
            TypeIO.output(value, type: source, context: context, into: &buffer)
            let converted = try buffer.withBytes { (text) throws(SQLError) in
                try TypeIO.input(text, type: target, context: context, arena: arena)
            }
            result.set(row, converted)
        }
        return result
    }
}

/// Applies a type modifier to values.
final class ModifierNode: UnaryNode {
    private let type: SQLType
    private let isExplicit: Bool
    private let run: RunState
    private let result: Vector

    init(_ operand: ExpressionNode, type: SQLType, isExplicit: Bool, run: RunState) {
        self.type = type
        self.isExplicit = isExplicit
        self.run = run
        result = Vector(type.physical)
        super.init(operand)
    }

    override var isSafe: Bool { false }

    override func evaluate(_ input: Batch) throws(SQLError) -> Vector {
        let values = try operand.evaluate(input)
        let arena = run.expressionArena
        result.hasNulls = false
        for row in 0..<input.count {
            let value = values[row]
            if value.isNull {
                result.set(row, .null)
            } else {
                result.set(
                    row,
                    try TypeModifiers.apply(
                        type, to: value, isExplicit: isExplicit, arena: arena))
            }
        }
        return result
    }
}
