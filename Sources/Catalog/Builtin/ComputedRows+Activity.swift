public import Base

/// The statistics views. There are no blocks to count, so that tables and indexes look in this as
/// PostgreSQL's do where nothing has been asked of them.
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
        "pg_stat_all_indexes": { context in indexesUsed(context) },
        "pg_stat_user_indexes": { context in indexesUsed(context) },
        "pg_statio_all_indexes": { context in indexes(context).map { $0 + zeros(2) } },
        "pg_statio_user_indexes": { context in indexes(context).map { $0 + zeros(2) } },
        "pg_statio_all_sequences": { context in sequences(context).map { $0 + zeros(2) } },
        "pg_statio_user_sequences": { context in sequences(context).map { $0 + zeros(2) } },
        "pg_stat_database": { context in
            let shared: [ComputedValue] = [.oid(.invalid), .null]
            let sessions = context.sessions()
            return [shared + databaseCounters(sessions: 0, DatabaseUse())]
                + context.snapshot.databases.map { database in
                    let count = sessions.count { $0.database == database.oid }
                    return [.oid(database.oid), .text(database.name)]
                        + databaseCounters(sessions: count, context.use(database.oid))
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
            context.snapshot.relations.filter { $0.kind.isOfQuery }.map { view in
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
    public static func ruleOID(of view: OID) -> OID { OID(0x4000_0000 | view.rawValue) }

    private enum Origin { case user, system }

    private struct Table {
        var relation: Relation
        var schema: String
        var rows: Int
        var use: RelationUse
        /// Of all its indexes; nil: it has none.
        var indexUse: RelationUse?
    }

    private static func tables(_ context: ComputedContext, _ origins: Set<Origin>) -> [Table] {
        let use = context.use(context.snapshot.database).relations
        return context.allRelations.map(\.value).filter { relation in
            (relation.kind.keepsRows || relation.kind == .partitionedTable)
                && origins.contains(relation.oid < .firstUser ? .system : .user)
        }.map { relation in
            var indexUse: RelationUse?
            for index in relation.indexes {
                indexUse = indexUse ?? RelationUse()
                if let use = use[index] { indexUse?.add(use) }
            }
            return Table(
                relation: relation, schema: context.schemaName(relation.namespace),
                rows: relation.oid < .firstUser ? 0 : context.liveRows(relation),
                use: use[relation.oid] ?? RelationUse(), indexUse: indexUse)
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
        let use = table.use
        let ofIndexes: [ComputedValue] =
            table.indexUse.map { [.int($0.lookups), .int($0.fetchedRows)] } ?? [.null, .null]
        return head(table) + [.int(use.scans), .int(use.scannedRows)] + ofIndexes
            + [.int(use.inserted), .int(use.updated), .int(use.deleted)] + zeros(1)
            + [.int(table.rows)] + zeros(1)
            + [.int(use.changes - use.changesAnalyzed), .int(use.inserted - use.insertedVacuumed)]
            + [.optional(use.lastVacuum), .null, .optional(use.lastAnalysis), .null]
            + [.int(use.vacuums), .int(0), .int(use.analyses), .int(0)]
    }

    private static func indexesUsed(_ context: ComputedContext) -> [[ComputedValue]] {
        let use = context.use(context.snapshot.database).relations
        return indexes(context).map { row in
            guard case .oid(let index) = row[1] else { return row + zeros(3) }
            let use = use[index] ?? RelationUse()
            return row + [.int(use.lookups), .int(use.entries), .int(use.fetchedRows)]
        }
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

    private static func databaseCounters(sessions: Int, _ use: DatabaseUse) -> [ComputedValue] {
        var all = RelationUse()
        for relation in use.relations.values { all.add(relation) }
        let rows = [
            all.scannedRows + all.entries, all.fetchedRows, all.inserted, all.updated, all.deleted,
        ]
        return [.int(sessions), .int(use.commits), .int(use.rollbacks)] + zeros(2)
            + rows.map { .int($0) } + zeros(1)
            + [.int(use.temporaryFiles), .int(use.temporaryBytes), .int(use.deadlocks), .null, .null]
            + [ComputedValue](repeating: .real(0), count: 5) + [.int(use.sessions)] + zeros(3)
            + [.optional(use.lastReset)]
    }
}
