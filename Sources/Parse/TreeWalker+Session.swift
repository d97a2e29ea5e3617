internal import Base
internal import CPgQuery

/// Transactions, settings, cursors, maintenance.
extension TreeWalker {
    mutating func transaction(
        _ node: UnsafeMutablePointer<TransactionStmt>
    ) throws(SQLError) -> TransactionStatement {
        let kind: TransactionStatement.Kind =
            switch node.pointee.kind {
            case TRANS_STMT_BEGIN: .begin
            case TRANS_STMT_START: .start
            case TRANS_STMT_COMMIT: .commit
            case TRANS_STMT_ROLLBACK: .rollback
            case TRANS_STMT_SAVEPOINT: .savepoint
            case TRANS_STMT_RELEASE: .release
            case TRANS_STMT_ROLLBACK_TO: .rollbackTo
            case TRANS_STMT_PREPARE: .prepare
            case TRANS_STMT_COMMIT_PREPARED: .commitPrepared
            case TRANS_STMT_ROLLBACK_PREPARED: .rollbackPrepared
            default: throw unexpected("transaction statement", value: node.pointee.kind.rawValue)
            }
        return TransactionStatement(
            kind: kind, options: try definitions(node.pointee.options),
            savepointName: string(node.pointee.savepoint_name),
            globalIdentifier: string(node.pointee.gid), isChained: node.pointee.chain)
    }

    mutating func requiredVariableSet(
        _ node: UnsafeMutablePointer<VariableSetStmt>?
    ) throws(SQLError) -> VariableSetStatement {
        guard let node else { throw SQLError(.internalError, "SET expected") }
        return try variableSet(node)
    }

    mutating func variableSet(
        _ node: UnsafeMutablePointer<VariableSetStmt>
    ) throws(SQLError) -> VariableSetStatement {
        let kind: VariableSetStatement.Kind =
            switch node.pointee.kind {
            case VAR_SET_VALUE: .value
            case VAR_SET_DEFAULT: .default
            case VAR_SET_CURRENT: .current
            case VAR_SET_MULTI: .multi
            case VAR_RESET: .reset
            case VAR_RESET_ALL: .resetAll
            default: throw unexpected("SET kind", value: node.pointee.kind.rawValue)
            }
        let arguments = try map(node.pointee.args) {
            (walker, item) throws(SQLError) -> VariableSetStatement.Argument in
            switch walker.tag(item) {
            case T_A_Const:
                let constant = walker.cast(item, to: A_Const.self)
                return .constant(
                    try walker.constantValue(constant), location: Int(constant.pointee.location))
            case T_TypeCast:
                let cast = walker.cast(item, to: TypeCast.self)
                guard let inner = cast.pointee.arg, walker.tag(inner) == T_A_Const,
                    case .string(let text) = try walker.constantValue(
                        walker.cast(inner, to: A_Const.self))
                else { throw walker.unexpected("SET argument", item) }
                return .interval(text, try walker.typeName(cast.pointee.typeName))
            case T_DefElem:
                return .element(try walker.definition(walker.cast(item, to: DefElem.self)))
            default: throw walker.unexpected("SET argument", item)
            }
        }
        return VariableSetStatement(
            kind: kind, name: string(node.pointee.name), arguments: arguments,
            isLocal: node.pointee.is_local)
    }

    mutating func prepare(
        _ node: UnsafeMutablePointer<PrepareStmt>
    ) throws(SQLError) -> PrepareStatement {
        PrepareStatement(
            name: required(node.pointee.name),
            argumentTypes: try map(node.pointee.argtypes) { (walker, item) throws(SQLError) in
                try walker.typeName(node: item)
            },
            query: try statement(node.pointee.query))
    }

    mutating func fetch(
        _ node: UnsafeMutablePointer<FetchStmt>
    ) throws(SQLError) -> FetchStatement {
        let direction: FetchStatement.Direction =
            switch node.pointee.direction {
            case FETCH_FORWARD: .forward
            case FETCH_BACKWARD: .backward
            case FETCH_ABSOLUTE: .absolute
            case FETCH_RELATIVE: .relative
            default: throw unexpected("FETCH", value: node.pointee.direction.rawValue)
            }
        return FetchStatement(
            direction: direction, count: Int(node.pointee.howMany),
            portalName: required(node.pointee.portalname), isMove: node.pointee.ismove)
    }

    func discardTarget(_ mode: DiscardMode) throws(SQLError) -> DiscardTarget {
        switch mode {
        case DISCARD_ALL: return .all
        case DISCARD_PLANS: return .plans
        case DISCARD_SEQUENCES: return .sequences
        case DISCARD_TEMP: return .temporary
        default: throw unexpected("DISCARD", value: mode.rawValue)
        }
    }

    mutating func lock(_ node: UnsafeMutablePointer<LockStmt>) throws(SQLError) -> LockStatement {
        guard let mode = LockStatement.Mode(rawValue: Int(node.pointee.mode)) else {
            throw unexpected("lock mode", value: node.pointee.mode)
        }
        return LockStatement(
            relations: try rangeVariables(node.pointee.relations), mode: mode,
            isNoWait: node.pointee.nowait)
    }

    mutating func vacuum(
        _ node: UnsafeMutablePointer<VacuumStmt>
    ) throws(SQLError) -> VacuumStatement {
        VacuumStatement(
            isVacuum: node.pointee.is_vacuumcmd, options: try definitions(node.pointee.options),
            relations: try map(node.pointee.rels) { (walker, item) throws(SQLError) in
                let relation = walker.cast(item, to: VacuumRelation.self)
                return VacuumStatement.Relation(
                    relation: try walker.requiredRangeVariable(relation.pointee.relation),
                    columns: try walker.strings(relation.pointee.va_cols))
            })
    }

    mutating func reindex(
        _ node: UnsafeMutablePointer<ReindexStmt>
    ) throws(SQLError) -> ReindexStatement {
        let kind: ReindexStatement.Kind =
            switch node.pointee.kind {
            case REINDEX_OBJECT_INDEX: .index
            case REINDEX_OBJECT_TABLE: .table
            case REINDEX_OBJECT_SCHEMA: .schema
            case REINDEX_OBJECT_SYSTEM: .system
            case REINDEX_OBJECT_DATABASE: .database
            default: throw unexpected("REINDEX", value: node.pointee.kind.rawValue)
            }
        return ReindexStatement(
            kind: kind, relation: optionalRangeVariable(node.pointee.relation),
            name: node.pointee.name.map { String(cString: $0) },
            options: try definitions(node.pointee.params))
    }
}
