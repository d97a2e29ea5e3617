import Base
import Glibc
import Parse
import Testing

/// Depth, size, threads and memory.
@Suite(.serialized) struct LimitTests {
    /// Runs `body` on a thread with a stack of `stackSizeBytes`.
    private func onThread(stackSizeBytes: Int, _ body: @escaping @Sendable () -> Void) {
        final class Box: Sendable {
            let body: @Sendable () -> Void
            init(_ body: @escaping @Sendable () -> Void) { self.body = body }
        }
        var attributes = pthread_attr_t()
        pthread_attr_init(&attributes)
        pthread_attr_setstacksize(&attributes, stackSizeBytes)
        var thread = pthread_t()
        let argument = Unmanaged.passRetained(Box(body)).toOpaque()
        let code = pthread_create(&thread, &attributes, runBox, argument)
        #expect(code == 0)
        pthread_join(thread, nil)

        func runBox(_ argument: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
            Unmanaged<Box>.fromOpaque(argument!).takeRetainedValue().body()
            return nil
        }
    }

    private static func outcome(_ sql: String) -> String {
        do throws(SQLError) {
            _ = try Parser.parse(sql)
            return "ok"
        } catch {
            return error.state.description
        }
    }

    private static func repeated(_ text: String, _ count: Int) -> String {
        String(repeating: text, count: count)
    }

    /// Chains grow to the left without limit in the grammar.
    @Test func leftDeepChains() {
        let chains: [@Sendable (Int) -> String] = [
            { "SELECT 1" + LimitTests.repeated("+1", $0) },
            { "SELECT 1" + LimitTests.repeated("::int", $0) },
            { "SELECT a" + LimitTests.repeated(" COLLATE \"C\"", $0) },
            { "SELECT 1" + LimitTests.repeated(" UNION SELECT 1", $0) },
            { "SELECT * FROM a" + LimitTests.repeated(" CROSS JOIN a", $0) },
            { "SELECT a" + LimitTests.repeated(" IS NULL", $0) },
        ]
        // Half of what a loop's thread has: frames are bigger under a sanitizer.
        onThread(stackSizeBytes: 4 << 20) {
            for chain in chains {
                #expect(LimitTests.outcome(chain(3900)) == "ok", "\(chain(1))")
                #expect(LimitTests.outcome(chain(4100)) == "54001", "\(chain(1))")
                #expect(LimitTests.outcome(chain(100_000)) == "54001", "\(chain(1))")
            }
        }
    }

    /// What nests in brackets ends at the latest with the grammar's own limit.
    @Test func nesting() {
        let nests: [@Sendable (Int) -> String] = [
            { "SELECT \(LimitTests.repeated("f(", $0))1\(LimitTests.repeated(")", $0))" },
            { "SELECT \(LimitTests.repeated("(SELECT ", $0))1\(LimitTests.repeated(")", $0))" },
            {
                LimitTests.repeated("SELECT * FROM (", $0) + "SELECT 1"
                    + LimitTests.repeated(") x", $0)
            },
            {
                LimitTests.repeated("WITH x AS (", $0) + "SELECT 1"
                    + LimitTests.repeated(") SELECT 1", $0)
            },
            {
                "SELECT \(LimitTests.repeated("CASE WHEN a THEN ", $0))1"
                    + LimitTests.repeated(" END", $0)
            },
            { "SELECT ARRAY\(LimitTests.repeated("[", $0))1\(LimitTests.repeated("]", $0))" },
            { "SELECT \(LimitTests.repeated("ROW(", $0))1\(LimitTests.repeated(")", $0))" },
            { "SELECT \(LimitTests.repeated("NOT ", $0))a" },
            { "SELECT \(LimitTests.repeated("a IN (", $0))1\(LimitTests.repeated(")", $0))" },
        ]
        // Four times what it takes: frames are bigger under a sanitizer.
        onThread(stackSizeBytes: 4 << 20) {
            for nest in nests {
                #expect(LimitTests.outcome(nest(40)) == "ok", "\(nest(1))")
                for depth in [500, 1000, 1500, 3000, 3900, 8000, 50_000] {
                    let outcome = LimitTests.outcome(nest(depth))
                    #expect(["ok", "54001", "42601"].contains(outcome), "\(nest(1))")
                }
                #expect(LimitTests.outcome(nest(50_000)) != "ok", "\(nest(1))")
            }
        }
    }

    @Test func manyRows() throws {
        let sql = "INSERT INTO t VALUES (0,'abc')" + LimitTests.repeated(",(1,'abc')", 200_000)
        let parsed = try Parser.parse(sql)
        guard case .insert(let insert) = parsed[0].statement else {
            Issue.record("not an INSERT")
            return
        }
        #expect(insert.source?.valuesLists.count == 200_001)
    }

    @Test func manyThreads() {
        var threads: [pthread_t] = []
        for _ in 0..<8 {
            var thread = pthread_t()
            #expect(pthread_create(&thread, nil, parseManyStatements, nil) == 0)
            threads.append(thread)
        }
        for thread in threads { pthread_join(thread, nil) }
    }

    /// Each error holds a buffer of 4 KB and each tree some kilobytes: a leak of either would show.
    @Test func memoryIsGivenBack() {
        let sql = Corpus.statements.joined(separator: ";")
        func round() {
            _ = try? Parser.parse(sql)
            for _ in 0..<2000 { _ = try? Parser.parse("SELECT 'abc") }
        }
        round()
        let before = residentSizeBytes()
        for _ in 0..<10 { round() }
        let after = residentSizeBytes()
        #expect(after < before + 40 << 20, "grew from \(before) to \(after) bytes")
    }
}

/// Of this process; 0 where the system does not tell.
private func residentSizeBytes() -> Int {
    guard let file = fopen("/proc/self/statm", "r") else { return 0 }
    defer { fclose(file) }
    var line = [CChar](repeating: 0, count: 256)
    guard fgets(&line, 256, file) != nil else { return 0 }
    let fields = String(decoding: line.map { UInt8(bitPattern: $0) }, as: UTF8.self)
        .split(separator: " ")
    return (fields.count > 1 ? Int(fields[1]) ?? 0 : 0) * 4096
}

private func parseManyStatements(_: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
    for round in 0..<5 {
        for sql in Corpus.statements {
            do throws(SQLError) {
                #expect(try Parser.parse(sql).count == 1)
            } catch {
                Issue.record("\(sql): \(error.message)")
            }
        }
        for expected in ErrorCase.all {
            do throws(SQLError) {
                _ = try Parser.parse(expected.sql)
                Issue.record("no error in round \(round): \(expected.sql)")
            } catch {
                #expect(error.message == expected.message)
            }
        }
    }
    return nil
}
