internal import Base
internal import Catalog
internal import Parse
internal import Query
internal import Types

/// MERGE (PostgreSQL's transformMergeStmt).
extension Analyzer {
    func analyzeMerge(_ merge: MergeStatement) throws(SQLError) -> BoundMerge {
        try withLevel { level throws(SQLError) in
            if merge.with?.isRecursive ?? false {
                throw SQLError(
                    .syntaxError, "WITH RECURSIVE is not supported for MERGE statement")
            }
            try analyzeWith(merge.with)
            try checkReachable(merge.whens)
            let table = try mergeTarget(merge.relation)
            addTable(table, alias: merge.relation.alias?.name)
            let (source, condition) = try analyzeMergeJoin(merge)
            let checks = try tableChecks(of: table)
            var actions: [BoundMerge.Action] = []
            for when in merge.whens {
                // Rows without a match have no columns of the target.
                level.namespace[0].isLateralOnly = !when.isMatched
                actions.append(try analyzeWhen(when, merge, table, checks))
            }
            level.namespace[0].isLateralOnly = false
            let hasUnmatched = merge.whens.contains { !$0.isMatched }
            var body = BoundQuery.Body()
            body.rangeTable = level.rangeTable
            body.from = .join(
                hasUnmatched ? .left : .inner, source, .entry(0), condition: condition)
            var bound = BoundMerge(
                table: table, query: BoundQuery(body), condition: condition, actions: actions,
                checks: checks)
            bound.partitions = try partitionedTable(table)
            bound.commonTables = commonTables()
            return bound
        }
    }

    private func checkReachable(_ whens: [MergeStatement.When]) throws(SQLError) {
        var isClosed = [false, false]
        for when in whens {
            let kind = when.isMatched ? 1 : 0
            if isClosed[kind] {
                throw SQLError(
                    .syntaxError,
                    "unreachable WHEN clause specified after unconditional WHEN clause")
            }
            if when.condition == nil { isClosed[kind] = true }
        }
    }

    private func mergeTarget(_ range: RangeVariable) throws(SQLError) -> Shared<Relation> {
        let relation = try lookUp(range)
        if scope.snapshot.isComputed(relation.oid) {
            throw SQLError(
                .insufficientPrivilege, "permission denied: \"\(relation.name)\" is a system catalog")
        }
        if !relation.columnPrivileges.isEmpty { meetsColumnPrivileges = true }
        switch relation.kind {
        case .table, .partitionedTable:
            return range.inherits ? relation : withoutPartitions(relation)
        case .view, .materializedView, .sequence:
            throw SQLError(
                .featureNotSupported, "cannot execute MERGE on relation \"\(relation.name)\""
            ).detail("This operation is not supported for \(relation.kind.plural).")
        case .index, .partitionedIndex, .compositeType:
            throw failure(
                .wrongObjectType, "cannot open relation \"\(relation.name)\"", at: range.location
            ).detail("This operation is not supported for \(relation.kind.plural).")
        }
    }

    /// USING … ON …; afterwards the namespace has the target, then the source.
    private func analyzeMergeJoin(
        _ merge: MergeStatement
    ) throws(SQLError) -> (JoinTree, Expression) {
        let target = level.namespace[0]
        level.namespace = []
        let source = try analyzeFrom([merge.source])
        if let name = target.name, level.namespace.last?.name == name {
            throw SQLError(.duplicateAlias, "name \"\(name)\" specified more than once")
                .detail("The name is used both as MERGE target table and data source.")
        }
        level.namespace.insert(target, at: 0)
        let condition = try inClause(.joinCondition) { () throws(SQLError) in
            try analyzeBoolean(merge.condition, construct: "JOIN/ON")
        }
        return (source, condition)
    }

    private func analyzeWhen(
        _ when: MergeStatement.When, _ merge: MergeStatement, _ table: Shared<Relation>,
        _ checks: TableChecks
    ) throws(SQLError) -> BoundMerge.Action {
        var condition: Expression?
        if let syntax = when.condition {
            condition = try inClause(.mergeWhen) { () throws(SQLError) in
                try analyzeBoolean(syntax, construct: "WHEN")
            }
        }
        let change: BoundMerge.Action.Change
        switch when.action {
        case .nothing: change = .nothing
        case .delete: change = .delete
        case .update:
            change = .update(
                try inClause(.updateSource) { () throws(SQLError) in
                    try analyzeAssignments(when.targets, table)
                })
        case .insert: change = try analyzeMergeInsert(when, merge, table, checks)
        }
        return BoundMerge.Action(
            isMatched: when.isMatched, condition: condition, change: change)
    }

    private func analyzeMergeInsert(
        _ when: MergeStatement.When, _ merge: MergeStatement, _ table: Shared<Relation>,
        _ checks: TableChecks
    ) throws(SQLError) -> BoundMerge.Action.Change {
        let source =
            when.values.isEmpty ? nil : SelectStatement(valuesLists: [when.values])
        let insert = InsertStatement(
            relation: merge.relation, columns: when.targets, source: source, onConflict: nil,
            returning: [], with: nil, overriding: when.overriding)
        let targets = try insertColumns(insert, table)
        let given = try analyzeInsertSource(insert, table, targets)
        var columns = given.columns
        var values = given.query.body.targets.map(\.expression)
        if when.targets.contains(where: { !$0.indirection.isEmpty }) {
            let parts = zip(targets, when.targets).filter { columns.contains($0.0) }
            let whole = try assembled(
                values, parts.map { (column: $0.0, target: $0.1) }, table)
            columns = whole.columns
            values = whole.targets.map(\.expression)
        }
        var bound = BoundInsert(
            table: table, columns: columns, source: BoundQuery(BoundQuery.Body()),
            defaults: try insertDefaults(table, given: columns), checks: checks,
            conflict: nil, returning: [])
        bound.partitions = try partitionedTable(table)
        return .insert(bound, values: values)
    }
}
