internal import Base

/// Cuts the bytes of COPY FROM … (FORMAT binary) into rows, however they arrive.
///
///     | PGCOPY\n\xFF\r\n\0 11 | flags 4 | length 4, so many bytes to pass over |
///     | field count 2 | (length 4 or -1 for null, bytes in the type's binary form) … |  a row
///     | -1 2 |                                                                      the end
struct CopyBinaryReader: ~Copyable {
    /// Where a row is malformed: nil before its fields.
    struct Failure: Error {
        var error: SQLError
        var column: Int?
    }

    static let signature: [UInt8] = Array("PGCOPY\n".utf8) + [0xFF, 0x0D, 0x0A, 0]

    private let columnCount: Int
    private var waiting = ByteBuffer(capacityBytes: 1024)
    private var hasHeader = false
    private(set) var isEnded = false
    /// The row that waits is not complete with fewer bytes: it is not looked at before.
    private var neededCount = 0

    init(columnCount: Int) { self.columnCount = columnCount }

    /// True once the rows have begun: errors are about one of them.
    var isInRows: Bool { hasHeader }

    /// Calls `body` with each complete row, its field count left out.
    mutating func feed(
        _ bytes: UnsafeRawBufferPointer, _ body: (UnsafeRawBufferPointer) throws(SQLError) -> Void
    ) throws(Failure) {
        waiting.append(contentsOf: bytes)
        if waiting.count < neededCount { return }
        var buffer = ByteBuffer(capacityBytes: 16)
        swap(&buffer, &waiting)
        let used = try buffer.withBytes { (all) throws(Failure) in try cut(all, body) }
        swap(&buffer, &waiting)
        waiting.removeFirst(used)
    }

    /// The data is complete.
    func finish() throws(Failure) {
        if !hasHeader { throw CopyBinaryReader.headerFailure(waiting.bytes) }
        // The end may go without its mark.
        if isEnded || waiting.count < 2 { return }
        let column = waiting.withBytes { bytes in
            var column = 0
            var offset = 2
            while column + 1 < columnCount, let next = fieldEnd(bytes, offset), next <= bytes.count {
                offset = next
                column += 1
            }
            return column
        }
        throw Failure(error: CopyBinaryReader.malformed("unexpected EOF in COPY data"), column: column)
    }

    private static func malformed(_ message: String) -> SQLError {
        SQLError(.badCopyFileFormat, message)
    }

    /// What is missing in a header that stops too early.
    private static func headerFailure(_ bytes: [UInt8]) -> Failure {
        let message =
            switch bytes.count {
            case ..<11: "COPY file signature not recognized"
            case ..<15: "invalid COPY file header (missing flags)"
            case ..<19: "invalid COPY file header (missing length)"
            default: "invalid COPY file header (wrong length)"
            }
        return Failure(error: malformed(message))
    }

    private mutating func cut(
        _ bytes: UnsafeRawBufferPointer, _ body: (UnsafeRawBufferPointer) throws(SQLError) -> Void
    ) throws(Failure) -> Int {
        var start = 0
        if !hasHeader {
            guard let size = try headerSize(bytes) else { return 0 }
            hasHeader = true
            start = size
        }
        neededCount = 0
        while start < bytes.count {
            if isEnded {
                throw Failure(
                    error: CopyBinaryReader.malformed("received copy data after EOF marker"))
            }
            let rest = UnsafeRawBufferPointer(rebasing: bytes[start...])
            guard let size = try rowSize(rest) else { return start }
            if isEnded {
                start += size
                continue
            }
            do throws(SQLError) {
                try body(UnsafeRawBufferPointer(rebasing: rest[2..<size]))
            } catch {
                throw Failure(error: error)
            }
            start += size
        }
        return start
    }

    /// Nil: more bytes are needed.
    private mutating func headerSize(_ bytes: UnsafeRawBufferPointer) throws(Failure) -> Int? {
        let signature = CopyBinaryReader.signature
        let known = min(bytes.count, signature.count)
        guard bytes[..<known].elementsEqual(signature[..<known]) else {
            throw CopyBinaryReader.headerFailure([])
        }
        var reader = ByteReader(UnsafeRawBufferPointer(rebasing: bytes[known...]))
        guard bytes.count >= 15, let flags = reader.read(bigEndian: UInt32.self) else { return nil }
        if flags & 1 << 16 != 0 {
            throw Failure(
                error: CopyBinaryReader.malformed("invalid COPY file header (WITH OIDS)"))
        }
        if flags >> 16 != 0 {
            throw Failure(
                error: CopyBinaryReader.malformed(
                    "unrecognized critical flags in COPY file header"))
        }
        guard let length = reader.read(bigEndian: Int32.self) else { return nil }
        if length < 0 {
            throw Failure(
                error: CopyBinaryReader.malformed("invalid COPY file header (missing length)"))
        }
        let size = 19 + Int(length)
        neededCount = size
        return bytes.count < size ? nil : size
    }

    /// The size of the row at the start of `bytes`; nil: more bytes are needed.
    private mutating func rowSize(_ bytes: UnsafeRawBufferPointer) throws(Failure) -> Int? {
        var reader = ByteReader(bytes)
        guard let count = reader.read(bigEndian: Int16.self) else { return nil }
        if count == -1 {
            isEnded = true
            return 2
        }
        guard Int(count) == columnCount else {
            throw Failure(
                error: CopyBinaryReader.malformed(
                    "row field count is \(count), expected \(columnCount)"))
        }
        var offset = 2
        for column in 0..<columnCount {
            guard let end = fieldEnd(bytes, offset) else {
                if bytes.count < offset + 4 {
                    neededCount = offset + 4
                    return nil
                }
                throw Failure(
                    error: CopyBinaryReader.malformed("invalid field size"), column: column)
            }
            if end > bytes.count {
                neededCount = end
                return nil
            }
            offset = end
        }
        return offset
    }

    /// Where the field at `offset` ends; nil: its length is not there, or is none.
    private func fieldEnd(_ bytes: UnsafeRawBufferPointer, _ offset: Int) -> Int? {
        guard offset + 4 <= bytes.count else { return nil }
        var reader = ByteReader(UnsafeRawBufferPointer(rebasing: bytes[offset...]))
        guard let length = reader.read(bigEndian: Int32.self), length >= -1 else { return nil }
        return offset + 4 + max(Int(length), 0)
    }

    /// The fields of a row that `feed` has given.
    static func split(
        _ row: UnsafeRawBufferPointer, into fields: UnsafeMutablePointer<CopyField>, count: Int
    ) {
        var reader = ByteReader(row)
        for column in 0..<count {
            let length = reader.read(bigEndian: Int32.self) ?? -1
            let bytes = length < 0 ? nil : reader.read(byteCount: Int(length))
            fields[column] = CopyField(
                bytes: bytes ?? UnsafeRawBufferPointer(start: nil, count: 0), isNull: bytes == nil)
        }
    }
}
