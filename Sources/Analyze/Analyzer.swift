public import Base
public import Catalog
public import Parse
public import Query
public import Types

/// Syntax tree + catalog snapshot → typed, bound statement (PostgreSQL's parse analysis).
///
/// One analyzer serves one statement. It keeps a stack of query levels: the innermost is the last.
/// Locations in thrown errors are characters of the statement's text.
public final class Analyzer {
    /// Where names are looked up.
    let scope: CatalogScope
    /// The text that the syntax tree's locations point into.
    let text: [UInt8]
    /// Settings that constants' input depends on.
    let types: TypeContext
    /// Types of `$1`, `$2` …: given by the client, or deduced from their use (invalid: not yet).
    public internal(set) var parameterTypes: [OID]
    /// False where parameters cannot occur (DDL, stored expressions).
    let allowsParameters: Bool
    /// Views whose queries are being read, outermost first; the text is the last one's.
    var viewChain: [OID] = []
    /// Whose rights count for what the text names: a view's owner; invalid: the user's.
    var checkAs = OID.invalid
    /// What the next query to be analysed is of a WITH RECURSIVE.
    var nextRecursion: CommonTableScope.Member?
    var commonIDs = CommonIDs()
    /// What is analysed is of a statement in WITH that changes data.
    var isInStatementOfWith = false
    /// How many of the levels are arms of set operations, whose chains are long.
    var armDepth = 0
    /// The views that the statement reads or changes through.
    var views: [PlannedRelation] = []
    /// The views among them that the statement changes tables through, with what their columns are.
    var viewTargets: [(view: ColumnUses.Key, table: ColumnUses.Key, places: [Int?])] = []
    /// Expressions tell how they were written, for texts that are made of them.
    public var keepsForms = false
    /// Something was granted on a column of a relation that the statement names.
    var meetsColumnPrivileges = false
    /// How many values are held for CASEs.
    var heldCount = 0
    /// The functions that it calls and not everybody may call.
    var guardedFunctions: [OID] = []

    var levels: [QueryLevel] = []
    /// Column references met so far, for errors found after binding.
    var columnLocations: [ColumnLocation] = []
    /// In how many aggregates' arguments what is analysed stands.
    var aggregateDepth = 0
    /// The clause being analysed, for the messages about what it must not contain.
    var clause = Clause.other

    public init(
        scope: CatalogScope, text: [UInt8], types: TypeContext, parameterTypes: [OID] = [],
        allowsParameters: Bool = true
    ) {
        self.scope = scope
        self.text = text
        self.types = types
        self.parameterTypes = parameterTypes
        self.allowsParameters = allowsParameters
    }

    /// Analyses a statement that is planned (SELECT, INSERT, UPDATE, DELETE).
    public func analyze(_ statement: SyntaxStatement) throws(SQLError) -> BoundStatement {
        let bound: BoundStatement
        switch statement {
        case .select(let select):
            bound = .select(try analyzeQuery(select))
        case .declareCursor(let cursor): bound = .select(try analyzeCursor(cursor))
        default: bound = try analyzeChange(statement)
        }
        try checkParameters()
        return bound
    }

    /// What the statement names beside its tables.
    public func named(in statement: BoundStatement) -> NamedObjects {
        var uses = meetsColumnPrivileges ? ColumnUses(statement) : nil
        let names = uses == nil ? [] : Set(columnLocations.compactMap(\.names.last))
        for target in viewTargets {
            guard let view = scope.snapshot.relation(target.view.relation) else { continue }
            let named = target.places.indices.filter {
                target.places[$0] == nil && names.contains(view.columns[$0].name)
            }
            uses?.addView(
                target.view, over: target.table, places: target.places, named: Set(named))
        }
        return NamedObjects(views: views, columnUses: uses, functions: guardedFunctions)
    }

    /// A statement that changes data.
    func analyzeChange(_ statement: SyntaxStatement) throws(SQLError) -> BoundStatement {
        switch statement {
        case .insert(let insert): return .insert(try analyzeInsert(insert))
        case .update(let update): return .update(try analyzeUpdate(update))
        case .delete(let delete): return .delete(try analyzeDelete(delete))
        case .merge(let merge): return .merge(try analyzeMerge(merge))
        default: throw SQLError.notSupported("this statement here")
        }
    }

    /// Every parameter must have got a type by now.
    private func checkParameters() throws(SQLError) {
        for (index, type) in parameterTypes.enumerated() where !type.isValid || type == .unknown {
            throw SQLError(
                .indeterminateDatatype, "could not determine data type of parameter $\(index + 1)")
        }
    }

    /// An error with the character position of a byte offset of the tree.
    func failure(_ state: SQLState, _ message: String, at location: Int) -> SQLError {
        SQLError(state, message).at(position: position(location))
    }

    func position(_ location: Int) -> Int? {
        text.withUnsafeBytes { Parser.characterPosition(ofByteOffset: location, in: $0) }
    }

    var level: QueryLevel {
        invariant(!levels.isEmpty, "analysis happens inside a query level")
        return levels[levels.count - 1]
    }

    /// Runs `body` inside a new query level.
    func withLevel<Result>(
        _ body: (QueryLevel) throws(SQLError) -> Result
    ) throws(SQLError) -> Result {
        if levels.count - armDepth >= Analyzer.queryLevelsMax || armDepth >= Analyzer.armDepthMax {
            throw SQLError(.statementTooComplex, "stack depth limit exceeded")
        }
        let outerClause = clause
        let inner = QueryLevel()
        levels.last?.clauseOfInner = clause
        levels.append(inner)
        defer {
            levels.removeLast()
            clause = outerClause
        }
        return try body(inner)
    }

    func inClause<Result>(
        _ new: Clause, _ body: () throws(SQLError) -> Result
    ) throws(SQLError) -> Result {
        let outer = clause
        clause = new
        defer { clause = outer }
        return try body()
    }

    private static let queryLevelsMax = 200
    private static let armDepthMax = 400
    static let viewDepthMax = 64
}

/// Where a column is named.
struct ColumnLocation {
    var names: [String]
    var location: Int
    /// How many query levels there were.
    var depth: Int
    var isInAggregate: Bool
}

/// The names visible in one SELECT, and what analysis learns of it.
final class QueryLevel {
    var rangeTable: [RangeEntry] = []
    var namespace: [NamespaceItem] = []
    var hasAggregates = false
    /// The entry for aggregates of this query that queries below use, and where each is written.
    var aggregates: Int?
    var aggregateLocations: [Int] = []
    /// The names and places of the select list's elements.
    var targetLocations: [(name: String, location: Int)] = []
    /// The arguments of each GROUPING, and where they are written.
    var groupings: [(arguments: [Expression], locations: [Int])] = []
    /// Where the query stands that is being analysed one level below.
    var clauseOfInner = Clause.other
    /// The view that the statement changes relation 0 through.
    var target: ViewTarget?
    /// Its place among the statement's views.
    var targetView: Int?
    /// FROM, once it is analysed.
    var from: JoinTree?
    /// How the joins of FROM were written: both sides before the join itself.
    var joinForms: [JoinForm] = []
    var hasWindows = false
    /// Of ordered-set aggregates: they have one value for a whole group.
    var directArguments: [Expression] = []
    /// The WINDOW clause so far.
    var windows: [NamedWindow] = []
    /// WITH.
    var with: CommonTableScope?
    /// The recursive query of WITH that the level's set operation is.
    var recursion: CommonTableScope.Member?
    /// The calls of set-returning functions met so far, and where the last one is.
    var sets = (count: 0, location: -1)
    /// Relations of the statement whose columns cannot be used here: for the hint of the message.
    var unreachable: [(relation: String, columns: [String])] = []

    /// Adds an entry and returns its index.
    func add(_ entry: RangeEntry) -> Int {
        rangeTable.append(entry)
        return rangeTable.count - 1
    }
}

/// Columns that a FROM item makes visible.
struct NamespaceItem {
    /// Index into the level's range table; nil: a join with an alias.
    var entry: Int?
    struct Entry {
        var name: String
        var expression: Expression
        /// System columns are found by name but are not part of `*`.
        var isHidden = false
    }
    /// The name that qualifies the columns; nil for joins without alias.
    var name: String?
    var schema: String?
    var columns: [Entry]
    /// Qualified references reach it.
    var isRelationVisible = true
    /// Unqualified references reach its columns.
    var areColumnsVisible = true
    /// Visible only to LATERAL items (a sibling to the left, in FROM).
    var isLateralOnly = false
    /// Not even to those: on the other side of a RIGHT or FULL join.
    var isOutOfReach = false
}

/// Where an expression stands: some clauses exclude aggregates and the like.
enum Clause {
    case other
    case selectList
    case fromFunction
    case fromSubquery
    case joinCondition
    case filter
    case having
    case groupBy
    case orderBy
    case limit
    case offset
    case values
    /// VALUES of an INSERT that has one row of them: a select list by another name.
    case insertedRow
    case updateSource
    case returning
    case checkConstraint
    case defaultValue
    case indexExpression
    case indexPredicate
    case generatedColumn
    case executeParameter
    case mergeWhen
    case cycleMark
    case partitionKey
    case partitionBound
    case copyFilter
    case aggregateArgument
    case aggregateFilter
    case windowArgument
    /// PARTITION BY and ORDER BY of a window.
    case windowDefinition
    /// The offset of a frame of this mode.
    case windowFrame(String)

    /// Nil: aggregates are allowed.
    var aggregateError: String? {
        switch self {
        case .other, .selectList, .having, .orderBy, .windowArgument, .windowDefinition: nil
        case .aggregateFilter: "aggregate functions are not allowed in FILTER"
        case .windowFrame(let mode): "aggregate functions are not allowed in window \(mode)"
        case .fromFunction: "aggregate functions are not allowed in functions in FROM"
        case .fromSubquery:
            "aggregate functions are not allowed in FROM clause of their own query level"
        case .joinCondition: "aggregate functions are not allowed in JOIN conditions"
        case .filter: "aggregate functions are not allowed in WHERE"
        case .groupBy: "aggregate functions are not allowed in GROUP BY"
        case .limit: "aggregate functions are not allowed in LIMIT"
        case .offset: "aggregate functions are not allowed in OFFSET"
        case .values, .insertedRow: "aggregate functions are not allowed in VALUES"
        case .updateSource: "aggregate functions are not allowed in UPDATE"
        case .returning: "aggregate functions are not allowed in RETURNING"
        case .checkConstraint: "aggregate functions are not allowed in check constraints"
        case .defaultValue: "aggregate functions are not allowed in DEFAULT expressions"
        case .indexExpression: "aggregate functions are not allowed in index expressions"
        case .indexPredicate: "aggregate functions are not allowed in index predicates"
        case .generatedColumn:
            "aggregate functions are not allowed in column generation expressions"
        case .cycleMark: "aggregate functions are not allowed in CYCLE"
        case .mergeWhen: "aggregate functions are not allowed in MERGE WHEN conditions"
        case .executeParameter: "aggregate functions are not allowed in EXECUTE parameters"
        case .partitionKey: "aggregate functions are not allowed in partition key expressions"
        case .partitionBound: "aggregate functions are not allowed in partition bound"
        case .copyFilter: "aggregate functions are not allowed in COPY FROM WHERE conditions"
        case .aggregateArgument: "aggregate function calls cannot be nested"
        }
    }

    /// Nil: window functions are allowed.
    var windowError: String? {
        switch self {
        case .other, .selectList, .orderBy: nil
        case .having: "window functions are not allowed in HAVING"
        case .windowDefinition, .windowFrame:
            "window functions are not allowed in window definitions"
        case .aggregateFilter: "window functions are not allowed in FILTER"
        default:
            aggregateError.map { "window" + $0.dropFirst("aggregate".utf8.count) }
        }
    }

    /// Nil: subqueries are allowed.
    var subqueryError: String? {
        switch self {
        case .checkConstraint: "cannot use subquery in check constraint"
        case .defaultValue: "cannot use subquery in DEFAULT expression"
        case .indexExpression: "cannot use subquery in index expression"
        case .indexPredicate: "cannot use subquery in index predicate"
        case .generatedColumn: "cannot use subquery in column generation expression"
        case .executeParameter: "cannot use subquery in EXECUTE parameter"
        case .partitionKey: "cannot use subquery in partition key expression"
        case .partitionBound: "cannot use subquery in partition bound"
        case .copyFilter: "cannot use subquery in COPY FROM WHERE condition"
        default: nil
        }
    }

    /// Nil: set-returning functions are allowed.
    var setReturningError: String? {
        switch self {
        case .selectList, .orderBy, .groupBy, .other, .fromFunction, .fromSubquery,
            .insertedRow:
            nil
        case .aggregateFilter: "set-returning functions are not allowed in FILTER"
        case .windowArgument: "window function calls cannot contain set-returning function calls"
        case .windowDefinition, .windowFrame:
            "set-returning functions are not allowed in window definitions"
        case .joinCondition: "set-returning functions are not allowed in JOIN conditions"
        case .filter: "set-returning functions are not allowed in WHERE"
        case .having: "set-returning functions are not allowed in HAVING"
        case .limit: "set-returning functions are not allowed in LIMIT"
        case .offset: "set-returning functions are not allowed in OFFSET"
        case .values: "set-returning functions are not allowed in VALUES"
        case .updateSource: "set-returning functions are not allowed in UPDATE"
        case .returning: "set-returning functions are not allowed in RETURNING"
        case .checkConstraint: "set-returning functions are not allowed in check constraints"
        case .defaultValue: "set-returning functions are not allowed in DEFAULT expressions"
        case .indexExpression: "set-returning functions are not allowed in index expressions"
        case .indexPredicate: "set-returning functions are not allowed in index predicates"
        case .generatedColumn:
            "set-returning functions are not allowed in column generation expressions"
        case .cycleMark: "set-returning functions are not allowed in CYCLE"
        case .mergeWhen: "set-returning functions are not allowed in MERGE WHEN conditions"
        case .executeParameter:
            "set-returning functions are not allowed in EXECUTE parameters"
        case .partitionKey:
            "set-returning functions are not allowed in partition key expressions"
        case .partitionBound: "set-returning functions are not allowed in partition bound"
        case .copyFilter: "set-returning functions are not allowed in COPY FROM WHERE conditions"
        case .aggregateArgument: "aggregate function calls cannot contain set-returning function calls"
        }
    }
}

extension SQLType {
    /// `oid` without a modifier.
    static func plain(_ oid: OID) -> SQLType { SQLType(oid: oid, modifier: -1) }
}
