internal import Base
internal import Types

/// `~` and its kin, regexp_replace, regexp_match … (chapter 9.7.3).
let regexKernels: KernelTable.Theme =
    regexTheme("text") + regexTheme("name") + [
        (
            "textregexsubstr",
            .scalar { (arguments, context) throws(SQLError) in
                let regex = try context.regex(arguments[1].view)
                return firstPart(of: arguments[0].view, regex, context)
            }
        ),
        (
            "textregexreplace_noopt",
            .scalar { (arguments, context) throws(SQLError) in
                try replaced(arguments, flags: "", context)
            }
        ),
        (
            "textregexreplace",
            .scalar { (arguments, context) throws(SQLError) in
                try replaced(arguments, flags: arguments[3].view.string, context)
            }
        ),
        (
            "regexp_match_no_flags",
            .scalar { (arguments, context) throws(SQLError) in
                try firstMatch(arguments, flags: "", context)
            }
        ),
        (
            "regexp_match",
            .scalar { (arguments, context) throws(SQLError) in
                try firstMatch(arguments, flags: arguments[2].view.string, context)
            }
        ),
        (
            "regexp_matches_no_flags",
            .series { (arguments, context) throws(SQLError) in
                try allMatches(arguments, flags: "", context)
            }
        ),
        (
            "regexp_matches",
            .series { (arguments, context) throws(SQLError) in
                try allMatches(arguments, flags: arguments[2].view.string, context)
            }
        ),
        (
            "regexp_split_to_array_no_flags",
            .scalar { (arguments, context) throws(SQLError) in
                Datum(
                    view: ArrayBinary.make(
                        try pieces(arguments, flags: "", "regexp_split_to_array", context), element: .text,
                        arena: context.arena))
            }
        ),
        (
            "regexp_split_to_table_no_flags",
            .series { (arguments, context) throws(SQLError) in
                let parts = try pieces(arguments, flags: "", "regexp_split_to_table", context).map {
                    Datum(view: $0.view.copied(into: context.stateArena))
                }
                return Series(.list(parts, next: 0))
            }
        ),
        (
            "regexp_like_no_flags",
            .scalar { (arguments, context) throws(SQLError) in
                Datum(
                    try context.regex(arguments[1].view).matches(characterCodes(arguments[0].view)))
            }
        ),
        (
            "regexp_like",
            .scalar { (arguments, context) throws(SQLError) in
                let flags = try RegexFlags(arguments[2].view.string)
                let regex = try context.regex(arguments[1].view, ignoresCase: flags.ignoresCase)
                return Datum(regex.matches(characterCodes(arguments[0].view)))
            }
        ),
        (
            "regexp_count_no_start",
            .scalar { (arguments, context) throws(SQLError) in
                let regex = try context.regex(arguments[1].view)
                let found = regex.findAll(in: characterCodes(arguments[0].view))
                return Datum(word: Int64(found.count))
            }
        ),
    ]

private func regexTheme(_ type: String) -> KernelTable.Theme {
    [
        (type + "regexeq", test(ignoresCase: false, isNegated: false)),
        (type + "regexne", test(ignoresCase: false, isNegated: true)),
        (type + "icregexeq", test(ignoresCase: true, isNegated: false)),
        (type + "icregexne", test(ignoresCase: true, isNegated: true)),
    ]
}

private func test(ignoresCase: Bool, isNegated: Bool) -> Kernel {
    .vector { (arguments, count, result, context) throws(SQLError) in
        for row in 0..<count where !result.isNull(row) {
            let regex = try context.regex(arguments[1].views[row], ignoresCase: ignoresCase)
            let matches = regex.matches(characterCodes(arguments[0].views[row]))
            result.words[row] = matches != isNegated ? 1 : 0
        }
    }
}

/// Code points of valid UTF-8.
func characterCodes(_ view: ByteView) -> [UInt32] {
    view.withBytes { bytes in
        if bytes.allSatisfy({ $0 < 0x80 }) { return bytes.map { UInt32($0) } }
        return String(decoding: bytes, as: UTF8.self).unicodeScalars.map(\.value)
    }
}

private func text(_ codes: ArraySlice<UInt32>) -> String {
    var scalars = String.UnicodeScalarView()
    for code in codes { if let scalar = UnicodeScalar(code) { scalars.append(scalar) } }
    return String(scalars)
}

func part(_ codes: [UInt32], _ captures: [Int], _ group: Int) -> String {
    let start = captures[group * 2]
    return start < 0 ? "" : text(codes[start..<captures[group * 2 + 1]])
}

extension Regex {
    /// Matches from left to right that do not overlap; empty ones move on by a character.
    func findAll(in text: [UInt32]) -> [[Int]] {
        var result: [[Int]] = []
        var start = 0
        while start <= text.count, let found = find(in: text, from: start) {
            result.append(found)
            start = found[1] > found[0] ? found[1] : found[1] + 1
        }
        return result
    }
}

extension FunctionContext {
    private static let regexesMax = 64

    /// The compiled form of a pattern, kept for the next row.
    func regex(_ pattern: ByteView, ignoresCase: Bool = false) throws(SQLError) -> Regex {
        let key = (ignoresCase ? "i" : "c") + pattern.string
        if let known = regexes[key] { return known }
        let regex = try Regex(String(key.dropFirst()), ignoresCase: ignoresCase)
        if regexes.count >= FunctionContext.regexesMax { regexes.removeAll() }
        regexes[key] = regex
        return regex
    }
}

struct RegexFlags {
    var isGlobal = false
    var ignoresCase = false

    init(_ text: String) throws(SQLError) {
        for flag in text {
            switch flag {
            case "g": isGlobal = true
            case "i": ignoresCase = true
            case "c": ignoresCase = false
            case "s", "t", "e": break
            default:
                if "bmnpqwx".contains(flag) {
                    throw .notSupported("regular expression option \"\(flag)\"")
                }
                throw SQLError(
                    .invalidParameterValue, "invalid regular expression option: \"\(flag)\"")
            }
        }
    }
}

private func replaced(
    _ arguments: UnsafePointer<Datum>, flags: String, _ context: FunctionContext
) throws(SQLError) -> Datum {
    let options = try RegexFlags(flags)
    let regex = try context.regex(arguments[1].view, ignoresCase: options.ignoresCase)
    let codes = characterCodes(arguments[0].view)
    let template = characterCodes(arguments[2].view)
    let found =
        options.isGlobal
        ? regex.findAll(in: codes) : regex.find(in: codes, from: 0).map { [$0] } ?? []
    return context.text(substituted(codes, found, regex, template))
}

/// The text with each match replaced: in the template `\&` is the match, `\1` … a group.
func substituted(
    _ codes: [UInt32], _ matches: [[Int]], _ regex: Regex, _ template: [UInt32]
) -> String {
    var result = ""
    var position = 0
    for match in matches {
        result += text(codes[position..<match[0]])
        var index = 0
        while index < template.count {
            let next = index + 1 < template.count ? template[index + 1] : 0
            if template[index] == 0x5C, next == 0x26 || next &- 49 < 9 {
                let group = next == 0x26 ? 0 : Int(next - 48)
                if group <= regex.groupCount { result += part(codes, match, group) }
                index += 2
            } else if template[index] == 0x5C, next == 0x5C {
                result += "\\"
                index += 2
            } else {
                result += text(template[index...index])
                index += 1
            }
        }
        position = match[1]
    }
    return result + text(codes[position...])
}

/// The groups of a match, or the whole where there are none, as text[].
private func array(
    _ regex: Regex, _ codes: [UInt32], _ match: [Int], _ context: FunctionContext, _ arena: Arena
) -> Datum {
    let groups = regex.groupCount == 0 ? 0...0 : 1...regex.groupCount
    let elements = groups.map { group in
        match[group * 2] < 0 ? Datum.null : context.text(part(codes, match, group))
    }
    return Datum(view: ArrayBinary.make(elements, element: .text, arena: arena))
}

private func firstMatch(
    _ arguments: UnsafePointer<Datum>, flags: String, _ context: FunctionContext
) throws(SQLError) -> Datum {
    let options = try RegexFlags(flags)
    if options.isGlobal {
        throw SQLError(
            .invalidParameterValue, "regexp_match() does not support the \"global\" option"
        ).hint("Use the regexp_matches function instead.")
    }
    let regex = try context.regex(arguments[1].view, ignoresCase: options.ignoresCase)
    let codes = characterCodes(arguments[0].view)
    guard let match = regex.find(in: codes, from: 0) else { return .null }
    return array(regex, codes, match, context, context.arena)
}

private func allMatches(
    _ arguments: UnsafePointer<Datum>, flags: String, _ context: FunctionContext
) throws(SQLError) -> Series {
    let options = try RegexFlags(flags)
    let regex = try context.regex(arguments[1].view, ignoresCase: options.ignoresCase)
    let codes = characterCodes(arguments[0].view)
    let found =
        options.isGlobal
        ? regex.findAll(in: codes) : regex.find(in: codes, from: 0).map { [$0] } ?? []
    return Series(
        .list(found.map { array(regex, codes, $0, context, context.stateArena) }, next: 0))
}

/// What lies between the matches; an empty match at the start or end of a piece does not split.
func pieces(
    _ arguments: UnsafePointer<Datum>, flags: String, _ name: StaticString,
    _ context: FunctionContext
) throws(SQLError) -> [Datum] {
    let options = try RegexFlags(flags)
    if options.isGlobal {
        throw SQLError(
            .invalidParameterValue, "\(name)() does not support the \"global\" option")
    }
    let regex = try context.regex(arguments[1].view, ignoresCase: options.ignoresCase)
    let codes = characterCodes(arguments[0].view)
    var result: [Datum] = []
    var position = 0
    for match in regex.findAll(in: codes) {
        if match[0] == match[1], match[0] == 0 || match[0] == codes.count { continue }
        result.append(context.text(text(codes[position..<match[0]])))
        position = match[1]
    }
    result.append(context.text(text(codes[position...])))
    return result
}

/// What the first match found: of its first group, if it has one.
func firstPart(of text: ByteView, _ regex: Regex, _ context: FunctionContext) -> Datum {
    let text = characterCodes(text)
    guard let found = regex.find(in: text, from: 0) else { return .null }
    return context.text(part(text, found, regex.groupCount > 0 ? 1 : 0))
}
