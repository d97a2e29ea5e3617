import Base
import Glibc
import Support
import System
import Testing

@testable import Engine

/// The power goes at every point of a workload with flushes, merges of segments and log files that come
/// and go: before each operation on the disk, and in the middle of each write. After each, what comes back
/// is the state after some transaction, not before the last acknowledged one.
///
/// A seed is some 340 points, all together are more than ten thousand; `tools/sim SEED` repeats one.
@Suite struct SimulationTests {
    static let seeds: [UInt64] = {
        if let text = getenv("ORDINAL_SIM_SEED"), let seed = UInt64(String(cString: text)) {
            return [seed]
        }
        return Array(1...32)
    }()
    private static let transactionCount = 48

    /// Of one seed: what has been looked at, and the life that goes on.
    private final class Run {
        let seed: UInt64
        let tests = CrashTests()
        var before: CrashTests.Life?
        var pointCount = 0

        init(seed: UInt64) { self.seed = seed }

        /// A crash: starts again from `image`, looks at what is there, and goes on for a while.
        func crash(_ image: SimulatedDisk, isTorn: Bool) {
            pointCount += 1
            let number = pointCount
            let situation = "seed \(seed), point \(number)\(isTorn ? ", torn" : ""): tools/sim \(seed)"
            do {
                image.restart()
                let after = try CrashTests.Life(
                    image, wholeBytesMax: number % 2 == 0 ? 64 << 20 : 0)
                if let before {
                    tests.check(before, after, situation)
                } else {
                    #expect(after.states[0].isEmpty, "\(situation): there was nothing yet")
                }
                if number % 4 != 0 { return }
                let look = StorageCheck(image, directory: "data", isStopped: false)
                #expect(look.problems == [], "\(situation)")
                if number % 8 != 0 { return }
                try tests.run(
                    after, seed: seed &+ UInt64(number), transactions: 6, checkpoints: true)
                #expect(after.checkpointsFailed == 0, "\(situation): a checkpoint has failed")
                image.restart()
                tests.check(after, try CrashTests.Life(image), "\(situation), and later")
            } catch {
                Issue.record("\(situation): \(error)")
            }
        }
    }

    @Test(arguments: seeds)
    func thePowerGoesAtEveryPoint(seed: UInt64) throws {
        let disk = SimulatedDisk(seed: seed)
        let run = Run(seed: seed)
        disk.observe { run.crash($0, isTorn: $1) }
        // Three lives: what recovery writes may be cut off as well.
        for life in 0..<3 as Range<UInt64> {
            let next = try CrashTests.Life(disk, wholeBytesMax: life == 1 ? 0 : 64 << 20)
            run.before = next
            try run.tests.run(
                next, seed: seed &* 31 &+ life,
                transactions: SimulationTests.transactionCount / 3, checkpoints: true)
            #expect(next.checkpointsFailed == 0)
            if life == 1 { next.engine.close() }
            disk.observe(nil)
            if life == 0 { disk.restart() } else { disk.endProcess() }
            disk.observe { run.crash($0, isTorn: $1) }
        }
        #expect(run.pointCount > 315, "\(run.pointCount) points")
    }
}
