internal import Catalog
internal import Query

/// Aggregations that several threads share: each has the whole way from the table that is read first
/// to the groups to itself, over its own pieces of the table; the right sides of joins are made once.
extension QueryPlanner {
    /// How many threads are to help with an aggregation over `part`; 0: it is not worth it, or the
    /// result could be another one.
    func parallelWorkers(
        _ part: PlannedPart, _ keys: [Expression], _ aggregates: [PlannedAggregate],
        groupCount: Double
    ) -> Int {
        guard context.mayRunInParallel, part.bindings.isEmpty, outer.list.isEmpty,
            source.forcesParallel
                || part.cost >= Cost.parallelMin
                    && groupCount <= max(part.rows * Cost.parallelGroups, Cost.fewGroups),
            keys.allSatisfy({ source.isSelfContained($0) }),
            aggregates.allSatisfy({ isShareable($0) }),
            let scan = leadingScan(of: part.node)
        else { return 0 }
        let rows = source.rowCount(scan.table)
        if rows < Cost.parallelRowsMin, !source.forcesParallel { return 0 }
        var workers = 1
        var next = Cost.parallelRowsSecond
        while rows >= next, workers < source.parallelWorkersMax {
            workers += 1
            next *= 3
        }
        return min(workers, source.parallelWorkersMax)
    }

    private func isShareable(_ aggregate: PlannedAggregate) -> Bool {
        !aggregate.isDistinct && aggregate.orderBy.isEmpty && source.isMergeable(aggregate.function)
            && aggregate.arguments.allSatisfy { source.isSelfContained($0) }
            && (aggregate.filter.map { source.isSelfContained($0) } ?? true)
    }

    /// The whole table whose rows a part takes one after the other, if all that is done to them on the
    /// way can be done by any thread.
    private func leadingScan(of node: PlanNode) -> TableScan? {
        switch node {
        case .estimated(let input, _): return leadingScan(of: input)
        case .filter(let input, let predicate):
            return source.isSelfContained(predicate) ? leadingScan(of: input) : nil
        case .project(let input, let expressions):
            return expressions.allSatisfy { source.isSelfContained($0) }
                ? leadingScan(of: input) : nil
        case .hashJoin(let kind, let left, _, let leftKeys, _, let condition):
            guard keepsNothingOfRight(kind),
                (leftKeys + [condition].compactMap { $0 }).allSatisfy({ source.isSelfContained($0) })
            else { return nil }
            return leadingScan(of: left)
        case .nestedLoop(let kind, let left, let right, let parameters, let condition):
            guard keepsNothingOfRight(kind),
                (parameters.map(\.value) + [condition].compactMap { $0 }).allSatisfy({
                    source.isSelfContained($0)
                }), parameters.isEmpty || isLookup(right)
            else { return nil }
            return leadingScan(of: left)
        case .tableScan(let scan):
            guard case .rows(nil, nil) = scan.path, !scan.isReverse, !scan.isOrdered,
                !scan.withRowKey, scan.filter.map({ source.isSelfContained($0) }) ?? true
            else { return nil }
            return scan
        default: return nil
        }
    }

    /// The join is over when the left rows are.
    private func keepsNothingOfRight(_ kind: JoinKind) -> Bool {
        switch kind {
        case .inner, .left, .semi, .anti: true
        case .right, .full: false
        }
    }

    /// A table of which each left row's part is read for itself.
    private func isLookup(_ node: PlanNode) -> Bool {
        if case .estimated(let input, _) = node { return isLookup(input) }
        guard case .tableScan(let scan) = node else { return false }
        var expressions = [scan.filter].compactMap { $0 }
        switch scan.path {
        case .rows(let lower, let upper):
            expressions += (lower?.values ?? []) + (upper?.values ?? [])
        case .row(let key): expressions += key
        case .index(_, let equal, let lower, let upper):
            expressions += equal + (lower?.values ?? []) + (upper?.values ?? [])
        case .currentRow: return false
        }
        return expressions.allSatisfy { source.isSelfContained($0) }
    }
}

extension PlannerSource {
    /// True if any thread may compute the expression: it depends on its slots and parameters alone, has
    /// no effect and asks nothing of the session.
    func isSelfContained(_ expression: Expression) -> Bool {
        switch expression {
        case .constant, .parameter, .slot, .executionParameter: return true
        case .call(let function, let arguments, _):
            return isSelfContained(function) && arguments.allSatisfy { isSelfContained($0) }
        case .inList(_, _, let function, _), .anyOf(_, _, let function, _),
            .isDistinct(_, _, let function, _), .nullIf(_, _, let function, _):
            return isSelfContained(function)
                && expression.children.allSatisfy { isSelfContained($0) }
        case .relabel, .applyModifier, .and, .or, .not, .isNull, .isBoolean, .caseWhen, .coalesce,
            .minMax:
            return expression.children.allSatisfy { isSelfContained($0) }
        default: return false
        }
    }
}
