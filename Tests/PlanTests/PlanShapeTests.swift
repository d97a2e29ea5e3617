import Base
import Catalog
import Plan
import Query
import Testing
import Types

@Suite struct PlanShapeTests {
    typealias F = Fixture

    // MARK: One table

    @Test func wholePrimaryKeyIsOneRow() throws {
        #expect(
            try F.shape(F.select([F.a], where: F.equal(F.id, F.number(7))))
                == "project(row t[7] [0, 1], [s1])")
    }

    @Test func parameterAndCommutedEquality() throws {
        #expect(
            try F.shape(F.select([F.id], where: F.equal(.parameter(0, type: F.int4), F.id)))
                == "row t[$1] [0]")
    }

    @Test func wideConstantIsBroughtToTheKeysType() throws {
        // int48eq: 852.
        #expect(
            try F.shape(F.select([F.id], where: F.call(852, F.id, F.number(7, F.int8))))
                == "row t[7] [0]")
        #expect(
            try F.shape(F.select([F.id], where: F.call(852, F.id, F.number(1 << 40, F.int8))))
                == "row t[null] [0]")
    }

    @Test func rangeOfThePrimaryKey() throws {
        let range = Expression.and([
            F.greater(F.id, F.number(5)), F.less(F.id, F.number(9)), F.equal(F.a, F.number(1)),
        ])
        #expect(
            try F.shape(
                F.select(
                    [F.id],
                    where: .and([
                        F.greater(F.id, F.number(5)), F.less(F.id, F.number(9)),
                    ]))) == "scan t from[5] to[9] [0]")
        #expect(
            try F.shape(F.select([F.id], where: range))
                == "project(scan t from[5] to[9] [0, 1] if f65[s1,1], [s0])")
    }

    @Test func secondaryIndexPrefixAndRange() throws {
        // texteq 67, int8gt 470; the second key is descending, so the bound is the upper one.
        let condition = Expression.and([
            F.call(67, F.b, F.string("x")), F.call(470, F.c, F.number(3, F.int8)),
        ])
        #expect(
            try F.shape(F.select([F.id], where: condition))
                == "project(index t_bc['x'] to[3] [0, 2, 3], [s0])")
    }

    @Test func openRangeOfAnIndex() throws {
        #expect(
            try F.shape(
                F.select([F.id], where: F.greater(F.a, F.number(5)))
            ) == "project(scan t [0, 1] if f147[s1,5], [s0])")
        let narrow = Expression.and([F.greater(F.a, F.number(5)), F.less(F.a, F.number(7))])
        #expect(try F.shape(F.select([F.a], where: narrow)) == "index t_a[] from[5] to[7] [1]")
    }

    @Test func noConditionScansAll() throws {
        #expect(try F.shape(F.select([F.id, F.b])) == "scan t [0, 2]")
    }

    @Test func neverTrueReadsNothing() throws {
        #expect(
            try F.shape(F.select([F.id], where: .constant(.bool(false))))
                == "filter(scan t [0], 0)")
    }

    @Test func conditionWithoutColumnsIsTestedOnce() throws {
        let condition = F.equal(.parameter(0, type: F.int4), F.number(1))
        #expect(
            try F.shape(F.select([F.id], where: condition))
                == "filter(scan t [0], f65[$1,1])")
    }

    // MARK: Order and limit

    @Test func orderOfThePrimaryKeyNeedsNoSort() throws {
        let query = F.select([F.id]) {
            $0.orderBy = [TargetOrder(target: 0, descending: true, nullsFirst: true)]
            $0.limit = F.number(3, F.int8)
        }
        #expect(try F.shape(query) == "limit(scan t reverse [0], 3)")
    }

    @Test func otherOrderSortsTheTop() throws {
        let query = F.select([F.id, F.c]) {
            $0.orderBy = [TargetOrder(target: 1, descending: false, nullsFirst: false)]
            $0.limit = F.number(3, F.int8)
            $0.offset = F.number(2, F.int8)
        }
        #expect(try F.shape(query) == "limit(sort(scan t [0, 3], s1+ top 5), 3 from 2)")
    }

    @Test func volatileTargetIsComputedAfterTheLimit() throws {
        let next = F.call(1574, F.number(99), type: F.int8)
        #expect(
            try F.shape(F.select([next]) { $0.limit = F.number(5, F.int8) })
                == "project(limit(scan t [], 5), [f1574[99]])")
        let skipping = F.select([next]) {
            $0.limit = F.number(5, F.int8)
            $0.offset = F.number(2, F.int8)
        }
        #expect(
            try F.shape(skipping)
                == "limit(project(limit(scan t [], 7), [f1574[99]]), all from 2)")
    }

    @Test func volatileSortKeyIsComputedOnce() throws {
        let next = F.call(1574, F.number(99), type: F.int8)
        let query = F.select([next, F.id]) {
            $0.orderBy = [TargetOrder(target: 0, descending: false, nullsFirst: false)]
        }
        #expect(
            try F.shape(query)
                == "project(sort(project(scan t [0], [s0,f1574[99]]), s1+), [s1,s0])")
    }

    // MARK: Aggregates

    @Test func maximumIsTheEndOfTheKey() throws {
        let next = F.call(177, F.max(F.id), F.number(1), type: F.int4)
        #expect(
            try F.shape(F.select([next]) { $0.hasAggregates = true })
                == "project(one, [f177[#0,1]]) | #0 limit(scan t reverse [0], 1)")
        #expect(
            try F.shape(F.select([F.max(F.a)]) { $0.hasAggregates = true })
                == "project(one, [#0]) | #0 limit(index t_a[] reverse [1] if s0 is not null, 1)")
    }

    @Test func groupsKeepTheirKeysAndAggregates() throws {
        let query = F.select([F.count, F.a], where: nil) {
            $0.hasAggregates = true
            $0.groupBy = [F.a]
            $0.having = F.call(470, F.count, F.number(1, F.int8))
        }
        #expect(
            try F.shape(query)
                == "project(filter(aggregate(scan t [1], [s0], 2803[]), f470[s1,1]), [s1,s0])")
    }

    @Test func columnsOfAGroupedPrimaryKeyBecomeKeys() throws {
        let query = F.select([F.id, F.b, F.count]) {
            $0.hasAggregates = true
            $0.groupBy = [F.id]
        }
        #expect(try F.shape(query) == "aggregate(scan t [0, 2], [s0,s1], 2803[])")
    }

    // MARK: Joins

    @Test func smallOuterSideLooksUp() throws {
        let query = F.select(
            [F.column(1, 0, F.int8), F.column(0, 2, F.text)], from: [F.entry(F.t), F.entry(F.u)],
            where: F.equal(F.id, F.column(1, 1, F.int4)))
        #expect(
            try F.shape(query)
                == "project(loop.inner(scan u [0, 1], row t[@0] [0, 2] @0=s1), [s0,s3])")
    }

    @Test func largeSidesHash() throws {
        let query = F.select(
            [F.a], from: [F.entry(F.t), F.entry(F.t, "t2")],
            where: F.equal(F.a, F.call(177, F.column(1, 1, F.int4), F.number(1), type: F.int4)))
        #expect(try F.shape(query).hasPrefix("project(hash.inner("))
    }

    @Test func leftJoinKeepsItsConditionApart() throws {
        let condition = Expression.and([
            F.equal(F.column(0, 1, F.int4), F.column(1, 0, F.int4)),
            F.greater(F.column(1, 1, F.int4), F.number(3)),
            F.greater(F.column(0, 1, F.int4), F.number(4)),
        ])
        let query = F.select(
            [F.column(0, 0, F.int8)], from: [F.entry(F.u), F.entry(F.t)],
            join: .join(.left, .entry(0), .entry(1), condition: condition),
            where: .isNull(F.column(1, 0, F.int4), negated: false))
        let shape = try F.shape(query)
        #expect(
            shape
                == "project(filter(loop.left(scan u [0, 1], row t[@0] [0, 1] if f147[s1,3] @0=s1 "
                + "if f147[s1,4]), s2 is null), [s0])")
    }

    @Test func fullJoinNeedsAnEquality() throws {
        let query = F.select(
            [F.id], from: [F.entry(F.t), F.entry(F.u)],
            join: .join(
                .full, .entry(0), .entry(1),
                condition: F.less(F.id, F.column(1, 1, F.int4))))
        #expect(throws: SQLError.self) { try F.shape(query) }
    }

    @Test func lateralSubqueryTakesParameters() throws {
        let inner = F.select(
            [F.column(0, 1, F.int4)], where: F.equal(F.id, F.column(0, 1, F.int4, up: 1))
        ) { $0.limit = F.number(1, F.int8) }
        let entry = RangeEntry(
            kind: .subquery(inner), alias: "s",
            columns: [OutputColumn(name: "a", type: F.int4)], isLateral: true)
        let query = F.select(
            [F.column(1, 0, F.int4)], from: [F.entry(F.u), entry])
        #expect(
            try F.shape(query)
                == "project(loop.inner(scan u [1], project(limit(row t[@0] [0, 1], 1), [s1]) @0=s0), [s1])"
        )
    }

    // MARK: Subqueries

    @Test func correlatedSubqueryIsASubplan() throws {
        let inner = F.select(
            [F.column(0, 1, F.int4)], where: F.equal(F.id, F.column(0, 1, F.int4, up: 1)))
        let scalar = Expression.subquery(Subquery(kind: .scalar, query: inner, type: F.int4))
        #expect(
            try F.shape(F.select([scalar], from: [F.entry(F.u)]))
                == "project(scan u [1], [#0(@0=s0)]) | #0 project(row t[@0] [0, 1], [s1])")
    }

    @Test func uncorrelatedSubqueryIsAKey() throws {
        let newest = F.select([F.max(F.a)]) { $0.hasAggregates = true }
        let scalar = Expression.subquery(Subquery(kind: .scalar, query: newest, type: F.int4))
        #expect(
            try F.shape(F.select([F.a], where: F.equal(F.id, scalar)))
                == "project(row t[#1] [0, 1], [s1]) | #0 limit(index t_a[] reverse [1] "
                + "if s0 is not null, 1) | #1 project(one, [#0])")
    }

    @Test func setOperations() throws {
        func arm() -> BoundQuery { F.select([F.a]) }
        func union(isAll: Bool) -> BoundQuery {
            var body = BoundQuery.Body()
            body.rangeTable = [
                RangeEntry(
                    kind: .excluded, alias: "*SELECT*",
                    columns: [OutputColumn(name: "a", type: F.int4)])
            ]
            body.targets = [F.target(F.column(0, 0, F.int4))]
            body.setOperation = .init(kind: .union, isAll: isAll, left: arm(), right: arm())
            return BoundQuery(body)
        }
        #expect(try F.shape(union(isAll: true)) == "append(scan t [1], scan t [1])")
        #expect(try F.shape(union(isAll: false)) == "distinct(append(scan t [1], scan t [1]))")
    }

    @Test func existsIsASemiJoin() throws {
        let inner = F.select(
            [F.number(1)], where: F.equal(F.id, F.column(0, 1, F.int4, up: 1)))
        let exists = Expression.subquery(Subquery(kind: .exists, query: inner, type: F.bool))
        let query = F.select([F.column(0, 0, F.int8)], from: [F.entry(F.u)], where: exists)
        #expect(
            try F.shape(query)
                == "project(loop.semi(scan u [0, 1], row t[@0] [0] @0=s1), [s0])")
        let none = F.select([F.column(0, 0, F.int8)], from: [F.entry(F.u)], where: .not(exists))
        #expect(
            try F.shape(none)
                == "project(loop.anti(scan u [0, 1], row t[@0] [0] @0=s1), [s0])")
    }

    @Test func listOfKeysIsLookedUp() throws {
        let list = Expression.inList(
            F.id, [F.number(3), F.number(5), F.number(3)], function: OID(65), isAll: false)
        #expect(
            try F.shape(F.select([F.a], where: list))
                == "project(loop.inner(values(2), row t[@0] [0, 1] @0=s0), [s2])")
    }

    @Test func simpleSubqueryIsPulledUp() throws {
        let inner = F.select(
            [F.a, F.call(177, F.id, F.number(1), type: F.int4)],
            where: F.greater(F.a, F.number(0)))
        let entry = RangeEntry(
            kind: .subquery(inner), alias: "s",
            columns: [
                OutputColumn(name: "a", type: F.int4), OutputColumn(name: "b", type: F.int4),
            ])
        let query = F.select(
            [F.column(0, 1, F.int4)], from: [entry],
            where: F.equal(F.column(0, 0, F.int4), F.number(4)))
        #expect(
            try F.shape(query)
                == "project(index t_a[4] [0, 1] if f147[s1,0], [f177[s0,1]])")
    }

    @Test func subqueryUnderAnOuterJoinKeepsItsNulls() throws {
        let inner = F.select([F.number(1)])
        let entry = RangeEntry(
            kind: .subquery(inner), alias: "s", columns: [OutputColumn(name: "a", type: F.int4)])
        let query = F.select(
            [F.column(1, 0, F.int4)], from: [F.entry(F.u), entry],
            join: .join(
                .left, .entry(0), .entry(1),
                condition: F.equal(F.column(0, 1, F.int4), F.column(1, 0, F.int4))))
        #expect(try F.shape(query).contains("project(scan t [], [1])"))
    }

    @Test func lateralSubqueryUnderAnOuterJoinStays() throws {
        let inner = F.select(
            [F.column(0, 1, F.int4)], where: F.equal(F.a, F.column(0, 1, F.int4, up: 1)))
        let entry = RangeEntry(
            kind: .subquery(inner), alias: "s",
            columns: [OutputColumn(name: "a", type: F.int4)], isLateral: true)
        let query = F.select(
            [F.column(1, 0, F.int4)], from: [F.entry(F.u), entry],
            join: .join(.left, .entry(0), .entry(1), condition: nil))
        #expect(
            try F.shape(query)
                == "project(loop.left(scan u [1], index t_a[@0] [1] @0=s0), [s1])")
    }

    @Test func rejectedNullsMakeAnInnerJoin() throws {
        let query = F.select(
            [F.column(0, 0, F.int8)], from: [F.entry(F.u), F.entry(F.t)],
            join: .join(
                .left, .entry(0), .entry(1),
                condition: F.equal(F.column(0, 1, F.int4), F.column(1, 0, F.int4))),
            where: F.greater(F.column(1, 1, F.int4), F.number(3)))
        #expect(
            try F.shape(query)
                == "project(loop.inner(scan u [0, 1], row t[@0] [0, 1] if f147[s1,3] @0=s1), [s0])")
    }

    // MARK: DML

    @Test func updateByKey() throws {
        let query = F.select([], where: F.equal(F.id, F.number(7)))
        let update = BoundModify(
            table: F.t, query: query,
            assignments: [
                Assignment(column: 1, value: F.call(177, F.a, F.number(1), type: F.int4))
            ], checks: TableChecks(), returning: [F.target(F.a)])
        let plan = try Planner.plan(.update(update), source: F.source)
        #expect(
            PlanShape.of(plan)
                == "update(row t[7] [0, 1, 2, 3]+key 1:=f177[s1,1] if f65[s0,7])")
        #expect(plan.relations.map(\.use) == [.write])
    }

    @Test func deleteUsingKeepsTheTargetsSlots() throws {
        let query = F.select(
            [], from: [F.entry(F.t), F.entry(F.u)],
            where: F.equal(F.id, F.column(1, 1, F.int4)))
        let delete = BoundModify(
            table: F.t, query: query, assignments: nil, checks: TableChecks(), returning: [])
        #expect(
            PlanShape.of(try Planner.plan(.delete(delete), source: F.source))
                == "delete(project(loop.inner(scan u [1], row t[@0] [0, 1, 2, 3]+key @0=s0), "
                + "[s1,s2,s3,s4,s5,s0]) if f65[s0,s5])")
    }

    @Test func forUpdateLocksAboveTheSort() throws {
        let query = F.select([F.a], where: F.equal(F.a, F.number(3))) {
            $0.orderBy = [TargetOrder(target: 0, descending: false, nullsFirst: false)]
            $0.limit = F.number(1, F.int8)
            $0.locking = [RowLocking(relation: 0, strength: .update, policy: .wait)]
        }
        #expect(
            try F.shape(query)
                == "project(limit(lock(index t_a[3] [1]+key, key 1 if f65[s0,3]), 1), [s0])")
    }
}

@Suite struct FoldingTests {
    typealias F = Fixture

    @Test func immutableCallsAreComputed() throws {
        let sum = F.call(177, F.number(2), F.number(3), type: F.int4)
        #expect(
            try F.shape(F.select([F.a], where: F.equal(F.id, sum)))
                == "project(row t[5] [0, 1], [s1])")
    }

    @Test func overflowIsLeftForTheExecution() throws {
        let sum = F.call(177, F.number(Int64(Int32.max)), F.number(1), type: F.int4)
        #expect(try F.shape(F.select([sum], from: [])) == "project(one, [f177[2147483647,1]])")
    }

    @Test func constantsDecideConditions() throws {
        let yes = Expression.constant(.bool(true))
        let no = Expression.constant(.bool(false))
        let test = F.equal(F.id, F.number(7))
        #expect(try F.shape(F.select([F.id], where: .or([no, test]))) == "row t[7] [0]")
        #expect(try F.shape(F.select([F.id], where: .and([yes, test]))) == "row t[7] [0]")
        #expect(try F.shape(F.select([F.id], where: .and([test, no]))) == "filter(scan t [0], 0)")
    }

    @Test func branchesThatConstantsRuleOutGo() throws {
        let bad = F.call(177, F.number(Int64(Int32.max)), F.number(1), type: F.int4)
        let choice = Expression.caseWhen(
            branches: [CaseBranch(condition: .constant(.bool(false)), result: bad)],
            otherwise: F.number(4), type: F.int4)
        #expect(try F.shape(F.select([choice], from: [])) == "project(one, [4])")
    }
}
