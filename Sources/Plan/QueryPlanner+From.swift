internal import Base
internal import Catalog
internal import Query
internal import Types

extension QueryPlanner {
    /// FROM and WHERE.
    func planFrom(order: WantedOrder?) throws(SQLError) -> PlannedPart {
        var items: [JoinTree] = []
        var conjuncts: [Conjunct] = []
        flatten(body.from, items: &items, conjuncts: &conjuncts)
        if let predicate = body.predicate {
            for term in predicate.conjuncts { conjuncts.append(conjunct(term)) }
        }
        return try planItems(
            items, conjuncts, semiJoins, order: items.count == 1 ? order : nil)
    }

    /// Takes inner joins apart: their items, and their conditions as conjuncts.
    private func flatten(
        _ tree: JoinTree, items: inout [JoinTree], conjuncts: inout [Conjunct]
    ) {
        switch tree {
        case .oneRow: break
        case .join(.inner, let left, let right, let condition):
            flatten(left, items: &items, conjuncts: &conjuncts)
            flatten(right, items: &items, conjuncts: &conjuncts)
            for term in condition?.conjuncts ?? [] { conjuncts.append(conjunct(term)) }
        case .entry, .join: items.append(tree)
        }
    }

    /// The inner join of `items` with all of `conjuncts` and `semiJoins` applied.
    func planItems(
        _ items: [JoinTree], _ conjuncts: [Conjunct], _ semiJoins: [SemiJoin] = [],
        order: WantedOrder? = nil
    ) throws(SQLError) -> PlannedPart {
        let all = items.reduce(RelationSet()) { $0.union($1.relations) }
        for conjunct in conjuncts
        where conjunct.relations.intersects(all) && !conjunct.relations.isSubset(of: all) {
            throw SQLError(.internalError, "a condition of a join is about other joins")
        }
        var part: PlannedPart
        if items.isEmpty {
            part = PlannedPart(
                node: .oneRow, layout: Layout(), relations: .none, rows: 1, cost: 0)
            for join in semiJoins {
                part = try joinRight(
                    join.kind, part, join.tree, terms: join.conditions.map { conjunct($0) })
            }
        } else if items.count == 1, semiJoins.isEmpty {
            part = try planItem(items[0], conjuncts.filter { isLocal($0, items[0]) }, order: order)
        } else {
            part = try planJoins(items, conjuncts, semiJoins, order: order)
        }
        // What no item could take: terms without variables, and volatile ones of several items.
        let rest = conjuncts.filter { conjunct in
            items.isEmpty || conjunct.relations.intersects(all) == false
        }
        return try applyGates(rest, to: part)
    }

    /// True if a conjunct can be applied where `item` is planned alone.
    func isLocal(_ conjunct: Conjunct, _ item: JoinTree) -> Bool {
        !conjunct.relations.isEmpty && conjunct.relations.isSubset(of: item.relations)
    }

    /// Conditions that need no column of `part`.
    private func applyGates(
        _ conjuncts: [Conjunct], to part: PlannedPart
    ) throws(SQLError) -> PlannedPart {
        var part = part
        if conjuncts.isEmpty { return part }
        if conjuncts.contains(where: { $0.expression.isNeverTrue }) {
            part.node = .filter(part.node, .never)
            (part.rows, part.cost) = (0, 0)
            return part.estimated
        }
        let bindings = Bindings(context)
        if let condition = Expression.conjunction(conjuncts.map(\.expression)) {
            part.node = .filter(
                part.node, try resolve(condition, part.layout, bindings: bindings))
        }
        part.bindings += bindings.list
        return part
    }

    /// One item of a FROM clause with the conjuncts that are about it alone.
    func planItem(
        _ item: JoinTree, _ conjuncts: [Conjunct], order: WantedOrder? = nil
    ) throws(SQLError) -> PlannedPart {
        switch item {
        case .oneRow: return try planItems([], conjuncts)
        case .entry(let relation): return try planEntry(relation, conjuncts, order: order)
        case .join(.inner, _, _, _):
            var items: [JoinTree] = []
            var all = conjuncts
            flatten(item, items: &items, conjuncts: &all)
            return try planItems(items, all)
        case .join(let kind, let left, let right, let condition):
            return try planOuterJoin(kind, left, right, condition, conjuncts)
        }
    }

    // MARK: Entries

    private func planEntry(
        _ relation: Int, _ conjuncts: [Conjunct], order: WantedOrder?
    ) throws(SQLError) -> PlannedPart {
        let entry = body.rangeTable[relation]
        if let sample = entry.sample { return try planSample(relation, sample, conjuncts) }
        if case .table(let table) = entry.kind {
            if table.kind == .partitionedTable {
                return try planPartitioned(relation, table, conjuncts, alias: entry.alias)
            }
            let chooser = AccessChooser(
                relation: relation, table: table, source: source, conjuncts: conjuncts,
                selectivity)
            let path = chooser.choose(available: .none, order: order)
            return try planScan(chooser, path, alias: entry.alias)
        }
        var part = try planOther(relation, entry)
        guard let condition = Expression.conjunction(conjuncts.map(\.expression)) else {
            return part
        }
        let bindings = Bindings(context)
        let filter = try resolve(condition, part.layout, bindings: bindings)
        part.bindings += bindings.list
        if case .computedScan(let oid, let columns, nil, let alias) = part.node {
            part.node = .computedScan(relation: oid, columns: columns, filter: filter, alias: alias)
        } else {
            part.node = .filter(part.node, filter)
        }
        part.rows = max(part.rows * selectivity.all(conjuncts.map(\.expression)), 1)
        return part
    }

    /// TABLESAMPLE: of the whole table, before any condition.
    private func planSample(
        _ relation: Int, _ sample: TableSample, _ conjuncts: [Conjunct]
    ) throws(SQLError) -> PlannedPart {
        body.rangeTable[relation].sample = nil
        defer { body.rangeTable[relation].sample = sample }
        var part = try planEntry(relation, [], order: nil)
        let bindings = Bindings(context)
        var resolved = sample
        resolved.percent = try resolve(sample.percent, Layout(), bindings: bindings)
        resolved.seed = try sample.seed.map { e throws(SQLError) in
            try resolve(e, Layout(), bindings: bindings)
        }
        let filter = try Expression.conjunction(conjuncts.map(\.expression)).map {
            e throws(SQLError) in
            try resolve(e, part.layout, bindings: bindings)
        }
        part.node = .sample(
            part.node,
            PlannedSample(
                sample: resolved, filter: filter, alias: body.rangeTable[relation].alias))
        part.bindings += bindings.list
        part.rows = max(part.rows / 10 * selectivity.all(conjuncts.map(\.expression)), 1)
        part.isOrdered = false
        return part
    }

    /// A table read by `path`, with those conjuncts of the chooser applied that need no entries
    /// but the table and `available` ones, which are taken as parameters.
    func planScan(
        _ chooser: AccessChooser, _ path: AccessPath, available: RelationSet = .none,
        alias: String, isPartition: Bool = false
    ) throws(SQLError) -> PlannedPart {
        let relation = chooser.relation
        let columns = neededColumns[relation]
        var layout = Layout(columns.map { .column(relation: relation, column: $0) })
        let withRowKey = givesKeys(of: relation)
        if withRowKey { layout.slots.append(.rowKey(relation: relation)) }
        let bindings = Bindings(context)
        let scanPath: ScanPath
        if relation == 0, let cursor {
            scanPath = .currentRow(cursor: cursor)
        } else {
            scanPath = try self.scanPath(path, bindings)
        }
        var filters: [Expression] = []
        let reachable = available.union(RelationSet(relation))
        for (index, conjunct) in chooser.conjuncts.enumerated()
        where conjunct.relations.isSubset(of: reachable)
            && !path.covers(index)
        {
            filters.append(try resolve(conjunct.expression, layout, bindings: bindings))
        }
        let isRead =
            !rowKeyRelations.contains(relation) || (givesRowKeys && body.locking.isEmpty)
        let needsNoRights = isPartition || checkedRelations.contains(relation)
        context.use(
            chooser.table.value.oid, isRead ? .read : .lockRows,
            needsNoRights ? [] : isRead ? .select : [.select, .update],
            as: body.rangeTable[relation].checkAs)
        let rows = path.isUniqueMatch ? 1 : max(path.rows * chooser.selectivity(without: path), 1)
        let cost = path.cost + path.rows * Double(filters.count) * Cost.conditionRow
        var scan = TableScan(
            table: chooser.table, path: scanPath, isReverse: path.isReverse, columns: columns,
            filter: Expression.conjunction(Expression.cheapestFirst(filters)),
            withRowKey: withRowKey, alias: alias,
            rows: rows, cost: cost)
        scan.isOrdered = path.isOrdered
        return PlannedPart(
            node: .tableScan(scan), layout: layout, relations: RelationSet(relation),
            bindings: bindings.list, rows: rows,
            cost: cost, isOrdered: path.isOrdered)
    }

    private func scanPath(
        _ path: AccessPath, _ bindings: Bindings
    ) throws(SQLError) -> ScanPath {
        let nothing = Layout()
        var equal: [Expression] = []
        for clause in path.equal {
            equal.append(try resolve(clause.value, nothing, bindings: bindings))
        }
        func bound(_ clause: KeyClause?) throws(SQLError) -> KeyBound? {
            guard let clause else { return nil }
            let value = try resolve(clause.value, nothing, bindings: bindings)
            let isInclusive =
                clause.strategy == .lessOrEqual || clause.strategy == .greaterOrEqual
            return KeyBound(values: [value], isInclusive: isInclusive)
        }
        var lower = try bound(path.lower)
        var upper = try bound(path.upper)
        if path.equal.count < path.keys.count, path.keys[path.equal.count].descending {
            swap(&lower, &upper)
        }
        if let index = path.index {
            return .index(index, equal: equal, lower: lower, upper: upper)
        }
        if path.isUniqueMatch { return .row(key: equal) }
        func prefixed(_ bound: KeyBound?) -> KeyBound? {
            if let bound {
                return KeyBound(values: equal + bound.values, isInclusive: bound.isInclusive)
            }
            return equal.isEmpty ? nil : KeyBound(values: equal, isInclusive: true)
        }
        return .rows(lower: prefixed(lower), upper: prefixed(upper))
    }

    /// An entry that is no table: all of its columns that are needed.
    private func planOther(
        _ relation: Int, _ entry: RangeEntry
    ) throws(SQLError) -> PlannedPart {
        let needed = neededColumns[relation]
        func layout(_ columns: some Sequence<Int>) -> Layout {
            Layout(columns.map { .column(relation: relation, column: $0) })
        }
        let all = 0..<entry.columns.count
        var part = PlannedPart(
            node: .oneRow, layout: layout(all), relations: RelationSet(relation), rows: 1, cost: 1)
        let bindings = Bindings(context)
        switch entry.kind {
        case .table, .excluded, .aggregates:
            throw SQLError(.internalError, "FROM item \(entry.alias) cannot be read")
        case .computed(let oid):
            part.node = .computedScan(
                relation: oid, columns: needed, filter: nil, alias: entry.alias)
            part.layout = layout(needed)
            part.rows = 500
            part.cost = 500
        case .sequence(let oid):
            context.use(oid, .read, .select, as: entry.checkAs)
            part.node = .sequenceScan(sequence: oid, columns: needed, alias: entry.alias)
            part.layout = layout(needed)
        case .common(let id):
            guard let number = context.commonNumbers[id] else {
                throw SQLError(.internalError, "a query of WITH is planned before it is read")
            }
            part.node = .commonScan(
                table: number, isWorking: context.recursions.contains(number),
                types: entry.columns.map(\.type), alias: entry.alias)
            part.rows = Cost.functionRows
            part.cost = part.rows * Cost.scanRow
        case .subquery(let query):
            let planner = try QueryPlanner(
                context, query.body.pruned(to: needed, source: source))
            let inner = try planner.plan()
            part.node = inner.node
            part.rows = inner.rows
            part.cost = inner.cost
            // Hidden targets may follow the visible ones.
            for _ in entry.columns.count..<max(inner.layout.slots.count, entry.columns.count) {
                part.layout.slots.append(.anonymous)
            }
            part.bindings = try adopt(planner.outer)
        case .values(let rows):
            var resolved: [[Expression]] = []
            for row in rows { resolved.append(try resolve(row, Layout(), bindings: bindings)) }
            part.node = .values(rows: resolved, types: entry.columns.map(\.type))
            part.rows = Double(rows.count)
            part.bindings = bindings.list
        case .function(let call, let withOrdinality):
            part.node = .functionScan(
                try resolve(call, Layout(), bindings: bindings), withOrdinality: withOrdinality,
                alias: entry.alias)
            part.rows = functionRows(call)
            part.cost = part.rows * Cost.scanRow
            part.bindings = bindings.list
        }
        return part
    }

    /// What a subquery in FROM takes from outside: variables of this query, which a nested loop
    /// must set, and of queries around, which become parameters of this query.
    private func adopt(
        _ inner: Bindings
    ) throws(SQLError) -> [(variable: Variable, parameter: Int)] {
        var result: [(variable: Variable, parameter: Int)] = []
        for binding in inner.list {
            var variable = binding.variable
            variable.levelsUp -= 1
            if variable.levelsUp == 0 {
                result.append((variable, binding.parameter))
            } else {
                outer.add(variable, binding.parameter)
            }
        }
        return result
    }

    /// generate_series over constants is countable.
    private func functionRows(_ call: Expression) -> Double {
        guard case .call(let function, let arguments, _) = call else { return 1 }
        guard source.isSetReturning(function) else { return 1 }
        if [1066, 1067, 1068, 1069].contains(function.rawValue), arguments.count >= 2,
            case .constant(let first) = arguments[0], case .constant(let last) = arguments[1],
            case .word(let from) = first.value, case .word(let to) = last.value
        {
            var step = 1.0
            if arguments.count == 3, case .constant(let third) = arguments[2],
                case .word(let by) = third.value, by != 0
            {
                step = Double(by)
            }
            return max((Double(to) - Double(from)) / step + 1, 1).rounded(.down)
        }
        return Cost.functionRows
    }
}

extension AccessPath {
    /// True if every row of the path meets the conjunct with this index: a range leaves out the
    /// nulls, also where it is open on their side.
    func covers(_ conjunct: Int) -> Bool {
        equal.contains { $0.conjunct == conjunct } || lower?.conjunct == conjunct
            || upper?.conjunct == conjunct || implied.contains(conjunct)
    }
}
