public import Base

/// A value of type time with time zone, kept in its wire form:
///
///     | µs of the day 8 | seconds west of Greenwich 4 |      big-endian
public struct TimeTZ: Sendable {
    public var microseconds: Int64
    public var westSeconds: Int32

    static let sizeBytes = 12

    public init(microseconds: Int64, westSeconds: Int32) {
        self.microseconds = microseconds
        self.westSeconds = westSeconds
    }

    /// Of a value that is not null.
    public init(_ view: ByteView) {
        self = view.withBytes { bytes in
            invariant(bytes.count == TimeTZ.sizeBytes, "a time with time zone has 12 bytes")
            return TimeTZ(
                microseconds: Int64(bigEndian: bytes.loadUnaligned(as: Int64.self)),
                westSeconds: Int32(
                    bigEndian: bytes.loadUnaligned(fromByteOffset: 8, as: Int32.self)))
        }
    }

    public var view: ByteView {
        var bytes: (UInt64, UInt32) = (
            UInt64(bitPattern: microseconds).bigEndian, UInt32(bitPattern: westSeconds).bigEndian
        )
        return withUnsafeBytes(of: &bytes) {
            ByteView(borrowing: UnsafeRawBufferPointer(rebasing: $0[..<TimeTZ.sizeBytes]))
        }
    }

    /// µs of the day at Greenwich, which may be yesterday's or tomorrow's.
    public var utcMicroseconds: Int64 { microseconds + Int64(westSeconds) * 1_000_000 }

    /// By the instant, then by the zone.
    public static func compare(_ left: ByteView, _ right: ByteView) -> Int {
        let (a, b) = (TimeTZ(left), TimeTZ(right))
        let (first, second) = (a.utcMicroseconds, b.utcMicroseconds)
        if first != second { return first < second ? -1 : 1 }
        return a.westSeconds < b.westSeconds ? -1 : a.westSeconds > b.westSeconds ? 1 : 0
    }

    /// The same instant in another zone.
    public func moved(toWestSeconds west: Int32) -> TimeTZ {
        let shifted = (utcMicroseconds - Int64(west) * 1_000_000) % Calendar.microsecondsPerDay
        return TimeTZ(
            microseconds: shifted < 0 ? shifted + Calendar.microsecondsPerDay : shifted,
            westSeconds: west)
    }
}
