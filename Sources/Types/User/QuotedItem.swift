internal import Base

/// How a field of a record and a bound of a range stand in text: between double quotes where that is
/// needed, with quotes doubled and anything after a backslash taken as it is.
enum QuotedItem {
    /// The item from `index` on, up to a byte outside of quotes that ends it; nil: the text ends before.
    static func read(
        _ text: UnsafeRawBufferPointer, _ index: inout Int, isEnd: (UInt8) -> Bool
    ) -> [UInt8]? {
        var result: [UInt8] = []
        var isQuoted = false
        while true {
            guard index < text.count else { return nil }
            let byte = text[index]
            if !isQuoted, isEnd(byte) { return result }
            index += 1
            if byte == 0x5C {
                guard index < text.count else { return nil }
                result.append(text[index])
                index += 1
            } else if byte == 0x22 {
                if isQuoted, index < text.count, text[index] == 0x22 {
                    result.append(byte)
                    index += 1
                } else {
                    isQuoted.toggle()
                }
            } else {
                result.append(byte)
            }
        }
    }

    /// - Parameter isSpecial: true of bytes that mean something outside of quotes, besides quotes,
    ///   backslashes and white space.
    static func append(
        _ text: UnsafeRawBufferPointer, to buffer: inout ByteBuffer, isSpecial: (UInt8) -> Bool
    ) {
        let needsQuotes =
            text.isEmpty
            || text.contains { $0 == 0x22 || $0 == 0x5C || isSpace($0) || isSpecial($0) }
        guard needsQuotes else { return buffer.append(contentsOf: text) }
        buffer.append(0x22 as UInt8)
        for byte in text {
            if byte == 0x22 || byte == 0x5C { buffer.append(byte) }
            buffer.append(byte)
        }
        buffer.append(0x22 as UInt8)
    }
}
