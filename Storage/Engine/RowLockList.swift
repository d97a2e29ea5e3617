internal import Base

/// The row locks of one stripe, found by their keys: a hash table with chains through an array whose
/// slots stay where they are, so that a lock is given back by its slot.
///
///     heads:   [ 2, -, 0, - ]          by the low bits of the hash
///     entries: [ a → 1, b → end, c → end ]
struct RowLockList {
    struct Entry {
        fileprivate var hash: UInt64
        fileprivate var generation: GenerationID
        fileprivate var key: [UInt8]
        /// The next of the chain, or of the free slots; -1: the last.
        fileprivate var next: Int
        /// Set while the slot is taken.
        fileprivate var holder: Transaction?
        fileprivate(set) var mode: RowLockMode

        var transaction: Transaction {
            guard let holder else {
                invariant(false, "a chain has no free slots")
                fatalError()
            }
            return holder
        }
    }

    private var heads: [Int] = []
    private var entries: [Entry] = []
    private var firstFree = -1
    private var count = 0

    var isEmpty: Bool { count == 0 }

    /// True if `matches` is true of some lock on the key; looks no further then.
    @inline(__always)
    func contains(_ key: RowLockTable.Key, where matches: (Entry) -> Bool) -> Bool {
        if count == 0 { return false }
        var slot = heads[head(of: key.hash)]
        while slot >= 0 {
            if entries[slot].hash == key.hash, isOf(slot, key), matches(entries[slot]) { return true }
            slot = entries[slot].next
        }
        return false
    }

    /// - Returns: its slot.
    mutating func insert(
        _ key: RowLockTable.Key, _ mode: RowLockMode, _ transaction: Transaction
    ) -> Int {
        if count == heads.count { grow() }
        let head = head(of: key.hash)
        let entry = Entry(
            hash: key.hash, generation: key.generation, key: [UInt8](key.bytes), next: heads[head],
            holder: transaction, mode: mode)
        var slot = firstFree
        if slot >= 0 {
            firstFree = entries[slot].next
            entries[slot] = entry
        } else {
            slot = entries.count
            entries.append(entry)
        }
        heads[head] = slot
        count += 1
        return slot
    }

    mutating func remove(_ slot: Int) {
        let head = head(of: entries[slot].hash)
        if heads[head] == slot {
            heads[head] = entries[slot].next
        } else {
            var before = heads[head]
            while entries[before].next != slot { before = entries[before].next }
            entries[before].next = entries[slot].next
        }
        entries[slot].holder = nil
        entries[slot].key = []
        entries[slot].next = firstFree
        firstFree = slot
        count -= 1
        if count == 0, entries.count > RowLockList.keptMax { self = RowLockList() }
    }

    /// What an empty list keeps.
    private static let keptMax = 64

    private func head(of hash: UInt64) -> Int { Int(truncatingIfNeeded: hash) & (heads.count - 1) }

    private func isOf(_ slot: Int, _ key: RowLockTable.Key) -> Bool {
        entries[slot].generation == key.generation
            && entries[slot].key.withUnsafeBytes { compareBytes($0, key.bytes) == 0 }
    }

    private mutating func grow() {
        heads = Array(repeating: -1, count: max(4, heads.count * 2))
        for slot in entries.indices where entries[slot].holder != nil {
            let head = head(of: entries[slot].hash)
            entries[slot].next = heads[head]
            heads[head] = slot
        }
    }
}
