internal import Base
internal import Types

/// Types, functions, operators, casts and aggregates, from their registries.
extension ComputedRows {
    static let typeGenerators: [String: Generator] = [
        "pg_type": { context in
            TypeCatalog.all.map { typeRow($0, TypeRowFacts()) } + userTypeRows(context)
        },
        "pg_proc": { _ in SystemRows.functions },
        "pg_operator": { _ in SystemRows.operators },
        "pg_cast": { _ in SystemRows.casts },
        "pg_aggregate": { _ in SystemRows.aggregates },
    ]

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
            .oid(facts.collation ?? type.collation), .null, .optional(facts.defaultValue), facts.privileges,
        ]
    }
}
