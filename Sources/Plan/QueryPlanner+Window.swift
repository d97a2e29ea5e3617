internal import Base
internal import Query

extension QueryPlanner {
    /// The windows of the query, one node each; a sort below where the rows are not in its order.
    /// Afterwards the results of the calls are in reach.
    func planWindows(_ input: PlannedPart) throws(SQLError) -> PlannedPart {
        var calls: [WindowCall] = []
        for target in body.targets { collectWindows(target.expression, &calls) }
        var windows: [(window: WindowSpecification, calls: [WindowCall])] = []
        for call in calls {
            if let known = windows.firstIndex(where: { $0.window.isSame(as: call.window) }) {
                windows[known].calls.append(call)
            } else {
                windows.append((call.window, [call]))
            }
        }
        // The most detailed order first: others may be its beginning.
        let ordered = windows.enumerated().sorted { left, right in
            let a = left.element.window.keyCount
            let b = right.element.window.keyCount
            return a == b ? left.offset < right.offset : a > b
        }
        var part = input
        for (_, window) in ordered { part = try planWindow(window.window, window.calls, part) }
        return part
    }

    private func planWindow(
        _ window: WindowSpecification, _ calls: [WindowCall], _ input: PlannedPart
    ) throws(SQLError) -> PlannedPart {
        var part = input
        let layout = input.layout
        let resolved = try window.map { e throws(SQLError) in try resolve(e, layout) }
        var keys: [SortKey] = []
        for expression in resolved.partitionBy {
            keys.append(SortKey(expression: expression, descending: false, nullsFirst: false))
        }
        for key in resolved.orderBy
        where !keys.contains(where: { $0.expression.isSame(as: key.expression) }) {
            keys.append(key)
        }
        if !part.isSorted(by: keys) {
            part.node = .sort(part.node, keys: keys, limit: nil)
            part.sortedKeys = keys
            part.cost += Cost.sort(rows: part.rows)
        }
        var planned = PlannedWindow(window: resolved, calls: [])
        for call in calls {
            planned.calls.append(try call.map { e throws(SQLError) in try resolve(e, layout) })
            part.layout.append(.windowCall(call))
        }
        part.node = .window(part.node, planned)
        part.isOrdered = false
        return part
    }

    private func collectWindows(_ expression: Expression, _ calls: inout [WindowCall]) {
        if case .windowCall(let call) = expression {
            let isKnown = calls.contains { Expression.windowCall($0).isSame(as: expression) }
            if !isKnown { calls.append(call) }
            return
        }
        for child in expression.children { collectWindows(child, &calls) }
    }
}

extension WindowSpecification {
    fileprivate var keyCount: Int { partitionBy.count + orderBy.count }
}

extension PlannedPart {
    /// True if the rows come in the order of `keys`.
    func isSorted(by keys: [SortKey]) -> Bool {
        keys.count <= sortedKeys.count
            && zip(keys, sortedKeys).allSatisfy {
                $0.descending == $1.descending && $0.nullsFirst == $1.nullsFirst
                    && $0.expression.isSame(as: $1.expression)
            }
    }
}
