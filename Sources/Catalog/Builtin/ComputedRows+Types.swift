internal import Base
internal import Functions
internal import Types

/// Types, functions, operators, casts and aggregates, from their registries.
extension ComputedRows {
    static let typeGenerators: [String: Generator] = [
        "pg_type": { _ in TypeCatalog.all.map(typeRow) },
        "pg_proc": { _ in
            FunctionRegistry.allFunctions.map(functionRow)
                + FunctionRegistry.allAggregates.map(aggregateFunctionRow)
        },
        "pg_operator": { _ in FunctionRegistry.allOperators.map(operatorRow) },
        "pg_cast": { _ in
            // Casts have no OIDs in the registry; the rows are numbered after PostgreSQL's range.
            FunctionRegistry.allCasts.enumerated().map { index, cast in
                [
                    .oid(OID(10035 + UInt32(index))), .oid(cast.source), .oid(cast.target),
                    .oid(cast.function ?? .invalid), .char(cast.context.rawValue),
                    .char(cast.method.rawValue),
                ]
            }
        },
        "pg_aggregate": { _ in FunctionRegistry.allAggregates.map(aggregateRow) },
    ]

    private static func functionOID(_ name: String) -> ComputedValue {
        .oid(FunctionRegistry.functions(named: name).first?.oid ?? .invalid)
    }

    private static func typeRow(_ type: TypeInfo) -> [ComputedValue] {
        [
            .oid(type.oid), .text(type.name), .oid(SystemOID.catalogNamespace),
            .oid(SystemOID.superuser), .int(Int(type.length)), .bool(type.isByValue),
            .char(type.kind), .char(type.category), .bool(type.isPreferred), .bool(true),
            .char(type.delimiter), .oid(.invalid),
            type.isArray ? .oid(OID(6179)) : .oid(.invalid), .oid(type.elementOID),
            .oid(type.arrayOID), functionOID(type.inputFunction),
            functionOID(type.outputFunction), functionOID(type.receiveFunction),
            functionOID(type.sendFunction), functionOID(type.modifierInputFunction),
            functionOID(type.modifierOutputFunction), .oid(.invalid), .char(type.alignment),
            .char(type.storage), .bool(false), .oid(.invalid), .int(-1), .int(0),
            .oid(type.collation), .null, .null, .null,
        ]
    }

    private static func functionRow(_ function: FunctionEntry) -> [ComputedValue] {
        procedure(
            function.oid, function.name, kind: "f", function.arguments,
            result: function.result, variadic: function.variadic,
            isStrict: function.isStrict, returnsSet: function.returnsSet,
            volatility: function.volatility.rawValue, defaultCount: function.defaultCount)
    }

    private static func aggregateFunctionRow(_ aggregate: AggregateEntry) -> [ComputedValue] {
        procedure(
            aggregate.oid, aggregate.name, kind: "a", aggregate.arguments,
            result: aggregate.result, variadic: aggregate.variadic, isStrict: false,
            returnsSet: false, volatility: "i", defaultCount: 0)
    }

    private static func procedure(
        _ oid: OID, _ name: String, kind: Character, _ arguments: [OID], result: OID,
        variadic: OID?, isStrict: Bool, returnsSet: Bool, volatility: Character, defaultCount: Int
    ) -> [ComputedValue] {
        [
            .oid(oid), .text(name), .oid(SystemOID.catalogNamespace), .oid(SystemOID.superuser),
            .oid(OID(12)), .real(1), .real(returnsSet ? 1000 : 0), .oid(variadic ?? .invalid),
            .oid(.invalid), .char(kind), .bool(false), .bool(false), .bool(isStrict),
            .bool(returnsSet), .char(volatility), .char("s"), .int(arguments.count),
            .int(defaultCount), .oid(result), .oids(arguments), .null, .null, .null, .null, .null,
            .text(kind == "a" ? "aggregate_dummy" : name), .null, .null, .null, .null,
        ]
    }

    private static func operatorRow(_ entry: OperatorEntry) -> [ComputedValue] {
        [
            .oid(entry.oid), .text(entry.name), .oid(SystemOID.catalogNamespace),
            .oid(SystemOID.superuser), .char(entry.left == nil ? "l" : "b"),
            .bool(entry.canMerge), .bool(entry.canHash), .oid(entry.left ?? .invalid),
            .oid(entry.right), .oid(entry.result), .oid(entry.commutator), .oid(entry.negator),
            .oid(entry.function), .oid(.invalid), .oid(.invalid),
        ]
    }

    private static func aggregateRow(_ aggregate: AggregateEntry) -> [ComputedValue] {
        let none = ComputedValue.oid(.invalid)
        return [
            .oid(aggregate.oid), .char("n"), .int(0), none, none, none, none, none, none, none,
            none, .bool(false), .bool(false), .char("r"), .char("r"),
            .oid(aggregate.sortOperator), none, .int(0), none, .int(0), .null, .null,
        ]
    }
}
