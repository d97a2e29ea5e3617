import Base
import Functions
import Testing
import Types

/// Every kernel with edge values in all arguments: errors are answers, traps are not.
@Suite struct FunctionFuzzTests {
    private static let seed: UInt64 = 77_002

    private static let values: [OID: [String]] = [
        .bool: ["t", "f"],
        .int2: ["0", "1", "-1", "32767", "-32768", "7"],
        .int4: ["0", "1", "-1", "2147483647", "-2147483648", "7", "100"],
        .int8: ["0", "1", "-1", "9223372036854775807", "-9223372036854775808", "7", "1000"],
        .oid: ["0", "1", "4294967295"],
        .float4: ["0", "-0", "1.5", "-1", "NaN", "inf", "-inf", "3.4e38", "1e-45"],
        .float8: ["0", "-0", "1.5", "-1", "NaN", "inf", "-inf", "1e308", "5e-324", "9.3e18", "0.5"],
        .numeric: [
            "0", "0.00", "1", "-1", "1.5", "-2.5", "NaN", "inf", "-inf", "999999999999999999",
            "123456789012345678901234567890.5", "1e-20", "1e100", "-1e-100", "2", "0.5", "100",
        ],
        .text: [
            "", "a", "abc", "p\u{E4}iv\u{E4}", "%", "\\", "a%_", "(b)", "[", "YYYY-MM-DD", "9990.99",
            "year", "UTF8", "hex", "UTC", "g", "%s %1$s", "a longer text than twelve bytes",
        ],
        .name: ["", "abc"],
        .bpchar: ["a  ", ""],
        .varchar: ["abc", ""],
        .bytea: ["", "abc", "\\x00ff"],
        .uuid: ["a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11"],
        .date: ["2024-02-29", "infinity", "-infinity", "4713-11-24 BC", "5874897-12-31"],
        .time: ["00:00:00", "24:00:00", "10:30:00.5"],
        .timestamp: [
            "2024-02-29 10:30:00.5", "infinity", "-infinity", "4713-11-24 00:00:00 BC",
            "294276-12-31 23:59:59.999999",
        ],
        .timestamptz: [
            "2024-02-29 10:30:00.5+00", "infinity", "-infinity", "4713-11-25 00:00:00+00 BC",
            "294276-12-31 23:59:59.999999+00",
        ],
        .pgLSN: ["0/0", "FFFFFFFF/FFFFFFFF"],
        .xid8: ["0", "18446744073709551615"],
        .xid: ["0", "5"], .cid: ["0"], .char: ["a", ""],
        .int4Array: ["{}", "{1,2,NULL}", "{{1,2},{3,4}}", "[5:6]={1,2}"],
        .textArray: ["{}", "{a,NULL,b}"],
        .inet: ["0.0.0.0/0", "255.255.255.255", "10.1.2.3/8", "::", "ffff::/16", "::ffff:1.2.3.4"],
        .cidr: ["0.0.0.0/0", "10.0.0.0/8", "::/0", "2001:db8::/32"],
        .macaddr: ["00:00:00:00:00:00", "ff:ff:ff:ff:ff:ff"],
        .macaddr8: ["00:00:00:00:00:00:00:00", "12:34:56:ff:fe:ab:cd:ef"],
        .bit: ["", "0", "1", "10110011100011110", "xFFFFFFFFFFFFFFFFFF"],
        .varbit: ["", "0", "1", "10110011100011110"],
        OID(3904): ["empty", "[1,5)", "(,5)", "[2147483646,)", "(,)", "[-2147483648,2147483647)"],
        OID(4451): ["{}", "{[1,5)}", "{(,5),[7,)}", "{[1,2),[4,5),[8,2147483647)}"],
    ]

    private func pick(_ type: OID, _ random: inout SeededRandom, _ arena: Arena) throws -> (
        OID, Datum
    )? {
        let concrete: OID =
            switch type {
            case .any, .anyElement, .anyNonArray, .anyCompatible, .anyCompatibleNonArray: .int4
            case .anyArray, .anyCompatibleArray: .int4Array
            case .anyRange: OID(3904)
            case .anyMultirange: OID(4451)
            default: type
            }
        guard let texts = Self.values[concrete] else { return nil }
        let text = texts[Int.random(in: 0..<texts.count, using: &random)]
        return (
            concrete,
            try TypeIO.input(text, type: SQLType(concrete), context: caseContext(), arena: arena)
        )
    }

    @Test func edgeValuesNeverTrap() throws {
        print("seed \(Self.seed)")
        var random = SeededRandom(seed: Self.seed)
        var callCount = 0
        // Their time grows with their arguments' values, not sizes.
        let slow: Set<String> = ["numeric_fac", "repeat", "numeric_exp", "numeric_power"]
        for entry in FunctionRegistry.allFunctions {
            switch entry.kernel {
            case .hosted, .missing: continue
            case .scalar, .vector, .series: break
            }
            for _ in 0..<(slow.contains(entry.key) ? 5 : 40) {
                let arena = Arena()
                let context = FunctionContext(arena: arena, types: caseContext(), randomSeed: 1)
                var arguments: [(type: OID, value: Datum)] = []
                for type in entry.arguments {
                    guard let (concrete, value) = try pick(type, &random, arena) else { break }
                    let isNull = !entry.isStrict && Int.random(in: 0..<6, using: &random) == 0
                    arguments.append((concrete, isNull ? .null : value))
                }
                guard arguments.count == entry.arguments.count else { break }
                context.argumentTypes = arguments.map(\.type)
                callCount += 1
                do {
                    try call(entry, arguments, context)
                } catch let error as SQLError {
                    #expect(error.severity == .error)
                }
            }
        }
        #expect(callCount > 10_000)
    }

    private func call(
        _ entry: FunctionEntry, _ arguments: [(type: OID, value: Datum)],
        _ context: FunctionContext
    ) throws {
        if case .series(let make) = entry.kernel {
            var row = arguments.map(\.value)
            let series = try make(&row, context)
            let vector = Vector(SQLType(entry.result).physical)
            _ = try series.fill(vector, from: 0, count: 100, context: context)
            return
        }
        let vectors = arguments.map { argument in
            let vector = Vector(SQLType(argument.type).physical)
            vector.set(0, argument.value)
            return vector
        }
        let resultType = FunctionRegistry.resultType(
            entry.result, declared: entry.arguments, actual: arguments.map(\.type))
        let result = Vector(SQLType(resultType).physical)
        try Kernel.apply(entry, vectors, count: 1, result: result, context: context)
        let value = withExtendedLifetime(vectors) { result[0] }
        if !value.isNull, TypeCatalog.info(resultType)?.isPseudo == false {
            _ = TypeIO.text(value, type: resultType, context: context.types)
        }
    }
}
