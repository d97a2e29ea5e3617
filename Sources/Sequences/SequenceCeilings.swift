internal import Base
internal import Synchronization
internal import System

/// The two newest ceilings of a cell. Written under the cell's lock, read without: a reader takes
/// what it has read only if `version` was even and the same before and after.
///
/// A tag word is the state's tag times two, plus one if the ceiling covers any value at all: the
/// record of setval(…, false) or of a new sequence covers none.
final class SequenceCeilings: Sendable {
    private let version = Atomic<UInt64>(0)
    private let olderTag = Atomic<UInt64>(0)
    private let olderValue = Atomic<Int64>(0)
    private let olderPosition = Atomic<UInt64>(0)
    private let newerTag = Atomic<UInt64>(0)
    private let newerValue = Atomic<Int64>(0)
    private let newerPosition = Atomic<UInt64>(0)
    /// The value from which on the newer ceiling is to be raised.
    private let lowValue = Atomic<Int64>(0)
    private let step = Atomic<UInt64>(stepMin)
    private let raisedAt = Atomic<UInt64>(0)

    static let stepMin: UInt64 = 32
    static let stepMax: UInt64 = 1 << 20
    private static let fastNanoseconds: UInt64 = 5_000_000
    private static let slowNanoseconds: UInt64 = 50_000_000

    // MARK: Reading

    private func read<Result>(_ body: () -> Result) -> Result {
        while true {
            let before = version.load(ordering: .acquiring)
            let result = body()
            atomicMemoryFence(ordering: .acquiring)
            if before & 1 == 0, version.load(ordering: .relaxed) == before { return result }
        }
    }

    /// The position of the first record that covers `state`, nil if none does.
    func position(of state: SequenceState, _ definition: SequenceDefinition) -> LogPosition? {
        read {
            let newest = LogPosition(newerPosition.load(ordering: .relaxed))
            let tag = newerTag.load(ordering: .relaxed)
            if !state.isCalled { return tag >> 33 == state.epoch ? newest : nil }
            guard covers(state, tag, newerValue.load(ordering: .relaxed), definition) else {
                return nil
            }
            let isOlder = covers(
                state, olderTag.load(ordering: .relaxed), olderValue.load(ordering: .relaxed),
                definition)
            return isOlder ? LogPosition(olderPosition.load(ordering: .relaxed)) : newest
        }
    }

    /// Within an epoch a later wrap's ceiling covers all of an earlier wrap.
    private func covers(
        _ state: SequenceState, _ tagWord: UInt64, _ ceiling: Int64,
        _ definition: SequenceDefinition
    ) -> Bool {
        if tagWord & 1 == 0 { return false }
        let tag = tagWord >> 1
        if state.tag != tag { return state.epoch == tag >> 32 && state.tag < tag }
        return definition.increment > 0 ? state.value <= ceiling : state.value >= ceiling
    }

    /// What the newest record says.
    var newest: (epoch: UInt64, value: SequenceValue) {
        read {
            let tag = newerTag.load(ordering: .relaxed)
            let value = SequenceValue(
                lastValue: newerValue.load(ordering: .relaxed), isCalled: tag & 1 != 0)
            return (tag >> 33, value)
        }
    }

    /// From where a new ceiling counts: the newer one, or the state if that is further.
    func base(of state: SequenceState, _ definition: SequenceDefinition) -> Int64 {
        let tag = newerTag.load(ordering: .relaxed)
        let ceiling = newerValue.load(ordering: .relaxed)
        return covers(state, tag, ceiling, definition) && tag >> 1 == state.tag
            ? ceiling : state.value
    }

    /// True if the newer ceiling should be raised soon.
    func isLow(at state: SequenceState, _ definition: SequenceDefinition) -> Bool {
        guard newerTag.load(ordering: .relaxed) == state.tag << 1 | 1 else { return false }
        let low = lowValue.load(ordering: .relaxed)
        let ceiling = newerValue.load(ordering: .relaxed)
        if low == ceiling { return false }
        return definition.increment > 0 ? state.value > low : state.value < low
    }

    // MARK: Writing, under the cell's lock

    private func write(_ body: () -> Void) {
        let before = version.load(ordering: .relaxed)
        version.store(before &+ 1, ordering: .relaxed)
        atomicMemoryFence(ordering: .releasing)
        body()
        version.store(before &+ 2, ordering: .releasing)
    }

    /// Starts anew at `value`, which the record at `position` holds.
    func reset(tag: UInt64, value: Int64, isGiven: Bool, _ position: LogPosition) {
        write {
            let tagWord: UInt64 = tag << 1 | (isGiven ? 1 : 0)
            olderTag.store(tagWord, ordering: .relaxed)
            olderValue.store(value, ordering: .relaxed)
            olderPosition.store(position.rawValue, ordering: .relaxed)
            newerTag.store(tagWord, ordering: .relaxed)
            newerValue.store(value, ordering: .relaxed)
            newerPosition.store(position.rawValue, ordering: .relaxed)
            lowValue.store(value, ordering: .relaxed)
        }
    }

    /// The newer ceiling becomes the older one.
    func raise(tag: UInt64, value: Int64, _ position: LogPosition, low: Int64) {
        write {
            olderTag.store(newerTag.load(ordering: .relaxed), ordering: .relaxed)
            olderValue.store(newerValue.load(ordering: .relaxed), ordering: .relaxed)
            olderPosition.store(newerPosition.load(ordering: .relaxed), ordering: .relaxed)
            newerTag.store(tag << 1 | 1, ordering: .relaxed)
            newerValue.store(value, ordering: .relaxed)
            newerPosition.store(position.rawValue, ordering: .relaxed)
            lowValue.store(low, ordering: .relaxed)
        }
    }

    /// How many values the next ceiling allows: more if the last one was used up quickly.
    func nextStep(now: Instant) -> UInt64 {
        let last = raisedAt.load(ordering: .relaxed)
        raisedAt.store(now.nanoseconds, ordering: .relaxed)
        var size = step.load(ordering: .relaxed)
        let elapsed = now.nanoseconds &- last
        if last != 0, elapsed < SequenceCeilings.fastNanoseconds {
            size = min(size * 2, SequenceCeilings.stepMax)
        } else if elapsed > SequenceCeilings.slowNanoseconds {
            size = max(size / 2, SequenceCeilings.stepMin)
        }
        step.store(size, ordering: .relaxed)
        return size
    }
}
