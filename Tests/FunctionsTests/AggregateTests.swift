import Base
import Functions
import Testing
import Types

/// Aggregates over small tables, against PostgreSQL's answers for the same rows.
@Suite struct AggregateTests {
    /// One group, the same rows in two groups merged, and one state a row: all must agree.
    private func run(_ name: String, _ types: [OID], _ rows: [[String?]]) throws -> String {
        let entry = try #require(
            FunctionRegistry.aggregates(named: name).first { $0.arguments == types })
        let kernel = try #require(entry.kernel)
        let context = FunctionContext(types: caseContext(), randomSeed: 1)
        let vectors = try types.indices.map { column in
            let vector = Vector(SQLType(types[column]).physical)
            for (row, values) in rows.enumerated() {
                let value = try values[column].map {
                    try TypeIO.input(
                        $0, type: SQLType(types[column]), context: context.types,
                        arena: context.arena)
                }
                vector.set(row, value ?? .null)
            }
            return vector
        }
        func state() -> UnsafeMutableRawPointer {
            let state = context.stateArena.allocate(byteCount: kernel.stateSizeBytes)
            kernel.initialize(state)
            return state
        }
        func text(_ state: UnsafeMutableRawPointer) throws -> String {
            let value = try kernel.finalize(state, context)
            return value.isNull
                ? "null" : TypeIO.text(value, type: entry.result, context: context.types)
        }
        let whole = state()
        try kernel.accumulateAll(whole, vectors, rows.count, context)
        let single = state()
        var states = [UnsafeMutableRawPointer](repeating: single, count: max(rows.count, 1))
        try kernel.accumulate(&states, vectors, rows.count, context)
        let answer = try text(whole)
        #expect(try text(single) == answer)
        if let merge = kernel.merge {
            let (target, source) = (state(), state())
            let cut = rows.count / 2
            var halves = (0..<max(rows.count, 1)).map { $0 < cut ? target : source }
            try kernel.accumulate(&halves, vectors, rows.count, context)
            try merge(target, source, context)
            #expect(try text(target) == answer)
        }
        return answer
    }

    private func column(_ values: String?...) -> [[String?]] { values.map { [$0] } }

    @Test func sums() throws {
        #expect(try run("sum", [.int4], column("2147483647", nil, "2147483647")) == "4294967294")
        #expect(
            try run("sum", [.int8], column("9223372036854775807", "1")) == "9223372036854775808")
        #expect(try run("sum", [.int4], []) == "null")
        #expect(try run("sum", [.numeric], column("1.5", "2.25", "-0.125", nil)) == "3.625")
        #expect(try run("sum", [.numeric], column("1.50", "2.50")) == "4.00")
        #expect(
            try run("sum", [.numeric], column("999999999999999999", "1", "999999999999999999"))
                == "1999999999999999999")
        #expect(try run("sum", [.numeric], column("1", "NaN")) == "NaN")
        #expect(try run("sum", [.numeric], column("1", "inf")) == "Infinity")
        #expect(try run("sum", [.float8], column("0.1", "0.2")) == "0.30000000000000004")
    }

    @Test func averages() throws {
        #expect(try run("avg", [.int4], column("1", "2", nil)) == "1.5000000000000000")
        #expect(try run("avg", [.int8], column("1", "2", "2")) == "1.6666666666666667")
        #expect(try run("avg", [.numeric], column("10.00", "20.01")) == "15.0050000000000000")
        #expect(try run("avg", [.float8], column("1", "2")) == "1.5")
        #expect(try run("avg", [.int4], column(nil)) == "null")
    }

    @Test func extremes() throws {
        #expect(try run("max", [.int4], column("3", nil, "7", "-1")) == "7")
        #expect(try run("min", [.text], column("b", "a", "a long text beyond twelve", nil)) == "a")
        #expect(try run("max", [.numeric], column("1.0", "1.00")) == "1.00")
        #expect(try run("max", [.float8], column("1", "NaN", "inf")) == "NaN")
        #expect(try run("min", [.date], column("2024-01-02", "2024-01-01")) == "2024-01-01")
        #expect(try run("max", [.timestamptz], []) == "null")
    }

    @Test func variances() throws {
        #expect(try run("variance", [.int4], column("1", "2", "4")) == "2.3333333333333333")
        #expect(
            try run("stddev_pop", [.numeric], column("1.5", "2.5", nil)) == "0.50000000000000000000"
        )
        #expect(try run("stddev", [.int8], column("5")) == "null")
        #expect(try run("var_pop", [.float8], column("1", "2", "4")) == "1.5555555555555556")
    }

    @Test func countsAndFolds() throws {
        #expect(try run("count", [], [[], [], []]) == "3")
        #expect(try run("count", [.any], []) == "0")
        #expect(try run("bool_and", [.bool], column("t", nil, "f")) == "f")
        #expect(try run("bool_or", [.bool], column("f", nil)) == "f")
        #expect(try run("bit_or", [.int4], column("1", "6")) == "7")
        #expect(
            try run(
                "string_agg", [.text, .text], [["a", ","], [nil, ","], ["b", "; "], ["c", nil]])
                == "a; bc")
    }
}
