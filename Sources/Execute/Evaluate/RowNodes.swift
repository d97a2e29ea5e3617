internal import Base
internal import Query
internal import Types

/// ROW(…), and all columns of a FROM item as one value.
final class RowNode: ExpressionNode {
    private let values: [ExpressionNode]
    private let types: [OID]
    private let type: SQLType
    private let presence: ExpressionNode?
    private let run: RunState
    private let result = Vector(.bytes)

    init(
        _ values: [ExpressionNode], types: [OID], type: SQLType, presence: ExpressionNode?,
        run: RunState
    ) {
        self.values = values
        self.types = types
        self.type = type
        self.presence = presence
        self.run = run
    }

    override func evaluate(_ input: Batch) throws(SQLError) -> Vector {
        var columns: [Vector] = []
        for value in values { columns.append(try value.evaluate(input)) }
        let present = try presence?.evaluate(input)
        let arena = run.expressionArena
        result.hasNulls = false
        for row in 0..<input.count {
            if let present, present.isNull(row) {
                result.set(row, .null)
                continue
            }
            var record = RecordValue(type: type, fields: [])
            record.fields.reserveCapacity(columns.count)
            for (column, type) in zip(columns, types) {
                record.fields.append(RecordValue.Field(type: type, value: column[row]))
            }
            result.set(row, Datum(view: record.view(arena: arena)))
        }
        return result
    }

    override func collectSlots(_ slots: inout Set<Int>) {
        for value in values { value.collectSlots(&slots) }
        presence?.collectSlots(&slots)
    }
}

/// One field of a row.
final class FieldNode: UnaryNode {
    private let index: Int
    private let run: RunState
    private let result: Vector

    init(_ operand: ExpressionNode, index: Int, physicalType: PhysicalType, run: RunState) {
        self.index = index
        self.run = run
        result = Vector(physicalType)
        super.init(operand)
    }

    override func evaluate(_ input: Batch) throws(SQLError) -> Vector {
        let rows = try operand.evaluate(input)
        let arena = run.expressionArena
        result.hasNulls = false
        for row in 0..<input.count {
            result.set(
                row,
                rows.isNull(row) ? .null : RecordValue(rows.views[row], arena: arena)[index])
        }
        return result
    }
}

/// A row with new values for some fields.
final class FieldStoreNode: UnaryNode {
    private let fields: [(index: Int, value: ExpressionNode)]
    private let fieldTypes: [OID]
    private let type: SQLType
    private let run: RunState
    private let result = Vector(.bytes)

    /// - Parameter fieldTypes: of all fields of the row.
    init(
        _ operand: ExpressionNode, _ fields: [(index: Int, value: ExpressionNode)],
        fieldTypes: [OID], type: SQLType, run: RunState
    ) {
        self.fields = fields
        self.fieldTypes = fieldTypes
        self.type = type
        self.run = run
        super.init(operand)
    }

    override var isSafe: Bool { false }

    override func evaluate(_ input: Batch) throws(SQLError) -> Vector {
        let rows = try operand.evaluate(input)
        var values: [Vector] = []
        for field in fields { values.append(try field.value.evaluate(input)) }
        let arena = run.expressionArena
        result.hasNulls = false
        for row in 0..<input.count {
            let old = rows.isNull(row) ? nil : RecordValue(rows.views[row], arena: arena)
            var record = RecordValue(type: type, fields: [])
            for (index, type) in fieldTypes.enumerated() {
                record.fields.append(RecordValue.Field(type: type, value: old?[index] ?? .null))
            }
            for (field, vector) in zip(fields, values) {
                record.fields[field.index].value = vector[row]
            }
            result.set(row, Datum(view: record.view(arena: arena)))
        }
        return result
    }

    override func collectSlots(_ slots: inout Set<Int>) {
        super.collectSlots(&slots)
        for field in fields { field.value.collectSlots(&slots) }
    }
}

/// IS NULL and IS NOT NULL of rows: all fields are null, or none is. Both may be false.
final class RowNullTestNode: UnaryNode {
    private let negated: Bool
    private let result = Vector(.word)

    init(_ operand: ExpressionNode, negated: Bool) {
        self.negated = negated
        super.init(operand)
    }

    override func evaluate(_ input: Batch) throws(SQLError) -> Vector {
        let rows = try operand.evaluate(input)
        result.hasNulls = false
        for row in 0..<input.count {
            let holds =
                rows.isNull(row)
                ? !negated
                : negated
                    ? RecordValue.areNoneNull(rows.views[row])
                    : RecordValue.areAllNull(rows.views[row])
            result.words[row] = holds ? 1 : 0
        }
        return result
    }
}

extension ExpressionCompiler {
    func compileRow(_ row: RowExpression) throws(SQLError) -> ExpressionNode {
        var presence: ExpressionNode?
        if let expression = row.presence { presence = try compile(expression) }
        return RowNode(
            try compileAll(row.values), types: row.values.map(\.type.oid), type: row.type,
            presence: presence, run: run)
    }

    func compileFieldStore(
        _ row: Expression, _ fields: [FieldValue], _ type: SQLType
    ) throws(SQLError) -> ExpressionNode {
        guard let shape = run.typeContext.shape(of: type) else {
            throw SQLError(.datatypeMismatch, "the columns of a row are not known")
        }
        var values: [(index: Int, value: ExpressionNode)] = []
        for field in fields { values.append((field.index, try compile(field.value))) }
        return FieldStoreNode(
            try compile(row), values, fieldTypes: shape.fields.map(\.type.oid), type: type,
            run: run)
    }
}
