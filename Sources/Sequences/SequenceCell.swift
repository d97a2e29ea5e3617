public import Base
internal import Synchronization
internal import System

/// One generation of one sequence, shared by all sessions.
///
/// A draw is one compare-and-exchange of two words. It may only give values up to a *ceiling*
/// whose record is in the log already: after a crash the sequence goes on behind the ceiling, so
/// nothing is given twice. The answer that shows the value waits until that record is durable.
///
///     given ............. | may be given ........ | may be given ....... |
///                         ^ value                 ^ older ceiling        ^ newer ceiling
///
/// The newer ceiling is raised when less than half a step is left below it, so that its record is
/// usually durable when the first value above the older one is drawn.
public final class SequenceCell: Sendable {
    public let id: SequenceID
    public let definition: SequenceDefinition
    public let persistence: SequencePersistence
    private let allocator: SequenceAllocator
    private let state: Atomic<WordPair>
    private let ceilings = SequenceCeilings()
    /// Held to append records, so that those of a newer epoch follow those of an older one, and
    /// to write `ceilings`.
    private let lock = Lock()

    /// - Parameter position: of the record that holds `value`.
    init(
        id: SequenceID, definition: SequenceDefinition, persistence: SequencePersistence,
        value: SequenceValue, logCount: UInt8 = 0, epoch: UInt64, position: LogPosition,
        allocator: SequenceAllocator
    ) {
        self.id = id
        self.definition = definition
        self.persistence = persistence
        self.allocator = allocator
        let initial = SequenceState(
            epoch: epoch, wraps: 0, logCount: UInt64(logCount), mustLog: logCount > 0,
            isCalled: value.isCalled, value: value.lastValue)
        state = Atomic(initial.pair)
        ceilings.reset(tag: initial.tag, value: value.lastValue, isGiven: value.isCalled, position)
    }

    /// Values of one draw: `first` is given now, the others up to `last` by the session's cache.
    public struct Draw: Sendable {
        public let first: Int64
        public let last: Int64
        /// The answer that shows one of them must wait for this position.
        public let position: LogPosition
    }

    /// Draws CACHE values, fewer at a bound. Nil: the bound is reached and there is no CYCLE.
    public func draw() -> Draw? {
        while true {
            let before = SequenceState(state.load(ordering: .acquiring))
            let after: SequenceState
            let first: Int64
            if let simple = before.simpleStep(definition) {
                after = simple
                first = simple.value
            } else {
                guard let step = before.step(definition) else { return nil }
                after = step.state
                first = step.first
            }
            var position = LogPosition.zero
            if persistence == .permanent {
                guard let covered = ceilings.position(of: after, definition) else {
                    raise(to: after, from: before)
                    continue
                }
                position = covered
            }
            let exchange = state.compareExchange(
                expected: before.pair, desired: after.pair,
                successOrdering: .acquiringAndReleasing, failureOrdering: .relaxed)
            guard exchange.exchanged else { continue }
            if persistence == .permanent, ceilings.isLow(at: after, definition) { raiseEarly() }
            return Draw(first: first, last: after.value, position: position)
        }
    }

    /// setval: acts at once and for good, whatever becomes of the transaction. Returns the
    /// position that must be durable before anything that depends on it is shown.
    public func set(_ value: SequenceValue) -> LogPosition {
        lock.withLock {
            var before = SequenceState(state.load(ordering: .acquiring))
            let epoch = SequenceState.after(before.epoch)
            var position = LogPosition.zero
            if persistence == .permanent {
                position = allocator.note(
                    SequenceRecord(
                        kind: .set, id: id, epoch: epoch, persistence: persistence, value: value))
            }
            let after = SequenceState(
                epoch: epoch, wraps: 0, logCount: 0, isCalled: value.isCalled,
                value: value.lastValue)
            ceilings.reset(
                tag: after.tag, value: value.lastValue, isGiven: value.isCalled, position)
            while true {
                let exchange = state.compareExchange(
                    expected: before.pair, desired: after.pair,
                    ordering: .acquiringAndReleasing)
                if exchange.exchanged { return position }
                before = SequenceState(exchange.original)
            }
        }
    }

    /// What `SELECT last_value, log_cnt, is_called FROM sequence` shows.
    public struct Contents: Equatable, Sendable {
        public var lastValue: Int64
        public var logCount: Int64
        public var isCalled: Bool
        /// The answer that shows it must wait for this position.
        public var position: LogPosition
    }

    public var contents: Contents {
        while true {
            let now = SequenceState(state.load(ordering: .acquiring))
            var position = LogPosition.zero
            if persistence == .permanent {
                guard let covered = ceilings.position(of: now, definition) else { continue }
                position = covered
            }
            return Contents(
                lastValue: now.value, logCount: Int64(now.logCount), isCalled: now.isCalled,
                position: position)
        }
    }

    /// Appends what the log says of the sequence by now: it is no longer read from where that was said.
    /// - Parameter start: the state that a crash brings an unlogged one back to.
    func appendCheckpointState(start: SequenceValue?) {
        lock.withLock {
            if persistence == .temporary { return }
            if let start {
                let epoch = SequenceState(state.load(ordering: .acquiring)).epoch
                _ = allocator.note(
                    SequenceRecord(
                        kind: .start, id: id, epoch: epoch, persistence: persistence, value: start))
            }
            if persistence == .unlogged {
                if let record = exactRecord() { _ = allocator.note(record) }
                return
            }
            let ceiling = ceilings.newest
            _ = allocator.note(
                SequenceRecord(
                    kind: ceiling.value.isCalled ? .ceiling : .set, id: id, epoch: ceiling.epoch,
                    persistence: persistence, value: ceiling.value))
        }
    }

    /// The record of the exact state, for a clean stop; draws after it are not covered.
    func exactRecord() -> SequenceRecord? {
        if persistence == .temporary { return nil }
        let now = SequenceState(state.load(ordering: .acquiring))
        return SequenceRecord(
            kind: .exact, id: id, epoch: now.epoch, persistence: persistence,
            value: SequenceValue(lastValue: now.value, isCalled: now.isCalled),
            logCount: UInt8(now.logCount))
    }

    // MARK: Ceilings

    /// Makes values up to those of `after` drawable, unless the sequence has moved on meanwhile.
    @inline(never)
    private func raise(to after: SequenceState, from before: SequenceState) {
        lock.withLock {
            let now = SequenceState(state.load(ordering: .acquiring))
            guard now.epoch == before.epoch, ceilings.position(of: after, definition) == nil else {
                return
            }
            append(above: after)
        }
    }

    /// Raises the ceiling before it is reached, if nobody else does.
    @inline(never)
    private func raiseEarly() {
        guard lock.tryLock() else { return }
        defer { lock.unlock() }
        let now = SequenceState(state.load(ordering: .acquiring))
        if ceilings.isLow(at: now, definition) { append(above: now) }
    }

    /// Appends a ceiling a step above the value of `state`; under `lock`.
    private func append(above state: SequenceState) {
        let step = ceilings.nextStep(now: Instant.now())
        // From the newer ceiling on: others may draw up to it at this moment.
        let base = ceilings.base(of: state, definition)
        let count = min(step, definition.stepsLeft(after: base))
        let ceiling = definition.advanced(base, by: count)
        let position = allocator.reserve(
            id, epoch: state.epoch, persistence: persistence, ceiling: ceiling)
        let isLast = definition.stepsLeft(after: ceiling) == 0
        let low = isLast ? count : count - count / 2
        ceilings.raise(
            tag: state.tag, value: ceiling, position,
            low: definition.advanced(base, by: low))
    }
}
