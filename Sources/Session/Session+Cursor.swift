internal import Base
internal import Catalog
internal import Execute
internal import Functions
internal import Parse
internal import Query
internal import Statement

/// Cursors: portals that DECLARE makes and FETCH, MOVE and CLOSE name.
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
            portals.values.compactMap(\.cursor).map { cursor in
                CursorActivity(
                    name: cursor.name, statement: cursor.statementText,
                    isHoldable: cursor.options.contains(.hold),
                    isBinary: cursor.options.contains(.binary),
                    isScrollable: cursor.isScrollable, created: cursor.created)
            }
        }
    }

    private static func noCursor(_ name: String) -> SQLError {
        SQLError(.undefinedCursor, "cursor \"\(name)\" does not exist")
    }

    private func portal(named name: String) -> Portal? { withBytes(name) { portals[$0] } }

    func cursor(named name: String) -> Cursor? { portal(named: name)?.cursor }

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
        let cursor = try Cursor(
            declaration, statementText: String(decoding: prepared.text, as: UTF8.self),
            created: state.functions.statementTimestamp, running: running)
        let made = Portal(entry: portal.entry, parameters: [])
        made.cursor = cursor
        made.savepointDepth = state.savepointDepth
        made.sends(cursor.columns, encoders(of: cursor))
        _ = withBytes(name) { portals.insert(made, as: $0) }
        portal.tag = .done("DECLARE CURSOR")
        portal.phase = .finished
    }

    private func encoders(of cursor: Cursor) -> [ColumnEncoder] {
        let isBinary = cursor.options.contains(.binary)
        return cursor.columns.map { ColumnEncoder(type: $0.type, isBinary: isBinary) }
    }

    /// FETCH and MOVE: their rows are those of `portal` from here on.
    func runFetch(_ statement: FetchStatement, _ portal: Portal) throws(SQLError) {
        guard let target = self.portal(named: statement.portalName) else {
            throw Session.noCursor(statement.portalName)
        }
        guard let cursor = target.cursor else {
            throw SQLError.notSupported("FETCH from a portal of the extended query protocol")
        }
        if !statement.isMove, portal.isOfSimpleQuery || portal.entry.columns == nil {
            portal.sends(cursor.columns, target.encoders)
        }
        portal.start(try cursor.fetch(statement))
    }

    /// CLOSE; the command tag.
    func runClose(_ name: String?) throws(SQLError) -> String {
        guard let name else {
            portals.removeAll(where: { $0.cursor != nil }) { $0.discard() }
            return "CLOSE CURSOR ALL"
        }
        guard let portal = withBytes(name, { portals.remove($0) }) else {
            throw Session.noCursor(name)
        }
        portal.discard()
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
        if portal.hasOwnForm, portal.givesRows {
            appendRowDescription(portal.columns ?? [], portal.encoders)
        } else {
            appendTextDescription(portal.entry)
        }
    }
}
