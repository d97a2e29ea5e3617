/// An expression as written, before names and types are resolved.
///
/// Locations are byte offsets, -1 if unknown. `indirect` stands only at recursive cases, so that the
/// constants of a large INSERT need no memory of their own.
public enum SyntaxExpression: Sendable {
    /// `a`, `t.a`, `s.t.a`, `d.s.t.a`; with `isStar` one more field `*` at the end (`t.*`, `*`).
    case columnReference(names: [String], isStar: Bool, location: Int)
    case constant(SyntaxConstant, location: Int)
    /// `$number`.
    case parameter(number: Int, location: Int)
    /// An operator or one of the constructs that read like one (`A_Expr`). `left` is nil for prefix
    /// operators. For `in` and `between…` the right side is `list`.
    indirect case operation(
        OperationKind, name: [String], left: SyntaxExpression?, right: SyntaxExpression,
        location: Int)
    /// AND and OR have two or more arguments, NOT has one.
    indirect case boolean(BooleanOperator, [SyntaxExpression], location: Int)
    indirect case functionCall(FunctionCallSyntax)
    indirect case typeCast(SyntaxExpression, TypeNameSyntax, location: Int)
    indirect case subLink(SubLinkSyntax)
    indirect case caseExpression(CaseSyntax)
    indirect case coalesce([SyntaxExpression], location: Int)
    indirect case minMax(MinMaxOperator, [SyntaxExpression], location: Int)
    /// IS [NOT] NULL.
    indirect case nullTest(SyntaxExpression, isNot: Bool, location: Int)
    /// IS [NOT] TRUE, FALSE, UNKNOWN.
    indirect case booleanTest(SyntaxExpression, BooleanTestKind, location: Int)
    /// CURRENT_DATE and its relatives; `typeModifier` is -1 or the precision in parentheses.
    case sqlValueFunction(SQLValueFunctionKind, typeModifier: Int, location: Int)
    /// `ARRAY[…]`.
    indirect case arrayConstructor([SyntaxExpression], location: Int)
    /// `base.field`, `base[1]`, `base.*` …
    indirect case indirection(SyntaxExpression, [SyntaxIndirection])
    /// `ROW(…)` if `isExplicit`, else `(a, b)`.
    indirect case row([SyntaxExpression], isExplicit: Bool, location: Int)
    indirect case collate(SyntaxExpression, collation: [String], location: Int)
    /// DEFAULT in VALUES or SET.
    case setToDefault(location: Int)
    /// GROUPING(…).
    indirect case grouping([SyntaxExpression], location: Int)
    /// WHERE CURRENT OF cursor.
    case currentOf(cursor: String)
    /// `name => value` in a function's arguments.
    indirect case namedArgument(name: String, SyntaxExpression, location: Int)
    /// The `column`th (from 1) of `columnCount` targets of `SET (a, b) = source`.
    indirect case multiAssign(source: SyntaxExpression, column: Int, columnCount: Int)
    /// A parenthesised list: the right side of IN and BETWEEN.
    indirect case list([SyntaxExpression])
    /// In GROUP BY only: `()`, ROLLUP, CUBE, GROUPING SETS.
    indirect case groupingSet(GroupingSetKind, [SyntaxExpression], location: Int)
    /// A construct not built (XML functions), by its SQL name.
    case unsupported(String, location: Int)
}

/// A literal.
public enum SyntaxConstant: Sendable, Equatable {
    /// Fits in 32 bits.
    case integer(Int32)
    /// Any other number, in the digits it was written with.
    case float(String)
    case string(String)
    /// `b` or `x` and the digits.
    case bitString(String)
    case boolean(Bool)
    case null
}

/// What an `operation` is (`A_Expr_Kind`).
public enum OperationKind: Sendable {
    case `operator`
    /// `left op ANY (right)` and `left op ALL (right)` over an array.
    case any
    case all
    case isDistinct
    case isNotDistinct
    case nullIf
    /// Operator name `=` for IN, `<>` for NOT IN; right is `list`.
    case `in`
    /// Operator name `~~` or `!~~`.
    case like
    /// Operator name `~~*` or `!~~*`.
    case iLike
    /// Operator name `~` or `!~`.
    case similar
    /// Right is a `list` of two.
    case between
    case notBetween
    case betweenSymmetric
    case notBetweenSymmetric
}

public enum BooleanOperator: Sendable { case and, or, not }

public enum MinMaxOperator: Sendable { case greatest, least }

public enum BooleanTestKind: Sendable {
    case isTrue, isNotTrue, isFalse, isNotFalse, isUnknown, isNotUnknown
}

public enum SQLValueFunctionKind: Sendable {
    case currentDate
    case currentTime, currentTimePrecision
    case currentTimestamp, currentTimestampPrecision
    case localTime, localTimePrecision
    case localTimestamp, localTimestampPrecision
    case currentRole, currentUser, user, sessionUser
    case currentCatalog, currentSchema
}

public enum GroupingSetKind: Sendable { case empty, rollup, cube, sets }

/// One step of `base.field`, `base.*`, `base[index]`, `base[lower:upper]`.
public enum SyntaxIndirection: Sendable {
    case field(String)
    case star
    indirect case subscripted(SyntaxExpression)
    indirect case slice(lower: SyntaxExpression?, upper: SyntaxExpression?)
}

/// A function call (`FuncCall`), aggregates and window functions included.
public struct FunctionCallSyntax: Sendable {
    public var name: [String]
    public var arguments: [SyntaxExpression]
    /// ORDER BY among the arguments, or after WITHIN GROUP.
    public var aggregateOrder: [SortBy] = []
    /// FILTER (WHERE …).
    public var aggregateFilter: SyntaxExpression?
    /// OVER.
    public var over: WindowDefinition?
    public var isWithinGroup = false
    /// `count(*)`.
    public var isStar = false
    public var isDistinct = false
    /// The last argument is marked VARIADIC.
    public var isVariadic = false
    /// Written in special SQL syntax, such as `EXTRACT(… FROM …)` or `x AT TIME ZONE y`.
    public var isSQLSyntax = false
    public var location: Int

    public init(name: [String], arguments: [SyntaxExpression], location: Int) {
        self.name = name
        self.arguments = arguments
        self.location = location
    }
}

/// A type as written: `pg_catalog.int4`, `varchar(10)`, `text[]`, `t.a%TYPE`.
public struct TypeNameSyntax: Sendable {
    /// Qualified by `pg_catalog` where the grammar translated a keyword (`INTEGER`).
    public var names: [String]
    public var isSetOf: Bool
    /// `%TYPE`: the last name is a column.
    public var isPercentType: Bool
    public var modifiers: [SyntaxExpression]
    /// One for each pair of brackets; -1 without a size.
    public var arrayBounds: [Int]
    public var location: Int

    public init(
        names: [String], modifiers: [SyntaxExpression] = [], arrayBounds: [Int] = [],
        isSetOf: Bool = false, isPercentType: Bool = false, location: Int = -1
    ) {
        self.names = names
        self.isSetOf = isSetOf
        self.isPercentType = isPercentType
        self.modifiers = modifiers
        self.arrayBounds = arrayBounds
        self.location = location
    }
}

/// A subquery in an expression (`SubLink`).
public struct SubLinkSyntax: Sendable {
    public enum Kind: Sendable {
        case exists
        /// `test op ALL (subquery)`.
        case all
        /// `test op ANY (subquery)`; IN when the operator's name is empty.
        case any
        /// `(subquery)` as a value, or as the source of `SET (a, b) = (subquery)`.
        case expression
        /// `ARRAY(subquery)`.
        case array
    }
    public var kind: Kind
    public var testExpression: SyntaxExpression?
    /// Empty for IN.
    public var operatorName: [String]
    public var subselect: SelectStatement
    public var location: Int
}

/// `CASE [argument] WHEN … THEN … [ELSE …] END`.
public struct CaseSyntax: Sendable {
    public struct When: Sendable {
        /// A condition, or a value compared to the CASE argument.
        public var expression: SyntaxExpression
        public var result: SyntaxExpression
        public var location: Int
    }
    public var argument: SyntaxExpression?
    public var whens: [When]
    public var defaultResult: SyntaxExpression?
    public var location: Int
}
