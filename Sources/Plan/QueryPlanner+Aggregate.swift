internal import Base
internal import Catalog
internal import Query
internal import Types

extension QueryPlanner {
    /// GROUP BY and aggregates; afterwards only the group keys and the aggregates are in reach.
    func aggregate(_ input: PlannedPart) throws(SQLError) -> PlannedPart {
        let part = try expandGroupKeys(input)
        var calls: [AggregateCall] = []
        var keys = body.groupBy
        var outputs = body.targets.map(\.expression)
        if let having = body.having { outputs.append(having) }
        for output in outputs {
            collect(output, groupKeys: &keys, calls: &calls)
        }
        var aggregates: [PlannedAggregate] = []
        for call in calls {
            var orderBy: [SortKey] = []
            for key in call.orderBy {
                var key = key
                key.expression = try resolve(key.expression, part.layout)
                orderBy.append(key)
            }
            aggregates.append(
                PlannedAggregate(
                    function: call.function, arguments: try resolve(call.arguments, part.layout),
                    isDistinct: call.isDistinct,
                    filter: try call.filter.map { e throws(SQLError) in
                        try resolve(e, part.layout)
                    },
                    orderBy: orderBy, type: call.type))
        }
        var result = part
        result.node = .aggregate(
            part.node, groupKeys: try resolve(keys, part.layout), aggregates: aggregates)
        result.layout = Layout()
        for key in keys { result.layout.append(key) }
        for call in calls { result.layout.append(.aggregate(call)) }
        result.rows = keys.isEmpty ? 1 : max(part.rows / 10, 1)
        result.cost += part.rows * 0.1
        result.isOrdered = false
        return result
    }

    /// GROUP BY unnest(…): the rows are expanded before they are grouped.
    private func expandGroupKeys(_ input: PlannedPart) throws(SQLError) -> PlannedPart {
        let sets = body.groupBy.filter { source.returnsSet($0) }
        if sets.isEmpty { return input }
        var part = input
        let outputs = try slots(of: part) + resolve(sets, part.layout)
        var layout = part.layout
        for set in sets { layout.append(set) }
        let expanded = try expandSets(outputs, &part)
        part.node = .project(part.node, expanded)
        part.layout = layout
        return part
    }

    /// Finds the aggregates of an output expression, and variables outside of them that are no
    /// group key by themselves: they depend on a grouped primary key and become keys too.
    private func collect(
        _ expression: Expression, groupKeys: inout [Expression], calls: inout [AggregateCall]
    ) {
        if groupKeys.contains(where: { $0.isSame(as: expression) }) { return }
        func add(_ variable: Variable) {
            let key = Expression.variable(variable)
            if !groupKeys.contains(where: { $0.isSame(as: key) }) { groupKeys.append(key) }
        }
        switch expression {
        case .aggregate(let call):
            let isKnown = calls.contains {
                Expression.aggregate($0).isSame(as: expression)
            }
            if !isKnown { calls.append(call) }
        case .variable(let variable):
            if variable.levelsUp == 0 { add(variable) }
        case .subquery(let subquery):
            for child in expression.children {
                collect(child, groupKeys: &groupKeys, calls: &calls)
            }
            subquery.query.body.forEachVariable(depth: 1) { variable, level in
                guard level == 0 else { return }
                var own = variable
                own.levelsUp = 0
                add(own)
            }
        default:
            for child in expression.children {
                collect(child, groupKeys: &groupKeys, calls: &calls)
            }
        }
    }

    // MARK: min and max

    /// `SELECT max(id)` as the end of an index: each aggregate becomes a subplan that reads one
    /// row. Nil if the query has not that shape or no index helps.
    func planMinMax() throws(SQLError) -> PlannedPart? {
        guard body.hasAggregates, !body.hasWindows, body.groupBy.isEmpty, body.locking.isEmpty,
            semiJoins.isEmpty, case .entry(let relation) = body.from,
            case .table(let table) = body.rangeTable[relation].kind,
            table.kind != .partitionedTable
        else { return nil }
        var keys: [Expression] = []
        var calls: [AggregateCall] = []
        for target in body.targets {
            collect(target.expression, groupKeys: &keys, calls: &calls)
        }
        if let having = body.having { collect(having, groupKeys: &keys, calls: &calls) }
        guard keys.isEmpty, !calls.isEmpty else { return nil }
        var queries: [BoundQuery.Body] = []
        for call in calls {
            guard let query = endQuery(call, relation, table) else { return nil }
            queries.append(query)
        }
        var subplans: [Expression] = []
        for (query, call) in zip(queries, calls) {
            let planner = try QueryPlanner(context, query)
            let part = try planner.plan()
            context.subplans.append(part.node)
            let arguments = planner.outer.list.map { binding in
                (
                    parameter: binding.parameter,
                    value: Expression.executionParameter(
                        outer.parameter(for: binding.variable), type: binding.variable.type)
                )
            }
            subplans.append(
                .subplan(
                    SubplanReference(
                        kind: .scalar, subplan: context.subplans.count - 1, arguments: arguments,
                        type: call.type)))
        }
        func replace(_ expression: Expression) -> Expression {
            if case .aggregate = expression {
                for (index, call) in calls.enumerated()
                where Expression.aggregate(call).isSame(as: expression) {
                    return subplans[index]
                }
            }
            return expression.mapChildren { replace($0) }
        }
        for index in body.targets.indices {
            body.targets[index].expression = replace(body.targets[index].expression)
        }
        var part = PlannedPart(
            node: .oneRow, layout: Layout(), relations: .none, rows: 1, cost: 1)
        if let having = body.having {
            part.node = .filter(part.node, try resolve(replace(having), part.layout))
        }
        return try finish(part)
    }

    /// The query for the first or last row in the order of the aggregate's argument, if a key of
    /// the table has that order.
    private func endQuery(
        _ call: AggregateCall, _ relation: Int, _ table: Shared<Relation>
    ) -> BoundQuery.Body? {
        let number = call.function.rawValue
        let isMax = (2115...2130).contains(number) || number == 2244
        let isMin = (2131...2146).contains(number) || number == 2245
        guard isMax || isMin, call.arguments.count == 1, call.filter == nil, call.orderBy.isEmpty,
            case .variable(let variable) = call.arguments[0].withoutRelabels,
            variable.levelsUp == 0, variable.relation == relation,
            variable.column < table.value.columns.count
        else { return nil }
        var query = BoundQuery.Body()
        query.rangeTable = body.rangeTable
        query.from = body.from
        var terms = body.predicate?.conjuncts ?? []
        let conjuncts = terms.map { conjunct($0) }
        if conjuncts.contains(where: \.isVolatile) { return nil }
        let order = WantedOrder(
            columns: [(variable.column, isMax, isMax)], limit: 1)
        let chooser = AccessChooser(
            relation: relation, table: table, source: source, conjuncts: conjuncts)
        let path = chooser.choose(available: .none, order: order)
        guard path.isOrdered else { return nil }
        // With other conditions the end may be far: only where no key serves them better.
        if chooser.selectivity(without: path) < 1 {
            let other = chooser.choose(available: .none, order: nil)
            if !other.equal.isEmpty || other.lower != nil || other.upper != nil { return nil }
        }
        if !table.value.columns[variable.column].isNotNull {
            terms.append(.isNull(.variable(variable), negated: true))
        }
        query.predicate = Expression.conjunction(terms)
        query.targets = [
            Target(
                expression: call.arguments[0], column: OutputColumn(name: "?", type: call.type))
        ]
        query.orderBy = [TargetOrder(target: 0, descending: isMax, nullsFirst: isMax)]
        query.limit = .constant(
            Constant(type: SQLType(oid: .int8, modifier: -1), value: .word(1)))
        return query
    }
}
