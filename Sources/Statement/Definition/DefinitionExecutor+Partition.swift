internal import Analyze
internal import Base
internal import Catalog
internal import Engine
internal import Parse
internal import Query
internal import Types

/// CREATE TABLE … PARTITION OF, ATTACH PARTITION and DETACH PARTITION.
extension DefinitionExecutor {
    // MARK: PARTITION OF

    /// The parent that PARTITION OF names, locked against other changes of its partitions.
    func partitionParent(_ name: RangeVariable) throws(SQLError) -> Shared<Relation> {
        let parent = try lockedRelation(name, .shareUpdateExclusive)
        guard parent.kind == .partitionedTable else { throw notPartitioned(parent.value) }
        try checkOwner(parent.value)
        return parent
    }

    /// The columns of a partition of `parent`, with what the definition says about some of them.
    func columns(
        ofPartitionOf parent: Shared<Relation>, _ overrides: [ColumnDefinition], name: String
    ) throws(SQLError) -> [ColumnPlan] {
        var plans: [ColumnPlan] = []
        for column in parent.columns where !column.isDropped {
            var plan = ColumnPlan(column: column)
            // Identity stays the parent's.
            plan.column.identity = nil
            plan.column.missingValue = nil
            plan.isInherited = true
            plans.append(plan)
        }
        for definition in overrides {
            guard let index = plans.firstIndex(where: { $0.column.name == definition.name }) else {
                throw SQLError(
                    .undefinedColumn, "column \"\(definition.name)\" does not exist")
            }
            var own = ColumnPlan(column: plans[index].column)
            own.column.isNotNull = false
            try readConstraints(of: definition, into: &own, isSerial: false, name)
            if own.defaultExpression != nil {
                plans[index].defaultExpression = own.defaultExpression
                plans[index].column.defaultValue = nil
                plans[index].isInherited = false
            }
            if own.generatedExpression != nil {
                throw SQLError.notSupported("a generation expression of a partition")
            }
            if own.column.isNotNull { plans[index].column.isNotNull = true }
            plans[index].constraints = own.constraints
        }
        return plans
    }

    /// Notes what an inherited default or generation expression needs.
    func inheritDefault(_ column: Int, of table: Shared<Relation>) throws(SQLError) {
        let definition = table.columns[column]
        guard let stored = definition.defaultValue else { return }
        let expression = try analyzer().storedExpression(stored, of: table)
        let references = DefinitionExecutor.references(expression, table.value)
        if !definition.isGenerated {
            return addDefaultDependencies(column, of: table.oid, on: references)
        }
        addDefaultDependencies(column, of: table.oid, on: [])
        for object in references {
            catalog.addDependency(
                Dependency(.column(column, of: table.oid), on: object, .normal))
        }
    }

    /// Makes a new table without rows the partition of `parent` that its bounds say.
    func makePartition(
        _ relation: inout Relation, of parent: Shared<Relation>, _ syntax: PartitionBound
    ) throws(SQLError) {
        let bounds = try self.bounds(syntax, of: parent)
        try checkNewBounds(bounds, syntax, name: relation.name, of: parent)
        relation.partition = PartitionMembership(
            parent: parent.oid, bounds: bounds, isAttached: false)
        catalog.put(relation)
        try enter(relation.oid, into: parent)
        for constraint in parent.constraints {
            guard case .check(let stored) = constraint.kind else { continue }
            try inheritCheck(constraint, stored, by: &relation)
        }
    }

    /// Adds a partition to its parent's list.
    private func enter(_ partition: OID, into parent: Shared<Relation>) throws(SQLError) {
        guard let current = snapshot.relation(parent.oid) else { return }
        var changed = current.value
        changed.partitioning?.partitions.append(partition)
        let entered = catalog.put(changed)
        catalog.addDependency(
            Dependency(.relation(partition), on: .relation(parent.oid), .automatic))
        try checkDefaultPartition(of: entered, except: partition)
    }

    /// A check of the parent in a partition that has none of that name.
    func inheritCheck(
        _ constraint: Constraint, _ stored: StoredExpression, by relation: inout Relation
    ) throws(SQLError) {
        let table = Shared(relation)
        let expression = try analyzer().storedExpression(stored, of: table)
        let references = DefinitionExecutor.references(expression, relation)
        var own = constraint
        own.oid = try catalog.newOID()
        own.columns = references.filter {
            $0.classID == SystemOID.relation && $0.subID > 0
        }.map { Int($0.subID) - 1 }.sorted()
        own.isInherited = true
        own.isLocal = false
        relation.constraints.append(own)
        catalog.put(relation)
        for object in references {
            catalog.addDependency(
                Dependency(
                    .constraint(own.oid), on: object, object.subID > 0 ? .automatic : .normal))
        }
        if own.columns.isEmpty {
            catalog.addDependency(
                Dependency(.constraint(own.oid), on: .relation(relation.oid), .automatic))
        }
    }

    /// The parent's keys, indexes and foreign keys in a partition.
    func inheritIndexes(
        by relation: inout Relation, from parent: OID, isNew: Bool
    ) throws(SQLError) {
        guard let source = snapshot.relation(parent) else { return }
        for oid in source.indexes.sorted() {
            guard let index = snapshot.relation(oid) else { continue }
            try inherit(index: index, of: source, by: &relation, isNew: isNew)
        }
        for constraint in source.constraints {
            guard case .foreignKey = constraint.kind, !source.value.isReferencedPart(constraint)
            else { continue }
            try inherit(foreignKey: constraint, of: source, by: &relation, isNew: isNew)
        }
        try makeReferencedParts(for: relation.oid, of: parent)
        if let current = snapshot.relation(relation.oid) { relation = current.value }
    }

    // MARK: ATTACH PARTITION

    func attachPartition(
        _ name: RangeVariable, _ syntax: PartitionBound?, to parent: Shared<Relation>
    ) throws(SQLError) {
        guard parent.kind == .partitionedTable, let syntax else {
            throw SQLError(
                .invalidObjectDefinition, "table \"\(parent.name)\" is not partitioned")
        }
        let table = try lockedRelation(name, .accessExclusive)
        try checkOwner(table.value)
        guard table.kind == .table || table.kind == .partitionedTable else {
            throw SQLError(
                .wrongObjectType,
                "ALTER action ATTACH PARTITION cannot be performed on relation \"\(table.name)\""
            ).detail(unsupportedKindDetail(table.kind))
        }
        if table.partition != nil {
            throw SQLError(.wrongObjectType, "\"\(table.name)\" is already a partition")
        }
        if table.oid == parent.oid
            || snapshot.ancestors(of: parent.value).contains(where: { $0.oid == table.oid })
        {
            throw SQLError(.duplicateTable, "circular inheritance not allowed").detail(
                "\"\(parent.name)\" is already a child of \"\(table.name)\".")
        }
        try checkPersistence(of: table.value, under: parent.value)
        try checkColumns(of: table.value, under: parent.value)
        var relation = table.value
        try mergeChecks(into: &relation, from: parent.value)
        let bounds = try self.bounds(syntax, of: parent)
        try checkNewBounds(bounds, syntax, name: table.name, of: parent)
        relation.partition = PartitionMembership(
            parent: parent.oid, bounds: bounds, isAttached: true)
        catalog.put(relation)
        guard let current = snapshot.relation(parent.oid) else { return }
        var changed = current.value
        changed.partitioning?.partitions.append(relation.oid)
        let entered = catalog.put(changed)
        catalog.addDependency(
            Dependency(.relation(relation.oid), on: .relation(parent.oid), .automatic))
        try inheritIndexes(by: &relation, from: parent.oid, isNew: false)
        if try hasStranger(in: Shared(relation), ancestor: parent.oid) {
            throw SQLError(
                .checkViolation,
                "partition constraint of relation \"\(relation.name)\" is violated by some row"
            ).with {
                $0.schemaName = snapshot.namespace(relation.namespace)?.name
                $0.tableName = relation.name
            }
        }
        try checkDefaultPartition(of: entered, except: relation.oid)
    }

    private func checkPersistence(
        of table: Relation, under parent: Relation
    ) throws(SQLError) {
        let (isTemporary, wants) = (
            table.persistence == .temporary, parent.persistence == .temporary
        )
        if isTemporary == wants { return }
        throw SQLError(
            .wrongObjectType,
            isTemporary
                ? "cannot attach a temporary relation as partition of permanent relation \"\(parent.name)\""
                : "cannot attach a permanent relation as partition of temporary relation \"\(parent.name)\""
        )
    }

    private func checkColumns(of table: Relation, under parent: Relation) throws(SQLError) {
        for column in table.columns
        where !column.isDropped && parent.columnIndex(named: column.name) == nil {
            throw SQLError(
                .datatypeMismatch,
                "table \"\(table.name)\" contains column \"\(column.name)\" not found in parent \"\(parent.name)\""
            ).detail("The new partition may contain only the columns present in parent.")
        }
        for column in parent.columns where !column.isDropped {
            guard let index = table.columnIndex(named: column.name) else {
                throw SQLError(
                    .datatypeMismatch, "child table is missing column \"\(column.name)\"")
            }
            let own = table.columns[index]
            if own.type != column.type {
                throw SQLError(
                    .datatypeMismatch,
                    "child table \"\(table.name)\" has different type for column \"\(column.name)\"")
            }
            if column.isNotNull, !own.isNotNull {
                throw SQLError(
                    .datatypeMismatch,
                    "column \"\(column.name)\" in child table must be marked NOT NULL")
            }
            if column.isGenerated, !own.isGenerated {
                throw SQLError(
                    .datatypeMismatch,
                    "column \"\(column.name)\" in child table must be a generated column")
            }
        }
    }

    private func mergeChecks(
        into relation: inout Relation, from parent: Relation
    ) throws(SQLError) {
        for constraint in parent.constraints {
            guard case .check(let stored) = constraint.kind else { continue }
            guard
                let index = relation.constraints.firstIndex(where: {
                    $0.name == constraint.name && $0.kind.code == "c"
                }), case .check(let own) = relation.constraints[index].kind
            else {
                throw SQLError(
                    .datatypeMismatch, "child table is missing constraint \"\(constraint.name)\"")
            }
            if own != stored {
                throw SQLError(
                    .datatypeMismatch,
                    "child table \"\(relation.name)\" has different definition for check constraint \"\(constraint.name)\""
                )
            }
            relation.constraints[index].isInherited = true
        }
    }

    // MARK: DETACH PARTITION

    func detachPartition(
        _ name: RangeVariable, isConcurrent: Bool, from parent: Shared<Relation>
    ) throws(SQLError) {
        guard parent.kind == .partitionedTable else {
            throw SQLError(
                .invalidObjectDefinition, "table \"\(parent.name)\" is not partitioned")
        }
        if isConcurrent, hasDefault(parent) {
            throw SQLError(
                .objectNotInPrerequisiteState,
                "cannot detach partitions concurrently when a default partition exists")
        }
        let table = try lockedRelation(name, .accessExclusive)
        guard table.partition?.parent == parent.oid else {
            throw SQLError(
                .undefinedTable,
                "relation \"\(table.name)\" is not a partition of relation \"\(parent.name)\"")
        }
        if isConcurrent { try keepBounds(of: table) }
        try dropReferencedParts(for: table.oid)
        guard var relation = snapshot.relation(table.oid)?.value else { return }
        relation.partition = nil
        var freed: [Constraint] = []
        for index in relation.constraints.indices
        where !relation.isReferencedPart(relation.constraints[index]) {
            if relation.constraints[index].kind.code == "f",
                relation.constraints[index].parent != nil
            {
                freed.append(relation.constraints[index])
            }
            relation.constraints[index].isInherited = false
            relation.constraints[index].isLocal = true
            relation.constraints[index].parent = nil
            let address = ObjectAddress.constraint(relation.constraints[index].oid)
            catalog.removeDependencies(of: address, kind: .partitionPrimary)
            catalog.removeDependencies(of: address, kind: .partitionSecondary)
        }
        for oid in relation.indexes {
            guard let index = snapshot.relation(oid), index.partition != nil else { continue }
            var own = index.value
            own.partition = nil
            catalog.put(own)
            catalog.removeDependencies(of: .relation(oid), kind: .partitionPrimary)
            catalog.removeDependencies(of: .relation(oid), kind: .partitionSecondary)
            if own.index?.constraint == nil { try addDependencies(of: own, on: table) }
        }
        catalog.put(relation)
        guard var changed = snapshot.relation(parent.oid)?.value else { return }
        changed.partitioning?.partitions.removeAll { $0 == relation.oid }
        catalog.put(changed)
        catalog.removeDependency(
            Dependency(.relation(relation.oid), on: .relation(parent.oid), .automatic))
        // Its own foreign keys tell what happens to referenced rows from now on.
        for constraint in freed {
            try makeReferencedParts(of: constraint, on: relation.oid)
        }
    }

    private func hasDefault(_ parent: Shared<Relation>) -> Bool {
        snapshot.partitions(of: parent.value).contains { $0.partition?.bounds == .default }
    }

    /// DETACH … CONCURRENTLY: what made rows the partition's becomes a check, unless one says so or it
    /// depends on the parent.
    private func keepBounds(of partition: Shared<Relation>) throws(SQLError) {
        let line = [partition] + snapshot.ancestors(of: partition.value)
        let isHashed = line.contains { $0.partitioning?.strategy == .hash && $0.oid != partition.oid }
        guard !isHashed, let text = try PartitionConstraintText(scope).text(of: partition.value)
        else { return }
        let expression = try analyzer().storedExpression(
            StoredExpression(text: text), of: partition)
        var relation = partition.value
        var known = Set(
            relation.columns.filter(\.isNotNull).map {
                StoredExpression(text: "(\(Identifier.quote($0.name)) IS NOT NULL)")
            })
        for constraint in relation.constraints where constraint.isValidated {
            guard case .check(let stored) = constraint.kind else { continue }
            let check = try analyzer().storedExpression(stored, of: partition)
            known.formUnion(check.conjuncts.map { self.stored($0, of: relation) })
        }
        if expression.conjuncts.allSatisfy({ known.contains(self.stored($0, of: relation)) }) {
            return
        }
        let columns = Set(
            DefinitionExecutor.references(expression, relation)
                .filter { $0.classID == SystemOID.relation && $0.subID > 0 }.map(\.subID))
        let name = freeConstraintName(
            relation.name,
            columns.count == 1 ? columns.first.map { relation.columns[Int($0) - 1].name } : nil,
            "check", in: relation.namespace, except: Set(relation.constraints.map(\.name)))
        let stored = self.stored(expression, of: relation)
        try inheritCheck(
            Constraint(oid: .invalid, name: name, kind: .check(stored), columns: []), stored,
            by: &relation)
        relation.constraints[relation.constraints.count - 1].isInherited = false
        relation.constraints[relation.constraints.count - 1].isLocal = true
        catalog.put(relation)
    }

    /// DETACH … FINALIZE: a concurrent detachment is done at once, and none is ever left half done.
    func finalizeDetachment(
        _ name: RangeVariable, from parent: Shared<Relation>
    ) throws(SQLError) {
        let table = try lockedRelation(name, .accessExclusive)
        guard table.partition?.parent == parent.oid else {
            throw SQLError(
                .undefinedTable,
                "relation \"\(table.name)\" is not a partition of relation \"\(parent.name)\"")
        }
        throw SQLError(
            .objectNotInPrerequisiteState,
            "cannot complete detaching partition \"\(table.name)\""
        ).detail("There's no pending concurrent detach.")
    }
}
