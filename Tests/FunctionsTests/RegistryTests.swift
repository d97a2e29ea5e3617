import Base
import Functions
import Testing
import Types

@Suite struct RegistryTests {
    @Test func lookUpsFindPostgreSQLsRows() throws {
        let plus = FunctionRegistry.operators(named: "+").first {
            $0.left == .int4 && $0.right == .int8
        }
        #expect(plus?.oid == OID(692))
        #expect(FunctionRegistry.function(plus!.function)?.key == "int48pl")
        #expect(FunctionRegistry.operator(OID(96))?.name == "=")
        #expect(FunctionRegistry.operatorName(ofFunction: OID(65), count: 2) == "=")
        #expect(FunctionRegistry.functions(named: "generate_series").count >= 5)
        #expect(FunctionRegistry.aggregates(named: "count").count == 2)
    }

    @Test func castsFollowPgCast() {
        typealias Registry = FunctionRegistry
        #expect(Registry.pathway(from: .int4, to: .int8, context: .implicit) == .function(OID(481)))
        #expect(Registry.pathway(from: .int8, to: .int4, context: .implicit) == nil)
        #expect(
            Registry.pathway(from: .int8, to: .int4, context: .assignment) == .function(OID(480)))
        #expect(Registry.pathway(from: .varchar, to: .text, context: .implicit) == .relabel)
        #expect(Registry.pathway(from: .int4, to: .text, context: .implicit) == nil)
        #expect(Registry.pathway(from: .int4, to: .text, context: .assignment) == .viaText)
        #expect(Registry.pathway(from: .text, to: .int4, context: .assignment) == nil)
        #expect(Registry.pathway(from: .text, to: .int4, context: .explicit) == .viaText)
        #expect(Registry.isBinaryCoercible(from: .varchar, to: .text))
        #expect(Registry.isBinaryCoercible(from: .text, to: .bpchar))
        #expect(!Registry.isBinaryCoercible(from: .bpchar, to: .text))
        #expect(Registry.isBinaryCoercible(from: .int4Array, to: .anyArray))
    }

    /// A kernel whose key no function has would never run; a comparison without one is a gap.
    @Test func comparisonsAndArithmeticAreBuilt() {
        let built: Set<OID> = [
            .bool, .int2, .int4, .int8, .float4, .float8, .numeric, .text, .bpchar, .bytea, .date,
            .timestamp, .timestamptz, .time, .uuid, .oid, .name, .pgLSN,
        ]
        let names: Set<String> = ["=", "<>", "<", "<=", ">", ">=", "+", "-", "*", "/", "%", "||"]
        var missing: [String] = []
        for entry in FunctionRegistry.allOperators where names.contains(entry.name) {
            guard built.contains(entry.right), entry.left.map({ built.contains($0) }) ?? true,
                built.contains(entry.result),
                let function = FunctionRegistry.function(entry.function)
            else { continue }
            if case .missing = function.kernel {
                missing.append(
                    "\(entry.name) \(entry.left.map { SQLType($0).name } ?? "") \(SQLType(entry.right).name): \(function.key)"
                )
            }
        }
        #expect(missing.isEmpty, "\(missing)")
        var casts: [String] = []
        for cast in FunctionRegistry.allCasts
        where built.contains(cast.source) && built.contains(cast.target) {
            if let oid = cast.function, let function = FunctionRegistry.function(oid),
                case .missing = function.kernel
            {
                casts.append(
                    "\(SQLType(cast.source).name)→\(SQLType(cast.target).name): \(function.key)")
            }
        }
        #expect(casts.isEmpty, "\(casts)")
    }

    @Test func seriesEndWhereTheyShould() throws {
        func run(_ start: Int64, _ stop: Int64, _ step: Int64) throws -> [Int64] {
            let entry = FunctionRegistry.functions(named: "generate_series").first {
                $0.arguments == [.int8, .int8, .int8]
            }
            guard case .series(let make)? = entry?.kernel else { return [] }
            let context = FunctionContext(randomSeed: 1)
            var arguments = [Datum(word: start), Datum(word: stop), Datum(word: step)]
            let series = try make(&arguments, context)
            let vector = Vector(.word)
            var result: [Int64] = []
            while true {
                let count = try series.fill(vector, from: 0, count: 1024, context: context)
                if count == 0 { return result }
                result += (0..<count).map { vector.words[$0] }
            }
        }
        #expect(try run(1, 5, 2) == [1, 3, 5])
        #expect(try run(5, 1, -2) == [5, 3, 1])
        #expect(try run(5, 1, 1) == [])
        #expect(try run(.max - 1, .max, 1) == [.max - 1, .max])
        #expect(try run(.min, .max, .max) == [.min, -1, .max - 1])
        #expect(try run(1, 3000, 1) == Array(1...3000))
        #expect(throws: SQLError.self) { try run(1, 5, 0) }
    }
}
