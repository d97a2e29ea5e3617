/// Growable bytes to write into: message and record encoding. Owned, never copied.
public struct ByteBuffer: ~Copyable {
    @usableFromInline var base: UnsafeMutableRawPointer
    @usableFromInline var capacity: Int
    /// Bytes written.
    @inlinable public var count: Int { written }
    @usableFromInline var written = 0

    public init(capacityBytes: Int = 256) {
        capacity = max(capacityBytes, 16)
        base = .allocate(byteCount: capacity, alignment: 16)
    }

    deinit { base.deallocate() }

    /// Makes room for `additional` more bytes.
    @inlinable
    public mutating func reserve(_ additional: Int) {
        if written + additional > capacity { grow(additional) }
    }

    @usableFromInline @inline(never)
    mutating func grow(_ additional: Int) {
        let size = max(capacity * 2, written + additional)
        let memory = UnsafeMutableRawPointer.allocate(byteCount: size, alignment: 16)
        memory.copyMemory(from: base, byteCount: written)
        base.deallocate()
        base = memory
        capacity = size
    }

    @inlinable
    public mutating func append(_ byte: UInt8) {
        reserve(1)
        base.storeBytes(of: byte, toByteOffset: written, as: UInt8.self)
        written += 1
    }

    @inlinable
    public mutating func append<Value: FixedWidthInteger>(bigEndian value: Value) {
        let size = MemoryLayout<Value>.size
        reserve(size)
        base.storeBytes(of: value.bigEndian, toByteOffset: written, as: Value.self)
        written += size
    }

    @inlinable
    public mutating func append<Value: FixedWidthInteger>(littleEndian value: Value) {
        let size = MemoryLayout<Value>.size
        reserve(size)
        base.storeBytes(of: value.littleEndian, toByteOffset: written, as: Value.self)
        written += size
    }

    @inlinable
    public mutating func append(contentsOf bytes: UnsafeRawBufferPointer) {
        guard let source = bytes.baseAddress, bytes.count > 0 else { return }
        reserve(bytes.count)
        (base + written).copyMemory(from: source, byteCount: bytes.count)
        written += bytes.count
    }

    @inlinable
    public mutating func append(contentsOf bytes: [UInt8]) {
        bytes.withUnsafeBytes { append(contentsOf: $0) }
    }

    @inlinable
    public mutating func append(_ text: StaticString) {
        append(contentsOf: UnsafeRawBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
    }

    @inlinable
    public mutating func append(_ text: String) {
        var text = text
        text.withUTF8 { append(contentsOf: UnsafeRawBufferPointer($0)) }
    }

    @inlinable
    public mutating func append(_ view: ByteView) {
        view.withBytes { append(contentsOf: $0) }
    }

    /// Zero-terminated, as the protocol writes strings.
    @inlinable
    public mutating func append(terminated text: String) {
        append(text)
        append(0 as UInt8)
    }

    /// LEB128: seven bits a byte, low first.
    @inlinable
    public mutating func append(varint value: UInt64) {
        var rest = value
        while rest >= 0x80 {
            append(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        append(UInt8(truncatingIfNeeded: rest))
    }

    /// The decimal digits of `value`.
    @inlinable
    public mutating func append(decimal value: Int64) {
        reserve(20)
        if value < 0 { append(UInt8(ascii: "-")) }
        var rest = value.magnitude
        var digitCount = 1
        var limit: UInt64 = 10
        while digitCount < 20, rest >= limit {
            digitCount += 1
            let (next, overflow) = limit.multipliedReportingOverflow(by: 10)
            if overflow { break }
            limit = next
        }
        var index = written + digitCount
        written = index
        repeat {
            index -= 1
            let (quotient, digit) = rest.quotientAndRemainder(dividingBy: 10)
            base.storeBytes(of: UInt8(truncatingIfNeeded: 48 + digit), toByteOffset: index, as: UInt8.self)
            rest = quotient
        } while rest > 0
    }

    /// `byteCount` bytes to be filled in later; returns their offset.
    @inlinable
    public mutating func skip(_ byteCount: Int) -> Int {
        reserve(byteCount)
        let offset = written
        (base + offset).initializeMemory(as: UInt8.self, repeating: 0, count: byteCount)
        written += byteCount
        return offset
    }

    @inlinable
    public mutating func overwrite<Value: FixedWidthInteger>(bigEndian value: Value, at offset: Int) {
        invariant(offset + MemoryLayout<Value>.size <= written, "overwrites what is written")
        base.storeBytes(of: value.bigEndian, toByteOffset: offset, as: Value.self)
    }

    @inlinable
    public mutating func overwrite<Value: FixedWidthInteger>(littleEndian value: Value, at offset: Int) {
        invariant(offset + MemoryLayout<Value>.size <= written, "overwrites what is written")
        base.storeBytes(of: value.littleEndian, toByteOffset: offset, as: Value.self)
    }

    /// Inverts the bits of what is written from `offset` on.
    @inlinable
    public mutating func invert(from offset: Int) {
        invariant(offset <= written, "inverts what is written")
        let bytes = base.assumingMemoryBound(to: UInt8.self)
        for index in offset..<written { bytes[index] = ~bytes[index] }
    }

    /// Forgets what is written after the first `byteCount` bytes.
    @inlinable
    public mutating func truncate(to byteCount: Int) {
        invariant(byteCount <= written, "truncation does not grow")
        written = byteCount
    }

    /// Drops the first `byteCount` bytes; the rest moves to the front.
    public mutating func removeFirst(_ byteCount: Int) {
        invariant(byteCount <= written, "removes what is there")
        if byteCount == 0 { return }
        base.copyMemory(from: base + byteCount, byteCount: written - byteCount)
        written -= byteCount
    }

    /// Forgets everything; memory above `capacityBytesMax` is given back.
    public mutating func removeAll(keeping capacityBytesMax: Int = .max) {
        written = 0
        if capacity > capacityBytesMax {
            base.deallocate()
            capacity = max(capacityBytesMax, 16)
            base = .allocate(byteCount: capacity, alignment: 16)
        }
    }

    @inlinable
    public borrowing func withBytes<Result, Failure: Error>(
        _ body: (UnsafeRawBufferPointer) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        try body(UnsafeRawBufferPointer(start: base, count: written))
    }

    /// Lets `body` write up to `byteCount` bytes at the end; it returns how many it did (for read(2)).
    @inlinable
    public mutating func appendUninitialized<Failure: Error>(
        upTo byteCount: Int, _ body: (UnsafeMutableRawBufferPointer) throws(Failure) -> Int
    ) throws(Failure) {
        reserve(byteCount)
        let added = try body(UnsafeMutableRawBufferPointer(start: base + written, count: byteCount))
        invariant(added >= 0 && added <= byteCount, "body wrote within its room")
        written += added
    }

    public var bytes: [UInt8] { withBytes { [UInt8]($0) } }
}
