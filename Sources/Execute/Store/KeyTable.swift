internal import Base

/// A hash table over encoded keys (`KeyEncoder`): numbers distinct keys 0, 1, 2 … in order of
/// arrival. Open addressing; keys of up to 12 bytes lie in the table.
final class KeyTable {
    private struct Entry {
        var hash: UInt64
        var key: ByteView
    }

    @exclusivity(unchecked) private var entries: UnsafeMutablePointer<Entry>
    @exclusivity(unchecked) private var entryCapacity: Int
    @exclusivity(unchecked) private(set) var count = 0
    /// Entry number + 1 by hash; 0 is empty. A power of two in size, at most half full.
    @exclusivity(unchecked) private var slots: UnsafeMutablePointer<UInt32>
    @exclusivity(unchecked) private var slotMask: Int
    private let arena = Arena()
    private static let capacityMin = 64
    /// A larger table gives its memory back when it is emptied.
    private static let keptCapacityMax = 4096

    init() {
        entryCapacity = KeyTable.capacityMin
        entries = .allocate(capacity: entryCapacity)
        slotMask = entryCapacity * 2 - 1
        slots = .allocate(capacity: slotMask + 1)
        slots.initialize(repeating: 0, count: slotMask + 1)
    }

    deinit {
        entries.deallocate()
        slots.deallocate()
    }

    func removeAll() {
        if count == 0 { return }
        count = 0
        arena.reset()
        if entryCapacity > KeyTable.keptCapacityMax {
            entries.deallocate()
            slots.deallocate()
            entryCapacity = KeyTable.capacityMin
            entries = .allocate(capacity: entryCapacity)
            slotMask = entryCapacity * 2 - 1
            slots = .allocate(capacity: slotMask + 1)
            slots.initialize(repeating: 0, count: slotMask + 1)
        } else {
            slots.update(repeating: 0, count: slotMask + 1)
        }
    }

    /// The bytes of the key with a number.
    func withKey<Result>(_ number: Int, _ body: (UnsafeRawBufferPointer) -> Result) -> Result {
        entries[number].key.withBytes(body)
    }

    /// The number of `key`, or nil.
    @inline(__always)
    func find(_ key: UnsafeRawBufferPointer) -> Int? {
        let view = ByteView(borrowing: key)
        let hash = hashBytes(key)
        var slot = Int(truncatingIfNeeded: hash) & slotMask
        while slots[slot] != 0 {
            let entry = entries + Int(slots[slot] - 1)
            if entry.pointee.hash == hash, entry.pointee.key == view { return Int(slots[slot]) - 1 }
            slot = (slot + 1) & slotMask
        }
        return nil
    }

    /// The number of `key`, which is added if it is new: then the number is the old `count`.
    @inline(__always)
    func insert(_ key: UnsafeRawBufferPointer) -> Int {
        let view = ByteView(borrowing: key)
        let hash = hashBytes(key)
        var slot = Int(truncatingIfNeeded: hash) & slotMask
        while slots[slot] != 0 {
            let entry = entries + Int(slots[slot] - 1)
            if entry.pointee.hash == hash, entry.pointee.key == view { return Int(slots[slot]) - 1 }
            slot = (slot + 1) & slotMask
        }
        if count == entryCapacity { grow() }
        slot = Int(truncatingIfNeeded: hash) & slotMask
        while slots[slot] != 0 { slot = (slot + 1) & slotMask }
        entries[count] = Entry(hash: hash, key: view.copied(into: arena))
        count += 1
        slots[slot] = UInt32(count)
        return count - 1
    }

    @inline(never)
    private func grow() {
        let bigger = UnsafeMutablePointer<Entry>.allocate(capacity: entryCapacity * 2)
        bigger.update(from: entries, count: count)
        entries.deallocate()
        entries = bigger
        entryCapacity *= 2
        slots.deallocate()
        slotMask = entryCapacity * 2 - 1
        slots = .allocate(capacity: slotMask + 1)
        slots.initialize(repeating: 0, count: slotMask + 1)
        for index in 0..<count {
            var slot = Int(truncatingIfNeeded: entries[index].hash) & slotMask
            while slots[slot] != 0 { slot = (slot + 1) & slotMask }
            slots[slot] = UInt32(index + 1)
        }
    }
}
