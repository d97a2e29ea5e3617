/// A set of range table entries of one query.
struct RelationSet: Equatable {
    static let relationsMax = 128
    private var bits: UInt128 = 0

    static let none = RelationSet()
    init() {}
    init(_ relation: Int) { bits = 1 << UInt128(relation) }

    var isEmpty: Bool { bits == 0 }
    var count: Int { bits.nonzeroBitCount }
    func contains(_ relation: Int) -> Bool { bits >> UInt128(relation) & 1 != 0 }
    func isSubset(of other: RelationSet) -> Bool { bits & ~other.bits == 0 }
    func intersects(_ other: RelationSet) -> Bool { bits & other.bits != 0 }
    mutating func insert(_ relation: Int) { bits |= 1 << UInt128(relation) }
    mutating func formUnion(_ other: RelationSet) { bits |= other.bits }
    func union(_ other: RelationSet) -> RelationSet {
        var result = self
        result.bits |= other.bits
        return result
    }
    func subtracting(_ other: RelationSet) -> RelationSet {
        var result = self
        result.bits &= ~other.bits
        return result
    }
}
