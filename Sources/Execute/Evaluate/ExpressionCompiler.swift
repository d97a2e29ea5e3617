internal import Base
internal import Query
internal import Types

/// Turns typed expressions into nodes. One for a running plan; slots are those of the operator
/// that the expression belongs to.
final class ExpressionCompiler {
    let run: RunState
    /// Owns long constants.
    private let arena = Arena()

    init(run: RunState) { self.run = run }

    func compileSet(_ expressions: [Expression]) throws(SQLError) -> ExpressionSet {
        var nodes: [ExpressionNode] = []
        nodes.reserveCapacity(expressions.count)
        for expression in expressions { nodes.append(try compile(expression)) }
        return ExpressionSet(nodes, run: run)
    }

    func compileSet(_ expression: Expression?) throws(SQLError) -> ExpressionSet? {
        guard let expression else { return nil }
        return try compileSet([expression])
    }

    func compile(_ expression: Expression) throws(SQLError) -> ExpressionNode {
        let physical = expression.type.physical
        switch expression {
        case .constant(let constant): return node(of: constant)
        case .parameter(let number, _):
            return ParameterNode(cell: run.parameterCell(number), physicalType: physical)
        case .executionParameter(let number, _):
            return ParameterNode(cell: run.executionCells[number], physicalType: physical)
        case .slot(let slot, _): return SlotNode(slot: slot, physicalType: physical)
        case .call(let function, let arguments, let type):
            return try compileCall(function, arguments, type)
        case .ioCast(let value, let type):
            return IOCastNode(
                try compile(value), from: value.type.oid, to: type, run: run)
        case .relabel(let value, _): return try compile(value)
        case .coerceToDomain(let value, let type):
            return DomainNode(try compile(value), domain: type.oid, run: run)
        case .row(let row): return try compileRow(row)
        case .field(let row, let index, let type):
            return FieldNode(
                try compile(row), index: index, physicalType: type.physical, run: run)
        case .fieldStore(let row, let fields, let type):
            return try compileFieldStore(row, fields, type)
        case .applyModifier(let value, let type, let isExplicit):
            return ModifierNode(
                try compile(value), type: type, isExplicit: isExplicit, run: run)
        case .and(let operands): return try compileJunction(operands, isAnd: true)
        case .or(let operands): return try compileJunction(operands, isAnd: false)
        case .not(let value): return NotNode(try compile(value))
        case .isNull(let value, let negated):
            if TypeCatalog.isComposite(TypeCatalog.base(value.type.oid)) {
                return RowNullTestNode(try compile(value), negated: negated)
            }
            return NullTestNode(try compile(value), negated: negated)
        case .isBoolean(let tested, let value, let negated):
            return BooleanTestNode(try compile(tested), value: value, negated: negated)
        case .isDistinct(let left, let right, let equality, let negated):
            return DistinctNode(
                try compile(left), try compile(right),
                equality: try FunctionCall(equality, arguments: [left, right], run: run),
                negated: negated)
        case .caseWhen(let branches, let otherwise, _):
            var compiled: [(condition: LazyOperand, result: LazyOperand)] = []
            for branch in branches {
                compiled.append((try lazy(branch.condition), try lazy(branch.result)))
            }
            var rest: LazyOperand?
            if let otherwise { rest = try lazy(otherwise) }
            return CaseNode(branches: compiled, otherwise: rest, physicalType: physical)
        case .holding(let value, let number, let body):
            return try compileHolding(value, number, body)
        case .written(let value, _): return try compile(value)
        case .coalesce(let values, _):
            return CoalesceNode(
                try values.map { (value) throws(SQLError) in try lazy(value) },
                physicalType: physical)
        case .nullIf(let left, let right, let equality, _):
            return NullIfNode(
                try compile(left), try compile(right),
                equality: try FunctionCall(equality, arguments: [left, right], run: run),
                physicalType: physical)
        case .minMax(let isGreatest, let values, let type):
            return MinMaxNode(
                try compileAll(values), isGreatest: isGreatest, order: ValueOrder(type.oid),
                physicalType: physical)
        case .inList(let left, let list, let function, let isAll):
            return ListNode(
                try compile(left), try compileAll(list),
                comparison: try FunctionCall(function, arguments: [left, list[0]], run: run),
                isAll: isAll)
        case .anyOf(let left, let array, let function, let isAll):
            return try compileAnyOf(left, array, function, isAll)
        case .array(let values, let isNested, let type):
            return ArrayNode(
                try compileAll(values), isNested: isNested, element: type.arrayElement, run: run)
        case .arrayCast(let value, let element, let type):
            return try compileArrayCast(value, element, type)
        case .arrayReference(let reference): return try compileSubscript(reference)
        case .subplan(let reference): return try compileSubplan(reference)
        case .systemColumn(let column, let table, let key, let isWritten):
            return SystemColumnNode(
                column, table: try compile(table), key: try compile(key), isWritten: isWritten,
                run: run)
        case .nextValue(let sequence, let type):
            return NextValueNode(
                sequence: sequence, type: type, checksPrivilege: false, run: run)
        case .variable, .aggregate, .windowCall, .grouping, .subquery, .heldValue, .defaultMarker:
            invariant(false, "planning has replaced variables, aggregates and subqueries")
            fatalError()
        }
    }

    func compileAll(_ expressions: [Expression]) throws(SQLError) -> [ExpressionNode] {
        var nodes: [ExpressionNode] = []
        for expression in expressions { nodes.append(try compile(expression)) }
        return nodes
    }

    private func node(of constant: Constant) -> ExpressionNode {
        let physical = constant.type.physical
        switch constant.value {
        case .null: return ConstantNode(.null, physicalType: physical, arena: nil)
        case .word(let word):
            return ConstantNode(Datum(word: word), physicalType: physical, arena: nil)
        case .bytes(let bytes):
            return ConstantNode(
                Datum(view: ByteView(copying: bytes, into: arena)), physicalType: physical,
                arena: arena)
        }
    }

    private func compileJunction(
        _ operands: [Expression], isAnd: Bool
    ) throws(SQLError) -> ExpressionNode {
        var compiled: [LazyOperand] = []
        for operand in operands { compiled.append(try lazy(operand)) }
        return JunctionNode(compiled, isAnd: isAnd)
    }

    /// The held value is one more column for its body.
    private func compileHolding(
        _ value: Expression, _ number: Int, _ body: Expression
    ) throws(SQLError) -> ExpressionNode {
        var types: [Int: PhysicalType] = [:]
        ExpressionCompiler.collectSlots(value, &types)
        ExpressionCompiler.collectSlots(body, &types)
        let slot = (types.keys.max() ?? -1) + 1
        let inner = body.replacingHeld(number, by: .slot(slot, type: value.type))
        return HoldingNode(try compile(value), slot: slot, body: try compile(inner))
    }

    private func lazy(_ expression: Expression) throws(SQLError) -> LazyOperand {
        var types: [Int: PhysicalType] = [:]
        ExpressionCompiler.collectSlots(expression, &types)
        return LazyOperand(try compile(expression), types: types)
    }

    /// The slots that an expression reads, with their physical types.
    static func collectSlots(_ expression: Expression, _ types: inout [Int: PhysicalType]) {
        if case .slot(let slot, let type) = expression { types[slot] = type.physical }
        for child in expression.children { collectSlots(child, &types) }
    }

    private func compileSubplan(_ reference: SubplanReference) throws(SQLError) -> ExpressionNode {
        let subplan = run.subplans[reference.subplan]
        var arguments: [(cell: ParameterCell, value: ExpressionNode)] = []
        for argument in reference.arguments {
            arguments.append(
                (run.executionCells[argument.parameter], try compile(argument.value)))
        }
        switch reference.kind {
        case .exists: return ExistsNode(subplan, arguments: arguments, run: run)
        case .scalar:
            return ScalarSubplanNode(
                subplan, arguments: arguments, physicalType: reference.type.physical, run: run)
        case .array(let isNested):
            return ArraySubplanNode(
                subplan, arguments: arguments, element: reference.type.arrayElement,
                isNested: isNested, run: run)
        case .any(let left, let functions):
            return try quantified(
                subplan, left, functions, isAll: false, arguments, reference.subplan)
        case .all(let left, let functions):
            return try quantified(
                subplan, left, functions, isAll: true, arguments, reference.subplan)
        }
    }

    private func quantified(
        _ subplan: SubplanRunner, _ left: [Expression], _ functions: [OID], isAll: Bool,
        _ arguments: [(cell: ParameterCell, value: ExpressionNode)], _ index: Int
    ) throws(SQLError) -> ExpressionNode {
        var comparisons: [FunctionCall] = []
        for (column, function) in functions.enumerated() {
            comparisons.append(try FunctionCall(function, arguments: [left[column]], run: run))
        }
        var keys: (left: KeyWriter, right: KeyWriter)?
        if !isAll, left.count == 1, arguments.isEmpty, comparisons[0].isHashableEquality {
            // Of enums, arrays and rows the function does not say which.
            let declared = comparisons[0].argumentTypes[1]
            let isPseudo = TypeCatalog.info(declared.oid)?.isPseudo ?? false
            let rightType = isPseudo ? left[0].type : declared
            keys = (
                KeyWriter(
                    try compileSet(left),
                    columns: [KeyColumn(type: left[0].type, forEquality: true)]),
                KeyWriter(
                    ExpressionSet(
                        [SlotNode(slot: 0, physicalType: rightType.physical)], run: run),
                    columns: [KeyColumn(type: rightType, forEquality: true)])
            )
        }
        return QuantifiedSubplanNode(
            subplan, left: try compileAll(left), leftTypes: left.map(\.type.physical),
            comparisons: comparisons, isAll: isAll, keys: keys, arguments: arguments, run: run)
    }

    /// A writer of keys over expressions, for sorting.
    func sortKeys(_ keys: [SortKey]) throws(SQLError) -> KeyWriter {
        KeyWriter(
            try compileSet(keys.map(\.expression)),
            columns: keys.map {
                KeyColumn(
                    type: $0.expression.type, descending: $0.descending, nullsFirst: $0.nullsFirst)
            })
    }

    /// A writer of keys over expressions, for equality alone.
    func equalityKeys(_ expressions: [Expression]) throws(SQLError) -> KeyWriter {
        KeyWriter(
            try compileSet(expressions),
            columns: expressions.map { KeyColumn(type: $0.type, forEquality: true) })
    }
}
