internal import Base
internal import Glibc
internal import Types

/// LIKE and ILIKE (chapter 9.7.1).
let matchingKernels: KernelTable.Theme =
    likeTheme("text") + likeTheme("bpchar") + likeTheme("name") + [
        ("bytealike", like(ignoresCase: false, isNegated: false)),
        ("byteanlike", like(ignoresCase: false, isNegated: true)),
        ("like_escape", likeEscape), ("like_escape_bytea", likeEscape),
    ]

private func likeTheme(_ type: String) -> KernelTable.Theme {
    [
        (type + "like", like(ignoresCase: false, isNegated: false)),
        (type + "nlike", like(ignoresCase: false, isNegated: true)),
        (type + "iclike", like(ignoresCase: true, isNegated: false)),
        (type + "icnlike", like(ignoresCase: true, isNegated: true)),
    ]
}

private let likeEscape = Kernel.scalar { (arguments, context) throws(SQLError) in
    try escapedPattern(arguments[0].view.bytes, arguments[1].view, context)
}

private func like(ignoresCase: Bool, isNegated: Bool) -> Kernel {
    .vector { (arguments, count, result, _) throws(SQLError) in
        let texts = arguments[0].views
        let patterns = arguments[1].views
        for row in 0..<count where !result.isNull(row) {
            let matches = try texts[row].withBytes { (text) throws(SQLError) in
                try patterns[row].withBytes { (pattern) throws(SQLError) in
                    try LikePattern(pattern, ignoresCase: ignoresCase).matches(text)
                }
            }
            result.words[row] = matches != isNegated ? 1 : 0
        }
    }
}

private struct LikePattern {
    private let pattern: UnsafeRawBufferPointer
    private let ignoresCase: Bool

    init(_ pattern: UnsafeRawBufferPointer, ignoresCase: Bool) {
        self.pattern = pattern
        self.ignoresCase = ignoresCase
    }

    private func fold(_ byte: UInt8) -> UInt8 {
        ignoresCase && byte &- 65 < 26 ? byte | 0x20 : byte
    }

    /// Greedy with one point to fall back to: after the latest `%`. Linear but for that.
    func matches(_ text: UnsafeRawBufferPointer) throws(SQLError) -> Bool {
        var position = 0
        var index = 0
        var retryPattern = -1
        var retryText = 0
        while true {
            if index < pattern.count {
                let byte = pattern[index]
                if byte == 0x25 {
                    index += 1
                    guard let next = nextPlace(of: index, in: text, from: position) else {
                        return false
                    }
                    position = next
                    retryPattern = index
                    retryText = next
                    continue
                }
                if position < text.count, byte == 0x5F {
                    position = TextEncoding.offset(text, characters: 1, from: position)
                    index += 1
                    continue
                }
                var literal = byte
                var width = 1
                if byte == 0x5C, position < text.count {
                    guard index + 1 < pattern.count else {
                        throw SQLError(
                            .invalidEscapeSequence,
                            "LIKE pattern must not end with escape character")
                    }
                    literal = pattern[index + 1]
                    width = 2
                }
                if position < text.count, fold(literal) == fold(text[position]) {
                    position += 1
                    index += width
                    continue
                }
            } else if position == text.count {
                return true
            }
            guard retryPattern >= 0, retryText < text.count else { return false }
            let next = TextEncoding.offset(text, characters: 1, from: retryText)
            guard let place = nextPlace(of: retryPattern, in: text, from: next) else {
                return false
            }
            retryText = place
            position = place
            index = retryPattern
        }
    }

    /// Where what follows a `%` may begin, from `start` on: at its first byte, if that is a plain one.
    @inline(__always)
    private func nextPlace(
        of index: Int, in text: UnsafeRawBufferPointer, from start: Int
    ) -> Int? {
        guard index < pattern.count, !ignoresCase else { return start }
        let byte = pattern[index]
        if byte == 0x25 || byte == 0x5F || byte == 0x5C { return start }
        guard start < text.count,
            let found = memchr(text.baseAddress! + start, Int32(byte), text.count - start)
        else { return nil }
        return text.baseAddress!.distance(to: UnsafeRawPointer(found))
    }
}

/// The pattern with backslash as its escape character, from one with another or none.
private func escapedPattern(
    _ pattern: [UInt8], _ escape: ByteView, _ context: FunctionContext
) throws(SQLError) -> Datum {
    let mark = escape.bytes
    guard mark.withUnsafeBytes({ TextEncoding.characterCount($0) }) <= 1 else {
        throw SQLError(.invalidEscapeSequence, "invalid escape string")
            .hint("Escape string must be empty or one character.")
    }
    if mark == [0x5C] { return context.text(pattern) }
    var result: [UInt8] = []
    var index = 0
    while index < pattern.count {
        let isMark =
            !mark.isEmpty && index + mark.count <= pattern.count
            && Array(pattern[index..<index + mark.count]) == mark
        if isMark {
            result.append(0x5C)
            index += mark.count
            if index < pattern.count {
                result.append(pattern[index])
                index += 1
            }
            continue
        }
        if pattern[index] == 0x5C { result.append(0x5C) }
        result.append(pattern[index])
        index += 1
    }
    return context.text(result)
}
