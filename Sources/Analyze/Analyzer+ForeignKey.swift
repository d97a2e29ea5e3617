internal import Base
internal import Catalog
internal import Query
internal import Types

/// Foreign keys, ready for checking.
extension Analyzer {
    func foreignKeyCheck(
        _ constraint: Constraint, of table: Shared<Relation>
    ) throws(SQLError) -> ForeignKeyCheck? {
        guard case .foreignKey(let key) = constraint.kind,
            let referenced = scope.snapshot.relation(key.table),
            let index = scope.snapshot.relation(key.index)
        else { return nil }
        return ForeignKeyCheck(
            constraint: constraint, referencing: table, referenced: referenced,
            referencedIndex: index,
            target: try referencedRows(of: referenced, index, columns: key.columns),
            values: try keyValues(of: constraint, table.value, key, referenced.value))
    }

    /// - Parameter columns: those of the table that the constraint's columns refer to, in its order.
    private func referencedRows(
        of table: Shared<Relation>, _ index: Shared<Relation>, columns: [Int]
    ) throws(SQLError) -> ReferencedRows {
        guard table.kind == .partitionedTable, let partitioning = table.partitioning else {
            return .table(table, index: index)
        }
        let map = try PartitionMap(of: table.value) { scope.snapshot.relation($0) }
        let keys = try partitioning.keys.map { key throws(SQLError) in
            guard let position = columns.firstIndex(where: { $0 == key.column }) else {
                throw SQLError(.internalError, "a unique key has all partition key columns")
            }
            return position
        }
        let parts = scope.snapshot.parts(ofIndex: index.value)
        let targets = try map.partitions.map { oid throws(SQLError) in
            guard let partition = scope.snapshot.relation(oid),
                let part = parts.first(where: { $0.index?.table == oid })
            else { throw SQLError(.internalError, "a partition has a part of each unique key") }
            let own = partition.value.columns(matching: table.value)
            return try referencedRows(of: partition, part, columns: columns.map { own[$0] })
        }
        return .partitions(map, keys: keys, targets: targets)
    }

    private func keyValues(
        of constraint: Constraint, _ table: Relation, _ key: Constraint.ForeignKey,
        _ referenced: Relation
    ) throws(SQLError) -> [Expression]? {
        var isSame = true
        let values = try zip(constraint.columns, key.columns).map { (own, other) throws(SQLError) in
            let (from, to) = (table.columns[own].type, referenced.columns[other].type)
            let value = Expression.slot(own, type: from)
            if from.physical == to.physical, !needsConversion(from.oid, to.oid) { return value }
            isSame = false
            return try coerce(value, to: SQLType(TypeCatalog.base(to.oid)), .implicit, at: -1)
        }
        return isSame ? nil : values
    }

    /// False if values of both types are written alike in keys of the other one.
    private func needsConversion(_ from: OID, _ to: OID) -> Bool {
        let (from, to) = (TypeCatalog.base(from), TypeCatalog.base(to))
        let alike: [Set<OID>] = [
            [.int2, .int4, .int8], [.text, .varchar], [.inet, .cidr],
        ]
        return from != to && !alike.contains { $0.contains(from) && $0.contains(to) }
    }
}
