internal import Base
internal import Parse
internal import Protocol
internal import Query
internal import Statement

/// Running portals: shared by the simple and the extended query.
extension Session {
    enum PortalProgress {
        case finished
        /// The client asked for so many rows, and has them.
        case suspended
        case outputFull
        /// Waits for the client's COPY data.
        case copyingIn
    }

    /// Runs `portal` up to its end, its row limit, or until something is missing.
    func run(_ portal: Portal) throws(SQLError) -> PortalProgress {
        if case .ready = portal.phase {
            try start(portal)
            if portal.rowCountMax != nil { try portal.statement.completeChanges() }
            if portal.describesRows { appendDescription(of: portal) }
        }
        switch portal.phase {
        case .ready: invariant(false, "a started portal is not ready")
        case .finished: return .finished
        case .texts(let rows): return sendTexts(rows, portal)
        case .running:
            if let copy = portal.statement.copy { return try runCopy(copy, portal) }
            return try sendRows(portal)
        }
        return .finished
    }

    private func start(_ portal: Portal) throws(SQLError) {
        if let cursor = portal.cursor { return portal.start(try cursor.fetchAll()) }
        let entry = portal.entry
        if case .session(let statement) = entry.body {
            try runSessionStatement(statement, portal)
        } else if let prepared = entry.prepared {
            try checkOutsideBlock(prepared)
            if let declaration = entry.declaration {
                return try declare(declaration, prepared, portal)
            }
            portal.start(try startPlanned(entry, prepared, portal.parameters))
        } else {
            portal.phase = .finished
        }
    }

    private func sendRows(_ portal: Portal) throws(SQLError) -> PortalProgress {
        let sendsRows = portal.columns != nil
        let encoders = portal.encoders
        let context = encoders.contains { $0.needsContext } ? typeContext : nil
        while true {
            if let batch = portal.batch {
                while portal.rowIndex < batch.count {
                    if let limit = portal.rowCountMax, portal.rowCount >= limit {
                        portal.wasSuspended = true
                        return .suspended
                    }
                    if output.isFull { return .outputFull }
                    if sendsRows { appendRow(portal.rowIndex, of: batch, encoders, context) }
                    portal.rowIndex += 1
                    portal.rowCount += 1
                }
                portal.batch = nil
            }
            if let limit = portal.rowCountMax, portal.rowCount >= limit {
                portal.wasSuspended = true
                return .suspended
            }
            guard let batch = try portal.statement.next() else { break }
            portal.batch = batch
            portal.rowIndex = 0
        }
        portal.tag = portal.statement.commandTag
        if portal.wasSuspended, portal.tag.verb == "SELECT" {
            portal.tag.rowCount = portal.rowCount
        }
        portal.finish()
        return .finished
    }

    private func sendTexts(_ rows: [[String]], _ portal: Portal) -> PortalProgress {
        for row in rows {
            let start = output.bytes.beginMessage(.dataRow)
            output.bytes.append(bigEndian: UInt16(truncatingIfNeeded: row.count))
            for text in row {
                output.bytes.append(bigEndian: UInt32(truncatingIfNeeded: text.utf8.count))
                output.bytes.append(text)
            }
            output.bytes.endMessage(start)
        }
        portal.phase = .finished
        return .finished
    }

    /// CommandComplete, or what stands for it, after notices.
    func complete(_ portal: Portal) {
        flushNotices()
        if case .empty = portal.entry.body {
            output.bytes.appendEmptyQueryResponse()
        } else {
            output.bytes.appendCommandComplete(portal.tag.verb, rowCount: portal.tag.rowCount)
        }
    }

    /// At the end of a transaction every portal goes, but for the cursors that are held.
    func dropPortals() { dropPortals { $0.cursor?.isHeld != true } }

    /// Drops those that were made in at least `depth` savepoints; at 0 as `dropPortals`.
    func dropPortals(fromDepth depth: Int) {
        dropPortals { $0.savepointDepth >= depth && $0.cursor?.isHeld != true }
    }

    func dropPortals(where goes: (Portal) -> Bool) {
        if let portal = unnamedPortal, goes(portal) { dropUnnamedPortal() }
        if portals.count > 0 { portals.removeAll(where: goes) { $0.discard() } }
    }
}
