/// CREATE TABLE, ALTER TABLE, CREATE INDEX and what they are made of.

public struct CreateTableStatement: Sendable {
    public enum Element: Sendable {
        case column(ColumnDefinition)
        case constraint(ConstraintDefinition)
        case like(TableLikeClause)
    }
    public var relation: RangeVariable
    public var elements: [Element]
    /// INHERITS, or the one parent of PARTITION OF.
    public var inherits: [RangeVariable]
    public var partitionBound: PartitionBound?
    public var partitionBy: PartitionSpecification?
    /// OF type.
    public var ofType: TypeNameSyntax?
    public var options: [DefinitionElement]
    public var onCommit: OnCommitAction
    public var tablespace: String?
    public var accessMethod: String?
    public var ifNotExists: Bool
}

public enum OnCommitAction: Sendable { case none, preserveRows, deleteRows, drop }

public enum DropBehavior: Sendable { case restrict, cascade }

public struct ColumnDefinition: Sendable {
    public var name: String
    /// Nil for a column option of a typed table or partition.
    public var type: TypeNameSyntax?
    /// COMPRESSION method.
    public var compression: String?
    /// COLLATE, empty if absent.
    public var collation: [String]
    public var collationLocation: Int
    /// Constraints, defaults, identity and generation clauses in the order written.
    public var constraints: [ConstraintDefinition]
    /// The USING expression of ALTER COLUMN TYPE.
    public var rawDefault: SyntaxExpression?
    /// Of ALTER TYPE: whether tables of the type are altered as well.
    public var behavior = DropBehavior.restrict
    public var location: Int
}

/// A column or table constraint, a column's default, identity or generation clause (`Constraint`).
public struct ConstraintDefinition: Sendable {
    public enum Kind: Sendable {
        case null, notNull
        /// `rawExpression`.
        case `default`
        /// `generatedWhen` and `options`.
        case identity
        /// `rawExpression`.
        case generated
        case check, primary, unique, exclusion, foreign
        /// Marks on the constraint before it in a column's list.
        case attributeDeferrable, attributeNotDeferrable, attributeDeferred, attributeImmediate
    }
    public enum GeneratedWhen: Sendable { case always, byDefault }
    public enum MatchType: Sendable { case full, partial, simple }
    public enum Action: Sendable { case noAction, restrict, cascade, setNull, setDefault }
    public struct Exclusion: Sendable {
        public var element: IndexElement
        public var operatorName: [String]
    }

    public var kind: Kind
    public var name: String?
    public var isDeferrable = false
    public var isInitiallyDeferred = false
    public var isNoInherit = false
    public var rawExpression: SyntaxExpression?
    public var generatedWhen: GeneratedWhen?
    public var isNullsNotDistinct = false
    /// Columns of a primary key or unique constraint.
    public var keys: [String] = []
    public var including: [String] = []
    public var exclusions: [Exclusion] = []
    /// WITH options of the index; sequence options of an identity column.
    public var options: [DefinitionElement] = []
    /// USING INDEX name.
    public var indexName: String?
    public var indexTablespace: String?
    public var accessMethod: String?
    /// Predicate of an exclusion constraint.
    public var filter: SyntaxExpression?
    public var foreignTable: RangeVariable?
    /// Referencing columns; empty in a column constraint.
    public var foreignColumns: [String] = []
    /// Referenced columns; empty means the primary key.
    public var primaryColumns: [String] = []
    public var matchType = MatchType.simple
    public var updateAction = Action.noAction
    public var deleteAction = Action.noAction
    /// ON DELETE SET NULL (columns).
    public var deleteSetColumns: [String] = []
    /// NOT VALID.
    public var skipsValidation = false
    public var isInitiallyValid = false
    public var location: Int

    public init(kind: Kind, location: Int = -1) {
        self.kind = kind
        self.location = location
    }
}

/// LIKE table INCLUDING …
public struct TableLikeClause: Sendable {
    public struct Options: OptionSet, Sendable {
        public var rawValue: UInt32
        public init(rawValue: UInt32) { self.rawValue = rawValue }
        public static let comments = Options(rawValue: 1 << 0)
        public static let compression = Options(rawValue: 1 << 1)
        public static let constraints = Options(rawValue: 1 << 2)
        public static let defaults = Options(rawValue: 1 << 3)
        public static let generated = Options(rawValue: 1 << 4)
        public static let identity = Options(rawValue: 1 << 5)
        public static let indexes = Options(rawValue: 1 << 6)
        public static let statistics = Options(rawValue: 1 << 7)
        public static let storage = Options(rawValue: 1 << 8)
    }
    public var relation: RangeVariable
    public var options: Options
}

public struct PartitionSpecification: Sendable {
    public struct Element: Sendable {
        public var name: String?
        public var expression: SyntaxExpression?
        public var collation: [String]
        public var operatorClass: [String]
        public var location: Int
    }
    /// "list", "range" or "hash", as written.
    public var strategy: String
    public var elements: [Element]
    public var location: Int
}

public enum PartitionBound: Sendable {
    case `default`(location: Int)
    case hash(modulus: Int, remainder: Int, location: Int)
    case list([SyntaxExpression], location: Int)
    /// MINVALUE and MAXVALUE arrive as column references of these names.
    case range(from: [SyntaxExpression], to: [SyntaxExpression], location: Int)
}

/// A key of an index or a conflict target: a column or an expression.
public struct IndexElement: Sendable {
    public var name: String?
    public var expression: SyntaxExpression?
    public var collation: [String]
    public var operatorClass: [String]
    public var operatorClassOptions: [DefinitionElement]
    public var direction: SortBy.Direction
    public var nulls: SortBy.Nulls
}

public struct CreateIndexStatement: Sendable {
    public var name: String?
    public var relation: RangeVariable
    /// "btree" when not written.
    public var accessMethod: String
    public var tablespace: String?
    public var elements: [IndexElement]
    public var including: [IndexElement]
    public var options: [DefinitionElement]
    public var filter: SyntaxExpression?
    public var isUnique: Bool
    public var isNullsNotDistinct: Bool
    public var isConcurrent: Bool
    public var ifNotExists: Bool
}

/// ALTER TABLE, ALTER INDEX, ALTER SEQUENCE, ALTER VIEW … in their common form.
public struct AlterTableStatement: Sendable {
    public var relation: RangeVariable
    public var objectType: ObjectType
    public var commands: [AlterTableCommand]
    public var ifExists: Bool
}

/// One action of ALTER TABLE (`AlterTableCmd`).
public enum AlterTableCommand: Sendable {
    case addColumn(ColumnDefinition, ifNotExists: Bool)
    /// Nil drops the default.
    case columnDefault(column: String, SyntaxExpression?)
    case dropNotNull(column: String)
    case setNotNull(column: String)
    case dropExpression(column: String, ifExists: Bool)
    /// The column by name, or by number for an index.
    case setStatistics(column: String?, number: Int, target: Int)
    case setColumnOptions(column: String, [DefinitionElement])
    case resetColumnOptions(column: String, [DefinitionElement])
    case setStorage(column: String, String)
    case setCompression(column: String, String)
    case dropColumn(String, DropBehavior, ifExists: Bool)
    case addConstraint(ConstraintDefinition)
    case alterConstraint(ConstraintDefinition)
    case validateConstraint(String)
    case dropConstraint(String, DropBehavior, ifExists: Bool)
    /// `type`, `collation` and `rawDefault` (USING) of the definition.
    case alterColumnType(column: String, ColumnDefinition)
    case changeOwner(RoleSpecification)
    case clusterOn(index: String)
    case dropCluster
    case setLogged
    case setUnlogged
    case dropOIDs
    case setAccessMethod(String)
    case setTablespace(String)
    case setOptions([DefinitionElement])
    case resetOptions([DefinitionElement])
    case enableTrigger(TriggerSelection, TriggerFiring)
    case disableTrigger(TriggerSelection)
    case enableRule(String, TriggerFiring)
    case disableRule(String)
    case addInherit(RangeVariable)
    case dropInherit(RangeVariable)
    case addOf(TypeNameSyntax)
    case dropOf
    case replicaIdentity(ReplicaIdentity)
    case rowSecurity(RowSecurity)
    case attachPartition(RangeVariable, PartitionBound?)
    case detachPartition(RangeVariable, isConcurrent: Bool)
    case finalizeDetachPartition(RangeVariable)
    /// ADD GENERATED … AS IDENTITY.
    case addIdentity(column: String, ConstraintDefinition)
    /// SET GENERATED ("generated"), SET sequence options, RESTART.
    case setIdentity(column: String, [DefinitionElement])
    case dropIdentity(column: String, ifExists: Bool)
    case unsupported(String)

    public enum TriggerSelection: Sendable {
        case all, user
        case named(String)
    }
    public enum TriggerFiring: Sendable { case origin, always, replica }
    public enum ReplicaIdentity: Sendable {
        case `default`, full, nothing
        case index(String)
    }
    public enum RowSecurity: Sendable { case enable, disable, force, noForce }
}
