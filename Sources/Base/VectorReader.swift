/// A vector's memory, to be read row by row without counting references. The vector must outlive it
/// and not be filled meanwhile.
@frozen
public struct VectorReader {
    public let words: UnsafeMutablePointer<Int64>
    public let views: UnsafeMutablePointer<ByteView>
    @usableFromInline let validity: UnsafeMutablePointer<UInt64>
    public let hasNulls: Bool
    @usableFromInline let isWord: Bool

    @inlinable @inline(__always)
    public init(_ vector: Vector) {
        words = vector.words
        views = vector.views
        validity = vector.validity
        hasNulls = vector.hasNulls
        isWord = vector.physicalType == .word
    }

    @inlinable @inline(__always)
    public func isNull(_ row: Int) -> Bool {
        hasNulls && validity[row >> 6] >> UInt64(row & 63) & 1 == 0
    }

    @inlinable @inline(__always)
    public subscript(row: Int) -> Datum {
        if isNull(row) { return .null }
        return isWord ? Datum(word: words[row]) : Datum(view: views[row])
    }
}
