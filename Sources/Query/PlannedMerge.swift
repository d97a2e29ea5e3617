public import Catalog

/// MERGE as planned.
///
/// `source` gives the columns of the target table at the slots of their index, the row key at slot
/// `columns.count` (null: no row of the target matches), then what else the statement reads.
public struct PlannedMerge: Sendable {
    public typealias Action = MergeAction<PlannedInsert>

    /// A table whose rows may be changed: the statement's, or one of its partitions.
    public struct Target: Sendable {
        public var table: Shared<Relation>
        /// For each column of the statement's table this one's; -1 for dropped ones.
        public var columns: [Int]
        public var checks: TableChecks
        /// Where rows go that leave their partition; nil: none may.
        public var move: PlannedModify.Move?

        public init(
            table: Shared<Relation>, columns: [Int], checks: TableChecks, move: PlannedModify.Move?
        ) {
            self.table = table
            self.columns = columns
            self.checks = checks
            self.move = move
        }
    }

    public var table: Shared<Relation>
    public var alias: String
    public var source: PlanNode
    /// ON, tested again on the newest version of a row after a wait.
    public var condition: Expression
    public var actions: [Action]
    public var targets: [Target]
    /// Of a partitioned table: the slot with the table that a row is from.
    public var tableSlot: Int?

    public init(
        table: Shared<Relation>, alias: String, source: PlanNode, condition: Expression,
        actions: [Action], targets: [Target], tableSlot: Int?
    ) {
        self.table = table
        self.alias = alias
        self.source = source
        self.condition = condition
        self.actions = actions
        self.targets = targets
        self.tableSlot = tableSlot
    }
}
