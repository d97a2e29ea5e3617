public import Base

/// The bytes that a session has for its client. Written by the thread that runs the session, taken
/// by whoever holds its connection: one at a time.
public final class OutputBuffer {
    @inlinable public var bytes: ByteBuffer {
        _read { yield storedBytes }
        _modify { yield &storedBytes }
    }
    // Through an inlinable accessor: in other modules the attribute alone does not count.
    @exclusivity(unchecked) @usableFromInline var storedBytes = ByteBuffer(capacityBytes: 16)
    @inlinable public var byteCount: Int { bytes.count }

    /// A session stops producing rows here until its client has read.
    public static let fullBytes = 64 << 10
    /// What an idle connection may keep allocated.
    public static let keptBytesMax = 8 << 10

    public init() {}

    @inlinable public var isFull: Bool { bytes.count >= OutputBuffer.fullBytes }
}
