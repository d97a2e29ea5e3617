import Base
import CPgQuery
import Parse
import Testing

@Suite struct IdentifierTests {
    /// What PostgreSQL's quote_ident answers.
    @Test(arguments: [
        ("a", "a"), ("A", "\"A\""), ("a b", "\"a b\""), ("1a", "\"1a\""), ("_x", "_x"),
        ("a1", "a1"), ("select", "\"select\""), ("int", "\"int\""), ("left", "\"left\""),
        ("value", "value"), ("user", "\"user\""), ("ä", "\"ä\""), ("a\"b", "\"a\"\"b\""),
        ("", "\"\""), ("order", "\"order\""), ("setof", "\"setof\""),
        ("between", "\"between\""), ("name", "name"), ("a$", "\"a$\""),
    ])
    func quoting(name: String, quoted: String) {
        #expect(Identifier.quote(name) == quoted)
    }

    /// The words that are quoted are those of the grammar that are not unreserved.
    @Test func keywords() {
        var count = 0
        while count < Int(ordinal_keyword_count()), let word = ordinal_keyword(Int32(count)) {
            let name = String(cString: word)
            let isUnreserved = ordinal_keyword_category(Int32(count)) == UNRESERVED_KEYWORD
            #expect((Identifier.quote(name) == name) == isUnreserved, "\(name)")
            count += 1
        }
        #expect(count == 460)
        #expect(Identifier.quote(qualified: ["s", "My Table"]) == "s.\"My Table\"")
    }

    @Test func characterPositions() {
        let text: [UInt8] = Array("ä'ö' x".utf8)
        text.withUnsafeBytes { bytes in
            #expect(Parser.characterPosition(ofByteOffset: 0, in: bytes) == 1)
            #expect(Parser.characterPosition(ofByteOffset: 2, in: bytes) == 2)
            #expect(Parser.characterPosition(ofByteOffset: 7, in: bytes) == 6)
            #expect(Parser.characterPosition(ofByteOffset: 99, in: bytes) == 7)
            #expect(Parser.characterPosition(ofByteOffset: -1, in: bytes) == nil)
        }
    }

    @Test func severalStatements() throws {
        let sql = "SELECT 1; ;\n SELECT 'ä' ;SELECT 3 "
        let parsed = try Parser.parse(sql)
        let bytes = Array(sql.utf8)
        let texts = parsed.map {
            String(decoding: bytes[$0.range(inTextOf: bytes.count)], as: UTF8.self)
        }
        #expect(texts == ["SELECT 1", "\n SELECT 'ä' ", "SELECT 3 "])
        #expect(try Parser.parse("").isEmpty)
        #expect(try Parser.parse(" ; -- nothing\n;").isEmpty)
    }

    @Test func optionValues() throws {
        let sql = "CREATE SEQUENCE s START 5 MINVALUE -99999999999 CYCLE NO MAXVALUE INCREMENT 1.5"
        guard case .createSequence(let create) = try Parser.parse(sql)[0].statement else {
            Issue.record("not a CREATE SEQUENCE")
            return
        }
        let options = create.options
        #expect(try options[0].integer() == 5)
        #expect(try options[1].integer() == -99_999_999_999)
        #expect(try options[2].boolean())
        #expect(options[3].text == nil)
        do throws(SQLError) {
            _ = try options[4].integer()
            Issue.record("a fraction is no integer")
        } catch {
            #expect(error.state == .invalidTextRepresentation)
            #expect(error.message == "invalid input syntax for type bigint: \"1.5\"")
        }
        do throws(SQLError) {
            _ = try options[3].requiredText()
            Issue.record("NO MAXVALUE has no text")
        } catch {
            #expect(error.message == "maxvalue requires a parameter")
        }
    }
}
