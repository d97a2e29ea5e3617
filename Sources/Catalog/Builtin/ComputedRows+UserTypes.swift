internal import Base
internal import Types

/// What users' types, and the row types of relations, add to pg_type, pg_enum and pg_constraint, and
/// to the views of information_schema about types.
extension ComputedRows {
    static let userTypeGenerators: [String: Generator] = [
        "pg_enum": { context in
            context.snapshot.userTypes.flatMap { type in
                (type.value.labels?.labels ?? []).map { label in
                    [
                        .oid(label.oid), .oid(type.oid), .real(Double(label.sortOrder)),
                        .text(label.name),
                    ]
                }
            }
        },
        "information_schema.domains": { context in
            context.snapshot.userTypes.compactMap { domainRow($0.value, context) }
        },
        "information_schema.domain_constraints": { context in
            context.snapshot.userTypes.flatMap { type in
                (type.value.domain?.checks ?? []).map { check in
                    named(check.name, type.namespace, context)
                        + named(type.name, type.namespace, context)
                        + [.text("NO"), .text("NO")]
                }
            }
        },
        "information_schema.domain_udt_usage": { context in
            context.snapshot.userTypes.compactMap { type in
                guard let domain = type.value.domain else { return nil }
                return typeName(domain.base.oid, context)
                    + named(type.name, type.namespace, context)
            }
        },
        "information_schema.user_defined_types": { context in
            compositeTypes(context).map { type in
                named(type.name, type.namespace, context)
                    + [.text("STRUCTURED"), .text("YES")]
                    + [ComputedValue](repeating: .null, count: 24)
            }
        },
        "information_schema.attributes": { context in
            compositeTypes(context).flatMap { attributeRows(of: $0.value, context) }
        },
    ]

    private static func compositeTypes(_ context: ComputedContext) -> [Shared<Relation>] {
        context.snapshot.relations.filter { $0.kind == .compositeType }
    }

    private static func named(
        _ name: String, _ namespace: OID, _ context: ComputedContext
    ) -> [ComputedValue] {
        [.text(context.databaseName), .text(context.schemaName(namespace)), .text(name)]
    }

    /// Catalog, schema and name of any type.
    static func typeName(_ oid: OID, _ context: ComputedContext) -> [ComputedValue] {
        if let entry = context.snapshot.type(oid) {
            return named(entry.name, entry.namespace, context)
        }
        return named(
            TypeCatalog.info(oid)?.name ?? "", SystemOID.catalogNamespace, context)
    }

    /// data_type of the views: built-in types by name.
    static func dataType(_ type: SQLType) -> String {
        if TypeCatalog.info(type.oid)?.isArray == true { return "ARRAY" }
        return type.oid >= .firstUser ? "USER-DEFINED" : SQLType(type.oid).name
    }

    // MARK: pg_type

    static func userTypeRows(_ context: ComputedContext) -> [[ComputedValue]] {
        var entries: [CatalogSnapshot.TypeEntry] = []
        for type in context.snapshot.userTypes {
            entries.append(.user(type))
            entries.append(.array(.user(type)))
        }
        for relation in context.snapshot.relations where relation.rowType.isValid {
            entries.append(.row(relation))
            entries.append(.array(.row(relation)))
        }
        return entries.sorted { $0.oid < $1.oid }.compactMap { row(of: $0, context) }
    }

    private static func row(
        of entry: CatalogSnapshot.TypeEntry, _ context: ComputedContext
    ) -> [ComputedValue]? {
        var facts = TypeRowFacts()
        facts.name = entry.name
        facts.namespace = entry.namespace
        facts.owner = entry.owner
        let info: TypeInfo
        switch entry {
        case .user(let type):
            guard let known = TypeCatalog.info(type.oid) else { return nil }
            info = known
            facts.privileges = privileges(type.value.privileges, context)
            if let domain = type.value.domain {
                facts.collation = domain.collation
                facts.isNotNull = domain.isNotNull
                facts.base = domain.base
                facts.dimensions = domain.dimensions
                facts.defaultValue = domain.defaultValue.map {
                    context.expressionText($0, Domain.valueTable(of: domain.base).value)
                }
                facts.storedDefault = domain.defaultValue?.text
            }
        case .row(let relation):
            facts.relation = relation.oid
            if relation.kind == .compositeType {
                facts.privileges = privileges(relation.privileges, context)
            }
            info = .composite(relation.rowType, name: relation.name, array: relation.rowArrayType)
        case .array(let element):
            guard let below = elementInfo(element) else { return nil }
            info = .array(entry.oid, name: entry.name, of: below)
        }
        return typeRow(info, facts)
    }

    private static func elementInfo(_ entry: CatalogSnapshot.TypeEntry) -> TypeInfo? {
        if case .row(let relation) = entry {
            return .composite(relation.rowType, name: relation.name, array: relation.rowArrayType)
        }
        return TypeCatalog.info(entry.oid)
    }

    // MARK: pg_constraint

    static func domainConstraintRows(_ context: ComputedContext) -> [[ComputedValue]] {
        context.snapshot.userTypes.flatMap { type in
            (type.value.domain?.checks ?? []).map { check in
                let none = ComputedValue.oid(.invalid)
                return [
                    .oid(check.oid), .text(check.name), .oid(type.namespace), .char("c"),
                    .bool(false), .bool(false), .bool(check.isValidated), none, .oid(type.oid),
                    none, none, none, .char(" "), .char(" "), .char(" "), .bool(true), .int(0),
                    .bool(false), .null, .null, .null, .null, .null, .null, .null,
                    .text(check.expression.text),
                ]
            }
        }
    }

    // MARK: information_schema

    private static func domainRow(
        _ type: UserType, _ context: ComputedContext
    ) -> [ComputedValue]? {
        guard let domain = type.domain else { return nil }
        let facts = TypeFacts(domain.base)
        let text = domain.defaultValue.map {
            context.expressionText($0, Domain.valueTable(of: domain.base).value)
        }
        return named(type.name, type.namespace, context)
            + [
                .text(
                    domain.base.oid >= .firstUser
                        ? "USER-DEFINED" : SQLType(domain.base.oid).name), facts.length, facts.octets, .null, .null, .null,
                .null, .null, .null, facts.precision, facts.radix, facts.scale,
                facts.timePrecision, .null, .null, .optional(text),
            ] + typeName(domain.base.oid, context) + [.null, .null, .null, .null, .text("1")]
    }

    private static func attributeRows(
        of type: Relation, _ context: ComputedContext
    ) -> [[ComputedValue]] {
        type.columns.enumerated().compactMap { index, column in
            if column.isDropped { return nil }
            let facts = TypeFacts(TypeCatalog.base(column.type))
            let isNotNull =
                context.snapshot.userType(column.type.oid)?.value.domain?.isNotNull == true
            let kind: [ComputedValue] = [
                .text(column.name), .int(index + 1), .null, .yesNo(!isNotNull),
                .text(dataType(column.type)),
            ]
            let sizes: [ComputedValue] = [
                facts.length, facts.octets, .null, .null, .null, .null, .null, .null,
                facts.precision, facts.radix, facts.scale, facts.timePrecision, .null, .null,
            ]
            return named(type.name, type.namespace, context) + kind + sizes
                + typeName(column.type.oid, context)
                + [.null, .null, .null, .null, .text(String(index + 1)), .text("NO")]
        }
    }
}

extension ComputedContext {
    /// attcollation: a domain's own, if COLLATE gave it one.
    func collation(of column: Column) -> OID {
        if column.isDropped { return .invalid }
        if let domain = snapshot.userType(column.type.oid)?.value.domain {
            return domain.collation
        }
        return TypeCatalog.info(column.type.oid)?.collation ?? .invalid
    }
}

/// What a row of pg_type says besides what Types knows.
struct TypeRowFacts {
    /// Nil: as Types has it.
    var name: String?
    var namespace = SystemOID.catalogNamespace
    var owner = SystemOID.superuser
    var relation = OID.invalid
    var collation: OID?
    var isNotNull = false
    var base = SQLType(.invalid)
    var dimensions = 0
    var defaultValue: String?
    var storedDefault: String?
    var privileges = ComputedValue.null
}
