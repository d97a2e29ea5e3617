internal import Base
internal import Query
internal import Types

/// The inputs whose partitions can have rows for the values that conditions on the partition key
/// have when the scan starts, one after the other.
final class PartitionAppendOperator: Operator {
    private struct Key {
        var equal: ExpressionSet?
        var lower: (value: ExpressionSet, isInclusive: Bool)?
        var upper: (value: ExpressionSet, isInclusive: Bool)?
    }
    private let inputs: [Operator]
    private let map: PartitionMap
    private let keys: [Key]
    private let children: [Int]
    private let nothing = Batch([])
    private let arena = Arena()
    /// Inputs to read in this run, and the one being read.
    @exclusivity(unchecked) private var chosen: [Int] = []
    @exclusivity(unchecked) private var current = 0

    init(
        _ inputs: [Operator], _ pruning: PartitionPruning, builder: OperatorBuilder
    ) throws(SQLError) {
        self.inputs = inputs
        map = pruning.map
        children = pruning.children
        let compiler = builder.compiler
        func bound(
            _ bound: KeyBound?
        ) throws(SQLError) -> (value: ExpressionSet, isInclusive: Bool)? {
            guard let bound else { return nil }
            return (try compiler.compileSet(bound.values), bound.isInclusive)
        }
        var keys: [Key] = []
        for key in pruning.keys {
            keys.append(
                Key(
                    equal: try compiler.compileSet(key.equal), lower: try bound(key.lower),
                    upper: try bound(key.upper)))
        }
        self.keys = keys
        nothing.count = 1
        super.init(types: inputs[0].types, run: builder.run)
    }

    override func open() throws(SQLError) {
        current = 0
        chosen.removeAll(keepingCapacity: true)
        arena.reset()
        if let flags = try candidates() {
            for index in inputs.indices where flags[children[index]] { chosen.append(index) }
        }
        if let first = chosen.first { try inputs[first].open() }
    }

    override func close() { for input in inputs { input.close() } }

    override func next() throws(SQLError) -> Batch? {
        while current < chosen.count {
            if let batch = try inputs[chosen[current]].next() { return batch }
            current += 1
            if current < chosen.count { try inputs[chosen[current]].open() }
        }
        return nil
    }

    /// Nil: a comparison with null, which no row meets.
    private func candidates() throws(SQLError) -> [Bool]? {
        var conditions: [PartitionMap.KeyCondition] = []
        for key in keys {
            var condition = PartitionMap.KeyCondition()
            if let equal = key.equal {
                let value = try value(equal)
                if value.isNull { return nil }
                condition.equal = value
            }
            if let lower = key.lower {
                let value = try value(lower.value)
                if value.isNull { return nil }
                condition.lower = (value, lower.isInclusive)
            }
            if let upper = key.upper {
                let value = try value(upper.value)
                if value.isNull { return nil }
                condition.upper = (value, upper.isInclusive)
            }
            conditions.append(condition)
        }
        return map.candidates(conditions)
    }

    private func value(_ set: ExpressionSet) throws(SQLError) -> Datum {
        let vector = try set.evaluateOne(nothing)
        let value = vector[0]
        guard !value.isNull, vector.physicalType == .bytes else { return value }
        return Datum(view: value.view.copied(into: arena))
    }
}

/// UPDATE or DELETE of a partitioned table: of its partitions, one after the other.
final class PartitionedModifyOperator: Operator {
    private let parts: [ModifyOperator]
    @exclusivity(unchecked) private var current = 0

    init(
        _ plan: PlannedModify, _ parts: [PlannedModify], builder: OperatorBuilder
    ) throws(SQLError) {
        var operators: [ModifyOperator] = []
        for part in parts { operators.append(try ModifyOperator(part, builder: builder)) }
        self.parts = operators
        super.init(types: plan.returning.map(\.type.physical), run: builder.run)
    }

    override var changedCount: Int? { parts.reduce(0) { $0 + ($1.changedCount ?? 0) } }

    override func open() throws(SQLError) {
        current = 0
        for part in parts { try part.open() }
    }
    override func close() { for part in parts { part.close() } }

    override func next() throws(SQLError) -> Batch? {
        while current < parts.count {
            if let batch = try parts[current].next() { return batch }
            current += 1
        }
        return nil
    }
}
