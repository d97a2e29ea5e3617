/// INSERT, UPDATE, DELETE, MERGE, COPY, TRUNCATE.

public enum OverridingKind: Sendable { case notSet, userValue, systemValue }

public struct InsertStatement: Sendable {
    public var relation: RangeVariable
    /// Target columns; empty means all, in order.
    public var columns: [ResultTarget]
    /// VALUES or a query; nil is DEFAULT VALUES.
    public var source: SelectStatement?
    public var onConflict: OnConflictClause?
    public var returning: [ResultTarget]
    public var with: WithClause?
    public var overriding: OverridingKind

    public init(
        relation: RangeVariable, columns: [ResultTarget], source: SelectStatement?,
        onConflict: OnConflictClause?, returning: [ResultTarget], with: WithClause?,
        overriding: OverridingKind
    ) {
        self.relation = relation
        self.columns = columns
        self.source = source
        self.onConflict = onConflict
        self.returning = returning
        self.with = with
        self.overriding = overriding
    }
}

public struct OnConflictClause: Sendable {
    public enum Action: Sendable { case nothing, update }
    public var action: Action
    public var infer: InferClause?
    /// SET assignments of DO UPDATE.
    public var assignments: [ResultTarget]
    public var filter: SyntaxExpression?
    public var location: Int
}

/// The conflict target: index columns and predicate, or ON CONSTRAINT name.
public struct InferClause: Sendable {
    public var elements: [IndexElement]
    public var filter: SyntaxExpression?
    public var constraintName: String?
    public var location: Int
}

public struct UpdateStatement: Sendable {
    public var relation: RangeVariable
    public var assignments: [ResultTarget]
    public var from: [SyntaxFromItem]
    public var filter: SyntaxExpression?
    public var returning: [ResultTarget]
    public var with: WithClause?
}

public struct DeleteStatement: Sendable {
    public var relation: RangeVariable
    public var using: [SyntaxFromItem]
    public var filter: SyntaxExpression?
    public var returning: [ResultTarget]
    public var with: WithClause?
}

public struct MergeStatement: Sendable {
    public struct When: Sendable {
        public enum Action: Sendable { case insert, update, delete, nothing }
        public var isMatched: Bool
        public var action: Action
        public var overriding: OverridingKind
        public var condition: SyntaxExpression?
        /// INSERT columns or UPDATE assignments.
        public var targets: [ResultTarget]
        /// INSERT values; empty is DEFAULT VALUES.
        public var values: [SyntaxExpression]
    }
    public var relation: RangeVariable
    public var source: SyntaxFromItem
    public var condition: SyntaxExpression
    public var whens: [When]
    public var with: WithClause?
}

public struct CopyStatement: Sendable {
    /// Nil when `query` is copied.
    public var relation: RangeVariable?
    /// A query or a data-modifying statement with RETURNING.
    public var query: SyntaxStatement?
    public var columns: [String]
    public var isFrom: Bool
    public var isProgram: Bool
    /// A server file or program; nil is STDIN or STDOUT.
    public var fileName: String?
    public var options: [DefinitionElement]
    public var filter: SyntaxExpression?
}

public struct TruncateStatement: Sendable {
    public var relations: [RangeVariable]
    public var restartsIdentity: Bool
    public var behavior: DropBehavior
}
