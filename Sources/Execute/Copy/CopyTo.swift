public import Base
internal import Engine
internal import Types

/// COPY … TO: turns batches of rows into lines, or rows of the binary format.
public final class CopyTo {
    private let execution: Execution
    private let options: CopyOptions
    private let outputs: [ValueOutput]
    private let forceQuote: [Bool]
    private let names: [String]
    private var hasHeader = false
    private var isAtEnd = false
    private var field = ByteBuffer()
    private let conversion: TextConversion?
    public private(set) var rowCount = 0

    init(
        _ execution: Execution, outputs: [ValueOutput], names: [String], options: CopyOptions
    ) throws(SQLError) {
        self.execution = execution
        self.outputs = outputs
        self.names = names
        self.options = options
        conversion = try options.conversion(isFrom: false)
        switch options.forceQuote {
        case .all: forceQuote = names.map { _ in true }
        case .some(let columns):
            for column in columns where !names.contains(column) {
                throw SQLError(
                    .invalidColumnReference,
                    "FORCE_QUOTE column \"\(column)\" not referenced by COPY")
            }
            forceQuote = names.map { columns.contains($0) }
        }
    }

    public var columnCount: Int { names.count }
    public var isBinary: Bool { options.format == .binary }

    /// Gives the next lines to `body`, one at a time, its ending included; false at the end.
    public func produce(
        _ body: (UnsafeRawBufferPointer) -> Void
    ) throws(SQLError) -> Bool {
        if isBinary { return try produceBinary(body) }
        if options.header == .present, !hasHeader {
            hasHeader = true
            try writeHeader(body)
        }
        try execution.run.checkInterrupt()
        guard let batch = try execution.next() else {
            execution.close()
            return false
        }
        var line = ByteBuffer(capacityBytes: 512)
        for row in 0..<batch.count {
            line.removeAll()
            for index in outputs.indices {
                if index > 0 { line.append(options.delimiter) }
                appendField(batch.columns[index], row, index, &line)
            }
            line.append(UInt8(ascii: "\n"))
            try give(line, body)
        }
        rowCount += batch.count
        return true
    }

    /// The header goes with the first row, as in PostgreSQL.
    private func produceBinary(
        _ body: (UnsafeRawBufferPointer) -> Void
    ) throws(SQLError) -> Bool {
        if isAtEnd { return false }
        try execution.run.checkInterrupt()
        var row = ByteBuffer(capacityBytes: 512)
        if !hasHeader {
            hasHeader = true
            CopyBinaryReader.signature.withUnsafeBytes { row.append(contentsOf: $0) }
            row.append(bigEndian: 0 as UInt64)
        }
        guard let batch = try execution.next() else {
            execution.close()
            isAtEnd = true
            row.append(bigEndian: -1 as Int16)
            row.withBytes { body($0) }
            return true
        }
        for index in 0..<batch.count {
            row.append(bigEndian: Int16(truncatingIfNeeded: outputs.count))
            for column in outputs.indices {
                outputs[column].appendBinary(batch.columns[column][index], to: &row)
            }
            row.withBytes { body($0) }
            row.removeAll()
        }
        // A batch without rows leaves the header to the next.
        if batch.count == 0, rowCount == 0 { hasHeader = false }
        rowCount += batch.count
        return true
    }

    private func give(
        _ line: borrowing ByteBuffer, _ body: (UnsafeRawBufferPointer) -> Void
    ) throws(SQLError) {
        guard let conversion else { return line.withBytes { body($0) } }
        let converted = try line.withBytes { (bytes) throws(SQLError) in
            try conversion.convert(bytes)
        }
        converted.withUnsafeBytes { body($0) }
    }

    private func writeHeader(_ body: (UnsafeRawBufferPointer) -> Void) throws(SQLError) {
        var line = ByteBuffer()
        for (index, name) in names.enumerated() {
            if index > 0 { line.append(options.delimiter) }
            let bytes = Array(name.utf8)
            bytes.withUnsafeBytes {
                switch options.format {
                case .text, .binary: escape($0, &line)
                case .csv: quote($0, isForced: false, isOnly: names.count == 1, &line)
                }
            }
        }
        line.append(UInt8(ascii: "\n"))
        try give(line, body)
    }

    private func appendField(_ vector: Vector, _ row: Int, _ index: Int, _ line: inout ByteBuffer) {
        if vector.isNull(row) {
            line.append(contentsOf: options.null)
            return
        }
        field.removeAll()
        outputs[index].append(vector[row], to: &field)
        field.withBytes {
            switch options.format {
            case .text, .binary: escape($0, &line)
            case .csv:
                quote($0, isForced: forceQuote[index], isOnly: outputs.count == 1, &line)
            }
        }
    }

    /// The text format's backslash sequences.
    private func escape(_ bytes: UnsafeRawBufferPointer, _ line: inout ByteBuffer) {
        var start = 0
        for position in 0..<bytes.count {
            let byte = bytes[position]
            if byte >= 0x20, byte != UInt8(ascii: "\\"), byte != options.delimiter { continue }
            let letter: UInt8
            switch byte {
            case 8: letter = UInt8(ascii: "b")
            case 9: letter = UInt8(ascii: "t")
            case 10: letter = UInt8(ascii: "n")
            case 11: letter = UInt8(ascii: "v")
            case 12: letter = UInt8(ascii: "f")
            case 13: letter = UInt8(ascii: "r")
            case UInt8(ascii: "\\"), options.delimiter: letter = byte
            default: continue
            }
            line.append(contentsOf: UnsafeRawBufferPointer(rebasing: bytes[start..<position]))
            line.append(UInt8(ascii: "\\"))
            line.append(letter)
            start = position + 1
        }
        line.append(contentsOf: UnsafeRawBufferPointer(rebasing: bytes[start...]))
    }

    /// CSV: quotes what would be read otherwise than it is.
    private func quote(
        _ bytes: UnsafeRawBufferPointer, isForced: Bool, isOnly: Bool, _ line: inout ByteBuffer
    ) {
        var needsQuotes = isForced || bytes.elementsEqual(options.null)
        if isOnly, bytes.elementsEqual("\\.".utf8) { needsQuotes = true }
        if !needsQuotes {
            needsQuotes = bytes.contains {
                $0 == options.delimiter || $0 == options.quote || $0 == 10 || $0 == 13
            }
        }
        if !needsQuotes {
            line.append(contentsOf: bytes)
            return
        }
        line.append(options.quote)
        for byte in bytes {
            if byte == options.quote || byte == options.escape { line.append(options.escape) }
            line.append(byte)
        }
        line.append(options.quote)
    }
}
