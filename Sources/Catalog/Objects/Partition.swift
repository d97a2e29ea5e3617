public import Base
public import Types

/// PARTITION BY; the raw value is partstrat.
public enum PartitionStrategy: Character, Sendable {
    case range = "r"
    case list = "l"
    case hash = "h"

    /// The word of definitions and messages, in lower case.
    public var word: String {
        switch self {
        case .range: "range"
        case .list: "list"
        case .hash: "hash"
        }
    }
}

/// One column or expression of a partition key.
public struct PartitionKey: Sendable {
    /// 0-based index into the table's `columns`; nil for an expression.
    public var column: Int?
    public var expression: StoredExpression?
    public var type: SQLType

    public init(column: Int?, expression: StoredExpression? = nil, type: SQLType) {
        self.column = column
        self.expression = expression
        self.type = type
    }
}

/// What makes a table partitioned: it has no rows of its own, its partitions have them.
public struct Partitioning: Sendable {
    public var strategy: PartitionStrategy
    public var keys: [PartitionKey]
    /// In the order in which they came.
    public var partitions: [OID]

    public init(strategy: PartitionStrategy, keys: [PartitionKey], partitions: [OID] = []) {
        self.strategy = strategy
        self.keys = keys
        self.partitions = partitions
    }
}

/// A value of a partition bound.
public enum BoundValue: Hashable, Sendable {
    case minimum
    case maximum
    case null
    /// In the text form of the key's type under default settings.
    case value(String)
}

/// FOR VALUES: the rows that a partition takes.
public enum PartitionBounds: Hashable, Sendable {
    /// What no other partition takes.
    case `default`
    case hash(modulus: Int, remainder: Int)
    case list([BoundValue])
    /// `lower` is in the partition, `upper` is not.
    case range(lower: [BoundValue], upper: [BoundValue])
}

/// That a table is a partition, or an index part of an index on a partitioned table.
public struct PartitionMembership: Sendable {
    public var parent: OID
    /// Nil for indexes.
    public var bounds: PartitionBounds?
    /// It was a table of its own before: its columns and constraints stay when it is detached.
    public var isAttached: Bool

    public init(parent: OID, bounds: PartitionBounds?, isAttached: Bool) {
        self.parent = parent
        self.bounds = bounds
        self.isAttached = isAttached
    }
}

extension Relation {
    /// For each column of `parent` the column of that name here; −1 for dropped ones.
    public func columns(matching parent: Relation) -> [Int] {
        parent.columns.enumerated().map { index, column in
            if column.isDropped { return -1 }
            if columns.indices.contains(index), columns[index].name == column.name,
                !columns[index].isDropped
            {
                return index
            }
            return columnIndex(named: column.name) ?? -1
        }
    }
}

extension CatalogSnapshot {
    /// The partitions of a table, in the order in which they came.
    public func partitions(of table: Relation) -> [Shared<Relation>] {
        (table.partitioning?.partitions ?? []).compactMap { relation($0) }
    }

    /// The parts of an index on a partitioned table, one in each partition.
    public func parts(ofIndex index: Relation) -> [Shared<Relation>] {
        guard index.kind == .partitionedIndex, let definition = index.index,
            let table = relation(definition.table)
        else { return [] }
        return partitions(of: table.value).compactMap { partition in
            partition.indexes.lazy.compactMap { self.relation($0) }.first {
                $0.partition?.parent == index.oid
            }
        }
    }

    /// A relation and those it is a partition of, from it up; none of what has no part in
    /// partitioning.
    public func partitionLine(of oid: OID) -> [OID] {
        guard let relation = relation(oid),
            relation.partition != nil || relation.kind == .partitionedTable
                || relation.kind == .partitionedIndex
        else { return [] }
        return [oid] + ancestors(of: relation.value).map(\.oid)
    }

    /// The partitioned tables (or indexes) that a partition belongs to, nearest first.
    public func ancestors(of relation: Relation) -> [Shared<Relation>] {
        var result: [Shared<Relation>] = []
        var parent = relation.partition?.parent
        while let oid = parent, let found = self.relation(oid) {
            result.append(found)
            parent = found.partition?.parent
        }
        return result
    }
}
