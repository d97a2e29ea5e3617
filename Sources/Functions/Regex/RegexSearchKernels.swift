internal import Base
internal import Types

/// The regexp_ functions that count, choose and place matches (chapter 9.7.3), and SIMILAR TO.
let regexSearchKernels: KernelTable.Theme = [
    ("regexp_count_no_flags", given(3, count)),
    ("regexp_count", given(4, count)),
    ("regexp_instr_no_start", given(2, position)),
    ("regexp_instr_no_n", given(3, position)),
    ("regexp_instr_no_endoption", given(4, position)),
    ("regexp_instr_no_flags", given(5, position)),
    ("regexp_instr_no_subexpr", given(6, position)),
    ("regexp_instr", given(7, position)),
    ("regexp_substr_no_start", given(2, piece)),
    ("regexp_substr_no_n", given(3, piece)),
    ("regexp_substr_no_flags", given(4, piece)),
    ("regexp_substr_no_subexpr", given(5, piece)),
    ("regexp_substr", given(6, piece)),
    ("textregexreplace_extended_no_n", given(4, replaced)),
    ("textregexreplace_extended_no_flags", given(5, replaced)),
    ("textregexreplace_extended", given(6, replaced)),
    (
        "regexp_split_to_array",
        .scalar { (arguments, context) throws(SQLError) in
            let parts = try pieces(
                arguments, flags: arguments[2].view.string, "regexp_split_to_array", context)
            return Datum(
                view: ArrayBinary.make(parts, element: .text, arena: context.arena))
        }
    ),
    (
        "regexp_split_to_table",
        .series { (arguments, context) throws(SQLError) in
            let parts = try pieces(
                arguments, flags: arguments[2].view.string, "regexp_split_to_table", context)
            return Series(
                .list(parts.map { Datum(view: $0.view.copied(into: context.stateArena)) }, next: 0))
        }
    ),
    (
        // Of an escape that is null the standard one is meant.
        "similar_escape",
        .scalar { (arguments, context) throws(SQLError) in
            if arguments[0].isNull { return .null }
            let escape = arguments[1].isNull ? "\\" : arguments[1].view.string
            return context.text(
                try SimilarPattern.regex(arguments[0].view.string, escape: escape))
        }
    ),
    (
        "substring$2074",
        .scalar { (arguments, context) throws(SQLError) in
            let pattern = try SimilarPattern.regex(
                arguments[1].view.string, escape: arguments[2].view.string)
            let regex = try context.regex(
                ByteView(copying: pattern, into: context.arena), ignoresCase: false)
            return firstPart(of: arguments[0].view, regex, context)
        }
    ),
    (
        "similar_to_escape_1",
        .scalar { (arguments, context) throws(SQLError) in
            context.text(try SimilarPattern.regex(arguments[0].view.string, escape: "\\"))
        }
    ),
    (
        "similar_to_escape_2",
        .scalar { (arguments, context) throws(SQLError) in
            context.text(
                try SimilarPattern.regex(
                    arguments[0].view.string, escape: arguments[1].view.string))
        }
    ),
]

/// A kernel that is told how many arguments it has.
private func given(
    _ count: Int,
    _ body: @escaping @Sendable (UnsafePointer<Datum>, Int, FunctionContext) throws(SQLError) -> Datum
) -> Kernel {
    .scalar { (arguments, context) throws(SQLError) in try body(arguments, count, context) }
}

/// Checks of the arguments behind text and pattern.
private enum SearchOptions {
    static func invalid(_ name: StaticString, _ value: Int64) -> SQLError {
        SQLError(.invalidParameterValue, "invalid value for parameter \"\(name)\": \(value)")
    }

    static func start(_ value: Int64) throws(SQLError) -> Int {
        guard value > 0 else { throw invalid("start", value) }
        return Int(value)
    }
    static func number(_ value: Int64, isZeroAllowed: Bool = false) throws(SQLError) -> Int {
        guard value > 0 || isZeroAllowed && value == 0 else { throw invalid("n", value) }
        return Int(value)
    }
    static func group(_ value: Int64) throws(SQLError) -> Int {
        guard value >= 0 else { throw invalid("subexpr", value) }
        return Int(value)
    }
}

/// A compiled pattern and the matches in a text from a character on.
private struct RegexSearch {
    let regex: Regex
    let codes: [UInt32]

    init(
        _ arguments: UnsafePointer<Datum>, flags: ByteView?, _ name: StaticString,
        _ context: FunctionContext
    ) throws(SQLError) {
        let options = try RegexFlags(flags?.string ?? "")
        if options.isGlobal {
            throw SQLError(
                .invalidParameterValue, "\(name)() does not support the \"global\" option")
        }
        regex = try context.regex(arguments[1].view, ignoresCase: options.ignoresCase)
        codes = characterCodes(arguments[0].view)
    }

    func matches(from start: Int, limit: Int = .max) -> [[Int]] {
        var result: [[Int]] = []
        var index = start - 1
        while result.count < limit, index <= codes.count,
            let found = regex.find(in: codes, from: index)
        {
            result.append(found)
            index = found[1] > found[0] ? found[1] : found[1] + 1
        }
        return result
    }
}

/// (text, pattern, start [, flags]).
@Sendable
private func count(
    _ arguments: UnsafePointer<Datum>, _ given: Int, _ context: FunctionContext
) throws(SQLError) -> Datum {
    let start = try SearchOptions.start(arguments[2].word)
    let flags = given > 3 ? arguments[3].view : nil
    let search = try RegexSearch(arguments, flags: flags, "regexp_count", context)
    return Datum(word: Int64(search.matches(from: start).count))
}

/// (text, pattern [, start [, n [, endoption [, flags [, subexpr]]]]]).
@Sendable
private func position(
    _ arguments: UnsafePointer<Datum>, _ given: Int, _ context: FunctionContext
) throws(SQLError) -> Datum {
    let start = given > 2 ? try SearchOptions.start(arguments[2].word) : 1
    let number = given > 3 ? try SearchOptions.number(arguments[3].word) : 1
    let end = given > 4 ? arguments[4].word : 0
    guard end == 0 || end == 1 else { throw SearchOptions.invalid("endoption", end) }
    let group = given > 6 ? try SearchOptions.group(arguments[6].word) : 0
    let search = try RegexSearch(
        arguments, flags: given > 5 ? arguments[5].view : nil, "regexp_instr", context)
    let found = search.matches(from: start, limit: number)
    guard found.count == number, let last = found.last, group <= search.regex.groupCount,
        last[group * 2] >= 0
    else { return Datum(word: 0) }
    return Datum(word: Int64(last[group * 2 + Int(end)] + 1))
}

/// (text, pattern [, start [, n [, flags [, subexpr]]]]).
@Sendable
private func piece(
    _ arguments: UnsafePointer<Datum>, _ given: Int, _ context: FunctionContext
) throws(SQLError) -> Datum {
    let start = given > 2 ? try SearchOptions.start(arguments[2].word) : 1
    let number = given > 3 ? try SearchOptions.number(arguments[3].word) : 1
    let group = given > 5 ? try SearchOptions.group(arguments[5].word) : 0
    let search = try RegexSearch(
        arguments, flags: given > 4 ? arguments[4].view : nil, "regexp_substr", context)
    let found = search.matches(from: start, limit: number)
    guard found.count == number, let last = found.last, group <= search.regex.groupCount,
        last[group * 2] >= 0
    else { return .null }
    return context.text(part(search.codes, last, group))
}

/// (text, pattern, replacement, start [, n [, flags]]).
@Sendable
private func replaced(
    _ arguments: UnsafePointer<Datum>, _ given: Int, _ context: FunctionContext
) throws(SQLError) -> Datum {
    let start = try SearchOptions.start(arguments[3].word)
    let number = given > 4 ? try SearchOptions.number(arguments[4].word, isZeroAllowed: true) : 1
    // A number given overrules the flag g.
    let options = try RegexFlags(given > 5 ? arguments[5].view.string : "")
    let regex = try context.regex(arguments[1].view, ignoresCase: options.ignoresCase)
    let codes = characterCodes(arguments[0].view)
    var matches: [[Int]] = []
    var index = start - 1
    var seen = 0
    while index <= codes.count, let found = regex.find(in: codes, from: index) {
        seen += 1
        if number == 0 || seen == number { matches.append(found) }
        if seen == number { break }
        index = found[1] > found[0] ? found[1] : found[1] + 1
    }
    return context.text(
        substituted(codes, matches, regex, characterCodes(arguments[2].view)))
}

/// SQL's patterns, whose `%` and `_` are LIKE's and whose rest is a regular expression's.
private enum SimilarPattern {
    static func regex(_ pattern: String, escape: String) throws(SQLError) -> String {
        let escapes = Array(escape.unicodeScalars)
        guard escapes.count <= 1 else {
            throw SQLError(.invalidEscapeSequence, "invalid escape string")
                .hint("Escape string must be empty or one character.")
        }
        var result = "^(?:"
        var isEscaped = false
        var isInBrackets = false
        var quoteCount = 0
        for scalar in pattern.unicodeScalars {
            if isEscaped {
                if scalar == "\"", !isInBrackets {
                    guard quoteCount < 2 else {
                        throw SQLError(
                            .invalidUseOfEscapeCharacter,
                            "SQL regular expression may not contain more than two escape-double-quote separators"
                        )
                    }
                    result += quoteCount == 0 ? "){1,1}?(" : "){1,1}(?:"
                    quoteCount += 1
                } else {
                    result += "\\" + String(scalar)
                }
                isEscaped = false
                continue
            }
            if scalar == escapes.first {
                isEscaped = true
                continue
            }
            if isInBrackets {
                if scalar == "\\" { result += "\\" }
                result.unicodeScalars.append(scalar)
                if scalar == "]" { isInBrackets = false }
                continue
            }
            switch scalar {
            case "[":
                result += "["
                isInBrackets = true
            case "%": result += ".*"
            case "_": result += "."
            case "(": result += "(?:"
            case "\\", ".", "^", "$": result += "\\" + String(scalar)
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result + ")$"
    }
}
