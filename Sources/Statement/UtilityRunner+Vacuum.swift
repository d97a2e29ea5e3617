internal import Base
internal import Catalog
internal import Execute
internal import Parse
internal import Query

/// VACUUM and ANALYZE.
extension UtilityRunner {
    /// There is nothing to reclaim before data outlives memory: VACUUM does what ANALYZE adds to it.
    func runVacuum(_ vacuum: VacuumStatement) throws(SQLError) -> RunningStatement {
        let verb = vacuum.isVacuum ? "VACUUM" : "ANALYZE"
        let analyzes = try analyzes(vacuum)
        if !analyzes, vacuum.relations.contains(where: { !$0.columns.isEmpty }) {
            throw SQLError(
                .featureNotSupported,
                "ANALYZE option must be specified when a column list is provided")
        }
        let collector = StatisticsCollector(session)
        if vacuum.relations.isEmpty {
            for relation in session.catalog.snapshot.relations
            where (relation.kind.keepsRows || relation.kind == .partitionedTable)
                && mayMaintain(relation.value)
            {
                if analyzes { try collector.analyze(relation) }
                note(relation.oid, vacuum, analyzes)
            }
            collector.forgetDropped()
        }
        for target in vacuum.relations {
            let name = target.relation
            let relation = try session.scope.resolveRelation(
                catalog: name.catalog, schema: name.schema, name: name.name)
            let columns = try columns(target.columns, of: relation.value)
            guard relation.kind.keepsRows || relation.kind == .partitionedTable else {
                session.notice(
                    SQLError(
                        .warning,
                        "skipping \"\(relation.name)\" --- cannot "
                            + (vacuum.isVacuum
                                ? "vacuum non-tables or special system tables"
                                : "analyze non-tables or special system tables"),
                        severity: .warning))
                continue
            }
            guard mayMaintain(relation.value) else {
                session.notice(
                    SQLError(
                        .warning,
                        "skipping \"\(relation.name)\" --- only table or database owner can "
                            + "\(verb.lowercased()) it",
                        severity: .warning))
                continue
            }
            if analyzes { try collector.analyze(relation, columns: columns) }
            note(relation.oid, vacuum, analyzes)
        }
        if analyzes { session.database.statistics.noteAnalysis() }
        return RunningStatement(done: verb)
    }

    private func note(_ relation: OID, _ vacuum: VacuumStatement, _ analyzes: Bool) {
        session.database.sessions.noteMaintenance(
            of: relation, in: session.database.oid, isVacuum: vacuum.isVacuum,
            isAnalysis: analyzes)
    }

    private func analyzes(_ vacuum: VacuumStatement) throws(SQLError) -> Bool {
        var result = !vacuum.isVacuum
        let known: Set<String> =
            vacuum.isVacuum
            ? [
                "verbose", "skip_locked", "analyze", "freeze", "full", "disable_page_skipping",
                "index_cleanup", "process_toast", "truncate", "parallel",
            ] : ["verbose", "skip_locked"]
        for option in vacuum.options {
            guard known.contains(option.name) else {
                throw SQLError(
                    .syntaxError, "unrecognized \(vacuum.isVacuum ? "VACUUM" : "ANALYZE") option "
                        + "\"\(option.name)\""
                ).at(position: position(option.location))
            }
            switch option.name {
            case "parallel": try checkWorkers(option)
            case "index_cleanup":
                if option.textValue?.lowercased() != "auto" { _ = try option.booleanValue() }
            case "analyze": result = try option.booleanValue()
            default: _ = try option.booleanValue()
            }
        }
        try checkFull(vacuum.options)
        return result
    }

    private func checkWorkers(_ option: DefinitionElement) throws(SQLError) {
        let most = 1024
        if case .none = option.value {
            throw SQLError(
                .syntaxError, "parallel option requires a value between 0 and \(most)"
            ).at(position: position(option.location))
        }
        guard let text = option.textValue, let count = Int32(text) else {
            throw SQLError(.syntaxError, "parallel requires an integer value")
        }
        if count < 0 || count > most {
            throw SQLError(
                .syntaxError, "parallel workers for vacuum must be between 0 and \(most)"
            ).at(position: position(option.location))
        }
    }

    /// What VACUUM (FULL) does not go together with.
    private func checkFull(_ options: [DefinitionElement]) throws(SQLError) {
        func last(_ name: String) -> DefinitionElement? { options.last { $0.name == name } }
        guard try last("full")?.booleanValue() == true else { return }
        if let workers = last("parallel")?.textValue, workers != "0" {
            throw SQLError(
                .featureNotSupported, "VACUUM FULL cannot be performed in parallel")
        }
        if try last("disable_page_skipping")?.booleanValue() == true {
            throw SQLError(
                .featureNotSupported,
                "VACUUM option DISABLE_PAGE_SKIPPING cannot be used with FULL")
        }
        if try last("process_toast")?.booleanValue() == false {
            throw SQLError(
                .featureNotSupported, "PROCESS_TOAST required with VACUUM FULL")
        }
    }

    func position(_ location: Int) -> Int? {
        text.span.bytes.withUnsafeBytes {
            Parser.characterPosition(ofByteOffset: location, in: $0)
        }
    }

    private func columns(
        _ names: [String], of table: Relation
    ) throws(SQLError) -> Set<Int>? {
        if names.isEmpty { return nil }
        var result: Set<Int> = []
        for name in names {
            guard
                let column = table.columns.firstIndex(where: { $0.name == name && !$0.isDropped })
            else {
                throw SQLError(
                    .undefinedColumn,
                    "column \"\(name)\" of relation \"\(table.name)\" does not exist")
            }
            guard result.insert(column).inserted else {
                throw SQLError(
                    .duplicateColumn,
                    "column \"\(name)\" of relation \"\(table.name)\" appears more than once")
            }
        }
        return result
    }

    /// The table's owner, the database's, and superusers.
    private func mayMaintain(_ table: Relation) -> Bool {
        let snapshot = session.catalog.snapshot
        return snapshot.isOwner(table.owner, user: session.user)
            || snapshot.database(session.database.oid).map {
                snapshot.isOwner($0.value.owner, user: session.user)
            } ?? false
    }
}
