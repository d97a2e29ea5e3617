internal import Base

/// The pattern of like_regex, which is an XQuery regular expression: the dot does not match a line
/// end unless the flag s is there.
enum JSONPathRegex {
    static func make(
        _ pattern: String, flags: String, _ context: FunctionContext
    ) throws(SQLError) -> Regex {
        var source = pattern
        if flags.contains("q") {
            source = ""
            for character in pattern {
                if "\\.[]{}()*+-?^$|".contains(character) { source += "\\" }
                source.append(character)
            }
        } else {
            if flags.contains("m") { throw .notSupported("flag \"m\" of like_regex") }
            if !flags.contains("s") { source = dotsWithoutLineEnds(pattern) }
        }
        return try context.regex(
            ByteView(copying: source, into: context.arena), ignoresCase: flags.contains("i"))
    }

    private static func dotsWithoutLineEnds(_ pattern: String) -> String {
        var result = ""
        var isEscaped = false
        var isInBrackets = false
        for character in pattern {
            if isEscaped {
                isEscaped = false
            } else if character == "\\" {
                isEscaped = true
            } else if character == "[" {
                isInBrackets = true
            } else if character == "]" {
                isInBrackets = false
            } else if character == ".", !isInBrackets {
                result += "[^\\n]"
                continue
            }
            result.append(character)
        }
        return result
    }
}
