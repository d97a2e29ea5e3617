public import Base
internal import Types
internal import Catalog
internal import Engine
internal import Query

/// COPY … FROM STDIN: takes the client's bytes as they come and inserts batches of rows.
///
///     feed … feed → lines → fields → values by column → (batch full) → the inserter
///
/// State between messages is here, on no stack.
public final class CopyFrom {
    private let run: RunState
    private let inserter: RowInserter
    private let table: Relation
    private let columns: [Column]
    private let options: CopyOptions
    private var lines: CopyLineSplitter
    private let splitter: CopyFieldSplitter
    private let inputs: [ValueInput]
    private let vectors: [Vector]
    private let arena = Arena()
    /// The fields of the lines that wait, row by row.
    private let fields: UnsafeMutablePointer<CopyField>
    private var lineNumber = 0
    /// The lines that wait, copied, for their fields and for errors.
    private let pendingLines: UnsafeMutablePointer<UnsafeRawBufferPointer>
    private var firstPendingLine = 1
    private var pendingCount = 0
    private var needsHeader: Bool
    public private(set) var rowCount = 0

    init(
        inserter: RowInserter, insert: BoundInsert, options: CopyOptions, run: RunState
    ) throws(SQLError) {
        self.run = run
        self.inserter = inserter
        self.options = options
        table = insert.table.value
        var columns: [Column] = []
        for index in insert.columns { columns.append(insert.table.value.columns[index]) }
        self.columns = columns
        lines = CopyLineSplitter(options: options)
        splitter = CopyFieldSplitter(
            options: options,
            forceNotNull: try CopyFrom.flags(options.forceNotNull, columns, "FORCE_NOT_NULL"),
            forceNull: try CopyFrom.flags(options.forceNull, columns, "FORCE_NULL"))
        let arena = self.arena
        inputs = columns.map { ValueInput($0.type, run: run, arena: arena) }
        vectors = columns.map { Vector($0.type.physical) }
        needsHeader = options.header != .none
        fields = .allocate(capacity: max(columns.count, 1) * batchRowsMax)
        pendingLines = .allocate(capacity: batchRowsMax)
    }

    deinit {
        run.dismantle()
        fields.deallocate()
        pendingLines.deallocate()
    }

    private static func flags(
        _ names: [String], _ columns: [Column], _ option: String
    ) throws(SQLError) -> [Bool] {
        var flags = Array(repeating: false, count: columns.count)
        for name in names {
            guard let index = columns.firstIndex(where: { $0.name == name }) else {
                throw SQLError(
                    .invalidColumnReference,
                    "\(option) column \"\(name)\" not referenced by COPY")
            }
            flags[index] = true
        }
        return flags
    }

    public var columnCount: Int { columns.count }

    /// Takes bytes of a CopyData message.
    public func feed(_ bytes: UnsafeRawBufferPointer) throws(SQLError) {
        try run.checkInterrupt()
        try lines.feed(bytes) { (line) throws(SQLError) in try self.take(line) }
    }

    /// The client has sent everything: inserts what waits and checks what the statement's end checks.
    public func finish() throws(SQLError) {
        do throws(SQLError) {
            try lines.finish { (line) throws(SQLError) in try self.take(line) }
        } catch {
            if error.fields.context != nil { throw error }
            lineNumber += 1
            let rest = lines.rest
            throw error.context(rest.withUnsafeBytes { lineContext($0) })
        }
        try flush()
        try run.finishStatement()
        run.session.waitFor(run.transaction.waitPosition)
    }

    private func take(_ bytes: UnsafeRawBufferPointer) throws(SQLError) {
        lineNumber += 1
        if needsHeader {
            needsHeader = false
            if options.header == .match { try checkHeader(bytes) }
            return
        }
        if pendingCount == 0 {
            arena.reset()
            firstPendingLine = lineNumber
        }
        let line = arena.copy(bytes)
        do throws(SQLError) {
            let count = try splitter.split(
                line, into: fields + pendingCount * columns.count, limit: columns.count,
                arena: arena)
            try checkCount(count, line)
        } catch {
            // Rows before this one come first, with their own errors.
            let number = lineNumber
            try flush()
            lineNumber = number
            throw error.fields.context == nil ? error.context(lineContext(line)) : error
        }
        pendingLines[pendingCount] = line
        pendingCount += 1
        if pendingCount == batchRowsMax { try flush() }
    }

    private func checkCount(_ count: Int, _ line: UnsafeRawBufferPointer) throws(SQLError) {
        if count > columns.count {
            // A table without columns still has lines, all empty.
            if columns.isEmpty, line.isEmpty { return }
            throw SQLError(.badCopyFileFormat, "extra data after last expected column")
        }
        if count < columns.count {
            throw SQLError(
                .badCopyFileFormat, "missing data for column \"\(columns[count].name)\"")
        }
    }

    /// Reads the fields of the lines that wait, column by column, and inserts the rows.
    private func flush() throws(SQLError) {
        if pendingCount == 0 { return }
        let lineCount = pendingCount
        pendingCount = 0
        var count = lineCount
        var failure: SQLError?
        for index in columns.indices {
            guard
                let (row, error) = inputs[index].read(
                    fields + index, stride: columns.count, count: count, into: vectors[index])
            else { continue }
            count = row
            lineNumber = firstPendingLine + row
            let field = fields[row * columns.count + index]
            // A type may have said where in the value: that line comes first.
            let inner = error.fields.context.map { $0 + "\n" } ?? ""
            failure = error.context(inner + fieldContext(index, field))
        }
        if count > 0 {
            do throws(SQLError) {
                try inserter.insert(vectors, count: count)
            } catch {
                guard error.fields.context == nil else { throw error }
                lineNumber = firstPendingLine + inserter.failedRow
                // Rows are written some at a time: then the line is not at hand in PostgreSQL.
                throw error.context(
                    inserter.hasFailedCheck
                        ? lineContext(pendingLines[inserter.failedRow])
                        : "COPY \(table.name), line \(lineNumber)")
            }
            rowCount += count
        }
        if let failure { throw failure }
    }

    private func checkHeader(_ line: UnsafeRawBufferPointer) throws(SQLError) {
        let count = try splitter.split(
            line, into: fields, limit: columns.count, arena: arena)
        if count != columns.count {
            throw SQLError(
                .badCopyFileFormat,
                "wrong number of fields in header line: got \(count), "
                    + "expected \(columns.count)"
            ).context(lineContext(line))
        }
        for (index, column) in columns.enumerated() {
            let name = String(decoding: fields[index].bytes, as: UTF8.self)
            if fields[index].isNull {
                throw SQLError(
                    .badCopyFileFormat,
                    "column name mismatch in header line field \(index + 1): got null value "
                        + "(\"\(name)\"), expected \"\(column.name)\""
                ).context(lineContext(line))
            }
            if name != column.name {
                throw SQLError(
                    .badCopyFileFormat,
                    "column name mismatch in header line field \(index + 1): got \"\(name)\", "
                        + "expected \"\(column.name)\""
                ).context(lineContext(line))
            }
        }
    }

    // MARK: Contexts

    private static let shownBytesMax = 100

    private func shown(_ bytes: UnsafeRawBufferPointer) -> String {
        if bytes.count <= CopyFrom.shownBytesMax { return String(decoding: bytes, as: UTF8.self) }
        var end = CopyFrom.shownBytesMax
        while end > 0, bytes[end] & 0xC0 == 0x80 { end -= 1 }
        return String(decoding: bytes[..<end], as: UTF8.self) + "..."
    }

    private func lineContext(_ line: UnsafeRawBufferPointer) -> String {
        "COPY \(table.name), line \(lineNumber): \"\(shown(line))\""
    }

    private func fieldContext(_ column: Int, _ field: CopyField) -> String {
        "COPY \(table.name), line \(lineNumber), column \(columns[column].name): "
            + "\"\(shown(field.bytes))\""
    }
}
