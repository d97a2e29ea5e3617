internal import Base
internal import System

/// Tables whose rows are not in one memtable alone.
extension Table {
    /// The sources as they are now. The handle holds them until `unpin`, so that nodes and rows in
    /// them stay. No latch is held.
    func currentView() -> View {
        if !memtable.isFrozen { return view }
        return pinLock.withLock {
            if let latest, !latest.active.isFrozen { return latest }
            let now = engine.view(of: tree)
            if let latest { pinLocked(latest) }
            latest = now
            return now
        }
    }

    /// Holds what a row's bytes lie in until `unpin`.
    func pin(_ block: SegmentBlock) {
        pinLock.withLock {
            if pinnedBlocks.last === block { return }
            notePins()
            pinnedBlocks.append(block)
        }
    }

    private func pinLocked(_ view: View) {
        notePins()
        pinnedViews.append(view)
    }

    private func notePins() {
        if isNoted { return }
        isNoted = true
        owner?.note(self)
    }

    /// The end of a statement.
    func release() {
        isNoted = false
        unpin()
    }

    /// Rows that were read before need not stay.
    public func unpin() {
        if memtable.isWhole { return }
        pinLock.withLock {
            pinnedBlocks.removeAll(keepingCapacity: true)
            pinnedViews.removeAll()
        }
    }

    // MARK: Reading

    /// `read`, where older sources have to be looked at.
    @inline(never)
    func readLayered(
        _ key: UnsafeRawBufferPointer, _ snapshot: Snapshot
    ) throws(SQLError) -> UnsafeRawBufferPointer? {
        let view = currentView()
        let writers = engine.writers
        if let version = writers.visible(view.active.find(key)?.newest, snapshot) {
            return version.isDeletion ? nil : version.bytes
        }
        for memtable in view.frozen {
            guard let version = writers.visible(memtable.find(key)?.newest, snapshot) else { continue }
            return version.isDeletion ? nil : version.bytes
        }
        if view.segments.isEmpty { return nil }
        let hash = BloomFilter.hash(key)
        for segment in view.segments {
            guard let (newest, block) = try segment.find(key, hash),
                let version = writers.visible(newest, snapshot)
            else { continue }
            if version.isDeletion { return nil }
            pin(block)
            return version.bytes
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
    /// to the first committed one, without those that were rolled back; nil: there are none.
    func olderVersions<Result>(
        of key: UnsafeRawBufferPointer, in view: View, _ body: ([Version]) -> Result
    ) throws(SQLError) -> Result? {
        var versions: [Version] = []
        for memtable in view.frozen {
            if collect(memtable.find(key)?.newest, into: &versions) { return body(versions) }
        }
        var blocks: [SegmentBlock] = []
        if !view.segments.isEmpty {
            let hash = BloomFilter.hash(key)
            for segment in view.segments {
                guard let (newest, block) = try segment.find(key, hash) else { continue }
                blocks.append(block)
                if collect(newest, into: &versions) { break }
            }
        }
        return withExtendedLifetime(blocks) { versions.isEmpty ? nil : body(versions) }
    }

    /// True if a committed version was reached.
    private func collect(_ newest: Version?, into versions: inout [Version]) -> Bool {
        var next = newest
        while let (version, outcome) = engine.writers.newestLive(next) {
            versions.append(version)
            if case .committed = outcome { return true }
            next = version.older
        }
        return false
    }
}
