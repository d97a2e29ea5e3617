internal import Base
internal import Synchronization
internal import System

/// Runs of deleted keys, and how walks pass over them: nodes are never removed, and a queue whose
/// oldest rows are taken again and again begins with ever more of them.
///
/// A walk that has gone through many deleted keys in a row notes at the first of them where they end:
/// a `Passage`, kept in the word that a deletion has for it. Later walks go there at once.
///
///     first dead ──passage──────────────────────▶ last dead ─▶ …
///        │                                            ▲
///        └─▶ dead ─▶ dead ─▶ dead ─▶ … covered ─▶ dead┘
///
/// It holds for snapshots that see all of those deletions, while none of the keys comes back and none
/// comes between. So the keys that a passage leads over, its first included, are marked as covered;
/// who writes behind or into a covered one, under the latch as all who write, makes all passages stale
/// by a new epoch. The last key is not covered: what is put behind it is none of the run.
///
/// A walk that still sees the old epoch while a key is put in does no harm: its snapshot is older than
/// the commit of whoever puts it in.
extension Memtable {
    /// What is known of a run: never changed once it is published.
    private struct Passage {
        var epoch: UInt
        /// The newest of the run's deletions.
        var newest: LogPosition
        /// The run's last node.
        var target: UInt
    }

    /// A bit of a deletion's run word; the other bits are the address of its passage.
    private static let covered: UInt = 1
    /// A walk that is to be noted takes at most so many steps under the latch.
    private static let stepsMax = 10_000

    // MARK: Reading

    /// Where a walk with `snapshot` may go on instead of behind the node of this deletion, which is its
    /// newest version; nil: there is no passage for it.
    @inline(__always)
    func passage(_ deletion: Version, _ snapshot: Snapshot) -> Node? {
        let word = deletion.runWord.pointee.load(ordering: .acquiring)
        guard word > Memtable.covered, let passage = validPassage(word),
            passage.newest <= snapshot.horizon
        else { return nil }
        return Node(passage.target)
    }

    private func validPassage(_ word: UInt) -> Passage? {
        guard let base = UnsafeRawPointer(bitPattern: word & ~Memtable.covered) else { return nil }
        let passage = base.load(as: Passage.self)
        return passage.epoch == runEpoch.load(ordering: .acquiring) ? passage : nil
    }

    // MARK: Writing

    /// Notes that all keys from `first` to `last` are deleted, if they still are. Takes the latch.
    @inline(never)
    func cover(from first: Node, to last: Node, _ writers: WriterTable) {
        latch.lock()
        defer { latch.unlock() }
        let epoch = runEpoch.load(ordering: .relaxed)
        var newest = LogPosition.zero
        var node = first
        var steps = 0
        while node.address != last.address {
            guard steps < Memtable.stepsMax, let deletion = node.newest, deletion.isPlainDeletion,
                let position = commitPosition(deletion, writers)
            else { return }
            steps += 1
            newest = max(newest, position)
            let word = deletion.runWord.pointee.load(ordering: .relaxed)
            if word & Memtable.covered == 0 {
                deletion.runWord.pointee.store(word | Memtable.covered, ordering: .relaxed)
            }
            var next = node.next(0)
            if word > Memtable.covered, let passage = validPassage(word),
                let target = Node(passage.target), compareBytes(target.key, last.key) <= 0
            {
                newest = max(newest, passage.newest)
                next = target
            }
            guard let next else { return }
            node = next
        }
        guard steps > 0, let deletion = first.newest, let end = last.newest, end.isPlainDeletion,
            let position = commitPosition(end, writers)
        else { return }
        let base = memory.allocate(MemoryLayout<Passage>.size)
        base.initializeMemory(
            as: Passage.self,
            to: Passage(epoch: epoch, newest: max(newest, position), target: last.address))
        deletion.runWord.pointee.store(
            UInt(bitPattern: base) | Memtable.covered, ordering: .releasing)
    }

    private func commitPosition(_ version: Version, _ writers: WriterTable) -> LogPosition? {
        let stamp = version.stamp
        if stamp & 1 == 0 { return LogPosition(stamp >> 1) }
        if case .committed(let position) = writers.outcome(of: WriterID(stamp >> 1)) {
            return position
        }
        return nil
    }

    /// Something is about to be written into or behind a node: if passages lead over it, they are
    /// stale. The latch is held.
    @inline(__always)
    func noteChange(behind node: Node) {
        guard let version = node.newest, version.isPlainDeletion else { return }
        let word = version.runWord.pointee.load(ordering: .relaxed)
        if word & Memtable.covered != 0 { forgetRuns(version) }
    }

    @inline(never)
    private func forgetRuns(_ deletion: Version) {
        deletion.runWord.pointee.store(0, ordering: .relaxed)
        runEpoch.wrappingAdd(1, ordering: .releasing)
    }
}

/// The deleted keys that a walk is passing.
struct DeadRun {
    /// The first of them; 0: none.
    private var first: UInt = 0
    private var steps = 0
    private var stepsNoted = DeadRun.stepsMin

    /// So many steps are worth noting; then twice as many, so that a long run costs few notes.
    private static let stepsMin = 64
    private static let stepsMax = 4096

    /// The walk has met a key that is not deleted.
    @inline(__always)
    mutating func end() { first = 0 }

    /// Where to go on from a key of which the walk sees the deletion `version`.
    @inline(never)
    mutating func next(
        behind node: Memtable.Node, _ version: Version, _ snapshot: Snapshot,
        _ memtable: Memtable, _ writers: WriterTable
    ) -> Memtable.Node? {
        guard version.isPlainDeletion, node.newest?.base == version.base else {
            first = 0
            return node.next(0)
        }
        if first == 0 {
            first = node.address
            steps = 0
            stepsNoted = DeadRun.stepsMin
        }
        if steps >= stepsNoted, let start = Memtable.Node(first) {
            memtable.cover(from: start, to: node, writers)
            steps = 1
            stepsNoted = min(stepsNoted * 2, DeadRun.stepsMax)
        }
        steps += 1
        return memtable.passage(version, snapshot) ?? node.next(0)
    }
}
