internal import Base
internal import System

/// Blocks of segments that were read of late, up to a number of bytes: shared by all, in shards with
/// a lock each. Second chance: the hand passes over a block once if it was used since it last came by.
final class BlockCache: @unchecked Sendable {
    // Safe to share: a shard is used under its lock.

    struct Key: Hashable {
        var fileNumber: UInt64
        var offset: UInt64
    }

    private struct Slot {
        var key: Key
        var block: SegmentBlock
        var isUsed: Bool
    }

    private final class Shard {
        let lock = Lock()
        var places: [Key: Int] = [:]
        var slots: [Slot] = []
        var hand = 0
        var sizeBytes = 0
    }

    private static let shardCount = 16
    private let shards = (0..<shardCount).map { _ in Shard() }
    private let shardSizeBytesMax: Int

    init(sizeBytesMax: Int) { shardSizeBytesMax = sizeBytesMax / BlockCache.shardCount }

    private func shard(_ key: Key) -> Shard {
        let hash = foldHash(key.offset ^ foldHash(key.fileNumber &+ 0x9E37_79B9_7F4A_7C15))
        return shards[Int(truncatingIfNeeded: hash) & (BlockCache.shardCount - 1)]
    }

    func find(_ key: Key) -> SegmentBlock? {
        let shard = shard(key)
        return shard.lock.withLock {
            guard let place = shard.places[key] else { return nil }
            shard.slots[place].isUsed = true
            return shard.slots[place].block
        }
    }

    /// Keeps a block that was read; one that takes much of a shard is not kept.
    func insert(_ block: SegmentBlock, for key: Key) {
        if block.sizeBytes > shardSizeBytesMax / 4 { return }
        let shard = shard(key)
        var dropped: [SegmentBlock] = []
        shard.lock.withLock {
            if shard.places[key] != nil { return }
            while shard.sizeBytes + block.sizeBytes > shardSizeBytesMax, !shard.slots.isEmpty {
                dropped.append(evict(from: shard))
            }
            shard.places[key] = shard.slots.count
            shard.slots.append(Slot(key: key, block: block, isUsed: false))
            shard.sizeBytes += block.sizeBytes
        }
        // Their memory is given back without the lock.
        dropped.removeAll()
    }

    private func evict(from shard: Shard) -> SegmentBlock {
        while true {
            if shard.hand >= shard.slots.count { shard.hand = 0 }
            if !shard.slots[shard.hand].isUsed { break }
            shard.slots[shard.hand].isUsed = false
            shard.hand += 1
        }
        let slot = shard.slots[shard.hand]
        let last = shard.slots.removeLast()
        if shard.hand < shard.slots.count {
            shard.slots[shard.hand] = last
            shard.places[last.key] = shard.hand
        }
        shard.places[slot.key] = nil
        shard.sizeBytes -= slot.block.sizeBytes
        return slot.block
    }
}
