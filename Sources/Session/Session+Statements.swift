internal import Base
internal import Catalog
internal import Execute
internal import Functions
internal import Parse
internal import Protocol
internal import Query
internal import Sequences
internal import Statement
internal import Types

/// The statements that the session runs itself: transactions, settings, prepared statements.
extension Session {
    /// The columns that such a statement returns; nil for none.
    func sessionColumns(_ statement: SyntaxStatement) throws(SQLError) -> [OutputColumn]? {
        switch statement {
        case .variableShow(let name):
            if name == "all" {
                return ["name", "setting", "description"].map {
                    OutputColumn(name: $0, type: .text)
                }
            }
            return [OutputColumn(name: try settings.show(name).name, type: .text)]
        case .execute(let statement):
            return withBytes(statement.name) { statements[$0] }?.columns
        case .fetch(let statement):
            return statement.isMove ? nil : cursorColumns(statement.portalName)
        default: return nil
        }
    }

    /// Runs it: `portal` is at its end afterwards, except for EXECUTE and SHOW.
    func runSessionStatement(
        _ statement: SyntaxStatement, _ portal: Portal
    ) throws(SQLError) {
        portal.phase = .finished
        switch statement {
        case .transaction(let statement): portal.tag = .done(try runTransaction(statement))
        case .variableSet(let statement): portal.tag = .done(try runSet(statement))
        case .variableShow(let name):
            portal.start(RunningStatement(tag: "SHOW", batch: try showRows(name)))
        case .prepare(let statement):
            try runPrepare(statement)
            portal.tag = .done("PREPARE")
        case .execute(let statement): try runExecute(statement, portal)
        case .deallocate(let name): portal.tag = .done(try runDeallocate(name))
        case .discard(let target): portal.tag = .done(try runDiscard(target, portal))
        case .fetch(let statement): try runFetch(statement, portal)
        case .closePortal(let name): portal.tag = .done(try runClose(name, portal))
        case .notify(let channel, let payload):
            try state.notifications.notify(
                channel: Array(channel.utf8), payload: Array((payload ?? "").utf8))
            portal.tag = .done("NOTIFY")
        case .listen(let channel):
            state.notifications.listen(Array(channel.utf8))
            portal.tag = .done("LISTEN")
        case .unlisten(let channel):
            state.notifications.unlisten(channel.map { Array($0.utf8) })
            portal.tag = .done("UNLISTEN")
        default: invariant(false, "isSessionStatement names the cases above")
        }
    }

    // MARK: - Settings

    var statementTimeoutMilliseconds: Int { settings.typed.statementTimeoutMilliseconds }
    var logMinimumDurationMilliseconds: Int { settings.typed.logMinDurationMilliseconds }

    /// Whether client_min_messages lets a notice through.
    func isWanted(_ notice: SQLError) -> Bool {
        func rank(_ severity: SQLError.Severity) -> Int {
            switch severity {
            case .debug: 0
            case .log: 1
            case .notice: 2
            case .warning: 3
            case .info, .error, .fatal, .panic: 4
            }
        }
        let minimum: Int =
            switch settings.typed.clientMinMessages {
            case "log": 1
            case "notice": 2
            case "warning": 3
            case "error": 4
            default: 0
            }
        return rank(notice.severity) >= minimum
    }

    /// ParameterStatus for what has changed since the last time.
    func reportSettings() {
        for (name, value) in settings.takeChangedReports() {
            output.bytes.appendParameterStatus(name: name, value: value)
            if name == "client_encoding" { chooseClientText(value) }
            if name == "application_name" { record.setApplicationName(value) }
        }
    }

    private func showRows(_ name: String) throws(SQLError) -> Batch {
        guard name == "all" else { return texts([[try settings.show(name).text]]) }
        return texts(
            Settings.definitions.filter { !$0.isHidden }
                .sorted { $0.name.lowercased() < $1.name.lowercased() }
                .map { [$0.name, settings.text($0), $0.description] })
    }

    /// At most a batch of rows.
    private func texts(_ rows: [[String]]) -> Batch {
        let batch = Batch(rows.first?.map { _ in .bytes } ?? [])
        let arena = state.functions.stateArena
        for (row, texts) in rows.prefix(batchRowsMax).enumerated() {
            for (column, text) in texts.enumerated() {
                batch.columns[column].set(
                    row, Datum(view: ByteView(copying: Array(text.utf8), into: arena)))
            }
        }
        batch.count = min(rows.count, batchRowsMax)
        return batch
    }

    private func runSet(_ statement: VariableSetStatement) throws(SQLError) -> String {
        let name = statement.name ?? ""
        switch statement.kind {
        case .multi:
            try runSetTransaction(name, statement)
            return "SET"
        case .value:
            var texts: [String] = []
            for argument in statement.arguments { texts.append(try text(of: argument)) }
            let value = try SessionSettings.joinArguments(texts, name: name)
            try set(name, value, isLocal: statement.isLocal)
            return "SET"
        case .default:
            try set(name, nil, isLocal: statement.isLocal)
            return "SET"
        case .reset:
            if name == "transaction_isolation", block != .open, block != .implicit {
                state.notices.append(
                    SQLError(
                        .noActiveSqlTransaction,
                        "RESET TRANSACTION can only be used in transaction blocks",
                        severity: .warning))
            }
            try set(name, nil, isLocal: false)
            return "RESET"
        case .resetAll:
            settings.resetAll()
            return "RESET"
        case .current:
            try set(name, try settings.show(name).text, isLocal: statement.isLocal)
            return "SET"
        }
    }

    private func set(_ name: String, _ value: String?, isLocal: Bool) throws(SQLError) {
        if isLocal, block != .open {
            state.notices.append(
                SQLError(
                    .noActiveSqlTransaction, "SET LOCAL can only be used in transaction blocks",
                    severity: .warning))
        }
        try settings.set(name, value, isLocal: isLocal)
    }

    private func text(of argument: VariableSetStatement.Argument) throws(SQLError) -> String {
        switch argument {
        case .constant(let constant, _): return constant.settingText
        case .interval(let text, let type): return try state.timeZoneName(interval: text, type)
        case .element: throw SQLError(.syntaxError, "unexpected option in SET")
        }
    }

    /// SET TRANSACTION and SET SESSION CHARACTERISTICS AS TRANSACTION.
    private func runSetTransaction(
        _ name: String, _ statement: VariableSetStatement
    ) throws(SQLError) {
        var options: [DefinitionElement] = []
        for argument in statement.arguments {
            if case .element(let option) = argument { options.append(option) }
        }
        switch name {
        case "TRANSACTION":
            warnOutsideBlock()
            try state.setTransaction(try TransactionModes(options))
        case "SESSION CHARACTERISTICS":
            for option in options {
                let modes = try TransactionModes([option])
                for (setting, value) in modes.settingTexts {
                    try set("default_\(setting)", value, isLocal: false)
                }
            }
        default:
            warnOutsideBlock()
            guard case .constant(let name, _)? = statement.arguments.first else {
                throw SQLError(.internalError, "SET TRANSACTION SNAPSHOT names one")
            }
            try state.importSnapshot(name.settingText)
        }
    }

    private func warnOutsideBlock() {
        if block == .open { return }
        state.notices.append(
            SQLError(
                .noActiveSqlTransaction,
                "SET TRANSACTION can only be used in transaction blocks", severity: .warning))
    }

    private func runDiscard(
        _ target: DiscardTarget, _ portal: Portal
    ) throws(SQLError) -> String {
        switch target {
        case .all:
            if block != .started {
                throw SQLError(
                    .activeSqlTransaction, "DISCARD ALL cannot run inside a transaction block")
            }
            dropPortals { $0 !== portal }
            try settings.set("session_authorization", nil, isLocal: false)
            settings.resetAll()
            statements.removeAll()
            state.notifications.unlisten(nil)
            state.releaseSessionLocks()
            state.sequences.discard()
            try state.discardTemporary()
            return "DISCARD ALL"
        case .plans: return "DISCARD PLANS"
        case .sequences:
            state.sequences.discard()
            return "DISCARD SEQUENCES"
        case .temporary:
            try state.discardTemporary()
            return "DISCARD TEMP"
        }
    }

    // MARK: - Prepared statements

    func withBytes<Result>(
        _ name: String, _ body: (UnsafeRawBufferPointer) -> Result
    ) -> Result {
        var name = name
        return name.withUTF8 { body(UnsafeRawBufferPointer($0)) }
    }

    func preparedStatement(_ name: String) throws(SQLError) -> StatementEntry {
        if let entry = withBytes(name, { statements[$0] }) { return entry }
        throw SQLError(.undefinedPstatement, "prepared statement \"\(name)\" does not exist")
    }

    private func runPrepare(_ statement: PrepareStatement) throws(SQLError) {
        if withBytes(statement.name, { statements[$0] }) != nil {
            throw SQLError(
                .duplicatePstatement,
                "prepared statement \"\(statement.name)\" already exists")
        }
        let types = try runner.resolve(statement.argumentTypes, text: currentText)
        let entry = try makeEntry(
            ParsedStatement(statement: statement.query, location: 0, length: 0),
            text: currentText, parameterTypes: types, isOnlyStatement: false)
        becomesNamed(entry, isFromSQL: true)
        _ = withBytes(statement.name) { statements.insert(entry, as: $0) }
    }

    /// EXECUTE becomes its statement's run within the same portal.
    private func runExecute(
        _ statement: ExecuteStatement, _ portal: Portal
    ) throws(SQLError) {
        let entry = try executed(statement)
        if !portal.isOfSimpleQuery { try checkShape(portal, entry.columns) }
        if case .session(let syntax) = entry.body {
            try runSessionStatement(syntax, portal)
        } else if let prepared = entry.prepared {
            let parameters =
                entry.parameterTypes.isEmpty
                ? []
                : try runner.evaluate(
                    statement.parameters, types: entry.parameterTypes, text: currentText)
            portal.start(try startPlanned(entry, prepared, parameters))
        } else {
            portal.phase = .finished
        }
    }

    /// EXPLAIN EXECUTE: the statement with the plan that it shows, and its values.
    func explained(_ statement: ExecuteStatement) throws(SQLError) -> ExplainedExecute {
        let entry = try executed(statement)
        guard let prepared = entry.prepared, prepared.isPlanned else {
            throw SQLError.notSupported("EXPLAIN EXECUTE of a statement that is not planned")
        }
        if entry.parameterTypes.isEmpty {
            return ExplainedExecute(try current(entry, prepared), values: [], isGeneric: true)
        }
        let values = try runner.evaluate(
            statement.parameters, types: entry.parameterTypes, text: currentText)
        if !settings.typed.forcesGenericPlans,
            settings.typed.forcesCustomPlans || entry.prefersCustomExplanation
        {
            let custom = try runner.custom(try latest(entry, prepared), parameters: values)
            entry.countCustomPlan(cost: custom.customCost)
            return ExplainedExecute(custom, values: values, isGeneric: false)
        }
        entry.genericPlanCount += 1
        return ExplainedExecute(try current(entry, prepared), values: values, isGeneric: true)
    }

    /// The statement with a plan that holds.
    func current(
        _ entry: StatementEntry, _ prepared: PreparedStatement
    ) throws(SQLError) -> PreparedStatement {
        let prepared = try latest(entry, prepared)
        let current = try runner.current(prepared)
        if current !== prepared { entry.renew(current) }
        return current
    }

    private func executed(_ statement: ExecuteStatement) throws(SQLError) -> StatementEntry {
        let entry = try preparedStatement(statement.name)
        // A statement without parameters does not look at what it is given, as in PostgreSQL.
        let count = entry.parameterTypes.count
        guard count == 0 || statement.parameters.count == count else {
            throw SQLError(
                .syntaxError,
                "wrong number of parameters for prepared statement \"\(statement.name)\""
            ).detail(
                "Expected \(entry.parameterTypes.count) parameters but got "
                    + "\(statement.parameters.count).")
        }
        return entry
    }

    /// Starts a statement by its plan for all parameters, or by one for those given
    /// (plan_cache_mode).
    /// - Parameter isUndescribed: nobody has been told its columns yet.
    func startPlanned(
        _ entry: StatementEntry, _ prepared: PreparedStatement, _ parameters: [Datum],
        isUndescribed: Bool = false
    ) throws(SQLError) -> RunningStatement {
        if entry.needsCare || settings.typed.forcesCustomPlans
            || (entry.isNamed && entry.settingsGeneration != settings.generation)
        {
            return try startChosen(entry, try latest(entry, prepared), parameters)
        }
        let running = try runner.start(
            prepared, parameters: parameters, mayChangeColumns: isUndescribed
        ) { entry.renew($0) }
        entry.genericPlanCount += 1
        return running
    }

    /// The same, where it matters which plan it is.
    func startChosen(
        _ entry: StatementEntry, _ prepared: PreparedStatement, _ parameters: [Datum]
    ) throws(SQLError) -> RunningStatement {
        if !parameters.isEmpty, prepared.isPlanned, !settings.typed.forcesGenericPlans,
            settings.typed.forcesCustomPlans || entry.prefersCustomPlan
        {
            return try runner.startCustom(prepared, parameters: parameters) {
                entry.countCustomPlan(cost: $0)
            }
        }
        let running = try runner.start(prepared, parameters: parameters) { entry.renew($0) }
        entry.genericPlanCount += 1
        return running
    }

    func becomesNamed(_ entry: StatementEntry, isFromSQL: Bool) {
        entry.becomesNamed(
            isFromSQL: isFromSQL, searchPath: state.scope.searchPath,
            settingsGeneration: settings.generation)
    }

    /// The statement as it was prepared last, and as search_path has it now: another one may find
    /// other tables by its names.
    private func latest(
        _ entry: StatementEntry, _ prepared: PreparedStatement
    ) throws(SQLError) -> PreparedStatement {
        let prepared = entry.renewed ?? prepared
        guard entry.isNamed, prepared.isPlanned,
            entry.settingsGeneration != settings.generation
        else { return prepared }
        let path = state.scope.searchPath
        if path == entry.searchPath {
            entry.checked(path, settings.generation)
            return prepared
        }
        let renewed = try runner.renewed(prepared)
        entry.renew(renewed)
        entry.checked(path, settings.generation)
        return renewed
    }

    func connectPreparedStatements() {
        state.preparedStatements = { [unowned self] in
            statements.named.map { name, entry in
                PreparedActivity(
                    name: String(decoding: name, as: UTF8.self),
                    statement: String(decoding: entry.text, as: UTF8.self),
                    created: entry.created, parameterTypes: entry.parameterTypes,
                    isFromSQL: entry.isFromSQL, genericPlanCount: entry.genericPlanCount,
                    customPlanCount: entry.customPlanCount)
            }
        }
    }

    private func runDeallocate(_ name: String?) throws(SQLError) -> String {
        guard let name else {
            statements.removeAll()
            return "DEALLOCATE ALL"
        }
        guard withBytes(name, { statements.remove($0) }) != nil else {
            throw SQLError(
                .undefinedPstatement, "prepared statement \"\(name)\" does not exist")
        }
        return "DEALLOCATE"
    }
}
