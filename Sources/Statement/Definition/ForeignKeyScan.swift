internal import Base
internal import Catalog
internal import Execute
internal import Functions
internal import Query
internal import Types

/// Looks through all rows of a foreign key's tables, as definitions have to: PostgreSQL's
/// RI_Initial_Check and RI_PartitionRemove_Check, by statements of the same kind.
struct ForeignKeyScan {
    private let constraint: Constraint
    private let key: Constraint.ForeignKey
    private let referencing: Relation
    private let referenced: Relation
    private let session: SessionState

    init(
        _ constraint: Constraint, of referencing: Shared<Relation>,
        to referenced: Shared<Relation>, _ session: SessionState
    ) throws(SQLError) {
        guard case .foreignKey(let key) = constraint.kind else {
            throw SQLError(.internalError, "a foreign key constraint is one")
        }
        self.constraint = constraint
        self.key = key
        self.referencing = referencing.value
        self.referenced = referenced.value
        self.session = session
    }

    /// - Throws: 23503 if a row refers to none.
    func validate() throws(SQLError) {
        let missing = key.columns.first.map { "pk.\(name($0, referenced)) IS NULL AND " } ?? ""
        let row = try firstRow(
            "SELECT \(columns) FROM \(table(referencing)) fk LEFT OUTER JOIN \(table(referenced)) pk ON "
                + "(\(condition)) WHERE \(missing)(\(isGiven(key.matchFull ? " OR " : " AND ")))")
        guard let row else { return }
        let error = SQLError(
            .foreignKeyViolation,
            "insert or update on table \"\(referencing.name)\" violates foreign key constraint \"\(constraint.name)\""
        ).with {
            $0.schemaName = session.catalog.snapshot.namespace(referencing.namespace)?.name
            $0.tableName = referencing.name
            $0.constraintName = constraint.name
        }
        if row.contains(where: { $0 == nil }) {
            throw error.detail("MATCH FULL does not allow mixing of null and nonnull key values.")
        }
        throw error.detail(
            "Key \(keyText(row)) is not present in table \"\(referenced.name)\".")
    }

    /// - Throws: 23503 if a row refers to one of the partition.
    func checkUnreferenced() throws(SQLError) {
        let row = try firstRow(
            "SELECT \(columns) FROM \(table(referencing)) fk JOIN \(table(referenced)) pk ON "
                + "(\(condition)) WHERE (\(isGiven(" AND ")))")
        guard let row else { return }
        throw SQLError(
            .foreignKeyViolation,
            "removing partition \"\(referenced.name)\" violates foreign key constraint \"\(constraint.name)\""
        ).with {
            $0.detail =
                "Key \(keyText(row)) is still referenced from table \"\(referencing.name)\"."
            $0.schemaName = session.catalog.snapshot.namespace(referencing.namespace)?.name
            $0.tableName = referencing.name
            $0.constraintName = constraint.name
        }
    }

    // MARK: Text

    private func name(_ column: Int, _ relation: Relation) -> String {
        Identifier.quote(relation.columns[column].name)
    }

    private func table(_ relation: Relation) -> String {
        let schema = session.catalog.snapshot.namespace(relation.namespace)?.name ?? ""
        return (relation.kind == .partitionedTable ? "" : "ONLY ")
            + Identifier.quote(qualified: [schema, relation.name])
    }

    private var columns: String {
        constraint.columns.map { "fk.\(name($0, referencing))" }.joined(separator: ", ")
    }

    private var condition: String {
        zip(constraint.columns, key.columns).map {
            "pk.\(name($1, referenced)) OPERATOR(pg_catalog.=) fk.\(name($0, referencing))"
        }.joined(separator: " AND ")
    }

    private func isGiven(_ junction: String) -> String {
        constraint.columns.map { "fk.\(name($0, referencing)) IS NOT NULL" }
            .joined(separator: junction)
    }

    private func keyText(_ row: [String?]) -> String {
        let names = constraint.columns.map { referencing.columns[$0].name }
        return "(\(names.joined(separator: ", ")))=(\(row.map { $0 ?? "null" }.joined(separator: ", ")))"
    }

    // MARK: Running

    /// The values of the first row that a query gives, as text.
    private func firstRow(_ text: String) throws(SQLError) -> [String?]? {
        guard let planStatement = session.planStatement else {
            throw SQLError(.internalError, "a session has an analyzer")
        }
        let plan = try planStatement(text, [])
        return try session.withNewestSnapshot { () throws(SQLError) in
            let execution = try Execution.startOwn(plan, session: session)
            defer { execution.close() }
            guard let batch = try execution.next() else { return nil }
            return constraint.columns.enumerated().map { position, column in
                let value = batch.columns[position][0]
                return value.isNull
                    ? nil
                    : TypeIO.text(
                        value, type: referencing.columns[column].type.oid,
                        context: session.functions.types)
            }
        }
    }
}
