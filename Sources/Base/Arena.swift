/// Memory that is freed all at once: bump allocation in blocks, for the values of one query.
///
///     block: | used ............ | free ...... |
///                                ^ cursor      ^ end
///
/// Belongs to one thread at a time.
public final class Arena {
    private static let blockSizeBytes = 32 << 10
    /// Where an arena without a block stands.
    private static var nowhere: UnsafeMutableRawPointer { .init(bitPattern: 16)! }

    @exclusivity(unchecked) @usableFromInline var cursor: UnsafeMutableRawPointer
    @exclusivity(unchecked) @usableFromInline var end: UnsafeMutableRawPointer
    @exclusivity(unchecked) private var blocks: [UnsafeMutableRawBufferPointer]

    public init() {
        blocks = []
        cursor = Arena.nowhere
        end = Arena.nowhere
    }

    deinit { for block in blocks { block.deallocate() } }

    /// Uninitialised memory, 8-byte aligned, valid until `reset`.
    @inlinable
    public func allocate(byteCount: Int) -> UnsafeMutableRawPointer {
        let size = (byteCount + 7) & ~7
        if end - cursor < size { grow(byteCount: size) }
        let result = cursor
        cursor += size
        return result
    }

    @inlinable
    public func copy(_ bytes: UnsafeRawBufferPointer) -> UnsafeRawBufferPointer {
        let target = allocate(byteCount: bytes.count)
        if let source = bytes.baseAddress { target.copyMemory(from: source, byteCount: bytes.count) }
        return UnsafeRawBufferPointer(start: target, count: bytes.count)
    }

    /// Forgets everything allocated; keeps the first block.
    public func reset() {
        guard let first = blocks.first, let start = first.baseAddress else { return }
        if blocks.count > 1 {
            for block in blocks.dropFirst() { block.deallocate() }
            blocks.removeLast(blocks.count - 1)
        }
        cursor = start
        end = start + first.count
    }

    /// Bytes held, used or not.
    public var capacityBytes: Int { blocks.reduce(0) { $0 + $1.count } }

    @usableFromInline @inline(never)
    func grow(byteCount: Int) {
        let size = max(byteCount, min(Arena.blockSizeBytes << min(blocks.count, 6), 1 << 20))
        let block = UnsafeMutableRawBufferPointer.allocate(byteCount: size, alignment: 16)
        blocks.append(block)
        cursor = block.baseAddress!
        end = cursor + block.count
    }
}
