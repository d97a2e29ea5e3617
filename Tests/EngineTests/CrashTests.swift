import Base
import Engine
import Log
import Support
import System
import Testing

/// A scripted workload on a simulated disk that fails at every operation in turn. Whatever happens,
/// what comes back is the state after some transaction, not before the last acknowledged one, and
/// messages come back whole and in order.
@Suite struct CrashTests {
    typealias State = [String: [UInt8]]
    static let tables = [GenerationID(2000), GenerationID(2001)]
    static let messageKind: UInt8 = 9

    /// One life of the engine: what it had found, what it did since.
    final class Life {
        let engine: Engine
        /// The state after each commit; the first is what recovery found.
        private(set) var states: [State]
        private(set) var positions: [LogPosition] = []
        private(set) var messages: [[UInt8]]
        private(set) var messagePositions: [LogPosition] = []
        private let said = Guarded<[[UInt8]]>([])

        init(_ disk: SimulatedDisk, wholeBytesMax: Int = 64 << 20) throws {
            var found: [[UInt8]] = []
            var isInOrder = true
            engine = try Engine(
                fileSystem: disk, directory: "data", logFileSizeBytes: 8 << 10,
                cacheSizeBytes: 64 << 10, wholeBytesMax: wholeBytesMax
            ) { kind, payload in
                // A checkpoint says again what was said.
                guard kind == CrashTests.messageKind, payload.count >= 2 else { return }
                let number = Int(payload[0]) << 8 | Int(payload[1])
                let bytes = [UInt8](payload)
                if number < found.count {
                    isInOrder = isInOrder && found[number] == bytes
                } else {
                    isInOrder = isInOrder && found.count == number
                    found.append(bytes)
                }
            }
            #expect(isInOrder)
            engine.log.onFailure = { _ in }
            messages = found
            said.withLock { $0 = found }
            engine.appendCheckpointState = { [engine, said] in
                for message in said.withLock({ $0 }) {
                    message.withUnsafeBytes {
                        _ = engine.appendMessage(kind: CrashTests.messageKind, $0)
                    }
                }
            }
            states = [CrashTests.contents(engine)]
        }

        /// How many of the states, and messages, are acknowledged.
        var durableCounts: (states: Int, messages: Int) {
            let durable = engine.log.durablePosition
            let old = messages.count - messagePositions.count
            return (
                1 + positions.filter { $0 <= durable }.count,
                old + messagePositions.filter { $0 <= durable }.count
            )
        }

        func message(_ number: Int) {
            let bytes =
                [UInt8(messages.count >> 8), UInt8(messages.count & 0xFF)]
                + [UInt8](repeating: UInt8(number & 0xFF), count: number * 37 % 700)
            messagePositions.append(
                bytes.withUnsafeBytes {
                    engine.appendMessage(kind: CrashTests.messageKind, $0)
                })
            messages.append(bytes)
            said.withLock { $0.append(bytes) }
        }

        /// One that keeps tables in memory, or takes them out; the disk may fail.
        func checkpoint(evicting: Bool) {
            engine.memoryBytesMax = evicting ? 0 : .max / 2
            do { try engine.checkpoint() } catch { checkpointsFailed += 1 }
        }
        private(set) var checkpointsFailed = 0

        /// A transaction with changes of all kinds, some undone by a savepoint.
        func transaction(_ random: inout SeededRandom, commits: Bool) throws {
            let transaction = engine.begin(waiter: Waiter(), processID: 1)
            var state = states[states.count - 1]
            for _ in 0..<Int.random(in: 1...4, using: &random) {
                let isUndone = Int.random(in: 0...3, using: &random) == 0
                var inner = state
                transaction.pushSavepoint()
                for _ in 0..<Int.random(in: 1...3, using: &random) {
                    try change(&inner, transaction, &random)
                }
                if isUndone {
                    transaction.rollbackToSavepoint()
                } else {
                    state = inner
                }
                transaction.releaseSavepoint()
            }
            if !commits { return transaction.abort() }
            positions.append(transaction.commit())
            states.append(state)
        }

        private func change(
            _ state: inout State, _ transaction: Transaction, _ random: inout SeededRandom
        ) throws {
            let number = Int.random(in: 0...1, using: &random)
            let table = engine.table(CrashTests.tables[number])
            let name = "key\(Int.random(in: 0..<12, using: &random))"
            let size = Int.random(in: 0...20, using: &random) == 0 ? 5000 : 40
            let row = (0..<Int.random(in: 0...size, using: &random)).map {
                UInt8(truncatingIfNeeded: $0)
            }
            transaction.advanceCommand()
            let snapshot = transaction.snapshot(lastCommit: engine.log.endPosition)
            try Array(name.utf8).withUnsafeBytes { key in
                try row.withUnsafeBytes { row in
                    let path = "\(number)/\(name)"
                    if state[path] == nil {
                        guard case .done = try table.insert(key, row: row, transaction) else {
                            throw SQLError(.internalError, "the key was not free")
                        }
                        state[path] = [UInt8](row)
                    } else if row.count % 3 == 0 {
                        guard case .done = try table.delete(
                            key, snapshot: snapshot, transaction)
                        else { throw SQLError(.internalError, "the row was not there") }
                        state[path] = nil
                    } else {
                        guard case .done = try table.update(
                            key, row: row, snapshot: snapshot, isKeyUpdate: false, transaction)
                        else { throw SQLError(.internalError, "the row was not there") }
                        state[path] = [UInt8](row)
                    }
                }
            }
        }
    }

    static func contents(_ engine: Engine) -> State {
        let empty = UnsafeRawBufferPointer(start: nil, count: 0)
        let keys = UnsafeMutablePointer<UnsafeRawBufferPointer>.allocate(capacity: 64)
        let rows = UnsafeMutablePointer<UnsafeRawBufferPointer>.allocate(capacity: 64)
        keys.initialize(repeating: empty, count: 64)
        rows.initialize(repeating: empty, count: 64)
        defer {
            keys.deallocate()
            rows.deallocate()
        }
        var state: State = [:]
        for (number, generation) in tables.enumerated() {
            var cursor = try! Cursor(
                engine.table(generation),
                snapshot: Snapshot(
                    horizon: engine.log.durablePosition, writer: .none, command: 0))
            while case let count = try! cursor.next(keys: keys, rows: rows, limit: 64), count > 0 {
                for index in 0..<count {
                    let name = String(decoding: keys[index], as: UTF8.self)
                    state["\(number)/\(name)"] = [UInt8](rows[index])
                }
            }
        }
        return state
    }

    /// Runs the script until the disk fails; every few transactions are acknowledged by a flush.
    func run(
        _ life: Life, seed: UInt64, transactions: Int, checkpoints: Bool = false
    ) throws {
        var random = SeededRandom(seed: seed)
        for index in 0..<transactions {
            try life.transaction(&random, commits: index % 5 != 4)
            if index % 4 == 1 { life.message(index) }
            if index % 3 != 0 { life.engine.log.flush() }
            if checkpoints, index % 4 == 2 { life.checkpoint(evicting: index % 8 == 2) }
            if life.engine.log.hasFailed { return }
        }
        life.engine.log.flush()
    }

    /// The same with checkpoints: segments, the manifest and the log's files come and go.
    @Test(arguments: SimulatedDisk.Fault.allCases, [21, 22] as [UInt64])
    func everyOperationOfCheckpointsMayFail(
        fault: SimulatedDisk.Fault, seed: UInt64
    ) throws {
        var operation = 1
        while true {
            let situation = "\(fault) at \(operation), seed \(seed)"
            let disk = SimulatedDisk(seed: seed &* 1000 &+ UInt64(operation))
            disk.plan(fault, inOperations: operation)
            var life = try? Life(disk)
            if let life { try run(life, seed: seed, transactions: 40, checkpoints: true) }
            if let life, !life.engine.log.hasFailed, disk.operationCount < operation {
                #expect(operation > 150, "the script is long enough")
                return
            }
            for round in 0..<2 as Range<UInt64> {
                if (UInt64(operation) + round) % 3 == 0 { disk.endProcess() } else { disk.restart() }
                let next = try Life(disk, wholeBytesMax: operation % 2 == 0 ? 64 << 20 : 0)
                if let life { check(life, next, situation) }
                try run(next, seed: seed + 100 + round, transactions: 9, checkpoints: true)
                #expect(next.checkpointsFailed == 0)
                life = next
            }
            operation += 1
        }
    }

    /// What comes after a crash continues what was before it.
    func check(_ before: Life, _ after: Life, _ situation: String) {
        let durable = before.durableCounts
        let candidates = before.states[(durable.states - 1)...]
        #expect(candidates.contains(after.states[0]), "\(situation): the state is none that was")
        let count = after.messages.count
        #expect(
            count >= durable.messages && before.messages.starts(with: after.messages),
            "\(situation): \(count) messages, \(durable.messages) acknowledged")
    }

    @Test(arguments: SimulatedDisk.Fault.allCases, [11, 12] as [UInt64])
    func everyOperationMayFail(fault: SimulatedDisk.Fault, seed: UInt64) throws {
        var operation = 1
        while true {
            let situation = "\(fault) at \(operation), seed \(seed)"
            let disk = SimulatedDisk(seed: seed &* 1000 &+ UInt64(operation))
            disk.plan(fault, inOperations: operation)
            // A failure while opening leaves nothing to check.
            var life = try? Life(disk)
            if let life { try run(life, seed: seed, transactions: 80) }
            if let life, !life.engine.log.hasFailed {
                #expect(operation > 100, "the script is long enough")
                return
            }
            // Power goes, or only the process; then another life, and again.
            for round in 0..<3 as Range<UInt64> {
                if (UInt64(operation) + round) % 3 == 0 { disk.endProcess() } else { disk.restart() }
                let next = try Life(disk)
                if let life { check(life, next, situation) }
                try run(next, seed: seed + 100 + round, transactions: 5)
                life = next
            }
            operation += 1
        }
    }

    /// The second start fails at every operation in turn; the third finds everything.
    @Test(arguments: SimulatedDisk.Fault.allCases)
    func recoveryMayFail(fault: SimulatedDisk.Fault) throws {
        for operation in 1...6 {
            let disk = SimulatedDisk(seed: UInt64(operation))
            let first = try Life(disk)
            try run(first, seed: 5, transactions: 12)
            disk.plan(.tear, inOperations: 1)
            try run(first, seed: 6, transactions: 3)
            disk.restart()
            disk.plan(fault, inOperations: operation)
            _ = try? Life(disk)
            disk.restart()
            check(first, try Life(disk), "\(fault) at operation \(operation) of recovery")
        }
    }
}
