public import Base

/// SQL text to syntax trees, through PostgreSQL 15's own grammar.
public enum Parser {
    /// The 1-based position, in characters, of a byte offset in `text`; nil for an unknown offset (-1).
    public static func characterPosition(
        ofByteOffset offset: Int, in text: UnsafeRawBufferPointer
    ) -> Int? {
        guard offset >= 0 else { return nil }
        var position = 1
        for index in 0..<min(offset, text.count) where text[index] & 0xC0 != 0x80 { position += 1 }
        return position
    }

    /// Parses every statement of `text`.
    public static func parse(
        _ text: UnsafeRawBufferPointer
    ) throws(SQLError) -> [ParsedStatement] {
        throw SQLError.notSupported("SQL")
    }

    /// Parses every statement of `text`.
    public static func parse(_ text: String) throws(SQLError) -> [ParsedStatement] {
        var text = text
        let result = text.withUTF8 { bytes -> Result<[ParsedStatement], SQLError> in
            do throws(SQLError) {
                return .success(try parse(UnsafeRawBufferPointer(bytes)))
            } catch {
                return .failure(error)
            }
        }
        return try result.get()
    }
}
