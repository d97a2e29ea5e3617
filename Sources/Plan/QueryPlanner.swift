internal import Base
internal import Catalog
internal import Query
internal import Types

/// A term of WHERE or ON.
struct Conjunct {
    var expression: Expression
    /// Entries of this query that it needs.
    var relations: RelationSet
    var isVolatile: Bool
}

/// Plans one query level: FROM and WHERE, aggregation, then order, distinctness, limit and the
/// select list.
final class QueryPlanner {
    let context: PlanContext
    var body: BoundQuery.Body
    /// Variables of the queries around this one, as execution parameters.
    let outer: Bindings
    /// For each range table entry the columns that are read, ascending.
    private(set) var neededColumns: [[Int]] = []
    /// Entries whose row key is read too.
    var rowKeyRelations = RelationSet()
    /// Entries whose system columns are read.
    private var keyedRelations = RelationSet()
    /// The partition that is being planned as an entry of the query.
    var scannedPartition: Shared<Relation>?
    /// A cursor's query: rows keep the keys of its tables' rows, where a row is one of theirs.
    var givesRowKeys = false
    private(set) var rowKeys: [PlannedRowKey] = []
    /// The cursor whose row is the only one of entry 0 (WHERE CURRENT OF).
    var cursor: String?
    /// Entries that need no rights of their own: targets of the statement, and their partitions.
    var checkedRelations = RelationSet()
    /// [NOT] EXISTS conditions to be applied as joins after FROM.
    private(set) var semiJoins: [SemiJoin] = []
    /// WHERE and ON as they were before rewriting, for rechecks.
    private(set) var conditions: [Expression] = []

    init(_ context: PlanContext, _ body: BoundQuery.Body) throws(SQLError) {
        self.context = context
        self.body = context.folder.fold(body.inliningCommonTables(context.source))
        outer = Bindings(context)
        if body.rangeTable.count > RelationSet.relationsMax {
            throw SQLError.notSupported("a query with more than 128 FROM items")
        }
    }

    var source: PlannerSource { context.source }

    /// Brings the query into a form with more ways to plan it. `pullsUp`: subqueries in FROM may
    /// become part of it, which only the query's own expressions would know.
    func rewrite(pullsUp: Bool) {
        if !body.locking.isEmpty {
            conditions = body.predicate?.conjuncts ?? []
            body.from.appendInnerConditions(to: &conditions)
        }
        if QueryRewriter.isPlain(body) { return }
        var rewriter = QueryRewriter(source, body)
        rewriter.run(pullsUp: pullsUp && body.locking.isEmpty) { estimate($0) }
        body = rewriter.body
        semiJoins = rewriter.semiJoins
    }

    /// What another form of the query would take, planned aside; nil where it cannot be planned, which
    /// says nothing of the query itself.
    private func estimate(_ body: BoundQuery.Body) -> (rows: Double, cost: Double)? {
        do throws(SQLError) {
            let part = try QueryPlanner(context.scratch(), body).plan()
            return (part.rows, part.cost)
        } catch {
            return nil
        }
    }

    /// Finds which columns the query reads; `additional` expressions are DML's.
    func findNeededColumns(_ additional: [Expression] = []) {
        var needed = [[Int]](repeating: [], count: body.rangeTable.count)
        func note(_ variable: Variable, _ level: Int) {
            guard level == 0, variable.relation < needed.count else { return }
            var column = variable.column
            if variable.systemColumn != nil,
                case .table(let table) = body.rangeTable[variable.relation].kind
            {
                keyedRelations.insert(variable.relation)
                guard table.kind == .partitionedTable else { return }
                column = table.columns.count
            }
            let place = needed[variable.relation].firstIndex { $0 >= column }
            guard let place else { return needed[variable.relation].append(column) }
            if needed[variable.relation][place] != column {
                needed[variable.relation].insert(column, at: place)
            }
        }
        body.forEachVariable { note($0, $1) }
        for expression in additional { expression.forEachVariable { note($0, $1) } }
        for condition in conditions { condition.forEachVariable { note($0, $1) } }
        for join in semiJoins {
            for expression in join.conditions { expression.forEachVariable { note($0, $1) } }
            join.tree.forEachCondition { $0.forEachVariable { note($0, $1) } }
        }
        neededColumns = needed
    }

    /// True if the scans of an entry give row keys.
    func givesKeys(of relation: Int) -> Bool {
        rowKeyRelations.contains(relation) || keyedRelations.contains(relation)
    }

    /// Makes an entry's columns be read whatever the query mentions.
    func need(relation: Int, columns: [Int]) { neededColumns[relation] = columns }

    /// Locks on rows of a partitioned table have to know which partition a row is from.
    private func needPartitions() {
        for locking in body.locking {
            guard case .table(let table) = body.rangeTable[locking.relation].kind,
                table.kind == .partitionedTable
            else { continue }
            let column = table.columns.count
            if neededColumns[locking.relation].last != column {
                neededColumns[locking.relation].append(column)
            }
        }
    }

    /// The whole query; the visible targets are the first slots of the result.
    func plan() throws(SQLError) -> PlannedPart {
        let tables = try planCommonTables()
        var part = try planBody()
        context.noteCost(part.cost)
        if !tables.isEmpty { part.node = .with(tables: tables, part.node) }
        return part
    }

    private func planBody() throws(SQLError) -> PlannedPart {
        if body.setOperation != nil { return try planSetOperation() }
        rewrite(pullsUp: true)
        for locking in body.locking { rowKeyRelations.insert(locking.relation) }
        if givesRowKeys { for relation in updatableRelations { rowKeyRelations.insert(relation) } }
        findNeededColumns()
        needPartitions()
        if let rewritten = try planMinMax() { return rewritten }
        let isAggregated =
            body.hasAggregates || !body.groupBy.isEmpty || body.groupingSets != nil
            || body.having != nil
        let isReordered = isAggregated || body.hasWindows
        var part = try planFrom(order: isReordered ? nil : wantedOrder())
        if isAggregated {
            part = try aggregate(part)
            if let having = body.having {
                part.node = .filter(part.node, try resolve(having, part.layout))
                part.rows = max(part.rows * Cost.filterSelectivity, 1)
                part = part.estimated
            }
        }
        if body.hasWindows { part = try planWindows(part) }
        return try finish(part)
    }

    // MARK: Row keys

    /// The entries that WHERE CURRENT OF can mean: those locked, or else the only one.
    private var updatableRelations: [Int] {
        if body.hasAggregates || body.hasWindows || !body.groupBy.isEmpty || body.having != nil {
            return []
        }
        guard case .none = body.distinct else { return [] }
        if !body.locking.isEmpty { return body.locking.map(\.relation) }
        guard let relation = body.from.onlyEntry, semiJoins.isEmpty,
            case .table = body.rangeTable[relation].kind
        else { return [] }
        return [relation]
    }

    /// Appends the row keys of a cursor's query to its result; nothing where a sort or another
    /// operation lies between the table and the result, as in PostgreSQL.
    func appendRowKeys(
        to outputs: inout [Expression], of part: PlannedPart, isSorted: Bool
    ) {
        guard givesRowKeys, !isSorted || !body.locking.isEmpty else { return }
        for relation in updatableRelations {
            guard case .table(let table) = body.rangeTable[relation].kind,
                table.kind != .partitionedTable,
                let slot = part.layout.rowKeySlot(relation: relation)
            else { continue }
            rowKeys.append(
                PlannedRowKey(
                    relation: table.value.oid, column: outputs.count,
                    isLocked: !body.locking.isEmpty))
            outputs.append(.slot(slot, type: SQLType(oid: .bytea, modifier: -1)))
        }
    }

    // MARK: Expressions

    /// `expression` over slots of `layout`; variables that are not there become execution
    /// parameters of `bindings`, those of outer queries of `outer`.
    func resolve(
        _ expression: Expression, _ layout: Layout, bindings: Bindings? = nil
    ) throws(SQLError) -> Expression {
        if layout.hasExpressions, let slot = layout.slot(of: expression) {
            return .slot(slot, type: expression.type)
        }
        switch expression {
        case .variable(let variable):
            if variable.levelsUp > 0 {
                return .executionParameter(
                    outer.parameter(for: variable), type: variable.type)
            }
            if let slot = layout.slot(relation: variable.relation, column: variable.column) {
                return .slot(slot, type: variable.type)
            }
            if variable.column == Variable.rowKeyNumber,
                let key = layout.rowKeySlot(relation: variable.relation)
            {
                return .slot(key, type: variable.type)
            }
            if let column = variable.systemColumn,
                let key = layout.rowKeySlot(relation: variable.relation)
            {
                return try systemColumn(column, of: variable.relation, key: key, layout)
            }
            guard let bindings else {
                if variable.isOfVersion {
                    throw SQLError(
                        .featureNotSupported, "cannot retrieve a system column in this context")
                }
                throw SQLError(
                    .internalError,
                    "column \(variable.column) of FROM item \(variable.relation) is out of reach")
            }
            return .executionParameter(bindings.parameter(for: variable), type: variable.type)
        case .subquery(let subquery):
            return .subplan(try planSubquery(subquery, layout, bindings))
        case .aggregate, .windowCall, .grouping:
            throw SQLError(.internalError, "an aggregate is outside of its query's aggregation")
        case .defaultMarker:
            throw SQLError(.syntaxError, "DEFAULT is not allowed in this context")
        default:
            return try expression.mapChildren { child throws(SQLError) in
                try resolve(child, layout, bindings: bindings)
            }
        }
    }

    /// A system column of a row whose key is in `layout`.
    private func systemColumn(
        _ column: SystemColumn, of relation: Int, key: Int, _ layout: Layout
    ) throws(SQLError) -> Expression {
        var own = scannedPartition
        if own == nil, relation < body.rangeTable.count,
            case .table(let table) = body.rangeTable[relation].kind
        {
            own = table
        }
        let table: Expression
        let isWritten = layout.isWritten && relation == 0
        if isWritten, let slot = layout.tableSlot {
            table = .slot(slot, type: SQLType(.oid))
        } else if let own, own.kind != .partitionedTable {
            table = .constant(
                Constant(type: SQLType(.oid), value: .word(Int64(own.oid.rawValue))))
        } else if let own,
            let slot = layout.slot(relation: relation, column: own.columns.count)
        {
            table = .slot(slot, type: SQLType(.oid))
        } else {
            throw SQLError(.internalError, "a row with system columns is from a table")
        }
        return .systemColumn(
            column, table: table, key: .slot(key, type: SQLType(.bytea)),
            isWritten: isWritten)
    }

    func resolve(
        _ expressions: [Expression], _ layout: Layout, bindings: Bindings? = nil
    ) throws(SQLError) -> [Expression] {
        var result: [Expression] = []
        result.reserveCapacity(expressions.count)
        for expression in expressions {
            result.append(try resolve(expression, layout, bindings: bindings))
        }
        return result
    }

    private func planSubquery(
        _ subquery: Subquery, _ layout: Layout, _ bindings: Bindings?
    ) throws(SQLError) -> SubplanReference {
        var body = subquery.query.body
        if case .exists = subquery.kind, body.limit == nil, body.setOperation == nil {
            let int8 = SQLType(oid: .int8, modifier: -1)
            body.limit = .constant(Constant(type: int8, value: .word(1)))
            body.orderBy = []
        }
        let planner = try QueryPlanner(context, body)
        let part = try planner.plan()
        var arguments: [(parameter: Int, value: Expression)] = []
        for binding in planner.outer.list {
            var variable = binding.variable
            variable.levelsUp -= 1
            arguments.append(
                (
                    binding.parameter,
                    try resolve(.variable(variable), layout, bindings: bindings)
                ))
        }
        let kind: SubplanReference.Kind
        switch subquery.kind {
        case .exists: kind = .exists
        case .scalar: kind = .scalar
        case .array(let isNested): kind = .array(isNested: isNested)
        case .any(let left, let functions):
            kind = .any(left: try resolve(left, layout, bindings: bindings), functions: functions)
        case .all(let left, let functions):
            kind = .all(left: try resolve(left, layout, bindings: bindings), functions: functions)
        }
        context.subplans.append(part.node)
        return SubplanReference(
            kind: kind, subplan: context.subplans.count - 1, arguments: arguments,
            type: subquery.type)
    }

    func conjunct(_ expression: Expression) -> Conjunct {
        Conjunct(
            expression: expression, relations: expression.relations,
            isVolatile: source.isVolatile(expression))
    }

    // MARK: Order

    /// The order of one table's columns that the query's ORDER BY amounts to, if it does.
    private func wantedOrder() -> WantedOrder? {
        guard !body.orderBy.isEmpty, case .none = body.distinct,
            case .entry(let relation) = body.from
        else { return nil }
        var columns: [(column: Int, descending: Bool, nullsFirst: Bool)] = []
        for order in body.orderBy {
            guard
                case .variable(let variable) =
                    body.targets[order.target].expression.withoutRelabels,
                variable.levelsUp == 0, variable.relation == relation
            else { return nil }
            columns.append((variable.column, order.descending, order.nullsFirst))
        }
        var limit: Double?
        if case .constant(let constant) = body.limit, case .word(let count) = constant.value {
            limit = Double(count)
            if case .constant(let constant) = body.offset, case .word(let skip) = constant.value {
                limit! += Double(skip)
            }
        } else if body.limit != nil {
            limit = 10
        }
        return WantedOrder(columns: columns, limit: limit)
    }
}

extension JoinTree {
    /// The entry, where there is but one.
    fileprivate var onlyEntry: Int? {
        switch self {
        case .oneRow: nil
        case .entry(let relation): relation
        case .join(.inner, let tree, .oneRow, _): tree.onlyEntry
        case .join: nil
        }
    }
}
