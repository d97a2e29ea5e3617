public import Base
public import Catalog

/// How rows find their way through one partitioned table; keys are expressions over a row of the
/// statement's target table (relation 0), whose columns may be in another order.
public final class PartitionRouting: Sendable {
    /// What a child of the map is.
    public enum Target: Sendable {
        /// An index into `PartitionedTable.leaves`.
        case leaf(Int)
        case table(PartitionRouting)
    }
    public let table: Shared<Relation>
    public let keys: [Expression]
    public let map: PartitionMap
    /// By child number of the map.
    public let targets: [Target]

    public init(
        table: Shared<Relation>, keys: [Expression], map: PartitionMap, targets: [Target]
    ) {
        self.table = table
        self.keys = keys
        self.map = map
        self.targets = targets
    }

    /// The same with `change` applied to all key expressions.
    public func mapKeys(
        _ change: (Expression) throws(SQLError) -> Expression
    ) throws(SQLError) -> PartitionRouting {
        var changedKeys: [Expression] = []
        for key in keys { changedKeys.append(try change(key)) }
        var changedTargets: [Target] = []
        for target in targets {
            switch target {
            case .leaf: changedTargets.append(target)
            case .table(let routing): changedTargets.append(.table(try routing.mapKeys(change)))
            }
        }
        return PartitionRouting(table: table, keys: changedKeys, map: map, targets: changedTargets)
    }
}

/// A partition with rows, as a statement on a partitioned table above it uses it.
public struct PartitionLeaf: Sendable {
    public var table: Shared<Relation>
    /// For each column of the statement's table the partition's; −1 for dropped ones.
    public var columns: [Int]
    /// The partition's part of each index of the statement's table.
    public var indexes: [OID: OID]
    public var checks: TableChecks

    public init(
        table: Shared<Relation>, columns: [Int], indexes: [OID: OID], checks: TableChecks
    ) {
        self.table = table
        self.columns = columns
        self.indexes = indexes
        self.checks = checks
    }
}

/// What INSERT, UPDATE and DELETE need of a partitioned table.
public struct PartitionedTable: Sendable {
    public var leaves: [PartitionLeaf]
    public var routing: PartitionRouting
    /// The partitioned tables below the statement's.
    public var tables: [OID]

    public init(leaves: [PartitionLeaf], routing: PartitionRouting, tables: [OID]) {
        self.leaves = leaves
        self.routing = routing
        self.tables = tables
    }
}

/// That rows of a partition must be its parent's child number `child`; keys are over the
/// partition's own rows (relation 0).
public struct PartitionCheck: Sendable {
    public var keys: [Expression]
    public var map: PartitionMap
    public var child: Int

    public init(keys: [Expression], map: PartitionMap, child: Int) {
        self.keys = keys
        self.map = map
        self.child = child
    }
}

extension Expression {
    /// Variables of relation 0 with their columns exchanged.
    public func mapColumns(_ change: (Int) -> Int) -> Expression {
        if case .variable(var variable) = self, variable.levelsUp == 0, variable.relation == 0 {
            variable.column = change(variable.column)
            return .variable(variable)
        }
        return mapChildren { $0.mapColumns(change) }
    }

    /// A subquery.
    public var isQuery: Bool {
        if case .subquery = self { true } else { false }
    }
}
