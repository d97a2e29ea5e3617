public import Catalog

/// `WHEN [NOT] MATCHED [AND …] THEN …`, before planning and after it.
public struct MergeAction<Insert: Sendable>: Sendable {
    public enum Change: Sendable {
        /// A row of `insert`'s columns with these values.
        case insert(Insert, values: [Expression])
        case update([Assignment])
        case delete
        case nothing
    }

    public var isMatched: Bool
    public var condition: Expression?
    public var change: Change

    public init(isMatched: Bool, condition: Expression?, change: Change) {
        self.isMatched = isMatched
        self.condition = condition
        self.change = change
    }
}

/// MERGE, resolved: `query`'s range table entry 0 is the target table, which its FROM joins to the
/// source; its targets are not used. All expressions are over that range table.
public struct BoundMerge: Sendable {
    public typealias Action = MergeAction<BoundInsert>

    public var table: Shared<Relation>
    /// Of a partitioned table.
    public var partitions: PartitionedTable?
    public var query: BoundQuery
    /// ON.
    public var condition: Expression
    public var actions: [Action]
    public var checks: TableChecks
    /// WITH before MERGE.
    public var commonTables: [CommonTable] = []

    public init(
        table: Shared<Relation>, query: BoundQuery, condition: Expression, actions: [Action],
        checks: TableChecks
    ) {
        self.table = table
        self.query = query
        self.condition = condition
        self.actions = actions
        self.checks = checks
    }

    /// What the user must be allowed to do to the table: to read it only if a column is named.
    public var rights: Privilege.Rights {
        var rights: Privilege.Rights = []
        func note(_ expression: Expression) {
            expression.forEachVariable { variable, level in
                if level == 0, variable.relation == 0 { rights.insert(.select) }
            }
        }
        note(condition)
        for action in actions {
            if let condition = action.condition { note(condition) }
            switch action.change {
            case .insert: rights.insert(.insert)
            case .update(let assignments):
                rights.insert(.update)
                for assignment in assignments { note(assignment.value) }
            case .delete: rights.insert(.delete)
            case .nothing: break
            }
        }
        return rights
    }
}
