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
            if portal.rowCountMax != nil, portal.cursor == nil { try completeUnlessQuery(portal) }
            if portal.describesRows { appendDescription(of: portal) }
        }
        switch portal.phase {
        case .ready: invariant(false, "a started portal is not ready")
        case .finished, .failed: return .finished
        case .running:
            if let copy = portal.statement.copy { return try runCopy(copy, portal) }
            return try sendRows(portal)
        }
        return .finished
    }

    /// Only a query itself runs as its rows are asked for.
    private func completeUnlessQuery(_ portal: Portal) throws(SQLError) {
        var isWhole = false
        if case .session = portal.entry.body { isWhole = true }
        try portal.statement.complete(isWhole: isWhole)
    }

    func start(_ portal: Portal) throws(SQLError) {
        if let cursor = portal.cursor {
            return portal.start(try cursor.execute(portal.rowCountMax ?? .max))
        }
        let entry = portal.entry
        if case .session(let statement) = entry.body {
            try runSessionStatement(statement, portal)
        } else if let prepared = entry.prepared {
            try checkOutsideBlock(prepared)
            if let declaration = entry.declaration {
                return try declare(declaration, prepared, portal)
            }
            portal.start(
                try startPlanned(
                    entry, prepared, portal.parameters, isUndescribed: portal.isOfSimpleQuery))
            if portal.isOfSimpleQuery, let renewed = entry.renewed, renewed !== prepared {
                // A table may have got other columns while its lock was waited for.
                let current = try makeEntry(renewed)
                portal.sends(current.columns, current.textEncoders)
            }
        } else {
            portal.phase = .finished
        }
    }

    private func sendRows(_ portal: Portal) throws(SQLError) -> PortalProgress {
        let sendsRows = portal.givesRows && clientText == nil
        let encoders = portal.encoders
        let context = encoders.contains { $0.needsContext } ? typeContext : nil
        var pulled = portal.batch.take()
        while true {
            if let batch = pulled {
                while portal.rowIndex < batch.count {
                    if portal.hasItsRows {
                        portal.batch = batch
                        portal.wasSuspended = true
                        return .suspended
                    }
                    if output.isFull {
                        portal.batch = batch
                        return .outputFull
                    }
                    if sendsRows {
                        appendRow(portal.rowIndex, of: batch, encoders, context)
                    } else if portal.givesRows, let client = clientText {
                        let start = output.byteCount
                        appendRow(portal.rowIndex, of: batch, encoders, context)
                        try client.convertRow(&output.bytes, from: start, encoders)
                    }
                    portal.rowIndex += 1
                    portal.rowCount += 1
                }
            }
            if portal.hasItsRows {
                portal.wasSuspended = true
                if portal.cursor != nil { portal.finish() }
                return .suspended
            }
            pulled = try portal.statement.next()
            if pulled == nil { break }
            portal.rowIndex = 0
        }
        portal.tag = portal.statement.commandTag
        if portal.wasSuspended, case .rows(let command, _) = portal.tag {
            portal.tag = .rows(command, portal.rowCount)
        }
        portal.finish()
        return .finished
    }

    /// CommandComplete, or what stands for it, after notices.
    func complete(_ portal: Portal) {
        flushNotices()
        if case .empty = portal.entry.body {
            output.bytes.appendEmptyQueryResponse()
        } else {
            switch portal.tag {
            case .rows(let command, let count):
                output.bytes.appendCommandComplete(command.text, rowCount: count)
            case .done(let tag): output.bytes.appendCommandComplete(tag)
            }
        }
    }

    /// At the end of a transaction every portal goes, but for the cursors that are held.
    func dropPortals() { dropPortals { $0.cursor?.isHeld != true } }

    /// Drops those that were made in at least `depth` savepoints; at 0 as `dropPortals`.
    func dropPortals(fromDepth depth: Int) {
        dropPortals { $0.savepointDepth >= depth && $0.cursor?.isHeld != true }
    }

    /// The transaction, or the savepoint at `depth`, has failed: its portals give nothing any more, and
    /// go with it.
    func failPortals(fromDepth depth: Int) {
        if hasUnnamedPortal, unnamedPortal.savepointDepth >= depth { unnamedPortal.fail() }
        if portals.count == 0 { return }
        for portal in portals.values
        where portal.savepointDepth >= depth && portal.cursor?.isHeld != true { portal.fail() }
    }

    func dropPortals(where goes: (Portal) -> Bool) {
        if hasUnnamedPortal, goes(unnamedPortal) { dropUnnamedPortal() }
        if portals.count > 0 { portals.removeAll(where: goes) { $0.discard() } }
    }
}
