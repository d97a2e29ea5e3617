public import Base
public import Catalog
public import Types

/// A column of a result or of a FROM item.
public struct OutputColumn: Sendable {
    public var name: String
    public var type: SQLType
    /// The table column that it comes from unchanged, for RowDescription and error fields.
    public var table: OID
    /// attnum, 1-based; 0 if it is none.
    public var columnNumber: Int

    public init(name: String, type: SQLType, table: OID = .invalid, columnNumber: Int = 0) {
        self.name = name
        self.type = type
        self.table = table
        self.columnNumber = columnNumber
    }
}

/// An entry of a query's range table.
public struct RangeEntry: Sendable {
    public enum Kind: Sendable {
        /// A table. Its columns are the relation's `columns` (dropped ones included, so that
        /// indexes agree), then `tableoid`.
        case table(Shared<Relation>)
        /// A relation computed from the catalog or the server's state (pg_class, pg_sequences …).
        case computed(OID)
        /// `SELECT … FROM sequence`: last_value, log_cnt, is_called.
        case sequence(OID)
        case subquery(BoundQuery)
        /// A query of WITH, by its id.
        case common(Int)
        case values([[Expression]])
        /// A function in FROM; a set-returning one gives its rows, another one row. With
        /// WITH ORDINALITY a bigint follows.
        case function(Expression, withOrdinality: Bool)
        /// excluded in ON CONFLICT: the row proposed for insertion.
        case excluded
        /// The query's aggregates and GROUPING()s that queries below use: its columns. In no FROM.
        case aggregates([Expression])
    }
    public var kind: Kind
    /// The name by which columns are qualified.
    public var alias: String
    public var columns: [OutputColumn]
    /// LATERAL: may refer to entries to its left.
    public var isLateral: Bool
    /// The view that the entry names; `kind` is then the view's query.
    public var view: Shared<Relation>?
    /// Whose rights count for reading a table: a view's owner; invalid: the user's.
    public var checkAs: OID
    /// The statement gives an alias.
    public var hasAlias: Bool
    /// How many column names the alias has.
    public var columnAliasCount: Int
    /// How many of the last columns `*` leaves out: those of SEARCH and CYCLE in their own query.
    public var addedColumnCount = 0
    /// ONLY, of a table.
    public var isOnly = false
    /// TABLESAMPLE, of a table.
    public var sample: TableSample?

    public init(
        kind: Kind, alias: String, columns: [OutputColumn], isLateral: Bool = false,
        view: Shared<Relation>? = nil, checkAs: OID = .invalid, hasAlias: Bool = false,
        columnAliasCount: Int = 0
    ) {
        self.kind = kind
        self.alias = alias
        self.columns = columns
        self.isLateral = isLateral
        self.view = view
        self.checkAs = checkAs
        self.hasAlias = hasAlias
        self.columnAliasCount = columnAliasCount
    }
}

/// How a join was written: what the tree of joins does not say.
public enum JoinForm: Sendable {
    /// Two items of the FROM list.
    case comma
    case on
    case using([String])
}

public enum JoinKind: Sendable {
    case inner
    case left
    case right
    case full
    /// Rows of the left side with (semi) or without (anti) a match: made by the planner.
    case semi
    case anti
}

/// The FROM clause as a tree over the range table.
public indirect enum JoinTree: Sendable {
    case entry(Int)
    case join(JoinKind, JoinTree, JoinTree, condition: Expression?)
    /// FROM without items: one row without columns.
    case oneRow
}

/// An element of a select list.
public struct Target: Sendable {
    public var expression: Expression
    public var column: OutputColumn
    /// Only there for ORDER BY, GROUP BY or DISTINCT ON: not part of the result.
    public var isHidden: Bool

    public init(expression: Expression, column: OutputColumn, isHidden: Bool = false) {
        self.expression = expression
        self.column = column
        self.isHidden = isHidden
    }
}

/// ORDER BY, DISTINCT ON and GROUP BY name targets by index.
public struct TargetOrder: Sendable {
    public var target: Int
    public var descending: Bool
    public var nullsFirst: Bool

    public init(target: Int, descending: Bool, nullsFirst: Bool) {
        self.target = target
        self.descending = descending
        self.nullsFirst = nullsFirst
    }
}

/// The strength of a row lock, weakest first; design.md section 5.
public enum RowLockStrength: Int, Sendable {
    case keyShare
    case share
    case noKeyUpdate
    case update
}

public enum LockWaitPolicy: Sendable {
    case wait
    case noWait
    case skipLocked
}

/// FOR UPDATE and its kin on one range table entry.
public struct RowLocking: Sendable {
    public var relation: Int
    public var strength: RowLockStrength
    public var policy: LockWaitPolicy

    public init(relation: Int, strength: RowLockStrength, policy: LockWaitPolicy) {
        self.relation = relation
        self.strength = strength
        self.policy = policy
    }
}

/// A SELECT, VALUES or set operation, resolved and typed.
public final class BoundQuery: Sendable {
    public enum Distinct: Sendable {
        case none
        case all
        case on([Int])
    }
    public enum SetOperator: Sendable {
        case union
        case intersect
        case except
    }
    /// The arms are one query level below the set operation, as PostgreSQL has it: `levelsUp` 2 in
    /// an arm is the query around the whole.
    public struct SetOperation: Sendable {
        public var kind: SetOperator
        public var isAll: Bool
        public var left: BoundQuery
        public var right: BoundQuery

        public init(kind: SetOperator, isAll: Bool, left: BoundQuery, right: BoundQuery) {
            self.kind = kind
            self.isAll = isAll
            self.left = left
            self.right = right
        }
    }

    /// ROWS FROM and unnest of several arrays, which become queries.
    public enum SideBySide: Sendable {
        /// The functions are its targets, or the items of its FROM.
        case functions
        /// WITH ORDINALITY over the one query below.
        case numbered
    }

    public struct Body: Sendable {
        public var rangeTable: [RangeEntry] = []
        /// WITH; each may be named by later ones.
        public var commonTables: [CommonTable] = []
        /// WITH RECURSIVE was said.
        public var isWithRecursive = false
        public var from = JoinTree.oneRow
        /// The forms of `from`'s joins, as analysis met them: both sides before the join itself.
        public var joinForms: [JoinForm] = []
        public var predicate: Expression?
        /// Of a set operation: its columns as variables of relation 0 (whose entry is `setOperation`).
        public var targets: [Target] = []
        /// The keys of GROUP BY, each once.
        public var groupBy: [Expression] = []
        /// GROUP BY as written, where it has more than one grouping set.
        public var groupingItems: [GroupingItem] = []
        /// The sets of keys that rows are grouped by; nil: all of `groupBy`.
        public var groupingSets: [[Int]]?
        public var isGroupDistinct = false
        /// Primary keys by which columns that are not grouped depend on those that are.
        public var groupingConstraints: [OID] = []
        public var hasAggregates = false
        public var hasWindows = false
        /// WINDOW as written: texts of the query have it, whether or not a call names it.
        public var namedWindows: [NamedWindow] = []
        public var having: Expression?
        public var distinct = Distinct.none
        public var orderBy: [TargetOrder] = []
        public var limit: Expression?
        public var offset: Expression?
        /// FETCH FIRST … WITH TIES.
        public var withTies = false
        public var setOperation: SetOperation?
        public var locking: [RowLocking] = []
        /// What the query stands for in FROM, if nobody wrote it as a query.
        public var functions: SideBySide?

        public init() {}
    }
    public let body: Body

    public init(_ body: Body) { self.body = body }

    /// The visible result columns.
    public var columns: [OutputColumn] { body.targets.filter { !$0.isHidden }.map(\.column) }
}
