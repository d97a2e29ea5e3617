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
            var node = ExplainNode("\(kind) on \(target(name, alias))", type: kind)
            node.aim("CTE Name", name)
            node.aim("Alias", alias)
            let names = commonColumns[table] ?? []
            return (
                node,
                types.enumerated().map { position, type in
                    let name = position < names.count ? names[position] : nil
                    return slot(
                        column: name ?? "column\(position + 1)", alias: alias, width: width(type))
                }
            )
        case .recursiveUnion(_, let base, let step, _, _):
            return several("Recursive Union", [base, step], counters, ["Outer", "Inner"])
        case .tableScan(let scan): return describeScan(scan, counters)
        case .computedScan(let oid, let columns, let filter, let alias):
            let relation = catalog.relation(oid)
            var node = ExplainNode(
                "Seq Scan on \(target(relation?.name ?? "", alias))", type: "Seq Scan")
            node.aim("Relation Name", relation?.name ?? "")
            node.aim("Alias", alias)
            let slots = columns.map { column in
                slot(column: relation?.columns[column].name ?? "", alias: alias,
                    width: width(relation?.columns[column].type ?? .plain(.text)))
            }
            if let filter { addFilter(text(filter, slots), to: &node, counters) }
            return (node, slots)
        case .sequenceScan(let oid, let columns, let alias):
            let name = catalog.relation(oid)?.name ?? ""
            var node = ExplainNode("Seq Scan on \(target(name, alias))", type: "Seq Scan")
            node.aim("Relation Name", name)
            node.aim("Alias", alias)
            return (
                node,
                columns.map {
                    slot(column: ["last_value", "log_cnt", "is_called"][$0], alias: alias, width: 8)
                }
            )
        case .values(let rows, let types):
            var node =
                rows.count == 1
                ? result() : ExplainNode("Values Scan on \"*VALUES*\"", type: "Values Scan")
            if rows.count != 1 { node.aim("Alias", "*VALUES*") }
            node.rows = Double(rows.count)
            node.totalCost = 0.01 * Double(rows.count)
            if rows.count == 1 { return (node, rows[0].map { computed($0, []) }) }
            return (
                node,
                types.enumerated().map {
                    slot(column: "column\($0 + 1)", alias: "*VALUES*", width: width($1))
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
            let below = counters?.children.first
            var (node, slots) = describe(input, below)
            let removed = (below?.rows ?? 0) - (counters?.rows ?? 0)
            // The node's own values, not those of one below.
            let own = slots.map { slot in
                var slot = slot
                slot.isComputed = false
                return slot
            }
            let filter = ExplainProperty(name: "Filter", value: .text(text(predicate, own)))
            // Before what was measured.
            let place = node.details.firstIndex { $0.place == .line } ?? node.details.count
            node.details.insert(filter, at: place)
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
            if counters != nil {
                let method = limit == nil ? "quicksort" : "top-N heapsort"
                node.addLine(
                    "Sort Method: \(method)  Memory: \(kilobytes(node))kB",
                    [
                        ("Sort Method", .text(method)),
                        ("Sort Space Used", .plain(String(kilobytes(node)))),
                        ("Sort Space Type", .text("Memory")),
                    ])
            }
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

    private func result() -> ExplainNode {
        var node = ExplainNode("Result")
        node.totalCost = 0.01
        return node
    }

    func kilobytes(_ node: ExplainNode) -> Int {
        let rows = node.counters?.rows ?? node.children.first?.counters?.rows ?? 0
        return max(25, rows * (node.children.first?.width ?? 8) / 1024)
    }

    func addFilter(_ text: String, to node: inout ExplainNode, _ counters: OperatorCounters?) {
        node.add("Filter", text)
        if let counters { addRemoved(counters.rowsRemoved / max(counters.loops, 1), to: &node) }
    }

    /// The text format leaves out a zero.
    private func addRemoved(_ count: Int, to node: inout ExplainNode) {
        node.details.append(
            ExplainProperty(
                name: "Rows Removed by Filter", value: .plain(String(count)),
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
        var children: [ExplainNode] = []
        for table in tables {
            let (child, slots) = describe(
                plan.commonTables[table].node, instrumentation?.commonTables[table])
            // As the query calls its columns, where they are columns.
            commonColumns[table] = slots.map { slot in
                slot.isComputed ? nil : slot.output.split(separator: ".").last.map { String($0) }
            }
            children.append(child)
        }
        let described = describe(input, counters?.children.first)
        var node = described.node
        for (position, (table, child)) in zip(tables, children).enumerated() {
            var child = child
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
        if let filter = planned.filter { addFilter(text(filter, slots), to: &node, counters) }
        return (node, slots)
    }

    private mutating func describeFunction(
        _ call: Expression, _ withOrdinality: Bool, _ alias: String
    ) -> Described {
        var name = alias
        if case .call(let function, _, _) = call { name = ExpressionText.functionName(function) }
        var node = ExplainNode("Function Scan on \(target(name, alias))", type: "Function Scan")
        node.aim("Function Name", name)
        node.aim("Alias", alias)
        if options.verbose { node.add("Function Call", text(call, [])) }
        var slots = [slot(column: alias, alias: alias, width: width(call.type))]
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

    private func aim(_ relation: Relation, _ alias: String, _ node: inout ExplainNode) {
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
    }

    // MARK: Scans

    private mutating func describeScan(_ scan: TableScan, _ counters: OperatorCounters?) -> Described {
        let table = scan.table.value
        let known = table.placement.flatMap {
            session.database.statistics.find(table.oid, generation: $0.generation)
        }
        let columns = table.columns.enumerated().map { index, column in
            slot(
                column: column.name, alias: scan.alias,
                width: known?.value.columns[index]?.averageWidth ?? width(column.type))
        }
        var slots = scan.columns.map {
            $0 < columns.count
                ? columns[$0] : slot(column: "tableoid", alias: scan.alias, width: 4)
        }
        if scan.withRowKey { slots.append(slot(column: "ctid", alias: scan.alias, width: 6)) }
        let alias = scan.alias.isEmpty || scan.alias == table.name ? "" : " \(quoted(scan.alias))"
        let name = relationName(table) + alias
        let (described, conditions) = describePath(scan, name, columns)
        var node = described
        aim(table, scan.alias.isEmpty ? table.name : scan.alias, &node)
        node.rows = scan.rows
        node.totalCost = scan.cost
        if conditions.count == 1 {
            node.add("Index Cond", conditions[0])
        } else if conditions.count > 1 {
            node.add("Index Cond", "(\(conditions.joined(separator: " AND ")))")
        }
        if let filter = scan.filter { addFilter(text(filter, slots), to: &node, counters) }
        return (node, slots)
    }

    private mutating func describePath(
        _ scan: TableScan, _ name: String, _ columns: [ExplainSlot]
    ) -> (node: ExplainNode, conditions: [String]) {
        let table = scan.table.value
        var conditions: [String] = []
        func indexScan(_ index: String) -> ExplainNode {
            let backward = scan.isReverse ? " Backward" : ""
            var node = ExplainNode(
                "Index Scan\(backward) using \(quoted(index)) on \(name)", type: "Index Scan")
            node.aim("Scan Direction", scan.isReverse ? "Backward" : "Forward")
            node.aim("Index Name", index)
            return node
        }
        switch scan.path {
        case .rows(let lower, let upper):
            if lower == nil, upper == nil, !scan.isReverse, !scan.isOrdered {
                return (ExplainNode("Seq Scan on \(name)", type: "Seq Scan"), [])
            }
            conditions = range(primaryKey(table), columns, lower, upper)
            return (indexScan(primaryKeyName(table)), conditions)
        case .currentRow(let cursor):
            var node = ExplainNode("Tid Scan on \(name)", type: "Tid Scan")
            node.add("TID Cond", "CURRENT OF \(quoted(cursor))")
            return (node, [])
        case .row(let key):
            for (index, column) in primaryKey(table).enumerated() where index < key.count {
                conditions.append("(\(columns[column].name) = \(text(key[index], [])))")
            }
            return (indexScan(primaryKeyName(table)), conditions)
        case .index(let index, let equal, let lower, let upper):
            let keys = (index.index?.keys ?? []).map { $0.column ?? 0 }
            for (position, value) in equal.enumerated() {
                conditions.append("(\(columns[keys[position]].name) = \(text(value, [])))")
            }
            conditions += range(Array(keys.dropFirst(equal.count)), columns, lower, upper)
            return (indexScan(index.name), conditions)
        }
    }

    private func primaryKey(_ table: Relation) -> [Int] {
        table.primaryKey.flatMap { catalog.relation($0)?.index?.keys.compactMap(\.column) } ?? []
    }
    private func primaryKeyName(_ table: Relation) -> String {
        table.primaryKey.flatMap { catalog.relation($0)?.name } ?? ""
    }

    private mutating func range(
        _ keys: [Int], _ columns: [ExplainSlot], _ lower: KeyBound?, _ upper: KeyBound?
    ) -> [String] {
        let first = lower?.values.map { text($0, []) } ?? []
        let last = upper?.values.map { text($0, []) } ?? []
        // The values that both begin with are equalities.
        let shared = zip(first, last).prefix { $0 == $1 }.count
        let equalCount =
            (lower?.isInclusive ?? false || first.count > shared)
                && (upper?.isInclusive ?? false || last.count > shared) ? shared : 0
        var result: [String] = []
        for index in 0..<equalCount where index < keys.count {
            result.append("(\(columns[keys[index]].name) = \(first[index]))")
        }
        for (bound, texts, sign) in [(lower, first, ">"), (upper, last, "<")] {
            guard let bound else { continue }
            for index in equalCount..<texts.count where index < keys.count {
                let equals = bound.isInclusive || index < texts.count - 1 ? "=" : ""
                result.append("(\(columns[keys[index]].name) \(sign)\(equals) \(texts[index]))")
            }
        }
        return result
    }

    // MARK: Joins and aggregates

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

    private mutating func describeJoin(_ join: PlanNode, _ counters: OperatorCounters?) -> Described {
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

    private mutating func describeAggregate(
        _ input: PlanNode, _ keys: [Expression], _ aggregates: [PlannedAggregate],
        _ sets: PlannedGroupingSets?, _ counters: OperatorCounters?
    ) -> Described {
        let isMixed = !keys.isEmpty && sets?.sets.contains([]) ?? false
        let (title, strategy) =
            keys.isEmpty
            ? ("Aggregate", "Plain")
            : isMixed ? ("MixedAggregate", "Mixed") : ("HashAggregate", "Hashed")
        let (over, below) = over(title, type: "Aggregate", input, counters)
        var node = over
        node.specify("Strategy", strategy)
        node.specify("Partial Mode", "Simple")
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
        for aggregate in aggregates {
            let name = aggregateText(aggregate, below)
            slots.append(
                ExplainSlot(
                    name: name, output: name, isComputed: true, width: width(aggregate.type)))
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
