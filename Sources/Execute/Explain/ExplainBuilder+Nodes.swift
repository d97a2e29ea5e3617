internal import Base
internal import Catalog
internal import Query
internal import Types

extension ExplainBuilder {
    mutating func describeNode(_ node: PlanNode, _ counters: OperatorCounters?) -> Described {
        switch node {
        case .oneRow: return (result(), [])
        case .estimated(let input, let estimate):
            var described = describe(input, counters)
            described.node.rows = estimate.rows
            described.node.totalCost = max(estimate.cost, described.node.startupCost)
            return described
        case .with(let tables, let input): return describeWith(tables, input, counters)
        case .commonScan(let table, let isWorking, let types, let alias):
            let name = plan.commonTables[table].name
            let kind = isWorking ? "WorkTable Scan" : "CTE Scan"
            let alias = newAlias(alias.isEmpty ? name : alias)
            var node = ExplainNode("\(kind) on \(target(name, alias))", type: kind)
            node.aim("CTE Name", name)
            node.aim("Alias", alias)
            let names = plan.commonTables[table].columnNames
            return (
                node,
                types.enumerated().map { position, type in
                    slot(
                        column: position < names.count ? names[position] : "?column?", alias: alias,
                        width: width(type))
                }
            )
        case .recursiveUnion(_, let base, let step, _, _):
            return several("Recursive Union", [base, step], counters, ["Outer", "Inner"])
        case .tableScan(let scan): return describeScan(scan, counters)
        case .computedScan(let oid, let columns, let filter, let alias):
            let relation = catalog.relation(oid)
            let alias = newAlias(alias.isEmpty ? relation?.name ?? "" : alias)
            var node = ExplainNode(
                "Seq Scan on \(target(relation?.name ?? "", alias))", type: "Seq Scan")
            node.aim("Relation Name", relation?.name ?? "")
            node.aim("Alias", alias)
            let slots = columns.map { column in
                slot(column: relation?.columns[column].name ?? "", alias: alias,
                    width: width(relation?.columns[column].type ?? .plain(.text)))
            }
            if let filter { addFilter(text(filter, own(slots)), to: &node, counters) }
            return (node, slots)
        case .sequenceScan(let oid, let columns, let alias):
            let name = catalog.relation(oid)?.name ?? ""
            let alias = newAlias(alias.isEmpty ? name : alias)
            var node = ExplainNode("Seq Scan on \(target(name, alias))", type: "Seq Scan")
            node.aim("Relation Name", name)
            node.aim("Alias", alias)
            return (
                node,
                columns.map {
                    slot(column: ["last_value", "log_cnt", "is_called"][$0], alias: alias, width: 8)
                }
            )
        case .values(let rows, let types) where rows.isEmpty:
            // What planning has found to be empty: no partition is left.
            var node = result()
            node.add("One-Time Filter", "false")
            node.rows = 0
            return (
                node,
                types.enumerated().map {
                    slot(column: "column\($0 + 1)", alias: "", width: width($1))
                }
            )
        case .values(let rows, let types):
            let alias = rows.count == 1 ? "" : newAlias("*VALUES*")
            var node =
                rows.count == 1
                ? result() : ExplainNode("Values Scan on \(quoted(alias))", type: "Values Scan")
            if rows.count != 1 { node.aim("Alias", alias) }
            node.rows = Double(rows.count)
            node.totalCost = 0.01 * Double(rows.count)
            if rows.count == 1 { return (node, rows[0].map { computed($0, []) }) }
            return (
                node,
                types.enumerated().map {
                    slot(column: "column\($0 + 1)", alias: alias, width: width($1))
                }
            )
        case .functionScan(let call, let withOrdinality, let alias):
            return describeFunction(call, withOrdinality, alias)
        case .filter(let input, let predicate):
            if case .oneRow = input {
                var node = result()
                node.add("One-Time Filter", text(predicate, []))
                return (node, [])
            }
            if predicate.isNever {
                var node = result()
                node.add("One-Time Filter", "false")
                node.rows = 0
                return (node, describe(input, nil).slots)
            }
            let below = counters?.children.first
            var (node, slots) = describe(input, below)
            let removed = (below?.rows ?? 0) - (counters?.rows ?? 0)
            // The node's own values, not those of one below.
            var named = slots.map { slot in
                var slot = slot
                slot.isComputed = false
                return slot
            }
            if node.isScan { named = own(named) }
            let conditions = (input.scanFilter?.conjuncts ?? []) + predicate.conjuncts
            let whole = conditions.count == 1 ? predicate : Expression.and(conditions)
            let filter = ExplainProperty(name: "Filter", value: .text(text(whole, named)))
            if let place = node.details.firstIndex(where: { $0.name == "Filter" }) {
                node.details[place] = filter
            } else {
                // Before what was measured.
                let place = node.details.firstIndex { $0.place == .line } ?? node.details.count
                node.details.insert(filter, at: place)
            }
            if counters != nil { addRemoved(removed, to: &node) }
            return (node, slots)
        case .sample(let input, let sample): return describeSample(input, sample, counters)
        case .project(let input, let expressions):
            if case .oneRow = input {
                return (result(), expressions.map { computed($0, []) })
            }
            var (node, slots) = describe(input, counters?.children.first)
            let outputs = expressions.map { computed($0, slots) }
            slots = outputs
            node.width = 0
            return (node, slots)
        case .projectSet(let input, let expressions):
            var (node, slots) = over("ProjectSet", input, counters)
            slots = expressions.map { computed($0, slots) }
            node.rows *= 10
            return (node, slots)
        case .nestedLoop, .hashJoin: return describeJoin(node, counters)
        case .aggregate(let input, let keys, let aggregates, let sets):
            return describeAggregate(input, keys, aggregates, sets, counters)
        case .parallelAggregate(let input, let keys, let aggregates, let workers):
            return describeParallel(input, keys, aggregates, workers, counters)
        case .window(let input, let window):
            var (node, slots) = over("WindowAgg", input, counters)
            for call in window.calls { slots.append(computed(.windowCall(call), slots)) }
            node.totalCost += node.rows * 0.1
            return (node, slots)
        case .sort(let input, let keys, let limit):
            var (node, slots) = over("Sort", input, counters)
            node.add("Sort Key", list: keys.map { sortKey($0, slots) })
            node.totalCost += node.rows * 0.02 * Double(1 + Int(node.rows.rounded()).bitWidth - Int(node.rows.rounded()).leadingZeroBitCount)
            node.startupCost = node.totalCost
            if let counters { addSortMethod(counters, isLimited: limit != nil, to: &node) }
            return (node, slots)
        case .limit(let input, let limit, _, _):
            var (node, slots) = over("Limit", input, counters)
            if case .constant(let constant) = limit, case .word(let count) = constant.value,
                Double(count) < node.rows
            {
                let part = max(Double(count), 0) / max(node.rows, 1)
                node.totalCost = node.startupCost + (node.totalCost - node.startupCost) * part
                node.rows = max(Double(count), 0)
            }
            return (node, slots)
        case .distinct(let input, let keys):
            var (node, slots) =
                keys == nil
                ? over("HashAggregate", type: "Aggregate", input, counters)
                : over("Unique", input, counters)
            if keys == nil {
                node.specify("Strategy", "Hashed")
                node.specify("Partial Mode", "Simple")
                node.add("Group Key", list: slots.map(\.name))
                node.startupCost = node.totalCost
            }
            return (node, slots)
        case .append(let inputs), .partitionAppend(let inputs, _):
            return several("Append", inputs, counters, inputs.map { _ in "Member" })
        case .setOperation(let kind, let isAll, let left, let right):
            let command = setOperationName(kind) + (isAll ? " All" : "")
            var described = several(
                "HashSetOp \(command)", type: "SetOp", [left, right], counters, ["Outer", "Inner"])
            described.node.specify("Strategy", "Hashed")
            described.node.aim("Command", command)
            return described
        case .lockRows(let input, _, _): return over("LockRows", input, counters)
        case .insert(let plan):
            _ = newAlias(plan.insert.table.name)
            var node = modification("Insert", plan.insert.table, alias: "", [plan.source], counters)
            if let conflict = plan.conflict { describeConflict(conflict, of: plan, &node) }
            return (node, returned(plan.returning, plan.insert.table.value))
        case .modify(let plan):
            let verb = plan.assignments == nil ? "Delete" : "Update"
            return (
                modification(
                    verb, plan.table, alias: "", (plan.partitions ?? [plan]).map(\.source), counters),
                returned(plan.returning, plan.table.value)
            )
        case .merge(let plan):
            return (
                modification("Merge", plan.table, alias: plan.alias, [plan.source], counters), []
            )
        }
    }

    func result() -> ExplainNode {
        var node = ExplainNode("Result")
        node.totalCost = 0.01
        return node
    }

    private func addSortMethod(
        _ counters: OperatorCounters, isLimited: Bool, to node: inout ExplainNode
    ) {
        let isOnDisk = counters.peakDiskBytes > 0
        let method = isOnDisk ? "external merge" : isLimited ? "top-N heapsort" : "quicksort"
        let space = isOnDisk ? "Disk" : "Memory"
        let size = isOnDisk ? (counters.peakDiskBytes + 1023) / 1024 : kilobytes(node)
        node.addLine(
            "Sort Method: \(method)  \(space): \(size)kB",
            [
                ("Sort Method", .text(method)),
                ("Sort Space Used", .plain(String(size))),
                ("Sort Space Type", .text(space)),
            ])
    }

    func kilobytes(_ node: ExplainNode) -> Int {
        let rows = node.counters?.rows ?? node.children.first?.counters?.rows ?? 0
        return max(25, rows * (node.children.first?.width ?? 8) / 1024)
    }

    func addFilter(_ text: String, to node: inout ExplainNode, _ counters: OperatorCounters?) {
        node.add("Filter", text)
        if let counters { addRemoved(counters.rowsRemoved / max(counters.loops, 1), to: &node) }
    }

    /// The text format leaves out a zero. What several conditions of a node remove is one number.
    private func addRemoved(_ count: Int, to node: inout ExplainNode) {
        let name = "Rows Removed by Filter"
        var count = count
        if let place = node.details.firstIndex(where: { $0.name == name }) {
            if case .plain(let known) = node.details[place].value { count += Int(known) ?? 0 }
            node.details.remove(at: place)
        }
        node.details.append(
            ExplainProperty(
                name: name, value: .plain(String(count)),
                place: count > 0 ? .everywhere : .structured))
    }

    private func setOperationName(_ kind: BoundQuery.SetOperator) -> String {
        switch kind {
        case .union: "Union"
        case .intersect: "Intersect"
        case .except: "Except"
        }
    }

    private mutating func describeWith(
        _ tables: [Int], _ input: PlanNode, _ counters: OperatorCounters?
    ) -> Described {
        // The query itself is the first to name its relations.
        let described = describe(input, counters?.children.first)
        var node = described.node
        for (position, table) in tables.enumerated() {
            var (child, _) = describe(
                plan.commonTables[table].node, instrumentation?.commonTables[table])
            child.relationship = "InitPlan"
            child.subplanName = "CTE \(quoted(plan.commonTables[table].name))"
            node.children.insert(child, at: position)
        }
        return (node, described.slots)
    }

    private mutating func describeSample(
        _ input: PlanNode, _ planned: PlannedSample, _ counters: OperatorCounters?
    ) -> Described {
        let (below, slots) = describe(input, counters?.children.first)
        let sample = planned.sample
        var name = quoted(planned.alias)
        var node = ExplainNode("", type: "Sample Scan")
        if case .tableScan(let scan) = input {
            let alias = scan.alias == scan.table.name ? "" : " \(quoted(scan.alias))"
            name = relationName(scan.table.value) + alias
            aim(scan.table.value, scan.alias, &node)
        } else {
            var child = below
            child.relationship = "Outer"
            node.children = [child]
        }
        node.title = "Sample Scan on \(name)"
        node.rows = max(below.rows / 10, 1)
        node.totalCost = below.totalCost
        var sampling = "\(sample.method.name) (\(text(sample.percent, [])))"
        if let seed = sample.seed { sampling += " REPEATABLE (\(text(seed, [])))" }
        node.add("Sampling", sampling)
        if let filter = planned.filter { addFilter(text(filter, own(slots)), to: &node, counters) }
        return (node, slots)
    }

    private mutating func describeFunction(
        _ call: Expression, _ withOrdinality: Bool, _ alias: String
    ) -> Described {
        var name = alias
        if case .call(let function, _, _) = call { name = ExpressionText.functionName(function) }
        let column = alias
        let alias = newAlias(alias)
        var node = ExplainNode("Function Scan on \(target(name, alias))", type: "Function Scan")
        node.aim("Function Name", name)
        node.aim("Alias", alias)
        if options.verbose { node.add("Function Call", text(call, [])) }
        var slots = [slot(column: column, alias: alias, width: width(call.type))]
        if withOrdinality { slots.append(slot(column: "ordinality", alias: alias, width: 8)) }
        node.rows = 1
        node.totalCost = 0.01
        return (node, slots)
    }

    private mutating func several(
        _ title: String, type: String? = nil, _ inputs: [PlanNode], _ counters: OperatorCounters?,
        _ relationships: [String]
    ) -> Described {
        var node = ExplainNode(title, type: type)
        var slots: [ExplainSlot] = []
        node.rows = 0
        for (index, input) in inputs.enumerated() {
            let measured = counters.flatMap { index < $0.children.count ? $0.children[index] : nil }
            var (child, found) = describe(input, measured)
            if index == 0 { slots = found }
            child.relationship = relationships[index]
            node.rows += child.rows
            node.totalCost += child.totalCost
            node.children.append(child)
        }
        return (node, slots)
    }

    private mutating func modification(
        _ verb: String, _ table: Shared<Relation>, alias: String, _ sources: [PlanNode],
        _ counters: OperatorCounters?
    ) -> ExplainNode {
        let name = alias.isEmpty || alias == table.name ? "" : " \(quoted(alias))"
        var described = several(
            "\(verb) on \(relationName(table.value))\(name)", type: "ModifyTable", sources,
            counters, sources.map { _ in "Outer" })
        described.node.specify("Operation", verb)
        aim(table.value, alias.isEmpty ? table.name : alias, &described.node)
        described.node.rows = 0
        return described.node
    }

    /// RETURNING's values, over the columns of the table.
    private mutating func returned(
        _ expressions: [Expression], _ table: Relation
    ) -> [ExplainSlot] {
        let slots = table.columns.map { column in
            let name = "\(quoted(table.name)).\(quoted(column.name))"
            return ExplainSlot(name: name, output: name, width: width(column.type))
        }
        return expressions.map { computed($0, slots) }
    }

    func aim(_ relation: Relation, _ alias: String, _ node: inout ExplainNode) {
        node.aim("Relation Name", relation.name)
        if options.verbose, let schema = catalog.namespace(relation.namespace)?.name {
            node.aim("Schema", schema)
        }
        node.aim("Alias", alias)
    }

    private mutating func describeConflict(
        _ conflict: BoundInsert.Conflict, of plan: PlannedInsert, _ node: inout ExplainNode
    ) {
        switch conflict.action {
        case .nothing: node.add("Conflict Resolution", "NOTHING")
        case .update: node.add("Conflict Resolution", "UPDATE")
        }
        let arbiters = conflict.indexes.compactMap { catalog.relation($0)?.name }
        if !arbiters.isEmpty { node.add("Conflict Arbiter Indexes", list: arbiters) }
        guard case .update(_, let filter?) = conflict.action else { return }
        let table = plan.insert.table.value
        let slots = [table.name, "excluded"].flatMap { relation in
            table.columns.map { column in
                let name = "\(quoted(relation)).\(quoted(column.name))"
                return ExplainSlot(name: name, output: name, width: width(column.type))
            }
        }
        node.add("Conflict Filter", text(filter, slots))
    }
}
