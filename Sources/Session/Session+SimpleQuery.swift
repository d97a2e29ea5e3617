internal import Base
internal import Execute
internal import Parse
internal import Protocol
internal import Query
internal import Statement

/// A simple query on its way through its statements.
final class QueryRun {
    let text: [UInt8]
    let statements: [ParsedStatement]
    var index = 0
    /// The first and only statement, where an earlier query prepared it.
    let cached: PreparedStatement?
    /// The only statement with its literals as parameters.
    let literal: LiteralStatement?
    var portal: Portal?

    init(text: [UInt8], statements: [ParsedStatement]) {
        self.text = text
        self.statements = statements
        cached = nil
        literal = nil
    }

    init(_ prepared: PreparedStatement, literal: LiteralStatement? = nil) {
        text = prepared.text
        statements = [prepared.parsed]
        cached = prepared
        self.literal = literal
    }

    /// Several statements share one implicit transaction block.
    var isImplicitBlock: Bool { statements.count > 1 }
}

/// The simple query protocol (chapter 55.2.2): statements one after the other, each answered, then
/// ReadyForQuery; the first error ends them all.
extension Session {
    func query(_ text: UnsafeRawBufferPointer) throws(SQLError) -> Progress {
        // A simple query takes the place of the unnamed statement and portal, as in PostgreSQL.
        unnamedStatement = nil
        dropUnnamedPortal()
        startStatement(text)
        try validateEncoding(text)
        if let prepared = runner.cached(currentText, parameterTypes: []) {
            return try continueQuery(QueryRun(prepared))
        }
        if let run = try literalRun() { return try continueQuery(run) }
        let statements = try runner.parse(currentText)
        if statements.isEmpty {
            output.bytes.appendEmptyQueryResponse()
            endStatement()
            reportReady()
            return .needsInput
        }
        return try continueQuery(QueryRun(text: currentText, statements: statements))
    }

    /// The query by its shape, literals aside; nil: it has to be taken as it is written.
    private func literalRun() throws(SQLError) -> QueryRun? {
        guard block != .failed, let literal = runner.literalStatement(currentText) else {
            return nil
        }
        try startCommand()
        guard let prepared = runner.cached(literal) ?? runner.prepare(literal),
            runner.parameters(of: literal, for: prepared) != nil
        else { return nil }
        return QueryRun(prepared, literal: literal)
    }

    func continueQuery(_ run: QueryRun) throws(SQLError) -> Progress {
        activity = .query(run)
        while run.index < run.statements.count {
            let portal: Portal
            if let waiting = run.portal {
                portal = waiting
            } else {
                portal = try startStatement(of: run)
            }
            switch try self.run(portal) {
            case .outputFull: return .outputFull
            case .copyingIn: return .needsInput
            case .suspended: invariant(false, "a simple query has no row limit")
            case .finished: break
            }
            run.portal = nil
            run.index += 1
            // The transaction ends before the statement is reported done: its end may fail.
            let isLast = run.index == run.statements.count
            if isLast, block == .implicit { block = .started }
            if block == .started { try finishCommand() }
            complete(portal)
        }
        activity = .none
        endStatement()
        reportReady()
        return .needsInput
    }

    private func startStatement(of run: QueryRun) throws(SQLError) -> Portal {
        let parsed = run.statements[run.index]
        try checkNotFailed(parsed.statement)
        try startCommand()
        if run.isImplicitBlock, block == .started { block = .implicit }
        let entry: StatementEntry
        if let cached = run.cached {
            entry = try makeEntry(cached)
        } else {
            entry = try makeEntry(
                parsed, text: run.text, parameterTypes: [],
                isOnlyStatement: run.statements.count == 1, takesParameters: false)
        }
        var parameters: [Datum] = []
        if let literal = run.literal, let prepared = run.cached {
            parameters = runner.parameters(of: literal, for: prepared) ?? []
        } else {
            try checkNoParameters(entry)
        }
        let portal = Portal(entry: entry, parameters: parameters)
        portal.describesRows = entry.columns != nil
        portal.isOfSimpleQuery = true
        portal.savepointDepth = state.savepointDepth
        run.portal = portal
        return portal
    }

    /// `$1` in a simple query has no value.
    private func checkNoParameters(_ entry: StatementEntry) throws(SQLError) {
        if !entry.parameterTypes.isEmpty {
            throw SQLError(.undefinedParameter, "there is no parameter $1")
        }
    }

    func makeEntry(
        _ parsed: ParsedStatement, text: [UInt8], parameterTypes: [OID], isOnlyStatement: Bool,
        takesParameters: Bool = true
    ) throws(SQLError) -> StatementEntry {
        let prepared = try runner.prepare(
            parsed, text: text, parameterTypes: parameterTypes, isOnlyStatement: isOnlyStatement,
            takesParameters: takesParameters)
        return try makeEntry(prepared)
    }

    func makeEntry(_ prepared: PreparedStatement) throws(SQLError) -> StatementEntry {
        try StatementEntry(prepared, columns: columns(of: prepared))
    }

    /// The columns of its rows, with those that only the session knows (SHOW, EXECUTE).
    private func columns(of prepared: PreparedStatement) throws(SQLError) -> [OutputColumn]? {
        if StatementEntry.isSessionStatement(prepared.statement) {
            return try sessionColumns(prepared.statement)
        }
        return prepared.columns
    }

    /// Text from the client must be UTF-8 without zero bytes.
    func validateEncoding(_ text: UnsafeRawBufferPointer) throws(SQLError) {
        guard let fault = firstInvalidUTF8(text) else { return }
        let count = invalidSequenceLength(text, fault)
        let bytes = text[fault..<fault + count].map { byte in
            let digits = String(byte, radix: 16)
            return "0x" + (digits.utf8.count < 2 ? "0" : "") + digits
        }
        throw SQLError(
            .characterNotInRepertoire,
            "invalid byte sequence for encoding \"UTF8\": \(bytes.joined(separator: " "))")
    }
}
