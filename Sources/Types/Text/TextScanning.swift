internal import Base
internal import Glibc

/// Small readers over the bytes of a value's text form.

/// C's isspace in the C locale.
@inlinable
func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || (byte >= 9 && byte <= 13) }

@inlinable
func isDigit(_ byte: UInt8) -> Bool { byte &- 48 < 10 }

@inlinable
func isLetter(_ byte: UInt8) -> Bool { (byte | 0x20) &- 97 < 26 }

@inlinable
func lowercased(_ byte: UInt8) -> UInt8 { byte &- 65 < 26 ? byte | 0x20 : byte }

/// The bytes without white space at either end.
@inlinable
func trimmed(_ text: UnsafeRawBufferPointer) -> UnsafeRawBufferPointer {
    var start = 0
    var end = text.count
    while start < end, isSpace(text[start]) { start += 1 }
    while end > start, isSpace(text[end - 1]) { end -= 1 }
    return UnsafeRawBufferPointer(rebasing: text[start..<end])
}

/// Whether `text` is `word` (lower case) without regard to ASCII case.
func equalsIgnoringCase(_ text: UnsafeRawBufferPointer, _ word: StaticString) -> Bool {
    guard text.count == word.utf8CodeUnitCount else { return false }
    let start = word.utf8Start
    for index in 0..<text.count where lowercased(text[index]) != start[index] { return false }
    return true
}

/// Whether `word` begins with `text`, ignoring ASCII case; an empty text does not count.
func isPrefixIgnoringCase(_ text: UnsafeRawBufferPointer, _ word: StaticString) -> Bool {
    guard text.count > 0, text.count <= word.utf8CodeUnitCount else { return false }
    let start = word.utf8Start
    for index in 0..<text.count where lowercased(text[index]) != start[index] { return false }
    return true
}

func string(_ text: UnsafeRawBufferPointer) -> String { String(decoding: text, as: UTF8.self) }

/// 22P02, as PostgreSQL's input functions say it.
@inline(never)
func invalidSyntax(_ typeName: String, _ text: UnsafeRawBufferPointer) -> SQLError {
    SQLError(
        .invalidTextRepresentation,
        "invalid input syntax for type \(typeName): \"\(string(text))\"")
}

/// 22003, as PostgreSQL's integer input functions say it.
@inline(never)
func outOfRange(_ typeName: String, _ text: UnsafeRawBufferPointer) -> SQLError {
    SQLError(
        .numericValueOutOfRange,
        "value \"\(string(text))\" is out of range for type \(typeName)")
}
