internal import Analyze
internal import Base
internal import Catalog
internal import Engine
internal import Parse

/// ALTER … RENAME TO, OWNER TO and SET SCHEMA.
extension DefinitionExecutor {
    func rename(_ statement: RenameStatement) throws(SQLError) -> String {
        switch statement.objectType {
        case .table, .sequence, .view, .index, .materializedView:
            return try renameRelation(statement)
        case .column: return try renameColumn(statement)
        case .attribute: return try renameAttribute(statement)
        case .tableConstraint: return try renameConstraint(statement)
        case .schema: return try renameSchema(statement)
        case .role: return try renameRole(statement)
        case .database: return try renameDatabase(statement)
        case .type, .domain: return try renameType(statement)
        case .domainConstraint: return try renameDomainConstraint(statement)
        default:
            throw SQLError.notSupported(
                "ALTER \(DefinitionExecutor.words(statement.objectType).uppercased()) ... RENAME")
        }
    }

    /// Nil after the notice of IF EXISTS.
    private func relationToAlter(
        _ name: RangeVariable?, ifExists: Bool, _ mode: RelationLockMode = .accessExclusive
    ) throws(SQLError) -> Shared<Relation>? {
        guard let name else { return nil }
        if ifExists,
            try scope.findRelation(catalog: name.catalog, schema: name.schema, name: name.name)
                == nil
        {
            notice(.successfulCompletion, "relation \"\(name.name)\" does not exist, skipping")
            return nil
        }
        let relation = try lockedRelation(name, mode)
        try checkOwner(relation.value)
        return relation
    }

    private func checkKind(_ relation: Relation, _ type: ObjectType) throws(SQLError) {
        // ALTER TABLE takes any relation, the others their own kind; ALTER INDEX takes tables too.
        switch type {
        case .table: return
        case .index where relation.kind.keepsRows: return
        default: break
        }
        if matches(relation.kind, type) { return }
        throw SQLError(
            .wrongObjectType,
            "\"\(relation.name)\" is not \(article(DefinitionExecutor.words(type)))")
    }

    private func renameRelation(_ statement: RenameStatement) throws(SQLError) -> String {
        let tag = "ALTER \(DefinitionExecutor.words(statement.objectType).uppercased())"
        guard
            let relation = try relationToAlter(statement.relation, ifExists: statement.ifExists)
        else { return tag }
        try checkKind(relation.value, statement.objectType)
        try host.lockName(statement.newName, in: relation.namespace)
        if snapshot.relation(named: statement.newName, namespace: relation.namespace) != nil {
            throw SQLError(
                .duplicateTable, "relation \"\(statement.newName)\" already exists")
        }
        var changed = relation.value
        try renameRowType(of: &changed, to: statement.newName)
        changed.name = statement.newName
        catalog.put(changed)
        // A constraint has its index's name.
        if let index = relation.index, let constraint = index.constraint,
            let table = snapshot.relation(index.table)
        {
            var changed = table.value
            for position in changed.constraints.indices
            where changed.constraints[position].oid == constraint {
                changed.constraints[position].name = statement.newName
            }
            catalog.put(changed)
        }
        return tag
    }

    private func renameColumn(_ statement: RenameStatement) throws(SQLError) -> String {
        guard
            let relation = try relationToAlter(statement.relation, ifExists: statement.ifExists),
            let old = statement.subname
        else { return "ALTER TABLE" }
        guard relation.kind != .sequence else {
            throw SQLError(
                .wrongObjectType, "cannot rename columns of relation \"\(relation.name)\""
            ).detail(unsupportedKindDetail(relation.kind))
        }
        if relation.ofType.isValid {
            throw SQLError(.wrongObjectType, "cannot rename column of typed table")
        }
        guard let column = relation.value.columnIndex(named: old) else {
            try refuseSystemColumn(old, "rename")
            throw SQLError(.undefinedColumn, "column \"\(old)\" does not exist")
        }
        if let parent = relation.partition.flatMap({ snapshot.relation($0.parent) }),
            parent.value.columnIndex(named: old) != nil, relation.index == nil
        {
            throw SQLError(
                .invalidTableDefinition, "cannot rename inherited column \"\(old)\"")
        }
        if !(statement.relation?.inherits ?? true),
            relation.partitioning?.partitions.isEmpty == false
        {
            throw SQLError(
                .invalidTableDefinition,
                "inherited column \"\(old)\" must be renamed in child tables too")
        }
        if DefinitionExecutor.systemColumns.contains(statement.newName) {
            throw SQLError(
                .duplicateColumn,
                "column name \"\(statement.newName)\" conflicts with a system column name")
        }
        if relation.value.columnIndex(named: statement.newName) != nil {
            throw SQLError(
                .duplicateColumn,
                "column \"\(statement.newName)\" of relation \"\(relation.name)\" already exists")
        }
        try renameInExpressions(of: relation, column: column, to: statement.newName)
        try renameInPartitions(of: relation.oid, old, to: statement.newName)
        return "ALTER TABLE"
    }

    private func renameAttribute(_ statement: RenameStatement) throws(SQLError) -> String {
        guard let relation = try relationToAlter(statement.relation, ifExists: false),
            let old = statement.subname
        else { return "ALTER TYPE" }
        guard relation.kind == .compositeType else {
            throw SQLError(.wrongObjectType, "\"\(relation.name)\" is not a composite type")
        }
        let tables = try typedTables(of: relation.value, statement.behavior)
        guard let column = relation.value.columnIndex(named: old) else {
            throw SQLError(.undefinedColumn, "column \"\(old)\" does not exist")
        }
        if relation.value.columnIndex(named: statement.newName) != nil {
            throw SQLError(
                .duplicateColumn,
                "column \"\(statement.newName)\" of relation \"\(relation.name)\" already exists")
        }
        var changed = relation.value
        changed.columns[column].name = statement.newName
        catalog.put(changed)
        for table in tables {
            guard let column = table.value.columnIndex(named: old) else { continue }
            try renameInExpressions(of: table, column: column, to: statement.newName)
        }
        return "ALTER TYPE"
    }

    private func renameInPartitions(
        of table: OID, _ old: String, to newName: String
    ) throws(SQLError) {
        for oid in snapshot.relation(table)?.partitioning?.partitions ?? [] {
            let partition = try lockedRelation(oid, .accessExclusive)
            guard let column = partition.value.columnIndex(named: old) else { continue }
            try renameInExpressions(of: partition, column: column, to: newName)
            try renameInPartitions(of: oid, old, to: newName)
        }
    }

    static let systemColumns: Set<String> = ["tableoid", "xmin", "cmin", "xmax", "cmax", "ctid"]

    /// Stored expressions name columns: they are analysed under the old name and written anew
    /// under the new one.
    private func renameInExpressions(
        of relation: Shared<Relation>, column: Int, to newName: String
    ) throws(SQLError) {
        var changed = relation.value
        changed.columns[column].name = newName
        func renamed(_ old: StoredExpression) throws(SQLError) -> StoredExpression {
            stored(try analyzer().storedExpression(old, of: relation), of: changed)
        }
        for position in changed.columns.indices where changed.columns[position].isGenerated {
            if let old = changed.columns[position].defaultValue {
                changed.columns[position].defaultValue = try renamed(old)
            }
        }
        for position in changed.constraints.indices {
            if case .check(let old) = changed.constraints[position].kind {
                changed.constraints[position].kind = .check(try renamed(old))
            }
        }
        for position in changed.partitioning?.keys.indices ?? 0..<0 {
            if let old = changed.partitioning?.keys[position].expression {
                let new = try renamed(old)
                changed.partitioning?.keys[position].expression = new
            }
        }
        for oid in changed.indexes {
            guard let index = snapshot.relation(oid), var definition = index.index else { continue }
            var copy = index.value
            for position in definition.keys.indices {
                if definition.keys[position].column == column {
                    copy.columns[position].name = newName
                }
                if let old = definition.keys[position].expression {
                    definition.keys[position].expression = try renamed(old)
                }
            }
            if let old = definition.predicate { definition.predicate = try renamed(old) }
            copy.index = definition
            catalog.put(copy)
        }
        catalog.put(changed)
    }

    private func renameConstraint(_ statement: RenameStatement) throws(SQLError) -> String {
        guard
            let relation = try relationToAlter(statement.relation, ifExists: statement.ifExists),
            let old = statement.subname
        else { return "ALTER TABLE" }
        guard let position = relation.constraints.firstIndex(where: { $0.name == old }) else {
            throw SQLError(
                .undefinedObject,
                "constraint \"\(old)\" for table \"\(relation.name)\" does not exist")
        }
        if relation.constraints[position].isInherited,
            relation.constraints[position].kind.code == "c"
        {
            throw SQLError(
                .invalidTableDefinition, "cannot rename inherited constraint \"\(old)\"")
        }
        if relation.constraints.contains(where: { $0.name == statement.newName }) {
            throw duplicateConstraint(statement.newName, relation.value)
        }
        var changed = relation.value
        changed.constraints[position].name = statement.newName
        switch changed.constraints[position].kind {
        case .primaryKey(let oid), .unique(let oid), .exclusion(let oid):
            try host.lockName(statement.newName, in: relation.namespace)
            if snapshot.relation(named: statement.newName, namespace: relation.namespace) != nil {
                throw SQLError(
                    .duplicateTable, "relation \"\(statement.newName)\" already exists")
            }
            if let index = snapshot.relation(oid) {
                var copy = index.value
                copy.name = statement.newName
                catalog.put(copy)
            }
        case .check: try renameCheckInPartitions(of: relation.oid, old, to: statement.newName)
        case .foreignKey: break
        }
        catalog.put(changed)
        return "ALTER TABLE"
    }

    private func renameCheckInPartitions(
        of table: OID, _ old: String, to newName: String
    ) throws(SQLError) {
        for oid in snapshot.relation(table)?.partitioning?.partitions ?? [] {
            let partition = try lockedRelation(oid, .accessExclusive)
            var changed = partition.value
            for index in changed.constraints.indices
            where changed.constraints[index].name == old && changed.constraints[index].isInherited {
                changed.constraints[index].name = newName
            }
            catalog.put(changed)
            try renameCheckInPartitions(of: oid, old, to: newName)
        }
    }

    private func renameSchema(_ statement: RenameStatement) throws(SQLError) -> String {
        let old = statement.subname ?? statement.object?.names.last ?? ""
        guard let found = snapshot.namespace(named: old) else {
            throw CatalogScope.undefinedSchema(old)
        }
        try host.lock(.namespace(found.oid))
        try host.lockName(statement.newName, in: .invalid)
        if snapshot.namespace(named: statement.newName) != nil {
            throw SQLError(
                .duplicateSchema, "schema \"\(statement.newName)\" already exists")
        }
        if !snapshot.isOwner(found.owner, user: host.user) {
            throw SQLError(.insufficientPrivilege, "must be owner of schema \(old)")
        }
        if statement.newName.hasPrefix("pg_") { throw reservedSchema(statement.newName) }
        var changed = found.value
        changed.name = statement.newName
        catalog.put(changed)
        return "ALTER SCHEMA"
    }

    // MARK: OWNER TO and SET SCHEMA

    func alterOwner(_ statement: AlterOwnerStatement) throws(SQLError) -> String {
        let owner = try roleOID(statement.newOwner)
        let words = DefinitionExecutor.words(statement.objectType)
        switch statement.objectType {
        case .schema:
            let name = statement.object?.names.last ?? ""
            guard let found = snapshot.namespace(named: name) else {
                throw CatalogScope.undefinedSchema(name)
            }
            if !snapshot.isOwner(found.owner, user: host.user) {
                throw SQLError(.insufficientPrivilege, "must be owner of schema \(name)")
            }
            try host.lock(.namespace(found.oid))
            catalog.put(found.value.owned(by: owner))
        case .database:
            let name = statement.object?.names.last ?? ""
            catalog.put(try ownedDatabase(name).owned(by: owner))
        case .type, .domain: try alterTypeOwner(statement)
        default:
            throw SQLError.notSupported("ALTER \(words.uppercased()) ... OWNER TO")
        }
        return "ALTER \(words.uppercased())"
    }

    /// A table takes its indexes and own sequences along.
    func changeOwner(of relation: Relation, to owner: OID) throws(SQLError) {
        if relation.kind == .sequence, let table = snapshot.owner(ofSequence: relation.oid) {
            let name = snapshot.relation(table.table)?.name ?? ""
            throw SQLError(
                .featureNotSupported, "cannot change owner of sequence \"\(relation.name)\""
            ).detail("Sequence \"\(relation.name)\" is linked to table \"\(name)\".")
        }
        if relation.kind == .index {
            throw SQLError(
                .wrongObjectType, "cannot change owner of index \"\(relation.name)\""
            ).hint("Change the ownership of the index's table instead.")
        }
        if !snapshot.hasPrivileges(of: owner, member: host.user) {
            let name = snapshot.role(owner)?.name ?? ""
            throw SQLError(.insufficientPrivilege, "must be member of role \"\(name)\"")
        }
        let parts = relation.indexes + snapshot.ownedSequences(of: relation.oid).map(\.sequence)
        for oid in [relation.oid] + parts {
            guard let part = snapshot.relation(oid) else { continue }
            var changed = part.value
            let before = changed.owner
            changed.privileges = changed.privileges?.replacing(owner: before, by: owner)
            changed.columnPrivileges = changed.columnPrivileges.mapValues {
                $0.replacing(owner: before, by: owner)
            }
            changed.owner = owner
            catalog.put(changed)
        }
    }

    func alterSchema(_ statement: AlterObjectSchemaStatement) throws(SQLError) -> String {
        let words = DefinitionExecutor.words(statement.objectType)
        let tag = "ALTER \(words.uppercased())"
        if statement.objectType == .type || statement.objectType == .domain {
            try alterTypeSchema(statement)
            return tag
        }
        guard
            let relation = try relationToAlter(statement.relation, ifExists: statement.ifExists)
        else {
            if statement.relation == nil { throw SQLError.notSupported("\(tag) ... SET SCHEMA") }
            return tag
        }
        try checkKind(relation.value, statement.objectType)
        if relation.kind == .sequence, let owner = snapshot.owner(ofSequence: relation.oid) {
            let name = snapshot.relation(owner.table)?.name ?? ""
            throw SQLError(
                .featureNotSupported, "cannot move an owned sequence into another schema"
            ).detail("Sequence \"\(relation.name)\" is linked to table \"\(name)\".")
        }
        let target = try scope.resolveNamespace(statement.newSchema)
        if !snapshot.hasRights(.create, onNamespace: target, user: host.user) {
            throw SQLError(
                .insufficientPrivilege, "permission denied for schema \(statement.newSchema)")
        }
        if target == relation.namespace { return tag }
        let isTemporary = snapshot.namespace(target)?.isTemporary == true
        if isTemporary || relation.persistence == .temporary {
            throw SQLError(
                .featureNotSupported, "cannot move objects into or out of temporary schemas")
        }
        let parts = relation.indexes + snapshot.ownedSequences(of: relation.oid).map(\.sequence)
        for oid in [relation.oid] + parts {
            guard let part = snapshot.relation(oid) else { continue }
            try move(part.value, to: target, schema: statement.newSchema)
        }
        return tag
    }

    private func move(_ relation: Relation, to target: OID, schema: String) throws(SQLError) {
        try host.lockName(relation.name, in: target)
        if snapshot.relation(named: relation.name, namespace: target) != nil {
            throw SQLError(
                .duplicateTable,
                "relation \"\(relation.name)\" already exists in schema \"\(schema)\"")
        }
        var changed = relation
        changed.namespace = target
        if changed.rowType.isValid {
            if snapshot.type(named: relation.name, namespace: target) != nil {
                throw SQLError(
                    .duplicateObject,
                    "type \"\(relation.name)\" already exists in schema \"\(schema)\"")
            }
            changed.rowArrayName = freeArrayName(for: relation.name, in: target)
        }
        catalog.put(changed)
        let address = ObjectAddress.relation(relation.oid)
        for dependency in snapshot.dependencies(of: address)
        where dependency.referenced.classID == SystemOID.namespace {
            catalog.removeDependency(dependency)
            catalog.addDependency(Dependency(address, on: .namespace(target), .normal))
        }
    }
}
