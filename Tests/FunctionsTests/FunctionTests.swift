import Base
import Functions
import Testing
import Types

/// Kernels against what PostgreSQL 15 answered (Generated/FunctionCases.swift).
@Suite struct FunctionTests {
    private let entries: [String: [FunctionEntry]] = Dictionary(
        grouping: FunctionRegistry.allFunctions, by: \.key)

    /// One call, through vectors of one row.
    private func call(
        _ entry: FunctionEntry, _ arguments: [(info: TypeInfo, value: Datum)], arena: Arena
    ) throws(SQLError) -> Datum {
        let context = FunctionContext(arena: arena, types: caseContext(), randomSeed: 1)
        context.argumentTypes = arguments.map(\.info.oid)
        let vectors = arguments.map { argument in
            let vector = Vector(argument.info.physical)
            vector.set(0, argument.value)
            return vector
        }
        let resultType = resultType(entry, arguments.map(\.info))
        let result = Vector(resultType.physical)
        try Kernel.apply(entry, vectors, count: 1, result: result, context: context)
        return withExtendedLifetime(vectors) { result[0] }
    }

    private func resultType(_ entry: FunctionEntry, _ arguments: [TypeInfo]) -> TypeInfo {
        let info = TypeCatalog.info(entry.result)!
        guard info.isPseudo else { return info }
        return arguments.first { $0.isArray } ?? arguments[0]
    }

    @Test func answersAreThoseOfPostgreSQL() throws {
        var mismatches: [String] = []
        for row in caseRows(functionCases) {
            let arena = Arena()
            var arguments: [(info: TypeInfo, value: Datum)] = []
            for field in row[2...] {
                let parts = field.split(
                    separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
                let info = try #require(type(named: String(parts[0])), "\(field)")
                let value =
                    parts.count == 1
                    ? Datum.null
                    : try TypeIO.input(
                        String(parts[1]), type: SQLType(info.oid), context: caseContext(),
                        arena: arena)
                arguments.append((info, value))
            }
            // Keys are shared by overloads: the first that fits the arguments' layout.
            let fitting = (entries[row[0]] ?? []).first { entry in
                entry.variadic != nil
                    || (entry.arguments.count == arguments.count
                        && zip(entry.arguments, arguments).allSatisfy { declared, argument in
                            TypeCatalog.info(declared)?.isPseudo == true
                                || declared == argument.info.oid
                                || TypeCatalog.info(declared)?.physical == argument.info.physical
                        })
            }
            guard let entry = fitting else {
                mismatches.append("\(row[0]): no entry")
                continue
            }
            var answer: String
            do {
                let value = try call(entry, arguments, arena: arena)
                // The tables were made through format('%s'), which shows null as nothing.
                answer =
                    "S"
                    + (value.isNull
                        ? ""
                        : TypeIO.text(
                            value, type: resultType(entry, arguments.map(\.info)).oid,
                            context: caseContext()))
            } catch {
                answer = describe(error)
            }
            if answer != row[1] {
                mismatches.append(
                    "\(row[0]) \(row[2...]): \(answer.prefix(300)) ≠ \(row[1].prefix(300))")
            }
        }
        #expect(mismatches.isEmpty, "\(mismatches.count)\n\(mismatches.joined(separator: "\n"))")
    }
}
