internal import Base
internal import Functions

/// A running plan node: gives batches of rows until nil.
///
/// A batch and the views in it are valid until the operator's next `next`, `open` or `close`.
/// `open` starts from the beginning with the parameters as they are then; it may be called again at
/// any time. `close` gives up what belongs to the transaction (cursors) and large memory. Operators
/// are made once for a plan and run again and again.
class Operator {
    let types: [PhysicalType]
    let run: RunState

    init(types: [PhysicalType], run: RunState) {
        self.types = types
        self.run = run
    }

    func open() throws(SQLError) {
        invariant(false, "every operator opens")
    }
    func next() throws(SQLError) -> Batch? {
        invariant(false, "every operator gives rows")
        return nil
    }
    func close() {}

    /// How many rows the next batch is to have at most, so that no row is computed, or drawn from a
    /// sequence, that nobody has asked for. A hint: joins and the like give what they have.
    @exclusivity(unchecked) private(set) var rowsWanted = batchRowsMax
    func want(_ count: Int) { rowsWanted = count }

    /// The input whose rows it takes one after the other; nil: it has none, or takes them otherwise.
    var leadingInput: Operator? { nil }

    /// How many rows its conditions have left out, in all runs.
    var rowsRemoved: Int { 0 }

    /// The most space in temporary files that it has taken, in bytes, in all runs.
    var peakDiskBytes: Int { 0 }

    /// How many rows an INSERT, UPDATE or DELETE has changed so far; nil for queries.
    var changedCount: Int? { nil }
}

/// Expressions over one input, with the memory for what they compute: valid until the next
/// evaluation.
final class ExpressionSet {
    private let nodes: FixedList<ExpressionNode>
    private let context: FunctionContext
    /// While the expressions are evaluated: the context's arena from before.
    @exclusivity(unchecked) private var arena = Arena()

    /// What `evaluateAll` gave last, by number.
    @exclusivity(unchecked) private(set) var results: [Vector] = []
    /// Grows whenever a result lies in another vector than before: hardly ever, since most expressions
    /// have a vector of their own.
    @exclusivity(unchecked) private(set) var changeCount = 0

    init(_ nodes: [ExpressionNode], run: RunState) {
        self.nodes = FixedList(nodes)
        context = run.context
    }

    func begin() {
        arena.reset()
        context.exchangeArena(&arena)
    }
    func end() { context.exchangeArena(&arena) }

    /// Evaluates all expressions; `body` gets the results by number.
    func evaluate(
        _ input: Batch, _ body: (Int, Vector) throws(SQLError) -> Void
    ) throws(SQLError) {
        begin()
        defer { end() }
        for index in nodes.indices {
            try body(
                index, try nodes.lend(index) { (node) throws(SQLError) in try node.evaluate(input) })
        }
    }

    /// Evaluates all expressions, into `results`.
    func evaluateAll(_ input: Batch) throws(SQLError) {
        begin()
        defer { end() }
        for index in nodes.indices {
            let value = try nodes.lend(index) { (node) throws(SQLError) in
                try node.evaluate(input)
            }
            if index < results.count {
                if results[index] === value { continue }
                results[index] = value
            } else {
                results.append(value)
            }
            changeCount += 1
        }
    }

    /// The only expression's value.
    func evaluateOne(_ input: Batch) throws(SQLError) -> Vector {
        begin()
        defer { end() }
        return try nodes.lend(0) { (node) throws(SQLError) in try node.evaluate(input) }
    }

    var count: Int { nodes.count }
    var isEmpty: Bool { nodes.isEmpty }
}

/// A predicate over batches.
final class PredicateFilter {
    private let set: ExpressionSet
    /// The rows of the last batch that passed.
    let rows: UnsafeMutablePointer<Int32>

    init(_ node: ExpressionNode, run: RunState) {
        set = ExpressionSet([node], run: run)
        rows = .allocate(capacity: batchRowsMax)
    }
    deinit { rows.deallocate() }

    /// How many rows pass; which ones is in `rows`.
    func select(_ input: Batch) throws(SQLError) -> Int {
        let value = try set.evaluateOne(input)
        return selectTrue(value, count: input.count, into: rows)
    }
}

/// Writes the numbers of the true rows of a boolean vector; returns how many they are.
func selectTrue(_ value: Vector, count: Int, into rows: UnsafeMutablePointer<Int32>) -> Int {
    var found = 0
    let words = value.words
    if value.hasNulls {
        for row in 0..<count {
            rows[found] = Int32(truncatingIfNeeded: row)
            found += words[row] != 0 && !value.isNull(row) ? 1 : 0
        }
    } else {
        // No branch: a boolean's word is 0 or 1.
        for row in 0..<count {
            rows[found] = Int32(truncatingIfNeeded: row)
            found &+= Int(words[row])
        }
    }
    return found
}
