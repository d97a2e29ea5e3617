internal import Base
internal import Types

/// Strings: length, concatenation, case, cutting, padding, searching (chapter 9.4).
let textKernels: KernelTable.Theme = [
    (
        "textcat",
        .scalar { (arguments, context) throws(SQLError) in
            concatenate(arguments[0].view, arguments[1].view, context)
        }
    ),
    (
        "byteacat",
        .scalar { (arguments, context) throws(SQLError) in
            concatenate(arguments[0].view, arguments[1].view, context)
        }
    ),
    (
        "textanycat$2003",
        .scalar { (arguments, context) throws(SQLError) in
            let right = castToText(arguments[1], context.argumentTypes[1], context)
            return concatenate(arguments[0].view, right, context)
        }
    ),
    (
        "anytextcat$2004",
        .scalar { (arguments, context) throws(SQLError) in
            let left = castToText(arguments[0], context.argumentTypes[0], context)
            return concatenate(left, arguments[1].view, context)
        }
    ),
    ("textlen", characterCount { $0 }),
    (
        "bpcharlen",
        characterCount {
            TypeComparison.unpaddedCount($0) < $0.count
                ? UnsafeRawBufferPointer(rebasing: $0[..<TypeComparison.unpaddedCount($0)]) : $0
        }
    ),
    ("textoctetlen", byteCount), ("bpcharoctetlen", byteCount), ("byteaoctetlen", byteCount),
    ("bit_length$1810", bitCount), ("bit_length$1811", bitCount),
    ("lower", caseMapping(isUpper: false)), ("upper", caseMapping(isUpper: true)),
    (
        "initcap",
        .scalar { (arguments, context) throws(SQLError) in
            initialCapitals(arguments[0].view, context)
        }
    ),
    (
        "text_substr",
        .scalar { (arguments, _) throws(SQLError) in
            try substring(
                arguments[0].view, from: arguments[1].word, length: arguments[2].word)
        }
    ),
    (
        "text_substr_no_len",
        .scalar { (arguments, _) throws(SQLError) in
            try substring(arguments[0].view, from: arguments[1].word, length: nil)
        }
    ),
    (
        "text_left",
        .scalar { (arguments, context) throws(SQLError) in
            arguments[0].view.withBytes { bytes in
                let end = leftEnd(bytes, arguments[1].word)
                return context.text(UnsafeRawBufferPointer(rebasing: bytes[..<end]))
            }
        }
    ),
    (
        "text_right",
        .scalar { (arguments, context) throws(SQLError) in
            arguments[0].view.withBytes { bytes in
                // PostgreSQL negates in 32 bits: the least integer stays what it is.
                let wanted = arguments[1].word
                let start =
                    wanted == 0
                    ? bytes.count : wanted == Int64(Int32.min) ? 0 : leftEnd(bytes, -wanted)
                return context.text(UnsafeRawBufferPointer(rebasing: bytes[start...]))
            }
        }
    ),
    ("lpad", padding(isLeft: true, hasFill: true)), ("rpad", padding(isLeft: false, hasFill: true)),
    ("lpad$879", padding(isLeft: true, hasFill: false)),
    ("rpad$880", padding(isLeft: false, hasFill: false)),
    ("btrim", trimming(.both, hasSet: true)), ("btrim1", trimming(.both, hasSet: false)),
    ("ltrim", trimming(.left, hasSet: true)), ("ltrim1", trimming(.left, hasSet: false)),
    ("rtrim", trimming(.right, hasSet: true)), ("rtrim1", trimming(.right, hasSet: false)),
    (
        "textpos",
        .scalar { (arguments, _) throws(SQLError) in
            Datum(word: Int64(position(of: arguments[1].view, in: arguments[0].view)))
        }
    ),
    (
        "text_starts_with",
        .scalar { (arguments, _) throws(SQLError) in
            arguments[0].view.withBytes { text in
                arguments[1].view.withBytes { prefix in
                    Datum(
                        text.count >= prefix.count
                            && compareBytes(
                                UnsafeRawBufferPointer(rebasing: text[..<prefix.count]), prefix)
                                == 0
                    )
                }
            }
        }
    ),
    (
        "replace_text",
        .scalar { (arguments, context) throws(SQLError) in
            replace(arguments[0].view, arguments[1].view, with: arguments[2].view, context)
        }
    ),
    ("textoverlay", overlay(hasLength: true)), ("textoverlay_no_len", overlay(hasLength: false)),
    (
        "repeat",
        .scalar { (arguments, context) throws(SQLError) in
            try repeated(arguments[0].view, count: arguments[1].word, context)
        }
    ),
    (
        "text_reverse",
        .scalar { (arguments, context) throws(SQLError) in
            reversed(arguments[0].view, context)
        }
    ),
    (
        "split_part",
        .scalar { (arguments, context) throws(SQLError) in
            try splitPart(arguments[0].view, arguments[1].view, arguments[2].word, context)
        }
    ),
    (
        "translate",
        .scalar { (arguments, context) throws(SQLError) in
            translate(arguments[0].view, arguments[1].view, arguments[2].view, context)
        }
    ),
    (
        "ascii",
        .scalar { (arguments, _) throws(SQLError) in
            arguments[0].view.withBytes { bytes in
                Datum(word: Int64(characters(bytes).first.map { $0.value } ?? 0))
            }
        }
    ),
    ("chr", .scalar(characterOfCode)),
    (
        "to_hex32",
        .scalar { (arguments, context) throws(SQLError) in
            context.text(String(UInt32(truncatingIfNeeded: arguments[0].word), radix: 16))
        }
    ),
    (
        "to_hex64",
        .scalar { (arguments, context) throws(SQLError) in
            context.text(String(UInt64(bitPattern: arguments[0].word), radix: 16))
        }
    ),
    // Casts and modifiers.
    ("varchar", modifierCast(.varchar)), ("bpchar", modifierCast(.bpchar)),
    ("name_text", identityViews), ("text_name", nameCast), ("bpchar_name", nameCast),
    ("name_bpchar", identityViews),
    (
        "char_text",
        .scalar { (arguments, context) throws(SQLError) in
            asTextDatum(arguments[0], .char, context)
        }
    ),
    (
        "char_bpchar",
        .scalar { (arguments, context) throws(SQLError) in
            asTextDatum(arguments[0], .char, context)
        }
    ),
    (
        "text_char",
        .scalar { (arguments, _) throws(SQLError) in
            arguments[0].view.withBytes { Datum(word: Int64($0.first ?? 0)) }
        }
    ),
    (
        "text_regclass",
        .scalar { (arguments, context) throws(SQLError) in
            try arguments[0].view.withBytes { (bytes) throws(SQLError) in
                try TypeIO.input(
                    bytes, type: SQLType(.regclass), context: context.types, arena: context.arena)
            }
        }
    ),
]

private func concatenate(
    _ left: ByteView, _ right: ByteView, _ context: FunctionContext
) -> Datum {
    let size = left.count + right.count
    let target = context.arena.allocate(byteCount: size)
    left.withBytes { bytes in
        if let source = bytes.baseAddress {
            target.copyMemory(from: source, byteCount: bytes.count)
        }
    }
    right.withBytes { bytes in
        if let source = bytes.baseAddress {
            (target + left.count).copyMemory(from: source, byteCount: bytes.count)
        }
    }
    return Datum(view: ByteView(borrowing: UnsafeRawBufferPointer(start: target, count: size)))
}

private func characterCount(
    _ part: @escaping @Sendable (UnsafeRawBufferPointer) -> UnsafeRawBufferPointer
) -> Kernel {
    .scalar { (arguments, _) throws(SQLError) in
        arguments[0].view.withBytes { Datum(word: Int64(TextEncoding.characterCount(part($0)))) }
    }
}
private let byteCount = Kernel.scalar { (arguments, _) throws(SQLError) in
    Datum(word: Int64(arguments[0].view.count))
}
private let bitCount = Kernel.scalar { (arguments, _) throws(SQLError) in
    Datum(word: Int64(arguments[0].view.count) * 8)
}

func characters(_ bytes: UnsafeRawBufferPointer) -> [UnicodeScalar] {
    Array(String(decoding: bytes, as: UTF8.self).unicodeScalars)
}

/// The C locale maps ASCII letters alone.
private func caseMapping(isUpper: Bool) -> Kernel {
    let first: UInt8 = isUpper ? 97 : 65
    return .scalar { (arguments, context) throws(SQLError) in
        arguments[0].view.withBytes { bytes in
            let target = context.arena.allocate(byteCount: bytes.count)
            for (index, byte) in bytes.enumerated() {
                target.storeBytes(
                    of: byte &- first < 26 ? byte ^ 0x20 : byte, toByteOffset: index, as: UInt8.self
                )
            }
            return Datum(
                view: ByteView(
                    borrowing: UnsafeRawBufferPointer(start: target, count: bytes.count)))
        }
    }
}

private func initialCapitals(_ view: ByteView, _ context: FunctionContext) -> Datum {
    var wasWord = false
    var result = view.bytes
    for (index, byte) in result.enumerated() {
        let isUpper = byte &- 65 < 26
        let isLower = byte &- 97 < 26
        if wasWord ? isUpper : isLower { result[index] = byte ^ 0x20 }
        wasWord = isUpper || isLower || byte &- 48 < 10
    }
    return context.text(result)
}

/// SQL's substring: positions before the first character count too.
private func substring(
    _ view: ByteView, from start: Int64, length: Int64?
) throws(SQLError) -> Datum {
    var end = Int64.max
    if let length {
        guard length >= 0 else {
            throw SQLError(.substringError, "negative substring length not allowed")
        }
        let (sum, overflow) = start.addingReportingOverflow(length)
        end = overflow ? .max : sum
    }
    let first = max(start, 1)
    if end <= first { return Datum(view: ByteView()) }
    let part = view.withBytes { bytes in
        let from = TextEncoding.offset(bytes, characters: Int(first) - 1)
        let to =
            end == .max
            ? bytes.count : TextEncoding.offset(bytes, characters: Int(end - first), from: from)
        return from..<to
    }
    return Datum(view: view.slice(part))
}

/// Where the first `count` characters end; negative: all but the last -count.
private func leftEnd(_ bytes: UnsafeRawBufferPointer, _ count: Int64) -> Int {
    if count >= 0 { return TextEncoding.offset(bytes, characters: Int(count)) }
    let kept = Int64(TextEncoding.characterCount(bytes)) &+ count
    return kept <= 0 ? 0 : TextEncoding.offset(bytes, characters: Int(kept))
}

/// PostgreSQL's limit of one value.
let valueSizeBytesMax = 0x3FFF_FFFF - 4

var lengthTooLarge: SQLError {
    SQLError(.programLimitExceeded, "requested length too large")
}

private func padding(isLeft: Bool, hasFill: Bool) -> Kernel {
    .scalar { (arguments, context) throws(SQLError) in
        let text = arguments[0].view
        let length = max(Int(arguments[1].word), 0)
        let fill = hasFill ? arguments[2].view.bytes : [0x20]
        return try text.withBytes { (bytes) throws(SQLError) in
            let count = TextEncoding.characterCount(bytes)
            if count >= length || fill.isEmpty {
                let end = TextEncoding.offset(bytes, characters: length)
                return context.text(UnsafeRawBufferPointer(rebasing: bytes[..<end]))
            }
            guard length <= valueSizeBytesMax / 4 else { throw lengthTooLarge }
            var padding: [UInt8] = []
            let missing = length - count
            let fillCount = fill.withUnsafeBytes { TextEncoding.characterCount($0) }
            for _ in 0..<missing / fillCount { padding += fill }
            let rest = fill.withUnsafeBytes {
                TextEncoding.offset($0, characters: missing % fillCount)
            }
            padding += fill[..<rest]
            return context.text(isLeft ? padding + Array(bytes) : Array(bytes) + padding)
        }
    }
}

/// The byte offset of `part` in `text` from `start` on; nil: not there.
func find(
    _ part: UnsafeRawBufferPointer, in text: UnsafeRawBufferPointer, from start: Int = 0
) -> Int? {
    guard part.count > 0 else { return start }
    guard text.count - start >= part.count else { return nil }
    for index in start...(text.count - part.count) where text[index] == part[0] {
        let candidate = UnsafeRawBufferPointer(rebasing: text[index..<index + part.count])
        if compareBytes(candidate, part) == 0 { return index }
    }
    return nil
}

/// The 1-based character position, 0 where it is not.
private func position(of part: ByteView, in text: ByteView) -> Int {
    text.withBytes { text in
        part.withBytes { part in
            guard let offset = find(part, in: text) else { return 0 }
            return TextEncoding.characterCount(UnsafeRawBufferPointer(rebasing: text[..<offset]))
                + 1
        }
    }
}

private func replace(
    _ text: ByteView, _ from: ByteView, with to: ByteView, _ context: FunctionContext
) -> Datum {
    guard from.count > 0, text.count > 0 else { return Datum(view: text) }
    let replacement = to.bytes
    return text.withBytes { text in
        from.withBytes { part in
            var result: [UInt8] = []
            var index = 0
            while let found = find(part, in: text, from: index) {
                result += text[index..<found]
                result += replacement
                index = found + part.count
            }
            result += text[index...]
            return context.text(result)
        }
    }
}

/// overlay(text placing part from start for length): cut out and put in.
private func overlay(hasLength: Bool) -> Kernel {
    .scalar { (arguments, context) throws(SQLError) in
        let start = arguments[2].word
        let length =
            hasLength
            ? arguments[3].word
            : Int64(arguments[1].view.withBytes { TextEncoding.characterCount($0) })
        guard start > 0 else {
            throw SQLError(.substringError, "negative substring length not allowed")
        }
        let (behind, overflow) = start.addingReportingOverflow(length)
        guard !overflow, behind <= Int64(Int32.max) else { throw Width32.error }
        let text = arguments[0].view
        let head = try substring(text, from: 1, length: start - 1)
        let tail = try substring(text, from: behind, length: nil)
        let front = concatenate(head.view, arguments[1].view, context)
        return concatenate(front.view, tail.view, context)
    }
}

private func repeated(
    _ view: ByteView, count: Int64, _ context: FunctionContext
) throws(SQLError) -> Datum {
    let times = max(Int(count), 0)
    let (size, overflow) = view.count.multipliedReportingOverflow(by: times)
    guard !overflow, size <= valueSizeBytesMax else { throw lengthTooLarge }
    return view.withBytes { bytes in
        let target = context.arena.allocate(byteCount: size)
        if let source = bytes.baseAddress {
            for index in 0..<times {
                (target + index * bytes.count).copyMemory(from: source, byteCount: bytes.count)
            }
        }
        return Datum(view: ByteView(borrowing: UnsafeRawBufferPointer(start: target, count: size)))
    }
}

private func reversed(_ view: ByteView, _ context: FunctionContext) -> Datum {
    view.withBytes { bytes in
        var text = String.UnicodeScalarView()
        text.append(contentsOf: characters(bytes).reversed())
        return context.text(String(text))
    }
}

private func splitPart(
    _ text: ByteView, _ separator: ByteView, _ number: Int64, _ context: FunctionContext
) throws(SQLError) -> Datum {
    guard number != 0 else {
        throw SQLError(.invalidParameterValue, "field position must not be zero")
    }
    return text.withBytes { text in
        separator.withBytes { separator in
            var parts: [Range<Int>] = []
            var start = 0
            if separator.count > 0 {
                while let found = find(separator, in: text, from: start) {
                    parts.append(start..<found)
                    start = found + separator.count
                }
            }
            parts.append(start..<text.count)
            let index = number > 0 ? number - 1 : Int64(parts.count) &+ number
            guard index >= 0, index < Int64(parts.count) else { return Datum(view: ByteView()) }
            return context.text(UnsafeRawBufferPointer(rebasing: text[parts[Int(index)]]))
        }
    }
}

private func translate(
    _ text: ByteView, _ from: ByteView, _ to: ByteView, _ context: FunctionContext
) -> Datum {
    let source = from.withBytes(characters)
    let target = to.withBytes(characters)
    var result = String.UnicodeScalarView()
    for character in text.withBytes(characters) {
        guard let index = source.firstIndex(of: character) else {
            result.append(character)
            continue
        }
        if index < target.count { result.append(target[index]) }
    }
    return context.text(String(result))
}

private func characterOfCode(
    _ arguments: UnsafePointer<Datum>, _ context: FunctionContext
) throws(SQLError) -> Datum {
    let code = arguments[0].word
    if code == 0 { throw SQLError(.programLimitExceeded, "null character not permitted") }
    if code < 0 { throw SQLError(.invalidParameterValue, "character number must be positive") }
    if code > 0x10FFFF {
        throw SQLError(
            .programLimitExceeded, "requested character too large for encoding: \(code)")
    }
    guard let scalar = UnicodeScalar(UInt32(code)) else {
        throw SQLError(
            .programLimitExceeded, "requested character not valid for encoding: \(code)")
    }
    return context.text(String(Character(scalar)))
}
