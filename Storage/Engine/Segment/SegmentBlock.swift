internal import Base
internal import Synchronization

/// A block of a section as readers use it: its keys whole, their versions linked as in a memtable.
///
///     raw:     | key count v | entries … |
///     entry:   | shared v | rest length v | key rest | version count v | versions, newest first |
///     version: | flags 1 | commit position or writer v | command v | length v | bytes |
///
/// `shared`: so many bytes are those of the key before. Flags: bits 0 to 2 as `Version.kind`, bit 3 if
/// the writer had not ended. A plain deletion has no length and no bytes.
final class SegmentBlock: @unchecked Sendable {
    // Safe to share: filled before it is; then only stamps change, by atomic stores.

    struct Entry {
        var key: UnsafeRawBufferPointer
        /// The address of the newest version.
        var chain: UInt
    }

    static let unstampedFlag: UInt8 = 8

    private let memory: UnsafeMutableRawPointer
    let entries: UnsafeMutablePointer<Entry>
    let count: Int
    /// Of memory.
    let sizeBytes: Int

    /// Nil for bytes that no writer has made.
    init?(_ raw: UnsafeRawBufferPointer) {
        guard let needed = SegmentBlock.measure(raw) else { return nil }
        count = needed.count
        let entriesSize = needed.count * MemoryLayout<Entry>.stride
        sizeBytes = entriesSize + needed.versionBytes + needed.keyBytes
        memory = .allocate(byteCount: max(sizeBytes, 16), alignment: 16)
        entries = memory.bindMemory(to: Entry.self, capacity: max(needed.count, 1))
        fill(raw, versions: memory + entriesSize, keys: memory + entriesSize + needed.versionBytes)
    }

    deinit { memory.deallocate() }

    private struct Needed {
        var count = 0
        var keyBytes = 0
        var versionBytes = 0
    }

    /// Reads all of it once, to know that it is whole and how much memory it takes.
    private static func measure(_ raw: UnsafeRawBufferPointer) -> Needed? {
        var reader = ByteReader(raw)
        var needed = Needed()
        guard let count = reader.readVarint(), count <= raw.count else { return nil }
        needed.count = Int(count)
        var keyLength = 0
        for _ in 0..<count {
            guard let shared = reader.readVarint(), shared <= keyLength,
                let rest = reader.readVarint(), rest <= reader.remainingCount,
                reader.read(byteCount: Int(rest)) != nil,
                let versionCount = reader.readVarint(), versionCount > 0
            else { return nil }
            keyLength = Int(shared) + Int(rest)
            needed.keyBytes += keyLength
            for _ in 0..<versionCount {
                guard let version = readVersion(&reader) else { return nil }
                needed.versionBytes += Version.sizeBytes(kind: version.kind, version.bytes.count)
            }
        }
        return reader.isAtEnd ? needed : nil
    }

    private struct StoredVersion {
        var kind: UInt8
        var stamp: UInt64
        var command: UInt32
        var bytes: UnsafeRawBufferPointer
    }

    private static func readVersion(_ reader: inout ByteReader) -> StoredVersion? {
        guard let flags = reader.readByte(), let number = reader.readVarint(),
            let command = reader.readVarint()
        else { return nil }
        var version = StoredVersion(
            kind: flags & Version.kindMask,
            stamp: number << 1 | (flags & unstampedFlag != 0 ? 1 : 0),
            command: UInt32(truncatingIfNeeded: command),
            bytes: UnsafeRawBufferPointer(start: nil, count: 0))
        if version.kind == Version.plainDeletionKind { return version }
        guard let length = reader.readVarint(), length <= reader.remainingCount,
            let bytes = reader.read(byteCount: Int(length))
        else { return nil }
        version.bytes = bytes
        return version
    }

    /// As `measure`, which has found that nothing is missing.
    private func fill(
        _ raw: UnsafeRawBufferPointer, versions: UnsafeMutableRawPointer,
        keys: UnsafeMutableRawPointer
    ) {
        var reader = ByteReader(raw)
        _ = reader.readVarint()
        var version = versions
        var key = keys
        var before = UnsafeRawBufferPointer(start: keys, count: 0)
        for index in 0..<count {
            guard let shared = reader.readVarint(), let restLength = reader.readVarint(),
                let rest = reader.read(byteCount: Int(restLength)),
                let versionCount = reader.readVarint()
            else { fatalError("a block does not change") }
            let sharedCount = Int(shared)
            if sharedCount > 0, let source = before.baseAddress {
                key.copyMemory(from: source, byteCount: sharedCount)
            }
            if let source = rest.baseAddress {
                (key + sharedCount).copyMemory(from: source, byteCount: rest.count)
            }
            before = UnsafeRawBufferPointer(start: key, count: sharedCount + rest.count)
            key += before.count
            let newest = UInt(bitPattern: version)
            for number in 0..<versionCount {
                guard let stored = SegmentBlock.readVersion(&reader) else {
                    fatalError("a block does not change")
                }
                let size = Version.sizeBytes(kind: stored.kind, stored.bytes.count)
                let older = number + 1 < versionCount ? UInt(bitPattern: version + size) : 0
                Version.place(
                    at: version, kind: stored.kind, stamp: stored.stamp, command: stored.command,
                    older: older, stored.bytes)
                version += size
            }
            (entries + index).initialize(to: Entry(key: before, chain: newest))
        }
    }

    /// The first entry at or after `key`.
    func lowerBound(_ key: UnsafeRawBufferPointer) -> Int {
        var low = 0
        var high = count
        while low < high {
            let middle = (low + high) / 2
            if compareBytes(entries[middle].key, key) < 0 { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
