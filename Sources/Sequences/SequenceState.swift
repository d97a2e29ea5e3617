internal import Base
internal import Synchronization

/// The state of a sequence at one moment, as it lies in the two words of a cell's atomic.
///
///     first word:   | epoch 24 | wraps 32 | log count 6 | must log 1 | is_called 1 |
///     second word:  | last_value 64 |
///
/// The epoch is raised by setval, the wraps by CYCLE, so that values which look alike differ. After
/// a clean stop the log count is still shown, but the next draw logs anew (must log).
struct SequenceState: Equatable {
    var word: UInt64
    var value: Int64

    static let epochMax: UInt64 = 1 << 24 - 1
    static let wrapsMax: UInt64 = 1 << 32 - 1

    init(
        epoch: UInt64, wraps: UInt64, logCount: UInt64, mustLog: Bool = false, isCalled: Bool,
        value: Int64
    ) {
        word = epoch << 40 | wraps << 8 | logCount << 2 | (mustLog ? 2 : 0) | (isCalled ? 1 : 0)
        self.value = value
    }

    init(_ pair: WordPair) {
        word = UInt64(pair.first)
        value = Int64(bitPattern: UInt64(pair.second))
    }

    var pair: WordPair {
        WordPair(first: UInt(word), second: UInt(bitPattern: Int(value)))
    }

    var isCalled: Bool { word & 1 != 0 }
    var mustLog: Bool { word & 2 != 0 }
    var logCount: UInt64 { word >> 2 & 63 }
    /// Epoch and wraps: what has to be the same for two values to be comparable.
    var tag: UInt64 { word >> 8 }
    var wraps: UInt64 { word >> 8 & SequenceState.wrapsMax }
    var epoch: UInt64 { word >> 40 }

    /// The state after one value was drawn by CACHE 1, if no bound, no wrap and no new count of
    /// logged values is involved: by far the most draws.
    func simpleStep(_ definition: SequenceDefinition) -> SequenceState? {
        guard word & 3 == 1, logCount > 0, definition.cache == 1 else { return nil }
        let increment = definition.increment
        if increment > 0 {
            guard value < definition.maximum,
                UInt64(bitPattern: definition.maximum &- value) >= UInt64(increment)
            else { return nil }
        } else {
            guard value > definition.minimum,
                UInt64(bitPattern: value &- definition.minimum) >= increment.magnitude
            else { return nil }
        }
        var next = self
        next.word &-= 1 << 2
        next.value = value &+ increment
        return next
    }
}

/// What one draw took: `first` to `last`, of which the session may give all.
struct SequenceDraw {
    var state: SequenceState
    var first: Int64
}

extension SequenceState {
    /// How many values PostgreSQL logs ahead (SEQ_LOG_VALS); only `log_cnt` shows it.
    static let logAhead: UInt64 = 32

    /// The state after CACHE values (fewer at a bound) were drawn, computed as PostgreSQL's
    /// nextval_internal does, log_cnt included. Nil: the bound is reached and there is no CYCLE.
    func step(_ definition: SequenceDefinition) -> SequenceDraw? {
        let cache = UInt64(max(definition.cache, 1))
        var value = self.value
        var first = value
        var taken: UInt64 = 0
        var fetch = cache
        var log = logCount
        var wraps = self.wraps
        var epoch = self.epoch
        if !isCalled {
            taken = 1
            fetch -= 1
        }
        if log < fetch || !isCalled || mustLog {
            fetch += SequenceState.logAhead
            log = fetch
        }
        if taken == 0, definition.stepsLeft(after: value) == 0 {
            guard definition.cycle else { return nil }
            value = definition.increment > 0 ? definition.minimum : definition.maximum
            first = value
            wraps += 1
            if wraps > SequenceState.wrapsMax { (wraps, epoch) = (0, SequenceState.after(epoch)) }
            taken = 1
            fetch -= 1
            log -= 1
        }
        let reached = min(fetch, definition.stepsLeft(after: value))
        let results = min(reached, cache - taken)
        if taken == 0 { first = definition.advanced(value, by: 1) }
        let last = definition.advanced(value, by: results)
        log -= results
        log -= fetch - reached
        return SequenceDraw(
            state: SequenceState(
                epoch: epoch, wraps: wraps, logCount: log, isCalled: true, value: last),
            first: first)
    }

    static func after(_ epoch: UInt64) -> UInt64 { epoch == epochMax ? 1 : epoch + 1 }
}
