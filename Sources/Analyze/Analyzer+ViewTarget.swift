internal import Base
internal import Catalog
internal import Parse
internal import Query
internal import Types

/// A view that INSERT, UPDATE or DELETE names, seen through to the table below it (PostgreSQL's
/// rewriteTargetView). Expressions are over relation 0: the table.
struct ViewTarget {
    var view: Shared<Relation>
    var table: Shared<Relation>
    /// What each column of the view is.
    var columns: [Expression]
    /// The table's column that each of the view's is, or why it cannot be changed.
    var baseColumns: [(column: Int?, obstacle: String)]
    /// The conditions of all the views between.
    var qualifications: [Expression]
    /// What their check options ask of a new row, the innermost view's first.
    var checks: [TableChecks.Check]
    /// Whose rights count for the table.
    var checkAs: OID
}

extension Analyzer {
    /// - Throws: 55000 for a view that is not automatically updatable.
    func viewTarget(_ view: Shared<Relation>, verb: String) throws(SQLError) -> ViewTarget {
        try viewTarget(view, verb: verb, isCascaded: false, user: checkAs)
    }

    private func viewTarget(
        _ view: Shared<Relation>, verb: String, isCascaded: Bool, user: OID
    ) throws(SQLError) -> ViewTarget {
        if view.viewDefinition == nil {
            throw SQLError(
                .insufficientPrivilege, "permission denied: \"\(view.name)\" is a system catalog")
        }
        let query = try viewQuery(view)
        if let obstacle = ViewUpdatability.obstacle(query) {
            throw notUpdatable(view.value, verb: verb, obstacle)
        }
        guard let base = ViewUpdatability.base(of: query), case .entry(let entry) = query.body.from
        else { throw notUpdatable(view.value, verb: verb, "") }
        let option = view.value.checkOption
        let checks = option != "NONE" || isCascaded
        let owner = view.options.contains("security_invoker=true") ? user : view.owner
        var below: ViewTarget
        if base.kind == .view {
            below = try viewTarget(
                base, verb: verb, isCascaded: isCascaded || option == "CASCADED", user: owner)
        } else {
            let columns = base.columns.indices.map {
                Expression.variable(
                    Variable(relation: 0, column: $0, type: base.columns[$0].type))
            }
            below = ViewTarget(
                view: view, table: base, columns: columns,
                baseColumns: base.columns.indices.map { ($0, "") }, qualifications: [],
                checks: [], checkAs: owner)
        }
        let tableOID = Expression.variable(
            Variable(relation: 0, column: below.table.columns.count, type: SQLType(.oid)))
        func lower(_ expression: Expression) -> Expression {
            expression.mapVariables { variable, depth in
                guard variable.levelsUp == depth, variable.relation == entry else {
                    return .variable(variable)
                }
                if variable.column < below.columns.count {
                    return below.columns[variable.column].lowered(by: depth)
                }
                guard variable.systemColumn != nil else { return tableOID.lowered(by: depth) }
                var own = variable
                own.relation = 0
                return .variable(own)
            }
        }
        let visible = query.body.targets.filter { !$0.isHidden }
        let baseColumns = visible.indices.map { index -> (column: Int?, obstacle: String) in
            let own = ViewUpdatability.baseColumn(index, of: query)
            guard let column = own.column else { return own }
            return below.baseColumns[column]
        }
        below.view = view
        below.columns = visible.map { lower($0.expression) }
        below.baseColumns = baseColumns
        if let predicate = query.body.predicate {
            let condition = lower(predicate)
            below.qualifications.append(condition)
            if checks {
                below.checks.append(
                    TableChecks.Check(
                        name: view.name,
                        predicate: .isBoolean(condition, value: true, negated: false),
                        isOfView: true))
            }
        }
        return below
    }

    private func notUpdatable(_ view: Relation, verb: String, _ obstacle: String) -> SQLError {
        let (doing, event): (String, String) =
            switch verb {
            case "insert into": ("inserting into", "INSERT")
            case "update": ("updating", "UPDATE")
            default: ("deleting from", "DELETE")
            }
        return SQLError(
            .objectNotInPrerequisiteState, "cannot \(verb) view \"\(view.name)\""
        ).detail(obstacle).hint(
            "To enable \(doing) the view, provide an INSTEAD OF \(event) trigger or an unconditional ON \(event) DO INSTEAD rule."
        )
    }

    // MARK: Columns of the target

    /// The table's column that the statement calls `name`; nil if there is none.
    /// - Throws: 0A000 for a view's column that cannot be changed.
    func targetColumn(
        _ name: String, in table: Shared<Relation>, verb: String
    ) throws(SQLError) -> Int? {
        guard let target = level.target else { return table.value.columnIndex(named: name) }
        guard let index = target.view.value.columnIndex(named: name) else { return nil }
        guard let column = target.baseColumns[index].column else {
            throw unchangeable(index, of: target, verb: verb)
        }
        return column
    }

    /// Places of a view's columns that are none of the table's are negative.
    func checkInsertable(_ columns: [Int]) throws(SQLError) {
        guard let target = level.target else { return }
        if let bad = columns.first(where: { $0 < 0 }) {
            throw unchangeable(-1 - bad, of: target, verb: "insert into")
        }
        for (index, column) in columns.enumerated() where columns[..<index].contains(column) {
            throw SQLError(
                .syntaxError,
                "multiple assignments to same column \"\(target.table.columns[column].name)\"")
        }
    }

    private func unchangeable(_ column: Int, of target: ViewTarget, verb: String) -> SQLError {
        SQLError(
            .featureNotSupported,
            "cannot \(verb) column \"\(target.view.columns[column].name)\" of view \"\(target.view.name)\""
        ).detail(target.baseColumns[column].obstacle)
    }

    /// A view's column default comes before its table's; SET … = DEFAULT asks the view alone.
    func targetDefault(
        of column: Int, in table: Shared<Relation>, isUpdate: Bool = false
    ) throws(SQLError) -> Expression? {
        guard let target = level.target else { return try defaultExpression(of: column, in: table) }
        for (index, base) in target.baseColumns.enumerated() where base.column == column {
            if let value = try defaultExpression(of: index, in: target.view) { return value }
        }
        return isUpdate ? nil : try defaultExpression(of: column, in: table)
    }

    /// Makes the statement's target relation 0, seen through the view's columns.
    func addTarget(_ table: Shared<Relation>, alias: String?) {
        addTable(table, alias: alias)
        guard let target = level.target else { return }
        level.rangeTable[0].checkAs = target.checkAs
        level.namespace[0] = NamespaceItem(
            name: alias ?? target.view.name, schema: nil,
            columns: zip(target.view.columns, target.columns).map {
                NamespaceItem.Entry(name: $0.name, expression: $1)
            })
    }

    /// The columns of `excluded` in ON CONFLICT.
    func excludedItem(_ excluded: Int) -> NamespaceItem {
        guard let target = level.target else { return namespaceItem(of: excluded, schema: nil) }
        let columns = zip(target.view.columns, target.columns).map { column, expression in
            NamespaceItem.Entry(
                name: column.name,
                expression: expression.mapVariables { variable, depth in
                    var variable = variable
                    if variable.levelsUp == depth { variable.relation = excluded }
                    return .variable(variable)
                })
        }
        return NamespaceItem(name: "excluded", schema: nil, columns: columns)
    }

    // MARK: FOR UPDATE

    func rowLocking(_ clause: LockingClause, of relation: Int) -> RowLocking {
        let strength: RowLockStrength =
            switch clause.strength {
            case .keyShare: .keyShare
            case .share: .share
            case .noKeyUpdate: .noKeyUpdate
            case .update: .update
            }
        let policy: LockWaitPolicy =
            switch clause.waitPolicy {
            case .block: .wait
            case .skipLocked: .skipLocked
            case .noWait: .noWait
            }
        return RowLocking(relation: relation, strength: strength, policy: policy)
    }

    /// A view or subquery in FROM with the locks of the query around it.
    func locked(_ query: BoundQuery, _ clause: LockingClause) throws(SQLError) -> BoundQuery {
        var body = query.body
        func refuse(_ what: String) -> SQLError {
            SQLError(
                .featureNotSupported, "\(lockingName(clause)) is not allowed with \(what)")
        }
        if body.setOperation != nil { throw refuse("UNION/INTERSECT/EXCEPT") }
        if case .none = body.distinct {} else { throw refuse("DISTINCT clause") }
        if !body.groupBy.isEmpty || body.groupingSets != nil { throw refuse("GROUP BY clause") }
        if body.having != nil { throw refuse("HAVING clause") }
        if body.hasAggregates { throw refuse("aggregate functions") }
        if body.hasWindows { throw refuse("window functions") }
        for (index, entry) in body.rangeTable.enumerated() {
            switch entry.kind {
            case .table: body.locking.append(rowLocking(clause, of: index))
            case .subquery(let inner):
                body.rangeTable[index].kind = .subquery(try locked(inner, clause))
            case .computed, .sequence, .values, .function, .excluded, .common, .aggregates: break
            }
        }
        return BoundQuery(body)
    }
}
