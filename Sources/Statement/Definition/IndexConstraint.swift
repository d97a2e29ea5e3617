internal import Base
internal import Catalog
internal import Engine
internal import Parse
internal import Types

/// ADD CONSTRAINT … USING INDEX: an index becomes a constraint's (transformIndexConstraint).
extension DefinitionExecutor {
    func addKey(
        using name: String, _ definition: ConstraintDefinition, to relation: inout Relation
    ) throws(SQLError) {
        let isPrimary = definition.kind == .primary
        if relation.kind == .partitionedTable {
            throw SQLError(
                .featureNotSupported,
                "ALTER TABLE / ADD CONSTRAINT USING INDEX is not supported on partitioned tables")
        }
        let found = try usableIndex(name, definition, relation)
        if isPrimary, relation.primaryKey != nil {
            throw SQLError(
                .invalidTableDefinition,
                "multiple primary keys for table \"\(relation.name)\" are not allowed")
        }
        var index = found.value
        guard var shape = index.index else {
            throw SQLError(.internalError, "an index has a definition")
        }
        let columns = shape.keys.compactMap(\.column)
        let given = definition.name ?? name
        if relation.constraints.contains(where: { $0.name == given }) {
            throw duplicateConstraint(given, relation)
        }
        try host.lock(index.oid, .accessExclusive)
        if given != name {
            try host.lockName(given, in: relation.namespace)
            if snapshot.relation(named: given, namespace: relation.namespace) != nil {
                throw SQLError(.duplicateTable, "relation \"\(given)\" already exists")
            }
            notice(
                .successfulCompletion,
                "ALTER TABLE / ADD CONSTRAINT USING INDEX will rename index \"\(name)\" to \"\(given)\""
            )
            index.name = given
        }
        if isPrimary { try setNotNull(columns, of: &relation, isNew: false) }
        let constraint = try catalog.newOID()
        shape.isPrimary = isPrimary
        shape.isImmediate = !definition.isDeferrable
        shape.constraint = constraint
        index.index = shape
        if definition.isDeferrable, let placement = index.placement {
            // Its entries are others.
            catalog.dropPlacement(placement)
            index.placement = newIndexPlacement(of: relation)
        }
        let old = snapshot.relation(relation.oid)
        if isPrimary { relation.primaryKey = index.oid }
        relation.constraints.append(
            Constraint(
                oid: constraint, name: given,
                kind: isPrimary ? .primaryKey(index: index.oid) : .unique(index: index.oid),
                columns: columns, isDeferrable: definition.isDeferrable,
                isDeferred: definition.isInitiallyDeferred))
        catalog.put(index)
        catalog.put(relation)
        for column in columns {
            catalog.addDependency(
                Dependency(
                    .constraint(constraint), on: .column(column, of: relation.oid), .automatic))
        }
        catalog.addDependency(
            Dependency(.relation(index.oid), on: .constraint(constraint), .internal))
        if definition.isDeferrable {
            try build(index.oid, of: relation)
        } else if isPrimary, let old {
            // The row key changes: everything moves.
            try rewrite(old, as: &relation, values: nil)
        }
    }

    private func usableIndex(
        _ name: String, _ definition: ConstraintDefinition, _ relation: Relation
    ) throws(SQLError) -> Shared<Relation> {
        func refuse(_ state: SQLState, _ message: String) -> SQLError {
            failure(state, message, at: definition.location)
        }
        func unusable(_ message: String) -> SQLError {
            refuse(.wrongObjectType, message).detail(
                "Cannot create a primary key or unique constraint using such an index.")
        }
        guard let found = snapshot.relation(named: name, namespace: relation.namespace) else {
            throw refuse(.undefinedObject, "index \"\(name)\" does not exist")
        }
        guard let index = found.index else {
            throw refuse(.wrongObjectType, "\"\(name)\" is not an index")
        }
        if index.constraint != nil {
            throw refuse(
                .objectNotInPrerequisiteState,
                "index \"\(name)\" is already associated with a constraint")
        }
        if index.table != relation.oid {
            throw refuse(
                .objectNotInPrerequisiteState,
                "index \"\(name)\" does not belong to table \"\(relation.name)\"")
        }
        if !index.isUnique { throw unusable("\"\(name)\" is not a unique index") }
        if index.keys.contains(where: { $0.column == nil }) {
            throw unusable("index \"\(name)\" contains expressions")
        }
        if index.predicate != nil { throw unusable("\"\(name)\" is a partial index") }
        for (number, key) in index.keys.enumerated() where key.descending || key.nullsFirst {
            throw unusable(
                "index \"\(name)\" column number \(number + 1) does not have default sorting behavior"
            )
        }
        return found
    }
}
