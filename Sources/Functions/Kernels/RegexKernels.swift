internal import Base
internal import Glibc
internal import System

/// The operators `~`, `~*`, `!~` and `!~*` (chapter 9.7.3) for patterns that POSIX extended
/// regular expressions and PostgreSQL's share; what is PostgreSQL's own is refused, not guessed.
let regexKernels: KernelTable.Theme =
    regexTheme("text") + regexTheme("name")

private func regexTheme(_ type: String) -> KernelTable.Theme {
    [
        (type + "regexeq", regex(ignoresCase: false, isNegated: false)),
        (type + "regexne", regex(ignoresCase: false, isNegated: true)),
        (type + "icregexeq", regex(ignoresCase: true, isNegated: false)),
        (type + "icregexne", regex(ignoresCase: true, isNegated: true)),
    ]
}

private func regex(ignoresCase: Bool, isNegated: Bool) -> Kernel {
    .vector { (arguments, count, result, _) throws(SQLError) in
        let texts = arguments[0].views
        let patterns = arguments[1].views
        var last: (pattern: ByteView, compiled: CompiledRegex)?
        for row in 0..<count where !result.isNull(row) {
            let compiled: CompiledRegex
            if let last, last.pattern == patterns[row] {
                compiled = last.compiled
            } else {
                compiled = try RegexCache.shared.regex(
                    patterns[row].bytes, ignoresCase: ignoresCase)
                last = (patterns[row], compiled)
            }
            let matches = texts[row].withBytes { compiled.matches($0) }
            result.words[row] = matches != isNegated ? 1 : 0
        }
    }
}

/// A compiled pattern. Matching is safe from any thread: the C library guards its own state.
private final class CompiledRegex: @unchecked Sendable {
    private let handle: UnsafeMutablePointer<regex_t>

    /// - Throws: 2201B as PostgreSQL; 0A000 for what only its engine knows.
    init(_ pattern: [UInt8], ignoresCase: Bool) throws(SQLError) {
        try CompiledRegex.checkCommon(pattern)
        handle = .allocate(capacity: 1)
        handle.initialize(to: regex_t())
        let flags = REG_EXTENDED | REG_NOSUB | (ignoresCase ? REG_ICASE : 0)
        let code = (pattern + [0]).withUnsafeBytes {
            regcomp(handle, $0.baseAddress?.assumingMemoryBound(to: CChar.self), flags)
        }
        if code == 0 { return }
        let reason =
            switch code {
            case Int32(_REG_EPAREN.rawValue): "parentheses () not balanced"
            case Int32(_REG_EBRACK.rawValue): "brackets [] not balanced"
            case Int32(_REG_EBRACE.rawValue): "braces {} not balanced"
            case Int32(_REG_BADBR.rawValue): "invalid repetition count(s)"
            case Int32(_REG_ERANGE.rawValue): "invalid character range"
            case Int32(_REG_ECTYPE.rawValue): "invalid character class"
            case Int32(_REG_EESCAPE.rawValue): "invalid escape \\ sequence"
            case Int32(_REG_ESPACE.rawValue): "out of memory"
            default: "quantifier operand invalid"
            }
        throw SQLError(
            .invalidRegularExpression, "invalid regular expression: \(reason)")
    }

    deinit {
        regfree(handle)
        handle.deallocate()
    }

    func matches(_ text: UnsafeRawBufferPointer) -> Bool {
        withUnsafeTemporaryAllocation(of: CChar.self, capacity: text.count + 1) { copy in
            for index in 0..<text.count { copy[index] = CChar(bitPattern: text[index]) }
            copy[text.count] = 0
            return regexec(handle, copy.baseAddress, 0, nil, 0) == 0
        }
    }

    /// Escapes of letters and digits, `(?…)`, lazy quantifiers and `***` mean something else, or
    /// nothing, in POSIX expressions.
    private static func checkCommon(_ pattern: [UInt8]) throws(SQLError) {
        func own(_ what: String) -> SQLError { SQLError.notSupported("\(what) in regular expressions") }
        if pattern.starts(with: "***".utf8) { throw own("a director") }
        var index = 0
        while index < pattern.count {
            let byte = pattern[index]
            let next = index + 1 < pattern.count ? pattern[index + 1] : 0
            switch byte {
            case UInt8(ascii: "\\"):
                let letter = next | 0x20
                if (letter >= 97 && letter <= 122) || (next >= 48 && next <= 57) {
                    throw own("the escape \\\(Character(UnicodeScalar(next)))")
                }
                index += 1
            case UInt8(ascii: "(") where next == UInt8(ascii: "?"): throw own("(?")
            case UInt8(ascii: "*"), UInt8(ascii: "+"), UInt8(ascii: "?"), UInt8(ascii: "}"):
                if next == UInt8(ascii: "?") { throw own("a lazy quantifier") }
                if index == 0, byte != UInt8(ascii: "}") {
                    throw SQLError(
                        .invalidRegularExpression,
                        "invalid regular expression: quantifier operand invalid")
                }
            default: break
            }
            index += 1
        }
    }
}

/// The patterns compiled last.
private final class RegexCache: @unchecked Sendable {
    // Safe to share: everything is used under `lock`.
    static let shared = RegexCache()
    private static let countMax = 64

    private struct Key: Hashable {
        var pattern: [UInt8]
        var ignoresCase: Bool
    }
    private let lock = Lock()
    private var compiled: [Key: CompiledRegex] = [:]

    func regex(_ pattern: [UInt8], ignoresCase: Bool) throws(SQLError) -> CompiledRegex {
        let key = Key(pattern: pattern, ignoresCase: ignoresCase)
        if let found = lock.withLock({ compiled[key] }) { return found }
        let new = try CompiledRegex(pattern, ignoresCase: ignoresCase)
        lock.withLock {
            if compiled.count >= RegexCache.countMax { compiled.removeAll() }
            compiled[key] = new
        }
        return new
    }
}
