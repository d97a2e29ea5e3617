/// Statements about any kind of object, the names of objects, and `DefinitionElement`.

/// What DROP, COMMENT, RENAME … can name (`ObjectType`).
public enum ObjectType: Sendable, Hashable {
    case accessMethod, aggregate, accessMethodOperator, accessMethodProcedure, attribute, cast
    case column, collation, conversion, database, `default`, defaultPrivileges, domain
    case domainConstraint
    case eventTrigger, `extension`, foreignDataWrapper, foreignServer, foreignTable, function, index
    case language, largeObject, materializedView, operatorClass, `operator`, operatorFamily
    case parameterPrivileges, policy, procedure, publication, publicationNamespace
    case publicationRelation, role, routine, rule, schema, sequence, subscription
    case extendedStatistics, tableConstraint, table, tablespace, transform, trigger
    case textSearchConfiguration, textSearchDictionary, textSearchParser, textSearchTemplate, type
    case userMapping, view
}

/// What a statement about an object names.
public enum ObjectReference: Sendable {
    /// A qualified name; for a column, constraint, trigger, policy or rule the last part is its own.
    case name([String])
    /// A type or domain.
    case type(TypeNameSyntax)
    /// A function, procedure, aggregate or operator with its argument types.
    case routine(RoutineReference)
    /// Several parts: a cast's two types; a domain constraint's domain and name; a transform.
    indirect case parts([ObjectReference])

    /// The parts of a qualified name; empty for the other forms.
    public var names: [String] {
        if case .name(let names) = self { return names }
        return []
    }
}

/// `name(types)` (`ObjectWithArgs`).
public struct RoutineReference: Sendable {
    public var name: [String]
    /// Nil elements stand for NONE (the missing side of a prefix operator).
    public var argumentTypes: [TypeNameSyntax?]
    /// Names and modes of a function's or procedure's arguments, OUT ones included.
    public var parameters: [FunctionParameter]
    /// Written without a list of arguments.
    public var isArgumentsUnspecified: Bool
}

/// `name = value` in WITH (…), options of sequences, COPY, EXPLAIN, roles … (`DefElem`).
public struct DefinitionElement: Sendable {
    public enum Value: Sendable {
        case none
        case integer(Int32)
        case float(String)
        case boolean(Bool)
        case string(String)
        case typeName(TypeNameSyntax)
        case names([String])
        indirect case list([Value])
        indirect case expression(SyntaxExpression)
        indirect case role(RoleSpecification)
        indirect case element(DefinitionElement)
        indirect case variableSet(VariableSetStatement)
        case star
    }
    public enum Action: Sendable { case unspecified, set, add, drop }
    /// As in `toast.autovacuum_enabled`.
    public var namespace: String?
    public var name: String
    public var value: Value
    public var action: Action
    public var location: Int

    public init(name: String, value: Value, location: Int = -1) {
        self.name = name
        self.value = value
        self.action = .unspecified
        self.location = location
    }
}

public struct DropStatement: Sendable {
    public var objectType: ObjectType
    public var objects: [ObjectReference]
    public var behavior: DropBehavior
    public var ifExists: Bool
    public var isConcurrent: Bool
}

/// ALTER … RENAME TO.
public struct RenameStatement: Sendable {
    public var objectType: ObjectType
    /// What the relation was called (TABLE, VIEW, INDEX …) when a column or constraint is renamed.
    public var relationType: ObjectType
    public var relation: RangeVariable?
    public var object: ObjectReference?
    /// The column, constraint, attribute, trigger … in the relation.
    public var subname: String?
    public var newName: String
    public var behavior: DropBehavior
    public var ifExists: Bool
}

public struct AlterOwnerStatement: Sendable {
    public var objectType: ObjectType
    public var relation: RangeVariable?
    public var object: ObjectReference?
    public var newOwner: RoleSpecification
}

/// ALTER … SET SCHEMA.
public struct AlterObjectSchemaStatement: Sendable {
    public var objectType: ObjectType
    public var relation: RangeVariable?
    public var object: ObjectReference?
    public var newSchema: String
    public var ifExists: Bool
}

public struct CommentStatement: Sendable {
    public var objectType: ObjectType
    public var object: ObjectReference
    /// Nil removes the comment.
    public var comment: String?
}

public struct CreateSchemaStatement: Sendable {
    /// Nil: named after the role.
    public var name: String?
    public var role: RoleSpecification?
    /// Statements that create objects in the schema.
    public var elements: [SyntaxStatement]
    public var ifNotExists: Bool
}

/// Options are DefinitionElements: "as", "start", "increment", "minvalue", "maxvalue" (no value: NO
/// MINVALUE …), "cache", "cycle" (boolean), "owned_by" (names), "restart", "sequence_name".
public struct CreateSequenceStatement: Sendable {
    public var sequence: RangeVariable
    public var options: [DefinitionElement]
    public var ifNotExists: Bool
}

public struct AlterSequenceStatement: Sendable {
    public var sequence: RangeVariable
    public var options: [DefinitionElement]
    public var ifExists: Bool
}

public struct CreateViewStatement: Sendable {
    public enum CheckOption: Sendable { case none, local, cascaded }
    public var view: RangeVariable
    public var columnNames: [String]
    public var query: SelectStatement
    public var isReplace: Bool
    public var options: [DefinitionElement]
    public var checkOption: CheckOption
}

/// CREATE TABLE AS, CREATE MATERIALIZED VIEW.
public struct CreateTableAsStatement: Sendable {
    /// A query, or EXECUTE.
    public var query: SyntaxStatement
    public var into: IntoClause
    /// `table` or `materializedView`.
    public var objectType: ObjectType
    public var ifNotExists: Bool
}

public struct RefreshMaterializedViewStatement: Sendable {
    public var relation: RangeVariable
    public var isConcurrent: Bool
    public var skipsData: Bool
}

public struct CreateStatisticsStatement: Sendable {
    public var names: [String]
    public var kinds: [String]
    public var elements: [SyntaxExpression]
    public var relations: [SyntaxFromItem]
    public var ifNotExists: Bool
}

public struct CreateDomainStatement: Sendable {
    public var names: [String]
    public var type: TypeNameSyntax
    public var collation: [String]
    public var constraints: [ConstraintDefinition]
}

public struct AlterDomainStatement: Sendable {
    public enum Action: Sendable {
        case setDefault(SyntaxExpression?)
        case dropNotNull
        case setNotNull
        case addConstraint(ConstraintDefinition)
        case dropConstraint(String, DropBehavior, ifExists: Bool)
        case validateConstraint(String)
    }
    public var names: [String]
    public var action: Action
}

public struct CreateEnumStatement: Sendable {
    public var names: [String]
    public var labels: [String]
}

public struct AlterEnumStatement: Sendable {
    public var names: [String]
    /// RENAME VALUE old TO new; nil for ADD VALUE.
    public var oldLabel: String?
    public var newLabel: String
    /// ADD VALUE new BEFORE or AFTER neighbor.
    public var neighbor: String?
    public var isAfter: Bool
    public var ifNotExists: Bool
}

public struct CreateCompositeTypeStatement: Sendable {
    public var type: RangeVariable
    public var columns: [ColumnDefinition]
}

public struct CreateRangeStatement: Sendable {
    public var names: [String]
    public var parameters: [DefinitionElement]
}

/// CREATE AGGREGATE, OPERATOR, TYPE, COLLATION, TEXT SEARCH … (`DefineStmt`).
public struct DefineStatement: Sendable {
    public var objectType: ObjectType
    public var isOldStyle: Bool
    public var names: [String]
    /// An aggregate's arguments; nil is `*`.
    public var arguments: [FunctionParameter]?
    public var definition: [DefinitionElement]
    public var ifNotExists: Bool
    public var isReplace: Bool
}

public struct CreateExtensionStatement: Sendable {
    public var name: String
    public var ifNotExists: Bool
    public var options: [DefinitionElement]
}

public struct CreateTablespaceStatement: Sendable {
    public var name: String
    public var owner: RoleSpecification?
    public var directory: String
    public var options: [DefinitionElement]
}

public struct DropTablespaceStatement: Sendable {
    public var name: String
    public var ifExists: Bool
}

/// CREATE DATABASE and ALTER DATABASE … WITH.
public struct DatabaseStatement: Sendable {
    public var name: String
    public var options: [DefinitionElement]
}

public struct AlterDatabaseSetStatement: Sendable {
    public var name: String
    public var setting: VariableSetStatement
}

public struct DropDatabaseStatement: Sendable {
    public var name: String
    public var ifExists: Bool
    public var options: [DefinitionElement]
}
