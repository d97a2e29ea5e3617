public import Glibc

/// A variable-length value (text, bytea, numeric, uuid …) in 16 bytes.
///
///     up to 12 bytes:  | length 4 | bytes ......... 12 |
///     longer:          | length 4 | prefix 4 | pointer 8 |
///
/// A long view borrows its bytes from an arena, a memtable or a constant, which must outlive it.
@frozen
public struct ByteView {
    @usableFromInline var low: UInt64
    @usableFromInline var high: UInt64

    public static let inlineBytesMax = 12

    @inlinable
    init(low: UInt64, high: UInt64) {
        self.low = low
        self.high = high
    }

    /// The empty value.
    @inlinable public init() { self.init(low: 0, high: 0) }

    /// Views `bytes` where they are; short ones are copied into the view.
    @inlinable
    public init(borrowing bytes: UnsafeRawBufferPointer) {
        let count = bytes.count
        precondition(count <= Int(UInt32.max))
        low = UInt64(UInt32(truncatingIfNeeded: count))
        high = 0
        guard let source = bytes.baseAddress, count > 0 else { return }
        if count <= ByteView.inlineBytesMax {
            withUnsafeMutableBytes(of: &self) { target in
                (target.baseAddress! + 4).copyMemory(from: source, byteCount: count)
            }
        } else {
            low |= UInt64(source.loadUnaligned(as: UInt32.self)) << 32
            high = UInt64(UInt(bitPattern: source))
        }
    }

    /// Copies long `bytes` into `arena`.
    @inlinable
    public init(copying bytes: UnsafeRawBufferPointer, into arena: borrowing Arena) {
        self.init(
            borrowing: bytes.count <= ByteView.inlineBytesMax ? bytes : arena.copy(bytes))
    }

    @inlinable
    public init(copying bytes: [UInt8], into arena: Arena) {
        self = bytes.withUnsafeBytes { ByteView(copying: $0, into: arena) }
    }

    @inlinable
    public init(copying text: String, into arena: Arena) {
        var text = text
        self = text.withUTF8 { ByteView(copying: UnsafeRawBufferPointer($0), into: arena) }
    }

    /// Exactly 12 bytes: four, then eight (how a small numeric lies in a view).
    @inlinable
    public init(head: UInt32, tail: UInt64) {
        self.init(low: 12 | UInt64(head) << 32, high: tail)
    }
    /// The first four bytes and the last eight of a 12-byte value.
    @inlinable public var head: UInt32 { UInt32(truncatingIfNeeded: low >> 32) }
    @inlinable public var tail: UInt64 { high }

    @inlinable public var count: Int { Int(UInt32(truncatingIfNeeded: low)) }
    @inlinable public var isInline: Bool { count <= ByteView.inlineBytesMax }

    /// The bytes, valid inside `body` (long values: as long as their owner lives).
    @inlinable
    public func withBytes<Result, Failure: Error>(
        _ body: (UnsafeRawBufferPointer) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        if isInline {
            return try withUnsafeBytes(of: self) { all throws(Failure) in
                try body(UnsafeRawBufferPointer(start: all.baseAddress! + 4, count: count))
            }
        }
        let pointer = UnsafeRawPointer(bitPattern: UInt(high))
        return try body(UnsafeRawBufferPointer(start: pointer, count: count))
    }

    /// Part of the bytes, viewed where they are.
    @inlinable
    public func slice(_ range: Range<Int>) -> ByteView {
        if range.count == count { return self }
        return withBytes { ByteView(borrowing: UnsafeRawBufferPointer(rebasing: $0[range])) }
    }

    /// A copy whose long bytes live in `arena`.
    @inlinable
    public func copied(into arena: Arena) -> ByteView {
        isInline ? self : withBytes { ByteView(copying: $0, into: arena) }
    }

    public var bytes: [UInt8] { withBytes { [UInt8]($0) } }
    public var string: String { withBytes { String(decoding: $0, as: UTF8.self) } }

    @inlinable
    public static func == (left: ByteView, right: ByteView) -> Bool {
        if left.low != right.low { return false }
        if left.isInline { return left.high == right.high }
        return left.withBytes { a in
            right.withBytes { b in compareBytes(a, b) == 0 }
        }
    }

    /// memcmp order; a prefix sorts first.
    @inlinable
    public static func compare(_ left: ByteView, _ right: ByteView) -> Int {
        left.withBytes { a in right.withBytes { b in compareBytes(a, b) } }
    }
}

/// memcmp order of two byte strings; a prefix sorts first. Negative, zero or positive.
@inlinable
public func compareBytes(_ left: UnsafeRawBufferPointer, _ right: UnsafeRawBufferPointer) -> Int {
    let shared = min(left.count, right.count)
    if shared > 0 {
        let order = Int(memcmp(left.baseAddress!, right.baseAddress!, shared))
        if order != 0 { return order }
    }
    return left.count - right.count
}
