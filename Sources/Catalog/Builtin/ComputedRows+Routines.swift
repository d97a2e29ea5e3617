internal import Base
internal import Types

/// The views of information_schema about routines, character sets, collations and element types.
extension ComputedRows {
    static let routineGenerators: [String: Generator] = [
        "information_schema.routines": { context in
            SystemRows.functions.map { routineRow($0, context) }
        },
        "information_schema.parameters": { context in
            SystemRows.functions.flatMap { parameterRows($0, context) }
        },
        "information_schema.character_sets": { context in
            [
                [
                    .null, .null, .text("UTF8"), .text("UCS"), .text("UTF8"),
                    .text(context.databaseName), .text("pg_catalog"), .text("ucs_basic"),
                ]
            ]
        },
        "information_schema.collations": { context in
            collations.map {
                [
                    .text(context.databaseName), .text("pg_catalog"), .text($0), .text("NO PAD"),
                ]
            }
        },
        "information_schema.collation_character_set_applicability": { context in
            collations.map {
                [
                    .text(context.databaseName), .text("pg_catalog"), .text($0), .null, .null,
                    .text("UTF8"),
                ]
            }
        },
        "information_schema.column_udt_usage": { context in
            shownColumns(context).compactMap { table, _, column in
                guard context.snapshot.hasPrivileges(
                    of: SystemOID.superuser, member: context.scope.user)
                else { return nil }
                let base = TypeCatalog.base(column.type)
                return typeName(base.oid, context) + [
                    .text(context.databaseName), .text(context.schemaName(table.namespace)),
                    .text(table.name), .text(column.name),
                ]
            }
        },
        "information_schema.column_domain_usage": { context in
            shownColumns(context).compactMap { table, _, column in
                guard context.snapshot.userType(column.type.oid)?.value.domain != nil else {
                    return nil
                }
                return typeName(column.type.oid, context) + [
                    .text(context.databaseName), .text(context.schemaName(table.namespace)),
                    .text(table.name), .text(column.name),
                ]
            }
        },
        "information_schema.data_type_privileges": { context in
            shownColumns(context).map { table, number, _ in
                [
                    .text(context.databaseName), .text(context.schemaName(table.namespace)),
                    .text(table.name), .text("TABLE"), .text(String(number)),
                ]
            }
        },
        "information_schema.element_types": { context in
            shownColumns(context).compactMap { table, number, column in
                guard let info = TypeCatalog.info(column.type.oid), info.isArray else {
                    return nil
                }
                return named(
                    "element_types",
                    [
                        "object_catalog": .text(context.databaseName),
                        "object_schema": .text(context.schemaName(table.namespace)),
                        "object_name": .text(table.name), "object_type": .text("TABLE"),
                        "collection_type_identifier": .text(String(number)),
                        "data_type": .text(dataType(.plain(info.elementOID))),
                        "dtd_identifier": .text("a\(number)"),
                    ].merging(udt("udt", info.elementOID, context)) { first, _ in first })
            }
        },
    ]

    private static let collations = ["default", "C", "POSIX", "ucs_basic"]

    /// A row of a view from the values of those of its columns that are not null.
    private static func named(
        _ view: String, _ values: [String: ComputedValue]
    ) -> [ComputedValue] {
        let columns = ComputedRelations.relation(
            named: view, namespace: SystemOID.informationNamespace)?.columns
        return (columns ?? []).map { values[$0.name] ?? .null }
    }

    /// `prefix`_catalog, _schema, _name of a type.
    private static func udt(
        _ prefix: String, _ type: OID, _ context: ComputedContext
    ) -> [String: ComputedValue] {
        let parts = typeName(type, context)
        return [
            "\(prefix)_catalog": parts[0], "\(prefix)_schema": parts[1], "\(prefix)_name": parts[2],
        ]
    }

    /// Columns of tables and views that the user may see, with their numbers.
    private static func shownColumns(
        _ context: ComputedContext
    ) -> [(table: Relation, number: Int, column: Column)] {
        let kinds: Set<RelationKind> = [.table, .view, .partitionedTable]
        return context.allRelations.map(\.value)
            .filter { kinds.contains($0.kind) && context.isShown($0) }
            .flatMap { table in
                table.columns.enumerated().compactMap { index, column in
                    column.isDropped || !context.isShown(index, of: table)
                        ? nil : (table, index + 1, column)
                }
            }
    }

    private static func routineRow(
        _ function: [ComputedValue], _ context: ComputedContext
    ) -> [ComputedValue] {
        let name = function[1].textValue ?? ""
        let result = function[18].oidValue
        let isFunction = function[9].charValue == "f"
        let isSQL = function[4].oidValue == OID(14)
        let ownsIt = context.snapshot.hasPrivileges(
            of: SystemOID.superuser, member: context.scope.user)
        var values: [String: ComputedValue] = [
            "specific_catalog": .text(context.databaseName), "specific_schema": .text("pg_catalog"),
            "specific_name": .text("\(name)_\(function[0].oidValue)"),
            "routine_catalog": .text(context.databaseName), "routine_schema": .text("pg_catalog"),
            "routine_name": .text(name), "routine_type": isFunction ? .text("FUNCTION") : .null,
            "data_type": .text(dataType(.plain(result))), "dtd_identifier": .text("0"),
            "routine_body": .text(isSQL ? "SQL" : "EXTERNAL"),
            "routine_definition": ownsIt ? function[25] : .null,
            "external_language": .text(isSQL ? "SQL" : "INTERNAL"),
            "parameter_style": .text("GENERAL"),
            "is_deterministic": .yesNo(function[14].charValue == "i"),
            "sql_data_access": .text("MODIFIES"),
            "is_null_call": .yesNo(function[12].boolValue),
            "schema_level_routine": .text("YES"), "max_dynamic_result_sets": .int(0),
            "security_type": .text(function[10].boolValue ? "DEFINER" : "INVOKER"),
            "as_locator": .text("NO"), "is_udt_dependent": .text("NO"),
        ]
        values.merge(udt("type_udt", result, context)) { first, _ in first }
        return named("routines", values)
    }

    private static func parameterRows(
        _ function: [ComputedValue], _ context: ComputedContext
    ) -> [[ComputedValue]] {
        let name = function[1].textValue ?? ""
        let ownsIt = context.snapshot.hasPrivileges(
            of: SystemOID.superuser, member: context.scope.user)
        guard let signature = SystemFunction(function[0].oidValue) else { return [] }
        return signature.parameters.enumerated().map { index, parameter in
            let mode =
                switch parameter.mode {
                case "o", "t": "OUT"
                case "b": "INOUT"
                default: "IN"
                }
            var values: [String: ComputedValue] = [
                "specific_catalog": .text(context.databaseName),
                "specific_schema": .text("pg_catalog"),
                "specific_name": .text("\(name)_\(function[0].oidValue)"),
                "ordinal_position": .int(index + 1), "parameter_mode": .text(mode),
                "is_result": .text("NO"), "as_locator": .text("NO"),
                "parameter_name": parameter.name.isEmpty ? .null : .text(parameter.name),
                "data_type": .text(dataType(.plain(parameter.type))),
                "dtd_identifier": .text(String(index + 1)),
                "parameter_default": ownsIt
                    ? .optional(signature.defaultText(ofArgument: index + 1)) : .null,
            ]
            values.merge(udt("udt", parameter.type, context)) { first, _ in first }
            return named("parameters", values)
        }
    }
}
