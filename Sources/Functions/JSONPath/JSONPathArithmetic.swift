internal import Base
internal import Types

/// Operators over numbers, which both sides must be one of.
extension JSONPathExecutor {
    private mutating func operand(
        _ node: JSONPath.Node, _ side: String, _ sign: String
    ) throws(SQLError) -> [UInt8] {
        let found = try unwrapped(try evaluate(node))
        let error = SQLError(
            .singletonSqlJsonItemRequired,
            "\(side) operand of jsonpath operator \(sign) is not a single numeric value")
        guard found.count == 1 else { throw error }
        return try with(found[0]) { (value) throws(SQLError) in
            guard value.kind == .number else { throw error }
            return value.numeric.bytes
        }
    }

    mutating func arithmetic(
        _ operation: JSONPath.Arithmetic, _ left: JSONPath.Node, _ right: JSONPath.Node
    ) throws(SQLError) -> JSONPathItem {
        let sign = operation.rawValue
        let arena = context.arena
        let a = ByteView(copying: try operand(left, "left", sign), into: arena)
        let b = ByteView(copying: try operand(right, "right", sign), into: arena)
        switch operation {
        case .add: return number(try Numeric.add(a, b, arena: arena))
        case .subtract: return number(try Numeric.subtract(a, b, arena: arena))
        case .multiply: return number(try Numeric.multiply(a, b, arena: arena))
        case .divide: return number(try Numeric.divide(a, b, arena: arena))
        case .modulo: return number(try Numeric.remainder(a, b, arena: arena))
        }
    }

    mutating func signed(
        _ isMinus: Bool, _ node: JSONPath.Node
    ) throws(SQLError) -> [JSONPathItem] {
        var result: [JSONPathItem] = []
        for item in try unwrapped(try evaluate(node)) {
            result.append(
                try with(item) { (value) throws(SQLError) in
                    guard value.kind == .number else {
                        throw SQLError(
                            .sqlJsonNumberNotFound,
                            "operand of unary jsonpath operator \(isMinus ? "-" : "+") is not a numeric value"
                        )
                    }
                    if !isMinus { return item }
                    return number(try Numeric.negate(value.numeric, arena: context.arena))
                })
        }
        return result
    }
}
