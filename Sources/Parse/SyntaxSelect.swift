/// SELECT, VALUES, TABLE and set operations (`SelectStmt`).
///
/// A leaf has `targets`, `from` … or `valuesLists`; a set operation (`operation` is not `none`) has
/// `left` and `right` instead. Ordering, limit, locking and WITH belong to either. A class, because the
/// tree is recursive and shared; it never changes.
public final class SelectStatement: Sendable {
    public let distinct: DistinctClause?
    public let into: IntoClause?
    public let targets: [ResultTarget]
    public let from: [SyntaxFromItem]
    public let filter: SyntaxExpression?
    public let groupBy: [SyntaxExpression]
    /// GROUP BY DISTINCT.
    public let isGroupDistinct: Bool
    public let having: SyntaxExpression?
    public let windows: [WindowDefinition]
    /// VALUES rows; empty unless this is VALUES.
    public let valuesLists: [[SyntaxExpression]]
    public let orderBy: [SortBy]
    public let limitOffset: SyntaxExpression?
    /// A null constant is LIMIT ALL.
    public let limitCount: SyntaxExpression?
    /// FETCH FIRST … WITH TIES.
    public let isLimitWithTies: Bool
    public let locking: [LockingClause]
    public let with: WithClause?
    public let operation: SetOperation
    /// UNION ALL …
    public let isAll: Bool
    public let left: SelectStatement?
    public let right: SelectStatement?

    public init(
        distinct: DistinctClause? = nil, into: IntoClause? = nil, targets: [ResultTarget] = [],
        from: [SyntaxFromItem] = [], filter: SyntaxExpression? = nil,
        groupBy: [SyntaxExpression] = [], isGroupDistinct: Bool = false,
        having: SyntaxExpression? = nil, windows: [WindowDefinition] = [],
        valuesLists: [[SyntaxExpression]] = [], orderBy: [SortBy] = [],
        limitOffset: SyntaxExpression? = nil, limitCount: SyntaxExpression? = nil,
        isLimitWithTies: Bool = false, locking: [LockingClause] = [], with: WithClause? = nil,
        operation: SetOperation = .none, isAll: Bool = false, left: SelectStatement? = nil,
        right: SelectStatement? = nil
    ) {
        self.distinct = distinct
        self.into = into
        self.targets = targets
        self.from = from
        self.filter = filter
        self.groupBy = groupBy
        self.isGroupDistinct = isGroupDistinct
        self.having = having
        self.windows = windows
        self.valuesLists = valuesLists
        self.orderBy = orderBy
        self.limitOffset = limitOffset
        self.limitCount = limitCount
        self.isLimitWithTies = isLimitWithTies
        self.locking = locking
        self.with = with
        self.operation = operation
        self.isAll = isAll
        self.left = left
        self.right = right
    }
}

extension SelectStatement {
    /// INTO, which the first SELECT of a statement may have.
    public var leadingInto: IntoClause? {
        var first = self
        while let left = first.left { first = left }
        return first.into
    }

    /// The same without it.
    fileprivate var withoutLeadingInto: SelectStatement {
        var operands: [SelectStatement] = []
        var next = left
        while let operand = next {
            operands.append(operand)
            next = operand.left
        }
        var rest: SelectStatement?
        for operand in operands.reversed() { rest = operand.withoutInto(left: rest) }
        return withoutInto(left: rest)
    }

    private func withoutInto(left: SelectStatement?) -> SelectStatement {
        SelectStatement(
            distinct: distinct, into: nil, targets: targets, from: from, filter: filter,
            groupBy: groupBy, isGroupDistinct: isGroupDistinct, having: having, windows: windows,
            valuesLists: valuesLists, orderBy: orderBy, limitOffset: limitOffset,
            limitCount: limitCount, isLimitWithTies: isLimitWithTies, locking: locking, with: with,
            operation: operation, isAll: isAll, left: left, right: right)
    }
}

extension SyntaxStatement {
    /// SELECT INTO as the CREATE TABLE AS that it is.
    public var withoutInto: SyntaxStatement {
        guard case .select(let select) = self, let into = select.leadingInto else { return self }
        return .createTableAs(
            CreateTableAsStatement(
                query: .select(select.withoutLeadingInto), into: into, objectType: .table,
                ifNotExists: false))
    }
}

public enum SetOperation: Sendable { case none, union, intersect, except }

public enum DistinctClause: Sendable {
    case all
    /// DISTINCT ON (…).
    case on([SyntaxExpression])
}

/// An output column of SELECT or RETURNING, a column of INSERT, an assignment of UPDATE (`ResTarget`).
public struct ResultTarget: Sendable {
    /// The column's name or alias; nil when not given.
    public var name: String?
    /// Subscripts and fields behind an assigned column.
    public var indirection: [SyntaxIndirection]
    /// Nil only in an INSERT's column list.
    public var value: SyntaxExpression?
    public var location: Int
}

/// SELECT INTO and the target of CREATE TABLE AS.
public struct IntoClause: Sendable {
    public var relation: RangeVariable
    public var columnNames: [String]
    public var accessMethod: String?
    public var options: [DefinitionElement]
    public var onCommit: OnCommitAction
    public var tablespace: String?
    /// WITH NO DATA.
    public var skipsData: Bool
}

/// An item of FROM, of UPDATE … FROM or of DELETE … USING.
public enum SyntaxFromItem: Sendable {
    case table(RangeVariable)
    indirect case subselect(RangeSubselect)
    indirect case function(RangeFunction)
    indirect case join(JoinSyntax)
    indirect case tableSample(RangeTableSample)
    /// XMLTABLE and the like, by SQL name.
    case unsupported(String, location: Int)
}

/// `[[catalog.]schema.]name [alias]`.
public struct RangeVariable: Sendable {
    public var catalog: String?
    public var schema: String?
    public var name: String
    /// False after ONLY.
    public var inherits: Bool
    public var persistence: RelationPersistence
    public var alias: AliasSyntax?
    public var location: Int

    public init(
        catalog: String? = nil, schema: String? = nil, name: String, inherits: Bool = true,
        persistence: RelationPersistence = .permanent, alias: AliasSyntax? = nil, location: Int = -1
    ) {
        self.catalog = catalog
        self.schema = schema
        self.name = name
        self.inherits = inherits
        self.persistence = persistence
        self.alias = alias
        self.location = location
    }
}

public enum RelationPersistence: Sendable { case permanent, unlogged, temporary }

public struct AliasSyntax: Sendable {
    public var name: String
    public var columnNames: [String]

    public init(name: String, columnNames: [String] = []) {
        self.name = name
        self.columnNames = columnNames
    }
}

/// `[LATERAL] (query) alias`.
public struct RangeSubselect: Sendable {
    public var isLateral: Bool
    public var subquery: SelectStatement
    public var alias: AliasSyntax?
}

/// `[LATERAL] f(…) [WITH ORDINALITY] alias (columns)`, or ROWS FROM (…).
public struct RangeFunction: Sendable {
    public struct Item: Sendable {
        /// Usually a function call; a type cast or SQL value function is possible too.
        public var function: SyntaxExpression
        /// `AS (name type, …)` of this function in ROWS FROM.
        public var columnDefinitions: [ColumnDefinition]
    }
    public var isLateral: Bool
    public var hasOrdinality: Bool
    public var isRowsFrom: Bool
    public var functions: [Item]
    public var alias: AliasSyntax?
    public var columnDefinitions: [ColumnDefinition]
}

public struct JoinSyntax: Sendable {
    public enum Kind: Sendable { case inner, left, full, right }
    /// A CROSS JOIN is an inner join without condition.
    public var kind: Kind
    public var isNatural: Bool
    public var left: SyntaxFromItem
    public var right: SyntaxFromItem
    /// USING columns; empty if not used.
    public var usingColumns: [String]
    /// `USING (…) AS alias`.
    public var usingAlias: AliasSyntax?
    /// ON.
    public var condition: SyntaxExpression?
    public var alias: AliasSyntax?
}

/// `table TABLESAMPLE method (arguments) [REPEATABLE (seed)]`.
public struct RangeTableSample: Sendable {
    public var relation: SyntaxFromItem
    public var method: [String]
    public var arguments: [SyntaxExpression]
    public var repeatable: SyntaxExpression?
    public var location: Int
}

/// An item of ORDER BY.
public struct SortBy: Sendable {
    public enum Direction: Sendable {
        case unspecified, ascending, descending
        /// `USING operator`.
        case using
    }
    public enum Nulls: Sendable { case unspecified, first, last }
    public var expression: SyntaxExpression
    public var direction: Direction
    public var nulls: Nulls
    public var usingOperator: [String]
    /// Of the operator after USING.
    public var location: Int
}

/// OVER (…), OVER name, or an item of WINDOW.
public struct WindowDefinition: Sendable {
    /// The name being defined, or for `OVER name` the name referred to.
    public var name: String?
    /// The window that this one copies: `OVER (name …)`.
    public var referenceName: String?
    public var partitionBy: [SyntaxExpression]
    public var orderBy: [SortBy]
    public var frame: FrameOptions
    public var startOffset: SyntaxExpression?
    public var endOffset: SyntaxExpression?
    public var location: Int
}

/// A window frame, in PostgreSQL's bits (`FRAMEOPTION_…`).
public struct FrameOptions: OptionSet, Sendable, Hashable {
    public var rawValue: Int32
    public init(rawValue: Int32) { self.rawValue = rawValue }

    public static let nonDefault = FrameOptions(rawValue: 0x00001)
    public static let range = FrameOptions(rawValue: 0x00002)
    public static let rows = FrameOptions(rawValue: 0x00004)
    public static let groups = FrameOptions(rawValue: 0x00008)
    public static let between = FrameOptions(rawValue: 0x00010)
    public static let startUnboundedPreceding = FrameOptions(rawValue: 0x00020)
    public static let endUnboundedPreceding = FrameOptions(rawValue: 0x00040)
    public static let startUnboundedFollowing = FrameOptions(rawValue: 0x00080)
    public static let endUnboundedFollowing = FrameOptions(rawValue: 0x00100)
    public static let startCurrentRow = FrameOptions(rawValue: 0x00200)
    public static let endCurrentRow = FrameOptions(rawValue: 0x00400)
    public static let startOffsetPreceding = FrameOptions(rawValue: 0x00800)
    public static let endOffsetPreceding = FrameOptions(rawValue: 0x01000)
    public static let startOffsetFollowing = FrameOptions(rawValue: 0x02000)
    public static let endOffsetFollowing = FrameOptions(rawValue: 0x04000)
    public static let excludeCurrentRow = FrameOptions(rawValue: 0x08000)
    public static let excludeGroup = FrameOptions(rawValue: 0x10000)
    public static let excludeTies = FrameOptions(rawValue: 0x20000)
    /// RANGE UNBOUNDED PRECEDING.
    public static let defaults: FrameOptions = [.range, .startUnboundedPreceding, .endCurrentRow]
}

public struct WithClause: Sendable {
    public var isRecursive: Bool
    public var expressions: [CommonTableExpression]
    public var location: Int
}

public struct CommonTableExpression: Sendable {
    public enum Materialization: Sendable { case unspecified, always, never }
    public var name: String
    public var columnNames: [String]
    public var materialization: Materialization
    /// A query, or INSERT, UPDATE, DELETE.
    public var query: SyntaxStatement
    public var search: SearchClause?
    public var cycle: CycleClause?
    public var location: Int
}

/// SEARCH {DEPTH | BREADTH} FIRST BY columns SET sequenceColumn.
public struct SearchClause: Sendable {
    public var columns: [String]
    public var isBreadthFirst: Bool
    public var sequenceColumn: String
    public var location: Int
}

/// CYCLE columns SET mark TO value DEFAULT value USING path.
public struct CycleClause: Sendable {
    public var columns: [String]
    public var markColumn: String
    public var markValue: SyntaxExpression
    public var markDefault: SyntaxExpression
    public var pathColumn: String
    public var location: Int
}

/// FOR UPDATE and its relatives.
public struct LockingClause: Sendable {
    public enum Strength: Sendable { case keyShare, share, noKeyUpdate, update }
    public enum WaitPolicy: Sendable { case block, skipLocked, noWait }
    /// OF tables; empty means all.
    public var relations: [RangeVariable]
    public var strength: Strength
    public var waitPolicy: WaitPolicy
}
