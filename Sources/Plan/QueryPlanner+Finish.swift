internal import Base
internal import Catalog
internal import Query
internal import Types

extension QueryPlanner {
    /// DISTINCT, ORDER BY, FOR UPDATE, LIMIT and the select list; the visible targets become the
    /// first slots.
    func finish(_ input: PlannedPart) throws(SQLError) -> PlannedPart {
        switch body.distinct {
        case .none: return try finishPlain(input)
        case .all:
            var part = try projectTargets(input)
            part.node = .distinct(part.node, keys: nil)
            part.cost += part.rows * Cost.hashBuildRow
            part.rows = selectivity.groupCount(body.targets.map(\.expression), rows: part.rows)
            part = part.estimated
            return try finishProjected(part, keys: projectedKeys(), isSorted: false)
        case .on(let targets):
            var part = try projectTargets(input)
            var keys = projectedKeys()
            for target in targets where !body.orderBy.contains(where: { $0.target == target }) {
                keys.append(
                    SortKey(
                        expression: projectedSlot(target), descending: false, nullsFirst: false))
            }
            part.node = .sort(part.node, keys: keys, limit: nil)
            part.node = .distinct(part.node, keys: targets.map { projectedSlot($0) })
            return try finishProjected(part, keys: keys, isSorted: true)
        }
    }

    // MARK: Without DISTINCT

    private func finishPlain(_ input: PlannedPart) throws(SQLError) -> PlannedPart {
        var part = input
        let returnsSet = body.targets.contains { source.returnsSet($0.expression) }
        let sortsBySet = body.orderBy.contains {
            source.returnsSet(body.targets[$0.target].expression)
        }
        if sortsBySet {
            return try finishProjected(
                try projectTargets(part), keys: projectedKeys(), isSorted: false)
        }
        let keys = try sortKeys(&part)
        let isSorted = !keys.isEmpty && !part.isOrdered && !part.isSorted(by: keys)
        if isSorted {
            let limit = body.locking.isEmpty && !returnsSet ? try topLimit() : nil
            part.node = .sort(part.node, keys: keys, limit: limit)
            part.cost += Cost.sort(rows: part.rows)
        }
        part = try lockRows(part)
        if returnsSet {
            part = try projectTargets(part)
            part.node = try limit(part.node, tiesKeys: keys)
            return dropHidden(part)
        }
        // Below the select list, so that a batch does not compute more rows than are asked for;
        // only skipped rows compute theirs, as in PostgreSQL.
        let visible = body.targets.filter { !$0.isHidden }.map(\.expression)
        if let offset = body.offset, visible.contains(where: { source.isVolatile($0) }) {
            if let end = try limitEnd() {
                part.node = .limit(part.node, limit: end, offset: nil, tiesKeys: [])
            }
            part.node = project(part, try resolve(visible, part.layout))
            part.node = .limit(
                part.node, limit: nil, offset: try resolve(offset, Layout()), tiesKeys: [])
        } else {
            part.node = try limit(part.node, tiesKeys: keys)
            var outputs = try resolve(visible, part.layout)
            appendRowKeys(to: &outputs, of: part, isSorted: isSorted)
            part.node = project(part, outputs)
        }
        setLimitRows(&part)
        part.layout = Layout(visible.map { _ in .anonymous })
        return part
    }

    /// ORDER BY over the slots of `part`. Keys that are volatile or costly are computed once,
    /// in slots of their own.
    private func sortKeys(_ part: inout PlannedPart) throws(SQLError) -> [SortKey] {
        if body.orderBy.isEmpty { return [] }
        var extra: [Int] = []
        for order in body.orderBy where !extra.contains(order.target) {
            let expression = body.targets[order.target].expression
            let isCostly = expression.contains {
                switch $0 {
                case .subquery, .subplan: true
                default: false
                }
            }
            if isCostly || source.isVolatile(expression) { extra.append(order.target) }
        }
        if !extra.isEmpty {
            var outputs = slots(of: part)
            var layout = part.layout
            for target in extra {
                let expression = body.targets[target].expression
                outputs.append(try resolve(expression, part.layout))
                layout.slots.append(.anonymous)
                body.targets[target].expression = .slot(
                    outputs.count - 1, type: expression.type)
            }
            part.node = .project(part.node, outputs)
            part.layout = layout
        }
        var keys: [SortKey] = []
        for order in body.orderBy {
            keys.append(
                SortKey(
                    expression: try resolve(body.targets[order.target].expression, part.layout),
                    descending: order.descending, nullsFirst: order.nullsFirst))
        }
        return keys
    }

    /// Every slot of `part` as an expression.
    func slots(of part: PlannedPart) -> [Expression] {
        part.layout.slots.enumerated().map { index, slot in
            switch slot {
            case .column(let relation, let column):
                .slot(index, type: type(of: column, in: body.rangeTable[relation]))
            case .rowKey: .slot(index, type: SQLType(oid: OID(17), modifier: -1))
            case .expression(let expression): .slot(index, type: expression.type)
            case .anonymous: .slot(index, type: SQLType(oid: .invalid, modifier: -1))
            }
        }
    }

    /// Behind a table's columns comes `tableoid`.
    private func type(of column: Int, in entry: RangeEntry) -> SQLType {
        if let system = SystemColumn(number: column) { return system.type }
        return column < entry.columns.count ? entry.columns[column].type : SQLType(.oid)
    }

    /// FOR UPDATE and its kin, above the sort and below the limit as in PostgreSQL.
    private func lockRows(_ input: PlannedPart) throws(SQLError) -> PlannedPart {
        if body.locking.isEmpty { return input }
        var locks: [PlannedRowLock] = []
        for locking in body.locking {
            guard case .table(let table) = body.rangeTable[locking.relation].kind,
                let keySlot = input.layout.rowKeySlot(relation: locking.relation)
            else { continue }
            var columns: [(slot: Int, column: Int)] = []
            for (index, slot) in input.layout.slots.enumerated() {
                if case .column(locking.relation, let column) = slot {
                    columns.append((index, column))
                }
            }
            var lock = PlannedRowLock(
                table: table, keySlot: keySlot, columns: columns, strength: locking.strength,
                policy: locking.policy)
            if table.kind == .partitionedTable {
                lock.partitions = lockTargets(of: table)
                lock.partitionSlot =
                    input.layout.slot(relation: locking.relation, column: table.columns.count) ?? 0
            }
            locks.append(lock)
        }
        let recheck = try Expression.conjunction(conditions).map { e throws(SQLError) in
            try resolve(e, input.layout)
        }
        var part = input
        part.node = .lockRows(part.node, locks, recheck: recheck)
        return part
    }

    // MARK: Select list

    /// Where `projectTargets` puts a target: the visible ones first.
    private func projectedPosition(_ target: Int) -> Int {
        let before = body.targets[..<target]
        if !body.targets[target].isHidden { return before.count { !$0.isHidden } }
        return body.targets.count { !$0.isHidden } + before.count { $0.isHidden }
    }

    private func projectedSlot(_ target: Int) -> Expression {
        .slot(projectedPosition(target), type: body.targets[target].expression.type)
    }

    private func projectedKeys() -> [SortKey] {
        body.orderBy.map { order in
            SortKey(
                expression: projectedSlot(order.target), descending: order.descending,
                nullsFirst: order.nullsFirst)
        }
    }

    /// All targets as slots, set-returning functions expanded.
    private func projectTargets(_ input: PlannedPart) throws(SQLError) -> PlannedPart {
        var part = input
        let ordered =
            body.targets.filter { !$0.isHidden } + body.targets.filter(\.isHidden)
        var outputs = try resolve(ordered.map(\.expression), part.layout)
        if outputs.contains(where: { source.returnsSet($0) }) {
            outputs = expandSets(outputs, &part)
        }
        part.node = project(part, outputs)
        part.layout = Layout(ordered.map { _ in .anonymous })
        return part
    }

    /// Set-returning calls in `outputs` get slots of ProjectSets below, those within others'
    /// arguments of the lower ones; returns what remains to be computed above.
    func expandSets(_ outputs: [Expression], _ part: inout PlannedPart) -> [Expression] {
        var outputs = outputs
        repeat { outputs = expandInnermostSets(outputs, &part) } while outputs.contains {
            source.returnsSet($0)
        }
        return outputs
    }

    private func expandInnermostSets(
        _ outputs: [Expression], _ part: inout PlannedPart
    ) -> [Expression] {
        var elements: [Expression] = []
        func lift(_ expression: Expression) -> Expression {
            if case .call(let function, let arguments, let type) = expression,
                source.isSetReturning(function), !arguments.contains(where: source.returnsSet)
            {
                elements.append(expression)
                return .slot(elements.count - 1, type: type)
            }
            if !source.returnsSet(expression) {
                elements.append(expression)
                return .slot(elements.count - 1, type: expression.type)
            }
            return expression.mapChildren { lift($0) }
        }
        let result = outputs.map { lift($0) }
        part.node = .projectSet(part.node, elements)
        part.rows *= 10
        part.layout = Layout(elements.map { _ in .anonymous })
        return result
    }

    /// A projection, left out where it would change nothing.
    private func project(_ part: PlannedPart, _ outputs: [Expression]) -> PlanNode {
        if outputs.count == part.layout.slots.count {
            let isIdentity = outputs.enumerated().allSatisfy { index, output in
                if case .slot(index, _) = output { true } else { false }
            }
            if isIdentity { return part.node }
        }
        return .project(part.node, outputs)
    }

    private func dropHidden(_ part: PlannedPart) -> PlannedPart {
        guard body.targets.contains(where: \.isHidden) else { return part }
        var part = part
        let visible = body.targets.filter { !$0.isHidden }
        part.node = .project(
            part.node,
            visible.enumerated().map { .slot($0.offset, type: $0.element.expression.type) })
        part.layout = Layout(visible.map { _ in .anonymous })
        return part
    }

    /// ORDER BY, LIMIT over targets that are computed already.
    private func finishProjected(
        _ input: PlannedPart, keys: [SortKey], isSorted: Bool
    ) throws(SQLError) -> PlannedPart {
        var part = input
        if !keys.isEmpty, !isSorted {
            part.node = .sort(part.node, keys: keys, limit: try topLimit())
        }
        part.node = try limit(part.node, tiesKeys: keys)
        setLimitRows(&part)
        return dropHidden(part)
    }

    // MARK: Limit

    private func limit(_ node: PlanNode, tiesKeys: [SortKey]) throws(SQLError) -> PlanNode {
        if body.limit == nil, body.offset == nil { return node }
        // Below a projection, so that a batch does not compute more rows than are asked for.
        if case .project(let child, let outputs) = node, !body.withTies, body.offset == nil {
            return .project(try limit(child, tiesKeys: []), outputs)
        }
        return .limit(
            node, limit: try body.limit.map { e throws(SQLError) in try resolve(e, Layout()) },
            offset: try body.offset.map { e throws(SQLError) in try resolve(e, Layout()) },
            tiesKeys: body.withTies ? tiesKeys : [])
    }

    private func setLimitRows(_ part: inout PlannedPart) {
        if case .constant(let constant) = body.limit, case .word(let count) = constant.value {
            part.rows = min(part.rows, max(Double(count), 0))
        }
    }

    /// How many rows a sort has to keep, if the statement says so.
    private func topLimit() throws(SQLError) -> Expression? {
        body.withTies ? nil : try limitEnd()
    }

    /// LIMIT + OFFSET, where it is known before any row.
    private func limitEnd() throws(SQLError) -> Expression? {
        guard let limit = body.limit else { return nil }
        switch limit {
        case .constant, .parameter, .executionParameter: break
        default: return nil
        }
        guard let offset = body.offset else { return limit }
        guard case .constant(var first) = limit, case .word(let count) = first.value,
            case .constant(let second) = offset, case .word(let skip) = second.value
        else { return nil }
        let (end, overflow) = count.addingReportingOverflow(max(skip, 0))
        if overflow || count < 0 { return nil }
        first.value = .word(end)
        return .constant(first)
    }

    // MARK: Set operations

    func planSetOperation() throws(SQLError) -> PlannedPart {
        guard let operation = body.setOperation else {
            throw SQLError(.internalError, "a set operation is expected")
        }
        findNeededColumns()
        var arms: [PlannedPart] = []
        for arm in [operation.left, operation.right] {
            let planner = try QueryPlanner(context, arm.body)
            arms.append(try planner.plan())
            for binding in planner.outer.list {
                var variable = binding.variable
                variable.levelsUp -= 1
                outer.add(variable, binding.parameter)
            }
        }
        let node: PlanNode
        switch (operation.kind, operation.isAll) {
        case (.union, true): node = .append(appendArms(arms))
        case (.union, false):
            node = .distinct(.append(appendArms(arms, isDistinct: true)), keys: nil)
        case (.intersect, let isAll), (.except, let isAll):
            node = .setOperation(operation.kind, isAll: isAll, arms[0].node, arms[1].node)
        }
        let columns = operation.left.columns.indices
        let part = PlannedPart(
            node: node, layout: Layout(columns.map { .column(relation: 0, column: $0) }),
            relations: .none, rows: arms[0].rows + arms[1].rows, cost: arms[0].cost + arms[1].cost)
        return try finish(part)
    }

    /// UNION ALL of UNION ALL is one list; so is UNION of either.
    private func appendArms(_ arms: [PlannedPart], isDistinct: Bool = false) -> [PlanNode] {
        arms.flatMap { arm -> [PlanNode] in
            switch arm.node {
            case .append(let nodes): nodes
            case .distinct(.append(let nodes), keys: nil) where isDistinct: nodes
            case .estimated(.distinct(.append(let nodes), keys: nil), _) where isDistinct: nodes
            default: [arm.node]
            }
        }
    }
}

extension JoinTree {
    /// The conditions of inner joins that no outer join is above of.
    func appendInnerConditions(to terms: inout [Expression]) {
        guard case .join(.inner, let left, let right, let condition) = self else { return }
        left.appendInnerConditions(to: &terms)
        right.appendInnerConditions(to: &terms)
        if let condition { terms.append(condition) }
    }
}
