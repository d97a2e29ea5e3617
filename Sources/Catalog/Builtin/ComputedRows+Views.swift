internal import Base
internal import Sequences

/// The views of pg_catalog that tools read.
extension ComputedRows {
    static let viewGenerators: [String: Generator] = [
        "pg_tables": { context in
            context.allRelations.filter { $0.kind == .table }.map { table in
                [
                    .text(context.schemaName(table.namespace)), .text(table.name),
                    .text(context.roleName(table.owner)), .null, .bool(!table.indexes.isEmpty),
                    .bool(false),
                    .bool(table.hasConstraintTriggers), .bool(false),
                ]
            }
        },
        "pg_indexes": { context in
            context.snapshot.relations.compactMap { relation in
                guard let index = relation.index, let table = context.snapshot.relation(index.table)
                else { return nil }
                return [
                    .text(context.schemaName(table.namespace)), .text(table.name),
                    .text(relation.name), .null,
                    .optional(context.scope.indexDefinition(relation.oid)),
                ]
            }
        },
        "pg_views": { context in
            context.allRelations.filter { $0.kind == .view }.map { view in
                [
                    .text(context.schemaName(view.namespace)), .text(view.name),
                    .text(context.roleName(view.owner)), .optional(context.viewDefinition(view.value)),
                ]
            }
        },
        "pg_matviews": { context in
            context.allRelations.filter { $0.kind == .materializedView }.map { view in
                [
                    .text(context.schemaName(view.namespace)), .text(view.name),
                    .text(context.roleName(view.owner)), .null, .bool(!view.indexes.isEmpty),
                    .bool(view.isPopulated), .optional(context.viewDefinition(view.value)),
                ]
            }
        },
        "pg_sequences": { context in
            context.snapshot.relations.compactMap { relation in
                guard let sequence = relation.sequence,
                    relation.persistence != .temporary
                        || relation.namespace == context.scope.temporaryNamespace
                else { return nil }
                let mayKnow = context.snapshot.hasRights(
                    [.usage, .select], on: relation.value, user: context.scope.user)
                return [
                    .text(context.schemaName(relation.namespace)), .text(relation.name),
                    .text(context.roleName(relation.owner)), .oid(sequence.type),
                    .int(sequence.start), .int(sequence.minimum), .int(sequence.maximum),
                    .int(sequence.increment), .bool(sequence.cycle), .int(sequence.cache),
                    .optional(mayKnow ? context.sequenceLastValue(relation.oid) : nil),
                ]
            }
        },
    ]
}
