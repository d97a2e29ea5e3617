internal import Base
internal import Glibc

/// Cuts the bytes of COPY FROM into lines, however they arrive. A line that is not complete waits
/// for the next bytes, and is not looked at again from its start. The first line's ending is that of
/// all: a newline, a carriage return, or both.
struct CopyLineSplitter: ~Copyable {
    private enum Ending {
        case unknown
        case newline
        case carriageReturn
        case carriageReturnNewline
    }

    private let isCSV: Bool
    private let quote: UInt8
    private let escape: UInt8
    private var waiting = ByteBuffer(capacityBytes: 1024)
    private var ending = Ending.unknown
    /// Where in `waiting` scanning goes on, and whether that is inside quotes.
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
        switch ending {
        case .unknown where waiting.bytes.last == 13: ending = .carriageReturn
        case .newline, .unknown: waiting.append(10 as UInt8)
        case .carriageReturn: waiting.append(13 as UInt8)
        case .carriageReturnNewline:
            // Half of the ending may be there.
            if waiting.bytes.last != 13 { waiting.append(13 as UInt8) }
            waiting.append(10 as UInt8)
        }
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
            guard
                let end = isCSV
                    ? try findQuotedEnd(bytes, start, from) : findEnd(bytes, start, from)
            else { return start }
            scannedCount = 0
            var count = end - start
            if ending == .carriageReturnNewline, count > 0, bytes[end - 1] == 13 {
                count -= 1
            } else if ending == .carriageReturnNewline {
                throw strayByte(10)
            }
            let line = UnsafeRawBufferPointer(start: base + start, count: count)
            start = end + 1
            if count == 2, line[0] == UInt8(ascii: "\\"), line[1] == UInt8(ascii: ".") {
                isEnded = true
                return bytes.count
            }
            if !isCSV, let rest = try lastLine(line) {
                isEnded = true
                try body(rest)
                return bytes.count
            }
            try body(line)
        }
        return start
    }

    /// Text: refuses line endings of another kind, and finds the end mark that follows data in its
    /// line; nil: there is none.
    private func lastLine(
        _ line: UnsafeRawBufferPointer
    ) throws(SQLError) -> UnsafeRawBufferPointer? {
        guard let base = line.baseAddress, line.count > 0 else { return nil }
        let stray: UInt8 = ending == .carriageReturn ? 10 : 13
        let hasBackslash = memchr(base, 0x5C, line.count) != nil
        if !hasBackslash {
            if memchr(base, Int32(stray), line.count) != nil { throw strayByte(stray) }
            return nil
        }
        var position = 0
        while position < line.count {
            if line[position] == stray { throw strayByte(stray) }
            guard line[position] == UInt8(ascii: "\\"), position + 1 < line.count else {
                position += 1
                continue
            }
            if line[position + 1] == UInt8(ascii: ".") {
                guard position + 2 == line.count else {
                    throw SQLError(.badCopyFileFormat, "end-of-copy marker corrupt")
                }
                return UnsafeRawBufferPointer(rebasing: line[..<position])
            }
            position += 2
        }
        return nil
    }

    private func strayByte(_ byte: UInt8) -> SQLError {
        let (name, letter) = byte == 10 ? ("newline", "n") : ("carriage return", "r")
        return SQLError(
            .badCopyFileFormat, "\(isCSV ? "unquoted" : "literal") \(name) found in data"
        ).hint(
            isCSV
                ? "Use quoted CSV field to represent \(name)."
                : "Use \"\\\(letter)\" to represent \(name).")
    }

    /// Text: the first line's ending, where it can be told from these bytes.
    private mutating func findEnding(_ bytes: UnsafeRawBufferPointer, _ start: Int, _ from: Int) {
        var position = from
        while position < bytes.count {
            switch bytes[position] {
            case UInt8(ascii: "\\"): position += 2
            case 10:
                ending = .newline
                return
            case 13 where position + 1 < bytes.count:
                ending = bytes[position + 1] == 10 ? .carriageReturnNewline : .carriageReturn
                return
            case 13:
                scannedCount = position - start
                return
            default: position += 1
            }
        }
        scannedCount = position - start
    }

    /// Text: the next line's end that no backslash precedes.
    private mutating func findEnd(
        _ bytes: UnsafeRawBufferPointer, _ start: Int, _ from: Int
    ) -> Int? {
        var position = from
        if ending == .unknown {
            findEnding(bytes, start, from)
            if ending == .unknown { return nil }
            position = start
        }
        let base = bytes.baseAddress!
        let last: Int32 = ending == .carriageReturn ? 13 : 10
        while position < bytes.count {
            guard let found = memchr(base + position, last, bytes.count - position) else { break }
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
        scannedCount = bytes.count - start
        return nil
    }

    /// CSV: the next line's end outside quotes. An escape other than the quote hides a quote after
    /// it.
    private mutating func findQuotedEnd(
        _ bytes: UnsafeRawBufferPointer, _ start: Int, _ from: Int
    ) throws(SQLError) -> Int? {
        var position = from
        while position < bytes.count {
            let byte = bytes[position]
            let isLast = position + 1 == bytes.count
            if isInQuotes, byte == escape, escape != quote {
                if isLast { break }
                position += 2
                continue
            }
            if byte == quote { isInQuotes.toggle() }
            if isInQuotes || byte != 10 && byte != 13 {
                position += 1
                continue
            }
            if byte == 13, ending == .unknown || ending == .carriageReturnNewline {
                if isLast { break }
                if bytes[position + 1] == 10 {
                    ending = .carriageReturnNewline
                    return position + 1
                }
                if ending == .unknown { ending = .carriageReturn }
            } else if byte == 10, ending == .unknown {
                ending = .newline
            }
            guard byte == 10 ? ending == .newline : ending == .carriageReturn else {
                throw strayByte(byte)
            }
            return position
        }
        scannedCount = position - start
        return nil
    }
}
