internal import Base
internal import Catalog
internal import Engine
internal import Parse

/// DROP of anything, and the removal of objects with what depends on them.
extension DefinitionExecutor {
    func drop(_ statement: DropStatement) throws(SQLError) -> String {
        var objects: [ObjectAddress] = []
        switch statement.objectType {
        case .table, .index, .sequence, .view, .materializedView:
            for object in statement.objects {
                if let found = try relationToDrop(object.names, statement) { objects.append(found) }
            }
        case .schema:
            for object in statement.objects {
                if let found = try schemaToDrop(object.names.joined(), statement) {
                    objects.append(found)
                }
            }
        case .type, .domain:
            for object in statement.objects {
                if let found = try typeToDrop(object, statement) { objects.append(found) }
            }
        default:
            return try dropUnbuilt(statement)
        }
        try remove(objects, statement.behavior)
        return "DROP \(DefinitionExecutor.words(statement.objectType).uppercased())"
    }

    static func words(_ type: ObjectType) -> String {
        switch type {
        case .table: "table"
        case .index: "index"
        case .sequence: "sequence"
        case .view: "view"
        case .schema: "schema"
        case .materializedView: "materialized view"
        case .type: "type"
        case .domain: "domain"
        case .function: "function"
        case .procedure: "procedure"
        case .routine: "routine"
        case .aggregate: "aggregate"
        case .trigger: "trigger"
        case .extension: "extension"
        case .publication: "publication"
        case .rule: "rule"
        case .policy: "policy"
        case .collation: "collation"
        case .operator: "operator"
        case .cast: "cast"
        case .database: "database"
        case .role: "role"
        case .column: "column"
        case .tableConstraint: "constraint"
        case .extendedStatistics: "statistics object"
        case .language: "language"
        case .foreignTable: "foreign table"
        case .foreignServer: "server"
        case .foreignDataWrapper: "foreign-data wrapper"
        case .accessMethod: "access method"
        case .eventTrigger: "event trigger"
        case .conversion: "conversion"
        case .textSearchConfiguration: "text search configuration"
        case .textSearchDictionary: "text search dictionary"
        case .textSearchParser: "text search parser"
        case .textSearchTemplate: "text search template"
        case .tablespace: "tablespace"
        case .subscription: "subscription"
        default: "object"
        }
    }

    private func relationToDrop(
        _ names: [String], _ statement: DropStatement
    ) throws(SQLError) -> ObjectAddress? {
        let name = RangeVariable(
            catalog: names.count > 2 ? names[names.count - 3] : nil,
            schema: names.count > 1 ? names[names.count - 2] : nil, name: names[names.count - 1])
        let words = DefinitionExecutor.words(statement.objectType)
        guard
            let found = try scope.findRelation(
                catalog: name.catalog, schema: name.schema, name: name.name)
        else {
            try missingRelation(name, words, statement.ifExists)
            return nil
        }
        // Drop what is named, or say what it is instead.
        guard matches(found.kind, statement.objectType) else {
            throw SQLError(.wrongObjectType, "\"\(name.name)\" is not \(article(words))")
                .hint(dropHint(found.kind))
        }
        guard let own = snapshot.namespace(found.namespace) else { return nil }
        if !snapshot.isOwner(found.owner, user: host.user),
            !snapshot.isOwner(own.owner, user: host.user)
        {
            try checkOwner(found.value)
        }
        if snapshot.isComputed(found.oid) {
            throw SQLError(
                .insufficientPrivilege,
                "permission denied: \"\(found.name)\" is a system catalog")
        }
        // An index is dropped under its table's lock.
        if let index = found.index {
            _ = try lockedRelation(index.table, .accessExclusive)
        }
        try host.lock(found.oid, .accessExclusive)
        // Who had the lock may have dropped it, or named another one so.
        let again = try scope.findRelation(
            catalog: name.catalog, schema: name.schema, name: name.name)
        if again?.oid != found.oid { return try relationToDrop(names, statement) }
        return .relation(found.oid)
    }

    private func missingRelation(
        _ name: RangeVariable, _ words: String, _ ifExists: Bool
    ) throws(SQLError) {
        if let schema = name.schema, try scope.findNamespace(schema) == nil {
            if !ifExists { throw CatalogScope.undefinedSchema(schema) }
            notice(.successfulCompletion, "schema \"\(schema)\" does not exist, skipping")
            return
        }
        if ifExists {
            notice(.successfulCompletion, "\(words) \"\(name.name)\" does not exist, skipping")
            return
        }
        let state: SQLState = words == "index" ? .undefinedObject : .undefinedTable
        throw SQLError(state, "\(words) \"\(name.name)\" does not exist")
    }

    func matches(_ kind: RelationKind, _ type: ObjectType) -> Bool {
        switch kind {
        case .table, .partitionedTable: type == .table
        case .index, .partitionedIndex: type == .index
        case .sequence: type == .sequence
        case .view: type == .view
        case .materializedView: type == .materializedView
        case .compositeType: type == .type
        }
    }

    func article(_ words: String) -> String { words == "index" ? "an index" : "a \(words)" }

    private func dropHint(_ kind: RelationKind) -> String {
        let words = kind.noun
        return "Use DROP \(words == "composite type" ? "TYPE" : words.uppercased()) "
            + "to remove \(article(words == "composite type" ? "type" : words))."
    }

    private func schemaToDrop(
        _ name: String, _ statement: DropStatement
    ) throws(SQLError) -> ObjectAddress? {
        guard let found = snapshot.namespace(named: name) else {
            if !statement.ifExists { throw CatalogScope.undefinedSchema(name) }
            notice(.successfulCompletion, "schema \"\(name)\" does not exist, skipping")
            return nil
        }
        if !snapshot.isOwner(found.owner, user: host.user) {
            throw SQLError(.insufficientPrivilege, "must be owner of schema \(name)")
        }
        if found.value.isSystem {
            throw SQLError(
                .dependentObjectsStillExist,
                "cannot drop schema \(name) because it is required by the database system")
        }
        try host.lock(.namespace(found.oid))
        return .namespace(found.oid)
    }

    // MARK: Removal

    /// Drops `objects` with all that depends on them.
    /// - Throws: 2BP01 where RESTRICT forbids it.
    func remove(
        _ objects: [ObjectAddress], _ behavior: DropBehavior, isSilent: Bool = false
    ) throws(SQLError) {
        if objects.isEmpty { return }
        let deletion = try DependencyDeletion(of: objects, in: scope, snapshot: snapshot)
        let report = try deletion.report(behavior == .cascade ? .cascade : .restrict)
        if let report, !isSilent { host.notify(report) }
        for entry in deletion.entries where entry.object.classID == SystemOID.relation {
            try host.lock(entry.object.objectID, .accessExclusive)
        }
        for entry in deletion.entries {
            if let (table, _) = snapshot.constraint(entry.object.objectID),
                entry.object.classID == SystemOID.constraint
            {
                try host.lock(table.oid, .accessExclusive)
            }
        }
        let whole = Set(deletion.entries.map(\.object))
        for entry in deletion.entries { try remove(entry.object, together: whole) }
    }

    /// Takes one object out of the catalog. `together` are all that go with it: what belongs to a
    /// table that goes as a whole needs no separate change of the table.
    private func remove(
        _ object: ObjectAddress, together: Set<ObjectAddress>
    ) throws(SQLError) {
        switch object.classID {
        case SystemOID.relation where object.subID > 0:
            if !together.contains(.relation(object.objectID)) {
                try removeColumn(Int(object.subID) - 1, of: object.objectID)
            }
        case SystemOID.relation: try removeRelation(object.objectID, together)
        case SystemOID.columnDefault:
            if together.contains(.relation(object.objectID)) {
                catalog.forget(object)
            } else {
                removeDefault(object)
            }
        case SystemOID.constraint:
            if removeDomainCheck(object.objectID, together: together) {
                catalog.forget(object)
            } else {
                try removeConstraint(object.objectID, together)
            }
        case SystemOID.type:
            if snapshot.userType(object.objectID) != nil {
                catalog.dropType(object.objectID)
            } else {
                catalog.forget(object)
            }
        case SystemOID.namespace:
            dropDefaultPrivileges(in: object.objectID)
            catalog.dropNamespace(object.objectID)
        default: catalog.forget(object)
        }
    }

    private func removeRelation(_ oid: OID, _ together: Set<ObjectAddress>) throws(SQLError) {
        guard let relation = snapshot.relation(oid) else { return }
        if relation.kind == .table {
            try host.requireNoPendingChecks(relation.value, for: "DROP TABLE")
        }
        if let placement = relation.placement { catalog.dropPlacement(placement) }
        if let index = relation.index, !together.contains(.relation(index.table)),
            let table = snapshot.relation(index.table)
        {
            var changed = table.value
            changed.indexes.removeAll { $0 == oid }
            catalog.put(changed)
        }
        for constraint in relation.constraints { try forgetReference(constraint, from: oid) }
        if relation.index == nil, let membership = relation.partition,
            !together.contains(.relation(membership.parent)),
            let parent = snapshot.relation(membership.parent)
        {
            var changed = parent.value
            changed.partitioning?.partitions.removeAll { $0 == oid }
            catalog.put(changed)
        }
        catalog.dropRelation(oid)
    }

    /// The referenced table of a foreign key no longer knows of it.
    private func forgetReference(_ constraint: Constraint, from table: OID) throws(SQLError) {
        guard case .foreignKey(let key) = constraint.kind, key.table != table,
            let referenced = snapshot.relation(key.table)
        else { return }
        var changed = referenced.value
        changed.referencedBy.removeAll { $0.constraint == constraint.oid }
        catalog.put(changed)
    }

    private func removeDefault(_ object: ObjectAddress) {
        if let table = snapshot.relation(object.objectID) {
            var changed = table.value
            changed.columns[Int(object.subID) - 1].defaultValue = nil
            catalog.put(changed)
        }
        catalog.forget(object)
    }

    private func removeConstraint(
        _ oid: OID, _ together: Set<ObjectAddress>
    ) throws(SQLError) {
        defer { catalog.forget(.constraint(oid)) }
        guard let (table, constraint) = snapshot.constraint(oid),
            !together.contains(.relation(table.oid))
        else { return }
        try forgetReference(constraint, from: table.oid)
        guard let current = snapshot.relation(table.oid) else { return }
        var changed = current.value
        changed.constraints.removeAll { $0.oid == oid }
        if case .foreignKey(let key) = constraint.kind, key.table == table.oid {
            changed.referencedBy.removeAll { $0.constraint == oid }
        }
        guard case .primaryKey(let index) = constraint.kind else {
            catalog.put(changed)
            return
        }
        changed.primaryKey = nil
        if constraint.isDeferrable {
            catalog.put(changed)
            return
        }
        // Rows get hidden row ids for keys.
        changed.indexes.removeAll { $0 == index }
        catalog.put(changed)
        if changed.kind == .partitionedTable { return }
        try rewrite(current, as: &changed, values: nil)
    }

    /// Marks a column as dropped; its place stays.
    func removeColumn(_ column: Int, of table: OID) throws(SQLError) {
        guard let relation = snapshot.relation(table) else { return }
        var changed = relation.value
        changed.columns[column].isDropped = true
        changed.columns[column].name = "........pg.dropped.\(column + 1)........"
        changed.columns[column].isNotNull = false
        changed.columns[column].defaultValue = nil
        changed.columns[column].identity = nil
        changed.columns[column].isGenerated = false
        changed.columns[column].missingValue = nil
        changed.columnPrivileges[column] = nil
        catalog.forget(.column(column, of: table))
        catalog.put(changed)
    }
}
