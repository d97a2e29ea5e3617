internal import Base
internal import Catalog
internal import Query
internal import Types

/// Scans of tables.
extension ExplainBuilder {
    mutating func describeScan(_ scan: TableScan, _ counters: OperatorCounters?) -> Described {
        let table = scan.table.value
        let known = session.statistics(of: table)
        let alias = newAlias(scan.alias.isEmpty ? table.name : scan.alias)
        let columns = table.columns.enumerated().map { index, column in
            slot(
                column: column.name, alias: alias,
                width: known?.value.columns[index]?.averageWidth ?? width(column.type))
        }
        var slots = scan.columns.map {
            $0 < columns.count
                ? columns[$0] : slot(column: "tableoid", alias: alias, width: 4)
        }
        if scan.withRowKey { slots.append(slot(column: "ctid", alias: alias, width: 6)) }
        let name = relationName(table) + (alias == table.name ? "" : " \(quoted(alias))")
        let (described, conditions) = describePath(scan, name, own(columns))
        var node = described
        aim(table, alias, &node)
        node.rows = scan.rows
        node.totalCost = scan.cost
        if conditions.count == 1 {
            node.add("Index Cond", conditions[0])
        } else if conditions.count > 1 {
            node.add("Index Cond", "(\(conditions.joined(separator: " AND ")))")
        }
        if let filter = scan.filter { addFilter(text(filter, own(slots)), to: &node, counters) }
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
                var node = ExplainNode(
                    "\(scansPieces ? "Parallel " : "")Seq Scan on \(name)", type: "Seq Scan")
                node.isParallel = scansPieces
                scansPieces = false
                return (node, [])
            }
            conditions = range(primaryKey(table).map { columns[$0].name }, lower, upper)
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
            let keys = (index.index?.keys ?? []).map { key in
                key.column.map { columns[$0].name } ?? key.expression?.text ?? ""
            }
            for (key, value) in zip(keys, equal) { conditions.append("(\(key) = \(text(value, [])))") }
            conditions += range(Array(keys.dropFirst(equal.count)), lower, upper)
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
        _ keys: [String], _ lower: KeyBound?, _ upper: KeyBound?
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
            result.append("(\(keys[index]) = \(first[index]))")
        }
        for (bound, texts, sign) in [(lower, first, ">"), (upper, last, "<")] {
            guard let bound else { continue }
            for index in equalCount..<texts.count where index < keys.count {
                let equals = bound.isInclusive || index < texts.count - 1 ? "=" : ""
                result.append("(\(keys[index]) \(sign)\(equals) \(texts[index]))")
            }
        }
        return result
    }
}
