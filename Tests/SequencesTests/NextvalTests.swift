import Base
import Foundation
import Sequences
import Testing

/// A log in memory: positions are counts of records.
final class TestLog: @unchecked Sendable {
    private let lock = NSLock()
    private var stored: [[UInt8]] = []

    var records: [[UInt8]] { lock.withLock { stored } }
    var log: SequenceLog {
        SequenceLog { bytes in
            self.lock.withLock {
                self.stored.append([UInt8](bytes))
                return LogPosition(UInt64(self.stored.count))
            }
        }
    }
    var manager: SequenceManager { SequenceManager(.embedded(log)) }
}

func reference(
    _ definition: SequenceDefinition, oid: UInt32 = 20000, id: UInt64 = 1,
    persistence: SequencePersistence = .permanent
) -> SessionSequences.Reference {
    SessionSequences.Reference(
        oid: OID(oid), id: SequenceID(id), definition: definition, persistence: persistence)
}

/// nextval.golden holds what PostgreSQL 15 gave: `value,last_value,log_cnt,is_called` after each
/// nextval, `end` where it failed, `set` after setval(last_value, …).
@Suite struct NextvalTests {
    struct Case: Sendable, CustomStringConvertible {
        var description: String
        var definition: SequenceDefinition
        var setCalled: Bool
        var steps: [String]
    }

    static let cases: [Case] = {
        let path = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .appendingPathComponent("nextval.golden")
        let text = (try? String(contentsOf: path, encoding: .utf8)) ?? ""
        var result: [Case] = []
        for line in text.split(separator: "\n") {
            guard line.hasPrefix("# ") else {
                result[result.count - 1].steps.append(String(line))
                continue
            }
            let words = line.dropFirst(2).split(separator: " ").map(String.init)
            func number(_ index: Int) -> Int64 { Int64(words[index]) ?? 0 }
            result.append(
                Case(
                    description: String(line),
                    definition: SequenceDefinition(
                        type: OID(20), start: number(1), increment: number(3), minimum: number(5),
                        maximum: number(7), cache: number(9), cycle: words[11] == "true"),
                    setCalled: words[13] == "true", steps: []))
        }
        return result
    }()

    @Test func goldenFileIsThere() { #expect(NextvalTests.cases.count == 16) }

    @Test(arguments: cases)
    func agreesWithPostgreSQL(_ test: Case) throws {
        let manager = TestLog().manager
        let sequence = reference(test.definition)
        manager.create(
            sequence.id, test.definition, persistence: .permanent,
            value: SequenceValue(lastValue: test.definition.start, isCalled: false))
        let session = SessionSequences(manager)
        for (index, step) in test.steps.enumerated() {
            let word = step.split(separator: ",")[0]
            var result: String
            switch word {
            case "start": result = "start"
            case "set":
                let value = session.contents(sequence).lastValue
                _ = try session.setval(sequence, value, isCalled: test.setCalled, name: "g")
                result = "set"
            default:
                do throws(SQLError) {
                    result = String(try session.nextval(sequence, name: "g").value)
                } catch {
                    #expect(error.state == .sequenceGeneratorLimitExceeded)
                    result = "end"
                }
            }
            let now = session.contents(sequence)
            result += ",\(now.lastValue),\(now.logCount),\(now.isCalled ? "t" : "f")"
            #expect(result == step, "step \(index) of \(test)")
        }
    }

    @Test func messages() throws {
        let manager = TestLog().manager
        let session = SessionSequences(manager)
        let up = reference(
            SequenceDefinition(
                type: OID(20), start: 1, increment: 1, minimum: 1, maximum: 1 + 1, cache: 1,
                cycle: false))
        func message(_ body: () throws(SQLError) -> Void) -> String {
            do throws(SQLError) {
                try body()
                return "no error"
            } catch { return error.state.description + " " + error.message }
        }
        #expect(
            message { () throws(SQLError) in _ = try session.currval(up.oid, name: "s") }
                == "55000 currval of sequence \"s\" is not yet defined in this session")
        #expect(
            message { () throws(SQLError) in _ = try session.lastUsedSequence() }
                == "55000 lastval is not yet defined in this session")
        #expect(
            message { () throws(SQLError) in
                _ = try session.setval(up, 3, isCalled: true, name: "s")
            } == "22003 setval: value 3 is out of bounds for sequence \"s\" (1..2)")
        _ = try session.nextval(up, name: "s")
        _ = try session.nextval(up, name: "s")
        #expect(
            message { () throws(SQLError) in _ = try session.nextval(up, name: "s") }
                == "2200H nextval: reached maximum value of sequence \"s\" (2)")
        #expect(try session.currval(up.oid, name: "s") == 2)
        #expect(try session.lastval() == 2)
        _ = try session.setval(up, 1, isCalled: true, name: "s")
        #expect(try session.lastval() == 1)
        _ = try session.setval(up, 2, isCalled: false, name: "s")
        #expect(try session.currval(up.oid, name: "s") == 1)
        session.discard()
        #expect(
            message { () throws(SQLError) in _ = try session.lastval() }
                == "55000 lastval is not yet defined in this session")
    }

    @Test func newGenerationVoidsTheCacheButKeepsCurrval() throws {
        let manager = TestLog().manager
        var definition = SequenceDefinition.standard
        definition.cache = 10
        let session = SessionSequences(manager)
        let other = SessionSequences(manager)
        let before = reference(definition, id: 1)
        #expect(try session.nextval(before, name: "s").value == 1)
        #expect(try other.nextval(before, name: "s").value == 11)
        // Another session's setval leaves the values taken ahead.
        _ = try other.setval(before, 500, isCalled: true, name: "s")
        #expect(try session.nextval(before, name: "s").value == 2)
        let after = reference(definition, id: 2)
        manager.create(
            after.id, definition, persistence: .permanent,
            value: SequenceValue(lastValue: 1000, isCalled: false))
        #expect(try session.currval(after.oid, name: "s") == 2)
        #expect(try session.nextval(after, name: "s").value == 1000)
    }

    @Test func setvalClearsOwnCache() throws {
        var definition = SequenceDefinition.standard
        definition.cache = 10
        let session = SessionSequences(TestLog().manager)
        let sequence = reference(definition)
        #expect(try session.nextval(sequence, name: "s").value == 1)
        _ = try session.setval(sequence, 42, isCalled: false, name: "s")
        #expect(try session.nextval(sequence, name: "s").value == 42)
    }
}
