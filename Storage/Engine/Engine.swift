public import Base
public import Log
internal import Synchronization
public import System

/// The storage engine: multi-version rows by (generation, key), durable through the log.
///
/// Rows lie in memory and in segments (`Tree`); recovery replays the log since the last checkpoint.
/// Keys and rows are bytes; what they mean is the business of the layers above.
public final class Engine: @unchecked Sendable {
    // Safe to share: trees are found under `tablesLock`, ids are atomic or under the log's latch,
    // `segments` and `mentionedWriters` belong to the checkpoint, the parts guard themselves.

    public let log: WriteAheadLog
    public let relationLocks: RelationLocks
    let writers = WriterTable()
    let rowLocks = RowLockTable()
    let sharedKeys = SharedKeyLatches()
    let rowNumbers = RowNumbers()
    let waits: WaitGraph
    let serializable = SerializableTracker()

    /// Before row latches, which are before latches of memtables.
    let tablesLock = Lock()
    var trees: [GenerationID: Tree] = [:]
    let account = MemoryAccount()
    let segments: SegmentStore
    let checkpointLock = Lock()
    /// Writers that had not ended when versions of theirs went to segments.
    var mentionedWriters: Set<WriterID> = []
    let viewCounter = Atomic<UInt64>(1)
    /// Memtables that are written to have about so much memory at most. Set before the first checkpoint.
    public var memoryBytesMax = Int.max / 2
    /// Under the checkpoint's lock.
    private(set) var isClosed = false
    let isCheckpointing = Atomic<Bool>(false)
    private let oldestSnapshot = Atomic<UInt64>(0)
    /// Where the log was when the last checkpoint had begun.
    let checkpointEnd = Atomic<UInt64>(0)
    let memoryAfterCheckpoint = Atomic<Int>(0)
    /// Has the layers above append to the log what messages of theirs have said so far: replaying
    /// begins right before it. Set before the first checkpoint.
    public var appendCheckpointState: @Sendable () -> Void = {}
    private let subtransactionLock = Lock()
    /// Of transactions in progress, by the writer around them.
    private var subtransactions: [WriterID: WriterID] = [:]
    private let nextWriter = Atomic<UInt64>(Engine.firstWriter)
    private let nextGeneration = Atomic<UInt64>(Engine.firstGeneration)
    private let generationCeiling = Atomic<UInt64>(Engine.firstGeneration)
    private let asynchronousHorizon = Atomic<UInt64>(0)
    private let synchronousCommit = Atomic<UInt64>(0)
    private let promptCommit = Atomic<UInt64>(0)
    /// Who wrote generations anew from others, since the start; under `tablesLock`.
    private var builds: [GenerationID: WriterID] = [:]
    private let newestBuild = Atomic<UInt64>(0)

    public static let firstGeneration: UInt64 = 1024
    /// Those before mean something to PostgreSQL: no transaction, and its own rows.
    private static let firstWriter: UInt64 = 3
    private static let generationBlock: UInt64 = 256
    /// Message kind of a clean stop: the last record of a log that was closed.
    public static let cleanStopMessage: UInt8 = 0

    /// True if the log ended with a clean stop.
    public private(set) var wasStoppedCleanly = false
    /// True if there was nothing in the log: the first start.
    public private(set) var isNew = true

    /// Opens the engine, whose log is in `directory`, replaying the log since the last checkpoint.
    /// - Parameters:
    ///   - segmentDirectory: nil: beside the log's files.
    ///   - cacheSizeBytes: of blocks of segments.
    ///   - wholeBytesMax: so many bytes of small generations are read into memory at once, where they
    ///     are used without a look at segments.
    ///   - replayMessage: gets the messages of the layers above, in order.
    public init(
        fileSystem: FileSystem, directory: String, segmentDirectory: String? = nil,
        logFileSizeBytes: Int = LogFormat.fileSizeBytes, cacheSizeBytes: Int = 128 << 20,
        wholeBytesMax: Int = 64 << 20,
        replayMessage: (UInt8, UnsafeRawBufferPointer) -> Void
    ) throws(LogOpenError) {
        waits = WaitGraph()
        relationLocks = RelationLocks(waits: waits)
        if segmentDirectory == nil {
            do throws(FileError) { try fileSystem.makeDirectory(directory) } catch {
                throw .file(error)
            }
        }
        segments = try SegmentStore(
            fileSystem, directory: segmentDirectory ?? directory + "/segments",
            cacheSizeBytes: cacheSizeBytes)
        let writers = self.writers
        var recovery: Recovery
        do throws(SQLError) {
            recovery = Recovery(
                segments.manifest, segments: try segments.openSegments(), account, writers)
        } catch {
            throw .storage(error)
        }
        log = try WriteAheadLog(
            fileSystem: fileSystem, directory: directory, fileSizeBytes: logFileSizeBytes,
            from: segments.manifest.mark
        ) { kind, payload, position in
            recovery.apply(kind, payload, position, writers, replayMessage)
        }
        isNew = recovery.recordCount == 0 && segments.isNew
        wasStoppedCleanly = recovery.lastWasCleanStop
        trees = recovery.trees
        mentionedWriters = Set(segments.manifest.writers.map { WriterID($0.writer) })
        nextWriter.store(
            max(recovery.writerMax + 1, Engine.firstWriter), ordering: .relaxed)
        let generation = max(recovery.generationMax + 1, Engine.firstGeneration)
        nextGeneration.store(generation, ordering: .relaxed)
        generationCeiling.store(generation, ordering: .relaxed)
        for writer in recovery.unfinished { writers.setAborted(WriterID(writer)) }
        checkpointEnd.store(segments.manifest.mark.position.rawValue, ordering: .relaxed)
        oldestSnapshot.store(log.durablePosition.rawValue, ordering: .relaxed)
        do throws(SQLError) {
            readWhole(sizeBytesMax: wholeBytesMax)
            try completeChains()
        } catch {
            throw .storage(error)
        }
        do throws(FileError) {
            try segments.removeUnnamed()
            try log.removeFiles(before: segments.manifest.mark)
        } catch {
            throw .file(error)
        }
    }

    /// Reads the smallest generations into memory, so many of them as make that many bytes. Where one
    /// cannot be read, whoever reads it hears of it.
    private func readWhole(sizeBytesMax: Int) {
        var rest = sizeBytesMax
        let bySize = trees.values.filter { !$0.stored.isEmpty }
            .map { (tree: $0, size: $0.stored.reduce(0) { $0 + Int($1.place.sizeBytes) }) }
            .sorted { $0.size < $1.size }
        for (tree, size) in bySize {
            rest -= size
            if rest < 0 { break }
            let whole = Memtable(
                isWhole: true, counter: tree.counter, rowIDs: tree.rowIDs, account: account)
            tree.counter.begin(older: 0)
            do throws(SQLError) { try readAll(of: tree.view, into: whole) } catch {
                tree.counter.begin(older: tree.view.olderKeyCount)
                continue
            }
            if tree.view.active.mayHaveChanged { whole.giveBackChanges() }
            tree.view = View(active: whole, frozen: [], segments: [])
        }
    }

    private func readAll(of view: View, into whole: Memtable) throws(SQLError) {
        let walk = LayeredWalk(view)
        try walk.seek(nil)
        var found = FoundVersions(oldest: oldestHorizon)
        while let key = try walk.next() {
            found.removeAll()
            walk.forEachVersion { found.add($0, self.writers) }
            found.dropDeletion()
            if !found.versions.isEmpty { whole.adopt(key, found.versions, isOnly: true) }
            walk.beginBatch()
        }
    }

    /// Keys whose replayed versions were all rolled back get what segments have of them: chains in
    /// memtables go down to a committed version (`Tree`).
    private func completeChains() throws(SQLError) {
        for tree in trees.values where !tree.view.segments.isEmpty {
            let table = Table(self, tree, tree.view, owner: nil)
            var next = tree.view.active.first
            while let node = next {
                next = node.next(0)
                if writers.newestLive(node.newest) != nil { continue }
                _ = try table.olderVersions(of: node.key, in: tree.view) { versions in
                    tree.view.active.adopt(versions, inFrontOf: node)
                }
            }
        }
    }

    /// Ends the log with a clean stop and makes it durable. Nothing may be running.
    public func close() {
        checkpointLock.withLock { isClosed = true }
        // Two flushes: the second one's batch proves that the first one's was durable.
        log.flush()
        log.append(kind: EngineRecord.message.rawValue) { $0.append(Engine.cleanStopMessage) }
        log.flush()
    }

    // MARK: Transactions

    public func begin(waiter: Waiter, processID: Int32) -> Transaction {
        Transaction(engine: self, waiter: waiter, processID: processID)
    }

    /// True while the transaction's session sleeps for a lock (pg_stat_activity's wait event).
    public func isWaiting(_ transaction: Transaction) -> Bool { waits.isWaiting(transaction) }

    /// No snapshot in use is older: versions below the newest one up to here are seen by nobody.
    public var oldestHorizon: LogPosition { LogPosition(oldestSnapshot.load(ordering: .acquiring)) }

    /// All snapshots in use see everything up to here.
    public func noteOldestHorizon(_ horizon: LogPosition) {
        _ = oldestSnapshot.max(horizon.rawValue, ordering: .releasing)
    }

    /// Commits up to here are seen by new snapshots: durable, or asynchronous.
    public var visibleHorizon: LogPosition {
        max(log.durablePosition, LogPosition(asynchronousHorizon.load(ordering: .acquiring)))
    }

    /// What new snapshots see at the least, durable or not: commits that changed the catalog, which
    /// everybody goes by at once, or gave back table locks that keep others from writing.
    var promptHorizon: LogPosition { LogPosition(promptCommit.load(ordering: .acquiring)) }

    /// The last commit that is not asynchronous, durable or not.
    var lastCommit: LogPosition { LogPosition(synchronousCommit.load(ordering: .relaxed)) }

    /// Whatever is committed by now is at or below, durable or not.
    public var newestPosition: LogPosition { log.endPosition }

    /// What a reader of everything up to `horizon` must see durable before it tells of it. An
    /// asynchronous commit shows those before it as well, and synchronous ones must not be lost.
    func awaited(upTo horizon: LogPosition) -> LogPosition {
        if horizon <= log.durablePosition { return .zero }
        return min(horizon, LogPosition(synchronousCommit.load(ordering: .relaxed)))
    }

    func assignWriter(to transaction: Transaction) {
        if transaction.writer == .none {
            transaction.writer = newWriter()
            waits.register(transaction)
        }
        // Each open savepoint that has none gets a writer of its own, child of the one around it.
        var parent = transaction.writer
        for index in transaction.savepoints.indices {
            if transaction.savepoints[index].writer == .none {
                let writer = newWriter()
                writers.setSubtransaction(writer, of: parent)
                transaction.savepoints[index].writer = writer
                transaction.subtransactions.append(writer)
                subtransactionLock.withLock {
                    subtransactions[writer] = parent
                    logSubtransaction(writer, of: parent)
                }
            }
            parent = transaction.savepoints[index].writer
        }
    }

    private func logSubtransaction(_ writer: WriterID, of parent: WriterID) {
        log.append(kind: EngineRecord.subtransaction.rawValue) { buffer in
            buffer.append(varint: writer.rawValue)
            buffer.append(varint: parent.rawValue)
        }
    }

    /// Says again whose the subtransactions in progress are. One that is rolled back meanwhile is not
    /// among them, or has its abort record behind this.
    func noteSubtransactions() {
        subtransactionLock.withLock {
            for (writer, parent) in subtransactions { logSubtransaction(writer, of: parent) }
        }
    }

    /// The transaction has ended, its record is in the log.
    func forgetSubtransactions(of transaction: Transaction) {
        subtransactionLock.withLock {
            for writer in transaction.subtransactions { subtransactions[writer] = nil }
        }
    }

    /// The id that the next transaction to write gets.
    public var nextWriterID: WriterID { WriterID(nextWriter.load(ordering: .relaxed)) }

    private func newWriter() -> WriterID {
        WriterID(nextWriter.wrappingAdd(1, ordering: .relaxed).oldValue)
    }

    func appendCommit(
        _ transaction: Transaction, asynchronous: Bool, publish: ((LogPosition) -> Void)?
    ) -> LogPosition {
        let isPrompt = publish != nil || transaction.holdsStrongLock
        let position = log.append(kind: EngineRecord.commit.rawValue) { buffer in
            buffer.append(varint: transaction.writer.rawValue)
            buffer.append(varint: UInt64(transaction.droppedGenerations.count))
            for generation in transaction.droppedGenerations {
                buffer.append(varint: generation.rawValue)
            }
        } then: { position in
            if let serializable = transaction.serializable {
                serializable.tracker.committed(serializable, at: position)
            }
            writers.setCommitted(transaction.writer, at: position)
            // In order, under the log's latch: before any asynchronous commit behind it is seen.
            if !asynchronous { synchronousCommit.store(position.rawValue, ordering: .relaxed) }
            if isPrompt { promptCommit.store(position.rawValue, ordering: .releasing) }
            if transaction.hasBuilt { newestBuild.store(position.rawValue, ordering: .releasing) }
            publish?(position)
        }
        if !transaction.droppedGenerations.isEmpty {
            serializable.dropped(transaction.droppedGenerations)
        }
        if asynchronous {
            _ = asynchronousHorizon.max(position.rawValue, ordering: .acquiringAndReleasing)
        }
        return position
    }

    func appendAbort(_ writer: WriterID) {
        writers.setAborted(writer)
        log.append(kind: EngineRecord.abort.rawValue) { $0.append(varint: writer.rawValue) }
    }
    func abortSubtransaction(_ writer: WriterID) {
        subtransactionLock.withLock { subtransactions[writer] = nil }
        appendAbort(writer)
    }

    var nextWriterNumber: UInt64 { nextWriter.load(ordering: .relaxed) }

    // MARK: Generations and messages

    /// A new generation id. Ids are reserved in the log by blocks, so that none is used twice.
    public func allocateGeneration() -> GenerationID {
        let id = nextGeneration.wrappingAdd(1, ordering: .relaxed).oldValue
        if id >= generationCeiling.load(ordering: .acquiring) {
            tablesLock.withLock {
                let ceiling = generationCeiling.load(ordering: .acquiring)
                if id < ceiling { return }
                let next = max(id, ceiling) + Engine.generationBlock
                log.append(kind: EngineRecord.generations.rawValue) { $0.append(varint: next) }
                generationCeiling.store(next, ordering: .releasing)
            }
        }
        return GenerationID(id)
    }

    var generationCeilingNumber: UInt64 { generationCeiling.load(ordering: .acquiring) }

    /// Says the ceiling again.
    func noteGenerationCeiling() {
        tablesLock.withLock {
            _ = log.append(kind: EngineRecord.generations.rawValue) {
                $0.append(varint: generationCeilingNumber)
            }
        }
    }

    /// Appends a message of a layer above, outside of any transaction.
    @discardableResult
    public func appendMessage(kind: UInt8, _ payload: UnsafeRawBufferPointer) -> LogPosition {
        invariant(kind != Engine.cleanStopMessage, "message kind 0 is the clean stop")
        return log.append(kind: EngineRecord.message.rawValue) { buffer in
            buffer.append(kind)
            buffer.append(contentsOf: payload)
        }
    }

    // MARK: Builds

    /// When a generation was written anew from the newest rows of another: an index of a table that
    /// has rows, a table that was rewritten. Older snapshots do not find in it what they see.
    public enum Build: Sendable {
        /// Everything that the snapshot sees is in it.
        case before
        case byItself
        case later
    }

    /// `transaction` fills `generation` with the newest rows of another one.
    public func noteBuild(_ generation: GenerationID, by transaction: Transaction) {
        assignWriter(to: transaction)
        transaction.hasBuilt = true
        tablesLock.withLock { builds[generation] = transaction.currentWriter }
    }

    /// False if no generation can be too new for a snapshot that `transaction` keeps.
    public func mayHaveBuilt(after horizon: LogPosition, _ transaction: Transaction) -> Bool {
        transaction.hasBuilt || newestBuild.load(ordering: .acquiring) > horizon.rawValue
    }

    /// How a generation stands to a snapshot that `transaction` keeps.
    public func build(
        of generation: GenerationID, horizon: LogPosition, _ transaction: Transaction
    ) -> Build {
        guard let writer = tablesLock.withLock({ builds[generation] }) else { return .before }
        switch writers.outcome(of: writer) {
        case .committed(let position): return position <= horizon ? .before : .later
        case .active(let top): return top == transaction.writer ? .byItself : .later
        case .aborted: return .later
        }
    }

    // MARK: Tables

    /// A handle to the rows of a generation, made if there are none.
    /// - Parameter owner: lets go of what was read at the end of a statement.
    public func table(_ generation: GenerationID, owner: PinnedTables? = nil) -> Table {
        let (tree, view) = tablesLock.withLock {
            if let found = trees[generation] { return (found, found.view) }
            let new = Tree(generation, stored: [], account: account)
            trees[generation] = new
            return (new, new.view)
        }
        return Table(self, tree, view, owner: owner)
    }

    /// Grows when generations get other sources of rows: handles made before hold memory that is of
    /// no use to others.
    @inline(__always)
    public var viewCount: UInt64 { viewCounter.load(ordering: .relaxed) }

    func view(of tree: Tree) -> View { tablesLock.withLock { tree.view } }

    /// Frees the memory of dropped generations; called when their drop is committed and no reader
    /// can hold them.
    public func freeGeneration(_ generation: GenerationID) {
        rowNumbers.forget(generation)
        tablesLock.withLock {
            trees[generation] = nil
            builds[generation] = nil
        }
    }

    /// After recovery: forgets generations that belong to nothing. A crash may come between the end of
    /// a transaction that dropped or had made them and what it does about their rows.
    public func keepGenerations(_ isLive: (GenerationID) -> Bool) {
        tablesLock.withLock { trees = trees.filter { isLive($0.key) } }
    }

    /// Counts the keys of a generation, without holding its memory.
    public func keyCounter(_ generation: GenerationID) -> KeyCounter {
        table(generation).keyCounter
    }

    /// How many keys a generation has, dead ones included: an estimate of its rows.
    public func keyCount(_ generation: GenerationID) -> Int {
        tablesLock.withLock { trees[generation]?.counter.count ?? 0 }
    }

    /// In memory and in segments.
    public func usedBytes(_ generation: GenerationID) -> Int {
        tablesLock.withLock { trees[generation]?.view }?.usedBytes ?? 0
    }
}
