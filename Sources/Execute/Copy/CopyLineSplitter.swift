internal import Base
internal import Glibc

/// Cuts the bytes of COPY FROM into lines, however they arrive. A line that is not complete waits
/// for the next bytes, and is not looked at again from its start.
struct CopyLineSplitter: ~Copyable {
    private enum Ending {
        case unknown
        case newline
        case carriageReturnNewline
    }

    private let isCSV: Bool
    private let quote: UInt8
    private let escape: UInt8
    private var waiting = ByteBuffer(capacityBytes: 1024)
    private var ending = Ending.unknown
    /// How much of `waiting` has been scanned, and whether that ended inside quotes.
    private var scannedCount = 0
    private var isInQuotes = false
    /// After `\.`: everything else is passed over.
    private(set) var isEnded = false

    init(options: CopyOptions) {
        isCSV = options.format == .csv
        quote = options.quote
        escape = options.escape
    }

    /// The bytes of the line that is not complete.
    var rest: [UInt8] { waiting.bytes }

    /// Calls `body` with each complete line, its ending removed.
    mutating func feed(
        _ bytes: UnsafeRawBufferPointer, _ body: (UnsafeRawBufferPointer) throws(SQLError) -> Void
    ) throws(SQLError) {
        if isEnded || bytes.isEmpty { return }
        if waiting.count == 0 {
            let used = try cut(bytes, body)
            if !isEnded, used < bytes.count {
                waiting.append(contentsOf: UnsafeRawBufferPointer(rebasing: bytes[used...]))
            }
            return
        }
        waiting.append(contentsOf: bytes)
        try cutWaiting(body)
    }

    /// The data is complete: a last line without an ending counts.
    mutating func finish(
        _ body: (UnsafeRawBufferPointer) throws(SQLError) -> Void
    ) throws(SQLError) {
        if isEnded || waiting.count == 0 { return }
        if isCSV, isInQuotes {
            throw SQLError(.badCopyFileFormat, "unterminated CSV quoted field")
        }
        waiting.append(UInt8(ascii: "\n"))
        try cutWaiting(body)
    }

    private mutating func cutWaiting(
        _ body: (UnsafeRawBufferPointer) throws(SQLError) -> Void
    ) throws(SQLError) {
        // The buffer is taken out, so that lines can be cut from it while this state changes.
        var buffer = ByteBuffer(capacityBytes: 16)
        swap(&buffer, &waiting)
        let used = try buffer.withBytes { (all) throws(SQLError) in try cut(all, body) }
        swap(&buffer, &waiting)
        waiting.removeFirst(used)
    }

    /// Gives the complete lines of `bytes`; returns how many bytes they took.
    private mutating func cut(
        _ bytes: UnsafeRawBufferPointer, _ body: (UnsafeRawBufferPointer) throws(SQLError) -> Void
    ) throws(SQLError) -> Int {
        let base = bytes.baseAddress!
        var start = 0
        while start < bytes.count {
            let from = start + scannedCount
            guard let end = isCSV ? findQuotedEnd(bytes, from) : findEnd(bytes, start, from)
            else {
                scannedCount = bytes.count - start
                return start
            }
            scannedCount = 0
            var count = end - start
            if ending == .unknown {
                ending =
                    count > 0 && bytes[end - 1] == 13 ? .carriageReturnNewline : .newline
            }
            if ending == .carriageReturnNewline, count > 0, bytes[end - 1] == 13 { count -= 1 }
            let line = UnsafeRawBufferPointer(start: base + start, count: count)
            start = end + 1
            if count == 2, line[0] == UInt8(ascii: "\\"), line[1] == UInt8(ascii: ".") {
                isEnded = true
                return bytes.count
            }
            try body(line)
        }
        return start
    }

    /// Text: the next newline that no backslash precedes.
    private func findEnd(_ bytes: UnsafeRawBufferPointer, _ start: Int, _ from: Int) -> Int? {
        let base = bytes.baseAddress!
        var position = from
        while position < bytes.count {
            guard let found = memchr(base + position, 10, bytes.count - position) else {
                return nil
            }
            let end = UnsafeRawPointer(found) - base
            var backslashes = 0
            while end - 1 - backslashes >= start,
                bytes[end - 1 - backslashes] == UInt8(ascii: "\\")
            {
                backslashes += 1
            }
            if backslashes % 2 == 0 { return end }
            position = end + 1
        }
        return nil
    }

    /// CSV: the next newline outside quotes. An escape other than the quote hides a quote after it.
    private mutating func findQuotedEnd(_ bytes: UnsafeRawBufferPointer, _ from: Int) -> Int? {
        var position = from
        while position < bytes.count {
            let byte = bytes[position]
            if isInQuotes, byte == escape, escape != quote {
                if position + 1 == bytes.count { return nil }
                position += 1
            } else if byte == quote {
                isInQuotes.toggle()
            } else if byte == 10, !isInQuotes {
                return position
            }
            position += 1
        }
        return nil
    }
}
