public import CIntrinsics

/// Asks the processor for the line of memory at `address`, which will be read soon: work on many
/// rows waits for memory once instead of once a row. Any address will do.
@inlinable @inline(__always)
public func prefetch(_ address: UnsafeRawPointer?) { ordinal_prefetch(address) }
