internal import Base
internal import Functions
internal import Execute
internal import Parse
internal import Protocol
internal import Query
internal import Statement
internal import System
internal import Types

/// The extended query protocol (chapter 55.2.3): Parse, Bind, Describe, Execute, Close. Errors are
/// answered at once; what follows up to Sync is passed over (`Session.receive`).
extension Session {
    func parse(_ message: ParseMessage) throws(SQLError) {
        startStatement(message.text)
        if message.name.count > 0 {
            if statements[message.name] != nil {
                throw SQLError(
                    .duplicatePstatement,
                    "prepared statement \"\(text(message.name))\" already exists")
            }
        } else {
            unnamedStatement = nil
        }
        try validateEncoding(message.text)
        try startCommand()
        let entry = try entry(of: message)
        if message.name.count > 0 {
            becomesNamed(entry, isFromSQL: false)
            _ = statements.insert(entry, as: message.name)
        } else {
            unnamedStatement = entry
        }
        flushNotices()
        output.bytes.appendParseComplete()
        endStatement()
    }

    private func entry(of message: ParseMessage) throws(SQLError) -> StatementEntry {
        var types: [OID] = []
        for index in 0..<message.parameterTypeCount { types.append(message.parameterType(index)) }
        if let prepared = runner.cached(currentText, parameterTypes: types) {
            try checkNotFailed(prepared.statement)
            return try makeEntry(prepared)
        }
        let parsed = try runner.parse(currentText)
        if parsed.count > 1 {
            throw SQLError(
                .syntaxError, "cannot insert multiple commands into a prepared statement")
        }
        guard let statement = parsed.first else { return StatementEntry() }
        try checkNotFailed(statement.statement)
        return try makeEntry(
            statement, text: currentText, parameterTypes: types, isOnlyStatement: true)
    }

    func statement(named name: UnsafeRawBufferPointer) throws(SQLError) -> StatementEntry {
        if name.count > 0 {
            if let entry = statements[name] { return entry }
            throw SQLError(
                .undefinedPstatement, "prepared statement \"\(text(name))\" does not exist")
        }
        if let unnamedStatement { return unnamedStatement }
        throw SQLError(.undefinedPstatement, "unnamed prepared statement does not exist")
    }

    func bind(_ message: BindMessage) throws(SQLError) {
        let entry = try statement(named: message.statement)
        setCurrent(entry)
        try startCommand()
        if message.parameterFormats.count > 1,
            message.parameterFormats.count != message.parameterCount
        {
            throw SQLError(
                .protocolViolation,
                "bind message has \(message.parameterFormats.count) parameter formats but "
                    + "\(message.parameterCount) parameters")
        }
        if message.parameterCount != entry.parameterTypes.count {
            let name = text(message.statement)
            throw SQLError(
                .protocolViolation,
                "bind message supplies \(message.parameterCount) parameters, but prepared "
                    + "statement \"\(name)\" requires \(entry.parameterTypes.count)")
        }
        if block == .failed {
            try checkNotFailed(entry.sessionSyntax)
            if !entry.parameterTypes.isEmpty { throw Session.inFailedTransaction }
        }
        if message.portal.count > 0, portals[message.portal] != nil {
            throw SQLError(
                .duplicateCursor, "cursor \"\(text(message.portal))\" already exists")
        }
        // The unnamed portal goes in any case; what it kept its parameters in serves again.
        var (parameters, arena) = message.portal.count > 0 ? ([], nil) : reclaimUnnamedPortal()
        try decodeParameters(of: entry, message, into: &parameters, &arena)
        if entry.namesAnother { return try bindNaming(message, entry, parameters, arena) }
        let formats = try formats(of: entry.columns, message.resultFormats)
        if message.portal.count > 0 {
            let portal = Portal(
                entry: entry, parameters: parameters, arena: arena, formats: formats)
            portal.savepointDepth = state.savepointDepth
            portal.created = functions.statementTimestamp
            _ = portals.insert(portal, as: message.portal)
            if let query = entry.query {
                do throws(SQLError) {
                    try openCursor(portal, query, named: text(message.portal))
                } catch {
                    _ = portals.remove(message.portal)
                    throw error
                }
            }
        } else {
            makeUnnamedPortal(
                entry: entry, parameters: parameters, arena: arena, formats: formats)
        }
        output.bytes.appendBindComplete()
    }

    /// Bind of FETCH or EXECUTE: what they name may have other columns by now than at Parse.
    private func bindNaming(
        _ message: BindMessage, _ entry: StatementEntry, _ parameters: [Datum], _ arena: Arena?
    ) throws(SQLError) {
        var columns: [OutputColumn]?
        if case .session(let syntax) = entry.body { columns = try sessionColumns(syntax) }
        let formats = try formats(of: columns, message.resultFormats)
        let portal: Portal
        if message.portal.count > 0 {
            portal = Portal(entry: entry, parameters: parameters, arena: arena)
            portal.savepointDepth = state.savepointDepth
            portal.created = functions.statementTimestamp
            _ = portals.insert(portal, as: message.portal)
        } else {
            makeUnnamedPortal(entry: entry, parameters: parameters, arena: arena, formats: nil)
            portal = unnamedPortal
        }
        portal.sends(columns, formats ?? encoders(of: columns ?? [], isBinary: false))
        output.bytes.appendBindComplete()
    }

    private func decodeParameters(
        of entry: StatementEntry, _ message: BindMessage, into parameters: inout [Datum],
        _ arena: inout Arena?
    ) throws(SQLError) {
        if message.parameterCount == 0 { return }
        parameters.reserveCapacity(message.parameterCount)
        let context = typeContext
        let decoders = entry.parameterDecoders
        if entry.needsParameterArena, arena == nil { arena = Arena() }
        let target = arena ?? functions.arena
        var offset = 0
        for index in 0..<message.parameterCount {
            let bytes = message.parameter(at: &offset)
            let isBinary = try message.parameterFormats.isBinary(index)
            guard let bytes else {
                parameters.append(.null)
                continue
            }
            parameters.append(
                try decoders[index].decode(
                    bytes, isBinary: isBinary, context: context, arena: target))
        }
    }

    /// Nil: all as text.
    private func formats(
        of columns: [OutputColumn]?, _ formats: FormatCodes
    ) throws(SQLError) -> [ColumnEncoder]? {
        if formats.count == 0 { return nil }
        guard let columns else { return nil }
        if formats.count > 1, formats.count != columns.count {
            throw SQLError(
                .protocolViolation,
                "bind message has \(formats.count) result formats but query has "
                    + "\(columns.count) columns")
        }
        var isText = true
        for index in 0..<formats.count where try formats.isBinary(index) { isText = false }
        if isText { return nil }
        var encoders: [ColumnEncoder] = []
        encoders.reserveCapacity(columns.count)
        for (index, column) in columns.enumerated() {
            encoders.append(
                ColumnEncoder(type: column.type, isBinary: try formats.isBinary(index)))
        }
        return encoders
    }

    private func portal(named name: UnsafeRawBufferPointer) throws(SQLError) -> Portal {
        if name.count > 0 {
            if let portal = portals[name] { return portal }
        } else if hasUnnamedPortal {
            return unnamedPortal
        }
        throw SQLError(.undefinedCursor, "portal \"\(text(name))\" does not exist")
    }

    func describe(
        _ kind: FrontendMessage.ObjectKind, _ name: UnsafeRawBufferPointer
    ) throws(SQLError) {
        try startCommand()
        switch kind {
        case .statement:
            let entry = try statement(named: name)
            if block == .failed, entry.givesRows { throw Session.inFailedTransaction }
            output.bytes.appendParameterDescription(entry.parameterTypes)
            appendTextDescription(entry)
        case .portal:
            let portal = try portal(named: name)
            if block == .failed, portal.givesRows { throw Session.inFailedTransaction }
            appendDescription(of: portal)
        }
    }

    func execute(
        _ name: UnsafeRawBufferPointer, _ rowCountMax: Int
    ) throws(SQLError) -> Progress {
        let portal = try portal(named: name)
        setCurrent(portal.entry)
        startStatement(nil)
        try startCommand()
        try checkNotFailed(portal.entry.sessionSyntax)
        if name.count > 0 { try startUnnamedQuery() }
        portal.rowCountMax = rowCountMax > 0 ? rowCountMax : nil
        portal.rowCount = 0
        switch portal.phase {
        case .ready, .running: break
        case .failed: throw Session.cannotBeRun(text(name))
        case .finished:
            if !portal.givesRows, portal.entry.prepared != nil {
                throw Session.cannotBeRun(text(name))
            }
            if case .rows(let command, _) = portal.tag { portal.tag = .rows(command, 0) }
        }
        return try continueExecute(portal)
    }

    /// Another portal comes before the unnamed one: a query bound to that sees nothing of it.
    private func startUnnamedQuery() throws(SQLError) {
        guard hasUnnamedPortal, case .ready = unnamedPortal.phase,
            unnamedPortal.entry.query != nil
        else { return }
        try start(unnamedPortal)
    }

    func continueExecute(_ portal: Portal) throws(SQLError) -> Progress {
        activity = .execute(portal)
        switch try run(portal) {
        case .outputFull: return .outputFull
        case .copyingIn: return .needsInput
        case .suspended:
            flushNotices()
            output.bytes.appendPortalSuspended()
        case .finished:
            if case .session(.transaction) = portal.entry.body { try finishCommand() }
            complete(portal)
        }
        activity = .none
        endStatement()
        return .needsInput
    }

    func close(_ kind: FrontendMessage.ObjectKind, _ name: UnsafeRawBufferPointer) {
        switch kind {
        case .statement:
            if name.count > 0 { _ = statements.remove(name) } else { unnamedStatement = nil }
        case .portal:
            if name.count > 0 {
                portals.remove(name)?.discard()
            } else {
                dropUnnamedPortal()
            }
        }
        output.bytes.appendCloseComplete()
    }

    func text(_ bytes: UnsafeRawBufferPointer) -> String { String(decoding: bytes, as: UTF8.self) }
}
