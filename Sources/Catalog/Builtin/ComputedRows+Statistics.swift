internal import Base
internal import Functions
internal import Types

/// pg_statistic and pg_stats: what ANALYZE has found.
extension ComputedRows {
    static let statisticsGenerators: [String: Generator] = [
        "pg_statistic": { context in
            analyzed(context).map { statisticRow($0) }
        },
        "pg_stats": { context in
            analyzed(context).filter {
                context.snapshot.hasRights(.select, on: $0.relation, user: context.scope.user)
            }.map { shownRow($0, context) }
        },
    ]

    private struct Analyzed {
        var relation: Relation
        var column: Int
        var statistics: ColumnStatistics

        var type: SQLType { relation.columns[column].type }
        var isInherited: Bool { relation.kind == .partitionedTable }
    }

    private static func analyzed(_ context: ComputedContext) -> [Analyzed] {
        context.snapshot.relations.flatMap { relation -> [Analyzed] in
            guard let known = context.statistics(relation.value), known.isExplicit else { return [] }
            return known.columns.enumerated().compactMap { column, statistics in
                guard let statistics, column < relation.columns.count,
                    !relation.columns[column].isDropped
                else { return nil }
                return Analyzed(relation: relation.value, column: column, statistics: statistics)
            }
        }
    }

    private static func samples(_ values: [SampledValue], _ type: SQLType) -> ComputedValue {
        values.isEmpty ? .null : .samples(values, element: type.oid)
    }

    private static func shownRow(
        _ found: Analyzed, _ context: ComputedContext
    ) -> [ComputedValue] {
        let statistics = found.statistics
        let common = statistics.mostCommon
        return [
            .text(context.schemaName(found.relation.namespace)), .text(found.relation.name),
            .text(found.relation.columns[found.column].name), .bool(found.isInherited),
            .real(statistics.nullFraction), .int(statistics.averageWidth),
            .real(statistics.distinct), samples(common.map(\.value), found.type),
            common.isEmpty ? .null : .reals(common.map(\.frequency)),
            samples(statistics.histogram, found.type),
            statistics.correlation.map { .real($0) } ?? .null, .null, .null, .null,
        ]
    }

    private static func statisticRow(_ found: Analyzed) -> [ComputedValue] {
        let statistics = found.statistics
        let equal = comparison("=", found.type)
        let less = comparison("<", found.type)
        struct Slot {
            var kind = 0
            var comparison = OID.invalid
            var numbers = ComputedValue.null
            var values = ComputedValue.null
        }
        var slots: [Slot] = []
        if !statistics.mostCommon.isEmpty {
            slots.append(
                Slot(
                    kind: 1, comparison: equal,
                    numbers: .reals(statistics.mostCommon.map(\.frequency)),
                    values: samples(statistics.mostCommon.map(\.value), found.type)))
        }
        if !statistics.histogram.isEmpty {
            slots.append(
                Slot(
                    kind: 2, comparison: less,
                    values: samples(statistics.histogram, found.type)))
        }
        if let correlation = statistics.correlation {
            slots.append(Slot(kind: 3, comparison: less, numbers: .reals([correlation])))
        }
        let collation = TypeCatalog.info(found.type.oid)?.collation ?? .invalid
        while slots.count < 5 { slots.append(Slot()) }
        return [
            .oid(found.relation.oid), .int(found.column + 1), .bool(found.isInherited),
            .real(statistics.nullFraction), .int(statistics.averageWidth),
            .real(statistics.distinct),
        ] + slots.map { .int($0.kind) } + slots.map { .oid($0.comparison) }
            + slots.map { .oid($0.kind == 0 ? .invalid : collation) } + slots.map(\.numbers)
            + slots.map(\.values)
    }

    /// The operator by which values of a type are compared: varchar's are text's.
    private static func comparison(_ name: String, _ type: SQLType) -> OID {
        let wanted: OID = type.oid == .varchar ? .text : type.oid
        return FunctionRegistry.operators(named: name).first {
            $0.left == wanted && $0.right == wanted
        }?.oid ?? .invalid
    }
}
