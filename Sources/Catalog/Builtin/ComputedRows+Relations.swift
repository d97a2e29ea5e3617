public import Base
internal import Sequences
internal import Types

/// pg_class and what describes relations in detail.
extension ComputedRows {
    static let relationGenerators: [String: Generator] = [
        "pg_class": { context in context.allRelations.map { classRow($0.value, context) } },
        "pg_attribute": { context in
            context.allRelations.flatMap { attributeRows($0.value, context) }
        },
        "pg_attrdef": { context in
            context.snapshot.relations.flatMap { defaultRows($0.value, context) }
        },
        "pg_index": { context in
            context.snapshot.relations.compactMap { indexRow($0.value, context) }
        },
        "pg_constraint": { context in
            context.snapshot.relations.flatMap { relation in
                relation.constraints.map { constraintRow($0, relation.value, context) }
            } + domainConstraintRows(context)
        },
        "pg_sequence": { context in
            context.snapshot.relations.compactMap { relation in
                guard let sequence = relation.sequence else { return nil }
                return [
                    .oid(relation.oid), .oid(sequence.type), .int(sequence.start),
                    .int(sequence.increment), .int(sequence.maximum), .int(sequence.minimum),
                    .int(sequence.cache), .bool(sequence.cycle),
                ]
            }
        },
        "pg_inherits": { context in
            context.snapshot.relations.compactMap { relation in
                guard let membership = relation.partition else { return nil }
                return [
                    .oid(relation.oid), .oid(membership.parent), .int(1), .bool(false),
                ]
            }
        },
        "pg_partitioned_table": { context in
            context.snapshot.relations.compactMap { partitionedRow($0.value, context) }
        },
    ]

    private static func classRow(
        _ relation: Relation, _ context: ComputedContext
    ) -> [ComputedValue] {
        let isBuiltIn = relation.oid < .firstUser
        let size =
            (relation.kind.keepsRows || relation.kind == .partitionedTable) && !isBuiltIn
            ? context.tableSize(relation) : (rows: -1, bytes: 0)
        let checkCount = relation.constraints.filter { $0.kind.code == "c" }.count
        let accessMethod: OID =
            switch relation.kind {
            case .table, .materializedView: SystemOID.heapAccessMethod
            case .index, .partitionedIndex: (relation.index?.method ?? .btree).oid
            case .sequence, .view, .compositeType, .partitionedTable: .invalid
            }
        let hasStorage =
            relation.kind.keepsRows || relation.kind == .index || relation.kind == .sequence
        let fileNode = relation.placement.map { OID(UInt32(truncatingIfNeeded: $0.generation)) }
        let isTable = relation.kind.keepsRows
        let isFrozen = isTable ? 1 : 0
        return [
            .oid(relation.oid), .text(relation.name), .oid(relation.namespace),
            .oid(relation.rowType), .oid(relation.ofType), .oid(relation.owner), .oid(accessMethod),
            .oid(hasStorage ? fileNode ?? relation.oid : .invalid), .oid(.invalid),
            .int((size.bytes + 8191) / 8192), .real(size.rows), .int(0), .oid(.invalid),
            .bool(!relation.indexes.isEmpty), .bool(sharedRelations.contains(relation.name)),
            .char(relation.persistence.rawValue), .char(relation.kind.rawValue),
            .int(relation.columns.count), .int(checkCount), .bool(relation.kind.isOfQuery),
            .bool(relation.hasConstraintTriggers),
            .bool(relation.partitioning?.partitions.isEmpty == false), .bool(false), .bool(false),
            .bool(relation.isPopulated),
            .char(
                isTable || relation.kind == .partitionedTable
                    ? (isBuiltIn ? "n" : relation.marks.replicaIdentity) : "n"),
            .bool(relation.partition != nil), .oid(.invalid), .int(isFrozen), .int(isFrozen),
            // A composite type's are its type's.
            relation.kind == .compositeType ? .null : privileges(relation.privileges, context),
            options(relation.options),
            .optional(context.scope.partitionBoundText(of: relation)),
        ]
    }

    private static let sharedRelations: Set<String> = [
        "pg_database", "pg_authid", "pg_tablespace", "pg_shdepend", "pg_shdescription",
        "pg_auth_members", "pg_db_role_setting", "pg_replication_origin", "pg_subscription",
        "pg_shseclabel", "pg_parameter_acl",
    ]

    private static func attributeRows(
        _ relation: Relation, _ context: ComputedContext
    ) -> [[ComputedValue]] {
        let parent = relation.kind == .table || relation.kind == .partitionedTable
            ? relation.partition.flatMap { context.snapshot.relation($0.parent) } : nil
        return relation.columns.enumerated().map { index, column in
            // What a partition made as one has lost came from the parent.
            let isInherited =
                column.isDropped
                ? parent != nil && relation.partition?.isAttached == false
                : parent?.value.columnIndex(named: column.name) != nil
            let info = column.isDropped ? nil : TypeCatalog.info(column.type.oid)
            return [
                .oid(relation.oid), .text(column.name),
                .oid(column.isDropped ? .invalid : column.type.oid),
                .int(relation.marks.statisticsTargets[index] ?? -1),
                .int(Int(info?.length ?? 0)), .int(index + 1), .int(column.dimensions),
                .int(-1), .int(Int(column.type.modifier)), .bool(info?.isByValue ?? false),
                .char(info?.alignment ?? "i"), 
                .char(relation.marks.storages[index] ?? info?.storage ?? "p"), .char("\0"),
                .bool(column.isNotNull), .bool(column.defaultValue != nil),
                .bool(column.missingValue != nil), .char(column.identity?.rawValue ?? "\0"),
                .char(column.isGenerated ? "s" : "\0"), .bool(column.isDropped),
                .bool(!isInherited || relation.partition?.isAttached == true),
                .int(isInherited ? 1 : 0), .oid(context.collation(of: column)),
                privileges(relation.columnPrivileges[index], context),
                options(relation.marks.columnOptions[index] ?? []), .null, .null,
            ]
        }
    }

    /// Defaults have no OIDs of their own here; the rows get numbers that differ.
    private static func defaultRows(
        _ relation: Relation, _ context: ComputedContext
    ) -> [[ComputedValue]] {
        relation.columns.enumerated().compactMap { index, column in
            guard let expression = column.defaultValue else { return nil }
            return [
                .oid(ComputedRows.defaultOID(index, of: relation.oid)), .oid(relation.oid),
                .int(index + 1), .text(expression.text),
            ]
        }
    }

    public static func defaultOID(_ column: Int, of relation: OID) -> OID {
        OID(0x8000_0000 | relation.rawValue << 11 | UInt32(column & 2047))
    }

    private static func indexRow(
        _ relation: Relation, _ context: ComputedContext
    ) -> [ComputedValue]? {
        guard let index = relation.index else { return nil }
        let marks = context.snapshot.relation(index.table)?.marks ?? TableMarks()
        let keyCount = index.keys.count
        let columns =
            index.keys.map { $0.column.map { $0 + 1 } ?? 0 } + index.included.map { $0 + 1 }
        let expressions = index.keys.compactMap(\.expression?.text)
        return [
            .oid(relation.oid), .oid(index.table), .int(columns.count), .int(keyCount),
            .bool(index.isUnique), .bool(index.nullsNotDistinct), .bool(index.isPrimary),
            .bool(index.isExclusion), .bool(index.isImmediate),
            .bool(marks.clusteredIndex == relation.oid), .bool(index.isValid),
            .bool(false), .bool(true), .bool(true), .bool(marks.replicaIndex == relation.oid),
            .ints(columns),
            .oids(index.keys.map { TypeCatalog.info($0.type.oid)?.collation ?? .invalid }),
            .oids(
                index.keys.map {
                    $0.operatorClass ?? OperatorClass.default(of: $0.type.oid, index.method)?.oid
                        ?? operatorClass($0.type.oid)
                }),
            .ints(index.keys.map { ($0.descending ? 1 : 0) | ($0.nullsFirst ? 2 : 0) }),
            expressions.isEmpty ? .null : .text(expressions.joined(separator: ", ")),
            .optional(index.predicate?.text),
        ]
    }

    /// PostgreSQL's default b-tree operator class of a type.
    static func operatorClass(_ type: OID) -> OID {
        let type = TypeCatalog.base(type)
        if TypeCatalog.isEnumeration(type) { return OID(10069) }
        if TypeCatalog.isComposite(type) { return OID(10034) }
        if TypeCatalog.isRange(type) { return OID(10076) }
        if TypeCatalog.isMultirange(type) { return OID(10080) }
        return switch type {
        case .int4: OID(1978)
        case .int2: OID(1979)
        case .oid, .regclass, .regtype, .regproc: OID(1981)
        case .date: OID(3122)
        case .float8: OID(3123)
        case .int8: OID(3124)
        case .numeric: OID(3125)
        case .text, .varchar: OID(3126)
        case .timestamptz: OID(3127)
        case .timestamp: OID(3128)
        case .bool: OID(10003)
        case .bpchar: OID(10004)
        case .bytea: OID(10006)
        case .char: OID(10007)
        case .float4: OID(10012)
        case .interval: OID(10022)
        case .timetz: OID(10041)
        case .jsonb: OID(10088)
        case .name: OID(10028)
        case .time: OID(10038)
        case .xid8: OID(10053)
        case .uuid: OID(10065)
        case .pgLSN: OID(10067)
        case .inet, .cidr: OID(10015)
        case .macaddr: OID(10024)
        case .macaddr8: OID(10026)
        case .bit: OID(10002)
        case .varbit: OID(10043)
        default: TypeCatalog.info(type)?.isArray == true ? OID(10000) : .invalid
        }
    }

    private static func constraintRow(
        _ constraint: Constraint, _ table: Relation, _ context: ComputedContext
    ) -> [ComputedValue] {
        var index = OID.invalid
        var key: Constraint.ForeignKey?
        var expression: String?
        switch constraint.kind {
        case .check(let stored): expression = stored.text
        case .primaryKey(let oid), .unique(let oid), .exclusion(let oid): index = oid
        case .foreignKey(let foreignKey):
            key = foreignKey
            index = foreignKey.index
        }
        let setColumns = key?.deleteSetColumns ?? []
        var operators: [OID] = []
        if case .exclusion = constraint.kind {
            let keys = context.snapshot.relation(index)?.index?.keys ?? []
            operators = keys.map { $0.exclusionOperator ?? equality(of: $0.type.oid) }
        }
        return [
            .oid(constraint.oid), .text(constraint.name), .oid(table.namespace),
            .char(constraint.kind.code), .bool(constraint.isDeferrable),
            .bool(constraint.isDeferred), .bool(constraint.isValidated), .oid(table.oid),
            .oid(.invalid), .oid(index), .oid(constraint.parent ?? .invalid),
            .oid(key?.table ?? .invalid),
            .char(key?.onUpdate.rawValue ?? " "), .char(key?.onDelete.rawValue ?? " "),
            .char(key.map { $0.matchFull ? "f" : "s" } ?? " "), .bool(constraint.isLocal),
            .int(constraint.isInherited ? 1 : 0),
            .bool(
                constraint.kind.code != "c" && constraint.parent == nil
                    && table.partitioning == nil),
            constraint.columns.isEmpty ? .null : .ints(constraint.columns.map { $0 + 1 }),
            key.map { .ints($0.columns.map { $0 + 1 }) } ?? .null, .null, .null, .null,
            setColumns.isEmpty ? .null : .ints(setColumns.map { $0 + 1 }),
            operators.isEmpty ? .null : .oids(operators), .optional(expression),
        ]
    }

    private static func partitionedRow(
        _ table: Relation, _ context: ComputedContext
    ) -> [ComputedValue]? {
        guard let partitioning = table.partitioning, table.kind == .partitionedTable else {
            return nil
        }
        let keys = partitioning.keys
        let other = partitioning.partitions.first {
            context.snapshot.relation($0)?.partition?.bounds == .default
        }
        let isHash = partitioning.strategy == .hash
        let expressions = keys.compactMap(\.expression?.text)
        return [
            .oid(table.oid), .char(partitioning.strategy.rawValue), .int(keys.count),
            .oid(other ?? .invalid), .ints(keys.map { $0.column.map { $0 + 1 } ?? 0 }),
            .oids(
                keys.map {
                    isHash ? hashOperatorClass($0.type.oid) : operatorClass($0.type.oid)
                }),
            .oids(keys.map { TypeCatalog.info($0.type.oid)?.collation ?? .invalid }),
            expressions.isEmpty ? .null : .text(expressions.joined(separator: ", ")),
        ]
    }

    /// PostgreSQL's default hash operator class of a type.
    private static func hashOperatorClass(_ type: OID) -> OID {
        switch type {
        case .bpchar: OID(10005)
        case .char: OID(10008)
        case .date: OID(10011)
        case .float4: OID(10013)
        case .float8: OID(10014)
        case .int2: OID(10019)
        case .int4: OID(10020)
        case .int8: OID(10021)
        case .name: OID(10029)
        case .oid: OID(10031)
        case .text, .varchar: OID(10037)
        case .time: OID(10039)
        case .timestamptz: OID(10040)
        case .timestamp: OID(10046)
        case .bool: OID(10048)
        case .bytea: OID(10049)
        case .uuid: OID(10066)
        case .inet, .cidr: OID(10016)
        case .macaddr: OID(10025)
        case .macaddr8: OID(10027)
        default: .invalid
        }
    }
}
