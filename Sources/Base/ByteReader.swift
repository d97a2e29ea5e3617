public import Glibc

/// Reads what `ByteBuffer` wrote, bounds checked: nil where the bytes end too early. Borrows them.
public struct ByteReader {
    @usableFromInline let bytes: UnsafeRawBufferPointer
    @inlinable public var offset: Int { position }
    @usableFromInline var position = 0

    @inlinable public init(_ bytes: UnsafeRawBufferPointer) { self.bytes = bytes }

    @inlinable public var remainingCount: Int { bytes.count - position }
    @inlinable public var isAtEnd: Bool { position == bytes.count }

    @inlinable
    public mutating func readByte() -> UInt8? {
        guard position < bytes.count else { return nil }
        defer { position += 1 }
        return bytes[position]
    }

    @inlinable
    public mutating func read<Value: FixedWidthInteger>(bigEndian: Value.Type) -> Value? {
        guard remainingCount >= MemoryLayout<Value>.size else { return nil }
        defer { position += MemoryLayout<Value>.size }
        return Value(bigEndian: bytes.loadUnaligned(fromByteOffset: position, as: Value.self))
    }

    @inlinable
    public mutating func read<Value: FixedWidthInteger>(littleEndian: Value.Type) -> Value? {
        guard remainingCount >= MemoryLayout<Value>.size else { return nil }
        defer { position += MemoryLayout<Value>.size }
        return Value(littleEndian: bytes.loadUnaligned(fromByteOffset: position, as: Value.self))
    }

    @inlinable
    public mutating func readVarint() -> UInt64? {
        var value: UInt64 = 0
        var shift: UInt64 = 0
        while shift < 64, let byte = readByte() {
            value |= UInt64(byte & 0x7F) << shift
            if byte < 0x80 { return value }
            shift += 7
        }
        return nil
    }

    @inlinable
    public mutating func read(byteCount: Int) -> UnsafeRawBufferPointer? {
        guard byteCount >= 0, remainingCount >= byteCount else { return nil }
        defer { position += byteCount }
        return UnsafeRawBufferPointer(rebasing: bytes[position..<position + byteCount])
    }

    /// Up to the next zero byte, which is passed over.
    @inlinable
    public mutating func readTerminated() -> UnsafeRawBufferPointer? {
        guard remainingCount > 0, let base = bytes.baseAddress,
            let end = memchr(base + position, 0, remainingCount)
        else { return nil }
        let count = UnsafeRawPointer(end) - (base + position)
        defer { position += count + 1 }
        return UnsafeRawBufferPointer(start: base + position, count: count)
    }

    public mutating func readTerminatedString() -> String? {
        guard let text = readTerminated() else { return nil }
        return String(decoding: text, as: UTF8.self)
    }
}
