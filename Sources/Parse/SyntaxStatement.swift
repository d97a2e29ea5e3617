/// One SQL statement as PostgreSQL's raw grammar delivers it: names not looked up, nothing typed.
///
/// The shapes mirror PostgreSQL 15's parse nodes (`parsenodes.h`) under Swift names. A statement
/// that has no case of its own arrives as `unsupported` with the name of its SQL command.
///
/// Every `location` in the tree is a byte offset into the text that was parsed, -1 if unknown;
/// `Parser.characterPosition` makes an error position of it.
public enum SyntaxStatement: Sendable {
    // Queries and data.
    case select(SelectStatement)
    indirect case insert(InsertStatement)
    indirect case update(UpdateStatement)
    indirect case delete(DeleteStatement)
    indirect case merge(MergeStatement)
    indirect case copy(CopyStatement)
    indirect case truncate(TruncateStatement)

    // Tables, indexes, sequences, views.
    indirect case createTable(CreateTableStatement)
    indirect case createTableAs(CreateTableAsStatement)
    indirect case alterTable(AlterTableStatement)
    indirect case createIndex(CreateIndexStatement)
    indirect case createSequence(CreateSequenceStatement)
    indirect case alterSequence(AlterSequenceStatement)
    indirect case createView(CreateViewStatement)
    indirect case refreshMaterializedView(RefreshMaterializedViewStatement)
    indirect case createStatistics(CreateStatisticsStatement)
    indirect case createRule(CreateRuleStatement)
    indirect case createTrigger(CreateTriggerStatement)
    indirect case createPolicy(PolicyStatement)
    indirect case alterPolicy(PolicyStatement)

    // Any object.
    indirect case drop(DropStatement)
    indirect case rename(RenameStatement)
    indirect case alterOwner(AlterOwnerStatement)
    indirect case alterObjectSchema(AlterObjectSchemaStatement)
    indirect case comment(CommentStatement)

    // Schemas, types, routines, databases.
    indirect case createSchema(CreateSchemaStatement)
    indirect case createDomain(CreateDomainStatement)
    indirect case alterDomain(AlterDomainStatement)
    indirect case createEnum(CreateEnumStatement)
    indirect case alterEnum(AlterEnumStatement)
    indirect case createCompositeType(CreateCompositeTypeStatement)
    indirect case createRange(CreateRangeStatement)
    indirect case define(DefineStatement)
    indirect case createCast(CreateCastStatement)
    indirect case createFunction(CreateFunctionStatement)
    indirect case alterFunction(AlterFunctionStatement)
    indirect case createExtension(CreateExtensionStatement)
    indirect case createTablespace(CreateTablespaceStatement)
    indirect case dropTablespace(DropTablespaceStatement)
    indirect case createDatabase(DatabaseStatement)
    indirect case alterDatabase(DatabaseStatement)
    indirect case alterDatabaseSet(AlterDatabaseSetStatement)
    indirect case dropDatabase(DropDatabaseStatement)

    // Roles and privileges.
    indirect case createRole(CreateRoleStatement)
    indirect case alterRole(AlterRoleStatement)
    indirect case alterRoleSet(AlterRoleSetStatement)
    indirect case dropRole(DropRoleStatement)
    /// GRANT and REVOKE of privileges on objects.
    indirect case grant(GrantStatement)
    /// GRANT and REVOKE of role membership.
    indirect case grantRole(GrantRoleStatement)
    indirect case alterDefaultPrivileges(AlterDefaultPrivilegesStatement)
    indirect case dropOwned(DropOwnedStatement)
    indirect case reassignOwned(ReassignOwnedStatement)

    // Logical replication.
    indirect case createPublication(CreatePublicationStatement)
    indirect case alterPublication(AlterPublicationStatement)
    indirect case createSubscription(CreateSubscriptionStatement)
    indirect case alterSubscription(AlterSubscriptionStatement)
    indirect case dropSubscription(DropSubscriptionStatement)

    // The session.
    indirect case transaction(TransactionStatement)
    indirect case variableSet(VariableSetStatement)
    /// SHOW; the name is "all" for SHOW ALL.
    case variableShow(name: String)
    indirect case prepare(PrepareStatement)
    indirect case execute(ExecuteStatement)
    /// DEALLOCATE; nil is ALL.
    case deallocate(name: String?)
    indirect case declareCursor(DeclareCursorStatement)
    indirect case fetch(FetchStatement)
    /// CLOSE; nil is ALL.
    case closePortal(name: String?)
    case discard(DiscardTarget)
    indirect case constraintsSet(ConstraintsSetStatement)
    indirect case lock(LockStatement)
    case notify(channel: String, payload: String?)
    case listen(channel: String)
    /// UNLISTEN; nil is `*`.
    case unlisten(channel: String?)
    indirect case call(FunctionCallSyntax)
    /// DO: elements "as" (the body) and "language".
    case doBlock([DefinitionElement])
    /// RETURN expression, the body of a function in the SQL-standard form.
    indirect case returnValue(SyntaxExpression)

    // Maintenance.
    indirect case explain(ExplainStatement)
    /// VACUUM and ANALYZE.
    indirect case vacuum(VacuumStatement)
    indirect case cluster(ClusterStatement)
    indirect case reindex(ReindexStatement)
    case checkpoint
    case load(fileName: String)
    indirect case alterSystem(VariableSetStatement)

    /// A statement of the grammar with no case here, by its SQL command ("CREATE OPERATOR CLASS").
    case unsupported(String)
}

/// One statement of a query string.
public struct ParsedStatement: Sendable {
    public var statement: SyntaxStatement
    /// Byte offset of the statement's text.
    public var location: Int
    /// Bytes of the statement's text without its semicolon; 0 means to the end of the string.
    public var length: Int

    public init(statement: SyntaxStatement, location: Int, length: Int) {
        self.statement = statement
        self.location = location
        self.length = length
    }

    /// The statement's bytes within a text of `byteCount` bytes.
    public func range(inTextOf byteCount: Int) -> Range<Int> {
        let start = min(max(location, 0), byteCount)
        let end = length == 0 ? byteCount : min(start + length, byteCount)
        return start..<end
    }
}
