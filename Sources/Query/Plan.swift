public import Base
public import Catalog
public import Types

/// A bound of a key range: values for the first columns of a key, already of the key columns'
/// types; expressions without slots and without effects. A bound of fewer columns than the key
/// stands for all keys that begin with it: an inclusive one has them in the range, an exclusive
/// one has not. A null value makes the scan empty.
public struct KeyBound: Sendable {
    public var values: [Expression]
    public var isInclusive: Bool

    public init(values: [Expression], isInclusive: Bool) {
        self.values = values
        self.isInclusive = isInclusive
    }
}

/// What a table scan walks: all rows, a range of the row key, or a range of an index.
public enum ScanPath: Sendable {
    /// In row key order: primary key, or hidden row id.
    case rows(lower: KeyBound?, upper: KeyBound?)
    /// The row with exactly this key: the whole primary key.
    case row(key: [Expression])
    /// Entries of an index in its order. `equal` are values for its first keys; then a range of
    /// the next key, or none. `lower` comes first in the index: with a descending key it is the
    /// greater value. A null value makes the scan empty, and a range with a bound on either side
    /// has no nulls.
    case index(
        Shared<Relation>, equal: [Expression], lower: KeyBound?, upper: KeyBound?)
    /// The row on which a cursor stands: WHERE CURRENT OF.
    case currentRow(cursor: String)
}

public struct TableScan: Sendable {
    public var table: Shared<Relation>
    public var path: ScanPath
    public var isReverse: Bool
    /// Columns of the table that are read, ascending; they are the output, in this order. The
    /// table's column count stands for `tableoid`.
    public var columns: [Int]
    /// Over the output columns.
    public var filter: Expression?
    /// Appends the row key as a last output column of bytes (UPDATE, DELETE, FOR UPDATE).
    public var withRowKey: Bool
    public var alias: String
    /// Estimated rows, and microseconds.
    public var rows: Double
    public var cost: Double
    /// Chosen for its order.
    public var isOrdered = false

    public init(
        table: Shared<Relation>, path: ScanPath, isReverse: Bool, columns: [Int],
        filter: Expression?, withRowKey: Bool, alias: String, rows: Double, cost: Double = 0
    ) {
        self.table = table
        self.path = path
        self.isReverse = isReverse
        self.columns = columns
        self.filter = filter
        self.withRowKey = withRowKey
        self.alias = alias
        self.rows = rows
        self.cost = cost
    }
}

/// How many rows a node is expected to give, and microseconds to take.
public struct PlanEstimate: Sendable {
    public var rows: Double
    public var cost: Double

    public init(rows: Double, cost: Double) {
        self.rows = rows
        self.cost = cost
    }
}

/// An aggregate of an Aggregate node; arguments are over the child's slots.
public struct PlannedAggregate: Sendable {
    public var function: OID
    public var arguments: [Expression]
    public var isDistinct: Bool
    public var filter: Expression?
    public var orderBy: [SortKey]
    public var type: SQLType

    public init(
        function: OID, arguments: [Expression], isDistinct: Bool, filter: Expression?,
        orderBy: [SortKey], type: SQLType
    ) {
        self.function = function
        self.arguments = arguments
        self.isDistinct = isDistinct
        self.filter = filter
        self.orderBy = orderBy
        self.type = type
    }
}

/// More than one way in which an Aggregate node groups its rows: each gives its own groups, in which
/// the keys that it has not got are null.
public struct PlannedGroupingSets: Sendable {
    /// Of each set its keys, by number.
    public var sets: [[Int]]
    /// Of each GROUPING() its value in every set.
    public var groupings: [[Int64]]

    public init(sets: [[Int]], groupings: [[Int64]]) {
        self.sets = sets
        self.groupings = groupings
    }
}

/// INSERT as planned. All row-level expressions are over slots of a full row of the table
/// (slot = column index), `excluded` at slots + column count.
public struct PlannedInsert: Sendable {
    public var insert: BoundInsert
    /// Gives the values of `insert.columns`.
    public var source: PlanNode
    /// Over slots of the new row, `excluded` after it.
    public var checks: TableChecks
    public var conflict: BoundInsert.Conflict?
    public var returning: [Expression]
    /// Of a partitioned table: rows go on to one of its partitions.
    public var partitions: Partitions?
    /// Of a partition: its rows come from the table above and belong to it.
    public var isRouted = false
    /// `conflict` has the key of the row that is there behind the two rows.
    public var conflictReadsKeys = false
    /// `returning` has the new row's key behind the row, then what `xmax` is of it.
    public var returnsKeys = false

    /// An INSERT for each partition, of all its columns; and how rows find theirs, with keys over
    /// slots of the statement's table.
    public struct Partitions: Sendable {
        public var leaves: [PlannedInsert]
        public var routing: PartitionRouting
        /// For each leaf the statement's table's columns that its own given columns come from.
        public var sources: [[Int]]

        public init(leaves: [PlannedInsert], routing: PartitionRouting, sources: [[Int]]) {
            self.leaves = leaves
            self.routing = routing
            self.sources = sources
        }
    }

    public init(
        insert: BoundInsert, source: PlanNode, checks: TableChecks,
        conflict: BoundInsert.Conflict?, returning: [Expression]
    ) {
        self.insert = insert
        self.source = source
        self.checks = checks
        self.conflict = conflict
        self.returning = returning
    }
}

/// UPDATE or DELETE as planned.
///
/// `source` gives all live columns of the target table at the slots of their column index, the row
/// key at slot `columns.count`, then the columns of the other FROM items that are needed.
/// `assignments`, `returning` and `recheck` are over those slots; RETURNING sees the new row, and
/// after all slots of `source` the OID of the table that has it.
public struct PlannedModify: Sendable {
    /// Where rows go that leave their partition: an INSERT into the statement's table, and for each
    /// of its columns the partition's.
    public struct Move: Sendable {
        public var insert: PlannedInsert
        public var columns: [Int]
        /// A partitioned table above the partition, below the statement's, that a foreign key refers
        /// to.
        public var referencedAncestor: String?

        public init(insert: PlannedInsert, columns: [Int], referencedAncestor: String?) {
            self.insert = insert
            self.columns = columns
            self.referencedAncestor = referencedAncestor
        }
    }
    /// Nil: a row may not leave.
    public var move: Move?
    /// Of a partitioned table: the statement for each of its partitions. `source` is not used then.
    public var partitions: [PlannedModify]?

    public var table: Shared<Relation>
    public var source: PlanNode
    public var assignments: [Assignment]?
    public var checks: TableChecks
    /// The statement's predicate, evaluated again on the newest version of a row after a wait.
    public var recheck: Expression?
    public var returning: [Expression]
    /// Of UPDATE: `returning` has the new row's key behind the OID of its table.
    public var returnsKeys = false

    public init(
        table: Shared<Relation>, source: PlanNode, assignments: [Assignment]?,
        checks: TableChecks, recheck: Expression?, returning: [Expression]
    ) {
        self.table = table
        self.source = source
        self.assignments = assignments
        self.checks = checks
        self.recheck = recheck
        self.returning = returning
    }
}

/// FOR UPDATE of one table in a query: where its row key is, and where its columns are, so that
/// they are replaced by the newest version's after a wait.
public struct PlannedRowLock: Sendable {
    public var table: Shared<Relation>
    /// Of a partitioned table: its partitions with rows, with the columns that `table`'s are there,
    /// and the slot that says which of them a row is from.
    public var partitions: [(table: Shared<Relation>, columns: [Int])] = []
    public var partitionSlot = 0
    public var keySlot: Int
    /// (slot, column of the table).
    public var columns: [(slot: Int, column: Int)]
    public var strength: RowLockStrength
    public var policy: LockWaitPolicy

    public init(
        table: Shared<Relation>, keySlot: Int, columns: [(slot: Int, column: Int)],
        strength: RowLockStrength, policy: LockWaitPolicy
    ) {
        self.table = table
        self.keySlot = keySlot
        self.columns = columns
        self.strength = strength
        self.policy = policy
    }
}

/// A physical operator. Every node's output is a row of slots; `Plan.swift` of the Plan module
/// makes them, Execute runs them.
public indirect enum PlanNode: Sendable {
    /// A node with what planning expects of it.
    case estimated(PlanNode, PlanEstimate)
    case oneRow
    case tableScan(TableScan)
    /// `columns` of a relation computed from the catalog.
    case computedScan(relation: OID, columns: [Int], filter: Expression?, alias: String)
    /// last_value, log_cnt, is_called: those that `columns` names.
    case sequenceScan(sequence: OID, columns: [Int], alias: String)
    case values(rows: [[Expression]], types: [SQLType])
    /// A function in FROM: a set-returning one gives its rows, another one row.
    case functionScan(Expression, withOrdinality: Bool, alias: String)
    /// By `Expression.never` its input is not even opened.
    case filter(PlanNode, Expression)
    case sample(PlanNode, PlannedSample)
    case project(PlanNode, [Expression])
    /// Set-returning functions in a select list: each `.call` of one at top level of an element is
    /// expanded; rows until the longest ends, others give null (PostgreSQL 10 and later).
    case projectSet(PlanNode, [Expression])
    /// For each left row: sets `parameters` from its slots, runs the right side again. Output: left
    /// slots, right slots (left only for semi and anti). `condition` over both.
    case nestedLoop(
        JoinKind, PlanNode, PlanNode, parameters: [(parameter: Int, value: Expression)],
        condition: Expression?)
    /// Builds a table of the right side. Keys are hashed pairwise by their equality functions'
    /// type; null keys never match. `condition`: what else must hold, over both sides.
    case hashJoin(
        JoinKind, PlanNode, PlanNode, leftKeys: [Expression], rightKeys: [Expression],
        condition: Expression?)
    /// Output: the group keys, then the aggregates, then of `sets` the GROUPING()s. Without keys:
    /// exactly one row. `sets` nil: groups of all keys.
    case aggregate(
        PlanNode, groupKeys: [Expression], aggregates: [PlannedAggregate],
        sets: PlannedGroupingSets?)
    /// An aggregation without sets whose input is walked by several threads: each walks other pieces
    /// of the table that the input's leftmost scan reads, and their groups are merged.
    case parallelAggregate(
        PlanNode, groupKeys: [Expression], aggregates: [PlannedAggregate], workers: Int)
    case window(PlanNode, PlannedWindow)
    case sort(PlanNode, keys: [SortKey], limit: Expression?)
    case limit(PlanNode, limit: Expression?, offset: Expression?, tiesKeys: [SortKey])
    /// Distinct rows; `keys` nil: whole rows by hashing, else the first of each run of equal keys
    /// in sorted input (DISTINCT ON).
    case distinct(PlanNode, keys: [Expression]?)
    case append([PlanNode])
    /// As `append`, but leaves out inputs whose partition, for values known when it is opened, has no
    /// row that counts.
    case partitionAppend([PlanNode], PartitionPruning)
    /// The plan of a query with WITH: `tables` are numbers of the statement's common tables, whose
    /// rows are computed as they are asked for.
    case with(tables: [Int], PlanNode)
    /// The rows of a common table; in its own recursion those of the step before.
    case commonScan(table: Int, isWorking: Bool, types: [SQLType], alias: String)
    /// Rows of the first input, then of the second over the rows of the step before, until a step
    /// gives none. Without `isAll` each different row counts once.
    case recursiveUnion(table: Int, PlanNode, PlanNode, isAll: Bool, types: [SQLType])
    case setOperation(BoundQuery.SetOperator, isAll: Bool, PlanNode, PlanNode)
    /// `recheck`: the query's conditions, tested again on a row whose version has changed while its
    /// lock was waited for.
    case lockRows(PlanNode, [PlannedRowLock], recheck: Expression?)
    case insert(PlannedInsert)
    case modify(PlannedModify)
    case merge(PlannedMerge)
}

/// Conditions on a partition key whose values are known when a scan starts.
public struct PartitionPruning: Sendable {
    /// Values without slots; of the key's own type.
    public struct Key: Sendable {
        public var equal: Expression?
        public var lower: KeyBound?
        public var upper: KeyBound?

        public init(equal: Expression? = nil, lower: KeyBound? = nil, upper: KeyBound? = nil) {
            self.equal = equal
            self.lower = lower
            self.upper = upper
        }
    }
    public var map: PartitionMap
    public var keys: [Key]
    /// The child of the map that each input is.
    public var children: [Int]

    public init(map: PartitionMap, keys: [Key], children: [Int]) {
        self.map = map
        self.keys = keys
        self.children = children
    }
}

/// A whole statement, planned: immutable, shared by all who run it.
public final class PhysicalPlan: Sendable {
    public let root: PlanNode
    public let subplans: [PlanNode]
    /// The queries of WITH that are computed for themselves.
    public let commonTables: [PlannedCommonTable]
    /// How many execution parameters root and subplans use.
    public let executionParameterCount: Int
    /// Output columns that the client sees: the first ones of root.
    public let columns: [OutputColumn]
    /// Relations to lock before running, with the mode of their use.
    public let relations: [PlannedRelation]
    /// Of a cursor's query: where the output has the keys of its tables' rows.
    public let rowKeys: [PlannedRowKey]
    /// Estimated microseconds of its costliest query.
    public let cost: Double
    /// Nil: nothing was granted on columns of the relations that the statement names.
    public let columnUses: ColumnUses?
    /// Functions that not everybody may call, of those that the statement calls.
    public let guardedFunctions: [OID]

    /// What the statement is called in messages.
    public var verb: String {
        switch root.statement {
        case .insert: "INSERT"
        case .modify(let modify): modify.assignments == nil ? "DELETE" : "UPDATE"
        case .merge: "MERGE"
        default: locksRows ? "SELECT FOR UPDATE" : "SELECT"
        }
    }

    /// FOR UPDATE or its kin.
    public var locksRows: Bool { relations.contains { $0.use == .lockRows } }
    /// Runs to its end whatever is read of it: it, or a statement in its WITH, changes data.
    public let changesData: Bool
    /// Some relations are read with the rights of a view's owner.
    public let checksViewOwners: Bool

    public init(
        root: PlanNode, subplans: [PlanNode], commonTables: [PlannedCommonTable] = [],
        executionParameterCount: Int,
        columns: [OutputColumn], relations: [PlannedRelation], rowKeys: [PlannedRowKey] = [],
        cost: Double = 0, columnUses: ColumnUses? = nil, guardedFunctions: [OID] = []
    ) {
        self.columnUses = columnUses
        self.guardedFunctions = guardedFunctions
        self.root = root
        self.subplans = subplans
        self.commonTables = commonTables
        self.executionParameterCount = executionParameterCount
        self.columns = columns
        self.relations = relations
        self.rowKeys = rowKeys
        self.cost = cost
        let isChange =
            switch root.statement {
            case .insert, .modify, .merge: true
            default: false
            }
        changesData = isChange || commonTables.contains { $0.changesData }
        checksViewOwners = relations.contains { $0.checkAs.isValid }
    }
}

/// An output column of a cursor's plan that holds the key of a table's row.
public struct PlannedRowKey: Sendable {
    public var relation: OID
    public var column: Int
    /// From FOR UPDATE or its kin.
    public var isLocked: Bool

    public init(relation: OID, column: Int, isLocked: Bool) {
        self.relation = relation
        self.column = column
        self.isLocked = isLocked
    }
}

/// A query of WITH, planned. The first columns of its rows are the table's.
public struct PlannedCommonTable: Sendable {
    public var name: String
    public var node: PlanNode
    public var types: [SQLType]
    /// What its columns are called.
    public var columnNames: [String] = []
    /// Its rows depend on a row of a query around.
    public var isCorrelated: Bool
    /// A statement that changes data: it runs to its end even if nobody reads its rows.
    public var changesData = false

    public init(name: String, node: PlanNode, types: [SQLType], isCorrelated: Bool) {
        self.name = name
        self.node = node
        self.types = types
        self.isCorrelated = isCorrelated
    }
}

extension PlanNode {
    /// The node below WITH.
    public var statement: PlanNode {
        switch self {
        case .with(_, let node), .estimated(let node, _): return node.statement
        default: return self
        }
    }
}

/// What a statement names beside the tables that it is planned for.
public struct NamedObjects: Sendable {
    /// To lock them and to check rights.
    public var views: [PlannedRelation]
    /// Nil: nothing was granted on columns of any relation in it.
    public var columnUses: ColumnUses?
    /// Functions that not everybody may call.
    public var functions: [OID]

    public init(
        views: [PlannedRelation] = [], columnUses: ColumnUses? = nil, functions: [OID] = []
    ) {
        self.views = views
        self.columnUses = columnUses
        self.functions = functions
    }
}

/// A relation that a plan uses: to lock it, and to notice that the plan is stale.
public struct PlannedRelation: Sendable {
    public enum Use: Int, Sendable {
        /// ACCESS SHARE.
        case read
        /// ROW SHARE: FOR UPDATE and its kin.
        case lockRows
        /// ROW EXCLUSIVE.
        case write
    }
    public var relation: OID
    public var use: Use
    /// What the user must be allowed to do to it.
    public var rights: Privilege.Rights
    /// Whose rights count: a view's owner; invalid: the user's.
    public var checkAs: OID

    /// - Parameter rights: none for partitions: those on the table that the statement names are
    ///   enough.
    public init(
        relation: OID, use: Use, rights: Privilege.Rights, checkAs: OID = .invalid
    ) {
        self.relation = relation
        self.use = use
        self.rights = rights
        self.checkAs = checkAs
    }
}
