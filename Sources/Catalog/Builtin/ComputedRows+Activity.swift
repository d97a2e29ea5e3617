internal import Base

/// The statistics views. Ordinal counts neither scans nor blocks, so that tables and indexes look as
/// PostgreSQL's do where nothing has been asked of them; what they hold is told.
extension ComputedRows {
    static let activityGenerators: [String: Generator] = [
        "pg_stat_all_tables": { context in tables(context, [.user, .system]).map(tableRow) },
        "pg_stat_user_tables": { context in tables(context, [.user]).map(tableRow) },
        "pg_stat_sys_tables": { context in tables(context, [.system]).map(tableRow) },
        "pg_stat_xact_all_tables": { context in
            tables(context, [.user, .system]).map { head($0) + zeros(8) }
        },
        "pg_stat_xact_user_tables": { context in
            tables(context, [.user]).map { head($0) + zeros(8) }
        },
        "pg_stat_xact_sys_tables": { context in
            tables(context, [.system]).map { head($0) + zeros(8) }
        },
        "pg_statio_all_tables": { context in
            tables(context, [.user, .system]).map { head($0) + blocks($0) }
        },
        "pg_statio_user_tables": { context in
            tables(context, [.user]).map { head($0) + blocks($0) }
        },
        "pg_statio_sys_tables": { context in
            tables(context, [.system]).map { head($0) + blocks($0) }
        },
        "pg_stat_all_indexes": { context in indexes(context).map { $0 + zeros(3) } },
        "pg_stat_user_indexes": { context in indexes(context).map { $0 + zeros(3) } },
        "pg_statio_all_indexes": { context in indexes(context).map { $0 + zeros(2) } },
        "pg_statio_user_indexes": { context in indexes(context).map { $0 + zeros(2) } },
        "pg_statio_all_sequences": { context in sequences(context).map { $0 + zeros(2) } },
        "pg_statio_user_sequences": { context in sequences(context).map { $0 + zeros(2) } },
        "pg_stat_database": { context in
            let shared: [ComputedValue] = [.oid(.invalid), .null]
            return [shared + databaseCounters(sessions: 0)]
                + context.snapshot.databases.map { database in
                    let count = context.sessions().count { $0.database == database.oid }
                    return [.oid(database.oid), .text(database.name)]
                        + databaseCounters(sessions: count)
                }
        },
        "pg_stat_database_conflicts": { context in
            context.snapshot.databases.map { [.oid($0.oid), .text($0.name)] + zeros(5) }
        },
        "pg_stat_archiver": { _ in [zeros(1) + [.null, .null] + zeros(1) + [.null, .null, .null]] },
        "pg_stat_ssl": { context in
            context.sessions().map {
                [.int(Int($0.processID)), .bool(false), .null, .null, .null, .null, .null, .null]
            }
        },
        "pg_stat_gssapi": { context in
            context.sessions().map {
                [.int(Int($0.processID)), .bool(false), .null, .bool(false)]
            }
        },
        "pg_rewrite": { context in
            context.snapshot.relations.filter { $0.kind == .view }.map { view in
                [
                    .oid(ruleOID(of: view.oid)), .text("_RETURN"), .oid(view.oid), .char("1"),
                    .char("O"), .bool(true), .text("<>"),
                    .optional(context.viewDefinition(view.value)),
                ]
            }
        },
        "pg_shdepend": { context in
            let owned = context.snapshot.relations.filter {
                $0.owner != SystemOID.superuser && $0.kind != .index
                    && $0.kind != .partitionedIndex
            }
            return owned.map { relation in
                [
                    .oid(context.snapshot.database), .oid(SystemOID.relation),
                    .oid(relation.oid), .int(0), .oid(SystemOID.role), .oid(relation.owner),
                    .char("o"),
                ]
            }
        },
    ]

    /// Rules have no OIDs of their own here; views have one each.
    static func ruleOID(of view: OID) -> OID { OID(0x4000_0000 | view.rawValue) }

    private enum Origin { case user, system }

    private struct Table {
        var relation: Relation
        var schema: String
        var rows: Int64
    }

    private static func tables(_ context: ComputedContext, _ origins: Set<Origin>) -> [Table] {
        context.allRelations.map(\.value).filter { relation in
            relation.kind == .table
                && origins.contains(relation.oid < .firstUser ? .system : .user)
        }.map { relation in
            let rows = relation.oid < .firstUser ? 0 : max(context.tableSize(relation).rows, 0)
            return Table(
                relation: relation, schema: context.schemaName(relation.namespace),
                rows: Int64(rows))
        }
    }

    private static func zeros(_ count: Int) -> [ComputedValue] {
        [ComputedValue](repeating: .int(0), count: count)
    }

    private static func head(_ table: Table) -> [ComputedValue] {
        [.oid(table.relation.oid), .text(table.schema), .text(table.relation.name)]
    }

    /// Tables without an index have no counts of index scans.
    private static func blocks(_ table: Table) -> [ComputedValue] {
        let ofIndexes: [ComputedValue] =
            table.relation.indexes.isEmpty ? [.null, .null] : zeros(2)
        return zeros(2) + ofIndexes + [.null, .null, .null, .null]
    }

    private static func tableRow(_ table: Table) -> [ComputedValue] {
        let ofIndexes: [ComputedValue] =
            table.relation.indexes.isEmpty ? [.null, .null] : zeros(2)
        return head(table) + zeros(2) + ofIndexes + zeros(4) + [.int(table.rows)] + zeros(3)
            + [.null, .null, .null, .null] + zeros(4)
    }

    private static func indexes(_ context: ComputedContext) -> [[ComputedValue]] {
        context.snapshot.relations.filter { $0.kind == .index }.compactMap { index in
            guard let table = index.index.flatMap({ context.snapshot.relation($0.table) }) else {
                return nil
            }
            return [
                .oid(table.oid), .oid(index.oid), .text(context.schemaName(table.namespace)),
                .text(table.name), .text(index.name),
            ]
        }
    }

    private static func sequences(_ context: ComputedContext) -> [[ComputedValue]] {
        context.snapshot.relations.filter { $0.kind == .sequence }.map {
            [.oid($0.oid), .text(context.schemaName($0.namespace)), .text($0.name)]
        }
    }

    private static func databaseCounters(sessions: Int) -> [ComputedValue] {
        [.int(sessions)] + zeros(13) + [.null, .null]
            + [ComputedValue](repeating: .real(0), count: 5) + zeros(4) + [.null]
    }
}
