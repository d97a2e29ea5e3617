internal import Base
internal import CPgQuery

/// Clauses that several statements share: ORDER BY, windows, WITH, locking, INTO.
extension TreeWalker {
    mutating func sortBys(_ list: ListPointer?) throws(SQLError) -> [SortBy] {
        guard list != nil else { return [] }
        return try map(list) { (walker, node) throws(SQLError) in
            let sort = walker.cast(node, to: CPgQuery.SortBy.self)
            return SortBy(
                expression: try walker.requiredExpression(sort.pointee.node),
                direction: try walker.direction(sort.pointee.sortby_dir),
                nulls: try walker.nulls(sort.pointee.sortby_nulls),
                usingOperator: try walker.strings(sort.pointee.useOp),
                location: Int(sort.pointee.location))
        }
    }

    func direction(_ direction: SortByDir) throws(SQLError) -> SortBy.Direction {
        switch direction {
        case SORTBY_DEFAULT: return .unspecified
        case SORTBY_ASC: return .ascending
        case SORTBY_DESC: return .descending
        case SORTBY_USING: return .using
        default: throw unexpected("sort direction", value: direction.rawValue)
        }
    }

    func nulls(_ nulls: SortByNulls) throws(SQLError) -> SortBy.Nulls {
        switch nulls {
        case SORTBY_NULLS_DEFAULT: return .unspecified
        case SORTBY_NULLS_FIRST: return .first
        case SORTBY_NULLS_LAST: return .last
        default: throw unexpected("nulls order", value: nulls.rawValue)
        }
    }

    mutating func windows(_ list: ListPointer?) throws(SQLError) -> [WindowDefinition] {
        guard list != nil else { return [] }
        return try map(list) { (walker, node) throws(SQLError) in
            try walker.windowDefinition(walker.cast(node, to: WindowDef.self))
        }
    }

    mutating func windowDefinition(
        _ node: UnsafeMutablePointer<WindowDef>
    ) throws(SQLError) -> WindowDefinition {
        WindowDefinition(
            name: string(node.pointee.name), referenceName: string(node.pointee.refname),
            partitionBy: try expressions(node.pointee.partitionClause),
            orderBy: try sortBys(node.pointee.orderClause),
            frame: FrameOptions(rawValue: node.pointee.frameOptions),
            startOffset: try optionalExpression(node.pointee.startOffset),
            endOffset: try optionalExpression(node.pointee.endOffset),
            location: Int(node.pointee.location))
    }

    mutating func lockings(_ list: ListPointer?) throws(SQLError) -> [LockingClause] {
        guard list != nil else { return [] }
        return try map(list) { (walker, node) throws(SQLError) in
            let locking = walker.cast(node, to: CPgQuery.LockingClause.self)
            let strength: LockingClause.Strength =
                switch locking.pointee.strength {
                case LCS_FORKEYSHARE: .keyShare
                case LCS_FORSHARE: .share
                case LCS_FORNOKEYUPDATE: .noKeyUpdate
                default: .update
                }
            let policy: LockingClause.WaitPolicy =
                switch locking.pointee.waitPolicy {
                case LockWaitSkip: .skipLocked
                case LockWaitError: .noWait
                default: .block
                }
            return LockingClause(
                relations: try walker.rangeVariables(locking.pointee.lockedRels),
                strength: strength, waitPolicy: policy)
        }
    }

    mutating func optionalInto(
        _ node: UnsafeMutablePointer<CPgQuery.IntoClause>?
    ) throws(SQLError) -> IntoClause? {
        guard let node else { return nil }
        return try into(node)
    }

    @inline(never)
    mutating func into(
        _ node: UnsafeMutablePointer<CPgQuery.IntoClause>
    ) throws(SQLError) -> IntoClause {
        IntoClause(
            relation: try requiredRangeVariable(node.pointee.rel),
            columnNames: try strings(node.pointee.colNames),
            accessMethod: string(node.pointee.accessMethod),
            options: try definitions(node.pointee.options),
            onCommit: onCommit(node.pointee.onCommit),
            tablespace: string(node.pointee.tableSpaceName), skipsData: node.pointee.skipData)
    }

    func onCommit(_ action: CPgQuery.OnCommitAction) -> OnCommitAction {
        switch action {
        case ONCOMMIT_PRESERVE_ROWS: .preserveRows
        case ONCOMMIT_DELETE_ROWS: .deleteRows
        case ONCOMMIT_DROP: .drop
        default: .none
        }
    }

    mutating func with(
        _ node: UnsafeMutablePointer<CPgQuery.WithClause>?
    ) throws(SQLError) -> WithClause? {
        guard let node else { return nil }
        let expressions = try map(node.pointee.ctes) { (walker, item) throws(SQLError) in
            try walker.commonTableExpression(walker.cast(item, to: CommonTableExpr.self))
        }
        return WithClause(
            isRecursive: node.pointee.recursive, expressions: expressions,
            location: Int(node.pointee.location))
    }

    @inline(never)
    private mutating func commonTableExpression(
        _ node: UnsafeMutablePointer<CommonTableExpr>
    ) throws(SQLError) -> CommonTableExpression {
        let materialization: CommonTableExpression.Materialization =
            switch node.pointee.ctematerialized {
            case CTEMaterializeAlways: .always
            case CTEMaterializeNever: .never
            default: .unspecified
            }
        var search: SearchClause?
        if let clause = node.pointee.search_clause {
            search = SearchClause(
                columns: try strings(clause.pointee.search_col_list),
                isBreadthFirst: clause.pointee.search_breadth_first,
                sequenceColumn: required(clause.pointee.search_seq_column),
                location: Int(clause.pointee.location))
        }
        var cycle: CycleClause?
        if let clause = node.pointee.cycle_clause {
            cycle = CycleClause(
                columns: try strings(clause.pointee.cycle_col_list),
                markColumn: required(clause.pointee.cycle_mark_column),
                markValue: try requiredExpression(clause.pointee.cycle_mark_value),
                markDefault: try requiredExpression(clause.pointee.cycle_mark_default),
                pathColumn: required(clause.pointee.cycle_path_column),
                location: Int(clause.pointee.location))
        }
        return CommonTableExpression(
            name: required(node.pointee.ctename),
            columnNames: try strings(node.pointee.aliascolnames),
            materialization: materialization, query: try statement(node.pointee.ctequery),
            search: search, cycle: cycle, location: Int(node.pointee.location))
    }

    func behavior(_ behavior: CPgQuery.DropBehavior) -> DropBehavior {
        behavior == DROP_CASCADE ? .cascade : .restrict
    }

    mutating func indexElements(_ list: ListPointer?) throws(SQLError) -> [IndexElement] {
        guard list != nil else { return [] }
        return try map(list) { (walker, node) throws(SQLError) in
            try walker.indexElement(node)
        }
    }

    mutating func indexElement(_ node: NodePointer) throws(SQLError) -> IndexElement {
        guard tag(node) == T_IndexElem else { throw unexpected("index element", node) }
        let element = cast(node, to: IndexElem.self)
        return IndexElement(
            name: string(element.pointee.name),
            expression: try optionalExpression(element.pointee.expr),
            collation: try strings(element.pointee.collation),
            operatorClass: try strings(element.pointee.opclass),
            operatorClassOptions: try definitions(element.pointee.opclassopts),
            direction: try direction(element.pointee.ordering),
            nulls: try nulls(element.pointee.nulls_ordering))
    }

    func roleSpecification(
        _ node: UnsafeMutablePointer<RoleSpec>?
    ) throws(SQLError) -> RoleSpecification {
        guard let node else { throw SQLError(.internalError, "role expected") }
        let kind: RoleSpecification.Kind =
            switch node.pointee.roletype {
            case ROLESPEC_CSTRING: .named(required(node.pointee.rolename))
            case ROLESPEC_CURRENT_ROLE: .currentRole
            case ROLESPEC_CURRENT_USER: .currentUser
            case ROLESPEC_SESSION_USER: .sessionUser
            case ROLESPEC_PUBLIC: .public
            default: throw unexpected("role kind", value: node.pointee.roletype.rawValue)
            }
        return RoleSpecification(kind: kind, location: Int(node.pointee.location))
    }

    func optionalRole(
        _ node: UnsafeMutablePointer<RoleSpec>?
    ) throws(SQLError) -> RoleSpecification? {
        guard node != nil else { return nil }
        return try roleSpecification(node)
    }

    mutating func roles(_ list: ListPointer?) throws(SQLError) -> [RoleSpecification] {
        try map(list) { (walker, node) throws(SQLError) in
            try walker.roleSpecification(walker.cast(node, to: RoleSpec.self))
        }
    }
}
