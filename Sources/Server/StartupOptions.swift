internal import Base

/// The startup parameter `options`: command-line switches, of which `-c name=value` and
/// `--name=value` are known, separated by spaces; a backslash takes the next character as it is.
enum StartupOptions {
    static func parse(_ text: String) throws(SQLError) -> [(name: String, value: String)] {
        var options: [(name: String, value: String)] = []
        var words = split(text)[...]
        while let word = words.popFirst() {
            let setting: String
            if word == "-c" {
                setting = words.popFirst() ?? ""
            } else if word.hasPrefix("-c") || word.hasPrefix("--") {
                setting = String(word.dropFirst(2))
            } else {
                throw invalid(word)
            }
            let parts = setting.split(
                separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard parts.count == 2 else {
                throw SQLError(
                    .syntaxError, "-c \(setting) requires a value", severity: .fatal)
            }
            let name = word.hasPrefix("--") ? parts[0].map { $0 == "-" ? "_" : $0 } : Array(parts[0])
            options.append((String(name), String(parts[1])))
        }
        return options
    }

    private static func invalid(_ word: String) -> SQLError {
        SQLError(
            .syntaxError, "invalid command-line argument for server process: \(word)",
            severity: .fatal)
    }

    private static func split(_ text: String) -> [String] {
        var words: [String] = []
        var word = ""
        var isEscaped = false
        for character in text {
            if isEscaped {
                word.append(character)
                isEscaped = false
            } else if character == "\\" {
                isEscaped = true
            } else if character == " " || character == "\t" || character == "\n" {
                if !word.isEmpty { words.append(word) }
                word = ""
            } else {
                word.append(character)
            }
        }
        if !word.isEmpty { words.append(word) }
        return words
    }
}
