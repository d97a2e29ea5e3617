internal import Base
internal import Catalog
internal import Query
internal import Types

/// Joins and aggregates.
extension ExplainBuilder {
    private func joinWord(_ kind: JoinKind) -> String {
        switch kind {
        case .inner: "Inner"
        case .left: "Left"
        case .right: "Right"
        case .full: "Full"
        case .semi: "Semi"
        case .anti: "Anti"
        }
    }

    mutating func describeJoin(_ join: PlanNode, _ counters: OperatorCounters?) -> Described {
        let kind: JoinKind
        let sides: (PlanNode, PlanNode)
        var keys: (left: [Expression], right: [Expression])?
        var settings: [(parameter: Int, value: Expression)] = []
        let condition: Expression?
        switch join {
        case .hashJoin(let joinKind, let left, let right, let leftKeys, let rightKeys, let rest):
            (kind, sides, condition) = (joinKind, (left, right), rest)
            keys = (leftKeys, rightKeys)
        case .nestedLoop(let joinKind, let left, let right, let given, let rest):
            (kind, sides, condition) = (joinKind, (left, right), rest)
            settings = given
        default:
            invariant(false, "a join is described")
            fatalError()
        }
        let word = joinWord(kind)
        let base = keys == nil ? "Nested Loop" : "Hash"
        let isPlain = kind == .inner
        let title =
            keys != nil || !isPlain ? "\(base)\(isPlain ? "" : " \(word)") Join" : base
        var node = ExplainNode(title, type: keys == nil ? "Nested Loop" : "Hash Join")
        node.aim("Join Type", word)
        var (left, leftSlots) = describe(sides.0, counters?.children.first)
        left.relationship = "Outer"
        for setting in settings { parameters[setting.parameter] = text(setting.value, leftSlots) }
        let below = counters.flatMap { $0.children.count > 1 ? $0.children[1] : nil }
        var (right, rightSlots) = describe(sides.1, below)
        right.relationship = keys == nil ? "Inner" : "Outer"
        let slots = leftSlots + rightSlots
        if let keys {
            let pairs = zip(keys.left, keys.right).map { left, right in
                "(\(text(left, leftSlots)) = \(text(right, rightSlots)))"
            }
            node.add(
                "Hash Cond", pairs.count == 1 ? pairs[0] : "(\(pairs.joined(separator: " AND ")))")
            right = hash(over: right)
        }
        if let condition { node.add("Join Filter", text(condition, slots)) }
        node.children = [left, right]
        node.rows = left.rows * right.rows
        node.startupCost = left.startupCost + (keys == nil ? right.startupCost : right.totalCost)
        node.totalCost = left.totalCost + right.totalCost
        switch kind {
        case .semi, .anti: return (node, leftSlots)
        case .inner, .left, .right, .full: return (node, slots)
        }
    }

    /// The hash table of a join's right side, which PostgreSQL shows as a node.
    private func hash(over input: ExplainNode) -> ExplainNode {
        var node = ExplainNode("Hash")
        node.relationship = "Inner"
        node.rows = input.rows
        node.width = input.width
        node.output = input.output
        node.startupCost = input.totalCost
        node.totalCost = input.totalCost
        if let counters = input.counters {
            node.counters = counters
            var buckets = 1024
            while buckets < counters.rows { buckets *= 2 }
            let size = max(9, counters.rows * max(input.width, 8) / 1024)
            node.addLine(
                "Buckets: \(buckets)  Batches: 1  Memory Usage: \(size)kB",
                [
                    ("Hash Buckets", .plain(String(buckets))),
                    ("Original Hash Buckets", .plain(String(buckets))),
                    ("Hash Batches", .plain("1")), ("Original Hash Batches", .plain("1")),
                    ("Peak Memory Usage", .plain(String(size))),
                ])
        }
        node.children = [input]
        return node
    }

    /// An aggregation that several threads share: PostgreSQL shows each thread's part, where the parts
    /// come together, and what is made of them.
    mutating func describeParallel(
        _ input: PlanNode, _ keys: [Expression], _ aggregates: [PlannedAggregate], _ workers: Int,
        _ counters: OperatorCounters?
    ) -> Described {
        scansPieces = true
        var (partial, slots) = describeAggregate(
            input, keys, aggregates, nil, counters, mode: "Partial")
        scansPieces = false
        partial.relationship = "Outer"
        partial.output = slots.enumerated().map {
            $0.offset < keys.count ? $0.element.output : "PARTIAL \($0.element.output)"
        }
        partial.width = slots.reduce(0) { $0 + $1.width }
        partial.counters = counters
        var gather = ExplainNode("Gather")
        gather.relationship = "Outer"
        gather.addCount("Workers Planned", workers)
        if counters != nil { gather.addCount("Workers Launched", 0) }
        gather.counters = counters
        gather.output = partial.output
        (gather.rows, gather.width) = (partial.rows, partial.width)
        (gather.startupCost, gather.totalCost) = (partial.startupCost, partial.totalCost)
        gather.children = [partial]
        let name = keys.isEmpty ? "Aggregate" : "HashAggregate"
        var node = ExplainNode("Finalize \(name)", type: "Aggregate")
        node.specify("Strategy", keys.isEmpty ? "Plain" : "Hashed")
        node.specify("Partial Mode", "Finalize")
        if !keys.isEmpty { node.add("Group Key", list: slots.prefix(keys.count).map(\.name)) }
        node.rows = partial.rows
        (node.startupCost, node.totalCost) = (partial.totalCost, partial.totalCost)
        node.children = [gather]
        return (node, slots)
    }

    mutating func describeAggregate(
        _ input: PlanNode, _ keys: [Expression], _ aggregates: [PlannedAggregate],
        _ sets: PlannedGroupingSets?, _ counters: OperatorCounters?, mode: String = "Simple"
    ) -> Described {
        let isMixed = !keys.isEmpty && sets?.sets.contains([]) ?? false
        let prefix = mode == "Partial" ? "Partial " : ""
        let (title, strategy) =
            keys.isEmpty
            ? ("Aggregate", "Plain")
            : isMixed ? ("MixedAggregate", "Mixed") : ("HashAggregate", "Hashed")
        let (over, below) = over(prefix + title, type: "Aggregate", input, counters)
        var node = over
        node.specify("Strategy", strategy)
        node.specify("Partial Mode", mode)
        var slots = keys.map { computed($0, below) }
        let keyTexts = slots.map(\.name)
        if let sets {
            // The longest first.
            for set in sets.sets.reversed() {
                let text = set.isEmpty ? ["()"] : set.map { keyTexts[$0] }
                node.add(set.isEmpty ? "Group Key" : "Hash Key", list: text)
            }
        } else if !keys.isEmpty {
            node.add("Group Key", list: keyTexts)
        }
        let shown = below.map { slot in
            var slot = slot
            slot.name = slot.output
            return slot
        }
        for aggregate in aggregates {
            slots.append(
                ExplainSlot(
                    name: aggregateText(aggregate, below),
                    output: aggregateText(aggregate, shown), isComputed: true, width: width(aggregate.type)))
        }
        for _ in sets?.groupings ?? [] {
            slots.append(ExplainSlot(name: "GROUPING", output: "GROUPING", isComputed: true, width: 4))
        }
        node.rows = keys.isEmpty ? 1 : node.rows
        node.startupCost = node.totalCost
        if counters != nil, !keys.isEmpty {
            let size = max(24, (counters?.rows ?? 0) * 48 / 1024)
            node.addLine(
                "Batches: 1  Memory Usage: \(size)kB",
                [
                    ("Planned Partitions", .plain("0")), ("HashAgg Batches", .plain("1")),
                    ("Peak Memory Usage", .plain(String(size))), ("Disk Usage", .plain("0")),
                ])
        }
        return (node, slots)
    }

    private mutating func aggregateText(
        _ aggregate: PlannedAggregate, _ slots: [ExplainSlot]
    ) -> String {
        let arguments = aggregate.arguments.map { text($0, slots) }.joined(separator: ", ")
        var inside = arguments.isEmpty ? "*" : arguments
        if aggregate.isDistinct { inside = "DISTINCT \(inside)" }
        if !aggregate.orderBy.isEmpty {
            inside += " ORDER BY " + aggregate.orderBy.map { key in
                var result = text(key.expression, slots)
                if key.descending { result += " DESC" }
                return result
            }.joined(separator: ", ")
        }
        var result = "\(ExpressionText.functionName(aggregate.function))(\(inside))"
        if let filter = aggregate.filter { result += " FILTER (WHERE \(text(filter, slots)))" }
        return result
    }
}
