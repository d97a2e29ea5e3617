import Base
import Parse
import Testing

@Suite struct ParserTests {
    @Test func insert() throws {
        let parsed = try Parser.parse(
            "INSERT INTO s.t (a, b) VALUES (1, 'x'), (DEFAULT, NULL) RETURNING id")
        guard case .insert(let insert) = parsed[0].statement else {
            Issue.record("not an INSERT")
            return
        }
        #expect(insert.relation.schema == "s")
        #expect(insert.relation.name == "t")
        #expect(insert.columns.map(\.name) == ["a", "b"])
        #expect(insert.source?.valuesLists.count == 2)
        #expect(insert.returning.count == 1)
    }
}
