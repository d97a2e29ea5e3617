import Catalog
import Query
import Testing
import Types

@testable import Plan

@Suite struct JoinSearchTests {
    typealias F = Fixture

    @Test func aValueOfOneColumnIsTheValueOfItsEqual() throws {
        // u.a = t.id AND u.a = 7: t is looked up by 7.
        let query = F.select(
            [F.column(0, 1, F.int4)], from: [F.entry(F.u), F.entry(F.t)],
            where: .and([
                F.equal(F.column(0, 0, F.int4), F.column(1, 0, F.int4)),
                F.equal(F.column(0, 0, F.int4), F.number(7)),
            ]))
        #expect(try F.shape(query).contains("row t[7]"))
    }

    @Test func whatAllArmsSayIsJoinedBy() throws {
        let join = F.equal(F.column(0, 1, F.int4), F.column(1, 0, F.int4))
        let query = F.select(
            [F.column(0, 0, F.int4)], from: [F.entry(F.u), F.entry(F.t)],
            where: .or([
                .and([join, F.greater(F.column(1, 1, F.int4), F.number(3))]),
                .and([join, F.greater(F.column(0, 0, F.int4), F.number(4))]),
            ]))
        #expect(try F.shape(query).contains("row t[@0]"))
    }
}
