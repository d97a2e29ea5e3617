internal import Analyze
internal import Base
internal import Catalog
internal import Engine
internal import Parse
internal import Query
internal import Types

/// Indexes, keys and foreign keys of partitioned tables: a part of each in every partition.
extension DefinitionExecutor {
    /// A unique key has to include the whole partition key: equal rows meet in one partition only
    /// then.
    func checkPartitionKey(
        in columns: [Int?], of relation: Relation, _ what: String
    ) throws(SQLError) {
        for key in relation.partitioning?.keys ?? [] {
            guard let column = key.column else {
                throw SQLError(
                    .featureNotSupported,
                    "unsupported \(what) constraint with partition key definition"
                ).detail(
                    "\(what) constraints cannot be used when partition keys include expressions.")
            }
            if columns.contains(column) { continue }
            throw SQLError(
                .featureNotSupported,
                "unique constraint on partitioned table must include all partitioning columns"
            ).detail(
                "\(what) constraint on table \"\(relation.name)\" lacks column \"\(relation.columns[column].name)\" which is part of the partition key."
            )
        }
    }

    /// Gives every partition of a table its part of a new index.
    func makeParts(of index: OID, on table: OID) throws(SQLError) {
        guard let source = snapshot.relation(table), let whole = snapshot.relation(index) else {
            return
        }
        for partition in source.partitioning?.partitions ?? [] {
            var relation = try lockedRelation(partition, .accessExclusive).value
            try inherit(index: whole, of: source, by: &relation, isNew: false)
        }
    }

    /// Gives every partition of a table its part of a new foreign key.
    func makeParts(of constraint: Constraint, on table: OID) throws(SQLError) {
        guard let source = snapshot.relation(table) else { return }
        for partition in source.partitioning?.partitions ?? [] {
            var relation = try lockedRelation(partition, .accessExclusive).value
            try inherit(foreignKey: constraint, of: source, by: &relation, isNew: false)
        }
    }

    /// One index of the parent in a partition: one that is there and fits, or a new one.
    func inherit(
        index: Shared<Relation>, of parent: Shared<Relation>, by relation: inout Relation,
        isNew: Bool
    ) throws(SQLError) {
        guard let definition = index.index else { return }
        let wanted = mapped(definition, of: parent.value, to: relation)
        let constraint = definition.constraint.flatMap { oid in
            parent.constraints.first { $0.oid == oid }
        }
        let fitting = relation.indexes.sorted().compactMap { snapshot.relation($0) }.first {
            guard let own = $0.index, $0.partition == nil else { return false }
            if (own.constraint != nil) != (constraint != nil), constraint != nil { return false }
            return DefinitionExecutor.isSame(own, wanted)
        }
        if let fitting {
            try adopt(fitting, as: index, constraint, of: &relation)
            return
        }
        guard let made = try copy(index, as: wanted, constraint, to: &relation, isNew: isNew),
            let part = snapshot.relation(made)
        else { throw SQLError(.internalError, "an index was made") }
        try adopt(part, as: index, constraint, of: &relation, isLocal: false)
    }

    /// Makes a table's index again for another one, with the constraint that it stands for.
    /// - Returns: the new index.
    func copy(
        _ index: Shared<Relation>, as wanted: IndexDefinition, _ constraint: Constraint?,
        to relation: inout Relation, isNew: Bool
    ) throws(SQLError) -> OID? {
        let before = Set(relation.indexes)
        if let constraint, wanted.isExclusion {
            var shape = wanted
            shape.constraint = try catalog.newOID()
            let name = try constraintIndexName(
                ConstraintDefinition(kind: .exclusion), of: relation,
                GeneratedNames.columnsPart(index.columns.map(\.name)), "excl")
            try addExclusion(
                shape, name: name, columns: index.columns, options: index.options,
                isDeferrable: constraint.isDeferrable, isDeferred: constraint.isDeferred,
                to: &relation)
        } else if let constraint {
            var key = ConstraintDefinition(kind: wanted.isPrimary ? .primary : .unique)
            key.keys = wanted.keys.compactMap { $0.column.map { relation.columns[$0].name } }
            key.including = wanted.included.map { relation.columns[$0].name }
            key.isDeferrable = constraint.isDeferrable
            key.isInitiallyDeferred = constraint.isDeferred
            key.isNullsNotDistinct = wanted.nullsNotDistinct
            try add([key], to: &relation, isNew: isNew)
        } else {
            try makeIndex(wanted, columns: index.columns, options: index.options, on: &relation)
        }
        return relation.indexes.first { !before.contains($0) }
    }

    static func isSame(_ left: IndexDefinition, _ right: IndexDefinition) -> Bool {
        left.isUnique == right.isUnique && left.isPrimary == right.isPrimary
            && left.isImmediate == right.isImmediate && left.isExclusion == right.isExclusion
            && left.included == right.included && left.predicate == right.predicate
            && left.nullsNotDistinct == right.nullsNotDistinct && left.method == right.method
            && left.keys.count == right.keys.count
            && zip(left.keys, right.keys).allSatisfy {
                $0.column == $1.column && $0.expression == $1.expression
                    && $0.descending == $1.descending && $0.nullsFirst == $1.nullsFirst
                    && $0.operatorClass == $1.operatorClass
            }
    }

    /// The parent's definition over the partition's columns.
    func mapped(
        _ definition: IndexDefinition, of parent: Relation, to relation: Relation
    ) -> IndexDefinition {
        let columns = relation.columns(matching: parent)
        var result = definition
        result.table = relation.oid
        result.constraint = nil
        for key in result.keys.indices {
            result.keys[key].column = result.keys[key].column.map { columns[$0] }
        }
        result.included = definition.included.map { columns[$0] }
        return result
    }

    /// Makes an index the part of the parent's.
    func adopt(
        _ part: Shared<Relation>, as whole: Shared<Relation>, _ constraint: Constraint?,
        of relation: inout Relation, isLocal: Bool = true
    ) throws(SQLError) {
        var own = part.value
        own.partition = PartitionMembership(parent: whole.oid, bounds: nil, isAttached: isLocal)
        catalog.put(own)
        let address: ObjectAddress
        let parent: ObjectAddress
        if let constraint, let oid = own.index?.constraint,
            let index = relation.constraints.firstIndex(where: { $0.oid == oid })
        {
            relation.constraints[index].isInherited = true
            relation.constraints[index].isLocal = false
            relation.constraints[index].parent = constraint.oid
            catalog.put(relation)
            address = .constraint(oid)
            parent = .constraint(constraint.oid)
            addPart(.relation(own.oid), of: .relation(whole.oid), table: relation.oid)
        } else {
            address = .relation(own.oid)
            parent = .relation(whole.oid)
        }
        addPart(address, of: parent, table: relation.oid)
    }

    private func addPart(_ part: ObjectAddress, of whole: ObjectAddress, table: OID) {
        catalog.addDependency(Dependency(part, on: whole, .partitionPrimary))
        catalog.addDependency(Dependency(part, on: .relation(table), .partitionSecondary))
    }

    /// A foreign key of the parent in a partition.
    func inherit(
        foreignKey constraint: Constraint, of parent: Shared<Relation>,
        by relation: inout Relation, isNew: Bool
    ) throws(SQLError) {
        guard case .foreignKey(var key) = constraint.kind,
            let referenced = snapshot.relation(key.table)
        else { return }
        let columns = relation.columns(matching: parent.value)
        key.deleteSetColumns = key.deleteSetColumns.map { columns[$0] }
        let wanted = constraint.columns.map { columns[$0] }
        if let index = relation.constraints.firstIndex(where: {
            DefinitionExecutor.fits($0, key, wanted, constraint)
        }) {
            relation.constraints[index].parent = constraint.oid
            relation.constraints[index].isInherited = true
            relation.constraints[index].isLocal = false
            catalog.put(relation)
            let oid = relation.constraints[index].oid
            addPart(.constraint(oid), of: .constraint(constraint.oid), table: relation.oid)
            // What happens to referenced rows is the parent's business now.
            for part in relation.constraints where part.parent == oid {
                try dropReferencedPart(part.oid, of: relation.oid)
            }
            if let current = snapshot.relation(relation.oid) { relation = current.value }
            return
        }
        var own = constraint
        own.kind = .foreignKey(key)
        own.oid = try catalog.newOID()
        own.columns = wanted
        own.isInherited = true
        own.isLocal = false
        own.parent = constraint.oid
        if relation.constraints.contains(where: { $0.name == own.name }) {
            own.name = freeConstraintName(
                relation.name,
                GeneratedNames.columnsPart(own.columns.map { relation.columns[$0].name }), "fkey",
                in: relation.namespace, except: Set(relation.constraints.map(\.name)))
        }
        _ = try lockedRelation(key.table, .shareRowExclusive)
        relation.constraints.append(own)
        catalog.put(relation)
        var changed = (snapshot.relation(key.table) ?? referenced).value
        changed.referencedBy.append(
            ForeignKeyReference(table: relation.oid, constraint: own.oid))
        catalog.put(changed)
        addDependencies(of: own, relation.oid, (key.columns, key.index), key.table)
        addPart(.constraint(own.oid), of: .constraint(constraint.oid), table: relation.oid)
        if relation.kind == .partitionedTable {
            try makeParts(of: own, on: relation.oid)
        } else if !isNew, own.isValidated {
            try validate(own, of: relation)
        }
    }

    /// True if a partition's own foreign key is what the parent's would be in it.
    private static func fits(
        _ own: Constraint, _ key: Constraint.ForeignKey, _ columns: [Int], _ parent: Constraint
    ) -> Bool {
        guard case .foreignKey(let found) = own.kind, own.parent == nil, own.isValidated else {
            return false
        }
        return found.table == key.table && found.columns == key.columns && own.columns == columns
            && found.onUpdate == key.onUpdate && found.onDelete == key.onDelete
            && found.matchFull == key.matchFull
            && found.deleteSetColumns == key.deleteSetColumns
            && own.isDeferrable == parent.isDeferrable && own.isDeferred == parent.isDeferred
    }
}
