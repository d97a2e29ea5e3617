internal import Base
internal import Catalog
internal import Query
internal import Types

extension QueryPlanner {
    /// What a query's aggregation computes.
    private struct Aggregation {
        var keys: [Expression]
        var calls: [AggregateCall] = []
        /// The arguments of each GROUPING().
        var groupings: [[Expression]] = []

        mutating func add(_ key: Expression) {
            if !keys.contains(where: { $0.isSame(as: key) }) { keys.append(key) }
        }
    }

    /// GROUP BY and aggregates; afterwards only the group keys and the aggregates are in reach.
    func aggregate(_ input: PlannedPart) throws(SQLError) -> PlannedPart {
        let part = try expandGroupKeys(input)
        var aggregation = Aggregation(keys: body.groupBy)
        var outputs = body.targets.map(\.expression)
        if let having = body.having { outputs.append(having) }
        for output in outputs { collect(output, &aggregation) }
        // Those that queries below use are columns of their entry.
        var callSlots = aggregation.calls.map { Layout.Slot.expression(.aggregate($0)) }
        var groupingSlots = aggregation.groupings.map { Layout.Slot.expression(.grouping($0)) }
        for (relation, entry) in body.rangeTable.enumerated() {
            guard case .aggregates(let list) = entry.kind else { continue }
            for (column, expression) in list.enumerated() {
                if case .aggregate(let call) = expression {
                    aggregation.calls.append(call)
                    callSlots.append(.column(relation: relation, column: column))
                } else if case .grouping(let arguments) = expression {
                    aggregation.groupings.append(arguments)
                    groupingSlots.append(.column(relation: relation, column: column))
                }
            }
        }
        var aggregates: [PlannedAggregate] = []
        for call in aggregation.calls { aggregates.append(try planned(call, part.layout)) }
        let keys = aggregation.keys
        let sets = groupingSets(aggregation)
        var result = part
        let groupKeys = try resolve(keys, part.layout)
        let groupCount = selectivity.groupCount(keys, rows: part.rows)
        let workers =
            sets == nil ? parallelWorkers(part, groupKeys, aggregates, groupCount: groupCount) : 0
        result.node =
            workers == 0
            ? .aggregate(part.node, groupKeys: groupKeys, aggregates: aggregates, sets: sets)
            : .parallelAggregate(
                part.node, groupKeys: groupKeys, aggregates: aggregates, workers: workers)
        result.layout = Layout(callSlots + groupingSlots)
        result.layout.slots.insert(contentsOf: keys.map { .expression($0) }, at: 0)
        result.layout.hasExpressions = true
        let setCount = Double(sets?.sets.count ?? 1)
        result.rows = keys.isEmpty ? setCount : groupCount * setCount
        result.cost += part.rows * 0.1 * setCount
        result.isOrdered = false
        return result.estimated
    }

    /// GROUP BY unnest(…): the rows are expanded before they are grouped.
    private func expandGroupKeys(_ input: PlannedPart) throws(SQLError) -> PlannedPart {
        let sets = body.groupBy.filter { source.returnsSet($0) }
        if sets.isEmpty { return input }
        var part = input
        let outputs = try slots(of: part) + resolve(sets, part.layout)
        var layout = part.layout
        for set in sets { layout.append(set) }
        let expanded = expandSets(outputs, &part)
        part.node = .project(part.node, expanded)
        part.layout = layout
        return part
    }

    private func planned(
        _ call: AggregateCall, _ layout: Layout
    ) throws(SQLError) -> PlannedAggregate {
        var orderBy: [SortKey] = []
        for key in call.orderBy {
            var key = key
            key.expression = try resolve(key.expression, layout)
            orderBy.append(key)
        }
        return PlannedAggregate(
            function: call.function, arguments: try resolve(call.arguments, layout),
            isDistinct: call.isDistinct,
            filter: try call.filter.map { e throws(SQLError) in try resolve(e, layout) },
            orderBy: orderBy, type: call.type)
    }

    /// The grouping sets, where there is more to say than the keys. Keys that depend on others are in
    /// every set: those others are too.
    private func groupingSets(_ aggregation: Aggregation) -> PlannedGroupingSets? {
        if body.groupingSets == nil, aggregation.groupings.isEmpty { return nil }
        let own = body.groupBy.indices
        let dependent = Array(aggregation.keys.indices.dropFirst(own.count))
        let sets = (body.groupingSets ?? [Array(own)]).map { $0 + dependent }
        let groupings = aggregation.groupings.map { arguments in
            sets.map { set in
                arguments.reduce(Int64(0)) { bits, argument in
                    let key = body.groupBy.firstIndex { $0.isSame(as: argument) } ?? 0
                    return bits << 1 | (set.contains(key) ? 0 : 1)
                }
            }
        }
        return PlannedGroupingSets(sets: sets, groupings: groupings)
    }

    /// Finds the aggregates of an output expression, and variables outside of them that are no
    /// group key by themselves: they depend on a grouped primary key and become keys too.
    private func collect(_ expression: Expression, _ aggregation: inout Aggregation) {
        if aggregation.keys.contains(where: { $0.isSame(as: expression) }) { return }
        switch expression {
        case .aggregate(let call):
            let isKnown = aggregation.calls.contains {
                Expression.aggregate($0).isSame(as: expression)
            }
            if !isKnown { aggregation.calls.append(call) }
        case .grouping(let arguments):
            let isKnown = aggregation.groupings.contains {
                Expression.grouping($0).isSame(as: expression)
            }
            if !isKnown { aggregation.groupings.append(arguments) }
        case .variable(let variable):
            if variable.levelsUp == 0 { aggregation.add(expression) }
        case .subquery(let subquery):
            for child in expression.children { collect(child, &aggregation) }
            subquery.query.body.forEachVariable(depth: 1) { variable, level in
                guard level == 0 else { return }
                if case .aggregates = body.rangeTable[variable.relation].kind { return }
                var own = variable
                own.levelsUp = 0
                aggregation.add(.variable(own))
            }
        default:
            for child in expression.children { collect(child, &aggregation) }
        }
    }

    // MARK: min and max

    /// `SELECT max(id)` as the end of an index: each aggregate becomes a subplan that reads one
    /// row. Nil if the query has not that shape or no index helps.
    func planMinMax() throws(SQLError) -> PlannedPart? {
        guard body.hasAggregates, !body.hasWindows, body.groupBy.isEmpty,
            body.groupingSets == nil, body.rangeTable.count == 1, body.rangeTable[0].sample == nil,
            body.locking.isEmpty,
            semiJoins.isEmpty, case .entry(let relation) = body.from,
            case .table(let table) = body.rangeTable[relation].kind,
            table.kind != .partitionedTable
        else { return nil }
        var aggregation = Aggregation(keys: [])
        for target in body.targets { collect(target.expression, &aggregation) }
        if let having = body.having { collect(having, &aggregation) }
        let calls = aggregation.calls
        guard aggregation.keys.isEmpty, aggregation.groupings.isEmpty, !calls.isEmpty else {
            return nil
        }
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
            relation: relation, table: table, source: source, conjuncts: conjuncts,
            selectivity)
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
