internal import Base
internal import Glibc
internal import Synchronization
internal import System

/// The rows or entries of one generation in memory: a skip list of keys (Pugh 1990), each with a
/// chain of versions, newest first, and a hash index for look-ups of whole keys.
///
/// Readers take no latch: links and chain heads are published with release stores, and nodes are
/// never removed. Writers of new nodes and versions hold `latch`; chain heads are changed by whoever
/// holds the key's row latch (`RowLocks`).
///
///     node: | chain head 8 | key length 4 | height 4 | next × height, 8 each | key bytes |
final class Memtable: @unchecked Sendable {
    let latch = Lock()
    let memory: MemtableMemory
    private let head: Node
    private let points: PointIndex
    private var random = SeededRandom(seed: 0x0D1)
    /// The last node of each level; under the latch, as the next.
    private let tails: UnsafeMutablePointer<UInt>
    /// The nodes before the key that is searched for.
    private let path: UnsafeMutablePointer<UInt>
    /// Grows when a key comes or comes back within a run of deleted keys that walks pass over: what
    /// is known of such runs is stale then.
    let runEpoch = Atomic<UInt>(0)
    /// For `Table.nextRowID`.
    let rowIDs: UnsafeMutablePointer<Atomic<UInt64>>
    private let rowIDOwner: RowIDs
    private let hasAll: Atomic<Bool>
    private let hasEnded = Atomic<Bool>(false)
    /// Something was written, rather than copied from older sources, since it was last asked; under
    /// the latch.
    @exclusivity(unchecked) private var hasChanged = false

    static let heightMax = 16

    /// - Parameter isWhole: it has all there is; else older sources have what it lacks.
    init(isWhole: Bool, counter: KeyCounter, rowIDs: RowIDs, account: MemoryAccount) {
        hasAll = Atomic(isWhole)
        rowIDOwner = rowIDs
        self.rowIDs = rowIDs.last
        memory = MemtableMemory(account)
        points = PointIndex(counter)
        head = Memtable.makeNode(UnsafeRawBufferPointer(start: nil, count: 0), Memtable.heightMax, memory)
        tails = .allocate(capacity: Memtable.heightMax)
        tails.initialize(repeating: head.address, count: Memtable.heightMax)
        path = .allocate(capacity: Memtable.heightMax)
        path.initialize(repeating: head.address, count: Memtable.heightMax)
    }

    deinit {
        tails.deallocate()
        path.deallocate()
    }

    var keyCount: Int { points.count }
    var usedBytes: Int { latch.withLock { memory.usedBytes } }
    /// True if nothing else has to be looked at.
    @inline(__always)
    var isWhole: Bool { hasAll.load(ordering: .acquiring) }
    /// Nothing is written to it any more: another one has taken its place.
    @inline(__always)
    var isFrozen: Bool { hasEnded.load(ordering: .relaxed) }

    struct Node {
        let base: UnsafeMutableRawPointer

        @inline(__always)
        init?(_ address: UInt) {
            guard let base = UnsafeMutableRawPointer(bitPattern: address) else { return nil }
            self.base = base
        }
        @inline(__always)
        init(base: UnsafeMutableRawPointer) { self.base = base }

        var address: UInt { UInt(bitPattern: base) }

        @inline(__always)
        var chain: UnsafeMutablePointer<Atomic<UInt>> {
            base.assumingMemoryBound(to: Atomic<UInt>.self)
        }
        @inline(__always)
        var newest: Version? { Version(chain.pointee.load(ordering: .acquiring)) }

        @inline(__always)
        var height: Int { Int(base.load(fromByteOffset: 12, as: UInt32.self)) }
        @inline(__always)
        var key: UnsafeRawBufferPointer {
            UnsafeRawBufferPointer(
                start: base + 16 + height * 8,
                count: Int(base.load(fromByteOffset: 8, as: UInt32.self)))
        }
        @inline(__always)
        func link(_ level: Int) -> UnsafeMutablePointer<Atomic<UInt>> {
            (base + 16 + level * 8).assumingMemoryBound(to: Atomic<UInt>.self)
        }
        @inline(__always)
        func next(_ level: Int) -> Node? { Node(link(level).pointee.load(ordering: .acquiring)) }
    }

    private static func makeNode(
        _ key: UnsafeRawBufferPointer, _ height: Int, _ memory: MemtableMemory
    ) -> Node {
        let base = memory.allocate(16 + height * 8 + key.count)
        let node = Node(base: base)
        node.chain.initialize(to: Atomic(0))
        base.storeBytes(of: UInt32(key.count), toByteOffset: 8, as: UInt32.self)
        base.storeBytes(of: UInt32(height), toByteOffset: 12, as: UInt32.self)
        for level in 0..<height { node.link(level).initialize(to: Atomic(0)) }
        if let source = key.baseAddress {
            (base + 16 + height * 8).copyMemory(from: source, byteCount: key.count)
        }
        return node
    }

    // MARK: Reading

    /// The node of exactly `key`.
    @inline(__always)
    func find(_ key: UnsafeRawBufferPointer) -> Node? { points.find(key, hashKey(key)) }

    /// Brings the nodes of `keys` and their newest versions near: each step asks for all keys' memory
    /// before the next one uses it.
    func prefetch(_ keys: UnsafePointer<UnsafeRawBufferPointer>, count: Int) {
        withUnsafeTemporaryAllocation(of: UInt64.self, capacity: Memtable.prefetchedMax) { words in
            var first = 0
            while first < count {
                let end = min(first + Memtable.prefetchedMax, count)
                points.prefetch(keys + first, count: end - first, nodes: words)
                for index in 0..<end - first {
                    guard let node = Node(UInt(words[index])) else { continue }
                    let version = node.chain.pointee.load(ordering: .acquiring)
                    Base.prefetch(UnsafeRawPointer(bitPattern: version))
                }
                first = end
            }
        }
    }
    /// So many keys' memory is asked for at once.
    private static let prefetchedMax = 64

    /// The first node at or after `key`.
    func lowerBound(_ key: UnsafeRawBufferPointer) -> Node? {
        var node = head
        var found: Node?
        for level in (0..<Memtable.heightMax).reversed() {
            // Each link is read once: between two looks a key before `key` may be linked in.
            var next = node.next(level)
            while let candidate = next, candidate.address != found?.address,
                compareBytes(candidate.key, key) < 0
            {
                node = candidate
                next = node.next(level)
            }
            found = next
        }
        return found
    }

    var first: Node? { head.next(0) }
    /// Before all keys, on all levels.
    var entry: Node { head }
    func first(onLevel level: Int) -> Node? { head.next(level) }

    /// The last node before `key`, or the last of all.
    func last(before key: UnsafeRawBufferPointer?) -> Node? {
        var node = head
        for level in (0..<Memtable.heightMax).reversed() {
            while let next = node.next(level), key == nil || compareBytes(next.key, key!) < 0 {
                node = next
            }
        }
        return node.address == head.address ? nil : node
    }

    // MARK: Writing

    /// The node of `key`, made if there is none; nil: the memtable is frozen. `latch` is taken inside.
    func findOrInsert(_ key: UnsafeRawBufferPointer) -> Node? {
        let hash = hashKey(key)
        if let existing = points.find(key, hash) { return existing }
        latch.lock()
        defer { latch.unlock() }
        if isFrozen { return nil }
        let place = search(key)
        if let existing = place.existing { return existing }
        let node = Memtable.makeNode(key, randomHeight(), memory)
        link(node, hash, behind: place.path)
        return node
    }

    /// The node of `key` with copies of versions that older sources have, newest first; the node as it
    /// is if there is one; nil: the memtable is frozen. `latch` is taken inside.
    /// - Parameter isOnly: the older sources go away.
    @discardableResult
    func adopt(
        _ key: UnsafeRawBufferPointer, _ versions: [Version], isOnly: Bool = false
    ) -> Node? {
        latch.lock()
        defer { latch.unlock() }
        if isFrozen { return nil }
        let place = search(key)
        if let existing = place.existing { return existing }
        let node = Memtable.makeNode(key, randomHeight(), memory)
        node.chain.pointee.store(copy(versions, older: 0), ordering: .relaxed)
        if !isOnly { points.willInsertCopy() }
        link(node, hashKey(key), behind: place.path)
        return node
    }

    /// Puts copies of versions in front of a chain that has none that counts. For recovery, which is
    /// alone with the memtable.
    func adopt(_ versions: [Version], inFrontOf node: Node) {
        let older = node.chain.pointee.load(ordering: .relaxed)
        node.chain.pointee.store(copy(versions, older: older), ordering: .releasing)
    }

    private func copy(_ versions: [Version], older: UInt) -> UInt {
        var next = older
        for version in versions.reversed() {
            next = UInt(bitPattern: Version.copy(version, older: next, memory))
        }
        return next
    }

    /// Ends writing. The latch and all row latches are held.
    func freeze() {
        hasEnded.store(true, ordering: .releasing)
        hasAll.store(false, ordering: .releasing)
        memory.leaveAccount()
    }

    /// True if something was written since the last time; under the latch inside.
    func takeChanges() -> Bool {
        latch.withLock {
            defer { hasChanged = false }
            return hasChanged
        }
    }
    /// What was taken has not come to anything.
    func giveBackChanges() { latch.withLock { hasChanged = true } }
    var mayHaveChanged: Bool { latch.withLock { hasChanged } }

    /// Adds a key with its first version, all at once, so that nobody sees the one without the
    /// other; nil if the key is there, or the memtable is frozen. `latch` is taken inside.
    func insertNew(
        _ key: UnsafeRawBufferPointer, _ content: Version.Content, writer: WriterID,
        command: UInt32
    ) -> Node? {
        let hash = hashKey(key)
        latch.lock()
        defer { latch.unlock() }
        if isFrozen { return nil }
        let place = search(key)
        if place.existing != nil { return nil }
        hasChanged = true
        let node = Memtable.makeNode(key, randomHeight(), memory)
        let version = Version.make(content, writer: writer, command: command, older: 0, memory)
        node.chain.pointee.store(UInt(bitPattern: version), ordering: .relaxed)
        link(node, hash, behind: place.path)
        return node
    }

    /// Where `key` is, or the nodes it goes behind. The latch is held.
    private func search(
        _ key: UnsafeRawBufferPointer
    ) -> (existing: Node?, path: UnsafeMutablePointer<UInt>) {
        // Ascending keys go behind the last node, without a search.
        if let last = Node(tails[0]), last.address != head.address, compareBytes(last.key, key) < 0 {
            return (nil, tails)
        }
        var node = head
        var isPresent = false
        for level in (0..<Memtable.heightMax).reversed() {
            while let next = node.next(level) {
                let order = compareBytes(next.key, key)
                if order >= 0 {
                    isPresent = order == 0
                    break
                }
                node = next
            }
            path[level] = node.address
        }
        return (isPresent ? node.next(0) : nil, path)
    }

    private func randomHeight() -> Int {
        1 + min(random.next().trailingZeroBitCount / 2, Memtable.heightMax - 1)
    }

    /// Links a new node behind the given ones, lowest level first.
    private func link(_ node: Node, _ hash: UInt64, behind path: UnsafeMutablePointer<UInt>) {
        if path[0] != head.address, let before = Node(path[0]) { noteChange(behind: before) }
        for level in 0..<node.height {
            guard let before = Node(path[level]) else { fatalError("every level has a node") }
            let next = before.link(level).pointee.load(ordering: .relaxed)
            node.link(level).pointee.store(next, ordering: .relaxed)
            before.link(level).pointee.store(node.address, ordering: .releasing)
            if next == 0 { tails[level] = node.address }
        }
        points.insert(node, hash)
    }

    /// Puts a version in front of a key's chain. The caller holds the key's row latch, and has seen
    /// under it that the memtable is not frozen.
    func prepend(
        _ content: Version.Content, to node: Node, writer: WriterID, command: UInt32
    ) {
        latch.lock()
        hasChanged = true
        let older = node.chain.pointee.load(ordering: .relaxed)
        let base = Version.make(
            content, writer: writer, command: command, older: older, memory)
        noteChange(behind: node)
        node.chain.pointee.store(UInt(bitPattern: base), ordering: .releasing)
        latch.unlock()
    }
}
