internal import Base
internal import Catalog
internal import Query
internal import Types

/// A table that an item is: it can also be read by keys that the rows before it give.
struct ScannedTable {
    var relation: Int
    var table: Shared<Relation>
    var alias: String
}

/// A FROM item that waits to be joined.
struct JoinItem {
    /// Inner; or semi, anti, left, full: then it is always the right side.
    var kind: JoinKind
    /// The item planned alone.
    var part: PlannedPart
    var relations: RelationSet
    /// Entries whose columns it needs: they come before it.
    var requires: RelationSet
    var table: ScannedTable?
    /// The conditions about the item alone.
    var local: [Conjunct] = []
    /// What it is joined by, if its kind is not inner.
    private(set) var conditions: [Conjunct] = []

    init(
        kind: JoinKind, part: PlannedPart, relations: RelationSet, requires: RelationSet
    ) {
        self.kind = kind
        self.part = part
        self.relations = relations
        self.requires = requires
    }

    mutating func join(by conditions: [Conjunct]) {
        self.conditions = conditions
        for condition in conditions {
            requires.formUnion(condition.relations.subtracting(relations))
        }
    }
}

/// How the right side is joined to what is there already.
enum JoinMethod {
    case lookup
    case hash
    case loop
}

/// An order of joins with a method for each.
indirect enum JoinOrder {
    case item(Int)
    case join(JoinOrder, JoinOrder, JoinMethod, rows: Double, cost: Double)

    /// The items below, a bit each.
    var mask: UInt64 {
        switch self {
        case .item(let index): 1 << UInt64(index)
        case .join(let left, let right, _, _, _): left.mask | right.mask
        }
    }
}
