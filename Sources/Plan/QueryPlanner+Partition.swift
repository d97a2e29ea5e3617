internal import Base
internal import Catalog
internal import Query
internal import Types

/// Partitioned tables in FROM: scans of the partitions that can have rows, one after the other.
extension QueryPlanner {
    /// The columns of `root` in a partition, and `tableoid` after them.
    private func columns(of root: Relation, in partition: Relation) -> [Int] {
        partition.columns(matching: root) + [partition.columns.count]
    }

    func planPartitioned(
        _ relation: Int, _ table: Shared<Relation>, _ conjuncts: [Conjunct], alias: String
    ) throws(SQLError) -> PlannedPart {
        let isLocked = rowKeyRelations.contains(relation)
        context.use(
            table.oid, isLocked ? .lockRows : .read, isLocked ? [.select, .update] : .select,
            as: body.rangeTable[relation].checkAs)
        let columns = neededColumns[relation]
        let types = columns.map {
            $0 < table.columns.count ? table.columns[$0].type : SQLType(.oid)
        }
        var number = 0
        var part = try planChildren(
            of: table, relation, conjuncts, alias: alias, number: &number, types: types)
        var layout = Layout(columns.map { .column(relation: relation, column: $0) })
        if givesKeys(of: relation) {
            layout.slots.append(.rowKey(relation: relation))
        }
        part.layout = layout
        // One that is read alone goes by the name of the whole.
        part.node.nameScan(alias)
        return part
    }

    /// - Parameter conjuncts: over the columns of `table`, of which `neededColumns` has those to
    ///   give.
    private func planChildren(
        of table: Shared<Relation>, _ relation: Int, _ conjuncts: [Conjunct], alias: String,
        number: inout Int, types: [SQLType]
    ) throws(SQLError) -> PlannedPart {
        let map = try PartitionMap(of: table.value, relation: source.relation)
        let pruner = PartitionPruner(relation: relation, table: table, map: map, source: source)
        let flags = pruner.candidates(conjuncts)
        var result = PlannedPart(
            node: .oneRow, layout: Layout(), relations: RelationSet(relation), rows: 0, cost: 0)
        var nodes: [PlanNode] = []
        var children: [Int] = []
        for (child, oid) in map.partitions.enumerated() {
            number += 1
            guard flags[child], let partition = source.relation(oid) else { continue }
            let part = try planChild(
                partition, of: table, relation, conjuncts, alias: alias, number: &number, types)
            nodes.append(part.node)
            children.append(child)
            result.rows += part.rows
            result.cost += part.cost
            result.bindings += part.bindings
        }
        result.rows = max(result.rows, 1)
        let withKey = givesKeys(of: relation)
        if nodes.isEmpty {
            result.node = .values(rows: [], types: withKey ? types + [SQLType(.bytea)] : types)
            return result
        }
        guard let pruning = try pruning(pruner, conjuncts, map, children, &result) else {
            result.node = nodes.count == 1 ? nodes[0] : .append(nodes)
            return result
        }
        result.node = .partitionAppend(nodes, pruning)
        return result
    }

    private func pruning(
        _ pruner: PartitionPruner, _ conjuncts: [Conjunct], _ map: PartitionMap,
        _ children: [Int], _ part: inout PlannedPart
    ) throws(SQLError) -> PartitionPruning? {
        guard let paths = pruner.startConditions(conjuncts) else { return nil }
        let bindings = Bindings(context)
        var keys: [PartitionPruning.Key] = []
        for path in paths {
            var key = PartitionPruning.Key()
            if let clause = path.equal.first {
                key.equal = try resolve(clause.value, Layout(), bindings: bindings)
            }
            key.lower = try bound(path.lower, bindings)
            key.upper = try bound(path.upper, bindings)
            keys.append(key)
        }
        part.bindings += bindings.list
        return PartitionPruning(map: map, keys: keys, children: children)
    }

    private func bound(_ clause: KeyClause?, _ bindings: Bindings) throws(SQLError) -> KeyBound? {
        guard let clause else { return nil }
        return KeyBound(
            values: [try resolve(clause.value, Layout(), bindings: bindings)],
            isInclusive: clause.strategy == .lessOrEqual || clause.strategy == .greaterOrEqual)
    }

    /// One partition, its output in the order of the parent's needed columns.
    private func planChild(
        _ partition: Shared<Relation>, of table: Shared<Relation>, _ relation: Int,
        _ conjuncts: [Conjunct], alias: String, number: inout Int, _ types: [SQLType]
    ) throws(SQLError) -> PlannedPart {
        let mapping = columns(of: table.value, in: partition.value)
        let isSame = mapping.enumerated().allSatisfy { $0.offset == $0.element }
        let own =
            isSame
            ? conjuncts
            : conjuncts.map { conjunct in
                var mapped = conjunct
                mapped.expression = conjunct.expression.mapVariables { variable, depth in
                    var variable = variable
                    if variable.levelsUp == depth, variable.relation == relation,
                        variable.systemColumn == nil
                    {
                        variable.column = mapping[variable.column]
                    }
                    return .variable(variable)
                }
                return mapped
            }
        let wanted = neededColumns[relation]
        let mapped = wanted.map { mapping[$0] }
        let sorted = mapped.sorted()
        need(relation: relation, columns: sorted)
        defer { need(relation: relation, columns: wanted) }
        if partition.kind == .partitionedTable {
            context.use(
                partition.oid, rowKeyRelations.contains(relation) ? .lockRows : .read, [])
            let part = try planChildren(
                of: partition, relation, own, alias: alias, number: &number,
                types: sorted.map { column in types[mapped.firstIndex(of: column) ?? 0] })
            return reordered(part, relation, mapped, sorted, types)
        }
        scannedPartition = partition
        defer { scannedPartition = nil }
        let chooser = AccessChooser(
            relation: relation, table: partition, source: source, conjuncts: own,
            selectivity.reading(partition, as: relation))
        let path = chooser.choose(available: .none, order: nil)
        let part = try planScan(
            chooser, path, alias: "\(alias)_\(number)", isPartition: true)
        return reordered(part, relation, mapped, sorted, types)
    }

    private func reordered(
        _ part: PlannedPart, _ relation: Int, _ mapped: [Int], _ sorted: [Int],
        _ types: [SQLType]
    ) -> PlannedPart {
        if mapped == sorted { return part }
        var outputs: [Expression] = mapped.enumerated().map { position, column in
            .slot(sorted.firstIndex(of: column) ?? 0, type: types[position])
        }
        if givesKeys(of: relation) {
            outputs.append(.slot(sorted.count, type: SQLType(.bytea)))
        }
        var result = part
        result.node = .project(part.node, outputs)
        return result
    }

    /// The partitions with rows below a table that conditions by constants leave.
    func remainingLeaves(
        of table: Shared<Relation>, relation: Int, _ conjuncts: [Conjunct]
    ) throws(SQLError) -> Set<OID> {
        let map = try PartitionMap(of: table.value, relation: source.relation)
        let flags = PartitionPruner(relation: relation, table: table, map: map, source: source)
            .candidates(conjuncts)
        var result: Set<OID> = []
        for (child, oid) in map.partitions.enumerated() where flags[child] {
            guard let partition = source.relation(oid) else { continue }
            guard partition.kind == .partitionedTable else {
                result.insert(oid)
                continue
            }
            let mapping = columns(of: table.value, in: partition.value)
            let own = conjuncts.map { conjunct in
                var mapped = conjunct
                mapped.expression = conjunct.expression.mapVariables { variable, depth in
                    var variable = variable
                    if variable.levelsUp == depth, variable.relation == relation,
                        variable.systemColumn == nil
                    {
                        variable.column = mapping[variable.column]
                    }
                    return .variable(variable)
                }
                return mapped
            }
            result.formUnion(try remainingLeaves(of: partition, relation: relation, own))
        }
        return result
    }

    /// The partitions with rows below a table, each with the columns that the table's are there.
    func lockTargets(
        of table: Shared<Relation>
    ) -> [(table: Shared<Relation>, columns: [Int])] {
        (table.partitioning?.partitions ?? []).compactMap { source.relation($0) }.flatMap {
            partition -> [(table: Shared<Relation>, columns: [Int])] in
            let mapping = columns(of: table.value, in: partition.value)
            if partition.kind != .partitionedTable { return [(partition, mapping)] }
            return lockTargets(of: partition).map { leaf in
                (leaf.table, mapping.map { $0 < 0 ? $0 : leaf.columns[$0] })
            }
        }
    }
}

extension PlanNode {
    /// Gives a scan, or one whose columns are only put in another order, an alias.
    fileprivate mutating func nameScan(_ alias: String) {
        switch self {
        case .tableScan(var scan):
            scan.alias = alias
            self = .tableScan(scan)
        case .project(var input, let outputs):
            input.nameScan(alias)
            self = .project(input, outputs)
        default: break
        }
    }
}
