internal import Base
internal import Catalog
internal import Query

/// What the slots of an operator's output hold, in terms of the query that is being planned.
struct Layout {
    enum Slot {
        /// A column of a range table entry.
        case column(relation: Int, column: Int)
        /// The row key of a table.
        case rowKey(relation: Int)
        /// A computed expression of the query: a GROUP BY key or an aggregate's result.
        case expression(Expression)
        case anonymous
    }
    var slots: [Slot]
    /// Whether `.expression` slots have to be looked for.
    var hasExpressions = false
    /// RETURNING: the rows of entry 0 are those that the statement has written.
    var isWritten = false
    /// Where the table of a written row is, if not the statement's own.
    var tableSlot: Int?

    init(_ slots: [Slot] = []) { self.slots = slots }

    static func + (left: Layout, right: Layout) -> Layout {
        var result = Layout(left.slots + right.slots)
        result.hasExpressions = left.hasExpressions || right.hasExpressions
        return result
    }

    mutating func append(_ expression: Expression) {
        slots.append(.expression(expression))
        hasExpressions = true
    }

    func slot(relation: Int, column: Int) -> Int? {
        for (index, slot) in slots.enumerated() {
            if case .column(relation, column) = slot { return index }
        }
        return nil
    }

    func rowKeySlot(relation: Int) -> Int? {
        slots.firstIndex {
            if case .rowKey(relation) = $0 { true } else { false }
        }
    }

    func slot(of expression: Expression) -> Int? {
        guard hasExpressions else { return nil }
        return slots.firstIndex {
            if case .expression(let computed) = $0 {
                computed.isSame(as: expression)
            } else {
                false
            }
        }
    }
}

/// Variables of a query that a part of its plan takes as execution parameters: from the left side
/// of a nested loop, or, seen from a subquery, from the query around it.
final class Bindings {
    private(set) var list: [(variable: Variable, parameter: Int)] = []
    private let context: PlanContext

    init(_ context: PlanContext) { self.context = context }

    func parameter(for variable: Variable) -> Int {
        if let known = list.first(where: { $0.variable == variable }) { return known.parameter }
        let parameter = context.newParameter()
        list.append((variable, parameter))
        return parameter
    }

    /// Takes over a parameter that a query below uses for `variable`.
    func add(_ variable: Variable, _ parameter: Int) { list.append((variable, parameter)) }
}

/// What all query levels of one statement share while it is planned.
final class PlanContext {
    let source: PlannerSource
    var subplans: [PlanNode] = []
    /// Of the costliest query in it.
    private(set) var cost = 0.0
    func noteCost(_ cost: Double) { self.cost = max(self.cost, cost) }
    private(set) var executionParameterCount = 0
    private(set) var relations: [PlannedRelation] = []

    /// The queries of WITH planned so far, and their numbers by id.
    var commonTables: [PlannedCommonTable] = []
    var commonNumbers: [Int: Int] = [:]
    /// The recursions whose step is being planned.
    var recursions: Set<Int> = []

    /// The statement reads alone: other threads may help with it.
    var mayRunInParallel = false

    let folder: ConstantFolder

    init(_ source: PlannerSource) {
        self.source = source
        folder = ConstantFolder(source)
        for view in source.named.views {
            use(view.relation, view.use, view.rights, as: view.checkAs)
        }
    }

    /// One to try a plan in, of which nothing stays.
    func scratch() -> PlanContext {
        let result = PlanContext(source)
        (result.commonTables, result.commonNumbers) = (commonTables, commonNumbers)
        result.recursions = recursions
        return result
    }

    func newParameter() -> Int {
        executionParameterCount += 1
        return executionParameterCount - 1
    }

    /// Notes that the plan uses a relation; the strongest use counts, and all rights.
    func use(
        _ relation: OID, _ use: PlannedRelation.Use, _ rights: Privilege.Rights,
        as user: OID = .invalid
    ) {
        for index in relations.indices
        where relations[index].relation == relation && relations[index].checkAs == user {
            relations[index].rights.formUnion(rights)
            if relations[index].use.rawValue < use.rawValue { relations[index].use = use }
            return
        }
        relations.append(
            PlannedRelation(
                relation: relation, use: use, rights: rights, checkAs: user))
    }
}

/// A planned part of a FROM clause.
struct PlannedPart {
    var node: PlanNode
    var layout: Layout
    /// Entries whose columns the part gives.
    var relations: RelationSet
    /// Entries of the same query whose columns it takes as execution parameters.
    var bindings: [(variable: Variable, parameter: Int)] = []
    /// Estimates: rows and microseconds.
    var rows: Double
    var cost: Double
    /// The query's ORDER BY is met.
    var isOrdered = false
    /// The order that a sort has brought the rows to, over the part's slots.
    var sortedKeys: [SortKey] = []

    /// With its estimates kept in the plan.
    var estimated: PlannedPart {
        var part = self
        part.node = .estimated(node, PlanEstimate(rows: rows, cost: cost))
        return part
    }

    var dependencies: RelationSet {
        var result = RelationSet()
        for binding in bindings { result.insert(binding.variable.relation) }
        return result
    }
}

/// The rough costs, in microseconds, that plans are compared by.
enum Cost {
    static let scanRow = 0.02
    static let scanStart = 0.5
    /// Finding a row by its whole key; each doubling of a table that is searched for part of a key.
    static let lookup = 0.3
    static let searchLevel = 0.12
    static let indexRow = 0.3
    static let hashBuildRow = 0.1
    static let hashProbeRow = 0.05
    static let outputRow = 0.02
    static let loopStart = 0.1
    static let conditionRow = 0.01
    /// A condition on a pair of rows, and a row kept for pairs.
    static let pairRow = 0.01
    static let storeRow = 0.02
    /// A query run for a row.
    static let subplanRow = 10.0
    static let subplanStart = 2.0
    static let equalitySelectivity = 0.005
    static let rangeSelectivity = 0.33
    static let filterSelectivity = 0.33
    static let functionRows = 1000.0
    static let tableRowsMin = 1000.0
    /// What a node has to cost, and a table to have, before another thread helps; three times the rows
    /// are worth one more. Where rows make more groups than this part of their number, and not just a
    /// few, merging them costs what helping saves.
    static let parallelGroups = 0.05
    static let fewGroups = 1000.0
    static let parallelMin = 1000.0
    static let parallelRowsMin = 50_000.0
    static let parallelRowsSecond = 1_000_000.0

    /// Finding the first of the rows with part of a key.
    static func search(rows: Double) -> Double {
        lookup + searchLevel * Double(Int(max(rows, 1)).bitWidth - Int(max(rows, 1)).leadingZeroBitCount)
    }

    /// Rough cost of sorting.
    static func sort(rows: Double) -> Double {
        var levels = 1.0
        var size = 2.0
        while size < rows {
            size *= 2
            levels += 1
        }
        return rows * levels * 0.02
    }
}
