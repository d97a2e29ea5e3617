internal import Base

/// One node of a compiled expression: computes a vector of its values for a batch of rows.
///
/// Nodes are made once for a plan and own the vector that they return, which stays valid until
/// their next evaluation; nothing is allocated for a batch. Evaluating a node twice for the same
/// batch gives the same again, but sequences move: every node has one parent.
class ExpressionNode {
    func evaluate(_ input: Batch) throws(SQLError) -> Vector {
        invariant(false, "every node evaluates")
        fatalError()
    }

    /// True if evaluation cannot fail and has no effect: then it may run for rows that do not
    /// need it.
    var isSafe: Bool { false }

    /// The input slots that the node and those below it read.
    func collectSlots(_ slots: inout Set<Int>) {}
}

/// A column of the input.
final class SlotNode: ExpressionNode {
    let slot: Int
    let physicalType: PhysicalType

    init(slot: Int, physicalType: PhysicalType) {
        self.slot = slot
        self.physicalType = physicalType
    }

    override func evaluate(_ input: Batch) throws(SQLError) -> Vector { input.columns[slot] }
    override var isSafe: Bool { true }
    override func collectSlots(_ slots: inout Set<Int>) { slots.insert(slot) }
}

/// A value that is the same for all rows, repeated as far as batches have asked for.
final class ConstantNode: ExpressionNode {
    let vector: Vector
    let value: Datum
    /// Owns the bytes of a long constant.
    private let arena: Arena?
    @exclusivity(unchecked) private var filledCount = 0

    init(_ value: Datum, physicalType: PhysicalType, arena: Arena?) {
        vector = Vector(physicalType)
        self.value = value
        self.arena = arena
    }

    override func evaluate(_ input: Batch) throws(SQLError) -> Vector {
        if filledCount < input.count {
            broadcast(value, from: filledCount, to: input.count, into: vector)
            filledCount = input.count
        }
        return vector
    }
    override var isSafe: Bool { true }
}

/// Sets the rows `first..<end` of `vector` to one value; all its rows before are that value too.
func broadcast(_ value: Datum, from first: Int, to end: Int, into vector: Vector) {
    if value.isNull {
        if first == 0 { vector.beginNullable() }
        for row in first..<end { vector.set(row, .null) }
        return
    }
    if first == 0 { vector.hasNulls = false }
    if vector.physicalType == .word {
        let word = value.word
        for row in first..<end { vector.words[row] = word }
    } else {
        let view = value.view
        for row in first..<end { vector.views[row] = view }
    }
}

/// A parameter of the statement or one that an outer operator sets, repeated for all rows.
final class ParameterNode: ExpressionNode {
    private let vector: Vector
    private let cell: ParameterCell
    @exclusivity(unchecked) private var filledCount = 0
    @exclusivity(unchecked) private var version: UInt64 = 0

    init(cell: ParameterCell, physicalType: PhysicalType) {
        self.cell = cell
        vector = Vector(physicalType)
        if physicalType == .bytes { cell.isBytes = true }
    }

    override func evaluate(_ input: Batch) throws(SQLError) -> Vector {
        if version != cell.version {
            version = cell.version
            filledCount = 0
        }
        if filledCount < input.count {
            broadcast(cell.value, from: filledCount, to: input.count, into: vector)
            filledCount = input.count
        }
        return vector
    }
    override var isSafe: Bool { true }
}

/// Where a parameter's value is. Its version grows with each change.
final class ParameterCell {
    @exclusivity(unchecked) private(set) var value = Datum.null
    @exclusivity(unchecked) private(set) var version: UInt64 = 0
    /// The parameter is of a type that lies as bytes, as far as the plan uses it at all.
    @exclusivity(unchecked) var isBytes = false

    /// The value's bytes must outlive its use.
    func set(_ value: Datum) {
        self.value = value
        version += 1
    }
}

/// The rows of a batch for which part of an expression is needed, as a batch of their own that has
/// the slots which that part reads.
final class SubBatch {
    private let slots: [Int]
    private let gathered: [Vector]
    let batch: Batch

    init(for node: ExpressionNode, types: [Int: PhysicalType]) {
        self.slots = types.keys.sorted()
        gathered = slots.map { Vector(types[$0]!) }
        // Slots that are not read share a vector, so that slot numbers stay.
        let unread = Vector(.word)
        var columns = Array(repeating: unread, count: (slots.last ?? -1) + 1)
        for (index, slot) in slots.enumerated() { columns[slot] = gathered[index] }
        batch = Batch(columns: columns, count: 0)
    }

    func gather(_ input: Batch, rows: UnsafePointer<Int32>, count: Int) {
        for (index, slot) in slots.enumerated() {
            gathered[index].assign(from: input.columns[slot], rows: rows, count: count)
        }
        batch.count = count
    }
}

/// An operand that is evaluated for some rows of the batch only.
final class LazyOperand {
    let node: ExpressionNode
    private let types: [Int: PhysicalType]
    private lazy var subBatch = SubBatch(for: node, types: types)

    init(_ node: ExpressionNode, types: [Int: PhysicalType]) {
        self.node = node
        self.types = types
    }

    /// The values for `rows`, which ascend, at the front of the result.
    func evaluate(
        _ input: Batch, rows: UnsafePointer<Int32>, count: Int
    ) throws(SQLError) -> Vector {
        if count == input.count { return try node.evaluate(input) }
        subBatch.gather(input, rows: rows, count: count)
        return try node.evaluate(subBatch.batch)
    }
}

extension Vector {
    /// Copies row `i` of `source` to row `rows[i]`; this vector is being filled with
    /// `beginNullable` done.
    func scatter(from source: Vector, rows: UnsafePointer<Int32>, count: Int) {
        if physicalType == .word {
            for index in 0..<count { words[Int(rows[index])] = source.words[index] }
        } else {
            for index in 0..<count { views[Int(rows[index])] = source.views[index] }
        }
        if source.hasNulls {
            for index in 0..<count where source.isNull(index) { setNull(Int(rows[index])) }
        }
    }
}
