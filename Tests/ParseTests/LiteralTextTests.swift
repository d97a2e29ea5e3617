import Base
import Parse
import Testing

@Suite struct LiteralTextTests {
    private struct Outcome: Equatable {
        var key: String
        var values: [String]
        var isReplaceable: Bool
    }

    /// Marks as digits: 1 integer, 2 bigint, 3 numeric, 4 string, in braces.
    private func scan(_ sql: String) throws -> Outcome? {
        let bytes = Array(sql.utf8)
        return try bytes.withUnsafeBytes { text -> Outcome? in
            guard let literals = LiteralText(scanning: text) else { return nil }
            var key = ""
            for byte in literals.key {
                key += byte < 5 ? "{\(byte)}" : String(decoding: [byte], as: UTF8.self)
            }
            let values = literals.literals.indices.map { index in
                if let integer = literals.integer(index, in: text) { return "\(integer)" }
                return String(decoding: literals.bytes(index, in: text), as: UTF8.self)
            }
            let parsed = try Parser.parse(text, replacing: literals)
            return Outcome(key: key, values: values, isReplaceable: parsed != nil)
        }
    }

    @Test func replaceable() throws {
        #expect(
            try scan("UPDATE t SET a = a + -7 WHERE id = 12;")
                == Outcome(
                    key: "UPDATE t SET a = a + {1} WHERE id = {1}", values: ["-7", "12"],
                    isReplaceable: true))
        #expect(
            try scan("insert into h (a, b, c) values (1, - 2.50, 'it''s', 3000000000, now())")
                == Outcome(
                    key: "insert into h (a, b, c) values ({1}, {3}, {4}, {2}, now())",
                    values: ["1", "-2.50", "it's", "3000000000"], isReplaceable: true))
        #expect(
            try scan("SELECT a  FROM t /* x */ WHERE b = 'x' AND c IN (1,2) LIMIT 5")
                == Outcome(
                    key: "SELECT a FROM t WHERE b = {4} AND c IN ({1},{1}) LIMIT {1}",
                    values: ["x", "1", "2", "5"], isReplaceable: true))
        #expect(
            try scan("DELETE FROM t WHERE a - 1 < 5 OR NOT b BETWEEN -1 AND 2")?.isReplaceable
                == true)
        #expect(
            try scan("INSERT INTO t VALUES (nextval('s'), 5)")
                == Outcome(
                    key: "INSERT INTO t VALUES (nextval('s'), {1})", values: ["5"],
                    isReplaceable: true))
    }

    /// Parsed all the same, but a parameter would not do.
    @Test(arguments: [
        "SELECT 1", "SELECT a FROM t ORDER BY 1", "SELECT a, 5 FROM t WHERE b = 1",
        "SELECT count(*) FROM t GROUP BY a + 1", "SELECT a::numeric(10, 2) FROM t",
        "SELECT * FROM t WHERE d = date '2020-01-01'", "SELECT * FROM t WHERE f(a, 1) = 2",
        "INSERT INTO t VALUES (1), (2)", "SELECT * FROM t WHERE a = -5::int",
        "SELECT * FROM t WHERE 'a' = 'b'", "SELECT * FROM t WHERE a = 1 UNION SELECT 2",
        "INSERT INTO t VALUES (1) ON CONFLICT DO NOTHING", "UPDATE t SET a = 'x' || b",
    ])
    func notReplaceable(sql: String) throws {
        #expect(try #require(try scan(sql)).isReplaceable == false)
    }

    @Test(arguments: [
        "SELECT a FROM t", "SELECT $1", "SELECT 1; SELECT 2", "CREATE TABLE t (a char(5))",
        "SELECT 'abc", "SELECT 1 /* open", "BEGIN", "",
    ])
    func notScanned(sql: String) throws {
        #expect(try scan(sql) == nil)
    }

    @Test func shapesDiffer() {
        func key(_ sql: String) -> [UInt8]? {
            Array(sql.utf8).withUnsafeBytes { LiteralText(scanning: $0)?.key }
        }
        #expect(key("SELECT * FROM t WHERE a < = 1") != key("SELECT * FROM t WHERE a <= 1"))
        #expect(key("DELETE FROM t WHERE a = 1") != key("DELETE FROM t WHERE a = '1'"))
        #expect(key("DELETE FROM t WHERE a = 1") == key("DELETE FROM t  WHERE a = -31;"))
        #expect(key("DELETE FROM t WHERE a -1 = 2") != key("DELETE FROM t WHERE a 1 = 2"))
        #expect(
            key("DELETE FROM t WHERE a = 2147483647")
                != key("DELETE FROM t WHERE a = 2147483648"))
    }
}
