import Base
import Support
import System
import Testing

@testable import Engine
@testable import Log

/// A disk without room: who wants to write is told so, reading goes on, nothing that was acknowledged is
/// lost, and with room everything goes on.
@Suite struct DiskFullTests {
    private let tests = CrashTests()

    /// Transactions until the disk has been full for a while, or there are enough of them.
    private func run(_ life: CrashTests.Life, seed: UInt64) throws -> Int {
        var random = SeededRandom(seed: seed)
        var refused = 0
        for index in 0..<60 where refused < 5 {
            do {
                try life.engine.admitWrites(Waiter())
            } catch {
                #expect(error.state == .diskFull)
                #expect(error.message == "could not write to the log: No space left on device")
                refused += 1
                life.engine.log.flush()
                life.engine.log.prepareNextFile()
                continue
            }
            try life.transaction(&random, commits: index % 5 != 4)
            if index % 4 == 1 { life.message(index) }
            if index % 3 != 0 { life.engine.log.flush() }
            if index % 2 == 0 { life.engine.log.prepareNextFile() }
            if index % 4 == 2 { life.checkpoint(evicting: index % 8 == 2) }
        }
        return refused
    }

    /// Every capacity from one that is just enough to begin with to one that is never reached.
    @Test(arguments: [1, 2, 3] as [UInt64])
    func aFullDiskLosesNothing(seed: UInt64) throws {
        var refusedCount = 0
        for capacity in stride(from: 9 << 10, to: 80 << 10, by: 211) {
            let situation = "seed \(seed), capacity \(capacity)"
            let disk = SimulatedDisk(seed: seed &* 1000 &+ UInt64(capacity))
            disk.capacityBytes = capacity
            let life = try CrashTests.Life(disk)
            let refused = try run(life, seed: seed)
            refusedCount += refused
            let engine = life.engine
            #expect(!engine.log.hasFailed, "\(situation)")
            // What is durable is read as ever.
            #expect(
                CrashTests.contents(engine) == life.states[life.durableCounts.states - 1],
                "\(situation): the rows are not there while the disk is full")
            if capacity % 3 == 0 {
                // The power goes while the disk is full.
                disk.capacityBytes = .max
                disk.restart()
                tests.check(life, try CrashTests.Life(disk), "\(situation), power cut")
                continue
            }
            disk.capacityBytes = .max
            #expect(engine.log.flush(), "\(situation)")
            engine.log.prepareNextFile()
            try engine.admitWrites(Waiter())
            #expect(life.durableCounts.states == life.states.count, "\(situation)")
            let failed = life.checkpointsFailed
            life.checkpoint(evicting: true)
            #expect(life.checkpointsFailed == failed, "\(situation)")
            var random = SeededRandom(seed: seed + 1)
            try life.transaction(&random, commits: true)
            engine.log.flush()
            disk.restart()
            let next = try CrashTests.Life(disk)
            tests.check(life, next, situation)
            #expect(next.states[0] == life.states[life.states.count - 1], "\(situation)")
        }
        #expect(refusedCount > 300)
    }

    /// A checkpoint that found no room has left nothing of itself.
    @Test func aCheckpointWithoutRoomLeavesNoFiles() throws {
        let disk = SimulatedDisk(seed: 1)
        let life = try CrashTests.Life(disk)
        var random = SeededRandom(seed: 2)
        for _ in 0..<10 { try life.transaction(&random, commits: true) }
        life.engine.log.flush()
        let files = try disk.list("data")
        disk.capacityBytes = disk.usedBytes + 200
        life.engine.memoryBytesMax = 0
        #expect {
            try life.engine.checkpoint()
        } throws: { error in
            (error as? SQLError)?.state == .diskFull
        }
        #expect(try disk.list("data") == files)
        #expect(CrashTests.contents(life.engine) == life.states[life.states.count - 1])
    }

    /// What a sync does not say is not known: the log ends, and a start finds what was acknowledged.
    @Test func aSyncThatFailsIsFinal() throws {
        let disk = SimulatedDisk(seed: 3)
        let life = try CrashTests.Life(disk)
        let failures = Guarded(0)
        life.engine.log.onFailure = { _ in failures.withLock { $0 += 1 } }
        var random = SeededRandom(seed: 4)
        try life.transaction(&random, commits: true)
        #expect(life.engine.log.flush())
        try life.transaction(&random, commits: true)
        disk.plan(.failure, inOperations: 2)
        #expect(!life.engine.log.flush())
        #expect(life.engine.log.hasFailed)
        #expect(!life.engine.log.flush())
        #expect(failures.withLock { $0 } == 1)
        disk.restart()
        tests.check(life, try CrashTests.Life(disk), "a sync failed")
    }
}
