internal import Base
internal import Glibc
internal import Synchronization
internal import System

/// How much memory the memtables have that are written to.
final class MemoryAccount: Sendable {
    private let total = Atomic<Int>(0)
    var sizeBytes: Int { total.load(ordering: .relaxed) }
    func add(_ sizeBytes: Int) { total.wrappingAdd(sizeBytes, ordering: .relaxed) }
}

/// Memory of a memtable: bump allocation in large chunks that are freed together. Callers hold the
/// memtable's structure latch.
final class MemtableMemory {
    // Unchecked: the memtable's latch is held.
    @exclusivity(unchecked) private var cursor: UInt = 0
    @exclusivity(unchecked) private var end: UInt = 0
    private var chunks: [(base: UnsafeMutableRawPointer, sizeBytes: Int)] = []
    @exclusivity(unchecked) private(set) var usedBytes = 0
    /// Of the chunks.
    private var reservedBytes = 0
    /// Where they are counted, until the memtable is frozen.
    private var account: MemoryAccount?

    private static let chunkSizeBytesMin = 64 << 10

    init(_ account: MemoryAccount?) { self.account = account }

    deinit {
        account?.add(-reservedBytes)
        for chunk in chunks { LargeChunks.shared.giveBack(chunk.base, chunk.sizeBytes) }
    }

    /// It does not count any more: the memtable is on its way out of memory.
    func leaveAccount() {
        account?.add(-reservedBytes)
        account = nil
    }

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

    /// Chunks double, so that small tables stay small; large ones get huge pages, touched ahead.
    @inline(never)
    private func grow(_ byteCount: Int) {
        let next = min(
            MemtableMemory.chunkSizeBytesMin << min(chunks.count, 16), LargeChunks.sizeBytes)
        let size = max(byteCount, chunks.isEmpty ? 4096 : next)
        let memory = size == LargeChunks.sizeBytes
            ? LargeChunks.shared.take() : LargeChunks.allocate(size)
        chunks.append((memory, size))
        reservedBytes += size
        account?.add(size)
        cursor = UInt(bitPattern: memory)
        end = cursor + UInt(size)
    }
}

/// Large chunks of memory that a thread has touched before they are asked for: the first touch of a
/// page costs as much as filling it with rows. Makes nothing until the first is taken, then keeps
/// two ready.
private final class LargeChunks: @unchecked Sendable {
    // Safe to share: everything is used under `lock`.

    static let sizeBytes = 8 << 20
    static let shared = LargeChunks()
    private static let readyCountMax = 2
    private static let pageSizeBytes = 4096

    private let lock = Lock()
    private let wanted = Condition()
    private var ready: [UnsafeMutableRawPointer] = []
    private var hasThread = false

    func take() -> UnsafeMutableRawPointer {
        let chunk = lock.withLock { () -> UnsafeMutableRawPointer? in
            if !hasThread {
                hasThread = true
                Thread.start(name: "memory", stackSizeBytes: 64 << 10) { self.fill() }
            }
            wanted.signal()
            return ready.popLast()
        }
        return chunk ?? LargeChunks.allocate(LargeChunks.sizeBytes)
    }

    private func fill() {
        lock.lock()
        while true {
            while ready.count >= LargeChunks.readyCountMax { wanted.wait(lock) }
            lock.unlock()
            let chunk = LargeChunks.allocate(LargeChunks.sizeBytes)
            for offset in stride(from: 0, to: LargeChunks.sizeBytes, by: LargeChunks.pageSizeBytes)
            {
                chunk.storeBytes(of: 0, toByteOffset: offset, as: UInt8.self)
            }
            lock.lock()
            ready.append(chunk)
        }
    }

    /// Takes back what `take` or `allocate` has given.
    func giveBack(_ memory: UnsafeMutableRawPointer, _ size: Int) {
        if size < LargeChunks.hugePageSizeBytes { return free(memory) }
        if size == LargeChunks.sizeBytes {
            let isKept = lock.withLock {
                if ready.count >= LargeChunks.readyCountMax { return false }
                ready.append(memory)
                return true
            }
            if isKept { return }
        }
        munmap(memory, LargeChunks.wholePages(size))
    }

    /// Page-aligned; from 2 MB on in huge pages, mapped one by one: the allocator would keep what is
    /// freed between others.
    static func allocate(_ size: Int) -> UnsafeMutableRawPointer {
        if size >= hugePageSizeBytes { return map(wholePages(size)) }
        var memory: UnsafeMutableRawPointer?
        guard posix_memalign(&memory, pageSizeBytes, size) == 0, let memory else {
            fatalError("out of memory")
        }
        return memory
    }

    private static let hugePageSizeBytes = 2 << 20

    private static func wholePages(_ size: Int) -> Int {
        (size + pageSizeBytes - 1) & ~(pageSizeBytes - 1)
    }

    private static func map(_ size: Int) -> UnsafeMutableRawPointer {
        // What lies before the first huge page, and behind, is given back.
        guard
            let base = mmap(
                nil, size + hugePageSizeBytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS,
                -1, 0), base != MAP_FAILED
        else { fatalError("out of memory") }
        let head = -Int(bitPattern: base) & (hugePageSizeBytes - 1)
        if head > 0 { munmap(base, head) }
        if head < hugePageSizeBytes { munmap(base + head + size, hugePageSizeBytes - head) }
        madvise(base + head, size, 14 /* MADV_HUGEPAGE */)
        return base + head
    }
}
