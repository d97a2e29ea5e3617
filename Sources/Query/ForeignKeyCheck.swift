public import Catalog

/// One foreign key: the referencing table, the referenced one and its unique index.
public struct ForeignKeyCheck: Sendable {
    public var constraint: Constraint
    /// For what happens to referring rows it may be partitioned.
    public var referencing: Shared<Relation>
    public var referenced: Shared<Relation>
    /// The unique index relation of `referenced` that the key points to.
    public var referencedIndex: Shared<Relation>
    /// Where the rows with a key are.
    public var target: ReferencedRows
    /// The referring columns as values of the key's types, over the slots of a row of `referencing`
    /// (slot = column index); nil: they are of its types.
    public var values: [Expression]?

    public init(
        constraint: Constraint, referencing: Shared<Relation>, referenced: Shared<Relation>,
        referencedIndex: Shared<Relation>, target: ReferencedRows, values: [Expression]?
    ) {
        self.constraint = constraint
        self.referencing = referencing
        self.referenced = referenced
        self.referencedIndex = referencedIndex
        self.target = target
        self.values = values
    }
}

/// The rows that a foreign key may refer to: of a table, or of the partition that the key's values
/// belong to.
public indirect enum ReferencedRows: Sendable {
    case table(Shared<Relation>, index: Shared<Relation>)
    /// - `keys`: of each column of the partition key its place among the constraint's columns.
    /// - `targets`: by child number of the map.
    case partitions(PartitionMap, keys: [Int], targets: [ReferencedRows])
}
