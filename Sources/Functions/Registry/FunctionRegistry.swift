public import Base
internal import Types

/// The built-in functions, operators, casts and aggregates by name and OID: all of
/// PostgreSQL's rows over the types that Ordinal has, so that names resolve alike; a kernel that is not
/// written is `.missing`.
public enum FunctionRegistry {
    // MARK: Functions

    public static func functions(named name: String) -> [FunctionEntry] {
        (functionsByName[name] ?? []).map { allFunctions[$0] }
    }
    public static func function(_ oid: OID) -> FunctionEntry? {
        functionsByOID[oid].map { allFunctions[$0] } ?? variadicFunction(oid)
            ?? constructor(oid) ?? ownFunctions.first { $0.oid == oid }
    }

    /// PostgreSQL's casts between integer and the oid types copy 32 bits. Here a word is
    /// sign-extended for the one and zero-extended for the others, so the casts are functions, with
    /// OIDs that PostgreSQL leaves unused.
    private static let signCasts: [FunctionEntry] = [
        signCast(OID(9998), "oid", from: .int4, to: .oid, key: "int4_oid$binary"),
        signCast(OID(9999), "int4", from: .oid, to: .int4, key: "oid_int4$binary"),
    ]

    /// What PostgreSQL does without a function, with OIDs that it leaves unused.
    private static let ownFunctions: [FunctionEntry] =
        signCasts + [
            FunctionEntry(
                oid: OID(9997), name: "jsonb_set_element",
                arguments: [.jsonb, .textArray, .jsonb, .bool], variadic: nil, result: .jsonb,
                returnsSet: false, isStrict: false, volatility: .immutable, defaults: [],
                argumentNames: [], key: "jsonb_set_element$own",
                kernel: kernel(name: "jsonb_set_element", key: "jsonb_set_element$own"),
                outputColumns: [])
        ] + ClockWord.allCases.map { word in
            FunctionEntry(
                oid: word.function, name: word.rawValue, arguments: [], variadic: nil,
                result: .timestamptz, returnsSet: false, isStrict: true, volatility: .stable,
                defaults: [], argumentNames: [], key: "now", kernel: kernel(name: "now", key: "now"),
                outputColumns: [])
        }

    /// The one function of information_schema that drivers call: an array's elements with their
    /// numbers, for each type of array that catalogs have. Only its qualified name finds it.
    private static let expandArrays: [FunctionEntry] = {
        let types: [(array: OID, element: OID)] = [
            (.int2vector, .int2), (.oidvector, .oid), (.int2Array, .int2), (.int4Array, .int4),
            (.int8Array, .int8), (.oidArray, .oid), (.nameArray, .name), (.textArray, .text),
        ]
        return types.enumerated().map { index, type in
            FunctionEntry(
                oid: OID(UInt32(9960 + index)), name: "information_schema._pg_expandarray",
                arguments: [type.array], variadic: nil, result: .record, returnsSet: true,
                isStrict: true, volatility: .immutable, defaults: [], argumentNames: [],
                key: "_pg_expandarray$own",
                kernel: kernel(name: "_pg_expandarray", key: "_pg_expandarray$own"),
                outputColumns: [("x", type.element), ("n", .int4)])
        }
    }()

    private static func signCast(
        _ oid: OID, _ name: String, from source: OID, to target: OID, key: String
    ) -> FunctionEntry {
        FunctionEntry(
            oid: oid, name: name, arguments: [source], variadic: nil, result: target,
            returnsSet: false, isStrict: true, volatility: .immutable, defaults: [],
            argumentNames: [], key: key,
            kernel: kernel(name: name, key: key), outputColumns: [])
    }

    /// The function that a binary cast needs all the same; nil: the value is used as it is.
    private static func signCast(from source: OID, to target: OID) -> OID? {
        guard (source == .int4) != (target == .int4) else { return nil }
        let other = source == .int4 ? target : source
        guard TypeCatalog.info(other)?.storedWidthBytes == 4, other != .date, other != .float4
        else {
            return nil
        }
        return source == .int4 ? signCasts[0].oid : signCasts[1].oid
    }

    /// Whether a function, aggregate or window function can be called.
    public static func isBuilt(_ oid: OID) -> Bool {
        if let index = functionsByOID[oid] {
            if case .missing = allFunctions[index].kernel { return false }
            return true
        }
        if let index = aggregatesByOID[oid] { return allAggregates[index].kernel != nil }
        return OrderedSetFunction(rawValue: oid.rawValue) != nil
            || WindowFunction(rawValue: oid.rawValue) != nil
    }

    public static let allFunctions: [FunctionEntry] = rows(functionTable).map { fields in
        let key = String(fields[2])
        let variadic = oid(fields[4])
        return FunctionEntry(
            oid: oid(fields[0]), name: String(fields[1]), arguments: oids(fields[3]),
            variadic: variadic.isValid ? variadic : nil, result: oid(fields[5]),
            returnsSet: fields[6] == "t", isStrict: fields[7] == "t",
            volatility: Volatility(rawValue: fields[8].first ?? "v") ?? .volatile,
            defaults: fields[9].split(separator: ",", omittingEmptySubsequences: true)
                .map(String.init),
            argumentNames: fields[11].split(separator: ",", omittingEmptySubsequences: false)
                .map(String.init),
            key: key, kernel: kernel(name: String(fields[1]), key: key, result: oid(fields[5])),
            outputColumns: outputColumns(fields[12]))
    } + expandArrays
    private static let functionsByOID = index(allFunctions.map(\.oid))
    private static let functionsByName = group(allFunctions.map(\.name))

    private static func kernel(name: String, key: String, result: OID = .invalid) -> Kernel {
        if let kernel = KernelTable.byKey[key] ?? rangeConstructor(key, of: result) { return kernel }
        return HostedFunction(rawValue: name).map { .hosted($0) } ?? .missing
    }

    private static func outputColumns(_ field: Substring) -> [(name: String, type: OID)] {
        field.split(separator: ",").compactMap { column in
            guard let colon = column.lastIndex(of: ":") else { return nil }
            return (String(column[..<colon]), oid(column[column.index(after: colon)...]))
        }
    }

    // MARK: Operators

    public static func operators(named name: String) -> [OperatorEntry] {
        (operatorsByName[name] ?? []).map { allOperators[$0] }
    }
    /// The operator of exactly these operand types; nil: none, or only polymorphic ones.
    public static func `operator`(named name: String, left: OID, right: OID) -> OperatorEntry? {
        plainOperators[OperandTypes(name: name, left: left, right: right)].map { allOperators[$0] }
    }

    private struct OperandTypes: Hashable {
        var name: String
        var left: OID
        var right: OID
    }
    private static let plainOperators: [OperandTypes: Int] = Dictionary(
        allOperators.enumerated().compactMap { index, entry in
            guard let left = entry.left, !isPolymorphic(left), !isPolymorphic(entry.right) else {
                return nil
            }
            return (OperandTypes(name: entry.name, left: left, right: entry.right), index)
        }, uniquingKeysWith: { first, _ in first })

    public static func `operator`(_ oid: OID) -> OperatorEntry? {
        operatorsByOID[oid].map { allOperators[$0] }
    }

    public static let allOperators: [OperatorEntry] = rows(operatorTable).compactMap { fields in
        let function = oid(fields[5])
        // Operators of functions outside the table (text search …).
        guard functionsByOID[function] != nil else { return nil }
        let left = oid(fields[2])
        return OperatorEntry(
            oid: oid(fields[0]), name: String(fields[1]), left: left.isValid ? left : nil,
            right: oid(fields[3]), result: oid(fields[4]), function: function,
            commutator: oid(fields[6]), negator: oid(fields[7]), canHash: fields[8] == "t",
            canMerge: fields[9] == "t")
    }
    private static let operatorsByOID = index(allOperators.map(\.oid))
    private static let operatorsByName = group(allOperators.map(\.name))

    /// The name of the operator that a function of `count` arguments implements. Nil: none.
    public static func operatorName(ofFunction function: OID, count: Int) -> String? {
        guard let index = operatorsByFunction[function] else { return nil }
        let entry = allOperators[index]
        return (entry.left == nil ? 1 : 2) == count ? entry.name : nil
    }
    private static let operatorsByFunction: [OID: Int] = Dictionary(
        allOperators.enumerated().map { ($1.function, $0) }, uniquingKeysWith: { first, _ in first }
    )

    // MARK: Casts

    /// pg_cast's row. Conversions through text have none: see `pathway`.
    public static func cast(from source: OID, to target: OID) -> CastEntry? {
        castsByTypes[UInt64(source.rawValue) << 32 | UInt64(target.rawValue)].map { allCasts[$0] }
    }

    public static let allCasts: [CastEntry] = rows(castTable).compactMap { fields in
        let function = oid(fields[2])
        guard let context = CastEntry.Context(rawValue: fields[3].first ?? "e"),
            let method = CastEntry.Method(rawValue: fields[4].first ?? "i"),
            method != .function || functionsByOID[function] != nil
        else { return nil }
        return CastEntry(
            source: oid(fields[0]), target: oid(fields[1]),
            function: function.isValid ? function : nil, method: method, context: context)
    }
    private static let castsByTypes: [UInt64: Int] = Dictionary(
        uniqueKeysWithValues: allCasts.enumerated().map {
            (UInt64($1.source.rawValue) << 32 | UInt64($1.target.rawValue), $0)
        })

    public static func isCastFunction(_ function: OID) -> Bool { castFunctions.contains(function) }
    private static let castFunctions = Set(
        allCasts.compactMap(\.function) + signCasts.map(\.oid))

    /// Whether a value of `source` is one of `target` as it lies (IsBinaryCoercible).
    public static func isBinaryCoercible(from source: OID, to target: OID) -> Bool {
        if source == target || target == .any || target == .anyElement || target == .anyCompatible {
            return true
        }
        if target == .anyArray || target == .anyCompatibleArray {
            return elementType(of: source) != nil
        }
        if target == .anyEnum { return TypeCatalog.isEnumeration(source) }
        if target == .anyRange { return TypeCatalog.isRange(source) }
        if target == .anyMultirange { return TypeCatalog.isMultirange(source) }
        if target == .record { return TypeCatalog.isComposite(source) }
        if target == .anyNonArray || target == .anyCompatibleNonArray {
            return elementType(of: source) == nil
        }
        guard let cast = cast(from: source, to: target) else { return false }
        return cast.method == .binary && cast.context == .implicit
    }

    /// How a value of `source` becomes one of `target` in a context (find_coercion_pathway).
    public enum Pathway: Sendable, Equatable {
        case relabel
        case function(OID)
        /// Output to text, then input.
        case viaText
        /// Element by element.
        case array
    }

    public static func pathway(
        from source: OID, to target: OID, context: CastEntry.Context
    ) -> Pathway? {
        if source == target { return .relabel }
        if target == .record, TypeCatalog.isComposite(source) { return .relabel }
        if let cast = cast(from: source, to: target) {
            guard cast.context <= context else { return nil }
            switch cast.method {
            case .binary:
                return signCast(from: source, to: target).map { .function($0) } ?? .relabel
            case .inputOutput: return .viaText
            case .function: return cast.function.map { .function($0) }
            }
        }
        guard let from = TypeCatalog.info(source), let to = TypeCatalog.info(target) else {
            return nil
        }
        if context == .explicit, let function = multirangeCast(from: source, to: target) {
            return .function(function)
        }
        // int2vector and oidvector are arrays to convert from, not to.
        if to.isArray, let source = elementType(of: source) {
            let path = pathway(
                from: TypeCatalog.base(source), to: TypeCatalog.base(to.elementOID),
                context: context)
            return path == nil ? nil : .array
        }
        // Text types take any output on assignment, and give any input on an explicit cast.
        if to.category == "S", context >= .assignment { return .viaText }
        if from.category == "S", context == .explicit { return .viaText }
        return nil
    }

    // MARK: Aggregates

    public static func aggregates(named name: String) -> [AggregateEntry] {
        (aggregatesByName[name] ?? []).map { allAggregates[$0] }
    }
    public static func aggregate(_ oid: OID) -> AggregateEntry? {
        if let index = aggregatesByOID[oid] { return allAggregates[index] }
        return OrderedSetFunction(rawValue: oid.rawValue).map { orderedSetEntry($0) }
    }

    /// An ordered-set aggregate, whose arguments analysis has chosen.
    private static func orderedSetEntry(_ function: OrderedSetFunction) -> AggregateEntry {
        AggregateEntry(
            oid: function.oid, name: function.name, arguments: [], variadic: nil, result: .any,
            sortOperator: .invalid, kernel: function.kernel)
    }

    public static let allAggregates: [AggregateEntry] = rows(aggregateTable).map { fields in
        let variadic = oid(fields[4])
        return AggregateEntry(
            oid: oid(fields[0]), name: String(fields[1]), arguments: oids(fields[3]),
            variadic: variadic.isValid ? variadic : nil, result: oid(fields[5]),
            sortOperator: oid(fields[6]), kernel: AggregateTable.byKey[String(fields[2])])
    }
    private static let aggregatesByOID = index(allAggregates.map(\.oid))
    private static let aggregatesByName = group(allAggregates.map(\.name))

    // MARK: Reading the tables

    private static func rows(_ table: StaticString) -> [[Substring]] {
        // By bytes: splitting by characters would take most of a process's start.
        table.description.utf8.split(separator: 0x0A).map { line in
            line.split(separator: 0x09, omittingEmptySubsequences: false).map { Substring($0) }
        }
    }
    private static func oid(_ field: Substring) -> OID { OID(UInt32(field) ?? 0) }
    private static func oids(_ field: Substring) -> [OID] {
        field.utf8.split(separator: 0x20).map { oid(Substring($0)) }
    }
    private static func index(_ oids: [OID]) -> [OID: Int] {
        Dictionary(uniqueKeysWithValues: oids.enumerated().map { ($1, $0) })
    }
    private static func group(_ names: [String]) -> [String: [Int]] {
        var result: [String: [Int]] = [:]
        for (index, name) in names.enumerated() { result[name, default: []].append(index) }
        return result
    }
}
