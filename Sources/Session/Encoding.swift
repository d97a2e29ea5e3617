internal import Base

/// The offset of the first byte that is not part of well-formed UTF-8 (or is zero); nil if all is.
func firstInvalidUTF8(_ text: UnsafeRawBufferPointer) -> Int? {
    var index = 0
    let count = text.count
    while index < count {
        // Eight ASCII bytes at a time.
        if index + 8 <= count {
            let word = text.loadUnaligned(fromByteOffset: index, as: UInt64.self)
            if word & 0x8080_8080_8080_8080 == 0, !hasZeroByte(word) {
                index += 8
                continue
            }
        }
        let byte = text[index]
        if byte < 0x80 {
            if byte == 0 { return index }
            index += 1
            continue
        }
        let length = wellFormedLength(text, index)
        if length == 0 { return index }
        index += length
    }
    return nil
}

@inline(__always)
private func hasZeroByte(_ word: UInt64) -> Bool {
    (word &- 0x0101_0101_0101_0101) & ~word & 0x8080_8080_8080_8080 != 0
}

/// Bytes of the character at `index`, 0 if it is malformed (Unicode table 3-7).
private func wellFormedLength(_ text: UnsafeRawBufferPointer, _ index: Int) -> Int {
    func continuation(_ offset: Int, _ range: ClosedRange<UInt8> = 0x80...0xBF) -> Bool {
        index + offset < text.count && range.contains(text[index + offset])
    }
    switch text[index] {
    case 0xC2...0xDF: return continuation(1) ? 2 : 0
    case 0xE0: return continuation(1, 0xA0...0xBF) && continuation(2) ? 3 : 0
    case 0xED: return continuation(1, 0x80...0x9F) && continuation(2) ? 3 : 0
    case 0xE1...0xEF: return continuation(1) && continuation(2) ? 3 : 0
    case 0xF0:
        return continuation(1, 0x90...0xBF) && continuation(2) && continuation(3) ? 4 : 0
    case 0xF4:
        return continuation(1, 0x80...0x8F) && continuation(2) && continuation(3) ? 4 : 0
    case 0xF1...0xF3: return continuation(1) && continuation(2) && continuation(3) ? 4 : 0
    default: return 0
    }
}

/// How many bytes PostgreSQL shows of a malformed character: as many as its first byte announces.
func invalidSequenceLength(_ text: UnsafeRawBufferPointer, _ index: Int) -> Int {
    let announced: Int
    switch text[index] {
    case 0xC0...0xDF: announced = 2
    case 0xE0...0xEF: announced = 3
    case 0xF0...0xF7: announced = 4
    default: announced = 1
    }
    return min(announced, text.count - index)
}
