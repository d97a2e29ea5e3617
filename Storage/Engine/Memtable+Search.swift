internal import Base
internal import Synchronization

extension Memtable {
    /// So many keys are searched for together.
    static let togetherMax = 32

    /// One of the searches under way.
    private struct Search {
        /// The last node known to be before the key, and the level that is looked at.
        var node: UInt
        var level: Int
        /// The next node on the level, which is on its way to the cache; 0: none.
        var candidate: UInt
        /// A node known not to be before the key.
        var bound: UInt
    }

    /// The first nodes at or after up to `togetherMax` keys; 0: none. Each search waits for the memory
    /// of one node after the other, so all take their steps in turns: while one's node is on its way,
    /// the others go on (Kocberber et al. 2015, asynchronous memory access chaining).
    func lowerBounds(
        _ keys: UnsafePointer<UnsafeRawBufferPointer>, count: Int,
        into found: UnsafeMutablePointer<UInt>
    ) {
        invariant(count <= Memtable.togetherMax, "so many searches have room")
        var top = Memtable.heightMax - 1
        while top > 0, entry.next(top) == nil { top -= 1 }
        let first = entry.next(top)?.address ?? 0
        withUnsafeTemporaryAllocation(of: Search.self, capacity: Memtable.togetherMax) { searches in
            for index in 0..<count {
                searches[index] = Search(
                    node: entry.address, level: top, candidate: first, bound: 0)
            }
            var active = count
            while active > 0 {
                for index in 0..<count where searches[index].level >= 0 {
                    if step(&searches[index], keys[index]) { continue }
                    found[index] = searches[index].candidate
                    active -= 1
                }
            }
        }
        for index in 0..<count {
            guard let node = Node(found[index]) else { continue }
            Base.prefetch(UnsafeRawPointer(bitPattern: node.chain.pointee.load(ordering: .acquiring)))
        }
    }

    /// One step; false: the candidate is what was looked for.
    @inline(__always)
    private func step(_ search: inout Search, _ key: UnsafeRawBufferPointer) -> Bool {
        if search.candidate != search.bound, let candidate = Node(search.candidate),
            compareBytes(candidate.key, key) < 0
        {
            search.node = search.candidate
        } else {
            search.bound = search.candidate
            search.level -= 1
            if search.level < 0 { return false }
        }
        guard let node = Node(search.node) else { fatalError("a search has a node") }
        search.candidate = node.link(search.level).pointee.load(ordering: .acquiring)
        Base.prefetch(UnsafeRawPointer(bitPattern: search.candidate))
        return true
    }
}
