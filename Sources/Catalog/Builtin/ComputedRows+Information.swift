internal import Base
internal import Sequences
internal import Types

/// information_schema: what the SQL standard says a database tells about itself. Shows what the
/// user owns or has a right on.
extension ComputedRows {
    static let informationGenerators: [String: Generator] = {
        let generators: [String: Generator] = [
            "information_schema_catalog_name": { context in [[.text(context.databaseName)]] },
            "schemata": { context in
                context.snapshot.namespaces.map {
                    [
                        .text(context.databaseName), .text($0.name),
                        .text(context.roleName($0.owner)), .null, .null, .null, .null,
                    ]
                }
            },
            "tables": { context in
                shown(context, [.table, .partitionedTable, .view]).map { tableRow($0, context) }
            },
            "columns": { context in
                shown(context, [.table, .partitionedTable, .view]).flatMap { columnRows($0, context) }
            },
            "sequences": { context in
                shown(context, [.sequence]).compactMap { sequenceRow($0, context) }
            },
            "table_constraints": { context in
                shown(context, [.table, .partitionedTable]).flatMap { constraintRows($0, context) }
            },
            "key_column_usage": { context in
                shown(context, [.table, .partitionedTable]).flatMap { keyColumnRows($0, context) }
            },
            "constraint_column_usage": { context in
                shown(context, [.table, .partitionedTable]).flatMap { usedColumnRows($0, context) }
            },
            "referential_constraints": { context in
                shown(context, [.table, .partitionedTable]).flatMap { referenceRows($0, context) }
            },
            "check_constraints": { context in
                shown(context, [.table, .partitionedTable]).flatMap { checkRows($0, context) }
                    + context.snapshot.userTypes.flatMap { domainCheckRows($0.value, context) }
            },
            "views": { context in
                shown(context, [.view]).map { view in
                    let events = context.updatableEvents(view)
                    return [
                        .text(context.databaseName), .text(context.schemaName(view.namespace)),
                        .text(view.name), .optional(context.viewDefinition(view)),
                        .text(view.checkOption),
                        .yesNo(events & 20 == 20), .yesNo(events & 8 != 0), .text("NO"),
                        .text("NO"), .text("NO"),
                    ]
                }
            },
        ]
        return Dictionary(
            uniqueKeysWithValues: generators.map { ("information_schema." + $0, $1) })
    }()

    private static func shown(
        _ context: ComputedContext, _ kinds: Set<RelationKind>
    ) -> [Relation] {
        context.allRelations.map(\.value).filter { kinds.contains($0.kind) && context.isShown($0) }
    }

    private static func tableRow(
        _ table: Relation, _ context: ComputedContext
    ) -> [ComputedValue] {
        let type =
            table.kind == .view
            ? "VIEW" : table.persistence == .temporary ? "LOCAL TEMPORARY" : "BASE TABLE"
        return [
            .text(context.databaseName), .text(context.schemaName(table.namespace)),
            .text(table.name), .text(type), .null, .null, .null, .null, .null,
            .yesNo(table.kind != .view || context.updatableEvents(table) & 8 != 0), .text("NO"),
            .null,
        ]
    }

    private static func columnRows(
        _ table: Relation, _ context: ComputedContext
    ) -> [[ComputedValue]] {
        let changed =
            table.kind == .view
            ? context.updatableColumns(table)
            : Set(table.columns.indices)
        return table.columns.enumerated().compactMap { index, column in
            column.isDropped || !context.isShown(index, of: table)
                ? nil
                : columnRow(column, index, table, context, isUpdatable: changed.contains(index))
        }
    }

    private static func columnRow(
        _ column: Column, _ index: Int, _ table: Relation, _ context: ComputedContext,
        isUpdatable: Bool
    ) -> [ComputedValue] {
        let facts = TypeFacts(TypeCatalog.base(column.type))
        // A domain is named beside the type that it is made of.
        let domain = context.snapshot.userType(column.type.oid)?.value.domain
        let type = domain?.base ?? column.type
        let domainName =
            domain == nil ? [.null, .null, .null] : typeName(column.type.oid, context)
        let hasDefault = column.identity == nil && !column.isGenerated
        let text = column.defaultValue.map { context.expressionText($0, table) }
        let sequence =
            column.identity == nil
            ? nil
            : context.snapshot.ownedSequence(
                of: table.oid, columnNumber: index + 1, internalOnly: true
            ).flatMap { context.snapshot.relation($0)?.sequence }
        let isNullable = !column.isNotNull && domain?.isNotNull != true
        let database = ComputedValue.text(context.databaseName)
        return [
            database, .text(context.schemaName(table.namespace)), .text(table.name),
            .text(column.name), .int(index + 1), hasDefault ? .optional(text) : .null,
            .yesNo(isNullable), .text(dataType(type)), facts.length, facts.octets,
            facts.precision, facts.radix, facts.scale, facts.timePrecision, .null, .null, .null,
            .null, .null, .null, .null, .null,
        ] + domainName + typeName(type.oid, context) + [
            .null, .null, .null, .null,
            .text(String(index + 1)), .text("NO"), .yesNo(column.identity != nil),
            column.identity.map { .text($0 == .always ? "ALWAYS" : "BY DEFAULT") } ?? .null,
            .optional(sequence.map { String($0.start) }),
            .optional(sequence.map { String($0.increment) }),
            .optional(sequence.map { String($0.maximum) }),
            .optional(sequence.map { String($0.minimum) }),
            sequence.map { .yesNo($0.cycle) } ?? .text("NO"),
            .text(column.isGenerated ? "ALWAYS" : "NEVER"),
            column.isGenerated ? .optional(text) : .null,
            .yesNo(isUpdatable),
        ]
    }

    private static func sequenceRow(
        _ relation: Relation, _ context: ComputedContext
    ) -> [ComputedValue]? {
        // Identity sequences are part of their column.
        guard let sequence = relation.sequence,
            context.snapshot.owner(ofSequence: relation.oid)?.isIdentity != true
        else { return nil }
        return [
            .text(context.databaseName), .text(context.schemaName(relation.namespace)),
            .text(relation.name), .text(SQLType(oid: sequence.type, modifier: -1).name),
            TypeFacts(SQLType(oid: sequence.type, modifier: -1)).precision, .int(2), .int(0),
            .text(String(sequence.start)), .text(String(sequence.minimum)),
            .text(String(sequence.maximum)), .text(String(sequence.increment)),
            .yesNo(sequence.cycle),
        ]
    }

    // MARK: Constraints

    private static func named(
        _ name: String, _ table: Relation, _ context: ComputedContext
    ) -> [ComputedValue] {
        [.text(context.databaseName), .text(context.schemaName(table.namespace)), .text(name)]
    }

    private static func constraintRows(
        _ table: Relation, _ context: ComputedContext
    ) -> [[ComputedValue]] {
        var rows: [[ComputedValue]] = []
        for constraint in table.constraints {
            let type: String
            var distinct = ComputedValue.null
            switch constraint.kind {
            case .check: type = "CHECK"
            case .primaryKey: type = "PRIMARY KEY"
            case .unique(let index):
                type = "UNIQUE"
                distinct = .yesNo(
                    context.snapshot.relation(index)?.index?.nullsNotDistinct != true)
            case .foreignKey: type = "FOREIGN KEY"
            case .exclusion: continue
            }
            rows.append(
                named(constraint.name, table, context) + named(table.name, table, context)
                    + [
                        .text(type), .yesNo(constraint.isDeferrable),
                        .yesNo(constraint.isDeferred), .text("YES"), distinct,
                    ])
        }
        for (index, column) in table.columns.enumerated()
        where column.isNotNull && !column.isDropped {
            rows.append(
                named(notNullName(table, index), table, context) + named(table.name, table, context)
                    + [.text("CHECK"), .text("NO"), .text("NO"), .text("YES"), .null])
        }
        return rows
    }

    private static func notNullName(_ table: Relation, _ column: Int) -> String {
        "\(table.namespace)_\(table.oid)_\(column + 1)_not_null"
    }

    private static func checkRows(
        _ table: Relation, _ context: ComputedContext
    ) -> [[ComputedValue]] {
        var rows: [[ComputedValue]] = []
        for constraint in table.constraints {
            guard case .check(let stored) = constraint.kind else { continue }
            let text = context.expressionText(stored, table)
            rows.append(
                named(constraint.name, table, context)
                    + [.text("(\(text))")])
        }
        for (index, column) in table.columns.enumerated()
        where column.isNotNull && !column.isDropped {
            rows.append(
                named(notNullName(table, index), table, context)
                    + [.text("\(Identifier.quote(column.name)) IS NOT NULL")])
        }
        return rows
    }

    private static func domainCheckRows(
        _ type: UserType, _ context: ComputedContext
    ) -> [[ComputedValue]] {
        guard let domain = type.domain else { return [] }
        let table = Domain.valueTable(of: domain.base).value
        return domain.checks.map { check in
            let text = context.expressionText(check.expression, table)
            return [
                .text(context.databaseName), .text(context.schemaName(type.namespace)),
                .text(check.name),
                .text("(\(text))"),
            ]
        }
    }

    private static func keyColumnRows(
        _ table: Relation, _ context: ComputedContext
    ) -> [[ComputedValue]] {
        table.constraints.flatMap { constraint -> [[ComputedValue]] in
            var positions: [Int?] = constraint.columns.map { _ in nil }
            switch constraint.kind {
            case .check, .exclusion: return []
            case .primaryKey, .unique: break
            case .foreignKey(let key):
                let keys = context.snapshot.relation(key.index)?.index?.keys.map(\.column) ?? []
                positions = key.columns.map { column in
                    keys.firstIndex(of: column).map { $0 + 1 }
                }
            }
            return constraint.columns.enumerated().map { position, column in
                named(constraint.name, table, context) + named(table.name, table, context)
                    + [
                        .text(table.columns[column].name), .int(position + 1),
                        positions[position].map { .int($0) } ?? .null,
                    ]
            }
        }
    }

    private static func usedColumnRows(
        _ table: Relation, _ context: ComputedContext
    ) -> [[ComputedValue]] {
        table.constraints.flatMap { constraint -> [[ComputedValue]] in
            var used = table
            var columns = constraint.columns
            if case .foreignKey(let key) = constraint.kind,
                let referenced = context.snapshot.relation(key.table)
            {
                used = referenced.value
                columns = key.columns
            }
            return columns.map { column in
                named(used.name, used, context) + [.text(used.columns[column].name)]
                    + named(constraint.name, table, context)
            }
        }
    }

    private static func referenceRows(
        _ table: Relation, _ context: ComputedContext
    ) -> [[ComputedValue]] {
        table.constraints.compactMap { constraint -> [ComputedValue]? in
            guard case .foreignKey(let key) = constraint.kind,
                let referenced = context.snapshot.relation(key.table),
                let index = context.snapshot.relation(key.index)
            else { return nil }
            return named(constraint.name, table, context)
                + named(index.name, referenced.value, context)
                + [
                    .text(key.matchFull ? "FULL" : "NONE"), .text(key.onUpdate.words),
                    .text(key.onDelete.words),
                ]
        }
    }
}

extension ReferentialAction {
    /// As SQL writes it.
    var words: String {
        switch self {
        case .noAction: "NO ACTION"
        case .restrict: "RESTRICT"
        case .cascade: "CASCADE"
        case .setNull: "SET NULL"
        case .setDefault: "SET DEFAULT"
        }
    }
}

/// What information_schema.columns tells of a type.
struct TypeFacts {
    var length = ComputedValue.null
    var octets = ComputedValue.null
    var precision = ComputedValue.null
    var radix = ComputedValue.null
    var scale = ComputedValue.null
    var timePrecision = ComputedValue.null

    init(_ type: SQLType) {
        let modifier = Int(type.modifier)
        switch type.oid {
        case .varchar, .bpchar:
            if modifier >= 4 {
                length = .int(modifier - 4)
                octets = .int((modifier - 4) * 4)
            } else {
                octets = .int(1 << 30)
            }
        case .text: octets = .int(1 << 30)
        case .int2: setInteger(16)
        case .int4: setInteger(32)
        case .int8: setInteger(64)
        case .float4:
            precision = .int(24)
            radix = .int(2)
        case .float8:
            precision = .int(53)
            radix = .int(2)
        case .numeric:
            radix = .int(10)
            if modifier >= 4 {
                precision = .int((modifier - 4) >> 16 & 0xFFFF)
                scale = .int((((modifier - 4) & 0x7FF) ^ 1024) - 1024)
            }
        case .date: timePrecision = .int(0)
        case .time, .timetz, .timestamp, .timestamptz:
            timePrecision = .int(modifier < 0 ? 6 : modifier)
        case .interval:
            let digits = modifier & 0xFFFF
            timePrecision = .int(modifier < 0 || digits == 0xFFFF ? 6 : digits)
        default: break
        }
    }

    private mutating func setInteger(_ bits: Int) {
        precision = .int(bits)
        radix = .int(2)
        scale = .int(0)
    }
}
