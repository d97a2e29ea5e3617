internal import Base
internal import CPgQuery

/// Statements by their node tags, the frequent ones first.
extension TreeWalker {
    mutating func statements(_ list: ListPointer?) throws(SQLError) -> [SyntaxStatement] {
        try map(list) { (walker, node) throws(SQLError) in try walker.statement(node) }
    }

    mutating func statement(_ node: NodePointer?) throws(SQLError) -> SyntaxStatement {
        guard let node else { throw SQLError(.internalError, "statement expected") }
        switch tag(node) {
        case T_SelectStmt: return .select(try select(cast(node, to: SelectStmt.self)))
        case T_InsertStmt: return .insert(try insert(cast(node, to: InsertStmt.self)))
        case T_UpdateStmt: return .update(try update(cast(node, to: UpdateStmt.self)))
        case T_DeleteStmt: return .delete(try delete(cast(node, to: DeleteStmt.self)))
        case T_TransactionStmt:
            return .transaction(try transaction(cast(node, to: TransactionStmt.self)))
        case T_VariableSetStmt:
            return .variableSet(try variableSet(cast(node, to: VariableSetStmt.self)))
        default: break
        }
        // A statement may hold others (EXPLAIN, PREPARE, CREATE SCHEMA, rules).
        try enter()
        defer { leave() }
        if let result = try sessionStatement(node) { return result }
        if let result = try tableStatement(node) { return result }
        if let result = try objectStatement(node) { return result }
        if let result = try roleStatement(node) { return result }
        return .unsupported(try commandName(node))
    }

    @inline(never)
    private mutating func sessionStatement(_ node: NodePointer) throws(SQLError) -> SyntaxStatement?
    {
        switch tag(node) {
        case T_VariableShowStmt:
            return .variableShow(name: required(cast(node, to: VariableShowStmt.self).pointee.name))
        case T_PrepareStmt: return .prepare(try prepare(cast(node, to: PrepareStmt.self)))
        case T_ExecuteStmt:
            let execute = cast(node, to: ExecuteStmt.self)
            return .execute(
                ExecuteStatement(
                    name: required(execute.pointee.name),
                    parameters: try expressions(execute.pointee.params)))
        case T_DeallocateStmt:
            return .deallocate(name: string(cast(node, to: DeallocateStmt.self).pointee.name))
        case T_DeclareCursorStmt:
            let cursor = cast(node, to: DeclareCursorStmt.self)
            return .declareCursor(
                DeclareCursorStatement(
                    name: required(cursor.pointee.portalname),
                    options: DeclareCursorStatement.Options(rawValue: cursor.pointee.options),
                    query: try requiredSelect(cursor.pointee.query)))
        case T_FetchStmt: return .fetch(try fetch(cast(node, to: FetchStmt.self)))
        case T_ClosePortalStmt:
            return .closePortal(
                name: string(cast(node, to: ClosePortalStmt.self).pointee.portalname))
        case T_DiscardStmt:
            return .discard(try discardTarget(cast(node, to: DiscardStmt.self).pointee.target))
        case T_ConstraintsSetStmt:
            let set = cast(node, to: ConstraintsSetStmt.self)
            return .constraintsSet(
                ConstraintsSetStatement(
                    constraints: try rangeVariables(set.pointee.constraints),
                    isDeferred: set.pointee.deferred))
        case T_LockStmt: return .lock(try lock(cast(node, to: LockStmt.self)))
        case T_NotifyStmt:
            let notify = cast(node, to: NotifyStmt.self)
            return .notify(
                channel: required(notify.pointee.conditionname),
                payload: string(notify.pointee.payload))
        case T_ListenStmt:
            return .listen(
                channel: required(cast(node, to: ListenStmt.self).pointee.conditionname))
        case T_UnlistenStmt:
            return .unlisten(
                channel: string(cast(node, to: UnlistenStmt.self).pointee.conditionname))
        case T_CallStmt:
            guard let call = cast(node, to: CallStmt.self).pointee.funccall else {
                throw unexpected("CALL", node)
            }
            return .call(try functionCall(call))
        case T_DoStmt: return .doBlock(try definitions(cast(node, to: DoStmt.self).pointee.args))
        case T_ReturnStmt:
            return .returnValue(
                try requiredExpression(cast(node, to: ReturnStmt.self).pointee.returnval))
        case T_ExplainStmt:
            let explain = cast(node, to: ExplainStmt.self)
            return .explain(
                ExplainStatement(
                    query: try statement(explain.pointee.query),
                    options: try definitions(explain.pointee.options)))
        case T_VacuumStmt: return .vacuum(try vacuum(cast(node, to: VacuumStmt.self)))
        case T_ClusterStmt:
            let cluster = cast(node, to: ClusterStmt.self)
            return .cluster(
                ClusterStatement(
                    relation: optionalRangeVariable(cluster.pointee.relation),
                    indexName: string(cluster.pointee.indexname),
                    options: try definitions(cluster.pointee.params)))
        case T_ReindexStmt: return .reindex(try reindex(cast(node, to: ReindexStmt.self)))
        case T_CheckPointStmt: return .checkpoint
        case T_LoadStmt:
            return .load(fileName: required(cast(node, to: LoadStmt.self).pointee.filename))
        case T_AlterSystemStmt:
            return .alterSystem(
                try requiredVariableSet(cast(node, to: AlterSystemStmt.self).pointee.setstmt))
        default: return nil
        }
    }

    @inline(never)
    private mutating func tableStatement(_ node: NodePointer) throws(SQLError) -> SyntaxStatement? {
        switch tag(node) {
        case T_MergeStmt: return .merge(try merge(cast(node, to: MergeStmt.self)))
        case T_CopyStmt: return .copy(try copy(cast(node, to: CopyStmt.self)))
        case T_TruncateStmt: return .truncate(try truncate(cast(node, to: TruncateStmt.self)))
        case T_CreateStmt: return .createTable(try createTable(cast(node, to: CreateStmt.self)))
        case T_CreateTableAsStmt:
            return .createTableAs(try createTableAs(cast(node, to: CreateTableAsStmt.self)))
        case T_AlterTableStmt:
            return .alterTable(try alterTable(cast(node, to: AlterTableStmt.self)))
        case T_IndexStmt: return .createIndex(try createIndex(cast(node, to: IndexStmt.self)))
        case T_CreateSeqStmt:
            return .createSequence(try createSequence(cast(node, to: CreateSeqStmt.self)))
        case T_AlterSeqStmt:
            return .alterSequence(try alterSequence(cast(node, to: AlterSeqStmt.self)))
        case T_ViewStmt: return .createView(try createView(cast(node, to: ViewStmt.self)))
        case T_RefreshMatViewStmt:
            let refresh = cast(node, to: RefreshMatViewStmt.self)
            return .refreshMaterializedView(
                RefreshMaterializedViewStatement(
                    relation: try requiredRangeVariable(refresh.pointee.relation),
                    isConcurrent: refresh.pointee.concurrent,
                    skipsData: refresh.pointee.skipData))
        case T_CreateStatsStmt:
            return .createStatistics(try createStatistics(cast(node, to: CreateStatsStmt.self)))
        case T_RuleStmt: return .createRule(try createRule(cast(node, to: RuleStmt.self)))
        case T_CreateTrigStmt:
            return .createTrigger(try createTrigger(cast(node, to: CreateTrigStmt.self)))
        case T_CreatePolicyStmt:
            return .createPolicy(try createPolicy(cast(node, to: CreatePolicyStmt.self)))
        case T_AlterPolicyStmt:
            return .alterPolicy(try alterPolicy(cast(node, to: AlterPolicyStmt.self)))
        case T_DropStmt: return .drop(try drop(cast(node, to: DropStmt.self)))
        case T_RenameStmt: return .rename(try rename(cast(node, to: RenameStmt.self)))
        case T_AlterOwnerStmt:
            return .alterOwner(try alterOwner(cast(node, to: AlterOwnerStmt.self)))
        case T_AlterObjectSchemaStmt:
            return .alterObjectSchema(
                try alterObjectSchema(cast(node, to: AlterObjectSchemaStmt.self)))
        case T_CommentStmt: return .comment(try comment(cast(node, to: CommentStmt.self)))
        default: return nil
        }
    }

    @inline(never)
    private mutating func objectStatement(_ node: NodePointer) throws(SQLError) -> SyntaxStatement?
    {
        switch tag(node) {
        case T_CreateSchemaStmt:
            return .createSchema(try createSchema(cast(node, to: CreateSchemaStmt.self)))
        case T_CreateDomainStmt:
            return .createDomain(try createDomain(cast(node, to: CreateDomainStmt.self)))
        case T_AlterDomainStmt:
            return .alterDomain(try alterDomain(cast(node, to: AlterDomainStmt.self)))
        case T_CreateEnumStmt:
            return .createEnum(try createEnum(cast(node, to: CreateEnumStmt.self)))
        case T_AlterEnumStmt:
            return .alterEnum(try alterEnum(cast(node, to: AlterEnumStmt.self)))
        case T_CompositeTypeStmt:
            let type = cast(node, to: CompositeTypeStmt.self)
            return .createCompositeType(
                CreateCompositeTypeStatement(
                    type: try requiredRangeVariable(type.pointee.typevar),
                    columns: try columnDefinitions(type.pointee.coldeflist)))
        case T_CreateRangeStmt:
            let range = cast(node, to: CreateRangeStmt.self)
            return .createRange(
                CreateRangeStatement(
                    names: try strings(range.pointee.typeName),
                    parameters: try definitions(range.pointee.params)))
        case T_DefineStmt: return .define(try define(cast(node, to: DefineStmt.self)))
        case T_CreateCastStmt:
            return .createCast(try createCast(cast(node, to: CreateCastStmt.self)))
        case T_CreateFunctionStmt:
            return .createFunction(try createFunction(cast(node, to: CreateFunctionStmt.self)))
        case T_AlterFunctionStmt:
            return .alterFunction(try alterFunction(cast(node, to: AlterFunctionStmt.self)))
        case T_CreateExtensionStmt:
            let create = cast(node, to: CreateExtensionStmt.self)
            return .createExtension(
                CreateExtensionStatement(
                    name: required(create.pointee.extname),
                    ifNotExists: create.pointee.if_not_exists,
                    options: try definitions(create.pointee.options)))
        case T_CreateTableSpaceStmt:
            let create = cast(node, to: CreateTableSpaceStmt.self)
            return .createTablespace(
                CreateTablespaceStatement(
                    name: required(create.pointee.tablespacename),
                    owner: try optionalRole(create.pointee.owner),
                    directory: required(create.pointee.location),
                    options: try definitions(create.pointee.options)))
        case T_DropTableSpaceStmt:
            let drop = cast(node, to: DropTableSpaceStmt.self)
            return .dropTablespace(
                DropTablespaceStatement(
                    name: required(drop.pointee.tablespacename), ifExists: drop.pointee.missing_ok))
        default: return try databaseStatement(node)
        }
    }

    @inline(never)
    private mutating func databaseStatement(
        _ node: NodePointer
    ) throws(SQLError) -> SyntaxStatement? {
        switch tag(node) {
        case T_CreatedbStmt:
            let create = cast(node, to: CreatedbStmt.self)
            return .createDatabase(
                DatabaseStatement(
                    name: required(create.pointee.dbname),
                    options: try definitions(create.pointee.options)))
        case T_AlterDatabaseStmt:
            let alter = cast(node, to: AlterDatabaseStmt.self)
            return .alterDatabase(
                DatabaseStatement(
                    name: required(alter.pointee.dbname),
                    options: try definitions(alter.pointee.options)))
        case T_AlterDatabaseSetStmt:
            let alter = cast(node, to: AlterDatabaseSetStmt.self)
            return .alterDatabaseSet(
                AlterDatabaseSetStatement(
                    name: required(alter.pointee.dbname),
                    setting: try requiredVariableSet(alter.pointee.setstmt)))
        case T_DropdbStmt:
            let drop = cast(node, to: DropdbStmt.self)
            return .dropDatabase(
                DropDatabaseStatement(
                    name: required(drop.pointee.dbname), ifExists: drop.pointee.missing_ok,
                    options: try definitions(drop.pointee.options)))
        default: return nil
        }
    }

    @inline(never)
    private mutating func roleStatement(_ node: NodePointer) throws(SQLError) -> SyntaxStatement? {
        switch tag(node) {
        case T_CreateRoleStmt:
            return .createRole(try createRole(cast(node, to: CreateRoleStmt.self)))
        case T_AlterRoleStmt:
            return .alterRole(try alterRole(cast(node, to: AlterRoleStmt.self)))
        case T_AlterRoleSetStmt:
            return .alterRoleSet(try alterRoleSet(cast(node, to: AlterRoleSetStmt.self)))
        case T_DropRoleStmt: return .dropRole(try dropRole(cast(node, to: DropRoleStmt.self)))
        case T_GrantStmt: return .grant(try grant(cast(node, to: GrantStmt.self)))
        case T_GrantRoleStmt:
            return .grantRole(try grantRole(cast(node, to: GrantRoleStmt.self)))
        case T_AlterDefaultPrivilegesStmt:
            return .alterDefaultPrivileges(
                try alterDefaultPrivileges(cast(node, to: AlterDefaultPrivilegesStmt.self)))
        case T_DropOwnedStmt:
            let drop = cast(node, to: DropOwnedStmt.self)
            return .dropOwned(
                DropOwnedStatement(
                    roles: try roles(drop.pointee.roles),
                    behavior: behavior(drop.pointee.behavior)))
        case T_ReassignOwnedStmt:
            let reassign = cast(node, to: ReassignOwnedStmt.self)
            return .reassignOwned(
                ReassignOwnedStatement(
                    roles: try roles(reassign.pointee.roles),
                    newRole: try roleSpecification(reassign.pointee.newrole)))
        case T_CreatePublicationStmt:
            return .createPublication(
                try createPublication(cast(node, to: CreatePublicationStmt.self)))
        case T_AlterPublicationStmt:
            return .alterPublication(
                try alterPublication(cast(node, to: AlterPublicationStmt.self)))
        case T_CreateSubscriptionStmt:
            return .createSubscription(
                try createSubscription(cast(node, to: CreateSubscriptionStmt.self)))
        case T_AlterSubscriptionStmt:
            return .alterSubscription(
                try alterSubscription(cast(node, to: AlterSubscriptionStmt.self)))
        case T_DropSubscriptionStmt:
            let drop = cast(node, to: DropSubscriptionStmt.self)
            return .dropSubscription(
                DropSubscriptionStatement(
                    name: required(drop.pointee.subname), ifExists: drop.pointee.missing_ok,
                    behavior: behavior(drop.pointee.behavior)))
        default: return nil
        }
    }

    /// The SQL command of a statement that has no case in the syntax tree.
    private func commandName(_ node: NodePointer) throws(SQLError) -> String {
        switch tag(node) {
        case T_AlterCollationStmt: return "ALTER COLLATION"
        case T_AlterDatabaseRefreshCollStmt: return "ALTER DATABASE"
        case T_AlterEventTrigStmt: return "ALTER EVENT TRIGGER"
        case T_AlterExtensionStmt, T_AlterExtensionContentsStmt: return "ALTER EXTENSION"
        case T_AlterFdwStmt: return "ALTER FOREIGN DATA WRAPPER"
        case T_AlterForeignServerStmt: return "ALTER SERVER"
        case T_AlterObjectDependsStmt:
            let depends = cast(node, to: AlterObjectDependsStmt.self)
            return "ALTER " + (try objectType(depends.pointee.objectType)).commandName
        case T_AlterOperatorStmt: return "ALTER OPERATOR"
        case T_AlterOpFamilyStmt: return "ALTER OPERATOR FAMILY"
        case T_AlterStatsStmt: return "ALTER STATISTICS"
        case T_AlterTableMoveAllStmt:
            let move = cast(node, to: AlterTableMoveAllStmt.self)
            return "ALTER " + (try objectType(move.pointee.objtype)).commandName
        case T_AlterTableSpaceOptionsStmt: return "ALTER TABLESPACE"
        case T_AlterTSConfigurationStmt: return "ALTER TEXT SEARCH CONFIGURATION"
        case T_AlterTSDictionaryStmt: return "ALTER TEXT SEARCH DICTIONARY"
        case T_AlterTypeStmt: return "ALTER TYPE"
        case T_AlterUserMappingStmt: return "ALTER USER MAPPING"
        case T_CreateAmStmt: return "CREATE ACCESS METHOD"
        case T_CreateConversionStmt: return "CREATE CONVERSION"
        case T_CreateEventTrigStmt: return "CREATE EVENT TRIGGER"
        case T_CreateFdwStmt: return "CREATE FOREIGN DATA WRAPPER"
        case T_CreateForeignServerStmt: return "CREATE SERVER"
        case T_CreateForeignTableStmt: return "CREATE FOREIGN TABLE"
        case T_CreateOpClassStmt: return "CREATE OPERATOR CLASS"
        case T_CreateOpFamilyStmt: return "CREATE OPERATOR FAMILY"
        case T_CreatePLangStmt: return "CREATE LANGUAGE"
        case T_CreateTransformStmt: return "CREATE TRANSFORM"
        case T_CreateUserMappingStmt: return "CREATE USER MAPPING"
        case T_DropUserMappingStmt: return "DROP USER MAPPING"
        case T_ImportForeignSchemaStmt: return "IMPORT FOREIGN SCHEMA"
        case T_SecLabelStmt: return "SECURITY LABEL"
        default: throw unexpected("statement", node)
        }
    }
}
