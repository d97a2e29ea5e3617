public import Base
internal import Log
internal import Synchronization
public import System

/// Checkpoints: what is in memory goes to segments, so that the next start reads the log from here on
/// and memory can be given back.
///
///     log:       ……… | mark | state of the layers above | changes …
///                       └── the manifest says that replaying begins here
///
/// In order: (1) the log is flushed and its end marked; (2) the layers above, and the engine, append
/// what messages before the mark have said, as it is now; (3) memtables that have to go are frozen;
/// (4) sections are written, whatever is found in the memtables meanwhile: changes that are in a
/// section and in the log behind the mark as well are put on top again in the same order, which
/// leaves the same newest version; (5) files, directory and log are synced, so that no segment says
/// that something is committed which the log could lose; (6) the manifest is replaced; (7) readers
/// get the new sources, and files that nothing names go away.
extension Engine {
    /// True if memory has grown enough for a checkpoint, or the log since the last one.
    public func wantsCheckpoint(logBytesMax: Int) -> Bool {
        // What every generation takes, however empty, does not go away.
        let rest = memoryAfterCheckpoint.load(ordering: .relaxed)
        if account.sizeBytes > max(memoryBytesMax, rest + memoryBytesMax / 4) { return true }
        let grown = log.endPosition.rawValue - checkpointEnd.load(ordering: .relaxed)
        return grown > UInt64(max(logBytesMax, 0))
    }

    /// What a checkpoint does with one generation.
    private struct Job {
        let tree: Tree
        /// Stays in memory: what is in it is written, and it goes on as it is.
        var kept: Memtable?
        /// Go from memory, newest first.
        var frozen: [Memtable] = []
        /// Are replaced together with `frozen`: the newest segments.
        var merged: [Segment] = []
        var place: SegmentPlace?
        var segment: Segment?
    }

    /// To be called before rows are written, some hundred at most. Waits while a checkpoint is at work and
    /// new memory has grown to all that there may be once more, so that it stays below twice its bound.
    /// - Throws: 53100 if the disk has no room for the log.
    @inline(__always)
    public func admitWrites(_ waiter: Waiter) throws(SQLError) {
        if isCheckpointing.load(ordering: .relaxed) || log.isFull { try waitForRoom(waiter) }
    }

    @inline(never)
    private func waitForRoom(_ waiter: Waiter) throws(SQLError) {
        if log.isFull { throw Engine.logIsFull }
        try waitForCheckpoint(waiter)
    }

    /// 53100: nothing can be written to the log.
    public static var logIsFull: SQLError {
        SQLError(.diskFull, "could not write to the log: No space left on device")
            .hint("Check free disk space.")
    }

    private func waitForCheckpoint(_ waiter: Waiter) throws(SQLError) {
        while isCheckpointing.load(ordering: .relaxed), account.sizeBytes > memoryBytesMax {
            let soon = Instant.now().advanced(byMilliseconds: 5)
            _ = try waiter.wait(deadline: soon) { !self.isCheckpointing.load(ordering: .relaxed) }
        }
    }

    /// Writes what is in memory to segments; the largest tables leave memory if there is too much.
    /// - Throws: 53100 where the disk is full, 58030: nothing has changed then.
    public func checkpoint() throws(SQLError) {
        try checkpointLock.withLock { () throws(SQLError) in
            if isClosed || log.hasFailed { return }
            isCheckpointing.store(true, ordering: .relaxed)
            defer { isCheckpointing.store(false, ordering: .relaxed) }
            if log.endPosition.rawValue == checkpointEnd.load(ordering: .relaxed),
                account.sizeBytes <= memoryBytesMax
            {
                return
            }
            guard let mark = log.mark() else {
                if log.hasFailed { return }
                throw Engine.logIsFull
            }
            appendState()
            let stateEnd = log.endPosition
            var jobs = prepare()
            do throws(SQLError) {
                try write(&jobs)
                try name(&jobs, mark)
            } catch {
                for job in jobs { job.kept?.giveBackChanges() }
                // What was written so far goes, where it is known that no manifest names it.
                if !log.hasFailed { try removeUnnamed() }
                throw error
            }
            checkpointEnd.store(stateEnd.rawValue, ordering: .relaxed)
            install(jobs)
            memoryAfterCheckpoint.store(account.sizeBytes, ordering: .relaxed)
            try removeUnnamed()
            do throws(FileError) { try log.removeFiles(before: mark) } catch {
                throw Engine.notRemoved(error)
            }
        }
    }

    private func removeUnnamed() throws(SQLError) {
        do throws(FileError) { try segments.removeUnnamed() } catch {
            throw Engine.notRemoved(error)
        }
    }

    /// The next checkpoint tries again.
    private static func notRemoved(_ error: FileError) -> SQLError {
        error.error("could not remove file \"\(error.path)\"")
    }

    /// Appends what messages of the log have said that are not read again.
    private func appendState() {
        noteSubtransactions()
        noteGenerationCeiling()
        appendCheckpointState()
    }

    // MARK: Choosing

    private func prepare() -> [Job] {
        var excess = account.sizeBytes > memoryBytesMax ? account.sizeBytes - memoryBytesMax / 2 : 0
        return tablesLock.withLock {
            var jobs: [Job] = []
            var leaving: [Tree] = []
            let bySize = trees.values.map { (tree: $0, size: $0.view.active.usedBytes) }
                .sorted { $0.size > $1.size }
            for (tree, size) in bySize {
                let active = tree.view.active
                let hasChanged = active.mayHaveChanged
                if active.keyCount > 0, hasChanged && !active.isWhole || excess > 0 {
                    leaving.append(tree)
                    excess -= size
                } else if hasChanged {
                    _ = active.takeChanges()
                    jobs.append(Job(tree: tree, kept: active))
                } else if !tree.view.frozen.isEmpty {
                    jobs.append(Job(tree: tree))
                }
            }
            freeze(leaving)
            jobs += leaving.map { Job(tree: $0) }
            for index in jobs.indices where jobs[index].kept == nil {
                let view = jobs[index].tree.view
                jobs[index].frozen = view.frozen
                jobs[index].merged = merged(with: view)
            }
            return jobs
        }
    }

    /// Gives generations new memtables to write to. Nobody is writing to the old ones: writers hold a
    /// row latch or the memtable's latch, and look under it whether it is frozen.
    private func freeze(_ leaving: [Tree]) {
        if leaving.isEmpty { return }
        let fresh = leaving.map {
            Memtable(isWhole: false, counter: $0.counter, rowIDs: $0.rowIDs, account: account)
        }
        rowLocks.withAllLatches {
            for (tree, active) in zip(leaving, fresh) {
                let old = tree.view.active
                old.latch.withLock {
                    old.freeze()
                    tree.view = View(
                        active: active, frozen: [old] + tree.view.frozen,
                        segments: tree.view.segments)
                    tree.counter.begin(older: tree.view.olderKeyCount)
                }
            }
        }
        viewCounter.wrappingAdd(1, ordering: .releasing)
    }

    /// The newest segments, as far as they are not much larger than what comes before them, or too
    /// many: sizes grow geometrically, and each row is written again a logarithmic number of times.
    private func merged(with view: View) -> [Segment] {
        var size = view.frozen.reduce(0) { $0 + $1.usedBytes }
        var result: [Segment] = []
        for segment in view.segments {
            let rest = view.segments.count - result.count
            if Int(segment.place.sizeBytes) > 2 * size, rest <= Engine.segmentsMax { break }
            result.append(segment)
            size += Int(segment.place.sizeBytes)
        }
        return result
    }
    private static let segmentsMax = 8

    // MARK: Writing

    private func write(_ jobs: inout [Job]) throws(SQLError) {
        var finished: [SegmentWriter] = []
        do throws(FileError) {
            var writer: SegmentWriter?
            for index in jobs.indices {
                if let full = writer, full.sizeBytes > SegmentFormat.fileSizeBytesMin {
                    finished.append(full)
                    writer = nil
                }
                let current: SegmentWriter
                if let writer {
                    current = writer
                } else {
                    current = try segments.makeWriter()
                    writer = current
                }
                try write(&jobs[index], current)
            }
            if let writer { finished.append(writer) }
            for writer in finished { try writer.finish() }
        } catch {
            throw error.error("could not write file \"\(error.path)\"")
        }
        do throws(FileError) {
            for writer in finished { try writer.sync() }
            if !finished.isEmpty { try segments.syncDirectory() }
        } catch {
            throw failed(error)
        }
        for writer in finished {
            let file = try segments.openFile(writer.number)
            for index in jobs.indices where jobs[index].place?.fileNumber == writer.number {
                guard let place = jobs[index].place else { continue }
                jobs[index].segment = Segment(place, file, segments.cache)
            }
        }
    }

    private func write(_ job: inout Job, _ writer: SegmentWriter) throws(FileError) {
        do throws(SectionFailure) {
            job.place = try writeSection(job, writer)
        } catch {
            switch error {
            case .file(let error): throw error
            case .damage:
                // Whoever reads the damaged segment hears of it; the rows in memory are saved without.
                invariant(!job.merged.isEmpty, "memory has no damage")
                job.merged = []
                try write(&job, writer)
            }
        }
    }

    private enum SectionFailure: Error {
        case file(FileError)
        case damage
    }

    private func writeSection(
        _ job: Job, _ writer: SegmentWriter
    ) throws(SectionFailure) -> SegmentPlace? {
        let walk =
            job.kept.map { LayeredWalk(memtables: [$0], segments: []) }
            ?? LayeredWalk(memtables: job.frozen, segments: job.merged)
        // What is kept in memory has older versions there; on disk it is for the next start only.
        var found = FoundVersions(oldest: job.kept != nil ? LogPosition(.max >> 2) : oldestHorizon)
        // Nothing is left below what is written.
        let isWhole =
            job.kept != nil || job.merged.count == job.tree.view.segments.count
        writer.beginSection(job.tree.generation)
        do throws(SQLError) { try walk.seek(nil) } catch { throw .damage }
        while true {
            walk.beginBatch()
            let key: UnsafeRawBufferPointer?
            do throws(SQLError) { key = try walk.next() } catch { throw .damage }
            guard let key else { break }
            found.removeAll()
            walk.forEachVersion { found.add($0, self.writers) }
            if isWhole { found.dropDeletion() }
            if found.versions.isEmpty { continue }
            mentionedWriters.formUnion(found.active)
            do throws(FileError) {
                try writer.add(key, found.versions, stamps: found.stamps)
            } catch {
                throw .file(error)
            }
        }
        do throws(FileError) { return try writer.endSection() } catch { throw .file(error) }
    }

    /// A sync that has failed: what is on disk is not known.
    private func failed(_ error: FileError) -> SQLError {
        log.fail(error)
        return error.error("could not make file \"\(error.path)\" durable")
    }

    // MARK: Naming

    private func name(_ jobs: inout [Job], _ mark: LogMark) throws(SQLError) {
        let newest = Dictionary(uniqueKeysWithValues: jobs.map { (ObjectIdentifier($0.tree), $0) })
        var manifest = Manifest()
        manifest.mark = mark
        manifest.nextWriter = nextWriterNumber
        manifest.generationCeiling = generationCeilingNumber
        tablesLock.withLock {
            for tree in trees.values.sorted(by: { $0.generation < $1.generation }) {
                let stored = newest[ObjectIdentifier(tree)].map { Engine.stored(after: $0) } ?? tree.stored
                manifest.places += stored.map(\.place)
            }
        }
        manifest.writers = outcomes()
        // What is stamped as committed, and what no tree has any more, must not come back or go.
        if !log.flush() {
            throw log.hasFailed ? SQLError(.ioError, "the log has failed") : Engine.logIsFull
        }
        do throws(Manifest.Failure) {
            try segments.write(manifest)
        } catch {
            switch error {
            case .old(let error): throw error.error("could not write file \"\(error.path)\"")
            case .unknown(let error): throw failed(error)
            }
        }
    }

    private static func stored(after job: Job) -> [Segment] {
        let new = [job.segment].compactMap { $0 }
        if job.kept != nil { return new }
        return new + job.tree.view.segments.dropFirst(job.merged.count)
    }

    /// What became of the writers that segments mention, and of those they belong to.
    private func outcomes() -> [(writer: UInt64, word: UInt64)] {
        var result: [UInt64: UInt64] = [:]
        for mentioned in mentionedWriters {
            var writer: WriterID? = mentioned
            while let current = writer, result[current.rawValue] == nil {
                result[current.rawValue] = writers.number(of: current)
                writer = writers.parent(of: current)
            }
        }
        return result.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
    }

    private func install(_ jobs: [Job]) {
        tablesLock.withLock {
            for job in jobs where trees[job.tree.generation] === job.tree {
                let tree = job.tree
                let stored = Engine.stored(after: job)
                tree.stored = stored
                if job.kept != nil { continue }
                tree.view = View(
                    active: tree.view.active,
                    frozen: tree.view.frozen.dropLast(job.frozen.count), segments: stored)
                tree.counter.set(older: tree.view.olderKeyCount)
            }
        }
        viewCounter.wrappingAdd(1, ordering: .releasing)
    }
}
