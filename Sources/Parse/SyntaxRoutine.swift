/// Functions, procedures, casts, triggers, rules and policies.

public struct CreateFunctionStatement: Sendable {
    public var isProcedure: Bool
    public var isReplace: Bool
    public var name: [String]
    public var parameters: [FunctionParameter]
    public var returnType: TypeNameSyntax?
    /// "as" (one or two strings), "language", "volatility", "strict", "security" …
    public var options: [DefinitionElement]
    /// The statements of BEGIN ATOMIC … END, or the one RETURN.
    public var body: [SyntaxStatement]
}

public struct FunctionParameter: Sendable {
    public enum Mode: Sendable {
        case `in`, out, inOut, variadic, table
        /// No mode written: IN.
        case `default`
    }
    public var name: String?
    public var type: TypeNameSyntax
    public var mode: Mode
    public var defaultValue: SyntaxExpression?
}

public struct AlterFunctionStatement: Sendable {
    public var objectType: ObjectType
    public var function: RoutineReference
    public var actions: [DefinitionElement]
}

public struct CreateCastStatement: Sendable {
    public enum Context: Sendable { case implicit, assignment, explicit }
    public var source: TypeNameSyntax
    public var target: TypeNameSyntax
    public var function: RoutineReference?
    public var context: Context
    public var isInOut: Bool
}

public struct CreateTriggerStatement: Sendable {
    public enum Timing: Sendable { case before, after, insteadOf }
    public struct Events: OptionSet, Sendable {
        public var rawValue: Int16
        public init(rawValue: Int16) { self.rawValue = rawValue }
        public static let insert = Events(rawValue: 1 << 2)
        public static let delete = Events(rawValue: 1 << 3)
        public static let update = Events(rawValue: 1 << 4)
        public static let truncate = Events(rawValue: 1 << 5)
    }
    public struct Transition: Sendable {
        public var name: String
        public var isNew: Bool
        public var isTable: Bool
    }
    public var isReplace: Bool
    public var isConstraint: Bool
    public var name: String
    public var relation: RangeVariable
    public var function: [String]
    public var arguments: [String]
    public var isForEachRow: Bool
    public var timing: Timing
    public var events: Events
    /// UPDATE OF columns.
    public var columns: [String]
    public var condition: SyntaxExpression?
    public var transitions: [Transition]
    public var isDeferrable: Bool
    public var isInitiallyDeferred: Bool
    public var constraintRelation: RangeVariable?
}

public struct CreateRuleStatement: Sendable {
    public enum Event: Sendable { case select, update, insert, delete }
    public var relation: RangeVariable
    public var name: String
    public var filter: SyntaxExpression?
    public var event: Event
    public var isInstead: Bool
    public var actions: [SyntaxStatement]
    public var isReplace: Bool
}

/// CREATE POLICY and ALTER POLICY.
public struct PolicyStatement: Sendable {
    public var name: String
    public var table: RangeVariable
    /// "all", "select", "insert", "update", "delete"; nil in ALTER POLICY.
    public var command: String?
    public var isPermissive: Bool
    public var roles: [RoleSpecification]
    public var using: SyntaxExpression?
    public var withCheck: SyntaxExpression?
}
