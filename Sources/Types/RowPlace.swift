internal import Base

/// A value of tid: the number of a block and of a row in it, as one word that sorts alike.
public struct RowPlace: CustomStringConvertible {
    public var block: UInt32
    public var offset: UInt16

    /// So many rows Ordinal says to be in a block: PostgreSQL puts as many of the smallest there.
    private static let blockRows: UInt64 = 226

    public init(block: UInt32, offset: UInt16) {
        self.block = block
        self.offset = offset
    }

    public init(word: Int64) {
        block = UInt32(truncatingIfNeeded: word >> 16)
        offset = UInt16(truncatingIfNeeded: word)
    }

    public var word: Int64 { Int64(block) << 16 | Int64(offset) }

    /// The place of the row with a number that counts from 1, in the lower half of the blocks; nil if
    /// it has none there.
    public init?(row number: Int64) {
        guard number > 0 else { return nil }
        let (block, offset) = (UInt64(number) - 1).quotientAndRemainder(
            dividingBy: RowPlace.blockRows)
        guard block <= UInt64(Int32.max) else { return nil }
        self.init(block: UInt32(block), offset: UInt16(offset) + 1)
    }

    /// In the upper half of the blocks: rows that are counted from 0 as they are met.
    public init(counted number: UInt64) {
        let (block, offset) = number.quotientAndRemainder(dividingBy: RowPlace.blockRows)
        self.init(block: 1 << 31 | UInt32(truncatingIfNeeded: block), offset: UInt16(offset) + 1)
    }

    public var description: String { "(\(block),\(offset))" }

    /// `(block,offset)`, read as tidin does: what is before the parenthesis and behind the closing one
    /// does not count.
    init(_ text: UnsafeRawBufferPointer) throws(SQLError) {
        var starts: [Int] = []
        for (index, byte) in text.enumerated() where starts.count < 2 {
            if byte == UInt8(ascii: ")") { break }
            if byte == UInt8(ascii: ",") || byte == UInt8(ascii: "(") && starts.isEmpty {
                starts.append(index + 1)
            }
        }
        guard starts.count == 2,
            let block = RowPlace.number(text, from: starts[0], endingWith: UInt8(ascii: ",")),
            block <= Int64(UInt32.max), block >= Int64(Int32.min),
            let offset = RowPlace.number(text, from: starts[1], endingWith: UInt8(ascii: ")")),
            (0...Int64(UInt16.max)).contains(offset)
        else { throw invalidSyntax("tid", text) }
        self.init(block: UInt32(truncatingIfNeeded: block), offset: UInt16(offset))
    }

    /// A decimal with white space before it.
    private static func number(
        _ text: UnsafeRawBufferPointer, from start: Int, endingWith end: UInt8
    ) -> Int64? {
        var index = start
        while index < text.count, isSpace(text[index]) { index += 1 }
        var isNegative = false
        if index < text.count, text[index] == 0x2D || text[index] == 0x2B {
            isNegative = text[index] == 0x2D
            index += 1
        }
        var value: Int64 = 0
        let first = index
        while index < text.count, isDigit(text[index]) {
            value = value * 10 + Int64(text[index] - 48)
            if value > Int64(UInt32.max) { return nil }
            index += 1
        }
        guard index > first, index < text.count, text[index] == end else { return nil }
        return isNegative ? -value : value
    }
}
