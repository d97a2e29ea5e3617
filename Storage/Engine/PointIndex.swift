internal import Base
internal import Synchronization

/// How many keys a generation has, dead ones included: what plans keep of a table's size, without
/// its memory.
public final class KeyCounter: Sendable {
    /// Of the memtable that is written to, but for keys that older sources have.
    private let entered = Atomic<Int>(0)
    /// Of frozen memtables and segments; a key that several have counts more than once.
    private let older = Atomic<Int>(0)
    public var count: Int {
        entered.load(ordering: .relaxed) + older.load(ordering: .relaxed)
    }

    func set(_ count: Int) { entered.store(count, ordering: .relaxed) }

    /// Another memtable takes new keys from here on; `count` is what all others have.
    func begin(older count: Int) {
        older.store(count, ordering: .relaxed)
        entered.store(0, ordering: .relaxed)
    }

    /// What sources other than the memtable have.
    func set(older count: Int) { older.store(count, ordering: .relaxed) }
}

/// Finds the node of a whole key in one or two cache misses, where the skip list needs twenty. A
/// hash table of node addresses that only grows: readers take no latch, writers hold the
/// memtable's. A grown-out array stays until the memtable goes, for readers that still look at it.
///
///     slot: | hash tag 16 | node address 48 |        0 is empty
final class PointIndex {
    private typealias Slot = Atomic<UInt64>
    private struct Slots {
        var base: UnsafeMutablePointer<Slot>
        var mask: Int
    }

    /// The array in use; its header holds the mask.
    private let current: UnsafeMutablePointer<Atomic<UInt>>
    private var arrays: [UnsafeMutableRawPointer] = []
    private let counter: KeyCounter
    /// Keys entered; under the memtable's latch.
    @exclusivity(unchecked) private(set) var count = 0
    /// Those of them that older sources have as well.
    @exclusivity(unchecked) private(set) var copiedCount = 0

    private static let headerSizeBytes = 16
    private static let capacityMin = 16

    init(_ counter: KeyCounter) {
        self.counter = counter
        current = .allocate(capacity: 1)
        current.initialize(to: Atomic(0))
        publish(capacity: PointIndex.capacityMin)
    }

    deinit {
        for array in arrays { array.deallocate() }
        current.deallocate()
    }

    @inline(__always)
    private var slots: Slots {
        guard let base = UnsafeMutableRawPointer(
            bitPattern: current.pointee.load(ordering: .acquiring))
        else { fatalError("the index has an array") }
        return Slots(
            base: (base + PointIndex.headerSizeBytes).assumingMemoryBound(to: Slot.self),
            mask: base.load(as: Int.self))
    }

    @inline(__always)
    func find(_ key: UnsafeRawBufferPointer, _ hash: UInt64) -> Memtable.Node? {
        let slots = self.slots
        var index = Int(truncatingIfNeeded: hash) & slots.mask
        while true {
            let word = slots.base[index].load(ordering: .acquiring)
            if word == 0 { return nil }
            if word >> 48 == hash >> 48,
                let node = Memtable.Node(UInt(word & 0xFFFF_FFFF_FFFF)),
                compareBytes(node.key, key) == 0
            {
                return node
            }
            index = (index + 1) & slots.mask
        }
    }

    /// Finds the likely nodes of a few keys, 0 where there is none, and has their memory brought near.
    func prefetch(
        _ keys: UnsafePointer<UnsafeRawBufferPointer>, count: Int,
        nodes words: UnsafeMutableBufferPointer<UInt64>
    ) {
        let slots = self.slots
        for index in 0..<count {
            let hash = hashKey(keys[index])
            words[index] = hash
            Base.prefetch(slots.base + (Int(truncatingIfNeeded: hash) & slots.mask))
        }
        for index in 0..<count {
            let hash = words[index]
            var slot = Int(truncatingIfNeeded: hash) & slots.mask
            words[index] = 0
            while true {
                let word = slots.base[slot].load(ordering: .acquiring)
                if word == 0 { break }
                if word >> 48 == hash >> 48 {
                    words[index] = word & 0xFFFF_FFFF_FFFF
                    Base.prefetch(UnsafeRawPointer(bitPattern: UInt(words[index])))
                    break
                }
                slot = (slot + 1) & slots.mask
            }
        }
    }

    /// Adds a node whose key is not there. The memtable's latch is held.
    func insert(_ node: Memtable.Node, _ hash: UInt64) {
        if (count + 1) * 2 > slots.mask { grow() }
        count += 1
        counter.set(count - copiedCount)
        place(node, hash, in: slots)
    }

    /// The next node that is added is of a key that is counted already.
    func willInsertCopy() { copiedCount += 1 }

    private func place(_ node: Memtable.Node, _ hash: UInt64, in slots: Slots) {
        var index = Int(truncatingIfNeeded: hash) & slots.mask
        while slots.base[index].load(ordering: .relaxed) != 0 { index = (index + 1) & slots.mask }
        let word = UInt64(node.address) | (hash >> 48) << 48
        slots.base[index].store(word, ordering: .releasing)
    }

    private func grow() {
        let old = slots
        let new = allocate(capacity: (old.mask + 1) * 4)
        for index in 0...old.mask {
            let word = old.base[index].load(ordering: .relaxed)
            if let node = Memtable.Node(UInt(word & 0xFFFF_FFFF_FFFF)) {
                place(node, hashKey(node.key), in: new.slots)
            }
        }
        current.pointee.store(UInt(bitPattern: new.memory), ordering: .releasing)
    }

    private func publish(capacity: Int) {
        let new = allocate(capacity: capacity)
        current.pointee.store(UInt(bitPattern: new.memory), ordering: .releasing)
    }

    private func allocate(capacity: Int) -> (memory: UnsafeMutableRawPointer, slots: Slots) {
        let memory = UnsafeMutableRawPointer.allocate(
            byteCount: PointIndex.headerSizeBytes + capacity * 8, alignment: 64)
        memory.storeBytes(of: capacity - 1, as: Int.self)
        let base = (memory + PointIndex.headerSizeBytes).bindMemory(to: Slot.self, capacity: capacity)
        for index in 0..<capacity { (base + index).initialize(to: Atomic(0)) }
        arrays.append(memory)
        return (memory, Slots(base: base, mask: capacity - 1))
    }
}

/// The last three bits of a key go into the slot number as they are: eight neighbours share a line of
/// the cache.
@inline(__always)
func hashKey(_ key: UnsafeRawBufferPointer) -> UInt64 {
    guard let lastByte = key.last else { return hashBytes(key) }
    let before = hashBytes(UnsafeRawBufferPointer(rebasing: key[..<(key.count - 1)]))
    let hash = foldHash(before ^ UInt64(lastByte >> 3))
    let neighbour = UInt64(lastByte & 7)
    return (hash & ~7 | neighbour) ^ neighbour << 61
}
