internal import Base

/// A hash table over words: numbers distinct ones 0, 1, 2 … in order of arrival. What `KeyTable` is for
/// encoded keys, for a single integer or date, the usual key of joins and groups.
final class WordTable {
    private struct Slot {
        var key: Int64
        /// The key's number + 1; 0: empty.
        var number: Int
    }
    @exclusivity(unchecked) private var slots: UnsafeMutablePointer<Slot>
    /// A power of two less one; at most half of the slots are taken.
    @exclusivity(unchecked) private var mask: Int
    @exclusivity(unchecked) private var usedCount = 0
    /// Numbers given, that of null included.
    @exclusivity(unchecked) private(set) var count = 0
    @exclusivity(unchecked) private var nullNumber = -1

    private static let capacityMin = 128
    /// A larger table gives its memory back when it is emptied.
    private static let keptCapacityMax = 8192
    /// The slots of a larger one are not near.
    private static let cachedCapacityMax = 2048

    init() {
        mask = WordTable.capacityMin - 1
        slots = WordTable.allocate(WordTable.capacityMin)
    }

    deinit { slots.deallocate() }

    private static func allocate(_ capacity: Int) -> UnsafeMutablePointer<Slot> {
        let slots = UnsafeMutablePointer<Slot>.allocate(capacity: capacity)
        slots.initialize(repeating: Slot(key: 0, number: 0), count: capacity)
        return slots
    }

    func removeAll() {
        if count == 0 { return }
        count = 0
        usedCount = 0
        nullNumber = -1
        if mask >= WordTable.keptCapacityMax {
            slots.deallocate()
            mask = WordTable.capacityMin - 1
            slots = WordTable.allocate(WordTable.capacityMin)
        } else {
            slots.update(repeating: Slot(key: 0, number: 0), count: mask + 1)
        }
    }

    @inline(__always)
    private func place(_ key: Int64) -> Int {
        Int(truncatingIfNeeded: foldHash(UInt64(bitPattern: key))) & mask
    }

    /// The number of `key`; -1: it has none.
    @inline(__always)
    func find(_ key: Int64) -> Int {
        var index = place(key)
        while slots[index].number != 0 {
            if slots[index].key == key { return slots[index].number - 1 }
            index = (index + 1) & mask
        }
        return -1
    }

    /// The numbers of the first `count` rows' keys; -1: none.
    func find(_ keys: Vector, count: Int, into numbers: UnsafeMutablePointer<Int32>) {
        let words = keys.words
        if mask >= WordTable.cachedCapacityMax {
            for row in 0..<count { prefetch(slots + place(words[row])) }
        }
        for row in 0..<count { numbers[row] = Int32(truncatingIfNeeded: find(words[row])) }
        if keys.hasNulls {
            for row in 0..<count where keys.isNull(row) { numbers[row] = -1 }
        }
    }

    /// The number of `key`, which is added if it is new: then the number is the old `count`.
    @inline(__always)
    func insert(_ key: Int64) -> Int {
        var index = place(key)
        while slots[index].number != 0 {
            if slots[index].key == key { return slots[index].number - 1 }
            index = (index + 1) & mask
        }
        count += 1
        usedCount += 1
        slots[index] = Slot(key: key, number: count)
        if usedCount * 2 > mask { grow() }
        return count - 1
    }

    /// The number of null, which is a key of its own.
    func insertNull() -> Int {
        if nullNumber < 0 {
            nullNumber = count
            count += 1
        }
        return nullNumber
    }

    @inline(never)
    private func grow() {
        let old = slots
        let oldCount = mask + 1
        mask = oldCount * 4 - 1
        slots = WordTable.allocate(mask + 1)
        for slot in UnsafeBufferPointer(start: old, count: oldCount) where slot.number != 0 {
            var index = place(slot.key)
            while slots[index].number != 0 { index = (index + 1) & mask }
            slots[index] = slot
        }
        old.deallocate()
    }
}
