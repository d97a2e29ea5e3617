internal import Analyze
internal import Base
internal import Catalog
internal import Engine
internal import Parse
internal import Query
internal import Types

/// ALTER TABLE and, where the grammar gives them the same form, ALTER INDEX, SEQUENCE and VIEW.
extension DefinitionExecutor {
    func alterTable(_ statement: AlterTableStatement) throws(SQLError) -> String {
        let name = statement.relation
        let words = DefinitionExecutor.words(statement.objectType)
        let tag = "ALTER \(words.uppercased())"
        if statement.ifExists,
            try scope.findRelation(catalog: name.catalog, schema: name.schema, name: name.name)
                == nil
        {
            notice(.successfulCompletion, "relation \"\(name.name)\" does not exist, skipping")
            return tag
        }
        let relation = try lockedRelation(name, .accessExclusive)
        try checkOwner(relation.value)
        if statement.objectType != .table, !matches(relation.kind, statement.objectType) {
            throw SQLError(
                .wrongObjectType, "\"\(relation.name)\" is not \(article(words))")
        }
        if relation.kind == .compositeType, statement.objectType == .table {
            throw SQLError(.wrongObjectType, "\"\(relation.name)\" is a composite type")
                .hint("Use ALTER TYPE instead.")
        }
        try host.requireNoPendingChecks(relation.value, for: "ALTER TABLE")
        try checkPersistenceChanges(statement.commands, of: relation.value)
        // PostgreSQL's passes: what drops comes first, then types, then what adds.
        let ordered = statement.commands.enumerated().sorted {
            ($0.element.pass, $0.offset) < ($1.element.pass, $1.offset)
        }
        for (_, command) in ordered {
            guard let current = snapshot.relation(relation.oid) else { break }
            try checkInheritance(command, on: current, isOnly: !name.inherits)
            try run(command, on: current, isOnly: !name.inherits)
            if command.isInherited { try pass(command, toPartitionsOf: current.oid) }
        }
        return tag
    }

    func run(
        _ command: AlterTableCommand, on relation: Shared<Relation>, isOnly: Bool = false
    ) throws(SQLError) {
        switch command {
        case .attachPartition(let name, nil) where relation.kind == .partitionedIndex:
            return try attach(index: name, to: relation)
        case .changeOwner(let role):
            try changeOwner(of: relation.value, to: try roleOID(role))
            return
        case .setOptions(let options):
            var changed = relation.value
            let new =
                relation.kind == .view ? try viewOptions(options) : try tableOptions(options)
            changed.options.removeAll { old in
                new.contains { $0.prefix { $0 != "=" } == old.prefix { $0 != "=" } }
            }
            changed.options += new
            catalog.put(changed)
            return
        case .resetOptions(let options):
            var changed = relation.value
            changed.options.removeAll { old in
                options.contains { $0.name == String(old.prefix { $0 != "=" }) }
            }
            catalog.put(changed)
            return
        case .setLogged where relation.kind == .sequence:
            return try changePersistence(of: relation.value, to: .permanent)
        case .setUnlogged where relation.kind == .sequence:
            return try changePersistence(of: relation.value, to: .unlogged)
        case .columnDefault(let name, let syntax) where relation.kind == .view:
            return try changeDefault(of: name, to: syntax, in: relation)
        default: break
        }
        if relation.kind == .compositeType {
            return try alterAttributes(command, of: relation)
        }
        guard
            relation.kind == .table || relation.kind == .partitionedTable
                || (relation.kind == .materializedView && command.isOfStorage)
        else {
            throw SQLError(
                .wrongObjectType,
                "ALTER action \(command.words) cannot be performed on relation \"\(relation.name)\""
            ).detail(unsupportedKindDetail(relation.kind))
        }
        try checkNotTyped(command, relation.value)
        switch command {
        case .addOf(let type): try setType(type, of: relation)
        case .dropOf: try dropType(of: relation)
        case .addColumn(let definition, let ifNotExists):
            try addColumn(definition, ifNotExists: ifNotExists, to: relation)
        case .dropColumn(let name, let behavior, let ifExists):
            try dropColumn(name, behavior, ifExists: ifExists, of: relation)
        case .columnDefault(let name, let syntax):
            try changeDefault(of: name, to: syntax, in: relation)
        case .setNotNull(let name): try setNotNull(name, in: relation)
        case .dropNotNull(let name): try dropNotNull(name, in: relation)
        case .alterColumnType(let name, let definition):
            try changeType(of: name, to: definition, in: relation)
        case .addConstraint(let definition):
            var changed = relation.value
            try add([definition], to: &changed, isNew: false, isOnly: isOnly)
        case .dropConstraint(let name, let behavior, let ifExists):
            try dropConstraint(name, behavior, ifExists: ifExists, of: relation)
        case .alterConstraint(let definition): try alterConstraint(definition, of: relation)
        case .validateConstraint(let name): try validateConstraint(name, of: relation)
        case .addIdentity(let name, let definition):
            try addIdentity(definition, to: name, in: relation)
        case .setIdentity(let name, let options): try setIdentity(options, of: name, in: relation)
        case .dropIdentity(let name, let ifExists):
            try dropIdentity(of: name, ifExists: ifExists, in: relation)
        case .dropExpression(let name, let ifExists):
            try dropExpression(of: name, ifExists: ifExists, in: relation)
        case .attachPartition(let name, let bound):
            try attachPartition(name, bound, to: relation)
        case .detachPartition(let name, let isConcurrent):
            try detachPartition(name, isConcurrent: isConcurrent, from: relation)
        case .finalizeDetachPartition(let name): try finalizeDetachment(name, from: relation)
        case .setStatistics, .setColumnOptions, .resetColumnOptions, .setStorage, .clusterOn,
            .dropCluster, .replicaIdentity, .enableTrigger, .disableTrigger:
            try mark(command, relation)
        case .setCompression(let name, _): _ = try columnIndex(name, of: relation.value)
        case .dropOIDs: break
        case .setLogged: try changePersistence(of: relation.value, to: .permanent)
        case .setUnlogged: try changePersistence(of: relation.value, to: .unlogged)
        case .setTablespace(let name):
            if name != "pg_default" {
                throw SQLError(.undefinedObject, "tablespace \"\(name)\" does not exist")
            }
        default:
            throw SQLError.notSupported("ALTER TABLE ... \(command.words)")
        }
    }

    // MARK: Constraints

    private func dropConstraint(
        _ name: String, _ behavior: DropBehavior, ifExists: Bool, of relation: Shared<Relation>
    ) throws(SQLError) {
        guard let constraint = relation.constraints.first(where: { $0.name == name }) else {
            let message =
                "constraint \"\(name)\" of relation \"\(relation.name)\" does not exist"
            if !ifExists { throw SQLError(.undefinedObject, message) }
            notice(.successfulCompletion, message + ", skipping")
            return
        }
        if relation.value.isReferencedPart(constraint) {
            throw SQLError(
                .invalidTableDefinition,
                "cannot drop inherited constraint \"\(name)\" of relation \"\(relation.name)\"")
        }
        try remove([.constraint(constraint.oid)], behavior)
    }

    /// ALTER CONSTRAINT: whether a foreign key can be deferred, and is.
    private func alterConstraint(
        _ definition: ConstraintDefinition, of relation: Shared<Relation>
    ) throws(SQLError) {
        let name = definition.name ?? ""
        guard let constraint = relation.constraints.first(where: { $0.name == name }) else {
            throw SQLError(
                .undefinedObject,
                "constraint \"\(name)\" of relation \"\(relation.name)\" does not exist")
        }
        guard case .foreignKey = constraint.kind else {
            throw SQLError(
                .wrongObjectType,
                "constraint \"\(name)\" of relation \"\(relation.name)\" is not a foreign key constraint"
            )
        }
        if let oid = constraint.parent, let (table, parent) = snapshot.constraint(oid) {
            throw SQLError(
                .internalError,
                "cannot alter constraint \"\(name)\" on relation \"\(relation.name)\""
            ).detail(
                "Constraint \"\(name)\" is derived from constraint \"\(parent.name)\" of relation \"\(table.name)\"."
            ).hint("You may alter the constraint it derives from, instead.")
        }
        try setDeferral(
            of: constraint.oid, on: relation.oid, definition.isDeferrable,
            definition.isInitiallyDeferred)
    }

    /// Sets it of a constraint and of those that come from it.
    private func setDeferral(
        of constraint: OID, on table: OID, _ isDeferrable: Bool, _ isDeferred: Bool
    ) throws(SQLError) {
        var changed = try lockedRelation(table, .accessExclusive).value
        guard let index = changed.constraints.firstIndex(where: { $0.oid == constraint }) else {
            return
        }
        changed.constraints[index].isDeferrable = isDeferrable
        changed.constraints[index].isDeferred = isDeferred
        catalog.put(changed)
        for relation in snapshot.relations {
            for part in relation.constraints where part.parent == constraint {
                try setDeferral(of: part.oid, on: relation.oid, isDeferrable, isDeferred)
            }
        }
    }

    private func validateConstraint(
        _ name: String, of relation: Shared<Relation>
    ) throws(SQLError) {
        guard let index = relation.constraints.firstIndex(where: { $0.name == name }) else {
            throw SQLError(
                .undefinedObject,
                "constraint \"\(name)\" of relation \"\(relation.name)\" does not exist")
        }
        let constraint = relation.constraints[index]
        if constraint.isValidated { return }
        switch constraint.kind {
        case .check(let stored):
            let predicate = try analyzer().storedExpression(stored, of: relation)
                .knowing(relation.value)
            if relation.kind == .table {
                try host.validate(
                    relation, checks: [TableChecks.Check(name: name, predicate: predicate)],
                    notNull: [])
            }
        case .foreignKey where relation.kind == .partitionedTable: break
        case .foreignKey: try validate(constraint, of: relation.value)
        case .primaryKey, .unique, .exclusion: return
        }
        var changed = relation.value
        changed.constraints[index].isValidated = true
        catalog.put(changed)
    }
}

extension AlterTableCommand {
    /// The order in which PostgreSQL carries out the actions of one statement.
    fileprivate var pass: Int {
        switch self {
        case .dropColumn, .dropConstraint, .dropNotNull, .dropIdentity, .dropExpression: 0
        case .alterColumnType: 1
        case .addColumn: 2
        case .addIdentity, .setIdentity, .columnDefault: 3
        case .setNotNull: 4
        case .addConstraint(let definition):
            switch definition.kind {
            case .primary, .unique: 5
            case .foreign: 7
            default: 6
            }
        default: 8
        }
    }

    /// It says how rows are kept, not what they are: what materialized views have as well.
    fileprivate var isOfStorage: Bool {
        switch self {
        case .setStatistics, .setColumnOptions, .resetColumnOptions, .setStorage, .setCompression,
            .clusterOn, .dropCluster, .setTablespace, .setAccessMethod:
            true
        default: false
        }
    }

    /// The action in the words of error messages.
    var words: String {
        switch self {
        case .addColumn: "ADD COLUMN"
        case .columnDefault(_, let value):
            value == nil ? "ALTER COLUMN ... DROP DEFAULT" : "ALTER COLUMN ... SET DEFAULT"
        case .dropNotNull: "ALTER COLUMN ... DROP NOT NULL"
        case .setNotNull: "ALTER COLUMN ... SET NOT NULL"
        case .dropExpression: "ALTER COLUMN ... DROP EXPRESSION"
        case .setStatistics: "ALTER COLUMN ... SET STATISTICS"
        case .setColumnOptions: "ALTER COLUMN ... SET"
        case .resetColumnOptions: "ALTER COLUMN ... RESET"
        case .setStorage: "ALTER COLUMN ... SET STORAGE"
        case .setCompression: "ALTER COLUMN ... SET COMPRESSION"
        case .dropColumn: "DROP COLUMN"
        case .addConstraint: "ADD CONSTRAINT"
        case .alterConstraint: "ALTER CONSTRAINT"
        case .validateConstraint: "VALIDATE CONSTRAINT"
        case .dropConstraint: "DROP CONSTRAINT"
        case .alterColumnType: "ALTER COLUMN ... SET DATA TYPE"
        case .changeOwner: "OWNER TO"
        case .clusterOn: "CLUSTER ON"
        case .dropCluster: "SET WITHOUT CLUSTER"
        case .setLogged: "SET LOGGED"
        case .setUnlogged: "SET UNLOGGED"
        case .dropOIDs: "SET WITHOUT OIDS"
        case .setAccessMethod: "SET ACCESS METHOD"
        case .setTablespace: "SET TABLESPACE"
        case .setOptions: "SET"
        case .resetOptions: "RESET"
        case .enableTrigger(let which, _): "ENABLE TRIGGER\(which.words)"
        case .disableTrigger(let which): "DISABLE TRIGGER\(which.words)"
        case .enableRule: "ENABLE RULE"
        case .disableRule: "DISABLE RULE"
        case .addInherit: "INHERIT"
        case .dropInherit: "NO INHERIT"
        case .addOf: "OF"
        case .dropOf: "NOT OF"
        case .replicaIdentity: "REPLICA IDENTITY"
        case .rowSecurity(.enable): "ENABLE ROW SECURITY"
        case .rowSecurity(.disable): "DISABLE ROW SECURITY"
        case .rowSecurity(.force): "FORCE ROW SECURITY"
        case .rowSecurity(.noForce): "NO FORCE ROW SECURITY"
        case .attachPartition: "ATTACH PARTITION"
        case .detachPartition: "DETACH PARTITION"
        case .finalizeDetachPartition: "DETACH PARTITION ... FINALIZE"
        case .addIdentity: "ALTER COLUMN ... ADD IDENTITY"
        case .setIdentity: "ALTER COLUMN ... SET"
        case .dropIdentity: "ALTER COLUMN ... DROP IDENTITY"
        case .unsupported(let words): words
        }
    }
}

extension AlterTableCommand.TriggerSelection {
    /// What follows TRIGGER in the words of error messages.
    fileprivate var words: String {
        switch self {
        case .all: " ALL"
        case .user: " USER"
        case .named: ""
        }
    }
}
