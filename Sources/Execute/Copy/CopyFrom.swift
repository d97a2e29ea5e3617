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
    private var binary: CopyBinaryReader
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
    private let conversion: TextConversion?
    /// The beginning of a character, whose rest is still to come.
    private var unconverted: [UInt8] = []
    public let isBinary: Bool
    /// Rows that are in the table: WHERE may have dropped others.
    public var rowCount: Int { inserter.changedCount }

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
        binary = CopyBinaryReader(columnCount: columns.count)
        isBinary = options.format == .binary
        splitter = CopyFieldSplitter(
            options: options,
            forceNotNull: try CopyFrom.flags(options.forceNotNull, columns, "FORCE_NOT_NULL"),
            forceNull: try CopyFrom.flags(options.forceNull, columns, "FORCE_NULL"))
        let arena = self.arena
        inputs = columns.map {
            ValueInput($0.type, run: run, arena: arena, isBinary: options.format == .binary)
        }
        vectors = columns.map { Vector($0.type.physical) }
        needsHeader = options.header != .none
        conversion = try options.conversion(isFrom: true)
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
        if isBinary {
            do throws(CopyBinaryReader.Failure) {
                try binary.feed(bytes) { (row) throws(SQLError) in try self.takeBinary(row) }
            } catch {
                throw try located(error)
            }
            return
        }
        do throws(SQLError) {
            if let conversion {
                try feed(bytes, conversion)
            } else {
                try feedLines(bytes)
            }
        } catch {
            if error.fields.context != nil { throw error }
            let number = lineNumber + 1
            try flush()
            throw error.context("COPY \(table.name), line \(number)")
        }
    }

    private func feedLines(_ bytes: UnsafeRawBufferPointer) throws(SQLError) {
        try lines.feed(bytes) { (line) throws(SQLError) in try self.take(line) }
    }

    private func feed(
        _ bytes: UnsafeRawBufferPointer, _ conversion: TextConversion
    ) throws(SQLError) {
        let source = unconverted + Array(bytes)
        unconverted = []
        var text: [UInt8] = []
        var failure: SQLError?
        do throws(SQLError) {
            let taken = try source.lend { (bytes) throws(SQLError) in
                try conversion.convertPart(bytes, into: &text)
            }
            unconverted = Array(source[taken...])
        } catch {
            failure = error
        }
        try text.lend { (bytes) throws(SQLError) in try feedLines(bytes) }
        if let failure { throw failure }
    }

    /// The client has sent everything: inserts what waits and checks what the statement's end checks.
    public func finish() throws(SQLError) {
        try finishInput()
        try flush()
        try run.finishStatement()
        run.session.waitFor(run.transaction.waitPosition)
    }

    private func finishInput() throws(SQLError) {
        if isBinary {
            do throws(CopyBinaryReader.Failure) { try binary.finish() } catch {
                throw try located(error)
            }
            return
        }
        do throws(SQLError) {
            try lines.finish { (line) throws(SQLError) in try self.take(line) }
        } catch {
            if error.fields.context != nil { throw error }
            lineNumber += 1
            let rest = lines.rest
            throw error.context(rest.withUnsafeBytes { lineContext($0) })
        }
        // No line at all is an empty header.
        if needsHeader, options.header == .match {
            lineNumber += 1
            try checkHeader(UnsafeRawBufferPointer(start: nil, count: 0))
        }
    }

    /// What a malformed row of the binary format is, once those before it are in.
    private func located(_ failure: CopyBinaryReader.Failure) throws(SQLError) -> SQLError {
        if failure.error.fields.context != nil || !binary.isInRows { return failure.error }
        let number = lineNumber + 1
        try flush()
        let column = failure.column.map { ", column \(columns[$0].name)" } ?? ""
        return failure.error.context("COPY \(table.name), line \(number)\(column)")
    }

    private func takeBinary(_ bytes: UnsafeRawBufferPointer) throws(SQLError) {
        lineNumber += 1
        if pendingCount == 0 {
            arena.reset()
            firstPendingLine = lineNumber
        }
        let row = arena.copy(bytes)
        CopyBinaryReader.split(
            row, into: fields + pendingCount * columns.count, count: columns.count)
        pendingLines[pendingCount] = row
        pendingCount += 1
        if pendingCount == batchRowsMax { try flush() }
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
            let row = fields + pendingCount * columns.count
            let count = try splitter.split(
                line, into: row, limit: columns.count, arena: arena)
            if count < columns.count {
                let number = lineNumber
                try flush()
                lineNumber = number
                // A value that cannot be read comes before one that is missing.
                try readFields(row, count: count)
            }
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

    /// Reads the first fields of one line for their errors.
    private func readFields(
        _ row: UnsafePointer<CopyField>, count: Int
    ) throws(SQLError) {
        for index in 0..<count {
            if let (_, error) = inputs[index].read(
                row + index, stride: 1, count: 1, into: vectors[index])
            {
                throw located(error, column: index, row[index])
            }
        }
    }

    private func located(_ error: SQLError, column: Int, _ field: CopyField) -> SQLError {
        // A type may have said where in the value: that line comes first.
        let inner = error.fields.context.map { $0 + "\n" } ?? ""
        return error.context(inner + fieldContext(column, field))
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
            failure = located(error, column: index, fields[row * columns.count + index])
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
        let place = "COPY \(table.name), line \(lineNumber)"
        return isBinary ? place : "\(place): \"\(shown(line))\""
    }

    private func fieldContext(_ column: Int, _ field: CopyField) -> String {
        let place = "COPY \(table.name), line \(lineNumber), column \(columns[column].name)"
        if isBinary { return place }
        return field.isNull ? "\(place): null input" : "\(place): \"\(shown(field.bytes))\""
    }
}
