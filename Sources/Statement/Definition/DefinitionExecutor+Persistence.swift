internal import Base
internal import Catalog
internal import Engine
internal import Parse

/// SET LOGGED and SET UNLOGGED: whether a crash empties a table, or takes a sequence back to its
/// start. Rows are logged in both cases and stay where they are.
extension DefinitionExecutor {
    /// - Throws: 0A000 if one command changes what another has changed.
    func checkPersistenceChanges(
        _ commands: [AlterTableCommand], of relation: Relation
    ) throws(SQLError) {
        var isChanged = false
        for command in commands {
            let wanted: Persistence
            switch command {
            case .setLogged: wanted = .permanent
            case .setUnlogged: wanted = .unlogged
            default: continue
            }
            if isChanged {
                throw SQLError(.featureNotSupported, "cannot change persistence setting twice")
            }
            isChanged = wanted != relation.persistence
        }
    }

    /// Of a table, with its indexes and the sequences that it owns, or of a sequence.
    func changePersistence(of relation: Relation, to persistence: Persistence) throws(SQLError) {
        if relation.persistence == .temporary {
            throw persistenceError(
                "cannot change logged status of table \"\(relation.name)\" because it is temporary",
                relation)
        }
        if relation.persistence == persistence { return }
        if persistence == .permanent {
            try checkReferences(of: relation)
        } else {
            try checkReferences(to: relation)
        }
        var parts = [relation.oid] + relation.indexes
        for (sequence, _, _) in snapshot.ownedSequences(of: relation.oid) {
            parts.append(try lockedRelation(sequence, .accessExclusive).oid)
        }
        for oid in parts {
            guard let part = snapshot.relation(oid) else { continue }
            var changed = part.value
            changed.persistence = persistence
            if changed.kind == .sequence {
                try restate(&changed, at: try host.position(of: part.value))
            }
            catalog.put(changed)
        }
    }

    /// A table that a crash keeps must not refer to one that it empties.
    private func checkReferences(of relation: Relation) throws(SQLError) {
        for constraint in relation.constraints {
            guard case .foreignKey(let key) = constraint.kind, key.table != relation.oid,
                let other = snapshot.relation(key.table), other.persistence != .permanent
            else { continue }
            throw persistenceError(
                "could not change table \"\(relation.name)\" to logged because it references unlogged table \"\(other.name)\"",
                relation, constraint: constraint.name)
        }
    }

    private func checkReferences(to relation: Relation) throws(SQLError) {
        for reference in relation.referencedBy where reference.table != relation.oid {
            guard let other = snapshot.relation(reference.table), other.persistence == .permanent,
                let constraint = other.constraints.first(where: { $0.oid == reference.constraint })
            else { continue }
            // PostgreSQL's words, though it is the other table that refers to this one.
            throw persistenceError(
                "could not change table \"\(relation.name)\" to unlogged because it references logged table \"\(other.name)\"",
                relation, constraint: constraint.name)
        }
    }

    private func persistenceError(
        _ message: String, _ relation: Relation, constraint: String? = nil
    ) -> SQLError {
        SQLError(.invalidTableDefinition, message).with {
            $0.schemaName = snapshot.namespace(relation.namespace)?.name
            $0.tableName = relation.name
            $0.constraintName = constraint
        }
    }
}
