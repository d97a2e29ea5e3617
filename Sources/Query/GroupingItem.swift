/// An item of a GROUP BY with grouping sets, as written; numbers are those of the query's group keys.
public indirect enum GroupingItem: Sendable, Hashable {
    /// `()`.
    case empty
    /// A key, or several in parentheses.
    case keys([Int])
    case rollup([GroupingItem])
    case cube([GroupingItem])
    case sets([GroupingItem])

    /// More sets than a query may have.
    public static let setsMax = 4096
    public static let cubeItemsMax = 12

    /// The grouping sets that the item stands for.
    private var sets: [[Int]] {
        switch self {
        case .empty: return [[]]
        case .keys(let keys): return [keys]
        case .rollup(let items):
            let parts = items.map(\.keys)
            return (0...parts.count).reversed().map { Array(parts.prefix($0).joined()) }
        case .cube(let items):
            let parts = items.map(\.keys)
            return (0..<(1 << parts.count)).map { mask in
                parts.indices.filter { mask >> $0 & 1 == 1 }.flatMap { parts[$0] }
            }
        case .sets(let items): return items.flatMap(\.sets)
        }
    }

    /// Of a part of ROLLUP or CUBE: its keys.
    private var keys: [Int] {
        if case .keys(let keys) = self { return keys }
        return []
    }

    /// The sets of a whole GROUP BY: every combination of its items' sets, shortest first. Nil if
    /// they are too many.
    public static func expand(_ items: [GroupingItem], isDistinct: Bool) -> [[Int]]? {
        var result: [[Int]] = [[]]
        for item in items {
            let sets = item.sets
            if result.count * sets.count > setsMax { return nil }
            result = result.flatMap { left in sets.map { left + $0 } }
        }
        result = result.map { set in
            var known: Set<Int> = []
            return set.filter { known.insert($0).inserted }
        }
        if isDistinct {
            var known: Set<[Int]> = []
            result = result.filter { known.insert($0.sorted()).inserted }
        }
        return result.enumerated().sorted {
            ($0.element.count, $0.offset) < ($1.element.count, $1.offset)
        }.map(\.element)
    }
}
