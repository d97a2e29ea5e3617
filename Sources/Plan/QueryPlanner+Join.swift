internal import Base
internal import Catalog
internal import Query
internal import Types

/// A FROM item that waits to be joined.
private struct JoinItem {
    var tree: JoinTree
    /// The item planned alone.
    var part: PlannedPart
    /// A table can also be read by keys that the rows before it give.
    var chooser: AccessChooser?
    var alias: String
}

/// How an item is joined to what is there already.
private enum JoinMethod {
    case lookup(AccessPath)
    case hash
    case loop
}

extension QueryPlanner {
    /// The inner join of several items: greedily, the cheapest next step first.
    func planJoins(
        _ trees: [JoinTree], _ conjuncts: [Conjunct]
    ) throws(SQLError) -> PlannedPart {
        var items: [JoinItem] = []
        for tree in trees { items.append(try joinItem(tree, conjuncts)) }
        var pending = conjuncts.filter { conjunct in
            !conjunct.relations.isEmpty && !trees.contains { isLocal(conjunct, $0) }
        }
        let first = startItem(items, pending)
        var part = items.remove(at: first).part
        while !items.isEmpty {
            guard let step = nextStep(part, items, pending) else {
                throw SQLError(.internalError, "LATERAL items refer to each other")
            }
            let item = items.remove(at: step.index)
            part = try join(
                .inner, part, item, step.method, conditions: &pending)
        }
        if let condition = Expression.conjunction(pending.map(\.expression)) {
            part.node = .filter(part.node, try resolve(condition, part.layout))
        }
        return part
    }

    private func joinItem(
        _ tree: JoinTree, _ conjuncts: [Conjunct]
    ) throws(SQLError) -> JoinItem {
        let part = try planItem(tree, conjuncts.filter { isLocal($0, tree) })
        var item = JoinItem(tree: tree, part: part, chooser: nil, alias: "")
        if case .entry(let relation) = tree {
            item.alias = body.rangeTable[relation].alias
            if case .table(let table) = body.rangeTable[relation].kind,
                table.kind != .partitionedTable
            {
                item.chooser = AccessChooser(
                    relation: relation, table: table, source: source,
                    conjuncts: conjuncts.filter { $0.relations.contains(relation) })
            }
        }
        return item
    }

    /// The item to begin with: the one from which the whole greedy order is cheapest.
    private func startItem(_ items: [JoinItem], _ conjuncts: [Conjunct]) -> Int {
        let candidates = items.indices.filter { items[$0].part.dependencies.isEmpty }
        let sorted = candidates.sorted { items[$0].part.rows < items[$1].part.rows }
        if items.count > 8 { return sorted.first ?? 0 }
        var best = (index: sorted.first ?? 0, cost: Double.infinity)
        for index in sorted {
            var rest = items
            let start = rest.remove(at: index)
            var part = start.part
            var cost = part.cost
            var pending = conjuncts
            while !rest.isEmpty, let step = nextStep(part, rest, pending) {
                let item = rest.remove(at: step.index)
                cost += step.cost
                part.rows = step.rows
                part.relations.formUnion(item.part.relations)
                pending.removeAll { $0.relations.isSubset(of: part.relations) }
            }
            if rest.isEmpty, cost < best.cost { best = (index, cost) }
        }
        return best.index
    }

    private struct JoinStep {
        var index: Int
        var method: JoinMethod
        var rows: Double
        var cost: Double
    }

    /// The cheapest item to join next; items without a condition to join by come last.
    private func nextStep(
        _ part: PlannedPart, _ items: [JoinItem], _ conjuncts: [Conjunct]
    ) -> JoinStep? {
        var best: JoinStep?
        var bestIsConnected = false
        for (index, item) in items.enumerated()
        where item.part.dependencies.isSubset(of: part.relations) {
            let both = part.relations.union(item.part.relations)
            let usable = conjuncts.filter { $0.relations.isSubset(of: both) }
            let isConnected = !usable.isEmpty || !item.part.dependencies.isEmpty
            let step = joinStep(.inner, part, item, usable, index: index)
            guard let known = best else {
                (best, bestIsConnected) = (step, isConnected)
                continue
            }
            let isBetter =
                isConnected == bestIsConnected
                ? step.cost + step.rows * Cost.scanRow < known.cost + known.rows * Cost.scanRow
                : isConnected
            if isBetter { (best, bestIsConnected) = (step, isConnected) }
        }
        return best
    }

    /// The cheapest way to join `item`, and how many rows come out.
    private func joinStep(
        _ kind: JoinKind, _ left: PlannedPart, _ item: JoinItem, _ conditions: [Conjunct],
        index: Int
    ) -> JoinStep {
        let right = item.part
        let keys = hashKeys(left.relations, right.relations, conditions)
        var rows = left.rows * right.rows
        for _ in keys.left { rows /= max(left.rows, right.rows, 1) }
        for _ in keys.left.count..<max(conditions.count, keys.left.count) {
            rows *= Cost.filterSelectivity
        }
        var best = JoinStep(
            index: index, method: .loop, rows: 0,
            cost: (right.dependencies.isEmpty
                ? right.cost : left.rows * (Cost.loopStart + right.cost))
                + left.rows * right.rows * Cost.conditionRow)
        if kind != .full, let chooser = item.chooser {
            let path = chooser.choose(
                available: left.relations.subtracting(right.relations), order: nil)
            if path.usesOuter {
                let matches = max(path.rows * chooser.selectivity(without: path), 0.001)
                rows = min(rows, left.rows * matches)
                let cost = left.rows * (Cost.loopStart + path.cost)
                if cost < best.cost {
                    best.method = .lookup(path)
                    best.cost = cost
                }
            }
        }
        if !keys.left.isEmpty, right.dependencies.isEmpty {
            let (small, large) =
                kind == .inner && left.rows < right.rows
                ? (left.rows, right.rows) : (right.rows, left.rows)
            let cost = right.cost + small * Cost.hashBuildRow + large * Cost.hashProbeRow
            if cost < best.cost || kind == .full {
                best.method = .hash
                best.cost = cost
            }
        }
        if kind == .left || kind == .full { rows = max(rows, left.rows) }
        if kind == .semi || kind == .anti { rows = max(left.rows / 2, 1) }
        best.rows = max(rows, 1)
        return best
    }

    // MARK: Building

    private func join(
        _ kind: JoinKind, _ left: PlannedPart, _ item: JoinItem, _ method: JoinMethod,
        conditions: inout [Conjunct]
    ) throws(SQLError) -> PlannedPart {
        var left = left
        var right = item.part
        let both = left.relations.union(right.relations)
        var usable = conditions.filter { $0.relations.isSubset(of: both) }
        if kind == .inner {
            conditions.removeAll { $0.relations.isSubset(of: both) }
        } else {
            conditions = []
        }
        let step = joinStep(kind, left, item, usable, index: 0)
        switch method {
        case .lookup(let path):
            guard let chooser = item.chooser else { break }
            right = try planScan(
                chooser, path, available: left.relations, alias: item.alias)
            // The scan tests every conjunct that it knows, those of the join included.
            let tested = chooser.conjuncts.filter { $0.relations.isSubset(of: both) }
            usable.removeAll { condition in
                tested.contains { $0.expression.isSame(as: condition.expression) }
            }
        case .hash:
            if kind == .inner, left.rows < right.rows { swap(&left, &right) }
        case .loop:
            // The right side is kept in memory.
            if kind == .inner, right.bindings.isEmpty, left.rows < right.rows {
                swap(&left, &right)
            }
        }
        let bindings = try split(right.bindings, left.layout, left.relations)
        var part = PlannedPart(
            node: .oneRow, layout: left.layout + right.layout, relations: both,
            bindings: left.bindings + bindings.rest, rows: step.rows, cost: left.cost + step.cost)
        if kind == .semi || kind == .anti {
            part.layout = left.layout
            part.relations = left.relations
        }
        let layout = left.layout + right.layout
        if case .hash = method {
            let keys = hashKeys(left.relations, right.relations, usable)
            let rest = usable.enumerated().filter { !keys.used.contains($0.offset) }
            let condition = Expression.conjunction(rest.map(\.element.expression))
            part.node = .hashJoin(
                kind, left.node, right.node,
                leftKeys: try resolve(keys.left, left.layout),
                rightKeys: try resolve(keys.right, right.layout),
                condition: try condition.map { e throws(SQLError) in try resolve(e, layout) })
        } else {
            let condition = Expression.conjunction(usable.map(\.expression))
            part.node = .nestedLoop(
                kind, left.node, right.node, parameters: bindings.parameters,
                condition: try condition.map { e throws(SQLError) in try resolve(e, layout) })
        }
        return part
    }

    /// Those of `bindings` that `layout` can give, as a nested loop's parameters, and the rest.
    private func split(
        _ bindings: [(variable: Variable, parameter: Int)], _ layout: Layout,
        _ relations: RelationSet
    ) throws(SQLError) -> (
        parameters: [(parameter: Int, value: Expression)],
        rest: [(variable: Variable, parameter: Int)]
    ) {
        var parameters: [(parameter: Int, value: Expression)] = []
        var rest: [(variable: Variable, parameter: Int)] = []
        for binding in bindings {
            if relations.contains(binding.variable.relation) {
                parameters.append(
                    (binding.parameter, try resolve(.variable(binding.variable), layout)))
            } else {
                rest.append(binding)
            }
        }
        return (parameters, rest)
    }

    /// The equalities among `conditions` that compare the left side with the right one.
    private func hashKeys(
        _ left: RelationSet, _ right: RelationSet, _ conditions: [Conjunct]
    ) -> (left: [Expression], right: [Expression], used: [Int]) {
        var keys: (left: [Expression], right: [Expression], used: [Int]) = ([], [], [])
        for (index, condition) in conditions.enumerated() where !condition.isVolatile {
            guard case .call(let function, let arguments, _) = condition.expression,
                let comparison = Comparison.function(function), comparison.strategy == .equal
            else { continue }
            let first = arguments[0].relations
            let second = arguments[1].relations
            if first.isEmpty || second.isEmpty { continue }
            // Both sides of a hash key have one type: integers have one physical form.
            let isMixed = comparison.left != comparison.right
            let sides = arguments.map { argument -> Expression in
                isMixed
                    ? .relabel(argument, type: SQLType(oid: .int8, modifier: -1)) : argument
            }
            if first.isSubset(of: left), second.isSubset(of: right) {
                keys.left.append(sides[0])
                keys.right.append(sides[1])
            } else if first.isSubset(of: right), second.isSubset(of: left) {
                keys.left.append(sides[1])
                keys.right.append(sides[0])
            } else {
                continue
            }
            keys.used.append(index)
        }
        return keys
    }

    // MARK: Outer joins

    /// A LEFT, RIGHT or FULL join; `conjuncts` are WHERE's that are about it alone.
    func planOuterJoin(
        _ kind: JoinKind, _ left: JoinTree, _ right: JoinTree, _ condition: Expression?,
        _ conjuncts: [Conjunct]
    ) throws(SQLError) -> PlannedPart {
        if kind == .right {
            return try planOuterJoin(.left, right, left, condition, conjuncts)
        }
        let terms = (condition?.conjuncts ?? []).map { conjunct($0) }
        // WHERE's terms about the preserved side filter it early.
        let early = kind == .left ? conjuncts.filter { isLocal($0, left) } : []
        let late = conjuncts.filter { conjunct in
            kind != .left || !isLocal(conjunct, left)
        }
        var part = try joinRight(kind, try planItem(left, early), right, terms: terms)
        if let filter = Expression.conjunction(late.map(\.expression)) {
            part.node = .filter(part.node, try resolve(filter, part.layout))
            part.rows = max(part.rows * Cost.filterSelectivity, 1)
        }
        return part
    }

    /// Joins `left` with a tree on its right by the conditions `terms`; not for inner joins.
    func joinRight(
        _ kind: JoinKind, _ left: PlannedPart, _ tree: JoinTree, terms: [Conjunct]
    ) throws(SQLError) -> PlannedPart {
        var tree = tree
        var terms = terms
        // A pulled-up subquery with a WHERE clause of its own: as an entry it can be looked up.
        if kind != .full, case .join(.inner, let entry, .oneRow, let condition) = tree,
            case .entry = entry
        {
            let own = (condition?.conjuncts ?? []).map { conjunct($0) }
            if own.allSatisfy({ !$0.isVolatile && isLocal($0, entry) }) {
                tree = entry
                terms += own
            }
        }
        // Terms about the right side alone filter it early.
        let inner = kind == .full ? [] : terms.filter { !$0.isVolatile && isLocal($0, tree) }
        var conditions =
            kind == .full ? terms : terms.filter { $0.isVolatile || !isLocal($0, tree) }
        var item = JoinItem(tree: tree, part: try planItem(tree, inner), chooser: nil, alias: "")
        if kind != .full, case .entry(let relation) = tree {
            item.alias = body.rangeTable[relation].alias
            if case .table(let table) = body.rangeTable[relation].kind,
                table.kind != .partitionedTable
            {
                item.chooser = AccessChooser(
                    relation: relation, table: table, source: source,
                    conjuncts: (inner + conditions).filter { $0.relations.contains(relation) })
            }
        }
        let step = joinStep(kind, left, item, conditions, index: 0)
        if kind == .full, !conditions.isEmpty {
            guard case .hash = step.method else {
                throw SQLError(
                    .featureNotSupported,
                    "FULL JOIN is only supported with merge-joinable or hash-joinable join conditions"
                )
            }
        }
        // A nested loop keeps the order of its left side.
        var isOrdered = left.isOrdered && kind != .full
        if case .hash = step.method { isOrdered = false }
        var part = try join(kind, left, item, step.method, conditions: &conditions)
        part.isOrdered = isOrdered
        return part
    }
}
