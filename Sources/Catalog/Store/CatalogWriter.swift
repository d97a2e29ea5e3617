internal import Base
internal import Sequences
internal import Types

/// Writes catalog objects field by field; `CatalogReader` reads them in the same order.
struct CatalogWriter: ~Copyable {
    var buffer = ByteBuffer(capacityBytes: 256)

    // MARK: Primitives

    mutating func byte(_ value: UInt8) { buffer.append(value) }
    mutating func bool(_ value: Bool) { byte(value ? 1 : 0) }
    mutating func count(_ value: Int) { buffer.append(varint: UInt64(value)) }
    mutating func unsigned(_ value: UInt64) { buffer.append(varint: value) }
    mutating func int64(_ value: Int64) { buffer.append(littleEndian: value) }
    mutating func oid(_ value: OID) { buffer.append(varint: UInt64(value.rawValue)) }
    mutating func code(_ value: Character) { byte(CatalogCodec.code(value)) }
    mutating func text(_ value: String) {
        count(value.utf8.count)
        buffer.append(value)
    }
    mutating func optionalText(_ value: String?) {
        bool(value != nil)
        if let value { text(value) }
    }
    mutating func optionalOID(_ value: OID?) { oid(value ?? .invalid) }
    mutating func texts(_ values: [String]) {
        count(values.count)
        for value in values { text(value) }
    }
    mutating func counts(_ values: [Int]) {
        count(values.count)
        for value in values { count(value) }
    }
    mutating func type(_ value: SQLType) {
        oid(value.oid)
        buffer.append(littleEndian: value.modifier)
    }
    /// A list without entries, which is not the same as no list, is written as one of no rights.
    mutating func privileges(_ values: [Privilege]?) {
        let nothing = Privilege(grantee: .invalid, grantor: .invalid, rights: [], grantable: [])
        let written = values.map { $0.isEmpty ? [nothing] : $0 } ?? []
        count(written.count)
        for value in written {
            oid(value.grantee)
            oid(value.grantor)
            unsigned(UInt64(value.rights.rawValue))
            unsigned(UInt64(value.grantable.rawValue))
        }
    }

    // MARK: Objects

    mutating func namespace(_ namespace: Namespace) {
        oid(namespace.oid)
        text(namespace.name)
        oid(namespace.owner)
        privileges(namespace.privileges)
    }

    mutating func database(_ database: Database) {
        oid(database.oid)
        text(database.name)
        oid(database.owner)
        bool(database.isTemplate)
        bool(database.allowsConnections)
        int64(Int64(database.connectionLimit))
        privileges(database.privileges)
        // There were settings here once.
        texts([])
        count(database.defaultPrivileges.count)
        for entry in database.defaultPrivileges {
            oid(entry.oid)
            oid(entry.role)
            oid(entry.namespace)
            code(entry.kind.rawValue)
            privileges(entry.privileges)
        }
        if database.routinePrivileges.isEmpty { return }
        count(database.routinePrivileges.count)
        for (routine, list) in database.routinePrivileges.sorted(by: { $0.key < $1.key }) {
            oid(routine)
            privileges(list)
        }
    }

    mutating func role(_ role: Role) {
        oid(role.oid)
        text(role.name)
        unsigned(UInt64(role.attributes.rawValue))
        int64(Int64(role.connectionLimit))
        optionalText(role.password)
        bool(role.validUntil != nil)
        int64(role.validUntil ?? 0)
        count(role.memberships.count)
        for membership in role.memberships {
            oid(membership.role)
            oid(membership.grantor)
            bool(membership.withAdmin)
        }
        texts([])
    }

    mutating func relation(_ relation: Relation) {
        oid(relation.oid)
        text(relation.name)
        oid(relation.namespace)
        oid(relation.owner)
        code(relation.kind.rawValue)
        code(relation.persistence.rawValue)
        count(relation.columns.count)
        for column in relation.columns { self.column(column) }
        placement(relation.placement)
        count(relation.indexes.count)
        for index in relation.indexes { oid(index) }
        optionalOID(relation.primaryKey)
        count(relation.constraints.count)
        for constraint in relation.constraints { self.constraint(constraint) }
        count(relation.referencedBy.count)
        for reference in relation.referencedBy {
            oid(reference.table)
            oid(reference.constraint)
        }
        bool(relation.index != nil)
        if let index = relation.index { self.index(index) }
        bool(relation.sequence != nil)
        if let sequence = relation.sequence { self.sequence(sequence) }
        optionalText(relation.viewDefinition)
        if relation.kind == .materializedView { bool(relation.isPopulated) }
        texts(relation.options)
        privileges(relation.privileges)
        partitions(of: relation)
        let hasMarks = !relation.marks.isEmpty
        let hasColumnPrivileges = !relation.columnPrivileges.isEmpty || hasMarks
        if relation.rowType.isValid || hasColumnPrivileges {
            oid(relation.rowType)
            oid(relation.rowArrayType)
            text(relation.rowArrayName)
        }
        if relation.ofType.isValid || hasColumnPrivileges { oid(relation.ofType) }
        if hasColumnPrivileges {
            count(relation.columnPrivileges.count)
            for (column, list) in relation.columnPrivileges.sorted(by: { $0.key < $1.key }) {
                count(column)
                privileges(list)
            }
        }
        if hasMarks { marks(relation.marks) }
    }

    private mutating func marks(_ marks: TableMarks) {
        bool(marks.areTriggersDisabled)
        code(marks.replicaIdentity)
        oid(marks.replicaIndex)
        oid(marks.clusteredIndex)
        count(marks.statisticsTargets.count)
        for (column, target) in marks.statisticsTargets.sorted(by: { $0.key < $1.key }) {
            count(column)
            int64(Int64(target))
        }
        count(marks.storages.count)
        for (column, storage) in marks.storages.sorted(by: { $0.key < $1.key }) {
            count(column)
            code(storage)
        }
        count(marks.columnOptions.count)
        for (column, options) in marks.columnOptions.sorted(by: { $0.key < $1.key }) {
            count(column)
            texts(options)
        }
    }

    mutating func type(_ type: UserType) {
        oid(type.oid)
        text(type.name)
        oid(type.namespace)
        oid(type.owner)
        oid(type.array)
        text(type.arrayName)
        privileges(type.privileges)
        switch type.kind {
        case .enumeration(let labels):
            code("e")
            count(labels.labels.count)
            for label in labels.labels {
                oid(label.oid)
                text(label.name)
                unsigned(UInt64(label.sortOrder.bitPattern))
                int64(label.word)
            }
        case .domain(let domain):
            code("d")
            self.type(domain.base)
            count(domain.dimensions)
            oid(domain.collation)
            bool(domain.isNotNull)
            optionalText(domain.defaultValue?.text)
            count(domain.checks.count)
            for check in domain.checks {
                oid(check.oid)
                text(check.name)
                text(check.expression.text)
                bool(check.isValidated)
            }
        case .range(let range):
            code("r")
            self.range(range.facts)
            oid(range.collation)
            oid(range.difference)
        case .multirange(let facts):
            code("m")
            range(facts)
        }
    }

    private mutating func range(_ facts: RangeFacts) {
        oid(facts.range)
        oid(facts.multirange)
        oid(facts.subtype)
    }

    /// Nothing for relations that have no part in partitioning, and no row type, which follows.
    private mutating func partitions(of relation: Relation) {
        let inherited = relation.constraints.indices.filter {
            relation.constraints[$0].isInherited
        }
        if relation.partitioning == nil, relation.partition == nil, inherited.isEmpty,
            !relation.rowType.isValid, relation.columnPrivileges.isEmpty
        {
            return
        }
        bool(relation.partitioning != nil)
        if let partitioning = relation.partitioning {
            code(partitioning.strategy.rawValue)
            count(partitioning.keys.count)
            for key in partitioning.keys {
                count((key.column ?? -1) + 1)
                optionalText(key.expression?.text)
                type(key.type)
            }
            count(partitioning.partitions.count)
            for partition in partitioning.partitions { oid(partition) }
        }
        bool(relation.partition != nil)
        if let membership = relation.partition {
            oid(membership.parent)
            bounds(membership.bounds)
            bool(membership.isAttached)
        }
        count(inherited.count)
        for index in inherited {
            count(index)
            bool(relation.constraints[index].isLocal)
            optionalOID(relation.constraints[index].parent)
        }
    }

    private mutating func bounds(_ bounds: PartitionBounds?) {
        switch bounds {
        case nil: byte(0)
        case .default: byte(1)
        case .hash(let modulus, let remainder):
            byte(2)
            count(modulus)
            count(remainder)
        case .list(let values):
            byte(3)
            boundValues(values)
        case .range(let lower, let upper):
            byte(4)
            boundValues(lower)
            boundValues(upper)
        }
    }

    private mutating func boundValues(_ values: [BoundValue]) {
        count(values.count)
        for value in values {
            switch value {
            case .minimum: byte(0)
            case .maximum: byte(1)
            case .null: byte(2)
            case .value(let text):
                byte(3)
                self.text(text)
            }
        }
    }

    private mutating func column(_ column: Column) {
        text(column.name)
        type(column.type)
        bool(column.isNotNull)
        optionalText(column.defaultValue?.text)
        code(column.identity?.rawValue ?? " ")
        bool(column.isGenerated)
        // Bit 0: dropped; the others count dimensions.
        byte(UInt8(column.isDropped ? 1 : 0) | UInt8(min(column.dimensions, 127)) << 1)
        optionalText(column.missingValue)
    }

    private mutating func placement(_ placement: Placement?) {
        bool(placement != nil)
        guard let placement else { return }
        unsigned(placement.generation)
        unsigned(UInt64(placement.shard))
    }

    private mutating func index(_ index: IndexDefinition) {
        oid(index.table)
        count(index.keys.count)
        for key in index.keys {
            count((key.column ?? -1) + 1)
            optionalText(key.expression?.text)
            type(key.type)
            bool(key.descending)
            bool(key.nullsFirst)
        }
        counts(index.included)
        bool(index.isUnique)
        // Bit 0: primary; bit 1: deferrable; bit 2: EXCLUDE; bit 3: not valid; bits 4 to 6: the method;
        // bit 7: the keys' operator classes and exclusion operators are at the end.
        let hasClasses = index.keys.contains {
            $0.operatorClass != nil || $0.exclusionOperator != nil
        }
        byte(
            (index.isPrimary ? 1 : 0) | (index.isImmediate ? 0 : 2) | (index.isExclusion ? 4 : 0)
                | (index.isValid ? 0 : 8) | index.method.rawValue << 4 | (hasClasses ? 128 : 0))
        bool(index.nullsNotDistinct)
        optionalText(index.predicate?.text)
        optionalOID(index.constraint)
        if hasClasses {
            for key in index.keys {
                optionalOID(key.operatorClass)
                optionalOID(key.exclusionOperator)
            }
        }
    }

    private mutating func sequence(_ sequence: SequenceDefinition) {
        oid(sequence.type)
        int64(sequence.start)
        int64(sequence.increment)
        int64(sequence.minimum)
        int64(sequence.maximum)
        int64(sequence.cache)
        bool(sequence.cycle)
    }

    private mutating func constraint(_ constraint: Constraint) {
        oid(constraint.oid)
        text(constraint.name)
        code(constraint.kind.code)
        switch constraint.kind {
        case .check(let expression): text(expression.text)
        case .primaryKey(let index), .unique(let index), .exclusion(let index): oid(index)
        case .foreignKey(let key):
            oid(key.table)
            counts(key.columns)
            oid(key.index)
            code(key.onUpdate.rawValue)
            code(key.onDelete.rawValue)
            // Bit 0: MATCH FULL; bit 1: the columns of ON DELETE SET follow.
            byte((key.matchFull ? 1 : 0) | (key.deleteSetColumns.isEmpty ? 0 : 2))
            if !key.deleteSetColumns.isEmpty { counts(key.deleteSetColumns) }
        }
        counts(constraint.columns)
        bool(constraint.isDeferrable)
        bool(constraint.isDeferred)
        bool(constraint.isValidated)
    }
}
