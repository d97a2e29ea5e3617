internal import Analyze
public import Base
internal import Catalog
public import Execute
internal import Engine
internal import Functions
public import Parse
internal import Plan
internal import Query
internal import Synchronization
internal import System
internal import Types

/// What EXPLAIN EXECUTE is to show.
public struct ExplainedExecute {
    let prepared: PreparedStatement
    let values: [Datum]
    /// The plan is for all values: it shows parameters.
    let isGeneric: Bool

    public init(_ prepared: PreparedStatement, values: [Datum], isGeneric: Bool) {
        self.prepared = prepared
        self.values = values
        self.isGeneric = isGeneric
    }
}

/// Parse → analyze → plan → run, for one session. The only place where those modules meet.
public final class StatementRunner {
    public let session: SessionState
    private let cache: StatementCache
    // The session's: one step instead of two on the way of every statement.
    private let catalog: CatalogTransaction
    private let statistics: StatisticsStore
    /// The lexer had something to say of the text that was parsed last, and will each time.
    @exclusivity(unchecked) private var hasParserNotices = false
    /// The session's prepared statement that EXECUTE names, with its values.
    public var findPrepared:
        ((ExecuteStatement) throws(SQLError) -> ExplainedExecute)?
    /// Long literals of the simple query in progress.
    let literalArena = Arena()

    /// - Parameter cache: the database's, shared by its sessions.
    public init(session: SessionState, cache: StatementCache) {
        self.session = session
        self.cache = cache
        catalog = session.catalog
        statistics = session.database.statistics
        connectAnalysis()
    }

    // MARK: Preparing

    /// The single statement of exactly this text, if some session has prepared it before and it is
    /// still valid: no parsing, analysis or planning.
    public func cached(_ text: [UInt8], parameterTypes: [OID]) -> PreparedStatement? {
        guard text.count <= StatementCache.entryTextBytesMax, !session.catalog.isModified else {
            return nil
        }
        return cache.find(
            key(text, parameterTypes), catalogVersion: session.catalog.snapshot.version)
    }

    /// The statements of a text.
    /// - Throws: 42601 and the grammar's other errors, with position.
    public func parse(_ text: [UInt8]) throws(SQLError) -> [ParsedStatement] {
        // Array's own withUnsafeBytes does not pass typed errors on.
        let noticeCount = session.notices.count
        defer { hasParserNotices = session.notices.count > noticeCount }
        return try text.span.bytes.withUnsafeBytes { (bytes) throws(SQLError) in
            try Parser.parse(bytes, notices: &session.notices)
        }
    }

    /// Analyses and plans one statement of `text`, as far as that goes before it runs.
    /// - Parameters:
    ///   - parameterTypes: what the client declared; invalid ones are deduced.
    ///   - isOnlyStatement: `text` holds no other one, so that it can be found by its text again.
    ///   - takesParameters: false in a simple query, where `$1` has no value.
    public func prepare(
        _ parsed: ParsedStatement, text: [UInt8], parameterTypes: [OID], isOnlyStatement: Bool,
        takesParameters: Bool = true
    ) throws(SQLError) -> PreparedStatement {
        try prepare(
            parsed, text: text, parameterTypes: parameterTypes,
            cacheKey: isOnlyStatement && !hasParserNotices ? text : nil, takesParameters: takesParameters)
    }

    func prepare(
        _ parsed: ParsedStatement, text: [UInt8], parameterTypes: [OID], cacheKey: [UInt8]?,
        takesParameters: Bool = true
    ) throws(SQLError) -> PreparedStatement {
        let prepared: PreparedStatement
        switch parsed.statement {
        case .select, .insert, .update, .delete, .merge, .declareCursor:
            prepared = try plan(
                parsed, text, parameterTypes, cacheKey: cacheKey, takesParameters: takesParameters)
        default:
            let types = takesParameters
                ? try utilityParameters(parsed.statement, text, parameterTypes) : []
            prepared = PreparedStatement(
                text: text, parsed: parsed, plan: nil, parameterTypes: types,
                cacheKey: cacheKey, columns: UtilityRunner.columns(of: parsed.statement), catalogVersion: nil)
        }
        keep(prepared, declaredTypes: parameterTypes)
        return prepared
    }

    private func keep(_ prepared: PreparedStatement, declaredTypes: [OID]) {
        guard let text = prepared.cacheKey, !session.catalog.isModified, !prepared.avoidsIndexes
        else { return }
        cache.insert(prepared, for: key(text, declaredTypes))
    }

    /// The types of the parameters of a query within EXPLAIN or CREATE TABLE AS.
    private func utilityParameters(
        _ statement: SyntaxStatement, _ text: [UInt8], _ declared: [OID]
    ) throws(SQLError) -> [OID] {
        let query: SyntaxStatement
        switch statement {
        case .explain(let explain): query = explain.query.withoutInto
        case .createTableAs: query = statement
        default: return []
        }
        let analyzer = self.analyzer(text, parameterTypes: declared, allowsParameters: true)
        switch query {
        case .select, .insert, .update, .delete, .merge: _ = try analyzer.analyze(query)
        case .createTableAs(let create):
            guard case .select = create.query else { return [] }
            _ = try analyzer.analyze(create.query)
        default: return []
        }
        return analyzer.parameterTypes
    }

    private func plan(
        _ parsed: ParsedStatement, _ text: [UInt8], _ parameterTypes: [OID],
        cacheKey: [UInt8]?, takesParameters: Bool = true, values: [Constant.Value] = [],
        isForCursor: Bool = false
    ) throws(SQLError) -> PreparedStatement {
        session.refreshTypeSettings()
        let scope = session.scope
        let analyzer = Analyzer(
            scope: scope, text: text, types: session.functions.types,
            parameterTypes: parameterTypes, allowsParameters: takesParameters)
        let bound = try analyzer.analyze(parsed.statement)
        let avoidsIndexes = session.isOlderThanBuilds
        var isDeclaration = false
        if case .declareCursor = parsed.statement { isDeclaration = true }
        let plan = try self.plan(
            bound, scope, named: analyzer.named(in: bound), isForCursor: isForCursor || isDeclaration,
            values: values)
        var hasRows = !bound.columns.isEmpty
        if case .select = bound { hasRows = !isDeclaration }
        return PreparedStatement(
            text: text, parsed: parsed, plan: plan,
            parameterTypes: analyzer.parameterTypes, cacheKey: cacheKey,
            columns: hasRows ? plan.columns : nil, catalogVersion: scope.snapshot.version,
            avoidsIndexes: avoidsIndexes,
            basis: PlanBasis(plan, snapshot: scope.snapshot, database: session.database),
            isForCursor: isForCursor)
    }

    /// The query with a plan for a cursor, which knows the rows that it stands on.
    public func cursorForm(of prepared: PreparedStatement) throws(SQLError) -> PreparedStatement {
        if let form = prepared.cursorForm.load() { return form }
        return prepared.cursorForm.storeIfNil(
            try plan(
                prepared.parsed, prepared.text, prepared.parameterTypes, cacheKey: nil,
                isForCursor: true))
    }

    func plan(
        _ bound: BoundStatement, _ scope: CatalogScope, named: NamedObjects = NamedObjects(),
        isForCursor: Bool = false, values: [Constant.Value] = [], seesNewest: Bool = false
    ) throws(SQLError) -> PhysicalPlan {
        let engine = session.database.engine
        var source = PlannerSource(scope.snapshot) { [session] table in
            let known = session.statistics(of: table.value)
            guard let placement = table.placement else {
                return known?.value.rows ?? 1000
            }
            let keys = Double(engine.keyCount(GenerationID(placement.generation)))
            return keys * (known?.value.liveFraction ?? 1)
        }
        let collector = StatisticsCollector(session)
        source.statistics = { collector.known($0) }
        source.indexTerms = { [session] index, table in
            guard let definition = index.index else { return nil }
            let analyzer = Analyzer(
                scope: scope, text: [], types: session.functions.types, allowsParameters: false)
            // Whoever writes to the table hears of what cannot be analysed.
            do throws(SQLError) { return try analyzer.terms(of: index, definition, on: table) } catch {
                return nil
            }
        }
        source.named = named
        source.parameters = values
        source.parallelWorkersMax = session.settings.typed.plannedWorkers
        source.forcesParallel = session.settings.typed.forcesParallel
        if seesNewest || !session.isOlderThanBuilds {
            return try Planner.plan(bound, source: source, isForCursor: isForCursor)
        }
        source.relation = { [session] oid in
            guard let relation = scope.snapshot.relation(oid) else { return nil }
            if relation.kind != .index { return relation }
            return session.build(of: relation.placement) == .before ? relation : nil
        }
        let plan = try Planner.plan(bound, source: source, isForCursor: isForCursor)
        for use in plan.relations {
            guard let table = scope.snapshot.relation(use.relation),
                session.build(of: table.placement) == .later
            else { continue }
            throw SQLError(
                .serializationFailure, "could not serialize access due to concurrent update"
            ).detail("Table \"\(table.name)\" was rewritten after the transaction's snapshot was taken.")
        }
        return plan
    }

    // MARK: Running

    /// Starts a statement. Its locks are taken first; if the catalog has changed meanwhile it is
    /// prepared again, and must still give the same columns.
    /// - Parameters:
    ///   - parameters: one value for each of the statement's parameter types.
    ///   - mayChangeColumns: nobody has been told its columns yet.
    ///   - replan: is given the statement as it was prepared again, for the next time.
    public func start(
        _ prepared: PreparedStatement, parameters: [Datum], mayChangeColumns: Bool = false,
        replan: (PreparedStatement) -> Void = { _ in }
    ) throws(SQLError) -> RunningStatement {
        guard let plan = prepared.plan else {
            return try UtilityRunner(
                self, text: prepared.text, parameters: parameters, types: prepared.parameterTypes
            ).run(prepared.statement)
        }
        if isCurrent(prepared) {
            if plan.relations.isEmpty { return try run(prepared, plan, parameters) }
            try Execution.lockRelations(of: plan, session: session)
            if isCurrent(prepared) { return try run(prepared, plan, parameters) }
        }
        let current = try preparedAgain(prepared, mayChangeColumns: mayChangeColumns)
        replan(current)
        guard let plan = current.plan else {
            throw SQLError(.internalError, "a planned statement stays one")
        }
        return try run(current, plan, parameters)
    }

    private func run(
        _ prepared: PreparedStatement, _ plan: PhysicalPlan, _ parameters: [Datum]
    ) throws(SQLError) -> RunningStatement {
        let execution = try Execution.start(
            plan, parameters: parameters, session: session, locksRelations: false)
        return RunningStatement(prepared, execution: execution)
    }

    /// Starts a statement with a plan for just these parameters (plan_cache_mode), which nobody
    /// else uses.
    /// - Parameter cost: is given what that is estimated to cost, with its planning.
    public func startCustom(
        _ prepared: PreparedStatement, parameters: [Datum], cost: (Double) -> Void
    ) throws(SQLError) -> RunningStatement {
        let custom = try self.custom(prepared, parameters: parameters)
        guard let plan = custom.plan else { return try start(prepared, parameters: parameters) }
        let running = try run(custom, plan, parameters)
        cost(custom.customCost)
        return running
    }

    /// The statement planned for just these parameters.
    public func custom(
        _ prepared: PreparedStatement, parameters: [Datum]
    ) throws(SQLError) -> PreparedStatement {
        try preparedAgain(
            prepared, values: StatementRunner.values(parameters, prepared.parameterTypes))
    }

    static func values(_ parameters: [Datum], _ types: [OID]) -> [Constant.Value] {
        zip(parameters, types).map { value, type in
            if value.isNull { return .null }
            return SQLType(type).physical == .word ? .word(value.word) : .bytes(value.view.bytes)
        }
    }

    /// Plans again and locks what the plan uses, until no change slipped in before the locks.
    private func preparedAgain(
        _ prepared: PreparedStatement, values: [Constant.Value] = [],
        mayChangeColumns: Bool = false
    ) throws(SQLError) -> PreparedStatement {
        while true {
            let again = try self.plan(
                prepared.parsed, prepared.text, prepared.parameterTypes,
                cacheKey: prepared.cacheKey, values: values, isForCursor: prepared.isForCursor)
            if !mayChangeColumns, let before = prepared.columns,
                !sameShape(before, again.columns ?? [])
            {
                throw SQLError(
                    .featureNotSupported, "cached plan must not change result type")
            }
            if values.isEmpty, !prepared.isForCursor { keep(again, declaredTypes: prepared.parameterTypes) }
            guard let plan = again.plan else { return again }
            try Execution.lockRelations(of: plan, session: session)
            if isCurrent(again) { return again }
        }
    }

    /// The statement with its names looked up again.
    public func renewed(_ prepared: PreparedStatement) throws(SQLError) -> PreparedStatement {
        try preparedAgain(prepared)
    }

    /// The statement with a plan for the catalog as it is.
    public func current(_ prepared: PreparedStatement) throws(SQLError) -> PreparedStatement {
        prepared.plan == nil || isCurrent(prepared) ? prepared : try preparedAgain(prepared)
    }

    private func isCurrent(_ prepared: PreparedStatement) -> Bool {
        prepared.catalogVersion == catalog.version
            && prepared.avoidsIndexes == session.isOlderThanBuilds
            && prepared.basis.holds(statistics)
    }

    private func sameShape(_ left: [OutputColumn], _ right: [OutputColumn]) -> Bool {
        left.count == right.count && zip(left, right).allSatisfy {
            $0.type == $1.type && $0.name == $1.name
        }
    }

    // MARK: EXECUTE

    /// The types of a PREPARE's list.
    public func resolve(
        _ types: [TypeNameSyntax], text: [UInt8]
    ) throws(SQLError) -> [OID] {
        let analyzer = self.analyzer(text)
        var result: [OID] = []
        for type in types { result.append(try analyzer.resolveType(type).oid) }
        return result
    }

    /// The values of an EXECUTE's list, as parameters of `types`. They live as long as the session's
    /// present statement.
    public func evaluate(
        _ values: [SyntaxExpression], types: [OID], text: [UInt8]
    ) throws(SQLError) -> [Datum] {
        if values.isEmpty { return [] }
        let expressions = try analyzer(text).analyzeParameters(values, types: types)
        let columns = types.map { OutputColumn(name: "", type: SQLType($0)) }
        var body = BoundQuery.Body()
        body.targets = zip(expressions, columns).map { Target(expression: $0, column: $1) }
        let plan = try self.plan(.select(BoundQuery(body)), session.scope)
        let execution = try Execution.start(plan, parameters: [], session: session)
        defer { execution.close() }
        guard let batch = try execution.next() else {
            throw SQLError(.internalError, "a list of values is one row")
        }
        let arena = session.functions.stateArena
        return batch.columns.prefix(types.count).map { column in
            let value = column[0]
            if value.isNull || column.physicalType == .word { return value }
            return Datum(view: value.view.copied(into: arena))
        }
    }

    func analyzer(
        _ text: [UInt8], parameterTypes: [OID] = [], allowsParameters: Bool = false
    ) -> Analyzer {
        session.refreshTypeSettings()
        return Analyzer(
            scope: session.scope, text: text, types: session.functions.types,
            parameterTypes: parameterTypes, allowsParameters: allowsParameters)
    }

    // MARK: Connections

    /// Referential actions are statements that nobody has written, and partitions may have come with
    /// checks that no statement was planned with.
    private func connectAnalysis() {
        session.connectCatalog()
        session.endTemporaryTables = { [unowned session] () throws(SQLError) in
            try session.endTemporaryTablesNow()
        }
        session.connectTypeNames()
        session.planStatement = { [unowned self] text, types throws(SQLError) in
            try planOwn(text, types)
        }
        session.analyzeTable = { [unowned session] table throws(SQLError) in
            let analyzer = Analyzer(
                scope: session.scope, text: [], types: session.functions.types,
                allowsParameters: false)
            var defaults: [Expression?] = []
            for column in table.columns.indices {
                defaults.append(
                    table.columns[column].isDropped
                        ? nil : try analyzer.defaultExpression(of: column, in: table))
            }
            return (try analyzer.tableChecks(of: table), defaults)
        }
    }

    /// A plan for a statement of the server's own, which sees the newest rows.
    func planOwn(_ text: String, _ types: [OID]) throws(SQLError) -> PhysicalPlan {
        guard let parsed = try Parser.parse(text).first else {
            throw SQLError(.internalError, "a statement of the server's own is one")
        }
        let scope = session.scope
        let analyzer = Analyzer(
            scope: scope, text: Array(text.utf8), types: session.functions.types,
            parameterTypes: types)
        let bound = try analyzer.analyze(parsed.statement)
        return try plan(bound, scope, named: analyzer.named(in: bound), seesNewest: true)
    }

    private func key(_ text: [UInt8], _ parameterTypes: [OID]) -> StatementCache.Key {
        let settings = session.settings.typed
        return StatementCache.Key(
            text: text, parameterTypes: parameterTypes, database: session.database.oid,
            user: session.user, searchPath: session.scope.searchPath,
            dateStyle: settings.dateStyle, intervalStyle: settings.intervalStyle,
            timeZone: settings.timeZone)
    }
}
