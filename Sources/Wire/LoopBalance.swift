/// On how many loops the connections are: all of them, or only the first.
///
/// Loops that mostly wait for the log get in each other's way: each syncs for its own few commits
/// while the others' commits wait for the disk. On one loop the same commits share their syncs
/// (measured: 1.3 times the inserts of 8 clients). That pays as long as one processor is enough for
/// what is not waiting.
///
///     spread ──▶ packed    most rounds end in a sync, and one loop can do it all
///     packed ──▶ spread    the loop is short of processor time, or no longer waits for the log
///
/// Loops that are busy and seldom wait for the log are kept apart, each on a processor of its own:
/// wherever a client wakes a loop, the scheduler likes to run it, and puts two loops on one processor
/// while the other one's clients have nothing to do (measured: a quarter of the draws of 8 clients).
/// Loops that wait for the log run wherever there is room, for the thread that syncs needs some too.
struct LoopBalance {
    enum Move {
        case pack
        case spread
    }

    /// What a loop did, in total since the start or within a window.
    struct Use {
        /// Processor time of its thread.
        var busyNanoseconds: UInt64 = 0
        /// Rounds with something to send.
        var roundCount = 0
        /// Those that had to sync the log.
        var syncCount = 0
        /// Statements that blocked or ran long, so that the loop went to another thread.
        var handOffCount = 0

        static func - (left: Use, right: Use) -> Use {
            Use(
                busyNanoseconds: left.busyNanoseconds &- right.busyNanoseconds,
                roundCount: left.roundCount - right.roundCount,
                syncCount: left.syncCount - right.syncCount,
                handOffCount: left.handOffCount - right.handOffCount)
        }
    }

    /// How long use is summed up before it is judged.
    static let windowNanoseconds: UInt64 = 12_000_000
    /// So many windows in a row must agree.
    private static let agreeingWindows = 3
    private static let pauseMinNanoseconds: UInt64 = 100_000_000
    private static let pauseMaxNanoseconds: UInt64 = 10_000_000_000

    private(set) var isPacked = false
    /// True while each loop should keep to a processor of its own.
    private(set) var keepsApart = false
    private var agreeing = 0
    /// How many windows in a row asked for the other of `keepsApart`.
    private var agreeingApart = 0
    private var packedAt: UInt64 = 0
    private var notBefore: UInt64 = 0
    private var pause = LoopBalance.pauseMinNanoseconds

    /// What the window that ends at `now` (nanoseconds) asks for; the caller follows.
    /// - Parameter uses: of each loop, within the window of `window` nanoseconds.
    mutating func judge(_ uses: [Use], window: UInt64, now: UInt64) -> Move? {
        var total = Use()
        for use in uses {
            total.busyNanoseconds += use.busyNanoseconds
            total.roundCount += use.roundCount
            total.syncCount += use.syncCount
            total.handOffCount += use.handOffCount
        }
        judgeApart(uses, total, window)
        // Less than two rounds a millisecond: nothing to be gained.
        if total.roundCount < Int(window / 500_000) {
            agreeing = 0
            return nil
        }
        let waitsForLog =
            total.syncCount * 2 >= total.roundCount && total.handOffCount * 8 <= total.syncCount
        let wantsOther =
            isPacked
            ? !waitsForLog || total.busyNanoseconds * 10 > window * 8
            : waitsForLog && total.busyNanoseconds * 10 < window * 6 && now >= notBefore
                && uses.count { $0.syncCount > 0 } > 1
        agreeing = wantsOther ? agreeing + 1 : 0
        if agreeing < LoopBalance.agreeingWindows { return nil }
        agreeing = 0
        return isPacked ? spread(now) : pack(now)
    }

    private mutating func judgeApart(_ uses: [Use], _ total: Use, _ window: UInt64) {
        let wanted =
            uses.count { $0.busyNanoseconds * 5 > window } > 1
            && (total.syncCount + total.handOffCount) * 16 < total.roundCount
        agreeingApart = wanted == keepsApart ? 0 : agreeingApart + 1
        if agreeingApart < LoopBalance.agreeingWindows { return }
        agreeingApart = 0
        keepsApart = wanted
    }

    private mutating func pack(_ now: UInt64) -> Move {
        isPacked = true
        packedAt = now
        return .pack
    }

    /// Packing that did not last is tried again later and later.
    private mutating func spread(_ now: UInt64) -> Move {
        isPacked = false
        pause =
            now - packedAt > 20 * pause
            ? LoopBalance.pauseMinNanoseconds : min(pause * 2, LoopBalance.pauseMaxNanoseconds)
        notBefore = now + pause
        return .spread
    }
}
