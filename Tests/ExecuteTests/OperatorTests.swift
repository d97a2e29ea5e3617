import Base
import Functions
import Query
import Testing
import Types

@testable import Execute

@Suite struct OperatorTests {
    private func randomRows(
        _ count: Int, range: Int, _ random: inout SeededRandom
    ) -> [[Int64?]] {
        (0..<count).map { index in
            let key = Int(random.next() % UInt64(range + 1))
            return [key == range ? nil : Int64(key), Int64(index)]
        }
    }

    private func sorted(_ rows: [[Int64?]]) -> [[Int64?]] {
        rows.sorted { left, right in
            for (a, b) in zip(left, right) where a != b {
                return (a ?? .max) < (b ?? .max)
            }
            return false
        }
    }

    /// The join by definition: all pairs.
    private func naive(
        _ kind: JoinKind, _ left: [[Int64?]], _ right: [[Int64?]],
        _ matches: ([Int64?], [Int64?]) -> Bool
    ) -> [[Int64?]] {
        var result: [[Int64?]] = []
        var matchedRight = Set<Int>()
        for a in left {
            var hasMatch = false
            for (index, b) in right.enumerated() where matches(a, b) {
                hasMatch = true
                matchedRight.insert(index)
                switch kind {
                case .inner, .left, .right, .full: result.append(a + b)
                case .semi, .anti: break
                }
            }
            switch kind {
            case .left, .full: if !hasMatch { result.append(a + [nil, nil]) }
            case .semi: if hasMatch { result.append(a) }
            case .anti: if !hasMatch { result.append(a) }
            case .inner, .right: break
            }
        }
        switch kind {
        case .right, .full:
            for (index, b) in right.enumerated() where !matchedRight.contains(index) {
                result.append([nil, nil] + b)
            }
        case .inner, .left, .semi, .anti: break
        }
        return result
    }

    private static let lessThan = FunctionRegistry.operators(named: "<").first {
        $0.left == .int8 && $0.right == .int8
    }!.function

    @Test(arguments: [JoinKind.inner, .left, .right, .full, .semi, .anti])
    func joinsAgreeWithAllPairs(kind: JoinKind) throws {
        let seed = UInt64.random(in: 0...UInt64.max)
        print("seed \(seed)")
        var random = SeededRandom(seed: seed)
        let database = try TestDatabase()
        for round in 0..<8 {
            let run = try database.run()
            let compiler = ExpressionCompiler(run: run)
            let left = randomRows([0, 1, 40, 1100][round % 4], range: 20, &random)
            let right = randomRows([60, 0, 3, 40][round % 4], range: 25, &random)
            let withCondition = round % 2 == 0
            let condition: Query.Expression? =
                withCondition
                ? .call(
                    function: Self.lessThan,
                    arguments: [.slot(1, type: .int8), .slot(3, type: .int8)], type: .bool) : nil
            let keys = try compiler.equalityKeys([.slot(0, type: .int8)])
            let otherKeys = try compiler.equalityKeys([.slot(0, type: .int8)])
            // Later rounds read the second column of each side alone.
            let readsAll = round < 4
            let live =
                readsAll
                ? LiveSlots.all : LiveSlots(of: [.slot(1, type: .int8), .slot(3, type: .int8)])
            func read(_ rows: [[Int64?]]) -> [[Int64?]] {
                readsAll ? rows : rows.map { row in row.indices.filter { $0 % 2 == 1 }.map { row[$0] } }
            }
            func join(_ source: JoinSource, _ condition: Query.Expression?) throws -> [[Int64?]] {
                read(
                    try collect(
                        JoinOperator(
                            kind, RowsOperator(left, columnCount: 2, batchSize: 700, run: run),
                            RowsOperator(right, columnCount: 2, batchSize: 13, run: run),
                            source: source, condition: try compiler.compileSet(condition),
                            conditionSlots: LiveSlots(of: [condition].compactMap { $0 }),
                            live: live, run: run)))
            }
            let hashed = try join(.hash(left: keys, right: otherKeys), condition)
            let expected = naive(kind, left, right) { a, b in
                a[0] != nil && a[0] == b[0] && (!withCondition || a[1]! < b[1]!)
            }
            #expect(sorted(hashed) == sorted(read(expected)))
            let looped = try join(.all, condition)
            let expectedLoop = naive(kind, left, right) { a, b in
                !withCondition || a[1]! < b[1]!
            }
            #expect(sorted(looped) == sorted(read(expectedLoop)))
        }
    }

    @Test func parameterisedJoinRunsTheRightSideForEachRow() throws {
        let database = try TestDatabase()
        let run = try database.run()
        let compiler = ExpressionCompiler(run: run)
        let left: [[Int64?]] = (0..<300).map { [Int64($0 % 7), Int64($0)] }
        let right: [[Int64?]] = (0..<2500).map { [Int64($0 % 5), Int64($0)] }
        let equal = FunctionRegistry.operators(named: "=").first {
            $0.left == .int8 && $0.right == .int8
        }!.function
        let filtered = FilterOperator(
            RowsOperator(right, columnCount: 2, batchSize: 1024, run: run),
            predicate: try compiler.compile(
                .call(
                    function: equal,
                    arguments: [.slot(0, type: .int8), .executionParameter(0, type: .int8)],
                    type: .bool)), run: run)
        let join = JoinOperator(
            .left, RowsOperator(left, columnCount: 2, batchSize: 100, run: run), filtered,
            source: .parameterised([
                (run.executionCells[0], try compiler.compileSet([.slot(0, type: .int8)]))
            ]), condition: nil, run: run)
        let found = try collect(join)
        let expected = naive(.left, left, right) { $0[0] == $1[0] }
        #expect(found == expected)
    }

    @Test(arguments: [nil, 0, 1, 10, 3000] as [Int64?])
    func sortsWithAndWithoutLimit(limit: Int64?) throws {
        let seed = UInt64.random(in: 0...UInt64.max)
        print("seed \(seed)")
        var random = SeededRandom(seed: seed)
        let database = try TestDatabase()
        let run = try database.run()
        let compiler = ExpressionCompiler(run: run)
        let rows = randomRows(20_000, range: 500, &random)
        let sort = SortOperator(
            RowsOperator(rows, columnCount: 2, batchSize: 1000, run: run),
            keys: try compiler.sortKeys([
                SortKey(
                    expression: .slot(0, type: .int8), descending: true, nullsFirst: true),
                SortKey(
                    expression: .slot(1, type: .int8), descending: false, nullsFirst: false),
            ]),
            limit: try compiler.compileSet(
                limit.map { .constant(Constant(type: .int8, value: .word($0))) }), run: run)
        let expected = rows.sorted { a, b in
            if a[0] != b[0] {
                guard let x = a[0] else { return true }
                guard let y = b[0] else { return false }
                return x > y
            }
            return a[1]! < b[1]!
        }
        for _ in 0..<2 {
            #expect(try collect(sort) == Array(expected.prefix(limit.map { Int($0) } ?? .max)))
        }
    }

    @Test(arguments: [BoundQuery.SetOperator.union, .intersect, .except], [false, true])
    func setOperationsCountRows(kind: BoundQuery.SetOperator, isAll: Bool) throws {
        let database = try TestDatabase()
        let run = try database.run()
        let compiler = ExpressionCompiler(run: run)
        let left: [[Int64?]] = [[1], [1], [2], [nil], [nil], [3]]
        let right: [[Int64?]] = [[1], [nil], [4], [3], [3]]
        let operation = SetOperationOperator(
            kind, isAll: isAll, RowsOperator(left, columnCount: 1, batchSize: 2, run: run),
            RowsOperator(right, columnCount: 1, batchSize: 3, run: run),
            leftKeys: try compiler.equalityKeys([.slot(0, type: .int8)]),
            rightKeys: try compiler.equalityKeys([.slot(0, type: .int8)]), run: run)
        let expected: [[Int64?]] =
            switch (kind, isAll) {
            case (.union, false): [[1], [2], [3], [4], [nil]]
            case (.union, true):
                [[1], [1], [1], [2], [3], [3], [3], [4], [nil], [nil], [nil]]
            case (.intersect, _): [[1], [3], [nil]]
            case (.except, false): [[2]]
            case (.except, true): [[1], [2], [nil]]
            }
        #expect(sorted(try collect(operation)) == expected)
    }

    @Test func limitWithTies() throws {
        let database = try TestDatabase()
        let run = try database.run()
        let compiler = ExpressionCompiler(run: run)
        let rows: [[Int64?]] = [1, 1, 2, 2, 2, 3].map { [$0] }
        func number(_ value: Int64) throws -> ExpressionSet? {
            try compiler.compileSet(.constant(Constant(type: .int8, value: .word(value))))
        }
        for size in [1, 2, 3, 6] {
            let limit = LimitOperator(
                RowsOperator(rows, columnCount: 1, batchSize: size, run: run),
                limit: try number(2), offset: try number(1),
                ties: try compiler.sortKeys([
                    SortKey(
                        expression: .slot(0, type: .int8), descending: false, nullsFirst: false)
                ]), run: run)
            #expect(try collect(limit) == [[1], [2], [2], [2]])
        }
    }

    @Test func guardedDivisionDoesNotFail() throws {
        let database = try TestDatabase()
        let run = try database.run()
        let compiler = ExpressionCompiler(run: run)
        func call(_ name: String, _ arguments: [Query.Expression], _ type: SQLType)
            -> Query.Expression
        {
            let entry = FunctionRegistry.operators(named: name).first {
                $0.left == .int8 && $0.right == .int8
            }!
            return .call(function: entry.function, arguments: arguments, type: type)
        }
        func constant(_ value: Int64) -> Query.Expression {
            .constant(Constant(type: .int8, value: .word(value)))
        }
        let x = Query.Expression.slot(0, type: .int8)
        let quotient = call("/", [constant(10), x], .int8)
        let guarded = Query.Expression.and([
            call("<>", [x, constant(0)], .bool), call(">", [quotient, constant(3)], .bool),
        ])
        let rows: [[Int64?]] = [[0], [1], [5], [nil], [2]]
        let filter = FilterOperator(
            RowsOperator(rows, columnCount: 1, batchSize: 5, run: run),
            predicate: try compiler.compile(guarded), run: run)
        #expect(try collect(filter) == [[1], [2]])
        let chosen = ProjectOperator(
            RowsOperator(rows, columnCount: 1, batchSize: 5, run: run),
            expressions: try compiler.compileSet([
                .caseWhen(
                    branches: [
                        CaseBranch(
                            condition: call("=", [x, constant(0)], .bool), result: constant(-1))
                    ], otherwise: quotient, type: .int8)
            ]), types: [.word], run: run)
        #expect(try collect(chosen) == [[-1], [10], [2], [nil], [5]])
    }
}
