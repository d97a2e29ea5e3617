internal import Base
internal import Catalog
internal import Execute
internal import Functions
internal import Parse
internal import Protocol
internal import Query
internal import Statement

/// Cursors: portals that FETCH, MOVE and CLOSE name. DECLARE makes them, and so does Bind with a name.
extension Session {
    /// Tells the executor where cursors stand, and pg_cursors which there are.
    func connectCursors() {
        state.cursorRow = { [unowned self] name, table throws(SQLError) in
            guard let portal = portal(named: name) else { throw Session.noCursor(name) }
            guard let cursor = portal.cursor else {
                throw SQLError(
                    .invalidCursorState, "cursor \"\(name)\" is not a SELECT query")
            }
            return try cursor.rowKey(of: table.oid, named: table.name)
        }
        state.openCursors = { [unowned self] in
            var cursors = portals.named.map { name, portal in
                activity(of: portal, named: String(decoding: name, as: UTF8.self))
            }
            if hasUnnamedPortal { cursors.append(activity(of: unnamedPortal, named: "")) }
            return cursors
        }
    }

    private func activity(of portal: Portal, named name: String) -> CursorActivity {
        var isRunning = false
        if case .execute(let running) = activity { isRunning = running === portal }
        let options = portal.cursor?.options ?? .noScroll
        return CursorActivity(
            name: name,
            statement: String(decoding: portal.entry.text, as: UTF8.self),
            isHoldable: options.contains(.hold), isBinary: options.contains(.binary),
            isScrollable: portal.cursor?.isScrollable ?? false,
            created: portal.created > 0 ? portal.created : state.functions.statementTimestamp,
            isRunning: isRunning)
    }

    private static func noCursor(_ name: String) -> SQLError {
        SQLError(.undefinedCursor, "cursor \"\(name)\" does not exist")
    }

    private func portal(named name: String) -> Portal? { withBytes(name) { portals[$0] } }

    /// The columns that FETCH from it gives; nil: there is none, or it gives no rows.
    func cursorColumns(_ name: String) -> [OutputColumn]? {
        guard let portal = portal(named: name) else { return nil }
        return portal.cursor?.columns ?? portal.columns
    }

    func declare(
        _ declaration: DeclareCursorStatement, _ prepared: PreparedStatement, _ portal: Portal
    ) throws(SQLError) {
        let name = declaration.name
        if name.isEmpty {
            throw SQLError(.invalidCursorName, "invalid cursor name: must not be empty")
        }
        if !declaration.options.contains(.hold), block != .open, block != .implicit {
            throw SQLError(
                .noActiveSqlTransaction, "DECLARE CURSOR can only be used in transaction blocks")
        }
        if self.portal(named: name) != nil {
            throw SQLError(.duplicateCursor, "cursor \"\(name)\" already exists")
        }
        let running = try runner.start(prepared, parameters: portal.parameters)
        let made = Portal(entry: portal.entry, parameters: [])
        made.created = state.functions.statementTimestamp
        let cursor = try Cursor(named: name, declaration.options, running: running)
        made.cursor = cursor
        made.savepointDepth = state.savepointDepth
        // BINARY is for FETCH: Execute gives what Bind would have asked for.
        made.sends(cursor.columns, encoders(of: cursor.columns, isBinary: false))
        _ = withBytes(name) { portals.insert(made, as: $0) }
        portal.tag = .done("DECLARE CURSOR")
        portal.phase = .finished
    }

    func encoders(of columns: [OutputColumn], isBinary: Bool) -> [ColumnEncoder] {
        columns.map { ColumnEncoder(type: $0.type, isBinary: isBinary) }
    }

    /// Bind of a query by a name: it starts now, with the snapshot of now.
    func openCursor(
        _ portal: Portal, _ prepared: PreparedStatement, named name: String
    ) throws(SQLError) {
        startStatement(nil)
        let form = try runner.cursorForm(of: try current(portal.entry, prepared))
        let running = try startChosen(portal.entry, form, portal.parameters)
        portal.cursor = try Cursor(named: name, .noScroll, running: running)
        endStatement()
    }

    /// FETCH and MOVE: their rows are those of `portal` from here on.
    func runFetch(_ statement: FetchStatement, _ portal: Portal) throws(SQLError) {
        guard let target = self.portal(named: statement.portalName) else {
            throw Session.noCursor(statement.portalName)
        }
        portal.isActive = true
        defer { portal.isActive = false }
        let cursor = try cursor(of: target, named: statement.portalName)
        if !statement.isMove {
            if portal.isOfSimpleQuery {
                let isBinary = cursor.options.contains(.binary)
                portal.sends(
                    cursor.columns, encoders(of: cursor.columns, isBinary: isBinary))
            } else {
                try checkShape(portal, cursor.columns)
            }
        }
        portal.start(try cursor.fetch(statement))
    }

    /// The portal's rows as a cursor.
    private func cursor(of portal: Portal, named name: String) throws(SQLError) -> Cursor {
        if case .failed = portal.phase { throw Session.cannotBeRun(name) }
        if portal.isActive { throw Session.cannotBeRun(name) }
        if let cursor = portal.cursor { return cursor }
        guard let columns = portal.columns else {
            if case .finished = portal.phase { throw Session.cannotBeRun(name) }
            throw SQLError(.internalError, "unsupported portal strategy")
        }
        do throws(SQLError) {
            if case .ready = portal.phase { try start(portal) }
            let cursor = try Cursor(
                named: name, columns: columns, rest: &portal.statement, after: portal.batch,
                from: portal.rowIndex)
            portal.cursor = cursor
            portal.finish()
            return cursor
        } catch {
            portal.fail()
            throw error
        }
    }

    static func cannotBeRun(_ name: String) -> SQLError {
        SQLError(.objectNotInPrerequisiteState, "portal \"\(name)\" cannot be run")
    }

    /// - Throws: 0A000 if rows of `columns` are not what the portal was bound for.
    func checkShape(_ portal: Portal, _ columns: [OutputColumn]?) throws(SQLError) {
        guard let bound = portal.columns else { return }
        let isSame =
            bound.count == columns?.count
            && zip(bound, columns ?? []).allSatisfy { $0.type == $1.type }
        if !isSame {
            throw SQLError(.featureNotSupported, "cached plan must not change result type")
        }
    }

    /// CLOSE, run by `portal`; the command tag.
    func runClose(_ name: String?, _ portal: Portal) throws(SQLError) -> String {
        guard let name else {
            dropPortals { $0 !== portal }
            return "CLOSE CURSOR ALL"
        }
        guard let target = self.portal(named: name) else { throw Session.noCursor(name) }
        if target === portal {
            throw SQLError(.invalidCursorState, "cannot drop active portal \"\(name)\"")
        }
        withBytes(name) { portals.remove($0) }?.discard()
        return "CLOSE CURSOR"
    }

    /// Before a commit: cursors WITH HOLD read the rest of their rows.
    func holdCursors() throws(SQLError) {
        if portals.count == 0 { return }
        for portal in portals.values {
            guard let cursor = portal.cursor, cursor.options.contains(.hold), !cursor.isHeld
            else { continue }
            try cursor.hold()
        }
    }

    /// After RELEASE: portals belong to the savepoint around.
    func adoptPortals() {
        let depth = state.savepointDepth
        for portal in portals.values where portal.savepointDepth > depth {
            portal.savepointDepth = depth
        }
    }

    /// RowDescription of a portal's rows, or NoData.
    func appendDescription(of portal: Portal) {
        if !portal.hasOwnForm {
            appendTextDescription(portal.entry)
        } else if let columns = portal.columns {
            appendRowDescription(columns, portal.encoders)
        } else {
            output.bytes.appendNoData()
        }
    }
}
