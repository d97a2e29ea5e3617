internal import Base
internal import Catalog
internal import Functions
internal import Parse
internal import Query
internal import Types

/// UPDATE and DELETE.
extension Analyzer {
    func analyzeUpdate(_ update: UpdateStatement) throws(SQLError) -> BoundModify {
        try withLevel { level throws(SQLError) in
            try analyzeWith(update.with)
            let table = only(update.relation, try modifiableTable(update.relation, verb: "update"))
            addTarget(table, alias: update.relation.alias?.name)
            let from = try analyzeOtherTables(update.from)
            let (predicate, cursor) = try analyzeFilter(update.filter)
            let assignments = try inClause(.updateSource) { () throws(SQLError) in
                try analyzeAssignments(update.assignments, table)
            }
            let returning = try analyzeReturning(update.returning)
            var checks = try tableChecks(of: table)
            checks.checks += level.target?.checks ?? []
            var bound = BoundModify(
                table: table, query: modifyQuery(from, predicate), assignments: assignments,
                checks: checks, returning: returning, cursor: cursor)
            bound.checkAs = level.target?.checkAs ?? .invalid
            bound.partitions = try partitionedTable(table)
            bound.commonTables = commonTables()
            if let view = level.targetView { views[view].rights = bound.rights }
            return bound
        }
    }

    func analyzeDelete(_ delete: DeleteStatement) throws(SQLError) -> BoundModify {
        try withLevel { level throws(SQLError) in
            try analyzeWith(delete.with)
            let table = only(
                delete.relation, try modifiableTable(delete.relation, verb: "delete from"))
            addTarget(table, alias: delete.relation.alias?.name)
            let from = try analyzeOtherTables(delete.using)
            let (predicate, cursor) = try analyzeFilter(delete.filter)
            let returning = try analyzeReturning(delete.returning)
            var checks = try tableChecks(of: table)
            checks.checks += level.target?.checks ?? []
            var bound = BoundModify(
                table: table, query: modifyQuery(from, predicate), assignments: nil,
                checks: checks, returning: returning, cursor: cursor)
            bound.checkAs = level.target?.checkAs ?? .invalid
            bound.partitions = try partitionedTable(table)
            bound.commonTables = commonTables()
            if let view = level.targetView { views[view].rights = bound.rights }
            return bound
        }
    }

    /// ONLY: a partitioned table without its partitions.
    private func only(_ range: RangeVariable, _ table: Shared<Relation>) -> Shared<Relation> {
        range.inherits ? table : withoutPartitions(table)
    }

    /// The queries of the statement's WITH. They may be read outside of its FROM and WHERE, so that
    /// they become no part of those.
    func commonTables() -> [CommonTable] {
        (level.with?.tables ?? []).map { table in
            var table = table
            table.materialization = .always
            return table
        }
    }

    /// FROM of UPDATE and USING of DELETE, joined to the target (relation 0).
    private func analyzeOtherTables(_ items: [SyntaxFromItem]) throws(SQLError) -> JoinTree {
        if items.isEmpty { return .entry(0) }
        let others = try analyzeFrom(items)
        return .join(.inner, .entry(0), others, condition: nil)
    }

    /// WHERE, or the cursor of WHERE CURRENT OF.
    private func analyzeFilter(
        _ filter: SyntaxExpression?
    ) throws(SQLError) -> (predicate: Expression?, cursor: String?) {
        guard let filter else { return (nil, nil) }
        if case .currentOf(let cursor) = filter { return (nil, cursor) }
        let predicate = try inClause(.filter) { () throws(SQLError) in
            try analyzeBoolean(filter, construct: "WHERE")
        }
        return (predicate, nil)
    }

    private func modifyQuery(_ from: JoinTree, _ predicate: Expression?) -> BoundQuery {
        var body = BoundQuery.Body()
        body.rangeTable = level.rangeTable
        body.from = from
        let terms = (level.target?.qualifications ?? []) + (predicate.map { [$0] } ?? [])
        body.predicate = terms.count > 1 ? .and(terms) : terms.first
        return BoundQuery(body)
    }

    /// SET a = 1, (b, c) = (2, 3).
    func analyzeAssignments(
        _ targets: [ResultTarget], _ table: Shared<Relation>
    ) throws(SQLError) -> [Assignment] {
        var assignments: [Assignment] = []
        for target in targets {
            let name = target.name ?? ""
            guard let index = try targetColumn(name, in: table, verb: "update") else {
                if level.target == nil, table.value.isSystemColumn(name) {
                    throw failure(
                        .featureNotSupported, "cannot assign to system column \"\(name)\"",
                        at: target.location)
                }
                throw failure(
                    .undefinedColumn,
                    "column \"\(name)\" of relation \"\((level.target?.view ?? table).name)\" does not exist",
                    at: target.location)
            }
            guard let value = target.value else { continue }
            if !target.indirection.isEmpty {
                try assignPart(value, of: index, target, table, &assignments)
                continue
            }
            if assignments.contains(where: { $0.column == index }) {
                throw SQLError(
                    .syntaxError,
                    "multiple assignments to same column \"\(table.columns[index].name)\"")
            }
            assignments.append(
                Assignment(column: index, value: try assignedValue(value, index, table)))
        }
        return assignments
    }

    /// `SET column[i] = value`, after other assignments to parts of the column.
    private func assignPart(
        _ value: SyntaxExpression, of index: Int, _ target: ResultTarget,
        _ table: Shared<Relation>, _ assignments: inout [Assignment]
    ) throws(SQLError) {
        let column = table.columns[index]
        if case .setToDefault = value {
            throw failure(
                .featureNotSupported,
                target.indirection.last?.isSubscript == false
                    ? "cannot set a subfield to DEFAULT"
                    : "cannot set an array element to DEFAULT",
                at: target.location)
        }
        let variable = Expression.variable(
            Variable(relation: 0, column: index, type: column.type))
        let earlier = assignments.firstIndex { $0.column == index }
        let array = earlier.map { assignments[$0].value } ?? variable
        if earlier != nil, !array.assignsParts {
            throw SQLError(
                .syntaxError, "multiple assignments to same column \"\(column.name)\"")
        }
        var source = value
        var given: Expression?
        if case .multiAssign(let whole, let number, let count) = value {
            if case .row(let elements, _, _) = whole, elements.count == count {
                source = elements[number - 1]
            } else {
                given = try subqueryColumn(number, of: count, in: whole)
            }
        }
        let expression = if let given { given } else { try analyze(source) }
        let assigned = try assigned(
            expression, target.indirection[...], in: array,
            AssignedPart(
                column: column.name, name: column.name, location: target.location,
                valueLocation: location(of: source)))
        if let earlier {
            assignments[earlier].value = assigned
        } else {
            assignments.append(Assignment(column: index, value: assigned))
        }
    }

    /// One column of `(a, b) = (SELECT …)`: the subquery with its other columns hidden.
    private func subqueryColumn(
        _ number: Int, of count: Int, in source: SyntaxExpression
    ) throws(SQLError) -> Expression {
        guard case .subLink(let link) = source, link.kind == .expression else {
            throw failure(
                .featureNotSupported,
                "source for a multiple-column UPDATE item must be a sub-SELECT or ROW() expression",
                at: location(of: source))
        }
        let query = try analyzeQuery(link.subselect)
        guard query.columns.count == count else {
            throw failure(
                .syntaxError, "number of columns does not match number of values",
                at: location(of: source))
        }
        var body = query.body
        let visible = body.targets.indices.filter { !body.targets[$0].isHidden }
        for (position, index) in visible.enumerated() where position != number - 1 {
            body.targets[index].isHidden = true
        }
        return .subquery(
            Subquery(
                kind: .scalar, query: BoundQuery(body),
                type: body.targets[visible[number - 1]].column.type))
    }

    private func assignedValue(
        _ syntax: SyntaxExpression, _ index: Int, _ table: Shared<Relation>
    ) throws(SQLError) -> Expression {
        let column = table.columns[index]
        var syntax = syntax
        if case .multiAssign(let source, let number, let count) = syntax {
            guard case .row(let elements, _, _) = source else {
                return try assign(
                    try subqueryColumn(number, of: count, in: source), to: column,
                    at: location(of: source))
            }
            if elements.count != count {
                throw failure(
                    .syntaxError, "number of columns does not match number of values",
                    at: location(of: source))
            }
            syntax = elements[number - 1]
        }
        if case .setToDefault = syntax {
            return try targetDefault(of: index, in: table, isUpdate: true)
                ?? .constant(.null(column.type))
        }
        if column.identity == .always {
            throw SQLError(
                .generatedAlways, "column \"\(column.name)\" can only be updated to DEFAULT"
            ).detail(
                "Column \"\(column.name)\" is an identity column defined as GENERATED ALWAYS.")
        }
        if column.isGenerated {
            throw SQLError(
                .generatedAlways, "column \"\(column.name)\" can only be updated to DEFAULT"
            ).detail("Column \"\(column.name)\" is a generated column.")
        }
        return try assign(try analyze(syntax), to: column, at: location(of: syntax))
    }
}
