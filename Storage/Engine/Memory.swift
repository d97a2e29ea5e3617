internal import Base
internal import Glibc

/// Memory of a memtable: bump allocation in large chunks that are freed together. Callers hold the
/// memtable's structure latch.
final class MemtableMemory {
    // Unchecked: the memtable's latch is held.
    @exclusivity(unchecked) private var cursor: UInt = 0
    @exclusivity(unchecked) private var end: UInt = 0
    private var chunks: [UnsafeMutableRawBufferPointer] = []
    @exclusivity(unchecked) private(set) var usedBytes = 0

    private static let chunkSizeBytesMin = 64 << 10
    private static let chunkSizeBytesMax = 8 << 20

    deinit { for chunk in chunks { free(chunk.baseAddress) } }

    /// 8-byte aligned.
    @inline(__always)
    func allocate(_ byteCount: Int) -> UnsafeMutableRawPointer {
        let size = UInt((byteCount + 7) & ~7)
        if end - cursor < size { grow(Int(size)) }
        let address = cursor
        cursor += size
        usedBytes += Int(size)
        guard let pointer = UnsafeMutableRawPointer(bitPattern: address) else {
            fatalError("memory of a chunk has an address")
        }
        return pointer
    }

    /// Chunks double, so that small tables stay small; large ones ask for huge pages.
    @inline(never)
    private func grow(_ byteCount: Int) {
        let next = min(
            MemtableMemory.chunkSizeBytesMin << min(chunks.count, 16),
            MemtableMemory.chunkSizeBytesMax)
        let size = max(byteCount, chunks.isEmpty ? 4096 : next)
        let alignment = size >= 2 << 20 ? 2 << 20 : 4096
        var memory: UnsafeMutableRawPointer?
        guard posix_memalign(&memory, alignment, size) == 0, let memory else {
            fatalError("out of memory")
        }
        if alignment > 4096 { madvise(memory, size, 14 /* MADV_HUGEPAGE */) }
        chunks.append(UnsafeMutableRawBufferPointer(start: memory, count: size))
        cursor = UInt(bitPattern: memory)
        end = cursor + UInt(size)
    }
}
