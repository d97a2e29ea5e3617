import Base
import Parse
import Testing

@Suite struct ErrorTests {
    @Test func sameAsPostgreSQL() {
        for expected in ErrorCase.all {
            do throws(SQLError) {
                _ = try Parser.parse(expected.sql)
                Issue.record("no error: \(expected.sql)")
            } catch {
                #expect(error.state.description == expected.state, "\(expected.sql)")
                #expect(error.message == expected.message, "\(expected.sql)")
                #expect(error.fields.position == expected.position, "\(expected.sql)")
                #expect(error.fields.detail == expected.detail, "\(expected.sql)")
                #expect(error.fields.hint == expected.hint, "\(expected.sql)")
            }
        }
    }
}
