internal import Base
internal import System

/// The sources of a table's rows, and what it holds of them for its reader.
final class TableLayers: @unchecked Sendable {
    // Safe to share: what changes is used under `lock`, `isNoted` by the owner's thread.

    let tree: Tree
    /// As of when the table was asked for.
    let view: View
    /// Who has rows let go of at the end of a statement.
    private weak var owner: PinnedTables?
    private var isNoted = false
    /// The newest sources, where the memtable of `view` is frozen.
    private var latest: View?
    private var pinnedViews: [View] = []
    private var pinnedBlocks: [SegmentBlock] = []

    private static let locks = (0..<16).map { _ in Lock() }
    private var lock: Lock {
        TableLayers.locks[Int(UInt(bitPattern: ObjectIdentifier(self)) >> 6 & 15)]
    }

    init(_ tree: Tree, _ view: View, owner: PinnedTables?) {
        self.tree = tree
        self.view = view
        self.owner = owner
    }

    func newestView(_ engine: Engine) -> View {
        lock.withLock {
            if let latest, !latest.active.isFrozen { return latest }
            let now = engine.view(of: tree)
            if let latest {
                note()
                pinnedViews.append(latest)
            }
            latest = now
            return now
        }
    }

    func pin(_ block: SegmentBlock) {
        lock.withLock {
            if pinnedBlocks.last === block { return }
            note()
            pinnedBlocks.append(block)
        }
    }

    private func note() {
        if isNoted { return }
        isNoted = true
        owner?.note(self)
    }

    func unpin() {
        lock.withLock {
            pinnedBlocks.removeAll(keepingCapacity: true)
            pinnedViews.removeAll()
        }
    }

    /// The end of a statement.
    func release() {
        isNoted = false
        unpin()
    }
}

/// Tables whose rows are not in one memtable alone.
extension Table {
    /// The sources as they are now. The handle holds them until `unpin`, so that nodes and rows in
    /// them stay. No latch is held.
    func currentView() -> View {
        memtable.isFrozen ? layers.newestView(engine) : layers.view
    }

    /// Rows that were read before need not stay.
    public func unpin() {
        if !memtable.isWhole { layers.unpin() }
    }

    // MARK: Reading

    /// `read`, where older sources have to be looked at.
    @inline(never)
    func readLayered(
        _ key: UnsafeRawBufferPointer, _ snapshot: Snapshot
    ) throws(SQLError) -> UnsafeRawBufferPointer? {
        guard let version = try visibleLayered(key, snapshot), !version.isDeletion else { return nil }
        return version.bytes
    }

    /// The version that `snapshot` sees, deletions included. It stays until `unpin`.
    func visibleLayered(
        _ key: UnsafeRawBufferPointer, _ snapshot: Snapshot
    ) throws(SQLError) -> Version? {
        let view = currentView()
        let writers = engine.writers
        if let version = writers.visible(view.active.find(key)?.newest, snapshot) { return version }
        for memtable in view.frozen {
            if let version = writers.visible(memtable.find(key)?.newest, snapshot) { return version }
        }
        if view.segments.isEmpty { return nil }
        let hash = BloomFilter.hash(key)
        for segment in view.segments {
            guard let (newest, block) = try segment.find(key, hash),
                let version = writers.visible(newest, snapshot)
            else { continue }
            // Holds what the row's bytes lie in until `unpin`.
            layers.pin(block)
            return version
        }
        return nil
    }

    // MARK: Writing

    /// The memtable that is written to and the node of `key` in it, which has the key's newest
    /// versions, wherever they were. It may be frozen before the caller has the key's row latch.
    /// - Parameter isMade: a key without versions gets a node without versions; else nil.
    func node(
        of key: UnsafeRawBufferPointer, isMade: Bool
    ) throws(SQLError) -> (memtable: Memtable, node: Memtable.Node)? {
        while true {
            if memtable.isWhole {
                guard isMade else {
                    return memtable.find(key).map { (memtable, $0) }
                }
                if let node = memtable.findOrInsert(key) { return (memtable, node) }
                continue
            }
            let view = currentView()
            if let node = view.active.find(key) { return (view.active, node) }
            let found = try olderVersions(of: key, in: view) { versions in
                view.active.adopt(key, versions)
            }
            switch found {
            case .some(.some(let node)): return (view.active, node)
            case .some(.none): continue
            case .none:
                if !isMade { return nil }
                if let node = view.active.findOrInsert(key) { return (view.active, node) }
            }
        }
    }

    /// The memtable that a key goes to which no source has; nil: some source has it.
    func memtableForNew(_ key: UnsafeRawBufferPointer) throws(SQLError) -> Memtable? {
        let view = currentView()
        if view.active.find(key) != nil { return nil }
        let found: Void? = try olderVersions(of: key, in: view) { _ in () }
        return found == nil ? view.active : nil
    }

    /// Calls `body` with the newest versions of a key in the sources behind the active memtable, down
    /// to the first one that every snapshot sees, without those that were rolled back; nil: there are
    /// none.
    func olderVersions<Result>(
        of key: UnsafeRawBufferPointer, in view: View, _ body: ([Version]) -> Result
    ) throws(SQLError) -> Result? {
        var found = FoundVersions(oldest: engine.oldestHorizon)
        func collect(_ newest: Version?) {
            var next = newest
            while let version = next, !found.isComplete {
                found.add(version, engine.writers)
                next = version.older
            }
        }
        for memtable in view.frozen where !found.isComplete { collect(memtable.find(key)?.newest) }
        var blocks: [SegmentBlock] = []
        if !view.segments.isEmpty, !found.isComplete {
            let hash = BloomFilter.hash(key)
            for segment in view.segments where !found.isComplete {
                guard let (newest, block) = try segment.find(key, hash) else { continue }
                blocks.append(block)
                collect(newest)
            }
        }
        return withExtendedLifetime(blocks) {
            found.versions.isEmpty ? nil : body(found.versions)
        }
    }
}
