internal import Base
internal import CPgQuery

/// INSERT, UPDATE, DELETE, MERGE, COPY, TRUNCATE.
extension TreeWalker {
    mutating func insert(
        _ node: UnsafeMutablePointer<InsertStmt>
    ) throws(SQLError) -> InsertStatement {
        var source: SelectStatement?
        if let query = node.pointee.selectStmt { source = try requiredSelect(query) }
        return InsertStatement(
            relation: try requiredRangeVariable(node.pointee.relation),
            columns: try resultTargets(node.pointee.cols), source: source,
            onConflict: try onConflict(node.pointee.onConflictClause),
            returning: try resultTargets(node.pointee.returningList),
            with: try with(node.pointee.withClause),
            overriding: overriding(node.pointee.override))
    }

    private func overriding(_ kind: CPgQuery.OverridingKind) -> OverridingKind {
        switch kind {
        case OVERRIDING_USER_VALUE: .userValue
        case OVERRIDING_SYSTEM_VALUE: .systemValue
        default: .notSet
        }
    }

    private mutating func onConflict(
        _ node: UnsafeMutablePointer<CPgQuery.OnConflictClause>?
    ) throws(SQLError) -> OnConflictClause? {
        guard let node else { return nil }
        var infer: InferClause?
        if let clause = node.pointee.infer {
            infer = InferClause(
                elements: try indexElements(clause.pointee.indexElems),
                filter: try optionalExpression(clause.pointee.whereClause),
                constraintName: string(clause.pointee.conname),
                location: Int(clause.pointee.location))
        }
        return OnConflictClause(
            action: node.pointee.action == ONCONFLICT_UPDATE ? .update : .nothing, infer: infer,
            assignments: try resultTargets(node.pointee.targetList),
            filter: try optionalExpression(node.pointee.whereClause),
            location: Int(node.pointee.location))
    }

    mutating func update(
        _ node: UnsafeMutablePointer<UpdateStmt>
    ) throws(SQLError) -> UpdateStatement {
        UpdateStatement(
            relation: try requiredRangeVariable(node.pointee.relation),
            assignments: try resultTargets(node.pointee.targetList),
            from: try fromItems(node.pointee.fromClause),
            filter: try optionalExpression(node.pointee.whereClause),
            returning: try resultTargets(node.pointee.returningList),
            with: try with(node.pointee.withClause))
    }

    mutating func delete(
        _ node: UnsafeMutablePointer<DeleteStmt>
    ) throws(SQLError) -> DeleteStatement {
        DeleteStatement(
            relation: try requiredRangeVariable(node.pointee.relation),
            using: try fromItems(node.pointee.usingClause),
            filter: try optionalExpression(node.pointee.whereClause),
            returning: try resultTargets(node.pointee.returningList),
            with: try with(node.pointee.withClause))
    }

    mutating func merge(
        _ node: UnsafeMutablePointer<MergeStmt>
    ) throws(SQLError) -> MergeStatement {
        let whens = try map(node.pointee.mergeWhenClauses) { (walker, item) throws(SQLError) in
            let when = walker.cast(item, to: MergeWhenClause.self)
            let action: MergeStatement.When.Action =
                switch when.pointee.commandType {
                case CMD_INSERT: .insert
                case CMD_UPDATE: .update
                case CMD_DELETE: .delete
                default: .nothing
                }
            return MergeStatement.When(
                isMatched: when.pointee.matched, action: action,
                overriding: walker.overriding(when.pointee.override),
                condition: try walker.optionalExpression(when.pointee.condition),
                targets: try walker.resultTargets(when.pointee.targetList),
                values: try walker.expressions(when.pointee.values))
        }
        return MergeStatement(
            relation: try requiredRangeVariable(node.pointee.relation),
            source: try requiredFromItem(node.pointee.sourceRelation),
            condition: try requiredExpression(node.pointee.joinCondition), whens: whens,
            with: try with(node.pointee.withClause))
    }

    mutating func copy(_ node: UnsafeMutablePointer<CopyStmt>) throws(SQLError) -> CopyStatement {
        var query: SyntaxStatement?
        if let inner = node.pointee.query { query = try statement(inner) }
        return CopyStatement(
            relation: optionalRangeVariable(node.pointee.relation), query: query,
            columns: try strings(node.pointee.attlist), isFrom: node.pointee.is_from,
            isProgram: node.pointee.is_program, fileName: string(node.pointee.filename),
            options: try definitions(node.pointee.options),
            filter: try optionalExpression(node.pointee.whereClause))
    }

    mutating func truncate(
        _ node: UnsafeMutablePointer<TruncateStmt>
    ) throws(SQLError) -> TruncateStatement {
        TruncateStatement(
            relations: try rangeVariables(node.pointee.relations),
            restartsIdentity: node.pointee.restart_seqs,
            behavior: behavior(node.pointee.behavior))
    }
}
