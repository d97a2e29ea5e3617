/// Command tags: what CommandComplete says, without row counts (`CreateCommandTag`).
extension SyntaxStatement {
    /// "SELECT", "CREATE TABLE", "ROLLBACK PREPARED" … CREATE TABLE AS and EXECUTE complete with the tag
    /// of the query they ran instead ("SELECT 5").
    public var commandTag: String {
        switch self {
        case .select: "SELECT"
        case .insert: "INSERT"
        case .update: "UPDATE"
        case .delete: "DELETE"
        case .merge: "MERGE"
        case .copy: "COPY"
        case .truncate: "TRUNCATE TABLE"
        case .createTable: "CREATE TABLE"
        case .createTableAs(let create):
            create.objectType == .materializedView
                ? "CREATE MATERIALIZED VIEW" : "CREATE TABLE AS"
        case .alterTable(let alter): "ALTER " + alter.objectType.alteredName
        case .createIndex: "CREATE INDEX"
        case .createSequence: "CREATE SEQUENCE"
        case .alterSequence: "ALTER SEQUENCE"
        case .createView: "CREATE VIEW"
        case .refreshMaterializedView: "REFRESH MATERIALIZED VIEW"
        case .createStatistics: "CREATE STATISTICS"
        case .createRule: "CREATE RULE"
        case .createTrigger: "CREATE TRIGGER"
        case .createPolicy: "CREATE POLICY"
        case .alterPolicy: "ALTER POLICY"
        case .drop(let drop): "DROP " + drop.objectType.commandName
        case .rename(let rename):
            "ALTER "
                + (rename.objectType == .column ? rename.relationType : rename.objectType)
                .alteredName
        case .alterOwner(let alter): "ALTER " + alter.objectType.alteredName
        case .alterObjectSchema(let alter): "ALTER " + alter.objectType.alteredName
        case .comment: "COMMENT"
        case .createSchema: "CREATE SCHEMA"
        case .createDomain: "CREATE DOMAIN"
        case .alterDomain: "ALTER DOMAIN"
        case .createEnum, .createCompositeType, .createRange: "CREATE TYPE"
        case .alterEnum: "ALTER TYPE"
        case .define(let define): "CREATE " + define.objectType.commandName
        case .createCast: "CREATE CAST"
        case .createFunction(let create):
            create.isProcedure ? "CREATE PROCEDURE" : "CREATE FUNCTION"
        case .alterFunction(let alter): "ALTER " + alter.objectType.alteredName
        case .createExtension: "CREATE EXTENSION"
        case .createTablespace: "CREATE TABLESPACE"
        case .dropTablespace: "DROP TABLESPACE"
        case .createDatabase: "CREATE DATABASE"
        case .alterDatabase, .alterDatabaseSet: "ALTER DATABASE"
        case .dropDatabase: "DROP DATABASE"
        case .createRole: "CREATE ROLE"
        case .alterRole, .alterRoleSet: "ALTER ROLE"
        case .dropRole: "DROP ROLE"
        case .grant(let grant): grant.isGrant ? "GRANT" : "REVOKE"
        case .grantRole(let grant): grant.isGrant ? "GRANT ROLE" : "REVOKE ROLE"
        case .alterDefaultPrivileges: "ALTER DEFAULT PRIVILEGES"
        case .dropOwned: "DROP OWNED"
        case .reassignOwned: "REASSIGN OWNED"
        case .createPublication: "CREATE PUBLICATION"
        case .alterPublication: "ALTER PUBLICATION"
        case .createSubscription: "CREATE SUBSCRIPTION"
        case .alterSubscription: "ALTER SUBSCRIPTION"
        case .dropSubscription: "DROP SUBSCRIPTION"
        case .transaction(let transaction): transaction.kind.commandTag
        case .variableSet(let set): set.kind == .reset || set.kind == .resetAll ? "RESET" : "SET"
        case .variableShow: "SHOW"
        case .prepare: "PREPARE"
        case .execute: "EXECUTE"
        case .deallocate(let name): name == nil ? "DEALLOCATE ALL" : "DEALLOCATE"
        case .declareCursor: "DECLARE CURSOR"
        case .fetch(let fetch): fetch.isMove ? "MOVE" : "FETCH"
        case .closePortal(let name): name == nil ? "CLOSE CURSOR ALL" : "CLOSE CURSOR"
        case .discard(let target): target.commandTag
        case .constraintsSet: "SET CONSTRAINTS"
        case .lock: "LOCK TABLE"
        case .notify: "NOTIFY"
        case .listen: "LISTEN"
        case .unlisten: "UNLISTEN"
        case .call: "CALL"
        case .doBlock: "DO"
        case .returnValue: "SELECT"
        case .explain: "EXPLAIN"
        case .vacuum(let vacuum): vacuum.isVacuum ? "VACUUM" : "ANALYZE"
        case .cluster: "CLUSTER"
        case .reindex: "REINDEX"
        case .checkpoint: "CHECKPOINT"
        case .load: "LOAD"
        case .alterSystem: "ALTER SYSTEM"
        case .unsupported(let command): command
        }
    }
}

extension TransactionStatement.Kind {
    fileprivate var commandTag: String {
        switch self {
        case .begin: "BEGIN"
        case .start: "START TRANSACTION"
        case .commit: "COMMIT"
        case .rollback, .rollbackTo: "ROLLBACK"
        case .savepoint: "SAVEPOINT"
        case .release: "RELEASE"
        case .prepare: "PREPARE TRANSACTION"
        case .commitPrepared: "COMMIT PREPARED"
        case .rollbackPrepared: "ROLLBACK PREPARED"
        }
    }
}

extension DiscardTarget {
    fileprivate var commandTag: String {
        switch self {
        case .all: "DISCARD ALL"
        case .plans: "DISCARD PLANS"
        case .sequences: "DISCARD SEQUENCES"
        case .temporary: "DISCARD TEMP"
        }
    }
}

extension ObjectType {
    /// The words that SQL uses for the kind: "TABLE", "MATERIALIZED VIEW" …
    public var commandName: String {
        switch self {
        case .accessMethod: "ACCESS METHOD"
        case .aggregate: "AGGREGATE"
        case .accessMethodOperator, .accessMethodProcedure: "OPERATOR FAMILY"
        case .attribute: "ATTRIBUTE"
        case .cast: "CAST"
        case .column: "COLUMN"
        case .collation: "COLLATION"
        case .conversion: "CONVERSION"
        case .database: "DATABASE"
        case .default: "DEFAULT"
        case .defaultPrivileges: "DEFAULT PRIVILEGES"
        case .domain: "DOMAIN"
        case .domainConstraint, .tableConstraint: "CONSTRAINT"
        case .eventTrigger: "EVENT TRIGGER"
        case .extension: "EXTENSION"
        case .foreignDataWrapper: "FOREIGN DATA WRAPPER"
        case .foreignServer: "SERVER"
        case .foreignTable: "FOREIGN TABLE"
        case .function: "FUNCTION"
        case .index: "INDEX"
        case .language: "LANGUAGE"
        case .largeObject: "LARGE OBJECT"
        case .materializedView: "MATERIALIZED VIEW"
        case .operatorClass: "OPERATOR CLASS"
        case .operator: "OPERATOR"
        case .operatorFamily: "OPERATOR FAMILY"
        case .parameterPrivileges: "PARAMETER"
        case .policy: "POLICY"
        case .procedure: "PROCEDURE"
        case .publication, .publicationNamespace, .publicationRelation: "PUBLICATION"
        case .role: "ROLE"
        case .routine: "ROUTINE"
        case .rule: "RULE"
        case .schema: "SCHEMA"
        case .sequence: "SEQUENCE"
        case .subscription: "SUBSCRIPTION"
        case .extendedStatistics: "STATISTICS"
        case .table: "TABLE"
        case .tablespace: "TABLESPACE"
        case .transform: "TRANSFORM"
        case .trigger: "TRIGGER"
        case .textSearchConfiguration: "TEXT SEARCH CONFIGURATION"
        case .textSearchDictionary: "TEXT SEARCH DICTIONARY"
        case .textSearchParser: "TEXT SEARCH PARSER"
        case .textSearchTemplate: "TEXT SEARCH TEMPLATE"
        case .type: "TYPE"
        case .userMapping: "USER MAPPING"
        case .view: "VIEW"
        }
    }

    /// The object that ALTER names when it changes one of this kind.
    fileprivate var alteredName: String {
        if self == .column || self == .tableConstraint { return "TABLE" }
        if self == .attribute { return "TYPE" }
        return self == .domainConstraint ? "DOMAIN" : commandName
    }
}
