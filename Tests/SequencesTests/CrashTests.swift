import Base
import Foundation
import Sequences
import Testing

/// Restarts from a prefix of the log: what was shown is never given again.
@Suite struct CrashTests {
    static func restart(
        _ records: [[UInt8]], wasClean: Bool
    ) throws -> (TestLog, SequenceManager) {
        let log = TestLog()
        let manager = SequenceManager()
        for record in records {
            try record.withUnsafeBytes { bytes in
                // The new log begins with the old one's records.
                _ = log.log.append(bytes)
                try manager.replay(bytes)
            }
        }
        manager.open(.embedded(log.log), wasStoppedCleanly: wasClean)
        return (log, manager)
    }

    @Test func crashSkipsAtMostTwoSteps() throws {
        let log = TestLog()
        let session = SessionSequences(log.manager)
        let sequence = reference(.standard)
        for count in 1...100 {
            #expect(try session.nextval(sequence, name: "s").value == Int64(count))
            let (_, manager) = try CrashTests.restart(log.records, wasClean: false)
            let next = try SessionSequences(manager).nextval(sequence, name: "s").value
            #expect(next > Int64(count))
        }
    }

    @Test func stepStaysSmallAtRest() throws {
        let log = TestLog()
        let session = SessionSequences(log.manager)
        let sequence = reference(.standard)
        #expect(try session.nextval(sequence, name: "s").value == 1)
        let (_, manager) = try CrashTests.restart(log.records, wasClean: false)
        let next = try SessionSequences(manager).nextval(sequence, name: "s").value
        #expect(next > 1 && next <= 1 + 2 * 32)
    }

    @Test func cleanStopSkipsNothing() throws {
        let log = TestLog()
        let first = log.manager
        let session = SessionSequences(first)
        let permanent = reference(.standard)
        let unlogged = reference(.standard, oid: 20001, id: 2, persistence: .unlogged)
        first.create(
            unlogged.id, .standard, persistence: .unlogged,
            value: SequenceValue(lastValue: 1, isCalled: false))
        for _ in 0..<7 {
            _ = try session.nextval(permanent, name: "s")
            _ = try session.nextval(unlogged, name: "u")
        }
        first.shutDown()
        let (_, clean) = try CrashTests.restart(log.records, wasClean: true)
        // As PostgreSQL: log_cnt is kept over a clean stop, and the next draw logs anew.
        let shown = SessionSequences(clean).contents(permanent)
        #expect(shown.lastValue == 7 && shown.logCount == 26 && shown.isCalled)
        #expect(try SessionSequences(clean).nextval(permanent, name: "s").value == 8)
        #expect(SessionSequences(clean).contents(permanent).logCount == 32)
        #expect(try SessionSequences(clean).nextval(unlogged, name: "u").value == 8)
        let (_, crashed) = try CrashTests.restart(log.records, wasClean: false)
        #expect(try SessionSequences(crashed).nextval(unlogged, name: "u").value == 1)
    }

    /// A crash takes an unlogged sequence back to its start, and a clean stop that follows leaves it
    /// there, though nobody has used it in between.
    @Test func anUnloggedSequenceStaysAtItsStart() throws {
        let log = TestLog()
        let sequence = reference(.standard, id: 2, persistence: .unlogged)
        log.manager.create(
            sequence.id, .standard, persistence: .unlogged,
            value: SequenceValue(lastValue: 1, isCalled: false))
        _ = try SessionSequences(log.manager).nextval(sequence, name: "u")
        log.manager.shutDown()
        let (crashed, between) = try CrashTests.restart(log.records, wasClean: false)
        between.shutDown()
        let (_, last) = try CrashTests.restart(crashed.records, wasClean: true)
        #expect(try SessionSequences(last).nextval(sequence, name: "u").value == 1)
    }

    /// What the log says of sequences that the catalog does not have is forgotten.
    @Test func droppedGenerationsAreForgotten() throws {
        let log = TestLog()
        for id in 1...3 {
            log.manager.create(
                SequenceID(UInt64(id)), .standard, persistence: .permanent,
                value: SequenceValue(lastValue: 5, isCalled: true))
        }
        let (_, manager) = try CrashTests.restart(log.records, wasClean: false)
        #expect(manager.count == 3)
        manager.keepRecovered { $0 == SequenceID(2) }
        #expect(manager.count == 1)
        let next = try SessionSequences(manager).nextval(reference(.standard, id: 2), name: "s")
        #expect(next.value > 5)
    }

    @Test func setvalSurvives() throws {
        let log = TestLog()
        let session = SessionSequences(log.manager)
        let sequence = reference(.standard)
        for _ in 0..<50 { _ = try session.nextval(sequence, name: "s") }
        _ = try session.setval(sequence, 10, isCalled: false, name: "s")
        var (_, manager) = try CrashTests.restart(log.records, wasClean: false)
        #expect(try SessionSequences(manager).nextval(sequence, name: "s").value == 10)
        _ = try session.setval(sequence, 10, isCalled: true, name: "s")
        (_, manager) = try CrashTests.restart(log.records, wasClean: false)
        #expect(try SessionSequences(manager).nextval(sequence, name: "s").value == 11)
    }

    @Test func brokenRecordIsRefused() {
        #expect(throws: SQLError.self) {
            try [UInt8](repeating: 9, count: 4).withUnsafeBytes { try TestLog().manager.replay($0) }
        }
    }

    /// Eight threads draw, one of them moves the sequence up by setval now and then; then the
    /// server loses a random part of the log that nobody waited for.
    @Test(arguments: [
        SequenceDefinition.standard,
        SequenceDefinition(
            type: OID(20), start: -1, increment: -3, minimum: .min, maximum: -1, cache: 4,
            cycle: false),
    ])
    func noValueIsShownTwice(_ definition: SequenceDefinition) throws {
        let seed = UInt64.random(in: 0...UInt64.max)
        print("noValueIsShownTwice seed \(seed)")
        var random = SeededRandom(seed: seed)
        let sequence = reference(definition)
        var shown = Set<Int64>()
        var log = TestLog()
        var manager = log.manager
        manager.create(
            sequence.id, definition, persistence: .permanent,
            value: SequenceValue(lastValue: definition.start, isCalled: false))
        for round in 1...12 {
            let results = Results()
            // What an earlier round has found durable stays.
            let inherited = log.records.count
            let jump = Int64(round) * 10_000_000 * (definition.increment > 0 ? 1 : -1)
            let jumpAt = Int.random(in: 0..<3000, using: &random)
            let group = DispatchGroup()
            for thread in 0..<8 {
                let session = SendableSession(SessionSequences(manager))
                group.enter()
                Thread.detachNewThread {
                    var drawn: [(Int64, UInt64)] = []
                    for index in 0..<3000 {
                        if thread == 0, index == jumpAt {
                            _ = try? session.value.setval(
                                sequence, jump, isCalled: true, name: "s")
                        }
                        if let draw = try? session.value.nextval(sequence, name: "s") {
                            drawn.append((draw.value, draw.position.rawValue))
                        }
                    }
                    results.add(drawn)
                    group.leave()
                }
            }
            group.wait()
            let all = results.all
            #expect(all.count == 8 * 3000)
            let records = log.records
            let durable =
                round == 12
                ? records.count : Int.random(in: inherited...records.count, using: &random)
            for (value, position) in all where position <= UInt64(durable) {
                #expect(shown.insert(value).inserted, "\(value) was shown twice, seed \(seed)")
            }
            #expect(all.allSatisfy { $0.1 > 0 })
            (log, manager) = try CrashTests.restart(
                Array(records.prefix(durable)), wasClean: false)
        }
        #expect(shown.count >= 8 * 3000)
    }
}

final class Results: @unchecked Sendable {
    private let lock = NSLock()
    private var list: [(Int64, UInt64)] = []
    func add(_ more: [(Int64, UInt64)]) { lock.withLock { list += more } }
    var all: [(Int64, UInt64)] { lock.withLock { list } }
}

struct SendableSession: @unchecked Sendable {
    // Used by one thread, which the test hands it to.
    let value: SessionSequences
    init(_ value: SessionSequences) { self.value = value }
}
