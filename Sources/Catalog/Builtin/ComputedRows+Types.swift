internal import Base
internal import Types

/// Types, functions, operators, casts and aggregates, from their registries.
extension ComputedRows {
    static let typeGenerators: [String: Generator] = [
        "pg_type": { context in
            TypeCatalog.all.map { typeRow($0, TypeRowFacts()) } + bareTypes.map(bareTypeRow)
                + userTypeRows(context)
        },
        "pg_range": { context in
            RangeFacts.builtin.map { rangeRow($0) }
                + context.snapshot.userTypes.compactMap { type in
                    type.value.range.map { rangeRow($0) }
                }
        },
        "pg_proc": { context in
            let changed = context.snapshot.routinePrivileges
            if changed.isEmpty { return SystemRows.functions }
            return SystemRows.functions.map { row in
                guard let list = changed[row[0].oidValue] else { return row }
                var row = row
                row[29] = privileges(list, context)
                return row
            }
        },
        "pg_operator": { _ in SystemRows.operators },
        "pg_cast": { _ in SystemRows.casts },
        "pg_aggregate": { _ in SystemRows.aggregates },
    ]

    private static func rangeRow(_ facts: RangeFacts) -> [ComputedValue] {
        let name = TypeCatalog.info(facts.range)?.name ?? ""
        func function(_ name: String) -> ComputedValue {
            .oid(SystemRows.functionsByName[name]?.first ?? .invalid)
        }
        return [
            .oid(facts.range), .oid(facts.subtype), .oid(facts.multirange), .oid(.invalid),
            .oid(operatorClass(facts.subtype)), function("\(name)_canonical"),
            function("\(name)_subdiff"),
        ]
    }

    private static func rangeRow(_ range: UserRange) -> [ComputedValue] {
        [
            .oid(range.facts.range), .oid(range.facts.subtype), .oid(range.facts.multirange),
            .oid(range.collation), .oid(operatorClass(range.facts.subtype)), .oid(.invalid),
            .oid(range.difference),
        ]
    }

    /// typsubscript: what makes a type's values give their parts.
    private static func subscriptHandler(of type: TypeInfo) -> OID {
        if type.isArray || type.oid == .int2vector || type.oid == .oidvector {
            return SystemRows.inputOutput(named: "array_subscript_handler")
        }
        if type.oid == .jsonb { return SystemRows.inputOutput(named: "jsonb_subscript_handler") }
        return type.elementOID.isValid
            ? SystemRows.inputOutput(named: "raw_array_subscript_handler") : .invalid
    }

    private static func functionOID(_ name: String) -> ComputedValue {
        .oid(SystemRows.inputOutput(named: name))
    }

    /// Types of catalog columns that nothing else has: whoever looks a column's type up finds it.
    private static let bareTypes: [(oid: UInt32, name: String, category: Character)] = [
        (3361, "pg_ndistinct", "Z"), (3402, "pg_dependencies", "Z"),
        (5017, "pg_mcv_list", "Z"), (10028, "_pg_statistic", "A"),
    ]

    private static func bareTypeRow(
        _ type: (oid: UInt32, name: String, category: Character)
    ) -> [ComputedValue] {
        let isArray = type.category == "A"
        var row: [ComputedValue] = [
            .oid(OID(type.oid)), .text(type.name), .oid(SystemOID.catalogNamespace),
            .oid(SystemOID.superuser), .int(-1), .bool(false), .char("b"), .char(type.category),
            .bool(type.category == "I"), .bool(true), .char(","), .oid(.invalid),
            .oid(isArray ? OID(6179) : .invalid), .oid(isArray ? OID(10029) : .invalid),
        ]
        // No array of it, and no functions.
        row += Array(repeating: ComputedValue.oid(.invalid), count: 8)
        row += [
            .char(isArray ? "d" : "i"), .char(type.category == "I" ? "m" : "x"), .bool(false),
            .oid(.invalid), .int(-1), .int(0),
            .oid(type.category == "Z" ? SystemOID.defaultCollation : .invalid), .null, .null,
            .null,
        ]
        return row
    }

    static func typeRow(_ type: TypeInfo, _ facts: TypeRowFacts) -> [ComputedValue] {
        [
            .oid(type.oid), .text(facts.name ?? type.name), .oid(facts.namespace),
            .oid(facts.owner), .int(Int(type.length)), .bool(type.isByValue),
            .char(type.kind), .char(type.category), .bool(type.isPreferred), .bool(true),
            .char(type.delimiter), .oid(facts.relation),
            .oid(subscriptHandler(of: type)), .oid(type.elementOID),
            .oid(type.arrayOID), functionOID(type.inputFunction),
            functionOID(type.outputFunction), functionOID(type.receiveFunction),
            functionOID(type.sendFunction), functionOID(type.modifierInputFunction),
            functionOID(type.modifierOutputFunction), .oid(.invalid), .char(type.alignment),
            .char(type.storage), .bool(facts.isNotNull), .oid(facts.base.oid),
            .int(Int(facts.base.modifier)), .int(facts.dimensions),
            .oid(facts.collation ?? type.collation), .optional(facts.storedDefault),
            .optional(facts.defaultValue), facts.privileges,
        ]
    }
}
