public import Base
public import Engine
internal import System

/// All sequences of the server, by the generation of their state.
///
/// Which generation a sequence has is the catalog's business, and so is its transaction: CREATE,
/// ALTER with options and TRUNCATE … RESTART IDENTITY call `create` for a new generation, which
/// becomes the sequence's with the catalog row that names it, and is given to `drop` if that row
/// never commits. The replaced one is dropped at commit. Until then the transaction's own draws
/// find the private generation through its own catalog.
public final class SequenceManager: @unchecked Sendable {
    // Safe to share: the dictionaries are used under `lock`, the rest does not change.
    private let lock = Lock()
    private var cells: [SequenceID: SequenceCell] = [:]
    private var recovered: [SequenceID: Recovered] = [:]
    /// Of unlogged ones that are in use: what a crash brings them back to.
    private var starts: [SequenceID: SequenceValue] = [:]
    /// Set when recovery ends.
    private var openAllocator: SequenceAllocator?

    /// What the log says of a sequence that nobody has used since.
    private struct Recovered {
        var epoch: UInt64
        var persistence: SequencePersistence
        var value: SequenceValue
        var logCount: UInt8 = 0
        /// Of its creation: what a crash brings an unlogged sequence back to.
        var start: SequenceValue?

        func record(
            _ kind: SequenceRecord.Kind, _ id: SequenceID, _ value: SequenceValue
        ) -> SequenceRecord {
            SequenceRecord(
                kind: kind, id: id, epoch: epoch, persistence: persistence, value: value,
                logCount: kind == .exact ? logCount : 0)
        }
    }

    /// A manager that takes the log's records by `replay` and is then opened.
    public init() {}

    /// Sequences without a past.
    public convenience init(_ allocator: SequenceAllocator) {
        self.init()
        open(allocator, wasStoppedCleanly: true)
    }

    // MARK: Recovery

    /// The kind of the sequences' messages in the engine's log.
    public static let messageKind: UInt8 = 1

    /// Takes a sequence record of the log, in the log's order, before the first use.
    /// - Throws: XX001 for bytes that are no sequence record.
    public func replay(_ bytes: UnsafeRawBufferPointer) throws(SQLError) {
        guard let record = SequenceRecord(bytes) else {
            throw SQLError(.dataCorrupted, "a sequence record of the log cannot be read")
        }
        lock.withLock {
            var state =
                recovered[record.id]
                ?? Recovered(
                    epoch: record.epoch, persistence: record.persistence, value: record.value)
            state.epoch = record.epoch
            state.value = record.value
            state.logCount = record.logCount
            if record.kind == .start { state.start = record.value }
            recovered[record.id] = state
        }
    }

    /// Ends recovery: from now on sequences are drawn from, with the engine's log below.
    public func open(_ engine: Engine) {
        let log = SequenceLog { engine.appendMessage(kind: SequenceManager.messageKind, $0) }
        open(.embedded(log), wasStoppedCleanly: engine.wasStoppedCleanly)
    }

    /// As above. `wasStoppedCleanly`: the log ends with the records of `shutDown`.
    public func open(_ allocator: SequenceAllocator, wasStoppedCleanly: Bool) {
        lock.withLock {
            openAllocator = allocator
            if wasStoppedCleanly { return }
            for (id, state) in recovered where state.persistence == .unlogged {
                let start = state.start ?? state.value
                recovered[id]?.value = start
                recovered[id]?.logCount = 0
                // The next stop may be a clean one that finds the sequence unused.
                if start == state.value { continue }
                _ = allocator.note(
                    SequenceRecord(
                        kind: .exact, id: id, epoch: state.epoch, persistence: .unlogged,
                        value: start))
            }
        }
    }

    /// Forgets what the log has said of generations that the catalog does not have any more.
    public func keepRecovered(_ isLive: (SequenceID) -> Bool) {
        lock.withLock { recovered = recovered.filter { isLive($0.key) } }
    }

    private var allocator: SequenceAllocator {
        guard let openAllocator else { fatalError("sequences are used before recovery has ended") }
        return openAllocator
    }

    /// Appends the exact state of every sequence for a clean stop, so that none skips a value.
    /// Nothing may be drawn afterwards; the engine is closed next.
    public func shutDown() {
        lock.withLock {
            for cell in cells.values {
                if let record = cell.exactRecord() { _ = allocator.note(record) }
            }
        }
    }

    /// Appends to the log what it has said of every sequence, as far as it still holds: replaying will
    /// begin right before it.
    public func appendCheckpointState() {
        lock.withLock {
            for (id, cell) in cells { cell.appendCheckpointState(start: starts[id]) }
            for (id, state) in recovered {
                if let start = state.start {
                    _ = allocator.note(state.record(.start, id, start))
                }
                _ = allocator.note(state.record(.exact, id, state.value))
            }
        }
    }

    // MARK: Generations

    /// Starts a new generation. The position must be durable before the commit that makes it
    /// visible: records are appended in order, so the commit record is enough.
    @discardableResult
    public func create(
        _ id: SequenceID, _ definition: SequenceDefinition, persistence: SequencePersistence,
        value: SequenceValue
    ) -> SequenceCell {
        // At once, so that a checkpoint has the record behind its mark or says it again.
        lock.withLock {
            let position =
                persistence == .temporary
                ? .zero
                : allocator.note(
                    SequenceRecord(
                        kind: .start, id: id, epoch: 1, persistence: persistence, value: value))
            let cell = SequenceCell(
                id: id, definition: definition, persistence: persistence, value: value, epoch: 1,
                position: position, allocator: allocator)
            invariant(cells[id] == nil, "generations are not used again")
            cells[id] = cell
            if persistence == .unlogged { starts[id] = value }
            return cell
        }
    }

    /// The cell of a generation; `definition` is the catalog's, for one that the log has brought
    /// back. One of which the log knows nothing begins at START.
    public func cell(
        _ id: SequenceID, _ definition: SequenceDefinition, persistence: SequencePersistence
    ) -> SequenceCell {
        lock.withLock {
            if let cell = cells[id] { return cell }
            let state = recovered.removeValue(forKey: id)
            if persistence == .unlogged {
                starts[id] =
                    state?.start ?? state?.value
                    ?? SequenceValue(lastValue: definition.start, isCalled: false)
            }
            let cell = SequenceCell(
                id: id, definition: definition, persistence: persistence,
                value: state?.value
                    ?? SequenceValue(lastValue: definition.start, isCalled: false),
                logCount: state?.logCount ?? 0,
                epoch: SequenceState.after(state?.epoch ?? 0), position: .zero,
                allocator: allocator)
            cells[id] = cell
            return cell
        }
    }

    /// Forgets a generation: its transaction aborted, or the one that replaced or dropped it
    /// committed. Who still holds the cell draws values that nobody else will see.
    public func drop(_ id: SequenceID) {
        lock.withLock {
            cells[id] = nil
            recovered[id] = nil
            starts[id] = nil
        }
    }

    public var count: Int { lock.withLock { cells.count + recovered.count } }
}
