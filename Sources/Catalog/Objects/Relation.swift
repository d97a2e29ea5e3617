public import Base
public import Sequences
public import Types

/// Gives an immutable catalog object one shared place, so that snapshots, plans and statements
/// retain it instead of copying it.
@dynamicMemberLookup
public final class Shared<Value: Sendable>: Sendable {
    public let value: Value
    public init(_ value: Value) { self.value = value }

    @inlinable
    public subscript<Member>(dynamicMember path: KeyPath<Value, Member>) -> Member {
        value[keyPath: path]
    }
}

/// What a row of pg_class stands for; the raw value is its relkind.
public enum RelationKind: Character, Sendable {
    case table = "r"
    case index = "i"
    case sequence = "S"
    case view = "v"
    case materializedView = "m"
    case compositeType = "c"
    case partitionedTable = "p"
    case partitionedIndex = "I"

    /// The word of PostgreSQL's messages: `"x" is not a table`.
    public var noun: String {
        switch self {
        case .table, .partitionedTable: "table"
        case .index, .partitionedIndex: "index"
        case .sequence: "sequence"
        case .view: "view"
        case .materializedView: "materialized view"
        case .compositeType: "composite type"
        }
    }

    /// It keeps rows that queries read: a table or materialized view.
    public var keepsRows: Bool { self == .table || self == .materializedView }

    /// It is another name for a query.
    public var isOfQuery: Bool { self == .view || self == .materializedView }
}

/// How long a relation lives; the raw value is its relpersistence.
public enum Persistence: Character, Sendable {
    case permanent = "p"
    case unlogged = "u"
    case temporary = "t"
}

/// An expression kept in the catalog, as canonical SQL text: functions and operators by name,
/// columns by name, relations in regclass constants by OID (`'16385'::regclass`), so that renaming
/// a sequence does not touch the defaults that use it.
public struct StoredExpression: Hashable, Sendable {
    public let text: String
    public init(text: String) { self.text = text }
}

/// GENERATED … AS IDENTITY; the raw value is attidentity.
public enum Identity: Character, Sendable {
    case always = "a"
    case byDefault = "d"
}

/// A column of a table, view or index.
public struct Column: Sendable {
    public var name: String
    public var type: SQLType
    public var isNotNull: Bool
    /// DEFAULT, or the expression of a generated column.
    public var defaultValue: StoredExpression?
    public var identity: Identity?
    public var isGenerated: Bool
    public var isDropped: Bool
    /// What rows written before ALTER TABLE … ADD COLUMN … DEFAULT have here, in text form.
    public var missingValue: String?
    /// How many pairs of brackets its type was declared with; nothing depends on it (attndims).
    public var dimensions: Int = 0

    public init(
        name: String, type: SQLType, isNotNull: Bool = false,
        defaultValue: StoredExpression? = nil, identity: Identity? = nil,
        isGenerated: Bool = false, isDropped: Bool = false, missingValue: String? = nil
    ) {
        self.name = name
        self.type = type
        self.isNotNull = isNotNull
        self.defaultValue = defaultValue
        self.identity = identity
        self.isGenerated = isGenerated
        self.isDropped = isDropped
        self.missingValue = missingValue
    }
}

/// Where a relation's rows or entries lie (design.md section 5).
public struct Placement: Hashable, Sendable {
    /// Prefix of all its keys; TRUNCATE and rewrites make a new one. Never reused.
    public var generation: UInt64
    /// The shard that holds it whole.
    public var shard: UInt32

    public init(generation: UInt64, shard: UInt32) {
        self.generation = generation
        self.shard = shard
    }
}

/// One key column of an index.
public struct IndexKey: Sendable {
    /// 0-based index into the table's `columns`; nil for an expression.
    public var column: Int?
    public var expression: StoredExpression?
    public var type: SQLType
    public var descending: Bool
    public var nullsFirst: Bool
    /// Nil: the method's default one of the type.
    public var operatorClass: OID?
    /// Of an EXCLUDE constraint; nil: `=`.
    public var exclusionOperator: OID?

    public init(
        column: Int?, expression: StoredExpression? = nil, type: SQLType,
        descending: Bool = false, nullsFirst: Bool = false, operatorClass: OID? = nil
    ) {
        self.column = column
        self.expression = expression
        self.type = type
        self.descending = descending
        self.nullsFirst = nullsFirst
        self.operatorClass = operatorClass
    }
}

/// What makes a relation an index.
///
/// The entry of a primary key is the row itself: the table's row key is the encoded key, and the
/// index relation has no placement of its own. Any other unique index maps the encoded key to the
/// row key; a non-unique one maps encoded key + row key to the row key, so that a scan need not look
/// for its beginning. Rows with a null in a unique key are entered as in a non-unique index. So are
/// all rows where rows may share a key for a while: in indexes of DEFERRABLE and EXCLUDE constraints.
public struct IndexDefinition: Sendable {
    public var table: OID
    public var keys: [IndexKey]
    public var included: [Int]
    public var isUnique: Bool
    public var isPrimary: Bool
    /// False: of a DEFERRABLE constraint, checked at the end of a statement or transaction.
    public var isImmediate: Bool
    /// Of an EXCLUDE constraint.
    public var isExclusion: Bool
    public var nullsNotDistinct: Bool
    public var predicate: StoredExpression?
    /// The constraint that the index serves.
    public var constraint: OID?
    /// False: of a partitioned table (made with ONLY), some of whose partitions have no part of it.
    public var isValid = true
    public var method: AccessMethod

    public init(
        table: OID, keys: [IndexKey], included: [Int] = [], isUnique: Bool, isPrimary: Bool,
        isImmediate: Bool = true, isExclusion: Bool = false,
        nullsNotDistinct: Bool = false, predicate: StoredExpression? = nil,
        constraint: OID? = nil, method: AccessMethod = .btree
    ) {
        self.table = table
        self.keys = keys
        self.method = method
        self.included = included
        self.isUnique = isUnique
        self.isPrimary = isPrimary
        self.isImmediate = isImmediate
        self.isExclusion = isExclusion
        self.nullsNotDistinct = nullsNotDistinct
        self.predicate = predicate
        self.constraint = constraint
    }

    /// The entries are the table's rows.
    public var isRowKey: Bool { isPrimary && isImmediate }

    /// The index has entries, the table's rows or its own.
    public var keepsEntries: Bool { method.keepsEntries || isExclusion }

    /// No two rows that a statement sees have the same key without nulls.
    public var isAlwaysUnique: Bool { isUnique && isImmediate && isValid }

    /// Of an EXCLUDE constraint whose operators are not all `=`: an entry's value is a row of the keys'
    /// values and the row's key, and any two entries may be in each other's way.
    public var excludesByOperator: Bool {
        isExclusion && keys.contains { $0.exclusionOperator != nil }
    }

    /// Rows may have the same key until the constraint is checked.
    public var isShared: Bool { isExclusion || (isUnique && !isImmediate) }
}

/// Referential actions; the raw value is confupdtype and confdeltype.
public enum ReferentialAction: Character, Sendable {
    case noAction = "a"
    case restrict = "r"
    case cascade = "c"
    case setNull = "n"
    case setDefault = "d"
}

/// A constraint of a table: pg_constraint's row. Column numbers are 0-based indexes into `columns`.
public struct Constraint: Sendable {
    public struct ForeignKey: Sendable {
        public var table: OID
        public var columns: [Int]
        /// The unique index of the referenced table.
        public var index: OID
        public var onUpdate: ReferentialAction
        public var onDelete: ReferentialAction
        public var matchFull: Bool
        /// Of ON DELETE SET NULL or DEFAULT: the columns that are set; empty: all.
        public var deleteSetColumns: [Int]

        public init(
            table: OID, columns: [Int], index: OID, onUpdate: ReferentialAction,
            onDelete: ReferentialAction, matchFull: Bool, deleteSetColumns: [Int] = []
        ) {
            self.deleteSetColumns = deleteSetColumns
            self.table = table
            self.columns = columns
            self.index = index
            self.onUpdate = onUpdate
            self.onDelete = onDelete
            self.matchFull = matchFull
        }
    }

    public enum Kind: Sendable {
        case check(StoredExpression)
        case primaryKey(index: OID)
        case unique(index: OID)
        /// EXCLUDE; every operator is `=`.
        case exclusion(index: OID)
        case foreignKey(ForeignKey)

        /// contype.
        public var code: Character {
            switch self {
            case .check: "c"
            case .primaryKey: "p"
            case .unique: "u"
            case .exclusion: "x"
            case .foreignKey: "f"
            }
        }
    }

    public var oid: OID
    public var name: String
    public var kind: Kind
    public var columns: [Int]
    public var isDeferrable: Bool
    public var isDeferred: Bool
    public var isValidated: Bool
    /// It comes from the parent of a partition, and goes with the parent's.
    public var isInherited = false
    /// It was also defined here.
    public var isLocal = true
    /// The parent's constraint, of keys and foreign keys that are inherited.
    public var parent: OID?

    public init(
        oid: OID, name: String, kind: Kind, columns: [Int], isDeferrable: Bool = false,
        isDeferred: Bool = false, isValidated: Bool = true
    ) {
        self.oid = oid
        self.name = name
        self.kind = kind
        self.columns = columns
        self.isDeferrable = isDeferrable
        self.isDeferred = isDeferred
        self.isValidated = isValidated
    }
}

/// A table, index, sequence or view: a row of pg_class with its columns and constraints.
public struct Relation: Sendable {
    public var oid: OID
    public var name: String
    public var namespace: OID
    public var owner: OID
    public var kind: RelationKind
    public var persistence: Persistence
    /// Dropped columns stay, so that a column's index (attnum − 1) never changes.
    public var columns: [Column]
    /// Nil for views, for primary key indexes and for relations computed from the catalog. The
    /// generation of a sequence names its state (`SequenceID`).
    public var placement: Placement?
    /// Tables: the OIDs of their indexes, by OID.
    public var indexes: [OID]
    /// Tables: the primary key's index, whose encoded key is the row key. Without one, or with a
    /// deferrable one, the row key is a hidden 8-byte row id.
    public var primaryKey: OID?
    public var constraints: [Constraint]
    /// Tables: (table, constraint) of the foreign keys that refer to this one.
    public var referencedBy: [ForeignKeyReference]
    public var index: IndexDefinition?
    public var sequence: SequenceDefinition?
    /// Partitioned tables.
    public var partitioning: Partitioning?
    /// Partitions, and the indexes of partitions that belong to one of the parent.
    public var partition: PartitionMembership?
    /// Views and materialized views: the query, as SQL text.
    public var viewDefinition: String?
    /// Materialized views: false before they are first filled, and after WITH NO DATA.
    public var isPopulated = true
    /// reloptions, `fillfactor=70`.
    public var options: [String]
    /// Nil: nothing was ever granted; the defaults hold.
    public var privileges: [Privilege]?
    /// What was granted on columns, by their indexes; no list is empty.
    public var columnPrivileges: [Int: [Privilege]] = [:]
    public var marks = TableMarks()
    /// ON COMMIT, of a session's temporary table: never stored.
    public var onCommit = OnCommit.preserveRows
    /// The type of its rows, and of arrays of them; invalid: it has none.
    public var rowType = OID.invalid
    public var rowArrayType = OID.invalid
    public var rowArrayName = ""
    /// CREATE TABLE … OF: the type that its columns come from; invalid: none.
    public var ofType = OID.invalid

    public init(
        oid: OID, name: String, namespace: OID, owner: OID, kind: RelationKind,
        persistence: Persistence = .permanent, columns: [Column] = []
    ) {
        self.oid = oid
        self.name = name
        self.namespace = namespace
        self.owner = owner
        self.kind = kind
        self.persistence = persistence
        self.columns = columns
        placement = nil
        indexes = []
        primaryKey = nil
        constraints = []
        referencedBy = []
        index = nil
        sequence = nil
        partitioning = nil
        partition = nil
        viewDefinition = nil
        options = []
        privileges = nil
    }

    /// Views: `NONE`, `LOCAL` or `CASCADED`.
    public var checkOption: String {
        if options.contains("check_option=local") { return "LOCAL" }
        return options.contains("check_option=cascaded") ? "CASCADED" : "NONE"
    }

    /// 0-based index of the live column `name`.
    public func columnIndex(named name: String) -> Int? {
        columns.firstIndex { $0.name == name && !$0.isDropped }
    }
}

extension Relation {
    /// PostgreSQL has triggers of its own for what a foreign key or deferrable key asks.
    public var hasConstraintTriggers: Bool {
        !referencedBy.isEmpty
            || constraints.contains { $0.kind.code == "f" || $0.isDeferrable }
    }

    /// True of the parts that a foreign key to a partitioned table has for its partitions: they tell
    /// what happens to the partitions' rows, and check no reference.
    public func isReferencedPart(_ constraint: Constraint) -> Bool {
        guard let parent = constraint.parent else { return false }
        return constraints.contains { $0.oid == parent }
    }
}

/// A foreign key seen from the table it refers to.
public struct ForeignKeyReference: Hashable, Sendable {
    public var table: OID
    public var constraint: OID

    public init(table: OID, constraint: OID) {
        self.table = table
        self.constraint = constraint
    }
}

/// What the end of a transaction does to a temporary table.
public enum OnCommit: Sendable {
    case preserveRows
    case deleteRows
    case drop
}
