public import Base
public import Types

/// A type that CREATE TYPE or CREATE DOMAIN made: a row of pg_type with those of pg_enum or
/// pg_constraint that belong to it. The row types of tables, and composite types, are their
/// relations' (`Relation.rowType`); types of arrays are their elements'.
public struct UserType: Sendable {
    public enum Kind: Sendable {
        case enumeration(EnumLabels)
        case domain(Domain)
        case range(UserRange)
        /// Of the range type that it belongs to.
        case multirange(RangeFacts)
    }
    public var oid: OID
    public var name: String
    public var namespace: OID
    public var owner: OID
    public var array: OID
    public var arrayName: String
    public var kind: Kind
    public var privileges: [Privilege]?

    public init(
        oid: OID, name: String, namespace: OID, owner: OID, array: OID, arrayName: String,
        kind: Kind
    ) {
        self.oid = oid
        self.name = name
        self.namespace = namespace
        self.owner = owner
        self.array = array
        self.arrayName = arrayName
        self.kind = kind
    }

    public var labels: EnumLabels? {
        if case .enumeration(let labels) = kind { return labels }
        return nil
    }
    public var domain: Domain? {
        if case .domain(let domain) = kind { return domain }
        return nil
    }
    // Not inlined: the optimizer of Swift 6.3.1 fails where it is (CopyPropagation, an ownership error).
    @inline(never) public var range: UserRange? {
        if case .range(let range) = kind { return range }
        return nil
    }

    /// The row of pg_type as far as Types needs it; nil while a domain's base type, or a
    /// range's subtype, is not known yet.
    func info() -> TypeInfo? {
        switch kind {
        case .enumeration: .enumeration(oid, name: name, array: array)
        case .domain(let domain): .domain(oid, name: name, array: array, base: domain.base)
        case .range(let range): .range(oid, name: name, array: array, facts: range.facts)
        case .multirange(let facts): .range(oid, name: name, array: array, facts: facts)
        }
    }
}

/// A row of pg_range.
public struct UserRange: Sendable {
    public var facts: RangeFacts
    public var collation: OID
    /// How far two values lie apart: a function's OID; 0 none.
    public var difference: OID

    public init(facts: RangeFacts, collation: OID, difference: OID) {
        self.facts = facts
        self.collation = collation
        self.difference = difference
    }
}

/// What a domain asks of values of its base type.
public struct Domain: Sendable {
    public struct Check: Sendable {
        /// Of the constraint.
        public var oid: OID
        public var name: String
        /// VALUE is `VALUE` in it.
        public var expression: StoredExpression
        public var isValidated: Bool

        public init(oid: OID, name: String, expression: StoredExpression, isValidated: Bool) {
            self.oid = oid
            self.name = name
            self.expression = expression
            self.isValidated = isValidated
        }
    }
    /// It may be another domain.
    public var base: SQLType
    /// How many pairs of brackets the base type was written with.
    public var dimensions: Int
    /// typcollation: what COLLATE said, or the base type's.
    public var collation: OID
    public var isNotNull: Bool
    public var defaultValue: StoredExpression?
    public var checks: [Check]

    public init(
        base: SQLType, dimensions: Int, collation: OID, isNotNull: Bool = false,
        defaultValue: StoredExpression? = nil, checks: [Check] = []
    ) {
        self.base = base
        self.dimensions = dimensions
        self.collation = collation
        self.isNotNull = isNotNull
        self.defaultValue = defaultValue
        self.checks = checks
    }
}

extension Domain {
    /// What a domain's constraints are written over: VALUE, the only column of no table.
    public static func valueTable(of base: SQLType) -> Shared<Relation> {
        Shared(
            Relation(
                oid: .invalid, name: "", namespace: .invalid, owner: .invalid, kind: .table,
                columns: [Column(name: "value", type: base)]))
    }
}

extension Relation {
    /// The name of a column in an expression; a domain's only one is VALUE.
    public func columnText(_ index: Int) -> String {
        if index == columns.count { return "tableoid" }
        return oid.isValid ? Identifier.quote(columns[index].name) : "VALUE"
    }

    /// True of relations that have a row type.
    public var hasRowType: Bool {
        switch kind {
        case .table, .partitionedTable, .view, .materializedView, .compositeType: true
        case .index, .partitionedIndex, .sequence: false
        }
    }

    /// The columns as fields of rows, dropped ones included.
    public var shape: RecordShape {
        RecordShape(
            columns.map {
                RecordShape.Field(name: $0.name, type: $0.type, isDropped: $0.isDropped)
            })
    }

    var rowTypeInfo: TypeInfo {
        .composite(rowType, name: name, array: rowArrayType)
    }
}
