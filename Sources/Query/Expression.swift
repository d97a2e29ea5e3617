public import Base
public import Types

/// A literal or folded value that a plan owns.
public struct Constant: Hashable, Sendable {
    public enum Value: Hashable, Sendable {
        case null
        case word(Int64)
        case bytes([UInt8])
    }
    public var type: SQLType
    public var value: Value

    public init(type: SQLType, value: Value) {
        self.type = type
        self.value = value
    }

    public static func null(_ type: SQLType) -> Constant { Constant(type: type, value: .null) }
    public static func bool(_ value: Bool) -> Constant {
        Constant(type: SQLType(oid: .bool, modifier: -1), value: .word(value ? 1 : 0))
    }
    public var isNull: Bool { value == .null }
}

/// A column of a range table entry, as analysis names it; planning turns it into an input slot or
/// an execution parameter.
public struct Variable: Hashable, Sendable {
    /// Index into the query's `rangeTable`.
    public var relation: Int
    /// 0-based column of that entry.
    public var column: Int
    /// 0: the query itself, 1: the query around it …
    public var levelsUp: Int
    public var type: SQLType

    public init(relation: Int, column: Int, levelsUp: Int = 0, type: SQLType) {
        self.relation = relation
        self.column = column
        self.levelsUp = levelsUp
        self.type = type
    }
}

/// A call of an aggregate function.
public struct AggregateCall: Sendable {
    /// OID of the aggregate in `FunctionRegistry`.
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

/// A subquery in an expression, as analysis leaves it.
public struct Subquery: Sendable {
    public enum Kind: Sendable {
        /// EXISTS (…).
        case exists
        /// One column, at most one row (21000 `more than one row returned by a subquery used as an
        /// expression`).
        case scalar
        /// `left OP ANY (…)`, IN. The comparisons' left sides; `operators` are function OIDs, one
        /// a column; true if all hold for some row, null rules of SQL.
        case any(left: [Expression], functions: [OID])
        /// `left OP ALL (…)`, NOT IN as `<> ALL`.
        case all(left: [Expression], functions: [OID])
        /// ARRAY(…): the values of its column, arrays (`isNested`) as dimensions below the first.
        case array(isNested: Bool)
    }
    public var kind: Kind
    public var query: BoundQuery
    public var type: SQLType

    public init(kind: Kind, query: BoundQuery, type: SQLType) {
        self.kind = kind
        self.query = query
        self.type = type
    }
}

/// A subquery in an expression, planned: an index into the plan's `subplans`.
public struct SubplanReference: Sendable {
    public enum Kind: Sendable {
        case exists
        case scalar
        case any(left: [Expression], functions: [OID])
        case all(left: [Expression], functions: [OID])
        case array(isNested: Bool)
    }
    public var kind: Kind
    public var subplan: Int
    /// Execution parameters to set from the outer row before the subplan runs again. Empty: it runs
    /// once, and ANY/ALL with hashable equality are looked up in a hash table of its rows.
    public var arguments: [(parameter: Int, value: Expression)]
    public var type: SQLType

    public init(
        kind: Kind, subplan: Int, arguments: [(parameter: Int, value: Expression)], type: SQLType
    ) {
        self.kind = kind
        self.subplan = subplan
        self.arguments = arguments
        self.type = type
    }
}

/// A typed, resolved expression. Analysis makes it with `.variable` and `.subquery`; planning
/// replaces them by `.slot`, `.executionParameter` and `.subplan`. Casts are calls.
public indirect enum Expression: Sendable {
    case constant(Constant)
    /// `$n`, 0-based.
    case parameter(Int, type: SQLType)
    case variable(Variable)
    /// Column of the operator's input batch (joins: left columns, then right ones).
    case slot(Int, type: SQLType)
    /// A value that an outer operator sets: nested loop or correlated subplan.
    case executionParameter(Int, type: SQLType)
    /// A function of `FunctionRegistry`, or a cast or operator through its function.
    case call(function: OID, arguments: [Expression], type: SQLType)
    /// A conversion by the types' text forms (CoerceViaIO).
    case ioCast(Expression, type: SQLType)
    /// A change of type that leaves the bytes as they are (RelabelType).
    case relabel(Expression, type: SQLType)
    /// A value of a domain's base type as one of the domain, which its constraints allow.
    case coerceToDomain(Expression, type: SQLType)
    case row(RowExpression)
    /// The field of a row at a 0-based place among its columns.
    case field(Expression, index: Int, type: SQLType)
    /// A row with new values at some places: `SET column.field = value`. A null row has nulls.
    case fieldStore(Expression, [FieldValue], type: SQLType)
    /// Applies a type modifier: length of varchar and char, precision of numeric and timestamps.
    case applyModifier(Expression, type: SQLType, isExplicit: Bool)
    case and([Expression])
    case or([Expression])
    case not(Expression)
    case isNull(Expression, negated: Bool)
    /// IS [NOT] TRUE / FALSE / UNKNOWN; `value` nil is UNKNOWN.
    case isBoolean(Expression, value: Bool?, negated: Bool)
    /// IS [NOT] DISTINCT FROM by the types' equality function.
    case isDistinct(Expression, Expression, equality: OID, negated: Bool)
    case caseWhen(branches: [CaseBranch], otherwise: Expression?, type: SQLType)
    /// A value that is computed once and that `body` uses as the `heldValue` of the number: of a CASE
    /// that compares something volatile.
    case holding(Expression, number: Int, body: Expression)
    case heldValue(number: Int, type: SQLType)
    case coalesce([Expression], type: SQLType)
    case nullIf(Expression, Expression, equality: OID, type: SQLType)
    case minMax(isGreatest: Bool, [Expression], type: SQLType)
    /// `left = ANY (list)`, or `<> ALL` with `isAll`; `function` compares (left, element).
    case inList(Expression, [Expression], function: OID, isAll: Bool)
    /// `left OP ANY (array)`, or `left OP ALL (array)` with `isAll`; `function` compares (left, element).
    case anyOf(Expression, array: Expression, function: OID, isAll: Bool)
    /// `ARRAY[…]`: of values, or of arrays (`isNested`), which become the dimensions below the first.
    case array([Expression], isNested: Bool, type: SQLType)
    /// An array as one of another element type: each element goes through `element`, an expression
    /// over slot 0 that is no child of this one. Nil: the elements' bytes stay.
    case arrayCast(Expression, element: Expression?, type: SQLType)
    case arrayReference(ArrayReference)
    case aggregate(AggregateCall)
    case windowCall(WindowCall)
    /// GROUPING(…): a bit for each argument, 1 if the row's grouping set has not got that key.
    case grouping([Expression])
    /// In an operator above aggregation: the n-th aggregate's result.
    case subquery(Subquery)
    case subplan(SubplanReference)
    /// The next value of an identity column's sequence: checks no privilege, unlike nextval().
    case nextValue(sequence: OID, type: SQLType)
    /// A system column of the row with a key in a table, both of which planning knows; null without a
    /// key. `isWritten`: of the version that the statement has just written.
    case systemColumn(SystemColumn, table: Expression, key: Expression, isWritten: Bool)
    /// The value with what the text says beyond it. Only where texts are made of expressions.
    case written(Expression, as: WrittenForm)
    /// DEFAULT in VALUES or SET, before analysis replaces it.
    case defaultMarker(type: SQLType)

    public var type: SQLType {
        switch self {
        case .constant(let constant): constant.type
        case .parameter(_, let type), .slot(_, let type), .executionParameter(_, let type),
            .call(_, _, let type), .ioCast(_, let type), .relabel(_, let type),
            .coerceToDomain(_, let type), .field(_, _, let type), .fieldStore(_, _, let type),
            .applyModifier(_, let type, _), .caseWhen(_, _, let type), .coalesce(_, let type),
            .nullIf(_, _, _, let type), .minMax(_, _, let type), .nextValue(_, let type),
            .defaultMarker(let type), .heldValue(_, let type):
            type
        case .holding(_, _, let body): body.type
        case .variable(let variable): variable.type
        case .systemColumn(let column, _, _, _): column.type
        case .written(let value, _): value.type
        case .row(let row): row.type
        case .array(_, _, let type), .arrayCast(_, _, let type): type
        case .arrayReference(let reference): reference.type
        case .and, .or, .not, .isNull, .isBoolean, .isDistinct, .inList, .anyOf:
            SQLType(oid: .bool, modifier: -1)
        case .aggregate(let call): call.type
        case .grouping: SQLType(oid: .int4, modifier: -1)
        case .windowCall(let call): call.type
        case .subquery(let subquery): subquery.type
        case .subplan(let reference): reference.type
        }
    }
}

/// How an expression was written whose value does not tell.
public enum WrittenForm: Sendable, Equatable {
    /// In words: `TRIM(BOTH FROM a)`.
    case sqlCall
    /// `CURRENT_DATE` and its kin.
    case keyword(String)
    case collated(String)
    /// `CASE a WHEN 1 …`: the conditions compare with `a`.
    case caseOfValue
    /// `a['b']` of jsonb.
    case subscripts
}

/// `array[i]`, `array[low:high]`, or the array with that place assigned (SubscriptingRef).
public struct ArrayReference: Sendable {
    /// Bounds that are left out stand for the array's own; an element's subscript is `upper`.
    public struct Bounds: Sendable {
        public var lower: Expression?
        public var upper: Expression?

        public init(lower: Expression?, upper: Expression?) {
            self.lower = lower
            self.upper = upper
        }
    }
    public var array: Expression
    public var bounds: [Bounds]
    public var isSlice: Bool
    /// For assignment: the new element, or the array whose elements fill the slice.
    public var newValue: Expression?
    /// Of the result: element, slice, or the whole array after assignment.
    public var type: SQLType

    public init(
        array: Expression, bounds: [Bounds], isSlice: Bool, newValue: Expression?, type: SQLType
    ) {
        self.array = array
        self.bounds = bounds
        self.isSlice = isSlice
        self.newValue = newValue
        self.type = type
    }

    /// The expressions in it, from the array to the new value.
    var children: [Expression] {
        [array] + bounds.flatMap { [$0.lower, $0.upper].compactMap { $0 } }
            + (newValue.map { [$0] } ?? [])
    }

    /// The same reference with `change` applied to each expression.
    func mapChildren<Failure: Error>(
        _ change: (Expression) throws(Failure) -> Expression
    ) throws(Failure) -> ArrayReference {
        var result = self
        result.array = try change(array)
        for index in bounds.indices {
            if let lower = bounds[index].lower { result.bounds[index].lower = try change(lower) }
            if let upper = bounds[index].upper { result.bounds[index].upper = try change(upper) }
        }
        if let newValue { result.newValue = try change(newValue) }
        return result
    }
}

/// ROW(…), or all columns of a FROM item.
public struct RowExpression: Sendable {
    /// A value for each column of the type, dropped ones included.
    public var values: [Expression]
    public var type: SQLType
    /// Of a FROM item: null where an outer join has no row of it, and then there is no row at all.
    public var presence: Expression?
    /// All columns of a FROM item.
    public var isWhole: Bool
    /// Nothing in the text says that it is of its type.
    public var isImplicit = false
    /// Where the values are in the text, for what analysis finds wrong with them.
    public var locations: [Int] = []

    public init(
        values: [Expression], type: SQLType, presence: Expression? = nil, isWhole: Bool = false
    ) {
        self.values = values
        self.type = type
        self.presence = presence
        self.isWhole = isWhole
    }

    var children: [Expression] { values + (presence.map { [$0] } ?? []) }

    func mapChildren<Failure: Error>(
        _ change: (Expression) throws(Failure) -> Expression
    ) throws(Failure) -> RowExpression {
        var result = self
        for index in values.indices { result.values[index] = try change(values[index]) }
        if let presence { result.presence = try change(presence) }
        return result
    }
}

/// A new value for one field of a row.
public struct FieldValue: Sendable {
    public var index: Int
    public var value: Expression

    public init(index: Int, value: Expression) {
        self.index = index
        self.value = value
    }
}

public struct CaseBranch: Sendable {
    public var condition: Expression
    public var result: Expression

    public init(condition: Expression, result: Expression) {
        self.condition = condition
        self.result = result
    }
}

/// One ORDER BY column.
public struct SortKey: Sendable {
    public var expression: Expression
    public var descending: Bool
    public var nullsFirst: Bool

    public init(expression: Expression, descending: Bool, nullsFirst: Bool) {
        self.expression = expression
        self.descending = descending
        self.nullsFirst = nullsFirst
    }
}
