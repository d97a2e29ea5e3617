import Base
import Parse
import Testing

@Suite struct NoticeTests {
    private func notices(_ sql: String) -> [String] {
        var found: [SQLError] = []
        var text = sql
        text.withUTF8 { bytes in
            do throws(SQLError) {
                _ = try Parser.parse(UnsafeRawBufferPointer(bytes), notices: &found)
            } catch {
                #expect(error.state == .syntaxError)
            }
        }
        for notice in found {
            #expect(notice.severity == .notice)
            #expect(notice.state == .nameTooLong)
        }
        return found.map(\.message)
    }

    private func message(_ name: String, _ part: String) -> String {
        "identifier \"\(name)\" will be truncated to \"\(part)\""
    }

    private let long = String(repeating: "abcdefghij", count: 7)
    private let part = String(String(repeating: "abcdefghij", count: 7).prefix(63))

    @Test func truncatedIdentifiers() {
        #expect(notices("SELECT \(long)") == [message(long, part)])
        #expect(notices("SELECT \(long.uppercased()) AS x") == [message(long, part)])
        #expect(
            notices("SELECT \"\(long.uppercased())\", \(long)") == [
                message(long.uppercased(), part.uppercased()), message(long, part),
            ])
        #expect(notices("SELECT a.\(long).\(long)").count == 2)
        let quotes = String(repeating: "\"\"", count: 64)
        #expect(
            notices("SELECT \"\(quotes)\"") == [
                message(
                    String(repeating: "\"", count: 64), String(repeating: "\"", count: 63))
            ])
        // Cut between characters.
        let umlauts = String(repeating: "ä", count: 40)
        #expect(
            notices("SELECT \(umlauts)") == [
                message(umlauts, String(repeating: "ä", count: 31))
            ])
    }

    @Test func nothingToTruncate() {
        #expect(notices("SELECT \(part)") == [])
        #expect(notices("SELECT '\(long)', $$\(long)$$, E'\\'\(long)' -- \(long)") == [])
        #expect(notices("/* \(long) /* \(long) */ \(long) */ SELECT \"a\", \"b\"") == [])
        #expect(notices("SELECT $q$ \(long) $q$, $1") == [])
    }

    /// PostgreSQL's lexer runs up to the fault only.
    @Test func beforeAnError() {
        #expect(notices("SELECT \(long) FROM WHERE \(long)") == [message(long, part)])
    }
}
