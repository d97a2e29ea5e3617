internal import Base
internal import Catalog
internal import Functions
internal import Query
internal import Types

/// A slot of a node's output as EXPLAIN names it.
struct ExplainSlot {
    /// In conditions and keys.
    var name: String
    /// In VERBOSE's output list.
    var output: String
    /// In conditions of a scan, where its relation goes without saying; nil: as anywhere.
    var bare: String?
    /// Of a computed value; shown in parentheses by whoever refers to it.
    var isComputed = false
    /// Expected bytes.
    var width: Int
}

/// Describes a plan's nodes as PostgreSQL names them, with what was expected of them and measured.
struct ExplainBuilder {
    let plan: PhysicalPlan
    let session: SessionState
    let options: ExplainOptions
    let instrumentation: Instrumentation?
    let catalog: CatalogSnapshot
    let context: TypeContext
    /// More than one relation: columns are shown with their relation's alias.
    let qualifies: Bool
    /// The values of the statement's own parameters.
    var values: [(value: Datum, type: OID)] = []
    /// What execution parameters stand for.
    var parameters: [Int: String] = [:]
    /// The aliases that scans have so far: of several of one name all but the first get a number.
    private var aliases: Set<String> = []
    /// The next scan is shared by several threads.
    var scansPieces = false
    /// Subplans that the node being described has mentioned.
    private var mentioned: [SubplanReference] = []
    private var described: Set<Int> = []

    init(
        plan: PhysicalPlan, session: SessionState, options: ExplainOptions,
        instrumentation: Instrumentation? = nil
    ) {
        self.plan = plan
        self.session = session
        self.options = options
        self.instrumentation = instrumentation
        let catalog = session.catalog.snapshot
        self.catalog = catalog
        context = session.functions.types
        let relations = plan.relations.count { catalog.relation($0.relation)?.kind != .view }
        let scans = ([plan.root] + plan.subplans + plan.commonTables.map(\.node)).reduce(0) {
            $0 + $1.scanCount
        }
        qualifies = max(relations, scans) > 1
    }

    mutating func describe() -> ExplainNode {
        describe(plan.root, instrumentation?.root).node
    }

    typealias Described = (node: ExplainNode, slots: [ExplainSlot])

    /// The node and what it gives, with the subplans that its expressions mention.
    mutating func describe(_ node: PlanNode, _ counters: OperatorCounters?) -> Described {
        let outer = mentioned
        mentioned = []
        defer { mentioned = outer }
        var result = describeNode(node, counters)
        result.node.output = result.slots.map {
            $0.isComputed && !result.node.children.isEmpty && passesOn(node)
                ? "(\($0.output))" : $0.output
        }
        if result.node.width == 0 { result.node.width = result.slots.reduce(0) { $0 + $1.width } }
        if let counters { result.node.counters = counters }
        var position = 0
        for reference in mentioned where described.insert(reference.subplan).inserted {
            let child = describeSubplan(reference)
            if child.relationship == "InitPlan" {
                result.node.children.insert(child, at: position)
                position += 1
            } else {
                result.node.children.append(child)
            }
        }
        return result
    }

    /// True if the node gives its input's values as they are.
    private func passesOn(_ node: PlanNode) -> Bool {
        switch node {
        case .sort, .limit, .lockRows: true
        default: false
        }
    }

    private mutating func describeSubplan(_ reference: SubplanReference) -> ExplainNode {
        let number = reference.subplan
        var (node, _) = describe(plan.subplans[number], instrumentation?.subplans[number])
        let isInitial = ExpressionText.isInitial(reference)
        node.relationship = isInitial ? "InitPlan" : "SubPlan"
        node.subplanName =
            isInitial ? "InitPlan \(number + 1) (returns $\(number))" : "SubPlan \(number + 1)"
        return node
    }

    // MARK: Helpers

    func quoted(_ name: String) -> String { Identifier.quote(name) }

    func target(_ name: String, _ alias: String) -> String {
        alias.isEmpty || alias == name ? quoted(name) : "\(quoted(name)) \(quoted(alias))"
    }

    /// A relation's name, with its schema where that is asked for.
    func relationName(_ relation: Relation) -> String {
        guard options.verbose, let schema = catalog.namespace(relation.namespace)?.name else {
            return quoted(relation.name)
        }
        return "\(quoted(schema)).\(quoted(relation.name))"
    }

    func slot(column: String, alias: String, width: Int) -> ExplainSlot {
        let whole = alias.isEmpty ? quoted(column) : "\(quoted(alias)).\(quoted(column))"
        return ExplainSlot(
            name: qualifies || options.verbose ? whole : quoted(column),
            output: qualifies ? whole : quoted(column),
            bare: options.verbose ? nil : quoted(column), width: width)
    }

    /// The slots as a scan's own conditions name them.
    func own(_ slots: [ExplainSlot]) -> [ExplainSlot] {
        slots.map { slot in
            var slot = slot
            slot.name = slot.bare ?? slot.name
            return slot
        }
    }

    /// What a scan is called, which no scan before it is.
    mutating func newAlias(_ wanted: String) -> String {
        var alias = wanted
        var number = 0
        while !aliases.insert(alias).inserted {
            number += 1
            alias = "\(wanted)_\(number)"
        }
        return alias
    }

    func width(_ type: SQLType) -> Int {
        let length = TypeCatalog.info(type.oid)?.length ?? -1
        return length > 0 ? Int(length) : 32
    }

    mutating func text(_ expression: Expression, _ slots: [ExplainSlot]) -> String {
        expression.forEachSubplan { reference in
            mentioned.append(reference)
        }
        noteArguments(of: expression, slots)
        return ExpressionText(
            names: slots.map { $0.isComputed ? "(\($0.name))" : $0.name }, context: context,
            parameters: parameters, values: values
        ).text(expression)
    }

    /// What a correlated subplan's parameters stand for.
    private mutating func noteArguments(of expression: Expression, _ slots: [ExplainSlot]) {
        var arguments: [(parameter: Int, value: Expression)] = []
        expression.forEachSubplan { arguments += $0.arguments }
        for argument in arguments { parameters[argument.parameter] = text(argument.value, slots) }
    }

    /// A value that a node computes of its input.
    mutating func computed(_ expression: Expression, _ slots: [ExplainSlot]) -> ExplainSlot {
        if case .slot(let slot, _) = expression, slot < slots.count { return slots[slot] }
        let name = text(expression, slots)
        let output = ExpressionText(
            names: slots.map { $0.isComputed ? "(\($0.output))" : $0.output }, context: context,
            parameters: parameters, values: values
        ).text(expression)
        return ExplainSlot(
            name: name, output: output, isComputed: true, width: width(expression.type))
    }

    mutating func sortKey(_ key: SortKey, _ slots: [ExplainSlot]) -> String {
        var result = text(key.expression, slots)
        if case .slot = key.expression {} else { result = "(\(result))" }
        if key.descending { result += " DESC" }
        if key.nullsFirst != key.descending {
            result += key.nullsFirst ? " NULLS FIRST" : " NULLS LAST"
        }
        return result
    }

    /// The description of a node that has one input and passes on its rows.
    mutating func over(
        _ title: String, type: String? = nil, _ input: PlanNode, _ counters: OperatorCounters?
    ) -> Described {
        var (child, slots) = describe(input, counters?.children.first)
        child.relationship = "Outer"
        var node = ExplainNode(title, type: type)
        node.rows = child.rows
        node.startupCost = child.startupCost
        node.totalCost = child.totalCost
        node.children = [child]
        return (node, slots)
    }
}

extension Expression {
    /// Calls `visit` for each subplan in the expression.
    func forEachSubplan(_ visit: (SubplanReference) -> Void) {
        if case .subplan(let reference) = self { visit(reference) }
        for child in children { child.forEachSubplan(visit) }
    }
}

extension PlanNode {
    /// The condition that a scan applies by itself.
    var scanFilter: Expression? {
        switch self {
        case .estimated(let input, _): input.scanFilter
        case .tableScan(let scan): scan.filter
        case .computedScan(_, _, let filter, _): filter
        case .sample(_, let sample): sample.filter
        default: nil
        }
    }

    /// How many tables and the like are scanned below.
    fileprivate var scanCount: Int {
        switch self {
        case .oneRow, .commonScan: 0
        case .tableScan, .computedScan, .sequenceScan, .functionScan: 1
        case .values(let rows, _): rows.count > 1 ? 1 : 0
        case .estimated(let input, _), .filter(let input, _), .project(let input, _),
            .sample(let input, _),
            .projectSet(let input, _), .window(let input, _), .sort(let input, _, _),
            .limit(let input, _, _, _), .distinct(let input, _), .with(_, let input),
            .lockRows(let input, _, _), .aggregate(let input, _, _, _),
            .parallelAggregate(let input, _, _, _):
            input.scanCount
        case .nestedLoop(_, let left, let right, _, _), .hashJoin(_, let left, let right, _, _, _),
            .setOperation(_, _, let left, let right), .recursiveUnion(_, let left, let right, _, _):
            left.scanCount + right.scanCount
        // Partitions are scanned in their table's name.
        case .append(let inputs), .partitionAppend(let inputs, _):
            inputs.reduce(0) { $0 + $1.scanCount }
        case .insert(let plan): plan.source.scanCount
        case .modify(let plan): plan.partitions == nil ? plan.source.scanCount : 1
        case .merge(let plan): plan.source.scanCount
        }
    }
}
