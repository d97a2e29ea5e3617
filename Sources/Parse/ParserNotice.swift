public import Base

/// Notices that PostgreSQL's lexer sends and the library drops: identifiers that are cut off.
extension Parser {
    /// Parses like `parse(_:)` and appends the lexer's notices to `notices`, whether it throws or not.
    public static func parse(
        _ text: UnsafeRawBufferPointer, notices: inout [SQLError]
    ) throws(SQLError) -> [ParsedStatement] {
        guard mayHaveLongIdentifier(text) else { return try parse(text) }
        let found = truncations(text)
        do throws(SQLError) {
            let result = try parse(text)
            notices.append(contentsOf: found.map(\.notice))
            return result
        } catch {
            // The lexer got no farther than the error.
            for item in found {
                let position = characterPosition(ofByteOffset: item.offset, in: text) ?? 0
                if position <= error.fields.position ?? .max { notices.append(item.notice) }
            }
            throw error
        }
    }

    /// A quick test that errs on the safe side: of 64 bytes in a row one is at each multiple of 64, less
    /// one; and quotes stand apart.
    public static func mayHaveLongIdentifier(_ text: UnsafeRawBufferPointer) -> Bool {
        let size = Identifier.bytesMax + 1
        guard text.count >= size else { return false }
        for index in stride(from: size - 1, to: text.count, by: size)
        where Identifier.isContinuation(text[index]) {
            var low = index
            while low > 0, Identifier.isContinuation(text[low - 1]) { low -= 1 }
            var high = index + 1
            while high < text.count, Identifier.isContinuation(text[high]) { high += 1 }
            if high - low >= size { return true }
        }
        var quote: Int?
        for index in 0..<text.count where text[index] == UInt8(ascii: "\"") {
            // A doubled quote is part of a name.
            if let quote, index - quote > size || index - quote == 1 { return true }
            quote = index
        }
        return false
    }

    private static func truncations(
        _ text: UnsafeRawBufferPointer
    ) -> [(offset: Int, notice: SQLError)] {
        var result: [(offset: Int, notice: SQLError)] = []
        var scanner = Scanner(text)
        scan: while let token = scanner.next() {
            let bytes = text[scanner.start..<scanner.position]
            var name: [UInt8]
            switch token {
            case .identifier:
                name = bytes.map { $0 >= 0x41 && $0 <= 0x5A ? $0 | 0x20 : $0 }
            case .quotedIdentifier(isUnicode: false):
                name = []
                var isSecondQuote = false
                for byte in bytes.dropFirst().dropLast() {
                    if byte == UInt8(ascii: "\""), !isSecondQuote {
                        isSecondQuote = true
                        continue
                    }
                    isSecondQuote = false
                    name.append(byte)
                }
            case .quotedIdentifier(isUnicode: true): continue
            case .integer, .decimal, .string, .specialString, .parameter, .symbol: continue
            case .unterminated: break scan
            }
            guard name.count > Identifier.bytesMax else { continue }
            var size = Identifier.bytesMax
            while size > 0, name[size] & 0xC0 == 0x80 { size -= 1 }
            let whole = String(decoding: name, as: UTF8.self)
            let part = String(decoding: name[..<size], as: UTF8.self)
            result.append(
                (
                    scanner.start,
                    SQLError(
                        .nameTooLong, "identifier \"\(whole)\" will be truncated to \"\(part)\"",
                        severity: .notice)
                ))
        }
        return result
    }
}
