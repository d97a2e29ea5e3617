/// A fast hash of bytes for tables in memory: multiply and fold, eight bytes at a time.
@inlinable
@inline(__always)
public func hashBytes(_ bytes: UnsafeRawBufferPointer) -> UInt64 {
    var hash = UInt64(truncatingIfNeeded: bytes.count) &* 0x9E37_79B9_7F4A_7C15
    guard let base = bytes.baseAddress else { return hash }
    var offset = 0
    while bytes.count - offset >= 8 {
        hash = foldHash(hash ^ (base + offset).loadUnaligned(as: UInt64.self))
        offset += 8
    }
    if offset < bytes.count {
        var tail: UInt64 = 0
        while offset < bytes.count {
            tail = tail << 8 | UInt64((base + offset).load(as: UInt8.self))
            offset += 1
        }
        hash = foldHash(hash ^ tail)
    }
    return hash
}

/// One step of `hashBytes`: every bit of `value` reaches every bit of the result.
@inlinable
@inline(__always)
public func foldHash(_ value: UInt64) -> UInt64 {
    let (high, low) = value.multipliedFullWidth(by: 0xD6E8_FEB8_6659_FD93)
    return high ^ low
}
