internal import Base
internal import Catalog
internal import Query
internal import Types

/// Makes the operators of a plan, once for each running copy of it.
struct OperatorBuilder {
    let run: RunState
    let compiler: ExpressionCompiler

    init(run: RunState) {
        self.run = run
        compiler = ExpressionCompiler(run: run)
    }

    /// - Parameter live: which slots of the node's output are read.
    func build(_ node: PlanNode, _ live: LiveSlots = .all) throws(SQLError) -> Operator {
        guard let instrumentation = run.instrumentation else { return try make(node, live) }
        if case .estimated(let input, _) = node { return try build(input, live) }
        let counters = instrumentation.begin()
        defer { instrumentation.end() }
        return InstrumentedOperator(try make(node, live), counters, instrumentation)
    }

    /// The root of a subplan: it is measured by itself.
    func buildSubplan(_ node: PlanNode, _ number: Int) throws(SQLError) -> Operator {
        guard let instrumentation = run.instrumentation else { return try build(node) }
        let (root, counters) = try instrumentation.separately { () throws(SQLError) in
            try build(node)
        }
        instrumentation.subplans[number] = counters
        return root
    }

    private func make(_ node: PlanNode, _ live: LiveSlots) throws(SQLError) -> Operator {
        switch node {
        case .estimated(let input, _): return try make(input, live)
        case .oneRow: return OneRowOperator(run: run)
        case .tableScan(let scan): return try TableScanOperator(scan, live: live, builder: self)
        case .computedScan(let relation, let columns, let filter, _):
            return try filtered(
                try ComputedScanOperator(relation, columns: columns, run: run), filter)
        case .sequenceScan(let sequence, let columns, _):
            return SequenceScanOperator(sequence, columns: columns, run: run)
        case .values(let rows, let types):
            var sets: [ExpressionSet] = []
            sets.reserveCapacity(rows.count)
            for row in rows { sets.append(try compiler.compileSet(row)) }
            return ValuesOperator(rows: sets, types: types.map(\.physical), run: run)
        case .functionScan(let call, let withOrdinality, _):
            if let record = try RecordScanOperator(
                call, withOrdinality: withOrdinality, builder: self)
            {
                return record
            }
            return try FunctionScanOperator(call, withOrdinality: withOrdinality, builder: self)
        case .filter(let input, let predicate):
            if predicate.isNever {
                return ValuesOperator(
                    rows: [], types: try outputTypes(input).map(\.physical), run: run)
            }
            return try filtered(try build(input, live.reading([predicate])), predicate)
        case .sample(let input, let sample):
            return try filtered(
                try SampleOperator(try build(input), sample.sample, builder: self), sample.filter)
        case .project(let input, let expressions):
            return ProjectOperator(
                try build(input, LiveSlots(of: expressions)), expressions: try compiler.compileSet(expressions),
                types: expressions.map(\.type.physical), run: run)
        case .projectSet(let input, let expressions):
            return try ProjectSetOperator(try build(input), expressions, builder: self)
        case .nestedLoop(let kind, let left, let right, let parameters, let condition):
            return try nestedLoop(kind, left, right, parameters, condition, live)
        case .hashJoin(let kind, let left, let right, let leftKeys, let rightKeys, let condition):
            let tested = LiveSlots(of: [condition].compactMap { $0 })
            let read = live.reading([condition].compactMap { $0 })
            let leftCount = try outputTypes(left).count
            return JoinOperator(
                kind, try build(left, read.left(leftCount).reading(leftKeys)),
                try buildRight(
                    right,
                    (kind.givesRight ? read : tested).right(leftCount).reading(rightKeys)),
                source: .hash(
                    left: try compiler.equalityKeys(leftKeys),
                    right: try compiler.equalityKeys(rightKeys)),
                condition: try compiler.compileSet(condition), conditionSlots: tested, live: live,
                run: run)
        case .aggregate(let input, let groupKeys, let aggregates, let sets):
            return try aggregate(input, groupKeys, aggregates, sets)
        case .parallelAggregate(let input, let groupKeys, let aggregates, let workers):
            let leader = try aggregate(input, groupKeys, aggregates, nil)
            // What is measured is one thread's work.
            if run.instrumentation != nil { return leader }
            leader.crew = AggregateCrew(helperCountMax: workers) {
                [run] () throws(SQLError) -> AggregateOperator in
                try OperatorBuilder(run: RunState(helping: run)).aggregate(
                    input, groupKeys, aggregates, nil)
            }
            return leader
        case .window(let input, let window):
            return try WindowOperator(try build(input), window, builder: self)
        case .sort(let input, let keys, let limit):
            return SortOperator(
                try build(input, live.reading(keys.map(\.expression))), keys: try compiler.sortKeys(keys),
                limit: try compiler.compileSet(limit), run: run)
        case .limit(let input, let limit, let offset, let tiesKeys):
            return LimitOperator(
                try build(input, live.reading(tiesKeys.map(\.expression))), limit: try compiler.compileSet(limit),
                offset: try compiler.compileSet(offset),
                ties: tiesKeys.isEmpty ? nil : try compiler.sortKeys(tiesKeys), run: run)
        case .distinct(let input, let keys):
            return try distinct(input, keys)
        case .append(let inputs):
            var operators: [Operator] = []
            for input in inputs { operators.append(try build(input)) }
            return AppendOperator(operators, run: run)
        case .partitionAppend(let inputs, let pruning):
            var operators: [Operator] = []
            for input in inputs { operators.append(try build(input)) }
            return try PartitionAppendOperator(operators, pruning, builder: self)
        case .setOperation(let kind, let isAll, let left, let right):
            return SetOperationOperator(
                kind, isAll: isAll, try build(left), try build(right),
                leftKeys: try wholeRowKeys(left), rightKeys: try wholeRowKeys(right), run: run)
        case .lockRows(let input, let locks, let recheck):
            try LockRowsOperator.requireLockable(locks)
            return try LockRowsOperator(
                try build(input), locks, recheck: recheck, builder: self)
        case .with(let tables, let input):
            return WithOperator(try build(input, live), tables: tables.map { run.commonTables[$0] }, run: run)
        case .commonScan(let table, let isWorking, let types, _):
            return CommonScanOperator(
                run.commonTables[table], isWorking: isWorking, types: types.map(\.physical), run: run)
        case .recursiveUnion(let table, let base, let step, let isAll, let types):
            let slots = types.enumerated().map { Expression.slot($0.offset, type: $0.element) }
            return RecursiveUnionOperator(
                try build(base), try build(step), table: run.commonTables[table],
                keys: isAll ? nil : try compiler.equalityKeys(slots),
                types: types.map(\.physical), run: run)
        case .insert(let plan): return try InsertOperator(plan, builder: self)
        case .modify(let plan):
            guard let parts = plan.partitions else {
                return try ModifyOperator(plan, builder: self)
            }
            return try PartitionedModifyOperator(plan, parts, builder: self)
        case .merge(let plan): return try MergeOperator(plan, builder: self)
        }
    }

    private func aggregate(
        _ input: PlanNode, _ groupKeys: [Expression], _ aggregates: [PlannedAggregate],
        _ sets: PlannedGroupingSets?
    ) throws(SQLError) -> AggregateOperator {
        let read = LiveSlots(of: groupKeys + aggregates.flatMap(\.expressions))
        return try AggregateOperator(
            try build(input, read), groupKeys: groupKeys, aggregates: aggregates, sets: sets,
            builder: self)
    }

    /// The right side of a join that is made once: a helping thread looks into the leader's.
    private func buildRight(_ node: PlanNode, _ live: LiveSlots) throws(SQLError) -> Operator {
        if !run.isHelping { return try build(node, live) }
        return ValuesOperator(rows: [], types: try outputTypes(node).map(\.physical), run: run)
    }

    func filtered(_ input: Operator, _ predicate: Expression?) throws(SQLError) -> Operator {
        guard let predicate else { return input }
        return FilterOperator(input, predicate: try compiler.compile(predicate), run: run)
    }

    private func nestedLoop(
        _ kind: JoinKind, _ left: PlanNode, _ right: PlanNode,
        _ parameters: [(parameter: Int, value: Expression)], _ condition: Expression?,
        _ live: LiveSlots
    ) throws(SQLError) -> Operator {
        let tested = LiveSlots(of: [condition].compactMap { $0 })
        let read = live.reading([condition].compactMap { $0 })
        let leftCount = try outputTypes(left).count
        let leftRead = read.left(leftCount).reading(parameters.map(\.value))
        if case .tableScan(let scan) = right, kind != .right, kind != .full {
            if let plan = LookupPlan(
                scan, parameters: parameters, leftCount: leftCount, condition: condition,
                snapshot: run.session.catalog.snapshot)
            {
                let source = try build(left, leftRead)
                return try LookupJoinOperator(
                    kind, source, scan, plan, live: live,
                    counters: run.instrumentation?.leaf(), builder: self)
            }
        }
        var cells: [(cell: ParameterCell, value: ExpressionSet)] = []
        for (parameter, value) in parameters {
            cells.append((run.executionCells[parameter], try compiler.compileSet([value])))
        }
        let rightRead = (kind.givesRight ? read : tested).right(leftCount)
        return JoinOperator(
            kind, try build(left, leftRead),
            cells.isEmpty ? try buildRight(right, rightRead) : try build(right, rightRead),
            source: cells.isEmpty ? .all : .parameterised(cells),
            condition: try compiler.compileSet(condition), conditionSlots: tested, live: live,
            run: run)
    }

    private func distinct(_ input: PlanNode, _ keys: [Expression]?) throws(SQLError) -> Operator {
        guard let keys else {
            return DistinctOperator(
                try build(input), keys: try wholeRowKeys(input), run: run)
        }
        return DistinctOnOperator(
            try build(input), keys: try compiler.equalityKeys(keys), run: run)
    }

    /// Keys of all columns of a node's output.
    private func wholeRowKeys(_ node: PlanNode) throws(SQLError) -> KeyWriter {
        let types = try outputTypes(node)
        return try compiler.equalityKeys(
            types.enumerated().map { .slot($0.offset, type: $0.element) })
    }

    /// The SQL types of a node's output columns.
    func outputTypes(_ node: PlanNode) throws(SQLError) -> [SQLType] {
        switch node {
        case .oneRow: return []
        case .tableScan(let scan):
            let types = scan.columns.map {
                $0 < scan.table.columns.count ? scan.table.columns[$0].type : SQLType(.oid)
            }
            return scan.withRowKey ? types + [SQLType(.bytea)] : types
        case .computedScan(let relation, let columns, _, _):
            guard let relation = run.session.catalog.snapshot.relation(relation) else { return [] }
            return columns.map { relation.columns[$0].type }
        case .sequenceScan(_, let columns, _):
            return columns.map { $0 == 2 ? .bool : .int8 }
        case .values(_, let types): return types
        case .functionScan(let call, let withOrdinality, _):
            let types = RecordScanOperator.columnTypes(of: call) ?? [call.type]
            return withOrdinality ? types + [.int8] : types
        case .filter(let input, _), .sample(let input, _), .sort(let input, _, _), .limit(let input, _, _, _),
            .distinct(let input, _), .lockRows(let input, _, _):
            return try outputTypes(input)
        case .project(_, let expressions), .projectSet(_, let expressions):
            return expressions.map(\.type)
        case .nestedLoop(let kind, let left, let right, _, _),
            .hashJoin(let kind, let left, let right, _, _, _):
            switch kind {
            case .semi, .anti: return try outputTypes(left)
            case .inner, .left, .right, .full:
                return try outputTypes(left) + outputTypes(right)
            }
        case .parallelAggregate(_, let groupKeys, let aggregates, _):
            return groupKeys.map(\.type) + aggregates.map(\.type)
        case .aggregate(_, let groupKeys, let aggregates, let sets):
            return groupKeys.map(\.type) + aggregates.map(\.type)
                + (sets?.groupings.map { _ in .int4 } ?? [])
        case .window(let input, let window):
            return try outputTypes(input) + window.calls.map(\.type)
        case .append(let inputs), .partitionAppend(let inputs, _):
            return try outputTypes(inputs[0])
        case .setOperation(_, _, let left, _): return try outputTypes(left)
        case .with(_, let input), .estimated(let input, _): return try outputTypes(input)
        case .commonScan(_, _, let types, _), .recursiveUnion(_, _, _, _, let types): return types
        case .insert(let plan): return plan.returning.map(\.type)
        case .modify(let plan): return plan.returning.map(\.type)
        case .merge: return []
        }
    }
}

extension JoinKind {
    /// Right columns are part of the result.
    fileprivate var givesRight: Bool {
        switch self {
        case .semi, .anti: false
        case .inner, .left, .right, .full: true
        }
    }
}

extension PlannedAggregate {
    /// All that it reads of its input.
    fileprivate var expressions: [Expression] {
        arguments + (filter.map { [$0] } ?? []) + orderBy.map(\.expression)
    }
}
