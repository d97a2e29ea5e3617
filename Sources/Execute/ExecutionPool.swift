internal import Query

/// A session's executions that are not running, by plan: of plans that have run at least twice,
/// since most plans of simple queries run once.
///
/// A set-associative cache: a plan's address names its set, whose ways hold plans. A plan that is
/// new to a full set takes the place of one that was not used of late; where all were, they lose a
/// use each instead, so that plans which run once do not displace those which run again and again.
struct ExecutionPool {
    private struct Way {
        /// One whose plan is gone may look like a new plan in its place, which does no harm.
        var plan: ObjectIdentifier?
        /// Nil after the first run, and while it runs.
        var idle: Execution?
        /// Runs of late, at most `usesMax`; each plan that finds no place takes one back.
        var uses: UInt8 = 0
    }

    private static let wayCount = 4
    private static let setCountMax = 64
    private static let usesMax: UInt8 = 3

    /// `wayCount` for each set; empty until the first run.
    private var ways: [Way] = []

    /// The execution of `plan`, if one is idle; it is the caller's.
    mutating func take(_ plan: PhysicalPlan) -> Execution? {
        guard let way = find(ObjectIdentifier(plan)) else { return nil }
        return ways[way].idle.take()
    }

    /// Keeps an execution that is over, if its plan has run before.
    mutating func put(_ execution: Execution) {
        let plan = ObjectIdentifier(execution.plan)
        if let way = find(plan) {
            ways[way].idle = execution
            ways[way].uses = min(ways[way].uses + 1, ExecutionPool.usesMax)
            return
        }
        if ways.isEmpty { ways = [Way](repeating: Way(), count: ExecutionPool.wayCount) }
        while true {
            if let free = set(of: plan).first(where: { ways[$0].plan == nil }) {
                ways[free].plan = plan
                return
            }
            if ways.count == ExecutionPool.wayCount * ExecutionPool.setCountMax { break }
            grow()
        }
        replace(set(of: plan), by: plan)
    }

    mutating func removeAll() { ways.removeAll() }

    // MARK: Sets

    private func set(of plan: ObjectIdentifier) -> Range<Int> {
        let setCount = ways.count / ExecutionPool.wayCount
        let hash = UInt64(UInt(bitPattern: plan)) &* 0x9E37_79B9_7F4A_7C15
        let first = Int(hash >> 40) & (setCount - 1)
        return first * ExecutionPool.wayCount..<(first + 1) * ExecutionPool.wayCount
    }

    private func find(_ plan: ObjectIdentifier) -> Int? {
        if ways.isEmpty { return nil }
        for way in set(of: plan) where ways[way].plan == plan { return way }
        return nil
    }

    /// In a full set.
    private mutating func replace(_ set: Range<Int>, by plan: ObjectIdentifier) {
        if let way = set.first(where: { ways[$0].uses == 0 }) {
            ways[way] = Way(plan: plan)
        } else {
            for way in set { ways[way].uses -= 1 }
        }
    }

    /// Twice the sets.
    private mutating func grow() {
        let old = ways
        ways = [Way](repeating: Way(), count: old.count * 2)
        for way in old {
            guard let plan = way.plan else { continue }
            // Half of a set goes here, half there: there is room.
            if let free = set(of: plan).first(where: { ways[$0].plan == nil }) { ways[free] = way }
        }
    }
}
