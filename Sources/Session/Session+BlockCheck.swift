internal import Base
internal import Execute
internal import Parse
internal import Statement

/// Statements whose effect no transaction can take back run by themselves.
extension Session {
    /// - Throws: 25001 inside a transaction block, or among several statements of one query; 25P01
    ///   for LOCK outside of one. SET CONSTRAINTS outside of one only gets a warning.
    func checkOutsideBlock(_ prepared: PreparedStatement) throws(SQLError) {
        if prepared.isPlanned { return }
        if block != .open, block != .implicit, case .lock = prepared.statement {
            throw SQLError(
                .noActiveSqlTransaction, "LOCK TABLE can only be used in transaction blocks")
        }
        if block == .started, case .constraintsSet = prepared.statement {
            state.notices.append(
                SQLError(
                    .noActiveSqlTransaction,
                    "SET CONSTRAINTS can only be used in transaction blocks", severity: .warning))
        }
        guard block != .started, let command = Session.commandOutsideBlocks(prepared.statement)
        else { return }
        throw SQLError(
            .activeSqlTransaction, "\(command) cannot run inside a transaction block")
    }

    private static func commandOutsideBlocks(_ statement: SyntaxStatement) -> String? {
        switch statement {
        case .alterSystem: "ALTER SYSTEM"
        case .alterTable(let alter) where alter.commands.contains(where: \.isConcurrentDetachment):
            "ALTER TABLE ... DETACH CONCURRENTLY"
        case .createDatabase: "CREATE DATABASE"
        case .dropDatabase: "DROP DATABASE"
        case .vacuum(let vacuum) where vacuum.isVacuum: "VACUUM"
        case .createIndex(let create) where create.isConcurrent: "CREATE INDEX CONCURRENTLY"
        case .drop(let drop) where drop.isConcurrent: "DROP INDEX CONCURRENTLY"
        case .cluster(let cluster) where cluster.relation == nil: "CLUSTER"
        case .reindex(let reindex):
            reindex.kind == .schema
                ? "REINDEX SCHEMA"
                : reindex.kind == .system
                    ? "REINDEX SYSTEM"
                    : reindex.kind == .database
                        ? "REINDEX DATABASE"
                        : reindex.options.contains { $0.name == "concurrently" }
                            ? "REINDEX CONCURRENTLY" : nil
        default: nil
        }
    }
}

extension AlterTableCommand {
    fileprivate var isConcurrentDetachment: Bool {
        if case .detachPartition(_, isConcurrent: true) = self { true } else { false }
    }
}
