internal import Base

extension Memtable {
    /// Where a search has ended: for each level the last node before the key.
    final class Finger {
        fileprivate let nodes: UnsafeMutablePointer<UInt>

        init() {
            nodes = .allocate(capacity: Memtable.heightMax)
            nodes.initialize(repeating: 0, count: Memtable.heightMax)
        }
        deinit { nodes.deallocate() }
    }

    /// The first node at or after `key`. A search ahead of the last one climbs from its end only as far
    /// as it has to: neighbours are found in a few steps, whatever the table's size.
    /// - Parameter isAhead: `key` is not before that of the finger's last search.
    func lowerBound(_ key: UnsafeRawBufferPointer, _ finger: Finger, isAhead: Bool) -> Node? {
        let nodes = finger.nodes
        var level = Memtable.heightMax
        if isAhead {
            level = 0
            while level < Memtable.heightMax, let node = Node(nodes[level]),
                let next = node.next(level), compareBytes(next.key, key) < 0
            {
                level += 1
            }
        }
        // Above, the finger's nodes are still the last before the key; `node` is one before it.
        var node = start(of: level, nodes, isAhead: isAhead)
        while level > 0 {
            level -= 1
            while let next = node.next(level), compareBytes(next.key, key) < 0 { node = next }
            nodes[level] = node.address
        }
        guard let last = Node(nodes[0]) else { return first }
        // A key may have been linked in behind the finger meanwhile.
        var found = last.next(0)
        while let candidate = found, compareBytes(candidate.key, key) < 0 {
            found = candidate.next(0)
        }
        return found
    }

    private func start(
        of level: Int, _ nodes: UnsafeMutablePointer<UInt>, isAhead: Bool
    ) -> Node {
        if isAhead, level > 0, let node = Node(nodes[level - 1]) { return node }
        return entry
    }
}
