internal import Base
internal import Catalog
internal import Query
internal import Types

/// The text of EXPLAIN: a plan's nodes as PostgreSQL names and indents them, without costs.
struct ExplainPrinter {
    private let catalog: CatalogSnapshot
    private let context: TypeContext
    private let plan: PhysicalPlan
    private var lines: [String] = []
    /// More than one relation: columns are shown with their relation's alias.
    private var qualifies = false

    init(plan: PhysicalPlan, catalog: CatalogSnapshot, context: TypeContext) {
        self.plan = plan
        self.catalog = catalog
        self.context = context
        qualifies =
            plan.relations.count { catalog.relation($0.relation)?.kind != .view }
            > 1
    }

    /// The lines of the whole plan.
    mutating func print() -> [String] {
        visit(plan.root, depth: 0)
        for (index, subplan) in plan.subplans.enumerated() {
            lines.append("  SubPlan \(index + 1)")
            visit(subplan, depth: 1)
        }
        return lines
    }

    private mutating func add(_ title: String, _ depth: Int) {
        lines.append(
            depth == 0 ? title : String(repeating: " ", count: 6 * depth - 4) + "->  " + title)
    }

    private mutating func detail(_ name: String, _ text: String, _ depth: Int) {
        lines.append(String(repeating: " ", count: 6 * depth + 2) + "\(name): \(text)")
    }

    private func quoted(_ name: String) -> String { Identifier.quote(name) }

    private func target(_ name: String, _ alias: String) -> String {
        alias.isEmpty || alias == name ? quoted(name) : "\(quoted(name)) \(quoted(alias))"
    }

    /// Prints a node; returns the names of its output columns.
    @discardableResult
    private mutating func visit(_ node: PlanNode, depth: Int) -> [String] {
        switch node {
        case .oneRow:
            add("Result", depth)
            return []
        case .with(let tables, let input):
            let names = visit(input, depth: depth)
            for table in tables {
                lines.append(
                    String(repeating: " ", count: 6 * depth + 2) + "CTE "
                        + quoted(plan.commonTables[table].name))
                visit(plan.commonTables[table].node, depth: depth + 1)
            }
            return names
        case .commonScan(let table, let isWorking, let types, let alias):
            let name = plan.commonTables[table].name
            add("\(isWorking ? "WorkTable" : "CTE") Scan on \(target(name, alias))", depth)
            return types.indices.map { "column\($0 + 1)" }
        case .recursiveUnion(_, let base, let step, _, _):
            add("Recursive Union", depth)
            let names = visit(base, depth: depth + 1)
            visit(step, depth: depth + 1)
            return names
        case .tableScan(let scan): return visitScan(scan, depth)
        case .computedScan(let oid, let columns, let filter, let alias):
            let relation = catalog.relation(oid)
            add("Seq Scan on \(target(relation?.name ?? "", alias))", depth)
            let names = columns.map { qualified(relation?.columns[$0].name ?? "", alias) }
            if let filter { detail("Filter", text(filter, names), depth) }
            return names
        case .sequenceScan(let oid, let columns, let alias):
            add("Seq Scan on \(target(catalog.relation(oid)?.name ?? "", alias))", depth)
            return columns.map { ["last_value", "log_cnt", "is_called"][$0] }
        case .values(let rows, let types):
            add(rows.count == 1 ? "Result" : "Values Scan on \"*VALUES*\"", depth)
            return types.indices.map { "column\($0 + 1)" }
        case .functionScan(let call, let withOrdinality, let alias):
            add("Function Scan on \(functionName(call, alias))", depth)
            return withOrdinality ? [alias, "ordinality"] : [alias]
        case .filter(let input, let predicate):
            add("Result", depth)
            let position = lines.count
            let names = visit(input, depth: depth + 1)
            insertDetail("Filter", text(predicate, names), depth, at: position)
            return names
        case .sample(let input, let sample): return visitSample(input, sample, depth)
        case .project(let input, let expressions):
            if case .oneRow = input {
                add("Result", depth)
                return expressions.map { text($0, []) }
            }
            let names = visit(input, depth: depth)
            return expressions.map { text($0, names) }
        case .projectSet(let input, let expressions):
            add("ProjectSet", depth)
            let names = visit(input, depth: depth + 1)
            return expressions.map { text($0, names) }
        case .nestedLoop(let kind, let left, let right, _, let condition):
            return visitJoin("Nested Loop", kind, left, right, nil, condition, depth)
        case .hashJoin(let kind, let left, let right, let leftKeys, let rightKeys, let condition):
            return visitJoin("Hash", kind, left, right, (leftKeys, rightKeys), condition, depth)
        case .aggregate(let input, let keys, let aggregates, let sets):
            return visitAggregate(input, keys, aggregates, sets, depth)
        case .window(let input, let window):
            add("WindowAgg", depth)
            let names = visit(input, depth: depth + 1)
            return names + window.calls.map { "(\(text(.windowCall($0), names)))" }
        case .sort(let input, let keys, _):
            add("Sort", depth)
            let position = lines.count
            let names = visit(input, depth: depth + 1)
            insertDetail(
                "Sort Key", keys.map { sortKey($0, names) }.joined(separator: ", "), depth,
                at: position)
            return names
        case .limit(let input, _, _, _):
            add("Limit", depth)
            return visit(input, depth: depth + 1)
        case .distinct(let input, let keys):
            add(keys == nil ? "HashAggregate" : "Unique", depth)
            return visit(input, depth: depth + 1)
        case .append(let inputs), .partitionAppend(let inputs, _):
            add("Append", depth)
            var names: [String] = []
            for (index, input) in inputs.enumerated() {
                let found = visit(input, depth: depth + 1)
                if index == 0 { names = found }
            }
            return names
        case .setOperation(let kind, let isAll, let left, let right):
            add("HashSetOp \(setOperationName(kind))\(isAll ? " All" : "")", depth)
            let names = visit(left, depth: depth + 1)
            visit(right, depth: depth + 1)
            return names
        case .lockRows(let input, _, _):
            add("LockRows", depth)
            return visit(input, depth: depth + 1)
        case .insert(let plan):
            add("Insert on \(quoted(plan.insert.table.name))", depth)
            visit(plan.source, depth: depth + 1)
            return []
        case .modify(let plan):
            let verb = plan.assignments == nil ? "Delete" : "Update"
            add("\(verb) on \(quoted(plan.table.name))", depth)
            for part in plan.partitions ?? [plan] { visit(part.source, depth: depth + 1) }
            return []
        case .merge(let plan):
            add("Merge on \(target(plan.table.name, plan.alias))", depth)
            visit(plan.source, depth: depth + 1)
            return []
        }
    }

    private func qualified(_ column: String, _ alias: String) -> String {
        qualifies && !alias.isEmpty ? "\(quoted(alias)).\(quoted(column))" : quoted(column)
    }

    private mutating func insertDetail(_ name: String, _ text: String, _ depth: Int, at: Int) {
        lines.insert(String(repeating: " ", count: 6 * depth + 2) + "\(name): \(text)", at: at)
    }

    private func setOperationName(_ kind: BoundQuery.SetOperator) -> String {
        switch kind {
        case .union: "Union"
        case .intersect: "Intersect"
        case .except: "Except"
        }
    }

    private func functionName(_ call: Expression, _ alias: String) -> String {
        guard case .call(let function, _, _) = call else { return quoted(alias) }
        return target(ExpressionText.functionName(function), alias)
    }

    private mutating func visitSample(
        _ input: PlanNode, _ planned: PlannedSample, _ depth: Int
    ) -> [String] {
        var names: [String] = []
        let sample = planned.sample
        var sampling = "\(sample.method.name) (\(text(sample.percent, [])))"
        if let seed = sample.seed { sampling += " REPEATABLE (\(text(seed, [])))" }
        if case .tableScan(let scan) = input {
            add("Sample Scan on \(target(scan.table.name, scan.alias))", depth)
            names = scan.columns.map {
                qualified(
                    $0 < scan.table.columns.count ? scan.table.columns[$0].name : "tableoid",
                    scan.alias)
            }
            detail("Sampling", sampling, depth)
        } else {
            add("Sample Scan on \(quoted(planned.alias))", depth)
            detail("Sampling", sampling, depth)
            names = visit(input, depth: depth + 1)
        }
        if let filter = planned.filter { detail("Filter", text(filter, names), depth) }
        return names
    }

    private mutating func visitScan(_ scan: TableScan, _ depth: Int) -> [String] {
        let table = scan.table.value
        let columnNames = table.columns.map { qualified($0.name, scan.alias) }
        let names =
            scan.columns.map {
                $0 < columnNames.count ? columnNames[$0] : qualified("tableoid", scan.alias)
            } + (scan.withRowKey ? ["ctid"] : [])
        let name = target(table.name, scan.alias)
        let backward = scan.isReverse ? " Backward" : ""
        var conditions: [String] = []
        switch scan.path {
        case .rows(let lower, let upper):
            let keys = primaryKey(table)
            conditions += range(keys, columnNames, lower, upper)
            if lower == nil, upper == nil, !scan.isReverse {
                add("Seq Scan on \(name)", depth)
            } else {
                add(
                    "Index Scan\(backward) using \(quoted(primaryKeyName(table))) on \(name)", depth
                )
            }
        case .currentRow(let cursor):
            add("Tid Scan on \(name)", depth)
            detail("TID Cond", "CURRENT OF \(quoted(cursor))", depth)
        case .row(let key):
            add("Index Scan using \(quoted(primaryKeyName(table))) on \(name)", depth)
            for (index, column) in primaryKey(table).enumerated() where index < key.count {
                conditions.append("(\(columnNames[column]) = \(text(key[index], [])))")
            }
        case .index(let index, let equal, let lower, let upper):
            add("Index Scan\(backward) using \(quoted(index.name)) on \(name)", depth)
            let keys = (index.index?.keys ?? []).map { $0.column ?? 0 }
            for (position, value) in equal.enumerated() {
                conditions.append("(\(columnNames[keys[position]]) = \(text(value, [])))")
            }
            conditions += range(Array(keys.dropFirst(equal.count)), columnNames, lower, upper)
        }
        if conditions.count == 1 {
            detail("Index Cond", conditions[0], depth)
        } else if conditions.count > 1 {
            detail("Index Cond", "(\(conditions.joined(separator: " AND ")))", depth)
        }
        if let filter = scan.filter { detail("Filter", text(filter, names), depth) }
        return names
    }

    private func primaryKey(_ table: Relation) -> [Int] {
        table.primaryKey.flatMap { catalog.relation($0)?.index?.keys.compactMap(\.column) } ?? []
    }
    private func primaryKeyName(_ table: Relation) -> String {
        table.primaryKey.flatMap { catalog.relation($0)?.name } ?? ""
    }

    private func range(
        _ keys: [Int], _ names: [String], _ lower: KeyBound?, _ upper: KeyBound?
    ) -> [String] {
        var result: [String] = []
        for (bound, sign) in [(lower, ">"), (upper, "<")] {
            guard let bound else { continue }
            for (index, value) in bound.values.enumerated() where index < keys.count {
                let isLast = index == bound.values.count - 1
                let equals = bound.isInclusive || !isLast ? "=" : ""
                result.append("(\(names[keys[index]]) \(sign)\(equals) \(text(value, [])))")
            }
        }
        return result
    }

    private mutating func visitJoin(
        _ method: String, _ kind: JoinKind, _ left: PlanNode, _ right: PlanNode,
        _ keys: ([Expression], [Expression])?, _ condition: Expression?, _ depth: Int
    ) -> [String] {
        let word =
            switch kind {
            case .inner: ""
            case .left: " Left"
            case .right: " Right"
            case .full: " Full"
            case .semi: " Semi"
            case .anti: " Anti"
            }
        let isHash = keys != nil
        add(isHash || !word.isEmpty ? "\(method)\(word) Join" : method, depth)
        let position = lines.count
        let leftNames = visit(left, depth: depth + 1)
        let rightNames: [String]
        if isHash {
            add("Hash", depth + 1)
            rightNames = visit(right, depth: depth + 2)
        } else {
            rightNames = visit(right, depth: depth + 1)
        }
        if let condition {
            insertDetail(
                "Join Filter", text(condition, leftNames + rightNames), depth, at: position)
        }
        if let keys {
            let pairs = zip(keys.0, keys.1).map {
                "(\(text($0, leftNames)) = \(text($1, rightNames)))"
            }
            insertDetail(
                "Hash Cond", pairs.count == 1 ? pairs[0] : "(\(pairs.joined(separator: " AND ")))",
                depth, at: position)
        }
        switch kind {
        case .semi, .anti: return leftNames
        case .inner, .left, .right, .full: return leftNames + rightNames
        }
    }

    private mutating func visitAggregate(
        _ input: PlanNode, _ keys: [Expression], _ aggregates: [PlannedAggregate],
        _ sets: PlannedGroupingSets?, _ depth: Int
    ) -> [String] {
        let isMixed = !keys.isEmpty && sets?.sets.contains([]) ?? false
        add(keys.isEmpty ? "Aggregate" : isMixed ? "MixedAggregate" : "HashAggregate", depth)
        let position = lines.count
        let names = visit(input, depth: depth + 1)
        let keyTexts = keys.map { text($0, names) }
        if let sets {
            // The longest first.
            for set in sets.sets {
                let text = set.isEmpty ? "()" : set.map { keyTexts[$0] }.joined(separator: ", ")
                insertDetail(set.isEmpty ? "Group Key" : "Hash Key", text, depth, at: position)
            }
        } else if !keys.isEmpty {
            insertDetail("Group Key", keyTexts.joined(separator: ", "), depth, at: position)
        }
        return keyTexts
            + aggregates.map {
                let arguments = $0.arguments.map { text($0, names) }.joined(separator: ", ")
                let name = ExpressionText.functionName($0.function)
                return "\(name)(\(arguments.isEmpty ? "*" : arguments))"
            } + (sets?.groupings.map { _ in "GROUPING" } ?? [])
    }

    private func sortKey(_ key: SortKey, _ names: [String]) -> String {
        var result = text(key.expression, names)
        if key.descending { result += " DESC" }
        if key.nullsFirst != key.descending {
            result += key.nullsFirst ? " NULLS FIRST" : " NULLS LAST"
        }
        return result
    }

    private func text(_ expression: Expression, _ names: [String]) -> String {
        ExpressionText(names: names, context: context).text(expression)
    }
}
