internal import Base
internal import Catalog
internal import Query
internal import Types

extension QueryPlanner {
    /// The estimates of this query.
    var selectivity: Selectivity {
        Selectivity(source: source, rangeTable: body.rangeTable, folder: context.folder)
    }

    /// The inner join of several items and the semi joins with them, in the cheapest order found.
    func planJoins(
        _ trees: [JoinTree], _ conjuncts: [Conjunct], _ semiJoins: [SemiJoin],
        order: WantedOrder?
    ) throws(SQLError) -> PlannedPart {
        var items: [JoinItem] = []
        let joining = conjuncts.filter { conjunct in
            !conjunct.relations.isEmpty && !trees.contains { isLocal(conjunct, $0) }
        }
        // A condition that runs a query for each row is tested on what the others leave.
        let isLate = { (conjunct: Conjunct) in conjunct.expression.runsQueryForEachRow }
        var classes = EqualityClasses(joining.filter { !isLate($0) }, trees)
        classes.takeConstants(from: conjuncts)
        let late = conjuncts.filter { !$0.relations.isEmpty && isLate($0) }
        var others = joining.filter { !isLate($0) && !classes.contains($0) }.map {
            (conjunct: $0, part: selectivity.one($0.expression))
        }
        for (index, tree) in trees.enumerated() {
            var local = conjuncts.filter { isLocal($0, tree) && !isLate($0) }
            local += classes.constants(of: index).map { conjunct($0) }
            for number in others.indices {
                // What an OR says of the item alone is tested early; the rest of it is later.
                guard
                    let implied = others[number].conjunct.expression.implied(
                        for: tree.relations, { source.isVolatile($0) })
                else { continue }
                local.append(conjunct(implied))
                others[number].part = min(
                    others[number].part / max(selectivity.one(implied), 1e-6), 1)
            }
            items.append(try joinItem(tree, local, order: order))
        }
        for join in semiJoins { items.append(try semiItem(join)) }
        let search = JoinSearch(items, classes, others, self)
        var part = try build(try search.best(), search)
        if let condition = Expression.conjunction(late.map(\.expression)) {
            part.node = .filter(part.node, try resolve(condition, part.layout))
            part.cost += part.rows * Cost.subplanRow
            part.rows = max(part.rows * Cost.filterSelectivity, 1)
            part = part.estimated
        }
        return part
    }

    private func joinItem(
        _ tree: JoinTree, _ conjuncts: [Conjunct], order: WantedOrder?
    ) throws(SQLError) -> JoinItem {
        let part = try planItem(tree, conjuncts, order: order)
        var item = JoinItem(
            kind: .inner, part: part, relations: tree.relations, requires: part.dependencies)
        item.table = scannable(tree)
        item.local = conjuncts
        return item
    }

    /// The right side of a semi or anti join as an item.
    private func semiItem(_ join: SemiJoin) throws(SQLError) -> JoinItem {
        let (tree, terms) = simplified(join.tree, join.conditions.map { conjunct($0) })
        let inner = terms.filter { !$0.isVolatile && isLocal($0, tree) }
        var item = try joinItem(tree, inner, order: nil)
        item.kind = join.kind
        item.join(by: terms.filter { $0.isVolatile || !isLocal($0, tree) })
        return item
    }

    /// The table that a tree is, if it can be looked up by key.
    private func scannable(_ tree: JoinTree) -> ScannedTable? {
        guard case .entry(let relation) = tree,
            case .table(let table) = body.rangeTable[relation].kind,
            body.rangeTable[relation].sample == nil,
            table.kind != .partitionedTable
        else { return nil }
        return ScannedTable(
            relation: relation, table: table, alias: body.rangeTable[relation].alias)
    }

    /// A pulled-up subquery with a WHERE clause of its own: as an entry it can be looked up.
    private func simplified(
        _ tree: JoinTree, _ terms: [Conjunct]
    ) -> (tree: JoinTree, terms: [Conjunct]) {
        guard case .join(.inner, let entry, .oneRow, let condition) = tree, case .entry = entry
        else { return (tree, terms) }
        let own = (condition?.conjuncts ?? []).map { conjunct($0) }
        if own.allSatisfy({ !$0.isVolatile && isLocal($0, entry) }) { return (entry, terms + own) }
        return (tree, terms)
    }

    // MARK: Building

    /// The plan of an order that the search has found.
    private func build(_ tree: JoinOrder, _ search: JoinSearch) throws(SQLError) -> PlannedPart {
        switch tree {
        case .item(let index): return search.items[index].part
        case .join(let left, let right, let method, let rows, let cost):
            let before = try build(left, search)
            var conditions = search.conditions(left.mask, right.mask)
            guard case .item(let index) = right else {
                let part = try join(
                    .inner, before, try build(right, search), method, nil, &conditions)
                return part.estimated(rows, cost)
            }
            let item = search.items[index]
            let part = try join(item.kind, before, item.part, method, item, &conditions)
            return part.estimated(rows, cost)
        }
    }

    /// - Parameters:
    ///   - item: the right side, if it is but one.
    ///   - usable: all that has to hold beyond what the sides hold by themselves.
    private func join(
        _ kind: JoinKind, _ left: PlannedPart, _ right: PlannedPart, _ method: JoinMethod,
        _ item: JoinItem?, _ usable: inout [Conjunct]
    ) throws(SQLError) -> PlannedPart {
        var right = right
        let both = left.relations.union(right.relations)
        if method == .lookup, let item, let table = item.table {
            let chooser = AccessChooser(
                relation: table.relation, table: table.table, source: source,
                conjuncts: item.local
                    + usable.filter { $0.relations.contains(table.relation) },
                selectivity)
            let path = chooser.choose(available: left.relations, order: nil)
            right = try planScan(
                chooser, path, available: left.relations, alias: table.alias)
            // The scan tests every conjunct that it knows, those of the join included.
            let tested = chooser.conjuncts.filter { $0.relations.isSubset(of: both) }
            usable.removeAll { condition in
                tested.contains { $0.expression.isSame(as: condition.expression) }
            }
        }
        let bindings = try split(right.bindings, left.layout, left.relations)
        let layout = left.layout + right.layout
        var part = PlannedPart(
            node: .oneRow, layout: layout, relations: both,
            bindings: left.bindings + bindings.rest, rows: left.rows, cost: left.cost)
        // Left rows keep their order.
        part.isOrdered = left.isOrdered && kind != .full
        if kind == .semi || kind == .anti {
            part.layout = left.layout
            part.relations = left.relations
        }
        if method == .hash {
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
    func hashKeys(
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
        let (tree, terms) = kind == .full ? (tree, terms) : simplified(tree, terms)
        // Terms about the right side alone filter it early.
        let inner = kind == .full ? [] : terms.filter { !$0.isVolatile && isLocal($0, tree) }
        var conditions =
            kind == .full ? terms : terms.filter { $0.isVolatile || !isLocal($0, tree) }
        var item = try joinItem(tree, inner, order: nil)
        item.kind = kind
        if kind == .full { item.table = nil }
        item.join(by: conditions)
        let first = JoinItem(kind: .inner, part: left, relations: left.relations, requires: .none)
        let search = JoinSearch([first, item], EqualityClasses(), [], self)
        let step = search.step(1, 2)
        if kind == .full, !conditions.isEmpty, step.method != .hash {
            throw SQLError(
                .featureNotSupported,
                "FULL JOIN is only supported with merge-joinable or hash-joinable join conditions"
            )
        }
        let part = try join(kind, left, item.part, step.method, item, &conditions)
        return part.estimated(search.rows(3), step.cost)
    }
}

extension PlannedPart {
    fileprivate func estimated(_ rows: Double, _ cost: Double) -> PlannedPart {
        var part = self
        part.rows = rows
        part.cost = cost
        return part.estimated
    }
}

extension Expression {
    /// A subquery in it depends on the row, so that it has to run for each.
    var runsQueryForEachRow: Bool {
        contains {
            guard case .subquery(let subquery) = $0 else { return false }
            var isCorrelated = false
            subquery.query.body.forEachVariable { _, level in
                if level == 1 { isCorrelated = true }
            }
            return isCorrelated
        }
    }
}
