public import Base
public import Catalog
internal import Functions
internal import Parse
public import Query
internal import Types

/// Partitioned tables as targets of statements.
extension Analyzer {
    /// The partitions of a partitioned table and how rows find theirs; nil for other tables.
    func partitionedTable(_ table: Shared<Relation>) throws(SQLError) -> PartitionedTable? {
        guard table.kind == .partitionedTable else { return nil }
        var leaves: [PartitionLeaf] = []
        var tables: [OID] = []
        let routing = try routing(
            table, root: table.value, columns: Array(table.columns.indices), &leaves, &tables)
        // Check options of the view that the statement names.
        for check in level.target?.checks ?? [] {
            for index in leaves.indices {
                let columns = leaves[index].columns
                var own = check
                own.predicate = check.predicate.mapColumns {
                    columns.indices.contains($0) ? columns[$0] : $0
                }
                let isMoved = columns.enumerated().contains { $0.offset != $0.element }
                if isMoved, check.predicate.contains({ $0.isQuery }) {
                    throw SQLError.notSupported(
                        "a subquery in a view's check option on a partitioned table")
                }
                leaves[index].checks.checks.append(own)
            }
        }
        return PartitionedTable(leaves: leaves, routing: routing, tables: tables)
    }

    /// - Parameter columns: for each column of the root the table's.
    private func routing(
        _ table: Shared<Relation>, root: Relation, columns: [Int],
        _ leaves: inout [PartitionLeaf], _ tables: inout [OID]
    ) throws(SQLError) -> PartitionRouting {
        let map = try PartitionMap(of: table.value) { scope.snapshot.relation($0) }
        var targets: [PartitionRouting.Target] = []
        for oid in map.partitions {
            guard let partition = scope.snapshot.relation(oid) else {
                throw SQLError(.internalError, "partition with OID \(oid) does not exist")
            }
            let own = partition.value.columns(matching: root)
            if partition.kind == .partitionedTable {
                tables.append(oid)
                targets.append(
                    .table(
                        try routing(partition, root: root, columns: own, &leaves, &tables)))
                continue
            }
            targets.append(.leaf(leaves.count))
            leaves.append(
                PartitionLeaf(
                    table: partition, columns: own, indexes: parts(of: root, in: partition.value),
                    checks: try tableChecks(of: partition)))
        }
        let keys = try partitionKeys(of: table).map { key in
            key.mapColumns { columns.firstIndex(of: $0) ?? $0 }
        }
        return PartitionRouting(table: table, keys: keys, map: map, targets: targets)
    }

    /// The key columns and expressions of a partitioned table, over relation 0: the table.
    public func partitionKeys(of table: Shared<Relation>) throws(SQLError) -> [Expression] {
        var result: [Expression] = []
        for key in table.partitioning?.keys ?? [] {
            if let column = key.column {
                result.append(
                    .variable(
                        Variable(relation: 0, column: column, type: table.columns[column].type)))
            } else if let stored = key.expression {
                result.append(try storedExpression(stored, of: table))
            }
        }
        return result
    }

    /// The partition's index for each index of the root.
    private func parts(of root: Relation, in partition: Relation) -> [OID: OID] {
        var result: [OID: OID] = [:]
        for oid in partition.indexes {
            guard let index = scope.snapshot.relation(oid) else { continue }
            for ancestor in scope.snapshot.ancestors(of: index.value)
            where root.indexes.contains(ancestor.oid) {
                result[ancestor.oid] = oid
            }
        }
        return result
    }

    /// What makes rows belong to a partition: for its parent, then for that one's.
    public func partitionChecks(of table: Shared<Relation>) throws(SQLError) -> [PartitionCheck] {
        var result: [PartitionCheck] = []
        var child = table
        while let membership = child.partition,
            let parent = scope.snapshot.relation(membership.parent)
        {
            let map = try PartitionMap(of: parent.value) { scope.snapshot.relation($0) }
            guard let number = map.partitions.firstIndex(of: child.oid) else { break }
            let columns = table.value.columns(matching: parent.value)
            let keys = try partitionKeys(of: parent).map { $0.mapColumns { columns[$0] } }
            result.append(PartitionCheck(keys: keys, map: map, child: number))
            child = parent
        }
        return result
    }

    /// What ONLY leaves of a partitioned table: nothing.
    func withoutPartitions(_ table: Shared<Relation>) -> Shared<Relation> {
        guard table.kind == .partitionedTable else { return table }
        var copy = table.value
        copy.partitioning?.partitions = []
        return Shared(copy)
    }
}
