internal import Analyze
internal import Base
internal import Catalog
internal import Engine
internal import Execute
internal import Log
internal import Parse
internal import Query
internal import System
internal import Types

/// COPY between a table or query and the client, or a file of the server's machine.
extension UtilityRunner {
    func runCopy(_ copy: CopyStatement) throws(SQLError) -> RunningStatement {
        if copy.isProgram || copy.fileName != nil { try checkServerAccess(copy) }
        return copy.isFrom ? try runCopyFrom(copy) : try runCopyTo(copy)
    }

    // MARK: FROM

    private func runCopyFrom(_ copy: CopyStatement) throws(SQLError) -> RunningStatement {
        let analyzer = runner.analyzer(text)
        guard let table = try analyzer.copyRelation(copy) else {
            throw SQLError(.internalError, "COPY FROM names a table")
        }
        if table.persistence != .temporary { try session.requireWritable("COPY FROM") }
        let refusal = Analyzer.copyRefusal(to: table.value)
        if refusal == nil { try session.lockRelation(table.oid, .rowExclusive) }
        let options = try copyOptions(copy)
        if let refusal { return try refuseCopyFrom(copy, table, options, analyzer, refusal) }
        let bound = try analyzer.analyzeCopyFrom(copy, table)
        let plan = try runner.plan(
            .insert(bound), session.scope, named: analyzer.named(in: .insert(bound)))
        try Execution.checkPrivileges(plan, session)
        try Execution.lockRelations(of: plan, session: session)
        for names in [options.forceNotNull, options.forceNull] where !names.isEmpty {
            _ = try analyzer.copyColumns(names, table)
        }
        let copyFrom = try CopyFrom(plan: plan, options: options, session: session)
        guard let path = copy.fileName else {
            return RunningStatement(
                copyFrom: copyFrom, refusal: options.freezes ? freezeRefusal(table) : nil)
        }
        let file = try openFile(reading: path)
        if options.freezes, let refusal = freezeRefusal(table) { throw refusal }
        try read(file, into: copyFrom)
        return RunningStatement(done: "COPY \(copyFrom.rowCount)")
    }

    /// The client is asked for its data first, as in PostgreSQL.
    private func refuseCopyFrom(
        _ copy: CopyStatement, _ table: Shared<Relation>, _ options: CopyOptions,
        _ analyzer: Analyzer, _ refusal: SQLError
    ) throws(SQLError) -> RunningStatement {
        let columns = try analyzer.copyColumns(copy.columns, table)
        if let path = copy.fileName {
            _ = try openFile(reading: path)
            throw refusal
        }
        return RunningStatement(
            refused: refusal, columnCount: columns.count, isBinary: options.format == .binary)
    }

    /// Why FREEZE cannot be; nil: it can.
    private func freezeRefusal(_ table: Shared<Relation>) -> SQLError? {
        if table.kind == .partitionedTable {
            return SQLError(
                .featureNotSupported, "cannot perform COPY FREEZE on a partitioned table")
        }
        if session.openCursors?().allSatisfy(\.isRunning) == false {
            return SQLError(
                .invalidTransactionState,
                "cannot perform COPY FREEZE because of prior transaction activity")
        }
        if session.isNewInSubtransaction(table.placement) { return nil }
        return SQLError(
            .objectNotInPrerequisiteState,
            "cannot perform COPY FREEZE because the table was not created or truncated in the "
                + "current subtransaction")
    }

    // MARK: TO

    private func runCopyTo(_ copy: CopyStatement) throws(SQLError) -> RunningStatement {
        let analyzer = runner.analyzer(text)
        let table = try analyzer.copyRelation(copy)
        if let table, let refusal = Analyzer.copyRefusal(from: table.value) { throw refusal }
        let options = try copyOptions(copy)
        let bound: BoundStatement
        if let table {
            bound = try analyzer.analyzeCopyTo(copy, table)
        } else if let query = copy.query {
            bound = try analyzer.analyzeCopyQuery(query)
        } else {
            throw SQLError(.internalError, "COPY has a table or a query")
        }
        let plan = try runner.plan(bound, session.scope, named: analyzer.named(in: bound))
        try Execution.checkPrivileges(plan, session)
        try Execution.lockRelations(of: plan, session: session)
        if case .some(let names) = options.forceQuote, !names.isEmpty {
            if let table { _ = try analyzer.copyColumns(names, table) }
            for name in names where !plan.columns.contains(where: { $0.name == name }) {
                if table == nil {
                    throw SQLError(.undefinedColumn, "column \"\(name)\" does not exist")
                }
            }
        }
        guard let path = copy.fileName else {
            return RunningStatement(
                copyTo: try CopyTo(plan: plan, options: options, session: session))
        }
        let file = try openFile(writing: path)
        let copyTo = try CopyTo(plan: plan, options: options, session: session)
        try write(copyTo, to: file)
        return RunningStatement(done: "COPY \(copyTo.rowCount)")
    }

    // MARK: Options

    /// COPY's options; an error about one of them says where it is.
    private func copyOptions(_ copy: CopyStatement) throws(SQLError) -> CopyOptions {
        let options = copy.options.map { (name: $0.name, value: $0.copyValue) }
        do throws(SQLError) {
            var read = try CopyOptions(options, isFrom: copy.isFrom)
            if !options.contains(where: { $0.name == "encoding" }) {
                read.encoding = try clientEncoding()
            }
            return read
        } catch {
            let isAboutOne = [
                "not recognized", "conflicting or redundant options",
                "must be a list of column names", "must be a valid encoding name",
            ].contains { error.message.hasSuffix($0) }
            guard isAboutOne else { throw error }
            for count in 1...options.count {
                do throws(SQLError) {
                    _ = try CopyOptions(Array(options.prefix(count)), isFrom: copy.isFrom)
                } catch let first {
                    guard first.message == error.message else { continue }
                    let location = copy.options[count - 1].location
                    throw error.at(
                        position: text.span.bytes.withUnsafeBytes {
                            Parser.characterPosition(ofByteOffset: location, in: $0)
                        })
                }
            }
            throw error
        }
    }

    /// The encoding of texts where nothing says otherwise: the client's; nil: the server's.
    private func clientEncoding() throws(SQLError) -> CharacterEncoding? {
        let name = try session.settings.show("client_encoding").text
        guard let encoding = CharacterEncoding.named(name), !encoding.isUTF8, !encoding.isASCII
        else { return nil }
        return encoding
    }

    // MARK: Server-side files

    private enum PredefinedRole {
        static let readServerFiles = OID(4569)
        static let writeServerFiles = OID(4570)
        static let executeServerProgram = OID(4571)
    }

    /// Files are for those who may use the server's. Programs are run for nobody: as long as
    /// clients are trusted without a password, any of them could run commands as the server's user.
    private func checkServerAccess(_ copy: CopyStatement) throws(SQLError) {
        let (role, name, what) =
            copy.isProgram
            ? (
                PredefinedRole.executeServerProgram, "pg_execute_server_program",
                "to or from an external program"
            )
            : copy.isFrom
                ? (PredefinedRole.readServerFiles, "pg_read_server_files", "from a file")
                : (PredefinedRole.writeServerFiles, "pg_write_server_files", "to a file")
        guard session.catalog.snapshot.hasPrivileges(of: role, member: session.user) else {
            throw SQLError(
                .insufficientPrivilege,
                "must be superuser or have privileges of the \(name) role to COPY \(what)"
            ).hint(
                "Anyone can COPY to stdout or from stdin. "
                    + "psql's \\copy command also works for anyone.")
        }
        if copy.isProgram {
            throw SQLError.notSupported("COPY with a program")
                .hint("psql's \\copy runs programs on the client's machine.")
        }
    }

    private func openFile(reading path: String) throws(SQLError) -> SequentialFile {
        let file: SequentialFile
        do throws(FileError) { file = try SequentialFile(reading: path) } catch {
            throw openError(error, "reading", "COPY FROM instructs the PostgreSQL server process to read a file.")
        }
        if file.isDirectory {
            throw SQLError(.wrongObjectType, "\"\(path)\" is a directory")
        }
        return file
    }

    private func openFile(writing path: String) throws(SQLError) -> SequentialFile {
        guard path.utf8.first == UInt8(ascii: "/") else {
            throw SQLError(.invalidName, "relative path not allowed for COPY to file")
        }
        do throws(FileError) { return try SequentialFile(writing: path) } catch {
            throw openError(error, "writing", "COPY TO instructs the PostgreSQL server process to write a file.")
        }
    }

    private func openError(_ error: FileError, _ purpose: String, _ hint: String) -> SQLError {
        let failure = error.error("could not open file \"\(error.path)\" for \(purpose)")
        return error.isMissingOrForbidden
            ? failure.hint(
                "\(hint) You may want a client-side facility such as psql's \\copy.") : failure
    }

    private static let chunkBytes = 128 << 10

    private func read(
        _ file: borrowing SequentialFile, into copy: CopyFrom
    ) throws(SQLError) {
        let buffer = UnsafeMutableRawBufferPointer.allocate(
            byteCount: UtilityRunner.chunkBytes, alignment: 16)
        defer { buffer.deallocate() }
        while true {
            let count: Int
            do throws(FileError) { count = try file.read(into: buffer) } catch {
                throw error.error("could not read from COPY file")
            }
            if count == 0 { break }
            try copy.feed(UnsafeRawBufferPointer(rebasing: buffer[..<count]))
        }
        try copy.finish()
    }

    /// What leaves the server must be durable first.
    private func write(
        _ copy: CopyTo, to file: borrowing SequentialFile
    ) throws(SQLError) {
        var buffer = ByteBuffer(capacityBytes: UtilityRunner.chunkBytes)
        var isAtEnd = false
        while !isAtEnd {
            isAtEnd = !(try copy.produce { buffer.append(contentsOf: $0) })
            if buffer.count < UtilityRunner.chunkBytes, !isAtEnd { continue }
            let log = session.database.engine.log
            log.flush(upTo: session.waitPosition)
            if log.durablePosition < session.waitPosition { throw Engine.logIsFull }
            do throws(FileError) {
                try buffer.withBytes { (bytes) throws(FileError) in try file.write(bytes) }
            } catch {
                throw error.error("could not write to COPY file")
            }
            buffer.removeAll()
        }
    }
}
