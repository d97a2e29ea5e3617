internal import Base
internal import Catalog
internal import Query
internal import Types


/// Looks for the cheapest order to join items in: all orders by dynamic programming over sets of
/// items while they are few (Selinger et al. 1979, bushy ones included), else pair by pair.
final class JoinSearch {
    let items: [JoinItem]
    private let classes: EqualityClasses
    /// A condition about several items that no class stands for.
    private struct Other {
        var conjunct: Conjunct
        var mask: UInt64
        var part: Double
        /// The items of an equality's two sides, where both have some.
        var sides: (UInt64, UInt64)?
    }
    private let others: [Other]
    /// The items that an item shares a condition with.
    private var neighbours: [UInt64] = []
    private let planner: QueryPlanner
    private let selectivity: Selectivity
    /// By class and member: how many different values.
    private let distinct: [[Double]]
    /// Pairs of items joined by a whole key of several columns: what multiplying the columns' shares
    /// makes too small.
    private var corrections: [(mask: UInt64, factor: Double)] = []
    private var knownRows: [UInt64: Double] = [:]
    private var knownPaths: [LookupKey: AccessPath?] = [:]
    private struct LookupKey: Hashable {
        var item: Int
        var available: UInt64
    }
    /// All orders of so many items are looked at.
    private static let exhaustiveMax = 9
    private static let itemsMax = 64

    init(
        _ items: [JoinItem], _ classes: EqualityClasses,
        _ others: [(conjunct: Conjunct, part: Double)],
        _ planner: QueryPlanner
    ) {
        self.items = items
        self.classes = classes
        self.planner = planner
        let selectivity = planner.selectivity
        self.selectivity = selectivity
        distinct = classes.classes.map { known in
            known.members.map {
                selectivity.distinctCount(
                    .variable($0.variable), rows: max(items[$0.item].part.rows, 1))
            }
        }
        func mask(_ relations: RelationSet) -> UInt64 {
            var result: UInt64 = 0
            for (index, item) in items.enumerated() where relations.intersects(item.relations) {
                result |= 1 << UInt64(index)
            }
            return result
        }
        self.others = others.map { conjunct, part in
            var other = Other(
                conjunct: conjunct, mask: mask(conjunct.relations), part: part, sides: nil)
            if !conjunct.isVolatile, case .call(let function, let sides, _) = conjunct.expression,
                Comparison.function(function)?.strategy == .equal
            {
                let masks = sides.map { mask($0.relations) }
                if masks[0] != 0, masks[1] != 0 { other.sides = (masks[0], masks[1]) }
            }
            return other
        }
        neighbours = items.indices.map { index in
            let bit = UInt64(1) << UInt64(index)
            var result = mask(items[index].requires)
            for other in self.others where other.mask & bit != 0 { result |= other.mask }
            for known in classes.classes where known.members.contains(where: { $0.item == index }) {
                for member in known.members { result |= 1 << UInt64(member.item) }
            }
            return result
        }
        findCorrections()
    }

    // MARK: Conditions

    /// What has to hold where two sides meet, beyond what holds on each.
    func conditions(_ left: UInt64, _ right: UInt64) -> [Conjunct] {
        if right.nonzeroBitCount == 1, items[right.trailingZeroBitCount].kind != .inner {
            return items[right.trailingZeroBitCount].conditions
        }
        var result: [Conjunct] = []
        for known in classes.classes where known.constant == nil {
            let before = known.members.filter { left >> UInt64($0.item) & 1 != 0 }
            let behind = known.members.filter { right >> UInt64($0.item) & 1 != 0 }
            guard let first = before.first, let second = behind.first else { continue }
            // One as it is written, if there is one.
            let relations = (before + behind).reduce(into: RelationSet()) {
                $0.insert($1.variable.relation)
            }
            if let written = known.conjuncts.first(where: {
                $0.relations.isSubset(of: relations)
                    && $0.relations.intersects(sideRelations(left))
                    && $0.relations.intersects(sideRelations(right))
            }) {
                result.append(written)
            } else {
                result.append(
                    planner.conjunct(
                        .call(
                            function: known.function,
                            arguments: [.variable(first.variable), .variable(second.variable)],
                            type: .plain(.bool))))
            }
        }
        for other in others
        where other.mask & ~(left | right) == 0 && other.mask & ~left != 0
            && other.mask & ~right != 0
        {
            result.append(other.conjunct)
        }
        return result
    }

    private func sideRelations(_ mask: UInt64) -> RelationSet {
        var result = RelationSet()
        for (index, item) in items.enumerated() where mask >> UInt64(index) & 1 != 0 {
            result.formUnion(item.relations)
        }
        return result
    }

    private func isConnected(_ left: UInt64, _ right: UInt64) -> Bool {
        for known in classes.classes {
            var hasLeft = false
            var hasRight = false
            for member in known.members {
                if left >> UInt64(member.item) & 1 != 0 { hasLeft = true }
                if right >> UInt64(member.item) & 1 != 0 { hasRight = true }
            }
            if hasLeft, hasRight { return true }
        }
        for other in others where other.mask & left != 0 && other.mask & right != 0 { return true }
        return false
    }

    // MARK: Rows

    /// How many rows the join of a set of items has, whatever its order.
    func rows(_ mask: UInt64) -> Double {
        if let known = knownRows[mask] { return known }
        var result = 1.0
        for (index, item) in items.enumerated()
        where mask >> UInt64(index) & 1 != 0 && item.kind == .inner {
            result *= max(item.part.rows, 1)
        }
        for (index, known) in classes.classes.enumerated() where known.constant == nil {
            // Each further member keeps a share; the one with the fewest values is free.
            var least = Double.infinity
            var product = 1.0
            for (number, member) in known.members.enumerated()
            where mask >> UInt64(member.item) & 1 != 0 {
                product *= distinct[index][number]
                least = min(least, distinct[index][number])
            }
            if least < .infinity { result *= least / product }
        }
        for other in others where other.mask & ~mask == 0 { result *= other.part }
        for correction in corrections where correction.mask & ~mask == 0 {
            result *= correction.factor
        }
        for (index, item) in items.enumerated()
        where mask >> UInt64(index) & 1 != 0 && item.kind != .inner {
            result = rows(of: item, left: result)
        }
        result = max(result, 1)
        knownRows[mask] = result
        return result
    }

    /// The rows of a join other than an inner one.
    private func rows(of item: JoinItem, left: Double) -> Double {
        let right = max(item.part.rows, 1)
        var part = 1.0
        // The part of the right side's rows that one left row meets.
        for condition in item.conditions {
            if case .call(let function, let arguments, _) = condition.expression,
                Comparison.function(function)?.strategy == .equal
            {
                let counts = arguments.map {
                    selectivity.distinctCount($0, rows: $0.relations.isSubset(of: item.relations) ? right : .infinity)
                }
                part /= max(counts[0], counts[1], 1)
            } else {
                part *= selectivity.one(condition.expression)
            }
        }
        let matches = right * part
        switch item.kind {
        case .semi: return left * min(matches, 1)
        case .anti: return left * max(1 - min(matches, 1), 0.05)
        case .left: return max(left * matches, left)
        case .full: return max(left * matches, left + right)
        case .inner, .right: return left * matches
        }
    }

    /// A join by all columns of a key finds one row, not as few as the columns' shares say.
    private func findCorrections() {
        for (index, item) in items.enumerated() {
            guard let table = item.table, item.kind == .inner else { continue }
            for key in planner.source.uniqueKeys(of: table.table) where key.count > 1 {
                for (other, before) in items.enumerated() where other != index && before.kind == .inner {
                    var product = 1.0
                    let isCovered = key.allSatisfy { column in
                        classes.classes.enumerated().contains { number, known in
                            guard known.constant == nil,
                                known.members.contains(where: {
                                    $0.item == index && $0.variable.column == column
                                }), known.members.contains(where: { $0.item == other })
                            else { return false }
                            product *= zip(known.members, distinct[number])
                                .filter { $0.0.item == index || $0.0.item == other }
                                .map(\.1).max() ?? 1
                            return true
                        }
                    }
                    let all = max(planner.source.rowCount(table.table), 1)
                    if isCovered, product > all {
                        corrections.append((1 << UInt64(index) | 1 << UInt64(other), product / all))
                    }
                }
            }
        }
    }

    // MARK: Steps

    struct Step {
        var method: JoinMethod
        var cost: Double
    }

    /// The cheapest way to join two sides of which the costs are added by the caller, or for single
    /// items are known.
    func step(_ left: UInt64, _ right: UInt64) -> Step {
        step(left, right, leftCost: items[left.trailingZeroBitCount].part.cost,
            rightCost: items[right.trailingZeroBitCount].part.cost)
    }

    private func step(
        _ left: UInt64, _ right: UInt64, leftCost: Double, rightCost: Double
    ) -> Step {
        let leftRows = rows(left)
        let item = right.nonzeroBitCount == 1 ? items[right.trailingZeroBitCount] : nil
        let kind = item?.kind ?? .inner
        let rightRows = kind == .inner ? rows(right) : max(item?.part.rows ?? 1, 1)
        let dependent = item.map { !$0.part.dependencies.isEmpty } ?? false
        let (conditionCount, hasKey) = countConditions(left, right)
        let output = rows(left | right) * Cost.outputRow
        var best = Step(
            method: .loop,
            cost: leftCost
                + (dependent ? leftRows * (Cost.loopStart + rightCost) : rightCost)
                + rightRows * Cost.storeRow
                + leftRows * rightRows * Cost.pairRow * Double(conditionCount + 1) + output)
        if !dependent, hasKey {
            let cost =
                leftCost + rightCost + rightRows * Cost.hashBuildRow + leftRows * Cost.hashProbeRow
                + output
            if cost < best.cost || kind == .full { best = Step(method: .hash, cost: cost) }
        }
        if let item, kind != .full, let path = lookup(left, right.trailingZeroBitCount, item) {
            let cost =
                leftCost + leftRows * (Cost.loopStart + path.cost) + output
            if cost < best.cost { best = Step(method: .lookup, cost: cost) }
        }
        return best
    }

    /// How many conditions there are where two sides meet, and whether one of them is a hash key.
    private func countConditions(_ left: UInt64, _ right: UInt64) -> (count: Int, hasKey: Bool) {
        if right.nonzeroBitCount == 1, items[right.trailingZeroBitCount].kind != .inner {
            let item = items[right.trailingZeroBitCount]
            let keys = planner.hashKeys(sideRelations(left), item.relations, item.conditions)
            return (item.conditions.count, !keys.left.isEmpty)
        }
        var count = 0
        var hasKey = false
        for known in classes.classes where known.constant == nil {
            let hasLeft = known.members.contains { left >> UInt64($0.item) & 1 != 0 }
            if hasLeft, known.members.contains(where: { right >> UInt64($0.item) & 1 != 0 }) {
                count += 1
                hasKey = true
            }
        }
        for other in others
        where other.mask & ~(left | right) == 0 && other.mask & ~left != 0
            && other.mask & ~right != 0
        {
            count += 1
            guard let sides = other.sides else { continue }
            if sides.0 & ~left == 0 && sides.1 & ~right == 0
                || sides.0 & ~right == 0 && sides.1 & ~left == 0
            {
                hasKey = true
            }
        }
        return (count, hasKey)
    }

    /// How the item's rows are found by keys that the left side gives; nil: they are not.
    private func lookup(_ left: UInt64, _ index: Int, _ item: JoinItem) -> AccessPath? {
        guard let table = item.table else { return nil }
        let bit = UInt64(1) << UInt64(index)
        let near = left & neighbours[index]
        let key = LookupKey(item: index, available: near)
        if let known = knownPaths[key] { return known }
        let conditions = conditions(near, bit).filter { $0.relations.contains(table.relation) }
        var result: AccessPath?
        if !conditions.isEmpty {
            let chooser = AccessChooser(
                relation: table.relation, table: table.table, source: planner.source,
                conjuncts: item.local + conditions, selectivity)
            let path = chooser.choose(
                available: sideRelations(near).subtracting(item.relations), order: nil)
            if path.usesOuter { result = path }
        }
        knownPaths[key] = .some(result)
        return result
    }

    // MARK: Search

    private struct Found {
        var order: JoinOrder
        var cost: Double
    }

    /// - Throws: if items of LATERAL refer to each other.
    func best() throws(SQLError) -> JoinOrder {
        if items.count > JoinSearch.itemsMax {
            throw SQLError.notSupported("a join of more than 64 FROM items")
        }
        let found = items.count <= JoinSearch.exhaustiveMax ? exhaustive() : pairwise()
        guard let found else {
            throw SQLError(.internalError, "LATERAL items refer to each other")
        }
        return found
    }

    /// True if `right` may stand on the right of `left`.
    private func mayJoin(_ left: UInt64, _ right: UInt64) -> Bool {
        if right.nonzeroBitCount != 1 { return true }
        let item = items[right.trailingZeroBitCount]
        return item.requires.isSubset(of: sideRelations(left))
    }

    private func mayStart(_ item: JoinItem) -> Bool {
        item.kind == .inner && item.requires.isEmpty
    }

    private func exhaustive() -> JoinOrder? {
        let full = UInt64(1) << UInt64(items.count) - 1
        var best = [Found?](repeating: nil, count: Int(full) + 1)
        for (index, item) in items.enumerated() where mayStart(item) {
            best[1 << index] = Found(order: .item(index), cost: item.part.cost)
        }
        for mask in 1...full where mask.nonzeroBitCount > 1 {
            // Pairs without a condition only where nothing else is left.
            for connected in [true, false] where best[Int(mask)] == nil {
                var left = (mask - 1) & mask
                while left > 0 {
                    consider(left, mask & ~left, connected: connected, &best)
                    left = (left - 1) & mask
                }
            }
        }
        return best[Int(full)]?.order
    }

    private func consider(
        _ left: UInt64, _ right: UInt64, connected: Bool, _ best: inout [Found?]
    ) {
        guard let before = best[Int(left)] else { return }
        let isSingle = right.nonzeroBitCount == 1
        let item = isSingle ? items[right.trailingZeroBitCount] : nil
        let behind: Found
        if let item, !mayStart(item) {
            guard item.requires.isSubset(of: sideRelations(left)) else { return }
            behind = Found(order: .item(right.trailingZeroBitCount), cost: item.part.cost)
        } else {
            guard let known = best[Int(right)] else { return }
            behind = known
            if connected, !isConnected(left, right) { return }
        }
        let step = step(left, right, leftCost: before.cost, rightCost: behind.cost)
        let mask = Int(left | right)
        if let known = best[mask], known.cost <= step.cost { return }
        best[mask] = Found(
            order: .join(
                before.order, behind.order, step.method, rows: rows(left | right),
                cost: step.cost), cost: step.cost)
    }

    /// Joins, again and again, the two sides of which the join is cheapest.
    private func pairwise() -> JoinOrder? {
        var sides: [(mask: UInt64, found: Found)] = []
        for (index, item) in items.enumerated() {
            sides.append((1 << UInt64(index), Found(order: .item(index), cost: item.part.cost)))
        }
        while sides.count > 1 {
            var best: (left: Int, right: Int, step: Step, rank: Double)?
            for connected in [true, false] where best == nil {
                for (left, before) in sides.enumerated() where canStart(before.mask) {
                    for (right, behind) in sides.enumerated()
                    where left != right && mayJoin(before.mask, behind.mask) {
                        if connected, canStart(behind.mask),
                            !isConnected(before.mask, behind.mask)
                        {
                            continue
                        }
                        let step = step(
                            before.mask, behind.mask, leftCost: before.found.cost,
                            rightCost: behind.found.cost)
                        let rank =
                            step.cost - before.found.cost - behind.found.cost
                            + rows(before.mask | behind.mask) * Cost.hashProbeRow
                        if best == nil || rank < best!.rank { best = (left, right, step, rank) }
                    }
                }
            }
            guard let best else { return nil }
            let before = sides[best.left]
            let behind = sides[best.right]
            let mask = before.mask | behind.mask
            let order = JoinOrder.join(
                before.found.order, behind.found.order, best.step.method, rows: rows(mask),
                cost: best.step.cost)
            for index in [best.left, best.right].sorted(by: >) { sides.remove(at: index) }
            sides.append((mask, Found(order: order, cost: best.step.cost)))
        }
        return sides.first?.found.order
    }

    private func canStart(_ mask: UInt64) -> Bool {
        mask.nonzeroBitCount > 1 || mayStart(items[mask.trailingZeroBitCount])
    }
}

extension PlannerSource {
    /// The columns of each unique key of a table.
    func uniqueKeys(of table: Shared<Relation>) -> [[Int]] {
        ((table.value.primaryKey.map { [$0] } ?? []) + table.value.indexes).compactMap { oid in
            guard let index = relation(oid)?.value.index, index.isAlwaysUnique,
                index.predicate == nil
            else { return nil }
            let columns = index.keys.compactMap(\.column)
            return columns.count == index.keys.count ? columns : nil
        }
    }
}
